from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import pytest

from tests.exports.world import shuffled
from tests.graph.linked import linked
from unionkg.errors import InvalidOption
from unionkg.graph.communities import communities

NORTH, SOUTH = ("n1", "n2", "n3", "n4", "n5"), ("s1", "s2", "s3", "s4")
BRIDGED = [*combinations(NORTH, 2), *combinations(SOUTH, 2), ("n1", "s1"), ("s3", "tail")]


def test_what_is_densely_linked_belongs_together_the_largest_and_best_linked_first() -> None:
    graph = linked([*BRIDGED, ("s3", "tail", {"confidence": 0.3})], lone=["lone"])
    assert communities(graph) == [["n1", "n2", "n3", "n4", "n5"], ["s3", "s1", "s2", "s4", "tail"]]


def test_a_higher_resolution_gives_smaller_communities() -> None:
    graph = linked(BRIDGED)
    assert len(communities(graph, resolution=0.01)) == 1
    assert len(communities(graph, resolution=4.0)) > 2


def test_planned_facts_link_only_if_asked_for() -> None:
    graph = linked([("a", "b", {"modality": "planned"})])
    assert communities(graph) == []
    assert communities(graph, planned=True) == [["a", "b"]]


RING = [(f"r{number}", f"r{(number * step + 1) % 60}") for number in range(60) for step in (1, 7)]
IN_A_PROCESS = """
from tests.graph.linked import linked
from tests.graph.test_communities import RING
from unionkg.graph.communities import communities
print(communities(linked(RING), seed=3))
"""


def test_the_same_seed_gives_the_same_communities_in_any_process() -> None:
    expected = communities(linked(RING), seed=3)
    assert communities(shuffled(linked(RING), 1), seed=3) == expected
    for hashing in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", IN_A_PROCESS],
            env={"PYTHONHASHSEED": hashing, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == f"{expected}\n"


@pytest.mark.parametrize("options", [{"seed": -1}, {"seed": 2**32}, {"resolution": 0.0}, {"resolution": float("nan")}])
def test_what_is_out_of_range_is_refused(options: dict[str, float]) -> None:
    with pytest.raises(InvalidOption, match="accepted"):
        communities(linked([("a", "b")]), **options)  # type: ignore[arg-type]  # a seed is a whole number
