"""Every answer is as the published schemas have it, whatever is asked, and whatever the names in the graph hold."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports import world
from tests.unionkg.matching_world import graph
from tests.unionkg.reconciliation_schemas import SCHEMAS, Schemas
from unionkg.errors import InvalidRequest
from unionkg.graph.build import build_graph
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.reconciliation.extend import extend, propose_properties
from unionkg.reconciliation.kinds import id_of, kinds
from unionkg.reconciliation.preview import flyout_of_property, flyout_of_type, preview
from unionkg.reconciliation.properties import PROPERTIES
from unionkg.reconciliation.queries import answer_queries
from unionkg.reconciliation.service_manifest import service_manifest
from unionkg.reconciliation.suggest import suggest_entities, suggest_properties, suggest_types


@pytest.fixture(scope="session")
def schemas(shared: Path) -> Schemas:
    return Schemas(shared / "standards" / "reconciliation" / "0.2")


@cache
def unions() -> Catalogue:
    return Catalogue(graph())


@cache
def hostile() -> Catalogue:
    """The world with posts and figures, in which everything has a name that means harm."""
    found = world.world()
    for node, name in zip(sorted(found), world.HOSTILE_NAMES * 2, strict=False):
        found.nodes[node].update(name=name, aliases=[name, "\x00\x07"])
    return Catalogue(found, language="zh")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_tell_valid_examples_from_invalid_ones(schemas: Schemas, name: str) -> None:
    valid = {file: schemas.errors(name, json.loads(text)) for file, text in schemas.examples(name, "valid")}
    assert valid
    assert not any(valid.values()), valid
    assert all(schemas.errors(name, json.loads(text)) for _, text in schemas.examples(name, "invalid"))


def test_every_valid_example_of_queries_is_answered(schemas: Schemas) -> None:
    for file, text in schemas.examples("query", "valid"):
        answer = answer_queries(unions(), text)
        assert schemas.errors("result", answer) == [], file
        assert list(answer) == list(json.loads(text))
        assert not any("error" in one for one in answer.values()), file


def test_every_query_of_an_invalid_example_is_an_error(schemas: Schemas) -> None:
    for file, text in schemas.examples("query", "invalid"):
        answer = answer_queries(unions(), text)
        assert schemas.errors("result", answer) == [], file
        assert list(answer) == list(json.loads(text))
        assert all(one["error"] and not one["result"] for one in answer.values()), file


def test_every_valid_example_of_data_extension_is_answered(schemas: Schemas) -> None:
    for file, text in schemas.examples("extension query", "valid"):
        answer, asked = extend(unions(), text), json.loads(text)
        assert schemas.errors("extension", answer) == [], file
        assert [one["id"] for one in answer["meta"]] == [one["id"] for one in asked["properties"]]
        assert list(answer["rows"]) == asked["ids"]


@pytest.mark.parametrize("catalogue", [unions, hostile])
def test_all_that_the_service_says_of_a_graph_is_valid(schemas: Schemas, catalogue: Any) -> None:
    found: Catalogue = catalogue()
    assert schemas.errors("manifest", service_manifest(found, "https://unions.example/reconcile")) == []
    for kind in map(id_of, kinds()):
        assert schemas.errors("proposal", propose_properties(found, kind, 5)) == []
        assert flyout_of_type(found, kind)["id"] == kind
    for content in ("id", "literal"):
        columns = [{"id": name, "settings": {"content": content}} for name in PROPERTIES]
        answer = extend(found, json.dumps({"ids": sorted(found.index.entries), "properties": columns}))
        assert schemas.errors("extension", answer) == []
        assert all(row["documents"] for row in answer["rows"].values())
    for name in PROPERTIES:
        assert flyout_of_property(found, name)["id"] == name
    for entry in found.index.entries.values():
        for prefix in (entry.name, entry.name[:1], entry.id):
            assert schemas.errors("entities", suggest_entities(found, prefix)) == []
        batch = {entry.name: {"query": entry.name}}
        answer = answer_queries(found, json.dumps(batch))
        assert schemas.errors("result", answer) == []
        assert json.loads(json.dumps(answer)) == answer
        assert "<script" not in preview(found, entry.id)


def test_suggested_types_and_properties_are_valid(schemas: Schemas) -> None:
    for cursor in (0, 10, 20):
        assert schemas.errors("types", suggest_types(unions(), "", cursor)) == []
        assert schemas.errors("properties", suggest_properties(unions(), "", cursor)) == []


def test_a_graph_of_nothing_answers_too(schemas: Schemas) -> None:
    nothing = Catalogue(build_graph([]))
    assert answer_queries(nothing, '{"q": {"query": "杭州市总工会"}}') == {"q": {"result": []}}
    assert suggest_entities(nothing, "杭") == {"result": []}
    assert schemas.errors("manifest", service_manifest(nothing, "https://unions.example")) == []


TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["省总工会", "白云区总工会", "浙江省", "馬望川", "Person", "工会", "330100", "²", "١٩٩٩", "第三届", "（", "无"]
    ),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
CONDITIONS = st.fixed_dictionaries(
    {
        "pid": st.sampled_from([*PROPERTIES, "P17"]) | TEXTS,
        "v": TEXTS | st.integers() | st.lists(TEXTS, max_size=3) | VALUES,
    }
)
QUERIES = st.fixed_dictionaries(
    {"query": TEXTS | VALUES},
    optional={
        "type": TEXTS | st.lists(TEXTS, max_size=3) | VALUES,
        "limit": st.integers(-2, 60) | VALUES,
        "properties": st.lists(CONDITIONS, max_size=4) | VALUES,
        "type_strict": st.sampled_from(["any", "should", "all"]) | VALUES,
    },
)
EXTENSIONS = st.fixed_dictionaries(
    {
        "ids": st.lists(st.sampled_from(sorted(world.world())) | TEXTS, max_size=3) | VALUES,
        "properties": st.lists(
            st.fixed_dictionaries(
                {"id": st.sampled_from([*PROPERTIES, "P17"]) | VALUES},
                optional={"settings": st.dictionaries(st.sampled_from(["limit", "content", "x"]), VALUES) | VALUES},
            ),
            max_size=3,
        )
        | VALUES,
    }
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text(max_size=5), QUERIES | VALUES, max_size=4) | VALUES)
def test_any_json_as_a_batch_has_a_valid_answer_or_is_refused(schemas: Schemas, asked: object) -> None:
    for catalogue in (unions(), hostile()):
        try:
            answer = answer_queries(catalogue, json.dumps(asked))
        except InvalidRequest:
            assert not isinstance(asked, dict)
            continue
        assert isinstance(asked, dict)
        assert list(answer) == list(asked)
        assert schemas.errors("result", answer) == []
        for one in answer.values():
            assert set(one) <= {"result", "error"}
            assert sum(each["match"] for each in one["result"]) <= 1


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(max_size=5), QUERIES, max_size=3))
def test_a_query_is_refused_only_if_the_schema_or_the_documentation_says_so(schemas: Schemas, asked: Any) -> None:
    answer = answer_queries(unions(), json.dumps(asked))
    for name, query in asked.items():
        if "error" not in answer[name]:
            assert schemas.errors("query", {"q": query}) == []
        elif not schemas.errors("query", {"q": query}):
            assert answer[name]["error"].startswith(("the limit is", "unknown type"))


@settings(max_examples=300, deadline=None)
@given(EXTENSIONS | VALUES)
def test_any_json_as_data_extension_has_a_valid_answer_or_is_refused(schemas: Schemas, asked: object) -> None:
    try:
        answer = extend(hostile(), json.dumps(asked))
    except InvalidRequest:
        return
    assert schemas.errors("extension query", asked) == []
    assert schemas.errors("extension", answer) == []


@settings(max_examples=200, deadline=None)
@given(st.text() | TEXTS, st.integers(0, 30))
def test_any_text_as_a_prefix_has_a_valid_answer(schemas: Schemas, prefix: str, cursor: int) -> None:
    for catalogue in (unions(), hostile()):
        assert schemas.errors("entities", suggest_entities(catalogue, prefix, cursor)) == []
        assert schemas.errors("properties", suggest_properties(catalogue, prefix, cursor)) == []
        assert schemas.errors("types", suggest_types(catalogue, prefix, cursor)) == []


@settings(max_examples=200, deadline=None)
@given(st.binary().filter(lambda data: b"{" not in data) | st.text().filter(lambda text: "{" not in text))
def test_what_is_no_object_of_json_is_refused(data: bytes | str) -> None:
    with pytest.raises(InvalidRequest, match="this is no"):
        answer_queries(unions(), data)
    with pytest.raises(InvalidRequest, match="this is no"):
        extend(unions(), data)
