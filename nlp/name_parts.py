"""What a name says: the territory it carries, the edition it counts, and the rest, its stem, in one spelling.

Names of institutions follow a grammar: territories from wide to narrow, then the body, then its departments
(山东省青岛市总工会组织部). Two names that differ in the places they leave out, in short forms of the body (政府, 人民政府), in
quotation marks or in the way to write a session have equal parts. Nothing here looks at how alike two names are.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from unionkg.graph.divisions import LEVELS, Division, divisions
from unionkg.graph.model import NATIONAL
from unionkg.nlp.lexicon import rows
from unionkg.nlp.numerals import number_value

_MARKS = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉 \u3000")
_LONGEST_FORM = 14
_NATIONAL = re.compile(r"中华|中国(?!石油大学|科学技术大学)|全国|国家|国务院|党中央|中共中央|中央|党的|最高人民")
_NATION = re.compile(r"中华人民共和国|全国")
_BARE_LEVEL = re.compile(
    r"(?:全|本|该|我|各)?(?:自治[区州县旗]|地区|街道|师市|新区|园区|[省市州盟县区旗镇乡村])"
    r"|[本该我全各](?:公司|集团|厂|校|院|矿|局|行|段)|(?:集团|公司|学校|学院|医院|厂|矿)(?![一-龥]{6})"
)
_GENERIC_BODY = re.compile(
    r"(?:第[一二三四五六七八九十\d]+|实验|人民|中心|中医|妇幼|保健|职工|工人|职业|技工|高级|综合|便民|政务|服务|文化|活动|帮扶|维权"
    r"|法律|援助|行政|机关|困难|就业|培训|户外|劳动者|爱心|联合|基层|老年|青少年|体育|调解|仲裁|保障|社会)+"
    r"(?:医院|卫生院|小学|中学|高中|学校|学院|大学|幼儿园|文化宫|俱乐部|中心|服务站|驿站|站|所|馆|大厅|党校|工会|委员会)"
)
_EDITION = re.compile(
    r"(?P<first>首届|首次)|第(?P<number>[一二三四五六七八九十百\d]+)(?:届|期|季|批)(?!委员会|理事会|第?[一二三四五六七八九十百\d]+[次中])"
    r"|(?P<year>(?:19|20)\d\d)(?:年度?(?!会)|(?=[^\d年]))"
)
_NUMERAL = r"[一二三四五六七八九十百\d]+"
_SESSION = re.compile(rf"第?({_NUMERAL})届(?:委员会|理事会)?第?({_NUMERAL})(?:次|中)")
_CONGRESS = re.compile(rf"(?<!届)第?({_NUMERAL})次(?=(?:全国|会员|职工|工会)*代表大会)")
_SHORT_CONGRESS = re.compile(rf"(中国工会|工会|党的|中共|中国共产党)({_NUMERAL})大$")
_FULL_CONGRESS = re.compile(r"^中国(工会|共产党)第(\d+)次全国代表大会$")
_ENLARGED = re.compile(r"\(?扩大\)?")
_PLENARY = re.compile(r"(?:全体委员会?议|全体会议|全委会议?|全会)$")
_BARE_MEETING = re.compile(rf"第?{_NUMERAL}[届次]|全体会议|全委会|会员代表大会|职工代表大会|职代会|代表大会")
_PARTY_COMMITTEE = re.compile(
    r"^(?:党委|委员会)(?=$|组织部|宣传部|统战部|政法|办公|巡[视察]|社会工作|网|机构编制|政策研究)"
)
_LEGAL_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司$|(?<=集团)(?:总)?公司$")
_GENERIC_TAIL = re.compile(
    r"(?<=.{4})(?:主题(?:阅读|实践|教育|宣传)?活动|系列活动|专项行动|行动计划|行动|活动|工程|计划|项目|品牌)$|(?<=杯)(?:竞赛|比赛|大赛)$"
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a name; `unionkg.graph.model.Entity` says what each means."""

    stem: str
    territory: str | None = None
    edition: str | None = None
    is_open: bool = False


def name_parts(kind: str, subtype: str | None, name: str, code: str | None, near: Collection[str] = ()) -> NameParts:
    """Return the parts of an entity's name in simplified script.

    `code` is that of the territory that the document found for it; `near` are the codes of all divisions of the
    document, which decide between territories of one name.
    """
    bare = name.translate(_MARKS)
    if kind == "PLACE":
        return NameParts(bare, lineage(code) if code else None)
    if kind == "ORG":
        return _institution(bare, subtype, code)
    if kind in {"PROGRAMME", "EVENT", "POLICY"}:
        return _undertaking(kind, bare, near)
    return NameParts(bare)


@lru_cache(maxsize=4096)
def lineage(code: str) -> str:
    """Return the code that a division and all its predecessors share: today's, or the last there was.

    >>> lineage("513021") == lineage("511703")  # 达县, since 2013 达川区
    True
    """
    found = divisions().by_code(code)
    return found.lineage if found else code


def _institution(name: str, subtype: str | None, code: str | None) -> NameParts:
    if subtype == "media":
        return NameParts(name)
    if code:
        end = _opening_end(name, code)
        return NameParts(_body(name[end:], code) if end else name, lineage(code))
    if _NATIONAL.match(name) or _is_national_body(name):
        return NameParts(_company(name), NATIONAL)
    is_open = bool(_BARE_LEVEL.match(name) or _GENERIC_BODY.fullmatch(name)) or (
        subtype in {"union", "party_state"} and any(one.name == form for form, one in _openings(name))
    )
    return NameParts(_company(name), is_open=is_open)


def _undertaking(kind: str, name: str, near: Collection[str]) -> NameParts:
    """Return the parts of a programme, a meeting or a document: territory and edition in any order, then the stem."""
    territory = edition = None
    is_open = is_year = False
    rest = name
    while True:
        if (edition is None or is_year) and (match := _EDITION.match(rest)) and not (is_year and match["year"]):
            edition = match["year"] or ("1" if match["first"] else _digits(match["number"]))
            is_year = match["year"] is not None
        elif territory is None and (match := _NATION.match(rest)):
            territory = NATIONAL
        elif territory is None and (opening := _territory(rest, near)):
            territory, end = opening
            is_open = not territory
            rest = rest[end:]
            continue
        else:
            break
        rest = rest[match.end() :]
    if kind == "EVENT":
        rest = _meeting(rest)
        is_open |= territory is None and bool(_BARE_MEETING.match(rest))
    elif kind == "PROGRAMME":
        rest = _GENERIC_TAIL.sub("", rest)
    elif territory is None and (_is_law(rest) or rest in _national_policies()):
        territory = NATIONAL
    if territory is None:
        is_open |= bool(_BARE_LEVEL.match(rest))
        territory = NATIONAL if _NATIONAL.match(name) else None
    return NameParts(rest or name, territory or None, edition, is_open)


def _is_law(title: str) -> bool:
    """True for a national law, whose name ends on 法 and not on 办法 (measures)."""
    return title.endswith("法") and not title.endswith(("办法", "工作法", "操作法", "方法", "做法"))


def _territory(name: str, near: Collection[str]) -> tuple[str, int] | None:
    """Return the lineage of the chain of full names of divisions that opens a name, and its end; None for no chain.

    The lineage is "" where several divisions have the name and the document names none of them.
    """
    chain: list[Division] = []
    end = 0
    while True:
        above = {one.code for one in chain}
        found = [
            (form, one)
            for form, one in _openings(name[end:])
            if form == one.name and (not chain or not above.isdisjoint(divisions().ancestry(one.parent)))
        ]
        if not found:
            break
        chain = [one for _, one in found]
        end += len(found[0][0])
    lineages = {one.lineage for one in chain}
    if len(lineages) > 1:
        lineages = {one.lineage for one in chain if one.code in near} or {""}
    return (lineages.pop() if len(lineages) == 1 else "", end) if lineages else None


def _openings(name: str) -> list[tuple[str, Division]]:
    """Return the divisions whose name, of the longest that do, opens this name, with that form."""
    for end in range(min(len(name) - 1, _LONGEST_FORM), 1, -1):
        if found := _named(name[:end]):
            return [(name[:end], one) for one in found]
    return []


@lru_cache(maxsize=65536)
def _named(form: str) -> tuple[Division, ...]:
    return divisions().named(form)


def _opening_end(name: str, code: str) -> int:
    """Return where the places end that open an institution's name: those of the chain of `code`, each level once."""
    chain = {one.lineage: LEVELS.index(one.level) for one in divisions().chain(code)}
    position, level = 0, -1
    while True:
        for end in range(min(len(name) - 1, position + _LONGEST_FORM), position + 1, -1):
            levels = {chain.get(one.lineage, -1) for one in _named(name[position:end])}
            if (deepest := max(levels, default=-1)) > level:
                position, level = end, deepest
                break
        else:
            return position


def _body(rest: str, code: str) -> str:
    """Return what follows the territory in the name of an institution, its short forms written out."""
    if rest == "工会" and len(code) == len("110000"):
        return "总工会"
    rest = _PARTY_COMMITTEE.sub("委", rest)
    for short, full in _short_organs():
        if rest.startswith(short) and not rest.startswith(full):
            return full + rest[len(short) :]
    return _company(rest)


def _company(name: str) -> str:
    """Return a company's name without its legal form, where enough is left of it."""
    core = _LEGAL_FORM.sub("", name)
    return core if len(core) > 3 else name


def _meeting(name: str) -> str:
    """Return the name of a meeting with its numbers in digits and its kind in one spelling."""
    name = _ENLARGED.sub("", name)
    name = _SESSION.sub(lambda match: f"{_digits(match[1])}届{_digits(match[2])}次", name)
    name = _CONGRESS.sub(lambda match: f"第{_digits(match[1])}次", name)
    if match := _SHORT_CONGRESS.search(name):
        return f"{'工会' if '工会' in match[1] else '党'}{_digits(match[2])}大"
    if match := _FULL_CONGRESS.match(name):
        return f"{'工会' if match[1] == '工会' else '党'}{match[2]}大"
    name = name.replace("总工会第", "工会第", 1) if "代表大会" in name else name
    return _PLENARY.sub("全委会", name)


def _digits(numeral: str) -> str:
    value = number_value(numeral)
    return numeral if value is None else f"{value:g}"


@cache
def _short_organs() -> tuple[tuple[str, str], ...]:
    """Return short and full names of organs, the longest short ones first."""
    found = [(short, full) for short, full in rows("organ_short_forms.tsv")]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _national_policies() -> frozenset[str]:
    return frozenset(row[0].translate(_MARKS) for row in rows("national_policies.txt"))


@cache
def _national_bodies() -> frozenset[str]:
    return frozenset("".join(full) or form for form, _, *full in rows("national_bodies.tsv"))


def _is_national_body(name: str) -> bool:
    """True for a body of the whole country (教育部) and for what its name opens, its departments."""
    return any(name[:end] in _national_bodies() for end in range(len(name), 2, -1))
