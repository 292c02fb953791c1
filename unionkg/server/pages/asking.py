"""The saved questions: a form for each, its answer as a table to look at and in files to take away, and what to cite for it."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from unionkg.errors import InvalidOption, UnknownEntity, UnknownFormatName
from unionkg.exports.answers import Answer, Triples, write_answer
from unionkg.exports.questions import column, the_question
from unionkg.exports.references import FORMATS, write_references
from unionkg.server.pages.reader import Reader
from unionkg.server.pages.rendering import Alternate, cell, page, reader_of
from unionkg.server.parameters import shown, values_of
from unionkg.server.questioning import answer_to, documents_for
from unionkg.server.records_of_questions import answered, question, questions
from unionkg.server.replies import cut, reply

if TYPE_CHECKING:
    from unionkg.server.holding import Served

SHOWN_ROWS = 500

_ANSWERS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "md": "text/markdown",
    "ttl": "text/turtle",
}


async def question_list(request: Request, served: Served) -> Response:
    """Return the list of the saved questions."""
    return await page(request, served, "questions.html", record=questions(), section="questions")


async def question_page(request: Request, served: Served) -> Response:
    """Return the form of a question, with its answer if it is asked; with a suffix the answer as a file."""
    name, _, suffix = request.path_params["name"].rpartition(".")
    if suffix in _ANSWERS and name:
        return await _download(request, served, name, suffix)
    saved = the_question(request.path_params["name"])
    reader, record, complaint = reader_of(request), None, None
    answer: Answer | None = None
    values = values_of(request)
    if values or "ask" in request.query_params:
        try:
            query, answer = await answer_to(served, saved, values, SHOWN_ROWS)
            record = answered(saved, values, query, answer)
        except (InvalidOption, UnknownEntity) as error:
            complaint = str(error)
    forms = ("csv", "tsv", "ttl") if isinstance(answer, Triples) else ("csv", "tsv", "json", "xml", "md")
    return await page(
        request,
        served,
        "question.html",
        status=200 if complaint is None else 400,
        question=question(saved),
        values=values,
        record=record,
        most_rows=request.app.state.holding.settings.max_rows,
        problem=complaint,
        column=partial(_head, reader, saved.name),
        cell=partial(cell, served.library, reader),
        downloads=[
            Alternate(form.upper(), reader.link("questions", f"{saved.name}.{form}", **values), _ANSWERS[form])
            for form in forms
        ],
        references=[
            Alternate(
                one.name,
                reader.link("questions", saved.name, "references", **values, style=one.name),
                one.media_type,
            )
            for one in FORMATS
        ],
        section="questions",
    )


def _head(reader: Reader, question: str, variable: str) -> Markup:
    """Return the head of a column: in Chinese with the variable's name, which files and queries have."""
    name = column(question, variable) if reader.language == "zh" else None
    own = Markup('<bdi lang="en">{}</bdi>').format(variable)
    return own if name is None else Markup("{} <small>{}</small>").format(name, own)


async def _download(request: Request, served: Served, name: str, form: str) -> Response:
    saved = the_question(name)
    _, answer = await answer_to(served, saved, values_of(request))

    def content() -> bytes:
        stream = BytesIO()
        write_answer(answer, form, stream)
        return stream.getvalue()

    headers = {"Content-Disposition": f'attachment; filename="{saved.name}.{form}"', **cut(answer)}
    return reply(request, served.kg.manifest, await run_sync(content), _ANSWERS[form], headers)


async def references(request: Request, served: Served) -> Response:
    """Return the documents that the answer to a question rests on, as a list of references."""
    saved = the_question(request.path_params["name"])
    asked = request.query_params.get("style", "gbt7714")
    form = next((one for one in FORMATS if one.name == asked), None)
    if form is None:
        raise UnknownFormatName(
            f"unknown style {shown(asked)} of citations; accepted: {', '.join(one.name for one in FORMATS)}"
        )
    works, answer = await documents_for(served, saved, values_of(request))
    stream = BytesIO()
    await run_sync(write_references, works, form.name, stream)
    headers = {"Content-Disposition": f'attachment; filename="{saved.name}{form.suffix}"', **cut(answer)}
    return reply(request, served.kg.manifest, stream.getvalue(), form.media_type, headers)
