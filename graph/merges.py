"""Which entities were joined from several documents or under several names, and by what."""

from __future__ import annotations

import msgspec

from unionkg.graph.attributes import KnowledgeGraph, nodes
from unionkg.graph.corrections import document_of
from unionkg.graph.ledger import Judgement, Ledger
from unionkg.graph.spots import short_document
from unionkg.graph.witness import Witness

RULES = {
    "code": "one code of a division",
    "national": "one name in the whole country",
    "territory": "one name in one territory",
    "owner": "one name of one body",
    "name": "one name",
    "home": "one name in documents of one province",
    "post": "one name, and bodies or meetings that the documents share",
    "document": "one document, or copies of it",
    "ledger": "a judgement",
}
"""The rules of `resolve` in short."""


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """An entity that was joined: by what `rule`, what `matched`, under which other `names`, in which `documents`.

    `named` are the names by which a ledger means it in each of the documents, in their order. `judgements` are those of
    the ledger that speak of it.
    """

    id: str
    name: str
    type: str
    rule: str
    matched: tuple[str, ...]
    names: tuple[str, ...]
    documents: tuple[str, ...]
    named: tuple[str, ...]
    judgements: tuple[Judgement, ...]


def merges(graph: KnowledgeGraph, ledger: Ledger, only: str | None = None) -> list[Merge]:
    """Return what was joined, of most documents first; with `only` that entity, whether it was joined or not."""
    made = {document_of(line.judgement) for line in ledger.lines if line.judgement.judgement == "add_fact"}
    witness = Witness(graph, made)
    speaking: dict[str, list[Judgement]] = {}
    for line in ledger.lines:
        for name in set(line.judgement.things):
            speaking.setdefault(name, []).append(line.judgement)
    found = []
    for node, entity in nodes(graph):
        documents = tuple(one for one in entity["documents"] if one not in made)
        if node == only or (only is None and (len(documents) > 1 or entity["aliases"])):
            forms = (entity["name"], *entity["aliases"])
            names = (
                {node, *(f"{form}@{short_document(one)}" for one in documents for form in forms)} if speaking else ()
            )
            found.append(
                Merge(
                    id=node,
                    name=entity["name"],
                    type=entity["type"],
                    rule=entity["rule"],
                    matched=tuple(filter(None, entity["matched"])),
                    names=tuple(entity["aliases"]),
                    documents=documents,
                    named=tuple(witness.at(node, one) for one in documents),
                    judgements=tuple(dict.fromkeys(one for name in sorted(names) for one in speaking.get(name, ()))),
                )
            )
    return sorted(found, key=lambda one: (-len(one.documents), one.id))
