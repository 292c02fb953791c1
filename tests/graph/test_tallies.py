from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.graph.linked import linked, sentence
from unionkg.graph.divisions import divisions
from unionkg.graph.provinces import PROVINCES
from unionkg.graph.tallies import ProvinceTally, TypeTally, YearTally, by_province, by_type, by_year

PAPERS = ("d1", "d2", "d3")


def dated(graph: Any, dates: dict[str, str | None]) -> Any:
    """Return the graph with these documents, each with its date if it has one."""
    graph.graph["documents"] = [
        {"id": paper, "name": paper, "cluster": paper, "authors": [], "editors": []} | ({"date": date} if date else {})
        for paper, date in dates.items()
    ]
    for node in graph:
        graph.nodes[node]["documents"] = [paper for paper in graph.nodes[node]["documents"] if paper in dates]
    return graph


def test_types_are_counted_with_their_subtypes() -> None:
    graph = linked([], lone="abcd")
    graph.nodes["b"].update(subtype="media", mentions=4)
    graph.nodes["c"].pop("subtype")
    graph.nodes["d"].update(type="EVENT", subtype="")
    del graph.nodes["d"]["subtype"]
    assert by_type(graph) == [
        TypeTally("EVENT", None, 1, 1),
        TypeTally("ORG", "media", 1, 4),
        TypeTally("ORG", "union", 1, 1),
        TypeTally("ORG", None, 1, 1),
    ]


def test_a_document_belongs_to_the_province_that_most_of_its_entities_name() -> None:
    graph = dated(linked([], lone="abcde"), dict.fromkeys(PAPERS))
    for node, code, papers in (("a", "360000", ["d1", "d2"]), ("b", "360102", ["d1"]), ("c", "210200", ["d1", "d2"])):
        graph.nodes[node].update(code=code, documents=papers)
    graph.nodes["d"]["code"] = "100000"
    assert by_province(graph) == [
        ProvinceTally("21", 0, 1, 0),
        ProvinceTally("36", 1, 2, 0),
        ProvinceTally(None, 2, 2, 0),
    ]


def test_a_fact_belongs_to_the_province_of_its_subject_then_its_object_then_its_documents() -> None:
    said = {"evidence": [sentence(document="d1")]}
    twice = {"evidence": [sentence(document="d1"), sentence(document="d2")]}
    graph = dated(
        linked([("x", "y", said), ("p", "y", said), ("p", "q", said), ("p", "q", twice)]), dict.fromkeys(("d1", "d2"))
    )
    graph.nodes["x"].update(code="360000", documents=["d2"])
    graph.nodes["y"].update(code="210000", documents=["d1"])
    assert {row.province: row.facts for row in by_province(graph)} == {"36": 1, "21": 2, None: 1}


def test_a_fact_belongs_to_the_year_of_its_own_date_else_of_the_earliest_document() -> None:
    twice = {"evidence": [sentence(document="d1"), sentence(document="d2"), sentence(document="d3")]}
    undated = {"evidence": [sentence(document="d3")]}
    graph = dated(
        linked([("a", "b", {**twice, "date": "2016-03/2019-11"}), ("a", "b", twice), ("a", "b", undated)]),
        {"d1": "2024-05-01", "d2": "2023", "d3": None},
    )
    assert by_year(graph) == [
        YearTally("2016", 0, 1),
        YearTally("2023", 1, 1),
        YearTally("2024", 1, 0),
        YearTally(None, 1, 1),
    ]


CODES = st.sampled_from(["360000", "360102", "210200", "100000", None])
WORLDS = st.lists(st.tuples(CODES, st.sets(st.sampled_from(PAPERS), min_size=1), st.sampled_from(["ORG", "PLACE"])))


@given(WORLDS, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(PAPERS))))
def test_every_table_adds_up(
    entities: list[tuple[str | None, set[str], str]], facts: list[tuple[int, int, str]]
) -> None:
    rows = [
        (f"n{one}", f"n{other}", {"evidence": [sentence(document=paper)]})
        for one, other, paper in facts
        if max(one, other) < len(entities)
    ]
    graph = linked(rows, lone=[f"n{number}" for number in range(len(entities))])
    for number, (code, papers, kind) in enumerate(entities):
        graph.nodes[f"n{number}"].update({"type": kind, "documents": sorted(papers)} | ({"code": code} if code else {}))
    dated(graph, {"d1": "2024-05-01", "d2": "2023", "d3": None})
    provinces, years, types = by_province(graph), by_year(graph), by_type(graph)
    assert sum(row.entities for row in types) == len(graph)
    assert sum(row.documents for row in provinces) == sum(row.documents for row in years) == len(PAPERS)
    assert sum(row.facts for row in provinces) == sum(row.facts for row in years) == graph.number_of_edges()
    assert sum(row.organisations for row in provinces) == sum(row.entities for row in types if row.type == "ORG")


def test_the_provinces_are_those_of_the_divisions() -> None:
    known = divisions()
    assert {code: province.zh for code, province in PROVINCES.items()} == {
        division.code[:2]: division.name for division in known.children("") if division.level == "province"
    }
