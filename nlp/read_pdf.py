"""The text of a PDF as paragraphs, by PDFium: running heads and page numbers out, broken lines joined.

A line runs on if it reaches the edge of its column and what follows is not indented, farther down, or of another size.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from unionkg.errors import EmptyFile, OversizedFile, UnreadableFile
from unionkg.nlp.page_text import HAN
from unionkg.nlp.pdf_lines import Line, Sheet, printed
from unionkg.nlp.pdf_order import NARROWEST, in_reading_order, size_of
from unionkg.nlp.record import Broken, Record, compact

NEIGHBOURS = 6  # lines before and behind that tell where a column's edges are
EDGE_ROWS = 2  # rows at the top and at the bottom of a page that may be running heads
HEAD_GAP = 1.3  # times the distance of lines between a running head and the body
LONGEST_HEAD = 80  # characters; a line of the text that comes again at the same height is longer
SAME_HEIGHT = 3.0  # points by which a running head may move from page to page

_HAN = re.compile(f"[{HAN}]")
_PAGE_NUMBER = re.compile(
    r"[-—–―·.\s]*第?\s*\d{1,4}\s*页?[-—–―·.\s]*(?:[/共,，\s]+\d{1,4}\s*页?)?|[ivxlc]{1,6}"
    r"|(?:file|https?)://\S+(?:\s+\d+/\d+)?|\d{1,4}/\d{1,2}/\d{1,4},?\s+\d{1,2}:\d{2}(?:\s[AP]M)?(?:\s.*)?",  # a browser's
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(rf"[“‘《〈（【(\[]*(?:[^\s{HAN}]+|.)[，。、；：？！”’》〉）】%‰…—)\],.;:?!]*")
_NUMBER = re.compile(r"\d+|(?<=第)[一二三四五六七八九十百]+(?=页)")
_HYPHEN = "-\u00ad\u2010\u0002\ufffe"


@dataclass(frozen=True)
class Page:
    """A page's body, with what its lines have in common."""

    width: float
    lines: tuple[Line, ...]

    @cached_property
    def pitch(self) -> float:
        """How far most lines stand below the one before."""
        steps = [above.bottom - below.bottom for above, below in pairwise(self.lines)]
        return median([step for step in steps if step > 0] or [0.0])

    @cached_property
    def margin(self) -> float:
        """How far from the page's edge its lines begin."""
        return min((line.left for line in self.lines), default=0.0)


def read_pdf(data: bytes, name: str) -> list[Record | Broken]:
    """Return the text as the one record, a paragraph a line, and the pages that cannot be opened as broken; if most
    pages have no text, that is named too.

    Raises UnreadableFile if the bytes are no PDF or it has a password, EmptyFile if no page has text, OversizedFile.
    """
    found = printed(data)
    if found.problem:
        raise (OversizedFile if found.is_oversized else UnreadableFile)(f"{name}: {found.problem}")
    count = len(found.sheets)
    blank = [number for number, sheet in enumerate(found.sheets, 1) if not sheet.lines]
    broken = [number for number, sheet in enumerate(found.sheets, 1) if sheet.is_broken]
    if len(blank) == count:
        if broken:
            raise UnreadableFile(
                f"{name}: {len(broken)} of {count} pages cannot be opened, and the others have no text"
            )
        raise EmptyFile(
            f"{name}: {count} pages but no text in them: a scan, which must go through text recognition first"
        )
    text = "\n".join(_paragraphs(_without_heads(found.sheets)))
    hints = {"title": found.title} if found.title and compact(found.title) in compact(text) else {}
    parts: list[Record | Broken] = [Record(text, is_body=True, hints=hints)]
    parts += [Broken(f"page {number}", "it cannot be opened") for number in broken]
    if 2 * len(blank) > count:
        parts.append(Broken(f"{len(blank)} of {count} pages, the first {blank[0]}", "no text: scans, or pictures"))
    return parts


def _first_word(line: Line) -> float:
    """Return about how wide the line's beginning is that may not be broken."""
    word = _FIRST_WORD.match(line.text)
    length = len(word[0]) if word else 0
    wide = len(_HAN.findall(word[0])) if word else 0
    return size_of(line) * (wide + 0.6 * (length - wide) + 0.7)


def _without_heads(pages: Sequence[Sheet]) -> Iterator[Page]:
    """Yield the pages without the lines above and below their body that are page numbers or come on several pages at
    one height, numbers aside.
    """
    edges = [_edge_lines(page.lines) for page in pages]
    heights: dict[str, list[float]] = {}
    for lines in edges:
        for key, bottom in {(_head(line.text), round(line.bottom, 1)) for line in lines}:
            heights.setdefault(key, []).append(bottom)
    for places in heights.values():
        places.sort()
    for page, lines in zip(pages, edges, strict=True):
        heads = {
            line: is_apart
            for line, is_apart in lines.items()
            if _PAGE_NUMBER.fullmatch(line.text) or _is_repeated(line.bottom, heights[_head(line.text)])
        }
        if 2 * len(heads) > len(page.lines):  # pages that are alike, of a few lines: only what stands apart is a head
            heads = {line: is_apart for line, is_apart in heads.items() if is_apart}
        yield Page(page.width, tuple(in_reading_order([line for line in page.lines if line not in heads])))


def _head(text: str) -> str:
    return _NUMBER.sub("0", compact(text))


def _is_repeated(bottom: float, places: Sequence[float]) -> bool:
    near = places[bisect_left(places, bottom - SAME_HEIGHT) :]
    return sum(place <= bottom + SAME_HEIGHT for place in near[:3]) > 1


def _edge_lines(lines: Sequence[Line]) -> dict[Line, bool]:
    """Return the short lines in the outermost rows of a page, and whether a gap parts each from the body."""
    rows: list[list[Line]] = []  # from the top; lines at one height are one row
    for line in sorted(lines, key=lambda line: -line.bottom):
        if rows and rows[-1][0].bottom - line.bottom < SAME_HEIGHT:
            rows[-1].append(line)
        else:
            rows.append([line])
    gaps = [above[0].bottom - below[0].bottom for above, below in pairwise(rows)]
    pitch = sorted(gaps)[len(gaps) // 4] if gaps else 0.0
    found: dict[Line, bool] = {}
    for edge, spaces in ((rows, gaps), (rows[::-1], gaps[::-1])):
        far = max((number for number, gap in enumerate(spaces[:EDGE_ROWS], 1) if gap > HEAD_GAP * pitch), default=0)
        for number, row in enumerate(edge[:EDGE_ROWS]):
            for line in row:
                if len(line.text) <= LONGEST_HEAD:
                    found[line] = number < far or found.get(line, False)
    return found


def _paragraphs(pages: Iterable[Page]) -> Iterator[str]:
    paragraph = ""
    last: tuple[Line, bool] | None = None  # the line before, and whether it reaches its column's edge
    for page, number, line, following in _flow(pages):
        column = [
            other
            for other in page.lines[max(number - NEIGHBOURS, 0) : number + NEIGHBOURS + 1]
            if abs(other.left - line.left) < 3 * size_of(line)
        ]
        if last is None:
            paragraph = line.text
        elif _runs_on(*last, line, min(other.left for other in column), page.pitch):
            paragraph = _join(paragraph, line.text)
        else:
            yield paragraph
            paragraph = line.text
        last = line, following is not None and _is_full(line, column, following, page.width - page.margin)
    if last is not None:
        yield paragraph


def _flow(pages: Iterable[Page]) -> Iterator[tuple[Page, int, Line, Line | None]]:
    """Yield each line with its page, its number there, and the line that follows, on whatever page."""
    waiting: tuple[Page, int, Line] | None = None
    for page in pages:
        for number, line in enumerate(page.lines):
            if waiting:
                yield *waiting, line
            waiting = page, number, line
    if waiting:
        yield *waiting, None


def _is_full(line: Line, column: Sequence[Line], following: Line, margin: float) -> bool:
    """True if the beginning of the line that follows would not have fitted."""
    edge = max(other.right for other in column)
    if sum(other.right + 3 * size_of(other) > edge for other in column) < 2:
        edge = max(edge, margin)
    return line.right + _first_word(following) > edge and line.right - line.left > NARROWEST * size_of(line)


def _runs_on(last: Line, is_full: bool, line: Line, start: float, pitch: float) -> bool:
    if not is_full or abs(size_of(last) - size_of(line)) > 0.35 * max(size_of(last), size_of(line)):
        return False
    if line.left - start > 1.2 * size_of(line):  # the first line of a paragraph is indented
        return False
    return last.bottom - line.bottom <= 1.45 * pitch  # negative at the top of the next column or page


def _join(paragraph: str, line: str) -> str:
    if paragraph[-1] in _HYPHEN and paragraph[-2:-1].isalpha() and line[:1].islower():
        return paragraph[:-1] + line
    return paragraph + ("" if _HAN.match(paragraph[-1]) or _HAN.match(line) else " ") + line
