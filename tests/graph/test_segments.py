"""Offsets survive every edit of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.graph.segments import SCRIPT, Edit, SegmentMap

LETTERS = st.text("甲乙丙丁戊", max_size=12)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Some edits of `text` that do not overlap: deletions, insertions, replacements of any length."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits: list[Edit] = []
    for number, (start, end) in enumerate(pairs):
        if edits and start == end == edits[-1].start:
            continue
        edits.append(Edit(start, end, draw(st.text("子丑寅卯", max_size=3)), f"rule{number}"))
    return edits


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, SegmentMap]:
    text = draw(LETTERS)
    return text, SegmentMap.from_edits(text, draw(edits_of(text)))


@given(edited())
def test_segments_cover_the_original(case: tuple[str, SegmentMap]) -> None:
    text, segments = case
    position = 0
    for segment in segments.segments:
        assert segment.start == position
        position = segment.end
        if not segment.rule:
            assert text[segment.start : segment.end] == segment.text
    assert position == len(text)


@given(edited(), st.data())
def test_every_working_span_stays_inside_the_original(case: tuple[str, SegmentMap], data: st.DataObject) -> None:
    text, segments = case
    start = data.draw(st.integers(0, len(segments.text)))
    end = data.draw(st.integers(start, len(segments.text)))
    intervals = segments.to_original(start, end)
    flat = [edge for interval in intervals for edge in interval]
    assert flat == sorted(flat)
    assert all(0 <= edge <= len(text) for edge in flat)


@given(edited(), st.data())
def test_an_untouched_stretch_maps_there_and_back(case: tuple[str, SegmentMap], data: st.DataObject) -> None:
    text, segments = case
    kept = [segment for segment in segments.segments if not segment.rule]
    if not kept:
        return
    segment = data.draw(st.sampled_from(kept))
    start, end = segments.to_working(segment.start, segment.end)
    assert segments.text[start:end] == text[segment.start : segment.end]
    assert segments.to_original(start, end) == ((segment.start, segment.end),)


@given(edited(), st.data())
def test_composing_gives_the_last_text_and_covers_the_first(case: tuple[str, SegmentMap], data: st.DataObject) -> None:
    text, first = case
    second = SegmentMap.from_edits(first.text, data.draw(edits_of(first.text)))
    both = first.then(second)
    assert both.text == second.text
    position = 0
    for segment in both.segments:
        assert segment.start == position
        position = segment.end
        if not segment.rule:
            assert text[segment.start : segment.end] == segment.text
    assert position == len(text)


@given(edited(), st.data())
def test_the_edits_of_a_map_make_it_again(case: tuple[str, SegmentMap], data: st.DataObject) -> None:
    text, first = case
    second = SegmentMap.from_edits(first.text, data.draw(edits_of(first.text)))
    for segments in (first, first.then(second)):
        again = SegmentMap.from_edits(text, segments.edits)
        assert again.text == segments.text
        assert again.edits == segments.edits


def test_insertions_at_one_place_are_one_edit_and_keep_their_order() -> None:
    first = SegmentMap.from_edits("工会", [Edit(1, 1, "总", "late", 0.9)])
    both = first.then(SegmentMap.from_edits(first.text, [Edit(2, 2, "一", "early", 0.8)]))
    assert both.edits == (Edit(1, 1, "总一", "late+early", 0.8),)
    assert SegmentMap.from_edits("工会", both.edits).text == both.text == "工总一会"


def test_a_deletion_inside_a_span_gives_two_intervals() -> None:
    segments = SegmentMap.from_edits("省总xx工会", [Edit(2, 4, "", "spam")])
    assert segments.text == "省总工会"
    assert segments.to_original(0, 4) == ((0, 2), (4, 6))
    assert segments.to_original(0, 2) == ((0, 2),)
    assert segments.to_original(2, 4) == ((4, 6),)


def test_a_cut_inside_a_replacement_takes_all_of_it() -> None:
    segments = SegmentMap.from_edits("年夜会", [Edit(0, 2, "大", "spun")])
    assert segments.to_original(0, 1) == ((0, 2),)
    assert segments.to_working(1, 3) == (0, 2)


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        SegmentMap.from_edits("abc", [Edit(0, 2, "", "a"), Edit(1, 3, "", "b")])


def test_an_edit_is_named_for_what_it_does() -> None:
    edits = [Edit(0, 1, "总", SCRIPT), Edit(1, 2, "大", "word"), Edit(2, 3, "", "spam"), Edit(4, 4, "新", "gap")]
    segments = SegmentMap.from_edits("總年夜会议", edits).segments
    assert [segment.op for segment in segments] == ["map", "replace", "delete", "keep", "insert", "keep"]


def test_edits_on_top_of_one_another_are_as_sure_as_the_least_sure() -> None:
    first = SegmentMap.from_edits("財產工人", [Edit(0, 2, "财产", SCRIPT), Edit(3, 4, "", "spam", 0.9)])
    both = first.then(SegmentMap.from_edits(first.text, [Edit(0, 3, "产业工", "word", 0.7)]))
    assert [(one.text, one.rule, one.confidence) for one in both.segments] == [
        ("产业工", f"{SCRIPT}+word", 0.7),
        ("", "spam", 0.9),
    ]
    assert both.has_replacement(2, 3)
    assert not first.has_replacement(0, 3)
