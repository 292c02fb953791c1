"""How much of the texts is not their authors', and how much was restored, counted one text at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from unionkg.graph.segments import Segment
from unionkg.graph.texts import DocumentText


@dataclass(slots=True)
class Noise:
    """The stretches of one kind: in how many documents, how many, and how many characters."""

    documents: int = 0
    stretches: int = 0
    characters: int = 0


@dataclass(slots=True)
class TextSurvey:
    """The `documents` whose texts were at hand, and their `characters`.

    `noise` has the kinds that were found, `noisy` counts the documents with any. Each document counts once as
    `reworded` if a word of it was replaced or put in, else as `cut` if there is text in it that is not its author's, else
    as `rescripted` if it was read in another script, else as `untouched`. `replaced` and `converted` count characters of
    the originals; of the converted ones those that became another character.
    """

    documents: int = 0
    characters: int = 0
    noisy: int = 0
    noise: dict[str, Noise] = field(default_factory=dict)
    reworded: int = 0
    cut: int = 0
    rescripted: int = 0
    untouched: int = 0
    replaced: int = 0
    converted: int = 0

    @property
    def foreign(self) -> int:
        """How many characters are not the authors'."""
        return sum(noise.characters for noise in self.noise.values())

    def add(self, text: DocumentText) -> None:
        """Count a text."""
        self.documents += 1
        self.characters += len(text.text)
        self.noisy += bool(text.foreign)
        kinds: Counter[str] = Counter()
        for start, end, kind in text.foreign:
            noise = self.noise.setdefault(kind, Noise())
            noise.documents += not kinds[kind]
            noise.stretches += 1
            noise.characters += end - start
            kinds[kind] += 1
        segments = [Segment(*edit) for edit in text.edits]
        ops = {segment.op for segment in segments}
        if ops & {"replace", "insert"}:
            self.reworded += 1
        elif text.foreign or "delete" in ops:
            self.cut += 1
        elif "map" in ops:
            self.rescripted += 1
        else:
            self.untouched += 1
        for segment in segments:
            length = segment.end - segment.start
            self.replaced += length * (segment.op == "replace")
            if segment.op == "map":
                original = text.text[segment.start : segment.end]
                self.converted += sum(map(str.__ne__, original, segment.text))


def text_survey(texts: Iterable[DocumentText]) -> TextSurvey:
    """Return what there is to say of the texts."""
    found = TextSurvey()
    for text in texts:
        found.add(text)
    return found
