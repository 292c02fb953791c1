"""The value of a figure as it is written in a line."""

from __future__ import annotations

from tests.exports.world import world
from unionkg.graph.amounts import amount
from unionkg.graph.attributes import outcomes


def test_thousands_are_set_apart_where_that_is_asked_for() -> None:
    people, share = outcomes(world())
    assert (amount(people), amount(people, is_grouped=True)) == ("≈120000–150000", "≈120,000–150,000")
    assert amount(share, is_grouped=True) == "0.35"
    people["value"], people["value_max"] = 36_200_000.5, 1920.0
    assert amount(people, is_grouped=True) == "≈36,200,000.5–1,920"
