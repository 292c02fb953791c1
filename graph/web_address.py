"""What is taken for the address of a page on the web: a link that can be followed, and an IRI that RDF accepts."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST = 2_000  # characters; a longer one is hardly typed, printed or followed

# RFC 3986 and 3987; square brackets stand for an IPv6 host alone, which no page worth citing has
_CHARACTERS = r"""(?:%[0-9A-Fa-f]{2}|[^\s<>"{}|\\^`%#\[\]\uFFF0-\uFFFF\U000E0000-\U000E0FFF])"""
_ALLOWED = re.compile(rf"{_CHARACTERS}+(?:#{_CHARACTERS}*)?")


def web_address(text: str) -> str | None:
    """Return the absolute http or https address that `text` is; None if it is anything else or names a user.

    >>> web_address(" https://gonghui.example/news/7.html "), web_address("javascript:alert(1)")
    ('https://gonghui.example/news/7.html', None)
    """
    text = text.strip()
    if len(text) > LONGEST or not text.isprintable() or not _ALLOWED.fullmatch(text):
        return None
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme in {"http", "https"} and bool((parts.hostname or "").strip(".")) and parts.port != 0
    except ValueError:
        return None
    return text if is_whole and "@" not in parts.netloc else None
