"""In which language a request is answered: one rule for the pages, for the editor of queries and for reconciliation."""

from __future__ import annotations

import re
from typing import Literal

from starlette.requests import Request

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_RANGE = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?")


def language_of(request: Request) -> Language:
    """Return the language of the answer to a request: that of `lang` in its address, else the one its browser prefers."""
    return chosen(request.query_params.get("lang"), request.headers.get("accept-language"))


def chosen(asked: str | None, accepted: str | None) -> Language:
    """Return the language that is asked for, else the one that an Accept-Language header prefers.

    As RFC 9110 has it (section 12.5.4), with Chinese where neither is preferred; what is malformed is passed over.

    >>> chosen(None, "fr, en;q=0.3, zh-TW;q=0.9"), chosen(None, "de, en-GB;q=0.1"), chosen("en", "zh"), chosen(None, None)
    ('zh', 'en', 'en', 'zh')
    """
    for language in LANGUAGES:
        if asked == language:
            return language
    qualities: dict[str, float] = {}
    for part in (accepted or "").split(","):
        if found := _RANGE.fullmatch(part):
            name = found[1].lower()
            qualities[name] = max(qualities.get(name, 0.0), float(found[2] or 1))
    rest = qualities.get("*", 0.0)
    return "en" if qualities.get("en", rest) > qualities.get("zh", rest) else "zh"
