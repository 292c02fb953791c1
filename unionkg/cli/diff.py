"""`unionkg diff`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from unionkg.cli.console import printable, put
from unionkg.cli.options import Json
from unionkg.errors import InvalidOption


def diff_command(
    old: Annotated[Path, typer.Argument(metavar="KG1", show_default=False, help="The folder of the earlier build.")],
    new: Annotated[Path, typer.Argument(metavar="KG2", show_default=False, help="The folder of the later build.")],
    limit: Annotated[
        int | None,
        typer.Option(
            min=0, metavar="N", show_default=False, help="Changes to show of each list; by default 20, on a page 200."
        ),
    ] = None,
    as_json: Json = False,
    html: Annotated[
        str | None,
        typer.Option(metavar="FILE", show_default=False, help="Write a page instead, - for standard output."),
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 if anything is different.")] = False,
) -> None:
    """Say what is different between two knowledge graphs, and why.

    Documents, entities, facts and figures that are new, gone, changed, merged or split, each with its reason: a document
    that came, went or was edited, or one that was read with other options or another version. Both folders are only read.

    \b
    Example:
      unionkg diff KG-before KG
      unionkg diff KG-before KG --html changes.html
    """
    if as_json and (html is not None or limit is not None):
        raise InvalidOption("--json prints all there is, without --limit and --html; accepted beside it: --exit-code")
    is_different = diff(old, new, limit, as_json, html)
    if exit_code and is_different:
        raise typer.Exit(1)


def diff(old: Path, new: Path, limit: int | None, as_json: bool, html: str | None) -> bool:
    """Print the difference, or write it as a page, and return whether there is any."""
    import msgspec

    from unionkg.kg import load

    difference = load(old).difference(load(new))
    if as_json:
        put(msgspec.json.format(msgspec.json.encode(difference), indent=1))
    elif html is None:
        from unionkg.cli.difference_text import LIMIT, difference_text

        put("\n".join(map(printable, difference_text(difference, LIMIT if limit is None else limit))))
    else:
        from unionkg.viz.difference import LIMIT as PAGE_LIMIT
        from unionkg.viz.difference import difference_page

        page = difference_page(f"{old} → {new}", difference, PAGE_LIMIT if limit is None else limit)
        if html == "-":
            put(page)
        else:
            Path(html).write_text(f"{page}\n", "utf-8", newline="\n")
    return not difference.is_empty
