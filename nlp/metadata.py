"""What a document says of itself: title, date, source, number, authors and editors, from labels, datelines and bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from unionkg.graph.web_address import web_address
from unionkg.nlp.layout import Layout
from unionkg.nlp.persons import has_surname

_DATE = r"(?P<year>(?:19|20)\d{2})\s*(?:年|-|/|\.)\s*(?P<month>\d{1,2})\s*(?:月|-|/|\.)\s*(?P<day>\d{1,2})\s*日?"
_FULL_DATE = re.compile(_DATE)
_LABELLED_DATE = re.compile(rf"(?:时间|日期|发布|发表|更新)(?:时间|日期|于)?\s*:?\s*{_DATE}")
_DATE_LINE = re.compile(rf"^\s*{_DATE}(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?(?P<rest>\s.*)?$")
_LONE_DATE = re.compile(rf"^\s*[(]?\s*{_DATE}\s*[)]?\s*$")
_REPORTED_ON = re.compile(rf"(?:记者|通讯员|撰稿|作者|文/|文:).*?{_DATE}(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s*$")
_SOURCE = re.compile(
    r"(?:来源|稿源|信息来源|文章来源|发布(?:部门|单位|机构|者)?|供稿(?:单位|部门))\s*:\s*(?!\d|时间|日期)(?P<source>[^\s:|,。()]{2,24})"
)
_TIME = r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
_AFTER_TIME = re.compile(rf"^{_DATE}{_TIME}\s+(?P<source>[一-龥]{{2,16}})\s*(?:\s供稿.*|\s第?\s*\d+\s*版.*)?$")
_BEFORE_TIME = re.compile(
    rf"^\s*(?P<source>[一-龥]{{1,12}}(?:报|网|社|台|在线|频道|杂志|客户端|公众号|工会|中心|新闻|铁道|公司|学院|大学|医院|宣传部))\s+{_DATE}{_TIME}(?:\s+(?P<rest>\S.*))?$"
)
_ORIGINAL_TITLE = re.compile(r"^\s*原(?:标题|题目|题)\s*:\s*(?P<title>.+)$")
_LABEL_LINE = re.compile(
    r"^\s*[(\[]?(?:来源|稿源|作者|记者|通讯员|责任编辑|责编|编辑|编审|校对|审核|发布(?:日期|时间)|时间|日期|原标题|原题目|字号|浏览|点击|阅读提示|文号)\s*[:)]?"
)
_HEADING_NUMBER = re.compile(r"[〔\[(]\d{4}[〕\])]\s*\d+\s*号")
_NO_NAME = (
    "(?:见习|实习|特约|本报|本网)?(?:记者|通讯员|通信员)|摄影|摄|图/|文/|编辑|责任编辑|责编|校对|审核|整理|口述|供图|图:|来源|稿源|时间|发布|日期|值班|下载|扫码|关注|点击|阅读|浏览|"
    "点赞|字号|字体|打印|分享|我要"
)
_PERSON = rf"(?!{_NO_NAME})(?:[一-龥]{{1,6}}(?:·[一-龥]{{1,7}})+|[一-龥](?:\s?[一-龥]){{1,3}}|[一-龥]{{2,7}})"
# of one way to match, so that no list of names costs more than its length
_RUN = rf"(?!{_NO_NAME})[一-龥]{{1,7}}(?:·[一-龥]{{1,7}}){{0,3}}"
_NAMES = rf"(?P<names>{_RUN}(?:(?:\s{{1,8}}|[、/]){_RUN}){{0,40}})"
_BEHIND_NAMES = rf"(?=\s*(?:[)\n|\[]|$|{_NO_NAME}|\d))"
_BYLINE = re.compile(
    rf"(?:(?:记者|通讯员|特约撰稿人?|撰稿|作者|撰文|文/图|图/文|文/|文字|文图|图文)\s*:?|(?<![一-龥])(?:文:|(?:口述|整理|执笔)[:/]))\s*{_NAMES}{_BEHIND_NAMES}"
)
_CORRESPONDENT = re.compile(rf"(?:通讯员|通信员)\s*:?\s*{_NAMES}{_BEHIND_NAMES}")
_NUMBER = re.compile(
    r"^\s*(?:(?:发文字号|发文文号|文\s*号|字\s*号)\s*:\s*)?(?P<number>[一-龥]{1,14}[\[(]\d{4}[\])]\s*第?\d+\s*号)\s*$"
)
_EDITOR = re.compile(
    rf"(?:责任编辑|责编|编辑|值班编辑|执行编辑|网络编辑)\s*[:/]?\s*{_NAMES}{_BEHIND_NAMES}"
    rf"|[(](?P<names_before>{_PERSON})\s*(?:责任)?编辑[)]"
)
_FIELD_LABEL = re.compile(r"(?:本[报网]|[见实]习)?记者|通讯员|作者|撰稿|供稿")
_FIELD_NAME = re.compile(r"[一-龥]{1,6}(?:·[一-龥]{1,7})+|[一-龥]{1,3}[^报网社台会部处局办室组]")
_BARE_DATE = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")  # of a date field alone
_BULLETS = "□■◎○●◇◆☆★▲△"
_NAME_LINE = re.compile(
    rf"^\s*+[{_BULLETS}]?\s*[一-龥](?:\s?[一-龥]){{1,3}}\s*$|^\s*+[一-龥]{{1,6}}(?:·[一-龥]{{1,7}})+\s*$"
)
_SUBTITLE = re.compile(r"^\s*[—―─-]{1,2}\s*[^—―─\s-]")
_ABOUT = re.compile(r"^\s*关于[^。]{4,60}$")
_ISSUER_LINE = re.compile(r"(?:会|厅|局|委|办公室|政府|部|公司|学院|大学|医院)$")
_SUBTITLE_MARK = re.compile(r"[(（](?:主题|副题|引题|主标题|副标题|肩题)[)）]\s*$")
_LONGEST_NAME = 7
_LONGEST_DOTTED = 20
_NOT_A_NAME = re.compile(
    r"推荐|阅读|报导|提示|导\s?读|摘\s?要|正\s?文|目\s?录|前\s?言|引\s?言|提\s?要|编者按|编辑|记者|通讯|摄影|报道|本报|本网|时间|日期|来源"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Metadata of a working text, and the spans of the names of those who wrote or edited it."""

    title: str | None = None
    date: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    original_title: str | None = None
    number: str | None = None
    url: str | None = None
    names: tuple[tuple[int, int], ...] = ()
    title_span: tuple[int, int] | None = None


def find_metadata(text: str, layout: Layout, hints: dict[str, str]) -> Found:
    """Return the metadata of a working text; what its labels say goes before `hints` of the format.

    The address stands in the hints alone: one in the text is hardly the document's own.
    """
    folded = layout.folded
    lines = [
        (start, end)
        for start, end in layout.lines
        if not layout.is_furniture(start, end) or _has_label(folded[start:end])
    ]
    title, title_span = _title(text, folded, lines)
    names: list[tuple[int, int]] = []
    authors = _people(folded, _BYLINE, lines, names)
    editors = _people(folded, _EDITOR, lines, names)
    if not authors and title_span:
        authors = _name_line(folded, lines, title_span, names)
    if not authors:
        authors = _hinted_people(hints.get("author", ""))
    return Found(
        title=title or hints.get("title"),
        date=_date(folded, lines) or _iso(hints.get("date", "")),
        source=_source(folded, lines) or hints.get("source"),
        authors=tuple(authors),
        editors=tuple(editors),
        correspondents=tuple(_people(folded, _CORRESPONDENT, lines, [])),
        original_title=_original_title(text, folded, lines),
        number=_number(text, folded, lines),
        url=web_address(hints.get("url", "")),
        names=tuple(sorted(set(names))),
        title_span=title_span,
    )


def _original_title(text: str, folded: str, lines: list[tuple[int, int]]) -> str | None:
    for start, end in lines[:6]:
        if match := _ORIGINAL_TITLE.match(folded[start:end]):
            return text[start + match.start("title") : end].strip()
    return None


def _number(text: str, folded: str, lines: list[tuple[int, int]]) -> str | None:
    """Return the 文号 that stands on a line of its own at the head, or behind its label."""
    for start, end in lines[:8]:
        if match := _NUMBER.match(folded[start:end]):
            return text[start + match.start("number") : start + match.end("number")]
    return None


def _has_label(line: str) -> bool:
    return bool(_SOURCE.search(line) or _EDITOR.search(line) or _LABELLED_DATE.search(line))


def _title(text: str, folded: str, lines: list[tuple[int, int]]) -> tuple[str | None, tuple[int, int] | None]:
    for number, (start, end) in enumerate(lines[:4]):
        line = folded[start:end]
        stripped = line.strip()
        if match := _ORIGINAL_TITLE.match(line):
            title = text[start + match.start("title") : end].strip()
            span = (start + match.start("title"), end)
            if number + 1 < len(lines) and _SUBTITLE_MARK.search(title):
                low, high = lines[number + 1]
                title = _SUBTITLE_MARK.sub("", title) + _SUBTITLE_MARK.sub(
                    "", text[low:high].strip().translate({ord("（"): "(", ord("）"): ")"})
                )
                span = (span[0], high)
            return title, span
        if _LABEL_LINE.match(line) or _DATE_LINE.match(line) or _HEADING_NUMBER.search(stripped):
            continue
        if len(stripped) > 70 or stripped.endswith(("。", "!", ";", ":", ",")) or len(stripped) < 4:
            return None, None
        following = [folded[low:high] for low, high in lines[number + 1 : number + 2]]
        if following and (match := _ORIGINAL_TITLE.match(following[0])) and not _SUBTITLE_MARK.search(match["title"]):
            low, high = lines[number + 1]
            return text[low + match.start("title") : high].strip(), (start, end)
        if following and _ABOUT.match(following[0]) and _ISSUER_LINE.search(stripped):
            low, end = lines[number + 1]
            return text[start:low].strip() + text[low:end].strip(), (start, end)
        if following and _SUBTITLE.match(following[0]) and len(following[0]) <= 60:
            low, end = lines[number + 1]
            return text[start:low].strip() + text[low:end].strip(), (start, end)
        return text[start:end].strip(), (start, end)
    return None, None


def _date(folded: str, lines: list[tuple[int, int]]) -> str | None:
    for start, end in lines[:6]:
        line = folded[start:end]
        if match := (
            _LABELLED_DATE.search(line)
            or _DATE_LINE.match(line)
            or _BEFORE_TIME.match(line)
            or _LONE_DATE.match(line)
            or _REPORTED_ON.search(line)
        ):
            return _iso_of(match)
        if _SOURCE.search(line) and (match := _FULL_DATE.search(line)):
            return _iso_of(match)
    for start, end in lines[:-6:-1]:
        if match := _LONE_DATE.match(folded[start:end]):
            return _iso_of(match)
    return None


def _source(folded: str, lines: list[tuple[int, int]]) -> str | None:
    for start, end in lines:
        line = folded[start:end]
        if match := _SOURCE.search(line) or _AFTER_TIME.match(line.strip()):
            return match["source"]
    for start, end in lines[:6]:
        if match := _BEFORE_TIME.match(folded[start:end]):
            return match["source"]
    return None


def _people(
    folded: str, pattern: re.Pattern[str], lines: list[tuple[int, int]], names: list[tuple[int, int]]
) -> list[str]:
    found: list[str] = []
    for start, end in lines:
        for match in pattern.finditer(folded, start, end):
            group = match.lastgroup or "names"
            for name in _split_names(match[group]):
                if _NOT_A_NAME.search(name[2]):
                    continue
                span = (match.start(group) + name[0], match.start(group) + name[1])
                names.append(span)
                plain = name[2].replace(" ", "")
                if plain not in found:
                    found.append(plain)
    return found


def _split_names(stretch: str) -> list[tuple[int, int, str]]:
    """Return the names of a list; two single characters with a space between are one name (季 榕)."""
    pieces = [(match.start(), match.end()) for match in re.finditer(r"[一-龥·]+", stretch)]
    names: list[tuple[int, int, str]] = []
    index = 0
    while index < len(pieces):
        start, end = pieces[index]
        if end - start == 1 and index + 1 < len(pieces) and pieces[index + 1][1] - pieces[index + 1][0] == 1:
            end = pieces[index + 1][1]
            index += 1
        index += 1
        if 2 <= end - start <= (_LONGEST_DOTTED if "·" in stretch[start:end] else _LONGEST_NAME):
            names.append((start, end, stretch[start:end]))
    return names


def _is_person(name: str) -> bool:
    """True for what may be a person's name, and not a page's 要闻."""
    return re.fullmatch(_PERSON, name) is not None and ("·" in name or has_surname(name))


def _name_line(
    folded: str, lines: list[tuple[int, int]], title: tuple[int, int], names: list[tuple[int, int]]
) -> list[str]:
    """Return the name that stands alone on a line between the title and the body."""
    behind = [line for line in lines if line[0] >= title[1]]
    for start, end in behind[:3]:
        head = _BEFORE_TIME.match(folded[start:end])
        if head and head["rest"] and _is_person(head["rest"].strip()):
            name, low = head["rest"].strip(), start + head.start("rest")
            names.append((low, low + len(name)))
            return [name.replace(" ", "")]
        alone = folded[start:end].strip(" " + _BULLETS)
        if _NAME_LINE.match(folded[start:end]) and _is_person(alone) and not _NOT_A_NAME.search(alone):
            line = folded[start:end].rstrip()
            low, high = start + len(line) - len(line.lstrip(" " + _BULLETS)), start + len(line)
            names.append((low, high))
            return [folded[low:high].replace(" ", "")]
    return []


def _hinted_people(value: str) -> list[str]:
    """Return the names in an author field, which may also hold labels, or an outlet in the place of a person."""
    found = ("".join(name.split()) for _, _, name in _split_names(_FIELD_LABEL.sub("、", value)))
    return [name for name in dict.fromkeys(found) if _FIELD_NAME.fullmatch(name) and not _NOT_A_NAME.search(name)]


def _iso(value: str) -> str | None:
    match = _FULL_DATE.search(value) or _BARE_DATE.match(value)
    return _iso_of(match) if match else None


def _iso_of(match: re.Match[str]) -> str | None:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{match['year']}-{month:02d}-{day:02d}"
