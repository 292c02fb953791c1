"""What is known of a document, and its text with what is in it, as records."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from unionkg.exports.iri import document_name, evidence_name
from unionkg.exports.references import STYLES, citation
from unionkg.graph.attributes import EvidenceAttributes
from unionkg.graph.schema import ENTITY_TYPES
from unionkg.graph.texts import DocumentText
from unionkg.server.library import Library
from unionkg.server.paging import page_of
from unionkg.server.records import Change, Document, Fact, Figure, Mark, PaperList, Saying, Stretch, Text
from unionkg.server.records_of_facts import fact, figure, paper, things

ON_A_PAGE = 50


def document(library: Library, name: str) -> Document:
    """Return what is known of the document that goes by this name in IRIs. Raises KeyError if there is none."""
    told = library.documents[name]
    identifier, cluster = told["id"], told["cluster"]
    text = library.text(identifier)
    return Document(
        id=document_name(identifier),
        iri=library.base + document_name(identifier),
        identifier=identifier,
        title=told.get("title") or told["name"],
        original_title=told.get("original_title"),
        date=told.get("date"),
        source=told.get("source"),
        number=told.get("number"),
        url=told.get("url"),
        authors=told["authors"],
        correspondents=told.get("correspondents", []),
        editors=told["editors"],
        file=told["name"],
        encoding=told.get("encoding"),
        citations={style: citation(told, style) for style in STYLES},
        copy_of=paper(library.by_id[cluster]) if cluster != identifier and cluster in library.by_id else None,
        copies=[paper(library.by_id[one]) for one in library.copies[cluster] if one not in (identifier, cluster)],
        text=None if text is None else _text(text, library.source.evidence_in(identifier)),
        entities=things(library, sorted(library.source.named_in(identifier), key=_by_type(library))),
        facts=sorted(
            (fact(library, edge, document=identifier) for edge in library.facts_in.get(identifier, ())), key=_place
        ),
        figures=sorted(
            (figure(library, one, document=identifier) for one in library.figures_in.get(identifier, ())), key=_place
        ),
    )


def _place(statement: Fact | Figure) -> tuple[int, int, str]:
    first = statement.evidence[0]
    return first.start, first.end, statement.id


def _by_type(library: Library) -> Callable[[str], tuple[int, str, str]]:
    order = list(ENTITY_TYPES)

    def key(node: str) -> tuple[int, str, str]:
        entity = library.entity(node)
        return order.index(entity["type"]), entity["name"], node

    return key


def papers(library: Library, page: int) -> PaperList:
    """Return a page of the documents, the latest first. Raises UnknownPage."""
    shown = page_of(library.papers, page, ON_A_PAGE)
    return PaperList(total=shown.total, page=page, pages=shown.pages, documents=[paper(one) for one in shown.items])


def _text(told: DocumentText, evidence: Iterable[EvidenceAttributes]) -> Text:
    sayings = [Saying(id=evidence_name(one), start=one["start"], end=one["end"]) for one in evidence]
    marks = [Mark(start=one.start, end=one.end, entity=one.entity) for one in told.mentions]
    is_restored = bool(told.edits)

    def moved(start: int, end: int) -> dict[str, int]:
        low, high = told.restored.to_working(start, end)
        return {"start": low, "end": high}

    return Text(
        original=told.text,
        restored=told.restored.text if is_restored else None,
        marks=marks,
        restored_marks=[Mark(entity=one.entity, **moved(one.start, one.end)) for one in marks] if is_restored else [],
        sayings=sayings,
        restored_sayings=[Saying(id=one.id, **moved(one.start, one.end)) for one in sayings] if is_restored else [],
        foreign=[Stretch(start=one.start, end=one.end, kind=one.kind) for one in told.foreign],
        changes=[Change(**edit._asdict()) for edit in told.edits],
    )
