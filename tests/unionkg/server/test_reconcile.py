"""Reconciliation clients are answered over HTTP as the specification has it."""

from __future__ import annotations

import csv
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import numpy
import pytest
from starlette.testclient import TestClient

from tests.unionkg.matching_world import node
from tests.unionkg.reconciliation_schemas import Schemas
from tests.unionkg.server.conftest import Live, Serve
from unionkg.exports.iri import BASE
from unionkg.linking.run import Output, link_table
from unionkg.linking.service import Service
from unionkg.reconciliation.kinds import id_of, kinds
from unionkg.reconciliation.properties import PROPERTIES
from unionkg.reconciliation.queries import BATCH
from unionkg.server.reconcile import PATHS

UNION = "浙江省总工会"
FORM = "application/x-www-form-urlencoded"
PROVINCE = {"query": "省总工会", "properties": [{"pid": "province", "v": "浙江"}]}

PLACES = ["西湖区" * 20, "东湖区" * 20]
WAYS = [{"pid": pid, "v": PLACES} for pid in ("place", "province", "parent", "employer", "role")]
SLOW = json.dumps({f"q{number}": {"query": "西湖区总工会", "properties": WAYS} for number in range(BATCH)})
"""A batch of the slowest queries that were found: some ten milliseconds each."""


@pytest.fixture(scope="package")
def schemas(shared: Path) -> Schemas:
    return Schemas(shared / "standards" / "reconciliation" / "0.2")


def answered(answer: httpx.Response, status: int = 200) -> Any:
    """The JSON of an answer that pages of others may read."""
    assert answer.status_code == status, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def asked(client: TestClient, queries: object, path: str = "/reconcile") -> Any:
    return answered(client.post(path, data={"queries": json.dumps(queries)}))


def matches(result: Any) -> list[str]:
    return [one["id"] for one in result["result"] if one["match"]]


@pytest.mark.parametrize("path", PATHS)
def test_each_answer_is_valid(client: TestClient, schemas: Schemas, path: str) -> None:
    manifest = answered(client.get(path))
    assert schemas.errors("manifest", manifest) == []
    queries = {"q0": PROVINCE, "q1": {"query": "总工会"}, "q2": {"query": "x" * 10_000}, "q3": {"properties": []}}
    assert schemas.errors("result", asked(client, queries, path)) == []
    assert schemas.errors("result", answered(client.get(path, params={"queries": json.dumps(queries)}))) == []
    extension = json.dumps({"ids": [node(UNION)], "properties": [{"id": one} for one in PROPERTIES]})
    assert schemas.errors("extension", answered(client.post(path, data={"extend": extension}))) == []
    assert schemas.errors("extension", answered(client.get(path, params={"extend": extension}))) == []
    for kind in ("TradeUnion", "Person", ""):
        told = answered(client.get(f"{path}/properties", params={"type": kind, "limit": 3}))
        assert len(told["properties"]) == 3
        assert not kind or schemas.errors("proposal", told) == []
    for what, name in (("entity", "entities"), ("property", "properties"), ("type", "types")):
        for prefix in ("", "浙", "zhe", "a" * 10_000, "\x00"):
            told = answered(client.get(f"{path}/suggest/{what}", params={"prefix": prefix}))
            assert schemas.errors(name, told) == []


def test_every_valid_example_of_queries_is_answered(client: TestClient, schemas: Schemas) -> None:
    for file, text in schemas.examples("query", "valid"):
        answer = answered(client.post("/reconcile", data={"queries": text}))
        assert schemas.errors("result", answer) == [], file
        assert list(answer) == list(json.loads(text))


def test_a_province_tells_which_federation_and_nothing_tells_of_a_bare_one(client: TestClient) -> None:
    found = asked(client, {"q0": PROVINCE, "q1": {"query": "总工会"}, "q2": {"query": "省总工会"}})
    assert matches(found["q0"]) == [node(UNION)]
    assert matches(found["q1"]) == matches(found["q2"]) == []


def test_every_address_of_the_manifest_answers(client: TestClient) -> None:
    for path in PATHS:
        manifest = answered(client.get(path))
        service = f"http://testserver{path}"
        assert manifest["preview"]["url"] == f"{service}/preview?id={{{{id}}}}"
        page = client.get(manifest["preview"]["url"].replace("{{id}}", node(UNION)))
        assert page.status_code == 200
        assert UNION in page.text
        assert "frame-ancestors" not in page.headers["content-security-policy"]
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert answered(client.get(manifest["extend"]["propose_properties"]["service_url"] + "/properties"))
        ids = {"entity": node(UNION), "property": "province", "type": "TradeUnion"}
        for what, told in manifest["suggest"].items():
            assert told["service_url"] == service
            assert answered(client.get(told["service_url"] + told["service_path"], params={"prefix": ""})) is not None
            flyout = told["service_url"] + told["flyout_service_path"].replace("${id}", ids[what])
            assert set(answered(client.get(flyout))) == {"id", "html"}


def test_the_page_of_an_entity_is_at_the_path_of_its_iri(client: TestClient) -> None:
    view = answered(client.get("/reconcile"))["view"]["url"]
    assert view == BASE.replace("https://w3id.org", "http://testserver") + "{{id}}"


@pytest.mark.parametrize(
    ("path", "header", "name"),
    [
        ("/reconcile", "", "工会"),
        ("/reconcile", "en-US,en;q=0.9", "trade union"),
        ("/reconcile", "zh-CN,en;q=0.9", "工会"),
        ("/reconcile", "en;q=0.1, zh;q=0.01", "trade union"),
        ("/reconcile", "en;q=9;;;,\xff", "工会"),
        ("/en/reconcile", "zh", "trade union"),
        ("/zh/reconcile", "en", "工会"),
    ],
)
def test_names_are_in_the_language_of_the_path_or_the_client(
    client: TestClient, path: str, header: str, name: str
) -> None:
    answer = client.get(path, headers={"Accept-Language": header.encode("latin-1")})
    assert answered(answer)["defaultTypes"][0]["name"] == name
    assert answer.headers.get("vary") == ("Accept-Language" if path == "/reconcile" else None)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"queries": "{"}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": "[" * 100_000}, 400),
        ({"extend": "{}"}, 400),
        ({"queries": json.dumps({f"q{number}": {"query": "x"} for number in range(BATCH + 1)})}, 413),
        ({"extend": json.dumps({"ids": ["x"] * 1001, "properties": []})}, 413),
        ({"queries": "x" * (2 << 20)}, 413),
        ({f"f{number}": "x" for number in range(30)}, 400),
    ],
)
def test_what_is_no_request_is_refused(client: TestClient, data: dict[str, str], status: int) -> None:
    answer = client.post("/reconcile", data=data)
    assert answer.status_code == status
    if answer.headers["content-type"] == "application/json":
        assert answered(answer, status)["status"] == "error"


def test_a_refusal_says_what_is_accepted(client: TestClient) -> None:
    assert "accepted" in answered(client.get("/reconcile/suggest/entity", params={"cursor": "x"}), 400)["message"]
    assert "accepted" in answered(client.get("/reconcile/preview", params={"id": "<script>"}), 404)["message"]
    assert "accepted" in answered(client.get("/reconcile/flyout/type", params={"id": "Q5"}), 400)["message"]
    assert client.post("/reconcile", json={"queries": {}}).status_code == 415
    assert client.post("/reconcile", content=b"queries=%ff", headers={"Content-Type": FORM}).status_code == 400
    assert client.get("/reconcile/suggest/nothing").status_code == 404
    assert client.post("/reconcile/suggest/entity").status_code == 405


def test_no_callback_is_called(client: TestClient) -> None:
    answer = client.get("/reconcile", params={"callback": "alert(1)//"})
    assert "alert" not in answer.text
    assert answered(answer)["versions"] == ["0.2"]


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # its own use of pandas
def test_the_client_reconciler_finds_the_federations(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas
    from reconciler import reconcile

    monkeypatch.setattr(numpy, "NaN", numpy.nan, raising=False)  # which reconciler 0.2 takes for granted
    table = pandas.DataFrame({"名称": ["省总工会", "杭州市总", "省总工会"], "省": ["浙江省", "浙江", "海南省"]})
    found = reconcile(
        table["名称"],
        type_id="TradeUnion",
        property_mapping={"province": table["省"]},
        reconciliation_endpoint=f"{live.address}/reconcile",
    )
    rows = found.to_dict("records")
    assert [(row["input_value"], row["id"], row["match"]) for row in rows if row["match"]] == [
        ("省总工会", node(UNION), True),
        ("杭州市总", node("杭州市总工会"), True),
    ]
    bare = reconcile(pandas.Series(["总工会"]), reconciliation_endpoint=f"{live.address}/reconcile")
    assert bare["match"].tolist() == [False]


def test_unionkg_link_is_a_client(live: Live, tmp_path: Path) -> None:
    source, out = tmp_path / "t.csv", tmp_path / "out.csv"
    source.write_text("名称,省\n浙江省总工会,\n总工会,\n", "utf-8")
    link_table(source, Service(f"{live.address}/reconcile").search, Output(out))
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["decision"], row["iri"]) for row in rows] == [("match", BASE + node(UNION)), ("none", "")]


def test_a_large_batch_keeps_nobody_else_waiting(live: Live) -> None:
    def ask() -> float:
        started = time.monotonic()
        assert httpx.post(f"{live.address}/reconcile", data={"queries": SLOW}, timeout=60).status_code == 200
        return time.monotonic() - started

    waits: list[float] = []
    with ThreadPoolExecutor(2) as pool:
        batches = [pool.submit(ask) for _ in range(2)]
        while not all(one.done() for one in batches):
            started = time.monotonic()
            assert httpx.get(f"{live.address}/health").status_code == 200
            waits.append(time.monotonic() - started)
    assert sorted(waits)[len(waits) // 2] < 0.5


def test_a_batch_that_takes_too_long_is_answered_in_part(serve: Serve) -> None:
    with serve(timeout_s=0.1) as live:
        found = httpx.post(f"{live.address}/reconcile", data={"queries": SLOW}).json()
    assert len(found) == BATCH
    assert "error" not in found["q0"]
    assert re.search(r"takes longer than 0\.1 s", found[f"q{BATCH - 1}"]["error"])


def test_who_finds_no_thread_free_in_time_is_told_to_ask_again(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> dict[str, object]:
        time.sleep(1.5)
        return {}

    monkeypatch.setattr("unionkg.server.reconcile.answer_queries", slow)
    with serve(timeout_s=0.3) as live, ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(httpx.post, f"{live.address}/reconcile", data={"queries": "{}"}) for _ in range(4)]
        answers = sorted((one.result() for one in asked), key=lambda answer: answer.status_code)
    assert [answer.status_code for answer in answers] == [200, 503, 503, 503]
    assert answers[-1].headers["retry-after"] == "1"


@pytest.mark.parametrize("path", PATHS)
def test_script_in_any_parameter_runs_nowhere(client: TestClient, path: str) -> None:
    script = "<script>alert(1)</script>"
    asked = [
        client.get(path + below, params={name: script})
        for below in ("", "/properties", "/preview", "/flyout/entity", "/suggest/entity", f"/{script}")
        for name in ("id", "prefix", "cursor", "type", "limit", "queries", "extend", "callback", script)
    ]
    for answer in asked:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-type"].partition(";")[0] in {"application/json", "text/plain"}
        assert "script-src" not in answer.headers["content-security-policy"]


def test_all_types_have_properties(client: TestClient) -> None:
    for kind in kinds():
        told = answered(client.get("/reconcile/properties", params={"type": id_of(kind)}))
        assert {"id", "iri"} <= {one["id"] for one in told["properties"]}
