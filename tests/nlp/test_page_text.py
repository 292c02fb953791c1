"""The text of a page, whatever its tags look like."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml.html import HTMLParser, document_fromstring

from unionkg.nlp.page_text import LONGEST_VALUE, is_markup, plain_page, visible_lines
from unionkg.nlp.page_tree import page_lines


def parsed(page: str) -> list[str]:
    """The lines that a parser finds on a page made plain."""
    return page_lines(document_fromstring(plain_page(page).encode(), parser=HTMLParser(encoding="utf-8")))[0]


def test_lines_are_those_a_browser_shows() -> None:
    page = "<title>题</title><p>甲<br>乙 <b>丙</b>\n丁</p><ul><li>一<li>二</ul><table><tr><td>a</td><td>b</td></tr></table>"
    assert visible_lines(page) == ["甲", "乙 丙丁", "一", "二", "a\tb"]


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("浙江</b>\n<b>省总工会", "浙江省总工会"),
        ("浙江\r\n  省<span>\n</span>总工会", "浙江省总工会"),
        ("浙江 省", "浙江 省"),
        ("浙江&#10;省", "浙江省"),
        ("会员\n2000人", "会员 2000人"),
        ("<b>trade</b>\n<b>union</b>", "trade union"),
        ("trade\n\n \tunion", "trade union"),
        ("李&nbsp;明", "李\xa0明"),
    ],
)
def test_a_line_break_of_the_source_is_a_space_only_where_words_have_spaces(page: str, line: str) -> None:
    assert visible_lines(f"<p> {page} </p>") == [line]


@pytest.mark.parametrize(
    "tag",
    [
        "<b>",
        '<b title="a > b">',
        "<b onclick=\"if (a > b) show('<p>')\">",
        "<b title='<i>x</i>' class=y>",
        '<b class="x"" id="y">',
        '<b class="x>',
        "<b a=b=c>",
        "<B\nCLASS = x\n>",
        "<b/>",
        '<b data="' + "x" * 5_000 + '">',
        "<o:p>",
        "<founder-content>",
    ],
)
def test_tags_of_any_form_are_no_text(tag: str) -> None:
    assert visible_lines(f"<p>工{tag}会</p>") == ["工会"]
    assert parsed(f"<p>工{tag}会</p>") == ["工会"]


def test_a_sign_is_no_tag() -> None:
    assert visible_lines("<p>若a<b 且 b<c，则a<c</p><p>x < y</p>") == ["若a<b 且 b<c，则a<c", "x < y"]


@pytest.mark.parametrize(
    "hidden",
    [
        *("<!-- 注 -->", "<!-- > 注 -->", "<script>'</p>注'</script>", "<style>注</style>", "<noscript><p>注</noscript>"),
        *("<iframe src=x><p>注</p></iframe>", "<select><option>注</select>", "<textarea>注</textarea>", "<svg><text>注</svg>"),
        *("<iframe src='x' />", "<object data=x>", "<SCRIPT>注</Script >", "<![CDATA[注]]>", "<?php 注?>"),
    ],
)  # fmt: skip
def test_what_is_not_shown_is_no_text(hidden: str) -> None:
    assert visible_lines(f"<p>工{hidden}会</p>") == ["工会"]
    assert parsed(f"<p>工{hidden}会</p>") == ["工会"]


def test_what_is_never_closed_hides_the_rest_only_in_scripts() -> None:
    assert visible_lines("<p>工会</p><script>x <p>注</p>") == ["工会"]
    assert visible_lines("<p>工会</p><iframe src=x><p>开会</p>") == ["工会", "开会"]


def test_a_plain_page_keeps_what_tells_of_its_parts() -> None:
    page = """<HTML><title>甲&amp;乙<b></title><script type="application/ld+json">{"a": "</p>"}</script>
        <p class="x" CLASS='y' onclick="z()" style=color:red hidden>a&lt;b&amp;c &#x1b;</p>"""
    assert plain_page(page) == (
        '<html><title>甲&amp;乙&lt;b&gt;</title><script type="application/ld+json">{"a": "</p>"}</script>'
        '<p class="x" style="color:red" hidden="">a&lt;b&amp;c</p>'
    )


def test_attributes_are_of_limited_number_and_length() -> None:
    many = "".join(f' a{number}="x"' for number in range(200_000))
    start = time.monotonic()
    assert plain_page(f"<p{many} class={'x' * 9_000}>工会") == f'<p class="{"x" * LONGEST_VALUE}">工会'
    assert time.monotonic() - start < 5  # it takes 0.1 s; a parser takes minutes for as many


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<a ", "<!--", "<script>", "<p", " ", "\n ", "&", "<pre>", "]]>", "<td>", "<iframe>", "<iframe></iframe", "<title>"),
        *('<a x="', "<a x='<", '<a x="<a " ', '<a x=" ', "<a =", "<a x='\"<", "<select>"),
    ],
)  # fmt: skip
def test_what_is_never_closed_takes_no_longer_than_what_is(piece: str) -> None:
    start = time.monotonic()
    visible_lines("工会" + piece * 300_000)
    assert time.monotonic() - start < 10  # each takes less than 2 s


SCRAPS = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b x='", '">', "<", ">", "&", "&lt;", "工会", " ", "\n", "<!--", "-->", "<pre>", "\0"]
    )
).map("".join)


@given(SCRAPS)
@example('<pre>"> </p>">')
@example("</p>工会")
def test_a_parser_finds_the_lines_of_a_plain_page(scraps: str) -> None:
    """So a page is read alike with a tree and without."""
    page = f"<body>会{scraps}"
    assert parsed(page) == visible_lines(page)


def test_the_end_of_a_paragraph_that_is_not_open_is_one_of_its_own() -> None:
    assert plain_page("<p>甲</p>乙</p><p>丙<div>丁</p></div>") == ("<p>甲</p>乙<p></p><p>丙<div>丁<p></p></div>")


def test_markup_is_told_from_text() -> None:
    assert is_markup("第一段<br/>第二段")
    assert not is_markup("若a<b，则b>a；详见<通知>")
