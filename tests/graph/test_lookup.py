from __future__ import annotations

import pytest

from tests.exports.world import CITY_UNION, UNION, world
from tests.graph.linked import linked
from unionkg.errors import AmbiguousEntity, UnknownEntity
from unionkg.graph.lookup import LISTED, named, near_names, the_one


@pytest.mark.parametrize("name", [UNION, "江海省总工会", "江海总工会", " 江海省「总工会」", "省总工会"])
def test_an_entity_goes_by_its_id_its_name_and_its_aliases(name: str) -> None:
    assert named(world(), name) == [UNION]
    assert the_one(world(), name) == UNION


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("海州", ["海州市总工会"]),
        ("海州市总工会办公室", ["海州市总工会"]),
        ("海洲市总公会", ["海州市总工会"]),
        ("haizhou", ["海州市总工会"]),
        ("快递", ["快递员"]),
        ("完全不同", []),
        ("", []),
    ],
)
def test_an_unknown_name_gets_near_ones(name: str, near: list[str]) -> None:
    assert near_names(world(), name) == near
    with pytest.raises(UnknownEntity) as caught:
        the_one(world(), name)
    assert all(found in str(caught.value) for found in (repr(name), *near))


def test_of_the_names_that_hold_it_those_of_most_documents_come_first() -> None:
    assert near_names(world(), "总工会")[0] == "江海省总工会"


def test_a_name_that_fits_several_lists_them() -> None:
    graph = world()
    graph.nodes[CITY_UNION]["aliases"] = ["省总工会"]
    with pytest.raises(AmbiguousEntity, match="2 entities go by '省总工会'") as caught:
        the_one(graph, "省总工会")
    assert caught.value.__notes__ == [
        f"{UNION}  江海省总工会 (ORG union, 2 documents, linked with 海州市总工会)",
        f"{CITY_UNION}  海州市总工会 (ORG union, 1 document, linked with 江海省总工会)",
    ]


def test_a_long_list_is_cut_and_says_so() -> None:
    graph = linked([], lone=(f"n{number:02}" for number in range(LISTED + 3)))
    for node in graph:
        graph.nodes[node]["name"] = "工会"
    with pytest.raises(AmbiguousEntity) as caught:
        the_one(graph, "工会")
    assert len(caught.value.__notes__) == LISTED + 1
    assert caught.value.__notes__[-1] == "and 3 more"
