"""`unionkg restore`"""

from __future__ import annotations

from typing import Annotated

import typer

from unionkg.cli.console import put


def restore_command(
    file: Annotated[str, typer.Argument(metavar="FILE", show_default=False, help="A document, - for standard input.")],
) -> None:
    """Print a document's text as its author wrote it, in simplified script.

    Words that a machine exchanged are put back and injected text is left out. A file with several records gives them
    one after another.

    \b
    Example:
      unionkg restore page.html > page.txt
    """
    put(restore(file))


def restore(file: str) -> str:
    """Return the restored text of the file, of standard input if it is `-`."""
    import sys
    from pathlib import Path

    from unionkg.nlp.read_text import read_text
    from unionkg.nlp.reading import read_documents
    from unionkg.nlp.restore import author_text

    if file == "-":
        texts = [record.text for record in read_text(sys.stdin.buffer.read(), "standard input")]
    else:
        texts = [document.text for document in read_documents(Path(file))]
    return "\n".join(author_text(text) for text in texts)
