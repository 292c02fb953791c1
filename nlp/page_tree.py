"""A page's tree: its lines as a browser shows them, and what is taken out of it before its article is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from unionkg.nlp.page_text import BLOCKS, CELLS, plain_page, visible_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What a tree is made of. trafilatura takes 2 s for 30,000 elements in a row, and 1 s for each million of elements that an
# element lies in, counted for all of them. A page of news has some 2,000 tags, in 100 KB.
TREE_TAGS = 60_000  # with end tags
TREE_CHARACTERS = 5_000_000
TREE_DEPTHS = 1_000_000

LONGEST_CELL = 30  # characters of a line in a cell with others; with a longer one the cell is a piece of the page
MOST_LINES = 12  # of a row of cells
LINKS_SHARE = 0.9  # of a block's letters in links that make it a bar of navigation
HIDDEN_SHARE = 0.5  # of a page's letters; what is hidden and holds more is shown by a script

_BARS = frozenset({"div", "dl", "nav", "ol", "p", "span", "table", "td", "tr", "ul"})
_PARTS = frozenset({"tbody", "tfoot", "thead"})
_SILENT = frozenset({"head", "script", "style", "title"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|(?:left|top|text-indent)\s*:\s*-\d{3,}|visibility\s*:\s*hidden.*\bheight\s*:\s*0(?![.\d])",
    re.IGNORECASE | re.DOTALL,
)
_TINY = re.compile(r"font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_SIZE = re.compile(r"font-size", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W\d_]+")


class TooLargeForTree(Exception):
    """A page is too large or too deep for a tree; the message says which."""


def parse_page(text: str) -> HtmlElement:
    """Return the tree of a page or of a piece of one. Raises TooLargeForTree."""
    from lxml.etree import ParserError
    from lxml.html import Element, HTMLParser, document_fromstring

    if len(text) > TREE_CHARACTERS:
        raise TooLargeForTree(f"{len(text):,} characters, more than {TREE_CHARACTERS:,}")
    if (tags := text.count("<")) > TREE_TAGS:
        raise TooLargeForTree(f"{tags:,} tags, more than {TREE_TAGS:,}")
    # this parser drops what is 256 tags deep, and a paragraph of 10 MB
    parser = HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8")
    try:
        page = document_fromstring(plain_page(text).encode(), parser=parser)
    except ParserError:  # there is nothing in it
        return Element("html")
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise TooLargeForTree("nested 256 deep, or a paragraph of 10 MB")
    if (depths := _depths(page)) > TREE_DEPTHS:
        raise TooLargeForTree(f"its tags lie in {depths:,} others in all, more than {TREE_DEPTHS:,}")
    return page


def _depths(page: HtmlElement) -> int:
    """Return how many elements each element lies in, summed up."""
    depths = {page: 0}
    for element in page.iterdescendants():
        depths[element] = depths[element.getparent()] + 1
    return sum(depths.values())


def markup_lines(text: str) -> list[str]:
    """Return the lines that a browser shows of a piece of a page."""
    try:
        piece = parse_page(text)
    except TooLargeForTree:
        return visible_lines(text)
    drop_hidden(piece)
    return page_lines(piece)[0]


def page_lines(page: HtmlElement) -> tuple[list[str], list[HtmlElement]]:
    """Return the lines of text, none of them blank, and the tables that lay out the page.

    A row of another table is a line, its cells parted by tabs.
    """
    from lxml.etree import iterwalk

    lines: list[str] = []
    buffer: list[str] = []
    rows: list[_Row] = []
    tables: list[HtmlElement] = []
    layout: dict[HtmlElement, None] = {}

    def end_line() -> None:
        lines.extend(line for text in "".join(buffer).split("\n") if (line := text.strip()))
        buffer.clear()

    walk = iterwalk(page, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start" and tag in _SILENT:
            walk.skip_subtree()
            continue
        if tag in BLOCKS or tag in CELLS:
            end_line()
        if event == "start":
            if tag == "table":
                if rows:
                    rows[-1].holds_table = True
                tables.append(element)
            elif tag == "tr":
                rows.append(_Row())
            elif tag in CELLS and rows:
                rows[-1].starts.append(len(lines))
            buffer.append(element.text or "")
        else:
            if tag == "table":
                tables.pop()
            elif tag == "tr" and not rows.pop().join(lines) and tables:
                layout[tables[-1]] = None
            buffer.append(element.tail or "")
    end_line()
    return lines, list(layout)


class _Row:
    """A row of a table: where the lines of each of its cells start."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.holds_table = False

    def join(self, lines: list[str]) -> bool:
        """Make one line of the row's lines and return true, unless it lays out a page."""
        cells = [lines[start:end] for start, end in pairwise([*self.starts, len(lines)])]
        is_large = any(len(cell) > 1 and max(map(len, cell)) >= LONGEST_CELL for cell in cells)
        if self.holds_table or is_large or sum(map(len, cells)) > MOST_LINES:
            return False
        if any(cells):
            lines[self.starts[0] :] = ["\t".join(map(" ".join, cells)).strip()]
        return True


def as_blocks(tables: Iterable[HtmlElement]) -> None:
    """Make blocks of tables, with their own rows and cells: a reader of tables would look for rows."""
    for table in tables:
        rows = [row for part in (table, *table) for row in part if row.tag == "tr"]
        cells = [cell for row in rows for cell in row if cell.tag in CELLS]
        for element in (table, *(part for part in table if part.tag in _PARTS), *rows, *cells):
            element.tag = "div"


def drop_hidden(page: HtmlElement) -> None:
    """Take out what a browser does not show, but for what holds most of the page's text: that is shown by a script."""
    whole = _letters(page)
    for element in list(page.iter("*")):
        if _is_hidden(element) and _letters(element) < HIDDEN_SHARE * whole:
            element.drop_tree()


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style", "")
    if element.get("hidden") is not None or _HIDDEN.search(style):
        return element.getparent() is not None
    return bool(_TINY.search(style)) and not any(
        _SIZE.search(one.get("style", "")) for one in element.iterdescendants("*")
    )


def _letters(element: HtmlElement) -> int:
    return sum(map(_letters_in, element.itertext()))


def _letters_in(text: str | None) -> int:
    return len(_NO_LETTER.sub("", text)) if text else 0


def drop_bars(page: HtmlElement) -> None:
    """Take out the blocks that are links and hardly anything else, dates beside them aside, but for the whole page."""
    sizes: dict[HtmlElement, tuple[int, int, int]] = {}  # letters, those in links, and links of each element
    bars: list[HtmlElement] = []
    for element in reversed(list(page.iter("*"))):
        size, linked, links = _letters_in(element.text), 0, 0
        for child in element:
            child_size, child_linked, child_links = sizes.pop(child, (0, 0, 0))
            size += child_size + _letters_in(child.tail)
            linked += child_linked
            links += child_links
        if element.tag == "a":
            linked, links = size, 1
        sizes[element] = size, linked, links
        if element.tag in _BARS and links > 1 and linked >= LINKS_SHARE * size:
            bars.append(element)
    size, linked, _ = sizes.get(page, (0, 0, 0))
    if linked < LINKS_SHARE * size:
        for bar in bars:
            bar.clear(keep_tail=True)
