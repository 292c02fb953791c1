"""`unionkg export`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from unionkg.cli.options import Folder


def export_command(
    folder: Folder,
    format: Annotated[
        str, typer.Option(metavar="NAME", show_default=False, help="The format's name; an unknown one lists them all.")
    ],
    out: Annotated[
        str, typer.Option(metavar="FILE", show_default=False, help="The file to write, - for standard output.")
    ],
) -> None:
    """Write a knowledge graph in another format.

    \b
    Example:
      unionkg export KG --format ttl --out unions.ttl
    """
    export(folder, format, out)


def export(folder: Path, format: str, out: str) -> None:
    """Write the graph in this format to the file, to standard output if it is `-`."""
    from unionkg.exports.formats import format_named
    from unionkg.kg import load

    writer = format_named(format)
    kg = load(folder)
    graph = kg.graph
    if out == "-":
        writer.write(graph, typer.get_binary_stream("stdout"), kg.manifest.base)
    else:
        with Path(out).open("wb") as stream:
            writer.write(graph, stream, kg.manifest.base)
