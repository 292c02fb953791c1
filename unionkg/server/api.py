"""The JSON API: what the pages show, under `/api`. One table of its operations gives the routes, the OpenAPI document, and the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from unionkg.errors import InvalidOption, UnionkgError, UnknownDocument, UnknownEntity
from unionkg.exports.questions import the_question
from unionkg.graph.provinces import PROVINCES
from unionkg.graph.schema import ENTITY_TYPES, RELATION_TYPES
from unionkg.server import records
from unionkg.server.forms import JSON, wanted
from unionkg.server.library import Library
from unionkg.server.parameters import is_outward, page_number, shown, text_of, values_of
from unionkg.server.questioning import answer_to
from unionkg.server.records import Problem, Record
from unionkg.server.records_of_documents import document, papers
from unionkg.server.records_of_entities import document_list, entity, fact_list, figure_list, within_list
from unionkg.server.records_of_facts import fact, figure
from unionkg.server.records_of_lists import found, listing, summary
from unionkg.server.records_of_questions import answered, question, questions
from unionkg.server.records_of_report import report
from unionkg.server.records_of_sources import about
from unionkg.server.replies import no_answer, problem, reply

if TYPE_CHECKING:
    from unionkg.server.holding import Served

PROBLEM = "application/problem+json"
ENCODER = msgspec.json.Encoder()
MOST_ROWS = 1000  # of an answer in JSON; the forms of SPARQL's answers have more

Lister: TypeAlias = Callable[[Library, str, int], Record]
"""Makes a page of the facts, figures or documents of an entity."""


class Parameter(NamedTuple):
    """A parameter of an operation: a part of the path, or else of the query, with the schema of its values."""

    name: str
    description: str
    schema: Mapping[str, object] = {"type": "string"}
    is_required: bool = False
    is_in_path: bool = False


class Operation(NamedTuple):
    """What is answered at a path; `work` returns the record, an `answer`. `example` is an address of it, with the id of a thing of
    each kind to be put in, and `is_open` if it takes parameters that it does not name.
    """

    name: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: type[Record]
    work: Callable[[Request, Served], Awaitable[Record]]
    example: str
    is_open: bool = False


def entity_named(library: Library, name: str) -> str:
    """Return the id of an entity. Raises UnknownEntity."""
    if name not in library.graph:
        raise UnknownEntity(f"no entity has the id {shown(name)}")
    return name


def relation_of(query: Mapping[str, str]) -> str:
    """Return the relation that is asked for. Raises InvalidOption."""
    name = query.get("relation", "")
    if name not in RELATION_TYPES:
        raise InvalidOption(f"unknown relation {shown(name)}; accepted: {', '.join(RELATION_TYPES)}")
    return name


def statement(library: Library, name: str) -> records.Fact | records.Figure:
    """Return a fact or a figure with all its evidence. Raises UnknownEntity."""
    if name in library.facts:
        return fact(library, library.facts[name])
    if name in library.figures:
        return figure(library, library.figures[name])
    raise UnknownEntity(f"no fact and no figure has the id {shown(name)}")


def document_named(library: Library, name: str) -> records.Document:
    """Return a document by its name in IRIs, or by its id in full. Raises UnknownDocument."""
    for one in (name, *(known for known, told in library.documents.items() if told["id"] == name)):
        if one in library.documents:
            return document(library, one)
    raise UnknownDocument(f"no document has the id {shown(name)}")


async def _search(request: Request, served: Served) -> Record:
    query = request.query_params
    return await run_sync(found, served.library, query.get("q", ""), page_number(query))


async def _entity(request: Request, served: Served) -> Record:
    node = entity_named(served.library, request.path_params["id"])
    return await run_sync(entity, served.library, node)


async def _facts(request: Request, served: Served) -> Record:
    node = entity_named(served.library, request.path_params["id"])
    query = request.query_params
    work = partial(
        fact_list,
        served.library,
        node,
        relation_of(query),
        is_outward=is_outward(query),
        page=page_number(query),
    )
    return await run_sync(work)


async def list_of_entity(make: Lister, request: Request, served: Served) -> Record:
    """Return a page of what the entity in the path has of one sort."""
    node = entity_named(served.library, request.path_params["id"])
    return await run_sync(make, served.library, node, page_number(request.query_params))


async def _fact(request: Request, served: Served) -> Record:
    told = statement(served.library, request.path_params["id"])
    if not isinstance(told, records.Fact):
        raise UnknownEntity(f"no fact has the id {shown(request.path_params['id'])}")
    return told


async def _figure(request: Request, served: Served) -> Record:
    told = statement(served.library, request.path_params["id"])
    if not isinstance(told, records.Figure):
        raise UnknownEntity(f"no figure has the id {shown(request.path_params['id'])}")
    return told


async def _document(request: Request, served: Served) -> Record:
    return await run_sync(document_named, served.library, request.path_params["id"])


async def _documents(request: Request, served: Served) -> Record:
    return await run_sync(papers, served.library, page_number(request.query_params))


async def _browse(request: Request, served: Served) -> Record:
    query = request.query_params
    type, subtype, province = (text_of(query, name) for name in ("type", "subtype", "province"))
    return await run_sync(listing, served.library, type, subtype, province, page_number(query))


async def _questions(request: Request, served: Served) -> Record:
    return questions()


async def _question(request: Request, served: Served) -> Record:
    return question(the_question(request.path_params["name"]))


async def _answer(request: Request, served: Served) -> Record:
    saved = the_question(request.path_params["name"])
    values = values_of(request)
    query, answer = await answer_to(served, saved, values, MOST_ROWS)
    return answered(saved, values, query, answer)


async def _summary(request: Request, served: Served) -> Record:
    return await run_sync(summary, served.library)


async def _report(request: Request, served: Served) -> Record:
    return await run_sync(report, served.library)


async def _about(request: Request, served: Served) -> Record:
    return await run_sync(about, served.library, page_number(request.query_params))


_PAGE = Parameter("page", "The page of the list, from 1.", {"type": "integer", "minimum": 1, "default": 1})
_ENTITY = Parameter("id", "The id of an entity: its IRI without the base.", is_required=True, is_in_path=True)

OPERATIONS: tuple[Operation, ...] = (
    Operation("summary", "/api/summary", "How much there is.", (), records.Summary, _summary, "/api/summary"),
    Operation(
        "search",
        "/api/search",
        "Entities by a name or a part of it, a short form, traditional characters, pinyin or its initials, or a division code; documents by title.",
        (Parameter("q", "What to look for, at most 200 characters.", is_required=True), _PAGE),
        records.Found,
        _search,
        "/api/search?q=%E5%B7%A5%E4%BC%9A",
    ),
    Operation(
        "browse",
        "/api/browse",
        "Entities of a type, a subtype of it, and a province; those that more documents name first.",
        (
            Parameter("type", "A type of entity.", {"type": "string", "enum": list(ENTITY_TYPES)}),
            Parameter("subtype", "A subtype of the type."),
            Parameter(
                "province",
                "The first two digits of the code of a province.",
                {"type": "string", "enum": list(PROVINCES)},
            ),
            _PAGE,
        ),
        records.Listing,
        _browse,
        "/api/browse?type=ORG",
    ),
    Operation(
        "entity",
        "/api/entity/{id}",
        "An entity: names, codes, posts, facts and figures with their sentences, the documents that name it.",
        (_ENTITY,),
        records.Entity,
        _entity,
        "/api/entity/{entity}",
    ),
    Operation(
        "facts",
        "/api/entity/{id}/facts",
        "All facts of one relation around an entity, with all their sentences.",
        (
            _ENTITY,
            Parameter("relation", "A relation.", {"type": "string", "enum": list(RELATION_TYPES)}, is_required=True),
            Parameter(
                "direction",
                "out for the facts of which the entity is the subject, in for those of which it is the object.",
                {"type": "string", "enum": ["out", "in"], "default": "out"},
            ),
            _PAGE,
        ),
        records.FactList,
        _facts,
        "/api/entity/{entity}/facts?relation=organises",
    ),
    Operation(
        "within",
        "/api/entity/{id}/within",
        "All facts that carry an entity as their programme, with all their sentences.",
        (_ENTITY, _PAGE),
        records.WithinList,
        partial(list_of_entity, within_list),
        "/api/entity/{entity}/within",
    ),
    Operation(
        "figures",
        "/api/entity/{id}/figures",
        "All figures of an entity, with all their sentences.",
        (_ENTITY, _PAGE),
        records.FigureList,
        partial(list_of_entity, figure_list),
        "/api/entity/{entity}/figures",
    ),
    Operation(
        "documents-of",
        "/api/entity/{id}/documents",
        "All documents that name an entity, the latest first.",
        (_ENTITY, _PAGE),
        records.DocumentList,
        partial(list_of_entity, document_list),
        "/api/entity/{entity}/documents",
    ),
    Operation(
        "fact",
        "/api/fact/{id}",
        "A fact with all its sentences.",
        (Parameter("id", "The id of a fact.", is_required=True, is_in_path=True),),
        records.Fact,
        _fact,
        "/api/fact/{fact}",
    ),
    Operation(
        "figure",
        "/api/figure/{id}",
        "A figure with all its sentences.",
        (Parameter("id", "The id of a figure.", is_required=True, is_in_path=True),),
        records.Figure,
        _figure,
        "/api/figure/{figure}",
    ),
    Operation(
        "documents",
        "/api/documents",
        "The documents, the latest first.",
        (_PAGE,),
        records.PaperList,
        _documents,
        "/api/documents",
    ),
    Operation(
        "document",
        "/api/document/{id}",
        "A document: what it tells of itself, its citations, its text, and what is said in it.",
        (Parameter("id", "The id of a document, in short or in full.", is_required=True, is_in_path=True),),
        records.Document,
        _document,
        "/api/document/{document}",
    ),
    Operation(
        "questions", "/api/questions", "The saved questions.", (), records.Questions, _questions, "/api/questions"
    ),
    Operation(
        "question",
        "/api/questions/{name}",
        "A saved question.",
        (Parameter("name", "The name of a question.", is_required=True, is_in_path=True),),
        records.Question,
        _question,
        "/api/questions/posts-of",
    ),
    Operation(
        "answer",
        "/api/questions/{name}/answer",
        "The answer to a saved question; its own parameters go into the query.",
        (Parameter("name", "The name of a question.", is_required=True, is_in_path=True),),
        records.Answered,
        _answer,
        "/api/questions/types/answer",
        is_open=True,
    ),
    Operation(
        "report",
        "/api/report",
        "What the report counts: documents, entities, facts and figures by kind, year and province, and how sure they are.",
        (),
        records.Report,
        _report,
        "/api/report",
    ),
    Operation(
        "about",
        "/api/about",
        "What the graph was built from and with, and the files that could not be used.",
        (_PAGE,),
        records.About,
        _about,
        "/api/about",
    ),
)


def routes() -> list[BaseRoute]:
    """Return the routes of the API."""
    from unionkg.server.openapi import openapi

    async def described(request: Request) -> Response:
        served = request.app.state.holding.current
        address = request.app.state.holding.settings.address
        return reply(request, served.kg.manifest, ENCODER.encode(openapi(address)), JSON.media_type)

    return [
        Route("/openapi.json", described),
        *(Route(one.path, partial(_replied, one)) for one in OPERATIONS),
        Route("/api/{rest:path}", _unknown),
    ]


async def _replied(operation: Operation, request: Request) -> Response:
    served: Served = request.app.state.holding.current
    if wanted(request, (JSON,)) is None:
        return refused(no_answer(406, "this address is answered in application/json"))
    try:
        record = await operation.work(request, served)
    except UnionkgError as error:
        return refused(problem(error))
    return reply(request, served.kg.manifest, ENCODER.encode(record), JSON.media_type)


async def _unknown(request: Request) -> Response:
    return refused(no_answer(404, "there is no such address; /openapi.json describes those that there are"))


def refused(told: Problem) -> Response:
    """Return why there is no answer, as RFC 9457 has it."""
    return Response(ENCODER.encode(told), status_code=told.status, media_type=PROBLEM)
