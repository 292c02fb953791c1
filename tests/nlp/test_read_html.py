"""The article of a web page, whatever is around it and in its tags."""

import json
import time

import pytest

from unionkg.errors import UndecodableFile
from unionkg.nlp.page_text import is_markup, visible_lines
from unionkg.nlp.read_html import ARTICLE_TAGS, read_html
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


@pytest.mark.parametrize("linked", ["[", "[[1]]", '"x"', '{"@graph": 3}', '{"headline": ["\\ud800"]}', "[" * 90_000])
def test_json_ld_of_any_form_does_no_harm(linked: str) -> None:
    script = f'<script type="application/ld+json">{linked}</script>'
    assert read(page(PARAGRAPHS, script)).text.endswith(SENTENCES[-1])


@pytest.mark.parametrize("depth", [300, 1_500, 50_000])
def test_deeply_nested_tags_lose_no_text(depth: int) -> None:
    record = read("<html><body>" + "<div>" * depth + PARAGRAPHS + "</div>" * depth)
    assert record.text.split("\n") == list(SENTENCES)


def test_a_page_of_too_many_tags_is_read_without_looking_for_its_article() -> None:
    start = time.monotonic()
    assert read("<i>工</i>" * (ARTICLE_TAGS + 1)).text == "工" * (ARTICLE_TAGS + 1)
    assert time.monotonic() - start < 5  # it takes 0.3 s; a tree of as many takes 20


@pytest.mark.parametrize(
    "page", ["<title>" + "工-" * 50_000, "<table>" * 2_000 + PARAGRAPHS, "<div>" * 1_500 + "<p>工会开会。</p>" * 20_000]
)
def test_what_was_slow_is_quick(page: str) -> None:
    start = time.monotonic()
    read(page)
    assert time.monotonic() - start < 5  # each takes less than 0.5 s, and took 6, 10 and 70


def test_ten_megabytes_on_one_line_are_read() -> None:
    start = time.monotonic()
    record = read(f"<p>{SENTENCES[0] * 100_000}</p>")
    assert record.text == SENTENCES[0] * 100_000
    assert time.monotonic() - start < 15  # it takes 1 s


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<script>", "<p", " ", "\n ", "&", "<pre>", "]]>", "<td>"])
def test_what_is_never_closed_takes_no_longer_than_what_is(piece: str) -> None:
    start = time.monotonic()
    visible_lines("工会" + piece * 500_000)
    assert time.monotonic() - start < 5  # each takes less than 0.5 s


def test_lines_are_those_a_browser_shows() -> None:
    page = "<title>题</title><p>甲<br>乙 <b>丙</b>\n丁</p><ul><li>一<li>二</ul><table><tr><td>a</td><td>b</td></tr></table>"
    assert visible_lines(page) == ["甲", "乙 丙 丁", "一", "二", "a\tb"]


def test_markup_is_told_from_text() -> None:
    assert is_markup("第一段<br/>第二段")
    assert not is_markup("若a<b，则b>a；详见<通知>")
