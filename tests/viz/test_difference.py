"""The page of a difference shows each change with its reason, asks for nothing, and lets nothing of a document run."""

from __future__ import annotations

import base64
import hashlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.world import extraction, federation, holds, person, union
from tests.viz.page_reader import elements
from tests.viz.world import PAYLOADS
from unionkg.graph.build import build_graph
from unionkg.graph.changes import Difference, Setting
from unionkg.graph.difference import compare
from unionkg.graph.model import Outcome
from unionkg.viz.difference import difference_page

HUNAN = federation("湖南省")
HOSTILE = [*(payload.removesuffix("\ud800") for payload in PAYLOADS), "\u202e会工总"]
OTHERWISE = [Setting(name="version unionkg", old="0.1.0", new="<script>")]


def difference(*names: str) -> Difference:
    """Return what a document adds that names these as persons, bodies, roles, figures, its title and its file."""
    old = [extraction("report", [HUNAN])]
    new = [extraction("report", [HUNAN, union("省总工会", aliases=names)])]
    for name in names:
        figure = Outcome(subject=HUNAN.id, value=3, unit=name, what=name, kind="target", evidence=(0, 1))
        one, body = person(name), union(f"{name}工会")
        said = extraction(name, [one, body, HUNAN], [holds(one, body, name)], [figure])
        metadata = msgspec.structs.replace(said.metadata, title=name)
        new.append(msgspec.structs.replace(said, doc=f"{name}\u2028", metadata=metadata))
    return compare(build_graph(old), build_graph(new), settings=OTHERWISE)


def texts(page: str, tag: str) -> list[str]:
    return [one.text for one in elements(page) if one.tag == tag]


def test_changes_stand_with_their_reasons_and_sentences() -> None:
    page = difference_page("旧 → 新", difference("桑晓岚"))
    assert texts(page, "title") == ["旧 → 新"]
    kinds = [one.attributes["class"] for one in elements(page) if one.tag == "li"]
    assert kinds == ["change new"] * 4 + ["change support"] + ["change new"] * 2
    for said in ("桑晓岚", "桑晓岚工会", "湖南省总工会"):
        assert said in texts(page, "b")
    assert "增加了文献 document added" in page
    assert [one.attributes["class"] for one in elements(page) if one.tag == "blockquote"] == ["there", "there"]


def test_equal_graphs_make_a_page_that_says_so() -> None:
    graph = build_graph([extraction("report", [HUNAN])])
    page = difference_page("旧 → 新", compare(graph, graph))
    assert "没有差异 no difference" in page
    assert "script" not in {one.tag for one in elements(page)}


@pytest.mark.parametrize("limit", [0, 3])
def test_long_lists_end_with_how_many_more_there_are(limit: int) -> None:
    found = difference(*(f"桑晓{one}" for one in "岚岩岭峰峦"))
    page = difference_page("旧 → 新", found, limit)
    people = [one for one in found.entities if one.kind == "new"]
    listed = sum(min(limit, number) for tally in found.counts.values() for number in tally.values())
    assert sum(one.tag == "li" for one in elements(page)) == listed
    assert f"{len(people) - limit} more are not listed here" in page
    assert f"</span>{len(people)}</summary>" in page


def test_only_the_pages_own_style_and_script_are_allowed_and_nothing_is_fetched() -> None:
    found = elements(difference_page("<img src=x>", difference(*HOSTILE)))
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


ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "div", "table", "thead", "tbody", "tr", "th"),
    *("td", "input", "label", "details", "summary", "ol", "li", "span", "code", "bdi", "b", "del", "ins", "cite"),
    *("blockquote", "script"),
}


@settings(deadline=None)
@given(st.sampled_from(HOSTILE) | st.text("<>&\"'`{}%年\n\r\u202e/-!", min_size=1, max_size=20))
def test_no_text_breaks_out_of_the_page(text: str) -> None:
    page = difference_page(text, difference(text))
    found = elements(page)
    assert {one.tag for one in found} <= ELEMENTS
    assert sum(one.tag == "script" for one in found) == 1
    page.encode()


def test_what_documents_say_is_isolated_in_its_direction() -> None:
    """A U+202E in a name turns the name alone: every one stands in an element of its own direction."""
    inside = [one.tag for one in elements(difference_page("页", difference("\u202e会工总"))) if "\u202e" in one.text]
    assert set(inside) <= {"bdi", "b"}
    assert inside
