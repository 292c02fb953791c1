"""An entity and its neighbours as a small picture: on the left what facts lead from to it, on the right what they lead to."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

from markupsafe import Markup

from unionkg.server.records import Entity, Fact, Thing

MOST = 9  # on each side
WIDTH, PITCH, MIDDLE = 760, 40, 380
LEFT, RIGHT = 240, 520
ROOM = 90  # beside the entity where it has no neighbours
LONGEST = 26  # columns of a name; a Chinese character takes two


class _End(NamedTuple):
    thing: Thing
    relations: str
    is_planned: bool


def drawing(entity: Entity, link: Callable[[str], str], relation: Callable[[str], str], label: str) -> Markup | None:
    """Return the picture as SVG whose names are links; None of an entity without neighbours.

    `label` is the id of the element that says what it is. It shows at most MOST neighbours a side, those of the strongest
    facts; planned ones are dashed. What is linked both ways stands on the right.
    """
    facts = [*entity.posts, *(fact for group in entity.groups for fact in group.facts)]
    right = _ends(entity.id, ((fact.object, fact) for fact in facts if fact.subject.id == entity.id), relation)
    outward = {one.thing.id for one in right}
    left = _ends(
        entity.id,
        ((fact.subject, fact) for fact in facts if fact.object.id == entity.id and fact.subject.id not in outward),
        relation,
    )
    if not left and not right:
        return None
    height = max(len(left), len(right), 2) * PITCH
    centre = height / 2
    pieces = [
        piece
        for ends, x, anchor in ((left, LEFT, "end"), (right, RIGHT, "start"))
        for piece in _side(ends, x, anchor, height, link)
    ]
    start, end = (0 if left else MIDDLE - ROOM), (WIDTH if right else MIDDLE + ROOM)
    own = Markup('<circle class="dot {}" cx="{}" cy="{:g}" r="11"/>').format(entity.type, MIDDLE, centre)
    name = Markup('<text class="own" x="{}" y="{:g}" text-anchor="middle">{}</text>').format(
        MIDDLE, centre + 30, _short(entity.name, 18)
    )
    return Markup(
        '<svg class="neighbours" role="group" aria-labelledby="{}" viewBox="{} 0 {} {}" width="{}" height="{}">{}{}{}</svg>'
    ).format(label, start, end - start, height, end - start, height, Markup("").join(pieces), own, name)


def _ends(own: str, facts: Iterable[tuple[Thing, Fact]], relation: Callable[[str], str]) -> list[_End]:
    """Return the first entities at the other end of the facts, each once, with all that links it."""
    by_thing: dict[str, list[tuple[Thing, Fact]]] = {}
    for thing, fact in facts:
        if thing.id != own:
            by_thing.setdefault(thing.id, []).append((thing, fact))
    strongest = sorted(by_thing.values(), key=lambda told: -max(fact.sources for _, fact in told))[:MOST]
    return [
        _End(
            told[0][0],
            " · ".join(dict.fromkeys(relation(fact.type) for _, fact in told)),
            all(fact.modality == "planned" for _, fact in told),
        )
        for told in strongest
    ]


def _side(ends: list[_End], x: int, anchor: str, height: int, link: Callable[[str], str]) -> Iterable[Markup]:
    first = (height - len(ends) * PITCH) / 2 + PITCH / 2
    bend = (x + MIDDLE) / 2
    away = -12 if anchor == "end" else 12
    for number, end in enumerate(ends):
        y = first + number * PITCH
        dashed = Markup(' stroke-dasharray="5 4"') if end.is_planned else ""
        yield Markup('<path d="M{} {:g}C{:g} {:g} {:g} {:g} {} {:g}"{}/>').format(
            MIDDLE, height / 2, bend, height / 2, bend, y, x, y, dashed
        )
        yield Markup(
            '<a href="{}"><title>{}</title><circle class="dot {}" cx="{}" cy="{:g}" r="6"/>'
            '<text x="{}" y="{:g}" text-anchor="{}">{}</text><text class="what" x="{}" y="{:g}" text-anchor="{}">{}</text></a>'
        ).format(
            *(link(end.thing.id), end.thing.name, end.thing.type, x, y),
            *(x + away, y + 1, anchor, _short(end.thing.name, LONGEST)),
            *(x + away, y + 15, anchor, _short(end.relations, 34)),
        )


def _short(name: str, most: int) -> str:
    """Return the name as far as it has room."""
    width = 0
    for number, sign in enumerate(name):
        width += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if width > most:
            return f"{name[: number - 1]}…"
    return name
