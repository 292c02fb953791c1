from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from unionkg.exports.columns import WIDEST, aligned, harmless, one_line


def test_a_table_without_rows_has_its_header() -> None:
    assert aligned(("name", "n"), []) == ["name  n", "----  -"]


def test_numbers_stand_to_the_right_only_where_the_whole_column_is_numbers() -> None:
    assert aligned(("n", "mixed"), [(5, 7), (123, "工会")]) == ["  n  mixed", "---  -----", "  5  7", "123  工会"]


def test_text_obeys_no_control_and_ends_no_line() -> None:
    assert one_line("甲\n乙\x1b[2J\u2028丙\x9b") == "甲 乙\ufffd[2J 丙\ufffd"
    assert one_line("甲\u202e乙\t丙\u2066丁\u3000戊👨\u200d👩") == "甲\ufffd乙\ufffd丙\ufffd丁\u3000戊👨\u200d👩"


def steers(char: str) -> bool:
    """Whether a character moves a terminal or turns the direction of what follows, by what Unicode says of it."""
    if char in "\n\t":
        return False
    turns = unicodedata.bidirectional(char) in ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
    mark = unicodedata.name(char, "") in ("LEFT-TO-RIGHT MARK", "RIGHT-TO-LEFT MARK", "ARABIC LETTER MARK")
    return turns or mark or unicodedata.category(char) in ("Cc", "Zl", "Zp")


@given(st.text(st.characters() | st.sampled_from("\r\n\t\x1b\x85\x9b\u061c\u200e\u200f\u2028\u202e\u2066")))
def test_harmless_text_is_the_text_but_for_what_steers(text: str) -> None:
    plain = text.replace("\r\n", "\n")
    assert harmless(text) == "".join("\ufffd" if steers(char) else char for char in plain)


def test_one_long_cell_does_not_fill_up_the_others() -> None:
    lines = aligned(("text", "n"), [("长" * 500_000, 1), *[("短", 2)] * 199])
    assert len(lines[2]) == 500_000 + len("  1")
    assert {len(line) for line in lines[3:]} == {WIDEST - 2 + len("短  2")}
    assert lines[1] == "-" * WIDEST + "  -"
