"""The server against the tests of the W3C: protocol, result formats, service description."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import httpx
import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results
from rdflib import RDF, RDFS, Graph, Namespace, Node, URIRef
from rdflib.collection import Collection
from starlette.testclient import TestClient

from tests.unionkg.server.sparql_serving import ADDRESS, asked, fill, knowledge_graph
from unionkg.server.settings import Settings

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

TABULAR = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
BOOLEAN = {"application/sparql-results+json", "application/sparql-results+xml"}
RDF_TYPES = {"application/rdf+xml", "text/turtle", "application/n-triples"}


@dataclass(frozen=True)
class Sent:
    """A request of a test, and what its answer must be."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    format: str | None
    boolean: bool | None

    @property
    def is_update(self) -> bool:
        return b"update" in (self.body or b"") or "sparql-update" in str(self.headers)


@pytest.fixture(scope="module")
def suite(shared: Path) -> Path:
    return shared / "standards" / "sparql" / "sparql11"


@pytest.fixture(scope="module")
def protocol(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a server whose store holds the data that the tests of the protocol name."""
    folder = knowledge_graph(tmp_path_factory.mktemp("kg") / "KG")
    manifest = read(suite / "protocol")
    named: dict[str | None, Path] = {
        str(manifest.value(each, RDFS.label)): Path(str(manifest.value(each, UT.graph)).removeprefix("file://"))
        for each in manifest.objects(None, UT.graphData)
    }
    assert len(named) == 3
    fill(folder, named)
    with asked(Settings(folder=folder, address=ADDRESS)) as client:
        yield client


def read(folder: Path) -> Graph:
    """Return the manifest of a suite."""
    return Graph().parse(folder / "manifest.ttl", format="turtle")


def entries(manifest: Graph) -> list[Node]:
    [first] = manifest.objects(None, MF.entries)
    return listed(manifest, first)


def listed(manifest: Graph, node: Node | None) -> list[Node]:
    """Return what is in a list; nothing if there is none."""
    return [] if node is None else list(Collection(manifest, node))


def requests_of(manifest: Graph, test: Node) -> list[Sent]:
    """Return the requests of a test, in order."""
    action = manifest.value(test, MF.action)
    found = []
    for each in listed(manifest, manifest.value(action, HT.requests)):
        headers = {
            str(manifest.value(header, HT.fieldName)): str(manifest.value(header, HT.fieldValue))
            for header in listed(manifest, manifest.value(each, HT.headers))
        }
        content = manifest.value(each, HT.body)
        body = None
        if content is not None:
            body = str(manifest.value(content, CNT.chars)).encode(str(manifest.value(content, CNT.characterEncoding)))
        response = manifest.value(each, HT.resp)
        boolean = manifest.value(response, MF.expectedBoolean)
        form = manifest.value(response, MF.expectedFormat)
        statuses = sorted(str(status)[-3] for status in manifest.objects(response, MF.expectedStatus))
        found.append(
            Sent(
                str(manifest.value(each, HT.methodName)),
                str(manifest.value(each, HT.absolutePath)).replace("/sparql/", "/sparql"),
                headers,
                body,
                tuple(statuses),
                None if form is None else str(form),
                None if boolean is None else bool(boolean.toPython()),  # type: ignore[attr-defined]
            )
        )
    return found


def answer(client: TestClient, sent: Sent) -> httpx.Response:
    headers = {"content-type": "", **sent.headers} if sent.body is not None else sent.headers
    response: httpx.Response = client.request(sent.method, sent.path, headers=headers, content=sent.body)
    return response


def is_passed(sent: Sent, response: httpx.Response) -> bool:
    """Whether an answer is what the test expects of its request."""
    media_type = response.headers.get("content-type", "").partition(";")[0]
    accepted = {"boolean": BOOLEAN, "tabular": TABULAR, "RDF": RDF_TYPES}.get(sent.format or "")
    return (
        str(response.status_code)[0] in sent.statuses
        and (accepted is None or media_type in accepted)
        and (sent.boolean is None or response.json()["boolean"] is sent.boolean)
    )


def test_all_tests_of_the_protocol_are_passed_but_those_that_update(suite: Path, protocol: TestClient) -> None:
    """Updates are refused with 403; what would ask for their effect is not asked."""
    manifest = read(suite / "protocol")
    passed: list[str] = []
    refused: list[str] = []
    failed: list[str] = []
    for test in entries(manifest):
        name = str(test).rpartition("#")[2]
        requests = requests_of(manifest, test)
        assert requests
        if requests[0].is_update and requests[0].statuses == ("2", "3"):
            (refused if answer(protocol, requests[0]).status_code == 403 else failed).append(name)
        else:
            is_all = all(is_passed(sent, answer(protocol, sent)) for sent in requests)
            (passed if is_all else failed).append(name)
    print(f"\nSPARQL 1.1 Protocol: {len(passed)} passed, {len(refused)} updates refused, failed: {failed or 'none'}")
    assert (len(passed), len(refused), failed) == (27, 7, [])


def test_the_tests_would_find_a_server_that_knows_no_named_graphs(suite: Path, protocol: TestClient) -> None:
    """The store behind the test of datasets is not such that everything is true."""
    manifest = read(suite / "protocol")
    [test] = [each for each in entries(manifest) if str(each).endswith("#query_dataset_full")]
    [sent] = requests_of(manifest, test)
    assert answer(protocol, sent).json()["boolean"] is True
    other = Sent(sent.method, sent.path.partition("&")[0], sent.headers, sent.body, (), None, None)
    assert answer(protocol, other).json()["boolean"] is False


@pytest.mark.parametrize("name", ["csv-tsv-res", "json-res"])
def test_all_tests_of_the_result_formats_are_passed(suite: Path, name: str, tmp_path: Path) -> None:
    """In two of them numbers are spelt otherwise: Oxigraph keeps the value of 1.0E6, and not how it was written."""
    manifest = read(suite / name)
    passed: list[str] = []
    by_value: list[str] = []
    failed: list[str] = []
    for test in entries(manifest):
        action = manifest.value(test, MF.action)
        query, data = (path_of(manifest.value(action, part)) for part in (QT.query, QT.data))
        result = path_of(manifest.value(test, MF.result))
        folder = knowledge_graph(tmp_path / str(test).rpartition("#")[2])
        fill(folder, {None: data})
        accept = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".srj": "application/sparql-results+json"}
        with asked(Settings(folder=folder, address=ADDRESS, workers=1)) as client:
            response = client.get(
                "/sparql", params={"query": query.read_text("utf-8")}, headers={"Accept": accept[result.suffix]}
            )
        assert response.status_code == 200
        given, expected = rows(response.content, result.suffix), rows(result.read_bytes(), result.suffix)
        if given == expected:
            passed.append(str(manifest.value(test, MF.name)))
        else:
            (by_value if valued(given) == valued(expected) else failed).append(str(manifest.value(test, MF.name)))
    print(f"\n{name}: {len(passed)} passed, by the values of numbers alone {by_value}, failed: {failed or 'none'}")
    assert failed == []
    assert (len(passed), len(by_value)) == {"csv-tsv-res": (4, 2), "json-res": (4, 0)}[name]


def valued(value: object) -> object:
    """Return results with numbers for what is one, whatever its type."""
    if isinstance(value, (list, tuple)):
        return [valued(each) for each in value]
    number = re.fullmatch(
        r'"?([+-]?[0-9.]+(?:[eE][0-9]+)?)"?(?:\^\^<http://www.w3.org/2001/XMLSchema#\w+>)?', str(value)
    )
    return float(number[1]) if number else value


def path_of(node: Node | None) -> Path:
    return Path(str(node).removeprefix("file://"))


def rows(data: bytes, suffix: str) -> object:
    """Return results without their order, and without what a blank node is called."""
    if suffix == ".csv":
        read_rows = csv.DictReader(StringIO(data.decode(), newline=""))
        return sorted(
            sorted((key, "_" if value.startswith("_:") else value) for key, value in row.items()) for row in read_rows
        )
    results = parse_query_results(data, format=QueryResultsFormat.TSV if suffix == ".tsv" else QueryResultsFormat.JSON)
    if not isinstance(results, QuerySolutions):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return sorted(
        sorted((name, "_" if str(row[name]).startswith("_:") else str(row[name])) for name in names) for row in results
    )


DOMAINS = {
    SD.endpoint: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, None),
    SD.resultFormat: (SD.Service, None),
    SD.defaultEntailmentRegime: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}
"""Of which class the subject of a property is, and its object, as the vocabulary has them."""


def test_the_tests_of_the_service_description_are_passed(suite: Path, protocol: TestClient) -> None:
    names = {str(test).rpartition("#")[2] for test in entries(read(suite / "service-description"))}
    assert names == {"has-endpoint-triple", "returns-rdf", "conforms-to-schema"}
    response = protocol.get("/sparql")
    assert response.headers["content-type"].partition(";")[0] in RDF_TYPES
    described = Graph().parse(data=response.content, format="turtle")
    assert [str(each) for each in described.objects(None, SD.endpoint)] == [f"{ADDRESS}/sparql"]
    used = {each for each in described.predicates() if str(each).startswith(str(SD))}
    assert used == set(DOMAINS)
    for prop, (domain, value_range) in DOMAINS.items():
        for subject, value in described.subject_objects(prop):
            assert (subject, RDF.type, domain) in described
            assert value_range is None or (value, RDF.type, value_range) in described
    assert all(isinstance(term, URIRef) for term in described.subjects())
    print("\nservice description: 3 passed")
