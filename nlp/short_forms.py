"""The short forms that a text gives its names in brackets: (以下简称“市总”), (下称该局), (以下分别简称甲、乙)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BRACKET = re.compile(
    r"\((?:(?:以下|下文|后文)(?:均|统一|分别)?(?:简|统)?称|下称|(?:分别)?简称):?为?(?P<forms>[^()\n]{2,60})\)"
)
_FORM = re.compile(r"“[^“”]+”|《[^《》]+》|[^、“”《》]+")
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A form at `[start, end)`, quotation marks left out, and the place of its bracket.

    `back` says which name it stands for: 1 the last of its kind before the bracket, 2 the one before that.
    """

    name: str
    start: int
    end: int
    bracket: int
    back: int


def short_forms(text: str) -> list[ShortForm]:
    """Return the short forms that a folded text introduces, in order.

    >>> [(one.name, one.back) for one in short_forms("甲市总工会、乙市总工会(以下分别简称甲总、“乙总”)")]
    [('甲总', 2), ('乙总', 1)]
    """
    found = []
    for match in _BRACKET.finditer(text):
        forms = [form for form in _FORM.finditer(match["forms"]) if len(form.group()) <= _LONGEST]
        for number, form in enumerate(forms):
            inner = form.group().strip("“”")
            start = match.start("forms") + form.start() + form.group().index(inner)
            found.append(ShortForm(inner, start, start + len(inner), match.start(), len(forms) - number))
    return found
