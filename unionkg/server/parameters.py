"""What a request asks for in its query."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from unionkg.errors import InvalidOption
from unionkg.reconciliation.queries import LONGEST

DIRECTIONS = {"out": True, "in": False}
_DIGITS = 9


def page_number(query: Mapping[str, str]) -> int:
    """Return the page that is asked for, the first if none is. Raises InvalidOption for what is no number."""
    text = query.get("page") or "1"
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise InvalidOption(f"page is {shown(text)}; accepted are whole numbers from 1")
    return int(text)


def text_of(query: Mapping[str, str], name: str) -> str | None:
    """Return the value of a parameter, None for an empty one. Raises InvalidOption for one of more than LONGEST characters."""
    text = query.get(name, "").strip()
    if len(text) > LONGEST:
        raise InvalidOption(f"{name} has {len(text):,} characters; accepted: at most {LONGEST}")
    return text or None


def is_outward(query: Mapping[str, str]) -> bool:
    """Return whether the facts of which an entity is the subject are asked for. Raises InvalidOption."""
    text = query.get("direction", "out")
    if text not in DIRECTIONS:
        raise InvalidOption(f"direction is {shown(text)}; accepted: out, in")
    return DIRECTIONS[text]


def values_of(request: Request) -> dict[str, str]:
    """Return the values of a question's parameters: all that is asked but what the pages themselves read.

    Raises InvalidOption for one of more than LONGEST characters.
    """
    return {
        name: value
        for name in request.query_params
        if name not in ("lang", "ask", "style") and (value := text_of(request.query_params, name))
    }


def shown(text: str) -> str:
    """Return a text that somebody sent as it stands in a message."""
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
