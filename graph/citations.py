"""A document as an entry in a list of references: GB/T 7714—2015, BibTeX, RIS and CSL-JSON.

What a document does not tell stands nowhere: no 佚名 for an author, no place, no page, and no day of access, which the
standard wants of an online source and which only the reader knows. The editors of a web page (责任编辑) are not those
of a volume, so they are not cited. Every value is on one line.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from unionkg.graph.attributes import DocumentAttributes
from unionkg.graph.spots import short_document
from unionkg.graph.web_address import web_address

LANGUAGE = "zh"
NAMED_AUTHORS = 3  # GB/T 7714—2015, 8.1.2: of more the first three, and 等


class _Kind(NamedTuple):
    """What is cited, in the words of each format; `mark` is the code of GB/T 7714."""

    mark: str
    bibtex: str
    bibtex_source: str
    ris: str
    ris_source: str
    csl: str
    csl_source: str


_NEWSPAPER = _Kind("N", "article", "journal", "NEWS", "T2", "article-newspaper", "container-title")
_OFFICIAL = _Kind("A", "misc", "howpublished", "GEN", "PB", "document", "publisher")
_REPORT = _Kind("R", "techreport", "institution", "RPRT", "PB", "report", "publisher")
_ONLINE = _Kind("EB", "misc", "howpublished", "ELEC", "T2", "webpage", "container-title")
_OTHER = _OFFICIAL._replace(mark="Z")

# What ends in 报 is a newspaper but for 学报, 海报, 月报, 墙报 and the like, from which a few names must be told.
_NO_NEWSPAPERS = "学公简通快专要情汇预速播月年季旬海画战喜捷板墙壁抄财研"
_NAMED_LIKE_OTHERS = "科学|文学|大公|文汇|青年|少年|老年|都市快|现代快"
_NEWSPAPERS = re.compile(rf"(?:(?:(?<![{_NO_NEWSPAPERS}])|{_NAMED_LIKE_OTHERS})报(?:海外版)?》?|每日电讯|参考消息)$")
_TITLED = re.compile("《?([^《》]+)》?([^《》]*)")
_SITES = re.compile(r"(?:网|网站|在线|频道|客户端|公众号|微信|微博)$")
_REPORTS = re.compile(r"(?!.*(?:听取|审议)).*(?:关于.+的|(?<![作做])(?:工作|调研|调查|研究))报告$")
_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NO_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
_ADDRESS_KEEPS = "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in '"<>\\^`{|}')
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # and not \{, which BibTeX would count as a brace
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: "\\" + sign for sign in "%#&_$"},
    }
)
_RIS_NAME = str.maketrans({",": "，", "*": "＊"})  # a comma parts the family name from the given one


def citation_key(document: DocumentAttributes) -> str:
    """Return what the document is called in a BibTeX, RIS or CSL file: ASCII, and as stable as its id.

    It is the document's id in the tables too.
    """
    return short_document(document["id"])


def gbt7714(document: DocumentAttributes) -> str:
    """Return the entry of GB/T 7714—2015 in its numeric style, without number or line end.

    A document with a number (文号) is an [A], the number after its title; one from a newspaper an [N]; one whose title
    says so a report, [R]; one from a site or with an address an [EB/OL]; any other a [Z]. An address makes each of them
    /OL. A title without an author opens the entry, as the numeric style has it.

    >>> gbt7714({"id": "0", "name": "0.txt", "cluster": "0", "authors": ["杜若"], "editors": [], "title": "送清凉",
    ...     "source": "岭东日报", "date": "2024-07-03"})
    '杜若. 送清凉[N]. 岭东日报, 2024-07-03.'
    """
    kind, source, day, address = _kind(document), _source(document), _day(document), _address(document)
    mark = kind.mark + ("/OL" if address or kind is _ONLINE else "")
    number = _line(document.get("number", ""))
    date = "-".join(day)
    if source and kind is _NEWSPAPER:
        published = ", ".join(filter(None, (source, date)))
    elif source and len(day) > 1:
        published = f"{source}, {day[0]}({date})"
    else:
        published = ", ".join(filter(None, (source, date))) if source or len(day) == 1 else date and f"({date})"
    title = _title(document) + (f": {number}" if number else "")
    authors = _authors(document)
    listed = [*authors[:NAMED_AUTHORS], *(["等"] if len(authors) > NAMED_AUTHORS else [])]
    return ". ".join(filter(None, (", ".join(listed), f"{title}[{mark}]", published, address))) + "."


def bibtex(document: DocumentAttributes) -> str:
    """Return the entry for BibTeX and biblatex, ending in a line end; the text is UTF-8 with LaTeX's signs escaped.

    A number (文号) stands in `note`, which styles print. The address is as it is, for `url` is read verbatim.
    """
    kind, day = _kind(document), _day(document)
    fields = {
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in _authors(document)),
        "title": f"{{{_escaped(_title(document))}}}",
        kind.bibtex_source: _escaped(_source(document)),
        "note": _escaped(_line(document.get("number", ""))),
        "date": "-".join(day),
        "year": "".join(day[:1]),
        "url": _address(document),
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    month = [f"  month = {_MONTHS[int(day[1]) - 1]},\n"] if len(day) > 1 else []  # a macro of every style
    return f"@{kind.bibtex}{{{citation_key(document)},\n{''.join([*lines, *month])}}}\n"


def ris(document: DocumentAttributes) -> str:
    """Return the record for reference managers, its lines ended by CR and LF as RIS wants them."""
    kind, day = _kind(document), _day(document)
    fields = [
        ("TY", kind.ris),
        ("ID", citation_key(document)),
        *(("AU", author.translate(_RIS_NAME)) for author in _authors(document)),
        ("TI", _title(document)),
        (kind.ris_source, _source(document)),
        ("M1", _line(document.get("number", ""))),
        ("PY", "".join(day[:1])),
        ("DA", "/".join(day) if len(day) > 1 else ""),
        ("LA", LANGUAGE),
        ("UR", _address(document)),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def csl(document: DocumentAttributes) -> dict[str, object]:
    """Return the item of CSL-JSON, of the types article-newspaper, webpage, report and document.

    Names are literal, for the signs of a Chinese name are not parted by a program that cannot read it.
    """
    kind, day = _kind(document), _day(document)
    item: dict[str, object] = {
        "id": citation_key(document),
        "type": kind.csl,
        "title": _title(document),
        "author": [{"literal": author} for author in _authors(document)],
        kind.csl_source: _source(document),
        "number": _line(document.get("number", "")),
        "issued": {"date-parts": [[int(part) for part in day]]} if day else {},
        "URL": _address(document),
        "language": LANGUAGE,
    }
    return {name: value for name, value in item.items() if value}


def _kind(document: DocumentAttributes) -> _Kind:
    source = _source(document)
    if _line(document.get("number", "")):
        return _OFFICIAL
    if _NEWSPAPERS.search(source):
        return _NEWSPAPER
    if _REPORTS.match(_title(document)):
        return _REPORT
    return _ONLINE if _SITES.search(source) or _address(document) else _OTHER


def _title(document: DocumentAttributes) -> str:
    return _unstopped(document.get("title", "")) or _line(document["name"]) or citation_key(document)


def _source(document: DocumentAttributes) -> str:
    """Return the source without the brackets of a title; an address is no name, and stands where addresses do."""
    source = _unstopped(document.get("source", ""))
    titled = _TITLED.fullmatch(source)
    return "" if web_address(source) else titled[1] + titled[2] if titled else source


def _authors(document: DocumentAttributes) -> list[str]:
    return [author for author in map(_line, document["authors"]) if author]


def _day(document: DocumentAttributes) -> list[str]:
    """Return year, month and day, as far as they are known."""
    match = _DATE.fullmatch(document.get("date", ""))
    return [part for part in match.groups() if part] if match else []


def _address(document: DocumentAttributes) -> str:
    """Return the address, else that of the source, in ASCII, so that it can stand in every format as it is."""
    address = _line(document.get("url", "")) or web_address(_unstopped(document.get("source", ""))) or ""
    return quote(_NO_ESCAPE.sub("%25", address), safe=_ADDRESS_KEEPS)


def _line(text: str) -> str:
    return " ".join(_NO_CHARACTER.sub("\ufffd", _NOT_PRINTED.sub(" ", text)).split())


def _unstopped(text: str) -> str:
    """Return the text on one line without a full stop behind it, for every style sets its own."""
    return _line(text).rstrip("。 ")


def _escaped(text: str) -> str:
    return text.translate(_BIBTEX)
