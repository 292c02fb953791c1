"""The knowledge graph that a set of extractions makes; `attributes` documents what it holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import networkx as nx

from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph
from unionkg.graph.duplicates import clusters
from unionkg.graph.masking import masked
from unionkg.graph.model import Entity, Extraction, Fact, Outcome, Relation
from unionkg.graph.resolve import Place, resolve
from unionkg.graph.schema import QUALIFIERS

_PUNCTUATION = str.maketrans("", "", "“”‘’《》〈〉()（）·、，。,.：:—-")


def build_graph(extractions: Iterable[Extraction]) -> KnowledgeGraph:
    """Return the graph of these extractions: the same set gives the same graph, whatever its order.

    Of several extractions of one document (the same bytes under different names) the first by file name counts. Private
    persons' numbers in quotes, titles and what figures count are masked (`masking`).
    """
    by_document: dict[str, Extraction] = {}
    for extraction in sorted(extractions, key=lambda item: (item.document, item.doc)):
        by_document.setdefault(extraction.document, extraction)
    documents = list(by_document.values())
    node_of = resolve(documents)
    cluster_of = clusters({extraction.document: extraction.signature for extraction in documents})
    graph: KnowledgeGraph = nx.MultiDiGraph()
    graph.graph["documents"] = [
        _document_attributes(extraction, cluster_of[extraction.document]) for extraction in documents
    ]
    for node, attributes in sorted(_nodes(documents, node_of).items()):
        graph.add_node(node, **attributes)
    facts: dict[str, tuple[dict[str, Any], list[tuple[str, Fact]]]] = {}
    for extraction in documents:
        for relation in extraction.relations:
            described = _relation_attributes(relation, extraction.document, node_of)
            if described["subject"] != described["object"]:
                facts.setdefault(_fact_id("fact", described), (described, []))[1].append(
                    (extraction.document, relation)
                )
    for key, (described, said) in sorted(facts.items()):
        start, end = described.pop("subject"), described.pop("object")
        graph.add_edge(start, end, key=key, **described, **_support(said, cluster_of))
    figures: dict[str, tuple[dict[str, Any], list[tuple[str, Fact]]]] = {}
    for extraction in documents:
        for outcome in extraction.outcomes:
            described = _outcome_attributes(outcome, extraction.document, node_of)
            figures.setdefault(_fact_id("out", described), (described, []))[1].append((extraction.document, outcome))
    graph.graph["outcomes"] = [
        {"id": key, **described, **_support(said, cluster_of)} for key, (described, said) in sorted(figures.items())
    ]
    return graph


def pinyin_of(name: str) -> str:
    """Return the name in toneless pinyin, syllables separated by spaces, punctuation left out.

    >>> pinyin_of("浙江省总工会")
    'zhe jiang sheng zong gong hui'
    """
    from pypinyin import lazy_pinyin

    return " ".join(" ".join(lazy_pinyin(name.translate(_PUNCTUATION))).split())


def _document_attributes(extraction: Extraction, cluster: str) -> dict[str, Any]:
    metadata = extraction.metadata
    stated = {
        "encoding": extraction.encoding,
        "title": metadata.title and masked(metadata.title),
        "date": metadata.date,
        "source": metadata.source,
        "original_title": metadata.original_title and masked(metadata.original_title),
        "number": metadata.number,
        "correspondents": list(metadata.correspondents) or None,
    }
    return {
        "id": extraction.document,
        "name": extraction.doc,
        "cluster": cluster,
        **_present(stated),
        "authors": list(metadata.authors),
        "editors": list(metadata.editors),
    }


def _nodes(documents: list[Extraction], node_of: dict[Place, str]) -> dict[str, dict[str, Any]]:
    found: dict[str, list[tuple[str, Entity]]] = defaultdict(list)
    mentions: Counter[str] = Counter()
    for extraction in documents:
        for entity in extraction.entities:
            found[node_of[extraction.document, entity.id]].append((extraction.document, entity))
        mentions.update(node_of[extraction.document, mention.entity] for mention in extraction.mentions)
    return {node: _node_attributes(entities, mentions[node]) for node, entities in found.items()}


def _node_attributes(entities: list[tuple[str, Entity]], mentions: int) -> dict[str, Any]:
    name = _most_common(entity.name for _, entity in entities)
    aliases = {form for _, entity in entities for form in (entity.name, *entity.aliases)} - {name}
    stated = {
        "subtype": _most_common(entity.subtype for _, entity in entities if entity.subtype),
        "code": _most_common(entity.code for _, entity in entities if entity.code),
    }
    return {
        "type": entities[0][1].type,
        **_present(stated),
        "name": name,
        "aliases": sorted(aliases),
        "pinyin": pinyin_of(name),
        "documents": sorted({document for document, _ in entities}),
        "mentions": mentions,
    }


def _most_common(values: Iterable[str]) -> str:
    """Return the most frequent value, of equals the longest, of equally long ones the first in order; "" for none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], -len(value), value), default="")


def _relation_attributes(relation: Relation, document: str, node_of: dict[Place, str]) -> dict[str, Any]:
    qualifiers = {name: getattr(relation, name) for name in QUALIFIERS}
    if relation.programme is not None:
        qualifiers["programme"] = node_of[document, relation.programme]
    return {
        "subject": node_of[document, relation.subject],
        "object": node_of[document, relation.object],
        "type": relation.type,
        **_present(qualifiers),
    }


def _outcome_attributes(outcome: Outcome, document: str, node_of: dict[Place, str]) -> dict[str, Any]:
    ends = {name: getattr(outcome, name) for name in ("subject", "programme")}
    stated = {name: node_of[document, entity] for name, entity in ends.items() if entity is not None}
    return {
        **stated,
        "value": float(outcome.value),
        **_present({"value_max": outcome.value_max}),
        "unit": outcome.unit,
        "what": masked(outcome.what),
        "kind": outcome.kind,
        **_present({"period": outcome.period}),
    }


def _support(said: list[tuple[str, Fact]], cluster_of: Mapping[str, str]) -> dict[str, Any]:
    """Return what backs a fact: its evidence in order, without repeats, and what follows from it."""
    evidence: dict[tuple[str, int, int], EvidenceAttributes] = {}
    for document, fact in said:
        sentence = fact.evidence_in(document)
        evidence[document, sentence.start, sentence.end] = {
            "document": document,
            "start": sentence.start,
            "end": sentence.end,
            "quote": masked(sentence.quote),
            "parts": [list(part) for part in sentence.parts],
            "restored": fact.restored,
        }
    return {
        "confidence": max(fact.confidence for _, fact in said),
        "rules": sorted({fact.rule for _, fact in said}),
        "sources": len({cluster_of[document] for document, _ in said}),
        "evidence": [evidence[place] for place in sorted(evidence)],
    }


def _fact_id(prefix: str, described: Mapping[str, object]) -> str:
    text = "\x1e".join(f"{name}\x1f{value}" for name, value in sorted(described.items()))
    return f"{prefix}-{sha256(text.encode()).hexdigest()[:16]}"


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
