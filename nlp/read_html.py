"""The article on a web page, by trafilatura. Scripts are dropped, nothing is fetched, nothing depends on the day."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from unionkg.nlp.charset import decode
from unionkg.nlp.record import Record

if TYPE_CHECKING:
    from configparser import ConfigParser

# htmldate's own upper bound is today, and its wider search guesses; a date that the text gives is found from the text
DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}

# below this trafilatura falls back to all text on the page; its 250 is meant for alphabets
SHORTEST_ARTICLE = 50

_TABLE_ROW = re.compile(r"^\| (.*?) ?\|? *$", re.MULTILINE)


def read_html(data: bytes, name: str) -> list[Record]:
    """Return the page's article as the one record, an empty text if there is none; a table row is a line, cells parted
    by tabs. Raises UndecodableFile.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    text, encoding = decode(data, name)
    page = bare_extraction(
        text,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params=DATE_SEARCH,
        config=_configuration(),
    )
    if not isinstance(page, Page):
        return [Record("", encoding, is_body=True)]
    body = _TABLE_ROW.sub(lambda row: row[1].replace(" | ", "\t"), page.text or "")
    hints = {"title": page.title, "date": page.date, "source": page.sitename, "author": page.author}
    return [Record(body, encoding, is_body=True, hints={key: value for key, value in hints.items() if value})]


@cache
def _configuration() -> ConfigParser:
    from trafilatura.settings import use_config

    configuration = use_config()
    configuration.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(SHORTEST_ARTICLE))
    return configuration
