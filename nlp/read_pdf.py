"""The text of a PDF as paragraphs, by PDFium: running heads and page numbers out, broken lines joined.

Lines come in the order of the page's content, which is that of reading in what word processors and browsers write. A line
runs on if it reaches the edge of its column and what follows is not indented, farther down, or of another size.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from statistics import median
from typing import TYPE_CHECKING
from unicodedata import normalize

from unionkg.errors import EmptyFile, OversizedFile, UnreadableFile
from unionkg.nlp.page_text import HAN
from unionkg.nlp.record import Broken, Record, compact

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

PAGES_LIMIT = 5_000
CHARACTERS_LIMIT = 10_000_000  # of all pages; each of them costs a call for its place

NEIGHBOURS = 6  # lines before and behind that tell where a column's edges are
EDGE_ROWS = 2  # rows at the top and at the bottom of a page that may be running heads
LONGEST_HEAD = 60  # characters; a line of the text that comes again at the same height is longer
SAME_HEIGHT = 3.0  # points by which a running head may move from page to page
NARROWEST = 10  # characters of a line that may run on; shorter ones are lists, tables and signatures

CELL_GAP = 4.0  # heights of the line between two words that are cells of a table; justified text seldom comes near
NEAR = 4  # characters that tell the height of a line

RADICALS = dict(
    zip(
        "⺁⺄⺈⺌⺍⺐⺗⺜⺟⺠⺩⺪⺮⺰⺳⺶⺻⺼⺾⻁⻃⻄⻅⻆⻈⻉⻊⻋⻌⻏⻐⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻫⻬⻮⻰⻳",
        "厂乙刀小小尢心日母民王疋竹纟罒羊聿肉艹虎覀西见角讠贝足车辶阝钅镸长门阝青韦页风飞食饣食首马骨鬼鱼鸟卤麦黄斉齐齿龙龟",
        strict=True,
    )
)
"""CJK Radicals Supplement, which has no compatibility mappings, as the characters that fonts show with the same sign."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

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
class Line:
    """A line as printed; its edges in points from the page's lower left corner, white space at its ends left out."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @cached_property
    def size(self) -> float:
        """The height of its characters."""
        return max(self.top - self.bottom, 1.0)

    @cached_property
    def first_word(self) -> float:
        """About how wide its beginning is that no line may break."""
        word = _FIRST_WORD.match(self.text)
        wide = len(_HAN.findall(word[0])) if word else 0
        return self.size * (wide + 0.6 * (len(word[0]) - wide if word else 0) + 0.7)


@dataclass(frozen=True)
class Page:
    """A page's width and its lines in the order of the content."""

    width: float
    lines: tuple[Line, ...]

    @cached_property
    def pitch(self) -> float:
        """How far most lines stand below the one before."""
        steps = [above.bottom - below.bottom for above, below in zip(self.lines, self.lines[1:], strict=False)]
        return median([step for step in steps if step > 0] or [0.0])

    @cached_property
    def margin(self) -> float:
        """How far from the page's edge its lines begin."""
        return min((line.left for line in self.lines), default=0.0)


def read_pdf(data: bytes, name: str) -> list[Record | Broken]:
    """Return the text as the one record, a paragraph a line; if most pages have none, they are named as broken.

    Raises UnreadableFile if the bytes are no PDF or it has a password, EmptyFile if no page has text, OversizedFile.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        why = (
            "protected by a password" if "password" in str(error).lower() else f"not a PDF that can be opened: {error}"
        )
        raise UnreadableFile(f"{name}: {why}") from error
    try:
        count = len(document)
        if count > PAGES_LIMIT:
            raise OversizedFile(f"{name}: {count:,} pages, more than the limit of {PAGES_LIMIT:,}")
        pages = list(_pages(document, name))
        title = " ".join(document.get_metadata_value("Title").split())
    finally:
        document.close()
    blank = [number for number, page in enumerate(pages, 1) if not page.lines]
    if len(blank) == count:
        raise EmptyFile(
            f"{name}: {count} pages but no text in them: a scan, which must go through text recognition first"
        )
    text = "\n".join(_paragraphs(_without_heads(pages)))
    hints = {"title": title} if title and compact(title) in compact(text) else {}
    found: list[Record | Broken] = [Record(text, is_body=True, hints=hints)]
    if 2 * len(blank) > count:
        found.append(Broken(f"{len(blank)} of {count} pages, the first {blank[0]}", "no text: scans, or pictures"))
    return found


def _pages(document: PdfDocument, name: str) -> Iterator[Page]:
    from pypdfium2 import PdfiumError

    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            width, text_page = page.get_width(), page.get_textpage()
        except PdfiumError:  # a page that is broken shows nothing in a viewer either
            yield Page(1.0, ())
            continue
        characters += text_page.count_chars()
        if characters > CHARACTERS_LIMIT:
            raise OversizedFile(f"{name}: more characters on its pages than the limit of {CHARACTERS_LIMIT:,}")
        yield Page(width, tuple(_lines(text_page)))
        text_page.close()
        page.close()


def _lines(page: PdfTextPage) -> Iterator[Line]:
    pieces: list[str] = []
    boxes: list[Box] = []  # of the characters that are no white space
    for character, index in _characters(page):
        if character in "\r\n":
            if boxes:
                yield _line(pieces, boxes)
            pieces, boxes = [], []
        elif character.isspace():
            if boxes and pieces[-1] != " ":
                pieces.append(" ")
        else:
            box = page.get_charbox(index)
            if boxes and not _is_beside(box, boxes[-NEAR:]):  # a break that PDFium took for a space
                yield _line(pieces, boxes)
                pieces, boxes = [], []
            if pieces and pieces[-1] == " " and box[0] - boxes[-1][2] > CELL_GAP * _height([*boxes[-NEAR:], box]):
                pieces[-1] = "\t"
            pieces.append(character)
            boxes.append(box)
    if boxes:
        yield _line(pieces, boxes)


def _height(boxes: Sequence[Box]) -> float:
    return max(box[3] for box in boxes) - min(box[1] for box in boxes)


def _is_beside(box: Box, others: Sequence[Box]) -> bool:
    return box[3] > min(other[1] for other in others) and box[1] < max(other[3] for other in others)


def _line(pieces: Sequence[str], boxes: Sequence[Box]) -> Line:
    left, bottom, right, top = zip(*boxes, strict=True)
    return Line("".join(pieces).rstrip(), min(left), max(right), min(bottom), max(top))


def _characters(page: PdfTextPage) -> Iterator[tuple[str, int]]:
    """Yield each character with its index; fonts that show a radical's sign for the character give the character.

    What the PDF shows without saying which character it is, and noncharacters, are left out.
    """
    from pypdfium2.raw import FPDFText_GetUnicode

    high = 0  # the first half of a character beyond the basic plane
    for index in range(page.count_chars()):
        code = FPDFText_GetUnicode(page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0
        high = 0
        if 0 < code <= 0x10FFFF:
            yield _as_text(chr(code)), index


@cache
def _as_text(character: str) -> str:
    if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff" or "\ufb00" <= character <= "\ufb06":
        return RADICALS.get(character) or normalize("NFKC", character)
    return character


def _without_heads(pages: Sequence[Page]) -> Iterator[Page]:
    """Yield the pages without the lines at their upper and lower edges that are page numbers or come on several pages
    at one height, numbers aside.
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
            line
            for line in lines
            if _PAGE_NUMBER.fullmatch(line.text)
            or (len(line.text) <= LONGEST_HEAD and _is_repeated(line.bottom, heights[_head(line.text)]))
        }
        yield Page(page.width, tuple(line for line in page.lines if line not in heads))


def _head(text: str) -> str:
    return _NUMBER.sub("0", compact(text))


def _is_repeated(bottom: float, places: Sequence[float]) -> bool:
    near = places[bisect_left(places, bottom - SAME_HEIGHT) :]
    return sum(place <= bottom + SAME_HEIGHT for place in near[:3]) > 1


def _edge_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines in the upmost and lowest rows of a page; lines at one height are one row."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if rows and abs(rows[-1][0].bottom - line.bottom) < SAME_HEIGHT:
            rows[-1].append(line)
        else:
            rows.append([line])
    edge = rows if len(rows) <= 2 * EDGE_ROWS else [*rows[:EDGE_ROWS], *rows[-EDGE_ROWS:]]
    return [line for row in edge for line in row]


def _paragraphs(pages: Iterable[Page]) -> Iterator[str]:
    paragraph = ""
    last: tuple[Line, bool] | None = None  # the line before, and whether it reaches its column's edge
    for page, number, line, following in _flow(pages):
        column = [
            other
            for other in page.lines[max(number - NEIGHBOURS, 0) : number + NEIGHBOURS + 1]
            if abs(other.left - line.left) < 3 * line.size
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
    if sum(other.right + 3 * other.size > edge for other in column) < 2:
        edge = max(edge, margin)
    return line.right + following.first_word > edge and line.right - line.left > NARROWEST * line.size


def _runs_on(last: Line, is_full: bool, line: Line, start: float, pitch: float) -> bool:
    if not is_full or abs(last.size - line.size) > 0.35 * max(last.size, line.size):
        return False
    if line.left - start > 1.2 * line.size:  # the first line of a paragraph is indented
        return False
    return last.bottom - line.bottom <= 1.45 * pitch  # negative at the top of the next column or page


def _join(paragraph: str, line: str) -> str:
    if paragraph[-1] in _HYPHEN and paragraph[-2:-1].isalpha() and line[:1].islower():
        return paragraph[:-1] + line
    return paragraph + ("" if _HAN.match(paragraph[-1]) or _HAN.match(line) else " ") + line
