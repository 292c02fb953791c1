"""Extraction into a folder: one JSON file a document, in the format of the gold annotation."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from unionkg.corpus import Progress, Step, find_files, legible
from unionkg.engines import TIME_LIMIT_S, Engine, Name, extract_files
from unionkg.errors import NoDocuments
from unionkg.extractor import Extractor
from unionkg.graph.exchange import to_json

if TYPE_CHECKING:
    from unionkg.nlp.extract import Options

LONGEST_NAME_BYTES = 200  # file systems take 255, and a number and a suffix are still to come
KEPT_CHARACTERS = 40  # of a longer name


@dataclass(frozen=True, slots=True)
class Written:
    """A source and what was written for it, file names in order of its records, or why nothing was.

    `broken` names the records that cannot be used, each with its place and the reason.
    """

    path: str
    files: tuple[str, ...] = ()
    failure: str | None = None
    broken: tuple[str, ...] = ()


def extract(
    paths: Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    options: Options | None = None,
    workers: int | None = None,
    engine: Name = "local",
    scheduler: str | None = None,
    time_limit_s: float = TIME_LIMIT_S,
    progress: Progress | None = None,
) -> list[Written]:
    """Write the extraction of each document at `paths` into the folder `out`; return what came of each source, in order.

    Files are named by `output_names`. A file of records gives an extraction each, with the record's number. Where offsets do
    not refer to the file's own text, the text they do refer to is written beside it as `….body.txt`. Other files in
    `out` stay. `workers`, `engine`, `scheduler` and `time_limit_s` are those of `unionkg.engines.Engine`.

    Raises NoDocuments if no file can be used, and what `Engine` and `extract_files` raise.
    """
    from unionkg.nlp.extract import Options

    folder, report = Path(out), progress or (lambda step: None)
    files, failures = find_files([Path(path) for path in paths], folder)
    names = output_names(files)
    done = [Written(failure.path, failure=failure.reason) for failure in failures]
    total = len(files) + len(failures)
    for number, failed in enumerate(done, 1):
        report(Step("extract", number, total, failed.path, failed.failure))
    work = Extractor(options or Options(), keep_bodies=True)
    for answer in extract_files(files, work, Engine(engine, workers, scheduler, time_limit_s)):
        written: list[str] = []
        extractions = answer.extractions
        if extractions:
            folder.mkdir(parents=True, exist_ok=True)
        for extraction, body in zip(extractions, answer.bodies, strict=True):
            _, _, record = extraction.document.partition("#")
            stem = f"{names[answer.path]}.{record}" if record else names[answer.path]
            (folder / f"{stem}.json").write_bytes(to_json(extraction))
            written.append(legible(f"{stem}.json"))
            if body is not None:
                (folder / f"{stem}.body.txt").write_text(body, encoding="utf-8", newline="")
        done.append(Written(legible(answer.path), tuple(written), answer.failure, answer.broken))
        report(Step("extract", len(done), total, done[-1].path, answer.complaint))
    if not any(source.files for source in done):
        raise NoDocuments(f"none of {total} files can be used, so nothing was extracted")
    return sorted(done, key=lambda source: source.path)


def output_names(paths: Sequence[Path]) -> dict[Path, str]:
    """Return for each path the name, without suffix, that its extraction is written under; no two are equal.

    It is the file's stem. Where several files have one stem, their folders' names come in front, as many as it takes;
    files of one folder that differ in their suffix keep it.

    >>> list(output_names([Path("a/news.txt"), Path("b/news.txt"), Path("b/law.txt")]).values())
    ['a__news', 'b__news', 'law']
    """
    beside = Counter((path.parent, path.stem) for path in paths)
    depths = dict.fromkeys(paths, 0)
    while True:
        names = {path: _name(path, depths[path], beside[path.parent, path.stem] > 1) for path in paths}
        users = Counter(names.values())
        if max(users.values(), default=1) == 1:
            return names
        for path, name in names.items():
            depths[path] += users[name] > 1


def _name(path: Path, depth: int, with_suffix: bool) -> str:
    """Return the file's name behind those of so many folders above it; deeper than there are any, also a digest."""
    absolute = Path(os.path.abspath(path))
    folders = absolute.parts[1:-1]
    parts = [*folders[max(len(folders) - depth, 0) :], path.name if with_suffix else path.stem]
    if depth > len(folders):
        parts.append(hashlib.sha256(os.fsencode(absolute)).hexdigest()[:8])
    name = "__".join(parts)
    if len(os.fsencode(name)) > LONGEST_NAME_BYTES:  # members of archives may have names that no file can have
        name = f"{name[:KEPT_CHARACTERS]}.{hashlib.sha256(os.fsencode(absolute)).hexdigest()[:8]}"
    return name
