"""Answers to SPARQL queries, and their forms: a table for the eye, CSV, SPARQL JSON, Turtle."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unionkg.errors import UnknownFormatName
from unionkg.exports.cells import write_rows
from unionkg.exports.columns import aligned
from unionkg.exports.turtle import write_triples
from unionkg.graph.schema import PREFIXES

Value: TypeAlias = NamedNode | BlankNode | Literal | Triple

_STRING = f"{PREFIXES['xsd']}string"


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to SELECT: the variables without their mark, and the rows, with None where one is not bound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer to ASK."""

    value: bool


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT and DESCRIBE, sorted."""

    triples: tuple[Triple, ...]


Answer: TypeAlias = Rows | Truth | Triples


def write_answer(answer: Answer, form: str, stream: BinaryIO) -> None:
    """Write the answer in one of FORMS: `table`, `csv`, `json` or `ttl`.

    Raises UnknownFormatName for another one, and for one that cannot hold this kind of answer.
    """
    if form not in FORMS:
        raise UnknownFormatName(f"unknown format {form!r} of an answer; accepted: {', '.join(FORMS)}")
    FORMS[form](answer, stream)


def _write_table(answer: Answer, stream: BinaryIO) -> None:
    """Write aligned columns, for a terminal whose Chinese characters are two columns wide."""
    header, rows = _grid(answer, PREFIXES)
    stream.writelines(f"{line}\n".encode() for line in aligned(header, rows))


def _write_csv(answer: Answer, stream: BinaryIO) -> None:
    """Write SPARQL 1.1 CSV results, but for cells that could run as formulas (see `cells`); no byte order mark."""
    header, rows = _grid(answer)
    write_rows((header, *rows), stream, mark=False)


def _write_json(answer: Answer, stream: BinaryIO) -> None:
    """Write the W3C recommendation SPARQL 1.1 Query Results JSON Format."""
    content: dict[str, object]
    if isinstance(answer, Triples):
        raise UnknownFormatName("an answer of triples cannot be written as 'json'; accepted: table, csv, ttl")
    if isinstance(answer, Truth):
        content = {"head": {}, "boolean": answer.value}
    else:
        bindings = [
            {name: _json(value) for name, value in zip(answer.variables, row, strict=True) if value is not None}
            for row in answer.rows
        ]
        content = {"head": {"vars": answer.variables}, "results": {"bindings": bindings}}
    stream.write(msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")


def _write_turtle(answer: Answer, stream: BinaryIO) -> None:
    if not isinstance(answer, Triples):
        raise UnknownFormatName("an answer without triples cannot be written as 'ttl'; accepted: table, csv, json")
    write_triples(((str(each.subject), str(each.predicate), str(each.object)) for each in answer.triples), stream)


FORMS: dict[str, Callable[[Answer, BinaryIO], None]] = {
    "table": _write_table,
    "csv": _write_csv,
    "json": _write_json,
    "ttl": _write_turtle,
}


def _grid(answer: Answer, prefixes: Mapping[str, str] | None = None) -> tuple[Sequence[str], list[list[str]]]:
    """Return the header and the rows as texts; IRIs shortened by `prefixes` if given."""
    if isinstance(answer, Truth):
        return ("answer",), [["true" if answer.value else "false"]]
    if isinstance(answer, Triples):
        header: Sequence[str] = ("subject", "predicate", "object")
        rows: list[Sequence[Value | None]] = [(each.subject, each.predicate, each.object) for each in answer.triples]
    else:
        header, rows = answer.variables, list(answer.rows)
    return header, [["" if value is None else _text(value, prefixes or {}) for value in row] for row in rows]


def _text(value: Value, prefixes: Mapping[str, str]) -> str:
    if isinstance(value, Triple):
        return str(value)
    if isinstance(value, NamedNode):
        for prefix, iri in prefixes.items():
            if value.value.startswith(iri):
                return f"{prefix}:{value.value.removeprefix(iri)}"
    return f"_:{value.value}" if isinstance(value, BlankNode) else value.value


def _json(value: Value) -> dict[str, object]:
    if isinstance(value, Triple):  # SPARQL 1.2 can make these
        ends = {"subject": value.subject, "predicate": value.predicate, "object": value.object}
        return {"type": "triple", "value": {name: _json(end) for name, end in ends.items()}}
    if isinstance(value, NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, BlankNode):
        return {"type": "bnode", "value": value.value}
    if value.language is not None:
        return {"type": "literal", "value": value.value, "xml:lang": value.language}
    if value.datatype.value == _STRING:
        return {"type": "literal", "value": value.value}
    return {"type": "literal", "value": value.value, "datatype": value.datatype.value}
