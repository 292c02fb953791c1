"""The page in a real browser, with the network off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.viz.test_difference import HOSTILE, difference
from tests.viz.world import CHAIR, CONTEST, FEDERATION, LONER, STATION, hostile_world, large_world, small_world
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.viz.difference import difference_page
from unionkg.viz.network import network
from unionkg.viz.page import render

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
WIDE, NARROW = (1280, 800), (390, 844)

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]


@pytest.fixture(scope="module")
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
    ) -> Page:
        target = tmp_path / "graph.html"
        html = source if isinstance(source, str) else render(source, title="云海省工会")
        target.write_text(html, encoding="utf-8", newline="\n")
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
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
    assert [url for url in requests if not url.startswith("file://")] == []
    assert len(requests) == len(contexts)
    assert complaints == []


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
    page.wait_for_function(f"({drawn})().includes('200,68,46')")  # the colour of organisations


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("海省总", "云海省总工会"),
        ("省总", "云海省总工会"),
        ("yhszgh", "云海省总工会"),
        ("nuanxin", "暖心驿站"),
        ("LRX", "林若溪"),
    ],
)
def test_search_finds_by_part_alias_pinyin_and_initials(opened: Opener, typed: str, found: str) -> None:
    assert search(opened(small_world()), typed)[0].startswith(found)


def test_search_says_when_there_is_nothing(opened: Opener) -> None:
    page = opened(small_world())
    assert search(page, "xyzzy") == []
    assert page.locator("#hits .none").inner_text() == "没有找到"


def test_search_is_driven_from_the_keyboard(opened: Opener) -> None:
    page = opened(small_world())
    names = search(page, "总工会")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert heading(page) == names[1] == "青湾市总工会"
    search(page, "总工会")
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == ""
    assert page.locator("#hits").is_hidden()


def test_a_click_on_a_node_opens_its_facts_and_their_sentences(opened: Opener) -> None:
    page = opened(small_world())
    click_node(page, CHAIR)
    assert heading(page) == "林若溪"
    assert page.locator("#panel .facts > li").count() == 2
    current, former = page.locator("#panel .facts > li").all()
    assert "主席" in current.inner_text()
    assert "经还原" in current.inner_text()
    assert "曾任" in former.inner_text()
    current.locator("summary").click()
    current.locator("blockquote").first.wait_for()
    assert current.locator("blockquote").all_inner_texts() == ["林若溪当选云海省总工会主席。"] * 2
    assert current.locator("blockquote").first.locator("mark").all_inner_texts() == ["林若溪", "云海省总工会"]
    citations = " ".join(current.locator("figcaption").all_inner_texts())
    assert "年度工作报告" in citations
    assert "2022-01-05" in citations
    assert "第 12–26 字" in citations
    assert "可信度 0.9" in current.inner_text()


def test_figures_stand_at_their_subject(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#node={FEDERATION}")
    figure = page.locator("#panel .figure")
    assert "120个 建成的驿站" in figure.inner_text()
    assert "2020 至 2021" in figure.inner_text()


def test_planned_facts_are_marked(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#node={CONTEST}")
    assert page.locator("#panel .badge.planned").inner_text() == "计划中"


def test_a_click_on_a_line_opens_all_its_facts(opened: Opener) -> None:
    page = opened(small_world())
    middle = """([one, other]) => {
        const [a, b] = [one, other].map((id) => picture.canvasToDOM(picture.getPosition(id)));
        return {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2};
    }"""
    page.locator("#canvas").click(position=page.evaluate(middle, [CHAIR, FEDERATION]))
    assert page.locator("#panel .kind").inner_text() == "2 条事实"
    assert page.locator("#panel .facts > li").count() == 2
    assert page.locator("#panel blockquote").first.inner_text() == "林若溪当选云海省总工会主席。"


def test_the_legend_hides_and_shows_a_type(opened: Opener) -> None:
    page = opened(small_world())
    programmes = page.locator('#legend [data-type="PROGRAMME"]')
    programmes.click()
    assert not {STATION, CONTEST} & shown(page)
    assert programmes.get_attribute("aria-pressed") == "false"
    programmes.click()
    assert {STATION, CONTEST} <= shown(page)


def test_focus_shows_the_neighbours_only_and_goes_back(opened: Opener) -> None:
    page = opened(small_world())
    click_node(page, CHAIR)
    page.locator("#panel .action").click()
    assert shown(page) == {CHAIR, FEDERATION}
    assert page.url.endswith(f"#focus={CHAIR}")
    page.locator("#back").click()
    assert len(shown(page)) == 8


def test_an_address_opens_what_it_names(opened: Opener) -> None:
    assert heading(opened(small_world(), hash=f"#focus={STATION}")) == "暖心驿站"
    assert heading(opened(small_world(), hash="#focus=<img>")) == "概览"


def test_large_graphs_open_reduced_and_expand(opened: Opener) -> None:
    page = opened(render(large_world(600), max_nodes=40))
    assert len(shown(page)) == 40
    assert "600 个实体中联系最多的 40 个" in page.locator("#notice").inner_text()
    hidden = page.evaluate("entities.find((entity) => !state.shown.has(entity.id)).name")
    search(page, hidden)
    page.keyboard.press("Enter")
    assert heading(page) == hidden
    assert len(shown(page)) > 40
    page.locator("#notice button").click()
    assert len(shown(page)) == 600
    assert page.locator("#notice").is_hidden()


def test_labels_do_not_overlap(opened: Opener) -> None:
    page = opened(large_world(300))
    page.wait_for_function("painted.length > 30")
    pairs = "painted.filter((one, at) => painted.some((other, by) => by < at && overlaps(one, other))).length"
    assert page.evaluate(pairs) == 0


def test_the_language_is_the_browsers_and_can_be_switched(opened: Opener) -> None:
    page = opened(small_world(), locale="en-GB")
    assert page.locator("#counts").inner_text() == "8 entities · 8 facts · 1 figures · 2 documents"
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
    page = opened(render(hostile_world(), title="</title><script>window.broken=1</script>"))
    for node in page.evaluate("entities.map((entity) => entity.id)"):
        page.evaluate("(id) => goTo(id)", node)
        for summary in page.locator("#panel summary").all():
            summary.click()
        click_node(page, node)
    page.evaluate("focusOn(entities[0].id)")
    search(page, "img")
    page.keyboard.press("Escape")
    page.locator("#to-table").click()
    for number in range(3):
        page.locator("#table .switch button").nth(number).click()
    assert page.evaluate("window.broken") is None
    assert page.locator("img, #panel script, #table script").count() == 0
    addresses = page.evaluate("[...document.links].map((link) => link.protocol)")
    assert set(addresses) <= {"http:", "https:"}


def test_sources_are_links_only_if_they_are_web_addresses(opened: Opener) -> None:
    page = opened(small_world())
    link = page.locator("#panel .papers a")
    assert link.get_attribute("href") == "https://example.org/notice"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_offsets_count_code_points_when_foreign_text_is_struck_out(opened: Opener) -> None:
    graph = small_world()
    for _, _, edge in graph.edges(data=True):
        edge["evidence"] = [
            edge["evidence"][0] | {"quote": "𠮷林若溪广告当选", "start": 5, "end": 13, "parts": [[5, 9], [11, 13]]}
        ]
    page = opened(graph, hash=f"#node={CHAIR}")
    page.locator("#panel summary").first.click()
    quote = page.locator("#panel blockquote").first
    quote.wait_for()
    assert quote.locator("s").all_inner_texts() == ["广告"]
    assert quote.locator("mark").all_inner_texts() == ["林若溪"]


def test_options_of_the_pyvis_user_come_before_the_pages_own(opened: Opener) -> None:
    view = network(small_world())
    view.set_options('{"nodes": {"font": {"size": 31}}, "interaction": {"dragView": false}}')
    page = opened(view.generate_html())
    assert page.evaluate("options().nodes.font.size") == 31
    assert page.evaluate("options().interaction.dragView") is False
    assert page.evaluate("options().physics.enabled") is False


def test_a_node_without_facts_says_so(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#node={LONER}")
    assert "没有以此为主语或宾语的事实" in page.locator("#panel").inner_text()


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
