"""A browser with the network off, in which the tests of this room open pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.viz.driving import ARGUMENTS, CHROMIUM, WIDE, Opener
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.viz.page import render


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not shutil.which(CHROMIUM):
        message = f"{CHROMIUM} is not installed: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Open a page; when the test ends, the page must have asked for nothing, and complained of nothing."""
    requests: list[str] = []
    complaints: list[str] = []
    contexts = []

    def open_page(
        source: KnowledgeGraph | str,
        *,
        size: tuple[int, int] = WIDE,
        locale: str = "zh-CN",
        scheme: str = "light",
        hash: str = "",
        is_scripted: bool = True,
    ) -> Page:
        target = tmp_path / "graph.html"
        html = source if isinstance(source, str) else render(source, title="云海省工会")
        target.write_text(html, encoding="utf-8", newline="\n")
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            java_script_enabled=is_scripted,
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(target.as_uri() + hash)
        return page

    yield open_page
    for context in contexts:
        context.close()
    own = (tmp_path / "graph.html").as_uri()
    assert {url.partition("#")[0] for url in requests} == {own}
    assert complaints == []
