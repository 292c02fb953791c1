"""Documents that name the same entities, against a count by hand and by brute force."""

from __future__ import annotations

from itertools import combinations
from math import isclose, log

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.errors import InvalidOption
from unionkg.graph.attributes import JUDGEMENT, KnowledgeGraph
from unionkg.graph.readable import readable
from unionkg.graph.shared_entities import Shared, shared_entities


def corpus(named: dict[str, str], cluster: dict[str, str] | None = None) -> KnowledgeGraph:
    """Return a graph of documents, each under a letter, by the letters of the entities that they name."""
    graph: KnowledgeGraph = nx.MultiDiGraph()
    for entity in sorted(set("".join(named.values()))):
        naming = [document for document in sorted(named) if entity in named[document]]
        graph.add_node(entity, type="ORG", name=entity, documents=naming)
    graph.graph["documents"] = [
        {"id": each, "name": each, "cluster": (cluster or {}).get(each, each), "authors": [], "editors": []}
        for each in sorted(named)
    ]
    return graph


def found(graph: KnowledgeGraph, partners: int = 10) -> list[Shared]:
    return list(shared_entities(readable(graph), partners))


def pairs(graph: KnowledgeGraph, partners: int = 10) -> list[tuple[str, str, str]]:
    return [(one["id"], two["id"], "".join(both)) for one, two, both, _ in found(graph, partners)]


def test_what_few_name_weighs_more_and_comes_first() -> None:
    graph = corpus({"a": "XY", "b": "XY", "c": "X", "d": "Z"})
    assert pairs(graph) == [("a", "b", "YX"), ("a", "c", "X"), ("b", "c", "X")]
    assert [pair.weight for pair in found(graph)] == pytest.approx([log(4 / 3) + log(4 / 2), log(4 / 3), log(4 / 3)])


def test_what_all_name_links_none() -> None:
    assert pairs(corpus({"a": "X", "b": "X", "c": "X"})) == []


def test_copies_are_one_article_under_the_first() -> None:
    graph = corpus({"a": "X", "b": "XY", "c": "Y", "d": ""}, {"b": "a"})
    assert pairs(graph) == [("a", "c", "Y")]
    assert pairs(corpus({"a": "X", "b": "X", "c": "Y"}, {"b": "a"})) == []


def test_a_judgement_of_the_ledger_is_no_article() -> None:
    named = {"a": "X", "b": "XY", "c": "Y"}
    graph = corpus({**named, "d": "XY"})
    graph.graph["documents"][3]["name"] = JUDGEMENT
    assert found(graph) == found(corpus(named))


def test_each_document_keeps_its_best_partners() -> None:
    graph = corpus({"a": "XYZ", "b": "XY", "c": "Z", "d": "XYW", "e": "W", "f": ""})
    assert pairs(graph, partners=1) == [("a", "b", "XY"), ("a", "c", "Z"), ("a", "d", "XY"), ("d", "e", "W")]


def test_of_equal_partners_the_first_by_id_is_kept() -> None:
    assert pairs(corpus({"a": "X", "b": "X", "c": "X", "d": ""}), partners=1) == [("a", "b", "X"), ("a", "c", "X")]


@pytest.mark.parametrize("partners", [0, -1])
def test_less_than_one_partner_is_refused(partners: int) -> None:
    with pytest.raises(InvalidOption, match=f"{partners} partners"):
        found(corpus({"a": "X", "b": "X", "c": ""}), partners)


def test_no_documents_give_no_pairs() -> None:
    assert pairs(corpus({})) == []


@given(st.lists(st.text("UVWXYZ", max_size=6), max_size=8))
def test_all_pairs_are_those_of_brute_force(named: list[str]) -> None:
    texts = dict(zip("abcdefgh", named, strict=False))
    weight = {
        each: log(len(named) / sum(each in text for text in named)) for each in "UVWXYZ" if each in "".join(named)
    }
    expected = {
        (one, two): sum(weight[each] for each in set(texts[one]) & set(texts[two]))
        for one, two in combinations(texts, 2)
    }
    expected = {pair: total for pair, total in expected.items() if total > 0}
    got = {(one["id"], two["id"]): total for one, two, _, total in found(corpus(texts))}
    assert got.keys() == expected.keys()
    assert all(isclose(got[pair], expected[pair]) for pair in got)
