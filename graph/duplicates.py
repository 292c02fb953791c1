"""Copies: documents that are one another's repost, conversion, spun copy or excerpt, and paragraphs that a page repeats.

Texts are compared by their shingles, runs of five Han characters, letters and digits. A document's `signature` holds
the lowest hashes of its shingles (a bottom-k sketch: Broder, On the resemblance and containment of documents, 1997,
doi:10.1109/SEQUEN.1997.666900; that containment is estimated below the common threshold is Hera, Pierce-Ward and
Koslicki's FracMinHash, 2023, doi:10.1101/gr.277651.123), so that whole corpora are compared without their texts. The
share of the smaller text that the larger one holds decides, not the resemblance, which misses an excerpt or a lead.

Beside the shingles stand the document's anchors: figures and places, which no spinner touches. Two texts that share
less wording than a repost, but nearly all anchors, are one article spun; two that share their wording and not their
figures are two fillings of one form, and no copies.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

SIZE = 5  # characters a shingle
FEWEST, MOST, SHARE = 128, 1024, 8  # of the shingles every eighth is kept, at least and at most so many
ANCHORS = 64  # at most so many are kept

COPY = 0.5  # of the smaller text's shingles; of texts on unions, unrelated ones share up to .18, restored copies .89 and more
ALIKE = 0.12  # enough if the anchors agree: spun copies as they are share .27 to .45
SHARED = 8  # hashes two signatures must have in common to say anything
FIGURES = 4  # as few say nothing of two texts
FORM = 0.5  # of the fewer figures; texts that share less are two fillings of a form
AGREE, AGREEING = 0.8, 8  # of the fewer anchors, and how many at least

INDEXED = 64  # hashes of a document under which its rivals are looked up
CROWD = 8  # documents with a hash in common of which all pairs are rivals; of more, neighbours alone
MET = 2  # hashes that two documents must be found under

PARAGRAPH = 12  # characters; shorter lines are not compared
REPEATED = 0.8  # of the shorter paragraph's shingles (measured on five pages: all true repeats, no other above .7)

_LEFT_OUT = re.compile(r"[\W_]+")
_FIGURE = re.compile(
    r"(?<![\d.])(?!(?:19|20)\d\d(?![\d.])|\d(?![\d.])|\d\d[月日时号:：])\d+(?:\.\d+)?"
)  # no date, no digit


@dataclass(frozen=True, slots=True)
class Signature:
    """What is compared of a document; `limit` is the highest hash that could have been kept."""

    shingles: Hashes
    limit: int
    figures: Hashes
    places: Hashes


def signature(text: str, places: Iterable[str] = ()) -> str:
    """Return the signature of a restored, simplified text as ASCII; `places` name the places it speaks of.

    >>> signature("")
    '0...'
    """
    hashes = np.unique(_shingles(_plain(text)))
    kept = hashes[: min(max(FEWEST, len(hashes) // SHARE), MOST)]
    figures = set(_FIGURE.findall(text))
    anchors = [_encoded(np.sort(_hashed(names))[:ANCHORS]) for names in (figures, set(places))]
    return ".".join([str(len(hashes)), _encoded(kept), *anchors])


def clusters(signatures: Mapping[str, str]) -> dict[str, str]:
    """Return for the id of each document the first id, in order, of the cluster of copies it belongs to.

    A document without copies is alone in its cluster. An empty signature is nobody's copy.
    """
    ids = sorted(signatures)
    read = [_decoded(signatures[name]) for name in ids]
    first = list(range(len(ids)))

    def root(number: int) -> int:
        while first[number] != number:
            first[number] = first[first[number]]
            number = first[number]
        return number

    for one, other in _rivals(read):
        low, high = sorted((root(one), root(other)))
        if low != high and is_copy(read[one], read[other]):
            first[high] = low
    return {name: ids[root(number)] for number, name in enumerate(ids)}


def find_duplicates(texts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the clusters of copies among restored texts by their ids: each of two or more, all in order."""
    members: dict[str, list[str]] = {}
    for name, first in sorted(clusters({name: signature(text) for name, text in texts.items()}).items()):
        members.setdefault(first, []).append(name)
    return [tuple(names) for _, names in sorted(members.items()) if len(names) > 1]


def is_copy(one: Signature, other: Signature) -> bool:
    """Return whether two documents are copies of one article, or one an excerpt of the other."""
    shared, containment = _containment(one, other)
    if shared < SHARED or containment < ALIKE:
        return False
    both, fewer = _overlap(one.figures, other.figures)
    if fewer >= FIGURES and both < FORM * fewer:
        return False
    at_places, fewer_places = _overlap(one.places, other.places)
    if fewer_places and not at_places:  # one form, filled in by two provinces
        return False
    if containment >= COPY:
        return True
    both, fewer = both + at_places, fewer + fewer_places
    return both >= AGREEING and both >= AGREE * fewer


def find_repeats(paragraphs: Sequence[str]) -> dict[int, int]:
    """Return which paragraphs say again what another one says, by number, with the number of that other.

    The shorter of two repeats the longer, the later one of two equals: a caption repeats the heading, a lead that is
    drawn from the article holds paragraphs that repeat it.
    """
    plain = [_plain(paragraph) for paragraph in paragraphs]
    hashes = _shingles_of_each([text if len(text) >= PARAGRAPH else "" for text in plain])
    found: dict[int, tuple[float, int, int]] = {}
    for one, other, shared in _meetings(hashes):
        sizes = len(hashes[one]), len(hashes[other])
        containment = shared / min(sizes)
        if containment >= REPEATED:
            copy, source = (one, other) if sizes[0] < sizes[1] else (other, one)
            found[copy] = min(found.get(copy, (0.0, 0, 0)), (-containment, -len(hashes[source]), source))
    return {copy: source for copy, (_, _, source) in sorted(found.items())}


def _plain(text: str) -> str:
    return _LEFT_OUT.sub("", text)


_NONE: Hashes = np.empty(0, dtype=np.uint32)


def _shingles(text: str) -> Hashes:
    """Return the hashes of the shingles of a text, in their order in it."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = len(codes) - SIZE + 1
    if count <= 0:
        return _NONE
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(SIZE):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + codes[place : place + count]
    mixed ^= mixed >> np.uint64(30)  # the finisher of SplitMix64
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _shingles_of_each(texts: Sequence[str]) -> list[Hashes]:
    """Return for each text the hashes of its shingles, ascending, each once; all are made in one go."""
    hashes = _shingles("".join(texts))
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(text) for text in texts])
    inside = owners[: len(hashes)] == owners[SIZE - 1 :]
    keys = np.unique(owners[: len(hashes)][inside] << np.uint64(32) | hashes[inside])
    bounds = np.searchsorted(keys >> np.uint64(32), np.arange(1, len(texts), dtype=np.uint64))
    return np.split(keys.astype(np.uint32), bounds)


def _hashed(names: Iterable[str]) -> Hashes:
    digests = (blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).digest() for name in names)
    return np.frombuffer(b"".join(digests), dtype="<u4").astype(np.uint32)


def _encoded(hashes: Hashes) -> str:
    return b64encode(hashes.astype("<u4").tobytes()).decode()


def _decoded(stated: str) -> Signature:
    if not stated:
        return Signature(_NONE, 0, _NONE, _NONE)
    count, *encoded = stated.split(".")
    shingles, figures, places = (np.frombuffer(b64decode(text), dtype="<u4").astype(np.uint32) for text in encoded)
    return Signature(shingles, int(shingles[-1]) if len(shingles) < int(count) else 2**32 - 1, figures, places)


def _containment(one: Signature, other: Signature) -> tuple[int, float]:
    """Return how many hashes two signatures share where both know all, and the share of the smaller text they are."""
    limit = min(one.limit, other.limit)
    sizes = [int(np.searchsorted(each.shingles, limit, "right")) for each in (one, other)]
    shared, _ = _overlap(one.shingles[: sizes[0]], other.shingles[: sizes[1]])
    return shared, shared / max(min(sizes), 1)


def _overlap(one: Hashes, other: Hashes) -> tuple[int, int]:
    """Return how many hashes two sets share, and how many the smaller has."""
    return len(np.intersect1d(one, other)), min(len(one), len(other))


def _rivals(read: Sequence[Signature]) -> list[tuple[int, int]]:
    """Return the pairs of documents that may be copies, in order."""
    met = _meetings([each.shingles[:INDEXED] for each in read])
    return [(one, other) for one, other, shared in met if shared >= MET]


def _meetings(sets: Sequence[Hashes]) -> Iterator[tuple[int, int, int]]:
    """Yield pairs of sets, by number and in order, with how many hashes they have in common.

    Where more than a crowd have a hash, it counts only between the first of them and each, and between neighbours.
    """
    hashes = np.concatenate([*sets, _NONE])
    owners = np.repeat(np.arange(len(sets), dtype=np.int64), [len(each) for each in sets])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    _, starts, sizes = np.unique(hashes, return_index=True, return_counts=True)
    first, size = np.repeat(starts, sizes), np.repeat(sizes, sizes)
    places = np.arange(len(hashes))
    ahead = places[(size > CROWD) & (places > first + 1)]
    ones, others = [owners[first[ahead]]], [owners[ahead]]
    for step in range(1, CROWD):
        reach = places[step:]
        near = reach[(hashes[step:] == hashes[:-step]) & ((step == 1) | (size[step:] <= CROWD))]
        ones.append(owners[near - step])
        others.append(owners[near])
    pairs, counts = np.unique(np.concatenate(ones) * len(sets) + np.concatenate(others), return_counts=True)
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        yield pair // len(sets), pair % len(sets), count
