"""What stands before the application: no request reaches it that is too large, too slow, or meant for another server.

Of a request the head is judged first, then its body is read within its limits, and only then is the application asked.
Every answer gets the headers that keep a browser from taking it for more than it is; every request gets a line in the log
`unionkg.server.access`. What goes wrong in the application is told to the client by a number alone, which the log
`unionkg.server` has too.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import time
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from urllib.parse import unquote_to_bytes, urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from unionkg.server.settings import Settings

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""The headers of every answer that has none of its own of that name."""

OPEN_TO_ALL = re.compile(r"(?:/(?:en|zh))?/reconcile(?:/.*)?")
"""The paths that pages of other servers may ask, because reconciliation 0.2 demands it; SPARQL 1.1 does not."""

_SHARED = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
    "Access-Control-Max-Age": "86400",
}
_REFUSED_METHODS = {"CONNECT", "DELETE", "PATCH", "PUT", "TRACE"}
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+?)\.?(?::[0-9]{1,5})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_IN_NO_HEADER = re.compile(
    r"[\x00-\x08\x0a-\x1f\x7f]"
)  # what may stand in one that is UTF-8 read as Latin-1 is not among it
_MOST_HEADERS = 100
_LOGGED = 500  # characters of a path, or of what a proxy says of a client

_LOG = logging.getLogger("unionkg.server")
_ACCESS = logging.getLogger("unionkg.server.access")


def guarded(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Return the application with the guard before it."""
    names = {host_of(urlsplit(settings.address).netloc), *map(host_of, settings.hosts)}

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        try:
            _check_head(scope, names, settings)
            body = await _body(scope, receive, settings)
            await app(scope, _replaying(body, receive), answer.send)
        except _Settled as settled:
            if settled.response is not None:
                await settled.response(scope, receive, answer.send)
        except Exception as error:  # noqa: BLE001 — the client gets no trace of it, whatever it is
            number = secrets.token_hex(4)
            _LOG.error("error %s: %s %s", number, answer.method, answer.path, exc_info=error)
            if not answer.is_begun:  # what is begun is cut off by the server, so that nobody takes it for whole
                response = PlainTextResponse(f"Something went wrong here; the log calls it {number}.\n", 500)
                await response(scope, receive, answer.send)
        finally:
            answer.log()

    return guard


def host_of(text: str) -> str | None:
    """Return the name or address in the value of a Host header, without its port; None if it is no such value.

    >>> host_of("Unions.example:8000"), host_of("[::1]:80"), host_of("a b")
    ('unions.example', '[::1]', None)
    """
    found = _HOST.fullmatch(text.lower())
    return found.group(1) if found else None


class _Settled(Exception):
    """The request is answered without the application; with nothing at all if the client is gone."""

    def __init__(self, response: Response | None) -> None:
        super().__init__()
        self.response = response


def _refusal(status: int, why: str, headers: Mapping[str, str] | None = None) -> _Settled:
    return _Settled(PlainTextResponse(f"{why}\n", status, headers=headers))


def _check_head(scope: Scope, names: Collection[str | None], settings: Settings) -> None:
    """Raise _Settled for a request that is not to be read on, or is answered already."""
    method, allowed = scope["method"], ", ".join(METHODS)
    if method not in METHODS:
        status = 405 if method in _REFUSED_METHODS else 501
        raise _refusal(status, f"This server only reads; accepted: {allowed}.", {"Allow": allowed})
    raw: bytes = scope["raw_path"]
    if len(raw) + len(scope["query_string"]) > settings.target_bytes:
        raise _refusal(
            414, f"The address is too long; accepted: {settings.target_bytes:,} bytes. Queries can be posted."
        )
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    if len(headers) > _MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > settings.header_bytes:
        raise _refusal(431, f"The headers are too large; accepted: {settings.header_bytes:,} bytes in {_MOST_HEADERS}.")
    _check_host(Headers(raw=headers).getlist("host"), names)
    _check_path(raw, scope["path"])
    if method == "OPTIONS" and OPEN_TO_ALL.fullmatch(scope["path"]):
        raise _Settled(Response(status_code=204, headers={"Allow": allowed, **_PREFLIGHT}))


def _check_host(values: list[str], names: Collection[str | None]) -> None:
    host = host_of(values[0]) if len(values) == 1 else None
    if host is None:
        raise _refusal(400, "The request does not say, or not once, which host it is for.")
    if host not in names:
        raise _refusal(421, "This server does not go by the name of that host; --allow-host gives it one.")


def _check_path(raw: bytes, path: str) -> None:
    try:
        unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        raise _refusal(400, "The path is not UTF-8.") from None
    if not path.startswith("/") or "\\" in path or _CONTROL.search(path) or {".", ".."} & set(path.split("/")):
        raise _refusal(400, "The path has what no path of this server has.")


async def _body(scope: Scope, receive: Receive, settings: Settings) -> bytes:
    """Return the body of a request. Raises _Settled for one that is too large or too slow."""
    most = settings.body_bytes
    large = _refusal(413, f"The body is too large; accepted: {most:,} bytes.")
    if int(Headers(scope=scope).get("content-length", "0")) > most:
        raise large
    body = bytearray()
    try:
        with anyio.fail_after(settings.body_timeout_s):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _Settled(None)
                body += message.get("body", b"")
                if len(body) > most:
                    raise large
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise _refusal(408, f"The body takes longer than {settings.body_timeout_s:g} s.") from None


def _replaying(body: bytes, receive: Receive) -> Receive:
    """Return what gives the body that was read, and then what comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return left.pop() if left else await receive()

    return next_message


class _Answer:
    """An answer on its way out: it gets its headers, and is counted."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["raw_path"].decode("latin-1")[:_LOGGED]  # before the application changes the scope
        self.is_begun = False
        self._client = scope["client"][0][:_LOGGED] if scope.get("client") else None
        self._is_shared = OPEN_TO_ALL.fullmatch(scope["path"]) is not None
        self._send = send
        self._status: int | None = None
        self._bytes = 0
        self._began, self._start = datetime.now(UTC), time.perf_counter()

    async def send(self, message: Message) -> None:
        """Send a message of the application's on."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", [])))
            if any(_IN_NO_HEADER.search(text) for pair in headers.items() for text in pair):
                raise ValueError("a header of the answer has a control character")
            for name, value in (HEADERS | (_SHARED if self._is_shared else {})).items():
                headers.setdefault(name, value)
            message = {**message, "headers": headers.raw}
            self.is_begun, self._status = True, message["status"]
        elif message["type"] == "http.response.body" and self.method != "HEAD":
            self._bytes += len(message.get("body", b""))
        await self._send(message)

    def log(self) -> None:
        """Write the line of the request: JSON in ASCII, in which nothing a client sends can end a line or steer a terminal."""
        line = {
            "time": self._began.isoformat(timespec="milliseconds"),
            "client": self._client,
            "method": self.method,
            "path": self.path,
            "status": self._status,
            "bytes": self._bytes,
            "ms": round(1000 * (time.perf_counter() - self._start), 1),
        }
        _ACCESS.info("%s", json.dumps(line))
