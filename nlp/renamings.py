"""Names that a document says to have taken the place of others: 甲更名为乙, 乙（原名甲）, 乙由甲更名而来."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from unionkg.nlp.clauses import DENIED, PLANNED, Clause, Discourse
from unionkg.nlp.linking import Named

_TYPES = frozenset({"ORG", "PROGRAMME"})
_CHANGES = "(?:更名|改名|改称|易名)"
_BECOMES = re.compile(rf"[”」]?(?:[^。;:没未不](?!原)){{0,14}}?{_CHANGES}(?:为|成|叫)?[“「]?")
_FORMERLY = re.compile(r"[”」]?(?:[,，]?\(?(?:原名|原称|前身(?:是|为)|曾用名|旧称)(?:为|是|叫)?[:“「]*|\(原[“「]?)")
_COMES_FROM = re.compile(r"[”」]?,?(?:系|是)?由[“「]?")
_CHANGED = re.compile(rf"[”」]?{_CHANGES}而?[来成]?")


@dataclass(frozen=True, slots=True)
class Renamed:
    """What the sentence `[start, end)` of the working text says was called `former` and is called `later`."""

    former: Named
    later: Named
    start: int
    end: int
    rule: str
    confidence: float = 0.85


def find_renamings(discourse: Discourse) -> list[Renamed]:
    """Return the renamings that a document tells, each once, in order."""
    found: dict[tuple[object, object], Renamed] = {}
    for clause in discourse.clauses:
        for one in _in_clause(discourse.text, clause):
            found.setdefault((one.former.key, one.later.key), one)
    return list(found.values())


def _in_clause(text: str, clause: Clause) -> Iterator[Renamed]:
    if PLANNED.search(text, clause.start, clause.end) or DENIED.search(text, clause.start, clause.end):
        return
    start, end = clause.start, clause.end
    for one, other in pairwise(clause.mentions):
        first, second = one.entity, other.entity
        if first.type != second.type or first.type not in _TYPES or first.key == second.key:
            continue
        between = text[one.end : other.start]
        if _BECOMES.fullmatch(between):
            yield Renamed(first, second, start, end, "renaming.becomes")
        elif _FORMERLY.fullmatch(between):
            yield Renamed(second, first, start, end, "renaming.formerly")
        elif _COMES_FROM.fullmatch(between) and _CHANGED.match(text, other.end):
            yield Renamed(second, first, start, end, "renaming.from")
