"""What the report says in two languages at once: both are on the page, and its style shows the one that the reader chose."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

from unionkg.viz.template import asset

WORDS = "templates/report.json"


class Phrase(NamedTuple):
    """The same in Chinese and in English."""

    zh: Markup
    en: Markup

    def __html__(self) -> Markup:
        """Return both for a text; the space between them goes with the second, and begins no line."""
        return Markup('<span class="zh" lang="zh-Hans">{}</span><span class="en" lang="en"> {}</span>').format(*self)

    @property
    def in_picture(self) -> Markup:
        """Both for a text of an SVG."""
        return Markup('<tspan class="zh" lang="zh-Hans">{}</tspan><tspan class="en" lang="en"> {}</tspan>').format(
            *self
        )


def phrase(zh: str, en: str) -> Phrase:
    """Return the phrase of two texts, which are escaped."""
    return Phrase(Markup.escape(zh), Markup.escape(en))


def say(key: str, **values: object) -> Phrase:
    """Return the words with values put in: numbers with their thousands apart, phrases in the language of each side.

    Where the value `n` is 1, a language may have words of its own under the key and `One`. Texts are escaped.

    >>> say("documents", n=1).en, say("documents", n=1200).zh
    (Markup('1 document'), Markup('1,200 份文献'))
    """
    return Phrase(
        *(
            said(known, key, {name: _side(value, number) for name, value in values.items()})
            for number, known in enumerate(words().values())
        )
    )


def said(known: Mapping[str, str], key: str, values: Mapping[str, object]) -> Markup:
    """Return the words of one language with values put in, as `say` does; texts are escaped.

    >>> said({"pages": "{n} pages", "pagesOne": "one page"}, "pages", {"n": 1})
    Markup('one page')
    """
    pattern = known.get(f"{key}One", known[key]) if values.get("n") == 1 else known[key]
    return Markup(pattern).format(**{name: _grouped(value) for name, value in values.items()})


@cache
def words() -> dict[str, dict[str, str]]:
    """Return the words by language, Chinese first, and key."""
    found: dict[str, dict[str, str]] = json.loads(asset(WORDS))
    return found


def joined(phrases: Iterable[Phrase]) -> Phrase:
    """Return the sentences as a paragraph."""
    zh, en = zip(*phrases, strict=True)
    return Phrase(Markup("").join(zh), Markup(" ").join(en))


def listed(phrases: Sequence[Phrase]) -> Phrase:
    """Return the phrases one after another, as a list in a sentence."""
    return Phrase(Markup("、").join(one.zh for one in phrases), Markup(", ").join(one.en for one in phrases))


def _side(value: object, number: int) -> object:
    return value[number] if isinstance(value, Phrase) else value


def _grouped(value: object) -> object:
    return f"{value:,}" if isinstance(value, int) else value
