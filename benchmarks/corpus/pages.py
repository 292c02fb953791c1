"""Pages: articles as web sites print them, with what they name. Some are reposts or edited copies of an earlier page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from random import Random

import opencc

from benchmarks.corpus import world as w
from benchmarks.corpus.articles import Article, Piece, write_article
from benchmarks.corpus.world import Thing, World

REPOST, EDITED, TRADITIONAL = 0.06, 0.04, 0.06
"""The shares of pages that are such."""
_RECENT = 200
_QUOTES = (("“", "”"), ("“", "”"), ("“", "”"), ("「", "」"), ('"', '"'))
_SITES = ("职工之家网", "工会资讯网", "劳动者在线", "工友网")


@dataclass(frozen=True, slots=True)
class Named:
    """What a page names: its type, the forms printed, its id, and whether a reader could tell where it belongs."""

    type: str
    name: tuple[str, ...]
    truth: str
    hint: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `copy_of` is the number of the page whose text it repeats."""

    number: int
    text: str
    names: tuple[Named, ...]
    article: Article
    script: str
    copy_of: int | None
    is_edited: bool


def make_page(world: World, number: int) -> Page:
    """Return the page of that number; what it is depends on the number and the world alone."""
    rng = world.random("page", number)
    source, is_edited = _source(world, number)
    article = write_article(world, source)
    paragraphs = list(article.paragraphs)
    if is_edited:
        free = range(article.needed + 1, len(paragraphs))
        for index in sorted(rng.sample(free, min(len(free), rng.randint(1, 3))), reverse=True):
            del paragraphs[index]
    outlet = article.outlet if source == number else rng.choice(w.national_papers())
    day = article.day + timedelta(days=0 if source == number else rng.randint(0, 3))
    pieces = list(_laid_out(rng, article, paragraphs, outlet, f"{day:%Y-%m-%d}"))
    script = "hant" if rng.random() < TRADITIONAL else "hans"
    quotes = rng.choice(_QUOTES)
    text, names = _print(pieces, script, quotes, article.open)
    return Page(number, text, names, article, script, None if source == number else source, is_edited)


def _source(world: World, number: int) -> tuple[int, bool]:
    """Return the number of the page whose article this one prints, its own for most, and whether it is edited."""
    rng = world.random("source", number)
    if number == 0 or rng.random() >= REPOST + EDITED:
        return number, False
    source, _ = _source(world, number - rng.randint(1, min(number, _RECENT)))
    return source, rng.random() < EDITED / (REPOST + EDITED)


def _laid_out(
    rng: Random, article: Article, paragraphs: list[tuple[Piece, ...]], outlet: Thing, day: str
) -> Iterator[Piece]:
    """Yield the pieces of the page, its furniture included."""
    source: Piece = (outlet.full[0], outlet)
    editor: Piece = (article.editor.full[0], article.editor)
    way = rng.randrange(4)
    if way == 1:
        yield "首页 > 工会新闻 > 正文\n", None
    yield from article.title
    if way == 0:
        yield from ((f"\n{day} 来源：", None), source, ("\n\n", None))
    elif way == 1:
        yield from ((f"\n发布时间：{day} 10:{rng.randint(10, 59)}  来源：", None), source, ("\n\n", None))
    elif way == 2:
        yield from (("\n来源:", None), source, (f"  日期:{day}\n", None))
    else:
        yield f"\n{day}\n\n", None
    for paragraph in paragraphs:
        yield "　　" if way == 2 else "", None
        yield from paragraph
        yield "\n\n" if way == 0 else "\n", None
    if way != 3:
        yield from (("责任编辑：", None), editor, ("\n", None))
    if way == 1:
        yield f"\n上一篇：没有了\n分享到：微信 微博\n版权所有 {rng.choice(_SITES)}\n", None


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _print(
    pieces: list[Piece], script: str, quotes: tuple[str, str], unknown: frozenset[str]
) -> tuple[str, tuple[Named, ...]]:
    """Return the text in its script and quotation marks, and what it names as it is printed there."""
    text = "".join(form for form, _ in pieces).replace("“", quotes[0]).replace("”", quotes[1])
    if script == "hant":
        converted: str = _converter().convert(text)
        if len(converted) == len(text):
            text = converted
    found: dict[str, tuple[Thing, dict[str, None]]] = {}
    start = 0
    for form, thing in pieces:
        if thing is not None:
            printed = text[start : start + len(form)]
            forms = found.setdefault(thing.id, (thing, {}))[1]
            forms[printed] = None
            if thing.type == "PROGRAMME" and (inner := re.match(r"[“「\"](.+?)[”」\"]", printed)):
                forms[inner[1]] = None
        start += len(form)
    names = (Named(thing.type, tuple(forms), key, thing.at not in unknown) for key, (thing, forms) in found.items())
    return text, tuple(names)
