"""`unionkg export`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from unionkg.cli.console import printable, put
from unionkg.cli.options import Folder
from unionkg.errors import InvalidOption, UnusableFormat


def _print_formats(wanted: bool) -> None:
    if wanted:
        put("\n".join(map(printable, formats())))
        raise typer.Exit


def export_command(
    folder: Folder,
    out: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="The file to write, - for standard output; for a format of several files a folder that is not there"
            " yet, or a .zip file.",
        ),
    ],
    format: Annotated[
        str | None,
        typer.Option(metavar="NAME", show_default=False, help="The format's name; without it FILE's suffix tells it."),
    ] = None,
    list_formats: Annotated[
        bool, typer.Option("--list", callback=_print_formats, is_eager=True, help="List the formats and exit.")
    ] = False,
) -> None:
    """Write a knowledge graph in another format.

    FILE is replaced when all is written; an export that fails leaves it as it was.

    \b
    Example:
      unionkg export KG --format ttl --out unions.ttl
      unionkg export --list
    """
    export(folder, format, out)


def export(folder: Path, format: str | None, out: str) -> None:
    """Write the graph to the file, to standard output if it is `-`. Raises InvalidOption if no format can be told."""
    from unionkg.exports.formats import format_named
    from unionkg.kg import load

    if out != "-":
        load(folder).export(out, format)
    elif format is None:
        raise InvalidOption("standard output has no suffix that tells the format; accepted: --format NAME")
    else:
        writer = format_named(format)
        kg = load(folder)
        writer.write(kg.graph, typer.get_binary_stream("stdout"), kg.manifest.base)


def formats() -> list[str]:
    """Return a line for each format: its name, its suffix, and what it is or why it cannot be used."""
    from unionkg.exports.formats import format_named, format_names

    lines = []
    for name in format_names():
        try:
            row = format_named(name)
        except UnusableFormat as error:
            lines.append(f"{name:11} {error}")
        else:
            extra = f'; needs pip install "unionkg[{row.extra}]"' if row.extra else ""
            several = " or a folder" if row.files else ""
            lines.append(f"{name:11} {row.description} ({row.suffix}{several}{extra})")
    return lines
