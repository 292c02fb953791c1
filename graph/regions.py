"""The province that each entity belongs to, also where its name does not say so."""

from __future__ import annotations

from collections import Counter, defaultdict

from unionkg.graph.attributes import KnowledgeGraph, edges, nodes
from unionkg.graph.provinces import province_code


def provinces_of(graph: KnowledgeGraph) -> dict[str, str]:
    """Return the first two digits of the code of the province that each entity belongs to, in order of ids.

    That is the province of its own code, else the one in which more than half of those lie that its facts link it with:
    of those with a code of their own, and if these give none, of all that have a province by then. An entity for which
    that gives none is left out: what belongs to the whole country, and what is said of several provinces. `tallies` and
    the report go by codes alone, so that nothing is counted twice.
    """
    found = {node: code for node, entity in nodes(graph) if (code := province_code(entity.get("code")))}
    linked: dict[str, set[str]] = defaultdict(set)
    for start, end, _, _ in edges(graph):
        linked[start].add(end)
        linked[end].add(start)
    coded = {node for node, entity in nodes(graph) if entity.get("code")}
    for known in (dict(found), found):
        votes = {node: Counter(known[other] for other in linked[node] if other in known) for node in linked}
        for node in sorted(linked.keys() - coded - found.keys()):
            if votes[node]:
                code, most = min(votes[node].items(), key=lambda vote: (-vote[1], vote[0]))
                if 2 * most > votes[node].total():
                    found[node] = code
    return dict(sorted(found.items()))
