"""Links that somebody has looked through, as judgements of a ledger.

In a table that linking wrote a person leaves `match` where the two are the same, writes `close` where they are near enough, `none`
where they are not, which takes back a link that there is, and anything else where nothing is decided. One of the two things
must be of the graph, by its id or IRI, the other have an IRI outside.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, TypeAlias
from urllib.parse import quote, unquote

from unionkg.errors import InvalidOption, UnusableTable
from unionkg.exports.iri import BASE, vocabulary
from unionkg.graph.attributes import KnowledgeGraph, nodes
from unionkg.graph.ledger import NO_LINK, Judgement
from unionkg.graph.web_address import web_address
from unionkg.linking.columns import added_places
from unionkg.linking.tables import Table, text_of

VALUES = {"match": "exact", "exact": "exact", "close": "close", "none": NO_LINK, "no": NO_LINK}
"""What a decision judges of a link; all others leave it open."""
OPEN = frozenset({"", "review"})
NO_IRI = "the row has no IRI outside the graph"
NO_ID = "the row's id is neither an IRI nor one that a prefix can stand before: it has a space or a colon"
KNOWN = "the ledger says so already"
AGAIN = "a later row says of the same two things what counts"
NOT_OURS = "neither of its two things is in the graph"
BY_HAND = "chosen by hand"
"""The reason of a link to another candidate than the one that linking put first."""
_NO_PLAIN_ID = re.compile(r"[\s:]")
_OTHER = re.compile(r"(?P<name>.*?) <(?P<iri>[^<>]*)> \d+(?: \| |$)")


class Accepted(NamedTuple):
    """The judgements, in order of rows, the names of the two things of each, and how many rows gave none, by reason.

    `labels` has the name of the graph's entity first.
    """

    judgements: list[Judgement]
    labels: list[tuple[str, str]]
    left: Counter[str]

    def count(self, *values: str) -> int:
        """Return how many of the judgements have one of these values."""
        return sum(one.value in values for one in self.judgements)


def accepted(
    table: Table,
    columns: Mapping[str, int],
    known: Mapping[str, str],
    *,
    base: str = BASE,
    prefix: str = "",
    who: str = "",
    when: str = "",
) -> Accepted:
    """Return what the table judges to be linked, and not to be.

    `columns` tell where ids and names stand in the table's own columns, `known` are the names of the graph's entities by id,
    whose IRIs open with `base`; `prefix` stands before an id that is no IRI. Raises InvalidOption if linking did not write the table, it has no column of
    ids, or the prefix is no IRI, and UnusableTable naming the row for a decision that is none.
    """
    groups = added_places(table.headings)
    if not groups:
        raise InvalidOption(
            f"{table.path}: no columns decision, iri, name and reason; accepted: a table that `unionkg link` wrote"
        )
    if "id" not in columns:
        listed = ", ".join(map(repr, table.headings))
        raise InvalidOption(
            f"{table.path}: no column is known to hold ids; the columns are {listed}; choose one: --id COLUMN"
        )
    if prefix and web_address(prefix) is None:
        raise InvalidOption(f"the prefix {prefix!r} is no IRI; accepted: one that opens with http or https")
    found = Accepted([], [], Counter())
    for row in table.rows():
        told = {name: text_of(row.cells[at]).strip() for name, at in groups[-1].items()}
        decision = told["decision"].lower()
        if decision in OPEN:
            continue
        if decision not in VALUES:
            raise UnusableTable(
                f"{table.path}, row {row.number}: unknown decision {told['decision']!r}; "
                "accepted: match, close, review, none"
            )
        value = VALUES[decision]
        own, label = (text_of(row.cells[columns[name]]).strip() if name in columns else "" for name in ("id", "name"))
        meant, own_meant = (_entity(text, base, known) for text in (told["iri"], own))
        ours, is_own_outside = meant or own_meant, meant is not None
        text = own if is_own_outside else told["iri"]
        outside = _outside(text, prefix)
        if ours is None or outside is None or _entity(outside, base, known):
            if value != NO_LINK:
                is_odd = bool(prefix) and outside is None and _NO_PLAIN_ID.search(text) is not None
                found.left[NOT_OURS if ours is None else NO_ID if is_odd else NO_IRI] += 1
            continue
        name, why = _named_and_why(told, known[ours] if is_own_outside else None)
        why = BY_HAND if value == NO_LINK else why
        found.labels.append((known[ours], label if is_own_outside else name))
        found.judgements.append(
            Judgement(judgement="link", subject=ours, object=outside, value=value, who=who, when=when, why=why)
        )
    return _without_earlier(found)


def _without_earlier(found: Accepted) -> Accepted:
    """Return what is accepted, of rows of the same two things the last one."""
    last = {(one.subject, one.object): place for place, one in enumerate(found.judgements)}
    kept = sorted(last.values())
    left = found.left + Counter({AGAIN: len(found.judgements) - len(kept)})
    return Accepted([found.judgements[place] for place in kept], [found.labels[place] for place in kept], left)


def _named_and_why(told: Mapping[str, str], known: str | None) -> tuple[str, str]:
    """Return what the thing of the cell `iri` is called, and why it was chosen; `known` is its name if it is the graph's.

    Linking wrote the name and the reason of its first candidate. Whether a person put another IRI there is seen by the name,
    or by that IRI being among the others.
    """
    others = {match["iri"]: match["name"] for match in _OTHER.finditer(told.get("others", ""))}
    name = known or others.get(told["iri"], told["name"])
    is_chosen = told["iri"] in others or name != told["name"] or not told["name"]
    return name, BY_HAND if is_chosen else told["reason"]


def _entity(text: str, base: str, known: Collection[str]) -> str | None:
    """Return the id of the graph's entity that an id or IRI means; another graph may have an IRI that ends in it."""
    name = unquote(text.removeprefix(base))
    return name if name in known else None


def _outside(text: str, prefix: str) -> str | None:
    """Return the IRI of a thing outside, None if it has none."""
    if found := web_address(text):
        return found
    is_id = bool(prefix and text) and _NO_PLAIN_ID.search(text) is None
    return web_address(prefix + quote(text, safe="")) if is_id else None


Links: TypeAlias = dict[tuple[str, str], str]
"""How near a thing outside is judged to be, by the id of the graph's entity and the IRI."""


def links_in(graph: KnowledgeGraph) -> Links:
    """Return the links that a graph was built with."""
    found: Links = {}
    for node, entity in nodes(graph):
        found |= {(node, iri): "exact" for iri in entity.get("exact_matches", ())}
        found |= {(node, iri): "close" for iri in entity.get("close_matches", ())}
    return found


def links_said(judgements: Iterable[Judgement]) -> Links:
    """Return what judgements say of links; of two on one the later counts."""
    return {(one.subject, one.object): one.value for one in judgements if one.judgement == "link"}


def new_ones(found: Accepted, said: Links, built: Links) -> Accepted:
    """Return what is accepted, without what the ledger has said, and what takes back no link.

    `built` are the links of the graph, whose ledger may name its entities otherwise than by their ids.
    """
    new = Accepted([], [], found.left.copy())
    for one, labels in zip(found.judgements, found.labels, strict=True):
        pair = one.subject, one.object
        if one.value == NO_LINK and said.get(pair, built.get(pair, NO_LINK)) == NO_LINK:
            continue
        if said.get(pair) == one.value:
            new.left[KNOWN] += 1
            continue
        new.judgements.append(one)
        new.labels.append(labels)
    return new


def shared(found: Accepted, said: Links, built: Links, known: Collection[str]) -> dict[str, list[str]]:
    """Return what is an exact match of several once this is accepted: an IRI of entities, or an entity of IRIs.

    The IRIs come with the ids of the entities, the ids with the IRIs, if these are of one vocabulary: open alike as far as the
    last `/`, `#` or `=`. Told are only IRIs and entities that the table speaks of; `known` are the ids of the graph.
    """
    named = {end for one in found.judgements if one.value == "exact" for end in (one.object, one.subject)}
    bearers: dict[str, list[str]] = defaultdict(list)
    things: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (node, iri), value in sorted({**built, **said, **links_said(found.judgements)}.items()):
        if value == "exact" and node in known:
            bearers[iri].append(node)
            things[node, vocabulary(iri)].append(iri)
    told = [*bearers.items(), *((node, iris) for (node, _), iris in things.items())]
    return {end: others for end, others in sorted(told) if len(others) > 1 and end in named}
