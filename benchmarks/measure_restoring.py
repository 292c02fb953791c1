"""Print how well restoring works: against clean originals, on clean documents, on generated files, and how fast.

    python -m benchmarks.measure_restoring [SHARED]      by default the folder `shared` beside the checkout

SHARED holds documents in `seeds` and `dev/docs`, their annotation in `gold` and `dev/gold`, and the clean originals of the
spun ones in `restore` and `dev/restored`. The spun pages of `benchmarks/spun` come behind. Error rates ignore white space.
"""

from __future__ import annotations

import codecs
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any
from unittest.mock import patch

import opencc

from benchmarks.bench_restore import register, speed, spun
from unionkg.graph.duplicates import find_duplicates, find_repeats, signature
from unionkg.nlp.layout import lay_out
from unionkg.nlp.lexicon import Forms
from unionkg.nlp.read_text import read_text
from unionkg.nlp.restoration import restoration
from unionkg.nlp.restore import author_text, restore
from unionkg.nlp.script import to_simplified
from unionkg.nlp.spam import find_injections
from unionkg.nlp.spin import FAMILIES, Lexicon, lexicon, spinner
from unionkg.nlp.unknown_spinner import suspicion

SIZES = (300, 600, 1000, 3000)
FILES = 25  # of each size and encoding
ENCODINGS = {  # name: codec, what stands in front, in traditional script
    "utf-8": ("utf-8", b"", False),
    "utf-8 with mark": ("utf-8", codecs.BOM_UTF8, False),
    "utf-16-le with mark": ("utf-16-le", codecs.BOM_UTF16_LE, False),
    "utf-16-be with mark": ("utf-16-be", codecs.BOM_UTF16_BE, False),
    "gb18030": ("gb18030", b"", False),
    "gb18030, traditional": ("gb18030", b"", True),
    "big5": ("big5", b"", True),
}
HALVINGS = 5
SPUN = Path(__file__).parent / "spun"
INJECTED = {"spam", "foreign_sentence"}


@dataclass(frozen=True)
class Document:
    """A document of the reference set with its annotation, if it has one, and its clean original, if it is spun."""

    name: str
    text: str
    gold: dict[str, Any] | None
    original: str | None


def documents(shared: Path) -> Iterator[Document]:
    """Yield the reference documents of SHARED, in order of their names, then the spun pages of `benchmarks/spun`."""
    originals = {
        path.name[:3]: path for folder in ("restore", "dev/restored") for path in (shared / folder).glob("*.txt")
    }
    for texts, gold in (("seeds", "gold"), ("dev/docs", "dev/gold")):
        for path in sorted((shared / texts).glob("*.txt")):
            annotation = json.loads((shared / gold / f"{path.stem}.json").read_text("utf-8"))
            original = originals.get(path.name[:3])
            text = path.read_bytes().decode("utf-8-sig")
            yield Document(path.name[:3], text, annotation, original.read_text("utf-8") if original else None)
    yield from written()


def written() -> Iterator[Document]:
    """Yield the spun pages that were written for unionkg, with their originals (benchmarks/spun/README.md)."""
    for path in sorted((SPUN / "pages").glob("*.txt")):
        original = (SPUN / "originals" / path.name).read_text("utf-8")
        yield Document(path.stem, path.read_text("utf-8"), None, original)


def distance(text: str, want: str) -> int:
    """Return the edit distance (bit-parallel: Hyyrö, A bit-vector algorithm for computing Levenshtein distance, 2003)."""
    if not text:
        return len(want)
    places: dict[str, int] = {}
    for place, character in enumerate(text):
        places[character] = places.get(character, 0) | 1 << place
    ones = (1 << len(text)) - 1
    plus, minus, found = ones, 0, len(text)
    for character in want:
        match = places.get(character, 0)
        diagonal = (((match & plus) + plus) ^ plus) | match | minus
        up, down = minus | ~(diagonal | plus) & ones, plus & diagonal
        found += (up >> len(text) - 1 & 1) - (down >> len(text) - 1 & 1)
        up, down = (up << 1 | 1) & ones, (down << 1) & ones
        plus, minus = (down | ~(diagonal | up)) & ones, up & diagonal
    return found


def error(text: str, want: str) -> float:
    """Return the character error rate."""
    text, want = "".join(text.split()), "".join(want.split())
    return distance(text, want) / len(want)


def restored_texts(given: list[Document]) -> None:
    """Print error rates, also with half of the lexicon, and whether the text would be reported if its family were unknown."""
    print(f"{'spun':8}{'before':>8}{'after':>8}{'half':>8}  family  reported if unknown")
    for document in given:
        if document.original is not None:
            before = error(document.text, document.original)
            after = error(author_text(document.text), document.original)
            half = _error_with_halves(document.text, document.original)
            reason = _suspicion_without(document.text, restore(document.text).family)
            family = restore(document.text).family or "-"
            print(f"{document.name:8}{before:8.4f}{after:8.4f}{half:8.4f}  {family:6}  {reason}")


def _error_with_halves(text: str, original: str) -> float:
    """Return the mean error rate where half of the pairs seen on pages (classes U, R and C) are missing."""

    def halved(family: str) -> Lexicon:
        whole = lexicon(family)
        seen = sorted({pair for pairs in whole.pairs.values() for pair in pairs if pair.kind in "URC"}, key=repr)
        missing = set(draw.sample(seen, len(seen) // 2))
        pairs = {spun: tuple(one for one in readings if one not in missing) for spun, readings in whole.pairs.items()}
        left = {spun: readings for spun, readings in pairs.items() if readings}
        return Lexicon(family, left, Forms(dict.fromkeys(left, ())), whole.markers)

    draw = random.Random(0)
    errors = []
    for _ in range(HALVINGS):
        with patch("unionkg.nlp.restore.lexicon", halved):
            errors.append(error(author_text(text), original))
    return mean(errors)


def _suspicion_without(text: str, family: str | None) -> str:
    """Return why the text would be reported if the family's forms were not known; forms it shares with others count."""
    simplified = to_simplified(text)
    own = lexicon(family).markers if family else None
    others = {hit[0] for name in FAMILIES if name != family for hit in lexicon(name).markers.finditer(simplified)}
    shared = {form for form in others if own is not None and own.fullmatch(form)}
    for form in sorted(shared, key=len, reverse=True):
        simplified = simplified.replace(form, "")
    return suspicion(simplified) or "no"


def clean_texts(given: list[Document]) -> None:
    """Print how many characters of honest documents are changed beyond their script, and which are reported."""
    clean = [document for document in given if document.original is None]
    honest = [one for one in clean if one.gold and not any(piece["kind"] in INJECTED for piece in one.gold["noise"])]
    converter = opencc.OpenCC("t2s")
    changed = 0
    for document in honest:
        expected = converter.convert(document.text)
        changed += sum(map(str.__ne__, expected.replace("著", "着"), restore(document.text).text.replace("著", "着")))
        changed += abs(len(expected) - len(restore(document.text).text))
    reported = [document.name for document in clean if restore(document.text).suspect]
    print(
        f"\nclean: {changed} characters changed in {len(honest)} documents; reported as suspect: {reported or 'none'}"
    )


def noise(given: list[Document]) -> None:
    """Print precision, recall and F1 of noise by characters, as the gold annotation has them."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in given:
        if document.gold is None:
            continue
        names = [(one["start"], one["end"]) for one in document.gold["mentions"]]
        want = [(one["start"], one["end"], one["kind"]) for one in document.gold["noise"]]
        found = [
            (one.start, one.end, one.kind)
            for one in restoration(document.text).noise
            if not any(start <= one.start and one.end <= end for start, end in names)
        ]
        for what, kinds in (("all", None), ("injections", INJECTED)):
            gold = {place for start, end, kind in want if not kinds or kind in kinds for place in range(start, end)}
            ours = {place for start, end, kind in found if not kinds or kind in kinds for place in range(start, end)}
            counts[what, "both"] += len(gold & ours)
            counts[what, "gold"] += len(gold)
            counts[what, "ours"] += len(ours)
    print(f"\n{'noise':12}{'precision':>10}{'recall':>10}{'F1':>10}   (characters)")
    for what in ("all", "injections"):
        shared, total, found_all = (counts[what, part] for part in ("both", "gold", "ours"))
        print(f"{what:12}{shared / found_all:10.3f}{shared / total:10.3f}{2 * shared / (total + found_all):10.3f}")


def charsets() -> None:
    """Print the share of generated files, from the register's sentences, that are decoded to what was written."""
    text, converter, draw = register(), opencc.OpenCC("s2t"), random.Random(2)
    traditional = converter.convert(text)
    print(f"\n{'charset':24}" + "".join(f"{size:>8}" for size in SIZES) + "   (characters a file; share decoded right)")
    for name, (codec, mark, in_traditional) in ENCODINGS.items():
        shares = []
        for size in SIZES:
            right = 0
            for _ in range(FILES):
                start = draw.randrange(len(text) - size)
                piece = (traditional if in_traditional else text)[start : start + size]
                data = mark + piece.encode(codec, "ignore")
                right += read_text(data, name)[0].text == data[len(mark) :].decode(codec)
            shares.append(right / FILES)
        print(f"{name:24}" + "".join(f"{share:8.2f}" for share in shares))


def duplicates(given: list[Document]) -> None:
    """Print which documents are taken for copies: each original belongs to its spun document, nothing else."""
    texts = {document.name: author_text(document.text) for document in given}
    texts |= {f"{document.name} original": document.original for document in given if document.original is not None}
    print("\nclusters after restoring:", *(" = ".join(names) for names in find_duplicates(texts)), sep="\n  ")


def speeds() -> None:
    """Print million characters a second of each stage."""
    clean = register()
    texts = {"clean": clean, "traditional": opencc.OpenCC("s2t").convert(clean), "spun b": spun(clean[:30_000], "b")}
    stages: dict[str, Callable[[str], object]] = {
        "opencc": opencc.OpenCC("t2s").convert,
        "script": to_simplified,
        "gate": spinner,
        "injections": find_injections,
        "suspicion": suspicion,
        "restore": restore,
        "layout": lay_out,
        "signature": signature,
        "repeats": lambda text: find_repeats(text.split("\n")),
    }
    print(f"\n{'M characters/s':14}", *(f"{name:>10}" for name in stages))
    for name, text in texts.items():
        print(f"{name:14}", *(f"{speed(work, text):10.2f}" for work in stages.values()))


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared"
    given = list(documents(shared))
    restored_texts(given)
    clean_texts(given)
    noise(given)
    charsets()
    duplicates(given)
    speeds()


if __name__ == "__main__":
    main()
