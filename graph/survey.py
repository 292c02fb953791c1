"""What a report says of a graph, counted: it is gone through some times, one thing at a time, and never held whole."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple, TypeAlias

from unionkg.graph.attributes import EdgeAttributes, NodeAttributes, OutcomeAttributes
from unionkg.graph.readable import Edge, Readable
from unionkg.graph.tallies import homes

BANDS = (0.0, 0.6, 0.7, 0.8, 0.9)
"""Where each band of confidence begins; the last one ends at 1."""
FOREMOST = 10
LISTED = 20  # of the conflicts, and of the groups that may be one
NAMED = 6  # of such a group

Year: TypeAlias = int | None


class Name(NamedTuple):
    """An entity as it is named to a reader; `known` is what tells it from others of its name, such as a body or a code."""

    node: str
    name: str
    pinyin: str
    known: tuple[str, ...] = ()


class Foremost(NamedTuple):
    """An entity that stands out: how many facts have it at an end, and how many independent documents name it.

    `role` and `body` are of the post of a person that most sources tell, of one that is held if there is any.
    """

    entity: Name
    facts: int
    documents: int
    role: str = ""
    body: Name | None = None


class Claim(NamedTuple):
    """One side of a conflict: who holds the seat, or the figure, and how many independent sources say so."""

    holder: Name | None
    figure: OutcomeAttributes | None
    since: str
    until: str
    sources: int


class Conflict(NamedTuple):
    """What cannot all be true: of the body `about`, the office or what is counted (`what`), and the claims."""

    kind: str
    about: Name | None
    what: str
    claims: tuple[Claim, ...]


class Group(NamedTuple):
    """The first of `total` entities that may be one, and why they were not joined."""

    entities: tuple[Name, ...]
    total: int
    reason: str


class Region(NamedTuple):
    """How much belongs to a province, as `tallies.by_province` has it."""

    documents: int
    entities: int
    facts: int


@dataclass(slots=True)
class Papers:
    """The documents: by source and by year (None where not stated), by encoding, and the sizes of clusters of copies."""

    total: int = 0
    sources: Counter[str | None] = field(default_factory=Counter)
    years: Counter[Year] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    clusters: list[int] = field(default_factory=list)
    cluster_of: dict[str, str] = field(default_factory=dict)

    @property
    def copies(self) -> list[int]:
        """How many documents each cluster holds that has more than one, the largest first."""
        return sorted((size for size in self.clusters if size > 1), reverse=True)


@dataclass(slots=True)
class Facts:
    """The facts, each in one row: by type, planned ones apart, by confidence, independent sources, and year.

    `bands` counts by type and band of confidence, `dated` by the year that the fact itself has, `stated` by that of the
    earliest dated document where it has none, None where there is none either. `restored` are those that all their
    sentences had to be restored for.
    """

    total: int = 0
    done: Counter[str] = field(default_factory=Counter)
    planned: Counter[str] = field(default_factory=Counter)
    bands: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * len(BANDS)))
    restored: int = 0
    sources: Counter[int] = field(default_factory=Counter)
    dated: Counter[Year] = field(default_factory=Counter)
    stated: Counter[Year] = field(default_factory=Counter)

    @property
    def supported(self) -> int:
        """How many facts rest on more than one independent source."""
        return sum(number for sources, number in self.sources.items() if sources > 1)

    def add(self, fact: EdgeAttributes) -> None:
        """Count a fact."""
        kind = fact["type"]
        self.total += 1
        (self.planned if fact.get("modality") == "planned" else self.done)[kind] += 1
        self.bands[kind][bisect_right(BANDS, fact["confidence"]) - 1] += 1
        self.restored += all(piece["restored"] for piece in fact["evidence"])
        self.sources[fact["sources"]] += 1
        own = year_of(fact.get("date"))
        if own is None:
            self.stated[year_of(fact.get("first_stated"))] += 1
        else:
            self.dated[own] += 1


@dataclass(slots=True)
class Figures:
    """The figures: by kind and unit, and by the first year of their period, None where they tell none."""

    total: int = 0
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    years: Counter[Year] = field(default_factory=Counter)

    def add(self, figure: OutcomeAttributes) -> None:
        """Count a figure."""
        self.total += 1
        self.units[figure["kind"], figure["unit"]] += 1
        self.kinds[figure["kind"]] += 1
        self.years[year_of(figure.get("period"))] += 1


@dataclass(slots=True)
class Survey:
    """All of it. `entities` counts by type and subtype, `mentions` the places that name them.

    `regions` are in order of codes, None for what belongs to none. `foremost` has the organisations, programmes, groups and
    officials (persons who hold or held a post) with the most facts. `conflicts` and `possible` are the first ones of the
    graph, `conflict_kinds` and `reasons` count all.
    """

    papers: Papers
    facts: Facts
    figures: Figures
    entities: Counter[tuple[str, str | None]]
    mentions: int
    regions: dict[str | None, Region]
    foremost: dict[str, tuple[Foremost, ...]]
    conflict_kinds: Counter[str]
    conflicts: tuple[Conflict, ...]
    reasons: Counter[str]
    possible: tuple[Group, ...]


def survey(graph: Readable) -> Survey:
    """Return what a report says of the graph."""
    papers, facts, figures = _papers(graph), Facts(), Figures()
    disputed = graph.conflicts()[:LISTED]
    asked = {key for conflict in disputed for key in conflict["facts"]}
    home = homes(graph)
    regions: dict[str | None, Counter[str]] = defaultdict(Counter)
    for paper in papers.cluster_of:
        regions[home.of_document[paper]]["documents"] += 1
    links: Counter[str] = Counter()
    officials: set[str] = set()
    said: dict[str, Edge | OutcomeAttributes] = {}
    for edge in graph.edges():
        subject, end, key, fact = edge
        facts.add(fact)
        links[subject] += 1
        links[end] += 1
        if fact["type"] == "holds_post":
            officials.add(subject)
        if key in asked:
            said[key] = edge
        regions[home.of_fact(subject, end, fact)]["facts"] += 1
    for figure in graph.outcomes():
        figures.add(figure)
        if figure["id"] in asked:
            said[figure["id"]] = figure
    entities: Counter[tuple[str, str | None]] = Counter()
    mentions = 0
    leagues: dict[str, list[tuple[int, int, str]]] = {"ORG": [], "PROGRAMME": [], "GROUP": [], "PERSON": []}
    for node, entity in graph.nodes():
        kind = entity["type"]
        entities[kind, entity.get("subtype")] += 1
        mentions += entity["mentions"]
        regions[home.of_entity.get(node)]["entities"] += 1
        if links[node] and kind in leagues and (kind != "PERSON" or node in officials):
            independent = len({papers.cluster_of[document] for document in entity["documents"]})
            leagues[kind].append((-links[node], -independent, node))
            if len(leagues[kind]) > 100 * FOREMOST:
                leagues[kind] = nsmallest(FOREMOST, leagues[kind])
    foremost = {kind: nsmallest(FOREMOST, league) for kind, league in leagues.items()}
    posts = {node: post for _, _, node in foremost["PERSON"] if (post := _post(graph.edges_from(node)))}
    groups = graph.possible()
    wanted = {node for league in foremost.values() for _, _, node in league}
    wanted.update(post[1] for post in posts.values())
    wanted.update(node for group in groups[:LISTED] for node in group["nodes"][:NAMED])
    wanted.update(node for one in said.values() for node in _ends(one))
    names = _names(graph, wanted)
    return Survey(
        papers=papers,
        facts=facts,
        figures=figures,
        entities=entities,
        mentions=mentions,
        regions={
            code: Region(*(regions[code][what] for what in Region._fields))
            for code in sorted(regions, key=lambda code: code or "~")
        },
        foremost={
            kind: tuple(_foremost(row, posts.get(row[2]), names) for row in league) for kind, league in foremost.items()
        },
        conflict_kinds=Counter(conflict["kind"] for conflict in graph.conflicts()),
        conflicts=tuple(
            _conflict(conflict["kind"], [said[key] for key in conflict["facts"]], names) for conflict in disputed
        ),
        reasons=Counter(group["reason"] for group in groups),
        possible=tuple(
            Group(tuple(names[node] for node in group["nodes"][:NAMED]), len(group["nodes"]), group["reason"])
            for group in groups[:LISTED]
        ),
    )


def year_of(date: str | None) -> Year:
    """Return the year of an ISO date, of a period the first; None where there is none.

    >>> year_of("2024-03/2024-05"), year_of(None)
    (2024, None)
    """
    head = (date or "")[:4]
    return int(head) if len(head) == 4 and head.isascii() and head.isdigit() else None


def _papers(graph: Readable) -> Papers:
    papers = Papers()
    for paper in graph.documents():
        papers.total += 1
        papers.sources[paper.get("source")] += 1
        papers.years[year_of(paper.get("date"))] += 1
        if encoding := paper.get("encoding"):
            papers.encodings[encoding] += 1
        papers.cluster_of[paper["id"]] = paper.get("cluster", paper["id"])
    papers.clusters = list(Counter(papers.cluster_of.values()).values())
    return papers


def _names(graph: Readable, wanted: Collection[str]) -> dict[str, Name]:
    found = (_name(node, entity) for node, entity in graph.nodes() if node in wanted)
    return {name.node: name for name in islice(found, len(wanted))}


def _name(node: str, entity: NodeAttributes) -> Name:
    known = entity["matched"][1:] if entity["rule"] != "document" else ()
    return Name(node, entity["name"], entity["pinyin"], tuple(filter(None, known)))


def _post(edges: Iterable[Edge]) -> tuple[str, str] | None:
    """Return office and body of the post that most sources tell, of one that is held if there is any."""
    posts = [
        (fact.get("status") == "former", -fact["sources"], key, fact.get("role", ""), body)
        for _, body, key, fact in edges
        if fact["type"] == "holds_post" and "role" in fact
    ]
    return min(posts)[3:] if posts else None


def _foremost(row: tuple[int, int, str], post: tuple[str, str] | None, names: Mapping[str, Name]) -> Foremost:
    facts, documents, node = row
    role, body = post or ("", "")
    return Foremost(names[node], -facts, -documents, role, names.get(body))


def _ends(one: Edge | OutcomeAttributes) -> list[str]:
    if isinstance(one, tuple):
        return [one[0], one[1]]
    return [one["subject"]] if "subject" in one else []


def _conflict(kind: str, said: list[Edge | OutcomeAttributes], names: Mapping[str, Name]) -> Conflict:
    about, what, claims = None, "", []
    for one in said:
        holder = figure = None
        if isinstance(one, tuple):
            person, body, _, support = one
            about, what, holder = names[body], support.get("role", ""), names[person]
            since, until = support.get("date", support.get("first_stated", "")), support.get("last_stated", "")
        else:
            figure = one
            about, what = names.get(one.get("subject", "")), one["what"]
            since = until = one.get("period", "")
        sources = (one[3] if isinstance(one, tuple) else one)["sources"]
        claims.append(Claim(holder, figure, since, until, sources))
    return Conflict(kind, about, what, tuple(claims))
