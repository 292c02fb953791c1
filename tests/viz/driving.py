"""Driving a page in Debian's chromium."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, Frame, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_S = 20
WIDE, NARROW = (1280, 800), (390, 844)

Opener: TypeAlias = Callable[..., Page]


def search(page: Page, text: str) -> list[str]:
    """Return the names that the search box offers."""
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type(text)
    return page.locator("#hits .hit-name").all_inner_texts()


def click_node(page: Page, node: str) -> None:
    at = page.evaluate("(id) => picture.canvasToDOM(picture.getPosition(id))", node)
    page.locator("#canvas").click(position=at)


def shown(page: Page) -> set[str]:
    return set(page.evaluate("shownNodes.getIds()"))


def heading(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def entities(page: Page) -> list[str]:
    """Return the ids of all entities on the page."""
    return list(page.evaluate("entities.map((entity) => entity.id)"))


def until(page: Page | Frame, condition: str) -> None:
    """Wait until the condition holds on the page; playwright's own way needs `eval` there, which the policy refuses."""
    deadline = time.monotonic() + PATIENCE_S
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        time.sleep(0.02)


class Tabs:
    """Tabs of a browser that are used again: to open one takes longer, and more of the machine, than to load a page.

    `requests` and `complaints` have the addresses that were asked for, and what the pages wrote on their console, since the
    tabs were given back.
    """

    def __init__(self, browser: Browser, *, is_offline: bool = False) -> None:
        self._browser, self._is_offline = browser, is_offline
        self._free: dict[tuple[str, bool], list[Page]] = {}
        self._taken: list[tuple[tuple[str, bool], Page]] = []
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def take(
        self, *, size: tuple[int, int] = WIDE, locale: str = "zh-CN", scheme: str = "light", is_scripted: bool = True
    ) -> Page:
        """Return a tab that nobody has."""
        kind = (locale, is_scripted)
        free = self._free.setdefault(kind, [])
        page = free.pop() if free else self._new(*kind)
        self._taken.append((kind, page))
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(media="null", color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        return page

    def give_back(self) -> None:
        """Empty the tabs that were taken."""
        for kind, page in self._taken:
            page.context.clear_permissions()
            page.mouse.move(-1, -1)
            page.goto("about:blank")
            self._free[kind].append(page)
        self._taken.clear()
        self.requests.clear()
        self.complaints.clear()

    def _new(self, locale: str, is_scripted: bool) -> Page:
        context = self._browser.new_context(locale=locale, java_script_enabled=is_scripted, offline=self._is_offline)
        page = context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the browser of the tests; without one they are skipped, or fail where CI is set."""
    if not shutil.which(CHROMIUM):
        message = f"{CHROMIUM} is not installed: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()
