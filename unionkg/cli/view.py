"""`unionkg view`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from unionkg.cli.console import put
from unionkg.cli.options import Folder


def view_command(
    folder: Folder,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only print where the page is.")] = False,
) -> None:
    """Open the view in a browser, and print where its page is.

    The page needs no network and no other file: it can be sent to others as it is.

    \b
    Example:
      unionkg view KG
    """
    page = view(folder)
    put(str(page))
    if not no_open:
        import webbrowser

        webbrowser.open(page.as_uri())


def view(folder: Path) -> Path:
    """Return the absolute path of the view's page."""
    from unionkg.errors import NotAKnowledgeGraph
    from unionkg.kg import load

    page = load(folder).page.resolve()
    if not page.is_file():
        raise NotAKnowledgeGraph(f"{folder}: the view {page.name} is missing; build it anew")
    return page
