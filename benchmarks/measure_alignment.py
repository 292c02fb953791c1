"""Print how well two studies are aligned: `python -m benchmarks.measure_alignment [N] [--corpus FOLDER] [--graphs FOLDER]`.

Makes a corpus of N invented pages (200; or takes the one in `--corpus FOLDER`) and builds two graphs, of its first and of its
last five eighths, so that two fifths of the pages of each are in the other too. An entity truly is the thing that most of its places
name, as far as a page names one thing of its type by one of its forms; others are `unknown`. Printed are, for each ground on which
two entities are the same or may be, how many pairs are of one thing; how many things both studies have as `only` theirs; and the
seconds of processor time that aligning takes. `--graphs` keeps the graphs for the next run, which takes them from there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import unionkg
from benchmarks.make_corpus import make_corpus
from unionkg.graph.aligned import Alignment
from unionkg.kg import KG
from unionkg.nlp.extract import Options

PART = 5 / 8

Truth = Mapping[tuple[str, str, str], set[str]]
"""The things that a page names, by the page's path, their type and the form."""


def main() -> None:
    """Read the arguments, build what is not there, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure_alignment")
    parser.add_argument("number", type=int, nargs="?", default=200, metavar="N")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--graphs", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus, graphs = given.corpus or Path(folder) / "corpus", given.graphs or Path(folder) / "graphs"
        if not given.corpus:
            make_corpus(given.number, corpus)
        studies = two_studies(corpus, graphs)
        started = time.process_time()
        alignment = studies[0].align(studies[1])
        print(f"{time.process_time() - started:.1f} s of processor time, with reading both graphs\n")
        for one in alignment.parts("all"):
            shared = f"shared {one.kg1_shared:6} {one.kg2_shared:6}"
            print(f"{one.collection:10} {one.kg1:6} {one.kg2:6} {shared}  Jaccard {one.jaccard:.2f}")
        print()
        for (state, by, kind, verdict), number in sorted(judged(alignment, studies, read_truth(corpus)).items()):
            print(f"{state:9} {by:9} {kind:10} {verdict:8} {number:6}")


def two_studies(corpus: Path, graphs: Path) -> tuple[KG, KG]:
    """Return the graphs of the first and of the last pages of the corpus, built where they are not there yet."""
    pages = sorted((corpus / "docs").rglob("*.txt"))
    size = round(PART * len(pages))
    for name, part in (("kg1", pages[:size]), ("kg2", pages[-size:])):
        if not (graphs / name).is_dir():
            unionkg.build(part, graphs / name, options=Options(ner="rules"))
    return unionkg.load(graphs / "kg1"), unionkg.load(graphs / "kg2")


def read_truth(corpus: Path) -> Truth:
    """Return what the pages of the corpus truly name."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    with (corpus / "truth.jsonl").open(encoding="utf-8") as lines:
        for page in map(json.loads, lines):
            for named in page["names"]:
                for form in named["name"]:
                    found[page["doc"], named["type"], form].add(named["truth"])
    return found


def judged(alignment: Alignment, studies: tuple[KG, KG], truth: Truth) -> Counter[tuple[str, str, str, str]]:
    """Return how many pairs of each state, ground and type are right or wrong, and how many things are missed."""
    things = [things_of(kg, truth) for kg in studies]
    counts: Counter[tuple[str, str, str, str]] = Counter()
    alone: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for row in alignment.entities:
        if row.kg1 and row.kg2:
            one, other = things[0].get(row.kg1[0].id), things[1].get(row.kg2[0].id)
            verdict = "unknown" if one is None or other is None else "right" if one == other else "wrong"
            counts[row.state, row.by, row.lead.type, verdict] += 1
        else:
            at = 0 if row.kg1 else 1
            if (thing := things[at].get(row.lead.id)) is not None:
                alone[at][thing] = row.lead.type
    for thing in alone[0].keys() & alone[1].keys():
        counts["only", "", alone[0][thing], "missed"] += 1
    return counts


def things_of(kg: KG, truth: Truth) -> dict[str, str]:
    """Return the thing that each entity truly is, by its id, of equals the first in order."""
    path_of = {document: _below_docs(source.path) for source in kg.manifest.sources for document in source.documents}
    found = {}
    for node, entity in kg.graph.nodes(data=True):
        forms = (entity["name"], *entity["aliases"])
        votes: Counter[str] = Counter()
        for document in entity["documents"]:
            named = {one for form in forms for one in truth.get((path_of[document], entity["type"], form), ())}
            votes.update(named if len(named) == 1 else ())
        if votes:
            found[node] = min(votes, key=lambda thing: (-votes[thing], thing))
    return found


def _below_docs(path: str) -> str:
    return "/".join(path.split("/")[-2:])


if __name__ == "__main__":
    main()
