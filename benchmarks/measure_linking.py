"""Print how well names are linked with the graph: `python -m benchmarks.measure_linking [--half developed|held-out] [--errors]`.

The rows of `benchmarks/linking/rows.tsv`, whose truth is known, are linked with the invented world of
`benchmarks/linking/world.py`. `matched` are the rows that were matched automatically, `right` those of them that mean that entity:
precision is their share. `found` counts the rows that mean an entity of the graph which is among the first three
candidates: recall is their share of all that mean one. `most alike` takes the entity of the name with the best ratio of
rapidfuzz (Bachmann, normalised indel similarity), of the row's type if it has one, and matches from 90 on.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchmarks.linking.rows import HALVES, Row, rows
from benchmarks.linking.world import world
from unionkg.graph.attributes import KnowledgeGraph, nodes
from unionkg.matching.candidate import Query
from unionkg.matching.context import type_meant
from unionkg.matching.index import Index
from unionkg.matching.search import candidates

AMONG = 3
ALIKE = 90.0  # from which on the most alike name is taken for the same

Answer = tuple[list[str], bool]
"""The ids of the first candidates, and whether the first is matched."""


@dataclass(slots=True)
class Score:
    """How many rows there are, mean something, were found, were matched, and were matched right."""

    rows: int = 0
    meant: int = 0
    found: int = 0
    matched: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, row: Row, answer: Answer) -> None:
        """Count one row."""
        ids, is_match = answer
        self.rows += 1
        self.meant += bool(row.truth)
        is_found = bool(row.truth) and row.truth in ids[:AMONG]
        self.found += is_found
        self.matched += is_match
        is_right = is_match and ids[0] == row.truth
        self.right += is_right
        if is_match and not is_right:
            self.wrong.append(_told(row))
        if row.truth and not is_found:
            self.missed.append(_told(row))

    def __str__(self) -> str:
        precision = f"{self.right / self.matched:.4f}" if self.matched else "-"
        recall = f"{self.found / self.meant:.4f}" if self.meant else "-"
        share = f"{self.right / self.meant:.4f}" if self.meant else "-"
        return f"{self.rows:>6}{self.meant:>7}{self.matched:>9}{self.right:>7}{precision:>11}{recall:>11}{share:>11}"


def main() -> None:
    """Parse the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=[half.replace(" ", "-") for half in HALVES], help="only these rows")
    parser.add_argument("--errors", action="store_true", help="list what is wrong and what is missed")
    options = parser.parse_args()
    graph = world()
    asked = [row for row in rows(graph) if options.half in {None, row.half.replace(" ", "-")}]
    index = Index(graph)
    print(f"{len(index):,} entities")
    for name, answer in (("by grammar", by_grammar(index)), ("most alike", most_alike(graph))):
        print(f"\n{name:<20}  rows  meant  matched  right  precision  recall@{AMONG}  automatic")
        for half in HALVES:
            here = [row for row in asked if row.half == half]
            for kind, score in sorted(scored(here, answer).items()):
                print(f"  {kind:<18}{score}")
            if here:
                total = scored(here, answer, lambda row: row.half)[half]
                print(f"{half:<20}{total}")
                if options.errors and name == "by grammar":
                    print(*(f"  wrong  {each}" for each in total.wrong), sep="\n")
                    print(*(f"  missed {each}" for each in total.missed), sep="\n")


def scored(
    asked: Iterable[Row], answer: Callable[[Row], Answer], group: Callable[[Row], str] = lambda row: row.kind
) -> dict[str, Score]:
    """Return the scores of the rows by group."""
    scores: dict[str, Score] = defaultdict(Score)
    for row in asked:
        scores[group(row)].add(row, answer(row))
    return scores


def by_grammar(index: Index) -> Callable[[Row], Answer]:
    """Return what unionkg answers."""

    def answer(row: Row) -> Answer:
        found = candidates(index, Query(**row.cells))
        return [one.id for one in found], bool(found) and found[0].match

    return answer


def most_alike(graph: KnowledgeGraph) -> Callable[[Row], Answer]:
    """Return what the best ratio answers."""
    from rapidfuzz import fuzz, process

    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for node, entity in nodes(graph):
        for form in (entity["name"], *entity["aliases"]):
            names[form].append((node, entity["type"]))
    by_type: dict[str | None, list[str]] = defaultdict(list)
    for form, bearers in names.items():
        by_type[None].append(form)
        for kind in dict(Counter(kind for _, kind in bearers)):
            by_type[kind].append(form)

    def answer(row: Row) -> Answer:
        meant = type_meant(row.cells["type"])
        kind = meant[0] if meant else None
        best = process.extract(row.cells["name"], by_type[kind], scorer=fuzz.ratio, limit=AMONG)
        ids = [node for form, _, _ in best for node, type_ in names[form] if kind in {None, type_}]
        return ids, bool(best) and best[0][1] >= ALIKE

    return answer


def _told(row: Row) -> str:
    return f"{row.number} {row.kind}: " + ", ".join(f"{name}={value}" for name, value in row.cells.items() if value)


if __name__ == "__main__":
    main()
