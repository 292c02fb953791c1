"""The report in a real browser, with the network off."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tests.viz.driving import NARROW, WIDE, Opener
from tests.viz.test_report import File, hostile, rendered, texts, varied
from tests.viz.world import PAYLOADS

pytestmark = pytest.mark.browser


def full() -> str:
    """A report in which every part has something to show, and names are long."""
    files = (File("a" * 200 + ".pdf", "failed", "b" * 300), File("c.txt", warnings=("d e " * 60,)))
    return rendered(varied(), *files, texts=texts())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("locale", "other"), [("zh-CN", "English"), ("en-GB", "中文")])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_it_fits_the_window_in_both_languages_and_schemes(
    opened: Opener, size: tuple[int, int], locale: str, other: str, scheme: str
) -> None:
    page = opened(full(), size=size, locale=locale, scheme=scheme)
    for details in page.locator("details").all():
        details.evaluate("(one) => one.open = true")
    assert page.locator("#language").inner_text() == other
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for table in page.locator(".wide").all():
        assert table.evaluate("(one) => one.scrollWidth <= one.clientWidth + 1"), table.inner_text()[:60]
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(20, 23, 27)" if scheme == "dark" else "rgb(250, 249, 246)")


def test_the_language_is_switched_and_one_is_seen_at_a_time(opened: Opener) -> None:
    page = opened(full(), locale="zh-TW")
    assert page.locator("h2").first.inner_text() == "读了什么"
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page.locator("#language").click()
    assert page.locator("h2").first.inner_text().strip() == "What was read"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "读了什么" not in page.locator("body").inner_text()
    page.locator("#language").click()
    assert "What was read" not in page.locator("body").inner_text()


def test_a_server_may_tell_the_language(opened: Opener) -> None:
    page = opened(full().replace("<html ", '<html data-asked="en" ', 1), locale="zh-TW")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h2").first.inner_text().strip() == "What was read"


def test_without_scripts_both_languages_are_there(opened: Opener) -> None:
    page = opened(full(), is_scripted=False)
    assert page.locator("h2").first.inner_text() == "读了什么 What was read"
    assert page.locator("#language").is_hidden()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_documents_run_nothing(opened: Opener, payload: str) -> None:
    page = opened(hostile(payload))
    page.locator("#language").click()
    assert page.evaluate("window.broken") is None
    assert page.locator("img, a[href^=javascript], body script").count() == 0


CONTRAST = """() => {
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const rgb = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = (colour) => rgb(colour).slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const paper = getComputedStyle(document.body).backgroundColor;
    const seen = (element) => element.getClientRects().length && [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    const found = {};
    for (const element of document.body.querySelectorAll("*")) {
        if (!seen(element) || element.closest("title, script")) continue;
        const isDrawn = Boolean(element.closest("svg"));
        const tile = element.closest(".tile")?.querySelector("rect");
        const ground = tile ? getComputedStyle(tile).fill : paper;
        const back = ground === "none" ? paper : ground;
        const one = light(isDrawn ? getComputedStyle(element).fill : getComputedStyle(element).color), other = light(back);
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (contrast < 4.5) found[element.tagName + "." + element.getAttribute("class")] = contrast;
    }
    return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_every_text_stands_out_from_its_ground(opened: Opener, size: tuple[int, int], scheme: str) -> None:
    assert opened(full(), size=size, scheme=scheme).evaluate(CONTRAST) == {}


def test_printed_it_has_a_few_pages_and_no_button(opened: Opener) -> None:
    page = opened(full())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#language").is_hidden()
    assert page.locator("details:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 24, 27)"
    printed = page.pdf(prefer_css_page_size=True)
    assert 4 <= printed.count(b"/Type /Page\n") <= 10


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide-light", "narrow-dark"])
def test_axe_finds_no_fault(opened: Opener, size: tuple[int, int], scheme: str) -> None:
    page = opened(full(), size=size, scheme=scheme, locale="en-GB")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    faults = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []
