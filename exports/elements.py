"""The nodes and edges of a graph with the attributes that graph programs show: the columns of tables, and more.

Figures, documents and doubts are in none of these files but node-link JSON: no program for graphs would show them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from unionkg.exports.cells import joined
from unionkg.exports.literals import digits
from unionkg.exports.rows import ENTITIES, RELATIONS, Kind, Value, stated
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable
from unionkg.graph.schema import ENTITY_TYPES, RELATION_TYPES


class Node(NamedTuple):
    """An entity: its id, the colour of its type as in `#c8442e`, and what is stated of it, by attribute."""

    id: str
    colour: str
    attributes: dict[str, Value]


class Edge(NamedTuple):
    """A fact: its id, the ids of its ends, its type, and what is stated of it, by attribute."""

    id: str
    subject: str
    object: str
    type: str
    attributes: dict[str, Value]


_ENDS = ("id", "subject", "subject_name", "object", "object_name")

# Of a node `label` is the name; of an edge it is that of the type in Chinese, `label_en` in English.
NODE_ATTRIBUTES: dict[str, Kind] = {
    "label": "text",
    **{name: kind for name, kind in ENTITIES.columns.items() if name != "id"},
    "colour": "text",
    "iri": "text",
}
EDGE_ATTRIBUTES: dict[str, Kind] = {
    "label": "text",
    "label_en": "text",
    **{name: kind for name, kind in RELATIONS.columns.items() if name not in _ENDS},
    "iri": "text",
}


def nodes(graph: KnowledgeGraph | Readable, base: str) -> Iterator[Node]:
    """Yield the entities, in order of ids. What is not stated is absent; text fits every format."""
    for row in ENTITIES.rows(graph):
        about = stated(ENTITIES, row)
        name = cast(str, about.pop("id"))
        colour = ENTITY_TYPES[cast(str, about["type"])].colour
        yield Node(name, colour, {"label": about["name"], **about, "colour": colour, "iri": base + name})


def edges(graph: KnowledgeGraph | Readable, base: str) -> Iterator[Edge]:
    """Yield the facts, in order of ids. What is not stated is absent; text fits every format."""
    for row in RELATIONS.rows(graph):
        about = stated(RELATIONS, row)
        name, subject, _, end, _ = (cast(str, about.pop(column)) for column in _ENDS)
        kind = RELATION_TYPES[cast(str, about["type"])]
        yield Edge(name, subject, end, kind.name, {"label": kind.zh, "label_en": kind.en, **about, "iri": base + name})


def as_text(value: Value) -> str:
    """Return a value as text, for formats that know no lists: their items stand between bars.

    >>> as_text(["甲", "乙"]), as_text(0.5)
    ('甲|乙', '0.5')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return joined(value)
    return "" if value is None else digits(value)
