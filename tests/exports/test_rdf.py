"""What others read in each RDF syntax: rdflib, Oxigraph, rapper and serdi find the same graph."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from rdflib.namespace import SKOS

from tests.exports.parsing import OA, WRITERS, installed, parsed, rdf, triples
from tests.exports.world import CHAIR, HOSTILE_NAMES, UNION, hostile_world, shuffled, world
from unionkg import build
from unionkg.exports.iri import BASE, document_name
from unionkg.exports.literals import parts, plain
from unionkg.graph.attributes import KnowledgeGraph, documents
from unionkg.nlp.extract import Options

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
GRAPHS = {None, *(BASE + document_name(each["id"]) for each in documents(world()))}

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


def by_rapper(data: bytes, form: str) -> set[Quad]:
    """Return the quads that rapper reads."""
    return by_program(["rapper", "-q", "-i", RAPPER[form], "-o", "nquads", "-", "https://example.org/"], data)


def by_serdi(data: bytes, form: str) -> set[Quad]:
    """Return the quads that serdi reads."""
    return by_program(["serdi", "-i", form, "-o", "nquads", "-"], data)


def by_program(command: list[str], data: bytes) -> set[Quad]:
    """Return the quads that an installed program reads; it must not complain. Skips if it is not installed."""
    done = subprocess.run(installed(command), input=data, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return oxigraph(done.stdout, "nquads")


RAPPER = {"nt": "ntriples", "turtle": "turtle", "xml": "rdfxml", "nquads": "nquads", "trig": "trig"}
READERS: dict[str, tuple[Callable[[bytes, str], set[Quad]], list[str]]] = {
    "oxigraph": (oxigraph, FORMS),
    "rdflib": (by_rdflib, FORMS),
    "rapper": (by_rapper, list(RAPPER)),
    "serdi": (by_serdi, ["nt", "turtle", "nquads", "trig"]),
}
READINGS = [(name, form) for name, (_, forms) in READERS.items() for form in forms]


@pytest.mark.parametrize(("reader", "form"), READINGS)
def test_every_reader_finds_what_was_said(reader: str, form: str) -> None:
    found = READERS[reader][0](rdf(hostile_world(), form), form)
    assert {quad[:3] for quad in found} == expected(hostile_world())
    assert {quad[3] for quad in found} == GRAPHS if form in QUADS else {None}


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The graph of reference documents."""
    place = tmp_path_factory.mktemp("real") / "KG"
    return build([shared / "dev" / "docs"], place, options=Options(ner="rules"), workers=0).graph


@pytest.mark.parametrize(("reader", "form"), READINGS)
def test_every_reader_finds_what_real_documents_say(real: KnowledgeGraph, reader: str, form: str) -> None:
    data = rdf(real, form)
    found = READERS[reader][0](data, form)
    assert {quad[:3] for quad in found} == expected(real)
    assert found == oxigraph(data, form)


@pytest.mark.parametrize("form", FORMS)
def test_no_statement_is_written_twice(form: str) -> None:
    data = rdf(hostile_world(), form)
    counts = Counter(map(str, parse(data, OXIGRAPH[form])))
    assert max(counts.values()) == 1


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
    report = next(each for each in documents(world()) if each["name"] == "report.txt")
    own = {tuple(term[0] for term in quad[:3]) for quad in found if quad[3] == BASE + document_name(report["id"])}
    assert (BASE + CHAIR, "https://w3id.org/unionkg/ontology#holdsPost", BASE + UNION) in own
    assert {predicate for _, predicate, _ in own} >= {str(OA.exact), "https://schema.org/mentions"}
    above = {quad[1][0] for quad in found if quad[3] is None}
    assert str(SKOS.prefLabel) in above
    assert "https://w3id.org/unionkg/ontology#holdsPost" not in above


@pytest.mark.parametrize("base", ["urn:x:", "https://example.org/a?b=1&c=", "https://example.org/kg/"])
@pytest.mark.parametrize("form", FORMS)
def test_every_base_that_is_accepted_can_be_read(form: str, base: str) -> None:
    stream = BytesIO()
    WRITERS[form](world(), stream, base)
    subjects = {quad[0][0] for quad in oxigraph(stream.getvalue(), form)}
    assert subjects
    assert all(subject.startswith(base) for subject in subjects)
    assert subjects == {quad[0][0] for quad in by_rdflib(stream.getvalue(), form)}
