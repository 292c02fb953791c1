from __future__ import annotations

import os
from pathlib import Path

import pytest

from unionkg.exports.drawing import mermaid
from unionkg.graph.schema import ENTITY_TYPES, RELATION_TYPES

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


def test_every_type_is_a_box_and_every_relation_an_arrow() -> None:
    drawn = mermaid()
    for kind in ENTITY_TYPES.values():
        assert f'  {kind.name}["{kind.zh}<br/>{kind.en}"]\n' in drawn
    for relation in RELATION_TYPES.values():
        for start in relation.domain:
            for end in relation.range:
                arrow = next(
                    line
                    for line in drawn.splitlines()
                    if line.startswith(f"  {start} -->") and line.endswith(f"| {end}")
                )
                assert f"{relation.zh} {relation.name}" in arrow


def test_the_drawing_on_the_page_is_the_schema_s() -> None:
    if not PAGE.exists() and not os.environ.get("CI"):
        pytest.skip("docs/ontology.md is not here: the tests run outside a checkout")
    assert PAGE.read_text("utf-8").split("```mermaid\n")[1].split("```")[0] == mermaid()
