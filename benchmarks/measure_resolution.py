"""Print how well entities of different documents are joined: `python -m benchmarks.measure_resolution [N] [--errors]`.

Makes a corpus of N invented pages (1,000; or takes the one in `--corpus FOLDER`), extracts it, resolves it, and compares with the
truth. A thing that a page names is aligned with the entities of that page that have its type and one of its printed
forms; those not extracted and those that fit several things are counted and left out. What is counted is pairs of
entities of different pages: `true` are those of one thing, `joined` those of one node; precision is the share of the joined that are
true, recall the share of the true that are joined. Things of the whole country, which most pages name, are most of all pairs:
the line `local` leaves them out. A pair is `open` if one of its pages does not let a reader tell where the thing belongs.
`--errors` prints the classes of wrong and missed pairs, most frequent first, with examples. `--extractions FILE` keeps the
extractions for the next run, which takes them from there: of use while only resolving changes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement
from pathlib import Path

import msgspec

from benchmarks.corpus.world import NATION, chain, name_of
from benchmarks.make_corpus import make_corpus
from unionkg.engines import Engine, extract_files
from unionkg.extractor import Extractor
from unionkg.graph.divisions import divisions
from unionkg.graph.duplicates import clusters
from unionkg.graph.model import Entity, Extraction
from unionkg.graph.resolve import node_id, resolve
from unionkg.nlp.extract import Options
from unionkg.nlp.script import to_simplified

TYPES = ("ORG", "PERSON", "PLACE", "PROGRAMME", "POLICY", "EVENT")
EXAMPLES = 3
_NO_MARKS = str.maketrans("", "", "“”「」\"'")


@dataclass(frozen=True, slots=True)
class Unit:
    """An extracted entity of a page, the node it became, the thing that it truly is, and whether the page lets tell."""

    page: str
    entity: Entity
    node: str
    truth: str
    hint: bool

    @property
    def type(self) -> str:
        """The type of entity."""
        return self.entity.type

    @property
    def at(self) -> str:
        """The code of the territory of the true thing."""
        return self.truth.split("/")[2]


@dataclass(frozen=True, slots=True)
class Score:
    """Numbers of pairs: of one thing, of one node, and of both."""

    true: int
    joined: int
    right: int

    def __sub__(self, other: Score) -> Score:
        return Score(self.true - other.true, self.joined - other.joined, self.right - other.right)

    def __str__(self) -> str:
        precision, recall = (f"{self.right / of:.4f}" if of else "-" for of in (self.joined, self.true))
        return f"{self.true:>12,}{self.joined:>12,}{precision:>11}{recall:>11}"


@dataclass(frozen=True, slots=True)
class Aligned:
    """The units, and per type how many things were named, not extracted, and extracted as one with another."""

    units: tuple[Unit, ...]
    named: Counter[str]
    unextracted: Counter[str]
    mixed: Counter[str]


def main() -> None:
    """Read the arguments and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure_resolution")
    parser.add_argument("number", type=int, nargs="?", default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--corpus", type=Path, metavar="FOLDER")
    parser.add_argument("--extractions", type=Path, metavar="FILE")
    parser.add_argument("--ner", choices=("rules", "lac"), default="rules")
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.corpus or Path(made)
        if given.corpus is None:
            make_corpus(given.number, folder, given.seed)
        truth = read_truth(folder / "truth.jsonl")
        extractions = extract_corpus(folder / "docs", truth, Options(ner=given.ner), given.workers, given.extractions)
    aligned = align(extractions, truth)
    print_figures(aligned, len(truth))
    if given.errors:
        print_errors("wrongly joined", wrong_pairs(aligned.units))
        print_errors("not joined", missed_pairs(aligned.units))


def nodes_of(extractions: Sequence[Extraction]) -> dict[tuple[str, str], str]:
    """Return the node of every entity, by document id and entity id."""
    found = resolve(extractions, clusters({extraction.document: extraction.signature for extraction in extractions}))
    return {
        (extraction.document, entity.id): node_id(identity)
        for extraction in extractions
        for entity, identity in zip(extraction.entities, found.of[extraction.document], strict=True)
    }


def read_truth(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return what each page names, by the page's path below the folder of pages."""
    lines = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return {line["doc"]: line["names"] for line in lines}


def extract_corpus(
    docs: Path, pages: Iterable[str], options: Options, workers: int | None, kept: Path | None
) -> list[Extraction]:
    """Return the extraction of each page, in order; taken from the file `kept` if it is there, else written to it."""
    if kept and kept.exists():
        return msgspec.msgpack.decode(kept.read_bytes(), type=list[Extraction])
    answers = extract_files([docs / page for page in pages], Extractor(options), Engine(workers=workers))
    extractions = [extraction for answer in answers for extraction in answer.extractions]
    if kept:
        kept.write_bytes(msgspec.msgpack.encode(extractions))
    return extractions


def align(extractions: Sequence[Extraction], truth: dict[str, list[dict[str, object]]]) -> Aligned:
    """Return the extracted entities with the things that they truly are."""
    nodes = nodes_of(extractions)
    names_of = {Path(page).name: names for page, names in truth.items()}
    units: list[Unit] = []
    named, unextracted, mixed = Counter[str](), Counter[str](), Counter[str]()
    for extraction in extractions:
        bearers: dict[tuple[str, str], dict[str, Entity]] = defaultdict(dict)
        for entity in extraction.entities:
            for form in (entity.name, *entity.aliases):
                bearers[entity.type, plain(form)][entity.id] = entity
        things: dict[str, list[dict[str, object]]] = defaultdict(list)
        found: dict[str, Entity] = {}
        for item in names_of[extraction.doc]:
            kind = str(item["type"])
            named[kind] += 1
            hit = {key: one for form in _strings(item["name"]) for key, one in bearers[kind, plain(form)].items()}
            unextracted[kind] += not hit
            found |= hit
            for key in hit:
                things[key].append(item)
        for key, items in things.items():
            if len(items) == 1:
                node = nodes[extraction.document, key]
                units.append(Unit(extraction.doc, found[key], node, str(items[0]["truth"]), bool(items[0]["hint"])))
            else:
                mixed[found[key].type] += 1
    return Aligned(tuple(units), named, unextracted, mixed)


def plain(form: str) -> str:
    """Return a printed form in simplified script, without quotation marks.

    >>> plain("「求學圓夢」行動")
    '求学圆梦行动'
    """
    return to_simplified(form).translate(_NO_MARKS)


def score(units: Iterable[Unit]) -> Score:
    """Return the numbers of pairs of these units."""
    kept = list(units)
    return Score(
        _pairs(kept, lambda one: one.truth),
        _pairs(kept, lambda one: one.node),
        _pairs(kept, lambda one: (one.truth, one.node)),
    )


def _pairs(units: Iterable[Unit], key: Callable[[Unit], Hashable]) -> int:
    """Return how many pairs of units of different pages have the same key."""
    whole: Counter[Hashable] = Counter()
    inside: Counter[tuple[Hashable, str]] = Counter()
    for unit in units:
        whole[key(unit)] += 1
        inside[key(unit), unit.page] += 1
    return sum(n * (n - 1) // 2 for n in whole.values()) - sum(n * (n - 1) // 2 for n in inside.values())


def print_figures(aligned: Aligned, pages: int) -> None:
    """Print what was aligned, then the pairs in all, by type, and by what the pages tell."""
    print(f"{pages} pages, {sum(aligned.named.values()):,} names of things, {len(aligned.units):,} entities aligned")
    print(f"\n{'':12}{'named':>12}{'not found':>12}{'mixed':>11}")
    for kind in TYPES:
        print(f"{kind:12}{aligned.named[kind]:>12,}{aligned.unextracted[kind]:>12,}{aligned.mixed[kind]:>11,}")
    whole = score(aligned.units)
    told = score(unit for unit in aligned.units if unit.hint)
    print(f"\n{'pairs':12}{'true':>12}{'joined':>12}{'precision':>11}{'recall':>11}")
    print(f"{'all':12}{whole}")
    print(f"{'local':12}{score(unit for unit in aligned.units if unit.at != NATION)}")
    for kind in TYPES:
        print(f"{kind:12}{score(unit for unit in aligned.units if unit.type == kind)}")
        if kind != "PLACE":
            print(f"{'  local':12}{score(u for u in aligned.units if u.type == kind and u.at != NATION)}")
    print(f"{'told':12}{told}")
    print(f"{'open':12}{whole - told}")


Error = tuple[str, int, str]
"""A readable reason, how many pairs, and one of them."""


def wrong_pairs(units: Iterable[Unit]) -> Iterator[Error]:
    """Yield the pairs of different things that became one node, things by things."""
    for cells in _cells(units, lambda unit: unit.node, lambda unit: unit.truth):
        for one, other in combinations(cells, 2):
            if count := _across(one, other):
                yield _why_wrong(one[0], other[0]), count, _example(one[0], other[0])


def missed_pairs(units: Iterable[Unit]) -> Iterator[Error]:
    """Yield the pairs of one thing that became different nodes, by the names and codes that were extracted."""
    for cells in _cells(units, lambda unit: unit.truth, lambda unit: (unit.entity.name, unit.entity.code or "")):
        for one, other in combinations_with_replacement(cells, 2):
            pair = _apart(one, other)
            if one is other:
                count = _pairs(one, lambda unit: unit.truth) - _pairs(one, lambda unit: unit.node)
            else:
                count = _across(one, other) - _joined_across(one, other)
            if count and pair:
                yield _why_missed(*pair), count, _example(*pair)


def _cells(
    units: Iterable[Unit], key: Callable[[Unit], str], inner: Callable[[Unit], Hashable]
) -> Iterator[list[list[Unit]]]:
    """Yield the units of each key, split by an inner one."""
    groups: dict[str, dict[Hashable, list[Unit]]] = defaultdict(lambda: defaultdict(list))
    for unit in units:
        groups[key(unit)][inner(unit)].append(unit)
    yield from (list(cells.values()) for cells in groups.values())


def _across(one: Sequence[Unit], other: Sequence[Unit]) -> int:
    """Return how many pairs there are of one from each, of different pages."""
    pages = Counter(unit.page for unit in other)
    return len(one) * len(other) - sum(pages[unit.page] for unit in one)


def _joined_across(one: Sequence[Unit], other: Sequence[Unit]) -> int:
    """Return how many of the pairs across became one node."""
    by_node: dict[str, list[Unit]] = defaultdict(list)
    for unit in other:
        by_node[unit.node].append(unit)
    return sum(_across([unit], by_node[unit.node]) for unit in one)


def _apart(one: Sequence[Unit], other: Sequence[Unit]) -> tuple[Unit, Unit] | None:
    """Return a pair of one from each, of different pages and nodes."""
    return next(((a, b) for a in one for b in other if a.page != b.page and a.node != b.node), None)


def _why_wrong(one: Unit, other: Unit) -> str:
    """Return why two things may have been taken for one."""
    (_, kind, at, *rest), (_, other_kind, other_at, *_) = one.truth.split("/"), other.truth.split("/")
    where = _relation(at, other_at)
    if one.type == "PERSON":
        return f"PERSON: two of one name, {where}"
    if kind != other_kind and one.type == "ORG":
        return f"ORG: {' and '.join(sorted((kind, other_kind)))}, {where}"
    return f"{one.type}: {where}" + (f", another {'year or number' if rest else 'kind'}" if at == other_at else "")


def _relation(at: str, other: str) -> str:
    """Return how two territories stand to each other."""
    if at == other:
        return "one territory"
    if NATION in (at, other):
        return "national and local"
    lineages = [{one.code for one in chain(found)} for code in (at, other) if (found := divisions().by_code(code))]
    if at in lineages[1] or other in lineages[0]:
        return "a territory and one inside it"
    if name_of(at) == name_of(other):
        return "territories of one name"
    return "territories of one province" if at[:2] == other[:2] else "territories of two provinces"


def _why_missed(one: Unit, other: Unit) -> str:
    """Return why one thing may have been taken for two."""
    names = "one name" if one.entity.name == other.entity.name else "two names"
    if one.type == "PERSON":
        slot = one.truth.split("/")[1]
        return f"PERSON: {names}, {slot if slot in {'reporter', 'worker'} else 'official'}"
    codes = sorted(filter(None, (one.entity.code, other.entity.code)))
    if not codes:
        told = "no codes"
    elif len(codes) == 1:
        told = "one code missing"
    else:
        told = "one code" if codes[0] == codes[1] else "two codes"
    return f"{one.type}: {names}, {told}{'' if one.hint and other.hint else ', place left open'}"


def _example(one: Unit, other: Unit) -> str:
    shown = (f"{unit.entity.name} ({unit.truth}) in {unit.page}" for unit in (one, other))
    return " | ".join(shown)


def print_errors(title: str, errors: Iterable[Error]) -> None:
    """Print the reasons, most pairs first, each with examples of its largest groups."""
    counts: Counter[str] = Counter()
    examples: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for reason, count, example in errors:
        counts[reason] += count
        examples[reason].append((-count, example))
    print(f"\n{title}: {counts.total():,} pairs")
    for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:>10,}  {reason}")
        for size, example in sorted(examples[reason])[:EXAMPLES]:
            print(f"{'':12}{-size:,}: {example}")


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


if __name__ == "__main__":
    main()
