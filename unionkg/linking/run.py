"""A table linked from file to file."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from unionkg.errors import InvalidOption
from unionkg.exports.columns import harmless
from unionkg.exports.iri import BASE, name_of
from unionkg.exports.whole import STDOUT, check_apart, naming, whole_file
from unionkg.graph.ledger import NO_LINK
from unionkg.graph.web_address import web_address
from unionkg.linking.accepted import Accepted
from unionkg.linking.columns import added_headings, chosen
from unionkg.linking.link import Linked, Search, Summary, known_type, link, write_linked
from unionkg.linking.sssom import BY_HAND, CLOSE, EXACT, LICENCE, MappingRow, writing_sssom
from unionkg.linking.tables import SUFFIXES, Table, Writer, open_table, text_of, writing_to


@dataclass(frozen=True, slots=True)
class Output:
    """Where the linked table goes, `-` being standard output, and the matches as SSSOM, if anywhere.

    `base` opens the IRIs of the graph.
    """

    path: Path
    language: str = "en"
    sssom: Path | None = None
    licence: str = LICENCE
    base: str = BASE


def link_table(
    table: Path | Table, search: Search, output: Output, named: Mapping[str, str | None] | None = None, kind: str = ""
) -> Summary:
    """Link a table, write it and return how many rows were matched; `named` are headings that somebody chose.

    The suffix of the output tells its format, else it is that of the table. Raises UnusableTable, InvalidOption and OSError;
    nothing is written then.
    """
    source = open_table(table) if isinstance(table, Path) else table
    columns = chosen(source.headings, named or {})
    known_type(kind)
    check_apart(table=source.path if source.path.is_file() else None, out=output.path, sssom=output.sssom)
    if output.language not in {"en", "zh"}:
        raise InvalidOption(f"the language {output.language!r} is none; accepted: en, zh")
    form = SUFFIXES.get(output.path.suffix.lower(), source.format)
    headings = (*source.headings, *added_headings(source.headings))
    with ExitStack() as stack:
        files = {
            path: stack.enter_context(whole_file(path))
            for path in (output.sssom, output.path)
            if path is not None and path != STDOUT
        }
        also: list[AbstractContextManager[Callable[[Linked], None]]] = []
        if output.sssom is not None:
            also.append(_mappings(files[output.sssom], output.sssom, output, _mapping_set(source)))
        found = link(source, columns, search, kind)
        writer = _to_file(files[output.path], output.path, form, headings) if output.path in files else None
        summary = write_linked(found, writer or _to_stdout(form, headings), output.language, also)
        for path, stream in files.items():  # before any of them takes its place
            with naming(path):
                stream.flush()
    return summary


@contextmanager
def _to_file(stream: BinaryIO, path: Path, form: str, headings: tuple[str, ...]) -> Iterator[Writer]:
    """Lend a function that writes a row to the stream; errors name the file at the path."""
    with naming(path), writing_to(stream, form, headings) as write:
        yield naming(path)(write)


@contextmanager
def _to_stdout(form: str, headings: tuple[str, ...]) -> Iterator[Writer]:
    """Lend a function that writes a row; when all are written they go to standard output, where nothing steers a terminal.

    Raises InvalidOption for a workbook on a terminal.
    """
    is_shown = sys.stdout.isatty()
    if is_shown and form == "xlsx":
        raise InvalidOption("a workbook cannot be shown on a terminal; accepted: --out FILE")
    with TemporaryFile() as written:
        with writing_to(written, form, headings) as write:
            yield write
        written.seek(0)
        if is_shown:
            sys.stdout.write(harmless(written.read().decode("utf-8-sig")))
        else:
            shutil.copyfileobj(written, sys.stdout.buffer)


@contextmanager
def _mappings(stream: BinaryIO, path: Path, output: Output, mapping_set: str) -> Iterator[Callable[[Linked], None]]:
    """Lend a function that writes a matched row as a mapping; a row without an IRI gets one under that of the set."""
    with naming(path), writing_sssom(stream, mapping_set, output.base, output.licence) as write:

        def add(linked: Linked) -> None:
            if linked.decision != "match":
                return
            best = linked.found[0]
            subject = web_address(linked.query.id) or f"{mapping_set}#row-{linked.row.number}"
            write(
                MappingRow(
                    *(subject, linked.query.name, best.iri, best.candidate.name),
                    confidence=best.candidate.score / 100,
                    comment=best.candidate.told("en"),
                )
            )

        yield naming(path)(add)


@contextmanager
def writing_accepted(
    found: Accepted, path: Path, table: Table, base: str, licence: str | None = None
) -> Iterator[None]:
    """Write the links that somebody accepted as SSSOM, entities of the graph under `base`.

    The file takes its place when what is done meanwhile is done, and not after an error.
    """
    with whole_file(path) as stream:
        with writing_sssom(stream, _mapping_set(table), base, licence or LICENCE) as write:
            for one, (ours, outside) in zip(found.judgements, found.labels, strict=True):
                if one.value != NO_LINK:
                    write(
                        MappingRow(
                            *(base + name_of(one.subject), ours, one.object, outside),
                            predicate=EXACT if one.value == "exact" else CLOSE,
                            justification=BY_HAND,
                            author=one.who,
                            date=one.when,
                            comment=one.why,
                        )
                    )
        stream.flush()
        yield


def _mapping_set(table: Table) -> str:
    """Return an IRI for the links of a table: the same for the same bytes, or rows if it is in no file."""
    digest = sha256()
    if table.path.is_file():
        with table.path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
    else:
        for row in table.rows():
            digest.update("\t".join(map(text_of, row.cells)).encode("utf-8", "surrogatepass") + b"\n")
    return f"{BASE}mappings-{digest.hexdigest()[:16]}"
