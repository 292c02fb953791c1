"""Entities, documents, facts and all else that has an IRI: told as pages, as records, or as what the graph says of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from unionkg.errors import UnknownEntity
from unionkg.exports.files import BUILT
from unionkg.exports.iri import name_of
from unionkg.exports.literals import parts
from unionkg.exports.triples import Description
from unionkg.exports.void import DATASET
from unionkg.server.api import ENCODER, document_named, entity_named, statement
from unionkg.server.describing import descriptions, triples_of, written
from unionkg.server.forms import HTML, JSON, RDF, TURTLE, Form, parted, wanted
from unionkg.server.library import Library
from unionkg.server.pages.drawing import drawing
from unionkg.server.pages.reader import Reader
from unionkg.server.pages.rendering import (
    THINGS,
    Alternate,
    cell,
    file_of,
    html_reply,
    problem_page,
    reader_of,
    rendered,
)
from unionkg.server.pages.spans import marked
from unionkg.server.parameters import shown
from unionkg.server.records import Document, Entity, Fact, Record
from unionkg.server.records_of_entities import entity
from unionkg.server.replies import VARY, cut, no_answer, reply

if TYPE_CHECKING:
    from unionkg.server.holding import Served


class _Telling(NamedTuple):
    """How a thing is told: where its page stands, its name in its IRI, its template, and what makes its record.

    `more` gives what its page shows beside the record, for a reader; `is_symmetric` as in `describing.triples_of`.
    """

    address: tuple[str, str]
    name: str
    template: str
    make: Callable[[], Record]
    more: Callable[[Reader, Any], dict[str, Any]]
    is_symmetric: bool


async def entity_page(request: Request, served: Served) -> Response:
    """Return what is known of the entity in the path, in the form that its suffix or the Accept header asks for."""
    name, form = parted(request.path_params["id"])
    return await _told(request, served, _entity(served.library, entity_named(served.library, name)), form)


async def document_page(request: Request, served: Served) -> Response:
    """Return what is known of the document in the path, as `entity_page` does."""
    name, form = parted(request.path_params["id"])
    return await _told(request, served, _document(document_named(served.library, name)), form)


async def thing_page(request: Request, served: Served) -> Response:
    """Return what an IRI of the graph is about, at its own path; 404 at all other addresses."""
    library = served.library
    whole = _name_at(library, request.scope["path"])
    if whole is None:
        return await problem_page(request, served, no_answer(404, "there is nothing at this address"))
    name, form = parted(whole)
    if name in library.graph:
        return await _told(request, served, _entity(library, name), form)
    if name in library.documents:
        return await _told(request, served, _document(document_named(library, name)), form)
    if name in library.facts or name in library.figures:
        return await _told(request, served, _statement(library, name), form)
    if name == DATASET or name.startswith(f"{DATASET}-"):
        return await _dataset(request, served, form)
    return await _other(request, served, name, form)


def _name_at(library: Library, path: str) -> str | None:
    """Return the name in an IRI that has this path, under the base of the graph or under THINGS."""
    for start in (urlsplit(library.base).path, f"/{THINGS}/"):
        name = path.removeprefix(start)
        if start.startswith("/") and path.startswith(start) and name and "/" not in name:
            return name
    return None


def _entity(library: Library, node: str) -> _Telling:
    def more(reader: Reader, record: Entity) -> dict[str, Any]:
        return {"picture": drawing(record, partial(reader.link, "entity"), reader.relation, "neighbours")}

    make = partial(entity, library, node)
    return _Telling(("entity", node), name_of(node), "entity.html", make, more, is_symmetric=True)


def _document(record: Document) -> _Telling:
    return _Telling(("document", record.id), record.id, "document.html", lambda: record, _texts, is_symmetric=True)


def _texts(reader: Reader, record: Document) -> dict[str, Any]:
    text = record.text
    if text is None:
        return {"original": None, "restored": None}
    link = partial(reader.link, "entity")
    original = marked(
        text.original,
        text.marks,
        link,
        sayings=text.sayings,
        foreign=text.foreign,
        changes=text.changes,
        kind=lambda kind: str(reader.say(kind)),
    )
    is_other = text.restored is not None and text.restored != text.original
    return {
        "original": original,
        "restored": marked(text.restored or "", text.restored_marks, link) if is_other else None,
    }


def _statement(library: Library, name: str) -> _Telling:
    record = statement(library, name)

    def more(reader: Reader, record: Record) -> dict[str, Any]:
        return {"is_fact": isinstance(record, Fact), "iri": library.base + name_of(name)}

    return _Telling((THINGS, name), name_of(name), "statement.html", lambda: record, more, is_symmetric=False)


async def _told(request: Request, served: Served, telling: _Telling, form: Form | None) -> Response:
    offers = (HTML, *RDF, JSON)
    reader = reader_of(request)
    form = form or wanted(request, offers)
    alternates = _alternates(reader, telling.address, offers)
    headers = {"Link": _links(alternates)}
    if form is None:
        return await _refused(request, served, offers)
    if form is HTML:

        def content() -> str:
            record = telling.make()
            return rendered(
                telling.template,
                served,
                reader,
                record=record,
                alternates=alternates,
                canonical=Reader(reader.language, False, "").link(*telling.address),
                **telling.more(reader, record),
            )

        return html_reply(request, served, await run_sync(content), reader, headers)
    if form is JSON:
        told = ENCODER.encode(await run_sync(telling.make))
    else:
        iri = served.library.base + telling.name
        answer = await triples_of(served.pool, iri, is_symmetric=telling.is_symmetric)
        told = await run_sync(written, descriptions(answer), form, served.library.base)
        headers |= cut(answer)
    return reply(request, served.kg.manifest, told, form.media_type, headers)


async def _other(request: Request, served: Served, name: str, form: Form | None) -> Response:
    """Return what the graph says of a thing that has no record: a role, a rule, a division; of a sentence, its document's page.

    Raises UnknownEntity if it says nothing.
    """
    library, reader, offers = served.library, reader_of(request), (HTML, *RDF)
    form = form or wanted(request, offers)
    document = library.document_of(name)
    if document is not None and form is HTML:
        address = f"{reader.link('document', document)}#{name_of(name)}"
        return RedirectResponse(address, 303, {"Vary": VARY})
    answer = await triples_of(served.pool, library.base + name_of(name), is_symmetric=False)
    found = descriptions(answer)
    if not found:
        raise UnknownEntity(f"the graph has nothing named {shown(name)}")
    if form not in offers or form is None:
        return await _refused(request, served, offers)
    alternates = _alternates(reader, (THINGS, name), offers)
    headers = {"Link": _links(alternates), **cut(answer)}
    if form is not HTML:
        told = await run_sync(written, found, form, library.base)
        return reply(request, served.kg.manifest, told, form.media_type, headers)
    content = await run_sync(
        partial(
            rendered,
            "thing.html",
            served,
            reader,
            name=name,
            rows=_rows(found),
            is_cut=answer.is_cut,
            cell=partial(cell, library, reader),
            alternates=alternates,
        )
    )
    return html_reply(request, served, content, reader, headers)


async def _dataset(request: Request, served: Served, form: Form | None) -> Response:
    """Return what the graph as a whole is, as the build described it (VoID); for people that is the page about it."""
    offers = (HTML, TURTLE)
    form = form or wanted(request, offers)
    if form is HTML:
        return RedirectResponse(reader_of(request).link("about"), 303, {"Vary": VARY})
    if form is not TURTLE:
        return await _refused(request, served, offers)
    void = await run_sync(file_of, served, BUILT["void"])
    return reply(request, served.kg.manifest, void, TURTLE.media_type)


async def _refused(request: Request, served: Served, offers: tuple[Form, ...]) -> Response:
    accepted = ", ".join(one.media_type for one in offers)
    return await problem_page(request, served, no_answer(406, f"this address is answered in {accepted}"))


def _alternates(reader: Reader, address: tuple[str, str], offers: tuple[Form, ...]) -> list[Alternate]:
    first, name = address
    return [
        Alternate(one.name, reader.link(first, f"{name}.{one.suffix}"), one.media_type)
        for one in offers
        if one is not HTML
    ]


def _links(alternates: list[Alternate]) -> str:
    return ", ".join(f'<{one.address}>; rel="alternate"; type="{one.media_type}"' for one in alternates)


def _rows(found: list[Description]) -> list[list[str]]:
    """Return the triples with their terms as plain texts."""
    return [
        [term[1:-1] if term.startswith("<") else parts(term)[0] for term in (subject, predicate, value)]
        for subject, pairs in found
        for predicate, value in pairs
    ]
