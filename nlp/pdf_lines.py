"""The lines on the pages of a PDF, by PDFium, in a process of its own.

A page may be made of pictures that are made of pictures, a thousand million of them in a few hundred bytes, and no
library can be interrupted while it draws them. So it is run apart, with a limit on time and, where the system has them, on
memory; that it may crash is then of no consequence either.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING
from unicodedata import normalize

import msgspec

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

PAGES_LIMIT = 5_000
CHARACTERS_LIMIT = 5_000_000  # of all pages; each of them costs a call for its place, and all of them half a minute
SECONDS_LIMIT = 120  # three times what the largest document within the limits takes
BYTES_LIMIT = 2_000_000_000  # of the process's memory; a document of 5,000 pages takes 100 MB

CELL_GAP = 4.0  # heights of the line between two words that are cells of a table; justified text seldom comes near
COLUMN_GAP = 1.2  # heights of the line; between columns there are two characters, beside full stops half of one
MOST_GAPS = 12  # of a line; with more it is of a table, or of nothing
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

NOWHERE: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Gap:
    """White space in a line that may part columns: where the text behind it starts, and its edges in points."""

    start: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed; its edges in points from the page's lower left corner, white space at its ends left out."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's width in points and its lines in the order of the content; no lines if it is broken."""

    width: float
    lines: tuple[Line, ...]
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed on a PDF's pages and the title it was given, or the problem that keeps us from knowing."""

    sheets: tuple[Sheet, ...] = ()
    title: str = ""
    problem: str = ""
    is_oversized: bool = False


def printed(data: bytes) -> Printed:
    """Return what is printed on the pages of a PDF."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "unionkg.nlp.pdf_lines"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS_LIMIT, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return Printed(problem=f"to read it takes longer than the limit of {SECONDS_LIMIT} s", is_oversized=True)
    if done.returncode:
        return Printed(
            problem=f"the library that reads PDFs ended with exit code {done.returncode}, short of memory or at a fault"
        )
    return msgspec.msgpack.decode(done.stdout, type=Printed)


def main() -> None:
    """Read a PDF from standard input and write what is printed on it to standard output."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (BYTES_LIMIT, BYTES_LIMIT))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_LIMIT, SECONDS_LIMIT))  # should nobody wait for us any more
    sys.stdout.buffer.write(msgspec.msgpack.encode(printed_here(sys.stdin.buffer.read())))


def printed_here(data: bytes) -> Printed:
    """Return what `printed` returns, read in this process and without its limits on time and memory."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        is_locked = "password" in str(error).lower()
        return Printed(problem="protected by a password" if is_locked else f"not a PDF that can be opened: {error}")
    if len(document) > PAGES_LIMIT:
        return Printed(problem=f"{len(document):,} pages, more than the limit of {PAGES_LIMIT:,}", is_oversized=True)
    sheets: list[Sheet] = []
    characters = 0
    for size, sheet in _sheets(document):
        characters += size
        if characters > CHARACTERS_LIMIT:
            return Printed(problem=f"more characters than the limit of {CHARACTERS_LIMIT:,}", is_oversized=True)
        sheets.append(sheet)
    return Printed(tuple(sheets), " ".join(document.get_metadata_value("Title").split()))


def _sheets(document: PdfDocument) -> Iterator[tuple[int, Sheet]]:
    """Yield each page with the number of its characters."""
    from pypdfium2 import PdfiumError

    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except PdfiumError:
            yield 0, Sheet(0.0, (), is_broken=True)
            continue
        size = text_page.count_chars()
        yield size, Sheet(page.get_width(), tuple(_lines(text_page)) if size <= CHARACTERS_LIMIT else ())
        text_page.close()
        page.close()


def _lines(page: PdfTextPage) -> Iterator[Line]:
    pieces: list[str] = []
    boxes: list[Box] = []  # of the characters that are no white space
    gaps: list[Gap] = []
    for character, index in _characters(page):
        if character in "\r\n":
            if boxes:
                yield _line(pieces, boxes, gaps)
            pieces, boxes, gaps = [], [], []
        elif character.isspace():
            if boxes and pieces[-1] != " ":
                pieces.append(" ")
        else:
            box = page.get_charbox(index)
            if not all(map(isfinite, box)):  # placed by numbers without measure: beside the one before
                box = boxes[-1] if boxes else NOWHERE
            if boxes and not _is_beside(box, boxes[-NEAR:]):  # a break that PDFium took for a space
                yield _line(pieces, boxes, gaps)
                pieces, boxes, gaps = [], [], []
            if boxes and (gap := box[0] - boxes[-1][2]) > box[3] - box[1]:  # as any that matters
                height = _height([*boxes[-NEAR:], box])
                if pieces[-1] == " " and gap > CELL_GAP * height:
                    pieces[-1] = "\t"
                if gap > COLUMN_GAP * height and len(gaps) < MOST_GAPS:
                    gaps.append(Gap(sum(map(len, pieces)), boxes[-1][2], box[0]))
            pieces.append(character)
            boxes.append(box)
    if boxes:
        yield _line(pieces, boxes, gaps)


def _height(boxes: Sequence[Box]) -> float:
    return max(box[3] for box in boxes) - min(box[1] for box in boxes)


def _is_beside(box: Box, others: Sequence[Box]) -> bool:
    return box[3] > min(other[1] for other in others) and box[1] < max(other[3] for other in others)


def _line(pieces: Sequence[str], boxes: Sequence[Box], gaps: Sequence[Gap]) -> Line:
    left, bottom, right, top = zip(*boxes, strict=True)
    return Line("".join(pieces).rstrip(), min(left), max(right), min(bottom), max(top), tuple(gaps))


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


if __name__ == "__main__":
    main()
