from __future__ import annotations

from unionkg.exports.columns import aligned, one_line


def test_a_table_without_rows_has_its_header() -> None:
    assert aligned(("name", "n"), []) == ["name  n", "----  -"]


def test_numbers_stand_to_the_right_only_where_the_whole_column_is_numbers() -> None:
    assert aligned(("n", "mixed"), [(5, 7), (123, "工会")]) == ["  n  mixed", "---  -----", "  5  7", "123  工会"]


def test_text_obeys_no_control_and_ends_no_line() -> None:
    assert one_line("甲\n乙\x1b[2J\u2028丙\x9b") == "甲 乙\ufffd[2J 丙\ufffd"
