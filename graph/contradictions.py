"""Where two studies contradict one another: what cannot all be true, and neither of them says by itself.

The rules are those of `conflicts`, tried on what both say together. One more is for two studies: a person of whom one says
that he or she has left an office, and the other, on a later day, that it is theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import networkx as nx

from unionkg.graph.aligned import By
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.conflicts import conflicts
from unionkg.graph.readable import readable

Row: TypeAlias = Mapping[str, Any]
Claims: TypeAlias = frozenset[tuple[Any, ...]]


_CLAIMED: Mapping[str, tuple[str, ...]] = {
    "two_holders": ("object", "role", "subject"),
    "two_values": ("subject", "what", "unit", "period", "programme", "value", "value_max", "bound"),
}
"""The fields that cannot all be true."""


@dataclass(frozen=True, slots=True)
class Statements:
    """What one study says: facts and figures by their keys, with their ends in ids that both studies share."""

    facts: Mapping[str, Row]
    figures: Mapping[str, Row]


class Contradiction(NamedTuple):
    """Facts or figures of both studies, by their keys in order, that cannot all be true."""

    by: By
    detail: str
    kg1: tuple[str, ...]
    kg2: tuple[str, ...]


class _Clash(NamedTuple):
    """What cannot all be true of some studies: what is claimed, and who claims it with which fact or figure."""

    by: By
    detail: str
    claims: Claims
    said: tuple[tuple[int, str], ...]


def contradictions(kg1: Statements, kg2: Statements, names: Mapping[str, str]) -> list[Contradiction]:
    """Return the contradictions between two studies; `names` has what entities are called, by their shared ids."""
    own = [clash.claims for study in (kg1, kg2) for clash in _clashes([study], names)]
    found = [
        Contradiction(clash.by, clash.detail, *(_keys(clash, number) for number in (0, 1)))
        for clash in _clashes([kg1, kg2], names)
        if not any(clash.claims <= claims for claims in own)
    ]
    return sorted(found)


def _keys(clash: _Clash, number: int) -> tuple[str, ...]:
    return tuple(sorted(key for study, key in clash.said if study == number))


def _clashes(studies: Sequence[Statements], names: Mapping[str, str]) -> Iterator[_Clash]:
    yield from _in_conflict(studies, names)
    yield from _left_and_there(studies, names)


def _in_conflict(studies: Sequence[Statements], names: Mapping[str, str]) -> Iterator[_Clash]:
    """Yield what `conflicts` finds in the studies put together."""
    said: dict[str, tuple[int, str, Row]] = {}
    graph: KnowledgeGraph = nx.MultiDiGraph(outcomes=[])
    for number, study in enumerate(studies):
        for key, row in (*study.facts.items(), *study.figures.items()):
            name = f"{key} {number}"  # both studies may have it
            if row.get("type") == "holds_post":
                graph.add_edge(row["subject"], row["object"], name, **row)
            elif "value" in row and "subject" in row and "period" in row:
                graph.graph["outcomes"].append({**row, "id": name})
            else:
                continue
            said[name] = number, key, row
    for node in {*graph, *(figure["subject"] for figure in graph.graph["outcomes"])}:
        graph.add_node(node, name=names[node])
    for conflict in conflicts(readable(graph)):
        by: By = "two_holders" if conflict["kind"] == "two_holders" else "two_values"
        found = [said[name] for name in conflict["facts"]]
        claims = frozenset(tuple(row.get(field) for field in _CLAIMED[by]) for _, _, row in found)
        yield _Clash(by, conflict["reason"], claims, tuple((number, key) for number, key, _ in found))


def _left_and_there(studies: Sequence[Statements], names: Mapping[str, str]) -> Iterator[_Clash]:
    """Yield the offices that a person is said to have left and, of a later day, to have, without another election."""
    held: dict[tuple[str, str, str], list[tuple[int, str, Row]]] = defaultdict(list)
    for number, study in enumerate(studies):
        for key, fact in study.facts.items():
            if fact["type"] == "holds_post" and "role" in fact:
                held[fact["subject"], fact["object"], fact["role"]].append((number, key, fact))
    for (person, body, role), told in sorted(held.items()):
        over = {(number, key): day for number, key, fact in told if (day := _left_by(fact))}
        there = {(number, key): day for number, key, fact in told if (day := _there_on(fact))}
        elected = [day for _, _, fact in told if fact.get("status") == "elected" if (day := _day(fact))]
        pairs = [
            (former, current)
            for former, left in over.items()
            for current, day in there.items()
            if _is_before(left, day) and not any(_is_before(left, again) for again in elected)
        ]
        if pairs:
            first, last = min(over[former] for former, _ in pairs), max(there[current] for _, current in pairs)
            yield _Clash(
                "left_office",
                f"{names[body]}: {role}: {names[person]}: {first} / {last}",
                frozenset({(person, body, role)}),
                tuple(sorted({said for pair in pairs for said in pair})),
            )


def _left_by(fact: Row) -> str | None:
    """Return the day by which the post was over, as far as is told."""
    if fact.get("status") != "former":
        return None
    _, _, end = fact.get("date", "").partition("/")
    return end or fact.get("first_stated")


def _there_on(fact: Row) -> str | None:
    """Return the last day of which the post is said to be held."""
    return fact.get("last_stated") if fact.get("status") == "current" else None


def _day(fact: Row) -> str | None:
    day: str | None = fact.get("date") or fact.get("first_stated")
    return day


def _is_before(one: str, other: str) -> bool:
    """Return whether a day is before another, as far as both are told: 2024 is not before 2024-03."""
    size = min(len(one), len(other))
    return one[:size] < other[:size]
