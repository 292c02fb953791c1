"""Short cases of one phenomenon each, of relations and figures: the share that is read right does not fall."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from tests.nlp.extracted import folded
from tests.nlp.short_cases import CaseFile
from unionkg.graph.model import Extraction
from unionkg.graph.schema import RELATION_TYPES

OVERALL = 0.9
"""The least share of passing cases."""

FLOORS: dict[str, float] = {
    "post-before-name": 0.9,
    "post-chain": 0.89,
    "post-behind-name": 0.79,
    "appointment": 0.79,
    "removal": 0.67,
    "election": 0.79,
    "former-post": 0.79,
    "cv": 0.73,
    "lists-of-persons": 0.86,
    "organises": 0.94,
    "passive": 0.98,
    "joint": 0.91,
    "carried-subject": 0.88,
    "issues": 0.93,
    "attends": 0.98,
    "honours": 0.79,
    "works-for": 0.9,
    "located-in": 0.83,
    "governs-subordinate": 0.9,
    "targets-promotes": 0.9,
    "plan": 0.93,
    "denied": 0.98,
    "look-alike": 0.98,
    "figures": 0.98,
    "figures-left-out": 0.87,
    "periods": 0.98,
}
"""The least share of passing cases of each phenomenon."""

_FIELDS = re.compile(r"\s*\{(?P<fields>[^}]*)\}$")
_FIELD = re.compile(r"(\w+)=(\S+)")


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation `kind` from `subject` to `object`, or a figure of `subject` whose value and unit are `object`.

    Where `no` is set it must not be found, with empty names none of the kind at all. `fields` are those to be checked.
    """

    no: bool
    kind: str
    subject: str
    object: str
    fields: tuple[tuple[str, str], ...]


def read(written: str) -> Fact:
    """Return an expectation as the file writes it."""
    no = written.startswith("!")
    fields = _FIELDS.search(written)
    kind, _, rest = written.lstrip("!")[: fields.start() - no if fields else None].strip().partition(" ")
    if kind == "figure":
        *subject, value, unit = rest.split() if rest else ("", "", "")
        first, second = " ".join(subject), f"{value} {unit}".strip()
    else:
        first, _, second = (part.strip() for part in rest.partition(" > "))
    return Fact(no, kind, first, second, tuple(_FIELD.findall(fields["fields"])) if fields else ())


def facts(found: Extraction) -> list[tuple[str, str, str, dict[str, str]]]:
    """Return the relations and figures of an extraction: kind, subject, object and the fields that cases may check."""
    names = {entity.id: folded(entity.name) for entity in found.entities}
    listed = [
        (
            one.type,
            names[one.subject],
            names[one.object],
            {
                "role": one.role or "none",
                "status": one.status or "none",
                "date": one.date or "none",
                "title": one.title or "none",
                "modality": one.modality or "none",
            },
        )
        for one in found.relations
    ]
    listed += [
        (
            "figure",
            names[one.subject] if one.subject else "",
            f"{one.value!r} {one.unit}",
            {
                "kind": one.kind,
                "period": one.period or "none",
                "max": f"{one.value_max:g}" if one.value_max is not None else "none",
            },
        )
        for one in found.outcomes
    ]
    return listed


def holds(one: Fact, text: str, found: Extraction) -> bool:
    """Return whether an extraction says what is expected, or does not say what is not."""
    target = one.object
    if one.kind == "figure" and target:
        value, unit = target.split(" ")
        target = f"{float(value)!r} {unit}"
    fitting = [
        fields
        for kind, subject, body, fields in facts(found)
        if kind == one.kind and folded(one.subject) in {"", subject} and folded(target) in {"", body}
    ]
    if one.no:
        return not fitting
    return any(all(fields.get(name) == value for name, value in one.fields) for fields in fitting)


def explained(missed: Iterable[Fact], found: Extraction) -> str:
    """Return what of a case was missed and what was found instead."""
    wanted = "; ".join(f"{'!' * one.no}{one.kind} {one.subject} > {one.object} {dict(one.fields)}" for one in missed)
    got = "; ".join(f"{kind} {subject} > {body} {fields}" for kind, subject, body, fields in facts(found))
    return f"wanted {wanted}\tgot {got}"


CASES = CaseFile("relations.tsv", " ; ", read, holds, explained)


def test_every_case_can_be_read_and_met() -> None:
    assert {case.phenomenon for case in CASES.cases} == set(FLOORS)
    assert len({case.text for case in CASES.cases}) == len(CASES.cases)
    kinds = {*RELATION_TYPES, "figure"}
    for case in CASES.cases:
        assert all(one.kind in kinds and (one.no or one.object) for one in case.expected), case


@pytest.mark.parametrize("phenomenon", FLOORS)
def test_the_share_of_each_phenomenon(phenomenon: str) -> None:
    failing = CASES.failures(phenomenon)
    assert 1 - len(failing) / len(CASES.of(phenomenon)) >= FLOORS[phenomenon], "\n" + "\n".join(failing)


def test_the_share_of_all_cases() -> None:
    failing = [line for phenomenon in FLOORS for line in CASES.failures(phenomenon)]
    assert 1 - len(failing) / len(CASES.cases) >= OVERALL, "\n" + "\n".join(failing)
