"""`/sparql`: queries for programs, the service description, and for browsers the page to ask from."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from unionkg.errors import UnknownFormatName
from unionkg.exports.answers import Triples, Wanted, written
from unionkg.server.holding import Holding
from unionkg.server.negotiation import chosen
from unionkg.server.replies import CUT
from unionkg.server.sparql.description import description
from unionkg.server.sparql.forms import TRIPLES, preferred
from unionkg.server.sparql.page import page
from unionkg.server.sparql.protocol import Asked, asked
from unionkg.server.sparql.replies import only_reads, told

PATH = "/sparql"
HTML = "text/html"


@told
async def sparql(request: Request) -> Response:
    """Answer a query; without one describe the service, or show the page to ask from."""
    if request.method == "OPTIONS":
        return only_reads("POST")
    question = await asked(request)
    return _about(request) if question is None else await _answer(request, question)


async def _answer(request: Request, question: Asked) -> Response:
    holding: Holding = request.app.state.holding
    forms = preferred(request.headers.get("accept"), question.formats)
    try:
        answer = await holding.current.pool.written(
            question.query,
            forms.wanted,
            base=f"{holding.settings.address}{PATH}",
            graphs=question.graphs,
            gone=lambda: gone(request),
        )
    except UnknownFormatName as error:
        raise HTTPException(406, _by_media_types(str(error))) from error
    headers = {CUT: str(holding.settings.max_rows)} if answer.is_cut else None
    return Response(answer.data, media_type=forms.media_type(answer.form), headers=headers)


def _by_media_types(reason: str) -> str:
    """Return why an answer does not go into a form with the names that a client knows for those of the command line."""
    what, accepted, _ = reason.partition("; accepted: ")
    for media_type, form in TRIPLES.items():
        what = what.replace(repr(form), media_type)
    return f"{what}; triples are given as {', '.join(TRIPLES)}" if accepted else what


async def gone(request: Request) -> None:
    """Return when the client has gone. The body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _about(request: Request) -> Response:
    holding: Holding = request.app.state.holding
    media_type = chosen(request.headers.get("accept"), (*TRIPLES, HTML))
    if media_type is None:
        raise HTTPException(406, f"the service is described, or shown, in other formats: {', '.join((*TRIPLES, HTML))}")
    if media_type == HTML:
        return page(request, PATH)
    triples = description(f"{holding.settings.address}{PATH}", holding.current.kg.folder)
    form = written(Triples(triples), Wanted(triples=TRIPLES[media_type]))
    return Response(form.data, media_type=media_type)
