"""One document's extraction: a pure function of its text, the options and the program's version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from unionkg.graph.model import (
    Document,
    Entity,
    Extraction,
    Mention,
    Metadata,
    Noise,
    Outcome,
    Relation,
    Renaming,
    Repeat,
)
from unionkg.graph.segments import SCRIPT, Edit, Interval, SegmentMap
from unionkg.nlp.read_records import FIELDS, Fields

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from unionkg.nlp.linking import Named
    from unionkg.nlp.renamings import Renamed
    from unionkg.nlp.statements import Figure, Statement


@dataclass(frozen=True, slots=True)
class Options:
    """What may be chosen about extraction: names at large by LAC or by rules alone, which jieba cuts words, and which
    names the fields of records go by.
    """

    ner: Literal["lac", "rules"] = "lac"
    segmenter: Literal["rjieba", "jieba"] = "rjieba"
    fields: Fields = FIELDS


def extract(document: Document, options: Options = Options()) -> Extraction:
    """Return all that a document says. The first call in a process loads the models."""
    return extract_with_edits(document, options)[0]


def extract_with_edits(document: Document, options: Options = Options()) -> tuple[Extraction, tuple[Edit, ...]]:
    """Return all that a document says, and the edits that make of its text the one that was read for it."""
    from unionkg.nlp.pipeline import pipeline

    nlp = pipeline(options.ner, options.segmenter)
    doc = nlp.make_doc(document.text)
    doc.user_data["hints"] = document.hints
    doc = nlp(doc)
    return extraction_of(doc, document), doc._.restored.segments.edits


def extraction_of(doc: Doc, document: Document) -> Extraction:
    """Return what the pipeline left on `doc` with every offset in the document's own text."""
    back = _Back(doc._.restored.segments, document.text)
    ids: dict[tuple[str, str], str] = {}
    for named in _named(doc):
        ids.setdefault(named.key, f"E{len(ids) + 1}")
    mentions = tuple(
        back.mention(one.start, one.end, ids[one.entity.key], one.rule, one.confidence) for one in doc._.linked
    )
    found = doc._.metadata
    return Extraction(
        doc=PurePosixPath(document.path).name,
        document=document.id,
        encoding=document.encoding if document.encoding not in {None, "utf-8"} else None,
        metadata=Metadata(
            title=found.title,
            date=found.date,
            source=found.source,
            authors=found.authors,
            editors=found.editors,
            correspondents=found.correspondents,
            original_title=found.original_title,
            number=found.number,
            url=found.url,
        ),
        entities=tuple(_entities(doc, ids, back, mentions)),
        mentions=mentions,
        relations=tuple(back.relation(one, ids) for one in doc._.statements if not one.denied),
        outcomes=tuple(back.outcome(one, ids) for one in doc._.figures),
        noise=tuple(back.noise(doc, mentions)),
        denied=tuple(back.relation(one, ids) for one in doc._.statements if one.denied),
        renamings=tuple(back.renaming(one, ids) for one in doc._.renamings),
        repeats=tuple(back.repeats(doc)),
        signature=_signature(doc, back.working),
        warnings=(*document.warnings, *filter(None, [doc._.restored.suspect])),
        version=_version(),
    )


def _named(doc: Doc) -> Iterable[Named]:
    yield from (mention.entity for mention in doc._.linked)
    for statement in doc._.statements:
        yield statement.subject
        yield statement.object
    for figure in doc._.figures:
        if figure.subject is not None:
            yield figure.subject


@cache
def _version() -> str:
    return version("unionkg")


def _signature(doc: Doc, working: str) -> str:
    """Return the signature of the working text without the page's furniture."""
    from unionkg.graph.duplicates import signature

    text = "\n".join(working[start:end] for start, end in doc._.layout.sentences)
    return signature(text, {place.code or place.name for place in doc._.places})


def _entities(doc: Doc, ids: dict[tuple[str, str], str], back: _Back, mentions: Iterable[Mention]) -> Iterable[Entity]:
    from unionkg.graph.divisions import divisions
    from unionkg.nlp.name_parts import name_parts
    from unionkg.nlp.script import is_traditional

    named = {one.key: one for one in reversed(list(_named(doc)))}
    forms: dict[tuple[str, str], dict[str, None]] = {key: {} for key in ids}
    for mention in doc._.linked:
        printed = back.printed(mention.start, mention.end) if mention.entity.type == "PERSON" else ()
        for form in (back.working[mention.start : mention.end], *printed):
            forms[mention.entity.key].setdefault(_norm(form, mention.entity.type))
    traditional: dict[str, dict[str, None]] = {}
    for mention in mentions:
        if is_traditional(_curved(mention.text), mention.norm):
            traditional.setdefault(mention.entity, {})[mention.text] = None
    near = {code for one in named.values() if one.code for code in divisions().ancestry(one.code)}
    for key, entity_id in ids.items():
        one = named[key]
        parts = name_parts(one.type, one.subtype, one.name, one.code, near)
        yield Entity(
            id=entity_id,
            type=one.type,
            subtype=one.subtype,
            name=one.name,
            aliases=tuple(form for form in forms[key] if form != one.name),
            traditional=tuple(traditional.get(entity_id, ())),
            code=one.code,
            territory=parts.territory,
            edition=parts.edition,
            stem=parts.stem if parts.stem != one.name else "",
            is_open=parts.is_open,
        )


def _norm(text: str, kind: str) -> str:
    return "".join(text.split()) if kind == "PERSON" else _curved(text)


def _curved(name: str) -> str:
    """Return a name with the quotation marks of simplified script."""
    return name.replace("「", "“").replace("」", "”")


class _Back:
    """Leads from the working text back to the original."""

    def __init__(self, segments: SegmentMap, original: str) -> None:
        self.segments = segments
        self.original = original
        self.working = segments.text

    def mention(self, start: int, end: int, entity: str, rule: str, confidence: float) -> Mention:
        low, high = self._hull(start, end)
        norm = _curved(self.working[start:end])
        if rule.startswith("person"):
            norm = "".join(norm.split())
        return Mention(
            start=low,
            end=high,
            text=self.original[low:high],
            norm=norm,
            entity=entity,
            rule=rule,
            confidence=confidence,
        )

    def relation(self, one: Statement, ids: dict[tuple[str, str], str]) -> Relation:
        return Relation(
            type=one.type,
            subject=ids[one.subject.key],
            object=ids[one.object.key],
            role=one.role,
            status=one.status,
            date=one.date,
            title=one.title,
            programme=ids[one.programme.key] if one.programme else None,
            modality=one.modality,
            **self._said(one),
        )

    def outcome(self, one: Figure, ids: dict[tuple[str, str], str]) -> Outcome:
        return Outcome(
            subject=ids[one.subject.key] if one.subject else None,
            value=one.value,
            value_max=one.value_max,
            bound=one.bound,
            beneficiary=ids[one.beneficiary.key] if one.beneficiary else None,
            unit=one.unit,
            what=one.what,
            kind=one.kind,
            period=one.period,
            programme=ids[one.programme.key] if one.programme else None,
            **self._said(one),
        )

    def renaming(self, one: Renamed, ids: dict[tuple[str, str], str]) -> Renaming:
        return Renaming(
            former=ids[one.former.key],
            later=ids[one.later.key],
            **self._said(one),
        )

    def printed(self, start: int, end: int) -> tuple[str, ...]:
        """Return a name as it is printed, in simplified script, if a word in it was replaced: it may be the true one."""
        from unionkg.nlp.script import to_simplified

        if not self.segments.has_replacement(start, end):
            return ()
        return (to_simplified("".join(self.original[low:high] for low, high in self.segments.to_original(start, end))),)

    def repeats(self, doc: Doc) -> Iterable[Repeat]:
        """Yield the lines that say again what another line says, without the page's furniture."""
        from unionkg.graph.duplicates import find_repeats

        page = doc._.layout
        lines = [line for line in page.lines if not page.is_furniture(*line)]
        for copy, source in find_repeats([self.working[start:end] for start, end in lines]).items():
            (start, end), (of_start, of_end) = self._hull(*lines[copy]), self._hull(*lines[source])
            yield Repeat(start=start, end=end, of_start=of_start, of_end=of_end)

    def noise(self, doc: Doc, mentions: tuple[Mention, ...]) -> Iterable[Noise]:
        """Yield the page's furniture and what restoring removed; a keyword inside a mention belongs to the mention."""
        from unionkg.nlp.restoration import noise_of

        for one in noise_of(doc._.restored, doc._.layout.furniture):
            if not any(mention.start <= one.start and one.end <= mention.end for mention in mentions):
                yield one

    def _hull(self, start: int, end: int) -> Interval:
        intervals = self.segments.to_original(start, end)
        return intervals[0][0], intervals[-1][1]

    def _said(self, one: Statement | Figure | Renamed) -> dict[str, Any]:
        """Return the fields of a fact that tell where, how and how surely it is said."""
        intervals = self.segments.to_original(one.start, one.end)
        low, high = self._hull(one.start, one.end)
        return {
            "evidence": (low, high),
            "evidence_parts": intervals if len(intervals) > 1 else (),
            "quote": self.original[low:high],
            "rule": one.rule,
            "confidence": one.confidence,
            "restored": not self.segments.rules(one.start, one.end) <= {SCRIPT},
        }
