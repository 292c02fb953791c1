"""`unionkg query`"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from unionkg.cli.console import put
from unionkg.cli.options import Folder

Form: TypeAlias = Literal["table", "csv", "json", "ttl"]


def query_command(
    folder: Folder,
    sparql: Annotated[
        str | None, typer.Argument(metavar="[SPARQL]", show_default=False, help="The query; - for standard input.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", show_default=False, help="A file with the query, in its place.")
    ] = None,
    format: Annotated[
        Form, typer.Option(help="A table to read, CSV, SPARQL JSON, or Turtle for CONSTRUCT and DESCRIBE.")
    ] = "table",
) -> None:
    """Ask a knowledge graph in SPARQL.

    The prefixes that `unionkg schema --format ontology` shows need no declaration. Queries only read, and call no other
    endpoint.

    \b
    Example:
      unionkg query KG 'SELECT ?name WHERE { ?union a ukg:TradeUnion ; skos:prefLabel ?name }'
    """
    if (sparql is None) == (file is None):
        raise typer.BadParameter("give the query as an argument or with --file, one of them", param_hint="SPARQL")
    put(query(folder, _text(sparql, file), format))


def _text(sparql: str | None, file: Path | None) -> str:
    import sys

    from unionkg.errors import InvalidQuery

    if file is None and sparql is not None and sparql != "-":
        return sparql
    data = sys.stdin.buffer.read() if file is None else file.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidQuery(f"{file or 'standard input'}: the query is not UTF-8, byte {error.start}") from error


def query(folder: Path, sparql: str, form: Form) -> bytes:
    """Return the answer in the form asked for."""
    from unionkg.exports.answers import write_answer
    from unionkg.kg import load

    stream = BytesIO()
    write_answer(load(folder).answer(sparql), form, stream)
    return stream.getvalue()
