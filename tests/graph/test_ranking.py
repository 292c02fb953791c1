from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.world import CHAIR, CITY_UNION, REPORT, UNION, shuffled, world
from tests.graph.linked import PAPER, linked
from unionkg.errors import InvalidOption
from unionkg.graph.links import simple_graph
from unionkg.graph.ranking import DAMPING, pagerank, rank

ENDS = st.sampled_from("abcdefgh")
FACTS = st.lists(st.tuples(ENDS, ENDS, st.sampled_from([0.25, 0.5, 1.0])), max_size=25)


@given(FACTS)
def test_pagerank_is_the_fixed_point_of_networkx_google_matrix(facts: list[tuple[str, str, float]]) -> None:
    graph = linked([(one, other, {"confidence": sure}) for one, other, sure in facts], lone="ay")
    scores = pagerank(graph)
    simple = simple_graph(graph)
    assert list(scores) == list(simple)
    vector = np.array([*scores.values()])
    assert vector @ nx.google_matrix(simple, alpha=DAMPING, weight="weight") == pytest.approx(vector, abs=1e-8)
    assert vector.sum() == pytest.approx(1.0)


def test_a_graph_of_nothing_has_no_ranks() -> None:
    assert pagerank(linked([])) == {}
    assert rank(linked([])) == []


def test_the_degree_counts_entities_and_not_facts() -> None:
    graph = linked([("a", "b"), ("b", "a"), ("a", "c"), ("c", "d", {"modality": "planned"})])
    assert rank(graph, "degree") == [("a", 2), ("b", 1), ("c", 1), ("d", 0)]
    assert dict(rank(graph, "degree", planned=True))["d"] == 1


def test_copies_of_an_article_count_once() -> None:
    graph = linked([("a", "b")])
    copy, other = "b" * 64, "c" * 64
    for paper, cluster in ((copy, PAPER), (other, other)):
        graph.graph["documents"].append({"id": paper, "name": "x", "cluster": cluster, "authors": [], "editors": []})
    graph.nodes["a"]["documents"] = [PAPER, copy]
    graph.nodes["b"]["documents"] = [PAPER, other]
    assert rank(graph, "documents") == [("b", 2), ("a", 1)]


def test_type_and_subtype_choose_what_is_listed() -> None:
    everything = dict(rank(world()))
    assert [node for node, _ in rank(world(), type="ORG", subtype="union")] == [UNION, CITY_UNION]
    assert all(everything[node] == score for node, score in rank(world(), type="PERSON"))
    assert CHAIR in dict(rank(world(), type="PERSON"))


def test_the_order_in_which_a_graph_was_made_makes_no_difference() -> None:
    for by in ("pagerank", "degree"):
        assert rank(world(), by) == rank(shuffled(world(), 5), by)
    assert REPORT in world().nodes[UNION]["documents"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"by": "fame"}, "accepted: pagerank, degree, documents"),
        ({"type": "UNION"}, "accepted: ORG"),
        ({"subtype": "guild"}, "accepted: union"),
        ({"type": "PERSON", "subtype": "union"}, "accepted: none"),
    ],
)
def test_what_there_is_not_is_refused(options: dict[str, str], reason: str) -> None:
    with pytest.raises(InvalidOption, match=reason):
        rank(world(), **options)  # type: ignore[arg-type]  # all are texts
