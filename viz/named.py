"""Entities and doubts as the report names them: with links into the view, and pinyin for who does not read Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from unionkg.graph.amounts import amount
from unionkg.graph.provinces import PROVINCES
from unionkg.graph.survey import Claim, Name
from unionkg.viz.words import phrase, say

_CODE = re.compile(r"[0-9]{6}")
_LONG_NUMBER = re.compile(r"(?<![0-9.e+])[0-9]{4,}")


def named(entity: Name, is_spelled: bool = True) -> Markup:
    """Return the entity's name as a link into the view, with its pinyin for who does not read Chinese."""
    link = Markup('<a href="graph.html#node={}"><bdi lang="zh">{}</bdi></a>').format(entity.node, entity.name)
    spelled = Markup('<bdi class="en pinyin" lang="zh-Latn-pinyin"> {}</bdi>').format(entity.pinyin)
    return link + spelled if is_spelled and entity.pinyin else link


def claim_line(claim: Claim) -> Markup:
    """Return one side of a conflict in a line: who or how much, when, and by how many sources."""
    if claim.holder:
        said = named(claim.holder)
    else:
        value, unit = (amount(claim.figure), claim.figure["unit"]) if claim.figure else ("", "")
        grouped = _LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", value)
        said = Markup('{} <bdi lang="zh">{}</bdi>').format(grouped, unit)
    when = " – ".join(dict.fromkeys(day for day in (claim.since, claim.until) if day))
    return Markup('{} <span class="quiet"><bdi>{}</bdi> · {}</span>').format(
        said, when, say("sourceCount", n=claim.sources)
    )


def group_line(entities: Sequence[Name]) -> Markup:
    """Return the entities in a line: their common name once, and what each is known by."""
    first = entities[0]
    if any(one.name != first.name for one in entities):
        return Markup(" · ").join(named(one) for one in entities)
    name = Markup('<bdi lang="zh">{}</bdi><bdi class="en pinyin" lang="zh-Latn-pinyin"> {}</bdi>').format(
        first.name, first.pinyin
    )
    links = (
        Markup('<a href="graph.html#node={}">{}</a>').format(one.node, _known(one) or f"({number})")
        for number, one in enumerate(entities, 1)
    )
    return Markup("{}: {}").format(name, Markup(" · ").join(links))


def _known(entity: Name) -> Markup:
    """Return what an entity is known by; a code stands as the name of its province."""
    provinces = [PROVINCES[part[:2]] for part in entity.known if _CODE.fullmatch(part) and part[:2] in PROVINCES]
    others = [Markup('<bdi lang="zh">{}</bdi>').format(part) for part in entity.known if not _CODE.fullmatch(part)]
    return Markup(" ").join([*(phrase(*province).__html__() for province in provinces), *others])
