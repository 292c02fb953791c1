"""Names of persons: where the text introduces one, and wherever the same name stands again.

Three witnesses are heard: patterns that only a person fills (a post before the name, 记者, 当选, 任命…为, sex or
nationality in brackets, names with ·), the byline, and the tagger's PER. A word of the general dictionary counts only
where a pattern vouches for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from unionkg.nlp.candidates import Candidate
from unionkg.nlp.lexicon import Forms, pattern, rows

_HAN = "[一-龥]"
_AFTER_NAME = (
    r"(?=[\s,。;:!?、()“”《》/|]|$|出席|主持|介绍|表示|强调|指出|要求|代表|当选|担任|宣读|宣布|带队|汇报|透露|告诉|致辞|致词|讲话|作|参加|列席|一行|同志|等|率|陪同|为|任|在|说|和|与|及|就|分别|先后|受|围绕|"
    r"到|赴|对|将|从|向|也|已|还|被|的|现场|不再|兼|主持|传达|通报|总结|部署|率领|一同|说起|感慨|发言|回忆|坦言|提出)"
)
_DOCUMENT_NUMBER = re.compile(r"[发字函办]*[(\[]\d{4}[)\]]")
_AFTER = re.compile(_AFTER_NAME)
_SEX_OR_NATION = re.compile(rf"({_HAN}{{2,4}}|{_HAN}+(?:·{_HAN}+)+|{_HAN}{{2,7}})\((?:(?:男|女|[一-龥]{{1,4}}族)[,、]?)+[^()]{{0,12}}\)")
_APPOINT = re.compile(
    r"(?:任命|提名|选举|补选|增补|增选|推选|聘任|聘请|决定任命|免去|同意|接受|授予|表彰|免)(?:了)?(?P<names>[^,。;:!?()\s的为辞]{2,40}?)(?:\([^()]*\))?(?:同志)?(?=为|任|的|辞|等同志|同志|“)"
)
_NOT_NAMES = re.compile(
    r"[省市县区州旗镇乡村会部厅局委办处科院校厂店网报队组社团馆站所室]$|^(?:全|各|该|本|我|他|她|其|这|那|每|某|一|两|三|为|在|与|由|对|从|向|以|是|有|不|要|将|并|也|还|等|及|中国|中华|广大|优秀|部分|有关|相关)|"
    r"职工|工会|劳动|工人|企业|公司|主席|书记|主任|部长|委员|代表|同志|先进|劳模|工匠|司机|骑手|记者|会议|活动|精神|工作|服务|困难|群众|干部|通讯员|摄影|编辑|会员|单位|集体"
)
_ROLE_LIST = re.compile(r"(?:(?:记者|通讯员|特约记者|见习记者|实习生|撰稿|摄影|文/|图/|文/图)\s*|(?:联系人|经办人|咨询人)\s*:\s*)(?P<names>[一-龥·]{2,12}(?:[\s、/]+[一-龥·]{2,12})*)")
_HONORIFIC = re.compile(rf"(?P<name>{_HAN})(?:主席|书记|主任|部长|师傅|局长|校长|院长|经理|厂长|队长|教授|老师|大姐|大哥)(?!{_HAN}{{0,2}}(?:团|会|台))")
_NAME_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nz", "nt", "x", "eng"})
"""Parts of speech that the segmenter gives to names and to words it does not know."""


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    singles, compounds = rows("surnames.txt")
    pairs = compounds[0]
    return frozenset(singles[0]), frozenset(pairs[i : i + 2] for i in range(0, len(pairs), 2))


@cache
def _roles() -> Forms:
    return Forms.read("roles.tsv")


@cache
def _after_role() -> re.Pattern[str]:
    singles, compounds = _surnames()
    name = rf"(?:{pattern(compounds)}{_HAN}{{1,2}}|[{''.join(sorted(singles))}]{_HAN}{{1,2}}?)"
    return re.compile(rf"(?P<name>{name}){_AFTER_NAME}")


def has_surname(name: str) -> bool:
    """True if the name opens with a family name of the lists."""
    singles, compounds = _surnames()
    return name[:1] in singles or name[:2] in compounds


def looks_like_name(name: str) -> bool:
    """True if nothing in the string speaks against a person's name: its length, its end, words that no name holds."""
    if "·" in name:
        return 3 <= len(name) <= 20 and not _NOT_NAMES.search(name.replace("·", ""))
    return 2 <= len(name) <= 7 and not _NOT_NAMES.search(name)


def find_persons(
    text: str, tagged: Sequence[tuple[int, int, str]], bylines: Iterable[tuple[int, int]], words: dict[str, str]
) -> list[Candidate]:
    """Return the persons of a folded text.

    `tagged` are the tagger's spans, empty without one; `bylines` the names that the layout gave; `words` maps a word of
    the general dictionary to its part of speech, so that 周全 is no Mr Zhou.
    """
    found: dict[tuple[int, int], tuple[str, float]] = {}

    def add(start: int, end: int, rule: str, confidence: float) -> None:
        if looks_like_name(text[start:end]) and found.get((start, end), ("", 0.0))[1] < confidence:
            found[start, end] = (rule, confidence)

    for start, end in bylines:
        add(start, end, "person.byline", 0.97)
    for match in _ROLE_LIST.finditer(text):
        for name in re.finditer(r"[一-龥·]+", match["names"]):
            if len(name.group()) <= 4 or "·" in name.group():
                add(match.start("names") + name.start(), match.start("names") + name.end(), "person.byline", 0.9)
    for match in _dotted().finditer(text):
        start = match.start() + _opening_words(match.group())
        add(start, match.end(), "person.dotted", 0.9)
    for match in _SEX_OR_NATION.finditer(text):
        start = match.start(1)
        name = re.split(r"[、选举任命免去补增聘推]", match[1])[-1]
        add(match.end(1) - len(name), match.end(1), "person.sex_or_nation", 0.95)
    role_ends = _role_ends(text)
    for end in role_ends:
        if match := _after_role().match(text, end):
            add(match.start("name"), match.end("name"), "person.after_role", 0.85)
            position = match.end("name")
            while (comma := text[position : position + 1]) == "、" and (match := _after_role().match(text, position + 1)):
                add(match.start("name"), match.end("name"), "person.list", 0.8)
                position = match.end("name")
    for match in _APPOINT.finditer(text):
        for name in re.finditer(r"[^、和]+", match["names"]):
            start = match.start("names") + name.start()
            if re.fullmatch(r"[一-龥]{2,6}", name.group()):
                add(start, start + len(name.group()), "person.appointed", 0.85 if has_surname(name.group()) else 0.78)
    for start, end, label in tagged:
        if label != "PER":
            continue
        name = text[start:end]
        if "\n" in name or not re.fullmatch(r"[一-龥·]{2,12}", name):
            continue
        if (opening := _role_before(text, start, role_ends)) is not None and _AFTER.match(text, end):
            add(opening, end, "person.after_role", 0.8)
            continue
        vouched = start in role_ends or (start, end) in found
        if vouched or ((has_surname(name) or len(name) >= 4) and not _is_word(name, words)):
            add(start, end, "person.tagged", 0.85 if vouched else 0.75)
    found = {span: how for span, how in found.items() if not _DOCUMENT_NUMBER.match(text, span[1])}
    spans = _repeat(text, found)
    return [
        Candidate(start, end, "PERSON", rule=rule, confidence=confidence, rank=1 if rule != "person.tagged" else 0)
        for (start, end), (rule, confidence) in sorted(spans.items())
    ]


@cache
def _dotted() -> re.Pattern[str]:
    return re.compile(rf"(?<![一-龥·“《—]){_HAN}{{1,12}}(?:·{_HAN}{{1,7}}?)+{_AFTER_NAME}(?![·”》])")


def _opening_words(stretch: str) -> int:
    """Return how much of a stretch before a dotted name is a verb or a post and not the name."""
    head = stretch.split("·")[0]
    ends = [end for _, end in _roles().find(head)]
    ends += [match.end() for match in re.finditer(r"任命|免去|选举|补选|增补|授予|同意|提名|由|和|与|的|是|书记|主席", head)]
    return max((end for end in ends if end < len(head)), default=0)


def _role_before(text: str, start: int, role_ends: frozenset[int]) -> int | None:
    """Return where a name begins of which the tagger saw only the end: right behind a post, at most four characters back."""
    for opening in range(start - 1, max(start - 5, 0) - 1, -1):
        if not "一" <= text[opening : opening + 1] <= "龥" or text[opening] in "的也叫是":
            return None
        if opening in role_ends:
            return opening
    return None


def _role_ends(text: str) -> frozenset[int]:
    return frozenset(end for _, end in _roles().find(text))


def _is_word(name: str, words: dict[str, str]) -> bool:
    return words.get(name, "x") not in _NAME_TAGS


def _repeat(text: str, found: dict[tuple[int, int], tuple[str, float]]) -> dict[tuple[int, int], tuple[str, float]]:
    """Return `found` with every other place where one of the names stands; a shorter reading of a name gives way."""
    names: dict[str, float] = {}
    for (start, end), (_, confidence) in found.items():
        names[text[start:end]] = max(confidence, names.get(text[start:end], 0.0))
    trusted = {name: confidence for name, confidence in names.items() if confidence >= 0.75}
    spans = dict(found)
    if trusted:
        for start, end in Forms({name: () for name in trusted}).find(text):
            spans.setdefault((start, end), ("person.repeated", min(0.9, trusted[text[start:end]])))
    return spans
