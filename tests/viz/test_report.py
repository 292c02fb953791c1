"""Every number of the report is what the graph holds, and nothing of a document or a file runs in it."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

import lxml.html
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.viz.page_reader import elements
from tests.viz.world import (
    CHAIR,
    CITY,
    CONTEST,
    FEDERATION,
    NOTICE,
    PAYLOADS,
    REPORT,
    STATION,
    hostile_world,
    large_world,
    small_world,
)
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.provinces import PROVINCES
from unionkg.graph.readable import readable
from unionkg.graph.schema import ENTITY_TYPES, RELATION_TYPES
from unionkg.graph.segments import Edit
from unionkg.graph.texts import DocumentText, Foreign
from unionkg.viz.report import LISTED, report_page
from unionkg.viz.tile_map import tiles
from unionkg.viz.words import words

HOSTILE = [*(payload.removesuffix("\ud800") for payload in PAYLOADS), "\u202e会工总"]


class File(NamedTuple):
    path: str
    state: str = "read"
    reason: str | None = None
    broken: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def world() -> KnowledgeGraph:
    """The small world, with places, conflicts, and what may be one."""
    graph = small_world()
    graph.nodes[FEDERATION]["code"] = "360000"
    graph.nodes[CITY]["code"] = "440100"
    graph.add_edge(
        "per-00000000000000b2",
        FEDERATION,
        "fact-00000000000000aa",
        **{**graph.edges[CHAIR, FEDERATION, "fact-0000000000000001"], "sources": 1, "first_stated": "2023-01-01"},
    )
    graph.nodes["per-00000000000000b2"].update({**graph.nodes[CHAIR], "name": "费玉堂", "pinyin": "fei yu tang"})
    first, second = (dict(graph.graph["outcomes"][0], id=f"out-000000000000000{number}") for number in (1, 2))
    second |= {"value": 12345.0, "unit": "人次", "kind": "target"}
    graph.graph["outcomes"] = [first, second]
    graph.graph["conflicts"] = [
        {
            "id": "dis-1",
            "kind": "two_holders",
            "facts": ["fact-0000000000000001", "fact-00000000000000aa"],
            "reason": "",
        },
        {"id": "dis-2", "kind": "two_values", "facts": [first["id"], second["id"]], "reason": ""},
    ]
    graph.graph["possible"] = [
        {"id": "may-1", "nodes": [CONTEST, STATION], "reason": "one name in several territories"}
    ]
    return graph


def varied(size: int = 300) -> KnowledgeGraph:
    """A graph made from arithmetic, in which all that the report counts differs."""
    graph = large_world(size)
    papers = [f"{number:064x}" for number in range(40)]
    graph.graph["documents"] = [
        {
            "id": paper,
            "name": f"{number}.txt",
            "cluster": papers[number - number % 3] if number < 12 else paper,
            "authors": [],
            "editors": [],
            **({"date": f"{2015 + number % 9}-05-01"} if number % 5 else {}),
            **({"source": f"第{number % 17}报"} if number % 4 else {}),
            **({"encoding": "gb18030"} if number % 10 == 1 else {}),
        }
        for number, paper in enumerate(papers)
    ]
    codes = sorted(PROVINCES)[:20]
    for number, node in enumerate(sorted(graph)):
        entity = graph.nodes[node]
        entity["documents"] = sorted({papers[number % 40], papers[number * 7 % 40]})
        if entity["type"] in ("ORG", "PLACE") and number % 3:
            entity["code"] = f"{codes[number % 20]}0100"
        if entity["type"] == "ORG" and number % 2:
            entity["subtype"] = ("union", "media", "enterprise")[number % 3]
    relations = list(RELATION_TYPES)
    for number, (_, _, _, fact) in enumerate(sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2])):
        fact["type"] = relations[number % 11]
        fact["confidence"] = (0.5, 0.6, 0.75, 0.8, 0.95)[number % 5]
        fact["sources"] = 1 + number % 12
        fact["evidence"] = [
            dict(piece, document=papers[number % 40], restored=number % 6 == 0) for piece in fact["evidence"]
        ]
        fact.update({"modality": "planned"} if number % 7 == 0 else {})
        fact.update({"date": f"{1990 + number % 31}"} if number % 4 == 0 else {})
        fact.update({"first_stated": f"{2015 + number % 9}-05-01"} if number % 3 else {})
    graph.graph["outcomes"] = [
        {
            "id": f"out-{number:016x}",
            "value": float(number),
            "unit": f"单位{number % 15}",
            "what": "某事",
            "kind": ("result", "target")[number % 3 == 0],
            "confidence": 0.8,
            "rules": ["figure"],
            "sources": 1,
            "evidence": [],
            **({"period": f"{2000 + number % 20}/2030"} if number % 2 else {}),
        }
        for number in range(200)
    ]
    return graph


def rendered(graph: KnowledgeGraph, *files: File, texts: tuple[DocumentText, ...] = (), title: str = "") -> str:
    return report_page(title, readable(graph), files, texts)


def parsed(page: str) -> Any:
    """The page as a tree, whose paths have no types."""
    return lxml.html.fromstring(page)


def english(element: Any) -> str:
    """What an English reader sees of an element."""
    copy = parsed(lxml.html.tostring(element, encoding="unicode"))
    for hidden in copy.xpath("//*[contains(concat(' ', @class, ' '), ' zh ')]"):
        hidden.drop_tree()
    return " ".join(copy.text_content().split())


def tables(page: str) -> dict[str, dict[str, list[str]]]:
    """The tables by caption: the numbers of each row by its head; rows of one head in one list."""
    found: dict[str, dict[str, list[str]]] = {}
    for table in parsed(page).xpath("//table"):
        rows = found.setdefault(english(table.xpath("./caption")[0]), {})
        for row in table.xpath(".//tr[th[@scope='row']]"):
            numbers = [english(cell).replace(",", "") for cell in row.xpath("./td[contains(@class, 'number')]")]
            rows.setdefault(english(row.xpath("./th")[0]), []).extend(numbers)
    return found


def said(page: str) -> str:
    return english(parsed(page))


def pick(rows: dict[str, list[str]], name: str) -> list[int]:
    return [int(number) for number in rows[name]]


def test_types_relations_and_units_are_what_the_graph_holds() -> None:
    graph = varied()
    found = tables(rendered(graph))
    types = Counter(entity["type"] for _, entity in graph.nodes(data=True))
    for name, number in types.items():
        assert pick(found["Entities by type"], ENTITY_TYPES[name].en) == [number]
    media = sum(entity.get("subtype") == "media" for _, entity in graph.nodes(data=True))
    assert pick(found["Entities by type"], "media outlet") == [media]
    assert pick(found["Entities by type"], "Total") == [len(graph)]
    facts = [fact for *_, fact in graph.edges(data=True)]
    for kind in RELATION_TYPES.values():
        planned = sum(fact["type"] == kind.name and "modality" in fact for fact in facts)
        every = sum(fact["type"] == kind.name for fact in facts)
        assert [int(n) for n in found["Facts by relation"].get(kind.en, ["0", "0"])] == [every - planned, planned]
    units = Counter((figure["unit"], figure["kind"]) for figure in graph.graph["outcomes"])
    assert pick(found["Figures by unit"], "单位3") == [units["单位3", "result"], units["单位3", "target"]]
    assert len(found["Figures by unit"]) == 12 + 2  # twelve, the others, and the total
    assert sum(pick(found["Figures by unit"], "Total")) == len(graph.graph["outcomes"])
    listed = [pick(found["Figures by unit"], name) for name in found["Figures by unit"] if name != "Total"]
    assert [sum(column) for column in zip(*listed, strict=True)] == pick(found["Figures by unit"], "Total")


def test_confidence_and_support_are_what_the_facts_hold() -> None:
    graph = varied()
    page = rendered(graph)
    found = tables(page)
    facts = [fact for *_, fact in graph.edges(data=True)]
    bands = [
        sum(low <= fact["confidence"] < high for fact in facts)
        for low, high in ((0, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 2))
    ]
    assert pick(found["Facts by confidence"], "Total") == bands
    posts = [fact["confidence"] for fact in facts if fact["type"] == "holds_post"]
    assert pick(found["Facts by confidence"], "holds post")[0] == sum(value < 0.6 for value in posts)
    sources = Counter(fact["sources"] for fact in facts)
    rows = found["Facts by number of independent sources"]
    assert [pick(rows, str(number)) for number in range(1, 10)] == [[sources[number]] for number in range(1, 10)]
    assert pick(rows, "10 or more") == [sum(number for count, number in sources.items() if count > 9)]
    restored = sum(all(piece["restored"] for piece in fact["evidence"]) for fact in facts)
    assert f"{restored} facts stand only in sentences that had to be restored" in said(page)
    supported = sum(fact["sources"] > 1 for fact in facts)
    assert f"Of the facts, {supported} rest on more than one independent source" in said(page)


def test_documents_are_counted_by_source_year_copy_and_encoding() -> None:
    graph = varied()
    page = rendered(graph)
    found, papers = tables(page), graph.graph["documents"]
    sources = Counter(paper.get("source") for paper in papers)
    rows = found["Documents by the source that they name"]
    ranked = sorted((name for name in sources if name), key=lambda name: (-sources[name], name))
    for name in ranked[:12]:
        assert pick(rows, name) == [sources[name]]
    rest = sum(sources[name] for name in ranked[12:])
    assert pick(rows, f"{len(ranked) - 12} other sources") == [rest]
    assert pick(rows, "not named") == [sources[None]]
    years = Counter(paper.get("date", "undated")[:7].partition("-")[0] for paper in papers)
    assert {name: [int(n) for n in cells] for name, cells in found["Documents by year"].items() if name != "Total"} == {
        year: [number] for year, number in years.items()
    }
    clusters = Counter(paper["cluster"] for paper in papers)
    copies = [size for size in clusters.values() if size > 1]
    assert f"{sum(copies) - len(copies)} documents are reposts" in said(page)
    assert f"they are {len(copies)} articles" in said(page)
    assert f"there are {len(clusters)} independent documents" in said(page)
    assert f"{sum('encoding' in paper for paper in papers)} in gb18030" in said(page)
    dated = sorted(year for year in years if year != "undated")
    assert f"made from {len(papers)} documents of {len(ranked)} named sources." in said(page)
    assert f"are from {dated[0]} to {dated[-1]}; {years['undated']} have no date." in said(page)


def test_facts_belong_to_their_own_year_else_to_that_of_their_first_document() -> None:
    graph = varied()
    own: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for *_, fact in graph.edges(data=True):
        if "date" in fact:
            own[fact["date"][:4]] += 1
        else:
            told[fact.get("first_stated", "undated")[:7].partition("-")[0]] += 1
    page = rendered(graph)
    rows = tables(page)["Facts by year"]
    assert {year: pick(rows, year) for year in rows if year != "Total"} == {
        year: [own[year], told[year]] for year in own | told
    }
    drawn = parsed(page).xpath("//svg[@aria-labelledby='fact-years']//text[contains(@class, 'value')]")
    assert sum(int(number.text.replace(",", "")) for number in drawn) == graph.number_of_edges()
    periods = Counter(figure.get("period", "undated").partition("/")[0] for figure in graph.graph["outcomes"])
    rows = tables(page)["Figures by the first year of their period"]
    assert {year: pick(rows, year)[0] for year in rows if year != "Total"} == dict(periods)


def test_regions_have_their_entities_and_the_missing_ones_are_shown_and_named() -> None:
    graph = varied()
    page = rendered(graph)
    codes = Counter(entity["code"][:2] for _, entity in graph.nodes(data=True) if "code" in entity)
    rows = tables(page)["Where"]
    assert {name: pick(rows, province.en)[1] for name, province in PROVINCES.items()} == {
        code: codes[code] for code in PROVINCES
    }
    drawn = {tile.get("data-code"): tile for tile in parsed(page).xpath("//g[@data-code]")}
    missing = set(PROVINCES) - set(codes)
    assert {code for code, tile in drawn.items() if "empty" in tile.get("class")} == missing
    told = said(page).partition("Nothing was found that belongs to: ")[2].partition(". ")[0]
    assert told.split(", ") == [PROVINCES[code].en for code in sorted(missing)]
    facts = {code: pick(rows, PROVINCES[code].en)[2] for code in codes}
    numbers = {code: drawn[code].xpath("./text[@class='facts']")[0].text for code in codes}
    assert numbers == {code: f"{number:,}" for code, number in facts.items()}
    nowhere = int(re.findall(r"entities, (\d+) facts?", said(page))[-1])
    assert sum(facts.values()) + nowhere == graph.number_of_edges()


def test_the_map_has_each_province_once_in_a_square_of_its_own() -> None:
    assert {tile.code for tile in tiles()} == set(PROVINCES)
    assert len({(tile.column, tile.row) for tile in tiles()}) == len(tiles()) == len(PROVINCES) == 34
    assert all(PROVINCES[tile.code].zh.startswith(tile.name) for tile in tiles())
    place = {tile.name: tile for tile in tiles()}
    assert place["新疆"].column < place["甘肃"].column < place["山东"].column
    assert place["黑龙江"].row < place["北京"].row < place["上海"].row < place["海南"].row


def test_the_foremost_are_those_with_the_most_facts() -> None:
    graph = varied()
    facts = Counter(node for edge in graph.edges() for node in edge)
    clusters = {paper["id"]: paper["cluster"] for paper in graph.graph["documents"]}
    rows = tables(rendered(graph))
    for kind, caption in (("ORG", "Organisations"), ("PROGRAMME", "Programmes")):
        known = [node for node, entity in graph.nodes(data=True) if entity["type"] == kind]
        best = sorted((facts[node] for node in known), reverse=True)[:10]
        assert [int(cells[0]) for cells in rows[caption].values()] == best
    names = {entity["name"]: node for node, entity in graph.nodes(data=True)}
    for name, (count, papers) in rows["Organisations"].items():
        node = names[name.partition(" ")[0]]
        independent = {clusters[paper] for paper in graph.nodes[node]["documents"]}
        assert (int(count), int(papers)) == (facts[node], len(independent))


def test_officials_stand_with_a_post_that_they_hold() -> None:
    page = rendered(world())
    [row] = [name for name in tables(page)["Officials"] if name.startswith("林若溪")]
    assert row == "林若溪 lin ruo xi 主席 云海省总工会"
    assert pick(tables(page)["Groups"], "货车司机 huo che si ji") == [1, 1]


def test_conflicts_and_possible_matches_are_told_by_names() -> None:
    page = rendered(world())
    found = tables(page)
    assert pick(found["Cannot all be true"], "one seat, several holders at a time") == [1]
    assert pick(found["Cannot all be true"], "one figure, several values") == [1]
    assert pick(found["May be the same, not joined"], "one name in several territories") == [1]
    doubts = [english(one) for one in parsed(page).xpath("//ol[@class='doubts']/li")]
    assert doubts[0].startswith("云海省总工会 yun hai sheng zong gong hui 主席")
    assert "林若溪" in doubts[0]
    assert "费玉堂 fei yu tang 2023-01-01" in doubts[0]
    assert "12,345 人次" in doubts[1]
    assert doubts[2].startswith("匠心杯 jiang xin bei · 暖心驿站 nuan xin yi zhan one name in several")
    links = set(parsed(page).xpath("//ol[@class='doubts']//a/@href"))
    assert {f"graph.html#node={node}" for node in (FEDERATION, CHAIR, CONTEST, STATION)} <= links


def test_one_name_of_several_stands_once_with_what_tells_them_apart() -> None:
    graph = world()
    for node, code in ((STATION, "360000"), (CONTEST, "530102")):
        graph.nodes[node].update(
            name="暖心驿站", pinyin="nuan xin yi zhan", rule="territory", matched=["暖心驿站", code, ""]
        )
    page = rendered(graph)
    [doubt] = [one for one in parsed(page).xpath("//ol[@class='doubts']/li") if "驿站" in english(one)][-1:]
    assert english(doubt) == "暖心驿站 nuan xin yi zhan: Yunnan · Jiangxi one name in several territories"


def texts() -> tuple[DocumentText, ...]:
    spun = "工会开展活動，加微信领奖，服务职工。"
    return (
        DocumentText(
            document=REPORT,
            text=spun,
            foreign=(Foreign(7, 13, "spam"), Foreign(16, 18, "spam"), Foreign(0, 2, "advert")),
            edits=(
                Edit(4, 6, "活动", "script"),
                Edit(7, 13, "", "spam"),
                Edit(13, 15, "帮助", "synonym"),
                Edit(18, 18, "。", "synonym"),
            ),
        ),
        DocumentText(document=NOTICE, text="總工會通知", edits=(Edit(0, 3, "总工会", "script"),)),
    )


def test_noise_and_restoring_are_what_the_texts_hold() -> None:
    page = rendered(world(), texts=texts())
    found = tables(page)
    assert found["Text that is not the author’s"] == {"spam": ["1", "2", "8"], "advert": ["1", "1", "2"]}
    assert {name: cells[0] for name, cells in found["Restoring"].items()} == {
        "words restored": "1",
        "foreign text in it, words as they are": "0",
        "traditional script read as simplified, no more": "1",
        "read as they are": "0",
        "Total": "2",
    }
    total = sum(len(text.text) for text in texts())
    shares = [f"{100 * part / total:.1f}%" for part in (2, 6 + 2 + 2, 1 + 2)]
    assert f"Of {total} characters, {shares[0]} belong to words" in said(page)
    assert f"{shares[1]} are not the author’s, and {shares[2]} were read in simplified script" in said(page)
    assert "the author’s in 1 document; in 1 document words had been replaced" in said(page)


def test_without_texts_the_report_says_that_they_were_not_at_hand() -> None:
    page = rendered(world())
    assert "The texts of the documents were not at hand" in said(page)
    assert "Restoring" not in tables(page)
    assert "alone were at hand" not in said(page)
    assert "The text of 1 document alone were at hand" not in said(rendered(world(), texts=texts()))
    assert "The text of 1 document alone was at hand" in said(rendered(world(), texts=texts()[:1]))


def test_files_that_could_not_be_used_are_named_with_their_reasons() -> None:
    files = (
        File("a.pdf", "failed", "a.pdf: it holds no text"),
        File("b.txt", "duplicate", "the same bytes as c.txt"),
        File("c.txt", broken=("record 3: no text",), warnings=("reads as if machine-spun",)),
        File("d.txt", "forgotten", "as the ledger says"),
    )
    page = rendered(world(), *files)
    assert {name: cells[0] for name, cells in tables(page)["Files"].items()} == {
        "read": "1",
        "could not be used": "1",
        "same bytes as another file": "1",
        "left out, as the ledger says": "1",
        "Total": "4",
    }
    lists = [english(one) for one in parsed(page).xpath("//ul[@class='files']/li")]
    assert lists == [
        "a.pdf it holds no text",
        "b.txt the same bytes as c.txt",
        "c.txt record 3: no text",
        "c.txt reads as if machine-spun",
    ]
    assert "1 file could not be used" in said(page)


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        (("/home/x/docs/a.pdf", "/home/x/docs/sub/b.pdf"), ["a.pdf", "sub/b.pdf"]),
        (("docs/a.pdf", "news/b.pdf"), ["docs/a.pdf", "news/b.pdf"]),
        (("/docs/a.pdf", "b.pdf"), ["/docs/a.pdf", "b.pdf"]),
        (("/home/x/only.pdf",), ["only.pdf"]),
    ],
)
def test_files_are_named_below_the_folder_that_holds_them_all(paths: tuple[str, ...], shown: list[str]) -> None:
    page = rendered(world(), *(File(path, "failed", f"{path}: damaged, as {path} is") for path in paths))
    lists = [english(one) for one in parsed(page).xpath("//ul[@class='files']/li")]
    assert lists == [f"{path} damaged, as {path} is" for path in shown]


def test_long_lists_of_files_end_with_how_many_more_there_are() -> None:
    page = rendered(world(), *(File(f"{number}.pdf", "failed", "damaged") for number in range(LISTED + 7)))
    assert len(parsed(page).xpath("//ul[@class='files']/li")) == LISTED
    assert "7 more: see manifest.json" in said(page)


def test_the_page_has_both_languages_and_every_label_in_each() -> None:
    chinese, known = words().values()
    assert set(chinese) == {key for key in known if not key.endswith("One")}
    assert {key: sorted(re.findall(r"\{(\w+)\}", text)) for key, text in chinese.items()} == {
        key: sorted(re.findall(r"\{(\w+)\}", known[key])) for key in chinese
    }
    page = parsed(rendered(varied()))
    assert len(page.xpath("//span[@class='zh']")) == len(page.xpath("//span[@class='en']")) > 100


def test_headings_are_in_order_and_tables_and_pictures_have_names() -> None:
    page = parsed(rendered(varied(), texts=texts()))
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    for table in page.xpath("//table"):
        assert english(table.xpath("./caption")[0])
        assert {head.get("scope") for head in table.xpath(".//th")} == {"col", "row"}
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for picture in page.xpath("//svg"):
        if picture.get("role") == "img":
            assert english(page.get_element_by_id(picture.get("aria-labelledby")))
        else:
            assert picture.get("aria-hidden") == "true"


def test_the_same_graph_gives_the_same_report_whatever_its_order() -> None:
    graph = world()
    rows, facts = list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))
    random.Random(5).shuffle(rows)
    random.Random(5).shuffle(facts)
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(rows)
    for start, end, key, data in facts:
        turned.add_edge(start, end, key, **data)
    assert rendered(turned, texts=texts()) == rendered(graph, texts=texts()[::-1])


def test_an_empty_graph_has_a_report() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(documents=[], outcomes=[], possible=[], conflicts=[], editions=[])
    page = rendered(graph)
    assert "made from 0 documents." in said(page)
    assert all("empty" in tile.get("class") for tile in parsed(page).xpath("//g[@data-code]"))


def hostile(text: str) -> str:
    """Return the report on a world, files and texts that say this text wherever a document could."""
    graph = world()
    for _, entity in graph.nodes(data=True):
        entity.update(name=text, pinyin=text, matched=[text, text])
    for _, _, fact in graph.edges(data=True):
        fact.update(role=text, date=text, first_stated=text)
    for figure in graph.graph["outcomes"]:
        figure.update(unit=text, what=text, period=text)
    for paper in graph.graph["documents"]:
        paper.update(source=text, date=text, encoding=text, name=text)
    graph.graph["possible"][0]["reason"] = text
    file = File(text, "failed", text, (text,), (text,))
    read = DocumentText(document=REPORT, text=text, foreign=(Foreign(0, 1, "spam"),))
    return rendered(graph, file, File("beside.txt"), texts=(read,), title=text)  # so no folder holds both


PLAIN = [one.tag for one in elements(hostile("云海"))]


def test_hostile_texts_add_no_element_to_the_page() -> None:
    for payload in PAYLOADS:
        assert [one.tag for one in elements(hostile(payload))] == PLAIN, payload
    page = rendered(hostile_world())
    assert sum(one.tag == "script" for one in elements(page)) == 1


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(HOSTILE) | st.text("<>&\"'`{}%年\n\r\u202e/-!", min_size=1, max_size=20))
def test_no_text_breaks_out_of_the_page(text: str) -> None:
    page = hostile(text)
    assert [one.tag for one in elements(page)] == PLAIN
    page.encode()


def test_what_documents_say_is_isolated_in_its_direction() -> None:
    page = parsed(hostile("\u202e会工总"))
    for element in page.xpath("//body//*[contains(text(), '\u202e')]"):
        assert element.tag == "bdi", lxml.html.tostring(element, encoding="unicode")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_links_lead_to_the_view_alone_or_to_pages_on_the_web(payload: str) -> None:
    graph = world()
    graph.graph["documents"][0]["source"] = payload
    graph.graph["documents"][1]["source"] = "https://gonghui.example/a?b=1&c=%22"
    links = {one.attributes["href"] for one in elements(rendered(graph)) if "href" in one.attributes}
    assert {link for link in links if not re.fullmatch(r"graph\.html(#node=[\w-]+)?", link)} == {
        "https://gonghui.example/a?b=1&c=%22"
    }


def test_only_the_pages_own_style_and_script_are_allowed_and_nothing_is_fetched() -> None:
    found = elements(hostile(PAYLOADS[0]))
    digests = {
        tag: base64.b64encode(hashlib.sha256(one.text.encode()).digest()).decode()
        for tag in ("style", "script")
        for one in found
        if one.tag == tag
    }
    [policy] = [one.attributes["content"] for one in found if "http-equiv" in one.attributes]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests['script']}'; style-src 'sha256-{digests['style']}'; "
        "base-uri 'none'; form-action 'none'"
    )
    fetching = {"src", "srcset", "action", "data", "poster", "style", "onclick", "onerror", "xlink:href"}
    assert not [one for one in found if fetching & one.attributes.keys()]
    [style] = [one.text for one in found if one.tag == "style"]
    assert "@import" not in style
    assert "url(" not in style


def test_without_a_person_in_office_no_official_is_named() -> None:
    graph = small_world()
    graph.remove_node(CHAIR)
    page = rendered(graph)
    assert "Officials" not in tables(page)
    assert "Officials None was found." in said(page)
