"""The mentions of a document by sentence, and what a sentence says about time and truth.

The statements of a text are read sentence by sentence over its mentions. Whether something is done, planned or denied
is told by the words of the clause in which it is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unionkg.nlp.layout import Layout
from unionkg.nlp.linking import Linked, Named
from unionkg.nlp.metadata import Found

_TITLED = frozenset({"PROGRAMME", "POLICY", "EVENT"})
_BLANK = "○"
_PART_END = re.compile("[,;]")
PLANNED = re.compile(
    r"将(?!士|军|来|近)|拟|计划(?!》|”)|力争|争取|即将|下一步|接下来|未来|明年|下月|下半年|年内|必须|务必|(?<![相适响反供对效回呼])应当?(?!用|急|对|届|变|聘|邀)|(?<![重主首紧简纪摘提概只不])要(?!素|求(?!实施)|闻|点|紧|塞|害|约|件|职)|需要?|准备|打算|预计|提出|部署|决定(?:在|自|,自)|"
    r"决定(?:开展|启动|举办|实施)|号召|希望|确保|目标|继续|明确(?:了|提出)?"
)
DENIED = re.compile(
    r"不再(?!提名)|否认|辟谣|谣言|不实|网传|传言|建议(?!书|征集|\d)|提议|暂不|不予|不会|原定|原计划|尚未|仍未|未能|(?:从|也)未(?!来)|从没|未曾|未(?:授|评|被|当选|任命)|要是能|若能|如果能|没有(?!了)|暂未|并未|未(?:作|予|获|召开|启动|开展|实施|通过|表决|提交)|推迟|延期|延后|取消|中止|终止|停止|叫停|暂停|暂缓|搁置|撤销|拒绝|否决|"
    r"仍在(?:征求|研究|起草|论证|测试)|正在研究|征求意见|有待|能否|是否|并非|不是"
)
_ORDER = re.compile(
    r"(?:的通知|方案|要点|实施意见|计划|规划|安排)(?:[(（][^()（）]*[)）])?$|^各[^。]{2,70}:\n", re.MULTILINE
)
_REPORT_OF_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年(?:度)?[一-龥]{0,8}(?:总结|综述|工作报告|情况|回顾|纪实)")
_NATIONAL = "中华全国总工会"
_OFTEN = 3
"""Mentions from which the national federation is what a document is about."""
KIND_SUBJECT = re.compile(
    r"(?:各级|各地|全省|全市|全区|全州|全县|全国|各|基层|企业|广大|国有企业|各级各类|全系统)[^,。;:]{0,8}?(?:工会(?:组织|干部)?|职工|单位|企业|部门|市州|市县|市(?:\(地\))?|地区)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence `[start, end)` and its mentions in order. `paragraph` numbers the lines of the text."""

    number: int
    start: int
    end: int
    paragraph: int
    mentions: tuple[Linked, ...]

    def of_type(self, *types: str) -> list[Linked]:
        """Return the mentions of these types, in order."""
        return [mention for mention in self.mentions if mention.entity.type in types]


@dataclass(frozen=True)
class Discourse:
    """A document as sentences with mentions. `text` is folded; `main` is the union that the document is about."""

    text: str
    clauses: tuple[Clause, ...]
    main: Named | None
    outlet: Named | None
    """The medium that the document gives as its source."""
    is_order: bool = False
    """True for notices and plans: what they say is to be done, unless it says that it was."""
    titled_person: Named | None = None
    """The person whom the title names, where it names one."""
    titled: tuple[Named, ...] = ()
    """All that the title names."""
    date: str | None = None
    authors: tuple[str, ...] = ()
    entities: tuple[Named, ...] = ()
    """All that the document names, also in its title."""
    year: str | None = None
    """The year that the document reports on: what 全年 means in it."""
    unnamed: str = ""
    """The text with the names of programmes and policies blanked: 计划 in such a name plans nothing."""

    def with_sentence_before(self, clause: Clause) -> Iterator[Clause]:
        """Yield a clause, and those of the sentence before its own."""
        yield clause
        yield from (one for one in self.clauses if one.number == clause.number - 1)

    def last_body(self, position: int, ends: tuple[str, ...]) -> Named | None:
        """Return the organisation named last before `position` whose name has one of these ends, None for none."""
        named = (
            mention.entity
            for one in reversed(self.clauses)
            if one.start <= position
            for mention in reversed(one.of_type("ORG"))
            if mention.end <= position and mention.entity.name.endswith(ends)
        )
        return next(named, None)

    def main_programme(self, subtype: str | None = None) -> Named | None:
        """Return the programme, of a subtype if one is given, that is named most often, of equals the first."""
        counts = Counter(
            mention.entity
            for clause in self.clauses
            for mention in clause.of_type("PROGRAMME")
            if subtype is None or mention.entity.subtype == subtype
        )
        return counts.most_common(1)[0][0] if counts else None


def read_discourse(layout: Layout, linked: Sequence[Linked], metadata: Found) -> Discourse:
    """Return the sentences of a layout with their mentions; the title is no sentence of the discourse."""
    starts = [mention.start for mention in linked]
    line_starts = [start for start, _ in layout.lines]
    title = metadata.title_span or (0, 0)
    clauses: list[Clause] = []
    for number, (start, end) in enumerate(layout.sentences):
        if title[0] <= start and end <= title[1]:
            continue
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        clauses.append(Clause(number, start, end, bisect_left(line_starts, start + 1), tuple(linked[low:high])))
    media = [mention.entity for mention in linked if mention.entity.subtype == "media"]
    outlet = next((entity for entity in media if entity.name == metadata.source), None)
    titled = {one.entity for one in linked if one.entity.type == "PERSON" and title[0] <= one.start < title[1]}
    opening = layout.folded[title[0] : title[1]] or layout.folded[: title[1] + 80]
    return Discourse(
        text=layout.folded,
        is_order=_ORDER.search(opening) is not None,
        clauses=tuple(clauses),
        main=_main_union(linked),
        outlet=outlet,
        titled=tuple(dict.fromkeys(one.entity for one in linked if title[0] <= one.start < title[1])),
        titled_person=titled.pop() if len(titled) == 1 else None,
        date=metadata.date,
        authors=metadata.authors,
        entities=tuple(dict.fromkeys(mention.entity for mention in linked)),
        year=_year_reported(opening, metadata.date),
        unnamed=_unnamed(layout.folded, linked),
    )


def _year_reported(title: str, date: str | None) -> str | None:
    """Return the year that a title gives its report (2023年工作综述); of one in January or February the year before."""
    if match := _REPORT_OF_YEAR.search(title):
        return match["year"]
    return str(int(date[:4]) - 1) if date and date[5:7] in {"01", "02"} else None


def _unnamed(text: str, linked: Sequence[Linked]) -> str:
    characters = list(text)
    for mention in linked:
        if mention.entity.type in _TITLED:
            characters[mention.start : mention.end] = _BLANK * (mention.end - mention.start)
    return "".join(characters)


def _main_union(linked: Sequence[Linked]) -> Named | None:
    """Return the union named most often, of equals the first; departments do not count."""
    counts: Counter[Named] = Counter()
    for mention in linked:
        if mention.entity.subtype == "union" and mention.entity.parent is None:
            counts[mention.entity] += 1
    if not counts:
        return None
    national = [one for one in counts if one.name == _NATIONAL]
    if national and len(counts) > 1 and counts[national[0]] < _OFTEN:
        del counts[national[0]]  # the federation that others report to
    return max(counts, key=lambda one: (counts[one], one.name.endswith("总工会")))


def is_denied(text: str, start: int, end: int) -> bool:
    """True if the stretch says that something is not, no longer or not yet so."""
    return DENIED.search(text, start, end) is not None


def is_planned(text: str, start: int, end: int) -> bool:
    """True if the stretch speaks of what is to be done."""
    return PLANNED.search(text, start, end) is not None


def comma_clause(text: str, clause: Clause, position: int) -> tuple[int, int]:
    """Return the stretch between commas or semicolons in which `position` lies."""
    low = clause.start
    before = max(text.rfind(",", low, position), text.rfind(";", low, position), text.rfind(":", low, position))
    behind = _PART_END.search(text, position, clause.end)
    return max(before + 1, low), behind.start() if behind else clause.end
