"""`unionkg query`"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from unionkg.cli.console import printable, put, say
from unionkg.cli.options import Folder
from unionkg.querying import TIMEOUT_S, QueryWorker, check_limits

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
    ] = TIMEOUT_S,
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
    if saved and show:
        put(shown(str(sparql), given(param or ())))
    elif saved:
        put(question(folder, str(sparql), given(param or ()), format, timeout_s=timeout, max_rows=max_rows))
    else:
        text = _text(sparql, file)
        _refuse_name(text)
        put(query(folder, text, format, timeout_s=timeout, max_rows=max_rows))


def _refuse_name(text: str) -> None:
    if "{" in text:
        return
    from unionkg.exports.questions import questions

    if text.strip() in {question.name for question in questions()}:
        told = f"{text.strip()} is the name of a saved question; ask it with --saved {text.strip()}"
        raise typer.BadParameter(told, param_hint="SPARQL")


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


def shown(name: str, parameters: Mapping[str, str]) -> str:
    """Return the query of a saved question, with examples for what is not given, under comments that say what it asks."""
    from unionkg.exports.questions import bound, examples, the_question

    question = the_question(name)
    defaults = {name: each.default for name, each in question.parameters.items() if each.default is not None}
    values = {**examples(question), **defaults, **parameters}
    query = bound(question, values)
    told = [question.zh, question.en, *question.about.splitlines()]
    told += (f"{name} = {values[name]}: {each.zh}; {each.en}" for name, each in question.parameters.items())
    return "".join(f"# {printable(line)}\n" for line in told) + query


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


def query(folder: Path, sparql: str, form: Form, *, timeout_s: float = TIMEOUT_S, max_rows: int | None = None) -> bytes:
    """Return the answer in the form asked for; say it if rows were cut.

    Raises what `QueryWorker.answer` raises, and NotAKnowledgeGraph if `unionkg build` did not leave the folder.
    """
    return _answered(folder, form, lambda worker: sparql, timeout_s, max_rows)


def question(
    folder: Path,
    name: str,
    parameters: Mapping[str, str],
    form: Form,
    *,
    timeout_s: float = TIMEOUT_S,
    max_rows: int | None = None,
) -> bytes:
    """Return the answer to a saved question as `query` does; say it if no entity goes by a name that is given."""
    from unionkg.exports.questions import bound, the_question

    saved = the_question(name)
    bound(saved, parameters)  # what is wrong with them is told before a process is started

    def sparql(worker: QueryWorker) -> str:
        from unionkg.asking import asked

        found = asked(worker, saved, parameters, timeout_s=timeout_s)
        for fault in found.unknown:
            say(fault)
        return found.sparql

    return _answered(folder, form, sparql, timeout_s, max_rows)


def _answered(
    folder: Path, form: Form, sparql: Callable[[QueryWorker], str], timeout_s: float, max_rows: int | None
) -> bytes:
    check_limits(timeout_s, max_rows)
    worker = QueryWorker(folder)
    worker.start()  # it loads while this process does
    try:
        from unionkg import manifest
        from unionkg.exports import answers

        manifest.read(folder)
        answer = worker.answer(sparql(worker), timeout_s=timeout_s, max_rows=max_rows)
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
