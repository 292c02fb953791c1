"""Texts that hold a part are found as a look at each of them would find them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.exports.world import CITY_UNION, CONGRESS, UNION, world
from unionkg.matching.index import Index
from unionkg.matching.parts import Parts
from unionkg.reconciliation.prefixes import Prefixes

TEXT = st.text("工会总\0", max_size=5)


@given(st.lists(TEXT, max_size=8), TEXT)
def test_they_are_those_that_hold_it(texts: list[str], part: str) -> None:
    expected = [number for number, text in enumerate(texts) if part and "\0" not in part and part in text]
    assert list(Parts(texts).holding(part)) == expected


def test_entities_are_found_by_a_part_of_what_they_are_called() -> None:
    graph = world()
    prefixes = Prefixes(Index(graph), graph)
    assert prefixes.holding("总工会") == [
        UNION,
        CITY_UNION,
        CONGRESS,
    ]  # named in more documents; then the shorter names
    assert prefixes.holding("總工會") == prefixes.holding("总工会")
    assert prefixes.holding("海州市") == []  # it opens so
    assert prefixes.holding("zonggong") == [UNION, CITY_UNION, CONGRESS]
    assert prefixes.holding("g") == prefixes.holding("") == prefixes.holding("“”") == []
