from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal
from rdflib.namespace import SKOS

from tests.exports.parsing import OA, node, parsed, rdf, triples, ukg
from tests.exports.world import CHAIR, HOSTILE_NAMES, UNION, hostile_world, shuffled, world
from unionkg.exports.literals import plain
from unionkg.exports.ntriples import read_graph


def test_lines_are_sorted_and_each_is_one_triple() -> None:
    lines = rdf(hostile_world(), "nt").splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == len(triples(hostile_world()))


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_building_leaves_no_trace(seed: int) -> None:
    assert rdf(shuffled(hostile_world(), seed), "nt") == rdf(hostile_world(), "nt")


@pytest.mark.parametrize("form", ["nt", "turtle"])
def test_hostile_names_come_back_as_they_were(form: str) -> None:
    read = parsed(rdf(hostile_world(), form), form)
    assert {str(name) for name in read.objects(None, SKOS.prefLabel)} >= set(HOSTILE_NAMES)
    assert {str(quote) for quote in read.objects(None, OA.exact)} >= set(HOSTILE_NAMES)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), min_size=1))
def test_any_text_comes_back_through_turtle(text: str) -> None:
    graph = world()
    graph.nodes[UNION]["name"] = text
    piece = next(iter(graph.edges(CHAIR, data=True)))[2]["evidence"][0]
    read = parsed(rdf(graph))
    assert read.value(node(UNION), SKOS.prefLabel) == Literal(plain(text), lang="zh-Hans")
    assert (None, OA.exact, Literal(piece["quote"])) in read
    assert (node(CHAIR), ukg("holdsPost"), node(UNION)) in read


def test_reading_gives_an_rdflib_graph_of_the_same_triples(tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    path.write_bytes(rdf(hostile_world(), "nt"))
    graph = read_graph(path)
    assert len(graph) == len(triples(hostile_world()))
    assert {str(namespace) for prefix, namespace in graph.namespaces() if prefix == "skos"} == {str(SKOS)}
