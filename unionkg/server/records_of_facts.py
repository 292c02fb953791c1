"""Facts and figures of a graph, with their evidence, as records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from unionkg.exports.iri import document_name, evidence_name
from unionkg.graph.amounts import amount
from unionkg.graph.attributes import DocumentAttributes, EvidenceAttributes, OutcomeAttributes
from unionkg.graph.links import Edge, fact_of
from unionkg.graph.texts import DocumentText
from unionkg.server.library import Library
from unionkg.server.records import Evidence, Fact, Figure, Mark, Paper, Thing


def thing(library: Library, node: str) -> Thing:
    """Return an entity in short."""
    entity = library.entity(node)
    return Thing(
        id=node,
        name=entity["name"],
        type=entity["type"],
        subtype=entity.get("subtype"),
        pinyin=entity["pinyin"],
        province=library.province_of.get(node),
        documents=len(entity["documents"]),
    )


def things(library: Library, nodes: Iterable[str]) -> list[Thing]:
    """Return entities in short, in the order given."""
    return [thing(library, node) for node in nodes]


def paper(document: DocumentAttributes) -> Paper:
    """Return a document in short."""
    return Paper(
        id=document_name(document["id"]),
        title=document.get("title") or document["name"],
        date=document.get("date"),
        source=document.get("source"),
    )


def fact(library: Library, edge: Edge, *, pieces: int | None = None, document: str | None = None) -> Fact:
    """Return a fact with its first `pieces` of evidence, all if None; of one document, by its id, if given."""
    subject, end, key = edge
    told = fact_of(library.graph, edge)
    evidence = _of_document(told["evidence"], document)
    programme = told.get("programme")
    return Fact(
        id=key,
        type=told["type"],
        subject=thing(library, subject),
        object=thing(library, end),
        role=told.get("role"),
        status=told.get("status"),
        date=told.get("date"),
        title=told.get("title"),
        programme=None if programme is None else thing(library, programme),
        modality=told.get("modality"),
        confidence=told["confidence"],
        sources=told["sources"],
        rules=told["rules"],
        first_stated=told.get("first_stated"),
        last_stated=told.get("last_stated"),
        conflicts=[conflict["kind"] for conflict in library.conflicts_of.get(key, ())],
        evidence=[_evidence(library, piece) for piece in evidence[:pieces]],
        evidence_count=len(evidence),
    )


def figure(
    library: Library, told: OutcomeAttributes, *, pieces: int | None = None, document: str | None = None
) -> Figure:
    """Return a figure with its evidence, as `fact` does."""
    evidence = _of_document(told["evidence"], document)
    ends = {
        name: thing(library, node)
        for name, node in (
            ("subject", told.get("subject")),
            ("programme", told.get("programme")),
            ("beneficiary", told.get("beneficiary")),
        )
        if node is not None
    }
    return Figure(
        id=told["id"],
        amount=amount(told, is_grouped=True),
        value=told["value"],
        value_max=told.get("value_max"),
        bound=told.get("bound"),
        unit=told["unit"],
        what=told["what"],
        kind=told["kind"],
        period=told.get("period"),
        confidence=told["confidence"],
        sources=told["sources"],
        rules=told["rules"],
        first_stated=told.get("first_stated"),
        last_stated=told.get("last_stated"),
        conflicts=[conflict["kind"] for conflict in library.conflicts_of.get(told["id"], ())],
        evidence=[_evidence(library, piece) for piece in evidence[:pieces]],
        evidence_count=len(evidence),
        **ends,
    )


def _of_document(evidence: Sequence[EvidenceAttributes], document: str | None) -> Sequence[EvidenceAttributes]:
    return evidence if document is None else [piece for piece in evidence if piece["document"] == document]


def _evidence(library: Library, piece: EvidenceAttributes) -> Evidence:
    text = library.text(piece["document"])
    start, end = piece["start"], piece["end"]
    return Evidence(
        id=evidence_name(piece),
        document=paper(library.by_id[piece["document"]]),
        start=start,
        end=end,
        quote=piece["quote"],
        marks=[] if text is None else _marks(text, start, end),
        parts=[(low, high) for low, high in piece["parts"]],
        restored=piece["restored"],
        reading=text.reading(start, end) if text is not None and piece["restored"] else None,
    )


def _marks(text: DocumentText, start: int, end: int) -> list[Mark]:
    """Return the places of `[start, end)` that name entities, counted from `start`."""
    return [
        Mark(start=one.start - start, end=one.end - start, entity=one.entity)
        for one in text.mentions
        if start <= one.start and one.end <= end
    ]
