from __future__ import annotations

import pytest

from tests.exports.parsing import written
from tests.exports.world import world
from unionkg.errors import UnknownFormatName
from unionkg.exports.formats import FORMATS, format_named
from unionkg.exports.iri import BASE

STORED = {
    "nt": ("graph.nt", ".nt", "application/n-triples"),
    "ttl": ("graph.ttl", ".ttl", "text/turtle"),
    "ontology": ("ontology.ttl", ".ttl", "text/turtle"),
    "shapes": ("shapes.ttl", ".ttl", "text/turtle"),
    "entities": ("entities.csv", ".csv", "text/csv"),
    "relations": ("relations.csv", ".csv", "text/csv"),
    "outcomes": ("outcomes.csv", ".csv", "text/csv"),
    "documents": ("documents.csv", ".csv", "text/csv"),
    "doubts": ("doubts.csv", ".csv", "text/csv"),
}


def test_the_registry_is_the_stored_list() -> None:
    assert {name: (row.file, row.suffix, row.media_type) for name, row in FORMATS.items()} == STORED
    assert all(row.name == name and row.description for name, row in FORMATS.items())


@pytest.mark.parametrize("name", STORED)
def test_every_format_writes_utf8(name: str) -> None:
    assert written(lambda stream: format_named(name).write(world(), stream, BASE)).decode("utf-8")


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownFormatName) as caught:
        format_named("docx")
    assert str(caught.value) == f"unknown export format 'docx'; accepted: {', '.join(STORED)}"
