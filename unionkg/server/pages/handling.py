"""What is answered at the addresses of the pages, and at those that the IRIs of the graph are."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import urlencode, urlsplit

import anyio
from anyio.to_thread import run_sync
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from unionkg.errors import InvalidOption, UnionkgError, UnknownEntity, UnknownFormatName
from unionkg.exports.answers import Answer, Triples, write_answer
from unionkg.exports.iri import name_of
from unionkg.exports.questions import the_question
from unionkg.exports.references import FORMATS, write_references
from unionkg.graph.schema import PREFIXES
from unionkg.server.api import (
    ENCODER,
    OPERATIONS,
    PROBLEM,
    document_named,
    entity_named,
    refused,
    relation_of,
    statement,
)
from unionkg.server.describing import description, written
from unionkg.server.forms import HTML, JSON, RDF, Form, parted, wanted
from unionkg.server.library import Library
from unionkg.server.pages.drawing import drawing
from unionkg.server.pages.reader import Reader, language_of
from unionkg.server.pages.spans import marked
from unionkg.server.pages.template import POLICY, environment, style, style_name
from unionkg.server.parameters import is_outward, page_number, shown, text_of, values_of
from unionkg.server.questioning import answer_to, documents_for
from unionkg.server.records import Document, Entity, Evidence, Fact, Figure, Problem, Record
from unionkg.server.records_of_documents import papers
from unionkg.server.records_of_entities import entity, fact_list, figure_list
from unionkg.server.records_of_lists import found, listing, summary
from unionkg.server.records_of_questions import answered, question, questions
from unionkg.server.records_of_sources import about
from unionkg.server.replies import no_answer, problem, reply
from unionkg.viz.tile_map import tile_map

if TYPE_CHECKING:
    from unionkg.server.holding import Served

Handler: TypeAlias = Callable[[Request, "Served"], Awaitable[Response]]

THINGS = "id"
"""Under `/id/` each thing of the graph is told by the name that it has in its IRI, whatever the base."""

SHOWN_ROWS = 500
NEIGHBOURS = 300  # in a view of an entity's neighbours, to begin with
_A_YEAR = "public, max-age=31536000, immutable"
_OFFERS = (HTML, *RDF, JSON)
_PLAIN = Form("txt", "text/plain", "text")
_PROBLEM = Form("json", PROBLEM, "JSON")
_OWN_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]*)"')
_ANSWERS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "md": "text/markdown",
    "ttl": "text/turtle",
}
_TITLES = {400: "badRequest", 404: "unknownAddress", 406: "notAcceptable"}
_ONE_VIEW = anyio.CapacityLimiter(1)  # to lay out a hub's neighbours takes seconds


class Alternate(NamedTuple):
    """Another form of what a page shows."""

    name: str
    address: str
    media_type: str = ""


def routes() -> list[BaseRoute]:
    """Return the routes of the pages; the last one takes every address, so that they stand behind all others."""
    handlers: tuple[tuple[str, Handler], ...] = (
        ("/", _home),
        ("/search", _search),
        ("/browse", _browse),
        ("/documents", _documents),
        ("/entity/{id}", _entity_page),
        ("/entity/{id}/facts", _facts),
        ("/entity/{id}/figures", _figures),
        ("/entity/{id}/graph", _graph),
        ("/document/{id}", _document_page),
        ("/questions", _questions),
        ("/questions/{name}", _question),
        ("/questions/{name}/references", _references),
        ("/report", _report),
        ("/graph.html", _view),
        ("/about", _about),
        ("/api", _api),
        ("/{name:path}", _thing),
    )
    return [
        Route("/assets/pages-{digest}.css", _style),
        *(Route(path, partial(_answered, handler)) for path, handler in handlers),
    ]


async def _answered(handler: Handler, request: Request) -> Response:
    served: Served = request.app.state.holding.current
    try:
        return await handler(request, served)
    except UnionkgError as error:
        return await _problem_page(request, served, problem(error))


async def _problem_page(request: Request, served: Served, told: Problem) -> Response:
    form = wanted(request, (HTML, _PROBLEM, JSON, _PLAIN)) or _PLAIN
    if form in (_PROBLEM, JSON):
        return refused(told)
    if form is _PLAIN:
        return Response(f"{told.title}: {told.detail}\n", status_code=told.status, media_type=_PLAIN.media_type)
    reader = _reader(request)
    seen = told.__class__(
        title=str(reader.say(_TITLES.get(told.status, "unanswered"))), status=told.status, detail=told.detail
    )
    content = await run_sync(partial(_rendered, "problem.html", served, reader, problem=seen))
    headers = {
        "Content-Security-Policy": POLICY,
        "Content-Language": reader.language,
        "Vary": "Accept, Accept-Language",
    }
    return Response(content, status_code=told.status, media_type=HTML.media_type, headers=headers)


def _reader(request: Request) -> Reader:
    query = request.query_params
    asked = query.get("lang")
    return Reader(
        language=language_of(asked, request.headers.get("accept-language")),
        is_chosen=asked in ("zh", "en"),
        path="/" + request.scope["path"].lstrip("/"),  # `//host` would lead to another server
        query=tuple(query.items()),
    )


def _rendered(template: str, served: Served, reader: Reader, **context: Any) -> str:
    told = {
        "reader": reader,
        "style": style_name(),
        "section": "",
        "alternates": (),
        "canonical": "",
        "built": served.kg.manifest.times.started[:10],
        "outside": _outside,
        "quote": partial(_quote, reader),
        **context,
    }
    return environment().get_template(template).render(told)


async def _page(request: Request, served: Served, template: str, **context: Any) -> Response:
    """Return a page; 406 for who takes no HTML."""
    if wanted(request, (HTML,)) is None:
        return await _problem_page(request, served, no_answer(406, "this address is answered in text/html"))
    reader = _reader(request)
    content = await run_sync(partial(_rendered, template, served, reader, **context))
    return _html(request, served, content, reader)


def _html(request: Request, served: Served, content: str, reader: Reader, links: str = "") -> Response:
    headers = {"Content-Security-Policy": POLICY, "Content-Language": reader.language}
    if links:
        headers["Link"] = links
    return reply(request, served.kg.manifest, content, HTML.media_type, headers)


async def _style(request: Request) -> Response:
    if request.path_params["digest"] not in style_name():
        return Response("Not Found\n", status_code=404, media_type=_PLAIN.media_type)
    return Response(style(), media_type="text/css", headers={"Cache-Control": _A_YEAR})


async def _home(request: Request, served: Served) -> Response:
    record = await run_sync(summary, served.library)
    reader = _reader(request)
    numbers = {one.name: (one.facts or 0, one.entities) for one in record.provinces}
    links = {one.name: reader.link("browse", province=one.name) for one in record.provinces}
    drawn = tile_map(numbers, "provinces", links)
    return await _page(request, served, "home.html", record=record, map=drawn, questions=questions().questions)


async def _search(request: Request, served: Served) -> Response:
    query = request.query_params
    record = await run_sync(found, served.library, query.get("q", ""), page_number(query))
    return await _page(request, served, "search.html", record=record)


async def _browse(request: Request, served: Served) -> Response:
    query = request.query_params
    type, subtype, province = (text_of(query, name) for name in ("type", "subtype", "province"))
    record = await run_sync(listing, served.library, type, subtype, province, page_number(query))
    return await _page(request, served, "browse.html", record=record, section="browse")


async def _documents(request: Request, served: Served) -> Response:
    record = await run_sync(papers, served.library, page_number(request.query_params))
    return await _page(request, served, "documents.html", record=record, section="documents")


async def _entity_page(request: Request, served: Served) -> Response:
    name, form = parted(request.path_params["id"])
    return await _entity(request, served, entity_named(served.library, name), form)


async def _entity(request: Request, served: Served, node: str, form: Form | None) -> Response:
    reader = _reader(request)

    def context(record: Entity) -> dict[str, Any]:
        link = partial(reader.link, "entity")
        return {"picture": drawing(record, link, reader.relation, "neighbours")}

    address = ("entity", node)
    return await _told(
        request, served, address, name_of(node), form, "entity.html", partial(entity, served.library, node), context
    )


async def _document_page(request: Request, served: Served) -> Response:
    name, form = parted(request.path_params["id"])
    return await _document(request, served, name, form)


async def _document(request: Request, served: Served, name: str, form: Form | None) -> Response:
    reader = _reader(request)
    record = await run_sync(document_named, served.library, name)

    def context(record: Document) -> dict[str, Any]:
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
        restored = marked(text.restored or "", text.restored_marks, link) if is_other else None
        return {"original": original, "restored": restored}

    return await _told(
        request, served, ("document", record.id), record.id, form, "document.html", lambda: record, context
    )


async def _told(
    request: Request,
    served: Served,
    address: tuple[str, ...],
    name: str,
    form: Form | None,
    template: str,
    make: Callable[[], Record],
    context: Callable[[Any], dict[str, Any]],
) -> Response:
    """Return a thing in the form that is wanted: its page, its record, or what the graph says of it.

    `name` is the one in its IRI, `address` the parts of the path at which its page stands.
    """
    reader = _reader(request)
    form = form or wanted(request, _OFFERS)
    alternates = [
        Alternate(one.name, reader.link(*address[:-1], f"{address[-1]}.{one.suffix}"), one.media_type)
        for one in (*RDF, JSON)
    ]
    links = ", ".join(f'<{one.address}>; rel="alternate"; type="{one.media_type}"' for one in alternates)
    if form is None:
        offers = ", ".join(one.media_type for one in _OFFERS)
        return await _problem_page(request, served, no_answer(406, f"this address is answered in {offers}"))
    manifest = served.kg.manifest
    if form is JSON:
        record = await run_sync(make)
        return reply(request, manifest, ENCODER.encode(record), form.media_type, {"Link": links})
    if form is HTML:

        def page() -> str:
            record = make()
            return _rendered(
                template,
                served,
                reader,
                record=record,
                alternates=alternates,
                canonical=Reader(reader.language, False, "").link(*address),
                **context(record),
            )

        return _html(request, served, await run_sync(page), reader, links)
    is_symmetric = address[0] in ("entity", "document")
    said = await description(served.pool, served.library.base + name, is_symmetric=is_symmetric)
    content = await run_sync(written, said, form, served.library.base)
    return reply(request, manifest, content, form.media_type, {"Link": links})


async def _facts(request: Request, served: Served) -> Response:
    node = entity_named(served.library, request.path_params["id"])
    query = request.query_params
    work = partial(
        fact_list, served.library, node, relation_of(query), is_outward=is_outward(query), page=page_number(query)
    )
    return await _page(request, served, "facts.html", record=await run_sync(work))


async def _figures(request: Request, served: Served) -> Response:
    node = entity_named(served.library, request.path_params["id"])
    record = await run_sync(figure_list, served.library, node, page_number(request.query_params))
    return await _page(request, served, "figures.html", record=record)


async def _graph(request: Request, served: Served) -> Response:
    node = entity_named(served.library, request.path_params["id"])
    title = str(_reader(request).say("graphOf", name=served.library.entity(node)["name"]).unescape())

    def page() -> str:
        view = served.kg.view(focus=node, max_nodes=NEIGHBOURS, title=title, texts=False)
        return view.generate_html()

    content = await run_sync(page, limiter=_ONE_VIEW)
    return _whole(request, served, content.encode())


async def _report(request: Request, served: Served) -> Response:
    return _whole(request, served, await run_sync(served.library.report.read))


async def _view(request: Request, served: Served) -> Response:
    return _whole(request, served, await run_sync(served.library.page.read))


def _whole(request: Request, served: Served, content: bytes | None) -> Response:
    """Return a page that is whole in itself, under the policy that it has in itself. Raises UnknownEntity for none."""
    own = _OWN_POLICY.search(content or b"")
    if content is None or own is None:
        raise UnknownEntity("the folder that is served has no such page")
    policy = f"{html.unescape(own[1].decode())}; frame-ancestors 'none'"
    return reply(request, served.kg.manifest, content, HTML.media_type, {"Content-Security-Policy": policy})


async def _questions(request: Request, served: Served) -> Response:
    return await _page(request, served, "questions.html", record=questions(), section="questions")


async def _question(request: Request, served: Served) -> Response:
    name, _, suffix = request.path_params["name"].rpartition(".")
    if suffix in _ANSWERS and name:
        return await _download(request, served, name, suffix)
    saved = the_question(request.path_params["name"])
    reader, record, complaint = _reader(request), None, None
    answer: Answer | None = None
    values = values_of(request)
    is_asked = bool(values) or "ask" in request.query_params
    if is_asked:
        try:
            query, answer = await answer_to(served, saved, values, SHOWN_ROWS)
            record = answered(saved, values, query, answer)
        except (InvalidOption, UnknownEntity) as error:
            complaint = str(error)
    asked = [(each, value) for each, value in values.items()]
    forms = ("csv", "tsv", "ttl") if isinstance(answer, Triples) else ("csv", "tsv", "json", "xml", "md")
    language = [("lang", reader.language)] if reader.is_chosen else []
    downloads = [
        Alternate(form.upper(), f"/questions/{saved.name}.{form}?{urlencode([*asked, *language])}") for form in forms
    ]
    references = [
        Alternate(
            one.name, f"/questions/{saved.name}/references?{urlencode([*asked, ('style', one.name)])}", one.media_type
        )
        for one in FORMATS
    ]
    page = await _page(
        request,
        served,
        "question.html",
        question=question(saved),
        values=values,
        record=record,
        problem=complaint,
        cell=partial(_cell, served.library, reader),
        downloads=downloads,
        references=references,
        section="questions",
    )
    if complaint is not None and page.status_code == 200:
        page.status_code = 400
    return page


async def _download(request: Request, served: Served, name: str, form: str) -> Response:
    saved = the_question(name)
    _, answer = await answer_to(served, saved, values_of(request))

    def content() -> bytes:
        stream = BytesIO()
        write_answer(answer, form, stream)
        return stream.getvalue()

    headers = {"Content-Disposition": f'attachment; filename="{saved.name}.{form}"'}
    return reply(request, served.kg.manifest, await run_sync(content), _ANSWERS[form], headers)


async def _references(request: Request, served: Served) -> Response:
    saved = the_question(request.path_params["name"])
    asked = request.query_params.get("style", "gbt7714")
    form = next((one for one in FORMATS if one.name == asked), None)
    if form is None:
        raise UnknownFormatName(
            f"unknown style {shown(asked)} of citations; accepted: {', '.join(one.name for one in FORMATS)}"
        )
    works = await documents_for(served, saved, values_of(request))
    stream = BytesIO()
    await run_sync(write_references, works, form.name, stream)
    headers = {"Content-Disposition": f'attachment; filename="{saved.name}{form.suffix}"'}
    return reply(request, served.kg.manifest, stream.getvalue(), form.media_type, headers)


async def _about(request: Request, served: Served) -> Response:
    record = await run_sync(about, served.library, page_number(request.query_params))
    return await _page(request, served, "about.html", record=record, section="about")


async def _api(request: Request, served: Served) -> Response:
    return await _page(request, served, "api.html", operations=OPERATIONS)


async def _thing(request: Request, served: Served) -> Response:
    """Return what an IRI of the graph is about, at its own path; 404 for all other addresses."""
    library = served.library
    whole = _name_at(library, request.scope["path"])
    if whole is None:
        return await _problem_page(request, served, no_answer(404, "there is nothing at this address"))
    name, form = parted(whole)
    if name in library.graph:
        return await _entity(request, served, name, form)
    if name in library.documents:
        return await _document(request, served, name, form)
    if name in library.facts or name in library.figures:
        record = await run_sync(statement, library, name)

        def context(told: Fact | Figure) -> dict[str, Any]:
            return {"is_fact": isinstance(told, Fact), "iri": library.base + name}

        return await _told(
            request, served, (THINGS, name), name_of(name), form, "statement.html", lambda: record, context
        )
    return await _other(request, served, name, form)


def _name_at(library: Library, path: str) -> str | None:
    """Return the name in an IRI that has this path, under the base of the graph or under THINGS."""
    for start in (urlsplit(library.base).path, f"/{THINGS}/"):
        name = path.removeprefix(start)
        if start.startswith("/") and path.startswith(start) and name and "/" not in name:
            return name
    return None


async def _other(request: Request, served: Served, name: str, form: Form | None) -> Response:
    """Return what the graph says of a thing that has no record: a sentence, whose page is its document's; a role, a rule …"""
    library, reader = served.library, _reader(request)
    form = form or wanted(request, (HTML, *RDF))
    document = library.document_of(name)
    if document is not None and form is HTML:
        address = f"{reader.link('document', document)}#{name_of(name)}"
        return RedirectResponse(address, 303, {"Vary": "Accept, Accept-Language"})
    said = await description(served.pool, library.base + name_of(name), is_symmetric=False)
    if not said:
        return await _problem_page(request, served, no_answer(404, f"the graph has nothing named {shown(name)}"))
    if form is None or form is JSON:
        offers = ", ".join(one.media_type for one in (HTML, *RDF))
        return await _problem_page(request, served, no_answer(406, f"this address is answered in {offers}"))
    alternates = [Alternate(one.name, reader.link(THINGS, f"{name}.{one.suffix}"), one.media_type) for one in RDF]
    links = ", ".join(f'<{one.address}>; rel="alternate"; type="{one.media_type}"' for one in alternates)
    if form is not HTML:
        triples = await run_sync(written, said, form, library.base)
        return reply(request, served.kg.manifest, triples, form.media_type, {"Link": links})
    rows = [
        [_plain_term(term) for term in (subject, predicate, value)]
        for subject, pairs in said
        for predicate, value in pairs
    ]
    cell = partial(_cell, library, reader)
    content = _rendered("thing.html", served, reader, name=name, rows=rows, cell=cell, alternates=alternates)
    return _html(request, served, content, reader, links)


def _plain_term(term: str) -> str:
    from unionkg.exports.literals import parts

    return term[1:-1] if term.startswith("<") else parts(term)[0]


def _quote(reader: Reader, piece: Evidence, own: str | None) -> Markup:
    return marked(piece.quote, piece.marks, partial(reader.link, "entity"), own=own)


def _cell(library: Library, reader: Reader, value: str | float | bool | None) -> Markup:
    """Return a value of an answer: things of the graph as links to their pages."""
    if value is None:
        return Markup("")
    if not isinstance(value, str):
        return Markup('<span class="number">{}</span>').format(str(value).lower() if isinstance(value, bool) else value)
    if value.startswith(library.base):
        name = value.removeprefix(library.base)
        link = Markup('<a href="{}"><bdi lang="zh">{}</bdi></a>')
        if name in library.graph:
            return link.format(reader.link("entity", name), library.entity(name)["name"])
        if name in library.documents:
            paper = library.documents[name]
            return link.format(reader.link("document", name), paper.get("title") or paper["name"])
        return link.format(reader.link(THINGS, name), name)
    for prefix, iri in PREFIXES.items():
        if value.startswith(iri) and len(value) > len(iri):
            return Markup("<bdi>{}:{}</bdi>").format(prefix, value.removeprefix(iri))
    if value.startswith(("http://", "https://")):
        return _outside(value)
    return Markup('<bdi lang="zh">{}</bdi>').format(value)


def _outside(iri: str) -> Markup:
    """Return a link out, or the bare text of what is no address of the web."""
    if not iri.startswith(("http://", "https://")):
        return Markup("<bdi>{}</bdi>").format(iri)
    return Markup('<a href="{}" rel="external nofollow noreferrer"><bdi>{}</bdi></a>').format(iri, iri)
