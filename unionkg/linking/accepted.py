"""Links that somebody has looked through, as judgements of a ledger.

In a table that linking wrote a person leaves `match` where the two are the same, writes `close` where they are near enough, and
anything else where they are not. One of the two things must be of the graph, by its id or IRI, the other have an IRI outside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple
from urllib.parse import quote

from unionkg.errors import InvalidOption, UnusableTable
from unionkg.graph.ledger import Judgement
from unionkg.graph.web_address import web_address
from unionkg.linking.columns import added_places
from unionkg.linking.tables import Table, text_of

NEARNESS = {"match": "exact", "exact": "exact", "close": "close"}
OPEN = frozenset({"", "review", "none", "no"})
NO_IRI = "the row has no IRI outside the graph"
KNOWN = "the ledger says so already"
NOT_OURS = "neither of its two things is in the graph"


class Accepted(NamedTuple):
    """The judgements, in order of rows, the names of the two things of each, and how many rows gave none, by reason."""

    judgements: list[Judgement]
    labels: list[tuple[str, str]]
    left: Counter[str]


def accepted(
    table: Table,
    columns: dict[str, int],
    known: Collection[str],
    *,
    prefix: str = "",
    who: str = "",
    when: str = "",
) -> Accepted:
    """Return what the table judges to be linked.

    `columns` tell where ids and names stand in the table's own columns, `known` are the ids of the graph; `prefix` stands
    before an id that is no IRI. Raises InvalidOption if linking did not write the table, or it has no column of ids, and
    UnusableTable naming the row for a decision that is none.
    """
    groups = added_places(table.headings)
    if not groups:
        raise InvalidOption(
            f"{table.path}: no columns decision, iri, name and reason; accepted: a table that `unionkg link` wrote"
        )
    added = groups[-1]
    if "id" not in columns:
        listed = ", ".join(map(repr, table.headings))
        raise InvalidOption(
            f"{table.path}: no column is known to hold ids; the columns are {listed}; choose one: --id COLUMN"
        )
    found = Accepted([], [], Counter())
    for row in table.rows():
        decision, iri, label, reason = (
            text_of(row.cells[added[name]]).strip() for name in ("decision", "iri", "name", "reason")
        )
        nearness = NEARNESS.get(decision.lower())
        if nearness is None:
            if decision.lower() not in OPEN:
                raise UnusableTable(
                    f"{table.path}, row {row.number}: unknown decision {decision!r}; accepted: match, close, review, none"
                )
            continue
        own = text_of(row.cells[columns["id"]]).strip()
        ours = next((tail for one in (iri, own) if (tail := _tail(one)) in known), None)
        outside = _outside(own if ours == _tail(iri) else iri, prefix)
        if ours is None or outside is None or _tail(outside) in known:
            found.left[NOT_OURS if ours is None else NO_IRI] += 1
            continue
        name = text_of(row.cells[columns["name"]]) if "name" in columns else ""
        found.labels.append((label, name) if ours == _tail(iri) else (name, label))
        found.judgements.append(
            Judgement(judgement="link", subject=ours, object=outside, value=nearness, who=who, when=when, why=reason)
        )
    return found


def _tail(iri: str) -> str:
    return re.split(r"[/#:]", iri)[-1]


def _outside(text: str, prefix: str) -> str | None:
    """Return the IRI of a thing outside, None if it has none."""
    if found := web_address(text):
        return found
    return web_address(prefix + quote(text, safe="")) if prefix and text else None


def new_ones(found: Accepted, known: Iterable[Judgement]) -> Accepted:
    """Return what is accepted, without the links that the judgements already say, and those that come twice."""
    latest = {(one.subject, one.object): one.value for one in known if one.judgement == "link"}
    new = Accepted([], [], found.left.copy())
    for one, labels in zip(found.judgements, found.labels, strict=True):
        if latest.get((one.subject, one.object)) == one.value:
            new.left[KNOWN] += 1
            continue
        latest[one.subject, one.object] = one.value
        new.judgements.append(one)
        new.labels.append(labels)
    return new
