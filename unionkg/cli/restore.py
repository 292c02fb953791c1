"""`unionkg restore`"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from unionkg.cli.console import put, show_changes
from unionkg.cli.options import Field
from unionkg.errors import InvalidOption

if TYPE_CHECKING:
    from unionkg.graph.segments import SegmentMap

Form = Literal["text", "json", "html"]


def restore_command(
    file: Annotated[str, typer.Argument(metavar="FILE", show_default=False, help="A document, - for standard input.")],
    diff: Annotated[bool, typer.Option("--diff", help="Show what was taken out and put in.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every edit as JSON, one line a record.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Print a page, original and restored side by side.")] = False,
    field: Field = None,
) -> None:
    """Print a document's text as its author wrote it, in simplified script.

    Words that a machine exchanged are put back and injected text is left out. A file with several records gives them
    one after another.

    \b
    Example:
      unionkg restore page.html > page.txt
      unionkg restore page.html --html > restored.html
    """
    if diff + as_json + html > 1:
        raise InvalidOption(
            "--diff, --json and --html exclude one another; accepted: one of them, or none for the text"
        )
    if diff:
        show_changes(changes(file, field or ()))
    else:
        put(restore(file, "json" if as_json else "html" if html else "text", field or ()))


def restore(file: str, form: Form = "text", field: Sequence[str] = ()) -> str:
    """Return the restored text of the file, of standard input if it is `-`; as JSON its edits, one line a record.

    `field` as `chosen_fields` takes it. Raises InvalidOption, DocumentError.
    """
    from pathlib import Path

    import msgspec

    from unionkg.nlp.restoration import RULES, restoration
    from unionkg.nlp.restore import author_segments, author_text
    from unionkg.viz.restoration import restoration_page

    texts = _texts(file, field)
    if form == "json":
        return "\n".join(msgspec.json.encode(restoration(text)).decode() for text in texts)
    if form == "html":
        name = "standard input" if file == "-" else Path(file).name
        return restoration_page(name, [(text, author_segments(text)) for text in texts], RULES)
    return "\n".join(author_text(text) for text in texts)


def changes(file: str, field: Sequence[str] = ()) -> Iterable[tuple[str, str]]:
    """Yield what was taken out and what was put in its place, equal where nothing was; a change of script is none."""
    from unionkg.nlp.restore import author_segments

    for number, text in enumerate(_texts(file, field)):
        if number:
            yield "\n", "\n"
        yield from _changes(text, author_segments(text))


def _changes(text: str, segments: SegmentMap) -> Iterable[tuple[str, str]]:
    for one in segments.segments:
        if one.op in {"keep", "map"}:
            yield one.text, one.text
        else:
            yield text[one.start : one.end], one.text


def _texts(file: str, field: Sequence[str]) -> list[str]:
    import sys
    from pathlib import Path

    from unionkg.nlp.read_records import chosen_fields
    from unionkg.nlp.read_text import read_text
    from unionkg.nlp.reading import read_documents

    fields = chosen_fields(field)
    if file == "-":
        return [record.text for record in read_text(sys.stdin.buffer.read(), "standard input")]
    return [document.text for document in read_documents(Path(file), fields=fields)]
