"""Each row of a table with what it means: candidates, a decision, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from unionkg.errors import InvalidOption
from unionkg.exports.iri import name_of
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.divisions import divisions
from unionkg.graph.readable import Readable, readable
from unionkg.graph.schema import ENTITY_TYPES
from unionkg.linking.columns import COLUMNS
from unionkg.linking.tables import Row, Table, Value, Writer, text_of
from unionkg.matching.candidate import Candidate, Query, decision
from unionkg.matching.context import type_meant
from unionkg.matching.index import Index
from unionkg.matching.search import candidates

DECISIONS = ("match", "review", "none")
BATCH = 100  # rows that are asked for together
LIMIT = 5

Search: TypeAlias = Callable[[Sequence[Query]], list[list["Found"]]]
"""Gives for each query what it may mean, the best first."""


class Found(NamedTuple):
    """A candidate, and the IRI that it goes by."""

    candidate: Candidate
    iri: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A row, what was asked for it, what it may mean, the best first, and the decision."""

    row: Row
    query: Query
    found: list[Found]

    @property
    def decision(self) -> str:
        """Whether the row is a `match`, is to `review`, or means `none`."""
        return decision([one.candidate for one in self.found])

    def added(self, language: str) -> tuple[Value, ...]:
        """Return the cells of the columns that are added; reasons are told in this language, `zh` or `en`."""
        told = self.decision
        if told == "none":
            nothing = "未找到" if language == "zh" else "nothing fits"
            return (told, "", "", "", self.found[0].candidate.told(language) if self.found else nothing, "")
        first, *others = self.found
        best = first.candidate
        further = " | ".join(
            f"{one.candidate.name} <{one.iri}> {one.candidate.score:.0f}" for one in others if one.candidate.score >= 50
        )
        return told, first.iri, best.name, round(best.score), best.told(language), further


@dataclass(slots=True)
class Summary:
    """How many rows there were, and what became of them."""

    rows: int = 0
    decisions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DECISIONS, 0))

    def count(self, linked: Linked) -> None:
        """Count one row."""
        self.rows += 1
        self.decisions[linked.decision] += 1


def link(table: Table, columns: Mapping[str, int], search: Search, kind: str = "") -> Iterator[Linked]:
    """Yield each row of the table with what it may mean.

    `columns` tell where the fields of a query stand; `kind` is the type of all rows that name none of their own.
    """
    rows = table.rows()
    while batch := list(islice(rows, BATCH)):
        queries = [query_of(row, columns, kind) for row in batch]
        yield from map(Linked, batch, queries, search(queries))


def in_graph(index: Index, base: str) -> Search:
    """Return what searches a graph, whose entities have IRIs that open with `base`."""

    def search(queries: Sequence[Query]) -> list[list[Found]]:
        return [[Found(one, base + name_of(one.id)) for one in candidates(index, query, LIMIT)] for query in queries]

    return search


def known_type(word: str) -> tuple[str | None, str | None]:
    """Return the type and subtype that a word stands for, None for all where there is no word.

    Raises InvalidOption for a word that stands for none.

    >>> known_type("工会"), known_type("")
    (('ORG', 'union'), (None, None))
    """
    meant = type_meant(word) if word.strip() else (None, None)
    if meant is None:
        accepted = ", ".join(ENTITY_TYPES)
        raise InvalidOption(
            f"{word!r} is no type; accepted: {accepted}, one of their subtypes, or a word for one such as 工会"
        )
    return meant


def entities(graph: KnowledgeGraph | Readable, base: str, kind: str = "") -> Table:
    """Return the entities of a graph as a table, those of one type if one is given, to be asked for at a service.

    Raises InvalidOption for a type that there is not.
    """
    type, subtype = known_type(kind)

    def rows() -> Iterator[Row]:
        for number, (node, one) in enumerate(readable(graph).nodes(), 1):
            if type in {None, one["type"]} and subtype in {None, one.get("subtype")}:
                province = divisions().province_of(one["code"]) if "code" in one else None
                cells = (
                    base + name_of(node),
                    one["type"],
                    one.get("subtype", ""),
                    one["name"],
                    province.name if province else "",
                )
                yield Row(number, cells)

    return Table(Path(), "csv", ("id", "type", "subtype", "name", "province"), rows)


def query_of(row: Row, columns: Mapping[str, int], kind: str = "") -> Query:
    """Return what a row asks for."""
    told = {name: text_of(row.cells[columns[name]]).strip() for name in COLUMNS if name in columns}
    return Query(**{**told, "type": told.get("type") or kind})


def write_linked(
    found: Iterable[Linked],
    writer: AbstractContextManager[Writer],
    language: str,
    also: Sequence[AbstractContextManager[Callable[[Linked], None]]] = (),
) -> Summary:
    """Write the rows with what was found for each, hand each on to those of `also`, and return how many there were."""
    summary = Summary()
    with ExitStack() as stack:
        write = stack.enter_context(writer)
        others = [stack.enter_context(one) for one in also]  # which are done first: a table on standard output is final
        for linked in found:
            write((*linked.row.cells, *linked.added(language)))
            for other in others:
                other(linked)
            summary.count(linked)
    return summary
