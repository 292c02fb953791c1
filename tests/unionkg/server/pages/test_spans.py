"""A text with names, sentences and foreign stretches in it is the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring
from markupsafe import Markup

from unionkg.server.pages.spans import marked
from unionkg.server.records import Change, Mark, Saying, Stretch

TEXT = "江海省<b>总工会</b>主席&林知远"


def link(node: str) -> str:
    return f"/entity/{node}?a=1&b=2"


def read(told: Markup) -> str:
    return str(fragment_fromstring(str(told), create_parent="div").text_content())


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=12))
def test_nothing_is_lost_or_doubled_however_spans_overlap(places: list[tuple[int, int, int]]) -> None:
    spans = [(level, min(one, other), max(one, other)) for level, one, other in places]
    told = marked(
        TEXT,
        [Mark(start=low, end=high, entity="e<") for level, low, high in spans if level == 0],
        link,
        own=None,
        sayings=[
            Saying(id=f"s{number}", start=low, end=high)
            for number, (level, low, high) in enumerate(spans)
            if level == 1
        ],
        foreign=[Stretch(start=low, end=high, kind="advert") for level, low, high in spans if level == 2],
        changes=[
            Change(start=low, end=high, text="<i>", rule="r", confidence=1) for level, low, high in spans if level == 3
        ],
    )
    assert read(told) == TEXT
    identifiers = fragment_fromstring(str(told), create_parent="div").xpath("//@id")
    assert sorted(identifiers) == sorted(f"s{number}" for number, (level, *_) in enumerate(spans) if level == 1)


def test_the_outermost_name_leads_to_its_entity_and_the_own_one_is_marked() -> None:
    marks = [Mark(start=0, end=6, entity="a"), Mark(start=0, end=3, entity="b"), Mark(start=8, end=10, entity="c")]
    assert marked("江海省总工会主席林远", marks, str, own="c") == Markup(
        '<a class="named" href="a">江海省总工会</a>主席<mark>林远</mark>'
    )


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;"])
def test_texts_addresses_and_titles_are_escaped(text: str) -> None:
    told = marked(
        text,
        [Mark(start=0, end=2, entity=text)],
        str,
        foreign=[Stretch(start=1, end=4, kind=text)],
        changes=[Change(start=0, end=3, text=text, rule="r", confidence=1)],
    )
    element = fragment_fromstring(str(told), create_parent="div")
    assert element.text_content() == text
    assert not element.xpath("//script | //img")
