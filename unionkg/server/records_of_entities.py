"""What is known of an entity, as records. All of it takes a time that does not grow with the graph."""

from __future__ import annotations

from unionkg.exports.iri import name_of
from unionkg.graph.attributes import NodeAttributes
from unionkg.graph.divisions import Division as Known
from unionkg.graph.divisions import division_of, divisions, wikidata_item
from unionkg.graph.links import Edge, fact_of, strongest_first
from unionkg.graph.neighbours import neighbours
from unionkg.reconciliation.catalogue import where
from unionkg.server.library import Library
from unionkg.server.paging import page_of
from unionkg.server.records import (
    Code,
    Division,
    DocumentList,
    Entity,
    FactList,
    FigureList,
    Group,
    Possible,
    WithinList,
)
from unionkg.server.records_of_facts import fact, figure, paper, thing, things

POSTS, FACTS, WITHIN, FIGURES, EDITIONS, PAPERS = 30, 12, 12, 12, 20, 20  # the first ones that an entity's page tells
PIECES = 2  # of evidence for each of them
ON_A_PAGE = 50  # of the lists that tell all

_POST = "holds_post"


def entity(library: Library, node: str) -> Entity:
    """Return what is known of an entity of the graph."""
    told = library.entity(node)
    posts = _posts(library, node)
    within = _within(library, node)
    figures = library.figures_of.get(node, [])
    editions = library.narrow_of.get(node, [])
    wide = library.wide_of.get(node)
    documents = told["documents"]
    return Entity(
        id=node,
        iri=library.base + name_of(node),
        name=told["name"],
        type=told["type"],
        subtype=told.get("subtype"),
        pinyin=told["pinyin"],
        province=library.province_of.get(node),
        where=where(library.catalogue.index.entries[node].territory),
        documents=len(documents),
        mentions=told["mentions"],
        aliases=told["aliases"],
        former_names=told.get("former_names", []),
        traditional=told.get("traditional", []),
        code=_code(told),
        exact_matches=told.get("exact_matches", []),
        close_matches=told.get("close_matches", []),
        rule=told["rule"],
        matched=told["matched"],
        posts=[fact(library, edge, pieces=PIECES) for edge in posts[:POSTS]],
        posts_total=len(posts),
        groups=[
            Group(
                relation=group.relation,
                is_outward=group.is_outward,
                total=len(group.facts) + group.left_out,
                facts=[fact(library, edge, pieces=PIECES) for edge in group.facts],
            )
            for group in neighbours(library.graph, node, limit=FACTS)
            if group.relation != _POST
        ],
        within=[fact(library, edge, pieces=PIECES) for edge in within[:WITHIN]],
        within_total=len(within),
        figures=[figure(library, one, pieces=PIECES) for one in figures[:FIGURES]],
        figures_total=len(figures),
        edition_of=None if wide is None else thing(library, wide),
        editions=things(library, editions[:EDITIONS]),
        editions_total=len(editions),
        possible=[
            Possible(
                id=one["id"],
                reason=one["reason"],
                entities=things(library, [other for other in one["nodes"] if other != node]),
            )
            for one in library.possible_of.get(node, ())
        ],
        papers=[paper(library.by_id[document]) for document in _latest_first(library, documents)[:PAPERS]],
    )


def fact_list(library: Library, node: str, relation: str, *, is_outward: bool, page: int) -> FactList:
    """Return a page of the facts of one relation around an entity, posts in order of time. Raises UnknownPage."""
    if relation == _POST:
        found = [edge for edge in _posts(library, node) if (edge[0] == node) is is_outward]
    else:
        graph = library.graph
        edges = (
            graph.out_edges(node, keys=True, data=True) if is_outward else graph.in_edges(node, keys=True, data=True)
        )
        found = strongest_first(
            graph, [(subject, end, key) for subject, end, key, told in edges if told["type"] == relation]
        )
    shown = page_of(found, page, ON_A_PAGE)
    return FactList(
        entity=thing(library, node),
        relation=relation,
        is_outward=is_outward,
        total=shown.total,
        page=page,
        pages=shown.pages,
        facts=[fact(library, edge) for edge in shown.items],
    )


def within_list(library: Library, node: str, page: int) -> WithinList:
    """Return a page of the facts within a programme, the strongest first. Raises UnknownPage."""
    shown = page_of(_within(library, node), page, ON_A_PAGE)
    return WithinList(
        entity=thing(library, node),
        total=shown.total,
        page=page,
        pages=shown.pages,
        facts=[fact(library, edge) for edge in shown.items],
    )


def figure_list(library: Library, node: str, page: int) -> FigureList:
    """Return a page of the figures of an entity. Raises UnknownPage."""
    shown = page_of(library.figures_of.get(node, []), page, ON_A_PAGE)
    return FigureList(
        entity=thing(library, node),
        total=shown.total,
        page=page,
        pages=shown.pages,
        figures=[figure(library, one) for one in shown.items],
    )


def document_list(library: Library, node: str, page: int) -> DocumentList:
    """Return a page of the documents that name an entity, the latest first. Raises UnknownPage."""
    shown = page_of(_latest_first(library, library.entity(node)["documents"]), page, ON_A_PAGE)
    return DocumentList(
        entity=thing(library, node),
        total=shown.total,
        page=page,
        pages=shown.pages,
        documents=[paper(library.by_id[document]) for document in shown.items],
    )


def _within(library: Library, node: str) -> list[Edge]:
    return strongest_first(library.graph, library.facts_within.get(node, ()))


def _posts(library: Library, node: str) -> list[Edge]:
    """Return the posts that a person holds or held, or that are held at a body: first those with the latest last day, undated ones last.

    The last day is that of their own date, else of the last document that says so.
    """
    graph = library.graph
    edges = (*graph.out_edges(node, keys=True, data="type"), *graph.in_edges(node, keys=True, data="type"))
    posts: set[Edge] = {(subject, end, key) for subject, end, key, kind in edges if kind == _POST}
    found = strongest_first(graph, posts)

    def time(edge: Edge) -> str:
        told = fact_of(graph, edge)
        return told.get("date", "").rpartition("/")[2] or told.get("last_stated") or told.get("first_stated") or ""

    return sorted(found, key=time, reverse=True)


def _latest_first(library: Library, documents: list[str]) -> list[str]:
    return sorted(documents, key=library.position_of.__getitem__)


def _code(told: NodeAttributes) -> Code | None:
    if "code" not in told:
        return None
    meant = division_of(told)
    if meant is None:
        return Code(code=told["code"])
    return Code(
        code=told["code"],
        division=_division(meant),
        above=[_division(one) for one in divisions().above(meant)],
        others=[_division(one) for one in divisions().succession(meant) if one != meant],
        wikidata=wikidata_item(meant),
    )


def _division(one: Known) -> Division:
    return Division(code=one.code, name=one.name, since=one.since, until=one.last_year)
