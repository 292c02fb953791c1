"""What a client fetches for entities that it has: suggestions while somebody types, columns of values, small pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
import msgspec
import pytest

from tests.exports import world
from tests.graph import test_corrections as corrections
from tests.graph.world import extraction, person
from tests.unionkg.matching_world import graph, node
from unionkg.errors import InvalidRequest, UnknownEntity
from unionkg.exports.iri import BASE
from unionkg.graph.build import build_graph
from unionkg.graph.schema import ENTITY_TYPES
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.reconciliation.extend import MOST_IDS, MOST_PROPERTIES, extend, propose_properties
from unionkg.reconciliation.preview import (
    HEIGHT,
    WIDTH,
    flyout_of_entity,
    flyout_of_property,
    flyout_of_type,
    preview,
)
from unionkg.reconciliation.properties import PROPERTIES
from unionkg.reconciliation.queries import answer_queries
from unionkg.reconciliation.request import Json
from unionkg.reconciliation.suggest import PAGE, suggest_entities, suggest_properties, suggest_types

Suggest = Callable[..., Json]


@cache
def unions() -> Catalogue:
    return Catalogue(graph())


@cache
def facts() -> Catalogue:
    """The world with posts, plans and figures."""
    return Catalogue(world.world())


def names(answer: Json) -> list[str]:
    return [one["name"] for one in answer["result"]]


def ids(answer: Json) -> list[str]:
    return [one["id"] for one in answer["result"]]


class TestSuggestions:
    @pytest.mark.parametrize(
        "prefix",
        [
            "杭州",
            "杭州市总",
            "杭州市總",
            " 杭州市 总工会",
            "hangzhou",
            "hang zhou shi",
            "HangZhou",
            "hzszg",
            "杭州市总工会",
        ],
    )
    def test_a_name_can_be_typed_in_characters_pinyin_or_initials(self, prefix: str) -> None:
        assert names(suggest_entities(unions(), prefix))[0] == "杭州市总工会"

    def test_what_a_short_name_may_mean_is_suggested_too(self) -> None:
        found = suggest_entities(unions(), "白云区总工会")
        assert set(names(found)) == {"贵阳市白云区总工会", "广州市白云区总工会"}

    def test_an_old_name_leads_to_the_new_one(self) -> None:
        assert names(suggest_entities(unions(), "浙江省交通"))[0] == "浙江省海员建设工会"

    def test_an_id_or_iri_is_a_prefix(self) -> None:
        union = node("杭州市总工会")
        assert ids(suggest_entities(unions(), union)) == ids(suggest_entities(unions(), BASE + union)) == [union]

    def test_namesakes_are_told_apart(self) -> None:
        found = suggest_entities(unions(), "马望川")["result"]
        assert {one["description"] for one in found} == {
            "person · 杭州市总工会主席 · 1 document",
            "person · 贵阳市白云区总工会副主席 · 1 document",
        }
        assert [one["notable"] for one in found] == [[{"id": "Person", "name": "person"}]] * 2

    @pytest.mark.parametrize("suggest", [suggest_entities, suggest_properties, suggest_types])
    def test_pages_follow_one_another(self, suggest: Suggest) -> None:
        many = [person(f"赵{name}") for name in "望舒青禾明远立夏秋白怀瑾南星"]
        catalogue = Catalogue(build_graph([extraction("many", many)]))
        prefix = "赵" if suggest is suggest_entities else ""
        whole: list[str] = []
        while page := ids(suggest(catalogue, prefix, len(whole))):
            assert len(page) <= PAGE
            whole += page
        assert len(whole) == len(set(whole)) > PAGE
        assert ids(suggest(catalogue, prefix, str(PAGE - 1)))[:1] == whole[PAGE - 1 : PAGE]

    @pytest.mark.parametrize("cursor", ["-1", -1, "x", "1.5", "", "²", "9" * 5000])
    @pytest.mark.parametrize("suggest", [suggest_entities, suggest_properties, suggest_types])
    def test_a_cursor_that_is_no_number_is_refused(self, suggest: Suggest, cursor: str | int) -> None:
        with pytest.raises(InvalidRequest, match="the cursor is"):
            suggest(unions(), "杭", cursor)

    def test_nothing_is_suggested_for_nothing(self) -> None:
        for prefix in ("", "  ", "“”", "没有这样的名称"):
            assert suggest_entities(unions(), prefix) == {"result": []}

    @pytest.mark.parametrize("prefix", ["province", "Prov", "省", "shengf", "sf"])
    def test_properties_are_typed_in_both_languages(self, prefix: str) -> None:
        assert "province" in ids(suggest_properties(unions(), prefix))

    @pytest.mark.parametrize("prefix", ["TradeU", "trade", "union", "工会", "gonghui", "gh"])
    def test_types_are_typed_in_both_languages(self, prefix: str) -> None:
        (found,) = suggest_types(unions(), prefix)["result"]
        assert found["id"] == "TradeUnion"
        assert found["broader"] == [{"id": "Organisation", "name": "organisation"}]


def cells(catalogue: Catalogue, one: str, pid: str, **settings: Any) -> list[dict[str, Any]]:
    """The values of one property for one entity."""
    query = {"ids": [one], "properties": [{"id": pid, "settings": settings}]}
    found: list[dict[str, Any]] = extend(catalogue, json.dumps(query))["rows"][one][pid]
    return found


class TestColumns:
    @pytest.mark.parametrize(
        ("one", "pid", "values"),
        [
            (world.UNION, "code", [{"str": "990000"}]),
            (world.UNION, "type", [{"str": "organisation"}]),
            (world.UNION, "subtype", [{"str": "trade union"}]),
            (world.UNION, "alias", [{"str": "省总工会"}]),
            (world.UNION, "formerName", [{"str": "江海总工会"}]),
            (world.UNION, "traditional", [{"str": "江海省總工會"}]),
            (world.UNION, "pinyin", [{"str": "jiang hai sheng zong gong hui"}]),
            (world.UNION, "iri", [{"str": BASE + world.UNION}]),
            (world.UNION, "place", [{"id": world.PROVINCE, "name": "江海省"}]),
            (world.UNION, "holder", [{"id": world.CHAIR, "name": "林知远"}]),
            (
                world.UNION,
                "holderPost",
                [{"str": "林知远主席 (current, 2023-05)"}, {"str": "苏未央主席 (former, 2021)"}],
            ),
            (world.UNION, "below", [{"id": world.CITY_UNION, "name": "海州市总工会"}]),
            (world.UNION, "event", [{"id": world.CONGRESS, "name": "江海省总工会代表大会"}]),
            (world.UNION, "programme", []),
            (world.UNION, "partner", [{"id": world.CITY_UNION, "name": "海州市总工会"}]),
            (world.UNION, "figure", [{"str": "慰问快递员 ≈120000–150000人 (2021/2023)"}]),
            (world.UNION, "figureValue", [{"float": 120000.0}]),
            (world.UNION, "documents", [{"int": 2}]),
            (world.UNION, "mentions", [{"int": 5}]),
            (world.UNION, "firstDocument", [{"date": "2023-05-08T00:00:00Z"}]),
            (world.UNION, "url", [{"str": "https://jianghai.example/2023/8.html"}]),
            (world.UNION, "closeMatch", [{"str": "http://authority.example/union?id=7&lang=zh"}]),
            (world.CITY_UNION, "parent", [{"id": world.UNION, "name": "江海省总工会"}]),
            (world.CHAIR, "employer", [{"id": world.UNION, "name": "江海省总工会"}]),
            (world.OLD_CHAIR, "employer", []),
            (world.OLD_CHAIR, "post", [{"str": "江海省总工会主席 (former, 2021)"}]),
            (world.CHAIR, "attended", [{"id": world.CONGRESS, "name": "江海省总工会代表大会"}]),
            (world.CONGRESS, "parent", [{"id": world.UNION, "name": "江海省总工会"}]),
            (world.PROGRAMME, "parent", []),
            (world.PROGRAMME, "figureValue", [{"float": 120000.0}]),
            (world.UNION, "nothing of ours", []),
            ("Q7", "code", []),
        ],
    )
    def test_values_are_those_of_the_graph(self, one: str, pid: str, values: list[dict[str, Any]]) -> None:
        assert cells(facts(), one, pid) == values

    def test_the_province_of_a_person_is_that_of_the_body(self) -> None:
        province = {"id": node("浙江省"), "name": "浙江省"}
        assert cells(unions(), node("杭州市总工会"), "province") == [province]
        assert cells(unions(), node("马望川@杭州市总工会"), "province") == [province]
        assert cells(unions(), node("马望川@贵阳市白云区总工会"), "province") == [{"str": "贵州省"}]

    def test_settings_are_kept(self) -> None:
        assert cells(facts(), world.UNION, "holder", content="literal") == [{"str": "林知远"}]
        assert cells(facts(), world.UNION, "holderPost", limit="1") == cells(facts(), world.UNION, "holderPost")[:1]
        assert cells(facts(), world.UNION, "holderPost", limit=0) == cells(facts(), world.UNION, "holderPost")

    def test_columns_of_entities_have_their_type(self) -> None:
        query = {"ids": [], "properties": [{"id": "holder"}, {"id": "code"}, {"id": "P17"}]}
        assert extend(facts(), json.dumps(query)) == {
            "meta": [
                {"id": "holder", "name": "holder", "type": {"id": "Person", "name": "person"}},
                {"id": "code", "name": "code"},
                {"id": "P17", "name": "P17"},
            ],
            "rows": {},
        }

    @pytest.mark.parametrize(
        ("query", "wrong"),
        [
            ("", "this is no data extension query"),
            ("[]", "this is no data extension query"),
            ({"ids": []}, "missing required field `properties`"),
            ({"ids": [7], "properties": []}, "Expected `str`, got `int`"),
            ({"ids": [], "properties": [{"id": "code", "settings": {"limit": "x"}}]}, "the limit is 'x'"),
            ({"ids": [], "properties": [{"id": "code", "settings": {"limit": []}}]}, r"the limit is \[\]"),
            ({"ids": [], "properties": [{"id": "code", "settings": {"content": {}}}]}, "the content is {}"),
            ({"ids": ["x"] * (MOST_IDS + 1), "properties": []}, f"has {MOST_IDS + 1} ids"),
            ({"ids": [], "properties": [{"id": "x"}] * (MOST_PROPERTIES + 1)}, f"has {MOST_PROPERTIES + 1} properties"),
        ],
    )
    def test_what_is_no_such_query_is_refused(self, query: object, wrong: str) -> None:
        with pytest.raises(InvalidRequest, match=wrong):
            extend(facts(), query if isinstance(query, str) else json.dumps(query))

    def test_a_type_has_its_properties_proposed(self) -> None:
        person = {one["id"] for one in propose_properties(facts(), "Person")["properties"]}
        assert {"employer", "post", "province"} <= person
        assert {"holder", "programme"}.isdisjoint(person)
        union = [one["id"] for one in propose_properties(facts(), "TradeUnion")["properties"]]
        assert {"holder", "programme", "parent"} <= set(union)
        cut = propose_properties(facts(), "TradeUnion", "3")
        assert (cut["type"], cut["limit"], [one["id"] for one in cut["properties"]]) == ("TradeUnion", 3, union[:3])

    @pytest.mark.parametrize("kind", ["", "Q5"])
    def test_an_unknown_type_has_what_all_have(self, kind: str) -> None:
        found = {one["id"] for one in propose_properties(facts(), kind)["properties"]}
        assert {"id", "alias", "pinyin", "province", "documents"} <= found
        assert {"holder", "employer", "place", "year"}.isdisjoint(found)

    def test_the_documentation_says_what_has_which_properties(self, root: Path) -> None:
        text = (root / "docs" / "reconciliation.md").read_text("utf-8").split("## Columns")[1].split("\n\n")[2]
        rows = [line.split(" | ") for line in text.splitlines()[2:]]
        told = {row[0].strip("| "): set(re.findall("`(.+?)`", row[1])) for row in rows}
        types = ("ORG", "PERSON", "PLACE", "PROGRAMME", "EVENT", "POLICY")
        shared = {name for name, row in PROPERTIES.items() if len(row.types) == len(ENTITY_TYPES)}
        assert list(told.values()) == [
            shared,
            *({name for name, row in PROPERTIES.items() if kind in row.types} - shared for kind in types),
        ]

    def test_a_limit_that_is_no_number_is_refused(self) -> None:
        with pytest.raises(InvalidRequest, match="the limit is '-1'"):
            propose_properties(facts(), "Person", "-1")


class TestPages:
    def test_a_preview_says_what_the_thing_is(self) -> None:
        page = lxml.html.fromstring(preview(facts(), BASE + world.UNION))
        assert page.findtext(".//h1") == "江海省总工会"
        lines = [line.text for line in page.iter("p")]
        assert lines[0] == "trade union · 2 documents"
        assert "other name: 省总工会" in lines
        assert "holder and post: 林知远主席 (current, 2023-05), 苏未央主席 (former, 2021)" in lines

    def test_a_preview_has_the_size_of_the_manifest_and_loads_nothing(self) -> None:
        text = preview(facts(), world.UNION)
        assert f"width: {WIDTH}px; height: {HEIGHT}px" in text
        assert "default-src 'none'" in text
        page = lxml.html.fromstring(text)
        assert {element.tag for element in page.iter()} <= {"html", "head", "meta", "title", "style", "body", "h1", "p"}
        assert len(list(page.iter("p"))) * 13 * 1.45 + 15 * 1.45 + 16 <= HEIGHT

    @pytest.mark.parametrize("name", world.HOSTILE_NAMES)
    def test_a_hostile_name_stays_text(self, name: str) -> None:
        hostile = world.world()
        hostile.nodes[world.UNION].update(name=name, aliases=[name])
        found = Catalogue(hostile)
        flyout = flyout_of_entity(found, world.UNION)
        for text in (preview(found, world.UNION), flyout["html"]):
            page = lxml.html.fromstring(text)
            tags = {element.tag for element in page.iter()}
            assert tags <= {"html", "head", "meta", "title", "style", "body", "h1", "p", "div", "b"}
            assert all("\u202e" not in (element.text or "") for element in page.iter())
        shown = " ".join(map(str, lxml.html.fromstring(flyout["html"]).itertext()))
        if "<" in name:
            assert name in shown
        assert cells(found, world.CITY_UNION, "parent") == [{"id": world.UNION, "name": name}]
        assert name in names(suggest_entities(found, world.UNION))

    def test_properties_and_types_have_flyouts(self) -> None:
        assert flyout_of_property(facts(), "code") == {
            "id": "code",
            "html": "<p><b>code</b></p>\n<p>The GB/T 2260 code.</p>",
        }
        assert "<b>trade union</b>" in flyout_of_type(facts(), "TradeUnion")["html"]

    def test_what_is_not_there_has_no_page(self) -> None:
        for page in (preview, flyout_of_entity):
            with pytest.raises(UnknownEntity, match="no entity has the id '<b>Q7'"):
                page(facts(), "<b>Q7")
        with pytest.raises(InvalidRequest, match="unknown property 'P17'; accepted: province"):
            flyout_of_property(facts(), "P17")
        with pytest.raises(InvalidRequest, match="unknown type 'Q5'"):
            flyout_of_type(facts(), "Q5")


def test_what_is_masked_or_was_taken_down_is_in_no_answer() -> None:
    thanked = msgspec.structs.replace(corrections.BUILT, what="致电13912345678慰问岑望舒")
    report = extraction("report", [corrections.CEN, corrections.QINGHAI], outcomes=[thanked])
    corpus = [report, *corrections.CORPUS[1:]]
    documents = ("report", "notice", "letter", "visit")
    gone = [corrections.judged("forget", corrections.at("岑望舒", document)) for document in documents]
    found = Catalogue(corrections.corrected(corpus, *gone)[0])
    everything = sorted(found.index.entries)
    query = {"ids": everything, "properties": [{"id": name} for name in PROPERTIES]}
    answers = [
        extend(found, json.dumps(query)),
        suggest_entities(found, "岑"),
        answer_queries(found, '{"q": {"query": "岑望舒", "type": "Person"}}'),
        *(preview(found, one) for one in everything),
        *(flyout_of_entity(found, one) for one in everything),
    ]
    text = json.dumps(answers, ensure_ascii=False)
    assert "致电139●●●●●●●●慰问●●●" in text
    assert "岑望舒" not in text
    assert "12345678" not in text
