"""Clients that others wrote ask the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from xml.dom.minidom import Document

import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import SPARQLExceptions

from tests.exports.world import CHAIR, UNION
from tests.unionkg.server.sparql_serving import knowledge_graph, served
from unionkg.exports.iri import BASE
from unionkg.exports.ontology import ONTOLOGY

UKG = rdflib.Namespace("https://w3id.org/unionkg/ontology#")
SELECT = "SELECT ?union { ?union a ukg:TradeUnion } ORDER BY ?union"
CONSTRUCT = "CONSTRUCT { ?union a ukg:TradeUnion } WHERE { ?union a ukg:TradeUnion }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return knowledge_graph(tmp_path_factory.mktemp("kg") / "KG")


@pytest.fixture(scope="module")
def endpoint(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield f"{address}/sparql"


def wrapper(endpoint: str, query: str, form: str, method: str = "GET") -> SPARQLWrapper.SPARQLWrapper:
    client = SPARQLWrapper.SPARQLWrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(method)
    return client


@pytest.mark.parametrize(
    ("method", "requesting"),
    [
        ("GET", SPARQLWrapper.URLENCODED),
        ("POST", SPARQLWrapper.URLENCODED),
        ("POST", SPARQLWrapper.POSTDIRECTLY),
    ],
)
def test_sparqlwrapper_asks_in_every_way(endpoint: str, method: str, requesting: str) -> None:
    client = wrapper(endpoint, SELECT, SPARQLWrapper.JSON, method)
    client.setRequestMethod(requesting)
    answer = client.queryAndConvert()
    assert isinstance(answer, dict)
    assert f"{BASE}{UNION}" in [row["union"]["value"] for row in answer["results"]["bindings"]]


@pytest.mark.parametrize("form", [SPARQLWrapper.JSON, SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV])
def test_sparqlwrapper_reads_rows_in_every_form(endpoint: str, form: str) -> None:
    answer = wrapper(endpoint, SELECT, form).queryAndConvert()
    told = answer.toxml() if isinstance(answer, Document) else answer
    assert UNION in (told.decode() if isinstance(told, bytes) else str(told))


@pytest.mark.parametrize(
    "form", [SPARQLWrapper.TURTLE, SPARQLWrapper.N3, SPARQLWrapper.RDFXML, SPARQLWrapper.XML, SPARQLWrapper.JSONLD]
)
def test_sparqlwrapper_reads_triples_in_every_form(endpoint: str, form: str) -> None:
    answer = wrapper(endpoint, CONSTRUCT, form).queryAndConvert()
    if isinstance(answer, bytes):
        answer = rdflib.Graph().parse(data=answer, format="turtle")
    assert isinstance(answer, rdflib.Graph)
    assert len(answer) == 2


def test_sparqlwrapper_is_told_of_a_malformed_query(endpoint: str) -> None:
    with pytest.raises(SPARQLExceptions.QueryBadFormed, match="line 1, column 8"):
        wrapper(endpoint, "SELECT nothing", SPARQLWrapper.JSON).query()


def test_sparqlwrapper_cannot_update(endpoint: str) -> None:
    client = wrapper(endpoint, "INSERT DATA { <a:b> <a:c> <a:d> }", SPARQLWrapper.JSON, "POST")
    with pytest.raises(HTTPError, match="403"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv"])
def test_rdflibs_store_is_a_graph_from_afar(endpoint: str, folder: Path, method: str, form: str) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint, method=method, returnFormat=form))
    assert len(graph) == len(rdflib.Graph().parse(folder / "graph.nt"))
    chair = rdflib.URIRef(f"{BASE}{CHAIR}")
    assert rdflib.URIRef(f"{BASE}{UNION}") in set(graph.objects(chair, UKG.holdsPost))
    if form != "csv":  # which has no truth values
        assert (chair, UKG.holdsPost, rdflib.URIRef(f"{BASE}{UNION}")) in graph
    assert len({str(row[0]) for row in graph.query(SELECT)}) == 2  # type: ignore[index]


def test_rdflibs_store_reads_named_graphs_and_triples(endpoint: str) -> None:
    name = rdflib.URIRef(ONTOLOGY[1:-1])
    ontology = rdflib.Graph(SPARQLStore(endpoint, context_aware=True), identifier=name)
    assert (name, rdflib.RDF.type, rdflib.OWL.Ontology) in ontology
    asked = rdflib.Graph(SPARQLStore(endpoint)).query(CONSTRUCT)
    assert asked.graph is not None
    assert len(asked.graph) == 2


def test_rdflib_asks_with_service(endpoint: str) -> None:
    rows = list(rdflib.Graph().query(f"SELECT * {{ SERVICE <{endpoint}> {{ ?union a {UKG.TradeUnion.n3()} }} }}"))
    assert len(rows) == 2
