"""What a client sends, read: JSON that holds what it must, numbers that count something. All else is an InvalidRequest."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import msgspec

from unionkg.errors import InvalidRequest

Json: TypeAlias = dict[str, Any]
"""An answer: what a server writes as JSON."""

T = TypeVar("T")
_SHOWN = 60
_DIGITS = 9  # of a number in a request; none needs more


def read(text: str | bytes | msgspec.Raw, type: type[T], what: str) -> T:
    """Return what JSON text holds, as values of this type; `what` is the name of the request. Raises InvalidRequest."""
    try:
        return msgspec.json.decode(text, type=type)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise InvalidRequest(f"this is no {what}: {error}") from error
    except RecursionError as error:
        raise InvalidRequest(f"this is no {what}: it is nested too deep") from error


def whole(value: str | float, what: str, least: int) -> int:
    """Return the whole number that a value is, or says in digits. Raises InvalidRequest if it is less than `least`.

    >>> whole("5", "limit", 1), whole(2.0, "limit", 1)
    (5, 2)
    """
    if isinstance(value, str):
        told = value.strip()
        number = int(told) if told.isascii() and told.isdigit() and len(told) <= _DIGITS else -1
    else:
        number = int(value) if value == int(value) and abs(value) < 10**_DIGITS else -1
    if number < least:
        raise InvalidRequest(
            f"the {what} is {shown(value)}; accepted: whole numbers from {least} to {10**_DIGITS - 1:,}"
        )
    return number


def shown(value: object) -> str:
    """Return a value that a client sent as it stands in a message, shortened."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
