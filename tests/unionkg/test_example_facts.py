"""What the example corpus must and must not be made to say."""

from __future__ import annotations

from pathlib import Path

import pytest

import unionkg
from unionkg.graph.attributes import edges, nodes, outcomes
from unionkg.kg import KG

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> KG:
    return unionkg.build([CORPUS], tmp_path_factory.mktemp("examples") / "kg")


def test_a_postponed_platform_is_carried_out_by_nobody(kg: KG) -> None:
    names = dict(nodes(kg.graph))
    carried_out = {names[end]["name"] for _, end, _, fact in edges(kg.graph) if fact["type"] == "organises"}
    assert carried_out
    assert "黔工在线" not in carried_out


def test_what_a_plan_for_next_year_counts_is_no_result(kg: KG) -> None:
    plan = next(one["id"] for one in kg.graph.graph["documents"] if one["name"] == "10_jiangxi_liaoning.docx")
    kinds = {one["kind"] for one in outcomes(kg.graph) for sentence in one["evidence"] if sentence["document"] == plan}
    assert kinds == {"target"}


@pytest.mark.parametrize("name", ["喻青山", "白云区总工会"])
def test_two_of_one_name_in_two_provinces_are_two(kg: KG, name: str) -> None:
    assert len(kg.entity(name)) == 2


def test_an_official_of_four_documents_is_one(kg: KG) -> None:
    (person, about), *others = kg.entity("戈兰汀")
    assert person.startswith("per-")
    assert not others
    assert len(about["documents"]) == 4


def test_every_fact_has_its_sentence(kg: KG) -> None:
    for *_, fact in edges(kg.graph):
        assert fact["evidence"]
        assert all(sentence["quote"].strip() for sentence in fact["evidence"])
