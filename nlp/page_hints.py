"""What a page's tags say of it (meta, JSON-LD, titles), as far as the page shows the same: they are written for search
engines. The page's own address is taken as the tags give it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from unionkg.graph.web_address import web_address
from unionkg.nlp.page_text import LONGEST_VALUE
from unionkg.nlp.record import compact

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_TITLE = 200  # characters; what is longer is a page whose tag for the title was never closed
MOST_TITLES = 10  # of headings and titles on a page
MOST_PARTS = 8  # of a title
SHORTEST_TITLE = 4  # a shorter one is on the page by chance

_DATE = re.compile(r"((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)")
_TITLE_PARTS = re.compile(r"\s*[-_|—–－·]+\s*|\s+")
# The names of Chinese government sites (政府网站发展指引, 国办发〔2017〕47号, appendix 2), those of the open graph
# protocol, and those of common systems, the surest first.
_META = {
    "title": ("articletitle", "og:title", "twitter:title", "title"),
    "date": ("pubdate", "article:published_time", "publishdate", "og:release_date", "publish_time", "date"),
    "source": ("contentsource", "source", "og:site_name", "sitename"),
    "author": ("author", "article:author"),
}
_JSON_LD = {"title": ("headline", "name"), "date": ("datePublished",), "source": ("publisher",), "author": ("author",)}


def hints_of(page: HtmlElement, lines: Sequence[str]) -> dict[str, str]:
    """Return what the page's tags say of it, as far as its lines show the same."""
    named = _named(page)
    printed = "\n".join(lines)
    shown = compact(printed)
    hints: dict[str, str] = {}
    titles = [value[:LONGEST_TITLE] for value in (*named["title"], *islice(_titles(page), MOST_TITLES))]
    if shown_title := _shown_title(titles, set(map(compact, lines)), shown):
        hints["title"] = shown_title
    if date := _shown_date(named["date"], printed):
        hints["date"] = date
    for key in ("source", "author"):
        if value := next((one for one in named[key] if len(one) > 1 and compact(one) in shown), None):
            hints[key] = value
    addresses = (web_address(one) for one in _addresses(page) if len(one) < LONGEST_VALUE)  # a longer one has been cut
    if url := next(filter(None, addresses), None):
        hints["url"] = url
    return hints


def _addresses(page: HtmlElement) -> Iterator[str]:
    for link in page.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield link.get("href") or ""
    for meta in page.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").strip().lower() == "og:url":
            yield meta.get("content") or ""


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


def _shown_title(titles: Sequence[str], lines: set[str], shown: str) -> str | None:
    """Return the first title that is a line, whole or without the names of site and column before it or behind it; if
    none is, the first that is anywhere, whole or without what is behind it.
    """
    for title in titles:
        if part := next((part for part in _parts(title) if compact(part) in lines), None):
            return part
    parts = (part for title in titles for part in _parts(title) if title.startswith(part))
    return next((part for part in parts if compact(part) in shown), None)


def _parts(title: str) -> list[str]:
    """Return the title and what is between its dashes, the longest first."""
    breaks = [match.span() for match in islice(_TITLE_PARTS.finditer(title), MOST_PARTS)]
    starts, ends = [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(title)]
    parts = {title[start:end].strip() for start in starts for end in ends if end - start >= SHORTEST_TITLE}
    return sorted(parts, key=lambda part: (-len(part), part))


def _shown_date(values: Sequence[str], shown: str) -> str | None:
    """Return the first date that the page shows too; if it shows none at all, the one that all tags agree on."""
    days = [_day(match) for value in values if (match := _DATE.search(value))]
    printed = set(map(_day, _DATE.finditer(shown)))
    if printed:
        return next((day for day in days if day in printed), None)
    return days[0] if len(set(days)) == 1 else None


def _day(date: re.Match[str]) -> str:
    return f"{date[1]}-{int(date[2]):02d}-{int(date[3]):02d}"
