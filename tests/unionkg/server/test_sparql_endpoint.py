"""What `/sparql` and `/graph` answer, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, parse_query_results
from rdflib.compare import isomorphic
from starlette.testclient import TestClient

from tests.unionkg.server.sparql_serving import ADDRESS, RUNAWAY, STREAM, asked, knowledge_graph
from unionkg.exports.ontology import ONTOLOGY
from unionkg.server.replies import CUT
from unionkg.server.settings import Settings
from unionkg.server.sparql.forms import ROWS, TRIPLES, TRUTH

NAMES = tuple(dict.fromkeys((*ROWS.values(), *TRIPLES.values())))
ASK = "ASK { ?union a ukg:TradeUnion }"
SELECT = "SELECT ?union { ?union a ukg:TradeUnion } ORDER BY ?union"
CONSTRUCT = "CONSTRUCT { ?union a ukg:TradeUnion } WHERE { ?union a ukg:TradeUnion }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDFLIB = {"ttl": "turtle", "nt": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "tsv": QueryResultsFormat.TSV,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return knowledge_graph(tmp_path_factory.mktemp("kg") / "KG")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    limits = Settings(folder=folder, address=ADDRESS, timeout_s=1, max_rows=1000, max_bytes=200_000, workers=1)
    with asked(limits) as client:
        yield client


def ask(client: TestClient, query: str, accept: str | None = None, **parameters: str) -> httpx.Response:
    headers = {} if accept is None else {"Accept": accept}
    response: httpx.Response = client.get("/sparql", params={"query": query, **parameters}, headers=headers)
    return response


def is_told(response: httpx.Response, status: int, what: str) -> bool:
    """Whether the reply is one line of plain text that says this."""
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.endswith("\n")
    assert len(response.text.splitlines()) == 1
    return response.status_code == status and what in response.text


@pytest.mark.parametrize("media_type", ROWS)
def test_rows_come_in_every_form(client: TestClient, media_type: str) -> None:
    response = ask(client, SELECT, media_type)
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in response.headers["vary"]
    assert CUT not in response.headers
    form = ROWS[media_type]
    if form == "csv":
        assert response.text.splitlines()[0] == "union"
        assert len(response.text.splitlines()) == 3
    else:
        assert len(list(parse_query_results(response.content, format=RESULTS[form]))) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("media_type", TRUTH)
def test_truth_comes_in_every_form_that_has_it(client: TestClient, media_type: str) -> None:
    response = ask(client, ASK, media_type)
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert bool(parse_query_results(response.content, format=RESULTS[TRUTH[media_type]])) is True


@pytest.mark.parametrize("media_type", TRIPLES)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE <https://a.example/nothing>"])
def test_triples_come_in_every_form(client: TestClient, media_type: str, query: str) -> None:
    response = ask(client, query, media_type)
    assert response.headers["content-type"].partition(";")[0] == media_type
    read = rdflib.Graph().parse(data=response.content, format=RDFLIB[TRIPLES[media_type]])
    assert len(read) == (2 if query == CONSTRUCT else 0)


def test_without_a_wish_json_and_turtle_are_given(client: TestClient) -> None:
    for accept in ("*/*", BROWSER):
        assert ask(client, CONSTRUCT, accept).headers["content-type"] == "text/turtle; charset=utf-8"
    assert ask(client, SELECT, "*/*").headers["content-type"] == "application/sparql-results+json"
    assert ask(client, SELECT, BROWSER).headers["content-type"] == "application/xml"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("accept", [None, "*/*", BROWSER])
def test_a_format_is_named_in_the_address(client: TestClient, name: str, accept: str | None) -> None:
    query = SELECT if name in ROWS.values() else CONSTRUCT
    response = ask(client, query, accept, format=name)
    assert response.status_code == 200
    assert {**ROWS, **TRIPLES}[response.headers["content-type"].partition(";")[0]] == name


@pytest.mark.parametrize("name", ["xml", "docx", "n3", ""])
def test_a_format_that_does_not_go_with_the_header_or_the_answer_is_passed_over(client: TestClient, name: str) -> None:
    assert ask(client, CONSTRUCT, "application/rdf+xml", format=name).headers["content-type"] == "application/rdf+xml"
    assert ask(client, SELECT, "text/csv", format=name).headers["content-type"] == "text/csv; charset=utf-8"


def test_what_cannot_be_given_is_not_acceptable(client: TestClient) -> None:
    assert is_told(ask(client, SELECT, "image/png"), 406, "accepted: application/sparql-results+json")
    assert is_told(ask(client, SELECT, "text/turtle"), 406, "the answer is rows, and none of the formats asked for")
    assert is_told(ask(client, CONSTRUCT, "text/csv"), 406, "the answer is triples")
    assert is_told(ask(client, ASK, "text/csv"), 406, "the answer is a truth value")


def test_a_query_is_sent_in_three_ways(client: TestClient) -> None:
    told = [
        client.get("/sparql", params={"query": SELECT}),
        client.post("/sparql", data={"query": SELECT}),
        client.post("/sparql", content=SELECT.encode(), headers={"Content-Type": "application/sparql-query"}),
        client.post(
            "/sparql",
            content=SELECT.encode(),
            headers={"Content-Type": 'Application/SPARQL-query; charset="UTF-8"'},
        ),
    ]
    assert {response.status_code for response in told} == {200}
    assert len({response.content for response in told}) == 1


def test_chinese_is_read_in_every_way(client: TestClient) -> None:
    query = 'SELECT ("江海省总工会🔧" AS ?x) {}'
    for response in (
        ask(client, query, "text/csv"),
        client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"}),
        client.post(
            "/sparql",
            content=query.encode(),
            headers={"Accept": "text/csv", "Content-Type": "application/sparql-query"},
        ),
    ):
        assert response.content.decode() == "x\r\n江海省总工会🔧\r\n"


def test_head_has_the_headers_of_get_and_nothing_else(client: TestClient) -> None:
    for path in (
        f"/sparql?query={quote(SELECT)}",
        "/sparql",
        "/graph?default",
        f"/graph?graph={quote(ONTOLOGY[1:-1])}",
    ):
        head, get = client.head(path), client.get(path)
        assert head.status_code == get.status_code == 200
        assert head.content == b""
        names = ("content-type", "content-length", "vary")
        assert [head.headers[name] for name in names] == [get.headers[name] for name in names]


def test_options_tells_what_is_allowed(client: TestClient) -> None:
    for path, allowed in (("/sparql", "GET, HEAD, OPTIONS, POST"), ("/graph", "GET, HEAD, OPTIONS")):
        response = client.options(path)
        assert (response.status_code, response.headers["allow"], response.content) == (204, allowed, b"")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_nothing_is_written(client: TestClient, method: str) -> None:
    paths = ["/graph?default", f"/graph?graph={quote(ONTOLOGY[1:-1])}"] + (["/sparql"] if method != "POST" else [])
    for path in paths:
        response = client.request(method, path, content=b"<a:b> <a:c> <a:d> .")
        assert response.status_code == 405
        assert {each.strip() for each in response.headers["allow"].split(",")} >= {"GET", "HEAD"}


def test_updates_are_refused(client: TestClient) -> None:
    update = "INSERT DATA { <a:b> <a:c> <a:d> }"
    for response in (
        client.get("/sparql", params={"update": update}),
        client.post("/sparql", data={"update": update}),
        client.post("/sparql", data={"query": ASK, "update": update}),
        client.post("/sparql", params={"using-graph-uri": "http://a.example/"}, data={"query": ASK}),
        client.post("/sparql", content=update, headers={"Content-Type": "application/sparql-update"}),
    ):
        assert is_told(response, 403, "updates are refused: this server only reads")
    for text in (update, "LOAD <http://127.0.0.1:9/>", "CLEAR ALL", "DROP ALL"):
        assert is_told(ask(client, text), 400, f"{text.split()[0]} is refused: a query cannot change the graph")


def test_other_servers_are_not_asked(client: TestClient) -> None:
    assert is_told(ask(client, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 400, "SERVICE is refused")
    assert is_told(ask(client, "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }"), 400, "FROM is refused")


@pytest.mark.parametrize(
    ("status", "method", "query", "headers", "body", "what"),
    [
        (400, "GET", "query=ASK%7B%7D&query=ASK%7B%7D", {}, None, "2 queries; accepted: 1"),
        (400, "GET", "default-graph-uri=http://a.example/", {}, None, "0 queries"),
        (400, "GET", "query=%FF%FE", {}, None, "a parameter in the address is not UTF-8"),
        (400, "GET", "a=b&" * 1001, {}, None, "too many parameters"),
        (400, "GET", "query=ASK%7B", {}, None, "line 1, column 5: unexpected end of the query"),
        (400, "GET", "query=", {}, None, "line 1"),
        (400, "GET", "query=ASK%7B%7D&default-graph-uri=x", {}, None, "the name of a graph is no IRI"),
        (400, "POST", "", {"Content-Type": "application/x-www-form-urlencoded"}, b"", "0 queries"),
        (400, "POST", "", {"Content-Type": "application/sparql-query"}, b"ASK {} # \xff", "not UTF-8, at byte 10"),
        (400, "POST", "query=ASK%7B%7D", {"Content-Type": "application/sparql-query"}, b"ASK {}", "2 queries"),
        (415, "POST", "", {"Content-Type": "text/plain"}, b"ASK {}", "the body is text/plain; accepted"),
        (415, "POST", "", {}, b"ASK {}", "the body is of no type"),
        (415, "POST", "", {"Content-Type": "application/sparql-query; charset=gb18030"}, b"ASK {}", "in gb18030"),
        (415, "POST", "", {"Content-Type": "application/json"}, b"{}", "application/json"),
    ],
)
def test_a_malformed_request_is_told_what_is_wrong(
    client: TestClient, status: int, method: str, query: str, headers: dict[str, str], body: bytes | None, what: str
) -> None:
    request = client.build_request(method, f"/sparql?{query}", headers=headers, content=body)
    assert is_told(client.send(request), status, what)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=60),
    st.sampled_from(["query", "default-graph-uri", "format", "update", "x"]),
    st.text(max_size=20),
)
def test_no_request_is_answered_with_an_error_of_the_server(
    client: TestClient, value: bytes, name: str, accept: str
) -> None:
    headers = [(b"accept", accept.encode("utf-8", "replace").replace(b"\r", b"").replace(b"\n", b""))]
    response = client.get(f"/sparql?{name}={quote(value)}", headers=headers)
    assert response.status_code in (200, 400, 403, 406)
    response = client.post("/sparql", content=value, headers={"Content-Type": "application/sparql-query"})
    assert response.status_code in (200, 400)


def test_an_answer_that_is_cut_says_so(client: TestClient) -> None:
    response = ask(client, STREAM, "text/csv")
    assert response.headers[CUT] == "1000"
    assert len(response.text.splitlines()) == 1001
    response = ask(client, f"{STREAM} LIMIT 1000", "text/csv")
    assert CUT not in response.headers
    assert len(response.text.splitlines()) == 1001


def test_an_answer_of_too_many_bytes_is_refused(client: TestClient) -> None:
    response = ask(client, f"SELECT * {STREAM[STREAM.index('{') :]} LIMIT 1000", "text/csv")
    assert is_told(response, 413, "more bytes than the limit of 200,000; ask for less at a time")


def test_a_query_that_takes_too_long_is_ended(client: TestClient) -> None:
    assert is_told(ask(client, RUNAWAY), 504, "the query takes longer than the limit of 1 s")
    assert ask(client, ASK).json()["boolean"] is True


def test_what_does_not_go_into_a_form_is_told_with_media_types(client: TestClient) -> None:
    query = "CONSTRUCT { <http://a.example/s> <x:1> 1 } WHERE {}"
    response = client.get("/sparql", params={"query": query}, headers={"Accept": "application/rdf+xml"})
    assert is_told(response, 406, "cannot be written as application/rdf+xml; triples are given as text/turtle")
    assert "rdfxml" not in response.text


def test_a_query_that_crashes_its_process_is_told_and_the_next_is_answered(client: TestClient) -> None:
    for crash in (f"ASK {{ FILTER({'(' * 200_000}1{')' * 200_000}) }}", f"ASK {'{' * 3_000}{'}' * 3_000}"):
        response = client.post("/sparql", content=crash, headers={"Content-Type": "application/sparql-query"})
        assert is_told(response, 400, "the query cannot be answered")
        assert "retry-after" not in response.headers
    assert ask(client, ASK).json()["boolean"] is True


def test_the_graphs_of_a_request_are_asked_instead(client: TestClient) -> None:
    ontology = ONTOLOGY[1:-1]
    says = "ASK { ?x a owl:Ontology }"
    named = f"ASK {{ GRAPH <{ontology}> {{ ?x a owl:Ontology }} }}"
    assert ask(client, says).json()["boolean"] is False
    assert ask(client, says, **{"default-graph-uri": ontology}).json()["boolean"] is True
    assert ask(client, named).json()["boolean"] is True
    assert ask(client, named, **{"default-graph-uri": ontology}).json()["boolean"] is False
    assert ask(client, named, **{"named-graph-uri": ontology}).json()["boolean"] is True
    assert ask(client, ASK, **{"named-graph-uri": ontology}).json()["boolean"] is False
    posted = client.post("/sparql", data={"query": says, "default-graph-uri": ["http://a.example/none", ontology]})
    assert posted.json()["boolean"] is True


def test_iris_are_resolved_against_the_address_of_the_server(client: TestClient) -> None:
    response = ask(client, "CONSTRUCT { <s> <#p> </o> } {}", "application/n-triples")
    assert response.text == f"<{ADDRESS}/s> <{ADDRESS}/sparql#p> <{ADDRESS}/o> .\n"


@pytest.mark.parametrize("media_type", TRIPLES)
def test_without_a_query_the_service_is_described(client: TestClient, media_type: str) -> None:
    response = client.get("/sparql", headers={"Accept": media_type})
    assert response.headers["content-type"].partition(";")[0] == media_type
    read = rdflib.Graph().parse(data=response.content, format=RDFLIB[TRIPLES[media_type]])
    void, sd = rdflib.VOID, rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    [graph] = read.objects(None, sd.defaultGraph)
    whole = rdflib.Graph().parse(data=client.get("/graph?default").content, format="turtle")
    assert read.value(graph, void.triples) == rdflib.Literal(len(whole))
    [part] = read.objects(None, sd.namedGraph)
    terms = client.get("/graph", params={"graph": str(read.value(part, sd.name))})
    assert read.value(read.value(part, sd.graph), void.triples) == rdflib.Literal(
        len(rdflib.Graph().parse(data=terms.content, format="turtle"))
    )
    formats = {str(each).rpartition("/")[2] for each in read.objects(None, sd.resultFormat)}
    assert len(formats) == len(NAMES)


def test_a_program_is_not_shown_the_page_nor_a_browser_the_description(client: TestClient) -> None:
    assert client.get("/sparql").headers["content-type"] == "text/turtle; charset=utf-8"
    assert client.get("/sparql", headers={"Accept": BROWSER}).headers["content-type"] == "text/html; charset=utf-8"
    assert is_told(client.get("/sparql", headers={"Accept": "image/png"}), 406, "text/turtle")


@pytest.mark.parametrize("media_type", TRIPLES)
def test_whole_graphs_come_in_every_form(client: TestClient, folder: Path, media_type: str) -> None:
    for path, file in (("/graph?default", "graph.nt"), (f"/graph?graph={quote(ONTOLOGY[1:-1])}", "ontology.ttl")):
        response = client.get(path, headers={"Accept": media_type})
        assert response.headers["content-type"].partition(";")[0] == media_type
        read = rdflib.Graph().parse(data=response.content, format=RDFLIB[TRIPLES[media_type]])
        expected = rdflib.Graph().parse(folder / file)
        assert len(read) == len(expected)
        assert isomorphic(lowered(read), lowered(expected))


def lowered(graph: rdflib.Graph) -> rdflib.Graph:
    """The graph with the language tags in lower case, as which Oxigraph keeps them."""
    found = rdflib.Graph()
    for subject, predicate, value in graph:
        if isinstance(value, rdflib.Literal) and value.language:
            value = rdflib.Literal(str(value), lang=value.language.lower())
        found.add((subject, predicate, value))
    return found


def test_the_graph_itself_is_the_file_that_the_build_left(client: TestClient, folder: Path) -> None:
    nt = client.get("/graph?default", headers={"Accept": "application/n-triples"})
    assert nt.content == (folder / "graph.nt").read_bytes()
    part = client.get("/graph?default", headers={"Accept": "application/n-triples", "Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, nt.content[:10])


def test_a_graph_that_is_too_large_is_never_given_in_part(folder: Path) -> None:
    with asked(Settings(folder=folder, address=ADDRESS, max_rows=10, workers=1)) as client:
        response = client.get("/graph?default", headers={"Accept": "application/ld+json"})
        assert is_told(response, 413, "accepted: text/turtle, application/n-triples")
        assert client.get("/graph?default").status_code == 200


@pytest.mark.parametrize(
    ("status", "path", "what"),
    [
        (404, "/graph?graph=http://a.example/none", "there is no graph 'http://a.example/none'"),
        (400, "/graph", "accepted: `?default` or `?graph=IRI`"),
        (400, "/graph?default&graph=http://a.example/", "must name one graph"),
        (400, "/graph?default=x", "must name one graph"),
        (400, "/graph?graph=none", "the name of a graph is no IRI"),
        (400, "/graph?graph=http://a.example/> } DROP ALL #", "the name of a graph is no IRI"),
        (400, "/graph?graph=%FF", "not UTF-8"),
    ],
)
def test_a_graph_must_be_named_and_be_there(client: TestClient, status: int, path: str, what: str) -> None:
    assert is_told(client.get(path), status, what)


def test_no_graph_is_given_in_another_form(client: TestClient) -> None:
    assert is_told(client.get("/graph?default", headers={"Accept": "text/html"}), 406, "accepted: text/turtle")
