"""The last check of a build: nothing stands in the graph that no document says."""

from __future__ import annotations

from collections.abc import Iterable

from unionkg.errors import MissingEvidence
from unionkg.graph.attributes import KnowledgeGraph, edges, outcomes
from unionkg.graph.masking import masked
from unionkg.graph.model import Extraction


def check_evidence(graph: KnowledgeGraph, extractions: Iterable[Extraction]) -> None:
    """Raise MissingEvidence unless every fact and figure of the graph has evidence, and all of it was said.

    The quotes of the extractions were compared with the documents when each was made, so a quote that is in one at the
    same place is in the document, but for the digits that the graph masks.
    """
    said = {
        (extraction.document, *fact.evidence, masked(fact.quote))
        for extraction in extractions
        for fact in (*extraction.relations, *extraction.outcomes)
    }
    backed = [(f"{row['type']} {start} -> {end}", row["evidence"]) for start, end, _, row in edges(graph)]
    backed += [(f"outcome {row['id']}", row["evidence"]) for row in outcomes(graph)]
    for place, evidence in backed:
        if not evidence:
            raise MissingEvidence(f"{place}: no sentence says it")
        for item in evidence:
            if (item["document"], item["start"], item["end"], item["quote"]) not in said:
                raise MissingEvidence(
                    f"{place}: the quote {item['quote'][:40]!r} was not read at "
                    f"{item['start']}:{item['end']} of the document {item['document']}"
                )
