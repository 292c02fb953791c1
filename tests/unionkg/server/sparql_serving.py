"""A folder and a server for tests of SPARQL over HTTP."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from pyoxigraph import NamedNode, RdfFormat, Store
from starlette.testclient import TestClient

from tests.exports.world import world
from tests.unionkg.server.worlds import build
from unionkg.checksums import write_checksums
from unionkg.exports.store import STORE_FOLDER
from unionkg.server.application import application
from unionkg.server.settings import Settings

ADDRESS = "http://127.0.0.1:8000"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
STREAM = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def knowledge_graph(folder: Path) -> Path:
    """Return the folder, in which the small world is a knowledge graph now."""
    build(folder, world())
    return folder


def fill(folder: Path, graphs: dict[str | None, Path]) -> None:
    """Have the store hold these files of RDF alone, each as the graph of its name; None is the default one."""
    store = Store(folder / STORE_FOLDER)
    store.clear()
    for name, path in graphs.items():
        form = RdfFormat.from_extension(path.suffix.removeprefix("."))
        store.load(path=path, format=form, base_iri="http://a.example/", to_graph=NamedNode(name) if name else None)
    store.flush()
    del store
    write_checksums(folder / STORE_FOLDER)


@contextmanager
def asked(settings: Settings) -> Iterator[TestClient]:
    """Give a client of the application, without a network."""
    with TestClient(application(settings), base_url=settings.address) as client:
        yield client


@contextmanager
def served(folder: Path, **limits: float) -> Iterator[str]:
    """Give the address of a server on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    settings = Settings(folder=folder, address=address, **limits)  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(application(settings), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join(30)


def until(condition: Callable[[], bool], limit_s: float = 30) -> None:
    """Wait until the condition holds."""
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
