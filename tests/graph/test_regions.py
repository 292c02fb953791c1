from __future__ import annotations

from tests.viz.world import CHAIR, CITY, CONTEST, DRIVERS, FEDERATION, LONER, PROVINCE, STATION, evidence, small_world
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.regions import provinces_of


def provincial_world() -> KnowledgeGraph:
    graph = small_world()
    graph.nodes[FEDERATION]["code"] = "330000"
    graph.nodes[CITY]["code"] = "360100"
    return graph


def linked(graph: KnowledgeGraph, start: str, end: str, number: int) -> None:
    graph.add_edge(
        start, end, f"fact-{number:016x}", type="organises", confidence=0.9, rules=["verb"], sources=1,
        evidence=[evidence("d", 0, "甲办乙。")],
    )  # fmt: skip


def test_an_entity_belongs_to_the_province_of_its_code_else_of_what_it_is_linked_with() -> None:
    found = provinces_of(provincial_world())
    assert found == {
        **dict.fromkeys((FEDERATION, PROVINCE, CHAIR, STATION, CONTEST), "33"),
        DRIVERS: "33",  # at two steps, through the station
        CITY: "36",
    }
    assert list(found) == sorted(found)
    assert LONER not in found


def test_what_is_linked_with_two_provinces_alike_belongs_to_none() -> None:
    graph = provincial_world()
    linked(graph, CITY, STATION, 99)
    found = provinces_of(graph)
    assert STATION not in found
    assert DRIVERS not in found


def test_many_facts_with_one_body_count_once() -> None:
    graph = provincial_world()
    for number in range(90, 95):
        linked(graph, CITY, STATION, number)
    assert STATION not in provinces_of(graph)


def test_what_belongs_to_the_whole_country_belongs_to_no_province() -> None:
    graph = provincial_world()
    graph.nodes[STATION]["code"] = "100000"
    assert STATION not in provinces_of(graph)
