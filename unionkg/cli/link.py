"""`unionkg link`"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from unionkg.cli.console import put, say
from unionkg.cli.options import Folder, Json
from unionkg.errors import InvalidOption

if TYPE_CHECKING:
    from unionkg.linking.accepted import Accepted
    from unionkg.linking.link import Summary

TIMEOUT_S = 30.0


def _column(what: str) -> Any:
    return typer.Option(metavar="COLUMN", show_default=False, help=f"The heading of the column with {what}.")


def link_command(
    folder: Folder,
    table: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="The table: .csv, .tsv, .xlsx or .jsonl."),
    ] = None,
    out: Annotated[
        Path,
        typer.Option(metavar="FILE", help="The table to write, its format by the suffix; - for standard output."),
    ] = Path("-"),
    name: Annotated[str | None, _column("the names")] = None,
    type: Annotated[str | None, _column("the types")] = None,
    province: Annotated[str | None, _column("the provinces")] = None,
    place: Annotated[str | None, _column("the places")] = None,
    parent: Annotated[str | None, _column("the organisation above, or the employer")] = None,
    role: Annotated[str | None, _column("the posts of persons")] = None,
    year: Annotated[str | None, _column("the years")] = None,
    code: Annotated[str | None, _column("the division codes")] = None,
    id: Annotated[str | None, _column("the ids or IRIs")] = None,
    as_: Annotated[
        str,
        typer.Option("--as", metavar="TYPE", show_default=False, help="The type of rows that name none, such as 工会."),
    ] = "",
    reasons: Annotated[Literal["en", "zh"], typer.Option(help="The language of the reasons.")] = "en",
    sssom: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Write the matches, or what is accepted, as SSSOM too."),
    ] = None,
    licence: Annotated[
        str | None, typer.Option(metavar="IRI", show_default=False, help="The licence that the SSSOM file names.")
    ] = None,
    accepted: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False, help="A table that was looked through: its links go into the ledger."
        ),
    ] = None,
    prefix: Annotated[
        str, typer.Option(metavar="IRI", show_default=False, help="What stands before an accepted id that is no IRI.")
    ] = "",
    ledger: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="The ledger to add to; by default KG/ledger.jsonl."),
    ] = None,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", show_default=False, help="Who accepted; by default the login name.")
    ] = None,
    service: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            show_default=False,
            help="Ask this reconciliation service instead of the graph; without --table, for the entities of the graph.",
        ),
    ] = None,
    service_type: Annotated[
        str, typer.Option(metavar="ID", show_default=False, help="The service's own id of the type to ask for.")
    ] = "",
    cache: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False, help="Where the service's answers are kept; by default beside --out."
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="How long the service may take to answer.")
    ] = TIMEOUT_S,
    as_json: Json = False,
) -> None:
    """Say which entity of a knowledge graph each row of a table means, and why.

    A row is a match, is to be reviewed, or means nothing in the graph. Look through the table that is written,
    and give it back with --accepted: what says match or close becomes a link at the next build.

    \b
    Example:
      unionkg link KG --table letters.xlsx --out linked.xlsx
      unionkg link KG --accepted linked.xlsx
    """
    columns = {
        "name": name,
        "type": type,
        "province": province,
        "place": place,
        "parent": parent,
        "role": role,
        "year": year,
        "code": code,
        "id": id,
    }
    if accepted is not None:
        if table is not None or service is not None:
            raise InvalidOption("--accepted takes no --table and no --service; accepted: link first, then accept")
        found, several = accept(
            folder, accepted, columns, prefix=prefix, ledger=ledger, who=who, sssom=sssom, licence=licence
        )
        for line in lines_of(found, several):
            say(line)
        if as_json:
            put(json_of(found, several))
        return
    if prefix or ledger is not None or who is not None:
        raise InvalidOption("--prefix, --ledger and --who go with --accepted; accepted: link first, then accept")
    if as_json and str(out) == "-":
        raise InvalidOption("--json and the table cannot both go to standard output; accepted: --out FILE")
    asked = Asked(table, service, service_type, cache, timeout, columns, as_)
    summary = link(folder, asked, out, reasons, sssom, licence)
    say(f"{summary.rows} rows: {', '.join(f'{count} {word}' for word, count in summary.decisions.items())}")
    if as_json:
        put(_json({"rows": summary.rows, **summary.decisions}))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be linked with what: a table or, without one, the entities of the graph, with the graph or a service."""

    table: Path | None
    service: str | None = None
    service_type: str = ""
    cache: Path | None = None
    timeout_s: float = TIMEOUT_S
    columns: Mapping[str, str | None] = field(default_factory=dict)
    kind: str = ""


def link(folder: Path, asked: Asked, out: Path, reasons: str, sssom: Path | None, licence: str | None) -> Summary:
    """Link what is asked for, write it to `out`, and return how many rows were matched.

    Raises NotAKnowledgeGraph, InvalidOption, UnusableTable, UnusableService and OSError; nothing is written then.
    """
    from unionkg.cli import facts
    from unionkg.exports.whole import STDOUT, check_apart
    from unionkg.linking.columns import chosen
    from unionkg.linking.link import entities, in_graph
    from unionkg.linking.run import Output, link_table
    from unionkg.linking.service import Service
    from unionkg.linking.sssom import LICENCE
    from unionkg.linking.tables import open_table

    if asked.table is None and asked.service is None:
        raise InvalidOption("there is nothing to link; accepted: --table FILE, --service URL, --accepted FILE")
    beside = None if out == STDOUT or asked.service is None else out.with_name(f"{out.name}.cache.jsonl")
    cache = asked.cache or beside
    check_apart(table=asked.table, out=out, sssom=sssom, cache=cache)
    kg = facts.opened(folder)
    base = kg.manifest.base
    table = entities(kg.graph, base, asked.kind) if asked.table is None else open_table(asked.table)
    told = ", ".join(f"{what}={table.headings[at]}" for what, at in chosen(table.headings, asked.columns).items())
    say(f"columns: {told}")
    output = Output(out, reasons, sssom, licence or LICENCE, base)
    if asked.service is None:
        return link_table(table, in_graph(kg.index, base), output, asked.columns, asked.kind)
    service = Service(asked.service, cache, timeout_s=asked.timeout_s, kind=asked.service_type)
    say(f"service: {service.manifest.name}")
    summary = link_table(table, service.search, output, asked.columns, asked.kind)
    say(f"{service.requests} requests; {service.from_cache} rows answered from {cache or 'what was asked before'}")
    return summary


def accept(
    folder: Path,
    table: Path,
    columns: Mapping[str, str | None],
    *,
    prefix: str = "",
    ledger: Path | None = None,
    who: str | None = None,
    sssom: Path | None = None,
    licence: str | None = None,
) -> tuple[Accepted, dict[str, list[str]]]:
    """Add the links of a table that was looked through to the ledger; return those that are new, and the exact matches of several.

    The latter are as `unionkg.linking.accepted.shared` has them. Raises
    NotAKnowledgeGraph, InvalidOption, UnusableTable, BuildInProgress, InvalidLedger and OSError; nothing is added then.
    """
    import getpass
    from contextlib import nullcontext
    from datetime import date

    from unionkg.cli import facts
    from unionkg.exports.whole import check_apart
    from unionkg.graph.attributes import nodes
    from unionkg.graph.ledger import NAME, NO_LEDGER, read_ledger
    from unionkg.judging import add_judgements, lines_in
    from unionkg.linking.accepted import accepted, links_in, links_said, new_ones, shared
    from unionkg.linking.columns import chosen
    from unionkg.linking.run import writing_accepted
    from unionkg.linking.tables import open_table

    place = ledger or folder / NAME
    check_apart(accepted=table, sssom=sssom, ledger=place)
    kg = facts.opened(folder)
    lines_in(place)
    source = open_table(table)
    names = {node: entity["name"] for node, entity in nodes(kg.graph)}
    told = accepted(
        source,
        chosen(source.headings, columns),
        names,
        base=kg.manifest.base,
        prefix=prefix,
        who=who or getpass.getuser(),
        when=date.today().isoformat(),
    )
    lines = (*kg.ledger.lines, *(read_ledger(place) if place.is_file() and ledger is not None else NO_LEDGER).lines)
    said, built = links_said(line.judgement for line in lines), links_in(kg.graph)
    found = new_ones(told, said, built)
    with nullcontext() if sssom is None else writing_accepted(told, sssom, source, kg.manifest.base, licence):
        if found.judgements:
            add_judgements(found.judgements, place, kg.folder)
    return found, shared(told, said, built, names)


def lines_of(found: Accepted, several: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield what became of the rows of a table that was looked through, as lines."""
    from unionkg.graph.ledger import NEARNESS, NO_LINK

    yield f"{found.count(*NEARNESS)} links written; the next `unionkg build` applies them"
    if taken_back := found.count(NO_LINK):
        yield f"{taken_back} links taken back"
    for reason, count in sorted(found.left.items()):
        yield f"{count} rows left out: {reason}"
    for end, others in several.items():
        yield f"{end} is an exact match of {len(others)}: {', '.join(others)}; are they one?"


def json_of(found: Accepted, several: Mapping[str, Sequence[str]]) -> str:
    """Return what became of the rows of a table that was looked through, as JSON."""
    from unionkg.graph.ledger import NEARNESS, NO_LINK

    return _json(
        {
            "accepted": found.count(*NEARNESS),
            "taken_back": found.count(NO_LINK),
            "left": dict(sorted(found.left.items())),
            "several": several,
        }
    )


def _json(content: object) -> str:
    from unionkg.cli import facts

    return facts.json_text(content)
