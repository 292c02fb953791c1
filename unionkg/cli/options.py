"""The arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from unionkg.errors import InvalidOption

if TYPE_CHECKING:
    from unionkg.engines import Engine
    from unionkg.nlp.extract import Options

Paths: TypeAlias = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", show_default=False, help="Files, or folders with all that is below them."),
]
Ner: TypeAlias = Annotated[
    Literal["lac", "rules"],
    typer.Option(help="Find names at large with the LAC model, or by rules alone, which is faster and finds less."),
]
Segmenter: TypeAlias = Annotated[
    Literal["rjieba", "jieba"], typer.Option(help="Cut words with jieba or its faster twin; the words are the same.")
]
Field: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="FIELD=NAME",
        show_default=False,
        help="What a field of records is called in .jsonl, .csv and .tsv files, such as text=正文; may be repeated.",
    ),
]
Workers: TypeAlias = Annotated[
    int | None,
    typer.Option(
        min=1, metavar="N", show_default=False, help="Processes; by default one a core if there is work for it."
    ),
]
EngineName: TypeAlias = Annotated[
    Literal["local", "dask"],
    typer.Option("--engine", help="Where documents are read: in processes here, or on a Dask cluster."),
]
Scheduler: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        show_default=False,
        help="A running Dask cluster's scheduler, such as tcp://10.0.0.1:8786; without it a cluster is started here.",
    ),
]
TimeLimit: TypeAlias = Annotated[
    float, typer.Option(metavar="SECONDS", help="A document that takes longer fails, and the others go on.")
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print the result as JSON to standard output.")]
Folder: TypeAlias = Annotated[
    Path, typer.Argument(metavar="KG", show_default=False, help="A folder that `unionkg build` left.")
]


def pipeline_options(
    ner: Literal["lac", "rules"], segmenter: Literal["rjieba", "jieba"], field: Sequence[str] | None
) -> Options:
    """Return the pipeline's options. Raises InvalidOption if a choice in `field` is none."""
    from unionkg.nlp.extract import Options
    from unionkg.nlp.read_records import chosen_fields

    return Options(ner=ner, segmenter=segmenter, fields=chosen_fields(field or ()))


def chosen_engine(
    name: Literal["local", "dask"], workers: int | None, scheduler: str | None, time_limit_s: float
) -> Engine:
    """Return the engine. Raises InvalidOption if the choices do not go together."""
    from unionkg.engines import Engine

    return Engine(name, workers, scheduler, time_limit_s)


Entity: TypeAlias = Annotated[
    str, typer.Argument(metavar="ENTITY", show_default=False, help="A name, an alias or an id of an entity.")
]
Planned: TypeAlias = Annotated[bool, typer.Option("--planned", help="Count planned facts too.")]
Csv: TypeAlias = Annotated[bool, typer.Option("--csv", help="Print the result as CSV to standard output.")]
Limit: TypeAlias = Annotated[
    int | None, typer.Option(min=1, metavar="N", show_default=False, help="How many to print.")
]

OutputForm: TypeAlias = Literal["text", "json", "csv"]


def output_form(as_json: bool, as_csv: bool) -> OutputForm:
    """Return the form that the two flags ask for, text if neither does. Raises InvalidOption for both."""
    if as_json and as_csv:
        raise InvalidOption("--json and --csv exclude one another; accepted: one of them, or none for text")
    return "json" if as_json else "csv" if as_csv else "text"
