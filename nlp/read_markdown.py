"""Markdown without its marks, so that a name set bold in part is one name again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from unionkg.nlp.charset import decode
from unionkg.nlp.page_text import HAN, visible_lines
from unionkg.nlp.read_text import read_text
from unionkg.nlp.record import Record, with_title

if TYPE_CHECKING:
    from markdown_it.token import Token

# The parser needs 200 MB and 3 s for a million characters, and the square of the number of brackets; a larger text is
# taken as it is written.
MARKED_CHARACTERS = 2_000_000
MARKED_BRACKETS = 20_000

HINTS = {
    "title": "title", "标题": "title", "date": "date", "日期": "date", "source": "source", "来源": "source",
    "author": "author", "authors": "author", "作者": "author", "url": "url", "link": "url", "链接": "url",
}  # fmt: skip

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(?P<lines>.{0,10000}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_ENTRY = re.compile(r"^(?P<key>\w+)[ \t]*:[ \t]*(?P<value>\S.*?)[ \t]*\r?$", re.MULTILINE)
_HAN = re.compile(f"[{HAN}]")


def read_markdown(data: bytes, name: str) -> list[Record]:
    """Return the text as the one record: the file's own if it has no marks, else a block a line.

    What the front matter says of title, date, source, author and URL are hints; its title opens the text. Raises
    UndecodableFile.
    """
    from markdown_it import MarkdownIt

    text, encoding = decode(data, name)
    if len(text) > MARKED_CHARACTERS or text.count("[") > MARKED_BRACKETS:
        return read_text(data, name)
    front = _FRONT_MATTER.match(text)
    hints = _hints(front["lines"]) if front else {}
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    body = "\n".join(_lines(parser.parse(text[front.end() :] if front else text)))
    body = with_title(hints.get("title", ""), body)
    if not front and body.split() == text.split():
        return [Record(text, encoding, is_body="\ufffd" in text)]
    return [Record(body, encoding, is_body=True, hints=hints)]


def _hints(lines: str) -> dict[str, str]:
    hints: dict[str, str] = {}
    for entry in _ENTRY.finditer(lines):
        value = entry["value"].strip("\"'[]").strip()
        if value and (key := HINTS.get(entry["key"].lower())):
            hints.setdefault(key, value)
    return hints


def _lines(tokens: Iterable[Token]) -> Iterator[str]:
    cells: list[str] | None = None  # of the row that is being read
    for token in tokens:
        match token.type:
            case "tr_open":
                cells = []
            case "tr_close":
                yield "\t".join(cells or ())
                cells = None
            case "inline" if cells is not None:
                cells.append(_inline(token.children or ()))
            case "inline":
                yield _inline(token.children or ())
            case "fence" | "code_block":
                yield token.content.rstrip("\n")
            case "html_block":
                yield from visible_lines(token.content)


def _inline(tokens: Iterable[Token]) -> str:
    """Return the text of a paragraph; a line break in its source is a space only where no Chinese is beside it."""
    text = ""
    broken = False
    for token in tokens:
        match token.type:
            case "softbreak":
                broken = True
                continue
            case "hardbreak":
                piece = "\n"
            case "image":
                piece = _inline(token.children or ())
            case "text" | "code_inline":
                piece = token.content
            case "html_inline" if token.content.lower().startswith("<br"):
                piece = "\n"
            case _:
                continue
        if broken and piece:
            text += "" if _HAN.match(text[-1:]) and _HAN.match(piece) else " "
            broken = False
        text += piece
    return text
