"""The JSON schemas of the Reconciliation Service API 0.2, to check answers with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

SCHEMAS = {
    "manifest": "manifest",
    "query": "reconciliation-query-batch",
    "result": "reconciliation-result-batch",
    "extension query": "data-extension-query",
    "extension": "data-extension-response",
    "proposal": "data-extension-property-proposal",
    "entities": "suggest-entities-response",
    "properties": "suggest-properties-response",
    "types": "suggest-types-response",
}
"""The names of the schemas, by what the tests call them."""


class Schemas:
    """The schemas of a folder, which refer to one another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        found = {file.stem: json.loads(file.read_text("utf-8")) for file in (folder / "schemas").glob("*.json")}
        registry: Registry[Any] = Registry().with_resources(
            (one["$id"].rstrip("#"), DRAFT7.create_resource(one)) for one in found.values()
        )
        self._validators = {name: Draft7Validator(found[stem], registry=registry) for name, stem in SCHEMAS.items()}

    def errors(self, name: str, answer: object) -> list[str]:
        """What is wrong with an answer, as it is after a way through JSON."""
        content = json.loads(json.dumps(answer, allow_nan=False))
        return [error.message for error in self._validators[name].iter_errors(content)]

    def examples(self, name: str, which: str) -> Iterator[tuple[str, str]]:
        """Yield the published examples of a schema, `valid` or `invalid`, with their file names."""
        for file in sorted((self.folder / "examples" / SCHEMAS[name] / which).glob("*.json")):
            yield file.name, file.read_text("utf-8")
