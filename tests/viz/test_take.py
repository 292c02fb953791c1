"""What a reader takes along from the page, read by other programs and compared with what the exporters write."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
import rdflib
from lxml import etree
from PIL import Image
from playwright.sync_api import Page

import unionkg
from tests.exports import world as exported
from tests.unionkg.hostile import RULES
from tests.viz.driving import NARROW, Opener, until
from tests.viz.world import CHAIR, CITY, CONTEST, FEDERATION, STATION, hostile_world, large_world, small_world
from unionkg.exports.cells import FORMULA_STARTS
from unionkg.exports.ntriples import write_ntriples
from unionkg.exports.rows import ENTITIES, OUTCOMES, RELATIONS, Table
from unionkg.graph import schema
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.viz.network import network
from unionkg.viz.page import render

pytestmark = pytest.mark.browser

BASE = "https://unions.example/kg/"
SVG = "{http://www.w3.org/2000/svg}"
FORMS = ("png", "svg", "entities", "facts", "figures", "graphml", "turtle")
NOT_ABOARD = {"code_from", "code_until", "other_codes", "parents", "wikidata", "rule", "matched"}
"""What is known of entities elsewhere, and not on the page."""
SHEETS: dict[str, Table] = {"entities": ENTITIES, "facts": RELATIONS, "figures": OUTCOMES}


@pytest.fixture(scope="module")
def kg(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> unionkg.KG:
    return unionkg.build([corpus], tmp_path_factory.mktemp("taken") / "KG", options=RULES, workers=0)


def taken(page: Page, form: str) -> tuple[str, bytes]:
    """Return the name and the content of the file that the menu gives."""
    page.locator("#take summary").click()
    with page.expect_download() as waiting:
        page.locator(f'[data-take="{form}"]').click()
    assert page.locator("#take details").get_attribute("open") is None
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def triples(content: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=content, format="turtle")


def exported_triples(graph: KnowledgeGraph, base: str = schema.BASE) -> rdflib.Graph:
    stream = io.BytesIO()
    write_ntriples(graph, stream, base)
    return rdflib.Graph().parse(data=stream.getvalue(), format="nt")


def networkx_of(path: Path) -> Any:
    return nx.read_graphml(path, force_multigraph=True)


def labels(drawing: etree._Element) -> list[str]:
    return [text.text or "" for text in drawing.iterfind(f'.//{SVG}g[@class="labels"]/{SVG}text')]


def test_files_are_named_by_the_title(opened: Opener) -> None:
    page = opened(render(small_world(), title="云海省工会：/图谱*\\ 2024?"))
    assert taken(page, "svg")[0] == "云海省工会-图谱-2024.svg"
    assert taken(page, "facts")[0] == "云海省工会-图谱-2024-facts.csv"
    assert taken(opened(render(small_world(), title="···")), "turtle")[0] == "unionkg.ttl"


def test_the_menu_says_how_much_is_shown(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#focus={CHAIR}")
    page.locator("#take summary").click()
    assert "2 个实体 · 2 条事实 · 0 个数字" in page.locator("#take").inner_text()
    assert page.locator('[data-take="figures"]').is_disabled()
    page.keyboard.press("Escape")
    page.locator("#language").click()
    page.locator("#take summary").click()
    assert "entities: 2 · facts: 2 · figures: 0" in page.locator("#take").inner_text()


def test_the_menu_is_driven_from_the_keyboard(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#node={CHAIR}")
    menu = page.locator("#take details")
    page.locator("#take summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.take") == "png"
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.evaluate("state.selected.node") == CHAIR  # Escape closed the menu alone
    page.keyboard.press("Enter")
    page.locator("#title").click()
    assert menu.get_attribute("open") is None


def test_the_menu_is_inside_a_narrow_window(opened: Opener) -> None:
    page = opened(small_world(), size=NARROW)
    page.locator("#take summary").click()
    box = page.locator("#take .offers").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW[0]


def test_there_is_no_picture_of_the_table(opened: Opener) -> None:
    page = opened(small_world(), hash="#view=table")
    page.locator("#take summary").click()
    assert page.locator('[data-take="png"]').is_disabled()
    assert page.locator('[data-take="entities"]').is_enabled()


def test_the_png_is_the_picture_at_twice_the_resolution(opened: Opener) -> None:
    page = opened(small_world())
    until(page, "painted.length > 3")
    name, content = taken(page, "png")
    assert name == "云海省工会.png"
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    image = Image.open(io.BytesIO(content)).convert("RGB")
    wide, high = page.evaluate("[canvas.clientWidth, canvas.clientHeight]")
    assert image.width == 2 * wide
    assert image.height > 2 * high
    colours = {colour for _, colour in image.getcolors(1 << 24) or []}
    assert {(200, 68, 46), (250, 249, 246)} <= colours  # organisations, and the paper
    assert len(colours) > 100


@pytest.mark.parametrize("view", ["", "#view=tree", "#view=provinces", "#view=communities", f"#focus={FEDERATION}"])
def test_the_svg_has_what_is_painted(opened: Opener, view: str) -> None:
    page = opened(small_world(), hash=view)
    until(page, "painted.length > 0 || !cast.size")
    drawing = etree.fromstring(taken(page, "svg")[1])
    assert labels(drawing) == page.evaluate("painted.map((label) => label.text)")
    assert len(list(drawing.iter(f"{SVG}circle"))) == page.evaluate("shownNodes.length")
    said = " ".join(text.text or "" for text in drawing.iter(f"{SVG}text"))
    assert "云海省工会" in said
    assert "2 份文献" in said
    lines = drawing.findall(f'.//{SVG}g[@class="lines"]/{SVG}path[@fill="none"]')
    assert len(lines) == page.evaluate("drawnLines.size")


def test_the_svg_tells_planned_lines_and_colours_in_its_legend(opened: Opener) -> None:
    page = opened(small_world())
    drawing = etree.fromstring(taken(page, "svg")[1])
    dashed = drawing.findall(f'.//{SVG}g[@class="lines"]/{SVG}path[@stroke-dasharray]')
    assert len(dashed) == 1
    legend = drawing.find(f'.//{SVG}g[@class="legend"]')
    assert legend is not None
    words = [text.text for text in legend.iter(f"{SVG}text")]
    assert "组织 2" in words
    assert "计划中" in words
    assert next(key.get("fill") for key in legend.iter(f"{SVG}rect")) == "#c8442e"


def test_a_large_graph_is_drawn_as_far_as_it_is_shown(opened: Opener) -> None:
    page = opened(render(large_world(600), max_nodes=40))
    drawing = etree.fromstring(taken(page, "svg")[1])
    assert len(list(drawing.iter(f"{SVG}circle"))) == 40
    assert len(rows(taken(page, "entities")[1])) == 40


def test_printing_puts_the_drawing_on_paper(opened: Opener) -> None:
    page = opened(small_world())
    page.evaluate("window.print = () => { window.printed = true; }")
    page.locator("#take summary").click()
    page.locator('[data-take="print"]').click()
    assert page.evaluate("window.printed")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#stage > svg.printed").count() == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#stage > svg.printed").count() == 0


def test_what_is_printed_is_light_and_the_screen_stays_dark(opened: Opener) -> None:
    page = opened(small_world(), scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.locator("#stage > svg.printed")
    assert printed.locator("> rect").get_attribute("fill") == "#faf9f6"
    assert "rgba(200,68,46,1)" in printed.locator("circle").first.evaluate("(one) => one.parentNode.innerHTML")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("theme.paper") == "#14171b"


@pytest.mark.parametrize("form", SHEETS)
def test_tables_are_those_of_the_folder(opened: Opener, kg: unionkg.KG, form: str) -> None:
    page = opened(render(kg.graph, max_nodes=10_000))
    content = taken(page, form)[1]
    path = {"entities": "entities.csv", "facts": "relations.csv", "figures": "outcomes.csv"}[form]
    written = (kg.folder / path).read_bytes()
    if form != "entities":
        assert content == written
    else:
        known = [name for name in ENTITIES.columns if name not in NOT_ABOARD]
        assert content.startswith(b"\xef\xbb\xbf" + ",".join(known).encode() + b"\r\n")
        assert rows(content) == [{name: row[name] for name in known} for row in rows(written)]


def test_tables_hold_the_shown_part_alone(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#focus={CHAIR}")
    assert [row["id"] for row in rows(taken(page, "entities")[1])] == [FEDERATION, CHAIR]
    assert {row["subject"] for row in rows(taken(page, "facts")[1])} == {CHAIR}


def test_the_graphml_is_that_of_the_exporter(opened: Opener, kg: unionkg.KG, tmp_path: Path) -> None:
    content = taken(opened(render(kg.graph, max_nodes=10_000)), "graphml")[1]
    (tmp_path / "taken.graphml").write_bytes(content)
    kg.export(tmp_path / "exported.graphml")
    found, written = networkx_of(tmp_path / "taken.graphml"), networkx_of(tmp_path / "exported.graphml")
    for _, entity in written.nodes(data=True):
        for name in NOT_ABOARD & entity.keys():
            del entity[name]
    assert dict(found.nodes(data=True)) == dict(written.nodes(data=True))
    assert list(found.edges(keys=True, data=True)) == list(written.edges(keys=True, data=True))
    other: Any = igraph.Graph.Read_GraphML(str(tmp_path / "taken.graphml"))
    assert set(other.vs["label"]) == {entity["name"] for _, entity in kg.graph.nodes(data=True)}
    assert other.ecount() == kg.graph.number_of_edges()


@pytest.mark.parametrize(
    "filters", ["", "#filter-relation=holds_post", "#filter-subtype=ORG/union&filter-modality=stated"]
)
def test_all_triples_are_in_the_graph(opened: Opener, kg: unionkg.KG, filters: str) -> None:
    page = opened(render(kg.graph, max_nodes=10_000, base=BASE), hash=filters)
    found = triples(taken(page, "turtle")[1])
    whole = exported_triples(kg.graph, BASE)
    assert set(found) - set(whole) == set()
    facts = page.evaluate("shownPart().facts.map((fact) => fact.id)")
    told = set(found.subjects(rdflib.RDF.type, rdflib.RDF.Statement))
    assert told == {rdflib.URIRef(BASE + fact) for fact in facts}
    assert len(told) > 5
    assert bool(filters) == (len(told) < kg.graph.number_of_edges())


def test_all_triples_of_odd_names_and_times_are_in_the_graph(opened: Opener) -> None:
    graph = exported.hostile_world()
    times = ("2023-02-30", "0000", "2024-02-29", "1900-02-29", "2023-13", "2021/2023", "0045", "2023-04", "2023")
    for time, (*_, fact) in zip(times, graph.edges(data=True), strict=False):
        fact["date"] = time
    figure = graph.graph["outcomes"][0]
    figure["value"], figure["value_max"] = 1e-7, 1.5e22
    found = triples(taken(opened(graph), "turtle")[1])
    assert set(found) - set(exported_triples(graph)) == set()
    assert len(set(found.subjects(rdflib.RDF.type, rdflib.RDF.Statement))) == graph.number_of_edges()


def test_what_is_planned_is_no_plain_triple(opened: Opener) -> None:
    page = opened(render(small_world(), base=BASE))
    found = triples(taken(page, "turtle")[1])
    organises = rdflib.URIRef("https://w3id.org/unionkg/ontology#organises")
    done = set(found.objects(rdflib.URIRef(BASE + FEDERATION), organises))
    assert done == {rdflib.URIRef(BASE + STATION)}
    assert (None, rdflib.RDF.object, rdflib.URIRef(BASE + CONTEST)) in found


def test_a_page_that_lacks_sentences_does_not_say_what_was_restored(opened: Opener) -> None:
    restored = rdflib.URIRef("https://w3id.org/unionkg/ontology#restored")
    graph = small_world()
    assert (None, restored, None) in triples(taken(opened(graph), "turtle")[1])
    graph.graph["left_out"] = 7
    assert (None, restored, None) not in triples(taken(opened(graph), "turtle")[1])


@pytest.mark.parametrize("world", [hostile_world, exported.hostile_world])
def test_hostile_names_break_no_format(opened: Opener, tmp_path: Path, world: Callable[[], KnowledgeGraph]) -> None:
    graph = world()
    page = opened(render(graph, title="</title><script>window.broken=1</script>"))
    until(page, "painted.length > 3")
    files = {form: taken(page, form) for form in FORMS}
    assert {name.partition(".")[0].removesuffix("-" + form) for form, (name, _) in files.items()} == {
        "title-script-window-broken-1-script"
    }
    drawing = etree.fromstring(files["svg"][1])
    assert {element.tag for element in drawing.iter()} <= {
        SVG + name for name in ("svg", "g", "title", "rect", "path", "circle", "text")
    }
    assert len(labels(drawing)) == page.evaluate("painted.length")
    assert Image.open(io.BytesIO(files["png"][1])).size[0] == 2 * page.evaluate("canvas.clientWidth")
    for form, table in SHEETS.items():
        read = rows(files[form][1])
        for row in read:
            assert set(row) <= set(table.columns)
            for column, cell in row.items():
                if table.columns[column] in ("text", "texts"):
                    assert not cell.startswith(FORMULA_STARTS)
    assert len(rows(files["entities"][1])) == len(graph)
    assert len(rows(files["facts"][1])) == graph.number_of_edges()
    (tmp_path / "hostile.graphml").write_bytes(files["graphml"][1])
    assert set(networkx_of(tmp_path / "hostile.graphml")) == set(graph)
    assert triples(files["turtle"][1])
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("window.broken") is None


def test_what_a_user_of_pyvis_adds_is_in_the_picture_alone(opened: Opener) -> None:
    view = network(small_world())
    view.add_node("note", label="手写注记", shape="box", x=0, y=300)
    view.add_edge("note", CITY)
    page = opened(view.generate_html(), hash="#most=20")
    drawing = etree.fromstring(taken(page, "svg")[1])
    assert "手写注记" in [text.text for text in drawing.iter(f"{SVG}text")]
    assert "note" not in {row["id"] for row in rows(taken(page, "entities")[1])}
    assert triples(taken(page, "turtle")[1])
