"""Who holds a contest or a meeting that a sentence only points to: 主办单位:A、B; 比赛由A主办,B承办."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unionkg.nlp.clauses import Clause, Discourse, is_denied, is_planned
from unionkg.nlp.linking import Named
from unionkg.nlp.statements import Statement

_LABELLED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十\d]+[)）、.]\s*)?(?:联合|共同)?(?:主办|承办|协办)(?:单位|方)?:"
)
_POINTING = re.compile(
    r"(?:本届|本次|此次|该项?|这次)?(?P<noun>大赛|竞赛|比赛|决赛|活动|赛事|行动|展览|运动会|仪式|论坛|平台|项目)(?:以[^,。]{2,30},)?由"
)
_LIST_GAP = re.compile(r"、|和|与|及|(?:联合|共同)?(?:主办|承办|协办|举办|发起)?[,、;](?:由|并由)?|\s+")
_HOSTS_NEXT = re.compile(r"[^。;]{0,60}?(?:主办|承办|协办|举办|支持|参与|协同|指导|$)", re.MULTILINE)
_HOSTING = re.compile(r"(?:联合|共同)?(?:主办|承办|协办|举办|发起|运营)")


def find_hosts(discourse: Discourse) -> list[Statement]:
    """Return organises and partners_with statements of sentences whose object is named elsewhere."""
    statements: list[Statement] = []
    subject_matter = discourse.main_programme()
    latest: Named | None = None
    named: list[Named] = []
    first: Named | None = None  # of the hosts that labelled lines list, to whom those of the later lines are partners
    for clause in discourse.clauses:
        text = discourse.text
        if labelled := _LABELLED.match(text, clause.start, clause.end):
            listed = _hosts(discourse.text, clause, labelled.end())
            first = first or (listed[0] if listed else None)
            statements += _hosted(discourse, clause, labelled.start(), listed, first, subject_matter)
        for pointing in _POINTING.finditer(text, clause.start, clause.end):
            inside = any(one.start < pointing.end() - 1 <= one.end for one in clause.of_type("PROGRAMME", "EVENT"))
            if not inside and _HOSTING.search(text, pointing.end(), clause.end):
                listed = _hosts(text, clause, pointing.end())
                leader = listed[0] if listed else None
                what = _pointed_at(named, pointing["noun"]) or latest or subject_matter
                statements += _hosted(discourse, clause, pointing.start(), listed, leader, what)
        named += [mention.entity for mention in clause.of_type("PROGRAMME", "EVENT")]
        programmes = clause.of_type("PROGRAMME")
        latest = programmes[-1].entity if programmes else latest
    return statements


def _pointed_at(named: list[Named], noun: str) -> Named | None:
    """Return what was last named of the kind that a noun points to (论坛: 第三届…论坛)."""
    return next((one for one in reversed(named) if one.name.endswith(noun)), None)


def _hosts(text: str, clause: Clause, start: int) -> list[Named]:
    """Return the bodies listed from `start` on."""
    hosts: list[Named] = []
    position = start
    for mention in clause.of_type("ORG"):
        if mention.start < start:
            continue
        gap = text[position : mention.start]
        if gap.strip() and not _LIST_GAP.fullmatch(gap):
            break
        if hosts and gap[-1:] == "," and not _HOSTS_NEXT.match(text, mention.end):
            break
        hosts.append(mention.entity)
        position = mention.end
    return hosts


def _hosted(
    discourse: Discourse, clause: Clause, start: int, hosts: list[Named], first: Named | None, what: Named | None
) -> Iterator[Statement]:
    """Yield that each host holds `what`, and is a partner of the first-named."""
    if what is None or first is None:
        return
    denied = is_denied(discourse.unnamed, clause.start, clause.end)
    planned = discourse.is_order or is_planned(discourse.unnamed, clause.start, start)
    modality = "planned" if planned else None
    programme = what if what.type == "PROGRAMME" else None
    where = (clause.start, clause.end)
    for host in hosts:
        yield Statement("organises", host, what, *where, "host.listed", 0.9, modality=modality, denied=denied)
        if host.key != first.key and not denied:
            yield Statement("partners_with", first, host, *where, "host.together", 0.9, programme=programme)
