"""The lines of a page's tree, and what is taken out of it."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from unionkg.nlp.page_tree import as_blocks, drop_bars, drop_hidden, page_lines

SENTENCE = "清溪市总工会昨天慰问环卫工人，市总工会副主席白杨林送去毛巾和茶叶。"


def tree(body: str) -> HtmlElement:
    return document_fromstring(f"<html><body>{body}</body></html>".encode(), parser=HTMLParser(encoding="utf-8"))


def lines(body: str) -> list[str]:
    return page_lines(tree(body))[0]


def test_a_row_is_a_line_also_with_paragraphs_in_its_cells() -> None:
    table = "<table><tr><th>姓名<th>单位</tr><tr><td><p>孟春来</p><td><p>自来水公司</p><p>管网部</p></tr><tr><td><td>空缺</tr></table>"
    assert lines(table) == ["姓名\t单位", "孟春来\t自来水公司 管网部", "空缺"]


def test_a_row_of_long_cells_is_a_line_as_long_as_each_is_one() -> None:
    assert lines(f"<table><tr><td>措施<td>{SENTENCE}</tr></table>") == [f"措施\t{SENTENCE}"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (f"<td>菜单<td><p>{SENTENCE}</p><p>完。</p>", ["菜单", SENTENCE, "完。"]),
        ("<td>菜单<td><table><tr><td>甲<td>乙</tr></table>", ["菜单", "甲\t乙"]),
        ("".join(f"<td>{number}" for number in range(20)), [str(number) for number in range(20)]),
    ],
)
def test_a_table_that_lays_out_a_page_is_no_row(cells: str, expected: list[str]) -> None:
    page = tree(f"<table><tbody><tr>{cells}</tr></tbody></table>")
    found, layout = page_lines(page)
    assert found == expected
    assert [table.get("id") or table.tag for table in layout] == ["table"]
    as_blocks(layout)
    outer = page.find(".//body/div/div/div")
    assert outer is not None
    assert {cell.tag for cell in outer} == {"div"}
    assert page_lines(page)[0] == expected


def test_lines_of_preformatted_text_stay() -> None:
    assert lines("<pre>甲\n乙</pre>丙<br>丁") == ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display:none'>{}</p>",
        "<div style='color:red; DISPLAY : NONE'><p>{}</p></div>",
        "<p hidden>{}</p>",
        "<div style='position:absolute;left:-9999px'>{}</div>",
        "<p style='text-indent:-9999px'>{}</p>",
        "<span style='font-size:0'>{}</span>",
        "<p style='visibility:hidden; height:0'>{}</p>",
    ],
)
def test_what_is_hidden_is_taken_out_unless_it_is_most_of_the_page(hidden: str) -> None:
    page = tree(f"<p>{SENTENCE}</p>{hidden.format('代开发票')}<p>完。</p>")
    drop_hidden(page)
    assert page_lines(page)[0] == [SENTENCE, "完。"]
    page = tree(f"<p>标题</p>{hidden.format(SENTENCE)}")
    drop_hidden(page)
    assert page_lines(page)[0] == ["标题", SENTENCE]


@pytest.mark.parametrize(
    "shown",
    [
        "<p style='text-indent:-2em'>{}</p>",
        "<p style='font-size:0.9em'>{}</p>",
        "<section style='font-size:0'><span style='font-size:16px'>{}</span></section>",
        "<div style='visibility:hidden;opacity:0'>{}</div>",
    ],
)
def test_what_only_looks_hidden_stays(shown: str) -> None:
    page = tree(f"<p>{SENTENCE}</p>{shown.format('完。')}")
    drop_hidden(page)
    assert page_lines(page)[0] == [SENTENCE, "完。"]


def test_bars_of_links_are_taken_out_with_the_dates_beside_them() -> None:
    rows = "".join(f"<li>· <a>第{number}次会议</a> <span>2023-05-0{number}</span></li>" for number in range(1, 9))
    page = tree(
        f"<ul><li><a>首页</a><li><a>新闻</a></ul><p>{SENTENCE}</p><ul>{rows}</ul><p>见<a>附件</a>和<a>说明</a>。</p>"
    )
    drop_bars(page)
    assert page_lines(page)[0] == [SENTENCE, "见附件和说明。"]


def test_a_page_of_links_alone_keeps_them() -> None:
    page = tree("<ul><li><a>首页</a><li><a>新闻</a></ul>")
    drop_bars(page)
    assert page_lines(page)[0] == ["首页", "新闻"]
