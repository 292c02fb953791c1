"""Which documents belong together: pairs of documents that name the same entities.

An entity that everyone names says little, so each weighs its inverse document frequency, log(N / n), where n of the N
articles name it (K. Spärck Jones, A statistical interpretation of term specificity and its application in retrieval,
Journal of Documentation 28 (1972), https://doi.org/10.1108/eb026526). What all name weighs nothing. The weight of a pair is the
sum of those of what both name. Copies of one article are one, under the first of them by id; a judgement of the ledger is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import filterfalse
from math import log
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from unionkg.errors import InvalidOption
from unionkg.graph.attributes import DocumentAttributes, is_judgement
from unionkg.graph.readable import Readable

PARTNERS = 10


class Shared(NamedTuple):
    """Two documents, the first before the other by id, what both name by ids, the weightiest first, and its weight."""

    document: DocumentAttributes
    other: DocumentAttributes
    entities: Sequence[str]
    weight: float


def shared_entities(graph: Readable, partners: int = PARTNERS) -> Iterator[Shared]:
    """Yield the pairs in which one document is among the `partners` of most weight of the other, in order of ids.

    Of partners of equal weight the first by id come first. Pairs of no weight are left out. Memory grows with the number
    of documents and of entities in each, time with the number of pairs of documents that name one entity.
    Raises InvalidOption if `partners` is below 1.
    """
    if partners < 1:
        raise InvalidOption(f"{partners} partners cannot be kept; accepted: a number from 1 on")
    articles, entities = _gathered(graph)
    weights = [log(len(articles) / len(entity.naming)) for entity in entities]
    named: list[list[int]] = [[] for _ in articles]
    for number, entity in enumerate(entities):
        for article in entity.naming:
            named[article].append(number)
    for one, two in _pairs(entities, weights, named, partners):
        both = np.intersect1d(named[one], named[two], assume_unique=True).tolist()
        ids = [entities[number].id for number in sorted(both, key=lambda number: -weights[number])]
        yield Shared(articles[one], articles[two], ids, sum(weights[number] for number in both))


class _Entity(NamedTuple):
    """An entity that some articles name and others do not, with the numbers of those that do."""

    id: str
    naming: npt.NDArray[np.int32]


def _gathered(graph: Readable) -> tuple[list[DocumentAttributes], list[_Entity]]:
    """Return the articles, each by its first document, and the entities that can link them, both in order of ids."""
    articles: list[DocumentAttributes] = []
    number_of: dict[str, int] = {}
    article_of: dict[str, int] = {}
    for document in filterfalse(is_judgement, graph.documents()):
        if document["cluster"] not in number_of:
            number_of[document["cluster"]] = len(articles)
            articles.append(document)
        article_of[document["id"]] = number_of[document["cluster"]]
    entities = []
    for node, entity in graph.nodes():
        naming = sorted({article_of[document] for document in entity["documents"] if document in article_of})
        if 1 < len(naming) < len(articles):
            entities.append(_Entity(node, np.array(naming, np.int32)))
    return articles, entities


def _pairs(
    entities: Sequence[_Entity], weights: Sequence[float], named: Sequence[Sequence[int]], partners: int
) -> list[tuple[int, int]]:
    """Return the pairs of articles in which one is among the best partners of the other, each once, in order."""
    found: set[tuple[int, int]] = set()
    scores = np.zeros(len(named))
    for one, numbers in enumerate(named):
        for number in numbers:
            scores[entities[number].naming] += weights[number]
        scores[one] = 0
        least = np.partition(scores, -partners)[-partners] if partners < len(scores) else 0.0
        near = np.flatnonzero((scores > 0) & (scores >= least))
        best = near[np.lexsort((near, -scores[near]))][:partners]
        found.update((min(one, two), max(one, two)) for two in best.tolist())
        scores[:] = 0
    return sorted(found)
