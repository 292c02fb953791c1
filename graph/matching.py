"""Which documents and entities of two graphs are the same, also where their ids differ.

Both functions are symmetric: with the graphs exchanged they give the same pairs and groups, exchanged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import networkx as nx

from unionkg.graph.attributes import DocumentAttributes, KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes of the old graph that are the same thing as these of the new one; ids in order, neither side is empty."""

    old: tuple[str, ...]
    new: tuple[str, ...]


def pair_documents(
    old: Iterable[DocumentAttributes], new: Iterable[DocumentAttributes], paths: Mapping[str, str]
) -> dict[str, str]:
    """Return the id in the new graph of each document of the old one that is still there, as it was or edited.

    Equal ids are equal bytes. Of the others two are one document if they alone have the same path and title, else the
    same path and record, else the same file name and title, else the same file name and record. `paths` has the path
    of a document's file by the document's id, as far as it is known.
    """
    left, right = ({document["id"]: document for document in side} for side in (old, new))
    pairs = {one: one for one in left if one in right}
    left, right = ({one: document for one, document in side.items() if one not in pairs} for side in (left, right))
    for by_path, by_title in product((True, False), repeat=2):
        before, after = (_known_by(side.values(), paths if by_path else None, by_title) for side in (left, right))
        for key in sorted(before.keys() & after.keys()):
            pairs[before[key]] = after[key]
            del left[before[key]], right[after[key]]
    return pairs


def _known_by(
    documents: Iterable[DocumentAttributes], paths: Mapping[str, str] | None, by_title: bool
) -> dict[tuple[str, str], str]:
    """Return the ids of the documents by path, else by name, and by title or record; what several share is left out."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document in documents:
        place = document["name"] if paths is None else paths.get(document["id"])
        part = document.get("title") if by_title else document["id"].partition("#")[2]
        if place is not None and part is not None:
            found[place, part].append(document["id"])
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}


@dataclass(frozen=True, slots=True)
class _Naming:
    """How an entity is named, and in which documents, by ids that both graphs share."""

    type: str
    name: str
    forms: frozenset[str]
    documents: frozenset[str]


def group_entities(old: KnowledgeGraph, new: KnowledgeGraph, document_of: Mapping[str, str]) -> list[Group]:
    """Return the entities whose ids tell only a part of their story, in order of the old ids: all others are the same
    if their id is, else gone or new. `document_of` is what `pair_documents` returned.

    An entity whose id the other graph lacks goes on in the one that took over most of its places there, a place being a
    document that names it and a name it goes by. It must be at least half of the documents that both graphs have. What
    an entity of the same id held before is not taken over. Types may differ if the names are equal and neither
    graph has both. All that is linked so makes a group.
    """
    before, after = _Namings(old, document_of), _Namings(new, {})
    both = frozenset(document_of.values())
    links: nx.Graph[tuple[str, str]] = nx.Graph()
    links.add_edges_from((("old", one), ("new", other)) for one, other in _successors(before, after, both))
    links.add_edges_from((("old", one), ("new", other)) for other, one in _successors(after, before, both))
    for _, one in list(links):
        if one in old and one in new:
            links.add_edge(("old", one), ("new", one))
    groups = [
        Group(*(tuple(sorted(one for side, one in group if side == wanted)) for wanted in ("old", "new")))
        for group in nx.connected_components(links)
    ]
    return sorted(groups, key=lambda group: group.old)


class _Namings(dict[str, _Naming]):
    """The entities of a graph by id, each made when it is first asked for: most never are."""

    def __init__(self, graph: KnowledgeGraph, document_of: Mapping[str, str]) -> None:
        self.graph = graph
        self._document_of = document_of

    def __missing__(self, node: str) -> _Naming:
        data = self.graph.nodes[node]
        documents = frozenset(self._document_of.get(document, document) for document in data["documents"])
        self[node] = _Naming(data["type"], data["name"], frozenset((data["name"], *data["aliases"])), documents)
        return self[node]


def _successors(these: _Namings, those: _Namings, both: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield each of these whose id those lack, with the one of those in which it goes on, if there is one."""
    lost = {one: these[one] for one in these.graph if one not in those.graph}
    places: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one, naming in lost.items():
        for form in naming.forms:
            for document in naming.documents & both:
                places[form][document].append(one)
    candidates: dict[str, set[str]] = defaultdict(set)
    for other, data in those.graph.nodes(data=True):
        for form in places.keys() & {data["name"], *data["aliases"]}:
            for document in those[other].documents & places[form].keys():
                for one in places[form][document]:
                    candidates[one].add(other)
    for one, others in candidates.items():
        ranked = []
        for other in others:
            before = these[other] if other in these.graph else None
            rank = _rank(lost[one], those[other], before, both)
            if rank is not None:
                ranked.append((rank, other))
        if ranked:
            yield one, min(ranked)[1]


def _rank(
    one: _Naming, other: _Naming, other_before: _Naming | None, both: frozenset[str]
) -> tuple[bool, int, int] | None:
    """Return how well `other` continues `one`, the smaller the better, or None if it does not.

    The same type comes first, then a name that both know, then the places taken over.
    """
    documents, forms = one.documents & other.documents, one.forms & other.forms
    taken_over = len(documents) * len(forms)
    if other_before is not None:
        taken_over -= len(documents & other_before.documents) * len(forms & other_before.forms)
    is_other_type = one.type != other.type
    if (
        taken_over == 0
        or 2 * len(documents) < len(one.documents & both)
        or (is_other_type and (other_before is not None or one.name != other.name))
    ):
        return None
    return is_other_type, -((one.name in other.forms) + (other.name in one.forms)), -taken_over
