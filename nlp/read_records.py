"""Files of records: a JSON object a line, or a table with a header. Each record is a text of its own.

A record that is broken is named, and the others are read. In a table a quotation mark that is never closed would
swallow all that follows: where a row does not have the header's cells, reading goes on at the line behind its first.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from io import StringIO
from itertools import islice

from unionkg.errors import InvalidOption, UndecodableFile, UnknownFormat
from unionkg.nlp.charset import decode
from unionkg.nlp.page_text import is_markup
from unionkg.nlp.page_tree import markup_lines
from unionkg.nlp.record import Broken, Record, with_title

DELIMITERS = ",;\t|"  # of a .csv file; the one is taken that parts the most names of fields in its header
REREAD_LINES = 2_000_000  # lines that may be read again in one file: work stays linear in a table of open quotes
SHOWN_KEYS = 12  # of those that a record has, in a message

_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINT = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Fields:
    """Which names a record's fields go by, the first that has a value counts; see `key_of` for what is one name."""

    title: tuple[str, ...] = (
        *("title", "headline", "news title", "article title"),
        *("标题", "標題", "题目", "題目", "文章标题", "新闻标题"),
    )
    text: tuple[str, ...] = (
        *("text", "content", "body", "article", "full text", "news content", "article content"),
        *("正文", "内容", "內容", "全文", "文本", "文章内容", "新闻内容", "文章正文", "正文内容"),
    )
    date: tuple[str, ...] = (
        *("date", "published", "publish date", "publish time", "published at", "pub date", "pub time", "time"),
        *("日期", "时间", "時間", "发布时间", "发布日期", "發布時間", "發佈時間", "發布日期", "發佈日期", "发表时间"),
    )
    source: tuple[str, ...] = (
        *("source", "publisher", "site", "site name"),
        *("来源", "來源", "媒体", "文章来源", "信息来源", "稿件来源", "新闻来源"),
    )
    url: tuple[str, ...] = (
        *("url", "link", "href", "source url"),
        *("链接", "鏈接", "网址", "網址", "原文链接", "文章链接", "新闻链接", "链接地址"),
    )
    author: tuple[str, ...] = ("author", "authors", "byline", "作者", "记者", "記者")

    def __str__(self) -> str:
        """Return the names that are not the usual ones, as `chosen_fields` takes them: `text=c2, text=c3`."""
        return ", ".join(
            f"{field}={name}"
            for field in _NAMES
            if getattr(self, field) != getattr(FIELDS, field)
            for name in getattr(self, field)
        )


FIELDS = Fields()
_NAMES = tuple(field.name for field in fields(Fields))


def chosen_fields(choices: Sequence[str]) -> Fields:
    """Return the fields of records with the names that are chosen for some of them, each choice as `text=正文`.

    A field for which names are chosen goes by these alone. Raises InvalidOption.

    >>> chosen_fields(["text=c2", "text=c3"]).text
    ('c2', 'c3')
    """
    chosen: dict[str, list[str]] = {}
    for choice in choices:
        field, _, name = choice.partition("=")
        if field.strip() not in _NAMES or not name.strip():
            accepted = ", ".join(f"{known}=NAME" for known in _NAMES)
            raise InvalidOption(f"--field {choice}: not a field and the name it goes by; accepted: {accepted}")
        chosen.setdefault(field.strip(), []).append(name.strip())
    return replace(FIELDS, **{field: tuple(names) for field, names in chosen.items()})


@lru_cache(maxsize=1_000)
def key_of(name: str) -> str:
    """Return what names of a field that are written differently have in common.

    >>> key_of("publish_time") == key_of(" PublishTime") == key_of("Publish-Time")
    True
    """
    return _JOINT.sub("", name).casefold()


def read_jsonl(data: bytes, name: str, names: Fields = FIELDS) -> list[Record | Broken]:
    """Return the record of each line that is not blank, or what is wrong with it. Raises UndecodableFile."""
    text, encoding = _decode(data, name)
    lines = ((place, line) for place, line in enumerate(StringIO(text, newline=None), 1) if line.strip())
    found: list[Record | Broken] = []
    for number, (place, line) in enumerate(lines, 1):
        try:
            found.append(_record(_object(line), names, encoding, number))
        except ValueError as error:
            found.append(Broken(f"line {place}", str(error)))
    return found


def read_csv(data: bytes, name: str, names: Fields = FIELDS) -> list[Record | Broken]:
    """Return the record of each row below the header, or what is wrong with it.

    Raises UndecodableFile, and UnknownFormat if no column holds the text.
    """
    text, encoding = _decode(data, name)
    return _table(text, encoding, name, names, max(DELIMITERS, key=lambda one: _known(_header(text, one), names)))


def read_tsv(data: bytes, name: str, names: Fields = FIELDS) -> list[Record | Broken]:
    """As `read_csv`, with tabs between the cells."""
    text, encoding = _decode(data, name)
    return _table(text, encoding, name, names, "\t")


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and its encoding; where UTF-8 has broken bytes in places, those as surrogates."""
    try:
        return decode(data, name, forgive=False)
    except UndecodableFile:
        text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        broken = sum(_ESCAPED_BYTE.search(line) is not None for line in StringIO(text))
        return (text, "utf-8") if broken * 2 <= text.count("\n") else decode(data, name)


def _object(line: str) -> Mapping[str, object]:
    if _ESCAPED_BYTE.search(line):
        raise ValueError("not UTF-8, as the rest of the file is")
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("not a record: nested too deeply") from None
    if isinstance(value, dict):
        return value
    raise ValueError(f"not a JSON object but {type(value).__name__}")


def _record(values: Mapping[str, object], names: Fields, encoding: str, number: int) -> Record:
    """Return the record in a row's or object's values. Raises ValueError that says why there is none."""
    plain: dict[str, str] = {}
    for key, value in values.items():
        if shown := _plain(value):
            plain.setdefault(key_of(key), shown)
    found = {name: _first(plain, getattr(names, name)) for name in _NAMES}
    text = found.pop("text")
    if not text:
        keys = ", ".join(islice(values, SHOWN_KEYS)) or "none"
        raise ValueError(f"no text; its fields: {keys}; accepted for the text: {', '.join(names.text)}")
    if is_markup(text):
        text = "\n".join(markup_lines(text))
    hints = {key: value for key, value in found.items() if value}
    return Record(with_title(found["title"], text), encoding, is_body=True, hints=hints, number=number)


def _plain(value: object) -> str:
    """Return a field's value as text; of a list its items, of other structures nothing."""
    if isinstance(value, list):
        return "、".join(filter(None, map(_plain, value))) if all(isinstance(one, str) for one in value) else ""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value).strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _first(plain: Mapping[str, str], keys: Sequence[str]) -> str:
    return next(filter(None, (plain.get(key_of(key), "") for key in keys)), "")


def _known(header: Sequence[str], names: Fields) -> int:
    known = {key_of(key) for name in _NAMES for key in getattr(names, name)}
    return sum(key_of(cell) in known for cell in header)


def _header(text: str, delimiter: str) -> list[str]:
    first = next((line for line in StringIO(text, newline=None) if line.strip()), "")
    return next(csv.reader([first], delimiter=delimiter), [])


def _table(text: str, encoding: str, name: str, names: Fields, delimiter: str) -> list[Record | Broken]:
    header = _header(text, delimiter)
    if not set(map(key_of, header)) & set(map(key_of, names.text)):
        shown = ", ".join(cell[:40] for cell in header[:SHOWN_KEYS])
        raise UnknownFormat(
            f"{name}: no column holds the text; the header has: {shown}; accepted: {', '.join(names.text)}, or "
            "what --field text=NAME says"
        )
    found: list[Record | Broken] = []
    for number, (place, row, wrong) in enumerate(_rows(text, delimiter, len(header)), 1):
        try:
            if wrong:
                raise ValueError(wrong)
            found.append(_record(dict(zip(header, row, strict=True)), names, encoding, number))
        except ValueError as error:
            found.append(Broken(f"line {place}", str(error)))
    return found


def _rows(text: str, delimiter: str, width: int) -> Iterator[tuple[int, list[str], str]]:
    """Yield for each row below the header its first line's number, its cells, and what is wrong with it or nothing."""
    lines = list(StringIO(text, newline=""))
    limit = csv.field_size_limit(len(text) + 1)  # the module's own limit is for the whole process, and too low for laws
    try:
        place, reread, seen_header = 0, 0, False
        while place < len(lines):
            reader = csv.reader(_from(lines, place), delimiter=delimiter, strict=True)
            try:
                row, wrong = next(reader), ""
            except csv.Error as error:
                row, wrong = [], f"not a row: {error}"
            read = max(reader.line_num, 1)
            if row and len(row) != width and not wrong:
                wrong = f"{len(row)} cells, where the header has {width}"
            if _ESCAPED_BYTE.search("".join(row)):
                wrong = "not UTF-8, as the rest of the file is"
            if wrong and read > 1 and reread < REREAD_LINES:
                reread += read
                read = 1
            if not seen_header:
                seen_header = bool(row)
            elif row or wrong:
                yield place + 1, row, wrong
            place += read
    finally:
        csv.field_size_limit(limit)


def _from(lines: Sequence[str], place: int) -> Iterator[str]:
    return (lines[index] for index in range(place, len(lines)))
