from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from importlib.resources import files

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.viz.page_reader import data_block, elements
from tests.viz.world import FEDERATION, NOTICE, REPORT, evidence, hostile_world, large_world, small_texts, small_world
from unionkg.graph.schema import ENTITY_TYPES, RELATION_TYPES
from unionkg.viz.page import render
from unionkg.viz.template import SCRIPTS, VIS_NETWORK, json_block


def test_nothing_is_fetched_from_anywhere() -> None:
    for element in elements(render(small_world(), title="云海")):
        assert not {"src", "href", "srcset", "action", "data", "poster"} & set(element.attributes), element
        assert element.tag not in {"link", "base", "iframe", "object", "embed", "img"}
        if element.tag == "style":
            assert "@import" not in element.text
            assert "url(" not in element.text


def test_the_policy_allows_just_the_scripts_in_the_page() -> None:
    found = elements(render(hostile_world(), title="<script>alert(1)</script>"))
    (policy,) = (element.attributes["content"] for element in found if element.attributes.get("http-equiv"))
    scripts = [element for element in found if element.tag == "script" and "type" not in element.attributes]
    hashes = {base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode() for script in scripts}
    assert policy.startswith("default-src 'none';")
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes
    assert len(hashes) == 2
    assert "connect-src" not in policy


def test_hostile_texts_add_no_element_to_the_page() -> None:
    def tags(page: str) -> list[str]:
        return [element.tag for element in elements(page)]

    assert tags(render(hostile_world(), title="</title><img src=x onerror=alert(1)>")) == tags(
        render(small_world(), title="云海")
    )


def test_hostile_texts_arrive_unchanged_as_data() -> None:
    graph = hostile_world()
    entities = data_block(render(graph), "knowledge")["entities"]
    for node, entity in zip(sorted(graph), entities, strict=True):
        assert entity["name"] == graph.nodes[node]["name"].replace("\ud800", "\ufffd")


def test_the_page_can_be_written_as_utf8() -> None:
    assert render(hostile_world(), title="\ud800 云海").encode("utf-8")


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_a_data_block_reads_back_and_cannot_end_its_element(value: object) -> None:
    block = str(json_block(value))
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block) == value


def test_the_same_graph_gives_the_same_page_whatever_its_order() -> None:
    graph = small_world()
    rows = list(graph.nodes(data=True))
    facts = list(graph.edges(keys=True, data=True))
    random.Random(5).shuffle(rows)
    random.Random(5).shuffle(facts)
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(rows)
    for start, end, key, data in facts:
        turned.add_edge(start, end, key, **data)
    assert render(turned, title="云海") == render(graph, title="云海")


def test_every_fact_is_there_with_its_sentence_and_offsets() -> None:
    graph = small_world()
    known = data_block(render(graph), "knowledge")
    assert len(known["facts"]) == graph.number_of_edges()
    (planned,) = (fact for fact in known["facts"] if fact.get("modality") == "planned")
    sentences = data_block(render(graph), "evidence")
    (proof,) = (sentences[number] for number in planned["evidence"])
    assert proof["quote"] == "云海省总工会将举办匠心杯。"
    assert (proof["start"], proof["end"]) == (60, 73)
    assert known["documents"][proof["document"]]["id"] == REPORT


def test_a_sentence_that_says_several_facts_is_there_once() -> None:
    assert len(data_block(render(small_world()), "evidence")) == 5


def test_the_texts_that_say_most_are_aboard_as_far_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = small_world()

    def aboard(room: int) -> list[str | None]:
        monkeypatch.setattr("unionkg.viz.knowledge.TEXTS_LIMIT", room)
        return [text and text["text"] for text in data_block(render(graph, texts=small_texts()), "texts")]

    texts = {text.document: text.text for text in small_texts()}
    both = [texts[paper] for paper in sorted(texts)]
    sizes = {text.document: len(text.text) + sum(len(edit.text) for edit in text.edits) for text in small_texts()}
    assert aboard(sum(sizes.values())) == both
    assert aboard(sum(sizes.values()) - 1) == [texts[paper] if paper == REPORT else None for paper in sorted(texts)]
    # One that is longer than the room is passed over, and keeps no other out.
    assert aboard(sizes[REPORT] - 1) == [texts[paper] if paper == NOTICE else None for paper in sorted(texts)]


def test_zero_is_kept_as_an_offset_and_a_value() -> None:
    graph = small_world()
    (figure,) = graph.graph["outcomes"]
    figure |= {"value": 0.0, "evidence": [evidence(REPORT, 0, "驿站")]}
    known = data_block(render(graph), "knowledge")
    (figure,) = known["figures"]
    assert figure["value"] == 0
    assert data_block(render(graph), "evidence")[figure["evidence"][0]]["start"] == 0


def test_figures_stand_at_their_subject_and_programme() -> None:
    known = data_block(render(small_world()), "knowledge")
    (figure,) = known["figures"]
    assert known["entities"][figure["subject"]]["id"] == FEDERATION
    assert known["entities"][figure["programme"]]["name"] == "暖心驿站"
    assert (figure["value"], figure["unit"], figure["period"]) == (120.0, "个", "2020/2021")


def test_legend_and_labels_are_the_schema() -> None:
    schema = data_block(render(small_world()), "knowledge")["schema"]
    assert [(row["name"], row["colour"]) for row in schema["types"]] == [
        (row.name, row.colour) for row in ENTITY_TYPES.values()
    ]
    assert set(schema["relations"]) == set(RELATION_TYPES)


def test_both_languages_have_the_same_words_and_every_word_used() -> None:
    words = data_block(render(small_world()), "words")
    english = {word for word in words["en"] if not word.endswith("One")}
    assert set(words["zh"]) == english
    source = "".join(
        files("unionkg.viz").joinpath(f"templates/{name}").read_text("utf-8") for name in ("view.html", *SCRIPTS)
    )
    used = set(re.findall(r'say\("(\w+)"', source)) | set(
        re.findall(r'data-(?:word|label|placeholder)="(\w+)"', source)
    )
    assert used <= english
    assert "[" not in "".join(used)


def test_scripts_never_put_text_in_as_markup() -> None:
    for name in SCRIPTS:
        source = files("unionkg.viz").joinpath(f"templates/{name}").read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", source), (
            name
        )


def test_the_vendored_script_has_its_licences_beside_it() -> None:
    folder = files("unionkg.viz").joinpath(VIS_NETWORK.rpartition("/")[0])
    assert "MIT" in folder.joinpath("LICENSE-MIT").read_text("utf-8")
    assert "Apache License" in folder.joinpath("LICENSE-APACHE-2.0").read_text("utf-8")
    version = VIS_NETWORK.split("/")[1].removeprefix("vis-network-")
    assert f"@version {version}" in files("unionkg.viz").joinpath(VIS_NETWORK).read_text("utf-8")[:400]


def test_an_empty_graph_has_a_page() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(documents=[], outcomes=[], possible=[], conflicts=[])
    assert data_block(render(graph), "knowledge")["entities"] == []


def test_a_graph_of_two_thousand_nodes_has_a_page_with_all_of_them() -> None:
    graph = large_world(2000)
    page = render(graph)
    assert len(data_block(page, "network")["nodes"]) == 2000
    assert len(data_block(page, "knowledge")["facts"]) == graph.number_of_edges()
