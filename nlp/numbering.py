"""The numbers that a word processor puts before paragraphs (一、 （一） 1. ①): they stand nowhere in the document's text.

A paragraph, or the style it has, names a list and a level in it; the level has a format and a pattern, and each list is
counted through the document. ECMA-376-1:2016, sections 17.9 (numbering) and 17.18.59 (formats of numbers).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LEVELS = 9
LONGEST_PATTERN = 60  # characters; word processors allow 31
LARGEST = 9_999  # what any list counts to in words; beyond it digits serve
INHERITED = 20  # styles that a style may be based on, one on the other

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL_NUMBER = re.compile("%([1-9])")
_OWN_SPACE = "、，。．）】》；："  # signs that are as wide as a character, and most of it white
_UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)
_NOTHING = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how its number is written, what stands around it (`%1` is the first level's number), where it
    starts, the levels above it, from 1, that make it start again, and the style whose paragraphs belong to it.
    """

    format: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int = LEVELS
    gap: str = " "
    is_legal: bool = False  # all its numbers are digits
    style: str | None = None


class Numbering:
    """Counts the lists of a document. `numbering` and `styles` are the roots of these parts, None if there are none."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {_attribute(style, "styleId"): style for style in _children(styles, "style")}
        self._default = next(
            (key for key, style in self._styles.items() if _attribute(style, "type") == "paragraph" and _is_on(style)),
            "",
        )
        self._style_lists: dict[str, tuple[str, int | None]] = {}
        self._lists: dict[str, tuple[str, tuple[Level, ...]]] = {}  # the abstract list's id and the levels
        self._restarts: dict[str, list[int]] = {}  # levels that start again at a list's first paragraph
        self._counts: dict[str, list[int | None]] = {}
        if numbering is not None:
            self._read(numbering)

    def number(self, paragraph: Element) -> str:
        """Return the number that stands before the paragraph and what parts it from the text, and count it.

        Nothing if it has none, or a mark that is the same for each. To be called once for each paragraph, in their order.
        """
        key, place = self._place(paragraph)
        if key not in self._lists:
            return ""
        abstract, levels = self._lists[key]
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        for restarted in self._restarts.pop(key, ()):
            counts[restarted] = None
        before = counts[place]
        counts[place] = levels[place].start if before is None else before + 1
        for deeper in range(place + 1, LEVELS):
            if levels[deeper].restart > place:
                counts[deeper] = None
        return _written(levels, counts, place)

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return the list that a paragraph is of, "0" or nothing for none, and its level in it."""
        properties = paragraph.find(_W + "pPr")
        style = _value(properties, "pStyle") or self._default
        key, place = _list_of(properties)
        if key is None or place is None:
            style_key, style_place = self._of_style(style)
            key = style_key if key is None else key
            place = style_place if place is None else place
        if place is None and key in self._lists:
            levels = self._lists[key][1]
            place = next((number for number, level in enumerate(levels) if style and level.style == style), 0)
        return key or "", min(max(place or 0, 0), LEVELS - 1)

    def _of_style(self, name: str) -> tuple[str, int | None]:
        if name not in self._style_lists:
            key: str | None = None
            place: int | None = None
            for properties in self._inherited(name):
                own_key, own_place = _list_of(properties)
                key = own_key if key is None else key
                place = own_place if place is None else place
            self._style_lists[name] = key or "", place
        return self._style_lists[name]

    def _inherited(self, name: str) -> Iterator[Element | None]:
        """Yield the paragraph properties of a style and of those that it is based on."""
        for _ in range(INHERITED):
            style = self._styles.get(name)
            if style is None:
                return
            yield style.find(_W + "pPr")
            name = _value(style, "basedOn")

    def _read(self, numbering: Element) -> None:
        abstract = {_attribute(one, "abstractNumId"): one for one in _children(numbering, "abstractNum")}
        styled = {style: key for key, one in abstract.items() if (style := _value(one, "styleLink"))}
        levels: dict[str, tuple[Level, ...]] = {}
        for one in _children(numbering, "num"):
            key, base = _attribute(one, "numId"), _value(one, "abstractNumId")
            if base not in abstract:
                continue
            base = styled.get(_value(abstract[base], "numStyleLink"), base)
            if base not in levels:
                levels[base] = _levels(abstract[base], (Level(),) * LEVELS)
            own = levels[base]
            for override in _children(one, "lvlOverride"):
                own = _levels(override, own)
                place = _whole(_attribute(override, "ilvl"), LEVELS)
                if override.find(_W + "startOverride") is not None and place < LEVELS:
                    start = _whole(_value(override, "startOverride"), 0)
                    own = (*own[:place], replace(own[place], start=start), *own[place + 1 :])
                    self._restarts.setdefault(key, []).append(place)
            self._lists[key] = base, own


def _levels(container: Element, levels: tuple[Level, ...]) -> tuple[Level, ...]:
    """Return the levels with those that the container defines in their places."""
    found = dict(enumerate(levels))
    found |= {_whole(_attribute(one, "ilvl"), 0): _level(one) for one in _children(container, "lvl")}
    return tuple(found[place] for place in range(LEVELS))


def _level(element: Element) -> Level:
    formats = [_attribute(one, "val") for one in element.iter(_W + "numFmt")]
    pattern = _value(element, "lvlText")
    return Level(
        format=formats[-1] if formats else "decimal",  # the last of several is for those who do not know the first
        pattern=pattern if len(pattern) <= LONGEST_PATTERN else "",
        start=_whole(_value(element, "start"), 0),
        restart=_whole(_value(element, "lvlRestart"), LEVELS),
        gap="" if _value(element, "suff") == "nothing" else " ",
        is_legal=element.find(_W + "isLgl") is not None,
        style=_value(element, "pStyle") or None,
    )


def _written(levels: tuple[Level, ...], counts: list[int | None], place: int) -> str:
    level = levels[place]
    if level.format == "bullet":
        return ""

    def write(match: re.Match[str]) -> str:
        other, count = levels[int(match[1]) - 1], counts[int(match[1]) - 1]
        if other.format in _NOTHING:
            return ""
        number = other.start if count is None else count
        return str(number) if level.is_legal else as_number(number, other.format)

    text = _LEVEL_NUMBER.sub(write, level.pattern).strip()
    return text + ("" if text.endswith(tuple(_OWN_SPACE)) else level.gap) if text else ""


def _children(element: Element | None, tag: str) -> Iterable[Element]:
    return () if element is None else element.iterchildren(_W + tag)


def _attribute(element: Element, name: str) -> str:
    return str(element.get(_W + name, ""))


def _value(element: Element | None, tag: str) -> str:
    child = None if element is None else element.find(_W + tag)
    return "" if child is None else _attribute(child, "val")


def _whole(value: str, default: int) -> int:
    return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else default


def _is_on(style: Element) -> bool:
    return _attribute(style, "default") in {"1", "true", "on"}


def _list_of(properties: Element | None) -> tuple[str | None, int | None]:
    """Return the list and the level that a paragraph's or a style's properties name."""
    named = None if properties is None else properties.find(_W + "numPr")
    return _value(named, "numId") or None, _whole(_value(named, "ilvl"), -1) if _value(named, "ilvl") else None


def as_number(number: int, format: str) -> str:
    """Return a number in one of the formats of ECMA-376, in digits where the format does not know it.

    >>> as_number(12, "chineseCounting"), as_number(12, "ideographDigital"), as_number(3, "decimalEnclosedCircle")
    ('十二', '一二', '③')
    """
    write = _FORMATS.get(format)
    return (write(number) if write and 0 < number <= LARGEST else "") or str(number)


def _counting(number: int) -> str:
    """Chinese in words: 十, 十一, 一百零一."""
    words = _words(number)
    return words[1:] if words.startswith("一十") else words


def _words(number: int) -> str:
    text = ""
    for value, unit in _UNITS:
        digit = number // value % 10
        if digit:
            text += "〇一二三四五六七八九"[digit] + unit
        elif text and number % value and not text.endswith("零"):
            text += "零"
    return text


def _digits(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _counting_to_99(number: int) -> str:
    return _counting(number) if number < 100 else _digits(number)


def _japanese(number: int) -> str:
    """百 and 千 without a one before them, and no zeros between."""
    return "".join(
        ("" if digit == 1 and unit else "〇一二三四五六七八九"[digit]) + unit
        for value, unit in _UNITS
        if (digit := number // value % 10)
    )


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """A to Z, then AA, BB."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _sign(first: str, count: int) -> Callable[[int], str]:
    """Return the writer of numbers for which there is a sign each."""
    return lambda number: chr(ord(first) + number - 1) if number <= count else ""


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting_to_99,
    "chineseCountingThousand": _counting,
    "chineseLegalSimplified": lambda number: _words(number).translate(_LEGAL),
    "decimalEnclosedCircle": _sign("①", 20),
    "decimalEnclosedCircleChinese": _sign("①", 20),
    "decimalEnclosedFullstop": _sign("⒈", 20),
    "decimalEnclosedParen": _sign("⑴", 20),
    "decimalZero": lambda number: f"{number:02}",
    "ideographDigital": _digits,
    "ideographEnclosedCircle": _sign("㊀", 10),
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": _digits,
    "lowerLetter": lambda number: _letters(number).lower(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "numberInDash": lambda number: f"- {number} -",
    "taiwaneseCounting": _counting_to_99,
    "taiwaneseCountingThousand": _counting,
    "taiwaneseDigital": _digits,
    "upperLetter": _letters,
    "upperRoman": _roman,
}
