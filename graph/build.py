"""The knowledge graph that a set of extractions and a ledger make; `attributes` documents what it holds.

The extractions are gone through several times and never held all at once, so that memory grows with the graph alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple, TypeAlias

import networkx as nx

from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph
from unionkg.graph.conflicts import conflicts
from unionkg.graph.corrections import (
    Corrections,
    Finder,
    Verdict,
    changed_types,
    correct,
    forgotten_documents,
    is_forgotten,
    retyped,
)
from unionkg.graph.duplicates import clusters
from unionkg.graph.ledger import Ledger
from unionkg.graph.masking import masked, withheld
from unionkg.graph.model import Entity, Extraction, Fact, Outcome, Relation
from unionkg.graph.resolve import Identity, node_id, resolve
from unionkg.graph.schema import QUALIFIERS

_PUNCTUATION = str.maketrans("", "", "“”‘’《》〈〉()（）·、，。,.：:—-")


NO_LEDGER = Ledger()

Source: TypeAlias = Callable[[], Iterable[Extraction]]
"""Gives the extractions of a corpus anew at each call."""


class Built(NamedTuple):
    """A graph, what became of each judgement of the ledger, in order of lines, and what the graph was made of."""

    graph: KnowledgeGraph
    verdicts: tuple[Verdict, ...]
    source: Source


def build_graph(extractions: Iterable[Extraction], ledger: Ledger = NO_LEDGER) -> KnowledgeGraph:
    """Return the graph of these extractions: the same set gives the same graph, whatever its order.

    Of several extractions of one document (the same bytes under different names) the first by file name counts. Private
    persons' numbers in quotes, titles and what figures count are masked (`masking`).
    """
    by_document: dict[str, Extraction] = {}
    for extraction in sorted(extractions, key=lambda item: (item.document, item.doc)):
        by_document.setdefault(extraction.document, extraction)
    return build_from(by_document.values, ledger).graph


def build_from(source: Source, ledger: Ledger = NO_LEDGER, forgotten: Collection[str] = ()) -> Built:
    """Return the graph of the extractions that `source` gives, corrected by the ledger.

    `forgotten` are the names of documents in the ledger that were left out of the source before.
    """
    names = forgotten_documents(ledger)
    met = set(forgotten)

    def kept() -> Iterator[Extraction]:
        for extraction in source():
            if name := names and is_forgotten(extraction.document, names):
                met.add(name)
            else:
                yield extraction

    cluster_of = clusters({each.document: each.signature for each in kept()})
    corrections, corrected = _corrected(kept, ledger, cluster_of)
    for name, line in names.items():
        reason = None if name in met else f"no document of this corpus is {name!r}"
        state = "applied" if name in met else "orphaned"
        corrections.verdicts[line] = Verdict(line=line, judgement="forget", state=state, reason=reason)
    graph = _Assembly(corrections, cluster_of).graph_of(corrected)
    return Built(graph, tuple(corrections.verdicts[line] for line in sorted(corrections.verdicts)), corrected)


def _corrected(source: Source, ledger: Ledger, cluster_of: Mapping[str, str]) -> tuple[Corrections, Source]:
    """Return the corrections with the resolution that they apply to, and where to take the extractions from then on."""
    resolution = resolve(source(), cluster_of)
    finder = Finder(ledger, source() if ledger.lines else (), resolution)
    types, verdicts = changed_types(ledger, finder)
    added: list[Extraction] = []

    def corrected() -> Iterable[Extraction]:
        yield from retyped(source(), types) if types else source()
        yield from added

    if types:
        resolution = resolve(corrected(), cluster_of)
    corrections = correct(ledger, resolution, finder)
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


class _Node:
    """What documents say of one entity, counted up."""

    __slots__ = ("aliases", "codes", "documents", "mentions", "names", "subtypes")

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()
        self.subtypes: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.aliases: set[str] = set()
        self.documents: list[str] = []
        self.mentions = 0

    def add(self, entity: Entity, document: str) -> None:
        self.names[entity.name] += 1
        self.aliases.update(entity.aliases)
        if entity.subtype:
            self.subtypes[entity.subtype] += 1
        if entity.code:
            self.codes[entity.code] += 1
        if not self.documents or self.documents[-1] != document:
            self.documents.append(document)


class _Said:
    """A fact or figure and who says it; `evidence` grows as documents are gone through, one after the other."""

    __slots__ = ("confidence", "described", "evidence", "rules")

    def __init__(self, described: dict[str, Any]) -> None:
        self.described = described
        self.evidence: list[EvidenceAttributes] = []
        self.rules: tuple[str, ...] = ()
        self.confidence = 0.0

    def add(self, fact: Fact, evidence: EvidenceAttributes) -> None:
        self.confidence = max(self.confidence, fact.confidence)
        if fact.rule not in self.rules:
            self.rules = tuple(sorted((*self.rules, fact.rule)))
        for known in reversed(self.evidence):
            if known is evidence:
                return
            if known["document"] != evidence["document"]:
                break
        self.evidence.append(evidence)


class _Assembly:
    """The graph in the making: documents are gone through once, in order."""

    def __init__(self, corrections: Corrections, cluster_of: Mapping[str, str]) -> None:
        self.corrections = corrections
        self.resolution = corrections.resolution
        self.cluster_of = cluster_of
        self.id_of = _Ids()
        self.documents: list[dict[str, Any]] = []
        self.date_of: dict[str, str] = {}
        self.nodes: dict[Identity, _Node] = {}
        self.facts: dict[str, _Said] = {}
        self.figures: dict[str, _Said] = {}

    def graph_of(self, source: Source) -> KnowledgeGraph:
        """Return the graph of these extractions."""
        for extraction in source():
            self.read(extraction)
        graph: KnowledgeGraph = nx.MultiDiGraph()
        graph.graph["documents"] = sorted(self.documents, key=lambda document: document["id"])
        for node, identity in sorted((self.id_of(identity), identity) for identity in self.nodes):
            graph.add_node(node, **self.node_attributes(identity, self.nodes.pop(identity)))
        for key in sorted(self.facts):
            said = self.facts.pop(key)
            start, end = said.described.pop("subject"), said.described.pop("object")
            graph.add_edge(start, end, key=key, **said.described, **self.support(said))
        graph.graph["outcomes"] = [
            {"id": key, **said.described, **self.support(said)} for key, said in sorted(self.figures.items())
        ]
        graph.graph["editions"] = self.editions(graph)
        graph.graph["possible"] = self.possible(graph)
        graph.graph["conflicts"] = conflicts(graph)
        return graph

    def read(self, extraction: Extraction) -> None:
        """Take in what one document says."""
        identities = self.resolution.of[extraction.document]
        kept = {
            entity.id: identity
            for entity, identity in zip(extraction.entities, identities, strict=True)
            if identity not in self.corrections.forgotten
        }
        names = _names_of_others(extraction, kept)
        self.documents.append(_document_attributes(extraction, self.cluster(extraction.document), names))
        if extraction.metadata.date:
            self.date_of[extraction.document] = extraction.metadata.date
        for entity in extraction.entities:
            if entity.id in kept:
                self.nodes.setdefault(kept[entity.id], _Node()).add(entity, extraction.document)
        for mention in extraction.mentions:
            if mention.entity in kept:
                self.nodes[kept[mention.entity]].mentions += 1
        before = self.before(extraction)
        sentences = _Sentences(extraction.document, names)
        node_of = {entity: self.id_of(identity) for entity, identity in kept.items()}
        for relation in extraction.relations:
            if relation.subject in kept and relation.object in kept:
                described = _relation_attributes(relation, node_of)
                if described["subject"] != described["object"]:
                    said = before and _relation_attributes(relation, before)
                    self.say(self.facts, "fact", described, said, relation, sentences)
        for outcome in extraction.outcomes:
            if outcome.subject is None or outcome.subject in kept:
                said = before and _outcome_attributes(outcome, before, names)
                self.say(self.figures, "out", _outcome_attributes(outcome, node_of, names), said, outcome, sentences)

    def before(self, extraction: Extraction) -> dict[str, str]:
        """Return the nodes of the document's entities before any judgement, by which facts may be named too."""
        identities = self.corrections.before.get(extraction.document, ())
        return {entity.id: self.id_of(one) for entity, one in zip(extraction.entities, identities, strict=False)}

    def say(
        self,
        found: dict[str, _Said],
        prefix: str,
        described: dict[str, Any],
        before: Mapping[str, object],
        fact: Fact,
        sentences: _Sentences,
    ) -> None:
        key = _fact_id(prefix, described)
        if self.corrections.wrong:
            for name in (key, _fact_id(prefix, before) if before else key):
                if line := self.corrections.wrong.get(name):
                    self.corrections.verdicts[line] = Verdict(line=line, judgement="wrong_fact", state="applied")
                    return
        if key not in found:
            found[key] = _Said(described)
        found[key].add(fact, sentences.evidence(fact))

    def cluster(self, document: str) -> str:
        return self.cluster_of.get(document, document)

    def node_attributes(self, identity: Identity, node: _Node) -> dict[str, Any]:
        given = self.corrections.names.get(identity)
        name = given or _most_common(node.names)
        stated = {
            "subtype": _most_common(node.subtypes),
            "code": _most_common(node.codes),
        }
        return {
            "type": identity.type,
            **_present(stated),
            "name": name,
            "aliases": sorted({*node.names, *node.aliases} - {name}),
            "pinyin": pinyin_of(name),
            "rule": identity.rule,
            "matched": list(identity.matched),
            "documents": sorted(node.documents),
            "mentions": node.mentions,
        }

    def support(self, said: _Said) -> dict[str, Any]:
        """Return what backs a fact: its evidence in order, and what follows from it."""
        documents = {evidence["document"] for evidence in said.evidence}
        dates = sorted(self.date_of[document] for document in documents if document in self.date_of)
        return {
            "confidence": said.confidence,
            "rules": list(said.rules),
            "sources": len({self.cluster(document) for document in documents}),
            **({"first_stated": dates[0], "last_stated": dates[-1]} if dates else {}),
            "evidence": sorted(said.evidence, key=lambda piece: (piece["document"], piece["start"], piece["end"])),
        }

    def editions(self, graph: KnowledgeGraph) -> list[dict[str, str]]:
        pairs = ((self.id_of(one.narrow), self.id_of(one.wide)) for one in self.resolution.editions)
        return [
            {"id": _fact_id("edi", {"narrow": narrow, "wide": wide}), "narrow": narrow, "wide": wide}
            for narrow, wide in sorted(pairs)
            if narrow in graph and wide in graph
        ]

    def possible(self, graph: KnowledgeGraph) -> list[dict[str, Any]]:
        found = []
        for one in self.resolution.possible:
            nodes = sorted(node for node in map(self.id_of, one.identities) if node in graph)
            if len(nodes) > 1:
                found.append({"id": _fact_id("may", {"nodes": nodes}), "nodes": nodes, "reason": one.reason})
        return sorted(found, key=lambda record: str(record["id"]))


class _Ids(dict[Identity, str]):
    """The node ids of identities, each made once."""

    def __call__(self, identity: Identity) -> str:
        if identity not in self:
            self[identity] = node_id(identity)
        return self[identity]


class _Sentences:
    """The evidence of one document, each sentence once; the names of forgotten persons are withheld in it."""

    def __init__(self, document: str, names: set[str]) -> None:
        self.document = document
        self.names = names
        self.known: dict[tuple[int, int, bool, tuple[tuple[int, int], ...]], EvidenceAttributes] = {}

    def evidence(self, fact: Fact) -> EvidenceAttributes:
        start, end = fact.evidence
        key = (start, end, fact.restored, fact.evidence_parts)
        if key not in self.known:
            self.known[key] = {
                "document": self.document,
                "start": start,
                "end": end,
                "quote": withheld(masked(fact.quote), self.names),
                "parts": [list(part) for part in fact.evidence_parts],
                "restored": fact.restored,
            }
        return self.known[key]


def _names_of_others(extraction: Extraction, kept: Mapping[str, object]) -> set[str]:
    """Return all names, also as printed, of the document's entities that are not kept."""
    if len(kept) == len(extraction.entities):
        return set()
    gone = [entity for entity in extraction.entities if entity.id not in kept]
    printed = {mention.text for mention in extraction.mentions if mention.entity not in kept}
    return printed.union(*({entity.name, *entity.aliases} for entity in gone))


def _document_attributes(extraction: Extraction, cluster: str, names: set[str]) -> dict[str, Any]:
    metadata = extraction.metadata
    stated = {
        "encoding": extraction.encoding,
        "title": metadata.title and withheld(masked(metadata.title), names),
        "date": metadata.date,
        "source": metadata.source,
        "original_title": metadata.original_title and withheld(masked(metadata.original_title), names),
        "number": metadata.number,
        "correspondents": [name for name in metadata.correspondents if name not in names] or None,
    }
    return {
        "id": extraction.document,
        "name": extraction.doc,
        "cluster": cluster,
        **_present(stated),
        "authors": [name for name in metadata.authors if name not in names],
        "editors": [name for name in metadata.editors if name not in names],
    }


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


def _outcome_attributes(outcome: Outcome, node_of: Mapping[str, str], names: set[str]) -> dict[str, Any]:
    ends = {name: getattr(outcome, name) for name in ("subject", "programme")}
    stated = {name: node_of.get(entity) for name, entity in ends.items() if entity is not None}
    return {
        **_present(stated),
        "value": float(outcome.value),
        **_present({"value_max": outcome.value_max}),
        "unit": outcome.unit,
        "what": withheld(masked(outcome.what), names),
        "kind": outcome.kind,
        **_present({"period": outcome.period}),
    }


def _fact_id(prefix: str, described: Mapping[str, object]) -> str:
    text = "\x1e".join(f"{name}\x1f{value}" for name, value in sorted(described.items()))
    return f"{prefix}-{sha256(text.encode()).hexdigest()[:16]}"


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
