"""What a search finds, what there is of each kind, and how much there is at all, as records."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from unionkg.errors import InvalidOption
from unionkg.graph.provinces import PROVINCES
from unionkg.graph.schema import ENTITY_TYPES
from unionkg.matching.candidate import Query
from unionkg.matching.names import folded
from unionkg.matching.search import candidates
from unionkg.reconciliation.queries import LONGEST
from unionkg.server.library import Library
from unionkg.server.paging import page_of
from unionkg.server.records import Count, Found, Listing, Summary
from unionkg.server.records_of_facts import paper, things

ON_A_PAGE = 25
TITLES = 10  # documents that a search tells


def found(library: Library, query: str, page: int) -> Found:
    """Return a page of what a search finds. Raises InvalidOption for a text of more than LONGEST characters, UnknownPage.

    Entities that have it as their id or division code come first, then those that are called so, then those of which a name, its pinyin or its initials open so, then those that
    have it inside, then what the whole may mean as a name (白云区总工会). A text of which nothing can be looked for finds nothing.
    """
    text = query.strip()
    if len(text) > LONGEST:
        raise InvalidOption(f"the text has {len(text):,} characters; accepted: at most {LONGEST}")
    prefixes = library.catalogue.prefixes
    nodes: list[str] = []
    if text:
        meant = (one.id for one in candidates(library.catalogue.index, Query(name=text)))
        own = library.catalogue.node(text)
        opening = prefixes.starting(text)
        known = [*([] if own is None else [own]), *library.coded.get(text, ())]
        nodes = list(dict.fromkeys([*known, *opening, *prefixes.holding(text), *meant]))
    shown = page_of(nodes, page, ON_A_PAGE)
    wanted = folded(text)
    titled = (library.papers[number] for number in library.titles.holding(wanted))
    return Found(
        query=text,
        total=shown.total,
        page=page,
        pages=shown.pages,
        entities=things(library, shown.items),
        documents=[paper(one) for one in islice(titled, TITLES)] if wanted and page == 1 else [],
    )


def listing(library: Library, type: str | None, subtype: str | None, province: str | None, page: int) -> Listing:
    """Return a page of the entities of a type, a subtype of it, and a province; None for any.

    Raises InvalidOption if there is no such type or province, UnknownPage.
    """
    if type is not None and type not in ENTITY_TYPES:
        raise InvalidOption(f"unknown type {type!r}; accepted: {', '.join(ENTITY_TYPES)}")
    subtypes = {sub.name for sub in ENTITY_TYPES[type].subtypes} if type else set()
    if subtype is not None and subtype not in subtypes:
        raise InvalidOption(f"unknown subtype {subtype!r} of {type}; accepted: {', '.join(sorted(subtypes)) or 'none'}")
    if province is not None and province not in PROVINCES:
        raise InvalidOption(f"unknown province {province!r}; accepted: {', '.join(PROVINCES)}")
    types: Counter[str] = Counter()
    narrower: Counter[str] = Counter()
    provinces: Counter[str] = Counter()
    places: list[int] = []
    for sort, its in library.places.items():
        number = len(its)
        is_here, is_of_type, is_of_subtype = (
            province in (None, sort.province),
            type in (None, sort.type),
            subtype in (None, sort.subtype),
        )
        if is_here and is_of_type and is_of_subtype:
            places += its
        if is_here:
            types[sort.type] += number
        if is_here and is_of_type and type and sort.subtype:
            narrower[sort.subtype] += number
        if is_of_type and is_of_subtype and sort.province:
            provinces[sort.province] += number
    shown = page_of(sorted(places), page, ON_A_PAGE)
    return Listing(
        type=type,
        subtype=subtype,
        province=province,
        total=shown.total,
        page=page,
        pages=shown.pages,
        entities=things(library, (library.ranked[place] for place in shown.items)),
        types=[Count(name=name, entities=types[name]) for name in ENTITY_TYPES if types[name]],
        subtypes=[
            Count(name=sub.name, entities=narrower[sub.name])
            for sub in (ENTITY_TYPES[type].subtypes if type else ())
            if narrower[sub.name]
        ],
        provinces=[Count(name=code, entities=provinces[code]) for code in PROVINCES if provinces[code]],
    )


def summary(library: Library) -> Summary:
    """Return how much there is, by type and by province; provinces of which nothing is known are left out."""
    types: Counter[str] = Counter()
    provinces: Counter[str] = Counter()
    for sort, its in library.places.items():
        types[sort.type] += len(its)
        if sort.province:
            provinces[sort.province] += len(its)
    return Summary(
        base=library.base,
        built=library.kg.manifest.times.started,
        documents=len(library.documents),
        entities=len(library.ranked),
        facts=len(library.facts),
        figures=len(library.figures),
        types=[Count(name=name, entities=types[name]) for name in ENTITY_TYPES if types[name]],
        provinces=[
            Count(name=code, entities=provinces[code], facts=library.facts_of_province[code])
            for code in PROVINCES
            if provinces[code]
        ],
    )
