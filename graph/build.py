"""The knowledge graph that a set of extractions and a ledger make; `attributes` documents what it holds.

The extractions are gone through several times and never held all at once, and what they say is gathered on disk.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import unquote

import msgspec

from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph
from unionkg.graph.conflicts import conflicts
from unionkg.graph.corrections import (
    Corrections,
    correct,
    forgotten_documents,
    is_forgotten,
)
from unionkg.graph.duplicates import clusters
from unionkg.graph.ledger import NEARNESS, NO_LEDGER, Ledger, Verdict
from unionkg.graph.masking import MASK, masked
from unionkg.graph.model import Entity, Extraction, Fact, Mention, Outcome, Relation
from unionkg.graph.records import FACT, FIGURE, Records, Said
from unionkg.graph.resolve import Identity, node_id, resolve
from unionkg.graph.retyping import changed_types, retyped
from unionkg.graph.schema import QUALIFIERS
from unionkg.graph.shown import document_text
from unionkg.graph.spots import Finder
from unionkg.graph.texts import ReadText

_PUNCTUATION = str.maketrans("", "", "“”‘’《》〈〉()（）·、，。,.：:—-")

_TEXTS = frozenset({"role", "title", "what"})
_PREFIXES = {FACT: "fact", FIGURE: "out"}

Source: TypeAlias = Callable[[], Iterable[Extraction]]
"""Gives the extractions of a corpus anew at each call."""

TextOf: TypeAlias = Callable[[str], ReadText | None]
"""Gives the text of a document, None if it is not at hand. It is asked once for each, in order of the source."""


class _Told(NamedTuple):
    """What one document tells of an entity; it comes back from the records as a plain list, in this order.

    `traditional` maps forms as printed in traditional script to the same in simplified script.
    """

    type: str
    rule: str
    matched: tuple[str, ...]
    name: str
    subtype: str | None
    code: str | None
    aliases: list[str]
    traditional: dict[str, str]
    mentions: int
    is_former: bool


class Built(NamedTuple):
    """What became of each judgement of the ledger, in order of lines, and what the graph was made of.

    `ledger` is the ledger without the names that it takes down, which `hide` takes out of any text.
    """

    verdicts: tuple[Verdict, ...]
    source: Source
    ledger: Ledger
    hide: Callable[[str], str]


def build_graph(extractions: Iterable[Extraction], ledger: Ledger = NO_LEDGER) -> KnowledgeGraph:
    """Return the graph of these extractions: the same set gives the same graph, whatever its order.

    Of several extractions of one document (the same bytes under different names) the first by file name counts. Private
    persons' numbers in quotes, titles and what figures count are masked (`masking`).
    """
    by_document: dict[str, Extraction] = {}
    for extraction in sorted(extractions, key=lambda item: (item.document, item.doc)):
        by_document.setdefault(extraction.document, extraction)
    with Records() as records:
        build_from(by_document.values, records, ledger)
        return records.graph()


def build_from(
    source: Source,
    records: Records,
    ledger: Ledger = NO_LEDGER,
    forgotten: Collection[str] = (),
    text_of: TextOf = lambda document: None,
) -> Built:
    """Fill the records with the graph of the extractions that `source` gives, corrected by the ledger.

    `forgotten` are the names of documents in the ledger that were left out of the source before. Where `text_of` gives a
    document's text, it is among the records as it may be shown, and the quotes are taken from it.
    """
    names = forgotten_documents(ledger)
    met = set(forgotten)

    def kept() -> Iterator[Extraction]:
        for extraction in source():
            if name := is_forgotten(extraction.document, names):
                met.add(name)
            else:
                yield extraction

    cluster_of = clusters({each.document: each.signature for each in kept()})
    corrections, corrected = _corrected(kept, ledger, cluster_of)
    for name, line in names.items():
        reason = None if name in met else f"no document of this corpus is {name!r}"
        state = "applied" if name in met else "orphaned"
        corrections.verdicts[line] = Verdict(line=line, judgement="forget", state=state, reason=reason)
    reasons = {one.document: ReadText(one.relations[0].quote) for one in corrections.added}
    _Assembly(corrections, cluster_of, records, lambda document: reasons.get(document) or text_of(document)).fill(
        corrected
    )
    verdicts = tuple(corrections.verdicts[line] for line in sorted(corrections.verdicts))
    return Built(_hidden(verdicts, corrections.takedown.hide), corrected, corrections.ledger, corrections.takedown.hide)


def _hidden(verdicts: Iterable[Verdict], hide: Callable[[str], str]) -> tuple[Verdict, ...]:
    return tuple(msgspec.structs.replace(one, reason=one.reason and hide(one.reason)) for one in verdicts)


def _corrected(source: Source, ledger: Ledger, cluster_of: Mapping[str, str]) -> tuple[Corrections, Source]:
    """Return the corrections with the resolution that they apply to, and where to take the extractions from then on."""
    resolution = resolve(source(), cluster_of)
    finder = Finder(ledger, source() if ledger.lines else (), resolution)
    types, verdicts = changed_types(ledger, resolution, finder, source)
    added: list[Extraction] = []

    def corrected() -> Iterable[Extraction]:
        yield from retyped(source(), types) if types else source()
        yield from added

    has_wrong = any(line.judgement.judgement == "wrong_fact" for line in ledger.lines)
    before = {document: tuple(found) for document, found in resolution.of.items()} if has_wrong else {}
    if types:
        resolution = resolve(corrected(), cluster_of)
    corrections = correct(ledger, resolution, finder, corrected, cluster_of, before)
    corrections.verdicts |= verdicts
    added += corrections.added
    return corrections, corrected


def pinyin_of(name: str) -> str:
    """Return the name in toneless pinyin, syllables separated by spaces, punctuation left out.

    >>> pinyin_of("浙江省总工会")
    'zhe jiang sheng zong gong hui'
    """
    from pypinyin import lazy_pinyin

    return " ".join(" ".join(lazy_pinyin(name.translate(_PUNCTUATION))).split())


class _Assembly:
    """The graph in the making: documents are gone through once."""

    def __init__(
        self, corrections: Corrections, cluster_of: Mapping[str, str], records: Records, text_of: TextOf
    ) -> None:
        self.corrections = corrections
        self.resolution = corrections.resolution
        self.takedown = corrections.takedown
        self.given = {node_id(one): self.takedown.hide(name) for one, name in corrections.names.items()}
        self.links = {node_id(one): links for one, links in corrections.links.items()}
        self.cluster_of = cluster_of
        self.records = records
        self.text_of = text_of
        self.date_of: dict[str, str] = {}

    def fill(self, source: Source) -> None:
        """Make the records of what these extractions say."""
        for extraction in source():
            self.read(extraction)
        self.records.gather(self.node, self.fact)
        self.records.lists = {
            "editions": self.editions(),
            "possible": self.possible(),
            "conflicts": [dict(conflict) for conflict in conflicts(self.records)],
        }

    def read(self, extraction: Extraction) -> None:
        """Take in what one document says."""
        document = extraction.document
        identities = self.resolution.of[document]
        kept = {
            entity.id: identity
            for entity, identity in zip(extraction.entities, identities, strict=True)
            if identity not in self.takedown.forgotten
        }
        veil = self.takedown.veil(extraction, self.resolution)
        self.records.add_document(_document_attributes(extraction, self.cluster(document), veil))
        if extraction.metadata.date:
            self.date_of[document] = extraction.metadata.date
        node_of = {entity: node_id(identity) for entity, identity in kept.items()}
        mentions = defaultdict(list)
        for mention in extraction.mentions:
            mentions[mention.entity].append(mention)
        renamed = {one.former for one in extraction.renamings if node_of.get(one.former) == node_of.get(one.later)}
        self.records.tell(
            (
                node_of[entity.id],
                document,
                self.told(entity, kept[entity.id], mentions[entity.id], entity.id in renamed),
            )
            for entity in extraction.entities
            if entity.id in kept
        )
        before = self.before(extraction)
        sentences = _Sentences(document, veil, self.shown(extraction, node_of, veil), self.records)
        said: list[tuple[int, str, int, str, float, Mapping[str, object]]] = []
        for relation in extraction.relations:
            if relation.subject in kept and relation.object in kept:
                described = _relation_attributes(relation, node_of)
                former = before and _relation_attributes(relation, before)
                if described["subject"] != described["object"]:
                    said += self.said(FACT, described, former, relation, sentences)
        for outcome in extraction.outcomes:
            if outcome.subject is None or outcome.subject in kept:
                described = _outcome_attributes(outcome, node_of)
                former = before and _outcome_attributes(outcome, before)
                said += self.said(FIGURE, described, former, outcome, sentences)
        self.records.say(said)

    def shown(self, extraction: Extraction, node_of: Mapping[str, str], veil: Callable[[str], str]) -> str | None:
        """Add the document's text as it may be shown to the records, and return it; None if its text is not at hand."""
        read = self.text_of(extraction.document)
        if read is None:
            return None
        shown = document_text(extraction, read, node_of, lambda text: veil(masked(text)))
        self.records.add_text(shown)
        return shown.text

    def told(self, entity: Entity, identity: Identity, mentions: Sequence[Mention], is_former: bool) -> _Told:
        """Return what a document tells of an entity, without the names of who is taken down.

        A traditional form that would tell one is left out: what is to be hidden is known in simplified script.
        """
        name, *aliases = (self.takedown.form(entity, form) for form in (entity.name, *entity.aliases))
        own, *others = identity.matched
        matched = (self.takedown.form(entity, own), *map(self.takedown.hide, others))
        known_by = (identity.type, identity.rule, matched)
        traditional = {
            one.text: one.norm
            for one in mentions
            if one.text in entity.traditional
            and all(self.takedown.form(entity, form) == form for form in (one.text, one.norm))
        }
        return _Told(*known_by, name, entity.subtype, entity.code, aliases, traditional, len(mentions), is_former)

    def before(self, extraction: Extraction) -> dict[str, str]:
        """Return the nodes of the document's entities before any judgement, by which facts may be named too."""
        identities = self.corrections.before.get(extraction.document, ())
        return {entity.id: node_id(one) for entity, one in zip(extraction.entities, identities, strict=False)}

    def said(
        self,
        kind: int,
        described: Mapping[str, object],
        former: Mapping[str, object],
        fact: Fact,
        sentences: _Sentences,
    ) -> Iterator[tuple[int, str, int, str, float, Mapping[str, object]]]:
        """Yield the row of a fact or figure, none if somebody judged it wrong."""
        prefix = _PREFIXES[kind]
        key = _fact_id(prefix, described)
        for name in {key, _fact_id(prefix, former)} if former else {key}:
            if line := self.corrections.wrong.get(name):
                self.corrections.verdicts[line] = Verdict(line=line, judgement="wrong_fact", state="applied")
                return
        shown = {name: sentences.veil(str(value)) if name in _TEXTS else value for name, value in described.items()}
        yield kind, key, sentences.number(fact), fact.rule, fact.confidence, shown

    def cluster(self, document: str) -> str:
        return self.cluster_of.get(document, document)

    def node(self, name: str, rows: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return the attributes of the node that documents tell so of."""
        told = [_Told(*row) for _, row in rows]
        names = Counter(each.name for each in told)
        current = Counter(each.name for each in told if not each.is_former)
        label = self.given.get(name) or _most_common(current) or _most_common(names)
        aliases = {alias for each in told for alias in each.aliases}
        traditional = {form: simplified for each in told for form, simplified in each.traditional.items()}
        former = {each.name for each in told if each.is_former}
        former |= {form for form, simplified in traditional.items() if simplified in former}
        stated = {
            "subtype": _most_common(Counter(each.subtype for each in told if each.subtype)),
            "code": _most_common(Counter(each.code for each in told if each.code)),
        }
        return {
            "type": told[0].type,
            **_present(stated),
            "name": label,
            "aliases": sorted({*names, *aliases} - {label}),
            **_present({"former_names": sorted(former) or None, "traditional": sorted(traditional) or None}),
            "pinyin": pinyin_of(label),
            **_present({f"{nearness}_matches": self.linked(name, nearness) for nearness in NEARNESS}),
            "rule": told[0].rule,
            "matched": list(told[0].matched),
            "documents": sorted({document for document, _ in rows}),
            "mentions": sum(each.mentions for each in told),
        }

    def linked(self, name: str, nearness: str) -> list[str] | None:
        """Return the IRIs that a node goes by outside the graph, in order, without any that tells a hidden name."""
        told = {link.iri for link in self.links.get(name, ()) if link.nearness == nearness}
        return sorted(iri for iri in told if MASK not in self.takedown.hide(unquote(iri))) or None

    def fact(self, said: list[Said]) -> dict[str, Any]:
        """Return the attributes of the fact or figure that is said so, and what follows from its evidence."""
        evidence = [one.evidence for one in said]
        documents = {piece["document"] for piece in evidence}
        dates = sorted(self.date_of[document] for document in documents if document in self.date_of)
        return {
            **said[0].described,
            "confidence": max(one.confidence for one in said),
            "rules": sorted({one.rule for one in said}),
            "sources": len({self.cluster(document) for document in documents}),
            **({"first_stated": dates[0], "last_stated": dates[-1]} if dates else {}),
            "evidence": [
                piece for number, piece in enumerate(evidence) if number == 0 or piece != evidence[number - 1]
            ],
        }

    def editions(self) -> list[dict[str, Any]]:
        pairs = sorted(
            (node_id(one.narrow), node_id(one.wide))
            for one in self.resolution.editions
            if self.takedown.forgotten.isdisjoint(one)
        )
        found = [
            {"id": _fact_id("edi", {"narrow": one, "wide": other}), "narrow": one, "wide": other}
            for one, other in pairs
        ]
        return sorted(found, key=itemgetter("id"))

    def possible(self) -> list[dict[str, Any]]:
        found = []
        for one in self.resolution.possible:
            nodes = sorted(map(node_id, set(one.identities) - self.takedown.forgotten))
            if len(nodes) > 1:
                found.append({"id": _fact_id("may", {"nodes": nodes}), "nodes": nodes, "reason": one.reason})
        return sorted(found, key=itemgetter("id"))


class _Sentences:
    """The evidence of one document, each sentence once; `veil` hides in it the names of who is taken down.

    `text` is the document's as it may be shown, where it is at hand.
    """

    def __init__(self, document: str, veil: Callable[[str], str], text: str | None, records: Records) -> None:
        self.veil = veil
        self._document = document
        self._text = text
        self._records = records
        self._numbers: dict[tuple[int, int], int] = {}

    def number(self, fact: Fact) -> int:
        """Return the number that the records give to the sentence."""
        if fact.evidence not in self._numbers:
            start, end = fact.evidence
            piece: EvidenceAttributes = {
                "document": self._document,
                "start": start,
                "end": end,
                "quote": self.veil(masked(fact.quote)) if self._text is None else self._text[start:end],
                "parts": [list(part) for part in fact.evidence_parts],
                "restored": fact.restored,
            }
            self._numbers[fact.evidence] = self._records.add_evidence(piece)
        return self._numbers[fact.evidence]


def _document_attributes(extraction: Extraction, cluster: str, veil: Callable[[str], str]) -> dict[str, Any]:
    metadata = extraction.metadata

    def persons(names: Iterable[str]) -> list[str]:
        return [name for name in names if veil(name) == name]

    stated = {
        "encoding": extraction.encoding,
        "title": metadata.title and veil(masked(metadata.title)),
        "date": metadata.date,
        "source": metadata.source and veil(metadata.source),
        "original_title": metadata.original_title and veil(masked(metadata.original_title)),
        "number": metadata.number,
        "url": _veiled_address(metadata.url, veil),
        "correspondents": persons(metadata.correspondents) or None,
    }
    return {
        "id": extraction.document,
        "name": veil(extraction.doc),
        "cluster": cluster,
        **_present(stated),
        "authors": persons(metadata.authors),
        "editors": persons(metadata.editors),
    }


def _veiled_address(url: str | None, veil: Callable[[str], str]) -> str | None:
    """Return the address unless it tells a name that is hidden: with ● in it it would lead nowhere."""
    plain = unquote(url or "")
    return url if veil(plain) == plain else None


def _most_common(counts: Counter[str]) -> str:
    """Return the most frequent value, of equals the longest, of equally long ones the first in order; "" for none."""
    return min(counts, key=lambda value: (-counts[value], -len(value), value), default="")


def _relation_attributes(relation: Relation, node_of: Mapping[str, str]) -> dict[str, Any]:
    qualifiers = {name: getattr(relation, name) for name in QUALIFIERS}
    if relation.programme is not None:
        qualifiers["programme"] = node_of.get(relation.programme)
    return {
        "subject": node_of[relation.subject],
        "object": node_of[relation.object],
        "type": relation.type,
        **_present(qualifiers),
    }


def _outcome_attributes(outcome: Outcome, node_of: Mapping[str, str]) -> dict[str, Any]:
    ends = {name: getattr(outcome, name) for name in ("subject", "programme", "beneficiary")}
    stated = {name: node_of.get(entity) for name, entity in ends.items() if entity is not None}
    return {
        **_present(stated),
        "value": float(outcome.value),
        **_present({"value_max": outcome.value_max, "bound": outcome.bound}),
        "unit": outcome.unit,
        "what": masked(outcome.what),
        "kind": outcome.kind,
        **_present({"period": outcome.period}),
    }


def _fact_id(prefix: str, described: Mapping[str, object]) -> str:
    text = "\x1e".join(f"{name}\x1f{value}" for name, value in sorted(described.items()))
    return f"{prefix}-{sha256(text.encode()).hexdigest()[:16]}"


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
