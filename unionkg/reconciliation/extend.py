"""Columns that a client fetches for entities: which properties there are, and their values."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from unionkg.errors import InvalidRequest, RequestTooLarge
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.reconciliation.kinds import brief, kind_of
from unionkg.reconciliation.properties import PROPERTIES, Property, Thing, Value, property_of
from unionkg.reconciliation.request import Json, read, shown, whole
from unionkg.reconciliation.suggest import told_of

MOST_IDS = 1000  # in one request
MOST_PROPERTIES = 100
CONTENTS = ("id", "literal")
SETTINGS = {
    "limit": ("上限", "Limit", "每行最多几个值，0 为不限", "the most values of a row; 0 for all"),
    "content": (
        "内容",
        "Content",
        "实体作为已核对的单元格，或仅用名称",
        "entities as reconciled cells, or by their names",
    ),
}
"""The settings of a property: label and help in Chinese and English."""


class _Property(msgspec.Struct):
    id: str
    settings: dict[str, Any] = {}


class _Extension(msgspec.Struct):
    ids: list[str]
    properties: list[_Property]


def propose_properties(catalogue: Catalogue, type: str = "", limit: str | int = 0) -> Json:
    """Return the properties that entities of a type have, at most `limit` if that is not 0.

    Without a type, or for one that there is not, these are the properties that entities of all types have. Raises
    InvalidRequest if the limit is no number.
    """
    most = whole(limit, "limit", 0)
    kind = kind_of(type)
    found = [
        told_of(catalogue, row)
        for row in PROPERTIES.values()
        if (kind[0] in row.types if kind is not None else row.types == PROPERTIES["id"].types)
    ]
    told: Json = {"type": type} if type else {}
    return told | ({"limit": most} if most else {}) | {"properties": found[: most or None]}


def extend(catalogue: Catalogue, text: str | bytes) -> Json:
    """Return the values of properties for entities, both named in a data extension query, given as JSON.

    `meta` has the properties, `rows` by id and by property the values, the best backed first. Entities and properties that
    there are not have none. Settings of a property are `limit`, and `content`: `id` for entities that the client takes as
    reconciled (the default), `literal` for their names. Raises InvalidRequest for what is no such query, RequestTooLarge for
    one that asks for too many.
    """
    asked = read(text, _Extension, "data extension query")
    for what, count, most in (
        ("ids", len(asked.ids), MOST_IDS),
        ("properties", len(asked.properties), MOST_PROPERTIES),
    ):
        if count > most:
            raise RequestTooLarge(f"the query has {count} {what}; accepted: at most {most}")
    chosen = [(one.id, property_of(one.id), _Settings.of(one)) for one in asked.properties]
    return {
        "meta": [_meta(catalogue, name, row) for name, row, _ in chosen],
        "rows": {
            one: {name: _cells(catalogue, catalogue.node(one), row, settings) for name, row, settings in chosen}
            for one in asked.ids
        },
    }


class _Settings(msgspec.Struct, frozen=True):
    """The settings of one column; `most` is None for all values."""

    most: int | None
    is_literal: bool

    @classmethod
    def of(cls, asked: _Property) -> _Settings:
        """Return the settings that are asked for. Raises InvalidRequest; a name that there is not is passed over."""
        limit, content = asked.settings.get("limit", 0), asked.settings.get("content", CONTENTS[0])
        if not isinstance(limit, str | int | float) or isinstance(limit, bool):
            raise InvalidRequest(f"the limit is {shown(limit)}; accepted: a number")
        if content not in CONTENTS:
            raise InvalidRequest(f"the content is {shown(content)}; accepted: {', '.join(CONTENTS)}")
        return cls(whole(limit, "limit", 0) or None, content == "literal")


def _meta(catalogue: Catalogue, name: str, row: Property | None) -> Json:
    if row is None:
        return {"id": name, "name": name}
    told: Json = {"id": name, "name": row.zh if catalogue.language == "zh" else row.en}
    return told | ({"type": brief(row.range, catalogue.language)} if row.range else {})


def _cells(catalogue: Catalogue, node: str | None, row: Property | None, settings: _Settings) -> list[Json]:
    if node is None or row is None:
        return []
    return [_cell(catalogue, value, settings) for value in row.of(catalogue, node)[: settings.most]]


def _cell(catalogue: Catalogue, value: Value, settings: _Settings) -> Json:
    match value:
        case Thing(node):
            thing = catalogue.thing(node)
            return {"str": thing["name"]} if settings.is_literal else thing
        case str():
            return {"str": value}
        case date():
            return {"date": f"{value.isoformat()}T00:00:00Z"}
        case int():
            return {"int": value}
    return {"float": value}
