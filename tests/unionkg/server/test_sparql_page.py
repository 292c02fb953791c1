"""The page to ask from: YASGUI, which asks this server and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from tests.unionkg.server.sparql_serving import ADDRESS, STREAM, asked, knowledge_graph, served
from tests.viz.driving import until
from unionkg.exports.questions import questions
from unionkg.exports.store import ask, open_store
from unionkg.server.language import LANGUAGES, Language
from unionkg.server.settings import Settings
from unionkg.server.sparql import assets
from unionkg.server.sparql.page import WORDS, tabs

ROWS = 100


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return knowledge_graph(tmp_path_factory.mktemp("kg") / "KG")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with asked(Settings(folder=folder, address=ADDRESS, workers=1)) as client:
        yield client


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder, max_rows=ROWS) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page; when the test ends, it must have asked this server alone, and complained of nothing."""
    requests: list[str] = []
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.wait_for_timeout(300)
    context.close()
    assert requests
    assert {urlsplit(each).netloc for each in requests if not each.startswith("data:")} == {urlsplit(address).netloc}
    assert complaints == []


def run(page: Page) -> None:
    """Ask the query of the open tab, and wait for its answer."""
    page.locator(".tabPanel.active .yasqe_queryButton").click()
    page.locator(".tabPanel.active .yasr_response_chip, .tabPanel.active .yasr .errorResult").first.wait_for()


def write(page: Page, query: str) -> None:
    page.evaluate("(text) => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(text)", query)


@pytest.mark.browser
def test_saved_questions_are_tabs_and_are_answered(page: Page, address: str) -> None:
    page.goto(f"{address}/sparql?lang=zh")
    names = page.locator(".yasgui .tab").all_inner_texts()
    assert [name.partition("\n")[0] for name in names] == [tab["name"] for tab in tabs("zh")]
    run(page)
    assert page.locator(".tabPanel.active .dataTable tbody tr").count() == 2
    page.locator(".yasgui .tab", has_text=next(each.zh for each in questions() if each.name == "types")).first.click()
    run(page)
    assert page.locator(".tabPanel.active .dataTable tbody tr").count() > 3
    assert page.locator(".tabPanel.active .parseErrorIcon").count() == 0


@pytest.mark.browser
def test_an_answer_that_is_cut_is_told(page: Page, address: str) -> None:
    page.goto(f"{address}/sparql?lang=en")
    run(page)
    assert page.locator("#cut").is_hidden()
    write(page, STREAM)
    page.locator(".tabPanel.active .yasqe_queryButton").click()
    page.locator("#cut").wait_for()
    assert f"first {ROWS} rows" in page.locator("#cut").inner_text()
    page.locator(".yasgui .tab a").nth(1).click()
    assert page.locator("#cut").is_hidden()
    page.locator(".yasgui .tab a").nth(0).click()
    assert page.locator("#cut").is_visible()


@pytest.mark.browser
def test_what_a_document_says_is_never_markup(page: Page, address: str) -> None:
    page.goto(f"{address}/sparql?lang=en")
    write(
        page,
        'SELECT ("<img src=x onerror=alert(1)><script>alert(2)</script>" AS ?x) (<http://a.example/?a=%3Cb%3E> AS ?y) {}',
    )
    run(page)
    assert "<img src=x" in page.locator(".tabPanel.active .dataTable tbody").inner_text()
    assert page.locator(".tabPanel.active .dataTable img, .tabPanel.active .dataTable script").count() == 0


@pytest.mark.browser
def test_a_shared_query_asks_this_server_whatever_it_names(page: Page, address: str) -> None:
    query, elsewhere = "ASK { ?x a ukg:TradeUnion } # shared", "http://127.0.0.1:9/sparql"
    page.goto(f"{address}/sparql#query={quote(query)}&endpoint={quote(elsewhere)}")
    until(page, "document.querySelector('.tabPanel.active .CodeMirror') !== null")
    shown = page.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
    assert shown == query
    run(page)
    assert "True" in page.locator(".tabPanel.active .yasr").inner_text()


@pytest.mark.browser
def test_typing_offers_the_prefixes_of_the_graph_and_asks_nobody_for_them(page: Page, address: str) -> None:
    page.goto(f"{address}/sparql?lang=en")
    write(page, "")
    page.locator(".tabPanel.active .CodeMirror").click()
    page.keyboard.type("PREFIX sk")
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hints").wait_for()
    assert "skos: <http://www.w3.org/2004/02/skos/core#>" in page.locator(".CodeMirror-hints").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tab_is_a_query_that_is_answered(folder: Path, language: Language) -> None:
    store = open_store(folder / "store")
    assert len(tabs(language)) == len(questions()) + 1
    assert len({tab["id"] for tab in tabs(language)}) == len(tabs(language))
    for tab in tabs(language):
        ask(store, tab["query"])
        used = set(re.findall(r"(?<![\w:/#])(\w+):\w", re.sub(r"<[^>]*>|\"[^\"]*\"", "", tab["query"])))
        assert used <= set(re.findall(r"^PREFIX (\w+):", tab["query"], re.MULTILINE))


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("", "zh-TW,zh;q=0.9,en;q=0.8", "zh"),
        ("", "fr, en;q=0.5", "en"),
        ("", "", "zh"),
        ("?lang=zh", "en", "zh"),
        ("?lang=en", "zh", "en"),
        ("?lang=<script>", "en", "en"),
    ],
)
def test_the_page_is_in_the_language_that_is_asked_for(
    client: TestClient, query: str, header: str, language: Language
) -> None:
    response = client.get(f"/sparql{query}", headers={"Accept": "text/html", "Accept-Language": header})
    assert response.headers["content-language"] == language
    assert f'<html lang="{language}">' in response.text
    assert WORDS[language]["about"] in response.text


@pytest.mark.parametrize(("query", "home"), [("", "/"), ("?lang=en", "/?lang=en")])
def test_the_page_leads_to_the_others_in_its_language(client: TestClient, query: str, home: str) -> None:
    html = client.get(f"/sparql{query}", headers={"Accept": "text/html"}).text
    links = re.findall(r'<a [^>]*href="(/[^"]*)"', html)
    assert links == [
        home,
        *(f"/{name}{query}" for name in ("browse", "documents", "questions", "report", "sparql", "about")),
    ]


@pytest.mark.browser
def test_the_page_follows_the_scheme_and_its_buttons_stand_above_the_query(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/sparql?lang=en")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    buttons = page.locator(".tabPanel.active .yasqe_buttons").bounding_box()
    line = page.locator(".tabPanel.active .CodeMirror-line").first.bounding_box()
    assert buttons is not None
    assert line is not None
    assert buttons["y"] + buttons["height"] <= line["y"]


def test_the_page_has_no_script_of_its_own_and_a_policy_that_allows_none(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/html"})
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["default-src"] == "'none'"
    for attributes in re.findall(r"<script([^>]*)>", response.text):
        assert "src=" in attributes or 'type="application/json"' in attributes
    assert not re.search(r"\son\w+=", response.text)


def test_words_are_the_same_in_both_languages() -> None:
    assert set(WORDS["zh"]) == set(WORDS["en"])


def test_what_the_page_is_made_of_is_kept_for_ever_and_nothing_else_is_there(client: TestClient) -> None:
    html = client.get("/sparql", headers={"Accept": "text/html"}).text
    paths = re.findall(r'(?:href|src)="(/assets/[^"]+)"', html)
    assert sorted(paths) == sorted(assets.content())
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["content-type"].startswith(("text/javascript", "text/css"))
    for path in ("/assets/", f"/assets/{assets.YASGUI}/../../../pyproject.toml", f"{paths[0]}.map"):
        assert client.get(path).status_code == 404


def test_yasgui_has_its_licence_and_version_beside_it() -> None:
    folder = files("unionkg.server") / "vendor" / assets.YASGUI
    assert "The MIT License" in (folder / "LICENSE.txt").read_text("utf-8")
    assert "License" in (folder / "yasgui.min.js.LICENSE.txt").read_text("utf-8")
    assert "url(http" not in (folder / "yasgui.min.css").read_text("utf-8")
