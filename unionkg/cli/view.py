"""`unionkg view`"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from unionkg.cli.console import put
from unionkg.cli.options import Folder


def view_command(
    folder: Folder,
    focus: Annotated[
        str | None,
        typer.Option(metavar="NAME", show_default=False, help="Only what is around an entity: its name, alias or id."),
    ] = None,
    depth: Annotated[int, typer.Option(min=1, metavar="N", help="How many facts around the entity.")] = 1,
    types: Annotated[
        list[str] | None,
        typer.Option(metavar="TYPE", show_default=False, help="Only entities of this type; may be repeated."),
    ] = None,
    max_nodes: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", show_default=False, help="How many nodes are shown at first, by default 300."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Write a page of one's own, with all entities."),
    ] = None,
    no_texts: Annotated[
        bool,
        typer.Option(
            "--no-texts", help="Leave the documents' whole texts out, but for the sentences that say something."
        ),
    ] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only print where the page is.")] = False,
) -> None:
    """Open the view in a browser, and print where its page is.

    The page needs no network and no other file: it can be sent to others as it is. With any option but --no-open it is
    made anew, in FILE or in the folder for temporary files.

    \b
    Example:
      unionkg view KG
      unionkg view KG --focus 江西省总工会 --depth 2 --out jiangxi.html
      unionkg view KG --types ORG --types PERSON
    """
    page = view(folder, focus=focus, depth=depth, types=types or (), max_nodes=max_nodes, texts=not no_texts, out=out)
    put(str(page))
    if not no_open:
        import webbrowser

        webbrowser.open(page.as_uri())


def view(
    folder: Path,
    *,
    focus: str | None = None,
    depth: int = 1,
    types: Sequence[str] = (),
    max_nodes: int | None = None,
    texts: bool = True,
    out: Path | None = None,
) -> Path:
    """Return the absolute path of the page: the folder's own, or the one that was made as the options ask."""
    from unionkg.errors import InvalidOption, NotAKnowledgeGraph
    from unionkg.kg import load

    kg = load(folder)
    if focus is None and depth != 1:
        raise InvalidOption("--depth counts from an entity; accepted: with --focus NAME")
    if focus is None and not types and max_nodes is None and texts and out is None:
        page = kg.page.resolve()
        if not page.is_file():
            raise NotAKnowledgeGraph(f"{folder}: the view {page.name} is missing; build it anew")
        return page
    html = kg.view(focus=focus, depth=depth, types=types, max_nodes=max_nodes, texts=texts).generate_html()
    target = out or _temporary()
    target.write_text(html, encoding="utf-8", newline="\n")
    return target.resolve()


def _temporary() -> Path:
    import tempfile

    _, name = tempfile.mkstemp(prefix="unionkg-", suffix=".html")
    return Path(name)
