"""What is private can be read neither in the text nor in what restoring makes of it, and every place stays."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.test_segments import edits_of
from tests.graph.world import extraction, federation, person
from unionkg.graph.masking import MASK, masked, withheld
from unionkg.graph.model import Noise
from unionkg.graph.segments import SCRIPT, Edit, Interval, SegmentMap
from unionkg.graph.shown import document_text, shown
from unionkg.graph.texts import Foreign, Named, ReadText

PARTS = st.sampled_from(["139", "1234", "5678", "电话：", "岑", "望舒", "甲", "\n", "-"])


def hide(text: str) -> str:
    return withheld(masked(text), {"岑望舒"})


@st.composite
def read_texts(draw: st.DrawFn) -> tuple[ReadText, list[Interval]]:
    """A text with edits of two layers, and places in it."""
    text = "".join(draw(st.lists(PARTS, max_size=12)))
    first = SegmentMap.from_edits(text, draw(edits_of(text)))
    places = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=2))
    second = SegmentMap.from_edits(
        first.text, [one._replace(text=draw(PARTS | st.just(""))) for one in draw(edits_of(first.text))]
    )
    return ReadText(text, first.then(second).edits), [(min(place), max(place)) for place in places]


@given(read_texts())
@settings(deadline=None)
def test_places_stay_and_nothing_that_is_hidden_can_be_read(case: tuple[ReadText, list[Interval]]) -> None:
    read, quoted = case
    text, edits = shown(read, hide, quoted)
    assert [one._replace(text="") for one in edits] == [one._replace(text="") for one in read.edits]
    restored, right = SegmentMap.from_edits(text, edits), SegmentMap.from_edits(*read)
    for now, before in [(text, read.text), (restored.text, right.text)]:
        assert len(now) == len(before)
        assert all(one in (other, MASK) for one, other in zip(now, before, strict=True))
        assert all(one == MASK for one, other in zip(now, hide(before), strict=True) if other == MASK)
    for start, end in quoted:
        quote = hide(read.text[start:end])
        assert all(one == MASK for one, other in zip(text[start:end], quote, strict=True) if other == MASK)


@given(read_texts())
@settings(deadline=None)
def test_what_hides_nothing_changes_nothing(case: tuple[ReadText, list[Interval]]) -> None:
    assert shown(case[0], str, case[1]) == case[0]


def test_a_number_that_foreign_words_part_is_hidden_around_them() -> None:
    text = "热线139开云1234开云5678"
    edits = (Edit(5, 7, "", "spam"), Edit(11, 13, "", "spam"))
    found = shown(ReadText(text, edits), masked)
    assert found == ReadText("热线139开云●●●●开云●●●●", edits)


def test_a_number_that_restoring_makes_is_hidden_where_it_comes_from() -> None:
    found = shown(ReadText("热线1391234五六七八九", (Edit(9, 14, "5678", "word"),)), masked)
    assert found == ReadText("热线139●●●●●●●●●", (Edit(9, 14, "●●●●", "word"),))


def test_a_name_in_another_script_is_hidden_in_both() -> None:
    found = shown(ReadText("韋知秋發言", (Edit(0, 4, "韦知秋发", SCRIPT),)), lambda text: withheld(text, {"韦知秋"}))
    assert found == ReadText("●●●發言", (Edit(0, 4, "●●●发", SCRIPT),))


def test_what_a_quote_alone_shows_as_a_number_is_hidden() -> None:
    text = "第1,13912345678"
    assert masked(text) == text
    assert shown(ReadText(text), masked, [(3, len(text))]).text == "第1,139●●●●●●●●"


def test_a_document_tells_its_mentions_and_foreign_stretches_in_order() -> None:
    body, one = federation("青海省"), person("韦知秋")
    document = extraction("report", [one, body])
    told = document_text(document, ReadText("韦知秋\n青海省总工会"), {body.id: "org-1", one.id: "per-1"}, str)
    assert told.mentions == (Named(0, 3, "per-1"), Named(4, 10, "org-1"))
    assert document_text(document, ReadText("韦知秋\n青海省总工会"), {body.id: "org-1"}, str).mentions == (
        Named(4, 10, "org-1"),
    )
    assert told.foreign == ()


def test_foreign_stretches_are_cut_where_they_overlap() -> None:
    stretches = [(8, 12, "spam"), (2, 5, "advert"), (3, 4, "spam"), (2, 3, "spam"), (4, 9, "navigation")]
    noise = tuple(Noise(start=start, end=end, kind=kind) for start, end, kind in stretches)
    document = msgspec.structs.replace(extraction("report", [person("韦知秋")]), noise=noise)
    assert document_text(document, ReadText("工" * 12), {}, str).foreign == (
        Foreign(2, 5, "advert"),
        Foreign(5, 9, "navigation"),
        Foreign(9, 12, "spam"),
    )
