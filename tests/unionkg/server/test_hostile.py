"""Clients that send what no browser sends, too much, too slowly, or not at all do not keep a server from the others."""

from __future__ import annotations

import http.client
import json
import random
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.unionkg.server.conftest import Live, Serve

DRIPS = 99
SLACK_S = 5.0  # for a machine with much else to do


async def echo(request: Request) -> Response:
    return PlainTextResponse(await request.body() or request.url.path)


async def pour(request: Request) -> Response:
    """Answer with more than any socket buffers."""

    async def pieces() -> object:
        for _ in range(2000):
            yield b"x" * 65536

    return StreamingResponse(pieces())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def strict(serve: Serve) -> Iterator[Live]:
    """A server of little patience."""
    routes = [Route("/echo/{rest:path}", echo, methods=["GET", "POST"]), Route("/pour", pour)]
    with serve(routes, head_timeout_s=0.5, body_timeout_s=0.5, stall_timeout_s=0.5, connections=64) as live:
        yield live


@contextmanager
def connected(live: Live) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", live.port), timeout=SLACK_S) as client:
        yield client


def read(client: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    told = b""
    try:
        while data := client.recv(65536):
            told += data
    except ConnectionResetError:
        pass
    return told


def sent(live: Live, data: bytes) -> bytes:
    """What a server answers to these bytes until it closes the connection."""
    with connected(live) as client:
        client.sendall(data)
        return read(client)


def drip(client: socket.socket, piece: bytes) -> int:
    """Send the same piece time and again, and return how often until the server has had enough."""
    for number in range(DRIPS):
        try:
            client.sendall(piece)
        except OSError:
            return number
        time.sleep(0.05)
    return DRIPS


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def is_alive(live: Live) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=SLACK_S)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    finally:
        connection.close()


def got(live: Live, target: str) -> tuple[int, bytes]:
    """Status and body of the answer to a request with this very target."""
    answer = sent(live, f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    return status(answer), answer.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize(
    "path",
    [
        "/../etc/passwd", "/echo/..", "/echo/%2e%2e/x", "/echo/%2E%2E%2Fx", "/echo/..%2f..%2fetc%2fpasswd",
        "/echo/..%5c..%5cx", "/echo/..\\x", "/echo/%00", "/echo/a%0d%0aSet-Cookie:%20x=y", "/echo/%1b[31m", "/echo/%ff",
        "/echo/%c0%ae%c0%ae/x", "/echo/./x", "/echo/%c2%85", "http://localhost/echo/", "*", "echo",
    ],
)  # fmt: skip
def test_a_path_that_no_page_has_is_refused(strict: Live, path: str) -> None:
    answer, body = got(strict, path)
    assert answer == 400
    assert b"passwd" not in body


def test_what_a_proxy_says_of_a_client_breaks_no_line(strict: Live, caplog: pytest.LogCaptureFixture) -> None:
    said = "X-Forwarded-For: 1.2.3.4\tinvented" + "é" * 3000
    head = f"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{said}\r\n\r\n"
    with caplog.at_level("INFO", "unionkg.server.access"):
        assert status(sent(strict, head.encode("latin-1"))) == 200
        deadline = time.monotonic() + SLACK_S
        while not caplog.records and time.monotonic() < deadline:
            time.sleep(0.01)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "unionkg.server.access"]
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["client"].startswith("1.2.3.4\tinvented")
    assert len(json.loads(line)["client"]) == 500


def test_a_path_is_decoded_once(strict: Live) -> None:
    assert got(strict, "/echo/%252e%252e%252fetc") == (200, b"/echo/%2e%2e%2fetc")
    assert got(strict, "/echo/%E5%B7%A5%E4%BC%9A") == (200, "/echo/工会".encode())


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\nConnection: close\r\n\r\n",
        b"GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n X: folded\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: local\r\nhost\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    ],
    ids=lambda data: repr(data[-40:]),
)
def test_what_is_no_request_is_refused(strict: Live, request_: bytes) -> None:
    answer = sent(strict, request_)
    assert status(answer) in {400, 431, 501}
    assert b"x-content-type-options: nosniff" in answer.lower()
    assert b"Traceback" not in answer
    assert is_alive(strict)


def test_a_request_that_never_comes_is_not_waited_for(strict: Live) -> None:
    started = time.monotonic()
    with connected(strict) as silent, connected(strict) as partial:
        partial.sendall(b"GET / HTTP/1.1\r\n")
        assert read(silent) == b""
        assert status(read(partial)) == 408
    assert time.monotonic() - started < 0.5 + SLACK_S


def test_a_head_that_drips_is_not_waited_for(strict: Live) -> None:
    def drip_head(client: socket.socket) -> None:
        client.sendall(b"GET /echo/ HTTP/1.1\r\nHost: localhost\r\n")
        assert drip(client, b"X: x\r\n") < DRIPS

    started = time.monotonic()
    with connected(strict) as first:
        drip_head(first)
    with connected(strict) as kept:
        kept.sendall(b"GET /echo/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert status(kept.recv(65536)) == 200
        drip_head(kept)
    assert time.monotonic() - started < 2 * (0.5 + SLACK_S)


def test_a_body_that_drips_is_not_waited_for(strict: Live) -> None:
    with connected(strict) as client:
        client.sendall(b"POST /echo/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n")
        assert drip(client, b"x") < DRIPS
        assert status(read(client)) == 408


def test_a_body_that_is_too_large_is_not_read_to_its_end(strict: Live) -> None:
    size = 10 << 20
    for head in (f"Content-Length: {size}", "Transfer-Encoding: chunked"):
        with connected(strict) as client:
            client.sendall(f"POST /echo/ HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n".encode())
            taken = 0
            try:
                while taken < size:
                    piece = b"x" * 65536
                    client.sendall(piece if "Length" in head else b"10000\r\n" + piece + b"\r\n")
                    taken += len(piece)
            except OSError:
                pass
            assert taken < size
            assert status(read(client)) == 413
    assert is_alive(strict)


def test_a_client_that_takes_nothing_of_its_answer_is_dropped(strict: Live) -> None:
    with connected(strict) as client:
        client.sendall(b"GET /pour HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(1.5)
        assert len(read(client)) < 2000 * 65536
    assert is_alive(strict)


def test_requests_in_one_go_are_answered_in_their_order(strict: Live) -> None:
    one = b"GET /echo/%d HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /echo/last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = sent(strict, b"".join(one % number for number in range(20)) + last)
    assert re.findall(rb"/echo/(\d+|last)", answer) == [*(b"%d" % number for number in range(20)), b"last"]


def test_connections_above_the_limit_are_told_so(strict: Live) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(connected(strict)) for _ in range(64)]
        told = sent(strict, b"")
        assert status(told) == 503
        assert len(clients) == 64
    deadline = time.monotonic() + SLACK_S
    while status(sent(strict, b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_two_hundred_connections_at_once_are_answered(live: Live) -> None:
    def ask(number: int) -> int:
        return got(live, "/health" if number % 2 else "/reconcile")[0]

    with ThreadPoolExecutor(200) as pool:
        assert set(pool.map(ask, range(400))) == {200}
    assert is_alive(live)


def test_two_hundred_silent_connections_keep_nobody_out(live: Live) -> None:
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(connected(live)).sendall(b"GET / HT")
        assert is_alive(live)
    assert is_alive(live)


@pytest.mark.parametrize("seed", range(3))
def test_noise_is_answered_or_ended(strict: Live, seed: int) -> None:
    chance = random.Random(seed)
    whole = b"POST /echo/x?a=b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\nabcde"
    for _ in range(60):
        noisy = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            noisy[chance.randrange(len(noisy))] = chance.randrange(256)
        answer = sent(strict, bytes(noisy) + b"\r\n\r\n")
        assert not answer or 200 <= status(answer) <= 501, noisy
        assert b"Traceback" not in answer
    assert is_alive(strict)
