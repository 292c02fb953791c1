"""What two corpora share, what only one of them has, and where they contradict.

This is no comparison of two builds of one corpus (`difference`), whose question is what changed: here two studies stand
side by side, and neither is the later one. Documents, entities, facts and figures are put together, each in rows of one
state; what cannot all be true stands in rows of its own besides (`contradictions`). All of it is symmetric: with the
studies exchanged, what is only in KG1 is only in KG2, and the rest is the same, exchanged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias, cast

import msgspec
import networkx as nx

from unionkg.graph.aligned import STATES, Alignment, Contrast, CopiesBy, Row, Unlike
from unionkg.graph.amounts import span_of
from unionkg.graph.attributes import (
    DocumentAttributes,
    KnowledgeGraph,
    OutcomeAttributes,
    documents,
    edges,
    nodes,
    outcomes,
)
from unionkg.graph.changes import Item, Value
from unionkg.graph.citations import gbt7714
from unionkg.graph.contradictions import Contradiction, Statements, contradictions
from unionkg.graph.counterparts import Counterparts, articles, counterparts
from unionkg.graph.overlaps import overlaps
from unionkg.graph.readable import readable
from unionkg.graph.schema import ENTITY_TYPES, OUTCOME_KINDS, QUALIFIERS, RELATION_TYPES
from unionkg.graph.sides import ENDS, Side, document_item, entity_item, statement_item, totals
from unionkg.graph.tallies import fact_years, homes, year

Weighed: TypeAlias = tuple[int, Row]
"""A row with how much it says: the number of articles behind it, for what both studies have from one is no better founded."""

Stated: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Facts or figures by their keys, with their ends in shared ids."""

NAMED_IN = 3  # documents that an entity is told with

MUTUAL = frozenset({"partners_with"})
"""Relations that say the same whichever end stands first."""

_FIGURE = ("programme", "beneficiary", "value", "value_max", "bound", "unit", "what", "kind", "period")
_HELD = frozenset({"current", "elected"})
_TYPE_ORDER = {name: at for at, name in enumerate((*ENTITY_TYPES, *RELATION_TYPES, *OUTCOME_KINDS))}


@dataclass(frozen=True, slots=True)
class _Study:
    """One of the two: its graph as a side, what it states in shared ids, and where and when its things belong."""

    side: Side
    facts: Stated
    figures: Stated
    rows: Stated
    province_of: Mapping[str, str | None]
    year_of: Mapping[str, str | None]

    def item(self, key: str) -> Item:
        """Return a fact or figure as it is told."""
        return statement_item(self.side, key, self.rows[key])


def align(
    kg1: KnowledgeGraph,
    kg2: KnowledgeGraph,
    *,
    settings: Iterable[Unlike] = (),
    signatures: Iterable[Mapping[str, str]] = (),
) -> Alignment:
    """Return what two graphs share and where they part.

    `settings` are those that differ between their builds. `signatures` are those that `counterparts.signatures` gives for
    each study; unless both have some, copies of one article are found by title and date.
    """
    known = list(signatures)
    copies_by: CopiesBy = "text" if known and all(known) else "title"
    article_of = articles(kg1, kg2, known if copies_by == "text" else ())
    found = counterparts(kg1, kg2, article_of)
    shared = [{pair[at]: min(pair.kg1, pair.kg2) for pair in found.same} for at in (0, 1)]
    one, other = (_study(graph, article_of, ids) for graph, ids in zip((kg1, kg2), shared, strict=True))
    against = contradictions(
        Statements(one.facts, one.figures), Statements(other.facts, other.figures), _names(one.side, other.side)
    )
    rows = {
        "documents": _ordered(_documents(one, other, copies_by)),
        "entities": _ordered(_entities(one, other, found)),
        "facts": _ordered(chain(_facts(one, other), _against(one, other, against, one.facts))),
        "figures": _ordered(chain(_figures(one, other), _against(one, other, against, one.figures))),
    }
    return Alignment(
        kg1=totals(kg1),
        kg2=totals(kg2),
        settings=tuple(settings),
        copies_by=copies_by,
        overlaps=tuple(overlaps(rows)),
        **rows,
    )


def _study(graph: KnowledgeGraph, article_of: Mapping[str, str], shared: Mapping[str, str]) -> _Study:
    papers = {paper["id"]: paper for paper in documents(graph)}
    side = Side(graph, cast(Mapping[str, Mapping[str, Any]], papers), article_of, shared)
    facts = {
        key: {"subject": start, "object": end, **row} for start, end, key, row in graph.edges(keys=True, data=True)
    }
    figures = {figure["id"]: cast(dict[str, Any], figure) for figure in outcomes(graph)}
    home = homes(readable(graph))
    province_of = {
        **home.of_document,
        **{node: home.of_entity.get(node) for node in graph},
        **{key: home.of_fact(start, end, fact) for start, end, key, fact in edges(graph)},
        **{
            figure["id"]: home.of_entity.get(figure.get("subject", "")) or home.common(figure["evidence"])
            for figure in outcomes(graph)
        },
    }
    told = {figure["id"]: year(figure.get("period") or figure.get("first_stated", "")) for figure in outcomes(graph)}
    return _Study(
        side=side,
        rows={**facts, **figures},
        facts={key: _in_shared_ids(side, row) for key, row in facts.items()},
        figures={key: _in_shared_ids(side, row) for key, row in figures.items()},
        province_of=province_of,
        year_of={**{one: year(paper.get("date", "")) for one, paper in papers.items()}, **fact_years(graph), **told},
    )


def _in_shared_ids(side: Side, row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, **{end: side.shared_entity.get(row[end], row[end]) for end in ENDS if end in row}}


def _names(*sides: Side) -> dict[str, str]:
    """Return what the entities are called, by their shared ids."""
    names: dict[str, str] = {}
    for side in sides:
        for node, entity in nodes(side.graph):
            one = side.shared_entity.get(node, node)
            names[one] = min(names.get(one, entity["name"]), entity["name"])
    return names


def _row(
    one: _Study, other: _Study, kg1: Iterable[str], kg2: Iterable[str], tell: Callable[[_Study, str], Item], **more: Any
) -> Row:
    """Return a row of the things with these ids, which `tell` tells; it belongs where the first of them in order does."""
    things = [*((one, thing) for thing in kg1), *((other, thing) for thing in kg2)]
    return Row(
        kg1=tuple(tell(one, thing) for thing in kg1),
        kg2=tuple(tell(other, thing) for thing in kg2),
        province=min(filter(None, (study.province_of.get(thing) for study, thing in things)), default=""),
        year=min(filter(None, (study.year_of.get(thing) for study, thing in things)), default=""),
        **more,
    )


def _documents(one: _Study, other: _Study, copies_by: CopiesBy) -> Iterator[Weighed]:
    groups: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for at, side in enumerate((one.side, other.side)):
        for paper in side.papers:
            groups[side.shared_document[paper]][at].append(paper)
    for ones, others in groups.values():
        both = [paper for paper in ones if paper in other.side.papers]
        for paper in both:
            yield 2, _row(one, other, [paper], [paper], _document, state="same")
        apart = [[paper for paper in papers if paper not in both] for papers in (ones, others)]
        if ones and others:
            if any(apart):
                left, right = (own or both for own in apart)
                yield len(ones) + len(others), _row(one, other, left, right, _document, state="copy", by=copies_by)
        else:
            for paper in ones:
                yield 1, _row(one, other, [paper], [], _document, state="only_kg1")
            for paper in others:
                yield 1, _row(one, other, [], [paper], _document, state="only_kg2")


def _document(study: _Study, document: str) -> Item:
    paper = study.side.papers[document]
    item = document_item(paper)
    reference = gbt7714(cast(DocumentAttributes, paper))
    return msgspec.structs.replace(item, attributes={**item.attributes, "reference": reference})


def _entities(one: _Study, other: _Study, found: Counterparts) -> Iterator[Weighed]:
    def weight(*pair: tuple[_Study, str]) -> int:
        papers = ((study.side, paper) for study, node in pair for paper in study.side.graph.nodes[node]["documents"])
        return len({side.shared_document[paper] for side, paper in papers})

    known: tuple[set[str], set[str]] = (set(), set())
    for pairs, state in ((found.same, "same"), (found.possible, "possible")):
        for pair in pairs:
            row = _row(one, other, [pair.kg1], [pair.kg2], _entity, state=state, by=pair.by, detail=pair.detail)
            yield weight((one, pair.kg1), (other, pair.kg2)), row
            known[0].add(pair.kg1)
            known[1].add(pair.kg2)
    for node in one.side.graph.nodes - known[0]:
        yield weight((one, node)), _row(one, other, [node], [], _entity, state="only_kg1")
    for node in other.side.graph.nodes - known[1]:
        yield weight((other, node)), _row(one, other, [], [node], _entity, state="only_kg2")


def _entity(study: _Study, node: str) -> Item:
    entity = study.side.graph.nodes[node]
    item = entity_item(node, entity)
    papers = entity["documents"]
    named_in = ", ".join(study.side.papers[paper]["name"] for paper in papers[:NAMED_IN])
    return msgspec.structs.replace(item, attributes={**item.attributes, "documents": len(papers), "named_in": named_in})


def _facts(one: _Study, other: _Study) -> Iterator[Weighed]:
    def about(study: _Study, fact: Mapping[str, Any]) -> tuple[Any, ...]:
        ends = (fact["subject"], fact["object"])
        return (fact["type"], *(sorted(ends) if fact["type"] in MUTUAL else ends))

    return _statements(one, other, one.facts, other.facts, about, tuple(QUALIFIERS), _is_compatible_fact)


def _is_compatible_fact(fact: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two facts with the same ends differ in no more than how much they tell.

    That something is planned, and that it is done, are two things. Who was elected is in office.
    """
    if fact.get("modality") != other.get("modality"):
        return False
    for name in QUALIFIERS.keys() & fact.keys() & other.keys():
        ours, theirs = fact[name], other[name]
        is_held = name == "status" and {ours, theirs} == _HELD
        is_within = name == "date" and (ours.startswith(theirs) or theirs.startswith(ours))
        if ours != theirs and not is_held and not is_within:
            return False
    return True


def _figures(one: _Study, other: _Study) -> Iterator[Weighed]:
    def about(study: _Study, figure: Mapping[str, Any]) -> tuple[Any, ...]:
        # A figure of nobody is the same where it stands in the same article alone.
        whose = figure.get("subject") or min(
            study.side.shared_document[piece["document"]] for piece in figure["evidence"]
        )
        return whose, figure["what"], figure["unit"], figure["kind"]

    return _statements(one, other, one.figures, other.figures, about, _FIGURE, _is_compatible_figure)


def _is_compatible_figure(figure: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two figures of one thing are one number of which one tells more, or numbers that may be one.

    Numbers that only may be one, such as 120 and at least 100, must be of one period, programme and group.
    """
    told = ("programme", "beneficiary", "period")
    if any(figure[name] != other[name] for name in told if name in figure and name in other):
        return False
    if all(figure.get(name) == other.get(name) for name in ("value", "value_max", "bound")):
        return True
    if any(figure.get(name) != other.get(name) for name in told):
        return False
    (low, high), (least, greatest) = span_of(cast(OutcomeAttributes, figure)), span_of(cast(OutcomeAttributes, other))
    return max(low, least) <= min(high, greatest)


def _statements(
    one: _Study,
    other: _Study,
    ours: Stated,
    theirs: Stated,
    about: Callable[[_Study, Mapping[str, Any]], tuple[Any, ...]],
    description: tuple[str, ...],
    is_compatible: Callable[[Mapping[str, Any], Mapping[str, Any]], bool],
) -> Iterator[Weighed]:
    """Yield the rows of facts, or of figures, but those that contradict.

    Two are compared if what they are `about` is the same; they say the same if all of the `description` is. Each one that
    the other study does not say is compatible with the one there that differs least from it, if any is.
    """
    groups: dict[tuple[Any, ...], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for at, (study, stated) in enumerate(((one, ours), (other, theirs))):
        for key, row in stated.items():
            groups[about(study, row)][at].append(key)

    for keys, rivals in groups.values():
        alike: dict[tuple[Any, ...], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for at, (stated, things) in enumerate(((ours, keys), (theirs, rivals))):
            for key in things:
                alike[tuple(map(stated[key].get, description))][at].append(key)
        both = [pair for pair in alike.values() if all(pair)]
        for left, right in both:
            yield _weighed_row(one, other, sorted(left), sorted(right), "same")
        settled = {(at, key) for pair in both for at in (0, 1) for key in pair[at]}
        unsettled = [
            (at, key) for at, things in enumerate((keys, rivals)) for key in things if (at, key) not in settled
        ]
        links: nx.Graph[tuple[int, str]] = nx.Graph()
        links.add_nodes_from(unsettled)
        for at, key in unsettled:
            pairs = [(key, rival) for rival in rivals] if at == 0 else [(rival, key) for rival in keys]
            near = [
                (sum(ours[left].get(name) != theirs[right].get(name) for name in description), left, right)
                for left, right in pairs
                if is_compatible(ours[left], theirs[right])
            ]
            if near:
                _, first, second = min(near)
                links.add_edge((0, first), (1, second))
        for group in nx.connected_components(links):
            kg1, kg2 = (sorted(key for side, key in group if side == at) for at in (0, 1))
            if kg1 and kg2:
                contrasts = _contrasts(one, other, kg1, kg2, description)
                yield _weighed_row(one, other, kg1, kg2, "compatible", fields=contrasts)
            else:
                yield _weighed_row(one, other, kg1, kg2, "only_kg1" if kg1 else "only_kg2")


def _weighed_row(
    one: _Study, other: _Study, kg1: Collection[str], kg2: Collection[str], state: str, **more: Any
) -> Weighed:
    things = [(study, study.rows[key]) for study, keys in ((one, kg1), (other, kg2)) for key in keys]
    papers = {study.side.shared_document[piece["document"]] for study, row in things for piece in row["evidence"]}
    return len(papers), _row(one, other, kg1, kg2, _Study.item, state=state, **more)


def _contrasts(
    one: _Study, other: _Study, kg1: Iterable[str], kg2: Iterable[str], description: tuple[str, ...]
) -> tuple[Contrast, ...]:
    found = []
    for name in description:
        left, right = (_told(study, keys, name) for study, keys in ((one, kg1), (other, kg2)))
        if left != right:
            found.append(Contrast(name=name, kg1=left, kg2=right))
    return tuple(found)


def _told(study: _Study, keys: Iterable[str], name: str) -> Value:
    """Return what the facts say in one field, in order; entities by name, and nothing at all as None."""
    values = {study.rows[key][name] for key in keys if name in study.rows[key]}
    if name in ENDS:
        values = {study.side.entity_named(value).name for value in values}
    if len(values) > 1:
        return tuple(sorted(map(str, values)))
    return cast(Value, next(iter(values), None))


def _against(one: _Study, other: _Study, against: Iterable[Contradiction], stated: Stated) -> Iterator[Weighed]:
    """Yield the contradictions between these facts, or figures."""
    for each in against:
        if stated.keys() >= set(each.kg1):
            _, row = _weighed_row(one, other, each.kg1, each.kg2, "contradicting", by=each.by, detail=each.detail)
            yield -len(each.kg1) - len(each.kg2), row  # one against one says more than ten against ten


def _ordered(rows: Iterable[Weighed]) -> tuple[Row, ...]:
    def place(weighed: Weighed) -> tuple[object, ...]:
        weight, row = weighed
        items = (*row.kg1, *row.kg2)
        names = sorted((item.name, *(end.name for end in (item.subject, item.object) if end)) for item in items)
        order = min(_TYPE_ORDER.get(item.type, len(_TYPE_ORDER)) for item in items)
        return STATES.index(row.state), -weight, order, names, sorted(item.id for item in items), row.by, row.detail

    return tuple(row for _, row in sorted(rows, key=place))
