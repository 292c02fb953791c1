from __future__ import annotations

import math
import os
import subprocess
import sys

import networkx as nx
import pytest

from tests.viz.world import CITY, FEDERATION, large_world, small_world
from unionkg.viz.layout import layout

PRINT_PLACES = """
from tests.viz.world import large_world
from unionkg.viz.layout import layout
print(sorted(layout(large_world(150)).places.items()))
"""


def test_places_do_not_depend_on_the_order_in_which_the_graph_was_filled() -> None:
    graph = small_world()
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for start, end, key, data in reversed(list(graph.edges(keys=True, data=True))):
        turned.add_edge(start, end, key, **data)
    assert layout(turned).places == layout(graph).places


def test_places_are_the_same_in_processes_with_other_hash_seeds() -> None:
    def run(seed: str) -> str:
        environment = os.environ | {"PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", PRINT_PLACES], env=environment, check=True, capture_output=True, text=True
        ).stdout

    assert run("1") == run("2")


@pytest.mark.parametrize("size", [0, 1, 2, 5])
def test_small_graphs_have_places(size: int) -> None:
    assert len(layout(large_world(size)).places) == size


def test_no_two_nodes_stand_on_each_other() -> None:
    places = list(layout(large_world(300)).places.values())
    nearest = min(math.dist(one, other) for number, one in enumerate(places) for other in places[:number])
    assert nearest > 25


def test_linked_nodes_stand_closer_than_others() -> None:
    graph = large_world(300)
    places = layout(graph).places
    linked = [math.dist(places[one], places[other]) for one, other in graph.edges()]
    everyone = [
        math.dist(one, other) for number, one in enumerate(places.values()) for other in list(places.values())[:number]
    ]
    assert sum(linked) / len(linked) < 0.75 * sum(everyone) / len(everyone)


def test_nodes_without_links_do_not_push_the_others_out() -> None:
    graph = small_world()
    alone = layout(graph).places
    for number in range(40):
        graph.add_node(
            f"con-{number:016x}", type="CONCEPT", name=f"理念{number}", aliases=[], pinyin="", documents=[], mentions=1
        )
    among = layout(graph).places
    assert math.isclose(math.dist(alone[FEDERATION], alone[CITY]), math.dist(among[FEDERATION], among[CITY]), abs_tol=3)
