"""What is answered at the addresses of the pages; the last of the routes takes all that no other does."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import anyio
from anyio.to_thread import run_sync
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from unionkg.errors import UnionkgError
from unionkg.kg import PAGE, REPORT
from unionkg.server.api import OPERATIONS, Lister, entity_named, list_of_entity, relation_of
from unionkg.server.forms import HTML
from unionkg.server.pages.asking import question_list, question_page, references
from unionkg.server.pages.neighbourhood import neighbourhood
from unionkg.server.pages.rendering import PLAIN, file_of, page, problem_page, reader_of
from unionkg.server.pages.template import style, style_name
from unionkg.server.pages.things import document_page, entity_page, thing_page
from unionkg.server.parameters import is_outward, page_number, text_of
from unionkg.server.records_of_documents import papers
from unionkg.server.records_of_entities import document_list, fact_list, figure_list, within_list
from unionkg.server.records_of_lists import found, listing, summary
from unionkg.server.records_of_questions import questions
from unionkg.server.records_of_sources import about
from unionkg.server.replies import problem, reply
from unionkg.viz.tile_map import tile_map

if TYPE_CHECKING:
    from unionkg.server.holding import Served

Handler: TypeAlias = Callable[[Request, "Served"], Awaitable[Response]]

_A_YEAR = "public, max-age=31536000, immutable"
_OWN_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]*)"')
_HOME = Markup('<a class="tool" href="{}">{}</a>\n')
_LANGUAGE = b'<button id="language"'  # of the report and of the view
_ONE_VIEW = anyio.CapacityLimiter(1)  # to lay out a hub's neighbours takes seconds


def routes() -> list[BaseRoute]:
    """Return the routes of the pages; the last one takes every address, so that they stand behind all others."""
    handlers: tuple[tuple[str, Handler], ...] = (
        ("/", _home),
        ("/search", _search),
        ("/browse", _browse),
        ("/documents", _documents),
        ("/entity/{id}", entity_page),
        ("/entity/{id}/facts", _facts),
        ("/entity/{id}/within", partial(_of_entity, within_list, "within.html")),
        ("/entity/{id}/figures", partial(_of_entity, figure_list, "figures.html")),
        ("/entity/{id}/documents", partial(_of_entity, document_list, "documents_of.html")),
        ("/entity/{id}/graph", _graph),
        ("/document/{id}", document_page),
        ("/questions", question_list),
        ("/questions/{name}", question_page),
        ("/questions/{name}/references", references),
        ("/report", _report),
        ("/graph.html", _view),
        ("/about", _about),
        ("/api", _api),
        ("/{name:path}", thing_page),
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
        return await problem_page(request, served, problem(error))


async def _style(request: Request) -> Response:
    if request.path_params["digest"] not in style_name():
        return Response("Not Found\n", status_code=404, media_type=PLAIN.media_type)
    return Response(style(), media_type="text/css", headers={"Cache-Control": _A_YEAR})


async def _home(request: Request, served: Served) -> Response:
    record = await run_sync(summary, served.library)
    reader = reader_of(request)
    numbers = {one.name: (one.facts or 0, one.entities) for one in record.provinces}
    links = {one.name: reader.link("browse", province=one.name) for one in record.provinces}
    drawn = tile_map(numbers, "provinces", links)
    return await page(request, served, "home.html", record=record, map=drawn, questions=questions().questions)


async def _search(request: Request, served: Served) -> Response:
    query = request.query_params
    record = await run_sync(found, served.library, query.get("q", ""), page_number(query))
    return await page(request, served, "search.html", record=record)


async def _browse(request: Request, served: Served) -> Response:
    query = request.query_params
    type, subtype, province = (text_of(query, name) for name in ("type", "subtype", "province"))
    record = await run_sync(listing, served.library, type, subtype, province, page_number(query))
    return await page(request, served, "browse.html", record=record, section="browse")


async def _documents(request: Request, served: Served) -> Response:
    record = await run_sync(papers, served.library, page_number(request.query_params))
    return await page(request, served, "documents.html", record=record, section="documents")


async def _facts(request: Request, served: Served) -> Response:
    node = entity_named(served.library, request.path_params["id"])
    query = request.query_params
    work = partial(
        fact_list, served.library, node, relation_of(query), is_outward=is_outward(query), page=page_number(query)
    )
    return await page(request, served, "facts.html", record=await run_sync(work))


async def _of_entity(make: Lister, template: str, request: Request, served: Served) -> Response:
    return await page(request, served, template, record=await list_of_entity(make, request, served))


async def _graph(request: Request, served: Served) -> Response:
    node = entity_named(served.library, request.path_params["id"])
    title = str(reader_of(request).say("graphOf", name=served.library.entity(node)["name"]).unescape())

    content = await run_sync(neighbourhood, served.library, node, title, limiter=_ONE_VIEW)
    return _whole(request, served, content.encode())


async def _report(request: Request, served: Served) -> Response:
    return _whole(request, served, await run_sync(file_of, served, REPORT))


async def _view(request: Request, served: Served) -> Response:
    return _whole(request, served, await run_sync(file_of, served, PAGE))


def _whole(request: Request, served: Served, content: bytes) -> Response:
    """Return a page that is whole in itself, under the policy that it has in itself.

    It is told the language of its reader, which its script else asks the browser for, and is given a way home.
    """
    reader = reader_of(request)
    home = _HOME.format(reader.link(""), reader.say("home")).encode()
    content = content.replace(b"<html ", f'<html data-asked="{reader.language}" '.encode(), 1)
    content = content.replace(_LANGUAGE, home + _LANGUAGE, 1)
    own = _OWN_POLICY.search(content)
    policy = html.unescape(own[1].decode()) if own else "default-src 'none'"
    headers = {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        "Content-Language": reader.language,
    }
    return reply(request, served.kg.manifest, content, HTML.media_type, headers)


async def _about(request: Request, served: Served) -> Response:
    record = await run_sync(about, served.library, page_number(request.query_params))
    return await page(request, served, "about.html", record=record, section="about")


async def _api(request: Request, served: Served) -> Response:
    library = served.library
    kinds = {
        "entity": library.ranked,
        "document": library.documents,
        "fact": library.facts,
        "figure": library.figures,
    }
    some = {kind: next(iter(found), "none") for kind, found in kinds.items()}
    told = [(one, one.example.format(**some)) for one in OPERATIONS]
    return await page(request, served, "api.html", operations=told)
