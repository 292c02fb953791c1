"""`unionkg serve`"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TextIO

import typer

from unionkg.cli.console import say
from unionkg.cli.options import Folder
from unionkg.errors import InvalidOption

HOST, PORT = "127.0.0.1", 8000
WORKERS, TIMEOUT_S, MAX_ROWS, MEMORY_MB = 2, 10.0, 100_000, 1024
_EVERYWHERE = {"", "0.0.0.0", "::"}


def serve_command(
    folder: Folder,
    host: Annotated[str, typer.Option(help="The address of this machine to listen at.")] = HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen at; 0 takes a free one.")] = PORT,
    address: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            show_default=False,
            help="The address by which the server is reached, if it is another, such as https://unions.example.",
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", show_default=False, help="A further name by which requests may call it; may be repeated."
        ),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that answer queries.")] = WORKERS,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="A query that takes longer is ended.")] = TIMEOUT_S,
    max_rows: Annotated[int, typer.Option(min=1, metavar="N", help="The most rows of an answer.")] = MAX_ROWS,
    memory: Annotated[
        int, typer.Option(min=1, metavar="MB", help="The memory that a query may take, on Linux.")
    ] = MEMORY_MB,
    access_log: Annotated[
        str, typer.Option(metavar="FILE", help="Where a line a request is written; - is standard output.")
    ] = "-",
    no_access_log: Annotated[bool, typer.Option("--no-access-log", help="Write no line a request.")] = False,
) -> None:
    """Serve a knowledge graph over HTTP: pages to browse, SPARQL, reconciliation. It only reads.

    \b
    Example:
      unionkg serve KG
      unionkg serve KG --port 8080 --access-log requests.jsonl
      unionkg serve KG --address https://unions.example
    """
    place = Place(host=host, port=port, address=address, allowed=allow_host or ())
    limits = Limits(workers=workers, timeout_s=timeout, max_rows=max_rows, memory_mb=memory)
    serve(folder, place, limits, access_log=None if no_access_log else access_log)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to listen, the public address if that is another, and further names by which requests may call it."""

    host: str = HOST
    port: int = PORT
    address: str | None = None
    allowed: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many processes answer queries, and what each query may take."""

    workers: int = WORKERS
    timeout_s: float = TIMEOUT_S
    max_rows: int = MAX_ROWS
    memory_mb: int = MEMORY_MB


def serve(folder: Path, place: Place, limits: Limits, *, access_log: str | None = "-") -> None:
    """Serve the graph until the process is told to end.

    `access_log` is a file, `-` for standard output, None for no log. Raises InvalidOption, MissingExtra,
    UnusableAddress, NotAKnowledgeGraph, and OSError if the log cannot be written.
    """
    from unionkg import manifest
    from unionkg.errors import MissingExtra
    from unionkg.querying import check_limits

    try:
        from unionkg.server.application import application
        from unionkg.server.running import listening, run
    except ModuleNotFoundError as error:
        raise MissingExtra(f'the server needs starlette and uvicorn ({error}); pip install "unionkg[serve]"') from error
    from unionkg.server.settings import LOOPBACK, Settings

    check_limits(limits.timeout_s, limits.max_rows)
    address, hosts = _names(place)
    manifest.read(folder)
    with listening(place.host, place.port) as listener, _logging(access_log):
        settings = Settings(
            folder=folder,
            address=address or _address(place.host, listener.getsockname()[1]),
            hosts=(*LOOPBACK, *hosts),
            workers=limits.workers,
            timeout_s=limits.timeout_s,
            max_rows=limits.max_rows,
            memory_mb=limits.memory_mb,
        )
        app = application(settings)
        graph = app.state.holding.current.kg.graph
        say(
            f"{graph.number_of_nodes():,} entities, {graph.number_of_edges():,} facts at {settings.address}; Ctrl-C ends it"
        )
        run(app, settings, listener)


def _names(place: Place) -> tuple[str | None, list[str]]:
    """Return the public address if one is given, and the names beside its own. Raises InvalidOption."""
    from urllib.parse import urlsplit

    from unionkg.graph.web_address import web_address
    from unionkg.server.guard import host_of

    address = None
    if place.address is not None:
        address = (web_address(place.address) or "").rstrip("/")
        parts = urlsplit(address)
        if not address or parts.path or parts.query or parts.fragment or host_of(parts.netloc) is None:
            raise InvalidOption(
                f"the address {place.address!r} is none of a server; accepted: http or https with a host, without a path"
            )
    elif place.host in _EVERYWHERE:
        raise InvalidOption(
            f"with --host {place.host!r} the server listens everywhere, and cannot tell its own address; give it with"
            " --address, such as http://192.0.2.7:8000"
        )
    for name in place.allowed:
        if host_of(name) is None:
            raise InvalidOption(f"the host {name!r} is none; accepted: a name or an address, such as unions.example")
    own = [] if place.host in _EVERYWHERE else [_bracketed(place.host)]
    return address, [*own, *place.allowed]


def _address(host: str, port: int) -> str:
    return f"http://{_bracketed(host)}:{port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@contextmanager
def _logging(access_log: str | None) -> Iterator[None]:
    """Say what the server logs; write its access log to a file, which may be moved away meanwhile, or to standard output."""
    from logging.handlers import WatchedFileHandler

    lines: logging.Handler
    if access_log is None:
        lines = logging.NullHandler()
    else:
        lines = _Lines(sys.stdout) if access_log == "-" else WatchedFileHandler(access_log, encoding="ascii")
    handlers = [
        (logging.getLogger("unionkg.server"), _Said(), logging.INFO),
        (logging.getLogger("unionkg.server.access"), lines, logging.INFO),
        (logging.getLogger("uvicorn"), _Said(), logging.ERROR),
    ]
    try:
        for logger, handler, level in handlers:
            logger.addHandler(handler)
            logger.setLevel(level)
            logger.propagate = False
        yield
    finally:
        for logger, handler, _ in handlers:
            logger.removeHandler(handler)
            handler.close()


class _Said(logging.Handler):
    """Says what is logged, a line at a time."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # where nobody takes it, the server goes on
            for line in self.format(record).splitlines():
                say(line)


class _Lines(logging.StreamHandler[TextIO]):
    """Writes lines to standard output as long as somebody takes them."""

    def handleError(self, record: logging.LogRecord) -> None:
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), self.stream.fileno())
