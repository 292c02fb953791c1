from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from networkx.utils import graphs_equal

from tests.exports.parsing import written
from tests.exports.world import hostile_world, shuffled
from unionkg.errors import NotAKnowledgeGraph
from unionkg.exports.graph_json import read, write
from unionkg.graph.attributes import KnowledgeGraph

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = st.recursive(
    st.one_of(TEXT, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)
ATTRIBUTES = st.dictionaries(TEXT, PLAIN, max_size=3)
EDGES = st.lists(st.tuples(TEXT, TEXT, ATTRIBUTES), max_size=6)


def again(graph: KnowledgeGraph, folder: Path) -> KnowledgeGraph:
    (folder / "graph.json").write_bytes(written(lambda stream: write(graph, stream)))
    return read(folder / "graph.json")


def contents(graph: KnowledgeGraph) -> list[Any]:
    """Return all that a graph holds, in order."""
    nodes = [[node, graph.nodes[node]] for node in sorted(graph)]
    edges = [[start, end, key, graph.edges[start, end, key]] for start, end, key in sorted(graph.edges(keys=True))]
    return [graph.graph, nodes, edges]


def exactly(value: Any) -> str:
    """Return a text that tells 1 from 1.0 and from True."""
    if isinstance(value, dict):
        return repr(sorted((key, exactly(each)) for key, each in value.items()))
    return repr([exactly(each) for each in value]) if isinstance(value, list) else repr(value)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ATTRIBUTES, st.dictionaries(TEXT, ATTRIBUTES, max_size=4), EDGES)
def test_any_graph_of_plain_values_comes_back(
    tmp_path: Path,
    about: dict[str, Any],
    nodes: dict[str, dict[str, Any]],
    edges: list[tuple[str, str, dict[str, Any]]],
) -> None:
    graph: KnowledgeGraph = nx.MultiDiGraph()
    graph.graph.update(about)
    for node, attributes in nodes.items():
        graph.add_node(node)
        graph.nodes[node].update(attributes)
    for number, (start, end, attributes) in enumerate(edges):
        graph.add_edge(start, end, f"fact-{number}")
        graph.edges[start, end, f"fact-{number}"].update(attributes)
    back = again(graph, tmp_path)
    assert graphs_equal(graph, back)
    assert exactly(contents(back)) == exactly(contents(graph))


def test_a_hostile_graph_comes_back(tmp_path: Path) -> None:
    assert graphs_equal(again(hostile_world(), tmp_path), hostile_world())


def test_the_order_of_building_leaves_no_trace() -> None:
    one, other = hostile_world(), shuffled(hostile_world(), 1)
    assert written(lambda stream: write(one, stream)) == written(lambda stream: write(other, stream))


@pytest.mark.parametrize("content", [b"", b"{}", b'{"nodes": [], "edges": [["a"]], "attributes": {}}', b"\xff"])
def test_another_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "graph.json").write_bytes(content)
    with pytest.raises(NotAKnowledgeGraph, match=r"graph\.json: not a graph as `unionkg build` writes it"):
        read(tmp_path / "graph.json")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotAKnowledgeGraph, match=r"graph\.json: the graph cannot be read: No such file"):
        read(tmp_path / "graph.json")
