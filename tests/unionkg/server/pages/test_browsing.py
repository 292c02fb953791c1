"""Somebody browses a served graph in Debian's chromium: from a search to an entity, its sentence, its document, a question."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from tests.exports.world import CHAIR, UNION, hostile_world
from tests.unionkg.server.pages.world import put
from tests.viz.driving import NARROW, WIDE, Opener, Tabs
from tests.viz.test_report_browser import CONTRAST
from unionkg.server.application import application
from unionkg.server.settings import Settings

pytestmark = pytest.mark.browser

PATIENCE_S = 20
PLACES = (
    "/",
    "/search?q=工会",
    "/browse?type=ORG",
    "/documents",
    f"/entity/{UNION}",
    f"/entity/{CHAIR}",
    "/questions",
    "/questions/posts-of?name=林知远",
    "/questions/types?ask=1",
    "/about",
    "/api",
    "/id/rule-verb",
    "/nowhere",
)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Yield the address of a server of the folder, which runs in a thread."""
    server = uvicorn.Server(
        uvicorn.Config(application(Settings(folder=folder, workers=1)), host="127.0.0.1", port=0, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE_S
    while not server.started:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    (port,) = (socket.getsockname()[1] for one in server.servers for socket in one.sockets)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(PATIENCE_S)


@pytest.fixture(scope="module")
def address(pages_folder: Path) -> Iterator[str]:
    with serving(pages_folder) as address:
        yield address


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture
def opened(tabs: Tabs) -> Iterator[Opener]:
    """Open a page without scripts, unless told otherwise; when the test ends, no page must have complained or asked elsewhere."""

    def open_page(url: str, *, is_scripted: bool = False, **look: Any) -> Page:
        page = tabs.take(is_scripted=is_scripted, **look)
        page.goto(url)
        return page

    yield open_page
    hosts = {url.split("/")[2] if "//" in url else "" for url in tabs.requests}
    complaints = [text for text in tabs.complaints if "404" not in text]
    tabs.give_back()
    assert {host.partition(":")[0] for host in hosts} <= {"127.0.0.1", ""}
    assert complaints == []


def test_from_a_search_over_an_entity_and_its_sentence_to_the_document_and_a_question(
    opened: Opener, address: str
) -> None:
    page = opened(address)
    page.get_by_label("查找实体与文献").fill("jianghai")
    page.keyboard.press("Enter")
    page.locator("ol.things a", has_text="江海省总工会").first.click()
    assert page.locator("h1").inner_text() == "江海省总工会"
    post = page.locator("ul.timed > li").first
    post.locator("summary").click()
    assert post.locator("blockquote").inner_text() == "江海省总工会主席林知远出席会议。"
    post.locator("figcaption a").first.click()
    assert page.locator("h1").inner_text() == "暖蜂行动走进江海"
    said = page.locator(":target")
    assert said.inner_text() == "江海省总工会主席林知远出席会议。"
    said.get_by_role("link", name="林知远").click()
    assert page.locator("h1").inner_text() == "林知远"
    page.get_by_role("link", name="常用问题").click()
    page.get_by_role("link", name="某人的任职").click()
    page.get_by_label("人名").fill("林知远")
    page.get_by_role("button", name="提问").click()
    assert "江海省总工会" in page.locator("table").inner_text()
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "The posts of a person"
    assert page.get_by_label("the name of the person").input_value() == "林知远"


def test_the_view_of_the_neighbours_opens_and_runs(opened: Opener, address: str) -> None:
    page = opened(f"{address}/entity/{UNION}", is_scripted=True)
    page.get_by_role("link", name="打开图谱视图").click()
    page.wait_for_selector("#canvas canvas")
    assert page.locator("#panel h2").inner_text() == "江海省总工会"


@pytest.mark.parametrize(("locale", "scheme"), [("zh-CN", "light"), ("en-GB", "dark")])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_pages_fit_are_legible_and_have_no_fault_that_axe_finds(
    opened: Opener, address: str, size: tuple[int, int], locale: str, scheme: str
) -> None:
    document = opened(f"{address}/documents").locator("ol.things a").last.get_attribute("href")
    page = opened(address, size=size, locale=locale, scheme=scheme, is_scripted=True)
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    for path in (*PLACES, document):
        page.goto(f"{address}{path}")
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        page.evaluate(axe)
        faults = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [(path, fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []


def test_texts_stand_out_from_their_ground(opened: Opener, address: str) -> None:
    for scheme in ("light", "dark"):
        page = opened(f"{address}/entity/{CHAIR}", scheme=scheme, is_scripted=True)
        assert page.evaluate(CONTRAST) == {}


def test_the_whole_is_reached_by_the_keyboard(opened: Opener, address: str) -> None:
    page = opened(f"{address}/entity/{UNION}", is_scripted=True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName"))
    assert {f"/entity/{CHAIR}", "SUMMARY", "INPUT", "BUTTON", f"/entity/{UNION}/graph"} <= reached


def test_hostile_names_run_nothing(opened: Opener, tmp_path: Path) -> None:
    with serving(put(hostile_world(), tmp_path / "KG")) as address:
        page = opened(address, is_scripted=True)
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        for path in (f"/entity/{CHAIR}", "/search?q=<script>alert(1)</script>", "/documents", "/browse"):
            page.goto(f"{address}{path}")
            assert page.locator("script, img").count() == 0
