"""The places of one document: divisions resolved by its own context, regions, zones and named sites."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from unionkg.graph.divisions import Division, divisions
from unionkg.nlp.candidates import Candidate
from unionkg.nlp.divisions import Area, abbreviations, find, resolve
from unionkg.nlp.persons import has_surname
from unionkg.nlp.place_letters import find_letters

_SITE_END = re.compile(
    r"(?:高新技术产业开发区|高新区|经济技术开发区|经济开发区|经开区|开发区|工业园区|工业园|产业园区|产业园|物流园区|物流园|科技园|示范区|保税区|度假区|自贸区|"
    r"冰雪大世界|港区|口岸|码头|盐湖|(?<=[一-龥]{2})港(?![口区务航澳珠商币资城股运])|会展中心|体育中心|奥体中心|国际机场|火车站|高铁站|人民大会堂|大剧院|小镇|科创城|科技城|陆港|空港|新城|人民会堂|[一-龥]{2,6}园区|商圈|步行街|景区|院区|货运市场|批发市场|站(?=[一二三四五六七八九十\\d]+站台))"
)
_GENERIC_SITE = re.compile(
    "(?:经济|技术|开发|高新|产业|工业|农业|科技|物流|食品|化工|保税|综合|旅游|度假|示范|出口|加工|循环|现代|[港园区])+"
)
_TOWN = re.compile(
    r"(?!(?:各|全|本|城|乡|农村|古|老|新城)[镇乡街])(?:(?![的了在和与从到及各、])[一-龥]){2,3}?(?:镇|乡|街道)(?![长村居贤])"
)
_SITE_STOP = re.compile(
    r"[\s,。;:!?、()“”《》在与和的及至到于从各\d]|[个家]|加快|建设|推进|覆盖|发展|医院|大学|学院|公司|集团|先后|来到|深入|走进|赴"
)
_NAME = r"(?![各每本该一两几多全这那乡城])(?:(?![的了在和与从到及])[一-龥])"
_SITE = re.compile(
    rf"(?:(?<![一-龥])|(?<=[在、和与到从去往往是])){_NAME}{{2,5}}?(?:商圈|口岸|景区|风景区|货运市场|批发市场|步行街|院区)(?![一-龥]?[长级])"
)
_VILLAGE = re.compile(
    rf"(?<=[镇乡道]){_NAME}{{1,3}}村(?!委|民|支|干|里|级|镇|口)|(?<=[镇乡道]){_NAME}{{1,3}}村(?=村口|村民|村委)"
)
_STREET = re.compile(rf"(?<=[在]){_NAME}{{2,3}}(?:大街|大道|街)(?![道上头巷])")
_RAILWAY = re.compile(
    r"(?<![一-龥])[京津沪渝成贵南昆兰新包陇海湘桂黔川浙赣皖鹰厦焦柳襄宝青藏广九太石沈哈大武郑徐杭福深茂]{2}(?:铁路|高铁|高速公路|高速)(?=沿线|[、,。]|的|上)|[港珠澳深中沪苏通闽台]{2,3}(?:通道|大桥|隧道)(?=[、,。]|的|上|等|建设)"
)
_ROAD = re.compile(rf"(?<![一-龥]){_NAME}{{2,4}}(?:大道|大街|路|街|巷)(?=[东西南北中]?[一二三四五]?段?\d+号)")
_AWARD = re.compile(
    r"(?:省|市|区)?(?:五一)?(?:劳动奖|劳动模范|工人先锋号|工匠|先进工作者|最美|巾帼|优秀|模范|创新成果奖)"
)
_POST_BEFORE = re.compile(r"(?:[部处局科厅司院校队组班站段厂所馆社会行庭]|理事|秘书|董事|检察|护士)\Z")
_CLAUSE_OPENS = re.compile(r"(?:[\s。,;:!?“”、()]|(?<![\s\S]))[^\s\W于向和经连从自同]\Z")
_ACTS = re.compile(
    r"(?:笑着|感慨|高兴|激动|自豪|坦言|回忆|算了)?(?:说|告诉|介绍|表示|坦言|感慨)|多次|每天|每到|当即|随即|带着|带领|一边|的(?:徒弟|家|妻子|丈夫|工友|同事|师傅)"
)
_LITERARY_AFTER = r"(?=大地|儿女|各地|广大|职工|工匠(?!”))"
_COUNTY_KINDS = frozenset({"national", "county_like", "district"})
_SITE_KINDS = frozenset({"cooperation", "free_trade", "development", "scenic"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place name at `[start, end)` of the folded text.

    `name` is the full official name, `division` None for regions, zones and sites, and where the text leaves open
    which of several divisions is meant.
    """

    start: int
    end: int
    name: str
    subtype: str
    division: Division | None

    @property
    def code(self) -> str:
        """The GB/T 2260 code, "" where there is none."""
        return self.division.code if self.division is not None else ""


def find_places(text: str, cuts: Collection[int]) -> list[Place]:
    """Return the places of a folded, simplified text, in order, without overlaps; `cuts` are the offsets between words."""
    matches = find(text, cuts=cuts)
    found = [
        _place(text, match.start, match.end, match.divisions, division, match.area)
        for match, division in zip(matches, resolve(matches, text), strict=True)
    ]
    found = [place for place in found if not _is_name_behind_a_post(text, place)]
    found = [place for place in found if not _is_end_of_a_name(text, place)]
    found = [place for place in found if not _is_other_word(text, place, found)]
    taken = {position for place in found for position in range(place.start, place.end)}
    named = {place.code for place in found if place.division is not None}
    letters = (Place(at, at + 1, one.name, one.level, one) for at, one in find_letters(text, named, cuts))
    found += [place for place in (*letters, *_literary(text)) if place.start not in taken]
    return sorted(found, key=lambda place: place.start)


def _is_name_behind_a_post(text: str, place: Place) -> bool:
    """True where the 长 of a short name closes a post and the rest opens a name: 处长沙明远, but not 湖南省长沙."""
    form = text[place.start : place.end]
    return form.startswith("长") and len(form) == 2 and _POST_BEFORE.search(text, 0, place.start) is not None


def _is_end_of_a_name(text: str, place: Place) -> bool:
    """True where a family name that opens a clause stands before a short name, and who is called so acts or speaks.

    The text must not name the place in another way: 王金华说, but not 于北京召开.
    """
    start, end = place.start, place.end
    if place.division is None or end - start > 2 or text[start:end] == place.name or place.name in text:
        return False
    return _CLAUSE_OPENS.match(text, max(0, start - 2), start) is not None and (
        has_surname(text[start - 1]) and _ACTS.match(text, end) is not None
    )


def _is_other_word(text: str, place: Place, places: Sequence[Place]) -> bool:
    """True where 会同 joins bodies and 全州 is all of a prefecture: the text names no other place of that province."""
    if not text.startswith(("会同", "全州"), place.start) or place.division is None:
        return False
    province = place.code[:2]
    return not any(other.code[:2] == province and other.code != place.code for other in places)


def _place(
    text: str, start: int, end: int, options: Sequence[Division], division: Division | None, area: Area | None
) -> Place:
    end = start + len(text[start:end].removesuffix("大地"))
    form = text[start:end]
    if area is not None:
        subtype = "county" if area.kind in _COUNTY_KINDS else "site" if area.kind in _SITE_KINDS else "region"
        return Place(start, end, form if subtype == "site" else area.name, subtype, None)
    if division is not None:
        name = form if division.level == "township" else division.name
        return Place(start, end, name, division.level, division)
    return Place(start, end, form, options[0].level if options else "region", None)


@cache
def _literary_names() -> tuple[re.Pattern[str], dict[str, Division]]:
    meant = {one.form: divisions().by_code(one.codes[0]) for one in abbreviations() if one.kind == "literary"}
    names = {form.removesuffix("大地"): one for form, one in meant.items() if one is not None}
    return re.compile(f"(?:{'|'.join(sorted(names, key=len, reverse=True))}){_LITERARY_AFTER}"), names


def _literary(text: str) -> list[Place]:
    """Return literary names of divisions where the words behind them show that the land or its people are meant."""
    pattern, names = _literary_names()
    found = []
    for match in pattern.finditer(text):
        division = names[match.group()]
        found.append(Place(match.start(), match.end(), division.name, division.level, division))
    return found


def chains(places: Sequence[Place]) -> list[tuple[int, int]]:
    """Return the spans of places that stand end to end, and of each tail of such a chain."""
    spans: list[tuple[int, int]] = []
    run: list[Place] = []
    for place in places:
        letters = place.end - place.start == 1  # 川渝 are two places side by side, not one in the other
        if run and (run[-1].end != place.start or letters):
            spans += _tails(run)
            run = []
        run.append(place)
    return spans + _tails(run)


def _tails(run: list[Place]) -> list[tuple[int, int]]:
    return [(place.start, run[-1].end) for place in run]


def place_candidates(text: str, places: Sequence[Place]) -> list[Candidate]:
    """Return places as candidates, and the sites that a place opens; a place inside an award's name is none."""
    found = []
    starts = {place.start for place in places}
    for place in places:
        if _AWARD.match(text, place.end):
            continue
        code = place.code or None
        found.append(
            Candidate(place.start, place.end, "PLACE", place.subtype, rule="place.gazetteer", confidence=0.9, code=code)
        )
        if place.subtype == "county" and place.end not in starts and (town := _TOWN.match(text, place.end)):
            found.append(Candidate(*town.span(), "PLACE", "township", rule="place.town", confidence=0.75))
        site = _SITE_END.search(text, place.end, place.end + 14)
        if site and place.end not in starts and not _SITE_STOP.search(text, place.end, site.start()):
            own = text[place.end : site.end()]
            has_own_name = (
                text[place.end - 1] in "省市县区旗州镇乡" and len(own) >= 4 and not _GENERIC_SITE.fullmatch(own)
            )
            start = place.end if has_own_name else place.start
            found.append(Candidate(start, site.end(), "PLACE", "site", rule="place.site", confidence=0.7))
    found += [
        Candidate(*match.span(), "PLACE", "site", rule="place.site", confidence=0.7)
        for pattern in (_SITE, _VILLAGE, _STREET, _RAILWAY, _ROAD)
        for match in pattern.finditer(text)
    ]
    return found
