"""What is said around an entity: its facts by relation and direction, and those of the entities that they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from unionkg.errors import InvalidOption, UnknownEntity
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.links import Edge, strongest_first
from unionkg.graph.schema import RELATION_TYPES


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one relation around one entity, the `centre`, strongest first.

    The centre is their subject if `is_outward`, else their object. `distance` is 1 around the entity that was asked for, 2
    around those that are linked with it. `left_out` counts the facts beyond the limit.
    """

    distance: int
    centre: str
    relation: str
    is_outward: bool
    facts: tuple[Edge, ...]
    left_out: int


def neighbours(
    graph: KnowledgeGraph, node: str, *, relation: str | None = None, depth: int = 1, limit: int | None = None
) -> list[Group]:
    """Return the facts around `node`, and if `depth` is above 1 those around the entities that they lead to, and so on.

    Groups are in order of distance, then of their centres as they were met; around one centre in the order of the schema,
    outward before inward. Each fact stands once. With `relation` only facts of that type are told and followed, with
    `limit` only the strongest so many of a group. Planned facts are there too: their `modality` says so. Raises
    UnknownEntity, and InvalidOption if `relation` is none of the schema or a number is below 1.
    """
    if node not in graph:
        raise UnknownEntity(f"no entity has the id {node!r}")
    if relation is not None and relation not in RELATION_TYPES:
        raise InvalidOption(f"unknown relation {relation!r}; accepted: {', '.join(RELATION_TYPES)}")
    for name, number in (("depth", depth), ("limit", limit)):
        if number is not None and number < 1:
            raise InvalidOption(f"{name} is {number}; accepted are whole numbers from 1")
    groups: list[Group] = []
    met = {node}
    told: set[str] = set()
    ring = [node]
    for distance in range(1, depth + 1):
        further: list[str] = []
        for centre in ring:
            around = _facts_around(graph, centre, relation, told)
            for (kind, is_outward), facts in around.items():
                told.update(key for _, _, key in facts)
                shown = strongest_first(graph, facts)[:limit]
                groups.append(Group(distance, centre, kind, is_outward, tuple(shown), len(facts) - len(shown)))
                for subject, end, _ in shown:
                    other = end if is_outward else subject
                    if other not in met:
                        met.add(other)
                        further.append(other)
        ring = further
    return groups


def _facts_around(
    graph: KnowledgeGraph, centre: str, relation: str | None, told: set[str]
) -> Mapping[tuple[str, bool], list[Edge]]:
    """Return the facts by relation and direction, but those that are `told` already."""
    found: dict[tuple[str, bool], list[Edge]] = {
        (kind, is_outward): [] for kind in ([relation] if relation else RELATION_TYPES) for is_outward in (True, False)
    }
    directions: tuple[tuple[bool, Iterable[tuple[str, str, str, str]]], ...] = (
        (True, graph.out_edges(centre, keys=True, data="type")),
        (False, graph.in_edges(centre, keys=True, data="type")),
    )
    for is_outward, edges in directions:
        for subject, end, key, kind in edges:
            group = found.get((kind, is_outward))
            if group is not None and key not in told:
                group.append((subject, end, key))
    return {which: facts for which, facts in found.items() if facts}
