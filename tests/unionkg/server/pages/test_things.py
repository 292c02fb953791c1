"""The IRIs of a served graph lead to what is known of their things, in the forms of RDF, as JSON and as pages."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from rdflib import Graph
from rdflib.compare import isomorphic
from starlette.testclient import TestClient

from tests.exports.world import COURIERS, HOLDS, NOTICE, REPORT, UNION
from tests.unionkg.server.pages.world import BASE, tree
from unionkg.exports.iri import document_name

NT, TURTLE, JSON_LD = "application/n-triples", "text/turtle", "application/ld+json"


@pytest.fixture(scope="module")
def triples(pages_folder: Path) -> set[Triple]:
    return {quad.triple for quad in parse(path=pages_folder / "graph.nt")}


def told(client: TestClient, iri: str, accept: str = NT) -> set[Triple]:
    answer = client.get(iri, headers={"Accept": accept})
    assert answer.status_code == 200, iri
    assert answer.headers["content-type"].split(";")[0] == accept
    return {quad.triple for quad in parse(answer.content, format=RdfFormat.from_media_type(accept), base_iri=BASE)}


def test_every_iri_of_the_graph_resolves_to_what_the_graph_says_of_it(client: TestClient, triples: set[Triple]) -> None:
    said: dict[str, set[Triple]] = defaultdict(set)
    for triple in triples:
        assert isinstance(triple.subject, NamedNode)
        said[triple.subject.value].add(triple)
    assert {urlsplit(iri).path.split("/")[-1].split("-")[0] for iri in said} >= {
        *("org", "per", "doc", "ev", "fact", "out", "role", "post", "rule", "software"),
    }
    for iri, own in sorted(said.items()):
        assert iri.startswith(BASE)
        found = told(client, iri)
        assert own <= found <= triples, iri
        page = client.get(iri, headers={"Accept": "text/html"})
        assert page.status_code == 200, iri
        assert page.headers["content-type"].startswith("text/html")


def test_what_stands_as_an_object_resolves_too(client: TestClient, triples: set[Triple]) -> None:
    subjects = {triple.subject for triple in triples}
    for triple in triples:
        if isinstance(triple.object, NamedNode) and triple.object.value.startswith(BASE):
            assert triple.object in subjects


def test_an_entity_is_told_with_all_triples_in_which_it_stands(client: TestClient, triples: set[Triple]) -> None:
    one = NamedNode(BASE + UNION)
    expected = {triple for triple in triples if one in (triple.subject, triple.object)}
    assert told(client, one.value) == expected


def test_the_three_forms_of_rdf_say_the_same(client: TestClient) -> None:
    for path in (f"/entity/{UNION}", f"/document/{document_name(REPORT)}", f"/id/{HOLDS}", "/id/rule-verb"):
        graphs = [
            Graph().parse(data=client.get(f"{path}.{suffix}").text, format=name)
            for suffix, name in (("nt", "nt"), ("ttl", "turtle"), ("jsonld", "json-ld"))
        ]
        assert len(graphs[0]) >= 3
        assert all(isomorphic(graphs[0], other) for other in graphs[1:])


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle;q=0.4, application/ld+json;q=0.6, text/html;q=0.5", JSON_LD),
        ("application/n-triples", NT),
        ("application/json, text/turtle;q=0.9", "application/json"),
        ("text/*;q=0.3, text/html;q=0.1", TURTLE),
    ],
)
def test_the_form_is_the_one_that_is_preferred(client: TestClient, accept: str, expected: str) -> None:
    for path in (f"/entity/{UNION}", f"/document/{document_name(NOTICE)}", f"/things/{HOLDS}"):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.headers["content-type"].split(";")[0] == expected
        assert "Accept" in answer.headers["vary"]


def test_a_form_that_there_is_not_is_refused_in_plain_words(client: TestClient) -> None:
    answer = client.get(f"/entity/{UNION}", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


def test_the_forms_are_linked_from_the_page_and_from_each_other(client: TestClient) -> None:
    answer = client.get(f"/entity/{UNION}", headers={"Accept": "text/html"})
    links = tree(answer.text).xpath("//link[@rel='alternate']")
    assert [one.get("type") for one in links] == [TURTLE, JSON_LD, NT, "application/json"]
    for one in links:
        other = client.get(one.get("href"), headers={"Accept": "text/html"})
        assert other.headers["content-type"].split(";")[0] == one.get("type")
        assert f'<{one.get("href")}>; rel="alternate"; type="{one.get("type")}"' in other.headers["link"]
    assert links[0].get("href") in answer.headers["link"]


def test_a_sentence_leads_to_its_place_in_its_document(client: TestClient) -> None:
    name = document_name(REPORT)
    answer = client.get(f"/things/ev-{name[4:]}-10-26", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/document/{name}#ev-{name[4:]}-10-26")
    page = tree(client.get(answer.headers["location"]).text)
    assert page.get_element_by_id(f"ev-{name[4:]}-10-26").text_content() == "江海省总工会主席林知远出席会议。"


def test_a_role_and_a_rule_are_told_by_their_triples(client: TestClient, triples: set[Triple]) -> None:
    assert "verb" in tree(client.get("/id/rule-verb", headers={"Accept": "text/html"}).text).text_content()
    assert client.get("/id/rule-verb.json").status_code == 406
    assert COURIERS in client.get(f"/entity/{COURIERS}.json").text


def test_the_graph_as_a_whole_is_described(client: TestClient) -> None:
    answer = client.get("/things/dataset", headers={"Accept": TURTLE})
    assert "void:triples" in answer.text
    page = client.get("/things/dataset", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/about")
    assert client.get("/things/dataset", headers={"Accept": JSON_LD}).status_code == 406
