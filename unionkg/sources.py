"""What came of each file of a corpus: read, a duplicate of another, or of no use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from unionkg.cache import Cache
from unionkg.corpus import Answer, Failure, Progress, Step, legible
from unionkg.manifest import SourceEntry
from unionkg.nlp.reading import digest_of


@dataclass(frozen=True, slots=True)
class Gathered:
    """The manifest's entries and the answers of the files that count, both in order of paths.

    `from_cache` is the number of files that an earlier build had read.
    """

    entries: tuple[SourceEntry, ...]
    answers: tuple[Answer, ...]
    from_cache: int


def gather(
    files: Sequence[Path],
    failures: Sequence[Failure],
    extract: Callable[[Sequence[Path]], Iterator[Answer]],
    known: Cache,
    report: Progress,
) -> Gathered:
    """Return what came of each file, answered by the cache where it can be, else by `extract`; fill the cache.

    Of equal files that can be used the first by name counts, as it does in the graph; the others are duplicates. A step
    is reported for each file and each of the `failures`.
    """
    answers: dict[Path, Answer] = {}
    total = len(files) + len(failures)

    def settle(answer: Answer) -> None:
        answers[answer.path] = answer
        report(Step("extract", len(failures) + len(answers), total, legible(answer.path), answer.complaint))

    for number, failure in enumerate(failures, 1):
        report(Step("extract", number, total, failure.path, failure.reason))
    digests = {path: digest_of(path) for path in files}
    equal: dict[tuple[str | Path, str], list[Path]] = {}  # equal bytes under equal suffixes are read alike
    for path in files:
        equal.setdefault((digests[path] or path, path.suffix.lower()), []).append(path)
    twins: dict[Path, list[Path]] = {}
    for path, *others in equal.values():
        sha256 = digests[path]
        packed = None if sha256 is None else known.get(sha256, path.suffix)
        if packed is None:
            twins[path] = others
        else:
            for one in (path, *others):
                settle(Answer(one, sha256, packed))
    from_cache = len(answers)
    while twins:
        retry: dict[Path, list[Path]] = {}
        for answer in extract(sorted(twins)):
            if answer.sha256 is None:
                settle(answer)
                retry |= {twin: [] for twin in twins[answer.path]}  # each with its own name in the reason
            else:
                known.put(answer.sha256, answer.path.suffix, answer.packed)
                for path in (answer.path, *twins[answer.path]):
                    settle(replace(answer, path=path))
        twins = retry
    return _sorted_out(answers, digests, failures, from_cache)


def _sorted_out(
    answers: dict[Path, Answer], digests: dict[Path, str | None], failures: Sequence[Failure], from_cache: int
) -> Gathered:
    entries = [SourceEntry(path=failure.path, state="failed", reason=failure.reason) for failure in failures]
    first: dict[str, Path] = {}
    for path, answer in sorted(answers.items(), key=lambda item: (item[0].name, item[0])):
        name, sha256 = legible(path), answer.sha256
        if sha256 is None:
            entries.append(SourceEntry(path=name, sha256=digests[path], state="failed", reason=answer.failure))
        elif (twin := first.setdefault(sha256, path)) != path:
            reason = f"the same bytes as {legible(twin)}"
            entries.append(SourceEntry(path=name, sha256=sha256, state="duplicate", reason=reason))
        else:
            extractions = answer.extractions
            documents = tuple(extraction.document for extraction in extractions)
            warnings = tuple(warning for extraction in extractions for warning in extraction.warnings)
            entries.append(
                SourceEntry(
                    path=name,
                    sha256=sha256,
                    state="read",
                    documents=documents,
                    broken=answer.broken,
                    warnings=warnings,
                )
            )
    counting = tuple(answers[path] for path in sorted(first.values()))
    return Gathered(tuple(sorted(entries, key=lambda entry: entry.path)), counting, from_cache)
