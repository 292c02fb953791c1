"""`unionkg validate`"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionkg.cli.console import printable, put, say
from unionkg.cli.options import Json
from unionkg.errors import InvalidRdf

if TYPE_CHECKING:
    from unionkg.exports.findings import Finding
    from unionkg.exports.validation import Validation

LISTED = 10


def validate_command(
    place: Annotated[
        Path,
        typer.Argument(metavar="KG", show_default=False, help="A folder that `unionkg build` left, or a file of RDF."),
    ],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many to print of each kind.")] = LISTED,
    as_json: Json = False,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default=False, help="Write the SHACL report itself to this file, as Turtle."),
    ] = None,
) -> None:
    """Check the RDF of a knowledge graph, and say in plain words what is wrong.

    It is checked against the SHACL shapes of this version and for what shapes cannot see; of a folder also whether its
    files are what the build wrote. The exit code is 1 if something is wrong.

    \b
    Example:
      unionkg validate KG
      unionkg validate edited.ttl --report report.ttl
    """
    from unionkg.exports.whole import check_apart

    check_apart(file=place if place.is_file() else place / "graph.nt", report=report)
    validation, altered = validate(place)
    if report is not None:
        with report.open("wb") as stream:
            validation.write_report(stream)
    put(json_of(validation, altered) if as_json else "\n".join(lines_of(place, validation, altered, limit)))
    if not validation.things:
        say(f"{place}: nothing in it is of a class that the shapes speak of")
    if altered or not validation.conforms:
        raise typer.Exit(1)


def validate(place: Path) -> tuple[Validation, dict[str, str]]:
    """Return what is wrong with a folder's `graph.nt`, or with a file of RDF, and which files of the folder are not the build's.

    Raises NotAKnowledgeGraph, InvalidRdf, InvalidOption, OSError. If the folder's RDF cannot be read, the notes of the error
    tell which files are not the build's.
    """
    from unionkg.exports import validation
    from unionkg.kg import load

    if place.is_file():
        return validation.validate(place), {}
    kg = load(place)
    altered = kg.altered()
    try:
        return kg.validate(), altered
    except (InvalidRdf, OSError) as error:
        for line in _told(altered):
            error.add_note(line)
        raise


def json_of(validation: Validation, altered: dict[str, str]) -> str:
    """Return all that is wrong as JSON."""
    from unionkg.cli.facts import json_text

    whole = {
        "conforms": validation.conforms and not altered,
        "rdf_conforms": validation.conforms,
        "triples": validation.triples,
        "things": validation.things,
        "findings": validation.findings,
        "warnings": validation.warnings,
        "altered": altered,
    }
    return json_text(whole)


def _told(altered: dict[str, str]) -> list[str]:
    return [f"{printable(file)} {what}" for file, what in altered.items()]


def lines_of(place: Path, validation: Validation, altered: dict[str, str], limit: int) -> Iterator[str]:
    """Yield what is wrong as lines to read, grouped by what is accepted, at most `limit` of each group, and what may be."""
    yield from _wrong(place, validation, altered, limit)
    if validation.warnings:
        yield ""
        yield f"{len(validation.warnings)} to be looked at, which are no faults by themselves"
        yield from _grouped(_groups(validation.warnings), limit)


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    return [list(group) for _, group in groupby(findings, lambda finding: finding.rule)]


def _wrong(place: Path, validation: Validation, altered: dict[str, str], limit: int) -> Iterator[str]:
    name, read = printable(str(place)), f"{validation.triples} triples, {validation.things} things"
    groups = _groups(validation.findings)
    if not groups and not altered:
        yield f"{name} conforms: {read}"
        return
    if not groups:
        yield f"{name}: its RDF conforms ({read}), but the folder is not as it was built:"
        yield from _told(altered)
        return
    yield from _told(altered)
    yield f"{name} does not conform: {len(validation.findings)} findings of {len(groups)} kinds"
    yield from _grouped(groups, limit)


def _grouped(groups: list[list[Finding]], limit: int) -> Iterator[str]:
    for group in groups:
        yield ""
        yield f"{len(group)} × {group[0].accepted_en}"
        for finding in group[:limit]:
            about = f" ({finding.about})" if finding.about else ""
            yield printable(f"  {finding.node}{about}: {finding.found}")
        if len(group) > limit:
            yield f"  and {len(group) - limit} more"
