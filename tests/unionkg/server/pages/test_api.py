"""The JSON API: each answer is what its OpenAPI description says, and what the pages show."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from tests.exports.world import CHAIR, HOLDS, PROGRAMME, REPORT, UNION
from tests.unionkg.server.pages.world import ADDRESS, BASE, tree
from unionkg.exports.iri import document_name
from unionkg.server.api import OPERATIONS

DOCUMENT = document_name(REPORT)
FIGURE = "out-0000000000000001"
ASKED = (
    ("summary", "/api/summary"),
    ("search", "/api/search?q=工会"),
    ("search", "/api/search?q="),
    ("browse", "/api/browse"),
    ("browse", "/api/browse?type=ORG&subtype=union"),
    ("entity", f"/api/entity/{UNION}"),
    ("entity", f"/api/entity/{CHAIR}"),
    ("entity", f"/api/entity/{PROGRAMME}"),
    ("facts", f"/api/entity/{UNION}/facts?relation=holds_post&direction=in"),
    ("within", f"/api/entity/{PROGRAMME}/within"),
    ("figures", f"/api/entity/{UNION}/figures"),
    ("documents-of", f"/api/entity/{UNION}/documents"),
    ("fact", f"/api/fact/{HOLDS}"),
    ("figure", f"/api/figure/{FIGURE}"),
    ("documents", "/api/documents"),
    ("document", f"/api/document/{DOCUMENT}"),
    ("document", f"/api/document/{REPORT}"),
    ("questions", "/api/questions"),
    ("question", "/api/questions/posts-of"),
    ("answer", "/api/questions/posts-of/answer?name=林知远"),
    ("answer", "/api/questions/types/answer"),
    ("answer", "/api/questions/graph-around/answer?name=林知远"),
    ("report", "/api/report"),
    ("about", "/api/about"),
)


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def validator(described: dict[str, Any], content: dict[str, Any]) -> Draft202012Validator:
    (media,) = content.values()
    return Draft202012Validator({**media["schema"], "components": described["components"]})


def test_every_operation_is_described_and_asked_here(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1.")
    assert described["servers"] == [{"url": ADDRESS}]
    names = {path["get"]["operationId"] for path in described["paths"].values()}
    assert names == {one.name for one in OPERATIONS} == {name for name, _ in ASKED}
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
        assert schema["description"]
    for path, item in described["paths"].items():
        in_path = {one["name"] for one in item["get"]["parameters"] if one["in"] == "path"}
        assert in_path == {part[1:-1] for part in path.split("/") if part.startswith("{")}


@pytest.mark.parametrize(("name", "path"), ASKED)
def test_each_answer_is_as_it_is_described(client: TestClient, described: dict[str, Any], name: str, path: str) -> None:
    operation = next(item["get"] for item in described["paths"].values() if item["get"]["operationId"] == name)
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] in operation["responses"]["200"]["content"]
    check = validator(described, operation["responses"]["200"]["content"])
    assert list(check.iter_errors(answer.json())) == []
    assert list(check.iter_errors({})) != []  # it can fail


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/entity/none", 404),
        ("/api/fact/none", 404),
        (f"/api/fact/{FIGURE}", 404),
        (f"/api/figure/{HOLDS}", 404),
        ("/api/document/none", 404),
        ("/api/questions/none", 404),
        ("/api/questions/posts-of/answer", 400),
        ("/api/questions/posts-of/answer?name=无此人", 404),
        ("/api/questions/posts-of/answer?name=林知远&other=1", 400),
        ("/api/search?q=" + "a" * 10_000, 400),
        ("/api/search?page=x", 400),
        ("/api/browse?type=x", 400),
        (f"/api/entity/{UNION}/facts?relation=x", 400),
        ("/api/nothing", 404),
    ],
)
def test_a_problem_is_told_as_rfc_9457_has_it(
    client: TestClient, described: dict[str, Any], path: str, status: int
) -> None:
    answer = client.get(path)
    told = answer.json()
    assert (answer.status_code, told["status"]) == (status, status)
    default = described["paths"]["/api/summary"]["get"]["responses"]["default"]["content"]
    assert answer.headers["content-type"] in default
    assert list(validator(described, default).iter_errors(told)) == []
    assert len(told["detail"]) < 1000


def test_a_form_other_than_json_is_refused(client: TestClient) -> None:
    assert client.get("/api/summary", headers={"Accept": "text/turtle"}).status_code == 406


def test_the_api_tells_what_the_page_shows(client: TestClient) -> None:
    told = client.get(f"/api/entity/{UNION}").json()
    assert told == client.get(f"/entity/{UNION}.json").json()
    assert told["iri"] == BASE + UNION
    page = tree(client.get(f"/entity/{UNION}", headers={"Accept": "text/html"}).text)
    facts = [*told["posts"], *(fact for group in told["groups"] for fact in group["facts"]), *told["figures"]]
    assert page.xpath("//li[@class='fact']/@id") == [fact["id"] for fact in facts]


def test_offsets_lead_to_the_quotes_and_marks_to_the_names(client: TestClient) -> None:
    document = client.get(f"/api/document/{DOCUMENT}").json()
    starts = [fact["evidence"][0]["start"] for fact in document["facts"]]
    assert starts == sorted(starts)
    for statement in (*document["facts"], *document["figures"]):
        for piece in statement["evidence"]:
            assert document["text"]["original"][piece["start"] : piece["end"]] == piece["quote"]
    piece = client.get(f"/api/fact/{HOLDS}").json()["evidence"][0]
    assert [piece["quote"][one["start"] : one["end"]] for one in piece["marks"]] == ["江海省总工会", "林知远"]


def test_no_other_site_may_read_the_answers(client: TestClient) -> None:
    answer = client.get("/api/summary", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_the_page_of_the_api_lists_what_is_described(client: TestClient, described: dict[str, Any]) -> None:
    page = tree(client.get("/api", headers={"Accept": "text/html"}).text)
    listed = {text.removeprefix("GET ") for text in page.xpath("//li/code/text()")}
    assert listed == set(described["paths"])
    for example in page.xpath("//li/p/a/@href"):
        assert client.get(example).status_code == 200


def test_the_report_counts_each_thing_once(client: TestClient) -> None:
    report, summary = client.get("/api/report").json(), client.get("/api/summary").json()
    for what in ("documents", "facts", "figures"):
        assert report[what] == summary[what] > 0
    assert sum(one["entities"] for one in report["types"]) == summary["entities"]
    facts = report["facts"]
    assert sum(one["stated"] + one["planned"] for one in report["relations"]) == facts
    assert sum(sum(one["bands"]) for one in report["relations"]) == facts
    assert all(len(one["bands"]) == len(report["bands"]) for one in report["relations"])
    assert sum(report["support"].values()) == facts
    years = report["years"]
    assert sum(one.get("facts", 0) + one.get("facts_stated", 0) for one in years) == facts
    assert sum(one.get("figures", 0) for one in years) == report["figures"]
    assert [one.get("year", 9999) for one in years] == sorted(one.get("year", 9999) for one in years)
    assert sum(one["facts"] for one in report["provinces"]) == facts
    assert report["unsourced"] + sum(report["sources"].values()) == report["documents"]
    texts = report["texts"]
    assert sum(texts[kind] for kind in ("reworded", "cut", "rescripted", "untouched")) == texts["documents"] > 0
    assert CHAIR in {one["entity"]["id"] for one in report["foremost"]["PERSON"]}
