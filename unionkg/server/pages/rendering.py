"""What every page is made with: its reader, its frame, and the page that tells why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from anyio.to_thread import run_sync
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from unionkg.errors import UnknownDocument
from unionkg.graph.schema import CONFLICT_KINDS, OUTCOME_BOUNDS, OUTCOME_KINDS, PREFIXES, QUALIFIERS
from unionkg.reconciliation.queries import LONGEST
from unionkg.server.api import PROBLEM, refused
from unionkg.server.forms import HTML, JSON, Form, wanted
from unionkg.server.language import LANGUAGES, language_of
from unionkg.server.library import Library
from unionkg.server.pages.reader import Reader
from unionkg.server.pages.spans import marked
from unionkg.server.pages.template import POLICY, environment, style_name
from unionkg.server.records import Evidence, Problem
from unionkg.server.replies import VARY, no_answer, reply

if TYPE_CHECKING:
    from unionkg.server.holding import Served

THINGS = "id"
"""Under `/id/` each thing of the graph is told by the name that it has in its IRI, whatever the base."""

PLAIN = Form("txt", "text/plain", "text")
_PROBLEM = Form("json", PROBLEM, "JSON")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}(-[0-9]{2}){0,2})?")
_CODES = {*QUALIFIERS["status"].values, *OUTCOME_KINDS, *OUTCOME_BOUNDS, *CONFLICT_KINDS, "appointed"}
_TITLES = {400: "badRequest", 404: "unknownAddress", 406: "notAcceptable"}
_REASONS = {400: "badRequestReason", 404: "unknownAddressReason"}


class Alternate(NamedTuple):
    """Another form of what a page shows."""

    name: str
    address: str
    media_type: str = ""


async def problem_page(request: Request, served: Served, told: Problem) -> Response:
    """Return why there is no answer: as a page or JSON for who prefers these to anything, else as plain text."""
    form = wanted(request, (PLAIN, HTML, _PROBLEM, JSON)) or PLAIN
    if form in (_PROBLEM, JSON):
        return refused(told)
    if form is PLAIN:
        return Response(f"{told.title}: {told.detail}\n", status_code=told.status, media_type=PLAIN.media_type)
    title = str(reader_of(request).say(_TITLES.get(told.status, "unanswered")))
    return await page(
        request,
        served,
        "problem.html",
        status=told.status,
        heading=title,
        reason=_REASONS.get(told.status),
        problem=told,
    )


def reader_of(request: Request) -> Reader:
    """Return whom the answer to a request is made for."""
    query = request.query_params
    return Reader(
        language=language_of(request),
        is_chosen=query.get("lang") in LANGUAGES,
        path="/" + request.scope["path"].lstrip("/"),  # `//host` would lead to another server
        query=tuple(query.items()),
    )


def rendered(template: str, served: Served, reader: Reader, **context: Any) -> str:
    """Return a page as HTML text. It takes some time: call it in a thread."""
    told = {
        "reader": reader,
        "style": style_name(),
        "section": "",
        "alternates": (),
        "canonical": "",
        "built": served.kg.manifest.times.started[:10],
        "outside": outside,
        "quote": partial(_quote, reader),
        **context,
    }
    return environment().get_template(template).render(told)


async def page(request: Request, served: Served, template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a page; 406 for who takes no HTML."""
    if wanted(request, (HTML,)) is None:
        return await problem_page(request, served, no_answer(406, "this address is answered in text/html"))
    reader = reader_of(request)
    content = await run_sync(partial(rendered, template, served, reader, **context))
    if status == 200:
        return html_reply(request, served, content, reader)
    headers = {"Content-Security-Policy": POLICY, "Content-Language": reader.language, "Vary": VARY}
    return Response(content, status_code=status, media_type=HTML.media_type, headers=headers)


def html_reply(
    request: Request, served: Served, content: str, reader: Reader, headers: Mapping[str, str] = {}
) -> Response:
    """Return a page as a reply, under the policy that fits it."""
    told = {"Content-Security-Policy": POLICY, "Content-Language": reader.language, **headers}
    return reply(request, served.kg.manifest, content, HTML.media_type, told)


def file_of(served: Served, name: str) -> bytes:
    """Return the content of a file of the folder. Raises UnknownDocument if it was passed on without."""
    path = served.kg.folder / name
    if not path.is_file():
        raise UnknownDocument(f"the folder that is served has no {name}")
    return path.read_bytes()


def _quote(reader: Reader, piece: Evidence, own: str | None) -> Markup:
    return marked(piece.quote, piece.marks, partial(reader.link, "entity"), own=own)


def cell(library: Library, reader: Reader, value: str | float | bool | None) -> Markup:
    """Return a value of an answer: things of the graph, and names of entities, as links to their pages.

    A name that several entities bear leads to a search for it.
    """
    if value is None:
        return Markup("")
    if isinstance(value, bool):
        return reader.say(str(value).lower())
    if not isinstance(value, str):
        return Markup('<span class="number">{}</span>').format(value)
    if value in _CODES:
        return Markup('<span title="{}">{}</span>').format(value, reader.say(value))
    if value.startswith(library.base):
        name = unquote(value.removeprefix(library.base))
        link = Markup('<a href="{}"><bdi lang="zh">{}</bdi></a>')
        if name in library.graph:
            return link.format(reader.link("entity", name), library.entity(name)["name"])
        if name in library.documents:
            paper = library.documents[name]
            return link.format(reader.link("document", name), paper.get("title") or paper["name"])
        return link.format(reader.link(THINGS, name), name)
    for prefix, iri in PREFIXES.items():
        if value.startswith(iri) and len(value) > len(iri):
            return reader.term(f"{prefix}:{value.removeprefix(iri)}")
    if value.startswith(("http://", "https://")):
        return outside(value)
    if _DATE.fullmatch(value):
        return Markup('<span class="date">{}</span>').format(value)
    text = Markup('<bdi lang="zh">{}</bdi>').format(value)
    nodes = library.named.get(value, ())
    if not nodes or len(value) > LONGEST:
        return text
    address = reader.link("entity", nodes[0]) if len(nodes) == 1 else reader.link("search", q=value)
    return Markup('<a href="{}">{}</a>').format(address, text)


def outside(iri: str) -> Markup:
    """Return a link out, or the bare text of what is no address of the web."""
    if not iri.startswith(("http://", "https://")):
        return Markup("<bdi>{}</bdi>").format(iri)
    return Markup('<a href="{}" rel="external nofollow noreferrer"><bdi>{}</bdi></a>').format(iri, iri)
