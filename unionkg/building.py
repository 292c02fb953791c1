"""Building a KG folder: read, extract, check, link, write, and only then take the old folder's place."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from unionkg import cache, manifest
from unionkg.cache import Cache
from unionkg.checksums import agree, write_checksums
from unionkg.corpus import Failure, Progress, Step, find_files, legible
from unionkg.engines import TIME_LIMIT_S, Engine, Name, extract_files
from unionkg.errors import InvalidLedger, NoDocuments, NotAKnowledgeGraph
from unionkg.evidence import check_evidence, check_texts
from unionkg.extractor import Extractor
from unionkg.fingerprint import fingerprint, program, versions
from unionkg.folder import discard, locked, replacing
from unionkg.graph import ledger as ledgers
from unionkg.graph import texts
from unionkg.graph.corrections import forgotten_documents
from unionkg.graph.ledger import NO_LEDGER, Ledger
from unionkg.kg import KG, PAGE, REPORT, load
from unionkg.manifest import Applied, Counts, Manifest, SourceEntry, Times, count, outputs_of, seal_of
from unionkg.sources import Gathered, digests_of, gather

if TYPE_CHECKING:
    from unionkg.nlp.extract import Options

SHOWN = 5000  # entities that the view has aboard; of a larger graph the best-linked ones


def build(
    paths: Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    options: Options | None = None,
    workers: int | None = None,
    engine: Name = "local",
    scheduler: str | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    base: str | None = None,
    ledger: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> KG:
    """Build the knowledge graph of the files at `paths` into the folder `out` and return it.

    Folders count with all that is below them, without hidden files and without `out` itself. A file that cannot be used
    is named in the manifest and the rest goes on; see `KG.manifest`. What `out` held before is replaced when all has
    been written, and serves as a cache: a file that was read before is not read again, and where nothing at all has
    changed nothing but the manifest's times is written. `base` opens every IRI.

    `ledger` is a file of corrections (`unionkg.graph.ledger`), by default the one that `out` holds; a copy of it lies in
    the new folder. `KG.manifest.ledger` says what became of each judgement.

    `workers`, `engine`, `scheduler` and `time_limit_s` are those of `unionkg.engines.Engine`; the result is the same.

    Raises NoDocuments if no file can be used, NotAKnowledgeGraph if `out` holds something else, BuildInProgress if
    somebody else is building it, UnwritableFolder if it cannot be written, InvalidLedger if the ledger cannot be read,
    MissingEvidence if what was found does not pass the check, and what `Engine` and `extract_files` raise; in each case
    `out` is left as it was.
    """
    from unionkg.exports.iri import BASE, checked_base
    from unionkg.nlp.extract import Options

    started, clock = datetime.now(UTC), time.monotonic()
    options, report, base = options or Options(), progress or (lambda step: None), checked_base(base or BASE)
    means, work = Engine(engine, workers, scheduler, time_limit_s), Extractor(options)
    folder = Path(os.path.realpath(out))
    with locked(folder):
        before = _manifest_of(folder)
        judged = _ledger_of(folder, ledger, before)
        files, failures = find_files([Path(path) for path in paths], folder)
        digests = digests_of(files)
        reading = fingerprint(options)
        inputs = _digest_of_inputs(digests, failures, reading, base, judged)
        if before and before.inputs == inputs and _is_whole(folder, before):
            discard(folder)
            for number, entry in enumerate(before.sources, 1):
                report(Step("extract", number, len(before.sources), entry.path, entry.complaint))
            times = _times(
                started, clock, sum(entry.sha256 is not None for entry in before.sources if entry.state != "failed")
            )
            manifest.write(msgspec.structs.replace(before, times=times), folder)
            return load(folder)
        with (
            replacing(folder, cache.NAME) as new,
            Cache(new / cache.NAME, folder / cache.NAME, reading) as known,
        ):
            extract = partial(extract_files, work=work, engine=means)
            gathered = gather(digests, failures, extract, known, report, forgotten_documents(judged))
            known.commit()
            if not gathered.counting:
                raise NoDocuments(f"none of {len(gathered.entries)} files can be used, so {out} is left as it was")
            written = _write_graph(new, gathered, known, judged, base, report)
            stated = Manifest(
                base=base,
                options={field.name: str(getattr(options, field.name)) for field in fields(options)},
                versions=versions(),
                counts=written.counts,
                sources=written.sources,
                ledger=written.ledger,
                inputs=inputs if gathered.is_lasting else None,
                outputs=outputs_of(new),
                times=_times(started, clock, gathered.from_cache),
            )
            manifest.write(stated, new)
            report(Step("write", 1, 1))
    return load(folder)


class _Written(NamedTuple):
    """How much the graph that was written holds, the ledger that corrected it, and the sources without names taken down."""

    counts: Counts
    ledger: Applied | None
    sources: tuple[SourceEntry, ...]


def _write_graph(
    folder: Path, gathered: Gathered, known: Cache, ledger: Ledger, base: str, report: Progress
) -> _Written:
    """Make the graph of what was gathered and write all its files into the folder."""
    from unionkg.exports.files import write_files
    from unionkg.exports.store import STORE_FOLDER
    from unionkg.graph.build import build_from
    from unionkg.graph.records import Records
    from unionkg.viz.page import render
    from unionkg.viz.report import report_page

    report(Step("graph", 0, 1))
    path = folder / "records.sqlite"
    with Records(path) as records:
        source = partial(gathered.extractions, known)
        built = build_from(source, records, ledger, gathered.forgotten, gathered.texts(known))
        check_evidence(records, built.source())
        check_texts(records)
        report(Step("graph", 1, 1))
        report(Step("write", 0, 1))
        write_files(records, folder, base)
        texts.write_texts(records.texts(), folder / texts.NAME)
        page = render(records.best_linked(SHOWN), texts=records.texts(), base=base)
        (folder / PAGE).write_text(page, encoding="utf-8", newline="\n")
        sources = tuple(_hidden(entry, built.hide) for entry in gathered.entries)
        report_of = report_page("", records, sources, records.texts())
        (folder / REPORT).write_text(report_of, encoding="utf-8", newline="\n")
        counts = count(records, gathered.entries)
    path.unlink()
    write_checksums(folder / STORE_FOLDER)
    if not ledger.lines:
        return _Written(counts, None, sources)
    (folder / ledgers.NAME).write_bytes(built.ledger.to_bytes())
    return _Written(counts, Applied(sha256=built.ledger.sha256, judgements=built.verdicts), sources)


def _hidden(entry: SourceEntry, hide: Callable[[str], str]) -> SourceEntry:
    return msgspec.structs.replace(
        entry,
        path=hide(entry.path),
        reason=entry.reason and hide(entry.reason),
        broken=tuple(map(hide, entry.broken)),
        warnings=tuple(map(hide, entry.warnings)),
    )


def _is_whole(folder: Path, stated: Manifest) -> bool:
    """Return whether the folder holds all that the build wrote which left the manifest, and as it wrote it."""
    from unionkg.exports.store import STORE_FOLDER

    return stated.seal == seal_of(stated) and stated.outputs == outputs_of(folder) and agree(folder / STORE_FOLDER)


def _manifest_of(folder: Path) -> Manifest | None:
    """Return the manifest of what the folder holds, None if it is empty, not there, or of another version.

    Raises NotAKnowledgeGraph if replacing the folder would destroy what no build has written.
    """
    if folder.is_dir() and any(folder.iterdir()):
        if not manifest.is_ours(folder):
            manifest.read(folder)
        try:
            return manifest.read(folder)
        except NotAKnowledgeGraph:
            return None
    if folder.is_symlink():  # all others were followed
        raise NotAKnowledgeGraph(f"{folder}: a symbolic link that leads back to itself")
    if folder.exists() and not folder.is_dir():
        raise NotAKnowledgeGraph(f"{folder}: a file, where the folder of the knowledge graph should be written")
    return None


def _ledger_of(folder: Path, ledger: str | PathLike[str] | None, before: Manifest | None) -> Ledger:
    """Return the ledger that was given, else the one that the folder holds, else an empty one.

    Raises InvalidLedger if the folder's has judgements that were added after it was built and the one given lacks.
    """
    own = folder / ledgers.NAME
    known = ledgers.read_ledger(own) if own.is_file() else NO_LEDGER
    if ledger is None:
        return known
    given = ledgers.read_ledger(Path(ledger))
    built = len(before.ledger.judgements) if before and before.ledger else 0
    judgements = {line.judgement for line in given.lines}
    lost = [line for line in known.lines[built:] if line.judgement not in judgements]
    if lost:
        raise InvalidLedger(
            f"{own}, line {lost[0].number}: {len(lost)} judgements were added here after the build, and {ledger} lacks them;"
            " accepted: a ledger that has them too, or no --ledger; or remove them"
        )
    return given


def _digest_of_inputs(
    digests: Mapping[Path, str | None], failures: Sequence[Failure], reading: str, base: str, ledger: Ledger
) -> str:
    """Return a digest of all that the content of the folder follows from; `reading` is the fingerprint of extraction."""
    sources = [(legible(path), sha256) for path, sha256 in digests.items()]
    sources += [(failure.path, failure.reason) for failure in failures]
    stated = [program(), reading, base, ledger.sha256, sorted(sources, key=str)]
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()


def _times(started: datetime, clock: float, from_cache: int) -> Times:
    seconds = round(time.monotonic() - clock, 3)
    return Times(started=started.isoformat(timespec="seconds"), seconds=seconds, from_cache=from_cache)
