"""What the commands say: data to standard output, talk to standard error, progress as fits the place."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from unionkg.corpus import Progress, Step

PLAIN_EVERY_S = 10.0
LABELS = {"extract": "reading", "graph": "linking", "write": "writing"}


def say(line: str) -> None:
    """Print one line to standard error, whatever the text in it: names of files may hold anything."""
    typer.echo(f"unionkg: {printable(line)}", err=True)


def put(data: str | bytes) -> None:
    """Print data to standard output, text as UTF-8 and ending in a newline; on a terminal nothing in it steers that."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogateescape")
        data += b"" if data.endswith(b"\n") else b"\n"
    if sys.stdout.isatty():
        from unionkg.exports.columns import harmless

        data = harmless(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    typer.echo(data, nl=False)


def show_changes(changes: Iterable[tuple[str, str]]) -> None:
    """Print a text with its changes, pairs of what was taken out and put in: coloured on a terminal, else marked.

    The marks are those of word-wise diffs, `[-old-]{+new+}`.
    """
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        from rich.console import Console
        from rich.text import Text

        from unionkg.exports.columns import harmless

        text = Text()
        for old, new in changes:
            if old == new:
                text.append(harmless(old))
            else:
                text.append(harmless(old), "red strike").append(harmless(new), "green")
        Console().print(text, soft_wrap=True)
    else:
        put("".join(old if old == new else marked(old, new) for old, new in changes))


def marked(old: str, new: str) -> str:
    """Return a change with marks around what was taken out and what was put in.

    >>> marked("年夜", "大")
    '[-年夜-]{+大+}'
    """
    return (f"[-{old}-]" if old else "") + (f"{{+{new}+}}" if new else "")


def printable(text: str) -> str:
    """Return the text on one line and without characters that would steer a terminal.

    >>> printable("a\\nb\\x1b[31m")
    'a\\\\nb\\\\x1b[31m'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


@contextmanager
def progress() -> Iterator[Progress]:
    """Lend a function that shows steps: a bar with counts and time left on a terminal, else a line now and then.

    A file that cannot be used gets its line at once.
    """
    if sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _lines()


def _lines() -> Progress:
    last = time.monotonic()

    def show(step: Step) -> None:
        nonlocal last
        if step.failure is not None:
            say(step.failure)
        if step.stage == "extract" and time.monotonic() - last > PLAIN_EVERY_S:
            last = time.monotonic()
            say(f"{LABELS[step.stage]}: {step.done} of {step.total} files")

    return show


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def show(step: Step) -> None:
            if step.failure is not None:
                bar.console.print(f"unionkg: {printable(step.failure)}", markup=False, highlight=False, soft_wrap=True)
            if step.stage not in tasks:
                tasks[step.stage] = bar.add_task(LABELS[step.stage])
            bar.update(tasks[step.stage], total=step.total, completed=step.done)

        yield show
