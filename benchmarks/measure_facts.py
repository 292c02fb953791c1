"""Print how many of the facts of each confidence are right, and which kinds are missed: `python -m benchmarks.measure_facts [SHARED]`.

Over the annotated documents: those of SHARED (`gold` with `seeds`, and `dev`; by default the folder `shared` beside the
checkout), where it is there, those of `examples` and of `benchmarks/annotated`. A relation is right if the annotation has
it between the same names, a post with the same role; a figure, if it has the value and unit for the same body. Of what is
missed the last table says for how much an entity is missing, or goes by another name.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from unionkg.graph.model import Extraction
from unionkg.nlp.extract import extract
from unionkg.nlp.reading import find_sources, read_documents

Fact = tuple[str, ...]


def main() -> None:
    """Print one line for each confidence, each rule, and each kind of which facts are missed."""
    here = Path(__file__).parent
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent.parent / "shared"
    sets = (
        (shared / "seeds", shared / "gold"),
        (shared / "dev" / "docs", shared / "dev" / "gold"),
        (here.parent / "examples" / "corpus", here.parent / "examples" / "gold"),
        (here / "annotated" / "docs", here / "annotated" / "gold"),
    )
    by_confidence: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    by_rule: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    missed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for docs, gold in sets:
        if not docs.is_dir():
            continue
        for file in find_sources([docs]).files:
            for document in read_documents(file):
                annotation = json.loads((gold / f"{Path(document.path).stem}.json").read_text("utf-8"))
                right = set(_annotated(annotation))
                extraction = extract(document)
                found = list(_extracted(extraction))
                for fact, rule, confidence in found:
                    by_confidence[f"{confidence:.2f}"][fact in right] += 1
                    by_rule[rule][fact in right] += 1
                named = {_plain(entity.name) for entity in extraction.entities} | {""}
                _count_missed(annotation, {fact for fact, _, _ in found}, named, missed)
    for title, counted in (("confidence", by_confidence), ("rule", by_rule)):
        print(f"{title:24}{'facts':>8}{'right':>8}")
        for key, count in sorted(counted.items()):
            print(f"{key:24}{count.total():8}{count[True] / count.total():8.2f}")
        print()
    print(f"{'kind':24}{'in all':>8}{'missed':>8}{'  for want of an entity'}")
    for kind, classes in sorted(missed.items()):
        print(f"{kind:24}{classes['in all']:8}{classes['missed']:8}{classes['entity']:8}")


def _count_missed(
    annotation: dict[str, Any], found: set[Fact], named: set[str], missed: dict[str, Counter[str]]
) -> None:
    """Count the facts of an annotation that were not found, and those of them that want an entity."""
    names = {one["id"]: {_plain(name) for name in (one["name"], *one["aliases"])} for one in annotation["entities"]}
    facts = [(one["type"], one["subject"], one["object"], one.get("role") or "") for one in annotation["relations"]]
    facts += [("outcome", one["subject"], repr(float(one["value"])), one["unit"]) for one in annotation["outcomes"]]
    for kind, subject, target, last in facts:
        subjects = names.get(subject, {""})
        targets = names.get(target, {target}) if kind != "outcome" else {target}
        missed[kind]["in all"] += 1
        if any((kind, one, other, last) in found for one in subjects for other in targets):
            continue
        missed[kind]["missed"] += 1
        is_named = not subjects.isdisjoint(named) and (kind == "outcome" or not targets.isdisjoint(named))
        missed[kind]["entity"] += not is_named


def _annotated(annotation: dict[str, Any]) -> Iterator[Fact]:
    """Yield the facts of an annotation, once for each name that its entities go by."""
    names = {one["id"]: {one["name"], *one["aliases"]} for one in annotation["entities"]}
    for one in annotation["relations"]:
        for subject in names[one["subject"]]:
            for body in names[one["object"]]:
                yield (one["type"], _plain(subject), _plain(body), one.get("role") or "")
    for one in annotation["outcomes"]:
        for subject in names.get(one["subject"], {""}):
            yield ("outcome", _plain(subject), repr(float(one["value"])), one["unit"])


def _extracted(found: Extraction) -> Iterator[tuple[Fact, str, float]]:
    names = {entity.id: _plain(entity.name) for entity in found.entities}
    for one in found.relations:
        role = one.role or "" if one.type in {"holds_post", "attends"} else ""
        yield (one.type, names[one.subject], names[one.object], role), one.rule, one.confidence
    for figure in found.outcomes:
        subject = names[figure.subject] if figure.subject else ""
        yield ("outcome", subject, repr(float(figure.value)), figure.unit), figure.rule, figure.confidence


def _plain(name: str) -> str:
    return name.translate(str.maketrans("（）", "()", "“”‘’《》· "))


if __name__ == "__main__":
    main()
