"""`unionkg query`"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from unionkg.cli.console import put, say
from unionkg.cli.options import Folder

if TYPE_CHECKING:
    from unionkg.exports.answers import Answer

Form: TypeAlias = Literal["table", "csv", "tsv", "json", "xml", "md", "ttl"]


def query_command(
    folder: Folder,
    sparql: Annotated[
        str | None,
        typer.Argument(
            metavar="[SPARQL]",
            show_default=False,
            help="The query; - for standard input; with --saved a question's name.",
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", show_default=False, help="A file with the query, in its place.")
    ] = None,
    saved: Annotated[
        bool, typer.Option("--saved", help="Ask the saved question of the name that follows; without one, list them.")
    ] = False,
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", show_default=False, help="A saved question's parameter; may be repeated."),
    ] = None,
    show: Annotated[
        bool, typer.Option("--show", help="Print the text of a saved question, to change it, instead of its answer.")
    ] = False,
    format: Annotated[
        Form,
        typer.Option(
            help="A table to read, CSV, TSV, SPARQL JSON or XML, Markdown, or Turtle for CONSTRUCT and DESCRIBE."
        ),
    ] = "table",
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", help="A query that takes longer is ended, with exit code 1.")
    ] = 30.0,
    max_rows: Annotated[
        int | None, typer.Option(min=1, metavar="N", show_default=False, help="The most rows, or triples, to print.")
    ] = None,
) -> None:
    """Ask a knowledge graph in SPARQL, or one of the saved questions.

    The prefixes that `unionkg schema --format ontology` shows need no declaration. Queries only read, and call no other
    endpoint.

    \b
    Example:
      unionkg query KG 'SELECT ?name WHERE { ?union a ukg:TradeUnion ; skos:prefLabel ?name }'
      unionkg query KG --saved
      unionkg query KG --saved officials-of --param name=江西省总工会
    """
    if (param or show) and not (saved and sparql):
        raise typer.BadParameter("--param and --show go with --saved and a name")
    if saved and file is not None:
        raise typer.BadParameter("give a saved question or a file, one of them", param_hint="--file")
    if saved and sparql is None:
        put(listed(format))
        return
    if (sparql is None) == (file is None):
        raise typer.BadParameter("give the query as an argument or with --file, one of them", param_hint="SPARQL")
    if saved:
        text = saved_text(str(sparql), given(param or ()), is_shown=show)
        if show:
            put(text)
            return
    else:
        text = _text(sparql, file)
    put(query(folder, text, format, timeout_s=timeout, max_rows=max_rows))


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


def given(parameters: Sequence[str]) -> dict[str, str]:
    """Return the parameters, given as NAME=VALUE, by name. Raises InvalidOption if one is not, or is given twice."""
    from unionkg.errors import InvalidOption

    values: dict[str, str] = {}
    for parameter in parameters:
        name, sign, value = parameter.partition("=")
        if not sign or name in values:
            why = "is given twice" if sign else "has no value"
            raise InvalidOption(f"parameter {name!r} {why}; accepted: NAME=VALUE, once for each name")
        values[name] = value
    return values


def saved_text(name: str, parameters: Mapping[str, str], *, is_shown: bool = False) -> str:
    """Return the query of a saved question; if it is to be shown, with its title and examples for what is not given."""
    from unionkg.exports.questions import bound, examples, the_question

    question = the_question(name)
    if not is_shown:
        return bound(question, parameters)
    title = f"# {question.zh}\n# {question.en}\n"
    defaults = {name: each.default for name, each in question.parameters.items() if each.default is not None}
    return title + bound(question, {**examples(question), **defaults, **parameters})


def listed(form: Form) -> bytes:
    """Return the saved questions with titles and parameters, in the form asked for."""
    from pyoxigraph import Literal as Term

    from unionkg.exports.answers import Rows
    from unionkg.exports.questions import questions

    rows = [
        (question.name, question.zh, question.en, " ".join(f"{name}=" for name in question.parameters))
        for question in questions()
    ]
    return _written(Rows(("name", "zh", "en", "parameters"), tuple(tuple(map(Term, row)) for row in rows)), form)


def query(folder: Path, sparql: str, form: Form, *, timeout_s: float = 30.0, max_rows: int | None = None) -> bytes:
    """Return the answer in the form asked for; say it if rows were cut."""
    from unionkg.querying import QueryWorker

    worker = QueryWorker(folder)
    worker.start()  # it loads while this process does
    try:
        from unionkg.exports import answers

        answer = worker.answer(sparql, timeout_s=timeout_s, max_rows=max_rows)
    finally:
        worker.close()
    if not isinstance(answer, answers.Truth) and answer.is_cut:
        say(f"there is more than the {max_rows} rows of --max-rows")
    return _written(answer, form)


def _written(answer: Answer, form: Form) -> bytes:
    from unionkg.exports.answers import write_answer

    stream = BytesIO()
    write_answer(answer, form, stream)
    return stream.getvalue()
