"""Measure the view: building it, its size, and drawing it in Debian's chromium with the network off.

Run from the checkout: `python -m benchmarks.bench_view [NODES …]`. The rival is stock pyvis, fed by `add_node` and
`add_edge` with the same nodes and lines (building only: its default physics does not come to rest at these sizes).
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright
from pyvis.network import Network  # type: ignore[import-untyped]  # pyvis carries no types

from tests.viz.test_browser import ARGUMENTS, CHROMIUM
from tests.viz.world import large_world
from unionkg.viz.layout import positions
from unionkg.viz.network import View, network

SIZES = (100, 500, 2_000, 10_000)
REDRAWS = 10


def stock_seconds(view: View) -> float:
    """Return the seconds that pyvis itself takes for the same nodes and lines."""
    started = time.perf_counter()
    stock = Network(directed=True, cdn_resources="in_line")
    for node in view.nodes:
        stock.add_node(node["id"], label=node["label"], size=node["size"])
    for line in view.edges:
        stock.add_edge(line["from"], line["to"])
    stock.generate_html()
    return time.perf_counter() - started


def drawing(page: Path) -> tuple[float, float, float, float]:
    """Return the seconds to the first picture, and the milliseconds of a redraw, as opened and with all nodes."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        tab = browser.new_context(
            offline=True, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
        ).new_page()
        started = time.perf_counter()
        tab.goto(page.as_uri())
        tab.wait_for_function("painted.length > 0")
        first = time.perf_counter() - started
        redraw = f"""() => {{
            const started = performance.now();
            for (let turn = 0; turn < {REDRAWS}; turn += 1) picture.canvas.body.emitter.emit("_redraw");
            return (performance.now() - started) / {REDRAWS};
        }}"""
        reduced = tab.evaluate(redraw)
        started = time.perf_counter()
        tab.evaluate("showAll()")
        tab.evaluate("new Promise(requestAnimationFrame)")
        expanded = time.perf_counter() - started
        whole = tab.evaluate(redraw)
        browser.close()
    return first, float(reduced), expanded, float(whole)


def main(sizes: tuple[int, ...]) -> None:
    print(
        "nodes facts | layout s, page s, page MB | stock pyvis s | first picture s, redraw ms | show all s, redraw ms"
    )
    for size in sizes:
        graph = large_world(size)
        started = time.perf_counter()
        positions(graph)
        layout = time.perf_counter() - started
        started = time.perf_counter()
        view = network(graph)
        html = view.generate_html()
        built = time.perf_counter() - started
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "graph.html")
            page.write_text(html, encoding="utf-8", newline="\n")
            first, reduced, expanded, whole = drawing(page)
        print(
            f"{size:6} {graph.number_of_edges():6} | {layout:6.2f} {built:6.2f} {len(html.encode()) / 1e6:6.2f} | "
            f"{stock_seconds(view):6.2f} | {first:5.2f} {reduced:5.0f} | {expanded:5.2f} {whole:5.0f}"
        )


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
