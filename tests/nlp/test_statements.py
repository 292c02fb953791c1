"""Each distinct fact is said once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from unionkg.nlp.linking import Named
from unionkg.nlp.statements import Statement, first_said

CHAIR = Named(("PERSON", "岑望舒"), "PERSON", None, "岑望舒")
UNION = Named(("ORG", "青海省总工会"), "ORG", "union", "青海省总工会")
OTHER = Named(("ORG", "甘肃省总工会"), "ORG", "union", "甘肃省总工会")
POST = Statement("holds_post", CHAIR, UNION, 10, 20, "post.test", role="主席", status="current")


def test_the_first_sentence_that_says_it_stays() -> None:
    assert first_said([POST, replace(POST, start=30, end=40)]) == [POST]


def test_facts_that_differ_stay_in_order() -> None:
    others = [replace(POST, object=OTHER), replace(POST, role="党组书记"), replace(POST, denied=True)]
    assert first_said([POST, *others]) == [POST, *others]


def test_elected_goes_before_current() -> None:
    elected = replace(POST, start=30, end=40, status="elected")
    assert first_said([POST, elected]) == [elected]
    assert first_said([elected, POST]) == [elected]


@pytest.mark.parametrize("kind", ["organises", "governs"])
def test_other_relations_are_told_apart_by_their_ends_alone(kind: str) -> None:
    fact = Statement(kind, UNION, OTHER, 10, 20, "rule")
    assert first_said([fact, replace(fact, start=30, end=40, rule="other")]) == [fact]


def test_nothing_said_is_nothing_kept() -> None:
    assert first_said([]) == []
