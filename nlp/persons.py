"""Names of persons: where the text introduces one, and wherever the same name stands again.

Three witnesses are heard: patterns that only a person fills (a post before the name, 记者, 当选, 任命…为, sex or
nationality in brackets, names with ·), the byline, and the tagger's PER. What the segmenter knows as another word
counts only where a pattern vouches for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from unionkg.nlp.candidates import Candidate
from unionkg.nlp.lexicon import Forms, find_words, matches_at, pattern, rows
from unionkg.nlp.ngrams import register_lines

_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_AFTER_NAME = (
    r"(?=[\s,。;:!?、()“”《》/|]|$|出席|主持|介绍|表示|强调|指出|要求|代表|当选|担任|宣读|宣布|带队|汇报|透露|告诉|致辞|致词|"
    r"讲话|作|参加|列席|一行|夺得|获|荣获|摘得|来(?=到)|走进|深入|前往|带领|成为|同志|等|率|陪同|(?<!成)为|任|在|说|和|与|及|就|分别|先后|受|围绕|到|赴|对|将|从|向|也|已|还|被|的|现场|"
    r"不再|兼|曾|现任|于|主持|传达|通报|总结|部署|率领|一同|说起|感慨|发言|回忆|坦言|提出|谈|应邀|呼吁|认为|分享|解释|回应|补充|见证|捧|摘|并(?=不|未|没|无)|澄清|摆手|笑|点赞|正(?=在|带|忙|准)|接过|采访|一起|一道|简历|"
    r"(?:今年|现年|年仅|刚满|年过)[\d一二三四五六七八九十]{1,3}|[两二三四五六七八九十\d]+(?:名|位|人))"
)
_AFTER = re.compile(_AFTER_NAME)
_SET_APART = re.compile(r"(?::|[ \u3000])[ \u3000]*")
"""What stands between an office and a name in a list of officers."""
_DOES = re.compile(
    r"(?:介绍|表示|强调|指出|要求|出席|主持|宣布|带队|汇报|告诉|致辞|讲话|走进|深入|说|率)(?![^,。;]{0,8}的)"
)
"""Verbs by which 和 behind a name of two characters is its third: who is together with another is not followed by one."""
_DOTTED = re.compile(rf"{_HAN}{{1,12}}(?:·{_HAN}{{1,8}})+")
_OPENING_WORD = re.compile(r"任命|免去|选举|补选|增补|授予|同意|提名|由|和|与|的|是|书记|主席|公司")
_SEX_OR_NATION = re.compile(
    rf"({_HAN}{{1,16}}(?:·{_HAN}{{1,12}}){{0,3}})\((?:(?:男|女|[一-龥]{{1,4}}族)[,、]?){{1,4}}[^()]{{0,12}}\)"
)
_APPOINTED = re.compile(
    r"(?:任命|命名|追授|评选|提名|选举|补选|增补|增选|推选|聘任|聘请(?:退休)?(?:法官|律师|教授|专家)?|免去|同意(?:接受)?|接受|授予|表彰|免)了?(?P<names>[^,。;:!?()\s的为辞]{2,40}?)"
    r"(?:\([^()]*\))?(?:同志)?(?=为|任|兼|不再|的|因[^,。;]{2,12}辞|辞|等同志|同志|“)"
)
_TRADE = re.compile(r"[一-龥]{1,5}(?:工人|队员|职工|学员|司机|骑手|工|手|员|师|匠)(?=[一-龥]{2,3}\Z)")
"""A trade before the name of somebody who is honoured."""
_BUSINESS = re.compile(
    rf"(?:(?:公司|集团|工厂|[厂矿局段站队县市区省州旗镇乡村社]|医院|学院|大学|学校|中心|车间|银行|班组|务工)的(?P<name>{_HAN}{{2,3}}?)"
    r"(?=获|夺|摘得|拿|说|给|表示|告诉|介绍|坦言|感慨|回忆|当选|接过|接任|激动|高兴|深有)"
    rf"|(?<!理)由(?P<by>{_HAN}{{2,3}}?)(?=接任|担任|兼任|继任|主持|带队|率领|领衔|宣读|陪同)"
    rf"|(?:像|如)(?P<example>{_HAN}{{2,3}})(?=这样|一样|这般))"
    rf"|(?:(?<=[\n。;:,“])|^)(?P<named>{_HAN}{{2,3}}?)(?=等\d+[名位人]|(?:兼|(?<![主责]))任[^务意何职])"
    rf"|(?<=[焊电钳车铣木瓦管]工|司机|骑手|徒弟|师傅|工人|职工)(?P<aged>{_HAN}{{2,3}}?)(?=(?:今年|现年|年仅)?[\d一二三四五六七八九十]{{1,3}}(?:多?岁|出头))"
    rf"|(?:(?<![一-龥])|(?<=片由))(?P<photographer>{_HAN}{{2,3}})(?=\s*(?:摄|供图|摄影报道)(?![一-龥]))",
    re.MULTILINE,
)
_APPOSED = re.compile(
    rf"(?:(?<![一-龥、])|(?<=[者宾物人是工员家手机师]))(?P<name>{_HAN}{{2,4}}?)"
    r"(?:,|\(|—+|[ \u3000]+|,?(?:身为|系|现为|为|是|如今已?是|早已是|现任|历任|时任|曾任|兼任))"
    r"(?P<post>[^,。;:!?()“”\n]{2,30})"
)
"""A name with the post behind it: 甲,某市总工会主席; 甲(某市总工会主席); 甲身为某市总工会主席."""
_OF_A_LIFE = re.compile(
    rf"(?:(?<![一-龥、])|(?<=[的布]))(?P<name>{_HAN}{{2,4}}?)(?:(?P<sure>(?=,(?:男|女|[一-龥]{{1,4}}族|生于|(?:19|20)\d{{2}}年)[,;\d生月])|(?=当选|不再担任|已?卸任|辞去))"
    r"|(?=(?:19|20)\d{2}年\d{1,2}月(?:参加|[至到—任转调起进入]))|(?=(?:同志)?(?:简历|个人简历|简介|履历)(?![一-龥]))"
    r"|(?=(?:在[一-龥]{1,4}上)?被(?:任命|免去|选举|推选|聘任|聘为|增补|补选))|(?=走马上任|挂任|调任|转任|出任|接任))"
)
"""A name with what is told of a career behind it: sex, birth, a date, 简历, 被任命."""
_SURNAME_AND_TITLE = re.compile(
    r"(?:(?<![一-龥])|(?<=[的和与跟给让向找请问像由对]))(?P<surname>[一-龥]|欧阳|上官|司马|诸葛|令狐|司徒|皇甫|尉迟|夏侯|慕容|东方)"
    r"(?P<title>师傅|副?主席|副?书记|主任|部长|经理|厂长|局长|校长|院长|老师|班长|队长|医生|大姐|阿姨|律师|法官)"
)
_FAMILIAR = re.compile(
    r"(?:(?<![一-龥])|(?<=[叫称找跟给让是他傅弟的]))[老小](?P<surname>[一-龥])(?=[的说把在蹲笑告一从总没到来递刚砌也又就摆比挠搓接叹乐擦拍点摇瞅望听看念每自有是,。:、”]|大名|本名|原名|$)"
)
COMMON_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范姚谭廖邹熊金陆郝孔崔毛邱秦史顾侯邵孟段雷钱汤尹黎乔贺赖龚文"
)
"""The commonest family names (公安部 全国姓名报告) that make no word with 老 and 小."""
_NO_MASTER = frozenset("老大小女男是那这新原前代副正总党时任当兼支常全其")
_LABELLED = re.compile(
    r"(?:(?:记者|通讯员|特约记者|见习记者|实习生|撰稿|摄影|文/|图/|文/图)\s*|(?:联系人|经办人|咨询人)\s*:\s*)"
    r"(?P<names>[一-龥·]{2,12}(?:[\s、/]+[一-龥·]{2,12})*)"
)
_NOT_NAMES = re.compile(
    r"地$|^(?:职务|之后|此后|随后|后来|后担)|[省市县区州旗镇乡村会部厅局委办处科院校厂店网报队组社团馆站所室]$|"
    r"^(?:全|各|该|本|我|他|她|其(?!美)|这|那些|每|某|一|两|三|为|在|对|以|是|不|要|将|并|也|还|等|及|都|才(?![让旦吉仁])|中国|中华|广大|优秀|部分|有关|相关)|"
    r"职工|工会|劳动|工人|企业|公司|主席|书记|主任|部长|委员|代表|同志|先进|劳模|工匠|司机|骑手|记者|会议|活动|精神|工作|服务|困难|"
    r"群众|干部|会员|单位|集体|通讯员|摄影|编辑|提示|提醒|联系|电话|了解|获悉|供稿|阅读|文化宫|结果|名单|候选|师傅|第$|^项目"
)
_ALSO_FUNCTION = frozenset("向于与从和由易须应常曾时全经")
"""Family names that are prepositions and the like as well: 主席向大家说."""
_NO_NAME_END = re.compile(r"(?:兼|长期|现任|曾任|任|不再担?|辞去?|被聘?|接任|接替|比)\Z")
"""What the tagger takes along now and then."""
_SPACED = re.compile(rf"{_HAN}[ \u3000]{{1,4}}{_HAN}(?=[\s、,。;()]|同志|等|$|{_HAN}{{2}})")
_WHOLE = frozenset({"person.dotted", "person.parts"})
"""Rules that see where a name ends better than the tagger does."""
_LONGEST_LABELLED = 3
_SHORTEST_PART = 2
"""Characters of the shortest part of a dotted name that its characters alone tell."""
_OF_PLACES = re.compile(r"[两三四五](?:地|省|市|区|州|县|省区|省市)")
"""What stands behind letters of places (甘宁两地)."""
_CUT_TITLE = re.compile(r"(?:主任|主席|书记|部长|经理|师傅)\Z")
"""A title of which the tagger takes the first character for the end of the name (欧阳主任)."""
_TWO_NAMES = re.compile(rf"({_HAN}{{2,3}})[和与]({_HAN}{{2,3}})")
_DOCUMENT_NUMBER = re.compile(r"[发字函办]*[(\[]\d{4}[)\]]")
NAME_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nz", "nt", "x", "eng"})
"""Parts of speech that the segmenter gives to names and to words it does not know."""

Found = tuple[int, int, str, float]
"""A name `[start, end)`, the rule that found it, and how sure it is."""


class _Words:
    """The segmenter's words of one text."""

    def __init__(self, text: str, words: Sequence[tuple[int, int, str]]) -> None:
        self._tags = {text[start:end]: tag for start, end, tag in words}
        self.tag_at = {start: tag for start, _, tag in words}
        self.end_at = {start: end for start, end, _ in words}
        self._ends = frozenset(self.end_at.values())

    def cuts_a_word(self, place: int) -> bool:
        """True if the place lies inside a word of two characters or more."""
        return place not in self.tag_at and place not in self._ends

    def tag_of(self, word: str) -> str:
        """Return the part of speech of a word of the text, x for what is none."""
        return self._tags.get(word, "x")


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    (singles,), (compounds,) = rows("surnames.txt")
    return frozenset(singles), frozenset(compounds[i : i + 2] for i in range(0, len(compounds), 2))


@cache
def _roles() -> Forms:
    return Forms.read("roles.tsv")


@cache
def _opening_of_name() -> re.Pattern[str]:
    singles, compounds = _surnames()
    return re.compile(rf"{pattern(compounds)}|[{''.join(sorted(singles))}]")


def has_compound_surname(name: str) -> bool:
    """True if the name opens with a family name of two characters."""
    return name[:2] in _surnames()[1]


def has_surname(name: str) -> bool:
    """True if the name opens with a family name of the lists."""
    singles, compounds = _surnames()
    return name[:1] in singles or name[:2] in compounds


def looks_like_name(name: str) -> bool:
    """True if nothing in the string speaks against a person's name: its length, its end, words that no name holds."""
    longest = 20 if "·" in name else 7
    return 2 <= len(name) <= longest and not _NOT_NAMES.search(name.replace("·", ""))


def find_persons(
    text: str,
    tagged: Sequence[tuple[int, int, str]],
    bylines: Iterable[tuple[int, int]],
    words: Sequence[tuple[int, int, str]],
) -> list[Candidate]:
    """Return the persons of a folded text.

    `tagged` are the tagger's spans, empty without one; `bylines` the names that the metadata gave; `words` the segmenter's
    words with their parts of speech, so that 周全 is no Mr Zhou.
    """
    seen = _Words(text, words)
    roles = {end: _roles().meanings[text[start:end]][0] for start, end in _roles().find(text)}
    role_ends = frozenset(roles)
    introduced = [(start, end, "person.byline", 0.97) for start, end in bylines]
    introduced += [
        *_labelled(text, seen),
        *_dotted(text),
        *_bracketed(text),
        *_behind_roles(text, roles, seen),
        *_spaced(text, role_ends),
        *_appointed(text, seen),
        *_with_business(text, seen),
        *_with_career(text, roles, seen),
        *_in_parts(text),
    ]
    whole = frozenset(place for start, end, rule, _ in introduced if rule in _WHOLE for place in range(start, end))
    introduced += _tagged(text, tagged, role_ends, whole, seen)
    introduced += _listed_behind(text, introduced, seen)
    found: dict[tuple[int, int], tuple[str, float]] = {}
    for start, end, rule, confidence in introduced:
        known = found.get((start, end), ("", 0.0))
        if looks_like_name(text[start:end]) and known[1] < confidence and not _DOCUMENT_NUMBER.match(text, end):
            found[start, end] = (rule, confidence)
    spans = _with_repeats(text, found)
    for start, end in find_words(text, _first_parts(text, found)):
        if text[end : end + 1] != "·":
            spans.setdefault((start, end), ("person.first_part", 0.8))
    for start, end, rule, confidence in _by_surname(text, found):
        spans.setdefault((start, end), (rule, confidence))
    return [
        Candidate(start, end, "PERSON", rule=rule, confidence=confidence, rank=0 if rule == "person.tagged" else 1)
        for (start, end), (rule, confidence) in sorted(spans.items())
    ]


def _labelled(text: str, words: _Words) -> Iterator[Found]:
    for match in _LABELLED.finditer(text):
        for name in re.finditer(r"[一-龥·]+", match["names"]):
            start, end = (match.start("names") + edge for edge in name.span())
            word = words.end_at.get(start, start)  # 记者关注到: no Mr Guan
            is_word = start + 1 < word < end and words.tag_at[start] not in NAME_TAGS and text[end : end + 1] != "("
            if "·" in name.group() or (end - start <= _LONGEST_LABELLED and has_surname(name.group()) and not is_word):
                yield start, end, "person.byline", 0.9


def _dotted(text: str) -> Iterator[Found]:
    """Yield names with dots: as far as their characters transliterate, else between what no name holds."""
    for match in _DOTTED.finditer(text):
        start = _dotted_start(text, match.start(), text.index("·", match.start()))
        end = _dotted_end(text, text.rindex("·", match.start(), match.end()) + 1, match.end())
        if start is not None and end is not None and text[start - 1 : start] not in {"·", "“", "《", "—"}:
            yield start, end, "person.dotted", 0.9


def is_transliterated(name: str) -> bool:
    """True if the name is made of characters that transliterate the names of other languages."""
    return bool(name) and _transliterating().issuperset(name)


def _dotted_start(text: str, low: int, dot: int) -> int | None:
    """Return where a name begins whose first part ends at `dot` and opens at `low` at the earliest."""
    head = text[low:dot]
    ends = [end for _, end in _roles().find(head)] + [word.end() for word in _OPENING_WORD.finditer(head)]
    start = max((low + end for end in ends if end < len(head)), default=low)
    foreign = _transliterated().search(text, start, dot)
    if foreign and dot - foreign.start() >= _SHORTEST_PART:
        return foreign.start()
    return start if start > low or not re.match("[一-龥]", text[start - 1 : start]) else None


def _dotted_end(text: str, low: int, high: int) -> int | None:
    """Return where a name ends whose last part begins at `low` and goes on to `high` at the farthest."""
    foreign = low
    while foreign < high and text[foreign] in _transliterating():
        foreign += 1
    if text[foreign - 1] in "布不" and text.startswith("都", foreign):
        foreign += 1
    end = next((end for end in range(low + 1, high + 1) if _AFTER.match(text, end)), None)
    if foreign - low >= _SHORTEST_PART and (end is None or end > foreign or _AFTER.match(text, foreign)):
        end = foreign
    return None if end is None or text[end : end + 1] in {"·", "”", "》"} else end


@cache
def _transliterating() -> frozenset[str]:
    return frozenset("".join(row[0] for row in rows("transliteration.txt")))


@cache
def _transliterated() -> re.Pattern[str]:
    """A stretch of such characters that reaches to the end."""
    return re.compile(f"[{''.join(sorted(_transliterating()))}]+\\Z")


def _bracketed(text: str) -> Iterator[Found]:
    for match in _SEX_OR_NATION.finditer(text):
        name = re.split(r"选举|任命|免去|补选|增补|增选|聘任|推选", match[1])[-1]
        name = name[max((end for _, end in _roles().find(name) if end < len(name)), default=0) :]
        yield match.end(1) - len(name), match.end(1), "person.sex_or_nation", 0.95


def _behind_roles(text: str, roles: dict[int, str], words: _Words) -> Iterator[Found]:
    """Yield the names behind a post, and those that follow them in a list.

    Behind an office a word counts unless it is a verb or the like; behind a trade (职工) only what is no other word.
    """
    openings = {start for start, _ in _roles().find(text)}
    for end, kind in sorted(roles.items()):
        gap = _SET_APART.match(text, end) if kind == "office" else None
        position, rule, confidence = gap.end() if gap else end, "person.after_role", 0.85
        while name := _name_at(text, position, words, is_office=kind == "office"):
            tag = words.tag_of(text[position:name])
            listed = text[name : name + 1] == "、" and name + 1 in openings  # 主席向前、副主席江山
            if tag not in NAME_TAGS and not listed and (kind != "office" or tag[0] in "vdmpcruft" or tag == "ad"):
                break
            yield position, name, rule, confidence
            if text[name : name + 1] != "、":
                break
            position, rule, confidence = name + 1, "person.list", 0.8


def _listed_behind(text: str, found: Iterable[Found], words: _Words) -> Iterator[Found]:
    """Yield the names that stand in a list behind one that has been found."""
    for _, end, _, _ in found:
        position = end
        while text[position : position + 1] == "、":
            opening = position + 1
            part = _single_part().match(text, opening)
            name = part.end() if part else _name_at(text, opening, words, is_office=False)
            if name is None or (not part and words.tag_of(text[opening:name]) not in NAME_TAGS):
                break
            yield opening, name, "person.list", 0.8
            position = name


def _spaced(text: str, role_ends: frozenset[int]) -> Iterator[Found]:
    """Yield names of two characters that are set apart to be as wide as those of three (丁 洋、范雪梅)."""
    for match in _SPACED.finditer(text):
        before = text[match.start() - 1 : match.start()]
        is_listed = before in {"、", ":"} or (
            not "一" <= before <= "龥" and text[match.end() : match.end() + 1] == "、"
        )
        if match.group()[0] in _surnames()[0] and (is_listed or match.start() in role_ends):
            yield match.start(), match.end(), "person.spaced", 0.85


def _name_at(text: str, start: int, words: _Words, *, is_office: bool) -> int | None:
    """Return where the name ends that begins at `start`: before what follows on names, else before a verb or the like."""
    opening = _opening_of_name().match(text, start)
    if opening is None or (opening[0] in _ALSO_FUNCTION and words.tag_of(text[start + 1 : start + 3])[0] not in "xn"):
        return None
    ends = [end for end in (opening.end() + 1, opening.end() + 2) if re.fullmatch(_HAN + "+", text[start:end])]
    seen = words.end_at.get(start, start)  # what the segmenter takes for one word
    is_name = words.tag_at.get(start, "x") in NAME_TAGS
    whole = words.end_at.get(start + 1, 0)  # 祥和 in 孟祥和 is no 和
    if whole == start + 3 and text[whole - 1] in "和与及" and _AFTER.match(text, whole):
        return whole
    for end in ends:
        if text[end : end + 1] in "和与" and end - start == 2 and _DOES.match(text, end + 1):
            return end + 1  # 粟景和介绍
        if _AFTER.match(text, end) and (is_name or seen <= end):  # 明确提出 is one word
            return end
    if not is_name and seen > start + 1 and not (is_office and seen == start + 2 and text[start:seen] not in _pairs()):
        return None
    if not is_office:  # 记者 佴 青山 采访: what is no word before a verb
        if opening[0] in _ALSO_FUNCTION or (is_name and words.tag_at.get(start) != "nr"):
            return None
        given = "nx" if is_name else "x"
        ends = [end for end in ends if words.tag_of(text[opening.end() : end])[0] in given]
    ends.sort(key=lambda end: (is_name and end == seen, end))  # 罗蓉 来 调研
    return next((end for end in reversed(ends) if words.tag_at.get(end, "x")[0] in "vdp"), None)


@cache
def _pairs() -> frozenset[str]:
    """Return the pairs of characters that the register of union pages has: what is none of them is no common word."""
    return frozenset(line[i : i + 2] for line in register_lines() for i in range(len(line) - 1))


def _with_business(text: str, words: _Words) -> Iterator[Found]:
    """Yield the names at which a clause turns to somebody: 公司的甲获得, 像甲这样, 甲等五名, 甲任 at its
    beginning, 甲 摄."""
    for match in _BUSINESS.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        name = text[start:end]
        if (
            has_surname(name)
            and words.tag_of(name) in NAME_TAGS
            and not (
                name[0] in _ALSO_FUNCTION
                or (words.end_at.get(start, start) > start + 1 and words.tag_at[start] not in NAME_TAGS)
            )
        ):
            yield start, end, "person.business", 0.8


def _with_career(text: str, roles: dict[int, str], words: _Words) -> Iterator[Found]:
    """Yield the names behind which an office or a career is told."""
    for match in _APPOSED.finditer(text):
        tells_office = any(
            roles.get(end) == "office" and (end == match.end("post") or text[end] == "、")
            for end in range(match.start("post") + 4, match.end("post") + 1)
        )
        if tells_office and _may_be_name(match["name"], match.start(), words):
            yield match.start("name"), match.end("name"), "person.apposed", 0.85
    for match in _OF_A_LIFE.finditer(text):
        if _may_be_name(match["name"], match.start(), words, is_sure=match["sure"] is not None):
            yield match.start(), match.end(), "person.career", 0.85


def _may_be_name(name: str, start: int, words: _Words, *, is_sure: bool = False) -> bool:
    """True if a string is a family name with one or two characters that the segmenter does not know for something else.

    Where `is_sure`, the name may open with another word.
    """
    given = name[2:] if has_compound_surname(name) else name[1:]
    tag = words.tag_of(name) if start in words.tag_at else "x"
    first = words.tag_at.get(start, "x")
    is_word = words.end_at.get(start, start) > start + 1 and first not in NAME_TAGS and not is_sure
    return (
        has_surname(name)
        and len(given) in {1, 2}
        and tag in NAME_TAGS - {"ns", "nt"}
        and not is_word
        and given[-1] not in "人年月日"
    )


def _by_surname(text: str, found: Iterable[tuple[int, int]]) -> Iterator[Found]:
    """Yield the family names before a title (王主席, 霍师傅) of those whom the text names in full, and of any 师傅."""
    families = {text[start] for start, end in found if end - start <= 4}
    masters = _surnames()[0] - _NO_MASTER
    for match in _FAMILIAR.finditer(text):
        if match["surname"] in families or match["surname"] in COMMON_SURNAMES:
            yield match.start(), match.end(), "person.familiar", 0.8
    for match in _SURNAME_AND_TITLE.finditer(text):
        start = match.start("surname")
        is_named = match["surname"] in families or has_compound_surname(match["surname"])
        opens = text[start - 1 : start] in {"", "\n", ",", "。", ":", ";", "“"} or (
            text[start - 1 : start] == "的" and match["surname"] in COMMON_SURNAMES
        )
        if is_named or ((match["title"] == "师傅" or opens) and match["surname"] in masters):
            yield start, match.end("surname"), "person.surname", 0.8


def _appointed(text: str, words: _Words) -> Iterator[Found]:
    for match in _APPOINTED.finditer(text):
        for part in re.finditer(r"[^、和]+", match["names"]):
            trade = _TRADE.match(part.group())
            name = part.group()[trade.end() if trade else 0 :]
            known = has_surname(name) or words.tag_of(name) in NAME_TAGS
            if known and re.fullmatch(rf"{_HAN}{{2,6}}", name):
                end = match.start("names") + part.end()
                yield end - len(name), end, "person.appointed", 0.85 if has_surname(name) else 0.78


@cache
def _parts() -> dict[str, list[str]]:
    """Return the parts of names of other languages by kind."""
    parts: dict[str, list[str]] = {}
    for kind, names in rows("given_names.tsv"):
        parts.setdefault(kind, []).extend(names.split())
    return parts


@cache
def _part_openings() -> Forms:
    return Forms({part: () for kind in ("part", "tibetan", "turkic", "yi_family") for part in _parts()[kind]})


@cache
def _single_part() -> re.Pattern[str]:
    return re.compile(f"{pattern([*_parts()['part'], *_parts()['tibetan'], *_parts()['turkic']])}{_AFTER_NAME}")


@cache
def _name_of_parts() -> re.Pattern[str]:
    kinds = {kind: pattern(parts) for kind, parts in _parts().items()}
    part = f"(?:{kinds['part']}|{kinds['tibetan']}|{kinds['turkic']})"
    syllables = f"[{''.join(sorted(set(''.join(_parts()['yi_given']))))}]"
    return re.compile(
        f"{kinds['yi_family']}(?:{kinds['yi_given']}|{syllables}{{2}})|{kinds['turkic']}{{1,2}}{kinds['turkic_ending']}|{part}{{2,3}}|"
        f"{kinds['tibetan']}{kinds['tibetan_ending']}"
    )


def _in_parts(text: str) -> Iterator[Found]:
    """Yield Tibetan, Mongolian and Uyghur names written without a dot."""
    for match in matches_at(_part_openings().longest_at_each(text), _name_of_parts(), text):
        yield match.start(), match.end(), "person.parts", 0.85


def _tagged(
    text: str, tagged: Sequence[tuple[int, int, str]], role_ends: frozenset[int], whole: frozenset[int], words: _Words
) -> Iterator[Found]:
    """Yield what the tagger takes for persons; `whole` are the characters of names known to be complete."""
    for start, end in _tagged_names(text, tagged):
        name = text[start:end]
        known = not whole.isdisjoint(range(start, end)) or _OF_PLACES.match(text, end) is not None
        if known or not re.fullmatch(rf"(?:{_HAN}|·){{2,12}}", name):
            continue
        opening = _role_before(text, start, role_ends)
        if start in role_ends:
            yield start, end, "person.after_role", 0.85
        elif opening is not None and _AFTER.match(text, end) and not _OPENING_WORD.search(text, opening, start):
            yield opening, end, "person.after_role", 0.8
        elif len(name) == 2 and words.cuts_a_word(end):
            continue  # 党治 of 党 治国
        elif (has_surname(name) or len(name) >= 4) and words.tag_of(name) in NAME_TAGS:
            yield start, end, "person.tagged", 0.75


def _tagged_names(text: str, tagged: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Yield the tagger's persons, without what it takes along, two that it takes for one apart."""
    for start, end in _joined([(start, end) for start, end, label in tagged if label == "PER"]):
        start += max(
            (high for low, high in _roles().find(text[start:end]) if low == 0 and start + high < end), default=0
        )
        behind = _NO_NAME_END.search(text, start + 2, end) or _CUT_TITLE.search(text, start + 2, end + 1)
        end = min(end, behind.start()) if behind else end
        if text[end - 1] in "原来曾现" and text.count(text[start : end - 1]) > text.count(text[start:end]):
            end -= 1
        both = _TWO_NAMES.fullmatch(text, start, end)
        if both and has_surname(both[1]) and has_surname(both[2]):
            yield both.span(1)
            yield both.span(2)
        else:
            yield start, end


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans with a family name alone, or behind a trade, joined to the given name that follows (钳工宗 小野)."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        last = joined[-1] if joined else (-1, -1)
        if last[1] == start and end - start <= 2 and end - last[0] <= 5:
            joined[-1] = (last[0], end)
        else:
            joined.append((start, end))
    return joined


def _role_before(text: str, start: int, role_ends: frozenset[int]) -> int | None:
    """Return where a name begins of which the tagger saw only the end: behind a post, at most four characters back."""
    for opening in range(start - 1, max(start - 5, 0) - 1, -1):
        if not "一" <= text[opening : opening + 1] <= "龥" or text[opening] in "的也叫是和与及":
            return None
        if opening in role_ends:
            return opening
    return None


def _first_parts(text: str, found: Iterable[tuple[int, int]]) -> set[str]:
    """Return the first parts of dotted names, by which a text calls the person again (努尔兰 of 努尔兰·叶斯江)."""
    firsts = {text[start:end].split("·")[0] for start, end in found if "·" in text[start:end]}
    return {first for first in firsts if len(first) > _SHORTEST_PART}


def _with_repeats(
    text: str, found: dict[tuple[int, int], tuple[str, float]]
) -> dict[tuple[int, int], tuple[str, float]]:
    """Return `found` with every other place where one of the names stands."""
    names: dict[str, float] = {}
    for (start, end), (_, confidence) in found.items():
        for form in {text[start:end], "".join(text[start:end].split())}:
            names[form] = max(confidence, names.get(form, 0.0))
    spans = dict(found)
    for start, end in find_words(text, names):
        spans.setdefault((start, end), ("person.repeated", min(0.9, names[text[start:end]])))
    return spans
