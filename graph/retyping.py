"""Things that a ledger gives another type, in all documents that tell of them, and what no longer fits them then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec

from unionkg.errors import OrphanedJudgement
from unionkg.graph.ledger import Ledger, Line, Verdict, checked_type, verdict
from unionkg.graph.model import Extraction, Relation
from unionkg.graph.resolve import Identity, Resolution
from unionkg.graph.schema import RELATION_TYPES
from unionkg.graph.spots import Finder, Spot

Types: TypeAlias = Mapping[Spot, tuple[str, str | None]]
"""Type and subtype of the entities that have another one than extraction gave them."""


def retyped(extractions: Iterable[Extraction], types: Types) -> Iterator[Extraction]:
    """Yield the extractions with the types of some entities changed, without what no longer fits the schema.

    The parts of their names stay: the territory that a name carries does not hang on the type.
    """
    documents = {spot.document for spot in types}
    for extraction in extractions:
        if extraction.document not in documents:
            yield extraction
            continue
        entities = list(extraction.entities)
        for number, entity in enumerate(entities):
            if given := types.get(Spot(extraction.document, number)):
                entities[number] = msgspec.structs.replace(entity, type=given[0], subtype=given[1])
        kinds = {entity.id: entity.type for entity in entities}

        def still(kind: str, one: str | None, kinds: Mapping[str, str] = kinds) -> str | None:
            return one if one and kinds[one] == kind else None

        yield msgspec.structs.replace(
            extraction,
            entities=tuple(entities),
            relations=tuple(
                msgspec.structs.replace(one, programme=still("PROGRAMME", one.programme))
                for one in extraction.relations
                if fits(one, kinds)
            ),
            outcomes=tuple(
                msgspec.structs.replace(
                    one, programme=still("PROGRAMME", one.programme), beneficiary=still("GROUP", one.beneficiary)
                )
                for one in extraction.outcomes
                if one.subject is None or kinds[one.subject] == "ORG"
            ),
            renamings=tuple(one for one in extraction.renamings if kinds[one.former] == kinds[one.later]),
        )


def fits(relation: Relation, kinds: Mapping[str, str]) -> bool:
    """Return whether a relation keeps the schema's domain and range; `kinds` gives the type of each entity."""
    row = RELATION_TYPES[relation.type]
    return kinds[relation.subject] in row.domain and kinds[relation.object] in row.range


def changed_types(
    ledger: Ledger, resolution: Resolution, finder: Finder, source: Callable[[], Iterable[Extraction]]
) -> tuple[Types, dict[int, Verdict]]:
    """Return the types that the ledger gives to all spots of things, and what became of these judgements."""
    given: dict[Identity, Line] = {}
    verdicts: dict[int, Verdict] = {}
    for line in ledger.lines:
        if line.judgement.judgement == "retype":
            try:
                identity = finder.find(line.judgement.subject).identity
            except OrphanedJudgement as error:
                verdicts[line.number] = verdict(line, str(error))
                continue
            if former := given.get(identity):
                verdicts[former.number] = verdict(former, f"line {line.number} judges the same")
            given[identity] = line
            verdicts[line.number] = verdict(line)
    line_of = {
        Spot(document, number): given[identity]
        for document, identities in (resolution.of.items() if given else ())
        for number, identity in enumerate(identities)
        if identity in given
    }
    types = {spot: checked_type(line.judgement.value, f"line {line.number}") for spot, line in line_of.items()}
    lost = _misfits(source, types, line_of) if types else {}
    for number, count in lost.items():
        note = f"{count} fact{'' if count == 1 else 's'} or figures that no longer fit the schema left out"
        verdicts[number] = msgspec.structs.replace(verdicts[number], note=note)
    return types, verdicts


def _misfits(source: Callable[[], Iterable[Extraction]], types: Types, line_of: Mapping[Spot, Line]) -> dict[int, int]:
    """Return how many statements of documents each line makes unfit, by the number of the line."""
    documents = {spot.document for spot in types}
    lost: dict[int, int] = defaultdict(int)
    for extraction in source():
        if extraction.document in documents:
            lines = {
                entity.id: line_of[spot].number
                for number, entity in enumerate(extraction.entities)
                if (spot := Spot(extraction.document, number)) in line_of
            }
            [after] = retyped([extraction], types)
            kept = {(one.type, one.subject, one.object, one.evidence) for one in after.relations}
            figures = {(one.subject, one.evidence, one.what) for one in after.outcomes}
            gone = [
                one for one in extraction.relations if (one.type, one.subject, one.object, one.evidence) not in kept
            ]
            gone_figures = [one for one in extraction.outcomes if (one.subject, one.evidence, one.what) not in figures]
            ends = [(one.subject, one.object) for one in gone] + [(one.subject or "",) for one in gone_figures]
            for each in ends:
                for line in {lines[end] for end in each if end in lines}:
                    lost[line] += 1
    return lost
