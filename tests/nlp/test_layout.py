"""Lines, sentences and furniture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.nlp.layout import FOLD, lay_out

PIECES = st.sampled_from(
    [
        "省总工会召开会议",
        "岑望舒说",
        "。",
        "！",
        "？!",
        "“",
        "”",
        "』",
        "，",
        " ",
        "\u3000",
        "\n",
        "\r\n",
        "\n\n",
        "当前位置：首页 > 新闻 > 正文",
        "上一篇：某地换届",
        "关注本报公众号",
        "字号：大 中 小",
        "浏览次数：12",
        "……",
        "12,000.5元",
        "\x0b",
    ]
)
PAGES = st.lists(PIECES, max_size=25).map("".join)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in lay_out(text).sentences]


def furniture(text: str) -> list[tuple[str, str]]:
    return [(text[piece.start : piece.end], piece.kind) for piece in lay_out(text).furniture]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议在兰州召开。岑望舒主持。", ["会议在兰州召开。", "岑望舒主持。"]),
        ("他说：“大家辛苦了。” 会后座谈。", ["他说：“大家辛苦了。”", "会后座谈。"]),
        ("「辛苦了！」他說。", ["「辛苦了！」", "他說。"]),
        ("真的吗？！真的!", ["真的吗？！", "真的!"]),
        ("第一行没有句号\n\u3000\u3000第二行。", ["第一行没有句号", "第二行。"]),
        ("第一行\r\n第二行\r第三行", ["第一行", "第二行", "第三行"]),
        ("投入 3.5 万元；惠及 20 人。", ["投入 3.5 万元；惠及 20 人。"]),
        ("", []),
        (" \n\u3000\n", []),
    ],
)
def test_a_sentence_ends_at_its_mark_or_its_line(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("当前位置：首页 > 要闻 > 正文", "navigation"),
        ("您现在的位置: 首页 » 工会要闻 » 基层", "navigation"),
        ("上一篇：柳州市总工会走访困难职工", "navigation"),
        ("下一条: 玉树州总工会换届", "navigation"),
        ("相关阅读：劳动竞赛开赛", "navigation"),
        ("【打印本页】 【关闭窗口】", "navigation"),
        ("分享到：", "navigation"),
        ("京ICP备12345678号", "navigation"),
        ("扫一扫在手机打开当前页", "navigation"),
        ("您是第 1024 位访客", "navigation"),
        ("免责声明：本站部分内容来自网络，如有侵权请联系删除。", "navigation"),
        ("未经本网授权不得转载", "navigation"),
        ("扫描下方二维码，进入职工书屋", "advert"),
        ("点击下载客户端看更多内容", "advert"),
        ("关注我们的微信公众号", "advert"),
        ("首页 ＞ 工会要闻 ＞ 正文", "navigation"),
        ("试读结束，购买后阅读", "advert"),
        ("标签：工会 劳模 技能", "navigation"),
        ("本文链接：https://example.com/1.html", "navigation"),
        ("转载请注明出处", "navigation"),
        ("A+ A-", "navigation"),
        ("点赞(0)", "navigation"),
        ("—— 完 ——", "navigation"),
        ("您可能还喜欢", "navigation"),
        ("最新文章", "navigation"),
        ("主管单位：某省工会 主办单位：某市工会", "navigation"),
        ("手机浏览本页", "navigation"),
        ("加载更多", "navigation"),
        ("登录后评论", "navigation"),
        ("违法和不良信息举报电话：010-88888888", "navigation"),
        ("开启智能小窗模式", "navigation"),
        ("长按二维码关注", "advert"),
        ("点击上方蓝字关注我们", "advert"),
        ("……", "ellipsis"),
    ],
)
def test_furniture_of_a_page_is_no_sentence(line: str, kind: str) -> None:
    text = f"昌吉州总工会慰问职工。\n{line}\n职工表示感谢。"
    assert furniture(text) == [(line, kind)]
    assert sentences(text) == ["昌吉州总工会慰问职工。", "职工表示感谢。"]


@pytest.mark.parametrize(
    "line",
    [
        "扫一眼公告栏便知道，朔州市总工会的服务项目有二十多个。",
        "本网讯 山西省总工会打印了三千份手册。",
        "关注货车司机的健康，乌海市总工会送去药箱。",
        "推荐 3 名职工参加全国大赛，名单见附件。",
        "主办单位：乌海市总工会",
        "主办单位：江西省总工会 承办单位：南昌市总工会",
        "举报电话：0791-86660000（省总工会权益保障部）",
        "无障碍就业工作由江西省总工会推进",
        "联系我们的职工说，驿站很暖和。",
        "举办图片新闻展览，职工投稿两百幅。",
        "举报电话公布以后，工会收到线索三十条。",
        "他的位置在生产一线。",
        "已有三十人参与报名的大赛将于下月开赛。",
        "网友评论说工会的服务越来越贴心，一线职工最有体会。",
        "会议分享了经验……与会者深受启发。",
    ],
)
def test_prose_with_words_of_furniture_stays_text(line: str) -> None:
    assert furniture(line) == []
    assert sentences(line)


def test_a_long_line_is_no_furniture() -> None:
    line = "关注本报公众号的读者来信说，" + "工会的服务越来越贴心，" * 8 + "希望继续办下去。"
    assert len(line) > 80
    assert furniture(line) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "总工会举办大赛。需要代写论文请加微信abc12345，专业写手。决赛将于12月举行。",
            ["总工会举办大赛。", "决赛将于12月举行。"],
        ),
        ("总工会举办大赛。欢迎关注我们的公众号。决赛将于12月举行。", ["总工会举办大赛。", "决赛将于12月举行。"]),
        ("职工扫描二维码就能答题。工会为优胜者送清凉。", ["职工扫描二维码就能答题。", "工会为优胜者送清凉。"]),
        ("职工群微信办公，稿件由通讯员提供。", ["职工群微信办公，稿件由通讯员提供。"]),
    ],
)
def test_an_advert_between_the_author_s_sentences_is_cut_out(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "piece",
    ["[字号：大 中 小]", "字体：[大 中 小]", "视力保护色：[大 中 小]", "[打印本页]", "浏览量：12次"],
)
def test_the_page_s_knobs_beside_a_source_are_furniture(piece: str) -> None:
    assert furniture(f"来源：宁夏工人报 {piece}") == [(piece, "navigation")]


def test_a_counter_inside_a_byline_is_furniture_and_the_byline_is_not() -> None:
    text = "来源：宁夏工人报 浏览次数：318 字号：大 中 小"
    assert furniture(text) == [("浏览次数：318 字号：大 中 小", "navigation")]
    page = lay_out(text)
    assert not page.is_furniture(0, 8)
    assert page.is_furniture(8, 14)


def test_neighbouring_pieces_of_one_kind_are_one() -> None:
    assert furniture("上一篇：甲地来信\n\n下一篇：乙地来信\n关注本报公众号") == [
        ("上一篇：甲地来信\n\n下一篇：乙地来信", "navigation"),
        ("关注本报公众号", "advert"),
    ]


@given(st.text(max_size=60))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(text.translate(FOLD)) == len(text)
    assert len(lay_out(text).folded) == len(text)


@given(PAGES)
def test_sentences_lie_inside_lines_in_order_without_overlap(text: str) -> None:
    page = lay_out(text)
    position = 0
    for start, end in page.sentences:
        assert position <= start < end
        assert any(low <= start and end <= high for low, high in page.lines)
        assert "\n" not in text[start:end]
        assert text[start:end] == text[start:end].strip()
        position = end


@given(PAGES)
def test_every_character_that_is_no_space_is_in_a_sentence_or_is_furniture(text: str) -> None:
    page = lay_out(text)
    covered = {place for start, end in page.sentences for place in range(start, end)}
    for place, character in enumerate(text):
        assert place in covered or character.isspace() or page.is_furniture(place, place + 1)


@given(PAGES)
def test_furniture_is_in_order_without_overlap_and_of_a_known_kind(text: str) -> None:
    position = 0
    for piece in lay_out(text).furniture:
        assert position <= piece.start < piece.end
        assert piece.kind in {"navigation", "advert", "ellipsis"}
        position = piece.end
