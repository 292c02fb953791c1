"""The time that a figure is of, absolute and counted from the document's date."""

from __future__ import annotations

import pytest

from unionkg.nlp.periods import find_period

DATE = "2024-09-12"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2023年建成驿站#", "2023"),
        ("2023年6月建成驿站#", "2023-06"),
        ("6月18日送出物资#", "2024-06-18"),
        ("去年建成驿站#", "2023"),
        ("去年3月以来建成驿站#", "2023-03/2024-09"),
        ("自2022年起建成驿站#", "2022/2024-09"),
        ("平台自3月18日试运行以来注册职工#", "2024-03-18/2024-09-12"),
        ("五年来建成驿站#", "2019-09/2024-09"),
        ("过去一年建成驿站#", "2023-09/2024-09"),
        ("过去一两年来建成驿站#", None),
        ("近三五年来建成驿站#", None),
        ("前两三个月建成驿站#", None),
        ("今后三年建成驿站#", "2024-09/2027-09"),
        ("计划两年内建成驿站#", "2024-09/2026-09"),
        ("今年前十个月建成驿站#", "2024-01/2024-10"),
        ("1至8月建成驿站#", "2024-01/2024-08"),
        ("上半年建成驿站#", "2024-01/2024-06"),
        ("前三季度建成驿站#", "2024-01/2024-09"),
        ("11月5日至6日参赛#", "2024-11-05/2024-11-06"),
        ("到2026年年底建成驿站#", "2026-12"),
        ("年底前建成驿站#", "2024-12"),
        ("明年6月建成驿站#", "2025-06"),
        ("全年建成驿站#", "2024"),
        ("每年建成驿站#", None),
        ("未来五年扩面,每年建成驿站#", None),
        ("经2024年4月19日会议研究,授予奖章#", None),
        ("建成驿站#", None),
    ],
)
def test_the_period_of_a_figure(sentence: str, expected: str | None) -> None:
    assert find_period(sentence, sentence.index("#"), DATE) == expected


def test_the_nearest_before_a_figure_counts_else_one_behind_it_in_its_part() -> None:
    sentence = "去年建成驿站#,今年再建@"
    assert find_period(sentence, sentence.index("#"), DATE) == "2023"
    assert find_period(sentence, sentence.index("@"), DATE) == "2024"
    assert find_period("建成驿站#至今年8月", 4, DATE) == "2024-08"
    assert find_period("建成驿站#,今年再建", 4, DATE) is None


def test_a_report_of_the_year_before_means_that_year_by_the_whole_year() -> None:
    assert find_period("全年建成驿站#", 6, "2024-01-12", "2023") == "2023"


@pytest.mark.parametrize("sentence", ["去年建成驿站#", "五年来建成驿站#", "全年建成驿站#", "6月建成驿站#"])
def test_without_a_date_nothing_relative_counts(sentence: str) -> None:
    assert find_period(sentence, sentence.index("#"), None) is None
