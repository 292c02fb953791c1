"""What is private made unreadable in text that leaves for others: persons' numbers, and the names of those taken down.

Every digit of a telephone, identity or bank number but its first three becomes ●, one for one, so that lengths and offsets stay. Service lines
(12351, 400-…) and figures are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection

MASK = "●"
_DIGIT = r"[0-9０-９]"
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![0-9０-９.,])", r"(?![0-9０-９])"
_NUMBERS = re.compile(
    rf"{_EDGE_BEFORE}(?:"
    rf"(?:[+＋]?[8８][6６][- －]?)?[1１][3-9３-９]{_DIGIT}(?:[- －]?{_DIGIT}{{4}}){{2}}"  # mobile
    rf"|[0０]{_DIGIT}{{2,3}}[- －—]?{_DIGIT}{{7,8}}"  # landline with its area
    rf"|{_DIGIT}{{17}}[0-9０-９XxＸｘ]"  # identity card, GB 11643
    rf"|{_DIGIT}{{4}}(?:[- －]?{_DIGIT}{{4}}){{3}}(?:[- －]?{_DIGIT}{{1,3}})?"  # bank card, ISO/IEC 7812
    rf"){_EDGE_AFTER}"
)
_ACCOUNT = re.compile(
    rf"(?P<label>(?:账号|帐号|卡号|账户|身份证号?(?:码)?|手机号?(?:码)?|电话)\s*+(?:[:：为是]\s*+)?)(?P<number>{_DIGIT}(?:[- －]?{_DIGIT}){{6,24}})"
)
_KEPT = 3


def masked(text: str) -> str:
    """Return `text` with the numbers of private persons masked; the result is as long as `text`.

    >>> masked("联系电话：13912345678，热线12351")
    '联系电话：139●●●●●●●●，热线12351'
    """
    text = _NUMBERS.sub(lambda match: _hidden(match.group()), text)
    return _ACCOUNT.sub(lambda match: match["label"] + _hidden(match["number"]), text)


def withheld(text: str, names: Collection[str], spared: Collection[str] = ()) -> str:
    """Return `text` with every character of these names as ●; the result is as long as `text`.

    Where one of the `spared` names stands, which may hold one of the others, it is left.

    >>> withheld("主席岑望舒到岑望舒桥", {"岑望舒"}, {"岑望舒桥"})
    '主席●●●到岑望舒桥'
    """
    if not any(name in text for name in names):
        return text
    listed = sorted({*names, *spared}, key=lambda name: (-len(name), name))
    return re.sub(
        "|".join(map(re.escape, listed)),
        lambda match: match.group() if match.group() in spared else MASK * len(match.group()),
        text,
    )


def _hidden(number: str) -> str:
    """Return a number with all digits but the first three as ●; blanks and hyphens stay."""
    seen = 0
    characters = []
    for character in number:
        is_digit = character.isdigit() or character in "XxＸｘ"
        seen += is_digit
        characters.append(MASK if is_digit and seen > _KEPT else character)
    return "".join(characters)
