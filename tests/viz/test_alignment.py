"""The page of two studies shows each row with its sentences, asks for nothing, and lets nothing of a document run."""

from __future__ import annotations

import base64
import hashlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.graph.world import extraction, federation, holds, person, union
from tests.viz.driving import NARROW, Opener
from tests.viz.page_reader import elements
from tests.viz.test_difference import ELEMENTS, HOSTILE, texts
from tests.viz.world import PAYLOADS, hostile_world, small_world
from unionkg.graph.aligned import Alignment, Unlike
from unionkg.graph.alignment import align
from unionkg.graph.build import build_graph
from unionkg.graph.model import Extraction, Metadata, Outcome
from unionkg.viz.alignment import alignment_page

HUNAN = federation("湖南省")
OTHERWISE = [Unlike(name="version unionkg", kg1="0.1.0", kg2="<script>")]


def study(*names: str, value: float) -> list[Extraction]:
    """Return the documents of a study, which name these as persons, bodies, roles, figures, titles and files."""
    corpus = [extraction("report", [HUNAN])]
    for name in names:
        one, body = person(name), union(f"{name}工会", "430000", aliases=(name,))
        figure = Outcome(
            subject=HUNAN.id, value=value, unit=name, what=name, kind="result", period="2023", evidence=(0, 1)
        )
        told = extraction(
            f"{name}{value}", [one, body, HUNAN], [holds(one, body, name)], [figure], Metadata(date="2024")
        )
        metadata = msgspec.structs.replace(told.metadata, title=name)
        corpus.append(msgspec.structs.replace(told, doc=f"{name}\u2028", metadata=metadata))
    return corpus


def alignment(*names: str) -> Alignment:
    """Return what two studies share that say other values of the same figures."""
    kg1, kg2 = (build_graph(study(*names, value=value)) for value in (3, 5))
    return align(kg1, kg2, settings=OTHERWISE)


def test_rows_stand_in_their_states_with_the_sentences_of_each_study() -> None:
    page = alignment_page(("KG-甲", "KG-乙"), alignment("桑晓岚"))
    assert texts(page, "title") == ["KG-甲 ⟷ KG-乙"]
    kinds = {one.attributes["class"] for one in elements(page) if one.tag == "li" and "class" in one.attributes}
    assert kinds == {f"change {state}" for state in ("contradicting", "same", "only_kg1", "only_kg2")}
    marks = [one.attributes["class"] for one in elements(page) if one.tag == "blockquote"]
    assert {"one", "two"} <= set(marks)
    assert "一数有两值 two values of one figure" in page
    assert "构建不同 built with another" in page


def test_a_sentence_that_both_have_stands_once() -> None:
    graph = build_graph(study("桑晓岚", value=3))
    page = alignment_page(("甲", "乙"), align(graph, graph))
    assert [one.attributes["class"] for one in elements(page) if one.tag == "blockquote"] == ["there", "there"]


@pytest.mark.parametrize("limit", [0, 1])
def test_long_lists_end_with_how_many_more_there_are(limit: int) -> None:
    found = alignment("桑晓岚", "桑晓岩", "桑晓岭")
    page = alignment_page(("甲", "乙"), found, limit)
    listed = sum(min(limit, number) for tally in found.counts().values() for number in tally.values())
    rows = [one for one in elements(page) if one.tag == "li" and one.attributes.get("class", "").startswith("change")]
    assert len(rows) == listed
    assert f"{found.counts()['figures']['contradicting'] - limit} more are not listed here" in page


def test_only_the_pages_own_style_and_script_are_allowed_and_nothing_is_fetched() -> None:
    found = elements(alignment_page(("<img src=x>", "</title>"), alignment(*HOSTILE)))
    digests = {
        tag: base64.b64encode(hashlib.sha256(one.text.encode()).digest()).decode()
        for tag in ("style", "script")
        for one in found
        if one.tag == tag
    }
    [policy] = [one.attributes["content"] for one in found if "http-equiv" in one.attributes]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests['script']}'; style-src 'sha256-{digests['style']}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not [one for one in found if {"src", "href", "onerror", "style"} & one.attributes.keys()]


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(HOSTILE) | st.text("<>&\"'`{}%年\n\r\u202e/-!", min_size=1, max_size=20))
def test_no_text_breaks_out_of_the_page(text: str) -> None:
    page = alignment_page((text, text), alignment(text))
    found = elements(page)
    assert {one.tag for one in found} <= ELEMENTS | {"ul", "svg", "rect", "fieldset"}
    assert sum(one.tag == "script" for one in found) == 1
    page.encode()


@pytest.mark.parametrize("is_swapped", [False, True])
def test_a_hostile_graph_beside_a_good_one_runs_nothing(opened: Opener, is_swapped: bool) -> None:
    graphs = [small_world(), hostile_world()]
    one, other = reversed(graphs) if is_swapped else graphs
    page = opened(alignment_page((PAYLOADS[0], PAYLOADS[1]), align(one, other)))
    assert page.evaluate("window.broken") is None
    assert page.locator("li.change").count() > len(one)
    assert page.locator("img, a, li script").count() == 0


def test_what_documents_say_is_isolated_in_its_direction() -> None:
    """A U+202E in a name turns the name alone; the title, which holds no markup, is the only other place."""
    page = alignment_page(("甲", "乙"), alignment("\u202e会工总"))
    inside = {one.tag for one in elements(page) if "\u202e" in one.text}
    assert inside == {"bdi", "b"}


def test_the_page_is_searched_and_filtered(opened: Opener) -> None:
    page = opened(alignment_page(("甲", "乙"), alignment("桑晓岚", "费玉堂")))
    lists = page.locator("details.list")
    assert lists.first.get_attribute("data-state") == "contradicting"
    page.get_by_placeholder("查找").fill("费玉堂")
    expect(page.locator(".shown").first).to_contain_text("/")
    assert 0 < page.locator("li.change:visible").count() < page.locator("li.change").count()
    assert all("费玉堂" in text for text in page.locator("li.change:visible").all_inner_texts())
    page.get_by_placeholder("查找").fill("")
    expect(page.locator(".shown").first).to_have_text("")
    page.locator("input[name=state][value=contradicting]").uncheck()
    page.locator("input[name=collection][value=entities]").uncheck()
    left = lists.evaluate_all(
        "all => all.filter(one => !one.hidden).map(one => [one.dataset.state, one.dataset.collection])"
    )
    assert left
    assert all(state != "contradicting" and collection != "entities" for state, collection in left)


def test_what_is_closed_is_opened_to_be_printed_and_closed_again(opened: Opener) -> None:
    page = opened(alignment_page(("甲", "乙"), alignment("桑晓岚")))
    numbers = page.locator("details.numbers")
    for event, is_open in (("beforeprint", True), ("afterprint", False)):
        page.evaluate(f"dispatchEvent(new Event('{event}'))")
        assert set(numbers.evaluate_all("all => all.map(one => one.open)")) == {is_open}


def test_a_narrow_page_stands_side_below_side_and_is_not_wider_than_its_window(opened: Opener) -> None:
    page = opened(alignment_page(("甲", "乙"), alignment("桑晓岚")), size=NARROW)
    one, two = (page.locator("li.contradicting .side").nth(at).bounding_box() for at in (0, 1))
    assert one is not None
    assert two is not None
    assert two["y"] >= one["y"] + one["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
