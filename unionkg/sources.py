"""What came of each file of a corpus: read, a duplicate of another, forgotten, or of no use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from unionkg.cache import Cache
from unionkg.corpus import Answer, Failure, Progress, Step, legible, texts_in, unpack_text
from unionkg.graph.corrections import is_forgotten
from unionkg.graph.model import Extraction
from unionkg.graph.texts import ReadText
from unionkg.manifest import SourceEntry
from unionkg.nlp.reading import digest_of


@dataclass(frozen=True, slots=True)
class Gathered:
    """The manifest's entries in order of paths, and where the answers of the files that count are kept.

    `counting` are paths and digests, in order of digests. `is_lasting` is false if another build may find more, because
    the program failed on a document, or a file was changed while it was at work. `from_cache` is the number of files that
    an earlier build had read. `forgotten` are the ids by which the ledger named the files that were passed over.
    """

    entries: tuple[SourceEntry, ...]
    counting: tuple[tuple[Path, str], ...]
    from_cache: int
    is_lasting: bool
    forgotten: frozenset[str]

    def extractions(self, known: Cache) -> Iterator[Extraction]:
        """Yield the extractions of the files that count, in order of digests; one file is in memory at a time."""
        for path, sha256 in self.counting:
            yield from Answer(path, sha256, known.read(sha256, path.suffix)).extractions

    def texts(self, known: Cache) -> Callable[[str], ReadText]:
        """Return what gives the text of a document of `extractions`, quickly if it is asked for them in their order."""
        suffixes = {sha256: path.suffix for path, sha256 in self.counting}

        @lru_cache(maxsize=1)
        def texts_of(sha256: str) -> Mapping[str, bytes]:
            return texts_in(known.read(sha256, suffixes[sha256]))

        return lambda document: unpack_text(texts_of(document.partition("#")[0])[document])


def digests_of(files: Sequence[Path]) -> dict[Path, str | None]:
    """Return the digest of each file's bytes, None for a file that cannot be read."""
    return {path: digest_of(path) for path in files}


def gather(
    digests: Mapping[Path, str | None],
    failures: Sequence[Failure],
    extract: Callable[[Sequence[Path]], Iterator[Answer]],
    known: Cache,
    report: Progress,
    forgotten: Mapping[str, int] = {},
) -> Gathered:
    """Return what came of each file, answered by the cache where it can be, else by `extract`; fill the cache.

    `digests` are those of the files. Of equal files that can be used the first by name counts, as it does in the graph;
    the others are duplicates. Files that `forgotten` names are not read. A step is reported for each file and each of the
    `failures`.
    """
    entries = [SourceEntry(path=failure.path, state="failed", reason=failure.reason) for failure in failures]
    total = len(digests) + len(failures)
    done = 0
    is_lasting = True

    def step(path: str, failure: str | None) -> None:
        nonlocal done
        done += 1
        report(Step("extract", done, total, path, failure))

    def settle(answer: Answer) -> None:
        step(legible(answer.path), answer.complaint)
        if answer.sha256 is None:
            entries.append(_failed(answer, digests[answer.path]))
        else:
            read[answer.path] = _entry(answer)

    for failure in failures:
        step(failure.path, failure.reason)
    read: dict[Path, SourceEntry] = {}
    names: set[str] = set()
    equal: dict[tuple[str | Path, str], list[Path]] = {}  # equal bytes under equal suffixes are read alike
    for path, sha256 in digests.items():
        if sha256 and (name := is_forgotten(sha256, forgotten)):
            names.add(name)
            reason = f"forgotten, as line {forgotten[name]} of the ledger says"
            entries.append(SourceEntry(path=legible(path), sha256=sha256, state="forgotten", reason=reason))
            step(legible(path), None)
        else:
            equal.setdefault((sha256 or path, path.suffix.lower()), []).append(path)
    twins: dict[Path, list[Path]] = {}
    for path, *others in equal.values():
        sha256 = digests[path]
        packed = None if sha256 is None else known.get(sha256, path.suffix)
        if packed is None:
            twins[path] = others
        else:
            for one in (path, *others):
                settle(Answer(one, sha256, packed))
    from_cache = len(read)
    while twins:
        retry: dict[Path, list[Path]] = {}
        for answer in extract(sorted(twins)):
            others, sha256 = twins[answer.path], digests[answer.path]
            is_lasting &= answer.is_lasting or sha256 is None  # a file that can be read by then has a digest by then
            if answer.sha256 is not None:
                known.put(answer.sha256, answer.path.suffix, answer.packed, is_lasting=answer.is_lasting)
            settle(answer)
            if answer.sha256 is None and sha256 is not None and not answer.is_lasting:
                for twin in others:  # which would be lost in the same way, and take as long
                    reason = f"{legible(twin)}: the same bytes as {legible(answer.path)}, which could not be used"
                    settle(Answer(twin, None, failure=reason, is_lasting=False))
            elif answer.sha256 is None:
                retry |= {twin: [] for twin in others}  # each with its own name in the reason
            elif answer.sha256 != sha256:  # it was changed since its digest was taken; its twins perhaps were not
                is_lasting = False
                retry |= {twin: [] for twin in others}
            else:
                for twin in others:
                    settle(Answer(twin, answer.sha256, answer.packed))
        twins = retry
    counting = _without_duplicates(read, entries)
    return Gathered(
        tuple(sorted(entries, key=lambda entry: entry.path)), counting, from_cache, is_lasting, frozenset(names)
    )


def _failed(answer: Answer, sha256: str | None) -> SourceEntry:
    return SourceEntry(path=legible(answer.path), sha256=sha256, state="failed", reason=answer.failure)


def _entry(answer: Answer) -> SourceEntry:
    extractions = answer.extractions
    return SourceEntry(
        path=legible(answer.path),
        sha256=answer.sha256,
        state="read",
        documents=tuple(extraction.document for extraction in extractions),
        broken=answer.broken,
        warnings=tuple(warning for extraction in extractions for warning in extraction.warnings),
    )


def _without_duplicates(read: Mapping[Path, SourceEntry], entries: list[SourceEntry]) -> tuple[tuple[Path, str], ...]:
    """Add the entries of the files that were read; return those that count, in order of digests."""
    first: dict[str, Path] = {}
    for path, entry in sorted(read.items(), key=lambda item: (item[0].name, item[0])):
        sha256 = str(entry.sha256)
        if (twin := first.setdefault(sha256, path)) == path:
            entries.append(entry)
        else:
            reason = f"the same bytes as {legible(twin)}"
            entries.append(SourceEntry(path=entry.path, sha256=sha256, state="duplicate", reason=reason))
    return tuple(sorted(((path, sha256) for sha256, path in first.items()), key=lambda pair: pair[1]))
