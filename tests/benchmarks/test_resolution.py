"""What `measure_resolution` counts, on pages and nodes made by hand."""

from __future__ import annotations

from benchmarks.measure_resolution import Score, Unit, missed_pairs, plain, score, wrong_pairs
from unionkg.graph.model import Entity


def unit(page: str, name: str, node: str, truth: str, code: str | None = None) -> Unit:
    kind = truth.partition("/")[0]
    return Unit(page, Entity(id="E1", type=kind, name=name, code=code), node, truth, True)


FUZHOU, NANJING = "ORG/union/350102", "ORG/union/320106"
WORLD = [
    unit("1", "鼓楼区总工会", "a", FUZHOU, "350102"),
    unit("2", "鼓楼区总工会", "a", FUZHOU, "350102"),
    unit("3", "鼓楼区总工会", "a", NANJING),
    unit("4", "鼓楼区总工会", "b", FUZHOU),
]


def test_pairs_are_of_different_pages() -> None:
    assert score([unit("1", "区总", "a", FUZHOU), unit("1", "区总工会", "a", FUZHOU)]) == Score(0, 0, 0)


def test_true_and_joined_pairs_are_counted() -> None:
    assert score(WORLD) == Score(true=3, joined=3, right=1)


def test_wrong_pairs_are_those_that_joined_too_much() -> None:
    assert [(reason, count) for reason, count, _ in wrong_pairs(WORLD)] == [("ORG: territories of one name", 2)]


def test_missed_pairs_are_those_that_were_not_joined() -> None:
    assert [(reason, count) for reason, count, _ in missed_pairs(WORLD)] == [("ORG: one name, one code missing", 2)]


def test_errors_add_up_to_the_pairs_that_are_not_right() -> None:
    found = score(WORLD)
    assert sum(count for _, count, _ in wrong_pairs(WORLD)) == found.joined - found.right
    assert sum(count for _, count, _ in missed_pairs(WORLD)) == found.true - found.right


def test_forms_are_compared_in_simplified_script_without_marks() -> None:
    assert plain("「夏送清涼」活動") == plain("“夏送清凉”活动")
