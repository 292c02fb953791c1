"""The divisions of entities in RDF: codes and names with years, what is above and before them, Wikidata's items."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.from_rdf import divisions_of
from tests.exports.parsing import rdf
from tests.exports.posts import rows
from unionkg import build
from unionkg.exports.iri import division_name
from unionkg.exports.validation import validate
from unionkg.graph.attributes import KnowledgeGraph, nodes
from unionkg.graph.divisions import division_of, divisions, wikidata_item

KNOWN = divisions()
CODES = sorted({one.code for form in KNOWN.forms() for one in KNOWN.above_townships(form)})


def places(*named: tuple[str, str]) -> KnowledgeGraph:
    """Return a graph of nothing but places, each of a name and a code."""
    graph: KnowledgeGraph = nx.MultiDiGraph(documents=[], outcomes=[], editions=[], possible=[], conflicts=[])
    for number, (name, code) in enumerate(named):
        told: dict[str, Any] = {"type": "PLACE", "name": name, "aliases": [], "pinyin": "", "code": code, "mentions": 1}
        graph.add_node(f"plc-{number:016x}", **told, rule="code", matched=[code], documents=[])
    return graph


def said(graph: KnowledgeGraph) -> dict[str, dict[str, Any]]:
    return divisions_of(rdf(graph, "nt"))


def expected(graph: KnowledgeGraph) -> dict[str, dict[str, Any]]:
    """Return what the RDF should say of divisions, as `divisions_of` reads it."""
    of = {node: one for node, entity in nodes(graph) if (one := division_of(entity))}
    return {
        division_name(one): {
            "code": one.code,
            "name": one.name,
            "since": one.since and str(one.since),
            "until": one.last_year and str(one.last_year),
            "above": next(map(division_name, KNOWN.above(one)[-1:]), None),
            "before": sorted(map(division_name, KNOWN.before(one))),
            "item": (item := wikidata_item(one)) and f"http://www.wikidata.org/entity/{item}",
            "of": sorted(node for node, other in of.items() if other == one),
        }
        for one in KNOWN.closure(of.values())
    }


def test_a_place_leads_to_its_code_and_that_to_former_codes_and_to_what_is_above() -> None:
    found = said(places(("临安区", "330112")))
    assert found["div-330112-2017"] == {
        "code": "330112",
        "name": "临安区",
        "since": "2017",
        "until": None,
        "above": "div-330100-1980",
        "before": ["div-330185-1996"],
        "item": None,
        "of": ["plc-0000000000000000"],
    }
    assert found["div-330185-1996"]["before"] == ["div-330124-1980"]
    assert (found["div-330124-1980"]["since"], found["div-330124-1980"]["until"]) == (None, "1995")
    assert found["div-330000-1980"]["item"] == "http://www.wikidata.org/entity/Q16967"
    assert set(found) == {
        f"div-{name}" for name in ("330112-2017", "330185-1996", "330124-1980", "330100-1980", "330000-1980")
    }


def test_a_place_known_by_a_former_code_leads_to_it_and_the_later_one_is_there() -> None:
    found = said(places(("临安市", "330185")))
    assert found["div-330185-1996"]["of"] == ["plc-0000000000000000"]
    assert found["div-330112-2017"]["of"] == []


def test_two_places_under_one_code_lead_to_two_divisions() -> None:
    found = said(places(("正定县", "130123"), ("栾城县", "130123")))
    of = {one["name"]: one["of"] for one in found.values() if one["code"] == "130123"}
    assert of == {"正定县": ["plc-0000000000000000"], "栾城县": ["plc-0000000000000001"]}


def test_an_unknown_code_stays_a_code_alone() -> None:
    data = rdf(places(("某地", "990000")), "nt").decode()
    assert '"990000"' in data
    assert "/div-" not in data
    assert "ConceptScheme" not in data


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*CODES, "330502104", "440111103", "999999"]), max_size=5))
def test_divisions_come_back_from_the_rdf_of_any_codes(codes: list[str]) -> None:
    graph = places(*((f"某{number}", code) for number, code in enumerate(codes)))
    assert said(graph) == expected(graph)


@pytest.mark.parametrize("code", ["330112", "110103", "522600", "330502104", "810000", "820000", "710000", "999999"])
def test_what_is_said_of_any_code_conforms(code: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    path.write_bytes(rdf(places(("某地", code)), "nt"))
    assert validate(path).findings == ()


def test_the_divisions_of_the_example_come_back(tmp_path: Path) -> None:
    kg = build(["examples/corpus"], tmp_path / "KG", workers=0)
    found = divisions_of((kg.folder / "graph.nt").read_bytes())
    assert found == expected(kg.graph)
    assert sum(one["item"] is not None for one in found.values()) > 3


PLACES = places(
    ("临安区", "330112"), ("襄阳市", "420600"), ("正定县", "130123"), ("栾城县", "130123"), ("埭溪镇", "330502104")
)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("330185", [("临安市", "1996", "2016", "330112", "临安区", "临安区")]),
        ("330112", [("临安区", "2017", "", "330112", "临安区", "临安区")]),
        (
            "420600",
            [
                ("襄樊市", "", "2009", "420600", "襄阳市", "襄阳市"),
                ("襄阳市", "2010", "", "420600", "襄阳市", "襄阳市"),
            ],
        ),
        (
            "130123",
            [
                ("栾城县", "1986", "1992", "130123", "栾城县", "栾城县"),
                ("正定县", "1993", "", "130123", "正定县", "正定县"),
            ],
        ),
        ("999999", []),
    ],
)
def test_a_former_code_finds_what_stands_under_the_present_one(code: str, found: list[tuple[str, ...]]) -> None:
    columns = ("division", "since", "until", "code_now", "division_now", "name")
    assert rows(PLACES, "under-code", *columns, code=code) == found


@pytest.mark.parametrize("division", ["浙江省", "330000"])
def test_what_lies_in_a_division_is_found_by_its_name_and_its_code(division: str) -> None:
    found = rows(PLACES, "in-division", "within", "code", "name", division=division)
    assert found == [("浙江省", "330112", "临安区"), ("浙江省", "330502104", "埭溪镇")]


def test_the_codes_of_a_place_are_told_with_their_years() -> None:
    found = rows(PLACES, "codes-of", "code", "division", "since", "until", "above", name="临安区")
    assert found == [
        ("330124", "临安县", "", "1995", "杭州市"),
        ("330185", "临安市", "1996", "2016", "杭州市"),
        ("330112", "临安区", "2017", "", "杭州市"),
    ]
