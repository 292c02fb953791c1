"""Answers to SPARQL queries, and their forms: tables for the eye and for documents, the W3C's four for results, four of RDF.

What only a form needs is imported when it is written: the process that answers a query imports this too, and should
start fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, TypeAlias

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse_query_results,
    serialize,
)

from unionkg.errors import UnknownFormatName
from unionkg.graph.schema import PREFIXES

Value: TypeAlias = NamedNode | BlankNode | Literal | Triple

_STRING = f"{PREFIXES['xsd']}string"
_PARTS = ("subject", "predicate", "object")
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
_NAMELESS = b"<oxprefix: "  # so Oxigraph writes a property that has no name in XML
_OTHERS = "table, csv, tsv, json, xml, md"  # that hold no triples alone


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to SELECT: the variables without their mark, and the rows, with None where one is not bound.

    `is_cut` if there are more.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer to ASK."""

    value: bool


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT and DESCRIBE, sorted. `is_cut` if there are more."""

    triples: tuple[Triple, ...]
    is_cut: bool = False


Answer: TypeAlias = Rows | Truth | Triples


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form of FORMS in which each kind of answer is wanted; None for a kind of which none is."""

    rows: str | None = None
    truth: str | None = None
    triples: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in one of FORMS. `is_cut` if there are more rows or triples."""

    data: bytes
    form: str
    is_cut: bool


def written(answer: Answer, wanted: Wanted) -> Written:
    """Return the answer in the form wanted. Raises UnknownFormatName if its kind is not wanted, or does not go into the form."""
    match answer:
        case Rows():
            form, kind = wanted.rows, "rows"
        case Truth():
            form, kind = wanted.truth, "a truth value"
        case Triples():
            form, kind = wanted.triples, "triples"
    if form is None:
        raise UnknownFormatName(f"the answer is {kind}, and none of the formats asked for holds that")
    stream = BytesIO()
    write_answer(answer, form, stream)
    return Written(stream.getvalue(), form, not isinstance(answer, Truth) and answer.is_cut)


def write_answer(answer: Answer, form: str, stream: BinaryIO) -> None:
    """Write the answer in one of FORMS: `table`, `csv`, `tsv`, `json`, `xml`, `md`, `ttl`, `nt`, `rdfxml` or `jsonld`.

    Raises UnknownFormatName for another one, and for one that cannot hold this kind of answer.
    """
    if form not in FORMS:
        raise UnknownFormatName(f"unknown format {form!r} of an answer; accepted: {', '.join(FORMS)}")
    FORMS[form](answer, stream)


def _write_table(answer: Answer, stream: BinaryIO) -> None:
    """Write aligned columns, for a terminal whose Chinese characters are two columns wide."""
    from unionkg.exports.columns import aligned

    header, rows = _grid(answer, PREFIXES)
    stream.writelines(f"{line}\n".encode() for line in aligned(header, rows))


def _write_csv(answer: Answer, stream: BinaryIO) -> None:
    """Write SPARQL 1.1 CSV results, but for cells that could run as formulas (see `cells`); no byte order mark."""
    from unionkg.exports.cells import write_rows

    header, rows = _grid(answer)
    write_rows((header, *rows), stream, mark=False)


def _write_tsv(answer: Answer, stream: BinaryIO) -> None:
    """Write SPARQL 1.1 TSV results: exact terms, for programs. Truth is a row, as the recommendation has none for it."""
    if isinstance(answer, Truth):
        value = "true" if answer.value else "false"
        answer = Rows(("answer",), ((Literal(value, datatype=NamedNode(f"{PREFIXES['xsd']}boolean")),),))
    elif isinstance(answer, Triples):
        answer = Rows(_PARTS, tuple((each.subject, each.predicate, each.object) for each in answer.triples))
    stream.write(_serialised(_results(answer, "tsv"), QueryResultsFormat.TSV))


def _write_json(answer: Answer, stream: BinaryIO) -> None:
    """Write the W3C recommendation SPARQL 1.1 Query Results JSON Format."""
    import msgspec

    stream.write(msgspec.json.format(_results(answer, "json"), indent=1) + b"\n")


def _write_xml(answer: Answer, stream: BinaryIO) -> None:
    """Write the W3C recommendation SPARQL Query Results XML Format (Second Edition)."""
    xml = _serialised(_results(answer, "xml"), QueryResultsFormat.XML)
    stream.write(xml.replace(b"\r", b"&#13;") + b"\n")  # a reader of XML takes a plain one for a line end


def _write_markdown(answer: Answer, stream: BinaryIO) -> None:
    """Write a table of GitHub Flavored Markdown in which no text is markup."""
    from unionkg.exports.columns import one_line

    header, rows = _grid(answer, PREFIXES)
    cells = [[_MARKUP.sub(r"\\\g<0>", one_line(cell)) for cell in row] for row in rows]
    stream.writelines(f"| {' | '.join(row)} |\n".encode() for row in (header, ["---"] * len(header), *cells))


def _write_turtle(answer: Answer, stream: BinaryIO) -> None:
    from unionkg.exports.turtle import write_triples

    found = _triples(answer, "ttl")
    write_triples(((str(each.subject), str(each.predicate), str(each.object)) for each in found), stream)


def _write_ntriples(answer: Answer, stream: BinaryIO) -> None:
    stream.writelines(f"{each} .\n".encode() for each in _triples(answer, "nt"))


def _write_rdfxml(answer: Answer, stream: BinaryIO) -> None:
    """Write RDF/XML, with U+FFFD for the characters that XML cannot hold."""
    from unionkg.exports.literals import plain

    xml = serialize(_triples(answer, "rdfxml"), format=RdfFormat.RDF_XML) or b""
    if _NAMELESS in xml:
        raise UnknownFormatName(
            f"a property does not end in a name, and cannot be written as 'rdfxml'; accepted: {_OTHERS}, ttl, nt, jsonld"
        )
    stream.write(
        plain(xml.decode()).replace("\r", "&#13;").encode() + b"\n"
    )  # a reader takes a plain one for a line end


def _write_jsonld(answer: Answer, stream: BinaryIO) -> None:
    """Write JSON-LD in expanded form, because an answer can hold any terms."""
    stream.write((serialize(_triples(answer, "jsonld"), format=RdfFormat.JSON_LD) or b"") + b"\n")


def _triples(answer: Answer, form: str) -> tuple[Triple, ...]:
    """Return the triples of an answer that can be written in a form of RDF 1.1."""
    if not isinstance(answer, Triples):
        raise UnknownFormatName(f"an answer without triples cannot be written as {form!r}; accepted: {_OTHERS}")
    if any(_is_of_rdf_1_2(each.object) for each in answer.triples):
        raise UnknownFormatName(
            f"triples of triples, and texts with a direction, are RDF 1.2 and cannot be written as {form!r}, which is of"
            " RDF 1.1; accepted: table, csv, tsv, md"
        )
    return answer.triples


FORMS: dict[str, Callable[[Answer, BinaryIO], None]] = {
    "table": _write_table,
    "csv": _write_csv,
    "tsv": _write_tsv,
    "json": _write_json,
    "xml": _write_xml,
    "md": _write_markdown,
    "ttl": _write_turtle,
    "nt": _write_ntriples,
    "rdfxml": _write_rdfxml,
    "jsonld": _write_jsonld,
}


def _results(answer: Answer, form: str) -> bytes:
    """Return SPARQL results in JSON, from which Oxigraph writes the other formats of W3C."""
    import msgspec

    content: dict[str, object]
    if isinstance(answer, Triples):
        raise UnknownFormatName(
            f"an answer of triples cannot be written as {form!r}; accepted: table, csv, tsv, md, ttl, nt, rdfxml, jsonld"
        )
    if isinstance(answer, Truth):
        content = {"head": {}, "boolean": answer.value}
    else:
        bindings = [
            {name: _json(value) for name, value in zip(answer.variables, row, strict=True) if value is not None}
            for row in answer.rows
        ]
        content = {"head": {"vars": answer.variables}, "results": {"bindings": bindings}}
    return msgspec.json.encode(content)


def _serialised(results: bytes, form: QueryResultsFormat) -> bytes:
    """Return the results in another format, with U+FFFD for the characters that it or a terminal cannot hold."""
    from unionkg.exports.literals import plain

    written = parse_query_results(results, format=QueryResultsFormat.JSON).serialize(format=form)
    return plain((written or b"").decode()).encode()


def _grid(answer: Answer, prefixes: Mapping[str, str] | None = None) -> tuple[Sequence[str], list[list[str]]]:
    """Return the header and the rows as texts; IRIs shortened by `prefixes` if given."""
    if isinstance(answer, Truth):
        return ("answer",), [["true" if answer.value else "false"]]
    if isinstance(answer, Triples):
        header: Sequence[str] = _PARTS
        rows: list[Sequence[Value | None]] = [(each.subject, each.predicate, each.object) for each in answer.triples]
    else:
        header, rows = answer.variables, list(answer.rows)
    return header, [["" if value is None else _text(value, prefixes or {}) for value in row] for row in rows]


def _is_of_rdf_1_2(value: Value) -> bool:
    return isinstance(value, Triple) or (isinstance(value, Literal) and value.direction is not None)


def _text(value: Value, prefixes: Mapping[str, str]) -> str:
    if isinstance(value, Triple):
        return f"<<( {value} )>>"  # as Turtle of RDF 1.2 writes it
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
        direction = {} if value.direction is None else {"its:dir": str(value.direction)}  # SPARQL 1.2 too
        return {"type": "literal", "value": value.value, "xml:lang": value.language, **direction}
    if value.datatype.value == _STRING:
        return {"type": "literal", "value": value.value}
    return {"type": "literal", "value": value.value, "datatype": value.datatype.value}
