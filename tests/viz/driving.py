"""Driving a page in Debian's chromium."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

from playwright.sync_api import Frame, Page

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
