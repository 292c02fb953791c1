"""What the page knows beside the picture: names, facts, figures, documents and every sentence that says them.

Entities and documents are referred to by their number in order of ids, evidence by its number in one list, since one
sentence often says several facts. A field that is empty is absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from unionkg.graph import schema
from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph, documents, edges, nodes, outcomes

Record: TypeAlias = dict[str, object]


def knowledge(graph: KnowledgeGraph, first: Sequence[str]) -> Record:
    """Return the page's data block; `first` lists the nodes that show when it opens, best-linked first."""
    numbers = {node: number for number, (node, _) in enumerate(nodes(graph))}
    papers = {paper["id"]: number for number, paper in enumerate(documents(graph))}
    sentences = _Sentences(papers)
    facts: list[Record] = []
    for start, end, key, edge in edges(graph):
        fact = _without_empty(edge) | {"id": key, "subject": numbers[start], "object": numbers[end]}
        if "programme" in edge:
            fact["programme"] = numbers[edge["programme"]]
        facts.append(fact | {"evidence": [sentences.number(piece) for piece in edge["evidence"]]})
    figures: list[Record] = []
    for outcome in outcomes(graph):
        figure = _without_empty(outcome)
        figure |= {
            role: numbers[str(figure[role])] for role in ("subject", "programme", "beneficiary") if role in figure
        }
        figures.append(figure | {"evidence": [sentences.number(piece) for piece in outcome["evidence"]]})
    return {
        "schema": _schema(),
        "entities": [
            _without_empty(node) | {"id": name, "documents": [papers[paper] for paper in node["documents"]]}
            for name, node in nodes(graph)
        ],
        "documents": [_without_empty(paper) for paper in documents(graph)],
        "facts": facts,
        "figures": figures,
        "evidence": sentences.records,
        "first": [numbers[node] for node in first],
        "leftOut": graph.graph.get("left_out", 0),
    }


class _Sentences:
    """Evidence, each sentence once, numbered in the order in which it is first met."""

    def __init__(self, papers: Mapping[str, int]) -> None:
        self.records: list[Record] = []
        self._papers = papers
        self._numbers: dict[tuple[str, int, int], int] = {}

    def number(self, evidence: EvidenceAttributes) -> int:
        key = (evidence["document"], evidence["start"], evidence["end"])
        if key not in self._numbers:
            self._numbers[key] = len(self.records)
            self.records.append(_without_empty(evidence) | {"document": self._papers[evidence["document"]]})
        return self._numbers[key]


def _without_empty(attributes: Mapping[str, object]) -> Record:
    # Zero is a value, and equal to False.
    return {name: value for name, value in attributes.items() if value is not False and value not in ("", [])}


def _schema() -> Record:
    """Return the labels and colours that the page's legend and panels are made of."""
    return {
        "types": [
            {
                "name": kind.name,
                "zh": kind.zh,
                "en": kind.en,
                "colour": kind.colour,
                "subtypes": {sub.name: {"zh": sub.zh, "en": sub.en} for sub in kind.subtypes},
            }
            for kind in schema.ENTITY_TYPES.values()
        ],
        "relations": {kind.name: {"zh": kind.zh, "en": kind.en} for kind in schema.RELATION_TYPES.values()},
        "qualifiers": {row.name: {"zh": row.zh, "en": row.en} for row in schema.QUALIFIERS.values()},
    }
