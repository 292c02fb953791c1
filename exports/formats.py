"""The registry of what a graph can be written as: our own formats, and those that other packages bring.

Another package brings one by an entry point of the group `unionkg.formats`, which has the format's name and leads to a
`Format`. It is loaded when it is asked for, so that a broken one stands in nobody's way. Our own names cannot be taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath

from unionkg.errors import InvalidOption, UnknownFormatName, UnusableFormat
from unionkg.exports import (
    cytoscape,
    gexf,
    graphml,
    neo4j,
    node_link,
    ontology,
    parquet,
    rdf,
    references,
    shapes,
    shared,
    tables,
    xlsx,
)
from unionkg.exports.format import Format

GROUP = "unionkg.formats"
PLACE_OF_FILES = "a folder to be made, or a file that ends in .zip"

FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        *rdf.FORMATS,
        ontology.FORMAT,
        shapes.FORMAT,
        *tables.FORMATS,
        xlsx.FORMAT,
        parquet.FORMAT,
        shared.FORMAT,
        *references.FORMATS,
        graphml.FORMAT,
        gexf.FORMAT,
        cytoscape.FORMAT,
        node_link.FORMAT,
        neo4j.FORMAT,
    )
}


def format_names() -> list[str]:
    """Return the names of all formats: ours in the order of the table, then those of other packages in order."""
    return [*FORMATS, *_brought()]


def format_named(name: str) -> Format:
    """Return the format of this name.

    Raises UnknownFormatName, or UnusableFormat if another package brings it and it cannot be loaded.
    """
    if name in FORMATS:
        return FORMATS[name]
    brought = _brought()
    if name not in brought:
        raise UnknownFormatName(f"unknown export format {name!r}; accepted: {', '.join([*FORMATS, *brought])}")
    return _loaded(brought[name])


def format_for(file: str) -> Format:
    """Return the format that a file of this name has by its suffix: one named like the suffix, else the only one.

    A suffix of two parts (`.csl.json`) goes before its second. Ours come before those of other packages, of which broken
    ones are passed over. Raises InvalidOption if none or several have the suffix.
    """
    suffix = PurePath(file).suffix.lower()
    double = "".join(PurePath(file).suffixes[-2:]).lower()
    found = (
        _with_suffix(FORMATS.values(), double)
        or _with_suffix(FORMATS.values(), suffix)
        or _with_suffix(_usable(), double)
        or _with_suffix(_usable(), suffix)
    )
    if len(found) == 1:
        return found[0]
    whole = FORMATS.get(suffix[1:])  # of which the suffix is that of its files, as of csv and parquet
    into = f"--format {whole.name} with {PLACE_OF_FILES}" if whole and whole.files else ""
    if found:
        names = ", ".join(row.name for row in found)
        accepted = f"--format with one of {names}" + (f", or {into}" if into else "")
        raise InvalidOption(f"{file}: several formats have the suffix {suffix}; accepted: {accepted}")
    accepted = into or f"--format with {', '.join(format_names())}"
    raise InvalidOption(f"{file}: no format has the suffix {suffix!r}; accepted: {accepted}")


def check_place(format: Format, place: PurePath) -> None:
    """Raise InvalidOption if a format of several files would make a folder whose name has the suffix of a file."""
    suffix = place.suffix.lower()
    if format.files and suffix != ".zip":
        suffixes = {row.suffix for row in FORMATS.values()} | {PurePath(name).suffix for name in format.files}
        if suffix in suffixes:
            raise InvalidOption(
                f"{place}: {format.name!r} makes several files, and no {suffix} file; accepted: {PLACE_OF_FILES}"
            )


def _with_suffix(formats: Iterable[Format], suffix: str) -> list[Format]:
    found = [row for row in formats if row.suffix == suffix]
    return [row for row in found if row.name == suffix[1:]] or found


def _brought() -> dict[str, list[EntryPoint]]:
    """Return what other packages bring, by name, in order; more than one of a name if packages are at odds."""
    found: dict[str, list[EntryPoint]] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, _package(point))):
        if point.name not in FORMATS:
            found.setdefault(point.name, []).append(point)
    return found


def _usable() -> Iterator[Format]:
    for points in _brought().values():
        with suppress(UnusableFormat):
            yield _loaded(points)


def _loaded(points: list[EntryPoint]) -> Format:
    """Return the format of the one entry point. Raises UnusableFormat."""
    point = points[0]
    where = f"the export format {point.name!r} of {', '.join(map(_package, points))} ({point.value})"
    if len(points) > 1:
        raise UnusableFormat(f"{where}: several packages bring one of this name; accepted: only one of them installed")
    try:
        found = point.load()
    except Exception as error:  # whatever the code of others raises
        raise UnusableFormat(f"{where} cannot be loaded: {type(error).__name__}: {error}") from error
    if not isinstance(found, Format) or found.name != point.name:
        raise UnusableFormat(f"{where} is {found!r}; accepted: a unionkg.exports.format.Format of this name")
    return found


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "an unnamed package"
