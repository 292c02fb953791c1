"""What is asked, and what is answered: a query, its candidates, and in plain words what agrees and what does not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

REVIEW = 50.0  # a candidate of a lower score is too weak to be looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is known of a thing to be found. All but the name may be empty, and all are as somebody wrote them.

    `type` is a type or subtype of the schema, or a word for one in Chinese or English. `parent` is the organisation above
    a body, of a person the employer, of a programme who runs it. `role` is a person's post. `year` decides between divisions
    of one name, and between editions. `id` is an id or IRI of the graph, or a division code; `code` is a division code.
    """

    name: str = ""
    type: str = ""
    province: str = ""
    place: str = ""
    parent: str = ""
    role: str = ""
    year: str = ""
    code: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that agrees, or does not, in Chinese and English; `agrees` is None for what only explains."""

    agrees: bool | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant: `score` runs from 0 to 100, `match` is true where nothing is left to decide."""

    id: str
    name: str
    type: str
    subtype: str | None
    score: float
    match: bool
    reasons: tuple[Reason, ...]

    def doubted(self, most: float, reason: Reason) -> Self:
        """Return the candidate as one that somebody must look at, with at most this score, and why."""
        return replace(self, score=min(self.score, most), match=False, reasons=(*self.reasons, reason))

    def told(self, language: str = "en") -> str:
        """Return the reasons as one line, those that do not agree first; `language` is `zh` or `en`."""
        ordered = sorted(self.reasons, key=lambda reason: {False: 0, True: 1, None: 2}[reason.agrees])
        return ("；" if language == "zh" else "; ").join(each.zh if language == "zh" else each.en for each in ordered)


def settled(found: list[Candidate], limit: int) -> list[Candidate]:
    """Return the candidates, each entity once, the best first, of which at most one is a match."""
    best: dict[str, Candidate] = {}
    for one in found:
        known = best.get(one.id)
        if known is None or (one.match, one.score) > (known.match, known.score):
            best[one.id] = one
    if sum(one.match for one in best.values()) > 1:
        several = Reason(None, "不止一个实体符合", "several entities fit")
        best = {name: one.doubted(80.0, several) if one.match else one for name, one in best.items()}
    return sorted(best.values(), key=lambda one: (not one.match, -one.score, one.id))[:limit]


def decision(candidates: list[Candidate]) -> str:
    """Return `match`, `review` or `none`: what becomes of a query with these candidates.

    >>> decision([])
    'none'
    """
    if not candidates or (candidates[0].score < REVIEW and not candidates[0].match):
        return "none"
    return "match" if candidates[0].match else "review"
