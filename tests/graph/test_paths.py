from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.world import shuffled
from tests.graph.linked import linked
from unionkg.errors import InvalidOption, UnknownEntity
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.paths import PRICE_UNIT, paths

HUB = [("hub", f"leaf{number}") for number in range(20)]


def found(graph: KnowledgeGraph, start: str, end: str, **options: Any) -> list[str]:
    """Return the paths as strings of ids."""
    return [" ".join(path.nodes) for path in paths(graph, start, end, **options)]


def test_a_path_goes_round_a_hub() -> None:
    graph = linked([*HUB, ("a", "hub"), ("hub", "b"), ("a", "x"), ("x", "y"), ("y", "b")])
    assert found(graph, "a", "b") == ["a x y b"]
    assert found(graph, "a", "b", shortest=True) == ["a hub b"]
    assert found(graph, "a", "b", max_length=2) == ["a hub b"]
    assert found(graph, "a", "b", max_length=1) == []
    assert found(graph, "a", "b", count=5) == ["a x y b", "a hub b"]


def test_the_ends_may_be_hubs() -> None:
    graph = linked([*HUB, ("hub", "a"), ("a", "b"), ("b", "leaf0")])
    assert found(graph, "hub", "b", count=2) == ["hub a b", "hub leaf0 b"]


def test_a_step_has_all_facts_between_its_ends_the_strongest_first() -> None:
    graph = linked([("a", "b"), ("b", "a", {"sources": 2}), ("c", "b")])
    (path,) = paths(graph, "a", "c")
    assert path.steps == (
        (("b", "a", "fact-0000000000000001"), ("a", "b", "fact-0000000000000000")),
        (("c", "b", "fact-0000000000000002"),),
    )


def test_planned_facts_are_followed_only_if_asked_for() -> None:
    graph = linked([("a", "b", {"modality": "planned"})])
    assert found(graph, "a", "b") == []
    assert found(graph, "a", "b", planned=True) == ["a b"]


def test_of_equal_paths_the_surer_one_is_better_then_the_one_whose_ids_come_first() -> None:
    doubtful = {"confidence": 0.5}
    graph = linked([("a", "p"), ("p", "z"), ("a", "q"), ("q", "z"), ("a", "b", doubtful), ("b", "z")])
    assert found(graph, "a", "z", count=3) == ["a p z", "a q z", "a b z"]


def test_what_is_no_two_entities_is_refused() -> None:
    graph = linked([("a", "b")])
    with pytest.raises(UnknownEntity, match="'c'"):
        paths(graph, "a", "c")
    with pytest.raises(InvalidOption, match="two different"):
        paths(graph, "a", "a")
    for option in ("count", "max_length"):
        with pytest.raises(InvalidOption, match=f"{option} is 0"):
            paths(graph, "a", "b", **{option: 0})  # type: ignore[arg-type]  # either is a number


def brute_force(
    graph: KnowledgeGraph, start: str, end: str, max_length: int, shortest: bool
) -> list[tuple[tuple[int, ...], tuple[str, ...]]]:
    """Return all paths in their order, each with its cost, as the definition has it."""
    simple = nx.Graph(graph.to_undirected())
    doubts = {
        (min(pair), max(pair)): min(round(1000 * (1 - fact["confidence"])) for fact in between)
        for pair in simple.edges
        for between in [
            [data for one, other in (pair, pair[::-1]) for data in (graph.get_edge_data(one, other) or {}).values()]
        ]
    }
    rows = []
    for nodes in map(tuple, nx.all_simple_paths(simple, start, end, cutoff=max_length)):
        price = sum(round(PRICE_UNIT * math.log(simple.degree(node))) for node in nodes[1:-1])
        doubt = sum(doubts[min(step), max(step)] for step in pairwise(nodes))
        length = len(nodes) - 1
        rows.append((((length, price) if shortest else (price, length)) + (doubt,), nodes))
    return sorted(rows)


ENDS = st.sampled_from("abcdefgh")
FACTS = st.lists(
    st.tuples(ENDS, ENDS, st.sampled_from([0.5, 0.8, 0.9])).filter(lambda row: row[0] != row[1]), max_size=22
)


@given(FACTS, st.integers(1, 6), st.integers(1, 7), st.booleans(), st.integers(0, 99))
def test_the_paths_are_those_of_brute_force_in_any_order_of_the_graph(
    facts: list[tuple[str, str, float]], count: int, max_length: int, shortest: bool, seed: int
) -> None:
    graph = linked([(one, other, {"confidence": sure}) for one, other, sure in facts], lone="ab")
    expected = [nodes for _, nodes in brute_force(graph, "a", "b", max_length, shortest)][:count]
    for made in (graph, shuffled(graph, seed)):
        got = paths(made, "a", "b", count=count, max_length=max_length, shortest=shortest)
        assert [path.nodes for path in got] == expected
