from __future__ import annotations

import os
import re
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import RDF

from tests.exports.parsing import parsed, ukg, written
from unionkg.exports.iri import role_name
from unionkg.exports.ontology import write_ontology
from unionkg.exports.shapes import write_shapes
from unionkg.graph.schema import PREFIXES

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


@pytest.fixture(scope="module")
def page() -> str:
    if not PAGE.exists() and not os.environ.get("CI"):
        pytest.skip("docs/ontology.md is not here: the tests run outside a checkout")
    return PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def example(page: str) -> rdflib.Graph:
    return parsed("".join(part.split("```")[0] for part in page.split("```turtle\n")[1:]).encode())


def test_the_example_conforms_to_the_shapes(example: rdflib.Graph) -> None:
    conforms, _, text = pyshacl.validate(example, shacl_graph=parsed(written(write_shapes)))
    assert conforms, text
    assert f"kg:{role_name('主席')} a org:Role" in PAGE.read_text("utf-8")


def test_the_query_answers_on_the_example(page: str, example: rdflib.Graph) -> None:
    rows = example.query(page.split("```sparql\n")[1].split("```")[0], initNs=PREFIXES)
    assert [[str(cell) for cell in row] for row in rows] == [  # type: ignore[union-attr]  # rdflib: rows of SELECT
        ["方砚秋", "云麓省总工会", "云麓省总工会主席方砚秋表示，今年将开展‘晨光课堂’。", "page.html"]
    ]


def test_every_term_of_ours_on_the_page_is_in_the_ontology(page: str) -> None:
    named = {ukg(name) for name in re.findall(r"\bukg:(\w+)", page)}
    assert named <= set(parsed(written(write_ontology)).subjects(RDF.type))


def test_the_table_of_prefixes_is_the_schema_s(page: str) -> None:
    assert dict(re.findall(r"^\| `(\w+)` \| `(\S+)` \|", page, re.MULTILINE)) == PREFIXES
