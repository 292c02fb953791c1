"""`unionkg review`"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionkg.cli.console import printable, put, say
from unionkg.cli.options import Folder, Json
from unionkg.errors import InvalidOption

if TYPE_CHECKING:
    from unionkg.graph.doubts import Doubt, Review
    from unionkg.graph.ledger import Judgement
    from unionkg.kg import KG

LISTED = 20
BELOW = 0.7


def review_command(
    folder: Folder,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            show_default=False,
            help="Only orphaned, conflict, merge, possible or confidence; may be repeated.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many.")] = LISTED,
    below: Annotated[
        float, typer.Option(min=0, max=1, metavar="X", help="Ask about facts of less confidence.")
    ] = BELOW,
    as_json: Json = False,
    sheet: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False, help="Write a CSV to fill in, which is a ledger; - is stdout."
        ),
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask on the terminal and write the answers into the ledger.")
    ] = False,
    ledger: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False, help="The ledger of what was judged; by default KG/ledger.jsonl."
        ),
    ] = None,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", show_default=False, help="Who answers; by default the login name.")
    ] = None,
) -> None:
    """Print what most needs a look, the most urgent first, with the line of a ledger that would settle it.

    What a ledger judges already is not listed. The next `unionkg build` applies the judgements.

    \b
    Example:
      unionkg review KG --sheet review.csv
      unionkg build documents --out KG --ledger review.csv
    """
    if sum((as_json, sheet is not None, ask)) > 1:
        raise InvalidOption("--json, --sheet and --ask exclude one another; accepted: one of them, or none for text")
    if ask and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InvalidOption("--ask needs a terminal; accepted elsewhere: --sheet FILE")
    if sheet is not None:
        from unionkg.exports.whole import check_apart

        check_apart(sheet=sheet, ledger=ledger or folder / "ledger.jsonl")
    kg, found = review(folder, kind, limit, below, ledger)
    if ask:
        import getpass
        from datetime import date

        def answer(prompt: str) -> str:
            return str(typer.prompt(prompt, default="", show_default=False, err=True))

        count = answered(
            found.doubts,
            answer,
            kg,
            ledger or kg.folder / "ledger.jsonl",
            who or getpass.getuser(),
            date.today().isoformat(),
        )
        say(f"{count} judgements written; the next `unionkg build` applies them")
    elif sheet is not None:
        data = sheet_of(found.doubts)
        if str(sheet) == "-":
            put(data)
        else:
            sheet.write_bytes(data)
    else:
        put(json_of(found) if as_json else "\n".join(lines_of(found)))


def review(
    folder: Path, kinds: Sequence[str] | None, limit: int, below: float, ledger: Path | None
) -> tuple[KG, Review]:
    """Return the knowledge graph and its doubts. Raises NotAKnowledgeGraph, InvalidLedger, InvalidOption."""
    from unionkg.cli import facts
    from unionkg.graph.doubts import KINDS
    from unionkg.graph.ledger import NO_LEDGER, read_ledger

    for kind in kinds or ():
        if kind not in KINDS:
            raise InvalidOption(f"--kind {kind!r} is none; accepted: {', '.join(KINDS)}")
    kg = facts.opened(folder)
    judged = read_ledger(ledger) if ledger is not None and ledger.exists() else NO_LEDGER
    return kg, kg.review(kinds=kinds or KINDS, limit=limit, below=below, ledger=judged)


def json_of(found: Review) -> str:
    """Return the doubts and their counts as JSON."""
    from unionkg.cli import facts

    return facts.json_text({"counts": found.counts, "doubts": found.doubts})


def lines_of(found: Review) -> Iterator[str]:
    """Yield the doubts as lines to read, and first how many there are."""
    counts = ", ".join(f"{kind} {count}" for kind, count in found.counts.items())
    yield f"{len(found.doubts)} of {sum(found.counts.values())} doubts: {counts}"
    for number, doubt in enumerate(found.doubts, 1):
        yield ""
        yield from _told(number, doubt)
        for word, judgements in (("yes", doubt.yes), ("no", doubt.no)):
            for judgement in judgements:
                yield f"   {word + ':':4} {printable(_line(judgement))}"


def _told(number: int, doubt: Doubt) -> Iterator[str]:
    yield f"{number}. {doubt.kind}: {printable(doubt.question)}"
    for quote in doubt.evidence:
        where = ", ".join(filter(None, (quote.title, quote.date, quote.document)))
        yield f"     {printable(quote.text)} [{printable(where)}]".replace("      [", "     [")
    if doubt.about:
        yield f"   ids: {', '.join(doubt.about)}"


def _line(judgement: Judgement) -> str:
    from unionkg.graph.ledger import to_lines

    return to_lines([judgement]).decode().rstrip("\n")


def sheet_of(doubts: Sequence[Doubt]) -> bytes:
    """Return the doubts as a table that is a ledger once the column `judgement` is filled in.

    There is a row for each thing that can be judged; `_accepted` has the words that may be written into it.
    """
    from io import BytesIO

    from unionkg.exports.cells import Cell, write_rows
    from unionkg.graph.ledger import FIELDS

    told = FIELDS[1:]
    rows: list[tuple[Cell, ...]] = [("judgement", "_accepted", "_kind", "_question", "_quotes", *told)]
    for doubt in doubts:
        accepted: dict[tuple[str, ...], list[str]] = {}
        for judgement in (*doubt.no, *doubt.yes):
            accepted.setdefault(tuple(getattr(judgement, name) for name in told), []).append(judgement.judgement)
        quotes = "\n".join(f"{one.text} [{', '.join(filter(None, (one.title, one.date)))}]" for one in doubt.evidence)
        for stated, words in accepted.items() or ((("",) * len(told), []),):
            rows.append(("", " / ".join(words), doubt.kind, doubt.question, quotes, *stated))
    stream = BytesIO()
    write_rows(rows, stream, mark=True)
    return stream.getvalue()


def answered(doubts: Sequence[Doubt], answer: Callable[[str], str], kg: KG, ledger: Path, who: str, when: str) -> int:
    """Put each doubt to `answer` and add what follows to the ledger at once; return how many judgements were written.

    Accepted are y (yes), n (no), s (skip) and q (stop). Raises what `add_judgements` raises.
    """
    import msgspec

    from unionkg.judging import add_judgements, lines_in

    lines_in(ledger)  # what cannot be written down is not asked
    written = 0
    for number, doubt in enumerate(doubts, 1):
        for line in _told(number, doubt):
            typer.echo(line, err=True)
        given = ""
        while given not in {"y", "n", "s", "q"}:
            given = answer("y yes, n no, s skip, q quit").strip().lower()[:1]
        if given == "q":
            break
        chosen = {"y": doubt.yes, "n": doubt.no, "s": ()}[given]
        if not chosen:
            if given != "s":
                say("nothing to write: the graph stays as it is")
            continue
        why = answer("why (may be empty)").strip()
        signed = [
            msgspec.structs.replace(one, who=who, when=when, why=why or one.why or doubt.question) for one in chosen
        ]
        add_judgements(signed, ledger, kg.folder)
        written += len(signed)
    return written
