"""Companies, outlets, schools, hospitals and other bodies, told by the words on which their names end.

Where such a name begins is told by what no name holds (a verb, a preposition, a mark), by the place that opens it, or by
a brand. The unions of companies are theirs: X集团 gives X集团工会.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from unionkg.graph.divisions import divisions
from unionkg.nlp.candidates import Candidate
from unionkg.nlp.lexicon import Forms, find_words, rows
from unionkg.nlp.persons import NAME_TAGS, has_surname, is_transliterated, looks_like_name

_FORM = re.compile(r"(?:集团|\(集团\))?(?:有限责任公司|股份有限公司|有限公司)")
_COMPANY_END = re.compile(
    rf"{_FORM.pattern}|集团公司|总公司|公司(?=工会|党委)|(?:煤业|矿业|电力|供电|燃气|热力|供热|水务|自来水|公交|公共汽车|客运|运输|物流|建筑|建设|建工|路桥|工程|石油|石化|化工|"
    r"钢铁|铝业|铜业|锌业|稀土|航空|港务|环卫|物业|劳务|食品|药业|制药|纺织|棉纺|服装|电子|科技|通信|汽车|机械|重工|装备|电气|电器|能源|新能源|农业|牧业|乳业|酒业|"
    r"茶业|粮油|种业|烟草|印务|文旅|旅游|商贸|置业|快递|速递|保安|家政|油田|炼化|矿务|机场|港口|地铁|轨道|捷运|铁路|台铁|城投|建投|交投|传媒|出版|电影)公司|(?:采油|采气|炼油|炼化|输油|热电|选矿|钻井|测井)第?[一二三四五六七八九十]+厂|集团(?!队|军|化|式|内|总部|[一-龥]{{0,10}}公司)|"
    r"(?:炼油|钢铁|机械|化工|制药|水泥|纺织|造船|发电|热电|卷烟|乙烯|轧钢|炼铁|炼钢|锻造|铸造|修造|食品|机床|电机|轴承|仪表)厂|[一二三四五六七八九十]矿|煤矿"
)
_PLACED_TRADE = re.compile(
    r"(?:移动|联通|电信|铁塔|邮政|电力|烟草|中烟|石油|石化|农信|高速|港航|能投|交投|建投|城投|地铁)"
    r"(?=[、,。()“”]|工会|公司|同日|与|和|等企业|[一-龥]{0,2}分公司)"
)
_UNPLACED_BODY = re.compile(
    r"(?:(?<![一-龥])|(?<=[和与在]))(?:(?!在|和|与|的|了|是|各|每|全|该|本|几|多|所|考|上|读|办|于|业|从|念|所|大学)[一-龥]){2,8}大学(?![生习校们])(?:附属)?(?:[一-龥]{2,4}医院)?"
    r"|(?:(?<![一-龥])|(?<=[和与在]))(?:(?!在|和|与|的|了|是|各|每|全|该|本|几|多|所|考|上|读|办|于|业|从|念)[一-龥]){2,6}?(?:师范|职业技术|职业|理工|工业|科技|医|农|林|商|财经|政法|民族|工程|交通|美术|音乐|体育|外国语|警察|管理)学院(?![一-龥]?[生派])"
    r"|中国(?:(?!在|的|了|是|特色|工会|工人)[一-龥]){2,10}(?:联合会|协会|互助会|学会|研究会|基金会|科学院|工程院)(?![一-龥]?员)"
    r"|国家(?:博物馆|图书馆|大剧院|话剧院|会展中心)"
)
_WORKS_END = re.compile(r"(?<=[一-龥]{2})(?<![工出进入建全办本该新老])厂(?![房区长商家务内里矿子址])")
_BRANCH_END = re.compile(r"银行(?!业|卡|家)|保险公司|证券|信用社|农商行|分行|支行")
_COMPANY_TAIL = re.compile(
    r"[一-龥]{0,8}?(?:分公司|子公司|煤业公司|电力公司|燃气公司|公交公司|物流公司|分行|支行|供电公司|石化公司|集装箱公司|营业部|营业点|营业厅|网点|城市站|转运中心|分拨中心|分拣中心|处理中心|配送中心|采矿场|选矿厂|[一-龥]{0,4}炼[钢铁]厂|事业部|研发总院|研究院|项目部|车间|(?<![一-龥])[一-龥]{2,6}(?:机务|工务|车务|供电|电务|客运|车辆|房建|动车|通信|工电)段|检修段|机务段|检修[一二三四五六七八九十]班|班组|工区)"
)
_UNIT = re.compile(
    r"(?:(?:(?!在|和|与|及|由|向|对|为|从|到|被|把|给|的|了|是|有|等|将|会|同|各|每|开展|开放|开设|评出|设立|成立|召开|下属|所属)[一-龥\d]){0,6}?"
    r"(?:车间|班组|[一二三四五六七八九十\d]+[班组队]|车队|大队|中队|支队|[一二三四五六七八九十\d]*工段|工区|工作站|配送站|服务站|加油站|收费站|变电站|项目部|"
    r"(?<![一-龥])部|监察局|(?:(?![在和与的给对由向为会])[一-龥]){1,3}(?<![值倒带换轮加上下交接当跟夜白早晚列排领率归组])[班队](?=[\s、,。;等)]|[班队]长|工人)|[一-龥]{2,4}部|[一-龥]{2,4}科|[一-龥]{2,4}处|[一-龥]{2,4}室|[一-龥]{2,6}学院|[一-龥]{1,4}系|[一-龥]{2,3}院区|门诊|[一二三四五六七八九十]庭|团委|党委|纪委|站(?!点|位|在|上|起|立|稳))){1,2}"
    r"(?=[\s,。;:!?、()“”《》|]|$|职工|工会|员工|工人|[一-龥]{0,4}(?:司机|骑手|技师|工程师|医师|教师|护士|[焊钳电车技铣]工)|[一-龥]{0,6}[工师员](?=[\s,。、(]|$)|等|承办|主办|协办|班长|副?[队组科部处站庭]长|副?主任|负责人|党支部|党员|女工|获|荣获|被授予|的|与|和|及|学习|毕业|就读|任教)"
)
_OTHER_END = re.compile(
    r"(?:职业技术学院|职业学院|技师学院|高级技工学校|技工学校|技术学校|职业学校|大学|学院|中学|小学|学校|幼儿园|研究院|研究所|设计院|"
    r"(?:附属|人民|中心|中医|妇幼保健|第[一二三四五六七八九十]{1,3}){0,4}(?<!法)医院|疗养院|卫生院|敬老院|福利院|文化宫|俱乐部|图书馆|博物馆|纪念馆|体育馆|体育中心|"
    r"(?:职工|工会|困难职工|法律|法律援助|维权|就业|人才|会员|综合|公共|市民|政务|环卫){1,4}(?:服务|帮扶|援助|维权|活动|培训){0,3}中心|"
    r"(?<=[一-龥]{2})(?:服务|控制|指挥|救助|发展|检测|监测|养护|保洁|推广|交易)中心|"
    r"(?<=[一-龥]{2})(?:工作站|管理站|推广站|保护站|管护站|护林站|水文站|气象站|监测站|环卫站|林场|农场|牧场|贮木场|生产队|电厂|电站|油田)|"
    r"(?:行业|志愿者|企业家|产业|[一-龥]{2})(?:协会|商会|学会|研究会)|(?<=[一-龥]{4})(?:联盟(?!赛)|职工总会|联谊会|研究中心)|校区|律师事务所|企业联合会|基金会|促进会|慈善总会|专业合作社|"
    r"(?:机务|供电|车务|工务|电务|客运|房建|车辆)段|(?:火车|高铁)?站区|艺术团|话剧院|歌舞团)"
)
_MEDIA_END = re.compile(
    r"(?:工人日报|工人报|职工报|青年报|妇女报|科技报|教育报|法治报|法制报|经济报|日报|晚报|早报|晨报|商报|都市报|"
    r"电视台|广播电视台|融媒体中心|新闻网|(?<!可)(?<!可以)在线(?![一-龥])|通讯社|卫视)(?:社|客户端|融媒)?"
)
_OUTLET = re.compile(
    rf"(?<![一-龥])(?P<name>[一-龥]{{2,6}}?{_MEDIA_END.pattern})(?=[\s,。:()|—\]]|$|[一-龥]{{0,4}}讯|(?:见习|实习|全媒体)?记者)",
    re.MULTILINE,
)
"""An outlet that stands alone in a head or before 讯 and 记者, whatever its name."""
_STUDIO = re.compile(
    r"(?:(?:劳模|工匠|技能大师|职工|劳模和工匠人才|技师){1,4}(?:创新)?|创新)?工作室|(?:劳动争议|法律援助|维权|矛盾纠纷){0,3}(?:调解|服务)室"
)
_STOP = re.compile(
    r"[\s,.。;:!?、()“”‘’《》〈〉\[\]<>/|…—\d%+&]|在(?!线)|和|与|及|由|向(?!阳)|对|为|从|到|被|把|给|来自|位于|经过|通过|前往|走进|赴|(?<!美)的|了|是|有(?!限)|等|"
    r"将|会同|联合(?!会)|授予|推动|支持|组织|深入|参加|带动|吸引|陪同|参观|考察|调研|走访|慰问|成立|建立|布设|设立|召开|举办|举行|开放|开设|评出|共办|开展|指导|现任|曾任|担任|兼任|任命|免去|当选|代表|"
    r"每|该|本|各|某|一家|两家|几家|多家|一处|聘请|下称|借调|共建|合建|合办|联办|希望|拜访|走进|会见|(?<=—)记|其后|随后|(?<=[聘请])原|去年|今年|明年|近日|日前|目前|对话|撞见|遇见|见到|校长|院长|书记|主席|主任|部长|局长|厂长|经理|作(?=[一-龥]{0,4}报告)|^原|(?<=\s)原|(?<!责)任(?![丘城])"
)
_TOGETHER = re.compile(r"共[建办]|合[建办]|联[合办]|会同|参观|走访")
_UNION = re.compile(r"(?:机关|基层|企业|分)?(?:工会委员会|工会联合会|工会)")
_BARE_COMPANY = re.compile(
    r"(?:(?<![一-龥])|(?<=[由经与和在给向为是及望任的被])|(?<![医学法察究科剧书画务养计贸商])(?=院工会)|(?<![学高院党军技])(?=校工会))"
    r"(?P<body>集团公司|集团|总公司|公司|[省市]分行|分行|支行|学校|学院|医院|[厂矿校院段])"
    r"(?P<inner>工会|人力资源部|党委|团委|纪委|女职工委员会)(?!会员|干部|组织(?!开展|召开|举办|实施|动员|参加|慰问|了|职工)|经费(?!审查)|系统|工作|换届)"
)
"""A company's union or committee with the company's name left out: 集团工会, 公司党委."""
_BRANDED_UNION = re.compile(
    r"(?:(?<![一-龥])|(?<=[与和由、]))(?P<union>(?P<brand>[一-龥]{2,5})工会)"
    r"(?=副?主席|女工|[与和、][一-龥]{2,5}工会|把|将|还|也|则)"
)
_COMMON_BODY = re.compile(
    r"[省市县区州旗镇乡村]$|企业|公司|基层|上级|下级|各级|行业|产业|地方|机关|系统|单位|职工|联合|高校|学校|学院|医院|园区|社区|街道|中国|我国|全国|同级|车间|班组|乡镇|女工|老|新"
)
_NATIONAL_BRAND = ("中国", "国家")
_REACH = 24
_OF_BRAND = re.compile(r"(?:职业技术|职业|技师)?(?:学院|大学|医院)")
_NO_BRAND = re.compile(
    "中国|中华|国家|全国|第[一二三四五六七八九十]|人民|首都|职工|工人|东方|华[东南西北中]|[东南西北]方|长江|黄河|城市|城建|交通|电力|铁路|建筑|工程|机械|农业|环境|市政|公共|物业|劳务|服务"
)
"""Beginnings of companies' names that are no brand: 中国公司 is none of them."""
_SHORTEST_CORE = 3
_LEAST = 4
"""Characters of the shortest name that an ending may tell."""


@cache
def _brands() -> Forms:
    return Forms({brand: () for (brand,) in rows("enterprises.tsv")})


def find_companies(text: str, places: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Return the bodies of a folded text that the end of their names tells; `places` (spans) may open one."""
    starts = {start for start, _ in places}
    found = [*_companies(text, starts), *_branded(text)]
    found += _short_companies(text, found, places)
    found += _opened_by_place(text, starts, _BRANCH_END, "enterprise", "org.branch")
    found += _placed_brands(text, places)
    unplaced = [
        (max(match.start(), left_edge(text, match.end(), starts)), match.end())
        for match in _UNPLACED_BODY.finditer(text)
    ]
    found += [
        Candidate(start, end, "ORG", "other", rule="org.unplaced_body", confidence=0.75)
        for start, end in unplaced
        if end - start >= _LEAST
    ]
    found += _opened_by_place(text, starts, _MEDIA_END, "media", "org.media")
    found += [
        Candidate(match.start(), match.end("name"), "ORG", "media", rule="org.media", confidence=0.85)
        for match in _OUTLET.finditer(text)
    ]
    found += _opened_by_place(text, starts, _WORKS_END, "enterprise", "org.works")
    found += _opened_by_place(text, starts, _OTHER_END, "other", "org.other")
    found += [
        Candidate(company.start, union.end(), "ORG", "union", rule="org.company_union", confidence=company.confidence)
        for company in found
        if company.subtype != "media" and not company.name and (union := _UNION.match(text, company.end))
    ]
    for match in _STUDIO.finditer(text):
        if (start := _studio_start(text, match.start())) is not None:
            found.append(Candidate(start, match.end(), "ORG", "other", rule="org.studio", confidence=0.8))
    return found


def _companies(text: str, starts: set[int]) -> Iterator[Candidate]:
    for match in _COMPANY_END.finditer(text):
        start = left_edge(text, match.start(), starts)
        core = match.start() - start
        by_place = _opens_with_place(text, start, starts)
        if core < 2 or match.end() - start < _LEAST or (match.group() == "集团" and not by_place and core > 6):
            continue
        confidence = 0.9 if by_place or "公司" in match.group() else 0.7
        yield Candidate(
            start, _with_tail(text, match.end()), "ORG", "enterprise", rule="org.company", confidence=confidence
        )


def _branded(text: str) -> Iterator[Candidate]:
    """Yield known brands with the company form, or the branch, that follows on them."""
    for start, end in _brands().find(text):
        form = _FORM.match(text, end)
        full = _with_tail(text, form.end() if form else end)
        if school := _OF_BRAND.match(text, end):
            yield Candidate(start, school.end(), "ORG", "other", rule="org.brand", confidence=0.85)
        elif full > end:
            yield Candidate(start, full, "ORG", "enterprise", rule="org.brand", confidence=0.9)


def _placed_brands(text: str, places: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield the companies of a place that the news names by place and trade alone (海南移动, 青海邮政)."""
    for start, end in places:
        if trade := _PLACED_TRADE.match(text, end):
            yield Candidate(start, trade.end(), "ORG", "enterprise", rule="org.placed_brand", confidence=0.75)


def _with_tail(text: str, end: int) -> int:
    """Return where the branches and units end that follow on a company's name at `end`, one inside the other."""
    for _ in range(4):
        tail = _COMPANY_TAIL.match(text, end)
        if tail is None or _STOP.search(tail.group()):
            break
        end = tail.end()
    return end


def _short_companies(text: str, companies: Sequence[Candidate], places: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Return where a company that the text names in full stands with its place or form left out (青禾药业, 云岫集团).

    Its union and its units with it: 云岫集团工会, 青禾药业检修车间.
    """
    ends = dict(places)
    names: dict[str, str] = {}
    for company in companies:
        form = _FORM.search(text, company.start, company.end)
        if company.subtype != "enterprise" or form is None:
            continue
        full = text[company.start : form.end()]
        core = text[ends.get(company.start, company.start) : form.start()].removesuffix("集团")
        if len(core) < _SHORTEST_CORE:
            continue
        forms = {short: full for short in (core, core[:4]) if len(short) >= _LEAST}
        if not _NO_BRAND.match(core) and not divisions().named(core[:2]):
            forms |= {core[:2] + kind: full for kind in ("集团", "股份", "公司", "厂")}
            forms[core[:2] + "工会"] = full + "工会"
        for short, name in forms.items():
            if names.setdefault(short, name) != name:
                names[short] = ""  # of two companies, hence of none
    found = []
    for start, end in find_words(text, names):
        if any(company.start <= start < company.end for company in companies):
            continue
        name = names[text[start:end]]
        if not name:
            continue
        body = Candidate(start, end, "ORG", "enterprise", name=name, rule="org.short_company", confidence=0.75)
        if name.endswith("工会"):
            found.append(replace(body, subtype="union", rule="org.company_union"))
            continue
        found.append(body)
        if union := _UNION.match(text, end):
            found.append(replace(body, end=union.end(), subtype="union", name=name + "工会", rule="org.company_union"))
    return found


def find_branded_unions(text: str, words: Sequence[tuple[int, int, str]]) -> list[Candidate]:
    """Return the unions of companies that go by a brand of no list (某飞工会): names before 工会 and an office or another
    union. `words` are the segmenter's, with their parts of speech.
    """
    tags = {start: (end, tag) for start, end, tag in words}
    found = []
    for match in _BRANDED_UNION.finditer(text):
        start, end = match.span("brand")
        kinds = []
        place = start
        while place < end and place in tags:
            place, tag = tags[place]
            kinds.append(tag)
        is_name = (
            place == end
            and any(kind in NAME_TAGS - {"eng"} for kind in kinds)
            and all(kind[0] in "nxj" for kind in kinds)
        )
        if is_name and not _NO_BRAND.match(match["brand"]) and not _COMMON_BODY.search(match["brand"]):
            found.append(Candidate(start, match.end("union"), "ORG", "union", rule="org.branded_union", confidence=0.7))
    return found


def find_bare_companies(text: str) -> list[Candidate]:
    """Return the unions and committees of a company that the text has named before (集团工会)."""
    return [
        Candidate(
            match.start(),
            match.end(),
            "ORG",
            "union" if match["inner"] == "工会" else "other" if match["inner"] == "团委" else "party_state",
            rule="org.bare_company",
            confidence=0.8,
        )
        for match in _BARE_COMPANY.finditer(text)
    ]


def find_units(text: str, bodies: Iterable[Candidate]) -> list[Candidate]:
    """Return the workshops, teams, stations and offices that follow directly on a body other than a union."""
    return [
        replace(body, end=unit.end(), name=body.name and body.name + unit.group(), rule="org.unit", confidence=0.8)
        for body in bodies
        if body.subtype not in {"union", "media"}
        and (unit := _UNIT.match(text, body.end))
        and not _TOGETHER.search(unit.group())
    ]


def _opened_by_place(
    text: str, starts: set[int], ending: re.Pattern[str], subtype: str, rule: str
) -> Iterator[Candidate]:
    for match in ending.finditer(text):
        low = left_edge(text, match.start(), starts, brands=False)
        start = next((at for at in range(low, match.start() - 1) if _opens_with_place(text, at, starts)), None)
        if start is not None:
            yield Candidate(start, match.end(), "ORG", subtype, rule=rule, confidence=0.9)


def _opens_with_place(text: str, start: int, starts: set[int]) -> bool:
    if start in starts:
        return True
    forms = [text[start : start + length] for length in (2, 3, 4)]
    return any(divisions().named(form) for form in forms if not re.fullmatch("[一-龥]县", form))


def _studio_start(text: str, end: int) -> int | None:
    """Return where the person's name begins after whom a studio is called: a transliterated name that the text has
    elsewhere, three characters with a family name, else two.
    """
    for length in (6, 5, 4):
        name = text[end - length : end]
        if is_transliterated(name) and text.count(name) > 1:
            return end - length
    for length in (3, 2):
        name = text[end - length : end]
        if re.fullmatch("[一-龥·]+", name) and has_surname(name) and looks_like_name(name):
            return end - length
    return None


def left_edge(text: str, end: int, place_starts: set[int], *, brands: bool = True) -> int:
    """Return where a name can begin that reaches to `end`: behind the last word that no name holds, or at a place.

    With `brands` a short or known brand before the place belongs to the name (中车青岛…).
    """
    low = max(0, end - _REACH)
    start = max((stop.end() for stop in _STOP.finditer(text, low, end)), default=low)
    opening = min((place for place in place_starts if start <= place < end), default=start)
    if not brands:
        return opening
    brand = text[start:opening]
    return start if len(brand) <= 2 or brand in _brands().meanings or brand.startswith(_NATIONAL_BRAND) else opening


def is_brand_of(brand: str, company: str) -> bool:
    """True if a company's name keeps its brand's two first characters together and the others in order (海汽集团)."""
    characters = iter(company)
    return len(brand) >= 3 and brand[:2] in company and all(character in characters for character in brand)
