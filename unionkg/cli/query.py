"""`unionkg query`"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, TypeAlias

import typer

from unionkg.cli.console import printable, put, say
from unionkg.cli.options import Folder
from unionkg.querying import TIMEOUT_S, QueryWorker, check_limits

if TYPE_CHECKING:
    from unionkg.exports.answers import Answer

Form: TypeAlias = Literal["table", "csv", "tsv", "json", "xml", "md", "ttl", "nt", "rdfxml", "jsonld"]
Style: TypeAlias = Literal["gbt7714", "bibtex", "ris", "csl"]


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
    cite: Annotated[
        Style | None,
        typer.Option(show_default=False, help="Cite the documents that the answer rests on, behind a table."),
    ] = None,
    cite_out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Write the citations to a file; with any --format."),
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
      unionkg query KG --saved officials-of --param name=江西省总工会 --cite gbt7714
    """
    if cite_out is not None and cite is None:
        raise typer.BadParameter("it goes with --cite and a style", param_hint="--cite-out")
    if cite_out == Path("-"):
        raise typer.BadParameter("standard output has the answer; give a file", param_hint="--cite-out")
    if cite is not None and (show or (saved and sparql is None)):
        raise typer.BadParameter("it goes with a query that is answered", param_hint="--cite")
    if cite is not None and cite_out is None and format != "table":
        raise typer.BadParameter(f"citations behind {format} would break it; give --cite-out", param_hint="--cite")
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
        return
    if saved:
        written = question(
            folder, str(sparql), given(param or ()), format, timeout_s=timeout, max_rows=max_rows, cite=cite
        )
    else:
        text = _text(sparql, file)
        _refuse_name(text)
        written = query(folder, text, format, timeout_s=timeout, max_rows=max_rows, cite=cite)
    if cite is not None and not written.references:
        say(_nothing_to_cite(saved, cite_out))
    try:
        if cite_out is not None and written.references:
            cite_out.write_bytes(written.references)
    finally:  # the answer took its time: a file that cannot be written does not cost it
        put(written.answer + (_behind_a_table(written.references) if cite_out is None else b""))


def _nothing_to_cite(is_saved: bool, out: Path | None) -> str:
    why = "the answer names no document, sentence, fact, figure or entity by its IRI; select it too"
    if is_saved:
        why = "what the question finds is in no document of the graph"
    return f"nothing to cite: {why}" + (f"; nothing is written to {out}" if out else "")


def _behind_a_table(references: bytes) -> bytes:
    """Return the references as they follow a table, of which the cells steer no terminal either."""
    from unionkg.exports.columns import harmless

    return b"\n" + harmless(references.decode()).encode() if references else b""


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
    told = [question.zh, question.en, question.about_zh, *question.about_en.splitlines()]
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


class Written(NamedTuple):
    """An answer in the form asked for, and its references in the style asked for, empty if it rests on no document."""

    answer: bytes
    references: bytes


def query(
    folder: Path,
    sparql: str,
    form: Form,
    *,
    timeout_s: float = TIMEOUT_S,
    max_rows: int | None = None,
    cite: Style | None = None,
) -> Written:
    """Return the answer, with what is to be cited if a style is given; say it if rows were cut.

    Raises what `QueryWorker.answer` raises, and NotAKnowledgeGraph if `unionkg build` did not leave the folder.
    """
    return _answered(folder, form, lambda worker: (sparql, sparql), timeout_s, max_rows, cite)


def question(
    folder: Path,
    name: str,
    parameters: Mapping[str, str],
    form: Form,
    *,
    timeout_s: float = TIMEOUT_S,
    max_rows: int | None = None,
    cite: Style | None = None,
) -> Written:
    """Return the answer to a saved question as `query` does; say it if no entity goes by a name that is given.

    Cited is what all rows of the whole answer are made of.
    """
    from unionkg.exports.questions import bound, pattern, the_question

    saved = the_question(name)
    bound(saved, parameters)  # what is wrong with them is told before a process is started

    def sparql(worker: QueryWorker) -> tuple[str, str]:
        from unionkg.asking import asked

        found = asked(worker, saved, parameters, timeout_s=timeout_s)
        for fault in found.unknown:
            say(fault)
        return found.sparql, pattern(found.sparql) or found.sparql

    return _answered(folder, form, sparql, timeout_s, max_rows, cite)


def _answered(
    folder: Path,
    form: Form,
    queries: Callable[[QueryWorker], tuple[str, str]],
    timeout_s: float,
    max_rows: int | None,
    cite: Style | None,
) -> Written:
    """Return what is to be printed; `queries` makes the query to answer, and the one whose answer is cited."""
    check_limits(timeout_s, max_rows)
    worker = QueryWorker(folder)
    worker.start()  # it loads while this process does
    try:
        from unionkg import manifest
        from unionkg.exports import answers

        base = manifest.read(folder).base
        sparql, grounds = queries(worker)
        answer = worker.answer(sparql, timeout_s=timeout_s, max_rows=max_rows)
        references = b""
        if cite is not None:
            rests_on = answer if grounds == sparql else worker.answer(grounds, timeout_s=timeout_s)
            references = _references(worker, folder, base, rests_on, cite, timeout_s)
    finally:
        worker.close()
    if not isinstance(answer, answers.Truth) and answer.is_cut:
        say(f"there is more than the {max_rows} rows of --max-rows")
    return Written(_written(answer, form), references)


def _references(worker: QueryWorker, folder: Path, base: str, answer: Answer, style: Style, timeout_s: float) -> bytes:
    from unionkg.citing import cited
    from unionkg.exports.files import GRAPH_FILE
    from unionkg.exports.graph_json import read_documents
    from unionkg.exports.references import write_references

    documents = cited(worker, read_documents(folder / GRAPH_FILE), base, answer, timeout_s=timeout_s)
    if not documents:
        return b""
    stream = BytesIO()
    write_references(documents, style, stream)
    return stream.getvalue()


def _written(answer: Answer, form: Form) -> bytes:
    from unionkg.exports.answers import write_answer

    stream = BytesIO()
    write_answer(answer, form, stream)
    return stream.getvalue()
