"""Two graphs side by side: what their ids are in common, how their things are told, and what makes them differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph, documents, outcomes
from unionkg.graph.changes import Cause, Field, Item, Kind, Named, Reason, Sentence, Totals, Value
from unionkg.graph.matching import Group

Row: TypeAlias = Mapping[str, Any]
"""The attributes of a document, entity, fact or figure; those of a fact with its `subject` and `object`."""

Said: TypeAlias = tuple[Any, ...]
"""What makes a sentence the same in both graphs; the shared id of its document comes first."""

ENDS = ("subject", "object", "programme", "beneficiary")
SUPPORT = frozenset(
    {
        *("confidence", "rules", "sources", "first_stated", "last_stated", "evidence"),
        *("documents", "mentions", "copies"),
    }
)
"""What backs a thing, as opposed to what it is."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the graphs. The same document has the same id in `shared_document` of both, and so have entities.

    `shared_entity` lists those only whose own id does not say it.
    """

    graph: KnowledgeGraph
    papers: Mapping[str, Row]
    shared_document: Mapping[str, str]
    shared_entity: Mapping[str, str]

    def entity_named(self, node: str) -> Named:
        return Named(id=node, name=self.graph.nodes[node]["name"])

    def documents_of(self, entity: Row) -> set[str]:
        """Return the shared ids of the documents that name the entity."""
        return {self.shared_document[document] for document in entity["documents"]}


@dataclass(frozen=True, slots=True)
class Sides:
    """Both graphs. `fates` says which documents were added, edited or are gone, by shared id; the others are the same.

    `unmoved` is why something differs whose documents are the same. `regrouped` tells what became of the entities in
    `shared_entity`, by their shared id; it is empty as long as the entities are not compared.
    """

    old: Side
    new: Side
    fates: Mapping[str, tuple[Cause, Named]]
    unmoved: Cause
    regrouped: Mapping[str, Reason]


def sides(
    old: KnowledgeGraph, new: KnowledgeGraph, pairs: Mapping[str, str], groups: Iterable[Group], unmoved: Cause
) -> Sides:
    """Return the graphs side by side; `pairs` and `groups` are what `matching` returns."""
    before, after = ({document["id"]: cast(Row, document) for document in documents(graph)} for graph in (old, new))
    fates: dict[str, tuple[Cause, Named]] = {}
    for one, paper in before.items():
        if one not in pairs:
            fates[one] = ("document_gone", Named(id=one, name=paper["name"]))
    same = {other for one, other in pairs.items() if one == other}
    edited = {other for one, other in pairs.items() if one != other}
    for one, paper in after.items():
        if one not in same:
            cause: Cause = "document_edited" if one in edited else "document_added"
            fates[one] = (cause, Named(id=one, name=paper["name"]))
    # A new id of the group may stand for it: no entity outside the group has it in either graph.
    return Sides(
        Side(old, before, {one: pairs.get(one, one) for one in before}, {o: g.new[0] for g in groups for o in g.old}),
        Side(new, after, {one: one for one in after}, {n: g.new[0] for g in groups for n in g.new}),
        fates,
        unmoved,
        {},
    )


def with_copies(side: Side) -> dict[str, Row]:
    """Return the documents by id, each with the other `copies` of its article instead of the cluster's id."""
    clusters: dict[str, list[str]] = defaultdict(list)
    for one, paper in side.papers.items():
        clusters[paper["cluster"]].append(one)
    return {
        one: {name: value for name, value in paper.items() if name != "cluster"}
        | {"copies": [copy for copy in clusters[paper["cluster"]] if copy != one]}
        for one, paper in side.papers.items()
    }


def said(both: Sides, side: Side, evidence: Iterable[EvidenceAttributes]) -> dict[Said, EvidenceAttributes]:
    """Return the sentences by what makes them the same; in an edited document that is the quote, wherever it stands."""
    found: dict[Said, EvidenceAttributes] = {}
    for piece in evidence:
        paper = side.shared_document[piece["document"]]
        place = () if paper in both.fates else (piece["start"], piece["end"], str(piece["parts"]))
        found[paper, piece["quote"], piece["restored"], *place] = piece
    return found


def differing_fields(both: Sides, before: Row, after: Row) -> tuple[Field, ...]:
    """Return the attributes that differ, without those that differ in shared ids only.

    They are in order of their names, what backs the thing last.
    """
    names = (before.keys() | after.keys()) - {"rule", "matched"}  # which the id follows from
    if before.get("name") != after.get("name"):
        names -= {"pinyin"}  # which follows from the name
    found = []
    for name in sorted(names, key=lambda name: (name in SUPPORT, name)):
        one, other = before.get(name), after.get(name)
        if one == other:
            continue
        left, right = _shared(both, both.old, name, one), _shared(both, both.new, name, other)
        if left != right:
            found.append(
                Field(name=name, old=_told(both.old, name, one, right), new=_told(both.new, name, other, left))
            )
    return tuple(found)


def _shared(both: Sides, side: Side, name: str, value: Any) -> Any:
    """Return the value in shared ids, so that it can be compared with the other side's."""
    if value is None:
        return None
    if name in ENDS:
        return side.shared_entity.get(value, value)
    if name in ("documents", "copies"):
        return {side.shared_document[one] for one in value}
    if name == "evidence":
        return said(both, side, value).keys()
    return value


def _told(side: Side, name: str, value: Any, others: Any) -> Value:
    """Return the value for a reader; `others` is that of the other side in shared ids."""
    if value is None:
        return None
    if name in ENDS:
        return side.entity_named(value).name
    if name in ("documents", "copies"):
        return tuple(side.papers[one]["name"] for one in value if side.shared_document[one] not in others)
    if name == "evidence":
        return len(value)
    return tuple(value) if isinstance(value, list) else cast(Value, value)


def kind_of(fields: Collection[Field], is_other_id: bool) -> Kind:
    """Return the kind of change of a thing that is one in both graphs."""
    if any(field.name not in SUPPORT for field in fields):
        return "changed"
    return "carried" if is_other_id else "support"


def group_kind(old: Collection[object], new: Collection[object]) -> Kind:
    """Return the kind of change that makes these things of the old graph those of the new one."""
    if len(old) > 1:
        return "regrouped" if len(new) > 1 else "merged"
    return "split"


def reasons(
    both: Sides, papers: Iterable[str], *, is_one_sided: bool = False, may_be_reread: bool = False
) -> tuple[Reason, ...]:
    """Return why something differs that documents with these shared ids say.

    What stands in documents that did not change has another cause; it is named for what is new or gone (`is_one_sided`),
    and where nothing else explains the change or settings may (`may_be_reread`).
    """
    by_cause: dict[Cause, list[Named]] = defaultdict(list)
    unmoved: list[Named] = []
    for paper in sorted(papers):
        if paper in both.fates:
            cause, named = both.fates[paper]
            by_cause[cause].append(named)
        else:
            unmoved.append(Named(id=paper, name=both.new.papers[paper]["name"]))
    found = [Reason(cause=cause, documents=tuple(by_cause[cause])) for cause in sorted(by_cause)]
    if unmoved and is_one_sided:
        found.append(Reason(cause=both.unmoved, documents=tuple(unmoved)))
    elif unmoved and (not found or (may_be_reread and both.unmoved == "reread")):
        found.append(Reason(cause=both.unmoved))
    return tuple(found)


def reasons_of_ends(both: Sides, side: Side, row: Row) -> tuple[Reason, ...]:
    """Return what became of the entities that the fact or figure speaks of, as far as `regrouped` tells."""
    shared = dict.fromkeys(side.shared_entity[row[end]] for end in ENDS if row.get(end) in side.shared_entity)
    return tuple(both.regrouped[one] for one in shared)


def totals(graph: KnowledgeGraph) -> Totals:
    """Return how much the graph holds."""
    return Totals(
        documents=len(documents(graph)),
        entities=graph.number_of_nodes(),
        facts=sum(len(keys) for _, ends in graph.adjacency() for keys in ends.values()),  # as NetworkX, but at once
        figures=len(outcomes(graph)),
    )


def document_item(row: Row) -> Item:
    """Return the document as it is told."""
    return Item(id=row["id"], type="document", name=row["name"], attributes=_scalars(row))


def entity_item(node: str, row: Row) -> Item:
    """Return the entity as it is told."""
    return Item(id=node, type=row["type"], name=row["name"], attributes=_scalars(row))


def statement_item(side: Side, key: str, row: Row, evidence: Iterable[EvidenceAttributes] | None = None) -> Item:
    """Return the fact or figure as it is told, with all its sentences unless these are given."""
    attributes = _scalars(row)
    attributes |= {name: side.entity_named(row[name]).name for name in ("programme", "beneficiary") if name in row}
    return Item(
        id=key,
        type=row.get("type") or row["kind"],
        name=row.get("what", ""),
        subject=side.entity_named(row["subject"]) if "subject" in row else None,
        object=side.entity_named(row["object"]) if "object" in row else None,
        attributes=attributes,
        evidence=tuple(
            Sentence(
                document=Named(id=piece["document"], name=side.papers[piece["document"]]["name"]),
                start=piece["start"],
                end=piece["end"],
                quote=piece["quote"],
            )
            for piece in (row["evidence"] if evidence is None else evidence)
        ),
    )


_SAID_ELSEWHERE = frozenset({"id", "type", "kind", "name", "what", *ENDS})


def _scalars(row: Row) -> dict[str, str | int | float | bool]:
    return {
        name: value
        for name, value in row.items()
        if name not in _SAID_ELSEWHERE and isinstance(value, str | int | float)
    }
