"""Print how well names are found beside general tools: `python -m benchmarks.measure_entities [SHARED]`.

F1 of exact spans of PERSON, ORG and PLACE for extraction with LAC, extraction with rules alone, LAC alone and
jieba.posseg alone (its tags nr, nt and ns), over the annotated documents: those of SHARED (`gold` with `seeds`, and `dev`; by
default the folder `shared` beside the checkout), where it is there, and those of `benchmarks/annotated`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import jieba.posseg

from unionkg.nlp.extract import Options, extract
from unionkg.nlp.lac import Tag, Tagger, tagger
from unionkg.nlp.layout import lay_out
from unionkg.nlp.pipeline import pipeline
from unionkg.nlp.reading import find_sources, read_documents

TYPES = ("PERSON", "ORG", "PLACE")
OF_LAC = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}
OF_JIEBA = {"nr": "PERSON", "nrt": "PERSON", "nrfg": "PERSON", "nt": "ORG", "ns": "PLACE"}

Span = tuple[int, int, str]


def by_lac(text: str) -> Iterator[Span]:
    """Yield what LAC alone finds, sentence by sentence."""
    sentences = lay_out(text).sentences
    for (start, _), words in zip(sentences, tagger().tag([text[a:b] for a, b in sentences]), strict=True):
        yield from ((start + a, start + b, OF_LAC[label]) for a, b, label in words if label in OF_LAC)


def by_jieba(text: str) -> Iterator[Span]:
    """Yield what jieba.posseg alone finds."""
    place = 0
    for word, tag in jieba.posseg.cut(text):
        if tag in OF_JIEBA:
            yield place, place + len(word), OF_JIEBA[tag]
        place += len(word)


def main() -> None:
    """Print one line a set and tool."""
    jieba.setLogLevel("ERROR")
    here = Path(__file__).parent
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent.parent / "shared"
    sets = {
        "gold": (shared / "seeds", shared / "gold"),
        "dev": (shared / "dev" / "docs", shared / "dev" / "gold"),
        "annotated": (here / "annotated" / "docs", here / "annotated" / "gold"),
    }
    print(f"{'set':12}{'tool':16}" + "".join(f"{kind:>10}" for kind in TYPES) + f"{'all':>10}")
    for name, (docs, gold) in sets.items():
        if docs.is_dir():
            score(name, docs, gold)


def score(name: str, docs: Path, gold: Path) -> None:
    """Print the figures of one set."""
    documents = [document for file in find_sources([docs]).files for document in read_documents(file)]
    tools: dict[str, Callable[[str], Iterator[Span]]] = {"LAC alone": by_lac, "jieba.posseg": by_jieba}
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for document in documents:
        annotation = json.loads((gold / f"{Path(document.path).stem}.json").read_text("utf-8"))
        kinds = {one["id"]: one["type"] for one in annotation["entities"]}
        want = {(one["start"], one["end"], kinds[one["entity"]]) for one in annotation["mentions"]}
        found = {tool: set(run(document.text)) for tool, run in tools.items()}
        for tool, options in (("unionkg, lac", Options()), ("unionkg, rules", Options(ner="rules"))):
            extraction = extract(document, options)
            types = {entity.id: entity.type for entity in extraction.entities}
            found[tool] = {(one.start, one.end, types[one.entity]) for one in extraction.mentions}
        for tool, spans in found.items():
            count = counts.setdefault(tool, Counter())
            for kind in TYPES:
                ours, theirs = ({span for span in some if span[2] == kind} for some in (spans, want))
                count.update({(kind, "both"): len(ours & theirs), (kind, "sum"): len(ours) + len(theirs)})
    read = sum(_characters_read(document.text) for document in documents)
    print(f"{name:12}the tagger reads {read / sum(len(document.text) for document in documents):.2f} of the characters")
    for tool in sorted(counts, reverse=True):
        count = counts[tool]
        figures = [2 * count[kind, "both"] / count[kind, "sum"] for kind in TYPES]
        both, total = (sum(count[kind, part] for kind in TYPES) for part in ("both", "sum"))
        print(f"{name:12}{tool:16}" + "".join(f"{figure:10.3f}" for figure in (*figures, 2 * both / total)))


def _characters_read(text: str) -> int:
    """Return how many characters of a text LAC is given."""
    reads: list[str] = []
    tag = Tagger.tag

    def spy(self: Tagger, sentences: Sequence[str]) -> list[list[Tag]]:
        reads.extend(sentences)
        return tag(self, sentences)

    with patch.object(Tagger, "tag", spy):
        pipeline()(text)
    return sum(map(len, reads))


if __name__ == "__main__":
    main()
