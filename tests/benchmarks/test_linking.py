"""What `measure_linking` counts, and that linking stays as good as it was measured to be."""

from __future__ import annotations

import pytest

from benchmarks.linking.rows import HALVES, Row, rows
from benchmarks.linking.world import GAP, counties, full_name, world
from benchmarks.measure_linking import Score, by_grammar, scored
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.matching.index import Index


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return world(1000)


def test_rows_are_counted_by_what_they_mean_and_what_they_get() -> None:
    score = Score()
    score.add(Row(1, "full", {"name": "甲"}, "a"), (["a", "b"], True))
    score.add(Row(2, "full", {"name": "乙"}, "b"), (["x", "y", "z", "b"], False))
    score.add(Row(3, "absent", {"name": "丙"}, ""), (["a"], True))
    assert (score.rows, score.meant, score.found, score.matched, score.right) == (3, 2, 1, 2, 1)
    assert (score.wrong, score.missed) == (["3 absent: name=丙"], ["2 full: name=乙"])
    assert str(score).split() == ["3", "2", "2", "1", "0.5000", "0.5000", "0.5000"]


def test_the_world_has_every_federation_but_those_that_are_left_out(graph: KnowledgeGraph) -> None:
    names = {entity["name"] for _, entity in graph.nodes(data=True)}
    there = {full_name(one) for one in counties() if f"{full_name(one)}总工会" in names}
    assert {full_name(one) for one in counties()} - there == {
        full_name(one) for one in counties() if int(one.code) % GAP == 0
    }


def test_every_row_has_a_truth_and_the_halves_are_of_one_size(graph: KnowledgeGraph) -> None:
    found = rows(graph)
    assert len(found) >= 250
    assert {half: sum(row.half == half for row in found) for half in HALVES} == dict.fromkeys(HALVES, len(found) // 2)
    assert all(row.truth in graph for row in found if row.truth)


def test_matches_are_right_and_what_is_meant_is_among_the_first_three(graph: KnowledgeGraph) -> None:
    score = scored(rows(graph), by_grammar(Index(graph)), lambda row: "all")["all"]
    assert score.right / score.matched >= 0.99
    assert score.found / score.meant >= 0.95
    assert score.right / score.meant >= 0.85
