from __future__ import annotations

from pathlib import Path

import networkx as nx

from tests.exports.world import CHAIR, COURIERS, HOLDS, PLANNED, PROGRAMME, UNION, shuffled, world
from tests.graph.linked import linked, sentence
from unionkg.graph.links import clearest, facts_by_pair, simple_graph, strongest_first


def test_facts_between_two_entities_stand_together_whichever_way_they_run() -> None:
    graph = linked([("b", "a"), ("a", "b"), ("b", "c"), ("c", "c")])
    assert {pair: [edge[:2] for edge in facts] for pair, facts in facts_by_pair(graph).items()} == {
        ("a", "b"): [("b", "a"), ("a", "b")],
        ("b", "c"): [("b", "c")],
    }


def test_a_planned_fact_is_a_link_only_where_it_is_asked_for() -> None:
    assert (PROGRAMME, UNION) not in facts_by_pair(world())
    assert facts_by_pair(world(), planned=True)[UNION, PROGRAMME] == [(UNION, PROGRAMME, PLANNED)]


def test_the_order_in_which_a_graph_was_made_makes_no_difference() -> None:
    graph, other = world(), shuffled(world(), 7)
    assert list(facts_by_pair(graph).items()) == list(facts_by_pair(other).items())
    for one, two in (
        (simple_graph(graph), simple_graph(other)),
        (simple_graph(graph, directed=True), simple_graph(other, directed=True)),
    ):
        assert list(one.nodes(data=True)) == list(two.nodes(data=True))
        assert list(one.edges(data=True)) == list(two.edges(data=True))


def test_strong_facts_come_first() -> None:
    graph = linked(
        [
            ("a", "b", {"confidence": 0.99}),
            ("a", "b", {"sources": 2, "confidence": 0.5}),
            ("a", "b", {"evidence": [sentence(start=9)]}),
            ("a", "b", {"evidence": [sentence(start=8)]}),
        ]
    )
    order = [int(key[-1]) for _, _, key in strongest_first(graph, graph.edges(keys=True))]
    assert order == [1, 0, 3, 2]


def test_the_clearest_sentence_is_whole_unrestored_and_short() -> None:
    short, long = sentence("短句。", start=5), sentence("长得多的一句话。")
    split, restored = sentence("断。", parts=[[0, 1], [2, 3]]), sentence("旧。", restored=True)
    assert clearest([restored, split, long, short]) == short
    assert clearest([restored, split]) == split
    assert clearest([sentence("同。", start=4), sentence("同。", start=2)])["start"] == 2


def test_a_simple_graph_has_weights_and_flat_attributes() -> None:
    simple = simple_graph(world())
    assert type(simple) is nx.Graph
    assert COURIERS in simple
    assert simple.nodes[UNION]["aliases"] == "江海总工会|省总工会"
    assert simple.nodes[UNION]["documents"] == 2
    assert simple.nodes[UNION]["label"] == simple.nodes[UNION]["name"]
    assert simple.edges[CHAIR, UNION] == {"weight": 0.9, "facts": 1, "sources": 1, "types": "holds_post"}


def test_a_directed_simple_graph_runs_from_subject_to_object() -> None:
    graph = linked([("a", "b"), ("a", "b", {"type": "issues", "sources": 3}), ("b", "a", {"confidence": 0.5})])
    simple = simple_graph(graph, directed=True)
    assert type(simple) is nx.DiGraph
    assert simple.edges["a", "b"] == {"weight": 1.8, "facts": 2, "sources": 3, "types": "issues|partners_with"}
    assert simple.edges["b", "a"]["weight"] == 0.5
    assert simple_graph(graph).edges["a", "b"]["weight"] == 2.3


def test_a_simple_graph_is_written_in_the_formats_of_networkx(tmp_path: Path) -> None:
    simple = simple_graph(world())
    nx.write_graphml(simple, tmp_path / "graph.graphml")
    nx.write_gexf(simple, tmp_path / "graph.gexf")
    assert nx.read_graphml(tmp_path / "graph.graphml").nodes[UNION] == simple.nodes[UNION]
    assert nx.read_gexf(tmp_path / "graph.gexf").nodes[UNION] == simple.nodes[UNION]


def test_the_graph_itself_is_what_networkx_expects() -> None:
    graph = world()
    assert nx.shortest_path(graph.to_undirected(as_view=True), CHAIR, PROGRAMME) == [CHAIR, UNION, PROGRAMME]
    assert {key for *_, key in graph.subgraph([CHAIR, UNION]).edges(keys=True)} == {HOLDS}
    assert nx.number_weakly_connected_components(graph) == 2
