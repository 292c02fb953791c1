"""The entities by what they are called, or by a part of it: names, other names, pinyin, and its initials."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from unionkg.graph.attributes import KnowledgeGraph
from unionkg.matching.index import Index
from unionkg.matching.names import folded
from unionkg.matching.parts import Parts

_LAST = "\U0010ffff"
_NAME, _ALIAS, _PINYIN, _INITIALS = range(4)
_SHORTEST_PART = 3


class Prefixes:
    """The forms of all names in order, so that those that open alike stand together."""

    def __init__(self, index: Index, graph: KnowledgeGraph) -> None:
        """Go once through the forms of the index."""
        self._index = index
        self._weight = {node: len(graph.nodes[node]["documents"]) for node in index.entries}
        self._rows = sorted(_forms(index))
        self._forms = [form for form, _, _ in self._rows]
        self._parts = Parts(self._forms)

    def starting(self, prefix: str) -> list[str]:
        """Return the ids of the entities that a form opens with the prefix of; none for one that says nothing.

        Those that are called just so come first; then names go before other names, pinyin and initials, what more documents
        name before the rest, and shorter names before longer ones.
        """
        text = folded(prefix)
        best: dict[str, tuple[bool, int]] = {}
        for wanted in {text, re.sub("[^a-z]", "", text) if text.isascii() else ""} - {""}:
            first, behind = (bisect_left(self._forms, end) for end in (wanted, wanted + _LAST))
            for form, rank, node in self._rows[first:behind]:
                found = (form != wanted, rank)
                best[node] = min(best.get(node, found), found)
        names = self._index.entries
        return sorted(best, key=lambda node: (*best[node], -self._weight[node], len(names[node].name), node))

    def holding(self, part: str) -> list[str]:
        """Return the ids of the entities of which a form has the part inside and does not open with it.

        They are ordered as in `starting`. Of pinyin a part of less than three letters says nothing.
        """
        text = folded(part)
        best: dict[str, int] = {}
        for wanted in {text, re.sub("[^a-z]", "", text) if text.isascii() else ""} - {""}:
            lowest = _PINYIN if wanted.isascii() and len(wanted) < _SHORTEST_PART else _INITIALS
            for number in self._parts.holding(wanted):
                form, rank, node = self._rows[number]
                if rank < lowest and not form.startswith(wanted):
                    best[node] = min(best.get(node, rank), rank)
        names = self._index.entries
        return sorted(best, key=lambda node: (best[node], -self._weight[node], len(names[node].name), node))


def _forms(index: Index) -> Iterator[tuple[str, int, str]]:
    for name, all_named in index.by_name.items():
        yield from ((name, _NAME if named.how == "name" else _ALIAS, named.entry.id) for named in all_named)
    for known, rank in ((index.by_pinyin, _PINYIN), (index.by_initials, _INITIALS)):
        for letters, entries in known.items():
            yield from ((letters, rank, entry.id) for entry in entries)
