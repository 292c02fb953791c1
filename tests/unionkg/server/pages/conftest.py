"""The small world, served once for the tests of the pages and the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.exports.world import hostile_world, world
from tests.unionkg.server.pages.world import asking, put


@pytest.fixture(scope="package")
def pages_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(world(), tmp_path_factory.mktemp("pages") / "KG")


@pytest.fixture(scope="package")
def client(pages_folder: Path) -> Iterator[TestClient]:
    with asking(pages_folder) as client:
        yield client


@pytest.fixture(scope="package")
def hostile_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with asking(put(hostile_world(), tmp_path_factory.mktemp("hostile") / "KG")) as client:
        yield client
