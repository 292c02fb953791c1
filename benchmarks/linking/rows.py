"""The rows to link with the invented world, and which entity each truly means.

`rows.tsv` was written before there was code to link tables with. `kind` is the difficulty. `truth` is the name of the entity
(behind `PLACE:` for a place), for a person with the body of the post, for a company with the first digits of its province; it is empty
where the world has no such thing, or the row does not tell which it is. An `id` that opens with `=` is that of an entity.
Rows of odd number are to develop with, the others are held out.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from unionkg.graph.attributes import KnowledgeGraph, edges, nodes

ROWS = Path(__file__).parent / "rows.tsv"
HALVES = ("developed", "held out")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number from 1, its difficulty, its cells by column, and the id of what it means, "" for none."""

    number: int
    kind: str
    cells: dict[str, str]
    truth: str

    @property
    def half(self) -> str:
        """The half of the rows that it belongs to."""
        return HALVES[1 - self.number % 2]


def rows(graph: KnowledgeGraph) -> list[Row]:
    """Return the rows with the ids that the truth has in the graph."""
    known = _by_truth(graph)
    with ROWS.open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream, delimiter="\t"))
    found = []
    for number, cells in enumerate(table, 1):
        kind, truth = cells.pop("kind"), cells.pop("truth")
        if cells["id"].startswith("="):
            cells["id"] = _the_one(known, cells["id"][1:])
        found.append(Row(number, kind, cells, _the_one(known, truth) if truth else ""))
    return found


def _the_one(known: dict[str, list[str]], truth: str) -> str:
    (found,) = known[truth]
    return found


def _by_truth(graph: KnowledgeGraph) -> dict[str, list[str]]:
    """Return the ids of the entities by each way in which the truth may name them."""
    known: dict[str, list[str]] = defaultdict(list)
    for node, entity in nodes(graph):
        name = entity["name"]
        if entity["type"] == "PLACE":
            known[f"PLACE:{name}"].append(node)
        elif entity["type"] != "PERSON":
            known[name].append(node)
            if entity["rule"] == "home":
                known[f"{name}@{entity['matched'][1]}"].append(node)
    for person, body, _, fact in edges(graph):
        if fact["type"] == "holds_post":
            known[f"{graph.nodes[person]['name']}@{graph.nodes[body]['name']}"].append(person)
    return known
