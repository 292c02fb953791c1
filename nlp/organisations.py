"""Names of institutions, by their grammar: [territory or level] [system or trade] [kind] [department].

Everything is matched on characters. The territory is a chain of places of the gazetteer (浙江省湖州市), a bare level that
the document resolves (省, 市, 州…), or a division of the Production and Construction Corps. What follows is read from the
lists of organs, union heads, union sectors and departments in `data/`. `companies` has the other bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from unionkg.nlp.candidates import Candidate
from unionkg.nlp.companies import left_edge
from unionkg.nlp.lexicon import Forms, find_words, rows
from unionkg.nlp.short_forms import short_forms

LEVELS = (
    "自治区", "自治州", "自治县", "地区", "街道", "兵团", "师市", "新区", "开发区", "社区", "省", "市", "州", "盟", "县", "区",
    "旗", "镇", "乡", "村",
)  # fmt: skip
_CORPS = re.compile(
    r"(?:新疆生产建设兵团)?第[一二三四五六七八九十]+师(?:[一-龥]{2,4}市)?|新疆生产建设兵团|农[一二三四五六七八九十]+师"
)
_REGIMENT = re.compile(
    r"(?:[一二三四五六七八九〇零]{2,4}|\d{2,3})团(?=工会|总工会|党委|机关)|(?<![第全各每组本该整\d一-龥])[一二三四五六七八九十百〇零\d]{1,4}团(?=[、,。]|总?工会|党委|机关|驻地|职工|[一二三四五六七八九十\d]+连)"
    r"|(?<=[在到原的])[一二三四五六七八九十百〇零\d]{1,4}团(?=[、,。]|总?工会|党委|机关|驻地|职工|[一二三四五六七八九十\d]+连)"
)
"""A regiment of the Corps: with a body of its own anywhere, bare where the text speaks of the Corps."""
_BEFORE_LEVEL = re.compile(
    r"(?:[各某每全两三四五六七八九十多外跨该本近邻首这那整个几]|各[省市州盟县区旗镇乡]{1,3}|各[省市州盟县区旗镇乡地]+(?:[、和(][省市州盟县区旗镇乡地]*)+\)?)$"
)
_PART_OF_WORD = {
    "区": "院团社园厂校景片辖矿战特专街山牧林灾城郊库小地湾海港农老",
    "市": "团城股门超夜菜上都闹集",
    "省": "节反团",
    "乡": "家老城故下返回水",
    "村": "农乡",
    "镇": "城乡集小古",
    "旗": "国红党军锦团",
    "县": "团",
    "州": "团",
    "盟": "联同加",
}
"""Characters before a level word that make another word of it (社区, 城市)."""
_SHORT_BODY = re.compile(r"(?:总|会|委|局|厅|办|部|联|联盟|集团|公司|中心|学院|大学|医院|银行|[院校段厂矿港队])$")
_TERM_BODY = re.compile(r"第[一二三四五六七八九十百]+届(?:执行|经费审查|女职工|常务|纪律检查)?委员会")
_COURT = re.compile(
    r"审判委员会|(?:(?![、,。和与在的])[一-龥]){1,8}?(?:审判庭|法庭|执行局|(?<![开当休出到])庭(?!长|审))"
)
_OF_MINISTRY = re.compile(r"(?:(?![在的和与、])[一-龥]){2,8}司(?=副?司长|[一二三四]级|[、,。])")
_OFFICE = re.compile(r"(?:(?![在的和与、])[一-龥]){2,4}(?:办事处|代表处)")
_COMMITTEE = re.compile(r"(?:(?![在的了是由])[一-龥]){2,14}?(?:工作委员会|专门委员会)")
_BEFORE_DEPARTMENT = frozenset({"、", ",", "任", "兼", "选", "为", "由", "经", ""})
_RESPONSIBLE = re.compile(r"(?:责任|牵头|承办|配合)(?:单位|部门):[^;:。)]{0,30}$")
_BARE_COMMITTEE = re.compile(r"(?<![一-龥])(?:经审[会委]|经费审查委员会|女职工委员会|女职委)")
_BRANCH = re.compile(r"(?:[一-龥]{0,4}局(?!限|面|部|势|长)|专员办|审计组|分局|(?:省|市|区)?委员会(?!委))")
_YOUTH_BODY = re.compile(r"(?<![一-龥])团[省市州县区旗盟]委(?!员)|(?<=[和与、由及在])团[省市州县区旗盟]委(?!员)")
_UNION_OFFICE = re.compile(r"副?主席|女工主任|干事")
_ZONE_LEVELS = frozenset({"开发区", "新区", "社区", "村"})
_PARTY_PREFIX = re.compile(r"(?:中国共产党|中共)$")
_YOUTH_PREFIX = re.compile(r"共青团$")

_PLAIN_HAN = r"(?![在和与及由向对为从到被把给的了是等将会同各有]|总工会|下辖|所属|下属)[一-龥]"
_OPEN_UNION = re.compile(rf"(?:{_PLAIN_HAN}){{2,14}}?(?:工会联合会|联合工会|(?:行业|产业|职业|企业)工会(?!联合))")
_OPEN_ORGAN = re.compile(
    rf"(?:{_PLAIN_HAN}){{2,8}}?(?:(?<![告餐客大展乐事业务舞])厅|(?<![大全格布结僵终变战定])局(?!限|面|部|势)|管委会|管理委员会)"
)
_OPEN_DEPARTMENT = re.compile(rf"(?:{_PLAIN_HAN}){{1,6}}?(?:部|处|科|室)(?=原?副?(?:部长|处长|科长|主任))")
_UNPLACED_UNION = re.compile(rf"(?:{_PLAIN_HAN}){{2,10}}(?:总工会|工会联合会|联合工会)(?!会)")
_GENERIC_UNION = re.compile(
    r"(?:全[省市县区州国]|[两三四]级|[一-龥]{0,4}[两三四五六七八九十][省市县区地级]|(?:省市县?|市县|县乡)|[县区市省州]级|县市区|乡镇|街道|社区|行业|区域|企业|联合|组建|成立|建立|指导|推动|产业|基层|上级|下级|地方|所在|当地|原|新|本|级)"
)
_SHORTEST_UNPLACED = 5
_SHORTEST_BESIDE = 3
_UNION_OF_ORGAN = frozenset({"工会", "工会委员会", "总工会"})
_CUT_SHORT = frozenset({"委", "人大", "政府", "政协", "法院"})
_ANOTHER_WORD = re.compile(r"书记处|代表|员会|托|常(?!委|务)")
_NAMES_IN_MARKS = frozenset({"求是", "达达", "半月谈"})
_ALSO_KINDS = frozenset({"妇联", "共青团", "兵团"})
_OF_CORPS = re.compile(r"劳动模范|劳模|五一|工匠|精神|职工|第[一二三四五六七八九十]+师|道德|先进")
_WORD_GOES_ON = re.compile(r"[酬式化街路告纸表到道]")
_CONGRESS_AFTER = re.compile(r"第?[一二三四五六七八九十\d]+|章程")
_SHORT_UNION = re.compile(
    r"总(?!工会|体|量|人|面积|值|额|部(?!署)|经|站|队|指挥|裁|数|产|监(?!督)|署|社|店|编|结(?!合)|院|厂|教|规|决(?!定|心)|收入|支出|预算|商会|会|"
    r"工程师|承包|书记|设计|电|长|共(?!同|享|建)|分|和(?!各|[省市县区州盟旗]|[一-龥]{1,8}(?:总工会|工会|局|委|厅|院))|有|要|想|是|觉得|之|则|第|价|投资|里程|装机|用|需|库|台|店|图|目标|负荷|攻|管|代|的(?=来|看|说|趋))"
)
"""省总, 市总: a federation in short, where 总 opens no other word (省总量, 市总部)."""
_TOWN_BODY = re.compile(
    r"(?:(?<![一-龥])|(?<=[在和与及由])|(?<=[省市县区旗]))(?P<town>(?!全|各|本|该|每|城乡|乡镇|古|小|特色|中心|村|街道|社区|[一二三四五六七八九十两]+[个家])[一-龥]{2,3}(?:镇|乡|街道))"
    r"(?P<body>总工会|工会联合会|联合工会|工会|党委|党工委|人民政府|政府|办事处|人大)"
)
"""A body of a town or street, also where the text does not say in which county."""
_NO_UNION_AFTER = ("干部", "会员", "组织", "经费", "代表", "委员", "驿站", "法》")


@cache
def _organs() -> Forms:
    return Forms.read("organs.tsv")


@cache
def _heads() -> Forms:
    return Forms.read("union_heads.tsv")


_ALL_IN_ALL = re.compile(r"[安健完保齐]全总|全总[监量数额体分结]")
"""Words in which 全 and 总 meet."""


@cache
def _sectors() -> Forms:
    return Forms.read("union_sectors.tsv")


@cache
def _departments() -> Forms:
    return Forms.read("departments.tsv")


@cache
def _known() -> Forms:
    """Bodies named without a place: subtype and full name of each."""
    meanings = {form: (subtype, *(rest or ("",))) for form, subtype, *rest in rows("national_bodies.tsv")}
    meanings |= {form: ("media", "") for (form,) in rows("media.tsv")}
    meanings |= {form: ("enterprise", "") for (form,) in rows("enterprises.tsv")}
    return Forms(meanings)


def find_institutions(text: str, chains: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Return the unions, organs and departments of `text` (folded) that open with a territory, a level or are known.

    `chains` are the spans of places that stand end to end.
    """
    parts = _parts(text)
    found: list[Candidate] = []
    for start, end in chains:
        low = _with_prefix(text, start)
        found.extend(parts.after_territory(low, end, "place"))
    corps = [*_CORPS.finditer(text)]
    corps += [
        match
        for match in _REGIMENT.finditer(text)
        if corps or "兵团" in text or "工会" in text[match.end() : match.end() + 3]
    ]
    for match in corps:
        found.extend(parts.after_territory(match.start(), match.end(), "corps"))
        found.append(Candidate(match.start(), match.end(), "ORG", "party_state", rule="org.corps", confidence=0.9))
    inside = {place for start, end in chains for place in range(start + 1, end)}
    for level in LEVELS:
        position = text.find(level)
        while position >= 0:
            before = text[max(0, position - 8) : position]
            is_word = before[-1:] not in _PART_OF_WORD.get(level, "") or not before
            if position not in inside and is_word and not _BEFORE_LEVEL.search(before):
                low = left_edge(text, position, set()) if level in _ZONE_LEVELS else _with_prefix(text, position)
                found.extend(parts.after_territory(low, position + len(level), "level"))
            position = text.find(level, position + 1)
    for start, end in _known().find(text):
        subtype, name = _known().meanings[text[start:end]]
        if _is_whole_word(text, start, end, subtype):
            found.append(Candidate(start, end, "ORG", subtype, name=name, rule="org.known", confidence=0.95))
            found.extend(parts.departments(start, end, subtype, "org.department", prefix=name))
    found += _branches(text, found, chains)
    found += [
        Candidate(*match.span(), "ORG", "other", rule="org.youth", confidence=0.9)
        for match in _YOUTH_BODY.finditer(text)
    ]
    for match in _TOWN_BODY.finditer(text):
        subtype = "union" if match["body"].endswith(("工会", "联合会")) else "party_state"
        found.append(Candidate(match.start(), match.end(), "ORG", subtype, rule="org.town", confidence=0.85))
    ends = {candidate.end for candidate in found}
    for match in _UNPLACED_UNION.finditer(text):
        start = max(match.start(), left_edge(text, match.end(), set()))
        name = text[start : match.end()]
        if match.end() not in ends and len(name) > _SHORTEST_UNPLACED and not _GENERIC_UNION.match(name):
            found.append(Candidate(start, match.end(), "ORG", "union", rule="org.unplaced", confidence=0.6))
    return found


def _branches(text: str, bodies: Sequence[Candidate], chains: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Return the branches of national bodies in a territory (国家税务总局无锡市税务局, 中国邮政集团工会甘肃省委员会)."""
    ends = dict(sorted(chains))
    return [
        replace(body, end=branch.end(), name=body.name and body.name + text[body.end : branch.end()], rule="org.branch")
        for body in bodies
        if body.rule in {"org.known", "org.company_union"}
        and body.end in ends
        and (branch := _BRANCH.match(text, ends[body.end]))
    ]


def _with_prefix(text: str, start: int) -> int:
    """Return where a name starts that a word such as 中共 or 共青团 opens."""
    for prefix in (_PARTY_PREFIX, _YOUTH_PREFIX):
        if match := prefix.search(text, max(0, start - 6), start):
            return start - (match.end() - match.start())
    return start


def _is_whole_word(text: str, start: int, end: int, subtype: str) -> bool:
    """False where a known form is a piece of another word (劳动报酬), or one of a kind of body (市妇联)."""
    word = text[start:end]
    if word in _NAMES_IN_MARKS:
        return text[max(0, start - 1) : start] in {"《", "“"}
    if word in _ALSO_KINDS:
        return not re.match(r"[市组]", text[end : end + 1]) and not re.search(r"[省市县区州旗乡镇]$", text[:start][-1:])
    if word == "全总" and _ALL_IN_ALL.search(text, max(0, start - 1), end + 1):
        return False
    if word.endswith("部") and text[end : end + 1] in "门队署分":
        return False
    if (
        len(word) <= 3
        and word.endswith("部")
        and re.match(r"(?![和与及由同经据向对以从])[一-龥]", text[start - 1 : start])
    ):
        return False  # 宣传教育部
    if word == "兵团" and _OF_CORPS.match(text, end):
        return False
    if subtype in {"enterprise", "media"}:
        in_word = word == "建行" and (text[start - 1 : start] == "组" or text[end : end + 1] in {"业", "动"})
        return (
            not in_word
            and not _WORD_GOES_ON.match(text, end)
            and not (word == "中国工人" and text[end : end + 2] in {"运动", "阶级"})
        )
    return not (word == "中国工会" and _CONGRESS_AFTER.match(text, end))


class _Parts:
    """Where organs, heads, sectors and departments start in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.organs = _organs().longest_at_each(text)
        self.heads = _heads().longest_at_each(text)
        self.sectors = _sectors().longest_at_each(text)
        self.department_ends = _departments().longest_at_each(text)

    def after_territory(self, start: int, end: int, kind: str) -> Iterator[Candidate]:
        """Yield the names that a territory `[start, end)` opens, the body first, then its departments."""
        rule = f"org.{kind}"
        head, organ = self._union_end(end), self._organ_end(start, end)
        if not head and end not in self.organs and _SHORT_UNION.match(self.text, end):
            yield Candidate(start, end + 1, "ORG", "union", rule=rule, confidence=0.85, rank=1)
            yield from self.departments(start, end + 1, "union", rule)
        elif head and (head >= organ or self.text[organ:head] in _UNION_OF_ORGAN):
            if self._is_union(end, head, is_bare=kind == "level"):
                yield Candidate(start, head, "ORG", "union", rule=rule, confidence=0.96, rank=1)
                yield from self.departments(start, head, "union", rule)
        elif organ:
            of_youth = self.text.startswith("共青团", start)
            subtype = "other" if of_youth else _organs().meanings.get(self.text[end:organ], ("party_state",))[0]
            yield Candidate(start, organ, "ORG", subtype, rule=rule, confidence=0.95, rank=1)
            yield from self.departments(start, organ, subtype, rule)
            yield from self._organs_beside(start, end, organ, rule)

    def _organ_end(self, start: int, end: int) -> int:
        """Return where the organ ends that follows on a territory, 0 where it is none or part of another word."""
        organ = self.organs.get(end, 0)
        form = self.text[end:organ]
        if form == "委员会" and not self.text.startswith(("共青团", "中共", "中国共产党"), start):
            return 0
        if form in _CUT_SHORT and _ANOTHER_WORD.match(self.text, organ):
            return 0
        if not organ and (match := _OPEN_ORGAN.match(self.text, end)):
            return match.end()
        return organ

    def _organs_beside(self, start: int, end: int, organ: int, rule: str) -> Iterator[Candidate]:
        """Yield the organs of the same territory in a list that names it once (青海省教育厅、财政厅)."""
        while self.text[organ : organ + 1] in {"、", "和", "与"} and (other := self.organs.get(organ + 1, 0)):
            form = self.text[organ + 1 : other]
            if len(form) < _SHORTEST_BESIDE:
                return
            yield Candidate(
                *(organ + 1, other, "ORG", _organs().meanings[form][0]),
                name=self.text[start:end] + form,
                rule=rule,
                confidence=0.8,
            )
            organ = other

    def departments(self, start: int, end: int, subtype: str, rule: str, prefix: str = "") -> Iterator[Candidate]:
        """Yield the departments that follow directly on a body `[start, end)`, one inside the other."""
        tail = end
        name = prefix
        while department := self._department_end(tail):
            if subtype in {"media", "enterprise"}:
                return
            name = name and name + self.text[tail:department]
            tail = department
            yield Candidate(start, tail, "ORG", subtype, name=name, rule=rule, confidence=0.93, rank=1)

    def _department_end(self, position: int) -> int:
        """Return where a department's name ends that begins at `position`, 0 where none does."""
        if match := _TERM_BODY.match(self.text, position):
            return match.end()
        if self.text[position - 1 : position] in {"部", "局"} and (match := _OF_MINISTRY.match(self.text, position)):
            return match.end()
        if self.text[position - 3 : position] == "总工会" and (match := _OFFICE.match(self.text, position)):
            return match.end()
        if self.text[position - 2 : position] in {"法院", "中院", "高院"} and (
            match := _COURT.match(self.text, position)
        ):
            return match.end()
        if self.text[position - 2 : position] in {"人大", "委会", "政协"} and (
            match := _COMMITTEE.match(self.text, position)
        ):
            return match.end()
        if end := self.department_ends.get(position, 0):
            return end
        match = _OPEN_DEPARTMENT.match(self.text, position)
        return match.end() if match else 0

    def _union_end(self, position: int) -> int:
        """Return where a union's name ends that goes on at `position` with sectors and a head, else 0."""
        best = self.heads.get(position, 0)
        if best:
            return best
        if match := _OPEN_UNION.match(self.text, position):
            return match.end()
        tail = position
        for _ in range(3):
            if not (sector := self.sectors.get(tail, 0)):
                break
            tail = sector
            if self.text.startswith(("系统", "行业"), tail) and self.heads.get(tail + 2):
                tail += 2
            if head := self.heads.get(tail, 0):
                return head
        return 0

    def _is_union(self, position: int, head: int, *, is_bare: bool) -> bool:
        """False for kinds (市工会) and for 工会 as the first part of another word (浙江工会干部)."""
        if self.text[position:head] != "工会":
            return True
        if is_bare and self.text[position - 1] in "镇乡道" and _UNION_OFFICE.match(self.text, head):
            return True
        return not is_bare and not self.text.startswith(_NO_UNION_AFTER, head)


@lru_cache(maxsize=1)
def _parts(text: str) -> _Parts:
    """Return the parts of the text in hand, which is searched before and after its companies are known."""
    return _Parts(text)


def find_inner_departments(text: str, unions: Sequence[Candidate]) -> list[Candidate]:
    """Return the departments that follow directly on the union of a company (集团工会宣教部)."""
    parts = _parts(text)
    return [
        replace(inner, rule=union.rule)
        for union in unions
        if union.rule in {"org.company_union", "org.bare_company"}
        for inner in parts.departments(union.start, union.end, "union", union.rule)
    ]


def find_bare_departments(text: str) -> list[Candidate]:
    """Return departments named without their body, where a post follows (统战部部长, 统战部长)."""
    found = []
    departments = _departments().find(text)
    for start, end in departments:
        word = text[start:end]
        post = re.match(r"(?:(?:常务)?副)?(?:部长|主任|书记|主席)|长(?!期)", text[end : end + 5])
        before = text[start - 1 : start]
        if (
            (post and before in _BEFORE_DEPARTMENT) or _RESPONSIBLE.search(text, max(0, start - 40), start)
        ) and word.endswith(("部", "室", "委", "会", "办")):
            found.append(Candidate(start, end, "ORG", None, name="", rule="org.bare_department", confidence=0.8))
    found += [
        Candidate(match.start(), match.end(), "ORG", None, name="", rule="org.bare_department", confidence=0.75)
        for match in _TERM_BODY.finditer(text)
    ]
    found += [
        Candidate(*match.span(), "ORG", None, name="", rule="org.bare_department", confidence=0.8)
        for match in _BARE_COMMITTEE.finditer(text)
    ]
    ends = _departments().longest_ending_at_each(text)
    for start, end in departments:
        if text[start - 1 : start] in {"、", "和"} and start - 1 in ends and end - start >= _SHORTEST_BESIDE:
            found.append(Candidate(start, end, "ORG", None, name="", rule="org.bare_department", confidence=0.75))
    return found


def find_introduced(text: str) -> list[Candidate]:
    """Return the short forms that 以下简称 gives a body (“市总”), wherever they stand."""
    forms = {one.name for one in short_forms(text) if _SHORT_BODY.search(one.name)}
    return [
        Candidate(start, end, "ORG", None, rule="org.introduced", confidence=0.8)
        for start, end in find_words(text, forms)
    ]
