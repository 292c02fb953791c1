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
    r"讲堂|技术|人才|代表|评选|选树|管理|队伍建设改革|协会|联盟|之家|驿站|服务站|服务中心|公园|画册|休息室|卫生间|专线|大厅|广场|雕塑|展|报告团|宣讲团)"
)
_PROVINCES = "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆"
_NEW_PLACE = re.compile(
    rf"(?:建设|谱写|书写|开创|奋力|共建|打造|加快|推进)[^,。;:“”]{{0,16}}?(?P<goal>(?:新时代|社会主义现代化|现代化|美丽|壮美|富饶|幸福|平安|强富美高|繁荣|和谐|富裕|文明|法治|中国特色社会主义)*新(?:{_PROVINCES}))(?!篇章|征程|局面|一代|兴)"
)
"""What a province is to become: 新福建, 美丽新海南."""
_SPIRIT = re.compile(
    r"(?:、|和|与|及|弘扬|传承|赓续|践行|发扬|继承|铸就)(?P<spirit>(?!弘扬|传承|赓续|践行|发扬|继承|铸就)[一-龥]{2,4}精神)(?=[、,。;和与及])"
)
_NO_SPIRIT = re.compile(
    r"会议|讲话|全会|大会|文件|指示|批示|会上|二十|重要|论述|敬业|奉献|团队|创新|拼搏|进取|主人|职业|实干|担当|契约|钻研|合作|协作|服务|志愿|时代|民族|爱国|通知|决议|报告|来信|回信|的|了"
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
    found += [
        Candidate(*match.span("goal"), "CONCEPT", rule="concept.new_place", confidence=0.8)
        for match in _NEW_PLACE.finditer(text)
    ]
    found += [
        Candidate(*match.span("spirit"), "CONCEPT", rule="concept.spirit", confidence=0.75)
        for match in _SPIRIT.finditer(text)
        if not _NO_SPIRIT.search(match["spirit"]) and match["spirit"] not in _list("concepts.tsv").meanings
    ]
    return found


def _craftsmen_beside(text: str, end: int) -> list[Candidate]:
    """Return 工匠 where it stands beside 劳模 and means the people (劳模工匠)."""
    match = _CRAFTSMEN.match(text, end)
    if match is None or _MODIFIED_THING.match(text, match.end()):
        return []
    return [Candidate(match.start(1), match.end(1), "GROUP", rule="group.beside", confidence=0.8)]
