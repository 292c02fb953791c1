"""The graph made again from its RDF alone, to see that nothing is lost on the way."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import networkx as nx
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from unionkg.exports.iri import BASE, expand
from unionkg.exports.terms import VARIANTS
from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph
from unionkg.graph.schema import ENTITY_TYPES, QUALIFIERS, RELATION_TYPES

_TYPES = {expand(row.rdf_class): row.name for row in ENTITY_TYPES.values()}
_SUBTYPES = {expand(sub.rdf_class): sub.name for row in ENTITY_TYPES.values() for sub in row.subtypes}
_RELATIONS = {expand(row.rdf_property): row.name for row in RELATION_TYPES.values()}
_RELATIONS |= {expand(variant.property): variant.relation for variant in VARIANTS}
_PART = re.compile(r"(?:[^|\\]|\\.)*")


class _Node:
    """What is said of one subject."""

    def __init__(self) -> None:
        self.said: dict[str, list[NamedNode | Literal]] = defaultdict(list)

    def all(self, name: str, language: str | None = None) -> list[str]:
        """Return the texts, or the IRIs without the base, that a property has; in a language if given."""
        values = self.said.get(expand(name), [])
        if language:
            values = [value for value in values if isinstance(value, Literal) and value.language == language]
        return sorted(value.value.removeprefix(BASE) for value in values)

    def one(self, name: str) -> str | None:
        values = self.all(name)
        assert len(values) < 2, (name, values)
        return values[0] if values else None

    def is_a(self, name: str) -> bool:
        return expand(name) in self.all("rdf:type")


def graph_of(data: bytes) -> KnowledgeGraph:
    """Return the graph that the N-Triples hold; lists that have no order come sorted."""
    nodes = _nodes(data)
    documents = {name: node.all("dcterms:identifier")[0] for name, node in nodes.items() if node.is_a("ukg:Document")}
    evidence = {name: _evidence(node, nodes, documents) for name, node in nodes.items() if node.is_a("ukg:Evidence")}
    mentioned = defaultdict(list)
    for name, document in documents.items():
        for entity in nodes[name].all("schema:mentions"):
            mentioned[entity].append(document)

    graph: KnowledgeGraph = nx.MultiDiGraph()
    for name, node in nodes.items():
        if node.one("ukg:mentionCount"):
            graph.add_node(name, **_entity(node), documents=sorted(mentioned[name]))
    for name, node in nodes.items():
        if node.is_a("ukg:Assertion"):
            subject, end = node.one("rdf:subject"), node.one("rdf:object")
            assert subject is not None
            assert end is not None
            graph.add_edge(subject, end, key=name, **_fact(node), **_support(node, evidence))
    figures = [
        {"id": name, **_figure(node), **_support(node, evidence)}
        for name, node in nodes.items()
        if node.is_a("ukg:Outcome")
    ]
    graph.graph["documents"] = sorted((_document(nodes[name], documents) for name in documents), key=_id)
    graph.graph["outcomes"] = sorted(figures, key=_id)
    graph.graph["editions"] = sorted((name, wide) for name, node in nodes.items() for wide in node.all("ukg:editionOf"))
    graph.graph["possible"] = sorted(
        (
            {"id": name, "nodes": node.all("ukg:candidate"), "reason": node.one("ukg:reason")}
            for name, node in nodes.items()
            if node.is_a("ukg:PossibleMatch")
        ),
        key=_id,
    )
    graph.graph["conflicts"] = sorted(
        (
            {
                "id": name,
                "kind": node.one("ukg:conflictKind"),
                "facts": node.all("ukg:conflicting"),
                "reason": node.one("ukg:reason"),
            }
            for name, node in nodes.items()
            if node.is_a("ukg:Conflict")
        ),
        key=_id,
    )
    return graph


def divisions_of(data: bytes) -> dict[str, dict[str, Any]]:
    """Return what the N-Triples say of divisions, by their names, and under `of` the entities that lead to each."""
    nodes = _nodes(data)
    found = {
        name: {
            "code": node.one("skos:notation"),
            "name": node.one("skos:prefLabel"),
            "since": node.one("ukg:validFrom"),
            "until": node.one("ukg:validUntil"),
            "above": node.one("skos:broader"),
            "before": node.all("dcterms:replaces"),
            "item": node.one("skos:exactMatch"),
            "of": [other for other in sorted(nodes) if nodes[other].one("ukg:division") == name],
        }
        for name, node in nodes.items()
        if node.is_a("ukg:Division")
    }
    schemes = {node.one("skos:inScheme") for node in nodes.values() if node.is_a("ukg:Division")}
    assert schemes <= {name for name, node in nodes.items() if node.is_a("skos:ConceptScheme")}
    return found


def _nodes(data: bytes) -> dict[str, _Node]:
    nodes: dict[str, _Node] = defaultdict(_Node)
    for quad in parse(data, RdfFormat.N_TRIPLES):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, (NamedNode, Literal))
        nodes[quad.subject.value.removeprefix(BASE)].said[quad.predicate.value].append(quad.object)
    return nodes


def _id(record: dict[str, Any]) -> str:
    return str(record["id"])


def _present(**values: object) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [])}


def _entity(node: _Node) -> dict[str, Any]:
    classes = node.all("rdf:type")
    subtypes = [_SUBTYPES[name] for name in classes if name in _SUBTYPES]
    identity = node.one("ukg:identity")
    assert identity is not None
    matched = [re.sub(r"\\(.)", r"\1", part) for part in _split(identity)]
    return {
        "type": next(_TYPES[name] for name in classes if name in _TYPES),
        **_present(subtype=next(iter(subtypes), None), code=node.one("ukg:divisionCode")),
        "name": node.one("skos:prefLabel"),
        "aliases": node.all("skos:altLabel", "zh-hans"),
        **_present(former_names=node.all("ukg:formerName"), traditional=node.all("skos:altLabel", "zh-hant")),
        **_present(exact_matches=node.all("skos:exactMatch"), close_matches=node.all("skos:closeMatch")),
        "pinyin": next(iter(node.all("skos:altLabel", "zh-latn-pinyin")), ""),
        "rule": node.one("ukg:identityRule"),
        "matched": matched,
        "mentions": int(node.one("ukg:mentionCount") or 0),
    }


def _split(identity: str) -> list[str]:
    """Return the parts between bars that have no backslash before them."""
    parts, start = [], 0
    while True:
        match = _PART.match(identity, start)
        assert match
        parts.append(match[0])
        if match.end() == len(identity):
            return parts
        start = match.end() + 1


def _fact(node: _Node) -> dict[str, Any]:
    predicate = node.one("rdf:predicate")
    assert predicate is not None
    qualifiers = {name: node.one(row.rdf_property) for name, row in QUALIFIERS.items()}
    return {"type": _RELATIONS[predicate], **_present(**qualifiers)}


def _figure(node: _Node) -> dict[str, Any]:
    value, top = node.one("ukg:value"), node.one("ukg:valueMax")
    return {
        **_present(
            subject=node.one("ukg:outcomeSubject"),
            programme=node.one("ukg:concernsProgramme"),
            beneficiary=node.one("ukg:beneficiary"),
            bound=node.one("ukg:bound"),
            period=node.one("ukg:period"),
            value_max=top and float(top),
        ),
        "value": float(value or "nan"),
        "unit": node.one("ukg:unit"),
        "what": node.one("ukg:what"),
        "kind": node.one("ukg:kind"),
    }


def _support(node: _Node, evidence: dict[str, EvidenceAttributes]) -> dict[str, Any]:
    return {
        "confidence": float(node.one("ukg:confidence") or "nan"),
        "rules": node.all("ukg:rule"),
        "sources": int(node.one("ukg:sources") or 0),
        **_present(first_stated=node.one("ukg:firstStated"), last_stated=node.one("ukg:lastStated")),
        "evidence": sorted(
            (evidence[name] for name in node.all("ukg:evidence")),
            key=lambda piece: (piece["document"], piece["start"], piece["end"], piece["parts"], piece["restored"]),
        ),
    }


def _evidence(node: _Node, nodes: dict[str, _Node], documents: dict[str, str]) -> EvidenceAttributes:
    selectors = [nodes[name] for name in node.all("oa:hasSelector")]
    place = next(each for each in selectors if each.is_a("oa:TextPositionSelector"))
    quote = next(each for each in selectors if each.is_a("oa:TextQuoteSelector"))
    source, exact = node.one("oa:hasSource"), quote.one("oa:exact")
    assert source is not None
    assert exact is not None
    start, end = _interval(place)
    return {
        "document": documents[source],
        "start": start,
        "end": end,
        "quote": exact,
        "parts": sorted(_interval(nodes[name]) for name in node.all("ukg:evidencePart")),
        "restored": node.one("ukg:restored") == "true",
    }


def _interval(selector: _Node) -> list[int]:
    return [int(selector.one("oa:start") or -1), int(selector.one("oa:end") or -1)]


def _document(node: _Node, documents: dict[str, str]) -> dict[str, Any]:
    identifier, byline, original = node.one("dcterms:identifier"), node.one("ukg:byline"), node.one("ukg:copyOf")
    assert identifier is not None
    return {
        "id": identifier,
        "name": node.one("ukg:fileName"),
        "cluster": documents[original] if original else identifier,
        **_present(
            encoding=node.one("ukg:encoding"),
            title=node.one("dcterms:title"),
            date=node.one("dcterms:date"),
            source=node.one("dcterms:source"),
            original_title=node.one("dcterms:alternative"),
            number=node.one("ukg:documentNumber"),
            url=node.one("schema:url"),
            correspondents=node.all("ukg:correspondent"),
        ),
        "authors": byline.split("、") if byline else node.all("dcterms:creator"),
        "editors": node.all("dcterms:contributor"),
    }
