"""Which entities belong together: groups that are linked more among themselves than with others."""

from __future__ import annotations

import networkx as nx

from unionkg.errors import InvalidOption
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.links import facts_by_pair, weight


def communities(
    graph: KnowledgeGraph, *, seed: int = 0, resolution: float = 1.0, planned: bool = False
) -> list[list[str]]:
    """Return the communities, largest first, each with its best-linked members first.

    Louvain, as NetworkX has it: Blondel and others, "Fast unfolding of communities in large networks", J. Stat. Mech. 2008,
    doi:10.1088/1742-5468/2008/10/P10008. An edge weighs the sum of the confidence of its facts; a member is well linked
    by the weight of its edges inside. A higher `resolution` gives more and smaller communities. Entities without a link are
    in none. The same graph and `seed` give the same communities in any process. Raises InvalidOption unless `seed` is from 0
    to 2**32 - 1 and `resolution` above 0.
    """
    if not 0 <= seed < 2**32:
        raise InvalidOption(f"the seed is {seed}; accepted are whole numbers from 0 to {2**32 - 1}")
    if not 0 < resolution < float("inf"):
        raise InvalidOption(f"the resolution is {resolution}; accepted are numbers above 0")
    pairs = facts_by_pair(graph, planned=planned)
    names = sorted({name for pair in pairs for name in pair})
    # Numbered, as sets of strings come in another order in each run of Python.
    numbers = {name: number for number, name in enumerate(names)}
    linked: nx.Graph[int] = nx.Graph()
    linked.add_nodes_from(range(len(names)))
    linked.add_weighted_edges_from(
        (numbers[one], numbers[other], weight(graph, facts)) for (one, other), facts in pairs.items()
    )
    if not names:
        return []
    found = nx.community.louvain_communities(linked, weight="weight", resolution=resolution, seed=seed)
    owner = {number: place for place, group in enumerate(found) for number in group}
    inside = dict.fromkeys(owner, 0.0)
    for (one, other), facts in pairs.items():
        ends = numbers[one], numbers[other]
        if owner[ends[0]] == owner[ends[1]]:
            for number in ends:
                inside[number] += weight(graph, facts)
    ordered = [sorted(group, key=lambda number: (-round(inside[number], 6), number)) for group in found]
    ordered.sort(key=lambda group: (-len(group), min(group)))
    return [[names[number] for number in group] for group in ordered]
