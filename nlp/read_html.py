"""The article on a web page, by trafilatura, with the page's own title and labels around it.

Scripts are dropped, nothing is fetched, nothing depends on the day. What tags say of the page (meta, JSON-LD) is only
believed where the page itself shows it: such tags are written for search engines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from unionkg.nlp.charset import decode
from unionkg.nlp.page_text import HAN, visible_lines
from unionkg.nlp.record import Record, compact

if TYPE_CHECKING:
    from configparser import ConfigParser

    from lxml.html import HtmlElement

# below this trafilatura falls back to all text on the page; its 250 is meant for alphabets
SHORTEST_ARTICLE = 50

# trafilatura takes 2 s for 30,000 tags in a row, 15 s if they are 250 deep, and 10 s for 10 MB; of a larger page all text
# is taken. A page of news has some 2,000 tags and 100 KB.
ARTICLE_TAGS = 30_000
ARTICLE_CHARACTERS = 5_000_000

LABELS_BEFORE = 8  # lines above the article in which its title, date and source are looked for
LABELS_AFTER = 4  # lines below it, for its editors
LONGEST_LABEL = 80
LONGEST_CELL = 30  # characters; with a longer line in it a table's cell is no cell but a piece of the page
BEGINNING = 4  # characters by which lines are looked up
TRIES = 20  # lines with the same beginning that are compared
LINKS_SHARE = 0.9  # of a block's characters in links that make it a bar of navigation

BARS = frozenset({"div", "dl", "nav", "ol", "p", "span", "table", "td", "tr", "ul"})

_INLINE = r"(?:</?(?:a|b|em|font|i|span|strong|u)\b[^<>]{0,500}>)"
_BROKEN_LINE = re.compile(rf"([{HAN}]{_INLINE}{{0,4}})[ \t]*[\r\n]\s*(?={_INLINE}{{0,4}}[{HAN}])", re.IGNORECASE)
# what no tree can hold: control characters and noncharacters, as they are and as references
_NO_TEXT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:0{0,8}(?:[0-8]|1[124-9]|2\d|3[01])|x0{0,8}(?:[0-8bcef]|1[0-9a-f]|fff[ef]))(?![0-9a-f]);?",
    re.IGNORECASE,
)
_LINE_BREAK = re.compile(r"[\r\n]\s*")
_PREFORMATTED = re.compile(r"(<pre\b.*?(?:</pre\s*>|\Z))", re.IGNORECASE | re.DOTALL)
_TABLE_ROW = re.compile(r"^\|(?: (?P<cells>.*?) ?\|?|[-|]+) *$", re.MULTILINE)
_LABEL = re.compile(
    r"来源|來源|稿源|作者|记者|記者|通讯员|通訊員|编辑|編輯|责编|校对|审核|文号|发文字号"
    r"|(?:发布|發佈|發布|更新|发表)?(?:时间|時間|日期)\s*[:：]|(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}"
)
_DATE = re.compile(r"((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)")
_TITLE_PARTS = re.compile(r"\s*[-_|—–－·]+\s*")
LONGEST_TITLE = 200  # characters; what is longer is a page whose tag for the title was never closed
_SHORTEST_TITLE = 4  # a shorter one is on the page by chance

# The names of Chinese government sites (政府网站发展指引, 国办发〔2017〕47号, appendix 2), those of the open graph
# protocol, and those of common systems, the surest first.
_META = {
    "title": ("articletitle", "og:title", "twitter:title", "title"),
    "date": ("pubdate", "article:published_time", "publishdate", "og:release_date", "publish_time", "date"),
    "source": ("contentsource", "source", "og:site_name", "sitename"),
    "author": ("author", "article:author"),
}
_JSON_LD = {"title": ("headline", "name"), "date": ("datePublished",), "source": ("publisher",), "author": ("author",)}


def read_html(data: bytes, name: str) -> list[Record]:
    """Return the page's article as the one record; a table row is a line, cells parted by tabs.

    The title stands in front, and with it the lines that name date, source, authors and editors, where the page has
    them beside the article. All text of the page is taken where there is no article in it, and where it is too large or
    too deep to look for one. Raises UndecodableFile.
    """
    text, encoding = decode(data, name)
    text = "".join(_unbroken(_NO_TEXT.sub("", text)))
    seen = visible_lines(text)
    page = _parse(text)
    if page is None:
        return [Record("\n".join(seen), encoding, is_body=True)]
    hints = _hints(page, "\n".join(seen))
    heads = [hints.get("title", ""), *(compact(head.text_content()) for head in page.iter("h1"))]
    _drop_navigation(page)
    article = _with_labels(_article(page, seen), seen, {compact(head) for head in heads if head}) or seen
    return [Record("\n".join(article), encoding, is_body=True, hints=hints)]


def _unbroken(page: str) -> Iterator[str]:
    """Yield the page without the line breaks that only its source has: between Chinese they are no space either."""
    for number, piece in enumerate(_PREFORMATTED.split(page)):
        yield piece if number % 2 else _LINE_BREAK.sub(" ", _BROKEN_LINE.sub(r"\1", piece))


def _parse(text: str) -> HtmlElement | None:
    """Return the page's tree, None if it has none or is too large or too deep to look for an article in it."""
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    if len(text) > ARTICLE_CHARACTERS or text.count("<") > 2 * ARTICLE_TAGS:
        return None
    # beyond 256 tags deep this parser drops the rest of the page; trafilatura takes the product of depth and tags
    parser = HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8")
    try:
        page = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except LxmlError:
        return None
    return page if not any("depth" in entry.message.lower() for entry in parser.error_log) else None


def _drop_navigation(page: HtmlElement) -> None:
    """Take out the blocks that are links and hardly anything else, but for the whole page."""
    sizes: dict[HtmlElement, tuple[int, int, int]] = {}  # characters, those in links, and links of each element
    bars: list[HtmlElement] = []
    for element in reversed(list(page.iter("*"))):
        size, linked, links = len((element.text or "").strip()), 0, 0
        for child in element:
            child_size, child_linked, child_links = sizes.pop(child, (0, 0, 0))
            size += child_size + len((child.tail or "").strip())
            linked += child_linked
            links += child_links
        if element.tag == "a":
            linked, links = size, 1
        sizes[element] = size, linked, links
        if element.tag in BARS and links > 1 and linked >= LINKS_SHARE * size:
            bars.append(element)
    size, linked, _ = sizes.get(page, (0, 0, 0))
    if linked < LINKS_SHARE * size:
        for bar in bars:
            bar.clear(keep_tail=True)


def _article(page: HtmlElement, seen: Sequence[str]) -> list[str]:
    """Return the lines of the article."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    found = bare_extraction(
        page,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
        config=_configuration(),
    )
    if not isinstance(found, Page) or not found.text:
        return []
    split = _Splitter(seen)
    text = _TABLE_ROW.sub(lambda row: (row["cells"] or "").replace(" | ", "\t").replace("\\|", "|"), found.text)
    return [line for joined in text.split("\n") if joined.strip() for line in split(joined.strip(" \u3000\xa0"))]


class _Splitter:
    """Gives the lines of the page for a line that trafilatura made, of several where it joined a table's cell.

    Whole pages lie in a cell where tables are used for layout.
    """

    def __init__(self, seen: Sequence[str]) -> None:
        self.seen = seen
        self.bare = [compact(line) for line in seen]
        self.known = set(self.bare)
        self.beginnings: dict[str, list[int]] = {}
        for place, line in enumerate(self.bare):
            self.beginnings.setdefault(line[:BEGINNING], []).append(place)

    def __call__(self, line: str) -> Sequence[str]:
        whole = compact(line)
        if whole in self.known:
            return [line]
        for place in self.beginnings.get(whole[:BEGINNING], ())[:TRIES]:
            end, size = place, 0
            while size < len(whole) and end < len(self.bare) and whole.startswith(self.bare[end], size):
                size += len(self.bare[end])
                end += 1
            if size == len(whole) and end - place > 1 and max(map(len, self.bare[place:end])) >= LONGEST_CELL:
                return self.seen[place:end]
        return [line.removeprefix("- ")]  # the mark for the item of a list


@cache
def _configuration() -> ConfigParser:
    from trafilatura.settings import use_config

    configuration = use_config()
    configuration.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(SHORTEST_ARTICLE))
    return configuration


def _with_labels(article: list[str], seen: Sequence[str], titles: set[str]) -> list[str]:
    """Return the article with the page's lines beside it that are its title or name its date, source or people."""
    if not article:
        return article
    known = {compact(line) for line in article}
    places = [place for place, line in enumerate(seen) if compact(line) in known]
    if not places:
        return article
    first, last = places[0], places[-1]
    if compact(seen[first]) in titles and len(places) > 1:  # what stands between title and text is often left out
        behind = [line for line in seen[first + 1 : places[1]] if _is_label(line)]
        article = [article[0], *behind, *article[1:]] if compact(article[0]) in titles else article
    before: list[str] = []
    for line in reversed(seen[max(first - LABELS_BEFORE, 0) : first]):
        if compact(line) in titles:
            before.append(line)
            break
        if _is_label(line):
            before.append(line)
    after = [line for line in seen[last + 1 : last + 1 + LABELS_AFTER] if _is_label(line)]
    return [*reversed(before), *article, *after]


def _is_label(line: str) -> bool:
    return len(line) <= LONGEST_LABEL and _LABEL.search(line) is not None


def _hints(page: HtmlElement, shown: str) -> dict[str, str]:
    """Return what the page's tags say of it, as far as the page shows the same."""
    named = _named(page)
    printed, shown = shown, compact(shown)
    hints: dict[str, str] = {}
    titles = (title for value in (*named["title"], *_titles(page)) for title in _shorter(value))
    if title := next((one for one in titles if len(one) >= _SHORTEST_TITLE and compact(one) in shown), None):
        hints["title"] = title
    if date := _shown_date(named["date"], printed):
        hints["date"] = date
    for key in ("source", "author"):
        if value := next((one for one in named[key] if len(one) > 1 and compact(one) in shown), None):
            hints[key] = value
    return hints


def _named(page: HtmlElement) -> dict[str, list[str]]:
    """Return the values of title, date, source and author in meta tags and JSON-LD, the surest first."""
    metas: dict[str, str] = {}
    for meta in page.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").strip().lower()
        if value := " ".join((meta.get("content") or "").split()):
            metas.setdefault(key, value)
    linked = list(_json_ld(page))
    return {
        key: [
            *(metas[name] for name in names if name in metas),
            *(value for item in linked for name in _JSON_LD[key] if (value := _text(item.get(name)))),
        ]
        for key, names in _META.items()
    }


def _json_ld(page: HtmlElement) -> Iterator[dict[str, object]]:
    for script in page.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                value = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            items = (
                value if isinstance(value, list) else value.get("@graph", [value]) if isinstance(value, dict) else []
            )
            yield from (item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()


def _text(value: object) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()).encode("utf-8", "ignore").decode() if isinstance(value, str) else ""


def _titles(page: HtmlElement) -> Iterator[str]:
    for tag in ("h1", "title"):
        for element in page.iter(tag):
            yield " ".join(element.text_content().split())


def _shorter(title: str) -> Iterator[str]:
    """Yield the title whole, then without the names of site and column behind it, one after another."""
    title = title[:LONGEST_TITLE]
    ends = [match.start() for match in _TITLE_PARTS.finditer(title)]
    yield title
    yield from (title[:end] for end in reversed(ends))


def _shown_date(values: Sequence[str], shown: str) -> str | None:
    """Return the first date that the page shows too; if it shows none at all, the one that all tags agree on."""
    days = [_day(match) for value in values if (match := _DATE.search(value))]
    printed = set(map(_day, _DATE.finditer(shown)))
    if printed:
        return next((day for day in days if day in printed), None)
    return days[0] if len(set(days)) == 1 else None


def _day(date: re.Match[str]) -> str:
    return f"{date[1]}-{int(date[2]):02d}-{int(date[3]):02d}"
