"""Machine-spun text: whether a document is, by which kind of spinner, and which words its author wrote.

A spinner replaces each word of its table wherever it stands (measured: of 1,042 words replaced in two documents the
originals remain 14 times). So within a document the table is a function, and a word of the table's left side that
still stands shows that this table does not have it. The spun forms themselves are mostly ordinary words: nothing is
touched unless a document gives itself away by forms that honest prose does not have (`spinner`; none of 1.86 million
characters of a daily newspaper do, cut into 300, 1,000 or 3,000).

Restoring is one pass over the text, never repeated, because the tables swap words and chain them. A lattice of copied
characters and replaced words is decoded by Viterbi's algorithm with a trigram model of characters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log1p

from unionkg.graph.divisions import divisions
from unionkg.graph.segments import Edit, SegmentMap
from unionkg.nlp.lexicon import Forms, rows
from unionkg.nlp.ngrams import CharacterModel, register_count, register_model

FAMILIES = ("a", "b", "c")

DISTINCT_MARKERS = 3
MARKERS_PER_CHARACTER = 0.002

# What speaks for a replacement before its context does, in nats, by the class of the pair
PRIOR = {"U": 12.0, "R": 6.0, "C": 6.0, "G": 5.0, "D": 0.0}
CONFIDENCE = {"U": 0.99, "R": 0.98, "C": 0.95, "G": 0.8, "D": 0.7}
"""The share of edits of a class that agree with the originals of eighteen spun documents, rounded down."""
RANK = 1.5  # against a pair of class D for each form of its original that is likelier, in nats
LAST_RANK = 5  # none counts more
RIVAL = 4.0  # against a pair of class G or D where the form has been seen for another original
DOUBT = 1.0  # against a pair of class G or D, over all its places together
OWN_RIGHT = 1.0  # against it as its form is a word of the register in its own right, times the logarithm of how often
SUPPORTED = 5.0  # for each place of a pair that overcame it: a table is a function
ROUNDS = 2
RULE = "spun-{}"
POSSIBLE = "GD"  # classes of pairs that the table at hand may have or not
POSSIBLE_RULES = {RULE.format(kind.lower()) for kind in POSSIBLE}
LENGTH = 2.5  # for every character that a replacement adds, since each costs probability
STANDING = {
    "U": 0.0,
    "R": 1.0,
    "C": 0.5,
    "G": 2.0,
    "D": 4.0,
}  # against it for each place where the original still stands
KEEP = 10.0  # for each character of a phrase of the keep list or of a place name, against changing it
BEAM = 8


@dataclass(frozen=True, slots=True)
class Pair:
    """A spun form, what it was, and the class of the pair (the data files explain the classes).

    `rank` is the form's place among those of its original, the most probable being 0.
    """

    spun: str
    original: str
    kind: str
    is_marker: bool
    rank: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One family's pairs by their spun form, these forms, and its markers as a pattern."""

    family: str
    pairs: Mapping[str, tuple[Pair, ...]]
    forms: Forms
    markers: re.Pattern[str]


def spinner(text: str) -> str | None:
    """Return the family of the spinner that simplified `text` went through, None if it is not spun."""
    counts = {family: _markers_in(text, lexicon(family)) for family in FAMILIES}
    family = max(FAMILIES, key=lambda name: sum(counts[name].values()))
    found = counts[family]
    is_spun = len(found) >= DISTINCT_MARKERS and sum(found.values()) >= MARKERS_PER_CHARACTER * len(text)
    return family if is_spun else None


def _markers_in(text: str, words: Lexicon) -> dict[str, int]:
    counts: defaultdict[str, int] = defaultdict(int)
    for hit in words.markers.finditer(text):
        counts[hit[0]] += 1
    return counts


def unspin(text: str, words: Lexicon) -> list[Edit]:
    """Return the edits that undo the replacements of `words` in simplified `text`, in order; digits and letters stay."""
    model = register_model()
    known, possible = _candidates(text, words)
    kept, named = _kept(text), _named(text)
    edits = _decode(text, known, kept, named, model)
    for _ in range(ROUNDS):
        edits = _decode(text, _merged(known, _supported(text, edits, possible, model)), kept, named, model)
    return edits


Candidates = dict[str, list[tuple[Pair, float]]]


def _candidates(text: str, words: Lexicon) -> tuple[Candidates, Candidates]:
    """Return the pairs whose spun form stands in the text with what speaks for each: the known ones, and classes G and D."""
    known: Candidates = {}
    possible: Candidates = {}
    for spun in words.forms.in_text(text):
        for pair in words.pairs[spun]:
            candidates = possible if pair.kind in POSSIBLE else known
            candidates.setdefault(spun, []).append((pair, _weight(pair, text, words)))
    return known, possible


def _weight(pair: Pair, text: str, words: Lexicon) -> float:
    weight = PRIOR[pair.kind] + LENGTH * (len(pair.original) - len(pair.spun))
    if pair.kind == "D":
        weight -= RANK * min(pair.rank, LAST_RANK)
    if pair.kind in POSSIBLE and any(rival.kind not in POSSIBLE for rival in words.pairs[pair.spun]):
        weight -= RIVAL
    if len(pair.original) > 1 and not any(
        reading.kind not in POSSIBLE for reading in words.pairs.get(pair.original, ())
    ):
        weight -= STANDING[pair.kind] * text.count(pair.original)
    return weight


def _supported(text: str, edits: list[Edit], possible: Candidates, model: CharacterModel) -> Candidates:
    """Return of each form's possible originals the one that reads best in all its places together, if well enough.

    `edits` are what is undone already: the context of a place is as they make it, and a place that they have put
    to another use does not count.
    """
    segments = SegmentMap.from_edits(text, edits)
    working = segments.text
    taken = bytearray(len(text))
    for edit in edits:
        taken[edit.start : edit.end] = b"\x01" * (edit.end - edit.start)
    own = {(edit.start, edit.end) for edit in edits if edit.rule in POSSIBLE_RULES}
    supported: Candidates = {}
    for spun, readings in possible.items():
        places = []
        for hit in re.finditer(re.escape(spun), text):
            if hit.span() in own or not any(taken[hit.start() : hit.end()]):
                start, end = segments.to_working(*hit.span())
                places.append((f"\n\n{working[max(start - 2, 0) : start]}"[-2:], working[end : end + 2]))
        doubt = DOUBT + OWN_RIGHT * log1p(register_count(spun))
        gains = [
            (weight - doubt + sum(_gain(before, spun, pair.original, after, model) for before, after in places), number)
            for number, (pair, weight) in enumerate(readings)
        ]
        gain, number = max(gains)
        if gain > 0:
            supported[spun] = [(readings[number][0], readings[number][1] + SUPPORTED)]
    return supported


def _gain(before: str, spun: str, original: str, after: str, model: CharacterModel) -> float:
    return _likelihood(before, original + after, model) - _likelihood(before, spun + after, model)


def _likelihood(context: str, text: str, model: CharacterModel) -> float:
    string = context + text
    return sum(model.score(string[end - 2 : end + 1]) for end in range(len(context), len(string)))


def _merged(known: Candidates, supported: Candidates) -> Candidates:
    return {spun: known.get(spun, []) + supported.get(spun, []) for spun in known.keys() | supported.keys()}


@dataclass(frozen=True, slots=True)
class _Path:
    """A way to read the text up to some place: its last two characters, its last edit and the path before that."""

    score: float
    context: str
    edit: Edit | None = None
    before: _Path | None = None


def _decode(text: str, candidates: Candidates, kept: bytearray, named: bytearray, model: CharacterModel) -> list[Edit]:
    """Return the edits of the most likely reading of the whole text."""
    longest = max(map(len, candidates), default=1)
    ahead: list[dict[str, _Path]] = [{} for _ in range(longest + 1)]  # the paths to here and to the next places
    ahead[0]["\n\n"] = _Path(0.0, "\n\n")

    def extend(path: _Path, string: str, bonus: float, size: int, edit: Edit | None) -> None:
        score, context = path.score + bonus, path.context
        for character in string:
            score += model.score(context + character)
            context = (context + character)[-2:]
        rival = ahead[size].get(context)
        if rival is None or score > rival.score:
            ahead[size][context] = (
                _Path(score, context, edit, path) if edit else _Path(score, context, path.edit, path.before)
            )

    for position, character in enumerate(text):
        paths = sorted(ahead[0].values(), key=lambda path: -path.score)[:BEAM]
        replacements = [
            (_edit(position, pair), weight, size)
            for size in range(1, min(longest, len(text) - position) + 1)
            for pair, weight in candidates.get(text[position : position + size], ())
            if _may_change(pair.kind, named[position : position + size])
        ]
        for path in paths:
            extend(path, character, KEEP * kept[position], 1, None)
            for edit, weight, size in replacements:
                extend(path, edit.text, weight, size, edit)
        ahead = [*ahead[1:], {}]
    edits: list[Edit] = []
    best: _Path | None = max(ahead[0].values(), key=lambda path: path.score)
    while best is not None and best.edit is not None:
        edits.append(best.edit)
        best = best.before
    return edits[::-1]


def _edit(position: int, pair: Pair) -> Edit:
    rule, confidence = RULE.format(pair.kind.lower()), CONFIDENCE[pair.kind]
    return Edit(position, position + len(pair.spun), pair.original, rule, confidence)


FAMILY_NAME, GIVEN_NAME = 1, 2


def _named(text: str) -> bytearray:
    """Return for each character whether it stands in what is most likely a person's family or given name, else 0."""
    named = bytearray(len(text))
    for hit in _person().finditer(text):
        for start, end in (hit.span(group) for group in ("after", "before") if hit[group]):
            named[start:end] = bytes([FAMILY_NAME] + [GIVEN_NAME] * (end - start - 1))
    return named


def _may_change(kind: str, named: bytearray) -> bool:
    """Return whether a pair of this class may change these characters.

    A given name that is a known spun form is one: had the author written it, the spinner would have changed it too. A
    word that takes in the family name, as 周全 does, is rather a name, unless it can hardly be one.
    """
    return kind in "UR" or not any(named) or (kind == "C" and FAMILY_NAME not in named)


@cache
def _person() -> re.Pattern[str]:
    """Names of two or three characters between a post and what follows a name, or before what persons alone do.

    Two characters and a mere mark behind them are rather a word, as in 书记任务、.
    """
    (singles,), _ = rows("surnames.txt")
    name = f"[{singles}][\u4e00-\u9fff]{{1,2}}"
    posts = "书记|布告|主席|主任|部长|局长|厅长|司理|经理|厂长|校长|院长|记者|通讯员|通信员|编辑|剪辑|工匠|劳模|榜样"
    does = "等|说|同志|介绍|先容|表示|出席|缺席|主持"
    return re.compile(
        f"(?:{posts})[”:：]? ?(?P<after>{name}(?={does})|[{singles}][\u4e00-\u9fff]{{2}}(?=[，,、。；;)）\\s]|$))"
        f"|(?<=[，,。；;、“”\\s])(?P<before>{name})(?=同志|说[，：:。]|介绍[，：:]|表示[，：:]|告诉)"
    )


def _kept(text: str) -> bytearray:
    """Return for each character whether it stands in a phrase of the keep list or in the full name of a place."""
    kept = bytearray(len(text))
    phrases = [phrase for phrase in (*_lines("keep_phrases.txt"), *_place_names()) if phrase in text]
    for phrase in phrases:
        for hit in re.finditer(re.escape(phrase), text):
            kept[hit.start() : hit.end()] = b"\x01" * len(phrase)
    return kept


@cache
def _place_names() -> tuple[str, ...]:
    return tuple(form for form in divisions().forms() if len(form) > 2)


# Data


@cache
def lexicon(family: str) -> Lexicon:
    """Return the lexicon of one of the `FAMILIES`."""
    pairs: defaultdict[str, list[Pair]] = defaultdict(list)
    for line in _lines(f"spun_{family}.tsv"):
        kind, original, forms = line.split("\t")
        for rank, form in enumerate(forms.split(" ")):
            spun = form.lstrip("*")
            pairs[spun].append(Pair(spun, original, kind, form != spun or kind == "U", rank))
    markers = [spun for spun, readings in pairs.items() if any(pair.is_marker for pair in readings)]
    pattern = re.compile("|".join(map(re.escape, sorted(markers, key=len, reverse=True))))
    return Lexicon(
        family, {spun: tuple(readings) for spun, readings in pairs.items()}, Forms(dict.fromkeys(pairs, ())), pattern
    )


def _lines(name: str) -> Iterable[str]:
    text = (files("unionkg.nlp") / "data" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
