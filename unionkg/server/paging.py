"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from unionkg.errors import UnknownPage

T = TypeVar("T")


class Page(NamedTuple, Generic[T]):
    """The items of one page of a list that has `total` items on `pages` pages."""

    items: Sequence[T]
    total: int
    pages: int


def page_of(found: Sequence[T], number: int, size: int) -> Page[T]:
    """Return a page of a list; an empty list has one, which is empty. Raises UnknownPage.

    >>> page_of("abcde", 2, 3)
    Page(items='de', total=5, pages=2)
    """
    pages = max(1, -(-len(found) // size))
    if not 1 <= number <= pages:
        raise UnknownPage(f"there is no page {number}; accepted: 1 to {pages}")
    return Page(found[(number - 1) * size : number * size], len(found), pages)
