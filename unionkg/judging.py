"""Judgements added to a ledger, while no build of the knowledge graph runs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from unionkg.errors import InvalidLedger, InvalidOption
from unionkg.exports.whole import whole_file
from unionkg.folder import locked
from unionkg.graph.ledger import Judgement, parse_ledger, to_lines


def add_judgements(judgements: Iterable[Judgement], ledger: Path, folder: Path) -> None:
    """Add the judgements at the end of the file `ledger`, which is made if it is not there, in one step.

    `folder` is the knowledge graph that they are about. Raises BuildInProgress if it is being built, what `lines_in` raises,
    and an OSError that names the ledger if it cannot be written.
    """
    with locked(folder.resolve()):
        known = lines_in(ledger)
        end = b"" if not known or known.endswith(b"\n") else b"\n"
        with whole_file(ledger) as stream:
            stream.write(known + end + to_lines(judgements))


def lines_in(ledger: Path) -> bytes:
    """Return what a file holds to which judgements can be added, nothing if it is not there.

    Raises InvalidLedger if it is no ledger in JSON Lines, InvalidOption if a new one has not their suffix.
    """
    known = ledger.read_bytes() if ledger.is_file() else b""
    parse_ledger(known, str(ledger))
    if known.strip() and not known.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise InvalidLedger(f"{ledger}: a table; accepted: JSON Lines, to which judgements can be added")
    if not known.strip() and ledger.suffix.lower() != ".jsonl":
        raise InvalidOption(f"{ledger}: a new ledger is written as JSON Lines; accepted: a name that ends in .jsonl")
    return known
