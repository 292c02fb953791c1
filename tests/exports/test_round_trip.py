from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.from_rdf import graph_of
from tests.exports.parsing import rdf
from tests.exports.world import CHAIR, HOSTILE_NAMES, REPORT, UNION, hostile_world, world
from unionkg import KG, build
from unionkg.graph.attributes import KnowledgeGraph, edges, nodes


def plainly(graph: KnowledgeGraph) -> dict[str, Any]:
    """Return all that the graph holds; what has no order in order, editions without their ids."""
    listed = {name: list(values) for name, values in graph.graph.items()}
    listed["editions"] = sorted(
        (edition["narrow"], edition["wide"]) if isinstance(edition, dict) else edition for edition in listed["editions"]
    )
    for document in listed["documents"]:
        for name in ("editors", "correspondents"):
            if name in document:
                document[name] = sorted(document[name])
    return {"nodes": [_sorted(each) for each in nodes(graph)], "edges": edges(graph), **listed}


def _sorted(entity: tuple[str, Any]) -> tuple[str, dict[str, Any]]:
    node, attributes = entity
    return node, {**attributes, "aliases": sorted(attributes["aliases"])}


@pytest.mark.parametrize("make", [world, hostile_world])
def test_the_graph_comes_back_from_its_rdf(make: Any) -> None:
    assert plainly(graph_of(rdf(make(), "nt"))) == plainly(make())


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> KG:
    return build(["examples/corpus"], tmp_path_factory.mktemp("example") / "KG", workers=0)


def test_the_graph_of_the_example_comes_back_from_its_rdf(example: KG) -> None:
    found = graph_of((example.folder / "graph.nt").read_bytes())
    assert plainly(found) == plainly(example.graph)
    assert found.graph["conflicts"] or found.graph["editions"] or found.graph["possible"]


def test_the_graph_of_real_documents_comes_back_from_its_rdf(shared: Path, tmp_path: Path) -> None:
    from unionkg.nlp.extract import Options

    kg = build([shared / "dev" / "docs"], tmp_path / "KG", options=Options(ner="rules"), workers=0)
    assert plainly(graph_of((kg.folder / "graph.nt").read_bytes())) == plainly(kg.graph)


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters=[chr(code) for code in range(32)]), min_size=1)


@settings(max_examples=60, deadline=None)
@given(
    name=_TEXTS,
    matched=st.lists(_TEXTS | st.sampled_from(["a|b", "\\", "\\|", ""]), min_size=1, max_size=4),
    role=_TEXTS | st.sampled_from(HOSTILE_NAMES),
    figure=st.floats(allow_nan=False, allow_infinity=False),
    confidence=st.floats(0, 1),
)
def test_any_value_comes_back(name: str, matched: list[str], role: str, figure: float, confidence: float) -> None:
    from unionkg.exports.literals import plain

    graph = world()
    graph.nodes[UNION].update(name=plain(name), matched=list(map(plain, matched)), aliases=[])
    fact = graph.edges[CHAIR, UNION, "fact-0000000000000001"]
    fact.update(role=plain(role), confidence=confidence)
    graph.graph["outcomes"][0]["value"] = figure + 0.0
    assert REPORT in graph.nodes[UNION]["documents"]
    assert plainly(graph_of(rdf(graph, "nt"))) == plainly(graph)
