"""Where the things stand that a ledger names: names are led back to entities of documents.

Ids follow from what is known of the whole corpus and may change with it; an entity of a document does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from unionkg.errors import OrphanedJudgement
from unionkg.graph.ledger import Ledger, Thing, sealed, thing
from unionkg.graph.model import Entity, Extraction
from unionkg.graph.resolve import Identity, Resolution, node_id


class Spot(NamedTuple):
    """An entity of a document: the document's id and the entity's number there, from 0."""

    document: str
    number: int


class Found(NamedTuple):
    """The spots of one thing, in order, what it is known by, and the entity at the first of them."""

    spots: list[Spot]
    identity: Identity
    entity: Entity


class _Met(NamedTuple):
    spot: Spot
    identity: Identity
    entity: Entity


def short_document(document: str) -> str:
    """Return the short id of a document, as it stands in tables and IRIs.

    >>> short_document("0123456789abcdef" * 4 + "#2")
    'doc-0123456789abcdef-2'
    """
    digest, _, record = document.partition("#")
    return f"doc-{digest[:16]}" + (f"-{record}" if record else "")


class Finder:
    """Leads the names of things in a ledger back to the spots they mean, as far as documents have them."""

    def __init__(self, ledger: Ledger, extractions: Iterable[Extraction], resolution: Resolution) -> None:
        """Go through the extractions once, looking for what the ledger names."""
        self._met: dict[str, list[_Met]] = defaultdict(list)
        self._alias_met: dict[str, list[_Met]] = defaultdict(list)
        self._beside: dict[str, list[_Met]] = defaultdict(list)
        self._bearers: dict[str, set[Identity]] = defaultdict(set)
        wanted = _wanted(ledger)
        ids = {text for text, one in wanted.items() if one.id}
        in_document: dict[str, list[str]] = defaultdict(list)
        by_name: dict[str, list[str]] = defaultdict(list)
        for text, one in sorted(wanted.items()):
            if one.document:
                in_document[one.document].append(text)
            if one.name:
                by_name[one.name].append(text)
        seals = any(name.startswith("#") for name in by_name)
        nodes: dict[Identity, str] = {}
        for extraction in extractions if wanted else ():
            document = short_document(extraction.document)
            here = in_document.get(document, ())
            for number, entity in enumerate(extraction.entities):
                identity = resolution.of[extraction.document][number]
                met = _Met(Spot(extraction.document, number), identity, entity)
                if identity not in nodes:
                    name = node_id(identity)
                    nodes[identity] = name if name in ids else ""
                if nodes[identity]:
                    self._met[nodes[identity]].append(met)
                for text in here:
                    self._beside[text].append(met)
                for form in _forms(entity, seals):
                    for text in by_name.get(form, ()):
                        self._meet(text, wanted[text], document, met, form in {entity.name, sealed(entity.name)})
        for line in ledger.lines:
            if line.judgement.judgement == "rename":
                for met in self._met.get(line.judgement.subject, ()):
                    for text in by_name.get(line.judgement.value, ()):
                        self._bearers[text].add(met.identity)

    def _meet(self, text: str, one: Thing, document: str, met: _Met, is_name: bool) -> None:
        """Take note of an entity that goes by the name of a thing, wherever it is told of."""
        self._bearers[text].add(met.identity)
        if one.document in {"", document} and _is_kind(met.entity, one):
            (self._met if is_name else self._alias_met)[text].append(met)

    def find(self, text: str) -> Found:
        """Return the one thing that the name means. Raises OrphanedJudgement if there is none, or are several.

        An entity's own name goes before its other forms there, and these before names that other documents give it.
        """
        one = thing(text)
        met = self._met.get(text) or (self._alias_met.get(text) if one.document else None)
        if not met:
            bearers = self._bearers.get(text, set())
            met = [
                each for each in self._beside.get(text, ()) if each.identity in bearers and _is_kind(each.entity, one)
            ]
        if not met:
            raise OrphanedJudgement(f"no document of this corpus has {text!r}")
        met.sort(key=lambda each: each.spot)
        identities = sorted({each.identity for each in met})
        if len(identities) > 1:
            listed = ", ".join(map(node_id, identities))
            raise OrphanedJudgement(f"{text!r} may be {listed}; accepted: one of these, or a name that fits one thing")
        return Found([each.spot for each in met], met[0].identity, met[0].entity)

    def has_met(self, text: str) -> bool:
        """Return whether anything goes by the name, be it one thing or several."""
        return bool(self._met.get(text))


def _wanted(ledger: Ledger) -> Mapping[str, Thing]:
    judgements = [line.judgement for line in ledger.lines if line.judgement.judgement != "wrong_fact"]
    names = {text for one in judgements for text in one.things}
    return {text: thing(text) for text in names}


def _forms(entity: Entity, seals: bool) -> Iterator[str]:
    for form in dict.fromkeys((entity.name, *entity.aliases)):
        yield form
        if seals:
            yield sealed(form)


def _is_kind(entity: Entity, one: Thing) -> bool:
    return one.type in {"", entity.type} and one.subtype in {"", entity.subtype}
