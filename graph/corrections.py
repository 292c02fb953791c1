"""What a ledger changes in what resolving found, and what became of each of its judgements.

Names in a ledger are led back to places, that is to an entity of a document, before anything is changed, so that one
judgement does not hide from the next what it speaks of. Things are parted, then joined, named, taken down, and at last
facts are added: each step sees what those before have done. Of two judgements on the same thing the later line counts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import msgspec
import networkx as nx

from unionkg.errors import OrphanedJudgement
from unionkg.graph.attributes import JUDGEMENT
from unionkg.graph.ledger import NO_LINK, Judgement, Ledger, Line, Verdict, thing, verdict
from unionkg.graph.model import Entity, Extraction, Metadata, Relation
from unionkg.graph.resolve import Edition, Identity, Possible, Resolution
from unionkg.graph.schema import RELATION_TYPES
from unionkg.graph.spots import Finder, Found, Spot, short_document
from unionkg.graph.takedown import Takedown

_DOCUMENT = re.compile(r"doc-[0-9a-f]{16}(?:-\d+)?|[0-9a-f]{64}(?:#\d+)?")
_PAIRS = frozenset({"same", "not_same"})


class Link(NamedTuple):
    """What a thing goes by outside the graph: how near that is (`exact`, `close`), and its IRI."""

    nearness: str
    iri: str


@dataclass(slots=True)
class Corrections:
    """What the graph is made with beside the extractions.

    `before` holds the identities that facts had when no judgement had changed them. `added` are extractions that stand
    for judgements, with the identities of their entities in `resolution`. `ledger` is the ledger without the names that
    it takes down.
    """

    ledger: Ledger
    resolution: Resolution
    before: Mapping[str, Sequence[Identity]]
    takedown: Takedown
    names: dict[Identity, str] = field(default_factory=dict)
    links: dict[Identity, list[Link]] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    added: list[Extraction] = field(default_factory=list)
    verdicts: dict[int, Verdict] = field(default_factory=dict)


def forgotten_documents(ledger: Ledger) -> dict[str, int]:
    """Return the short ids of the documents to forget, each with its line, of several the last."""
    return {
        _short(line.judgement.subject): line.number
        for line in ledger.lines
        if line.judgement.judgement == "forget" and _DOCUMENT.fullmatch(line.judgement.subject)
    }


def is_forgotten(document: str, forgotten: Mapping[str, int]) -> str | None:
    """Return the id in `forgotten` that names the document, or the file that it is a record of; None if none does."""
    if not forgotten:
        return None
    names = (short_document(document), short_document(document.partition("#")[0]))
    return next((name for name in names if name in forgotten), None)


def _short(document: str) -> str:
    return document if document.startswith("doc-") else short_document(document)


def correct(
    ledger: Ledger,
    resolution: Resolution,
    finder: Finder,
    source: Callable[[], Iterable[Extraction]],
    cluster_of: Mapping[str, str],
    before: Mapping[str, Sequence[Identity]],
) -> Corrections:
    """Return the corrections; `resolution` is changed to what it is with them.

    Forgotten documents and changed types must have been dealt with before; `before` are the identities that things had
    then. What is parted takes along the copies of its document, as `cluster_of` tells them.
    """
    judge = _Judge(resolution, finder, cluster_of)
    for line in ledger.lines:
        judge.read(line)
    judge.settle()
    takedown = Takedown(source(), resolution, judge.forgotten)
    kept = Ledger(tuple(Line(number, judgement.without(takedown.hide)) for number, judgement in ledger.lines))
    found = Corrections(
        kept, resolution, before, takedown, judge.names, judge.links, judge.wrong, verdicts=judge.verdicts
    )
    for told, line in zip(ledger.lines, kept.lines, strict=True):
        if line.judgement.judgement == "add_fact":
            _add(line, (told.judgement.subject, told.judgement.object), found, finder)
    return found


class _Judge:
    """Applies the judgements of one ledger to one resolution."""

    def __init__(self, resolution: Resolution, finder: Finder, cluster_of: Mapping[str, str]) -> None:
        self.resolution = resolution
        self.finder = finder
        self.cluster_of = cluster_of
        self.names: dict[Identity, str] = {}
        self.links: dict[Identity, list[Link]] = {}
        self.forgotten: set[Identity] = set()
        self.wrong: dict[str, int] = {}
        self.verdicts: dict[int, Verdict] = {}
        self.latest: dict[object, Line] = {}
        self.pairs: dict[int, tuple[Line, Found, Found]] = {}
        self.single: dict[int, tuple[Line, Found]] = {}

    def read(self, line: Line) -> None:
        """Take up a judgement, which takes the place of an earlier one on the same thing."""
        judgement = line.judgement
        kind = judgement.judgement
        if kind == "wrong_fact":
            self.replace((kind, judgement.subject), line)
            self.wrong[judgement.subject] = line.number
            self.verdicts[line.number] = verdict(line, f"no fact or figure has the id {judgement.subject!r}")
        elif kind == "forget" and _DOCUMENT.fullmatch(judgement.subject):
            self.replace((kind, _short(judgement.subject)), line)
        elif kind in _PAIRS or kind in {"rename", "link", "forget"}:
            try:
                found = self.finder.find(judgement.subject)
                if kind in _PAIRS:
                    self.read_pair(line, found, self.finder.find(judgement.object))
                else:
                    self.replace((kind, found.identity, judgement.object), line)
                    self.single[line.number] = (line, found)
            except OrphanedJudgement as error:
                self.verdicts[line.number] = verdict(line, _without_name(line, str(error)))

    def read_pair(self, line: Line, one: Found, other: Found) -> None:
        if one.identity.type != other.identity.type:
            types = f"{one.identity.type} and {other.identity.type}"
            raise OrphanedJudgement(f"the types differ: {types}; accepted: two of one type")
        if one.spots == other.spots:
            raise OrphanedJudgement("both names mean one thing; accepted: names in documents, such as NAME@doc-…")
        is_one = one.identity == other.identity
        sides = (tuple(one.spots), tuple(other.spots)) if is_one else (one.identity, other.identity)
        self.replace(frozenset(sides), line)
        self.pairs[line.number] = (line, one, other)

    def replace(self, what: object, line: Line) -> None:
        """Let the line judge the thing or the pair alone, and report the one that did before."""
        if former := self.latest.get(what):
            self.verdicts[former.number] = verdict(former, f"line {line.number} judges the same")
            self.pairs.pop(former.number, None)
            self.single.pop(former.number, None)
        self.latest[what] = line

    def settle(self) -> None:
        """Part, join, name and forget."""
        apart = []
        for line, one, other in self.pairs.values():
            if line.judgement.judgement == "not_same":
                apart.append((line, self.part(one, other)))
                self.verdicts[line.number] = verdict(line)
        self.join(apart)
        for line, found in self.single.values():
            identities = {self.identity(spot) for spot in found.spots}
            if line.judgement.judgement == "rename":
                self.names |= dict.fromkeys(identities, line.judgement.value)
            elif line.judgement.judgement == "link":
                for identity in identities if line.judgement.value != NO_LINK else ():
                    self.links.setdefault(identity, []).append(Link(line.judgement.value, line.judgement.object))
            else:
                self.forgotten |= identities
            self.verdicts[line.number] = verdict(line)

    def identity(self, spot: Spot) -> Identity:
        return self.resolution.of[spot.document][spot.number]

    def part(self, one: Found, other: Found) -> tuple[Spot, Spot]:
        """Part what was joined, the spots of `other` leaving, of the wider side all that the narrower does not have.

        Return a spot of each.
        """
        stays, leaves = set(one.spots), set(other.spots)
        if leaves < stays:
            stays -= leaves
        else:
            leaves -= stays
        first, second = min(stays), min(leaves)
        identity = self.identity(first)
        if identity == self.identity(second):
            parted = Identity(identity.type, "ledger", (*identity.matched, second.document, str(second.number)))
            for spot in leaves | self.copies(leaves, stays, identity):
                if self.identity(spot) == identity:
                    self.resolution.of[spot.document][spot.number] = parted
        return first, second

    def copies(self, leaves: Iterable[Spot], stays: Iterable[Spot], identity: Identity) -> set[Spot]:
        """Return where copies of the documents of `leaves` tell of the same, but for those of `stays`."""
        left = {self.cluster_of.get(spot.document, spot.document) for spot in stays}
        moved = {self.cluster_of.get(spot.document, spot.document) for spot in leaves} - left
        return {
            Spot(document, number)
            for document, cluster in self.cluster_of.items()
            if cluster in moved
            for number, each in enumerate(self.resolution.of.get(document, ()))
            if each == identity
        }

    def join(self, apart: Sequence[tuple[Line, tuple[Spot, Spot]]]) -> None:
        """Join what judgements and renamings say is one, each the latter into the former, unless two parted ones met."""
        root: dict[Identity, Identity] = {}

        def find(one: Identity) -> Identity:
            while root.get(one, one) != one:
                one = root[one]
            return one

        def veto(keep: Identity, gone: Identity) -> Line | None:
            pair = {find(keep), find(gone)}
            return next((line for line, two in apart if {find(self.identity(spot)) for spot in two} == pair), None)

        for line, one, other in self.pairs.values():
            if line.judgement.judgement == "same":
                keep, gone = (self.identity(found.spots[0]) for found in (one, other))
                if against := find(keep) != find(gone) and veto(keep, gone):
                    self.verdicts[line.number] = verdict(line, f"line {against.number} says that they are two")
                else:
                    root[find(gone)] = find(keep)
                    self.verdicts[line.number] = verdict(line)
        for renamed in sorted(self.resolution.renamed):
            if find(renamed.former) != find(renamed.later) and not veto(renamed.later, renamed.former):
                root[find(renamed.former)] = find(renamed.later)
        if root:
            for identities in self.resolution.of.values():
                identities[:] = map(find, identities)
            editions = {Edition(find(one.narrow), find(one.wide)) for one in self.resolution.editions}
            self.resolution.editions = sorted(one for one in editions if one.narrow != one.wide)
        judged = {frozenset(map(self.identity, two)) for _, two in apart}
        groups = (
            Possible(tuple(sorted(set(map(find, one.identities)))), one.reason) for one in self.resolution.possible
        )
        self.resolution.possible = [part for group in groups for part in _undecided(group, judged)]


def _undecided(group: Possible, judged: set[frozenset[Identity]]) -> Iterator[Possible]:
    """Yield the largest groups of those that may be the same in which nobody judged two to be two."""
    apart = [pair for pair in judged if pair.issubset(group.identities)]
    open_pairs = nx.Graph(
        pair for pair in combinations(sorted(set().union(*apart)), 2) if frozenset(pair) not in judged
    )
    open_pairs.add_nodes_from(set().union(*apart))
    others = set(group.identities) - set(open_pairs)
    cliques = sorted(sorted(clique) for clique in nx.find_cliques(open_pairs)) if apart else [[]]
    for clique in cliques:
        identities = tuple(sorted(others.union(clique)))
        if len(identities) > 1:
            yield Possible(identities, group.reason)


def _add(line: Line, names: tuple[str, str], found: Corrections, finder: Finder) -> None:
    """Add an extraction that stands for the judgement, a fact between the things named: its text is the reason given."""
    try:
        ends = [_end(name, found, finder) for name in names]
        row = RELATION_TYPES[line.judgement.value]
        for (identity, entity), accepted in zip(ends, (row.domain, row.range), strict=True):
            if identity in found.takedown.forgotten:
                raise OrphanedJudgement("one end of it is taken down")
            if identity.type not in accepted:
                listed = ", ".join(accepted)
                raise OrphanedJudgement(f"{entity.name!r} is {identity.type}; {row.name} accepts {listed}")
        if ends[0][0] == ends[1][0]:
            raise OrphanedJudgement("both ends of it are one thing")
    except OrphanedJudgement as error:
        found.verdicts[line.number] = verdict(line, str(error))
        return
    said = _said_by(line.judgement, [entity for _, entity in ends])
    if said.document not in found.resolution.of:
        found.added.append(said)
    found.resolution.of[said.document] = [identity for identity, _ in ends]
    found.verdicts[line.number] = verdict(line)


def _end(name: str, found: Corrections, finder: Finder) -> tuple[Identity, Entity]:
    """Return one end of a fact that a judgement adds; what is named by type alone and not there is made."""
    one = thing(name)
    try:
        met = finder.find(name)
    except OrphanedJudgement:
        is_new = one.type and not one.document and not finder.has_met(name)
        if not is_new or one.name.startswith("#") or found.takedown.hide(one.name) != one.name:
            raise
        entity = Entity(id="", type=one.type, subtype=one.subtype or None, name=one.name)
        return Identity(one.type, "ledger", (one.name,)), entity
    spot = met.spots[0]
    identity = found.resolution.of[spot.document][spot.number]
    return identity, msgspec.structs.replace(met.entity, type=identity.type, subtype=None)


def document_of(judgement: Judgement) -> str:
    """Return the id of the document that a judgement is where it adds a fact."""
    return hashlib.sha256(msgspec.json.encode(judgement)).hexdigest()


def _said_by(judgement: Judgement, entities: Iterable[Entity]) -> Extraction:
    """Return a judgement as what one document says."""
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
        doc=JUDGEMENT,
        document=document_of(judgement),
        metadata=Metadata(date=judgement.when or None, authors=(judgement.who,) if judgement.who else ()),
        entities=tuple(
            msgspec.structs.replace(entity, id=f"E{number}", aliases=(), traditional=())
            for number, entity in enumerate(entities, 1)
        ),
        relations=(relation,),
    )


def _without_name(line: Line, reason: str) -> str:
    """Return the reason; of somebody who is to be taken down it does not tell the name."""
    name = thing(line.judgement.subject).name if line.judgement.judgement == "forget" else ""
    return reason.replace(name, "●" * len(name)) if name else reason
