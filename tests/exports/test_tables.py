from __future__ import annotations

import csv
from io import StringIO

import pytest

from tests.exports.parsing import written
from tests.exports.world import (
    CHAIR,
    COURIERS,
    DONE,
    HELD,
    HOLDS,
    HOSTILE_NAMES,
    NOTICE,
    OLD_CHAIR,
    PARTNERS,
    PROGRAMME,
    PROVINCE,
    REPORT,
    UNION,
    hostile_world,
    shuffled,
    world,
)
from unionkg.exports.cells import FORMULA_STARTS
from unionkg.exports.iri import document_name
from unionkg.exports.rows import DOCUMENTS, DOUBTS, ENTITIES, OUTCOMES, RELATIONS, TABLES, Table
from unionkg.exports.tables import write_table
from unionkg.graph.attributes import KnowledgeGraph


def table(kind: Table, graph: KnowledgeGraph) -> dict[str, dict[str, str]]:
    """Return the rows by id."""
    data = written(lambda stream: write_table(kind, graph, stream))
    assert data.startswith(b"\xef\xbb\xbfid,")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    return {row["id"]: row for row in rows}


def test_a_row_tells_the_years_of_the_code_the_other_codes_and_what_is_above() -> None:
    graph = world()
    graph.nodes[UNION]["code"], graph.nodes[PROVINCE]["code"] = "330185", "330000"
    rows = table(ENTITIES, graph)
    columns = ("code", "code_from", "code_until", "other_codes", "parents", "wikidata")
    assert [rows[UNION][column] for column in columns] == [
        *("330185", "1996", "2016"),
        "330124 临安县 /1995|330112 临安区 2017/",
        "330000 浙江省|330100 杭州市",
        "",
    ]
    assert [rows[PROVINCE][column] for column in columns] == ["330000", "", "", "", "", "Q16967"]


def test_the_item_of_a_province_is_that_of_the_place_and_of_no_body() -> None:
    graph = world()
    graph.nodes[UNION]["code"] = graph.nodes[PROVINCE]["code"] = "330000"
    rows = table(ENTITIES, graph)
    assert (rows[UNION]["wikidata"], rows[UNION]["code"], rows[PROVINCE]["wikidata"]) == ("", "330000", "Q16967")


def test_an_entity_is_a_row() -> None:
    rows = table(ENTITIES, world())
    assert len(rows) == len(world().nodes)
    assert rows[UNION] == {
        "id": UNION,
        "type": "ORG",
        "subtype": "union",
        "name": "江海省总工会",
        "aliases": "江海总工会|省总工会",
        "former_names": "江海总工会",
        "traditional": "江海省總工會",
        "pinyin": "jiang hai sheng zong gong hui",
        "code": "990000",
        "code_from": "",
        "code_until": "",
        "other_codes": "",
        "parents": "",
        "wikidata": "",
        "exact_matches": "https://names.example/%E6%B1%9F%E6%B5%B7|https://things.example/entity/Q99",
        "close_matches": "http://authority.example/union?id=7&lang=zh",
        "documents": "2",
        "mentions": "5",
        "rule": "name",
        "matched": "江海省总工会",
    }
    assert rows[CHAIR]["subtype"] == rows[CHAIR]["code"] == rows[CHAIR]["aliases"] == ""


def test_what_is_in_doubt_is_a_row() -> None:
    graph = world()
    graph.graph["possible"] = [{"id": "may-1", "nodes": [CHAIR, OLD_CHAIR], "reason": "=one name"}]
    graph.graph["conflicts"] = [{"id": "dis-1", "kind": "two_holders", "facts": [HELD, HOLDS], "reason": "one seat"}]
    graph.graph["editions"] = [{"id": "edi-1", "narrow": PROGRAMME, "wide": UNION}]
    rows = list(csv.reader(StringIO(written(lambda stream: write_table(DOUBTS, graph, stream)).decode("utf-8-sig"))))
    assert rows == [
        ["id", "kind", "about", "reason"],
        ["may-1", "possible", f"{CHAIR}|{OLD_CHAIR}", "'=one name"],
        ["dis-1", "two_holders", f"{HELD}|{HOLDS}", "one seat"],
        ["edi-1", "edition", f"{PROGRAMME}|{UNION}", ""],
    ]


def test_a_fact_is_a_row_with_names_and_its_first_evidence() -> None:
    rows = table(RELATIONS, world())
    assert len(rows) == len(world().edges)
    assert rows[HOLDS] == {
        "id": HOLDS,
        "type": "holds_post",
        "subject": CHAIR,
        "subject_name": "林知远",
        "object": UNION,
        "object_name": "江海省总工会",
        "role": "主席",
        "status": "current",
        "date": "2023-05",
        "title": "",
        "programme": "",
        "programme_name": "",
        "modality": "",
        "confidence": "0.9",
        "sources": "1",
        "first_stated": "",
        "last_stated": "",
        "rules": "verb",
        "evidence": "1",
        "document": document_name(REPORT),
        "start": "10",
        "end": "26",
        "quote": "江海省总工会主席林知远出席会议。",
    }
    assert (rows[PARTNERS]["programme"], rows[PARTNERS]["programme_name"]) == (PROGRAMME, "暖蜂行动")
    assert (rows[DONE]["evidence"], rows[DONE]["document"]) == ("2", document_name(REPORT))


def test_a_figure_is_a_row_of_numbers() -> None:
    rows = table(OUTCOMES, world())
    assert (rows["out-0000000000000001"]["value"], rows["out-0000000000000001"]["value_max"]) == ("120000", "150000")
    assert rows["out-0000000000000001"]["subject_name"] == "江海省总工会"
    told = ("bound", "beneficiary", "beneficiary_name")
    assert [rows["out-0000000000000001"][name] for name in told] == ["about", COURIERS, "快递员"]
    assert [rows["out-0000000000000002"][name] for name in told] == ["", "", ""]
    assert (rows["out-0000000000000002"]["value"], rows["out-0000000000000002"]["subject"]) == ("0.35", "")


def test_a_document_is_a_row() -> None:
    rows = table(DOCUMENTS, world())
    assert rows[document_name(REPORT)]["authors"] == "甲作者|乙作者"
    assert rows[document_name(REPORT)]["correspondents"] == "乙作者"
    assert rows[document_name(REPORT)]["original_title"] == "江海启动暖蜂行动"
    assert rows[document_name(REPORT)]["number"] == "江工发〔2023〕8号"
    assert rows[document_name(REPORT)]["url"] == "https://jianghai.example/2023/8.html"
    assert rows[document_name(NOTICE)]["sha256"] == NOTICE
    assert rows[document_name(NOTICE)]["title"] == ""


def test_hostile_names_stay_in_their_cells_and_open_no_formula() -> None:
    names = {row["name"] for row in table(ENTITIES, hostile_world()).values()}
    expected = {f"'{name}" if name.startswith(FORMULA_STARTS) else name for name in HOSTILE_NAMES}
    assert expected <= names
    quotes = {row["quote"] for row in table(RELATIONS, hostile_world()).values()}
    assert expected <= quotes


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.name)
def test_the_order_of_building_leaves_no_trace(kind: Table) -> None:
    one, other = hostile_world(), shuffled(hostile_world(), 7)
    assert written(lambda stream: write_table(kind, one, stream)) == written(
        lambda stream: write_table(kind, other, stream)
    )
