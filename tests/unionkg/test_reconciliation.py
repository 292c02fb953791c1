"""Reconciliation queries are answered by the matching core; one that is ill formed spoils no other."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import unionkg
from tests.unionkg.matching_world import graph, node
from unionkg.errors import InvalidOption, InvalidRequest
from unionkg.exports.iri import BASE
from unionkg.graph.schema import ENTITY_TYPES, PREFIXES
from unionkg.matching.candidate import Query
from unionkg.matching.search import candidates
from unionkg.nlp.extract import Options
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.reconciliation.kinds import id_of, kind_of, kinds
from unionkg.reconciliation.properties import PROPERTIES, property_of
from unionkg.reconciliation.queries import BATCH, LONGEST, LONGEST_VALUE, MOST, answer_queries
from unionkg.reconciliation.service_manifest import service_manifest


@cache
def catalogue(language: str = "en") -> Catalogue:
    return Catalogue(graph(), language="zh" if language == "zh" else "en")


def asked(query: object) -> dict[str, Any]:
    """What is answered to one query."""
    answer = answer_queries(catalogue(), json.dumps({"q": query}))
    assert list(answer) == ["q"]
    found: dict[str, Any] = answer["q"]
    return found


def matched(query: object) -> list[str]:
    """The ids of the candidates that are a match."""
    return [one["id"] for one in asked(query)["result"] if one["match"]]


def told(*pairs: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"pid": pid, "v": value} for pid, value in pairs]


@pytest.mark.parametrize(
    ("query", "properties", "meant"),
    [
        ("省总工会", told(("province", "浙江")), "浙江省总工会"),
        ("省总工会", told(("省份", "浙江省")), "浙江省总工会"),
        ("白云区总工会", told(("place", "贵阳")), "贵阳市白云区总工会"),
        ("白云区总工会", told(("parent", "广州市总工会")), "广州市白云区总工会"),
        ("白云区总工会", told(("code", 520113)), "贵阳市白云区总工会"),
        ("白云区总工会", told(("province", "贵州省"), ("nothing of ours", "x")), "贵阳市白云区总工会"),
        ("白云区总工会", told(("province", ["江苏省", "贵州省"])), "贵阳市白云区总工会"),
        ("马望川", told(("employer", "杭州市总")), "马望川@杭州市总工会"),
        ("马望川", told(("role", "贵阳市白云区总工会副主席")), "马望川@贵阳市白云区总工会"),
        ("第三届职工烹饪大赛", told(("province", "浙江"), ("year", 2021.0)), "第三届浙江省职工烹饪大赛"),
    ],
)
def test_properties_tell_which_one_is_meant(query: str, properties: list[dict[str, Any]], meant: str) -> None:
    assert matched({"query": query, "properties": properties}) == [node(meant)]


def test_a_bare_name_has_no_match() -> None:
    assert matched({"query": "省总工会"}) == []
    found = asked({"query": "白云区总工会"})["result"]
    assert {one["id"] for one in found} == {node("贵阳市白云区总工会"), node("广州市白云区总工会")}
    assert not any(one["match"] for one in found)


def test_a_value_that_is_too_long_to_say_anything_is_passed_over() -> None:
    long = "贵州省" * LONGEST_VALUE
    assert matched({"query": "杭州市总工会", "properties": told(("province", long))}) == [node("杭州市总工会")]


def test_two_values_that_mean_two_things_leave_both_open() -> None:
    query = {"query": "白云区总工会", "properties": told(("province", ["广东省", "贵州省"]))}
    assert matched(query) == []
    assert len(asked(query)["result"]) == 2


@pytest.mark.parametrize("value", ["贵阳市白云区", f"{BASE}贵阳市白云区"])
def test_an_entity_of_the_graph_is_a_value(value: str) -> None:
    place = value.removeprefix("贵阳市白云区").removesuffix("贵阳市白云区") + node("贵阳市白云区")
    for pid in ("place", "province"):
        for told_as in (place, {"id": place}, {"id": place, "name": "白云区"}):
            query = {"query": "白云区总工会", "properties": told((pid, told_as))}
            assert matched(query) == [node("贵阳市白云区总工会")]


def test_an_entity_that_the_graph_has_not_is_its_name() -> None:
    body = {"id": "Q7", "name": "杭州市总工会"}
    assert matched({"query": "马望川", "properties": told(("employer", body))}) == [node("马望川@杭州市总工会")]
    assert matched({"query": "马望川", "properties": told(("employer", {"id": "Q7"}))}) == []


def test_an_id_is_enough() -> None:
    union = node("杭州市总工会")
    assert matched({"query": union}) == matched({"query": BASE + union}) == [union]
    assert matched({"properties": told(("id", union))}) == [union]
    assert matched({"query": "", "type": "Place", "properties": told(("code", "330110"))}) == [node("余杭区")]


def test_a_candidate_tells_what_it_is_and_why() -> None:
    (found,) = answer_queries(catalogue("zh"), '{"q": {"query": "杭州市总", "type": "Organisation"}}')["q"]["result"]
    assert found == {
        "id": node("杭州市总工会"),
        "name": "杭州市总工会",
        "description": "工会 · 浙江省杭州市 · 1篇文献 · 名称相同；辖区相同：杭州市",
        "type": [{"id": "TradeUnion", "name": "工会"}, {"id": "Organisation", "name": "组织"}],
        "score": 100.0,
        "match": True,
        "features": [
            {"id": "name_equal", "value": False},
            {"id": "agreeing", "value": 2},
            {"id": "disagreeing", "value": 0},
            {"id": "documents", "value": 1},
            {"id": "type_match", "value": True},
        ],
    }


def test_candidates_are_in_order_of_score() -> None:
    for name in ("白云区总工会", "马望川", "杭洲市总工会", "第四届浙江省职工烹饪大赛"):
        scores = [one["score"] for one in asked({"query": name})["result"]]
        assert scores == sorted(scores, reverse=True) != []


class TestTypes:
    def test_types_have_the_names_of_the_classes(self) -> None:
        assert [kind_of(id_of(kind)) for kind in kinds()] == list(kinds())
        assert kind_of(PREFIXES["ukg"] + "TradeUnion") == ("ORG", "union")
        assert len(set(map(id_of, kinds()))) == sum(1 + len(row.subtypes) for row in ENTITY_TYPES.values())

    def test_any_one_of_several_types_will_do(self) -> None:
        assert matched({"query": "杭州市总工会", "type": ["Person", "工会"]}) == [node("杭州市总工会")]
        assert asked({"query": "杭州市总工会", "type": ["Person", "Enterprise"]}) == {"result": []}

    def test_all_types_must_be_there_if_that_is_asked(self) -> None:
        query = {"query": "杭州市总工会", "type_strict": "all"}
        assert matched(query | {"type": ["Organisation", "TradeUnion"]}) == [node("杭州市总工会")]
        assert asked(query | {"type": ["Organisation", "Person"]}) == {"result": []}

    def test_another_type_that_is_not_asked_for_strictly_is_to_be_looked_at(self) -> None:
        (found,) = asked({"query": "杭州市总工会", "type": "Person", "type_strict": "should"})["result"]
        assert (found["id"], found["match"]) == (node("杭州市总工会"), False)
        assert "the type does not agree" in found["description"]

    def test_an_unknown_type_is_refused_unless_another_will_do(self) -> None:
        for strict in ("any", "all"):
            found = asked({"query": "杭州市总工会", "type": "Q43229", "type_strict": strict})
            assert found["result"] == []
            assert "unknown type 'Q43229'; accepted: Organisation, TradeUnion" in found["error"]
        assert matched({"query": "杭州市总工会", "type": "Q43229", "type_strict": "should"}) == [node("杭州市总工会")]
        assert matched({"query": "杭州市总工会", "type": ["Q43229", "TradeUnion"]}) == [node("杭州市总工会")]


@pytest.mark.parametrize("limit", [1, 2.0, MOST, 10**6])
def test_a_limit_is_kept(limit: float) -> None:
    found = asked({"query": "白云区总工会", "limit": limit})["result"]
    assert len(found) == min(2, limit)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"query": "x", "limit": 0}, "the limit is 0"),
        ({"query": "x", "limit": -1}, "the limit is -1"),
        ({"query": "x", "limit": 1.5}, "the limit is 1.5"),
        ({"query": "x", "limit": "5"}, "Expected `float`, got `str`"),
        ({"query": "x", "limit": 10**300}, "the limit is"),
        ({"query": None}, "Expected `str`, got `null`"),
        ({"limit": 1}, "no name and no properties"),
        ({"properties": []}, "no name and no properties"),
        ({"query": "x", "props": []}, "unknown field `props`"),
        ({"query": "x", "properties": [{"pid": "province"}]}, "missing required field `v`"),
        ({"query": "x", "properties": [{"pid": "province", "v": None}]}, "got `null`"),
        ({"query": "x", "type": 7}, "got `int`"),
        ({"query": "x", "type_strict": "some"}, "Invalid enum value 'some'"),
        ({"query": "甲" * (LONGEST + 1)}, f"has {LONGEST + 1} characters"),
        ([], "Expected `object`, got `array`"),
        (7, "Expected `object`, got `int`"),
    ],
)
def test_an_ill_formed_query_has_an_error_and_no_candidates(query: object, wrong: str) -> None:
    answer = answer_queries(catalogue(), json.dumps({"good": {"query": "杭州市总工会"}, "bad": query}))
    assert answer["good"]["result"][0]["match"]
    assert answer["bad"]["result"] == []
    assert wrong in answer["bad"]["error"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing",
        "[]",
        "7",
        "null",
        '"x"',
        '{"q": }',
        '{"q": {"query": "x"}',
        b"\xff\xfe{}",
        '"\ud800"',
        "[" * 10**5,
        '{"a":' * 10**5,
    ],
)
def test_what_is_no_batch_is_refused(text: str | bytes) -> None:
    with pytest.raises(InvalidRequest, match="this is no batch of reconciliation queries"):
        answer_queries(catalogue(), text)


def test_a_batch_that_is_larger_than_the_manifest_says_is_refused() -> None:
    size = service_manifest(catalogue(), "https://unions.example")["batchSize"]
    batch = {f"q{number}": {"query": ""} for number in range(size + 1)}
    with pytest.raises(InvalidRequest, match=f"the batch has {BATCH + 1} queries; accepted: at most {BATCH}"):
        answer_queries(catalogue(), json.dumps(batch))
    del batch["q0"]
    assert answer_queries(catalogue(), json.dumps(batch)) == {name: {"result": []} for name in batch}


@pytest.mark.parametrize(
    "name", ["浙江省总", "禾岚纺织集团工会", "白云区总工会", "浙江省交通工会", "马望川", "杭洲市总工会", "余杭区"]
)
@pytest.mark.parametrize("province", ["", "浙江省", "贵州省"])
def test_the_service_decides_as_the_matching_core_does(name: str, province: str) -> None:
    direct = candidates(catalogue().index, Query(name=name, province=province), MOST)
    found = asked({"query": name, "limit": MOST, "properties": told(("province", province))})["result"]
    assert [(one["id"], one["match"]) for one in found] == [(one.id, one.match) for one in direct if one.score >= 50]
    assert found or (name, province) == ("白云区总工会", "浙江省")


def test_properties_go_by_their_names_in_both_languages() -> None:
    for row in PROPERTIES.values():
        assert [property_of(name) for name in (row.id, row.zh, row.en)] == [row, row, row]
    assert property_of("P17") is None


def test_a_knowledge_graph_gives_its_catalogue(corpus: Path, tmp_path: Path) -> None:
    options = Options(ner="rules")
    kg = unionkg.build([corpus], tmp_path / "KG", options=options, workers=0, base="https://unions.example/id/")
    found = kg.catalogue("zh")
    assert (found.base, found.language, found.index) == ("https://unions.example/id/", "zh", kg.index)
    name = next(entry.name for entry in found.index.entries.values() if entry.name.endswith("省总工会"))
    (best, *_) = answer_queries(found, json.dumps({"q": {"query": name}}))["q"]["result"]
    assert (best["name"], best["match"]) == (name, True)


class TestManifest:
    def test_the_spaces_are_those_of_the_graph_and_the_ontology(self) -> None:
        told = service_manifest(Catalogue(graph(), "https://unions.example/id/"), "https://unions.example/r/")
        assert told["identifierSpace"] == "https://unions.example/id/"
        assert told["schemaSpace"] == PREFIXES["ukg"]
        assert told["preview"]["url"] == "https://unions.example/r/preview?id={{id}}"
        entity = told["suggest"]["entity"]
        assert entity["service_url"] + entity["service_path"] == "https://unions.example/r/suggest/entity"
        assert "${id}" in entity["flyout_service_path"]

    def test_the_view_may_be_another_page(self) -> None:
        told = service_manifest(catalogue(), "http://127.0.0.1:8000", view="http://127.0.0.1:8000/entity/{{id}}")
        assert told["view"] == {"url": "http://127.0.0.1:8000/entity/{{id}}"}

    @pytest.mark.parametrize("address", ["", "unions.example", "ftp://unions.example", "https://u.example/?a=1", "x:#"])
    def test_an_address_that_is_none_is_refused(self, address: str) -> None:
        with pytest.raises(InvalidOption, match="is none of a service"):
            service_manifest(catalogue(), address)

    @pytest.mark.parametrize("view", ["https://u.example/", "javascript:{{id}}", "https://u.example/<{{id}}>"])
    def test_a_view_that_is_no_template_is_refused(self, view: str) -> None:
        with pytest.raises(InvalidOption, match="is no template"):
            service_manifest(catalogue(), "https://u.example", view=view)
