"""Names that are like another one by their letters: for somebody to look at, never to be taken for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

COMMON = 400  # names that share a pair of characters, of which it then says little
TRIED = 12  # names that are compared character by character


class Misprints:
    """The names of an index by the pairs of characters in them."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._with: dict[str, list[int]] = defaultdict(list)

    def add(self, name: str) -> None:
        """Add a folded name."""
        number = len(self._names)
        self._names.append(name)
        for pair in _pairs(name):
            self._with[pair].append(number)

    def near(self, name: str) -> Iterator[tuple[str, float]]:
        """Yield the names that differ from this one in one character, in two if it is long, with their likeness below 1."""
        shared: Counter[int] = Counter()
        known = [found for pair in _pairs(name) if (found := self._with.get(pair))]
        known.sort(key=len)
        for found in known:
            if len(found) > COMMON and shared:
                break
            shared.update(found[: 10 * COMMON])
        likeliest = sorted(
            shared, key=lambda number: (-shared[number], abs(len(self._names[number]) - len(name)), number)
        )
        for number in likeliest[:TRIED]:
            other = self._names[number]
            apart = edits(name, other, most := 1 if len(name) < 8 else 2)
            if 0 < apart <= most:
                yield other, 1 - apart / max(len(name), len(other))


def edits(one: str, other: str, most: int) -> int:
    """Return how many characters must be changed, put in or left out to make one name of the other; `most` + 1 for more.

    >>> edits("冯鞍山市", "马鞍山市", 1), edits("总工", "总工会", 2), edits("甲乙丙", "丁戊己", 1)
    (1, 1, 2)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for number, character in enumerate(one, 1):
        above, row = row, [number]
        for place, wanted in enumerate(other, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (character != wanted)))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _pairs(name: str) -> Iterable[str]:
    """Return the characters that stand side by side, and those with one between them, which a misprint leaves as they are."""
    beside = (name[place : place + 2] for place in range(len(name) - 1))
    around = (f"{name[place]} {name[place + 2]}" for place in range(len(name) - 2))
    return dict.fromkeys((*beside, *around))
