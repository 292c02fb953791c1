"""`manifest.json`: what a KG folder was built from, with what, and what came of each source.

All of it but `times` follows from the documents, the options and the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from unionkg.errors import NotAKnowledgeGraph
from unionkg.graph.attributes import KnowledgeGraph, documents, edges, nodes, outcomes

NAME = "manifest.json"


class SourceEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file and what came of it. `path` is as the user gave it; `sha256` is absent if it could not be read.

    `documents` are the ids of its records; none if it `failed` or is a `duplicate`, for which `reason` says why.
    `broken` names the records of a file that was read which cannot be used, each with its place and the reason.
    `warnings` are those of its records, such as that one may be machine-spun.
    """

    path: str
    sha256: str | None = None
    state: Literal["read", "failed", "duplicate"]
    reason: str | None = None
    documents: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much was found; entities, relations and outcomes by type or kind, in alphabetical order."""

    sources: dict[str, int]
    documents: int
    mentions: int
    entities: dict[str, int]
    relations: dict[str, int]
    outcomes: dict[str, int]


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """When the build began, in UTC, how long it took, and for how many files an earlier build's extraction served."""

    started: str
    seconds: float
    from_cache: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The whole manifest. `base` opens every IRI; `sources` are in order of their paths."""

    format: Literal["unionkg KG 1"] = "unionkg KG 1"
    base: str
    options: dict[str, str]
    versions: dict[str, str]
    counts: Counts
    sources: tuple[SourceEntry, ...]
    times: Times


def write(manifest: Manifest, folder: Path) -> None:
    """Write the manifest into the folder."""
    (folder / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def read(folder: Path) -> Manifest:
    """Return the manifest of the KG folder. Raises NotAKnowledgeGraph if it has none, or one that is not ours."""
    if not folder.is_dir():
        what = "not a folder" if folder.exists() else "there is no such folder"
        raise NotAKnowledgeGraph(f"{folder}: {what}; make one with: unionkg build PATH... --out {folder}")
    path = folder / NAME
    if not path.is_file():
        raise NotAKnowledgeGraph(f"{folder}: not a knowledge graph that unionkg build left, it has no {NAME}")
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except msgspec.MsgspecError as error:
        raise NotAKnowledgeGraph(f"{path}: not a manifest of this version's: {error}") from error


def count(graph: KnowledgeGraph, sources: Iterable[SourceEntry]) -> Counts:
    """Return how much the graph holds and how many sources were read, failed or are duplicates."""
    return Counts(
        sources=_tally(source.state for source in sources),
        documents=len(documents(graph)),
        mentions=sum(attributes["mentions"] for _, attributes in nodes(graph)),
        entities=_tally(attributes["type"] for _, attributes in nodes(graph)),
        relations=_tally(attributes["type"] for _, _, _, attributes in edges(graph)),
        outcomes=_tally(attributes["kind"] for attributes in outcomes(graph)),
    )


def _tally(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
