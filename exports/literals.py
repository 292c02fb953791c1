"""Literals as RDF terms in N-Triples syntax: text made fit for every format, numbers, dates.

Texts lose what RDF, XML or a terminal cannot hold; everything else, also quotes, markup and direction marks, is kept.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from unionkg.errors import InvalidExtraction
from unionkg.exports.iri import KEPT, term

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNFIT_OR_ESCAPED = re.compile('[\x00-\x08\n\x0b-\x1f"\\\\\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]')
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_ESCAPED = re.compile(r"\\(?:([\\\"'])|([tbnrf])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_CONTROLS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_DATE_TYPES = ("gYear", "gYearMonth", "date")


def plain(text: str) -> str:
    """Return the text with U+FFFD for each character that some format, reader or terminal does not take.

    These are the C0 controls but tab and line ends, U+007F, lone surrogates, and the non-characters of the first plane. The length stays, so that a
    quote still has as many characters as its offsets say.
    """
    return _UNFIT.sub("\ufffd", text)


def string(text: str) -> str:
    """Return the text as a literal without language: codes, file names, and words as a document prints them.

    >>> string('a "b"')
    '"a \\\\"b\\\\""'
    """
    if _UNFIT_OR_ESCAPED.search(text):
        text = plain(text).translate(_ESCAPES)
    return f'"{text}"'


def chinese(text: str) -> str:
    """Return the text as a literal in Chinese in simplified script."""
    return f"{string(text)}@zh-Hans"


def traditional(text: str) -> str:
    """Return the text as a literal in Chinese in traditional script."""
    return f"{string(text)}@zh-Hant"


def pinyin(text: str) -> str:
    """Return the text as a literal in Chinese in pinyin (the registered variant of BCP 47)."""
    return f"{string(text)}@zh-Latn-pinyin"


def english(text: str) -> str:
    """Return the text as a literal in English."""
    return f"{string(text)}@en"


def digits(number: float) -> str:
    """Return the number in decimal digits, without exponent and without a needless fraction.

    Raises InvalidExtraction if it is not finite.

    >>> digits(100000.0), digits(0.1), digits(1e-7)
    ('100000', '0.1', '0.0000001')
    """
    if not isfinite(number):
        raise InvalidExtraction(f"the figure {number!r} is no number that can be written; accepted: a finite number")
    written = format(Decimal(repr(number + 0.0)), "f")  # a negative zero becomes a plain one
    return written.removesuffix(".0")


@lru_cache(KEPT)
def decimal(number: float) -> str:
    """Return the number as xsd:decimal: no rounding, and comparable in every engine."""
    return typed(digits(number), "decimal")


def integer(number: int) -> str:
    """Return the number as xsd:integer."""
    return f'"{number}"^^{_INTEGER}'


def boolean(value: bool) -> str:
    """Return the truth value as xsd:boolean."""
    return _TRUE if value else _FALSE


def typed(text: str, datatype: str) -> str:
    """Return a literal of one of XML Schema's datatypes, given by its name without prefix."""
    return f"{string(text)}^^{term(f'xsd:{datatype}')}"


@lru_cache(KEPT)
def stated(time: str) -> str:
    """Return a day, month or year as a document states it, typed as what it is; anything else is plain text."""
    match = _DATE.fullmatch(time)
    if match is None or days(time) is None:
        return string(time)
    return typed(time, _DATE_TYPES[sum(group is not None for group in match.groups()) - 1])


@lru_cache(KEPT)
def days(time: str) -> tuple[date, date] | None:
    """Return the first and the last day of an ISO day, month, year, or of two of them joined by a slash.

    None if it is none of these, such as a period without an end. Only days compare alike in all engines: rdflib answers comparisons of years with
    nothing, without an error (measured with rdflib 7.6).

    >>> days("2023-02")
    (datetime.date(2023, 2, 1), datetime.date(2023, 2, 28))
    """
    first, slash, last = time.partition("/")
    matches = (_DATE.fullmatch(first), _DATE.fullmatch(last if slash else first))
    if matches[0] is None or matches[1] is None:
        return None
    try:
        year, month, day = (int(group or 1) for group in matches[0].groups())
        start = date(year, month, day)
        year, month = int(matches[1][1]), int(matches[1][2] or 12)
        end = date(year, month, int(matches[1][3] or monthrange(year, month)[1]))
    except ValueError:  # a month 13, a 30 February or a year 0
        return None
    return (start, end) if start <= end else None


def parts(literal: str) -> tuple[str, str | None, str | None]:
    """Return the text of a literal in N-Triples syntax, its language and its datatype's IRI without brackets.

    >>> parts('"\\u4e3b\\u5e2d"@zh-Hans'), parts('"7"^^<http://www.w3.org/2001/XMLSchema#integer>')
    (('主席', 'zh-Hans', None), ('7', None, 'http://www.w3.org/2001/XMLSchema#integer'))
    """
    end = literal.rindex('"')
    text, rest = literal[1:end], literal[end + 1 :]
    if "\\" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return text, rest[1:] if rest.startswith("@") else None, rest[3:-1] if rest.startswith("^^") else None


def _unescaped(match: re.Match[str]) -> str:
    sign, control, short, long = match.groups()
    return sign or _CONTROLS.get(control) or chr(int(short or long, 16))


_INTEGER = term("xsd:integer")
_TRUE, _FALSE = typed("true", "boolean"), typed("false", "boolean")
