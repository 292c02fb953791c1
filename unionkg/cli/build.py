"""`unionkg build`"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def build_command(
    paths: Paths,
    out: Annotated[
        Path, typer.Option(metavar="KG", show_default=False, help="The folder to write; what it held is replaced.")
    ],
    ner: Ner = "lac",
    segmenter: Segmenter = "rjieba",
    field: Field = None,
    workers: Workers = None,
    engine: EngineName = "local",
    scheduler: Scheduler = None,
    time_limit: TimeLimit = 120.0,
    base: Annotated[
        str | None, typer.Option(metavar="IRI", show_default=False, help="What every IRI of the graph begins with.")
    ] = None,
    ledger: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="A ledger of corrections, CSV or JSONL; by default KG/ledger.jsonl.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Build the knowledge graph of all documents into one folder.

    The folder holds the graph as RDF, tables and JSON, a store for SPARQL, an HTML view and a manifest. It is replaced
    as a whole when all is written; files that were read before are not read again.

    \b
    Example:
      unionkg build examples/corpus --out KG
    """
    means = chosen_engine(engine, workers, scheduler, time_limit)
    raise typer.Exit(build(paths, out, pipeline_options(ner, segmenter, field), means, base, ledger, as_json))


def build(
    paths: Sequence[Path],
    out: Path,
    options: Options,
    engine: Engine,
    base: str | None,
    ledger: Path | None,
    as_json: bool,
) -> int:
    """Build, say what was found, where the view is and what of the ledger was not applied; return the exit code."""
    import msgspec

    from unionkg.building import build as build_into

    with progress() as show:
        kg = build_into(
            paths,
            out,
            options=options,
            workers=engine.workers,
            engine=engine.name,
            scheduler=engine.scheduler,
            time_limit_s=engine.time_limit_s,
            base=base,
            ledger=ledger,
            progress=show,
        )
    counts, times = kg.manifest.counts, kg.manifest.times
    failed = counts.sources.get("failed", 0)
    if as_json:
        put(msgspec.json.format(msgspec.json.encode(kg.manifest), indent=1) + b"\n")
    else:
        documents = "1 document" if counts.documents == 1 else f"{counts.documents} documents"
        say(f"{documents}, {times.from_cache} of them known from before, in {times.seconds:.1f} s")
        say(_tally("entities", counts.entities))
        say(_tally("relations", counts.relations))
        say(_tally("outcomes", counts.outcomes))
        say(f"view: {out / kg.page.name}")
    if failed:
        say(f"{failed} of {sum(counts.sources.values())} files could not be used; {out / 'manifest.json'} names them")
    broken = sum(len(source.broken) for source in kg.manifest.sources)
    if broken:
        say(f"{broken} records of other files could not be used; {out / 'manifest.json'} names them")
    for verdict in kg.manifest.ledger.judgements if kg.manifest.ledger else ():
        if verdict.state == "orphaned":
            say(f"ledger, line {verdict.line}: {verdict.judgement} is not applied: {verdict.reason}")
    return 1 if failed or broken else 0


def _tally(what: str, counts: Mapping[str, int]) -> str:
    listed = ", ".join(
        f"{name} {number}" for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    return f"{sum(counts.values())} {what}" + (f": {listed}" if listed else "")
