"""Measure the view beside stock pyvis on the same graph: building the page, its size, and drawing it.

Run from the checkout: `python -m benchmarks.bench_view [NODES …]`. Pages are drawn in Debian's chromium with the network
off, three facts a node. Ours is drawn as it opens and with all nodes shown at once; a redraw is what a step of moving or
zooming costs. The rival is fed by `add_node` and `add_edge` with the same nodes and lines and keeps its defaults; it is
drawn when its picture answers for the first time, and given up after a minute. Its build is quadratic, so that it is left
out above 10,000 nodes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from pyvis.network import Network  # type: ignore[import-untyped]  # pyvis carries no types

from tests.viz.driving import ARGUMENTS, CHROMIUM
from tests.viz.world import large_world
from unionkg.viz.network import View, network

SIZES = (100, 500, 2_000, 10_000, 50_000)
MOST_STOCK = 10_000  # nodes
PATIENCE_S = 60
REDRAWS = 10
OURS = "picture"
STOCK = "network"


def stock_page(view: View) -> str:
    """Return the page that pyvis itself writes for the same nodes and lines."""
    stock = Network(directed=True, cdn_resources="in_line")
    for node in view.nodes:
        stock.add_node(node["id"], label=node["label"], size=node["size"])
    for line in view.edges:
        stock.add_edge(line["from"], line["to"])
    return str(stock.generate_html())


def opened(browser: Browser, html: str, is_drawn: str) -> tuple[Page, float]:
    """Return a page, and the seconds until its picture is drawn. Raises a TimeoutError after a minute."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "graph.html")
        target.write_text(html, encoding="utf-8", newline="\n")
        size = {"width": 1280, "height": 800}
        context = browser.new_context(offline=True, viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(PATIENCE_S * 1000)
        started = time.perf_counter()
        page.goto(target.as_uri())
        while not page.evaluate(is_drawn):
            if time.perf_counter() - started > PATIENCE_S:
                raise PlaywrightTimeout(f"not drawn after {PATIENCE_S} s")
            time.sleep(0.01)
        return page, time.perf_counter() - started


def redraw_ms(page: Page, picture: str) -> float:
    """Return how long the picture takes to be drawn again."""
    return float(
        page.evaluate(f"""() => {{
            const started = performance.now();
            for (let turn = 0; turn < {REDRAWS}; turn += 1) {picture}.canvas.body.emitter.emit("_redraw");
            return (performance.now() - started) / {REDRAWS};
        }}""")
    )


def heap_mb(page: Page) -> float:
    """Return the memory that the page's script holds."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(row["value"]) for row in metrics if row["name"] == "JSHeapUsedSize") / 1e6


def ours(browser: Browser, html: str) -> str:
    """Return how the page opens, and how it is with all nodes shown."""
    page, first = opened(browser, html, "painted.length > 0")
    row = f"{first:6.2f} {redraw_ms(page, OURS):6.0f} {heap_mb(page):6.0f}"
    if page.evaluate("entities.length") > MOST_STOCK:
        page.context.close()
        return f"{row} | {'-':>6} {'-':>6}"
    started = time.perf_counter()
    page.evaluate("change({most: entities.length})")
    page.evaluate("new Promise(requestAnimationFrame)")
    everything = time.perf_counter() - started
    row += f" | {everything:6.2f} {redraw_ms(page, OURS):6.0f}"
    page.context.close()
    return row


def rival(browser: Browser, view: View) -> str:
    """Return how long pyvis builds, its page's size, and how it is drawn."""
    if len(view.nodes) > MOST_STOCK:
        return f"{'-':>7} {'-':>6} {'-':>6} {'-':>6} {'-':>6}"
    started = time.perf_counter()
    html = stock_page(view)
    built = time.perf_counter() - started
    row = f"{built:7.2f} {len(html.encode()) / 1e6:6.2f}"
    try:
        page, first = opened(browser, html, f"typeof {STOCK} === 'object' && {STOCK}.getPositions !== undefined")
        redraw, heap = redraw_ms(page, STOCK), heap_mb(page)
    except PlaywrightTimeout:
        for context in browser.contexts:
            context.close()
        return f"{row} {f'> {PATIENCE_S}':>6} {'-':>6} {'-':>6}"
    page.context.close()
    return f"{row} {first:6.2f} {redraw:6.0f} {heap:6.0f}"


def main(sizes: tuple[int, ...]) -> None:
    """Print a row for each size."""
    print(
        " nodes  facts | built s, page MB | opens s, redraw ms, heap MB | all shown s, redraw ms | pyvis: the first five"
    )
    for size in sizes:
        graph = large_world(size)
        started = time.perf_counter()
        view = network(graph)
        html = view.generate_html()
        built = time.perf_counter() - started
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            row = f"{built:6.2f} {len(html.encode()) / 1e6:6.2f} | {ours(browser, html)} | {rival(browser, view)}"
            browser.close()
        print(f"{size:6} {graph.number_of_edges():6} | {row}", flush=True)


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
