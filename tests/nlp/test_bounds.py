"""How words around a figure bound its value, and what is counted without them."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import extracted
from unionkg.graph.schema import OUTCOME_BOUNDS
from unionkg.nlp.lexicon import rows


@pytest.mark.parametrize(
    ("written", "value", "bound"),
    [
        ("300名", 300, None),
        ("共300名", 300, None),
        ("累计达到300名", 300, None),
        ("300余名", 300, "at_least"),
        ("三百多名", 300, "at_least"),
        ("10多万名", 100_000, "at_least"),
        ("20余万名", 200_000, "at_least"),
        ("超300名", 300, "at_least"),
        ("超过300名", 300, "at_least"),
        ("已逾300名", 300, "at_least"),
        ("突破300名", 300, "at_least"),
        ("不少于300名", 300, "at_least"),
        ("不低于300名", 300, "at_least"),
        ("至少300名", 300, "at_least"),
        ("300名以上", 300, "at_least"),
        ("上百名", 100, "at_least"),
        ("累计上千名", 1000, "at_least"),
        ("上百万名", 1_000_000, "at_least"),
        ("不超过300名", 300, "at_most"),
        ("不多于300名", 300, "at_most"),
        ("至多300名", 300, "at_most"),
        ("不到300名", 300, "at_most"),
        ("300名以内", 300, "at_most"),
        ("约300名", 300, "about"),
        ("大约300名", 300, "about"),
        ("约有300名", 300, "about"),
        ("将近300名", 300, "about"),
        ("累计近300名", 300, "about"),
        ("三百来名", 300, "about"),
        ("300名左右", 300, "about"),
        ("300名上下", 300, "about"),
        ("约300余名", 300, "about"),
        ("超过300余名", 300, "at_least"),
    ],
)
def test_the_words_directly_around_a_figure_bound_it_and_are_not_counted(
    written: str, value: float, bound: str | None
) -> None:
    [found] = extracted(f"福建省总工会慰问职工{written}。").outcomes
    assert (found.value, found.bound, found.what) == (value, bound, "福建省总工会慰问职工")
    assert found.kind == "result"


def test_a_range_is_bounded_too() -> None:
    [found] = extracted("福建省总工会慰问职工300至500名左右。").outcomes
    assert (found.value, found.value_max, found.bound) == (300, 500, "about")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("福建省总工会节约300万元。", "福建省总工会节约"),
        ("福建省总工会签约300家。", "福建省总工会签约"),
        ("福建省总工会走访附近300户。", "福建省总工会走访附近"),
        ("福建省总工会送上300份慰问品。", "福建省总工会送上慰问品"),
        ("福建省总工会送上千份慰问品。", "福建省总工会送上慰问品"),
    ],
)
def test_a_word_that_only_ends_so_bounds_nothing(text: str, what: str) -> None:
    [found] = extracted(text).outcomes
    assert (found.bound, found.what) == (None, what)


def test_figures_of_the_same_value_that_are_bounded_otherwise_are_two() -> None:
    found = extracted("福建省总工会投入超过30万元慰问职工。福建省总工会投入30万元购置图书。").outcomes
    assert [(one.value, one.bound) for one in found] == [(300_000, "at_least"), (300_000, None)]


def test_the_list_holds_bounds_of_the_schema_and_places_that_are_looked_at() -> None:
    assert {row[1] for row in rows("bounds.tsv")} == {"before", "inside", "after"}
    assert {row[2] for row in rows("bounds.tsv") if len(row) > 2} == set(OUTCOME_BOUNDS)
