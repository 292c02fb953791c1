"""A browser with the network off, in which the tests of this room open pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.viz.driving import Opener, Tabs
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.viz.page import render


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Tabs:
    return Tabs(browser, is_offline=True)


@pytest.fixture
def opened(tabs: Tabs, tmp_path: Path) -> Iterator[Opener]:
    """Open a page; when the test ends, the page must have asked for nothing, and complained of nothing."""
    target = tmp_path / "graph.html"

    def open_page(source: KnowledgeGraph | str, *, hash: str = "", **look: Any) -> Page:
        html = source if isinstance(source, str) else render(source, title="云海省工会")
        target.write_text(html, encoding="utf-8", newline="\n")
        page = tabs.take(**look)
        page.goto(target.as_uri() + hash)
        return page

    yield open_page
    requests, complaints = {url.partition("#")[0] for url in tabs.requests}, list(tabs.complaints)
    tabs.give_back()
    assert requests == {target.as_uri()}
    assert complaints == []
