"""What the page knows beside the picture: names, facts, figures, documents and every sentence that says them.

Entities and documents are referred to by their number in order of ids, evidence by its number in one list, since one
sentence often says several facts. A field that is empty is absent. Lists of records are packed (`packing`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from heapq import heappop, heappush
from typing import NamedTuple

from unionkg.graph import schema
from unionkg.graph.attributes import (
    DocumentAttributes,
    EvidenceAttributes,
    KnowledgeGraph,
    conflicts,
    documents,
    edges,
    nodes,
    outcomes,
    possible,
)
from unionkg.graph.citations import bibtex, csl, gbt7714, ris
from unionkg.graph.provinces import PROVINCES
from unionkg.graph.regions import provinces_of
from unionkg.graph.texts import DocumentText
from unionkg.viz.packing import Record, packed
from unionkg.viz.tile_map import tiles

TEXTS_LIMIT = 3_000_000
"""Characters that a page has aboard of documents and of what restoring puts in, of those with the most evidence."""


class Knowledge(NamedTuple):
    """The page's data beside the network: what it needs at once, the sentences, and the texts of the documents."""

    knowledge: Record
    evidence: Record
    texts: list[Record | None]


def knowledge(
    graph: KnowledgeGraph,
    first: int,
    communities: Sequence[Sequence[str]],
    texts: Iterable[DocumentText] = (),
    base: str = schema.BASE,
) -> Knowledge:
    """Return what the page knows; `first` tells how many nodes show when it opens, the best-linked."""
    numbers = {node: number for number, (node, _) in enumerate(nodes(graph))}
    papers = {paper["id"]: number for number, paper in enumerate(documents(graph))}
    said = [*(edge["evidence"] for *_, edge in edges(graph)), *(figure["evidence"] for figure in outcomes(graph))]
    aboard = _aboard(texts, (piece for pieces in said for piece in pieces))
    sentences = _Sentences(papers, aboard)
    provinces = provinces_of(graph)
    community_of = {node: number for number, group in enumerate(communities) for node in group}
    entities: list[Record] = []
    for node, entity in nodes(graph):
        record = _without_empty(entity) | {"id": node, "documents": [papers[paper] for paper in entity["documents"]]}
        record |= {"province": provinces[node]} if node in provinces else {}
        record |= {"community": community_of[node]} if node in community_of else {}
        for unused in ("rule", "matched"):
            record.pop(unused, None)
        entities.append(record)
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
    letters = {letter for _, entity in nodes(graph) for name in (entity["name"], *entity["aliases"]) for letter in name}
    return Knowledge(
        {
            "schema": _schema(),
            "entities": packed(entities),
            "documents": packed(_document(paper) for paper in documents(graph)),
            "facts": packed(facts),
            "figures": packed(figures),
            # Which document each sentence is of, and which were restored: what filters ask of all of them.
            "said": {
                "documents": [record["document"] for record in sentences.records],
                "restored": [number for number, record in enumerate(sentences.records) if record.get("restored")],
            },
            "possible": [
                {"nodes": [numbers[node] for node in group["nodes"]], "reason": group["reason"]}
                for group in possible(graph)
                if numbers.keys() >= set(group["nodes"])
            ],
            "conflicts": [
                {"kind": conflict["kind"], "facts": conflict["facts"], "reason": conflict["reason"]}
                for conflict in conflicts(graph)
            ],
            "first": first,
            "leftOut": graph.graph.get("left_out", 0),
            "simplified": "".join(traditional + plain for traditional, plain in _script() if plain in letters),
            "base": base,
        },
        packed(sentences.records),
        [_text(aboard.get(paper["id"]), numbers) for paper in documents(graph)],
    )


class _Sentences:
    """Evidence, each sentence once, numbered in the order in which it is first met."""

    def __init__(self, papers: Mapping[str, int], texts: Mapping[str, DocumentText]) -> None:
        self.records: list[Record] = []
        self._papers = papers
        self._texts = texts
        self._numbers: dict[tuple[str, int, int], int] = {}

    def number(self, evidence: EvidenceAttributes) -> int:
        key = (evidence["document"], evidence["start"], evidence["end"])
        if key not in self._numbers:
            self._numbers[key] = len(self.records)
            self.records.append(self._record(evidence))
        return self._numbers[key]

    def _record(self, evidence: EvidenceAttributes) -> Record:
        record = _without_empty(evidence) | {"document": self._papers[evidence["document"]]}
        text = self._texts.get(evidence["document"])
        if text is not None and evidence["restored"]:
            reading = text.reading(evidence["start"], evidence["end"])
            if reading != evidence["quote"]:
                record["reading"] = reading
        return record


def _aboard(texts: Iterable[DocumentText], evidence: Iterable[EvidenceAttributes]) -> dict[str, DocumentText]:
    """Return the texts that the page has room for, by document: of those that say something, the ones that say most."""
    said = Counter(piece["document"] for piece in evidence)
    chosen: dict[str, DocumentText] = {}
    least: list[tuple[int, str, int]] = []
    room = TEXTS_LIMIT
    for text in texts:
        size = len(text.text) + sum(len(edit.text) for edit in text.edits)
        if text.document not in said or size > TEXTS_LIMIT:
            continue
        chosen[text.document] = text
        heappush(least, (said[text.document], text.document, size))
        room -= size
        while room < 0:
            _, document, freed = heappop(least)
            del chosen[document]
            room += freed
    return chosen


def _text(text: DocumentText | None, numbers: Mapping[str, int]) -> Record | None:
    if text is None:
        return None
    record: Record = {"text": text.text}
    if mentions := [(one.start, one.end, numbers[one.entity]) for one in text.mentions if one.entity in numbers]:
        record["mentions"] = mentions
    if text.foreign:
        record["foreign"] = text.foreign
    if text.edits:
        record["edits"] = [edit[:4] for edit in text.edits]
    return record


def _document(paper: DocumentAttributes) -> Record:
    styles = {"gbt7714": gbt7714(paper), "bibtex": bibtex(paper), "ris": ris(paper), "csl": csl(paper)}
    return _without_empty(paper) | styles


def _without_empty(attributes: Mapping[str, object]) -> Record:
    # Zero is a value, and equal to False.
    return {name: value for name, value in attributes.items() if value is not False and value not in ("", [])}


@cache
def _script() -> Sequence[tuple[str, str]]:
    """Return the characters of traditional script with the simplified ones, by OpenCC's table."""
    from opencc import OpenCC

    letters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    # Apart from one another, so that no two make a word.
    plain = OpenCC("t2s").convert("\n".join(letters)).split("\n")
    return [(letter, other) for letter, other in zip(letters, plain, strict=True) if letter != other]


def _schema() -> Record:
    """Return the labels, colours and terms that the page's legend, panels and files are made of."""
    return {
        "types": [
            {
                "name": kind.name,
                "zh": kind.zh,
                "en": kind.en,
                "colour": kind.colour,
                "class": kind.rdf_class,
                "subtypes": {sub.name: {"zh": sub.zh, "en": sub.en, "class": sub.rdf_class} for sub in kind.subtypes},
            }
            for kind in schema.ENTITY_TYPES.values()
        ],
        "relations": {
            kind.name: {"zh": kind.zh, "en": kind.en, "property": kind.rdf_property}
            for kind in schema.RELATION_TYPES.values()
        },
        "qualifiers": {row.name: {"zh": row.zh, "en": row.en} for row in schema.QUALIFIERS.values()},
        "provinces": {
            tile.code: PROVINCES[tile.code]._asdict() | {"column": tile.column, "row": tile.row} for tile in tiles()
        },
        "prefixes": schema.PREFIXES,
    }
