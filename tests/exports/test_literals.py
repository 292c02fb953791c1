from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.errors import InvalidExtraction
from unionkg.exports.literals import chinese, days, digits, parts, plain, stated, string


@pytest.mark.parametrize(
    ("time", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-05-06", date(2023, 5, 6), date(2023, 5, 6)),
        ("2021/2023", date(2021, 1, 1), date(2023, 12, 31)),
        ("2023-11/2024-02-03", date(2023, 11, 1), date(2024, 2, 3)),
    ],
)
def test_a_time_is_the_days_it_covers(time: str, first: date, last: date) -> None:
    assert days(time) == (first, last)


@pytest.mark.parametrize(
    "time", ["", "近年来", "2023-01/", "/2023", "2023-13", "2023-02-30", "0000", "2023/2021", "2023-5", "２０２３"]
)
def test_what_is_no_time_has_no_days_and_stays_text(time: str) -> None:
    assert days(time) is None
    assert parts(stated(time)) == (time, None, None)


@pytest.mark.parametrize(("time", "datatype"), [("2023", "gYear"), ("2023-05", "gYearMonth"), ("2023-05-06", "date")])
def test_a_date_is_typed_by_how_exact_it_is(time: str, datatype: str) -> None:
    assert parts(stated(time)) == (time, None, f"http://www.w3.org/2001/XMLSchema#{datatype}")


@given(st.text(st.characters()))
def test_a_literal_can_be_taken_apart_again(text: str) -> None:
    assert parts(string(text)) == (plain(text), None, None)
    assert parts(chinese(text)) == (plain(text), "zh-Hans", None)
    assert parts(r'"\u4e3b\U0002000B\t"') == ("主𠀋\t", None, None)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_digits_write_a_number_exactly_and_without_exponent(number: float) -> None:
    assert float(digits(number)) == number
    assert Decimal(digits(number)) == Decimal(repr(number))
    assert set(digits(number)) <= set("-.0123456789")


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_figure_that_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(InvalidExtraction, match="accepted: a finite number"):
        digits(number)


@given(st.text(st.characters()))
def test_plain_text_keeps_its_length_and_can_be_written(text: str) -> None:
    fit = plain(text)
    assert len(fit) == len(text)
    assert not set(fit) & {chr(code) for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)}
    assert fit.encode("utf-8").decode("utf-8") == fit
    assert plain(fit) == fit
