"""`unionkg align`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from unionkg.cli.console import printable, put, say
from unionkg.cli.options import Csv, Json, OutputForm, output_form
from unionkg.errors import InvalidOption


def align_command(
    kg1: Annotated[Path, typer.Argument(metavar="KG1", show_default=False, help="The folder of one study.")],
    kg2: Annotated[Path, typer.Argument(metavar="KG2", show_default=False, help="The folder of the other.")],
    limit: Annotated[
        int | None,
        typer.Option(
            min=0, metavar="N", show_default=False, help="Rows to show of each list; by default 5, on a page 200."
        ),
    ] = None,
    as_json: Json = False,
    as_csv: Csv = False,
    html: Annotated[
        str | None,
        typer.Option(metavar="FILE", show_default=False, help="Write a page instead, - for standard output."),
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 if the studies contradict.")] = False,
) -> None:
    """Say what two studies share, what only one of them has, and where they contradict.

    Two corpora are compared, not two builds of one corpus, for which there is `unionkg diff`: documents and copies of them,
    entities that are the same or may be, facts and figures that both state, that one states more precisely, that only one
    states, or that cannot both be true. Both folders are only read.

    \b
    Example:
      unionkg align KG-mine KG-yours
      unionkg align KG-mine KG-yours --html shared.html
    """
    form = output_form(as_json, as_csv)
    if form != "text" and (html is not None or limit is not None):
        raise InvalidOption(
            f"--{form} prints all there is, without --limit and --html; accepted beside it: --exit-code"
        )
    has_contradictions = align(kg1, kg2, limit, form, html)
    if exit_code and has_contradictions:
        raise typer.Exit(1)


def align(kg1: Path, kg2: Path, limit: int | None, form: OutputForm, html: str | None) -> bool:
    """Print the alignment, or write it as a page, and return whether the studies contradict."""
    from unionkg.cli import facts
    from unionkg.cli.alignment_text import LIMIT, alignment_rows, alignment_text

    one, other = facts.opened(kg1), facts.opened(kg2)
    if kg1.resolve() == kg2.resolve():
        say(f"{kg1}: both studies are this folder")
    alignment = one.align(other)
    if form == "json":
        put(facts.json_text(alignment))
    elif form == "csv":
        put(facts.csv_text(alignment_rows(alignment)))
    elif html is None:
        put("\n".join(map(printable, alignment_text(alignment, LIMIT if limit is None else limit))))
    else:
        from unionkg.viz.alignment import LIMIT as PAGE_LIMIT
        from unionkg.viz.alignment import alignment_page

        page = alignment_page((str(kg1), str(kg2)), alignment, PAGE_LIMIT if limit is None else limit)
        if html == "-":
            put(page)
        else:
            Path(html).write_text(f"{page}\n", "utf-8", newline="\n")
    return alignment.has_contradictions
