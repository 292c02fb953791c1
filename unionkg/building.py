"""Building a KG folder: read, extract, check, link, write, and only then take the old folder's place."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from unionkg import cache, manifest
from unionkg.cache import Cache
from unionkg.corpus import Progress, Step, extract_files, find_files, fingerprint, versions
from unionkg.errors import NoDocuments, NotAKnowledgeGraph
from unionkg.evidence import check_evidence
from unionkg.folder import replacing
from unionkg.kg import KG, PAGE, load
from unionkg.manifest import Manifest, Times, count
from unionkg.sources import gather

if TYPE_CHECKING:
    from unionkg.nlp.extract import Options


def build(
    paths: Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    options: Options | None = None,
    workers: int | None = 1,
    base: str | None = None,
    progress: Progress | None = None,
) -> KG:
    """Build the knowledge graph of the files at `paths` into the folder `out` and return it.

    Folders count with all that is below them, without hidden files and without `out` itself. A file that cannot be used
    is named in the manifest and the rest goes on; see `KG.manifest`. What `out` held before is replaced when all has
    been written, and serves as a cache: a file that was read before is not read again. `base` opens every IRI.

    With more than one worker the documents are spread over processes, which import the calling script: it must then
    keep its own work under `if __name__ == "__main__":`. None is for as many as repay their start. The result is the
    same.

    Raises NoDocuments if no file can be used, NotAKnowledgeGraph if `out` holds something else, BuildInProgress if
    another process is building it, MissingEvidence or InvalidExtraction if what was found does not pass the checks; in
    each case `out` is left as it was.
    """
    from unionkg.exports.files import write_files
    from unionkg.exports.iri import BASE
    from unionkg.graph.build import build_graph
    from unionkg.nlp.extract import Options
    from unionkg.viz.page import render

    started, clock = datetime.now(UTC), time.monotonic()
    options, report, base = options or Options(), progress or (lambda step: None), base or BASE
    folder = Path(out).resolve()
    _refuse_foreign(folder)
    files, failures = find_files([Path(path) for path in paths], folder)
    with replacing(folder, cache.NAME) as new:
        with Cache(new / cache.NAME, folder / cache.NAME, fingerprint(options)) as known:
            gathered = gather(files, failures, partial(extract_files, options=options, workers=workers), known, report)
        extractions = [extraction for answer in gathered.answers for extraction in answer.extractions]
        if not extractions:
            raise NoDocuments(f"none of {len(gathered.entries)} files can be used, so {out} is left as it was")
        report(Step("graph", 0, 1))
        graph = build_graph(extractions)
        check_evidence(graph, extractions)
        report(Step("graph", 1, 1))
        report(Step("write", 0, 1))
        write_files(graph, new, base)
        (new / PAGE).write_text(render(graph), encoding="utf-8", newline="\n")
        times = Times(
            started=started.isoformat(timespec="seconds"),
            seconds=round(time.monotonic() - clock, 3),
            from_cache=gathered.from_cache,
        )
        stated = Manifest(
            base=base,
            options={field.name: str(getattr(options, field.name)) for field in fields(options)},
            versions=versions(),
            counts=count(graph, gathered.entries),
            sources=gathered.entries,
            times=times,
        )
        manifest.write(stated, new)
        report(Step("write", 1, 1))
    return load(folder)


def _refuse_foreign(folder: Path) -> None:
    """Raise NotAKnowledgeGraph if replacing the folder would destroy what no build has written."""
    if folder.is_dir() and any(folder.iterdir()):
        manifest.read(folder)
    elif folder.exists() and not folder.is_dir():
        raise NotAKnowledgeGraph(f"{folder}: a file, where the folder of the knowledge graph should be written")
