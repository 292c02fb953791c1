"""Facts that cannot all be true are named, and those that can are not."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pytest

from tests.graph.world import extraction, federation, holds, person
from unionkg.graph.attributes import ConflictAttributes, conflicts
from unionkg.graph.build import build_graph
from unionkg.graph.model import Entity, Extraction, Metadata, Outcome

QINGHAI, GANSU = federation("青海省"), federation("甘肃省")
COURIERS = Entity(id="C", type="GROUP", name="快递员")
CEN, WEI, NING = person("岑望舒"), person("韦知秋"), person("宁仲平")


@dataclass(frozen=True)
class Said:
    """A document of a day that says that somebody holds a seat."""

    who: Entity
    day: str | None
    role: str = "主席"
    status: str | None = "current"


def documents(*told: Said) -> list[Extraction]:
    return [
        extraction(
            f"doc{number}",
            [one.who, QINGHAI],
            [holds(one.who, QINGHAI, one.role, one.status)],
            metadata=Metadata(date=one.day),
        )
        for number, one in enumerate(told)
    ]


def found(corpus: list[Extraction]) -> list[ConflictAttributes]:
    return conflicts(build_graph(corpus))


CEN_2022_TO_2024 = (Said(CEN, "2022-03-01"), Said(CEN, "2024-03-01"))


@pytest.mark.parametrize(
    "told",
    [
        (*CEN_2022_TO_2024, Said(WEI, "2023-06-01")),
        (*CEN_2022_TO_2024, Said(WEI, "2023", status="elected")),
        (Said(CEN, "2024-03-01"), Said(WEI, "2024-03-01")),
    ],
)
def test_two_holders_of_one_seat_at_one_time_are_a_conflict(told: tuple[Said, ...]) -> None:
    [conflict] = found(documents(*told))
    assert conflict["kind"] == "two_holders"
    assert len(conflict["facts"]) == 2
    assert conflict["reason"].startswith("青海省总工会: 主席 at one time: ")
    assert all(name in conflict["reason"] for name in ("岑望舒", "韦知秋"))


@pytest.mark.parametrize(
    "told",
    [
        (*CEN_2022_TO_2024, Said(WEI, "2024-03-01")),
        (*CEN_2022_TO_2024, Said(WEI, "2025-01-01")),
        (*CEN_2022_TO_2024, Said(WEI, "2023-06-01", role="副主席")),
        (*CEN_2022_TO_2024, Said(WEI, "2023-06-01", status="former")),
        (*CEN_2022_TO_2024, Said(WEI, None)),
        (Said(CEN, "2024"), Said(WEI, "2024")),
        (Said(CEN, None), Said(WEI, None)),
        CEN_2022_TO_2024,
    ],
)
def test_holders_who_may_have_followed_one_another_are_none(told: tuple[Said, ...]) -> None:
    assert found(documents(*told)) == []


def test_three_holders_at_one_time_are_one_conflict() -> None:
    [conflict] = found(documents(*CEN_2022_TO_2024, Said(WEI, "2023-06-01"), Said(NING, "2023-07-01")))
    assert len(conflict["facts"]) == 3


def figure(
    value: float,
    *,
    subject: str | None = QINGHAI.id,
    unit: str = "个",
    what: str = "建成驿站",
    kind: str = "result",
    period: str | None = "2023",
    value_max: float | None = None,
    bound: str | None = None,
    beneficiary: str | None = None,
) -> Outcome:
    stated = Outcome(subject=subject, value=value, unit=unit, what=what, kind=kind, evidence=(0, 1), rule="figure")
    return msgspec.structs.replace(stated, period=period, value_max=value_max, bound=bound, beneficiary=beneficiary)


def told(*figures: Outcome) -> list[Extraction]:
    return [extraction(f"figure{number}", [QINGHAI, GANSU, COURIERS], (), [one]) for number, one in enumerate(figures)]


def test_two_values_of_one_figure_are_a_conflict() -> None:
    [conflict] = found(told(figure(120), figure(135), figure(120)))
    assert conflict["kind"] == "two_values"
    assert conflict["reason"] == "青海省总工会: 建成驿站, 2023: 120, 135 个"
    assert len(conflict["facts"]) == 2


@pytest.mark.parametrize(
    "other",
    [
        figure(120),
        figure(135, period="2024"),
        figure(135, unit="座"),
        figure(135, what="改建驿站"),
        figure(135, kind="target"),
        figure(135, subject=GANSU.id),
        figure(135, period=None),
        figure(135, subject=None),
    ],
)
def test_figures_of_different_things_are_none(other: Outcome) -> None:
    assert found(told(figure(120), other)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure(120), figure(100, bound="at_least")),
        (figure(120), figure(120, bound="at_least")),
        (figure(120), figure(120, bound="at_most")),
        (figure(120), figure(125, bound="about")),
        (figure(120), figure(100, value_max=150)),
        (figure(100, bound="at_least"), figure(5000, bound="at_least")),
        (figure(120), figure(120, beneficiary=COURIERS.id)),
    ],
)
def test_values_that_can_both_be_true_are_none(one: Outcome, other: Outcome) -> None:
    graph = build_graph(told(one, other))
    assert len(graph.graph["outcomes"]) == 2
    assert conflicts(graph) == []


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        (figure(99), figure(100, bound="at_least"), "99, ≥100"),
        (figure(121), figure(120, bound="at_most"), "≤120, 121"),
        (figure(120), figure(200, bound="about"), "120, ≈200"),
        (figure(60, bound="at_most"), figure(100, bound="at_least"), "≤60, ≥100"),
        (figure(60, value_max=80), figure(120, beneficiary=COURIERS.id), "60–80, 120"),
    ],
)
def test_values_that_cannot_both_be_true_are_a_conflict_with_their_bounds(
    one: Outcome, other: Outcome, values: str
) -> None:
    [conflict] = found(told(one, other))
    assert conflict["reason"] == f"青海省总工会: 建成驿站, 2023: {values} 个"


def test_a_figure_that_contradicts_none_is_not_in_the_conflict() -> None:
    graph = build_graph(told(figure(120), figure(135), figure(100, bound="at_least")))
    [conflict] = conflicts(graph)
    assert {one["value"] for one in graph.graph["outcomes"] if one["id"] in conflict["facts"]} == {120, 135}


def test_conflicts_are_in_order_of_ids_whatever_the_order_of_documents() -> None:
    corpus = documents(*CEN_2022_TO_2024, Said(WEI, "2023-06-01")) + told(figure(1), figure(2))
    both = found(corpus)
    assert {one["kind"] for one in both} == {"two_holders", "two_values"}
    assert both == sorted(found(corpus[::-1]), key=lambda one: one["id"])
