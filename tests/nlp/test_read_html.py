"""The article of a web page, whatever is around it and in its tags."""

import json
import time

import pytest

from unionkg.errors import OversizedFile, UndecodableFile
from unionkg.nlp.page_tree import TREE_TAGS
from unionkg.nlp.read_html import TAGS_LIMIT, read_html
from unionkg.nlp.record import Record

SENTENCES = (
    "清溪市总工会昨天慰问环卫工人，市总工会副主席白杨林送去毛巾和茶叶。",
    "他说，各级工会要把服务做细，让大家在夏天有水喝、有地方歇脚。",
    "河东街道的环卫站今年添了两台冰箱，工人们说这比什么都实在。",
)
PARAGRAPHS = "".join(f"<p>　　{sentence}</p>\n" for sentence in SENTENCES)
NAVIGATION = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/n">新闻中心</a></li></ul></div>'
FOOT = "<div class='foot'>版权所有 清溪新闻网 <a href='/a'>关于我们</a> <a href='/b'>联系我们</a></div>"


def read(page: str, encoding: str = "utf-8") -> Record:
    [record] = read_html(page.encode(encoding), "a.html")
    return record


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{NAVIGATION}{body}{FOOT}</body></html>"


def test_the_article_is_found_between_navigation_and_foot() -> None:
    record = read(page(f"<h1>市总工会慰问环卫工人</h1><div>{PARAGRAPHS}</div>"))
    assert record.text == "\n".join(("市总工会慰问环卫工人", *SENTENCES))
    assert record.is_body


def test_title_date_source_and_editor_beside_the_article_are_kept() -> None:
    info = "<div class='info'>发布时间：2023-07-05 10:20　　来源：清溪日报</div>"
    editor = "<div class='ed'>责任编辑：钱多</div>"
    record = read(page(f"<div><h1>市总工会慰问环卫工人</h1>{info}<div>{PARAGRAPHS}</div>{editor}</div>"))
    lines = record.text.split("\n")
    assert lines[:2] == ["市总工会慰问环卫工人", "发布时间：2023-07-05 10:20　　来源：清溪日报"]
    assert lines[-1] == "责任编辑：钱多"


def test_a_name_split_by_tags_and_lines_is_one_name() -> None:
    split = "<p><b>浙江</b>\n省总工会<span>副主席</span><font>白</font><font>杨林</font>同职\r\n  工代表谈话，气氛热烈，谈了很久。</p>"
    assert "浙江省总工会副主席白杨林同职工代表谈话" in read(page(PARAGRAPHS + split)).text


def test_entities_are_characters_and_comments_and_scripts_are_nothing() -> None:
    body = "<p>各级工会&ldquo;送清凉&rdquo;，&#24037;会干部A&amp;B到场，一起把毛巾送到工人手里。<!-- 内部备注 --></p><script>steal()</script>"
    text = read(page(PARAGRAPHS + body + "<style>p{}</style><noscript>请开启脚本</noscript>")).text
    assert "各级工会“送清凉”，工会干部A&B到场" in text
    assert not any(word in text for word in ("备注", "steal", "p{}", "脚本"))


def test_tables_are_rows_with_tabs() -> None:
    body = "<table><tr><th>街道</th><th>人数</th></tr><tr><td>河东</td><td>四十|五</td></tr></table>"
    assert "街道\t人数\n河东\t四十|五" in read(page(PARAGRAPHS + body)).text


def test_a_page_laid_out_in_tables_keeps_its_paragraphs() -> None:
    record = read(f"<html><body><table><tr><td><h1>慰问工人</h1>{PARAGRAPHS}</td></tr></table></body></html>")
    assert record.text.split("\n") == ["慰问工人", *SENTENCES]


def test_preformatted_lines_stay_lines() -> None:
    assert read(f"<html><body><pre>{SENTENCES[0]}\n{SENTENCES[1]}</pre></body></html>").text.split("\n") == list(
        SENTENCES[:2]
    )


def test_a_page_of_one_sentence_is_read_without_its_navigation() -> None:
    record = read(
        "<html><body><p><a href='/'>首页</a> <a href='/n'>新闻</a></p><h2>通知</h2><p>经研究，白杨林任副主席。</p></body></html>"
    )
    assert record.text == "通知\n经研究，白杨林任副主席。"


def test_a_page_of_links_alone_is_read() -> None:
    assert "新闻中心" in read(f"<html><body>{NAVIGATION}</body></html>").text


def test_a_page_without_text_has_none() -> None:
    assert read("<html><body><script>render()</script></body></html>").text == ""


def test_lines_stand_in_the_order_of_the_page_also_around_a_table_in_a_table() -> None:
    names = "<table><tr><td>孟春来</td><td>巡检工</td></tr></table>"
    body = f"<table><tr><td>{SENTENCES[0]}<br><br>{names}{SENTENCES[1]}</td></tr></table>"
    assert read(page(body)).text.split("\n") == [SENTENCES[0], "孟春来\t巡检工", SENTENCES[1]]


def test_a_short_article_is_told_from_foot_and_lists() -> None:
    rows = "".join(f"<li><a href='/{n}'>第{n}届职工运动会开幕</a> <span>05-0{n}</span></li>" for n in range(1, 8))
    foot = "<p>主办：清溪市总工会宣传教育部</p><p>版权所有：清溪市总工会</p><p>地址：河东街道　邮编：000000</p>"
    body = f"<div><h1>白杨林当选主席</h1><div>{SENTENCES[0]}</div></div><div><h3>热点</h3><ul>{rows}</ul></div><div>{foot}</div>"
    assert read(f"<html><body>{body}</body></html>").text.startswith(f"白杨林当选主席\n{SENTENCES[0]}")
    assert "版权" not in read(f"<html><body>{body}</body></html>").text
    assert "运动会" not in read(f"<html><body>{body}</body></html>").text


def test_what_stands_behind_the_editor_is_not_of_the_article() -> None:
    behind = "<div>顶一下</div><div>(8)</div><p>请自觉遵守互联网相关的政策法规，文明发言。</p>"
    assert read(page(f"{PARAGRAPHS}<p>（责任编辑：钱多）</p>{behind}")).text.endswith(
        f"{SENTENCES[-1]}\n（责任编辑：钱多）"
    )


def test_links_beside_a_short_article_and_misleading_names_do_not_hide_it() -> None:
    links = "<table><tr><td>字号：[<a>大</a> <a>中</a> <a>小</a>]</td></tr></table>"
    foot = "<p>主办：清溪市总工会</p><p>地址：清溪市河东街道青龙路18号　邮编：000000　电话：0000-1234567</p>"
    body = f"<table><tr><td>通知</td></tr><tr><td>{links}</td></tr><tr><td><p>{SENTENCES[0]}</p><p>完。</p></td></tr></table>"
    assert SENTENCES[0] in read(f"<html><body>{body}{foot}</body></html>").text
    assert SENTENCES[0] in read(page(f"<div class='comment_content'>{PARAGRAPHS}</div>")).text


def test_frames_of_navigation_and_what_they_say_to_old_browsers_are_left_out() -> None:
    frame = "<iframe src='/top.html'><p>您的浏览器不支持框架，请升级后访问本站，谢谢您的配合。</p></iframe>"
    record = read(page(f"{frame}<iframe src='/left.html'>{frame}<div>{PARAGRAPHS}</div>{frame}"))
    assert record.text.split("\n") == list(SENTENCES)


def test_linked_data_are_not_the_article() -> None:
    body = {"articleBody": "注册即送彩金，信誉第一，欢迎各位老板光临。" * 30}
    assert read(page(f"<p>{SENTENCES[0]}</p>", linked(**body))).text == SENTENCES[0]


def test_text_that_nobody_sees_is_left_out() -> None:
    trap = "<p style='display:none'>专业代开发票，请加客服微信，信誉第一。</p>"
    assert read(page(PARAGRAPHS.replace("</p>", f"</p>{trap}"))).text.split("\n") == list(SENTENCES)


def test_a_page_that_a_script_shows_is_read() -> None:
    body = f"<h1>慰问</h1><div id='js_content' style='visibility: hidden; opacity: 0; '>{PARAGRAPHS}</div>"
    assert set(SENTENCES) <= set(read(page(body)).text.split("\n"))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_the_bytes_decide_the_encoding_not_the_page(encoding: str) -> None:
    record = read(page(PARAGRAPHS), encoding)
    assert SENTENCES[0] in record.text


@pytest.mark.parametrize(
    "character", ["\0", "\x0b", "\x1b", "\uffff", "&#1;", "&#x1F", "&#0011;", "&#xFFFE;", "&#xD800;"]
)
def test_characters_that_are_none_do_no_harm(character: str) -> None:
    links = f"<ul><li><a href='/'>首页</a><li><a href='/n'>新闻</a></ul>{character}工会简讯{character}"
    lines = read(page(links + PARAGRAPHS * 4 + "<!-- " + character)).text.split("\n")
    assert set(SENTENCES) <= set(lines)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UndecodableFile):
        read_html(bytes(range(256)) * 9, "a.html")


def linked(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


def test_tags_that_agree_with_the_page_are_hints() -> None:
    head = (
        "<title>市总工会慰问环卫工人_清溪新闻网</title><meta name='PubDate' content='2023-07-05 10:20:00'>"
        "<meta name='ContentSource' content='清溪日报'>" + linked(author={"name": "李晓云"})
    )
    body = f"<h1>市总工会慰问环卫工人</h1><p>2023年7月5日 来源：清溪日报 记者 李晓云</p>{PARAGRAPHS}"
    assert read(page(body, head)).hints == {
        "title": "市总工会慰问环卫工人",
        "date": "2023-07-05",
        "source": "清溪日报",
        "author": "李晓云",
    }


def test_tags_that_say_what_the_page_does_not_are_lies() -> None:
    head = (
        "<meta property='og:title' content='震惊！速看'><meta property='article:published_time' content='2019-01-01'>"
        + linked(headline="点击领红包", datePublished="2018-02-03", author="王五", publisher={"name": "某某娱乐"})
    )
    body = f"<h1>市总工会慰问环卫工人</h1><p>发布日期：2023-07-05</p>{PARAGRAPHS}"
    assert read(page(body, head)).hints == {"title": "市总工会慰问环卫工人"}


def test_a_date_that_nothing_contradicts_is_a_hint() -> None:
    published = "<meta property='article:published_time' content='2023-05-06T08:00:00+08:00'>"
    assert read(page(PARAGRAPHS, published)).hints["date"] == "2023-05-06"
    assert "date" not in read(page(PARAGRAPHS, published + linked(datePublished="2018-02-03"))).hints


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href=https://qingxi.example/7.html>", "https://qingxi.example/7.html"),
        ("<meta property='og:url' content=' https://qingxi.example/8.html '>", "https://qingxi.example/8.html"),
        (
            "<meta property='og:url' content='https://a.example'><link rel='alternate Canonical' href='https://b.example'>",
            "https://b.example",
        ),
        (f"<link rel=canonical href=https://qingxi.example/{'7' * 600}>", None),
        (
            "<link rel=canonical href=/7.html><meta property='og:url' content='https://qingxi.example/8.html'>",
            "https://qingxi.example/8.html",
        ),
        ("<link rel=canonical href=javascript:alert(1)>", None),
        ("<link rel=canonical><meta property=og:url>", None),
        ("<link rel=stylesheet href=https://qingxi.example/7.css>", None),
    ],
)
def test_the_address_of_a_page_is_what_its_tags_give_as_its_own(head: str, url: str | None) -> None:
    assert read(page(PARAGRAPHS, head)).hints.get("url") == url


@pytest.mark.parametrize("linked", ["[", "[[1]]", '"x"', '{"@graph": 3}', '{"headline": ["\\ud800"]}', "[" * 90_000])
def test_json_ld_of_any_form_does_no_harm(linked: str) -> None:
    script = f'<script type="application/ld+json">{linked}</script>'
    assert read(page(PARAGRAPHS, script)).text.endswith(SENTENCES[-1])


@pytest.mark.parametrize("depth", [300, 1_500, 50_000])
def test_deeply_nested_tags_lose_no_text(depth: int) -> None:
    record = read("<html><body>" + "<div>" * depth + PARAGRAPHS + "</div>" * depth)
    assert record.text.split("\n") == list(SENTENCES)


def test_a_page_of_too_many_tags_is_read_without_looking_for_its_article_and_says_so() -> None:
    start = time.process_time()
    record = read("<i>工</i>" * TREE_TAGS)
    assert record.text == "工" * TREE_TAGS
    assert record.warnings == (
        "its article was not looked for, and all text of the page was taken: 120,000 tags, more than 60,000",
    )
    assert time.process_time() - start < 10  # it takes 0.4 s; a tree of as many takes 20
    assert read(page(PARAGRAPHS)).warnings == ()


def test_a_page_of_a_million_tags_is_refused() -> None:
    with pytest.raises(OversizedFile, match=r"a\.html: a page of 800,001 tags, more than the limit of 800,000"):
        read("<i>" * (TAGS_LIMIT + 1))


@pytest.mark.parametrize(
    "page",
    [
        "<title>" + "工-" * 50_000,
        "<table>" * 2_000 + PARAGRAPHS,
        "<div>" * 1_500 + "<p>工会开会。</p>" * 20_000,
        "<div>" * 100 + "<p>工会开会。</p>" * 20_000,
        "<ul><li>" * 100 + "<p>工会开会。</p>" * 20_000,
        "<p>工会开会。</p>" * 29_000,
        "<li>工会" * 58_000,
        "工会<br>" * 58_000,
        "<table><tr><td><p>工会</p></td></tr></table>" * 5_000,
        "<table><tr>" + "<td>工会</td>" * 28_000,
        "<div " + " ".join(f'a{number}="x"' for number in range(200_000)) + ">" + PARAGRAPHS,
        ("<div " + " ".join(f'a{number}="x"' for number in range(500)) + ">工会</div>") * 800,
        "<div style='display:none'>" * 200 + "<p>工会开会。</p>" * 25_000,
        f"<pre>{'工会' * 9}\n" * 50_000,
    ],
    ids=lambda page: page[:24],
)
def test_what_was_slow_is_quick(page: str) -> None:
    """Most took the square of their size, 300 s in the case of attributes."""
    start = time.process_time()
    read(page)
    assert time.process_time() - start < 20  # each takes less than 3 s


def test_ten_megabytes_on_one_line_are_read() -> None:
    start = time.process_time()
    record = read(f"<p>{SENTENCES[0] * 100_000}</p>")
    assert record.text == SENTENCES[0] * 100_000
    assert time.process_time() - start < 15  # it takes 1 s
