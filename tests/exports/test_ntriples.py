from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple, parse
from rdflib import Literal
from rdflib.namespace import SKOS

from tests.exports.parsing import OA, count_with, node, parsed, rdf, ukg
from tests.exports.world import CHAIR, HOSTILE_NAMES, UNION, hostile_world, shuffled, world
from unionkg.exports.literals import plain
from unionkg.exports.ntriples import read_graph
from unionkg.exports.triples import triples


def test_lines_are_sorted_and_each_is_one_triple() -> None:
    lines = rdf(hostile_world(), "nt").splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == len(list(triples(hostile_world())))


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_building_leaves_no_trace(seed: int) -> None:
    assert rdf(shuffled(hostile_world(), seed), "nt") == rdf(hostile_world(), "nt")


def oxigraph(data: bytes, form: str) -> set[Triple]:
    return {Triple(*quad.triple) for quad in parse(data, RdfFormat.N_TRIPLES if form == "nt" else RdfFormat.TURTLE)}


@pytest.mark.parametrize("form", ["nt", "turtle"])
def test_rdflib_and_oxigraph_find_the_same_triples(form: str) -> None:
    data = rdf(hostile_world(), form)
    expected = set(triples(hostile_world()))
    assert oxigraph(data, form) == expected
    assert len(parsed(data, form)) == len(expected)


@pytest.mark.parametrize(
    "command", [["rapper", "-q", "-i", "{form}", "-", "https://example.org/"], ["serdi", "-i", "{form}", "-"]]
)
@pytest.mark.parametrize("form", ["ntriples", "turtle"])
def test_rapper_and_serdi_find_it_too(command: list[str], form: str) -> None:
    data = rdf(hostile_world(), "nt" if form == "ntriples" else form)
    assert count_with([part.format(form=form) for part in command], data) == len(set(triples(hostile_world())))


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
    assert read.value(node(UNION), SKOS.prefLabel) == Literal(plain(text), lang="zh-hans")
    assert (None, OA.exact, Literal(piece["quote"])) in read
    assert (node(CHAIR), ukg("holdsPost"), node(UNION)) in read


def test_reading_gives_an_rdflib_graph_of_the_same_triples(tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    path.write_bytes(rdf(hostile_world(), "nt"))
    graph = read_graph(path)
    assert len(graph) == len(list(triples(hostile_world())))
    assert {str(namespace) for prefix, namespace in graph.namespaces() if prefix == "skos"} == {str(SKOS)}
