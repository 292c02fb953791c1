"""A reconciliation service is asked in batches and with patience, and believed as far as its answers can be checked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.unionkg.matching_world import graph
from unionkg.errors import InvalidOption, UnusableService
from unionkg.exports.iri import BASE
from unionkg.linking.link import entities
from unionkg.linking.run import Output, link_table
from unionkg.linking.service import ATTEMPTS, BATCH, LIMIT, Service
from unionkg.matching.candidate import Query

MANIFEST = {
    "versions": ["0.2"],
    "name": "名录",
    "identifierSpace": "https://things.example/entity/",
    "schemaSpace": "https://things.example/type/",
}
KNOWN = {
    "杭州市总": [
        {"id": "Q1", "name": "杭州市總工會", "score": 77, "match": True, "type": [{"id": "U", "name": "工会"}]}
    ],
    "白云区总工会": [
        {"id": "Q2", "name": "白云区总工会", "score": 100, "match": True, "type": ["U"]},
        {"id": "Q3", "name": "贵阳市白云区总工会", "score": 60},
    ],
    "浙江省总工会": [{"id": "https://other.example/Q4", "name": "Zhejiang Federation", "score": 1e9, "match": True}],
}


@dataclass
class Asked:
    """The server's address, and what it was sent: the queries of each request; "" where it was asked what it is."""

    url: str = ""
    queries: list[dict[str, Any] | str] = field(default_factory=list)


Answer = Callable[[dict[str, Any] | None, int], tuple[int, bytes, dict[str, str]]]
"""Gives status, body and headers for the queries (None for the manifest) of the request of this number, from 1."""


def answer(queries: dict[str, Any] | None, number: int) -> tuple[int, bytes, dict[str, str]]:
    """What a good service answers."""
    found: Any = MANIFEST
    if queries is not None:
        found = {name: {"result": KNOWN.get(one["query"], [])} for name, one in queries.items()}
    return 200, json.dumps(found).encode(), {}


@contextmanager
def serving(respond: Answer, drip: float = 0) -> Iterator[Asked]:
    """Lend a service on this machine; with `drip` it sends a byte, waits so many seconds, and sends the next."""
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.queries.append("")
            self.respond(None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            queries = json.loads(parse_qs(body, strict_parsing=True)["queries"][0])
            asked.queries.append(queries)
            self.respond(queries)

        def respond(self, queries: dict[str, Any] | None) -> None:
            status, data, headers = respond(queries, len(asked.queries))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [bytes([byte]) for byte in data] if drip else [data]:
                try:
                    self.wfile.write(piece)
                    self.wfile.flush()
                except ConnectionError:
                    return
                time.sleep(drip)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    asked.url = f"http://127.0.0.1:{server.server_port}/reconcile"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()


def no_pause(seconds: float) -> None:
    """Wait no longer."""


def test_names_are_sent_in_batches_as_the_specification_has_them() -> None:
    with serving(answer) as asked:
        service = Service(asked.url, kind="U")
        service.search([Query(name=f"甲{number}总工会") for number in range(2 * BATCH + 1)] + [Query()])
    batches = [each for each in asked.queries if isinstance(each, dict)]
    assert [len(each) for each in batches] == [BATCH, BATCH, 1]
    assert batches[0]["q3"] == {"query": "甲3总工会", "limit": LIMIT, "type": "U"}


def test_a_match_of_the_service_is_one_where_the_names_agree() -> None:
    with serving(answer) as asked:
        sure, open_, foreign, nothing = Service(asked.url).search(
            [Query(name="杭州市总"), Query(name="白云区总工会"), Query(name="浙江省总工会"), Query(name="别的")]
        )
    assert [(one.iri, one.candidate.match) for one in sure] == [("https://things.example/entity/Q1", True)]
    assert [(one.candidate.id, one.candidate.match) for one in open_] == [("Q2", False), ("Q3", False)]
    assert [(one.iri, one.candidate.match, one.candidate.score) for one in foreign] == [
        ("https://other.example/Q4", False, 90.0)
    ]
    assert nothing == []
    assert sure[0].candidate.told("zh") == "名称一致；服务评分77；服务认定相符"


def test_two_of_the_service_whose_names_agree_are_looked_at() -> None:
    def doubled(queries: dict[str, Any] | None, number: int) -> tuple[int, bytes, dict[str, str]]:
        one, other = {**KNOWN["杭州市总"][0]}, {"id": "Q8", "name": "浙江省杭州市总工会", "score": 76}
        found = MANIFEST if queries is None else {name: {"result": [one, other]} for name in queries}
        return 200, json.dumps(found).encode(), {}

    with serving(doubled) as asked:
        found = Service(asked.url).search([Query(name="杭州市总")])[0]
    assert [(one.candidate.id, one.candidate.match) for one in found] == [("Q1", False), ("Q8", False)]
    assert found[0].candidate.told("en").endswith("the names of 2 agree")


def test_a_bare_name_that_the_columns_place_is_looked_at() -> None:
    def sure(queries: dict[str, Any] | None, number: int) -> tuple[int, bytes, dict[str, str]]:
        one = {"id": "Q9", "name": "秋收助学行动", "score": 100, "match": True}
        found = MANIFEST if queries is None else {name: {"result": [one]} for name in queries}
        return 200, json.dumps(found).encode(), {}

    with serving(sure) as asked:
        found = Service(asked.url).search([Query(name="秋收助学行动", type="项目", province="浙江省")])
    assert not found[0][0].candidate.match


def test_a_match_that_the_service_does_not_call_one_is_looked_at() -> None:
    def modest(queries: dict[str, Any] | None, number: int) -> tuple[int, bytes, dict[str, str]]:
        return 200, answer(queries, number)[1].replace(b"true", b"false"), {}

    with serving(modest) as asked:
        assert not Service(asked.url).search([Query(name="杭州市总")])[0][0].candidate.match


def test_what_was_answered_is_kept_and_a_broken_line_does_no_harm(tmp_path: Path) -> None:
    cache = tmp_path / "kept.jsonl"
    queries = [Query(name="杭州市总"), Query(name="别的")]
    with serving(answer) as asked:
        first = Service(asked.url, cache).search(queries)
        with cache.open("ab") as stream:
            stream.write(b'["0123')
        again = Service(asked.url, cache)
        assert again.search(queries) == first
        assert again.from_cache == 2
        assert sum(isinstance(each, dict) for each in asked.queries) == 1
        Service(asked.url, cache, kind="U").search(queries[:1])
        assert sum(isinstance(each, dict) for each in asked.queries) == 2


def test_it_is_asked_again_after_longer_and_longer_pauses() -> None:
    def busy(queries: dict[str, Any] | None, number: int) -> tuple[int, bytes, dict[str, str]]:
        if number == 1:
            return 503, b"", {}
        return (429, b"", {"Retry-After": "7"}) if number == 2 else answer(queries, number)

    pauses: list[float] = []
    with serving(busy) as asked:
        assert Service(asked.url, pause=pauses.append).manifest.name == "名录"
    assert pauses == [1.0, 7.0]


@pytest.mark.parametrize(
    ("status", "told", "times"), [(404, "status 404", 1), (400, "status 400", 1), (500, "asked 4 times", ATTEMPTS)]
)
def test_a_service_that_refuses_is_an_error(status: int, told: str, times: int) -> None:
    with serving(lambda queries, number: (status, b"", {})) as asked, pytest.raises(UnusableService, match=told):
        assert Service(asked.url, pause=no_pause).manifest
    assert len(asked.queries) == times


@pytest.mark.parametrize("drip", [0.0, 0.05])
def test_a_service_that_hangs_is_an_error_within_the_time_limit(drip: float) -> None:
    def slow(queries: dict[str, Any] | None, number: int) -> tuple[int, bytes, dict[str, str]]:
        if not drip:
            time.sleep(0.6)
        return answer(queries, number)

    started = time.monotonic()
    with serving(slow, drip) as asked, pytest.raises(UnusableService, match=r"no answer within 0\.2 s"):
        assert Service(asked.url, timeout_s=0.2, pause=no_pause).manifest
    assert time.monotonic() - started < 5


def test_a_service_that_is_not_there_is_an_error() -> None:
    with serving(answer) as asked:
        url = asked.url
    with pytest.raises(UnusableService, match="cannot be used, asked 4 times"):
        assert Service(url, pause=no_pause).manifest


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        (b"<!DOCTYPE html><title>x</title>", "no manifest .*opens with '<!DOCTYPE html>"),
        (b"", "the answer is empty"),
        (b"[]", "no manifest"),
        (json.dumps({**MANIFEST, "name": 7}).encode(), r"name"),
        (json.dumps({**MANIFEST, "versions": ["1.0"]}).encode(), "speaks the versions 1.0; accepted: 0.2"),
        (json.dumps({**MANIFEST, "identifierSpace": "entities"}).encode(), "'entities' is no IRI"),
    ],
)
def test_a_manifest_that_is_none_is_an_error(manifest: bytes, told: str) -> None:
    with serving(lambda queries, number: (200, manifest, {})) as asked, pytest.raises(UnusableService, match=told):
        assert Service(asked.url, pause=no_pause).manifest


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<html>", "no answer .*opens with '<html>'"),
        (b"{}", "leaves out 1 of 1 queries"),
        (b'{"q0":{"results":[]}}', "missing required field `result`"),
        (b'{"q0":{"result":[{"id":"1","name":"a","score":"high"}]}}', "score"),
        (b'{"q0":{"result":[{"id":1,"name":"a","score":1}]}}', "id"),
    ],
)
def test_an_answer_that_is_none_is_an_error_and_nothing_is_written(tmp_path: Path, data: bytes, told: str) -> None:
    def lying(queries: dict[str, Any] | None, number: int) -> tuple[int, bytes, dict[str, str]]:
        return answer(None, number) if queries is None else (200, data, {})

    source = tmp_path / "t.csv"
    source.write_text("名称\n杭州市总\n", "utf-8")
    cache = tmp_path / "kept.jsonl"
    with serving(lying) as asked, pytest.raises(UnusableService, match=told):
        link_table(source, Service(asked.url, cache).search, Output(tmp_path / "out.csv"))
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_an_answer_without_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unionkg.linking.service.LARGEST", 1000)
    with (
        serving(lambda queries, number: (200, b" " * 5000, {})) as asked,
        pytest.raises(UnusableService, match="larger than"),
    ):
        assert Service(asked.url).manifest


@pytest.mark.parametrize(
    "url", ["ftp://things.example/", "file:///etc/passwd", "things.example", "http://me:you@a.example/"]
)
def test_what_is_no_address_of_a_service_is_refused(url: str) -> None:
    with pytest.raises(InvalidOption, match="accepted"):
        Service(url)


def test_the_entities_of_a_graph_are_linked_with_a_service(tmp_path: Path) -> None:
    with serving(answer) as asked:
        found = link_table(entities(graph(), BASE, "工会"), Service(asked.url).search, Output(tmp_path / "out.jsonl"))
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert found.rows == len(rows)
    (row,) = (row for row in rows if row["name"] == "浙江省总工会")
    assert (row["link_decision"], row["link_iri"]) == ("review", "https://other.example/Q4")
    assert row["id"].startswith(BASE)
