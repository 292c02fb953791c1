"""Which entities stand out: by PageRank, by how many others they are linked with, by how many articles name them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from unionkg.errors import InvalidOption
from unionkg.graph.attributes import KnowledgeGraph, documents, nodes
from unionkg.graph.links import facts_by_pair, weight
from unionkg.graph.schema import ENTITY_TYPES

DAMPING = 0.85
TOLERANCE = 1e-10  # of the sum of all changes in a round
ROUNDS = 200  # 0.85 ** 200 is below 1e-14


def pagerank(graph: KnowledgeGraph, *, planned: bool = False) -> dict[str, float]:
    """Return the PageRank of each entity, in order of ids; all of them add up to 1.

    Brin and Page, "The Anatomy of a Large-Scale Hypertextual Web Search Engine", Computer Networks and ISDN Systems 30,
    1998, doi:10.1016/S0169-7552(98)00110-X. Ours runs on the undirected graph, as TextRank does (Mihalcea and Tarau,
    EMNLP 2004): which end of a fact is its subject is a matter of wording, and along the direction all rank would gather
    in places and groups of workers, which are hardly ever subjects. An edge weighs the sum of the confidence of its facts; a
    fact counts once, however many sources it has. Entities without a link give their rank to all.
    """
    names = sorted(graph)
    if not names:
        return {}
    numbers = {name: number for number, name in enumerate(names)}
    pairs = facts_by_pair(graph, planned=planned)
    ends = np.array([(numbers[one], numbers[other]) for one, other in pairs], dtype=np.intp).reshape(-1, 2)
    weights = np.array([weight(graph, facts) for facts in pairs.values()] * 2)
    sources, targets = np.concatenate((ends, ends[:, ::-1])).T
    strengths = np.bincount(sources, weights, minlength=len(names))
    shares = weights / strengths[sources]
    lone = strengths == 0.0
    rank = np.full(len(names), 1.0 / len(names))
    for _ in range(ROUNDS):
        flow = np.bincount(targets, rank[sources] * shares, minlength=len(names)) + rank[lone].sum() / len(names)
        previous, rank = rank, DAMPING * flow + (1.0 - DAMPING) / len(names)
        if np.abs(rank - previous).sum() < TOLERANCE:
            break
    return dict(zip(names, rank.tolist(), strict=True))


def degree(graph: KnowledgeGraph, *, planned: bool = False) -> dict[str, float]:
    """Return with how many others facts link each entity, in order of ids."""
    degrees = dict.fromkeys(sorted(graph), 0.0)
    for pair in facts_by_pair(graph, planned=planned):
        for node in pair:
            degrees[node] += 1
    return degrees


def articles(graph: KnowledgeGraph, *, planned: bool = False) -> dict[str, float]:
    """Return how many documents name each entity, copies of one article counted once, in order of ids.

    `planned` makes no difference.
    """
    cluster_of = {document["id"]: document["cluster"] for document in documents(graph)}
    return {
        node: float(len({cluster_of[document] for document in entity["documents"]})) for node, entity in nodes(graph)
    }


MEASURES: dict[str, Callable[..., dict[str, float]]] = {"pagerank": pagerank, "degree": degree, "documents": articles}


def rank(
    graph: KnowledgeGraph,
    by: str = "pagerank",
    *,
    type: str | None = None,
    subtype: str | None = None,
    planned: bool = False,
) -> list[tuple[str, float]]:
    """Return the entities with their scores, the highest first; of equals those of most documents, then by id.

    `by` is one of MEASURES. `type` and `subtype` choose what is listed, not what is counted. Planned facts count only if
    `planned`. Raises InvalidOption for a measure, a type or a subtype that there is not.
    """
    subtypes = {
        each.name: None for kind in ENTITY_TYPES.values() if type in (None, kind.name) for each in kind.subtypes
    }
    for name, value, accepted in (
        ("measure", by, MEASURES),
        ("type", type, ENTITY_TYPES),
        ("subtype", subtype, subtypes),
    ):
        if value is not None and value not in accepted:
            raise InvalidOption(f"unknown {name} {value!r}; accepted: {', '.join(accepted) or 'none'}")
    chosen = [
        (node, entity)
        for node, entity in nodes(graph)
        if type in (None, entity["type"]) and subtype in (None, entity.get("subtype"))
    ]
    # Rounded, so that the last bit does not order what is equal.
    scores = {node: round(score, 12) for node, score in MEASURES[by](graph, planned=planned).items()}
    chosen.sort(key=lambda row: (-scores[row[0]], -len(row[1]["documents"]), row[0]))
    return [(node, scores[node]) for node, _ in chosen]
