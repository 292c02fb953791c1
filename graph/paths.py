"""How two entities are linked: the paths between them, step by step with the facts of each.

In a graph of unions everything is linked through a few hubs, and a path through one says nothing. So passing through an
entity has a price, the logarithm of how many others it is linked with, and the path with the lowest sum is the best
(Ciampaglia and others, "Computational Fact Checking from Knowledge Networks", PLoS ONE 10(6), 2015,
doi:10.1371/journal.pone.0128193, where the same sum measures how near two entities are). The two ends cost nothing.

Further paths are found as by Yen ("Finding the K Shortest Loopless Paths in a Network", Management Science 17(11), 1971,
doi:10.1287/mnsc.17.11.712). NetworkX has his algorithm, but without a limit of length, without which light paths
meander.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from unionkg.errors import InvalidOption, UnknownEntity
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.links import Edge, fact_of, facts_by_pair, strongest_first

MAX_LENGTH = 6
PRICE_UNIT = 1000  # prices are whole numbers, so that equal sums are equal on any processor

# Paths are compared by this: their price (or with `shortest` their length), then their length (their price), the doubt
# about their facts, and their nodes.
_Cost: TypeAlias = tuple[int, int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Path:
    """A way from the first of `nodes` to the last. `steps[i]` has the facts between `nodes[i]` and `nodes[i + 1]`.

    The facts of a step run either way, the strongest first.
    """

    nodes: tuple[str, ...]
    steps: tuple[tuple[Edge, ...], ...]


def paths(
    graph: KnowledgeGraph,
    start: str,
    end: str,
    *,
    count: int = 1,
    max_length: int = MAX_LENGTH,
    planned: bool = False,
    shortest: bool = False,
) -> list[Path]:
    """Return the best paths from `start` to `end`, at most `count` of at most `max_length` steps, the best first.

    Facts are followed either way; planned ones only if `planned`. No path passes an entity twice. With `shortest` the
    fewest steps count before the price. Of equal paths the one about whose facts there is less doubt is better (a step's
    doubt is that of its surest fact), then the one whose ids come first. Raises UnknownEntity if an end is no id of the
    graph, and InvalidOption if both are the same or a number is below 1.
    """
    for node in (start, end):
        if node not in graph:
            raise UnknownEntity(f"no entity has the id {node!r}")
    if start == end:
        raise InvalidOption(f"both ends of the path are {start!r}; accepted: two different entities")
    for name, number in (("count", count), ("max_length", max_length)):
        if number < 1:
            raise InvalidOption(f"{name} is {number}; accepted are whole numbers from 1")
    pairs = facts_by_pair(graph, planned=planned)
    search = _Search(_doubts(graph, pairs), end, max_length, shortest)
    return [
        Path(
            nodes,
            tuple(
                tuple(strongest_first(graph, pairs[min(here, there), max(here, there)]))
                for here, there in pairwise(nodes)
            ),
        )
        for nodes in search.best(start, count)
    ]


def _doubts(graph: KnowledgeGraph, pairs: Mapping[tuple[str, str], Sequence[Edge]]) -> dict[str, dict[str, int]]:
    """Return for each entity those it is linked with, and how much doubt there is about the surest fact, in thousandths."""
    doubts: dict[str, dict[str, int]] = {}
    for (one, other), facts in pairs.items():
        doubt = round(1000 * (1 - max(fact_of(graph, edge)["confidence"] for edge in facts)))
        doubts.setdefault(one, {})[other] = doubt
        doubts.setdefault(other, {})[one] = doubt
    return doubts


class _Search:
    """The search for paths to one end. `links` has the doubt about each link, both ways."""

    def __init__(self, links: Mapping[str, Mapping[str, int]], end: str, max_length: int, shortest: bool) -> None:
        self.links = links
        self.end = end
        self.max_length = max_length
        self.shortest = shortest
        self.prices = {node: round(PRICE_UNIT * math.log(len(others))) for node, others in links.items()}
        self.distances = self._distances()

    def best(self, start: str, count: int) -> list[tuple[str, ...]]:
        """Return the best paths (Yen): each further one leaves an earlier one somewhere and goes on by another link."""
        first = self.extended((start,), ())
        candidates = {first} if first else set()
        found: list[tuple[str, ...]] = []
        while candidates and len(found) < count:
            best = min(candidates)
            candidates.remove(best)
            path = best[-1]
            found.append(path)
            for length in range(1, len(path)):
                root = path[:length]
                taken = {other[length] for other in found if other[:length] == root}
                candidate = self.extended(root, taken)
                if candidate:
                    candidates.add(candidate)
        return found

    def extended(self, root: tuple[str, ...], taken: Collection[str]) -> _Cost | None:
        """Return the best path to the end that begins with `root` and goes on to none of `taken`; None if there is none.

        Labels are settled in order of cost (Dijkstra). One that reaches an entity later than another did, and with no
        fewer steps, cannot be part of the best path.
        """
        fewest = dict.fromkeys(root[:-1], 0)
        waiting = [self._cost(root)]
        while waiting:
            cost = heapq.heappop(waiting)
            path = cost[-1]
            if path[-1] == self.end:
                return cost
            steps = len(path) - 1
            if fewest.get(path[-1], steps + 1) <= steps:
                continue
            fewest[path[-1]] = steps
            for other in self.links.get(path[-1], ()):
                allowed = path is not root or other not in taken
                near = steps + 1 + self.distances.get(other, self.max_length) <= self.max_length
                if allowed and near and fewest.get(other, steps + 2) > steps + 1:
                    heapq.heappush(waiting, self._cost((*path, other)))
        return None

    def _cost(self, path: tuple[str, ...]) -> _Cost:
        price = sum(self.prices[node] for node in path[1:-1])
        doubt = sum(self.links[here][there] for here, there in pairwise(path))
        length = len(path) - 1
        return (length, price, doubt, path) if self.shortest else (price, length, doubt, path)

    def _distances(self) -> dict[str, int]:
        """Return how many steps each entity is from the end, those that are too far left out."""
        distances = {self.end: 0}
        ring = [self.end]
        for distance in range(1, self.max_length + 1):
            reached = dict.fromkeys(other for node in ring for other in self.links.get(node, ()))
            ring = [other for other in reached if other not in distances]
            distances.update(dict.fromkeys(ring, distance))
        return distances
