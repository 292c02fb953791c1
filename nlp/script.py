"""Simplified text of equal length, so that every offset stays where it is.

OpenCC's t2s keeps the length of all text tried, and each of its table entries (measured over its 4,113 characters and
277 phrases); the modes that also change words (tw2sp and its like) do not and must not be used here. What t2s leaves
is 著, which a traditional text writes for 着: it is mapped, but in words where it is 著 in both scripts.
"""

from __future__ import annotations

import re
from functools import cache

import opencc

# 著 stays: 显著, 名著, 著作, 著名 … (a list from reading; 執著 and 沿著 are 执着 and 沿着)
_PARTICLE = re.compile(r"(?<![显名原专论编土卓昭译遗巨合拙撰彰素所新旧])著(?![名作称书述录者有文译])")
TRADITIONAL_SHARE = 0.01  # of all characters; below it a text is simplified, and its 著 is meant


def to_simplified(text: str) -> str:
    """Return `text` in simplified script, character for character: the result is as long as `text`."""
    converted = _convert(text)
    changed = sum(map(str.__ne__, text, converted)) if converted != text else 0
    if changed and "著" in converted and changed > TRADITIONAL_SHARE * len(text):
        converted = _PARTICLE.sub("着", converted)
    return converted


def is_traditional(name: str, simplified: str) -> bool:
    """Return whether all of a name is in traditional script, and nothing but that makes it differ from `simplified`.

    Big5 has all its characters, and GB 2312 none or few of those that convert: 乾 and 徵 alone are in both scripts.

    >>> is_traditional("餘杭區總工會", "余杭区总工会"), is_traditional("余杭區总工会", "余杭区总工会")
    (True, False)
    """
    changed = "".join(one for one, other in zip(name, simplified, strict=False) if one != other)
    is_conversion = len(name) == len(simplified) and _convert(name) == simplified
    return is_conversion and _has_all("big5", name) and not _has_all("gb2312", changed)


def _has_all(encoding: str, characters: str) -> bool:
    try:
        characters.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _convert(text: str) -> str:
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(_convert_character(character) for character in text)


def _convert_character(character: str) -> str:
    converted: str = _converter().convert(character)
    return converted if len(converted) == 1 else character


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
