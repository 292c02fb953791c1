"""A page's text and tags in their order, and the lines that a browser would show, in time linear in the page.

No tree is made, so that depth and number of tags do not matter. What a browser does not show is passed over, and a line
break that only the source has is no space between Chinese characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that begin a line and end it."""
CELLS = frozenset({"td", "th"})

_UNSEEN = frozenset({
    "iframe", "noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title",
})  # fmt: skip
_TO_THE_END = frozenset({"script", "style", "template", "title"})  # where they are never closed

_TELLING = frozenset({
    "aria-hidden", "class", "content", "hidden", "href", "id", "itemprop", "name", "property", "rel", "role", "style",
    "type",
})  # fmt: skip
LONGEST_VALUE = 500  # characters of an attribute's value that are kept

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][\w:.-]*+)(?=[\s/>])(?P<attributes>(?:[^<>=]++"
    # a value in quotes may hold < and > if it ends soon; a quotation mark that is never closed is nothing special
    r"""|=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|(?:"[^"]{0,1000}+"|'[^']{0,1000}+')(?=[\s/>]))?+)*+)(?P<close>>|(?=<)|\Z)"""
    r"|<[!?/][^<>]*+>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([a-z][\w:-]*+)(?:\s*=\s*(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++)))?""", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:p|br|div|span|td|li|h[1-6]|strong|b|a|img|font)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what no tree can hold

HAN = "\u2e80-\u303f\u31c0-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’—…·"
"""For a character class: what Chinese is written with, between which a line break of a source is no space."""

_HAN = re.compile(f"[{HAN}]")
_SPACES = " \t\r\n\f"
_SPACE = re.compile(f"[{_SPACES}]+")
_BROKEN_LINE = re.compile(rf"(?<=[{HAN}])[ \t\f]*[\r\n]\s*(?=[{HAN}])")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it is written. An element that a browser does not show is one tag, with its content."""

    name: str
    is_end: bool
    attributes: str
    content: str | None = None


def is_markup(text: str) -> bool:
    """True if the text has tags of a page's body in it."""
    return _MARKUP.search(text) is not None


def pieces(page: str) -> Iterator[str | Tag]:
    """Yield the page's stretches of text, in characters, and the tags between them, without comments."""
    flow = _Flow()
    unclosed: set[str] = set()
    is_preformatted = False
    place = 0
    while token := _TOKEN.search(page, place):
        raw = page[place : token.start()]
        place = token.end()
        if token["close"] == "" and _HAN.search(token[0]):  # no tag but a sign, as in a <b 的
            raw += token[0]
        if raw:
            yield _characters(raw).replace("\r", "\n") if is_preformatted else flow.text(raw)
        if not token["close"]:
            continue
        name, content = token["name"].lower(), None
        is_unseen = name in _UNSEEN and name not in unclosed and not token["end"]
        if is_unseen and not token["attributes"].endswith("/"):
            close = re.compile(rf"</{name}(?=[\s/>])[^<>]*+>?", re.IGNORECASE).search(page, place)
            if close or name in _TO_THE_END:
                content = page[place : close.start() if close else None]
                place = close.end() if close else len(page)
            else:
                unclosed.add(name)
        if name == "pre":
            is_preformatted = not token["end"]
        if name in BLOCKS or name in CELLS:
            flow.end()
        yield Tag(name, bool(token["end"]), token["attributes"], content)
    yield flow.text(page[place:])


def _characters(raw: str) -> str:
    return _NO_TEXT.sub("", unescape(raw))


class _Flow:
    """Makes a block's text of its pieces, in which white space is one space, or none where it only breaks a line."""

    def __init__(self) -> None:
        self.end()

    def end(self) -> None:
        """Begin a new block."""
        self._last = self._space = ""  # the last character shown, and the white space behind it

    def text(self, raw: str) -> str:
        """Return the next piece of the block's text."""
        text = _characters(raw)
        shown = text.strip(_SPACES)
        if not shown:
            self._space = _kind(self._space + text)
            return ""
        start = text.index(shown[0])
        space = _kind(self._space + text[:start])
        if not self._last or (space == "\n" and _HAN.match(self._last) and _HAN.match(shown)):
            space = ""
        self._last, self._space = shown[-1], _kind(text[start + len(shown) :])
        return (" " if space else "") + _SPACE.sub(" ", _BROKEN_LINE.sub("", shown))


def _kind(space: str) -> str:
    """Return a line break for white space with one, else a space, nothing for nothing."""
    return "\n" if "\n" in space or "\r" in space else " " if space else ""


def visible_lines(page: str) -> list[str]:
    """Return the lines of text on the page, none of them blank; cells of a row are parted by tabs."""
    found: list[str] = []
    for piece in pieces(page):
        if isinstance(piece, str):
            found.append(piece)
        elif piece.name in BLOCKS:
            found.append("\n")
        elif piece.name in CELLS and piece.is_end:
            found.append("\t")
    lines = ("\t".join(cell.strip() for cell in line.split("\t")).strip() for line in "".join(found).split("\n"))
    return [line for line in lines if line]


def plain_page(page: str) -> str:
    """Return the page as no parser can mistake it: its text and its tags, each with the attributes that tell what an
    element is for, once and of limited length. Of what is not shown its title and its linked data are left.
    """
    found = _with_paragraphs(pieces(page))
    return "".join(escape(piece, quote=False) if isinstance(piece, str) else _tag(piece) for piece in found)


def _with_paragraphs(found: Iterable[str | Tag]) -> Iterator[str | Tag]:
    """Yield the pieces, and before the end of a paragraph that is not open its start, as a browser has it.

    So says the HTML Living Standard (13.2.6.4.7); lxml's parser passes over such an end, and would join two lines.
    """
    is_open = False
    for piece in found:
        if isinstance(piece, Tag) and piece.name in BLOCKS:
            if piece.name == "p" and piece.is_end and not is_open:
                yield Tag("p", False, "")
            if piece.name != "br":
                is_open = piece.name == "p" and not piece.is_end
        yield piece


def _tag(tag: Tag) -> str:
    if tag.content is not None:
        if tag.name == "title":
            return f"<title>{escape(_characters(tag.content), quote=False)}</title>"
        if tag.name == "script" and "ld+json" in tag.attributes.lower():
            return f'<script type="application/ld+json">{_NO_TEXT.sub("", tag.content)}</script>'
        return ""
    if tag.name in _UNSEEN or ":" in tag.name:  # empty or never closed; of an office program
        return ""
    if tag.is_end:
        return f"</{tag.name}>"
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag.attributes):
        if (name := match[1].lower()) in _TELLING:
            attributes.setdefault(name, _characters(match[2] or match[3] or match[4] or "")[:LONGEST_VALUE])
    kept = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag.name}{kept}>"
