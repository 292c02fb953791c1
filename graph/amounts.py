"""What the value of a figure says: which numbers it leaves open, and how it is written in a line."""

from __future__ import annotations

from math import inf

from unionkg.graph.attributes import OutcomeAttributes

ABOUT = 0.1  # by what share a value may be off that is said to be about right: an estimate

_SIGNS = {"at_least": "≥", "at_most": "≤", "about": "≈"}


def span_of(figure: OutcomeAttributes) -> tuple[float, float]:
    """Return the least and the greatest number that the figure may stand for."""
    low, high = figure["value"], figure.get("value_max", figure["value"])
    match figure.get("bound"):
        case "at_least":
            return low, inf
        case "at_most":
            return -inf, high
        case "about":
            return low - ABOUT * abs(low), high + ABOUT * abs(high)
    return low, high


def amount(figure: OutcomeAttributes, *, is_grouped: bool = False) -> str:
    """Return the value with the sign of its bound, a range with both ends: ≥300, 60–80; 36,200,000 if `is_grouped`."""
    ends = [figure["value"], *([figure["value_max"]] if "value_max" in figure else [])]
    return _SIGNS.get(figure.get("bound", ""), "") + "–".join(f"{end:{',' if is_grouped else ''}.15g}" for end in ends)
