"""The article on a web page: trafilatura finds it, and the page's own lines are what is read of it.

Scripts are dropped, nothing is fetched, nothing depends on the day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from unionkg.errors import OversizedFile
from unionkg.nlp.charset import decode
from unionkg.nlp.layout import lay_out
from unionkg.nlp.page_hints import hints_of
from unionkg.nlp.page_text import visible_lines
from unionkg.nlp.page_tree import TooLargeForTree, as_blocks, drop_bars, drop_hidden, page_lines, parse_page
from unionkg.nlp.record import Record, compact

if TYPE_CHECKING:
    from configparser import ConfigParser

    from lxml.html import HtmlElement

# below this trafilatura falls back to all text on the page; its 250 is meant for alphabets
SHORTEST_ARTICLE = 50

TAGS_LIMIT = 800_000  # of a page; each takes 5 µs to pass over. A page of news has some 2,000, in 100 KB

LABELS_BEFORE = 8  # lines above the article in which its title, date and source are looked for
LABELS_AFTER = 4  # lines below it, for its editors
LONGEST_LABEL = 80
SHORTEST_HEADING = 8
SHORTEST_PROSE = 20  # characters of a line that may be a paragraph
LEAST_PROSE = 0.1  # of the page's prose that an article is expected to have
END = 40  # lines at either end of an article that may be furniture
BEGINNING = 4  # characters by which lines are looked up
TRIES = 20  # lines with the same beginning that are compared

_TABLE_ROW = re.compile(r"^\|(?: (?P<cells>.*?) ?\|?|[-|]+) *$", re.MULTILINE)
_LABEL = re.compile(
    r"来源|來源|稿源|作者|记者|記者|通讯员|通訊員|编辑|編輯|责编|校对|审核|文号|发文字号"
    r"|(?:发布|發佈|發布|更新|发表)?(?:时间|時間|日期)\s*[:：]|(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}"
)
_FOOT = re.compile(
    r"版权所有|[Cc]opyright|ICP备|公网安备|网站标识码|预览时标签不可点|^(?:平台|免责|版权|特别|郑重)声明"
)
_STOP = re.compile("[。！？；，]")
_EDITOR = re.compile(r"[（(\[【]?\s*(?:责任|网络|值班)?(?:编辑|編輯|责编)\s*[:：]\s*[一-龥·、\s]{2,16}[）)\]】]?")


def read_html(data: bytes, name: str) -> list[Record]:
    """Return the page's article as the one record; a table row is a line, cells parted by tabs.

    The title stands in front, and with it the lines that name date, source, authors and editors, where the page has
    them beside the article. All text of the page is taken where there is no article in it, and where it is too large or
    too deep to look for one, of which the record has a warning. Raises UndecodableFile, OversizedFile.
    """
    text, encoding = decode(data, name)
    if (tags := text.count("<")) > TAGS_LIMIT:
        raise OversizedFile(f"{name}: a page of {tags:,} tags, more than the limit of {TAGS_LIMIT:,}")
    try:
        page = parse_page(text)
    except TooLargeForTree as error:
        warning = f"its article was not looked for, and all text of the page was taken: {error}"
        return [Record("\n".join(visible_lines(text)), encoding, is_body=True, warnings=(warning,))]
    drop_hidden(page)
    lines, layout = page_lines(page)
    as_blocks(layout)
    hints = hints_of(page, lines)
    heads = {compact(head.text_content()) for head in page.iter("h1")} - {""}
    for script in list(page.iter("script")):  # data that may hold another text, and lie
        script.drop_tree()
    drop_bars(page)
    places = _places_of_article(page, lines)
    article = _article(lines, places, compact(hints.get("title", "")), heads) if places else page_lines(page)[0]
    return [Record("\n".join(article), encoding, is_body=True, hints=hints)]


def _places_of_article(page: HtmlElement, lines: Sequence[str]) -> Sequence[int]:
    """Return which of the page's lines are its article, as trafilatura finds it, and none if it finds none.

    It takes a short article with links beside its title (字号：大 中 小) for navigation, and goes by the names of elements: if
    it passes over most of the prose, it looks again without links and names.
    """
    from lxml.etree import strip_attributes, strip_tags

    prose = {place: len(line) for place, line in enumerate(lines) if _is_prose(line)}

    def prose_in(places: Iterable[int]) -> int:
        return sum(prose.get(place, 0) for place in places)

    places = set(_places(lines, _found(page)))
    if prose_in(places) < LEAST_PROSE * prose_in(prose):
        strip_attributes(page, "class", "id")
        strip_tags(page, "a")
        places = max(places, set(_places(lines, _found(page))), key=prose_in)
        if prose_in(places) < LEAST_PROSE * prose_in(prose):
            return []
    inside = _trimmed(lines, sorted(places))
    between = range(inside[0], inside[-1]) if inside else ()
    return sorted({*inside, *(place for place in between if place in prose or "\t" in lines[place])})


def _found(page: HtmlElement) -> list[str]:
    """Return the article as trafilatura finds it, its lines without white space."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    found = bare_extraction(
        page,
        fast=True,  # its other finders know the words and the line lengths of alphabets, and take the square of a page
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
        config=_configuration(),
    )
    if not isinstance(found, Page) or not found.text:
        return []
    text = _TABLE_ROW.sub(lambda row: (row["cells"] or "").replace(" | ", "").replace("\\|", "|"), found.text)
    return [line for joined in text.split("\n") if (line := compact(joined.removeprefix("- ")))]


@cache
def _configuration() -> ConfigParser:
    from trafilatura.settings import use_config

    configuration = use_config()
    configuration.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(SHORTEST_ARTICLE))
    return configuration


def _article(lines: Sequence[str], places: Sequence[int], title: str, heads: set[str]) -> Sequence[str]:
    """Return the lines at the places, with the title above them, which the page says or is one of its heads, and the
    labels beside them.
    """
    chosen = set(places)
    start = next((place for place in places if _is_prose(lines[place])), places[0])
    for place in range(start - 1, max(start - LABELS_BEFORE, 0) - 1, -1):
        bare = compact(lines[place])
        if bare == title:  # what is above it is not of the article, but for a line that may belong to it
            above = place - 1 if place and not lay_out(lines[place - 1]).furniture else place
            chosen = {one for one in chosen if one >= above or _is_label(lines[one])}
        if bare == title or bare in heads:
            chosen.add(place)
            break
        if _is_label(lines[place]):
            chosen.add(place)
    above = min(chosen) - 1
    if not title and not heads and above >= 0 and _is_heading(lines[above]):  # the page names its title nowhere
        chosen.add(above)
    end = places[-1] + 1
    chosen.update(place for place in range(end, min(end + LABELS_AFTER, len(lines))) if _is_label(lines[place]))
    return [lines[place] for place in sorted(chosen)]


def _places(lines: Sequence[str], found: Sequence[str]) -> Iterator[int]:
    """Yield where the lines found stand on the page; one that was put together there or cut counts for all it is of."""
    bare = [compact(line) for line in lines]
    starts: dict[str, list[int]] = {}
    for place, line in enumerate(bare):
        starts.setdefault(line[:BEGINNING], []).append(place)
    next_place = 0
    for line in found:
        candidates = starts.get(line[:BEGINNING], [])
        first = bisect_left(candidates, next_place)
        for place in candidates[first : first + TRIES] or candidates[:TRIES]:
            end, size = place, 0
            while end < len(bare) and size < len(line) and line.startswith(bare[end], size):
                size += len(bare[end])
                end += 1
            if size == len(line) or bare[place].startswith(line):
                yield from range(place, max(end, place + 1))
                next_place = max(end, place + 1)
                break


def _trimmed(lines: Sequence[str], places: Sequence[int]) -> Sequence[int]:
    """Return the places without the page's foot and without furniture at either end."""
    if not places:
        return places
    longest = max(places, key=lambda place: len(lines[place]))
    foot = next((place for place in range(longest + 1, len(lines)) if _is_end(lines[place])), len(lines))
    inside = places[: bisect_left(places, foot)]
    head = takewhile(lambda pair: pair[1], _with_furniture(lines, inside[:END]))
    tail = takewhile(lambda pair: pair[1], reversed(_with_furniture(lines, inside[-END:])))
    outside = {place for place, _ in (*head, *tail)}
    return [place for place in inside if place not in outside]


def _with_furniture(lines: Sequence[str], places: Sequence[int]) -> list[tuple[int, bool]]:
    """Return each place and whether its line is furniture."""
    layout = lay_out("\n".join(lines[place] for place in places))
    return [(place, layout.is_furniture(*span)) for place, span in zip(places, layout.lines, strict=True)]


def _is_heading(line: str) -> bool:
    return len(compact(line)) >= SHORTEST_HEADING and not _is_prose(line) and not lay_out(line).furniture


def _is_prose(line: str) -> bool:
    return len(line) >= SHORTEST_PROSE and _STOP.search(line) is not None


def _is_end(line: str) -> bool:
    """True for the first line of a page's foot, and for the one that names the article's editor."""
    if _FOOT.search(line) and not _is_prose(line):
        return True
    return len(line) <= LONGEST_LABEL and _EDITOR.fullmatch(line.strip()) is not None


def _is_label(line: str) -> bool:
    return len(line) <= LONGEST_LABEL and _LABEL.search(line) is not None
