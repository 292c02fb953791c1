from __future__ import annotations

import pytest

from tests.exports.world import CHAIR, CITY_UNION, HELD, HOLDS, PLANNED, UNION, shuffled, world
from unionkg.errors import InvalidOption, UnknownEntity
from unionkg.graph.neighbours import neighbours


def test_facts_are_grouped_by_relation_and_direction_in_the_order_of_the_schema() -> None:
    groups = neighbours(world(), UNION)
    assert [(group.relation, group.is_outward) for group in groups] == [
        ("holds_post", False),
        ("governs", True),
        ("subordinate_to", False),
        ("organises", True),
        ("partners_with", False),
    ]
    assert {group.centre for group in groups} == {UNION}
    assert {key for _, _, key in groups[0].facts} == {HOLDS, HELD}


def test_planned_facts_are_told_after_those_of_more_sources() -> None:
    (group,) = neighbours(world(), UNION, relation="organises")
    assert [key[-1] for _, _, key in group.facts] == ["4", PLANNED[-1]]


def test_each_fact_is_told_once_however_far_one_looks() -> None:
    graph = world()
    groups = neighbours(graph, CHAIR, depth=9)
    told = [edge for group in groups for edge in group.facts]
    assert sorted(told) == sorted(graph.edges(keys=True))
    assert [group.distance for group in groups] == sorted(group.distance for group in groups)
    assert {group.centre for group in groups if group.distance == 2} == {UNION}


def test_only_what_is_shown_is_walked_on_from() -> None:
    groups = neighbours(world(), CITY_UNION, relation="subordinate_to", depth=3)
    assert [(group.distance, group.centre) for group in groups] == [(1, CITY_UNION)]
    limited = neighbours(world(), UNION, limit=1)
    assert [(len(group.facts), group.left_out) for group in limited if group.relation == "holds_post"] == [(1, 1)]


def test_the_order_in_which_a_graph_was_made_makes_no_difference() -> None:
    assert neighbours(world(), CHAIR, depth=3) == neighbours(shuffled(world(), 3), CHAIR, depth=3)


def test_what_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownEntity, match="'nobody'"):
        neighbours(world(), "nobody")
    with pytest.raises(InvalidOption, match="accepted: holds_post"):
        neighbours(world(), UNION, relation="loves")
    with pytest.raises(InvalidOption, match="depth is 0"):
        neighbours(world(), UNION, depth=0)
    with pytest.raises(InvalidOption, match="limit is 0"):
        neighbours(world(), UNION, limit=0)
