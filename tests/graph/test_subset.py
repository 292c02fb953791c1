from __future__ import annotations

import copy

import networkx as nx
import pytest

from tests.viz.world import CHAIR, CITY, CONTEST, DRIVERS, FEDERATION, LONER, PROVINCE, STATION, small_world
from unionkg.errors import InvalidOption, UnknownEntity
from unionkg.graph.subset import around, of_types, subset


@pytest.mark.parametrize(
    ("depth", "found"),
    [
        (1, {CHAIR, FEDERATION}),
        (2, {CHAIR, FEDERATION, CITY, PROVINCE, STATION, CONTEST}),
        (3, {CHAIR, FEDERATION, CITY, PROVINCE, STATION, CONTEST, DRIVERS}),
        (9, {CHAIR, FEDERATION, CITY, PROVINCE, STATION, CONTEST, DRIVERS}),
    ],
)
def test_around_counts_facts_either_way(depth: int, found: set[str]) -> None:
    assert around(small_world(), CHAIR, depth) == found


def test_what_is_asked_for_wrongly_is_refused() -> None:
    with pytest.raises(UnknownEntity, match="no entity has the id 'x'"):
        around(small_world(), "x", 1)
    with pytest.raises(InvalidOption, match="depth is 0"):
        around(small_world(), CHAIR, 0)
    with pytest.raises(InvalidOption, match="unknown type 'UNION'; accepted: ORG, PERSON"):
        of_types(small_world(), ["ORG", "UNION"])


def test_of_types_takes_each_of_them() -> None:
    assert of_types(small_world(), ["PERSON", "CONCEPT"]) == {CHAIR, LONER}


def test_a_subset_holds_what_is_said_of_its_entities_alone() -> None:
    graph = small_world()
    keys = sorted(key for _, _, key in graph.edges(keys=True))
    graph.graph["conflicts"] = [
        {"id": "a", "kind": "two_holders", "facts": keys[:2], "reason": ""},
        {"id": "b", "kind": "two_values", "facts": [keys[0], keys[4]], "reason": ""},
    ]
    graph.graph["possible"] = [
        {"id": "c", "nodes": [CITY, FEDERATION], "reason": ""},
        {"id": "d", "nodes": [CITY, STATION], "reason": ""},
    ]
    graph.graph["editions"] = [{"id": "e", "narrow": CONTEST, "wide": STATION}]
    before = copy.deepcopy(graph)
    part = subset(graph, {CHAIR, FEDERATION, CITY})
    assert set(part) == {CHAIR, FEDERATION, CITY}
    # Not that in which both work together: it is about a programme that is left out.
    assert sorted(fact["type"] for *_, fact in part.edges(data=True)) == ["holds_post", "holds_post", "subordinate_to"]
    assert part.graph["outcomes"] == []
    assert [one["id"] for one in part.graph["conflicts"]] == ["a"]
    assert [one["id"] for one in part.graph["possible"]] == ["c"]
    assert part.graph["editions"] == []
    assert nx.utils.graphs_equal(graph, before)
    assert graph.graph == before.graph


def test_a_figure_stays_with_all_of_its_entities() -> None:
    assert len(subset(small_world(), {FEDERATION, STATION}).graph["outcomes"]) == 1
    assert subset(small_world(), {FEDERATION}).graph["outcomes"] == []


def test_documents_that_name_none_of_the_entities_are_left_out() -> None:
    graph = small_world()
    assert len(subset(graph, {CHAIR}).graph["documents"]) == 1
    assert subset(graph, set()).graph["documents"] == []


def test_the_subset_of_all_is_the_graph() -> None:
    graph = small_world()
    for node in graph:
        graph.nodes[node]["documents"] = [paper["id"] for paper in graph.graph["documents"]]
    part = subset(graph, set(graph))
    assert nx.utils.graphs_equal(graph, part)
    assert graph.graph == part.graph
