"""Figures: value, unit, kind, period, subject."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nlp.extracted import extracted, name_of
from unionkg.nlp.numerals import number_value

Row = tuple[float, float | None, str, str]
DIGITS = "零一二三四五六七八九"


def figures(text: str) -> list[Row]:
    return [(one.value, one.value_max, one.unit, one.kind) for one in extracted(text).outcomes]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("12,500", 12500),
        ("1,234,567.5", 1234567.5),
        ("1.5万", 15000),
        ("3千", 3000),
        ("2亿", 200000000),
        ("1.2万亿", 1200000000000),
        ("十", 10),
        ("十二", 12),
        ("两百", 200),
        ("三百二十", 320),
        ("一千零五", 1005),
        ("五万六千", 56000),
    ],
)
def test_numbers(written: str, value: float) -> None:
    assert number_value(written) == value


@pytest.mark.parametrize(("written", "value"), [("一亿二千万", 120_000_000), ("三亿零五万", 300_050_000)])
def test_ten_thousands_behind_hundred_millions(written: str, value: float) -> None:
    assert number_value(written) == value


@pytest.mark.parametrize("written", ["个", "一个", "12个", "1,2,3", "1.2.3", "多", "-5"])
def test_no_numbers(written: str) -> None:
    assert number_value(written) is None


def spelled(number: int) -> str:
    """Return a number below a hundred million in Chinese numerals, as a report spells it."""
    if number >= 10_000:
        rest = number % 10_000
        return spelled(number // 10_000) + "万" + ("零" * (0 < rest < 1000) + spelled(rest) if rest else "")
    written = ""
    for scale, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            written += DIGITS[digit] + unit
        elif written and number % scale and not written.endswith("零"):
            written += "零"
    return written or "零"


@given(st.integers(0, 99_999_999))
def test_spelled_numbers_read_back(number: int) -> None:
    assert number_value(spelled(number)) == number


@given(st.integers(0, 10**9))
def test_digits_with_and_without_commas_read_back(number: int) -> None:
    assert number_value(str(number)) == number
    assert number_value(f"{number:,}") == number


@given(st.integers(1, 9999), st.sampled_from([("万", 10**4), ("亿", 10**8)]))
def test_a_scale_behind_digits_multiplies(number: int, scale: tuple[str, int]) -> None:
    assert number_value(f"{number / 10}{scale[0]}") == pytest.approx(number / 10 * scale[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("福建省总工会新建驿站120个。", [(120, None, "个", "result")]),
        ("福建省总工会投入资金350余万元。", [(3500000, None, "元", "result")]),
        ("福建省总工会追回欠薪约1.5亿元。", [(150000000, None, "元", "result")]),
        ("福建省总工会慰问职工１２，５００人次。", [(12500, None, "人次", "result")]),
        ("福建省总工会发放补助三百二十万元。", [(3200000, None, "元", "result")]),
        ("福建省总工会集体合同签订率达到91.3%。", [(91.3, None, "%", "result")]),
        ("福建省总工会将再建80至100个驿站。", [(80, 100, "个", "target")]),
        ("福建省总工会力争培训职工5万人次以上。", [(50000, None, "人次", "target")]),
        ("福建省總工會慰問困難職工1,200戶。", [(1200, None, "户", "result")]),
    ],
)
def test_what_counts(text: str, expected: list[Row]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "福建省总工会发放的补助比上年增长12%。",
        "福建省总工会共给予人均补助300元。",
        "福建省总工会的会议开了3天。",
        "福建省总工会已有80年历史。",
        "福建省总工会第十五届委员会完成了选举。",
        "福建省总工会尚未建成20个驿站。",
        "走进12351职工服务热线。",
        "年龄在45岁以上的职工参加。",
    ],
)
def test_what_does_not_count(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023年，云南省总工会培训职工5000人次。", "2023"),
        ("到2025年底，云南省总工会将培训职工5000人次。", "2025-12"),
        ("今年，云南省总工会培训职工5000人次。", None),
        ("云南省总工会共培训职工5000人次。", None),
    ],
)
def test_the_period_that_the_sentence_states(text: str, period: str | None) -> None:
    assert [one.period for one in extracted(text).outcomes] == [period]


@pytest.mark.parametrize(("word", "period"), [("今年", "2024"), ("去年", "2023"), ("年底前", "2024-12")])
def test_a_relative_period_is_counted_from_the_date_of_the_document(word: str, period: str) -> None:
    text = f"云南省总工会部署培训工作\n发布时间：2024-03-05\n{word}，云南省总工会培训职工5000人次。"
    assert [one.period for one in extracted(text).outcomes] == [period]


def test_subject_and_programme_of_a_figure() -> None:
    found = extracted("贵州省总工会召开会议。遵义市总工会建成“黔暖驿站”120个。")
    [outcome] = found.outcomes
    assert name_of(found, outcome.subject) == "遵义市总工会"
    assert name_of(found, outcome.programme) == "黔暖驿站"
    assert outcome.quote == "遵义市总工会建成“黔暖驿站”120个。"


def test_a_sentence_without_subject_counts_for_the_union_of_the_one_before() -> None:
    found = extracted("遵义市总工会走访企业。一年来，共培训职工5000人次。")
    assert [name_of(found, one.subject) for one in found.outcomes] == ["遵义市总工会"]


def test_one_figure_said_twice_counts_once() -> None:
    assert figures("遵义市总工会培训职工5000人次。遵义市总工会已培训职工5000人次。") == [(5000, None, "人次", "result")]


def test_what_is_counted_is_the_words_around_the_figure() -> None:
    [outcome] = extracted("遵义市总工会走访企业，发放防暑物资累计3200份。").outcomes
    assert outcome.what == "发放防暑物资"


def test_what_is_counted_has_no_half_quotation() -> None:
    [outcome] = extracted("遵义市总工会建成“黔暖驿站”120个。").outcomes
    assert outcome.what.count("“") == outcome.what.count("”")
