"""What tests of several rooms use."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_finish() -> None:
    """Have the collector of garbage pass over all that is loaded by now, which stays: thousands of tests and the libraries."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference documents beside the checkout.

    It is no part of the project, so without it the test is skipped; where CI is set it must be there.
    """
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{folder} is absent, and CI promises it")
        pytest.skip(f"needs the reference documents in {folder}")
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The example corpus."""
    return ROOT / "examples" / "corpus"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of a module: while Playwright runs, no other module can run an event loop in its thread."""
    from tests.viz.driving import chromium

    with chromium() as started:
        yield started
