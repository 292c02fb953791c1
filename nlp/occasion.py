"""Which meeting 会议, 大会 and 会上 mean in each sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unionkg.nlp.clauses import Clause, Discourse
from unionkg.nlp.linking import Named

HELD = re.compile(r"[^,。;]{0,14}?(?:召开|举行|举办|开幕|闭幕|落幕|落下帷幕|开赛|启动|落地)")
_CONVENES = re.compile(r"(?:召开|举行|举办)(?:了|的)?$")
_NOT_THE_OCCASION = re.compile(r"(?:学习|贯彻|传达|落实|迎接|喜迎|自|宣传|宣讲|系|按照|根据)[^,。;]{0,10}$")


def with_occasions(discourse: Discourse) -> Iterator[tuple[Clause, Named | None]]:
    """Yield each sentence with the meeting it is about: the last said to be held, else the first named, else None."""
    occasion: Named | None = None
    for clause in discourse.clauses:
        for mention in clause.of_type("EVENT"):
            if _NOT_THE_OCCASION.search(discourse.text, max(clause.start, mention.start - 12), mention.start):
                continue
            convened = _CONVENES.search(discourse.text, max(clause.start, mention.start - 8), mention.start)
            if occasion is None or convened or HELD.match(discourse.text, mention.end, clause.end):
                occasion = mention.entity
        yield clause, occasion
