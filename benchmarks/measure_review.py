"""How well the first doubts of `unionkg review` are chosen, on a corpus whose truth is known.

    python -m benchmarks.make_corpus 3000 corpus --seed 7
    unionkg build corpus/docs --ner rules --out KG
    python -m benchmarks.measure_review KG corpus/truth.jsonl

For pairs that were joined or may be one it prints how many of the first 20, and of all, are one, are two, or are not in the truth
under the names that review uses. A good order has few of one kind at the head: joined ones that are two, possible ones
that are one.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

import unionkg
from unionkg.graph.attributes import documents
from unionkg.graph.ledger import thing
from unionkg.graph.spots import short_document
from unionkg.kg import KG

FIRST = 20
KINDS = ("merge", "possible")

Truth = Mapping[str, Mapping[str, str]]
"""Who a name means, by page and name."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure_review", description=__doc__)
    parser.add_argument("folder", metavar="KG", type=Path)
    parser.add_argument("truth", metavar="TRUTH", type=Path)
    given = parser.parse_args(arguments)
    kg, truth = unionkg.load(given.folder), read_truth(given.truth)
    for kind in KINDS:
        judged = verdicts(kg, truth, kind)
        print(f"{kind}: first {FIRST}: {_told(judged[:FIRST])}; all {len(judged)}: {_told(judged)}")


def read_truth(path: Path) -> Truth:
    """Return the truth that `make_corpus` wrote; of a name that a page has twice the first counts."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in path.read_bytes().splitlines():
        page = msgspec.json.decode(line)
        for item in page["names"]:
            for name in item["name"]:
                found[Path(page["doc"]).name].setdefault(name, item["truth"])
    return found


def verdicts(kg: KG, truth: Truth, kind: str) -> list[str]:
    """Return of each pair in order of urgency whether it is `one`, `two` or `unknown`."""
    page_of = {short_document(paper["id"]): paper["name"] for paper in documents(kg.graph)}
    found = []
    for doubt in kg.review(kinds=[kind]).doubts:
        pair = [thing(name) for name in (doubt.yes[0].subject, doubt.yes[0].object)]
        meant = [truth.get(page_of.get(one.document, ""), {}).get(one.name) for one in pair]
        found.append("unknown" if None in meant else "one" if meant[0] == meant[1] else "two")
    return found


def _told(judged: Sequence[str]) -> str:
    counts = Counter(judged)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in ("one", "two", "unknown"))


if __name__ == "__main__":
    main()
