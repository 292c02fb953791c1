"""The contents of a graph are given in the order of their ids."""

from __future__ import annotations

import networkx as nx

from unionkg.graph.attributes import KnowledgeGraph, documents, edges, nodes, outcomes


def graph_of(names: str) -> KnowledgeGraph:
    """Return a graph whose nodes, edges, documents and figures are entered in the order of `names`."""
    graph: KnowledgeGraph = nx.MultiDiGraph(documents=[{"id": "a"}, {"id": "b"}], outcomes=[{"id": "out-1"}])
    for name in names:
        graph.add_node(f"org-{name}", name=name)
    for name in names:
        graph.add_edge("org-a", "org-b", key=f"fact-{name}", type=name)
        graph.add_edge("org-b", "org-a", key=f"fact-{name}{name}", type=name)
    return graph


def test_nodes_come_in_order_of_their_ids() -> None:
    assert [node for node, _ in nodes(graph_of("cab"))] == ["org-a", "org-b", "org-c"]
    assert [data["name"] for _, data in nodes(graph_of("bca"))] == ["a", "b", "c"]


def test_edges_come_in_order_of_their_keys_whatever_they_tie() -> None:
    expected = ["fact-a", "fact-aa", "fact-b", "fact-bb"]
    assert [key for _, _, key, _ in edges(graph_of("ba"))] == expected
    assert [(start, end) for start, end, *_ in edges(graph_of("ab"))] == [("org-a", "org-b"), ("org-b", "org-a")] * 2


def test_the_values_are_those_of_the_graph() -> None:
    graph = graph_of("ab")
    assert nodes(graph)[0][1] is graph.nodes["org-a"]
    assert edges(graph)[0][3] == graph.edges["org-a", "org-b", "fact-a"]
    assert documents(graph) is graph.graph["documents"]
    assert outcomes(graph) is graph.graph["outcomes"]
