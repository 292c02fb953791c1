"""Markdown gives its text without marks."""

import time

import pytest

from unionkg.nlp.read_markdown import MARKED_BRACKETS, read_markdown
from unionkg.nlp.record import Record


def read(text: str) -> Record:
    [record] = read_markdown(text.encode(), "a.md")
    return record


def test_a_text_without_marks_is_the_file_itself() -> None:
    text = "清溪市总工会\n\n昨天慰问环卫工人。\r\n"
    assert read(text) == Record(text, "utf-8")


def test_marks_are_taken_off() -> None:
    record = read(
        "# 慰问\n\n**浙江**省[总工会](https://example.org/)副主席*白杨林*讲话。\n\n- 一\n- 二\n\n> 引文\n\n```\n代码\n```\n"
    )
    assert record.text == "慰问\n浙江省总工会副主席白杨林讲话。\n一\n二\n引文\n代码"
    assert record.is_body


def test_a_line_break_of_the_source_is_a_space_only_between_other_scripts() -> None:
    assert read("**清溪**市总\n工会与the ILO\noffice开会").text == "清溪市总工会与the ILO office开会"


def test_tables_are_rows_with_tabs() -> None:
    assert read("|街道|人数|\n|-|-|\n|河东|**四**十|\n").text == "街道\t人数\n河东\t四十"


def test_markup_inside_is_taken_off() -> None:
    assert read("<div><b>浙江</b>省</div>\n\n工会<br>开会<span>了</span>").text == "浙江省\n工会\n开会了"


def test_front_matter_is_hints_and_its_title_opens_the_text() -> None:
    record = read('---\ntitle: "慰问环卫工人"\ndate: 2023-05-06\n作者: 李晓云\ntags: [x]\n---\n昨天慰问。\n')
    assert record.text == "慰问环卫工人\n昨天慰问。"
    assert record.hints == {"title": "慰问环卫工人", "date": "2023-05-06", "author": "李晓云"}


def test_a_rule_is_no_front_matter() -> None:
    assert read("---\n\n昨天慰问。\n").text == "昨天慰问。"


@pytest.mark.parametrize("piece", ["[", "![[](", "[a](", "*a ", "**a_b ", "> ", "- ", "`", "<a ", "|"])
def test_marks_that_are_never_closed_take_bounded_time(piece: str) -> None:
    start = time.monotonic()
    read("工会" + piece * (MARKED_BRACKETS + 1))
    assert time.monotonic() - start < 10  # the slowest takes 0.5 s
