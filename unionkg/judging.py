"""Judgements added to a ledger, while no build of the knowledge graph runs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from unionkg.errors import InvalidLedger
from unionkg.folder import locked
from unionkg.graph.ledger import Judgement, parse_ledger, to_lines


def add_judgements(judgements: Iterable[Judgement], ledger: Path, folder: Path) -> None:
    """Add the judgements at the end of the file `ledger`, which is made if it is not there, in one step.

    `folder` is the knowledge graph that they are about. Raises BuildInProgress if it is being built, InvalidLedger if the
    file is no ledger in JSON Lines.
    """
    with locked(folder.resolve()):
        known = ledger.read_bytes() if ledger.is_file() else b""
        parse_ledger(known, str(ledger))
        if known.strip() and not known.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            raise InvalidLedger(f"{ledger}: a table; accepted: JSON Lines, to which judgements can be added")
        end = b"" if not known or known.endswith(b"\n") else b"\n"
        new = ledger.with_name(f".{ledger.name}.new")
        new.write_bytes(known + end + to_lines(judgements))
        new.replace(ledger)
