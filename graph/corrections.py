"""What a ledger changes in what resolving found, and what became of each of its judgements.

Names in a ledger are led back to places, that is to an entity of a document, before anything is changed, so that one
judgement does not hide from the next what it speaks of. Of two judgements on the same pair the later line counts.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from unionkg.graph.ledger import Judgement, Ledger, Line, checked_type
from unionkg.graph.model import Entity, Extraction, Metadata, Relation
from unionkg.graph.resolve import Edition, Identity, Possible, Resolution, node_id
from unionkg.graph.schema import RELATION_TYPES

_NAMED = re.compile(r"(?P<name>.+)@(?P<document>doc-[0-9a-f]{16}(?:-\d+)?)")
_TYPED = re.compile(r"(?P<type>[A-Z]+(?:/[a-z_]+)?):(?P<name>.+)")
_DOCUMENT = re.compile(r"doc-[0-9a-f]{16}(?:-\d+)?|[0-9a-f]{64}(?:#\d+)?")


class Spot(NamedTuple):
    """An entity of a document: the document's id and the entity's number there, from 0."""

    document: str
    number: int


class Verdict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of a judgement: `applied`, or `orphaned` for the `reason` given; `line` is its line in the ledger."""

    line: int
    judgement: str
    state: str
    reason: str | None = None


@dataclass(slots=True)
class Corrections:
    """What the graph is made with beside the extractions.

    `before` holds the identities that facts had when no judgement had changed them. `added` are extractions that stand
    for judgements, with the identities of their entities in `resolution`.
    """

    resolution: Resolution
    before: dict[str, list[Identity]]
    names: dict[Identity, str] = field(default_factory=dict)
    forgotten: frozenset[Identity] = frozenset()
    wrong: dict[str, int] = field(default_factory=dict)
    added: list[Extraction] = field(default_factory=list)
    verdicts: dict[int, Verdict] = field(default_factory=dict)


def short_document(document: str) -> str:
    """Return the short id of a document, as it stands in tables and IRIs.

    >>> short_document("0123456789abcdef" * 4 + "#2")
    'doc-0123456789abcdef-2'
    """
    digest, _, record = document.partition("#")
    return f"doc-{digest[:16]}" + (f"-{record}" if record else "")


def forgotten_documents(ledger: Ledger) -> dict[str, int]:
    """Return the ids, short or long, of the documents to forget, each with its line."""
    return {
        line.judgement.subject: line.number
        for line in ledger.lines
        if line.judgement.judgement == "forget" and _DOCUMENT.fullmatch(line.judgement.subject)
    }


def is_forgotten(document: str, forgotten: Mapping[str, int]) -> str | None:
    """Return the id in `forgotten` that names the document, or the file that it is a record of; None if none does."""
    whole = document.partition("#")[0]
    names = (document, short_document(document), whole, short_document(whole))
    return next((name for name in names if name in forgotten), None)


def retyped(extractions: Iterable[Extraction], types: Mapping[Spot, tuple[str, str | None]]) -> Iterator[Extraction]:
    """Yield the extractions with the types of some entities changed, without the relations that no longer fit.

    What the name said under the former type is not believed under the new one, but its territory.
    """
    documents = {spot.document for spot in types}
    for extraction in extractions:
        if extraction.document not in documents:
            yield extraction
            continue
        entities = tuple(
            _of_type(entity, *types[Spot(extraction.document, number)])
            if Spot(extraction.document, number) in types
            else entity
            for number, entity in enumerate(extraction.entities)
        )
        kinds = {entity.id: entity.type for entity in entities}
        relations = tuple(one for one in extraction.relations if fits(one, kinds))
        yield msgspec.structs.replace(extraction, entities=entities, relations=relations)


def _of_type(entity: Entity, kind: str, subtype: str | None) -> Entity:
    return msgspec.structs.replace(entity, type=kind, subtype=subtype)


def fits(relation: Relation, kinds: Mapping[str, str]) -> bool:
    """Return whether a relation keeps the schema's domain and range; `kinds` gives the type of each entity."""
    row = RELATION_TYPES[relation.type]
    return kinds[relation.subject] in row.domain and kinds[relation.object] in row.range


class Finder:
    """Leads the names of things in a ledger back to the spots they mean."""

    def __init__(self, ledger: Ledger, extractions: Iterable[Extraction], resolution: Resolution) -> None:
        """Go through the extractions once, looking for what the ledger names."""
        wanted = {
            name
            for line in ledger.lines
            if line.judgement.judgement != "wrong_fact"
            for name in (line.judgement.subject, line.judgement.object)
            if name
        }
        by_document: dict[str, dict[str, str]] = defaultdict(dict)
        by_type: dict[tuple[str, str], str] = {}
        for name in wanted:
            if match := _NAMED.fullmatch(name):
                by_document[match["document"]][match["name"]] = name
            elif match := _TYPED.fullmatch(name):
                by_type[match["type"].partition("/")[0], match["name"]] = name
        named: dict[Identity, str | None] = {}
        self._spots: dict[str, list[Spot]] = defaultdict(list)
        self._first: dict[str, Entity] = {}
        for extraction in extractions:
            here = by_document.get(short_document(extraction.document), {})
            for number, entity in enumerate(extraction.entities):
                identity = resolution.of[extraction.document][number]
                if identity not in named:
                    name = node_id(identity)
                    named[identity] = name if name in wanted else None
                names = [named[identity], by_type.get((entity.type, entity.name))]
                names += [here.get(form) for form in (entity.name, *entity.aliases)]
                for name in dict.fromkeys(filter(None, names)):
                    self._spots[name].append(Spot(extraction.document, number))
                    self._first.setdefault(name, entity)

    def spots(self, name: str) -> list[Spot]:
        """Return the spots that the name means, none if the corpus has no such thing."""
        return sorted(self._spots.get(name, ()))

    def entity(self, name: str) -> Entity:
        """Return one of the entities that the name means. Raises KeyError if the corpus has no such thing."""
        return self._first[name]


def correct(ledger: Ledger, resolution: Resolution, finder: Finder) -> Corrections:
    """Return the corrections; `resolution` is changed to what it is with them.

    Forgotten documents and changed types must have been dealt with before.
    """
    has_wrong = any(line.judgement.judgement == "wrong_fact" for line in ledger.lines)
    before = {document: list(found) for document, found in resolution.of.items()} if has_wrong else {}
    found = Corrections(resolution, before)
    judge = _Judge(found, finder)
    for line in ledger.lines:
        judge.read(line)
    judge.settle()
    found.verdicts = dict(sorted(found.verdicts.items()))
    return found


class _Judge:
    """Applies the judgements of one ledger to one resolution."""

    def __init__(self, found: Corrections, finder: Finder) -> None:
        self.found = found
        self.finder = finder
        self.pairs: dict[frozenset[str], Line] = {}
        self.later: list[Line] = []

    def read(self, line: Line) -> None:
        """Take up a judgement, and judge at once what does not hang on the others."""
        judgement = line.judgement
        if judgement.judgement in {"same", "not_same"}:
            pair = frozenset({judgement.subject, judgement.object})
            if pair in self.pairs:
                self.orphan(self.pairs[pair], f"line {line.number} judges the same pair")
            self.pairs[pair] = line
        elif judgement.judgement == "wrong_fact":
            self.found.wrong[judgement.subject] = line.number
            self.orphan(line, f"no fact or figure has the id {judgement.subject!r}")  # until one is met
        else:
            self.later.append(line)

    def settle(self) -> None:
        """Part, join, then name, forget and add: each sees what those before have done."""
        vetoes: set[frozenset[Identity]] = set()
        for line in self.pairs.values():
            if line.judgement.judgement == "not_same" and (spots := self.both(line)):
                vetoes.add(self.part(*spots))
                self.apply(line)
        joins = [(one.later, one.former) for one in self.found.resolution.renamed]
        joined = {(keep, gone) for keep, gone in joins if frozenset({keep, gone}) not in vetoes}
        for line in self.pairs.values():
            if line.judgement.judgement == "same" and (spots := self.both(line)):
                keep, gone = (self.identity(each[0]) for each in spots)
                if keep.type != gone.type:
                    self.orphan(line, f"the types differ: {keep.type} and {gone.type}; accepted: two of one type")
                    continue
                joined.add((keep, gone))
                self.apply(line)
        self.join(joined)
        self.forget_decided(vetoes)
        for line in self.later:
            self.change(line)

    def both(self, line: Line) -> tuple[list[Spot], list[Spot]] | None:
        subject = self.spots(line, line.judgement.subject)
        other = self.spots(line, line.judgement.object)
        return (subject, other) if subject and other else None

    def spots(self, line: Line, name: str) -> list[Spot]:
        found = self.finder.spots(name)
        if not found:
            self.orphan(line, f"no document of this corpus has {name!r}")
        return found

    def identity(self, spot: Spot) -> Identity:
        return self.found.resolution.of[spot.document][spot.number]

    def part(self, subject: Sequence[Spot], other: Sequence[Spot]) -> frozenset[Identity]:
        """Part what was joined, the spots of `other` leaving; return the two identities."""
        one, two = self.identity(subject[0]), self.identity(other[0])
        if one == two:
            two = Identity(one.type, "ledger", (*one.matched, other[0].document, str(other[0].number)))
            for spot in other:
                if spot not in subject:
                    self.found.resolution.of[spot.document][spot.number] = two
        return frozenset({one, two})

    def join(self, pairs: Iterable[tuple[Identity, Identity]]) -> None:
        """Give all that chains of pairs connect the identity that no pair gives up, of several the first."""
        root: dict[Identity, Identity] = {}

        def find(one: Identity) -> Identity:
            while root.get(one, one) != one:
                one = root[one]
            return one

        for keep, gone in sorted(pairs):
            if find(keep) != find(gone):
                root[find(gone)] = find(keep)
        if root:
            resolution = self.found.resolution
            for identities in resolution.of.values():
                for number, one in enumerate(identities):
                    if one in root:
                        identities[number] = find(one)
            editions = {Edition(find(one.narrow), find(one.wide)) for one in resolution.editions}
            resolution.editions = sorted(one for one in editions if one.narrow != one.wide)
            groups = (
                Possible(tuple(sorted({find(each) for each in one.identities})), one.reason)
                for one in resolution.possible
            )
            resolution.possible = [one for one in groups if len(one.identities) > 1]

    def forget_decided(self, vetoes: set[frozenset[Identity]]) -> None:
        """Drop the pairs from what is possible that somebody judged to be two."""
        resolution = self.found.resolution
        resolution.possible = [one for one in resolution.possible if frozenset(one.identities) not in vetoes]

    def change(self, line: Line) -> None:
        judgement = line.judgement
        if judgement.judgement == "add_fact":
            self.add(line)
        elif judgement.judgement == "retype" or _DOCUMENT.fullmatch(judgement.subject):
            return  # dealt with before anything was resolved
        elif spots := self.spots(line, judgement.subject):
            identity = self.identity(spots[0])
            if judgement.judgement == "rename":
                self.found.names[identity] = judgement.value
            elif judgement.judgement == "forget":
                self.found.forgotten |= {self.identity(spot) for spot in spots}
            self.apply(line)

    def add(self, line: Line) -> None:
        """Make an extraction of the judgement: its document is the judgement, its text the reason given."""
        judgement = line.judgement
        identities: list[Identity] = []
        entities: list[Entity] = []
        row = RELATION_TYPES[judgement.value]
        for name, accepted in ((judgement.subject, row.domain), (judgement.object, row.range)):
            if found := self.finder.spots(name):
                identities.append(self.identity(found[0]))
                entities.append(self.finder.entity(name))
            elif match := _TYPED.fullmatch(name):
                kind, subtype = checked_type(match["type"], f"line {line.number}")
                identities.append(Identity(kind, "ledger", (match["name"],)))
                entities.append(Entity(id="", type=kind, subtype=subtype, name=match["name"]))
            else:
                self.orphan(line, f"no document of this corpus has {name!r}")
                return
            if entities[-1].type not in accepted:
                self.orphan(line, f"{name!r} is a {entities[-1].type}; {row.name} accepts {', '.join(accepted)}")
                return
        self.found.added.append(_said_by(judgement, entities))
        self.found.resolution.of[self.found.added[-1].document] = identities
        self.apply(line)

    def apply(self, line: Line) -> None:
        verdict = Verdict(line=line.number, judgement=line.judgement.judgement, state="applied")
        self.found.verdicts[line.number] = verdict

    def orphan(self, line: Line, reason: str) -> None:
        verdict = Verdict(line=line.number, judgement=line.judgement.judgement, state="orphaned", reason=reason)
        self.found.verdicts[line.number] = verdict


def _said_by(judgement: Judgement, entities: Iterable[Entity]) -> Extraction:
    """Return a judgement as what one document says."""
    text = msgspec.json.encode(judgement)
    relation = Relation(
        type=judgement.value,
        subject="E1",
        object="E2",
        role=judgement.role or None,
        status=judgement.status or None,
        date=judgement.date or None,
        title=judgement.title or None,
        modality=judgement.modality or None,
        evidence=(0, len(judgement.why)),
        quote=judgement.why,
        rule="ledger",
    )
    return Extraction(
        doc="ledger",
        document=hashlib.sha256(text).hexdigest(),
        metadata=Metadata(date=judgement.when or None, authors=(judgement.who,) if judgement.who else ()),
        entities=tuple(
            msgspec.structs.replace(entity, id=f"E{number}", aliases=()) for number, entity in enumerate(entities, 1)
        ),
        relations=(relation,),
    )


def changed_types(ledger: Ledger, finder: Finder) -> tuple[dict[Spot, tuple[str, str | None]], dict[int, Verdict]]:
    """Return the types that the ledger gives to spots, and what became of these judgements."""
    types: dict[Spot, tuple[str, str | None]] = {}
    verdicts: dict[int, Verdict] = {}
    for line in ledger.lines:
        if line.judgement.judgement == "retype":
            spots = finder.spots(line.judgement.subject)
            reason = None if spots else f"no document of this corpus has {line.judgement.subject!r}"
            state = "applied" if spots else "orphaned"
            verdicts[line.number] = Verdict(line=line.number, judgement="retype", state=state, reason=reason)
            types |= dict.fromkeys(spots, checked_type(line.judgement.value, f"line {line.number}"))
    return types, verdicts
