"""The page in a real browser, with the network off."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Page

from tests.viz.driving import NARROW, WIDE, Opener, click_node, entities, heading, search, shown, until
from tests.viz.test_difference import HOSTILE, difference
from tests.viz.world import (
    CHAIR,
    FEDERATION,
    PAYLOADS,
    hostile_texts,
    hostile_world,
    large_world,
    small_texts,
    small_world,
)
from unionkg.viz.difference import difference_page
from unionkg.viz.network import network
from unionkg.viz.page import render

pytestmark = pytest.mark.browser


def test_draws_the_graph_with_title_counts_and_legend(opened: Opener) -> None:
    page = opened(small_world())
    assert page.title() == "云海省工会"
    assert page.locator("#counts").inner_text() == "8 个实体 · 8 条事实 · 1 个数字 · 2 份文献"
    assert page.locator("#legend button").count() == 6
    drawn = """() => {
        const canvas = document.querySelector("#canvas canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const colours = new Set();
        for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3] === 255) colours.add(pixels.slice(at, at + 3).join());
        return [...colours];
    }"""
    until(page, f"({drawn})().includes('200,68,46')")  # the colour of organisations


def test_labels_do_not_overlap(opened: Opener) -> None:
    page = opened(large_world(300))
    until(page, "painted.length > 30")
    pairs = "painted.filter((one, at) => painted.some((other, by) => by < at && overlaps(one, other))).length"
    assert page.evaluate(pairs) == 0


def test_the_language_is_the_browsers_and_can_be_switched(opened: Opener) -> None:
    page = opened(small_world(), locale="en-GB")
    assert page.locator("#counts").inner_text() == "entities: 8 · facts: 8 · figures: 1 · documents: 2"
    assert page.locator("#legend").inner_text().startswith("organisation")
    page.locator("#language").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.locator("#legend").inner_text().startswith("组织")


def test_a_page_without_a_title_says_what_it_is_in_the_readers_language(opened: Opener) -> None:
    page = opened(render(small_world()))
    assert page.title() == page.locator("#title").inner_text() == "工会知识图谱"
    page.locator("#language").click()
    assert page.title() == "Trade union knowledge graph"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_usable_wide_and_narrow_light_and_dark(opened: Opener, size: tuple[int, int], scheme: str) -> None:
    page = opened(small_world(), size=size, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for name in ("#search", "#language", "#to-table", "#legend", "#whole", "#title"):
        box = page.locator(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0] + 1
    click_node(page, FEDERATION)
    panel = page.locator("#panel").bounding_box()
    picture = page.locator("#canvas").bounding_box()
    assert panel is not None
    assert picture is not None
    assert panel["width"] >= 320
    assert picture["height"] >= 250
    assert heading(page) == "云海省总工会"
    page.locator("#panel .shut").click()
    assert page.evaluate("state.selected") is None


def test_the_table_shows_the_same_subset_and_sorts(opened: Opener) -> None:
    page = opened(small_world())
    page.locator('#legend [data-type="PROGRAMME"]').click()
    page.locator("#to-table").click()
    assert page.locator("#table tbody tr").count() == 6
    assert page.locator("#table tbody tr").first.inner_text().startswith("云海省总工会")
    page.locator("#table th button").first.click()
    assert page.locator("#table th").first.get_attribute("aria-sort") == "ascending"
    assert page.locator("#table tbody tr").first.inner_text().startswith("货车司机")
    page.locator("#table .switch button").nth(1).click()
    assert page.locator("#table tbody tr").count() == 5
    page.locator("#table tbody summary").first.click()
    page.locator("#table blockquote").first.wait_for()


def test_hostile_documents_run_nothing(opened: Opener) -> None:
    html = render(hostile_world(), title="</title><script>window.broken=1</script>", texts=hostile_texts())
    page = opened(html, locale="en-GB")
    for node in entities(page):
        page.evaluate("(id) => goTo(id)", node)
        for _ in range(2):  # what is closed inside what was closed too
            page.evaluate("document.querySelectorAll('#panel details').forEach((each) => (each.open = true))")
        click_node(page, node)
    page.evaluate("focusOn(entities[0].id, 2)")
    page.evaluate("select({line: drawnLines.keys().next().value})")
    page.evaluate("change({focus: null, path: {from: ranked[0].id, to: ranked[1].id}})")
    for number in range(2):
        page.evaluate("(number) => openReader(number, facts[0].evidence[0])", number)
        page.locator("#reader .citing summary").click()
        page.locator("#leave").click()
    search(page, "img")
    page.keyboard.press("Escape")
    page.evaluate("openFilters(true)")
    for value in PAYLOADS:
        page.locator('#filters [name="document"]').fill(value)
    page.evaluate("change({filter: {...NO_FILTER}})")
    for view in ("tree", "provinces", "communities", "table"):
        page.locator(f"#to-{view}").click()
    for number in range(3):
        page.locator("#table .switch button").nth(number).click()
    assert page.evaluate("window.broken") is None
    assert page.locator("img, #panel script, #table script, #reader script").count() == 0
    addresses = page.evaluate("[...document.links].map((link) => link.protocol)")
    assert set(addresses) <= {"http:", "https:"}


@pytest.mark.parametrize(
    "address",
    [
        "#focus=%3Cimg%20src%3Dx%20onerror%3Dwindow.broken%3D1%3E&view=%3Cscript%3E",
        "#filter-document=%3Cscript%3Ewindow.broken%3D1%3C%2Fscript%3E&filter-province=__proto__&filter-subtype=constructor%2Fname",
        "#group=group-__proto__&view=provinces&filter-community=NaN&filter-hidden=__proto__",
        "#document=__proto__&sentence=1e999&most=1e9&opened=__proto__*constructor&line=a*b&path=*",
        "#%E0%A4%A",
    ],
)
def test_hostile_addresses_run_nothing(opened: Opener, address: str) -> None:
    page = opened(small_world(), hash=address)
    assert page.evaluate("window.broken") is None
    assert page.locator("#panel h2").count() == 1


STATES = {
    "opened": "0",
    "entity": "goTo(ranked[0].id); document.querySelectorAll('#panel details').forEach((each) => (each.open = true))",
    "line": "select({line: lines.keys().next().value})",
    "filters": "openFilters(true); setFilter({relation: 'holds_post'})",
    "search": "box.focus(); box.value = '总工会'; showHits()",
    "path": "startLink(ranked[0].id)",
    "tree": "turnView('tree')",
    "provinces": "turnView('provinces')",
    "table": "turnView('table')",
    "document": "openReader(0, 0)",
}


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide-light", "narrow-dark"])
def test_axe_finds_no_fault(opened: Opener, size: tuple[int, int], scheme: str) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page = opened(render(small_world(), texts=small_texts()), size=size, scheme=scheme)
    address = page.url
    for state, action in STATES.items():
        page.goto("about:blank")
        page.goto(address)
        page.evaluate(axe)
        page.evaluate(action)
        faults = page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(({violations}) =>"
            " violations.map(({id, nodes}) => [id, ...nodes.map((node) => node.html)]))"
        )
        assert faults == [], state


def test_prints_what_is_shown(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#node={CHAIR}")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for name in ("#search", "#filters", "#closer", "#to-table", "#panel .actions"):
        assert page.locator(name).is_hidden()
    for name in ("#stage > svg.printed", "#panel .posts"):  # the title and the legend are in the drawing
        assert page.locator(name).is_visible()
    page.emulate_media(media="screen")
    page.evaluate("openReader(0)")
    page.emulate_media(media="print")
    assert page.locator("#canvas").is_hidden()
    assert page.locator("#reader h2").is_visible()


def test_a_page_in_a_notebooks_frame_works(opened: Opener) -> None:
    page = opened(f"<!doctype html><title>notebook</title>{network(small_world())._repr_html_()}")
    frame = page.frames[1]
    until(frame, "painted.length > 0")
    frame.evaluate(f"focusOn('{CHAIR}')")
    assert set(frame.evaluate("shownNodes.getIds()")) == {CHAIR, FEDERATION}
    frame.locator("#back").click()
    until(frame, "shownNodes.length === 8")


def test_nodes_and_lines_that_a_pyvis_user_adds_are_shown(opened: Opener) -> None:
    view = network(small_world())
    view.add_node("own", label="自己的节点", color="#ff00ff", x=10, y=10)
    view.add_node(7, label="七", x=90, y=10)
    view.add_edge("own", CHAIR, label="认识")
    page = opened(view.generate_html())
    assert {"own", "7"} <= shown(page)
    assert page.evaluate("shownNodes.get('7').size") > 0
    assert "自己的节点" in search(page, "自己的")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "自己的节点"


def test_options_of_the_pyvis_user_come_before_the_pages_own(opened: Opener) -> None:
    view = network(small_world())
    view.set_options('{"nodes": {"font": {"size": 31}}, "interaction": {"dragView": false}}')
    page = opened(view.generate_html())
    assert page.evaluate("options().nodes.font.size") == 31
    assert page.evaluate("options().interaction.dragView") is False
    assert page.evaluate("options().physics.enabled") is False


def visible_changes(page: Page) -> list[str]:
    return [one.inner_text() for one in page.locator("li.change").all() if one.is_visible()]


def test_changes_are_searched_and_filtered_by_kind(opened: Opener) -> None:
    page = opened(difference_page("旧 → 新", difference("桑晓岚", "费玉堂")))
    assert len(visible_changes(page)) == 11
    page.locator("#search").fill("桑晓岚 ")
    page.locator(".shown", has_text="/").first.wait_for()
    found = visible_changes(page)
    assert all("桑晓岚" in one for one in found)
    assert len(found) == 6
    page.locator("#search").fill("xyzzy")
    page.locator("#none").wait_for()
    assert visible_changes(page) == []
    page.locator("#search").fill("")
    page.locator("#none").wait_for(state="hidden")
    page.locator("input[value=new]").uncheck()
    assert page.locator("details:visible").count() == 1
    page.locator("details:visible summary").click()
    [support] = visible_changes(page)
    assert "湖南省总工会" in support


def test_hostile_documents_run_nothing_in_the_page_of_a_difference(opened: Opener) -> None:
    page = opened(difference_page("</title><script>window.broken=1</script>", difference(*HOSTILE)))
    page.locator("#search").fill("script")
    page.locator(".shown", has_text="/").first.wait_for()
    assert page.evaluate("window.broken") is None
    assert page.locator("img, a, body script + script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_a_difference_fits_a_narrow_window(opened: Opener, scheme: str) -> None:
    page = opened(difference_page("旧 → 新", difference("桑晓岚", "a" * 300)), size=NARROW, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


def test_what_is_not_on_the_page_is_told(opened: Opener) -> None:
    graph = small_world()
    graph.graph["left_out"] = 1234
    assert "1234" in opened(graph).locator("#counts").inner_text().replace(",", "").replace("\u202f", "")
    assert "1234" not in opened(small_world()).locator("#counts").inner_text()
