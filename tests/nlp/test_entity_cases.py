"""Short cases of one phenomenon each: the share that is read right does not fall below what was reached."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from tests.nlp.extracted import folded
from tests.nlp.short_cases import CaseFile
from unionkg.graph.model import Extraction
from unionkg.graph.schema import ENTITY_TYPES

OVERALL = 0.94
"""The least share of passing cases."""

FLOORS: dict[str, float] = {
    "province": 0.98,
    "local-union": 0.98,
    "sector-union": 0.91,
    "enterprise-union": 0.84,
    "federation": 0.95,
    "coordination": 0.92,
    "party-state": 0.98,
    "body": 0.87,
    "person": 0.91,
    "no-person": 0.98,
    "place": 0.95,
    "abbreviation": 0.9,
    "programme": 0.95,
    "policy": 0.98,
    "event": 0.88,
    "group": 0.88,
    "concept": 0.98,
    "negative": 0.98,
}
"""The least share of passing cases of each phenomenon."""

EXPECTATION = re.compile(r"(?P<no>!?)(?P<type>[A-Z]+):(?P<words>[^=@]+)(=(?P<name>[^@]+))?(@(?P<code>\d{6}))?")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A mention that a text has, or, where `no` is set, words that no mention of the type touches.

    `name` and `code` are those of the entity; without a code any will do.
    """

    no: bool
    type: str
    words: str
    name: str
    code: str | None


def read(written: str) -> Expectation:
    """Return an expectation as the file writes it."""
    match = EXPECTATION.fullmatch(written)
    assert match, written
    words = match["words"]
    return Expectation(bool(match["no"]), match["type"], words, match["name"] or words, match["code"])


def holds(one: Expectation, text: str, found: Extraction) -> bool:
    """Return whether an extraction of the text says what is expected."""
    entities = {entity.id: entity for entity in found.entities if entity.type == one.type}
    mentions = [mention for mention in found.mentions if mention.entity in entities]
    if one.no:
        spans = [match.span() for match in re.finditer(re.escape(one.words), text)]
        return not any(mention.start < end and start < mention.end for mention in mentions for start, end in spans)
    named = [entities[mention.entity] for mention in mentions if mention.text == one.words]
    return any(folded(entity.name) == folded(one.name) and one.code in {None, entity.code} for entity in named)


def explained(missed: Iterable[Expectation], found: Extraction) -> str:
    """Return what of a case was missed and what was found instead."""
    named = {entity.id: entity for entity in found.entities}
    wanted = "; ".join(f"{'!' * one.no}{one.type}:{one.words}={one.name}@{one.code}" for one in missed)
    mentions = [(mention.text, named[mention.entity]) for mention in found.mentions]
    got = "; ".join(f"{entity.type}:{text}={entity.name}@{entity.code}" for text, entity in mentions)
    return f"wanted {wanted}\tgot {got}"


CASES = CaseFile("entities.tsv", ";", read, holds, explained)


def test_every_case_can_be_read_and_met() -> None:
    assert {case.phenomenon for case in CASES.cases} == set(FLOORS)
    assert len({case.text for case in CASES.cases}) == len(CASES.cases)
    for case in CASES.cases:
        assert all(one.type in ENTITY_TYPES and one.words in case.text for one in case.expected), case


@pytest.mark.parametrize("phenomenon", FLOORS)
def test_the_share_of_each_phenomenon(phenomenon: str) -> None:
    failing = CASES.failures(phenomenon)
    assert 1 - len(failing) / len(CASES.of(phenomenon)) >= FLOORS[phenomenon], "\n" + "\n".join(failing)


def test_the_share_of_all_cases() -> None:
    failing = [line for phenomenon in FLOORS for line in CASES.failures(phenomenon)]
    assert 1 - len(failing) / len(CASES.cases) >= OVERALL, "\n" + "\n".join(failing)
