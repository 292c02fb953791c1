"""Entities by what people call them: an id, a name, an alias."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from unionkg.errors import AmbiguousEntity, UnknownEntity
from unionkg.graph.attributes import KnowledgeGraph, NodeAttributes, nodes

NEAR = 5  # names that are suggested
LISTED = 20  # entities that are listed where a name fits several
LEAST_LIKENESS = 0.6  # as in difflib.get_close_matches

_IGNORED = dict.fromkeys(map(ord, "“”‘’\"'「」『』《》〈〉·•・ \u3000"))


def named(graph: KnowledgeGraph, name: str) -> list[str]:
    """Return the ids of the entities that go by `name`, in order.

    `name` is an id, or a name or alias; width, spaces and quotation marks make no difference.
    """
    if name in graph:
        return [name]
    wanted = compared(name)
    return [node for node, entity in nodes(graph) if wanted in map(compared, _names(entity))]


def the_one(graph: KnowledgeGraph, name: str) -> str:
    """Return the id of the entity that goes by `name`, as in `named`.

    Raises UnknownEntity, whose message has near names, if there is none, and AmbiguousEntity if there are several. The
    notes of the latter (PEP 678) name them, a line each, those of most documents first.
    """
    found = named(graph, name)
    if len(found) == 1:
        return found[0]
    if not found:
        near = near_names(graph, name)
        hint = f"near names: {', '.join(near)}" if near else "no name is near it"
        raise UnknownEntity(f"no entity has the id, the name or the alias {name!r}; {hint}")
    found.sort(key=lambda node: (-len(graph.nodes[node]["documents"]), node))
    error = AmbiguousEntity(f"{len(found)} entities go by {name!r}; give the id or the full name of one")
    for node in found[:LISTED]:
        error.add_note(_described(graph, node))
    if len(found) > LISTED:
        error.add_note(f"and {len(found) - LISTED} more")
    raise error


def near_names(graph: KnowledgeGraph, name: str) -> list[str]:
    """Return names that are like `name`, as `nearest` finds them; those of most documents weigh most."""
    return nearest(
        name,
        (
            (form, len(entity["documents"]), entity["name"])
            for _, entity in nodes(graph)
            for form in (*_names(entity), entity["pinyin"])
        ),
    )


def nearest(name: str, known: Iterable[tuple[str, int, str]]) -> list[str]:
    """Return names that are like `name`, at most NEAR, of the forms of names that are known, pinyin among them.

    With each form come its weight and the name that it stands for, which is what is returned. Those that hold `name` come
    first, then those that are the better part of it, those of most weight and then the shortest first. If there are none, the most like it by matching blocks (Ratcliff and Metzener, "Pattern Matching: The
    Gestalt Approach", Dr. Dobb's Journal, July 1988, as `difflib` has it).
    """
    wanted = compared(name)
    holding: list[tuple[bool, int, int, str]] = []
    alike: list[tuple[float, str]] = []
    matcher = SequenceMatcher(None, "", wanted)
    for written, weight, full in known if wanted else ():
        form = compared(written)
        if wanted in form or (form in wanted and 2 * len(form) >= len(wanted)):
            holding.append((wanted not in form, -weight, len(form), full))
        elif not holding:
            matcher.set_seq1(form)
            # The first two are quick, and bounds of the third.
            ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
            if all(ratio() >= LEAST_LIKENESS for ratio in ratios):
                alike.append((-matcher.ratio(), full))
    names = [row[-1] for row in sorted(holding)] or [row[-1] for row in sorted(alike)]
    return list(dict.fromkeys(names))[:NEAR]


def _names(entity: NodeAttributes) -> Iterator[str]:
    yield entity["name"]
    yield from entity["aliases"]


def compared(name: str) -> str:
    """Return what of a name is compared: width, case, spaces and quotation marks make no difference.

    >>> compared("“四送” 行动") == compared("四送行动"), compared("ＡＢＣ")
    (True, 'abc')
    """
    return unicodedata.normalize("NFKC", name).translate(_IGNORED).casefold()


def _described(graph: KnowledgeGraph, node: str) -> str:
    """Return what tells the entity from others of its name, among it the entity that it is most linked with."""
    entity = graph.nodes[node]
    kind = " ".join(filter(None, (entity["type"], entity.get("subtype"))))
    count = len(entity["documents"])
    links = Counter(end if start == node else start for start, end in (*graph.in_edges(node), *graph.out_edges(node)))
    linked = min(links, key=lambda other: (-links[other], other), default=None)
    beside = f", linked with {graph.nodes[linked]['name']}" if linked else ""
    return f"{node}  {entity['name']} ({kind}, {count} document{'' if count == 1 else 's'}{beside})"
