"""The types of entities as a service names them: by the classes of the ontology, in which `schemaSpace` + id is an IRI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from unionkg.graph.schema import ENTITY_TYPES, PREFIXES, EntityType, Subtype
from unionkg.matching.context import type_meant
from unionkg.reconciliation.request import Json

SCHEMA_SPACE = PREFIXES["ukg"]

Language: TypeAlias = Literal["en", "zh"]
Kind: TypeAlias = tuple[str, str | None]
"""A type of the schema, and a subtype of it or None."""


def kinds() -> Iterator[Kind]:
    """Yield all types in the order of the schema, each before its subtypes."""
    for one in ENTITY_TYPES.values():
        yield one.name, None
        yield from ((one.name, sub.name) for sub in one.subtypes)


def kind_of(text: str) -> Kind | None:
    """Return the type that an id means: that of a class, its IRI, or a word for a type; None if it means none.

    >>> kind_of("TradeUnion"), kind_of("https://w3id.org/unionkg/ontology#Person"), kind_of("Q5")
    (('ORG', 'union'), ('PERSON', None), None)
    """
    name = text.removeprefix(SCHEMA_SPACE)
    return next((kind for kind in kinds() if id_of(kind) == name), None) or type_meant(name)


def row_of(kind: Kind) -> EntityType | Subtype:
    """Return the row of the schema for a type."""
    row = ENTITY_TYPES[kind[0]]
    return next((sub for sub in row.subtypes if sub.name == kind[1]), row)


def id_of(kind: Kind) -> str:
    """Return the id of a type: the local name of its class.

    >>> id_of(("ORG", "union"))
    'TradeUnion'
    """
    return row_of(kind).rdf_class.partition(":")[2]


def described(kind: Kind, language: Language) -> Json:
    """Return a type as answers have it: id, name, description, and the broader one if there is one."""
    row = row_of(kind)
    told: Json = {
        "id": id_of(kind),
        "name": row.zh if language == "zh" else row.en,
        "description": row.definition_zh if language == "zh" else row.definition_en,
    }
    if kind[1] is not None:
        told["broader"] = [brief((kind[0], None), language)]
    return told


def brief(kind: Kind, language: Language) -> Json:
    """Return a type with its id and name alone."""
    row = row_of(kind)
    return {"id": id_of(kind), "name": row.zh if language == "zh" else row.en}
