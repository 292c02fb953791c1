"""`manifest.json`: what a KG folder was built from, with what, and what came of each source.

All of it but `times` follows from the documents, the options and the program.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from unionkg.errors import NotAKnowledgeGraph
from unionkg.graph.changes import Setting
from unionkg.graph.ledger import Verdict

if TYPE_CHECKING:
    from unionkg.graph.readable import Readable

NAME = "manifest.json"
CACHE = "cache.sqlite"
FORMAT = "unionkg KG"


class SourceEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file and what came of it. `path` is as the user gave it; `sha256` is absent if it could not be read.

    `documents` are the ids of its records; none if it `failed`, is a `duplicate` or was `forgotten`, for which `reason`
    says why.
    `broken` names the records of a file that was read which cannot be used, each with its place and the reason.
    `warnings` are those of its records, such as that one may be machine-spun.
    """

    path: str
    sha256: str | None = None
    state: Literal["read", "failed", "duplicate", "forgotten"]
    reason: str | None = None
    documents: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def complaint(self) -> str | None:
        """What is wrong with the file or with some of its records, None if all of it can be used."""
        if self.state == "failed":
            return self.reason
        return complaint(self.path, self.broken)


def complaint(path: str, broken: Sequence[str]) -> str | None:
    """Return what is wrong with a file some of whose records are broken, None if none is."""
    if not broken:
        return None
    more = f"; {len(broken) - 1} more of its records are broken" if len(broken) > 1 else ""
    return f"{path}: {broken[0]}{more}"


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


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """The ledger that the graph was corrected with: the digest of its judgements, and what became of each judgement."""

    sha256: str
    judgements: tuple[Verdict, ...]


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the folder: its size in bytes and its digest."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The whole manifest. `base` opens every IRI; `sources` are in order of their paths.

    `inputs` is a digest of all that the folder follows from: a build that would have the same leaves it as it is. It is
    None where another build might find more, because the program failed on a document.
    `outputs` are the files beside the manifest that follow from it. `seal` is a digest of all this but `times`: another one
    than `seal_of` gives says that somebody has edited the manifest.
    """

    format: Literal["unionkg KG 2"] = "unionkg KG 2"
    base: str
    options: dict[str, str]
    versions: dict[str, str]
    counts: Counts
    sources: tuple[SourceEntry, ...]
    ledger: Applied | None = None
    inputs: str | None = None
    outputs: dict[str, Output]
    seal: str = ""
    times: Times


def write(manifest: Manifest, folder: Path) -> None:
    """Write the manifest into the folder, sealed, and in one go: it is never there in part."""
    new = folder / f".{NAME}"
    sealed = msgspec.structs.replace(manifest, seal=seal_of(manifest))
    new.write_bytes(msgspec.json.format(msgspec.json.encode(sealed), indent=1) + b"\n")
    new.replace(folder / NAME)


def seal_of(manifest: Manifest) -> str:
    """Return the digest of all that the manifest says but its times and its seal."""
    said = {name: getattr(manifest, name) for name in Manifest.__struct_fields__ if name not in ("seal", "times")}
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def outputs_of(folder: Path) -> dict[str, Output]:
    """Return size and digest of each file of the folder but the manifest and what differs by run, in order of names."""
    return {
        path.name: Output(size=path.stat().st_size, sha256=_digest(path))
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith((NAME, f".{NAME}", CACHE))
    }


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_ours(folder: Path) -> bool:
    """Return whether a build of some version left the folder."""
    try:
        stated = msgspec.json.decode((folder / NAME).read_bytes())
    except (OSError, msgspec.MsgspecError):
        return False
    return isinstance(stated, dict) and str(stated.get("format")).startswith(FORMAT)


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


def count(graph: Readable, sources: Iterable[SourceEntry]) -> Counts:
    """Return how much the graph holds and what came of how many sources."""
    entities: Counter[str] = Counter()
    mentions = 0
    for _, attributes in graph.nodes():
        entities[attributes["type"]] += 1
        mentions += attributes["mentions"]
    return Counts(
        sources=_tally(source.state for source in sources),
        documents=sum(1 for _ in graph.documents()),
        mentions=mentions,
        entities=dict(sorted(entities.items())),
        relations=_tally(attributes["type"] for _, _, _, attributes in graph.edges()),
        outcomes=_tally(attributes["kind"] for attributes in graph.outcomes()),
    )


def settings(old: Manifest, new: Manifest) -> tuple[Setting, ...]:
    """Return the options, versions and the base that differ between two builds, in this order and each by name."""
    rows = [("option", old.options, new.options), ("version", old.versions, new.versions)]
    rows.append(("", {"base": old.base}, {"base": new.base}))
    return tuple(
        Setting(name=f"{what} {name}".strip(), old=before.get(name), new=after.get(name))
        for what, before, after in rows
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    )


def _tally(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
