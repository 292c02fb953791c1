"""The last check of a build: nothing stands in the graph that no document says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from unionkg.errors import MissingEvidence
from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph, edges, outcomes
from unionkg.graph.masking import MASK, masked
from unionkg.graph.model import Extraction


def check_evidence(graph: KnowledgeGraph, extractions: Iterable[Extraction]) -> None:
    """Raise MissingEvidence unless every fact and figure of the graph has evidence, and all of it was said.

    The quotes of the extractions were compared with the documents when each was made, so a quote that is in one at the
    same place is in the document, but for what the graph masks. Of several extractions of one document one is enough.
    """
    waiting: dict[str, list[tuple[str, EvidenceAttributes]]] = defaultdict(list)
    backed = [(f"{row['type']} {start} -> {end}", row["evidence"]) for start, end, _, row in edges(graph)]
    backed += [(f"outcome {row['id']}", row["evidence"]) for row in outcomes(graph)]
    for place, evidence in backed:
        if not evidence:
            raise MissingEvidence(f"{place}: no sentence says it")
        for item in evidence:
            waiting[item["document"]].append((place, item))
    for extraction in extractions:
        if items := waiting.pop(extraction.document, None):
            said = {fact.evidence: fact.quote for fact in (*extraction.relations, *extraction.outcomes)}
            for place, item in items:
                if not _agree(item["quote"], said.get((item["start"], item["end"]))):
                    raise _missing(place, item)
    for items in waiting.values():
        raise _missing(*items[0])


def _agree(shown: str, said: str | None) -> bool:
    """Return whether a quote is what was said, some of its characters masked."""
    if said is None or len(shown) != len(said):
        return False
    return all(one in (other, MASK) for one, other in zip(shown, masked(said), strict=True))


def _missing(place: str, item: EvidenceAttributes) -> MissingEvidence:
    return MissingEvidence(
        f"{place}: the quote {item['quote'][:40]!r} was not read at "
        f"{item['start']}:{item['end']} of the document {item['document']}"
    )
