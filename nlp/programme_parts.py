"""Which programmes are parts of another: a heading programme and its list, 由…组成的X, X内设…, what an order's items carry out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unionkg.nlp.clauses import Clause, Discourse
from unionkg.nlp.linking import Linked, Named
from unionkg.nlp.statements import Statement

_LIST_GAP = re.compile(r"”?(?:等)?[、和与及“]*")
_COMPOSED = re.compile(r"”?(?:等)?(?:\d*[项个]?(?:子项目|活动|品牌))?(?:组成|构成)的“?")
_CONTAINS = re.compile(
    r"(?:\([^()]*\))?[,、]?(?:内设|下设|包括|包含|涵盖|分为|设有|由)(?:有|了)?(?:“|[一二三四五六七八九十\d]+[个项大]?(?:子项目|板块|系列)?[:,]?“?)?"
)
_COUNTED_AMONG = re.compile(r"”?(?:列入|纳入|列为|作为)“?")
_AS_PART = re.compile(r"的?(?:子项目|重点内容|重要内容|主要内容|配套活动|组成部分|内容|压轴戏)")
_NEAR = 16
"""Characters from the beginning of an item within which it names what it carries out."""
_ITEM = re.compile(r"\s*(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d+[.、])")


def find_parts(discourse: Discourse) -> list[Statement]:
    """Return part_of statements, in order of the text."""
    statements: list[Statement] = []
    whole = _of_order(discourse)
    for clause in discourse.clauses:
        programmes = clause.of_type("PROGRAMME")
        statements += _listed(discourse.text, clause, programmes)
        if whole is not None and _ITEM.match(discourse.text, clause.start, clause.end):
            statements += [
                _part(clause, one.entity, whole, "parts.item")
                for one in programmes[:1]
                if one.entity.key != whole.key and one.start - clause.start <= _NEAR
            ]
    return statements


def _of_order(discourse: Discourse) -> Named | None:
    """Return the one programme that the title of a notice or plan names: what its numbered items carry out."""
    titled = [one for one in discourse.titled if one.type == "PROGRAMME"]
    return titled[0] if discourse.is_order and len(titled) == 1 else None


def _listed(text: str, clause: Clause, programmes: list[Linked]) -> Iterator[Statement]:
    """Yield the parts that a list ties to a programme before or behind it."""
    for number, whole in enumerate(programmes):
        before = _run(text, programmes[:number][::-1])
        if before and _COMPOSED.fullmatch(text, before[0].end, whole.start):
            yield from (_part(clause, one.entity, whole.entity, "parts.composed") for one in reversed(before))
        elif (
            before
            and _COUNTED_AMONG.fullmatch(text, before[0].end, whole.start)
            and _AS_PART.search(text, whole.end, min(clause.end, whole.end + 8))
        ):
            yield from (_part(clause, one.entity, whole.entity, "parts.counted") for one in reversed(before))
        behind = _run(text, programmes[number + 1 :])
        if behind and (opening := _CONTAINS.match(text, whole.end)) and opening.end() == behind[0].start:
            yield from (_part(clause, one.entity, whole.entity, "parts.contains") for one in behind)


def _run(text: str, programmes: list[Linked]) -> list[Linked]:
    """Return the programmes that stand in one list with the first."""
    run = programmes[:1]
    for one in programmes[1:]:
        low, high = sorted((run[-1], one), key=lambda mention: mention.start)
        if not _LIST_GAP.fullmatch(text, low.end, high.start):
            break
        run.append(one)
    return run


def _part(clause: Clause, part: Named, whole: Named, rule: str) -> Statement:
    return Statement("part_of", part, whole, clause.start, clause.end, rule, 0.75)
