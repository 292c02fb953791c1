"""The values of numbers as texts write them: digits, Chinese numerals, and both together (1.5万)."""

from __future__ import annotations

import re

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def number_value(written: str) -> float | None:
    """Return the value of a number in digits, Chinese numerals or both; None where it is none.

    >>> number_value("1.5万")
    15000.0
    >>> number_value("三百二十")
    320.0
    """
    match = re.fullmatch(r"(\d+(?:,\d{3})*(?:\.\d+)?)([十百千万亿]*)", written)
    if match:
        value = float(match[1].replace(",", ""))
        for scale in match[2]:
            value *= _SCALES[scale]
        return round(value, 4)
    if not written or any(character not in DIGITS and character not in _SCALES for character in written):
        return None
    return float(_numeral(written))


def _numeral(written: str) -> int:
    """Return the value of a Chinese numeral: the part before the largest scale times that scale, and the rest."""
    for scale in "亿万千百十":
        before, found, after = written.rpartition(scale)
        if found:
            return (_numeral(before) if before else 1) * _SCALES[scale] + (_numeral(after) if after else 0)
    return int("".join(str(DIGITS[character]) for character in written) or "0")
