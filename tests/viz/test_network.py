from __future__ import annotations

import copy
import json
from pathlib import Path

import networkx as nx
import pytest
from pyvis.network import Network  # type: ignore[import-untyped]  # pyvis carries no types

from tests.viz.page_reader import data_block
from tests.viz.world import CHAIR, CONTEST, FEDERATION, large_world, small_world
from unionkg.errors import InvalidOption
from unionkg.viz.network import network


def test_is_a_pyvis_network_with_every_node_and_a_line_for_each_linked_pair() -> None:
    view = network(small_world())
    assert isinstance(view, Network)
    assert view.num_nodes() == 8
    assert view.get_node(FEDERATION)["label"] == "云海省总工会"
    assert FEDERATION in view.get_adj_list()[CHAIR]
    assert len({frozenset((line["from"], line["to"])) for line in view.edges}) == len(view.edges) == 6


def test_the_graph_is_left_as_it_is() -> None:
    graph = small_world()
    before = copy.deepcopy(graph)
    network(graph)
    assert nx.utils.graphs_equal(before, graph)
    assert before.graph == graph.graph


def test_parallel_facts_are_one_line_with_their_number() -> None:
    line = next(line for line in network(small_world()).edges if line["from"] == CHAIR)
    assert line["facts"] == 2
    assert line["arrows"] == "to"


def test_facts_in_both_directions_give_arrows_at_both_ends() -> None:
    view = network(small_world())
    assert [line["facts"] for line in view.edges if line["arrows"] == "to, from"] == [2]


def test_only_lines_whose_facts_are_all_planned_are_dashed() -> None:
    dashed = [(line["from"], line["to"]) for line in network(small_world()).edges if line["dashes"]]
    assert dashed == [(FEDERATION, CONTEST)]


def test_the_best_linked_node_is_the_largest() -> None:
    sizes = {node["id"]: node["size"] for node in network(small_world()).nodes}
    assert max(sizes, key=lambda node: sizes[node]) == FEDERATION


def test_physics_is_off_until_the_user_turns_it_on() -> None:
    view = network(small_world())
    assert data_block(view.generate_html(), "network")["options"]["physics"]["enabled"] is False
    view.toggle_physics(True)
    assert data_block(view.generate_html(), "network")["options"]["physics"]["enabled"] is True


def test_options_set_by_the_user_reach_the_page() -> None:
    view = network(small_world())
    view.set_options(json.dumps({"nodes": {"font": {"size": 30}}}))
    assert data_block(view.generate_html(), "network")["options"] == {"nodes": {"font": {"size": 30}}}


def test_nodes_changed_by_the_user_reach_the_page() -> None:
    view = network(small_world())
    view.get_node(CHAIR)["color"] = "#123456"
    nodes = {node["id"]: node for node in data_block(view.generate_html(), "network")["nodes"]}
    assert nodes[CHAIR]["color"] == "#123456"


def test_pyvis_writes_the_page_as_utf8_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "graph.html"
    view = network(small_world())
    view.write_html(str(target))
    assert target.read_text(encoding="utf-8") == view.generate_html()
    assert list(tmp_path.iterdir()) == [target]


def test_shows_in_a_notebook_as_a_frame_that_the_page_cannot_leave() -> None:
    markup = network(small_world(), title='"><script>')._repr_html_()
    assert markup.startswith('<iframe srcdoc="&lt;!doctype html&gt;')
    assert markup.count("<") == 2


def test_large_graphs_open_with_the_best_linked_nodes() -> None:
    graph = large_world(500)
    view = network(graph, max_nodes=50)
    assert data_block(view.generate_html(), "knowledge")["first"] == 50
    assert view.num_nodes() == 500


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(InvalidOption, match="max_nodes is 0"):
        network(small_world(), max_nodes=0)
