"""What is different between two graphs, and why.

Documents, entities, facts and figures are compared, each thing once. What `matching` finds to be the same is
compared as the same, whatever its id: a changed id does not make the facts of an entity new. That a document was edited
is told by the change of the document alone, not by every offset that moved in it.

The comparison is symmetric: with the graphs exchanged, new is gone, merged is split, and the rest is the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import ne
from typing import Any, TypeAlias, cast

from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph, documents, nodes, outcomes
from unionkg.graph.changes import KINDS, Cause, Change, Difference, Named, Reason, Setting
from unionkg.graph.matching import Group, group_entities, pair_documents
from unionkg.graph.schema import ENTITY_TYPES, OUTCOME_KINDS, QUALIFIERS, RELATION_TYPES
from unionkg.graph.sides import (
    ENDS,
    Row,
    Said,
    Side,
    Sides,
    differing_fields,
    document_item,
    entity_item,
    group_kind,
    kind_of,
    reasons,
    reasons_of_ends,
    said,
    sides,
    statement_item,
    totals,
    with_copies,
)

Weighed: TypeAlias = tuple[int, Change]
"""A change with the number of documents or sources that stand behind it."""

_FACT = ("subject", "type", "object", *QUALIFIERS)
_FIGURE = ("subject", "programme", "beneficiary", "value", "value_max", "bound", "unit", "what", "kind", "period")
_TYPE_ORDER = {name: at for at, name in enumerate((*ENTITY_TYPES, *RELATION_TYPES, *OUTCOME_KINDS))}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a fact or figure keeps that is read differently: these fields, and a sentence that says it.

    Unless `needs_sentence` an edited document will do, whose sentences may all be others.
    """

    fields: tuple[str, ...]
    needs_sentence: bool = False


_KEPT_OF_FACTS = (_Kept(("subject", "type", "object")),)
_KEPT_OF_FIGURES = (_Kept(("value", "value_max", "unit"), needs_sentence=True), _Kept(("subject", "what", "unit")))


def compare(
    old: KnowledgeGraph,
    new: KnowledgeGraph,
    *,
    settings: Iterable[Setting] = (),
    paths: Mapping[str, str] | None = None,
    failures: Mapping[str, str] | None = None,
) -> Difference:
    """Return what is different in `new`.

    `settings` are those that differ between the builds. `paths` has the path of a document's file by the document's id,
    `failures` why a file could not be used, by its path; without them documents are paired by name, and the reasons
    say less.
    """
    settings, paths, failures = tuple(settings), paths or {}, failures or {}
    pairs = pair_documents(documents(old), documents(new), paths)
    groups = group_entities(old, new, pairs)
    is_read_otherwise = any(setting.name != "base" for setting in settings)
    both = sides(old, new, pairs, groups, "reread" if is_read_otherwise else "relinked")
    unread = {one: failures[path] for one, path in paths.items() if path in failures}
    entities = list(_entities(both, groups))
    both = replace(both, regrouped=_regrouped(both, entities))
    found = {
        "documents": _ordered(_documents(both, pairs, unread)),
        "entities": _ordered(entities),
        "facts": _ordered(_statements(both, *_facts(both), _FACT, _KEPT_OF_FACTS)),
        "figures": _ordered(_statements(both, _figures(old), _figures(new), _FIGURE, _KEPT_OF_FIGURES)),
    }
    tallies = {name: Counter(change.kind for change in changes) for name, changes in found.items()}
    return Difference(
        old=totals(old),
        new=totals(new),
        settings=settings,
        counts={name: {kind: tally[kind] for kind in KINDS if kind in tally} for name, tally in tallies.items()},
        **found,
    )


def _ordered(found: Iterable[Weighed]) -> tuple[Change, ...]:
    def place(weighed: Weighed) -> tuple[object, ...]:
        weight, change = weighed
        lead = (change.new or change.old)[0]
        names = [end.name if end else "" for end in (lead.subject, lead.object)]
        order = _TYPE_ORDER.get(lead.type, len(_TYPE_ORDER))
        return KINDS.index(change.kind), order, -weight, lead.name, *names, lead.id

    return tuple(change for _, change in sorted(found, key=place))


def _documents(both: Sides, pairs: Mapping[str, str], unread: Mapping[str, str]) -> Iterator[Weighed]:
    def why(document: str) -> tuple[Reason, ...]:
        return (Reason(cause="unread", detail=unread[document]),) if document in unread else ()

    before, after = with_copies(both.old), with_copies(both.new)
    for one, row in before.items():
        if one not in pairs:
            yield 1, Change(kind="gone", old=(document_item(row),), reasons=why(one))
        elif fields := differing_fields(both, row, after[pairs[one]]):
            item, other = document_item(row), document_item(after[pairs[one]])
            cause = _why_changed(both, {field.name for field in fields})
            yield 1, Change(kind=kind_of(fields, False), old=(item,), new=(other,), fields=fields, reasons=cause)
    for one in after.keys() - pairs.values():
        yield 1, Change(kind="new", new=(document_item(after[one]),), reasons=why(one))


def _why_changed(both: Sides, names: set[str]) -> tuple[Reason, ...]:
    """Return why these fields of a document differ; that the same bytes have another file name needs no reason."""
    if "id" in names:
        return (Reason(cause="document_edited"),)
    if names == {"copies"}:
        return (Reason(cause="relinked"),)
    return (Reason(cause=both.unmoved),) if names != {"name"} else ()


def _entities(both: Sides, groups: Iterable[Group]) -> Iterator[Weighed]:
    before, after = (cast(dict[str, Row], dict(nodes(side.graph))) for side in (both.old, both.new))
    for one, row in before.items():
        if one not in after and one not in both.old.shared_entity:
            why = reasons(both, both.old.documents_of(row), is_one_sided=True)
            yield len(row["documents"]), Change(kind="gone", old=(entity_item(one, row),), reasons=why)
        elif one in after and one not in both.old.shared_entity and row != after[one]:
            yield from _changed_entity(both, one, row, one, after[one])
    for one, row in after.items():
        if one not in before and one not in both.new.shared_entity:
            why = reasons(both, both.new.documents_of(row), is_one_sided=True)
            yield len(row["documents"]), Change(kind="new", new=(entity_item(one, row),), reasons=why)
    for group in groups:
        yield from _changed_group(both, group, before, after)


def _changed_entity(both: Sides, one: str, row: Row, other: str, other_row: Row) -> Iterator[Weighed]:
    fields = differing_fields(both, row, other_row)
    if not fields and one == other:
        return
    kind = kind_of(fields, one != other)
    then, now = both.old.documents_of(row), both.new.documents_of(other_row)
    yield (
        len(now),
        Change(
            kind=kind,
            old=(entity_item(one, row),),
            new=(entity_item(other, other_row),),
            fields=fields,
            reasons=reasons(both, (then ^ now) or now, may_be_reread=kind == "changed"),
        ),
    )


def _regrouped(both: Sides, entities: Iterable[Weighed]) -> dict[str, Reason]:
    """Return what became of the entities that have another id, by their shared id, as a reason for what they do."""
    return {
        both.new.shared_entity[change.new[0].id]: Reason(
            cause=cast(Cause, f"entity_{change.kind}"),
            entities=tuple(Named(id=item.id, name=item.name) for item in change.new),
        )
        for _, change in entities
        if change.new and change.new[0].id in both.new.shared_entity
    }


def _changed_group(both: Sides, group: Group, before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Weighed]:
    if len(group.old) == len(group.new) == 1:
        [one], [other] = group.old, group.new
        yield from _changed_entity(both, one, before[one], other, after[other])
        return
    papers = set().union(*(both.old.documents_of(before[one]) for one in group.old))
    papers |= set().union(*(both.new.documents_of(after[one]) for one in group.new))
    yield (
        len(papers),
        Change(
            kind=group_kind(group.old, group.new),
            old=tuple(entity_item(one, before[one]) for one in group.old),
            new=tuple(entity_item(one, after[one]) for one in group.new),
            reasons=reasons(both, papers),
        ),
    )


def _facts(both: Sides) -> tuple[dict[str, Row], dict[str, Row]]:
    """Return the facts of both graphs by key, without those that nothing happened to: most of them."""
    before, after = (
        {key: (start, end, row) for start, end, key, row in side.graph.edges(keys=True, data=True)}
        for side in (both.old, both.new)
    )
    regrouped = both.old.shared_entity.keys()
    same = {
        key
        for key, (start, end, row) in before.items()
        if key in after and row == after[key][2] and regrouped.isdisjoint((start, end, row.get("programme")))
    }

    def rows(facts: Mapping[str, tuple[str, str, Row]]) -> dict[str, Row]:
        return {
            key: {"subject": start, "object": end, **row} for key, (start, end, row) in facts.items() if key not in same
        }

    return rows(before), rows(after)


def _figures(graph: KnowledgeGraph) -> dict[str, Row]:
    return {row["id"]: {name: value for name, value in row.items() if name != "id"} for row in outcomes(graph)}


def _statements(
    both: Sides,
    before: Mapping[str, Row],
    after: Mapping[str, Row],
    description: tuple[str, ...],
    kept: Iterable[_Kept],
) -> Iterator[Weighed]:
    """Yield the changes of facts, or of figures.

    Two say the same if the fields of the `description` are the same; `kept` says when one was read differently.
    """
    same: dict[tuple[Any, ...], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for key, row in before.items():
        if key not in after or _has_regrouped_end(both.old, row):
            same[_shared(both.old, row, description)][0].append(key)
        elif row != after[key]:
            yield from _changed_statement(both, key, row, key, after[key])
    for key, row in after.items():
        if key not in before or _has_regrouped_end(both.new, row):
            same[_shared(both.new, row, description)][1].append(key)
    lost: dict[str, Row] = {}
    found: dict[str, Row] = {}
    for ones, others in same.values():
        if not others:
            lost.update((one, before[one]) for one in ones)
        elif not ones:
            found.update((other, after[other]) for other in others)
        elif len(ones) == len(others) == 1:
            yield from _changed_statement(both, ones[0], before[ones[0]], others[0], after[others[0]])
        else:
            change = Change(
                kind=group_kind(ones, others),
                old=tuple(statement_item(both.old, one, before[one]) for one in sorted(ones)),
                new=tuple(statement_item(both.new, other, after[other]) for other in sorted(others)),
                reasons=reasons_of_ends(both, both.new, after[others[0]]),
            )
            yield max(after[other]["sources"] for other in others), change
    for keeping in kept:
        for one, other in _read_differently(both, lost, found, description, keeping):
            yield from _changed_statement(both, one, lost.pop(one), other, found.pop(other))
    for key, row in lost.items():
        item, why = statement_item(both.old, key, row), _why_one_sided(both, both.old, row)
        yield row["sources"], Change(kind="gone", old=(item,), reasons=why)
    for key, row in found.items():
        item, why = statement_item(both.new, key, row), _why_one_sided(both, both.new, row)
        yield row["sources"], Change(kind="new", new=(item,), reasons=why)


def _has_regrouped_end(side: Side, row: Row) -> bool:
    return any(row.get(end) in side.shared_entity for end in ENDS)


def _shared(side: Side, row: Row, names: Iterable[str]) -> tuple[Any, ...]:
    """Return the values of these fields, equal on both sides where they say the same."""
    return tuple(
        side.shared_entity.get(row[name], row[name]) if name in ENDS and name in row else row.get(name)
        for name in names
    )


def _why_one_sided(both: Sides, side: Side, row: Row) -> tuple[Reason, ...]:
    """Return why a fact is new or gone: because its ends are or were one entity, or because of its documents."""
    subject, object_ = _shared(side, row, ("subject", "object"))
    if object_ is not None and subject == object_:
        return reasons_of_ends(both, side, row)
    return reasons(both, {one[0] for one in said(both, side, row["evidence"])}, is_one_sided=True)


def _changed_statement(both: Sides, one: str, row: Row, other: str, other_row: Row) -> Iterator[Weighed]:
    fields = differing_fields(both, row, other_row)
    if not fields and one == other:
        return
    kind = kind_of(fields, one != other)
    ends = (*reasons_of_ends(both, both.old, row), *reasons_of_ends(both, both.new, other_row))
    why = tuple(dict.fromkeys(ends)) if one != other else ()
    then: Mapping[Said, EvidenceAttributes] = {}
    now: Mapping[Said, EvidenceAttributes] = {}
    if fields:
        then, now = said(both, both.old, row["evidence"]), said(both, both.new, other_row["evidence"])
        papers = {sentence[0] for sentence in (then.keys() ^ now.keys()) or now}
        why += reasons(both, papers, may_be_reread=kind == "changed")
    if kind != "changed":  # only the sentences that differ are of interest
        then, now = _without(then, now), _without(now, then)
    yield (
        other_row["sources"],
        Change(
            kind=kind,
            old=(statement_item(both.old, one, row, then.values()),),
            new=(statement_item(both.new, other, other_row, now.values()),),
            fields=fields,
            reasons=why,
        ),
    )


def _without(
    sentences: Mapping[Said, EvidenceAttributes], others: Mapping[Said, EvidenceAttributes]
) -> dict[Said, EvidenceAttributes]:
    return {sentence: piece for sentence, piece in sentences.items() if sentence not in others}


def _read_differently(
    both: Sides, lost: Mapping[str, Row], found: Mapping[str, Row], description: tuple[str, ...], kept: _Kept
) -> list[tuple[str, str]]:
    """Return pairs of a lost and a found statement that are one, read differently; those with most in common first."""
    near: dict[tuple[Any, ...], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for at, (side, rows) in enumerate(((both.old, lost), (both.new, found))):
        for key, row in rows.items():
            for paper in sorted({side.shared_document[piece["document"]] for piece in row["evidence"]}):
                near[paper, *_shared(side, row, kept.fields)][at].append(key)
    closeness = {
        (one, other): _closeness(both, lost[one]["evidence"], found[other]["evidence"])
        for ones, others in near.values()
        for one in ones
        for other in others
    }

    def place(pair: tuple[str, str]) -> tuple[object, ...]:
        sentences, edited = closeness[pair]
        then, now = _shared(both.old, lost[pair[0]], description), _shared(both.new, found[pair[1]], description)
        return -sentences, -edited, sum(map(ne, then, now)), sorted(pair)

    pairs: list[tuple[str, str]] = []
    taken: set[str] = set()
    fitting = (
        pair for pair, (sentences, edited) in closeness.items() if sentences or (edited and not kept.needs_sentence)
    )
    for one, other in sorted(fitting, key=place):
        if one not in taken and other not in taken:
            taken |= {one, other}
            pairs.append((one, other))
    return pairs


def _closeness(
    both: Sides, evidence: Iterable[EvidenceAttributes], other_evidence: Iterable[EvidenceAttributes]
) -> tuple[int, int]:
    """Return how many pairs of sentences are the same or overlap, and how many stand in the same edited document."""
    sentences = edited = 0
    for piece in evidence:
        for other in other_evidence:
            paper = both.old.shared_document[piece["document"]]
            if paper != both.new.shared_document[other["document"]]:
                continue
            if paper in both.fates:
                edited += 1
                sentences += piece["quote"] == other["quote"]
            else:
                sentences += piece["start"] < other["end"] and other["start"] < piece["end"]
    return sentences, edited
