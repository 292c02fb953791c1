"""The last check of a build: nothing stands in the graph that no document says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from unionkg.errors import MissingEvidence
from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph
from unionkg.graph.masking import MASK, masked
from unionkg.graph.model import Extraction
from unionkg.graph.readable import Readable, readable

if TYPE_CHECKING:
    from unionkg.graph.records import Records


def check_evidence(graph: KnowledgeGraph | Readable, extractions: Iterable[Extraction]) -> None:
    """Raise MissingEvidence unless every fact and figure of the graph has evidence, and all of it was said.

    The quotes of the extractions were compared with the documents when each was made, so a quote that is in one at the
    same place is in the document, but for what the graph masks.
    """
    source = readable(graph)
    for start, end, _, fact in source.edges():
        if not fact["evidence"]:
            raise MissingEvidence(f"{fact['type']} {start} -> {end}: no sentence says it")
    for figure in source.outcomes():
        if not figure["evidence"]:
            raise MissingEvidence(f"outcome {figure['id']}: no sentence says it")
    read = set()
    for extraction in extractions:
        read.add(extraction.document)
        said = {fact.evidence: fact.quote for fact in (*extraction.relations, *extraction.outcomes)}
        for piece in source.evidence_in(extraction.document):
            if not _agree(piece["quote"], said.get((piece["start"], piece["end"]))):
                raise _missing(piece)
    for piece in source.evidence():
        if piece["document"] not in read:
            raise _missing(piece)


def check_texts(records: Records) -> None:
    """Raise MissingEvidence unless every quote of the graph is what its document's text shows at the same place."""
    for shown in records.texts():
        for piece in records.evidence_in(shown.document):
            if shown.text[piece["start"] : piece["end"]] != piece["quote"]:
                raise _missing(piece)


def _agree(shown: str, said: str | None) -> bool:
    """Return whether a quote is what was said, some of its characters masked."""
    if said is None or len(shown) != len(said):
        return False
    return all(one in (other, MASK) for one, other in zip(shown, masked(said), strict=True))


def _missing(piece: EvidenceAttributes) -> MissingEvidence:
    return MissingEvidence(
        f"the quote {piece['quote'][:40]!r} was not read at "
        f"{piece['start']}:{piece['end']} of the document {piece['document']}"
    )
