"""The API described by OpenAPI 3.1, made of the table of its operations and of the records that they answer with."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec

from unionkg.server.api import OPERATIONS, PROBLEM, Operation
from unionkg.server.forms import JSON
from unionkg.server.records import Problem

_REFERENCE = "#/components/schemas/{name}"


@cache
def openapi(address: str) -> dict[str, Any]:
    """Return the description of the API of a server at this address."""
    types = list(dict.fromkeys([*(one.answer for one in OPERATIONS), Problem]))
    _, components = msgspec.json.schema_components(types, ref_template=_REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "unionkg",
            "version": version("unionkg"),
            "description": "A knowledge graph of trade unions: what its pages show, as JSON. It only reads.",
        },
        "servers": [{"url": address}],
        "paths": {one.path: {"get": _described(one)} for one in OPERATIONS},
        "components": {"schemas": components},
    }


def _described(operation: Operation) -> dict[str, Any]:
    told = [
        {
            "name": one.name,
            "in": "path" if one.is_in_path else "query",
            "description": one.description,
            "required": one.is_required,
            "schema": dict(one.schema),
        }
        for one in operation.parameters
    ]
    if operation.is_open:
        told.append(
            {
                "name": "parameters",
                "in": "query",
                "description": "The parameters of the question, each by its name.",
                "style": "form",
                "explode": True,
                "schema": {"type": "object", "additionalProperties": {"type": "string"}},
            }
        )
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": told,
        "responses": {
            "200": _answer("The answer.", JSON.media_type, operation.answer.__name__),
            "304": {"description": "The client has it already: its If-None-Match holds the ETag."},
            "default": _answer("Why there is none.", PROBLEM, Problem.__name__),
        },
    }


def _answer(description: str, media_type: str, name: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {media_type: {"schema": {"$ref": _REFERENCE.format(name=name)}}},
    }
