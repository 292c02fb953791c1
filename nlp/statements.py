"""A fact over the working text, before its offsets are those of the original."""

from __future__ import annotations

from dataclasses import dataclass

from unionkg.nlp.linking import Named


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation between two entities, said in the sentence `[start, end)` of the working text."""

    type: str
    subject: Named
    object: Named
    start: int
    end: int
    rule: str
    confidence: float = 0.8
    role: str | None = None
    status: str | None = None
    date: str | None = None
    title: str | None = None
    programme: Named | None = None
    modality: str | None = None
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted or measured result or target, said in the sentence `[start, end)` of the working text."""

    subject: Named | None
    value: float
    unit: str
    what: str
    kind: str
    start: int
    end: int
    rule: str
    confidence: float = 0.7
    value_max: float | None = None
    bound: str | None = None
    beneficiary: Named | None = None
    period: str | None = None
    programme: Named | None = None


def first_said(statements: list[Statement]) -> list[Statement]:
    """Return each distinct fact once, with the first sentence that says it; elected goes before current."""
    found: dict[tuple[object, ...], Statement] = {}
    for statement in statements:
        role = statement.role if statement.type == "holds_post" else None
        key = (statement.type, statement.subject.key, statement.object.key, role, statement.denied)
        known = found.get(key)
        if known is None or _tells_more(statement, known):
            found[key] = statement
    return list(found.values())


def _tells_more(statement: Statement, known: Statement) -> bool:
    """True if a post said before as held is now said to be elected to, or one said as former is now dated."""
    if (known.status, statement.status) == ("current", "elected"):
        return True
    return known.status == statement.status == "former" and statement.date is not None and known.date is None
