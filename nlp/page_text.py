"""The lines that a browser would show of a page, by its tags alone, in time linear in the page.

No tree is made, so that depth and number of tags do not matter.
"""

from __future__ import annotations

import re
from html import unescape

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "iframe", "li", "main", "menu", "nav", "ol", "option", "p", "pre",
    "section", "select", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_UNSEEN = r"script|style|title|template|noscript|svg|object|textarea"

_TOKEN = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?P<unseen>{_UNSEEN})\b[^<>]*>.*?(?:</(?P=unseen)\s*>|\Z)"
    r"|<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?=[\s/>])[^<>]*>|<[!?/][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_MARKUP = re.compile(r"<(?:p|br|div|span|td|li|h[1-6]|strong|b|a|img|font)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")

HAN = "\u2e80-\u303f\u31c0-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’—…·"
"""For a character class: what Chinese is written with, between which a line break of a source is no space."""

_BROKEN_LINE = re.compile(rf"(?<=[{HAN}])[ \t]*[\r\n]\s*(?=[{HAN}])")


def is_markup(text: str) -> bool:
    """True if the text has tags of a page's body in it."""
    return _MARKUP.search(text) is not None


def visible_lines(page: str) -> list[str]:
    """Return the lines of text on the page, none of them blank; cells of a row are parted by tabs."""
    pieces: list[str] = []
    place = 0
    is_preformatted = False
    for token in _TOKEN.finditer(page):
        piece = page[place : token.start()]
        pieces.append(unescape(piece).replace("\r", "\n") if is_preformatted else _flow(piece))
        place = token.end()
        tag = (token["tag"] or "").lower()
        if tag == "pre":
            is_preformatted = not token["end"]
        if tag in _BLOCKS:
            pieces.append("\n")
        elif tag in _CELLS and token["end"]:
            pieces.append("\t")
    pieces.append(_flow(page[place:]))
    lines = ("\t".join(cell.strip() for cell in line.split("\t")).strip() for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def _flow(text: str) -> str:
    return _SPACE.sub(" ", unescape(_BROKEN_LINE.sub("", text)))
