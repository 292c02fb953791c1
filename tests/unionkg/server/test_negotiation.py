"""The form of an answer is the one that a request prefers (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.server.negotiation import chosen

HTML, TURTLE, JSON, JSONLD = "text/html", "text/turtle", "application/json", "application/ld+json"
OFFERS = (HTML, TURTLE, JSON, JSONLD)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

offers = st.lists(st.sampled_from(OFFERS), unique=True, min_size=1)
ranges = st.sampled_from((*OFFERS, "text/*", "application/*", "*/*", "image/png"))
weighted = st.dictionaries(ranges, st.integers(0, 1000).map(lambda thousandths: thousandths / 1000))


def header(weights: dict[str, float]) -> str:
    """The weights as a header has them."""
    return ", ".join(f"{each};q={weight:.3f}" for each, weight in weights.items())


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, HTML),
        ("", HTML),
        ("*/*", HTML),
        (BROWSER, HTML),
        ("text/turtle", TURTLE),
        ("TEXT/Turtle ; Q=0.5", TURTLE),
        ("text/turtle;q=0.9, application/json", JSON),
        ("text/turtle, application/json", TURTLE),
        ("application/*", JSON),
        ("text/html;q=0, text/*", TURTLE),
        ("text/html;q=0", None),
        ("image/*", None),
        ("text/turtle;charset=utf-8", TURTLE),
        ('application/ld+json;profile="a,b;q=0"', JSONLD),
        ("text/html;level=1, text/turtle;q=0.1", TURTLE),
        ("text/turtle;q=0.5;extension=1, application/json;q=0.4", TURTLE),
    ],
)
def test_the_preferred_offer_is_chosen(accept: str | None, expected: str | None) -> None:
    assert chosen(accept, OFFERS) == expected


def test_the_most_specific_range_tells_the_quality() -> None:
    """The example of RFC 9110, section 12.5.1, each media type against one that is offered at a known quality."""
    accept = "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5"
    qualities = {
        "text/plain;format=flowed": 1,
        "text/plain": 0.7,
        "text/html": 0.3,
        "image/jpeg": 0.5,
        "text/plain;format=fixed": 0.4,
        "text/html;level=3": 0.3,
    }
    for one, one_quality in qualities.items():
        for other, other_quality in qualities.items():
            expected = one if one_quality >= other_quality else other
            assert chosen(accept, [one, other]) == expected


@pytest.mark.parametrize(
    "accept", ["text/turtle;q=2", "text/turtle;q=nan", "*/turtle", "turtle", ",;,", '"', "text/", "/"]
)
def test_what_is_malformed_is_passed_over(accept: str) -> None:
    assert chosen(accept, OFFERS) == HTML
    assert chosen(f"{accept}, application/json", OFFERS) == (HTML if '"' in accept else JSON)


@given(st.text(), offers)
def test_no_header_raises(accept: str, offered: list[str]) -> None:
    assert chosen(accept, offered) in (*offered, None)


@given(weighted, offers)
def test_what_is_chosen_is_accepted_and_no_other_is_preferred(weights: dict[str, float], offered: list[str]) -> None:
    def quality(offer: str) -> float:
        return weights.get(offer, weights.get(f"{offer.partition('/')[0]}/*", weights.get("*/*", 0)))

    expected = max(offered, key=quality)
    assert chosen(header(weights), offered) == (expected if not weights or quality(expected) else None)


@given(weighted, offers)
def test_the_order_of_the_header_says_nothing(weights: dict[str, float], offered: list[str]) -> None:
    backwards = dict(reversed(weights.items()))
    assert chosen(header(weights), offered) == chosen(header(backwards), offered)


def test_a_long_header_is_read_in_no_time() -> None:
    start = time.monotonic()
    for hostile in ('"\\' * 30_000, '"' * 60_001, "a/b;" * 15_000, "," * 60_000, '\\"' * 30_000):
        chosen(hostile, OFFERS)
    assert time.monotonic() - start < 2


def test_of_no_offers_none_is_chosen() -> None:
    assert chosen("*/*", ()) is None
    assert chosen(None, ()) is None
