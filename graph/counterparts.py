"""Which documents and entities of two studies are the same, and which may be.

What `resolve` would have joined in one corpus is the same: equal ids and identities, persons of one name with a common post or
meeting. So is what is named alike in a document that both studies have. What is left and may be the same, `may_be_same`
alone tells. Everything is symmetric: with the studies exchanged the same is found, exchanged.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, cast

import networkx as nx

from unionkg.graph.aligned import By
from unionkg.graph.attributes import EdgeAttributes, KnowledgeGraph, NodeAttributes, documents, edges, nodes
from unionkg.graph.duplicates import clusters, signature
from unionkg.graph.lookup import compared
from unionkg.graph.masking import MASK
from unionkg.graph.model import NATIONAL
from unionkg.graph.provinces import province_code
from unionkg.graph.regions import provinces_of
from unionkg.graph.resolve import LIFETIME, ORDINARY, TIES
from unionkg.graph.texts import DocumentText

TITLE = 8  # characters: shorter titles are those of many documents
FULL = 4  # characters: shorter names are short forms

_DAY = len("2024-03-05")
_UNDERTAKINGS = frozenset({"PROGRAMME", "EVENT", "POLICY"})
_EXACT = frozenset({"national", "territory", "code"})
_EDITIONED = frozenset({"national", "territory", "owner"})
_EMPTY_LEVELS = re.compile(r"(?:00)+$")


def signatures(graph: KnowledgeGraph, texts: Iterable[DocumentText]) -> dict[str, str]:
    """Return the signature (see `duplicates`) of each of the texts of a graph, by its document's id."""
    found = {}
    for told in texts:
        named = (graph.nodes[mention.entity] for mention in told.mentions if mention.entity in graph)
        places = {place.get("code") or place["name"] for place in named if place["type"] == "PLACE"}
        found[told.document] = signature(told.restored.text, places)
    return found


def articles(kg1: KnowledgeGraph, kg2: KnowledgeGraph, signed: Iterable[Mapping[str, str]] = ()) -> dict[str, str]:
    """Return for each document of both the first id, in order, among the copies of its article in either.

    Copies are those that the graphs know, and those whose signatures (`signed`, those of each study) say so. Without
    signatures documents of one long title and one day are.
    """
    links: nx.Graph[str] = nx.Graph()
    titled: dict[tuple[str, str], list[str]] = defaultdict(list)
    for paper in (*documents(kg1), *documents(kg2)):
        links.add_edge(paper["id"], paper.get("cluster", paper["id"]))
        title, date = compared(paper.get("title", "")), paper.get("date", "")
        if len(title) >= TITLE and len(date) == _DAY:
            titled[title, date].append(paper["id"])
    told: dict[str, str] = {}
    for study in signed:
        for one, text in study.items():
            told[one] = min(told.get(one, text), text)  # a document of both has one, whichever study comes first
    if told:
        links.add_edges_from(clusters(told).items())
    else:
        links.add_edges_from((papers[0], other) for papers in titled.values() for other in papers)
    return {paper: min(group) for group in nx.connected_components(links) for paper in group}


@dataclass(frozen=True, slots=True)
class Known:
    """What a study tells of an entity, in terms that both share.

    `forms` are its full names as they are compared. `territory` is the code of where it belongs, its empty levels left out,
    `NATIONAL` for the whole country, "" if that is not known; of a person, the province of its bodies. It `is_exact` where the
    name, or what else it is known by, tells just that. `edition` is that of a programme, meeting or document, "" for none.
    `articles` are those that name it.
    """

    id: str
    type: str
    name: str
    forms: frozenset[str]
    territory: str
    is_exact: bool
    edition: str
    identity: tuple[str, ...]
    articles: frozenset[str]


class Pair(NamedTuple):
    """An entity of each study that are the same, or may be, on what ground, and what more there is to say of it."""

    kg1: str
    kg2: str
    by: By
    detail: str = ""


class Counterparts(NamedTuple):
    """Entities that are the `same`, each in one pair, and those of which it is `possible`; in order of ids."""

    same: list[Pair]
    possible: list[Pair]


def may_be_same(one: Known, other: Known) -> str | None:
    """Return the name that two entities have in common if they may be the same, None if nothing says so.

    A full name must agree, and the territory; unless both tell exactly which it is, one may lie in the other. A number or
    year may not differ. So persons of one name are never listed for their name alone.
    """
    if one.type != other.type or not _is_named_alike(one, other):
        return None
    if not one.territory or not other.territory or not _is_one_territory(one, other):
        return None
    if one.edition and other.edition and one.edition != other.edition:
        return None
    return min(one.name, other.name)


def counterparts(kg1: KnowledgeGraph, kg2: KnowledgeGraph, article_of: Mapping[str, str]) -> Counterparts:
    """Return the entities of both that are the same or may be; `article_of` is what `articles` returned."""
    left, right = (_known(graph, article_of) for graph in (kg1, kg2))
    found = _Pairing()
    found.take(((one, one) for one in sorted(left.keys() & right.keys())), "id")
    found.take(_met(*(_identities(side) for side in (left, right))), "identity")
    named_alike = [
        (one, other)
        for one, other in _met(*(_places(side) for side in (left, right)))
        if _is_named_alike(left[one], right[other])
    ]
    found.take(named_alike, "document")
    posts = [_posts(graph, shared) for graph, shared in ((kg1, {}), (kg2, {two: one for one, two in found.ids()}))]
    years = [_years(graph) for graph in (kg1, kg2)]
    met = _met(*posts)
    found.take(((one, other) for one, other in met if not _is_apart(years[0][one] | years[1][other])), "post")
    possible = [Pair(one, other, "apart") for one, other in named_alike if found.is_half_taken(one, other)]
    rest = [
        [known for one, known in side.items() if one not in taken]
        for side, taken in zip((left, right), found.taken, strict=True)
    ]
    possible += [Pair(one, other, "place", name) for one, other, name in _possible(*rest)]
    return Counterparts(sorted(found.pairs), sorted(possible))


class _Pairing:
    """The pairs that are found; an entity is in one of them at most."""

    def __init__(self) -> None:
        self.pairs: list[Pair] = []
        self.taken: tuple[set[str], set[str]] = (set(), set())

    def take(self, pairs: Iterable[tuple[str, str]], by: By) -> None:
        """Take up the pairs whose entities are in none, those that come first first."""
        for one, other in pairs:
            if one not in self.taken[0] and other not in self.taken[1]:
                self.pairs.append(Pair(one, other, by))
                self.taken[0].add(one)
                self.taken[1].add(other)

    def ids(self) -> Iterator[tuple[str, str]]:
        return ((pair.kg1, pair.kg2) for pair in self.pairs)

    def is_half_taken(self, one: str, other: str) -> bool:
        return (one in self.taken[0]) != (other in self.taken[1])


def _known(graph: KnowledgeGraph, article_of: Mapping[str, str]) -> dict[str, Known]:
    province_of = provinces_of(graph)
    found = {}
    for node, entity in nodes(graph):
        is_person, name = entity["type"] == "PERSON", entity["name"]
        full = [alias for alias in entity["aliases"] if len(alias) >= FULL and not is_person]
        found[node] = Known(
            id=node,
            type=entity["type"],
            name=name,
            forms=frozenset(compared(form) for form in (name, *full) if MASK not in form),
            territory=_territory(entity) or province_of.get(node, ""),
            is_exact=entity["rule"] in _EXACT,
            edition=_edition(entity),
            identity=(entity["type"], entity["rule"], *(article_of.get(part, part) for part in entity["matched"])),
            articles=frozenset(article_of[document] for document in entity["documents"] if document in article_of),
        )
    return found


def _territory(entity: NodeAttributes) -> str:
    rule, matched = entity["rule"], entity["matched"]
    if rule == "national":
        return NATIONAL
    if rule in {"territory", "home"} and len(matched) > 1 and entity["type"] != "PERSON":
        return _EMPTY_LEVELS.sub("", matched[1])
    code = entity.get("code", "")
    return _EMPTY_LEVELS.sub("", code) if province_code(code) else ""


def _edition(entity: NodeAttributes) -> str:
    has_one = entity["type"] in _UNDERTAKINGS and entity["rule"] in _EDITIONED
    return entity["matched"][-1] if has_one and len(entity["matched"]) > 1 else ""


def _is_one_territory(one: Known, other: Known) -> bool:
    if one.is_exact and other.is_exact:
        return one.territory == other.territory
    return one.territory.startswith(other.territory) or other.territory.startswith(one.territory)


def _is_named_alike(one: Known, other: Known) -> bool:
    return not one.forms.isdisjoint(other.forms) and (
        compared(one.name) in other.forms or compared(other.name) in one.forms
    )


Held: TypeAlias = Mapping[Hashable, Collection[str]]
"""The entities of a study that have something, by what it is."""


def _identities(side: Mapping[str, Known]) -> Held:
    return _gathered((known.identity, known.id) for known in side.values())


def _places(side: Mapping[str, Known]) -> Held:
    return _gathered(
        ((known.type, article, form), known.id)
        for known in side.values()
        for article in known.articles
        for form in known.forms
    )


def _posts(graph: KnowledgeGraph, shared: Mapping[str, str]) -> Held:
    """Return the persons by name and by what tells them from namesakes, which has its shared id if it has one.

    It is a body that they hold a post at or write for, or a meeting that elected them, as `resolve` ties persons.
    """
    return _gathered(
        ((graph.nodes[person]["name"], shared.get(end, end)), person)
        for person, end, _, fact in edges(graph)
        if graph.nodes[person]["type"] == "PERSON" and MASK not in graph.nodes[person]["name"]
        if _is_tie(fact, cast(NodeAttributes, graph.nodes[end]))
    )


def _is_tie(fact: EdgeAttributes, end: NodeAttributes) -> bool:
    is_wide = end["rule"] not in {"territory", "code"}
    if fact["type"] == "works_for":
        return end.get("subtype") == "media" or not is_wide
    return fact["type"] in TIES and not (is_wide and end["type"] == "ORG" and fact.get("role") in ORDINARY)


def _years(graph: KnowledgeGraph) -> Mapping[str, set[int]]:
    """Return the years of the posts of each person."""
    found: dict[str, set[int]] = defaultdict(set)
    for person, _, _, fact in edges(graph):
        date = fact.get("date") or ("" if fact.get("status") == "former" else fact.get("first_stated", ""))
        if fact["type"] in TIES and date[:4].isdigit():
            found[person].add(int(date[:4]))
    return found


def _is_apart(years: Collection[int]) -> bool:
    return bool(years) and max(years) - min(years) > LIFETIME


def _gathered(pairs: Iterable[tuple[Hashable, str]]) -> Held:
    found: dict[Hashable, set[str]] = defaultdict(set)
    for what, one in pairs:
        found[what].add(one)
    return found


def _met(left: Held, right: Held) -> list[tuple[str, str]]:
    """Return the entities that alone in their study have something in common, those with most in common first."""
    counts: Counter[tuple[str, str]] = Counter()
    for what in left.keys() & right.keys():
        if len(left[what]) == len(right[what]) == 1:
            [one], [other] = left[what], right[what]
            counts[one, other] += 1
    return sorted(counts, key=lambda pair: (-counts[pair], sorted(pair), pair))


def _possible(left: Iterable[Known], right: Iterable[Known]) -> Iterator[tuple[str, str, str]]:
    """Yield the entities of which `may_be_same` says so, with the name."""
    by_form: dict[str, list[Known]] = defaultdict(list)
    for other in right:
        for form in other.forms:
            by_form[form].append(other)
    for one in left:
        rivals = {other.id: other for form in one.forms for other in by_form.get(form, ())}
        for other in rivals.values():
            if name := may_be_same(one, other):
                yield one.id, other.id, name
