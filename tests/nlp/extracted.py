"""What extraction finds in a text, in a form that a test can state."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Literal

from unionkg.graph.exchange import check
from unionkg.graph.model import Document, Extraction, Relation
from unionkg.nlp.candidates import Candidate
from unionkg.nlp.extract import Options, extract
from unionkg.nlp.layout import FOLD
from unionkg.nlp.places import Place, find_places
from unionkg.nlp.segmenters import cut_with_rjieba

Found = tuple[str | None, ...]


def document(text: str, hints: dict[str, str] | None = None) -> Document:
    """Return a plain text as a document."""
    identity = sha256(text.encode()).hexdigest()
    return Document(id=identity, path="news/report.txt", format="text", text=text, hints=hints or {})


def extracted(text: str, ner: Literal["lac", "rules"] = "lac") -> Extraction:
    """Return what a text says, having checked that it keeps the document contract."""
    extraction = extract(document(text), Options(ner=ner))
    check(extraction, text)
    return extraction


def names(extraction: Extraction, kind: str) -> list[str]:
    """Return the names of the entities of one type, in order."""
    return [entity.name for entity in extraction.entities if entity.type == kind]


def name_of(extraction: Extraction, entity_id: str | None) -> str | None:
    """Return the name of an entity, None for none."""
    return None if entity_id is None else {entity.id: entity.name for entity in extraction.entities}[entity_id]


def relations(extraction: Extraction, kind: str, *qualifiers: str) -> list[Found]:
    """Return subject, object and these qualifiers of each relation of one type, in order."""
    return _stated(extraction, extraction.relations, kind, qualifiers)


def denied(extraction: Extraction, kind: str, *qualifiers: str) -> list[Found]:
    """Return the same of what the text denies."""
    return _stated(extraction, extraction.denied, kind, qualifiers)


def _stated(extraction: Extraction, stated: Iterable[Relation], kind: str, qualifiers: tuple[str, ...]) -> list[Found]:
    return [
        (
            name_of(extraction, one.subject),
            name_of(extraction, one.object),
            *(name_of(extraction, one.programme) if name == "programme" else getattr(one, name) for name in qualifiers),
        )
        for one in stated
        if one.type == kind
    ]


def folded(text: str) -> str:
    """Return a text in the width that the finders read."""
    return text.translate(FOLD)


def slices(text: str, candidates: Iterable[Candidate]) -> list[tuple[str, str]]:
    """Return the text and the type of each candidate, in order of place, the longer first."""
    ordered = sorted(candidates, key=lambda one: (one.start, -one.end))
    return [(text[one.start : one.end], one.type) for one in ordered]


def places_in(text: str) -> list[Place]:
    """Return the places of a text as the pipeline finds them."""
    cuts = {0}
    for word in cut_with_rjieba(text)[0]:
        cuts.add(max(cuts) + len(word))
    return find_places(folded(text), cuts)
