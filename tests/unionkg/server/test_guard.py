"""No request reaches the application that is too large, or meant for another server; every answer is kept in bounds."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from unionkg.server.application import application
from unionkg.server.guard import HEADERS, host_of
from unionkg.server.settings import Settings


async def echo(request: Request) -> Response:
    return PlainTextResponse(await request.body() or request.url.path)


async def fail(request: Request) -> Response:
    raise RuntimeError("secret\nname")


async def split(request: Request) -> Response:
    return PlainTextResponse("x", headers={"X-Told": request.query_params["told"]})


async def framed(request: Request) -> Response:
    return PlainTextResponse("x", headers={"Content-Security-Policy": "default-src 'self'"})


@pytest.fixture(scope="module")
def guarded(settings: Settings) -> Iterator[TestClient]:
    """A client of a server with some routes that do what ours should not."""
    routes = [
        Route("/echo/{rest:path}", echo, methods=["GET", "POST"]),
        Route("/sparql", echo, methods=["GET", "POST"]),
        Route("/fail", fail),
        Route("/split", split),
        Route("/framed", framed),
    ]
    with TestClient(application(settings, routes)) as client:
        yield client


@pytest.mark.parametrize(
    "host", ["testserver", "TestServer:8000", "testserver.", "localhost", "127.0.0.1:99", "[::1]:8000"]
)
def test_a_server_answers_to_its_names(guarded: TestClient, host: str) -> None:
    assert guarded.get("/echo/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "127.0.0.2", "[::2]"])
def test_a_name_that_is_not_its_own_is_misdirected(guarded: TestClient, host: str) -> None:
    answer = guarded.get("/echo/", headers={"Host": host})
    assert answer.status_code == 421
    assert host not in answer.text


@pytest.mark.parametrize(
    "host",
    [
        "",
        " ",
        "testserver@evil",
        "user:testserver",
        "testserver/evil",
        "testserver:port",
        "a b",
        "testserver,evil",
        "[::1",
        "é",
    ],
)
def test_a_host_that_is_none_is_refused(guarded: TestClient, host: str) -> None:
    assert host_of(host) is None
    assert guarded.get("/echo/", headers=[(b"Host", host.encode("latin-1"))]).status_code == 400


def test_two_hosts_are_refused(guarded: TestClient) -> None:
    headers = [("Host", "testserver"), ("Host", "testserver")]
    assert guarded.get("/echo/", headers=headers).status_code == 400


@pytest.mark.parametrize(
    ("method", "status"), [("PUT", 405), ("DELETE", 405), ("TRACE", 405), ("PATCH", 405), ("BREW", 501)]
)
def test_a_server_that_only_reads_says_so(guarded: TestClient, method: str, status: int) -> None:
    answer = guarded.request(method, "/echo/", content=b"x")
    assert (answer.status_code, answer.headers["allow"]) == (status, "GET, HEAD, OPTIONS, POST")


def test_what_is_too_large_is_refused_by_its_part(guarded: TestClient, settings: Settings) -> None:
    assert guarded.get("/echo/" + "x" * settings.target_bytes).status_code == 414
    assert guarded.get("/echo/", params={"q": "x" * settings.target_bytes}).status_code == 414
    assert guarded.get("/echo/", headers={"X-Long": "x" * settings.header_bytes}).status_code == 431
    assert guarded.get("/echo/", headers={f"X-{number}": "x" for number in range(100)}).status_code == 431
    assert guarded.post("/echo/", content=b"x" * (settings.body_bytes + 1)).status_code == 413
    assert guarded.post("/echo/", content=iter([b"x" * settings.body_bytes, b"x"])).status_code == 413
    assert len(guarded.post("/echo/", content=b"x" * settings.body_bytes).content) == settings.body_bytes


def test_every_answer_has_its_headers(guarded: TestClient) -> None:
    for path in ("/echo/", "/nothing", "/fail", "/health"):
        headers = guarded.get(path).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
        assert "server" not in headers
    assert guarded.get("/echo/", headers={"Host": "evil"}).headers["x-content-type-options"] == "nosniff"
    assert guarded.get("/framed").headers["content-security-policy"] == "default-src 'self'"


def test_pages_of_others_may_ask_what_a_standard_opens_to_them(guarded: TestClient) -> None:
    origin = {"Origin": "https://refine.example"}
    for path in ("/reconcile", "/en/reconcile/suggest/type", "/reconcile/nothing"):
        assert guarded.get(path, headers=origin).headers["access-control-allow-origin"] == "*"
        assert guarded.get(path).headers["cross-origin-resource-policy"] == "cross-origin"
        asked = guarded.options(path, headers={**origin, "Access-Control-Request-Method": "POST"})
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-origin"] == "*"
        assert "POST" in asked.headers["access-control-allow-methods"]
    for path in ("/echo/", "/health", "/reconciled", "/echo/reconcile", "/sparql", "/fr/reconcile"):
        headers = guarded.get(path, headers=origin).headers
        assert "access-control-allow-origin" not in headers
    assert guarded.options("/echo/", headers=origin).status_code == 405


def test_what_goes_wrong_is_told_by_a_number_that_the_log_has(
    guarded: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "unionkg.server"):
        answer = guarded.get("/fail")
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/plain")
    number = answer.text.split()[-1].rstrip(".")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    (record,) = [record for record in caplog.records if record.exc_info]
    assert number in record.getMessage()


@pytest.mark.parametrize("told", ["a\r\nSet-Cookie: x=y", "a\nb", "a\x00b"])
def test_no_header_of_an_answer_is_split(guarded: TestClient, told: str) -> None:
    answer = guarded.get("/split", params={"told": told})
    assert answer.status_code == 500
    assert "set-cookie" not in answer.headers
    assert "x-told" not in answer.headers


def test_each_request_is_a_line_in_ascii(guarded: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "unionkg.server.access"):
        guarded.get("/echo/abc", params={"secret": "query"})
        guarded.post("/echo/", content=b"secret body")
        guarded.get("/echo/%0a%1b[31m")
        guarded.get("/echo/" + "x" * 5000)
        guarded.head("/health")
    lines = [record.getMessage() for record in caplog.records if record.name == "unionkg.server.access"]
    assert all(line.isascii() and line.isprintable() and "secret" not in line and len(line) < 1000 for line in lines)
    told = [json.loads(line) for line in lines]
    assert [(one["method"], one["path"][:20], one["status"], one["bytes"]) for one in told[:3]] == [
        ("GET", "/echo/abc", 200, 9),
        ("POST", "/echo/", 200, 11),
        ("GET", "/echo/%0a%1b[31m", 400, told[2]["bytes"]),
    ]
    assert told[4]["bytes"] == 0
    assert all(set(one) == {"time", "client", "method", "path", "status", "bytes", "ms"} for one in told)
