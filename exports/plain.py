"""Answers to SPARQL queries as values of Python's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from unionkg.exports.answers import Answer, Triples, Truth, Value
from unionkg.graph.schema import PREFIXES

Plain: TypeAlias = str | int | float | bool | None

_XSD = PREFIXES["xsd"]
_PYTHON: dict[str, Callable[[str], Plain]] = {
    f"{_XSD}boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
    f"{_XSD}decimal": float,
    f"{_XSD}double": float,
    f"{_XSD}float": float,
    f"{_XSD}integer": int,
}


def plain(answer: Answer) -> list[dict[str, Plain]] | bool:
    """Return rows by variable for SELECT, the truth for ASK, rows of subject, predicate and object for triples.

    IRIs are texts without brackets, numbers and truth values are Python's, other literals their text, also those that
    are not of the type that they claim; None is not bound.
    """
    if isinstance(answer, Truth):
        return answer.value
    if isinstance(answer, Triples):
        return [
            {"subject": _plain(each.subject), "predicate": _plain(each.predicate), "object": _plain(each.object)}
            for each in answer.triples
        ]
    return [dict(zip(answer.variables, map(_plain, row), strict=True)) for row in answer.rows]


def _plain(value: Value | None) -> Plain:
    if isinstance(value, Literal):
        try:
            return _PYTHON[value.datatype.value](value.value)
        except (KeyError, ValueError):
            return value.value
    if isinstance(value, NamedNode):
        return value.value
    return None if value is None else str(value)
