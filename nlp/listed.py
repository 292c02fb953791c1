"""Programmes, concepts and groups that the lists in `data/` know by name, in quotation marks or without."""

from __future__ import annotations

import re
from functools import cache

from unionkg.nlp.candidates import Candidate
from unionkg.nlp.lexicon import Forms

_KINDS = (
    ("programmes.tsv", "PROGRAMME", "programme.known", 0.85, 1),
    ("concepts.tsv", "CONCEPT", "concept.known", 0.9, 0),
    ("groups.tsv", "GROUP", "group.known", 0.85, 0),
)
_MODIFIED_THING = re.compile(
    r"(?:[和与、]?工匠)?(?:人才)?(?:精神|创新|工作室|故事|文化|事迹|进校园|进企业|进机关|进社区|宣讲|品质|风采|先行|疗休养|待遇|主题|数字|志愿|学院|"
    r"讲堂|技术|人才|代表|评选|选树|管理|队伍建设改革|协会|联盟|之家|驿站|服务站|服务中心)"
)
_CRAFTSMEN = re.compile(r"[和与、]?(工匠)")


@cache
def _list(name: str) -> Forms:
    return Forms.read(name)


def find_listed(text: str) -> list[Candidate]:
    """Return the names of the lists that stand in a folded text; a group that only modifies a thing is none."""
    found: list[Candidate] = []
    for file, kind, rule, confidence, rank in _KINDS:
        forms = _list(file)
        for start, end in forms.find(text):
            if kind == "GROUP" and _MODIFIED_THING.match(text, end):
                continue
            meaning = [*forms.meanings[text[start:end]], "", ""]
            subtype, name = (meaning[0], meaning[1]) if kind == "PROGRAMME" else (None, meaning[0])
            found.append(Candidate(start, end, kind, subtype, name=name, rule=rule, confidence=confidence, rank=rank))
            if text[start:end] == "劳模":
                found += _craftsmen_beside(text, end)
    return found


def _craftsmen_beside(text: str, end: int) -> list[Candidate]:
    """Return 工匠 where it stands beside 劳模 and means the people (劳模工匠)."""
    match = _CRAFTSMEN.match(text, end)
    if match is None or _MODIFIED_THING.match(text, match.end()):
        return []
    return [Candidate(match.start(1), match.end(1), "GROUP", rule="group.beside", confidence=0.8)]
