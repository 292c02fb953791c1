"""A small graph in its folder, and servers of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from tests.unionkg.matching_world import graph
from tests.unionkg.server.worlds import build
from unionkg.server.application import application
from unionkg.server.running import listening, server_of
from unionkg.server.settings import Settings


@dataclass(frozen=True)
class Live:
    """A server that listens: its address, its port, its application."""

    address: str
    port: int
    app: Starlette


Serve = Callable[..., AbstractContextManager[Live]]


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A KG folder with federations, companies and persons."""
    folder = tmp_path_factory.mktemp("served") / "KG"
    build(folder, graph())
    return folder


@pytest.fixture(scope="package")
def settings(folder: Path) -> Settings:
    """The settings of the server that `client` calls."""
    return Settings(folder=folder, address="http://testserver", workers=1, timeout_s=5)


@pytest.fixture(scope="package")
def client(settings: Settings) -> Iterator[TestClient]:
    """A client that calls the application without a network."""
    with TestClient(application(settings)) as client:
        yield client


@pytest.fixture(scope="package")
def serve(folder: Path) -> Serve:
    """Serve with some settings and routes: a context with a server on this machine, in a thread."""

    @contextmanager
    def serving(routes: list[BaseRoute] | None = None, **changes: Any) -> Iterator[Live]:
        place = listening("127.0.0.1", 0)
        port = place.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        settings = Settings(**{"folder": folder, "address": address, "workers": 1, "timeout_s": 5, **changes})
        app = application(settings, routes or [])
        server = server_of(app, settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.01)
            yield Live(address, port, app)
        finally:
            server.should_exit = True
            thread.join()
            place.close()

    return serving


@pytest.fixture(scope="package")  # a server that outlived it would see the clocks that other tests turn
def live(serve: Serve) -> Iterator[Live]:
    """A server with ordinary settings."""
    with serve() as live:
        yield live
