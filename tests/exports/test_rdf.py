"""What others read in each RDF syntax: rdflib, Oxigraph, rapper and serdi find the same graph."""

from __future__ import annotations

import subprocess
from collections import Counter

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from rdflib.namespace import SKOS

from tests.exports.parsing import OA, count_with, installed, parsed, rdf, triples
from tests.exports.world import CHAIR, HOSTILE_NAMES, UNION, hostile_world, shuffled, world
from unionkg.exports.iri import document_name
from unionkg.exports.literals import parts, plain
from unionkg.graph.attributes import KnowledgeGraph, documents

OXIGRAPH = {
    "nt": RdfFormat.N_TRIPLES,
    "turtle": RdfFormat.TURTLE,
    "xml": RdfFormat.RDF_XML,
    "json-ld": RdfFormat.JSON_LD,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}
FORMS = list(OXIGRAPH)
QUADS = ("nquads", "trig")

Term = tuple[str, str | None, str | None]
Quad = tuple[Term, Term, Term, str | None]


def expected(graph: KnowledgeGraph) -> set[tuple[Term, ...]]:
    """Return the triples of the graph as values; languages are compared without regard to case, as RDF 1.1 has it."""
    return {tuple(map(_value, triple)) for triple in triples(graph)}


def _value(term: str) -> Term:
    if term.startswith("<"):
        return term[1:-1], None, None
    text, language, datatype = parts(term)
    return text, language and language.lower(), datatype or ("" if not language else None)


def oxigraph(data: bytes, form: str) -> set[Quad]:
    """Return the quads that Oxigraph reads; a text without datatype has "" for it."""

    def value(term: object) -> Term:
        if isinstance(term, Literal):
            datatype = None if term.language else term.datatype.value.replace(str(rdflib.XSD.string), "")
            return term.value, term.language and term.language.lower(), datatype
        assert isinstance(term, NamedNode)
        return term.value, None, None

    return {
        (
            value(quad.subject),
            value(quad.predicate),
            value(quad.object),
            quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else None,
        )
        for quad in parse(data, OXIGRAPH[form])
    }


def by_rdflib(data: bytes, form: str) -> set[Quad]:
    """Return the quads that rdflib reads."""

    def value(term: object) -> Term:
        if isinstance(term, rdflib.Literal):
            datatype = None if term.language else str(term.datatype or "").replace(str(rdflib.XSD.string), "")
            return str(term), term.language and term.language.lower(), datatype
        assert isinstance(term, rdflib.URIRef)
        return str(term), None, None

    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=form)
    return {
        (value(s), value(p), value(o), None if g is None or str(g) == "urn:x-rdflib:default" else str(g))
        for s, p, o, g in dataset.quads()
    }


@pytest.mark.parametrize("form", FORMS)
def test_oxigraph_and_rdflib_find_the_same_as_was_said(form: str) -> None:
    data = rdf(hostile_world(), form)
    found = oxigraph(data, form)
    assert {quad[:3] for quad in found} == expected(hostile_world())
    assert by_rdflib(data, form) == found


@pytest.mark.parametrize("form", FORMS)
def test_no_statement_is_written_twice(form: str) -> None:
    data = rdf(hostile_world(), form)
    counts = Counter(map(str, parse(data, OXIGRAPH[form])))
    assert max(counts.values()) == 1


@pytest.mark.parametrize(("form", "name"), [("nt", "ntriples"), ("turtle", "turtle"), ("xml", "rdfxml")])
def test_rapper_finds_it_too(form: str, name: str) -> None:
    data = rdf(hostile_world(), form)
    assert count_with(["rapper", "-q", "-i", name, "-", "https://example.org/"], data) == len(triples(hostile_world()))


@pytest.mark.parametrize(
    ("form", "name"), [("nt", "NTriples"), ("turtle", "Turtle"), ("trig", "TriG"), ("nquads", "NQuads")]
)
def test_serdi_finds_it_too(form: str, name: str) -> None:
    data = rdf(hostile_world(), form)
    assert count_with(["serdi", "-i", name, "-"], data) == len(oxigraph(data, form))


@pytest.mark.parametrize("form", ["nt", "turtle", "xml"])
def test_what_rapper_and_serdi_write_of_it_is_the_same_graph(form: str) -> None:
    data = rdf(hostile_world(), form)
    name = {"nt": "ntriples", "turtle": "turtle", "xml": "rdfxml"}[form]
    commands = [["rapper", "-q", "-i", name, "-o", "ntriples", "-", "https://example.org/"]]
    commands += [["serdi", "-i", form, "-o", "ntriples", "-"]] if form != "xml" else []
    for command in commands:
        read = subprocess.run(installed(command), input=data, capture_output=True, check=True).stdout
        assert {quad[:3] for quad in oxigraph(read, "nt")} == expected(hostile_world()), command[0]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_building_leaves_no_trace(form: str, seed: int) -> None:
    assert rdf(shuffled(hostile_world(), seed), form) == rdf(hostile_world(), form)


@pytest.mark.parametrize("form", FORMS)
def test_hostile_names_come_back_as_they_were(form: str) -> None:
    texts = {(quad[1][0], quad[2][0]) for quad in oxigraph(rdf(hostile_world(), form), form)}
    for name in HOSTILE_NAMES:
        assert {(str(SKOS.prefLabel), name), (str(OA.exact), name)} <= texts


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), min_size=1), st.sampled_from(FORMS))
def test_any_text_comes_back_through_every_syntax(text: str, form: str) -> None:
    graph = world()
    graph.nodes[UNION]["name"] = text
    assert expected(graph) == {quad[:3] for quad in oxigraph(rdf(graph, form), form)}
    if form not in QUADS:
        labels = parsed(rdf(graph, form), form).objects(None, SKOS.prefLabel)
        assert plain(text) in set(map(str, labels))


@pytest.mark.parametrize("form", QUADS)
def test_a_document_has_a_graph_of_what_it_says(form: str) -> None:
    found = oxigraph(rdf(world(), form), form)
    graphs = {quad[3] for quad in found}
    base = "https://w3id.org/unionkg/id/"
    report = next(each for each in documents(world()) if each["name"] == "report.txt")
    assert graphs == {None, *(base + document_name(each["id"]) for each in documents(world()))}
    own = {tuple(term[0] for term in quad[:3]) for quad in found if quad[3] == base + document_name(report["id"])}
    assert (base + CHAIR, "https://w3id.org/unionkg/ontology#holdsPost", base + UNION) in own
    assert {predicate for _, predicate, _ in own} >= {str(OA.exact), "https://schema.org/mentions"}
    above = {quad[1][0] for quad in found if quad[3] is None}
    assert str(SKOS.prefLabel) in above
    assert "https://w3id.org/unionkg/ontology#holdsPost" not in above


@pytest.mark.parametrize("base", ["urn:x:", "https://example.org/a?b=1&c=", "https://example.org/kg/"])
@pytest.mark.parametrize("form", FORMS)
def test_every_base_that_is_accepted_can_be_read(form: str, base: str) -> None:
    from io import BytesIO

    from tests.exports.parsing import WRITERS

    stream = BytesIO()
    WRITERS[form](world(), stream, base)
    subjects = {quad[0][0] for quad in oxigraph(stream.getvalue(), form)}
    assert subjects
    assert all(subject.startswith(base) for subject in subjects)
    assert subjects == {quad[0][0] for quad in by_rdflib(stream.getvalue(), form)}
