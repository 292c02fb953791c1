"""`unionkg extract`"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionkg.cli.console import progress, put, say
from unionkg.cli.options import (
    EngineName,
    Field,
    Json,
    Ner,
    Paths,
    Scheduler,
    Segmenter,
    TimeLimit,
    Workers,
    chosen_engine,
    pipeline_options,
)

if TYPE_CHECKING:
    from unionkg.engines import Engine
    from unionkg.nlp.extract import Options


def extract_command(
    paths: Paths,
    out: Annotated[Path, typer.Option(metavar="DIR", show_default=False, help="The folder to write to.")],
    ner: Ner = "lac",
    segmenter: Segmenter = "rjieba",
    field: Field = None,
    workers: Workers = None,
    engine: EngineName = "local",
    scheduler: Scheduler = None,
    time_limit: TimeLimit = 120.0,
    as_json: Json = False,
) -> None:
    """Write what each document says as one JSON file.

    Entities, mentions, relations, outcomes, noise and metadata, each fact with the interval of the sentence that says
    it, as offsets into the original.

    \b
    Example:
      unionkg extract examples/corpus --out extractions
    """
    means = chosen_engine(engine, workers, scheduler, time_limit)
    raise typer.Exit(extract(paths, out, pipeline_options(ner, segmenter, field), means, as_json))


def extract(paths: Sequence[Path], out: Path, options: Options, engine: Engine, as_json: bool) -> int:
    """Extract, say what came of it, and return the exit code."""
    import msgspec

    from unionkg.extracting import extract as extract_into

    with progress() as show:
        done = extract_into(
            paths,
            out,
            options=options,
            workers=engine.workers,
            engine=engine.name,
            scheduler=engine.scheduler,
            time_limit_s=engine.time_limit_s,
            progress=show,
        )
    failed = sum(written.failure is not None for written in done)
    if as_json:
        put(msgspec.json.format(msgspec.json.encode(done), indent=1) + b"\n")
    else:
        say(f"{sum(len(written.files) for written in done)} documents of {len(done) - failed} files written to {out}")
    broken = sum(len(written.broken) for written in done)
    if failed:
        say(f"{failed} of {len(done)} files could not be used")
    if broken:
        say(f"{broken} records of other files could not be used; --json names them")
    return 1 if failed or broken else 0
