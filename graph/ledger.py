"""The ledger: people's judgements on what the program found, a plain file that is applied at every build.

One judgement a line, as CSV with a heading or as JSON Lines, with the fields of `Judgement`. An empty judgement is not
applied: a sheet that `unionkg review` wrote may be filled in bit by bit. Texts are read as they stand.

| judgement | says |
|---|---|
| `same` | `subject` and `object` are one thing, which keeps the subject's id |
| `not_same` | they are two: two that were joined are parted, the `object` leaving with its document; two that are apart stay so |
| `wrong_fact` | the fact or figure `subject` is not true, or not said |
| `retype` | the type of `subject` is `value`, such as `ORG/union` or `PERSON` |
| `rename` | `subject` is called `value` |
| `add_fact` | `subject` has the relation `value` to `object`; role, status, date, title and modality as in any fact |
| `forget` | the person or document `subject` is taken down |

A thing is named by its id (`org-3f2a91c0d4e5f601`), by its name in a document (`岑望舒@doc-0123456789abcdef`), which holds
even if ids change, or, in `add_fact`, by type and name (`ORG/union:云溪县总工会`), which makes it if it is not there. A
document is named by its id, short (`doc-0123456789abcdef`) or long.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import msgspec

from unionkg.errors import InvalidLedger
from unionkg.graph.schema import ENTITY_TYPES, QUALIFIERS, RELATION_TYPES

Kind = Literal["same", "not_same", "wrong_fact", "retype", "rename", "add_fact", "forget"]
KINDS: tuple[str, ...] = get_args(Kind)
NAME = "ledger.jsonl"

_TWO = frozenset({"same", "not_same", "add_fact"})
_VALUED = frozenset({"retype", "rename", "add_fact"})


class Judgement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One judgement: what is judged, and `who` judged `when` and `why`."""

    judgement: str
    subject: str
    object: str = ""
    value: str = ""
    role: str = ""
    status: str = ""
    date: str = ""
    title: str = ""
    modality: str = ""
    who: str = ""
    when: str = ""
    why: str = ""


FIELDS = Judgement.__struct_fields__


class Line(NamedTuple):
    """A judgement and its place: the number of its line in the ledger, from 1."""

    number: int
    judgement: Judgement


class Ledger(NamedTuple):
    """The lines of a ledger that judge something, in order."""

    lines: tuple[Line, ...] = ()

    def to_bytes(self) -> bytes:
        """Return the judgements as JSON Lines."""
        return to_lines(line.judgement for line in self.lines)

    @property
    def sha256(self) -> str:
        """The digest of the judgements, however they were written down."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def read_ledger(path: Path) -> Ledger:
    """Return the ledger in the file `path`. Raises InvalidLedger naming the line at fault."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidLedger(f"{path}: the ledger cannot be read: {error.strerror}") from error
    return parse_ledger(data, str(path))


def parse_ledger(data: bytes, where: str = "<ledger>") -> Ledger:
    """Return the ledger that `data` holds, JSON Lines if its first character is a brace, else CSV.

    Raises InvalidLedger; `where` names the source in the message.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidLedger(f"{where}: byte {error.start} is not UTF-8; accepted: UTF-8") from error
    rows = _json_lines(text, where) if text.lstrip().startswith("{") else _csv_rows(text, where)
    lines = [Line(number, _checked(judgement, f"{where}, line {number}")) for number, judgement in rows]
    return Ledger(tuple(line for line in lines if line.judgement.judgement))


def to_lines(judgements: Iterable[Judgement]) -> bytes:
    """Return the judgements as JSON Lines."""
    return b"".join(msgspec.json.encode(judgement) + b"\n" for judgement in judgements)


def _json_lines(text: str, where: str) -> list[tuple[int, Judgement]]:
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                rows.append((number, msgspec.json.decode(line, type=Judgement)))
            except msgspec.MsgspecError as error:
                raise InvalidLedger(f"{where}, line {number}: {error}; accepted: {', '.join(FIELDS)}") from error
    return rows


def _csv_rows(text: str, where: str) -> list[tuple[int, Judgement]]:
    reader = csv.DictReader(StringIO(text, newline=""), restkey="")
    unknown = [name for name in reader.fieldnames or () if name not in FIELDS and not name.startswith("_")]
    if unknown or not {"judgement", "subject"} <= set(reader.fieldnames or ()):
        raise InvalidLedger(
            f"{where}, line 1: the heading {', '.join(reader.fieldnames or ())!r} is not that of a ledger; accepted: "
            f"judgement, subject and any of {', '.join(FIELDS[2:])}, and columns that open with _, which are not read"
        )
    rows = []
    try:
        for row in reader:
            if "" in row:
                raise InvalidLedger(f"{where}, line {reader.line_num}: more cells than the heading has")
            stated = {name: (row.get(name) or "").strip() for name in FIELDS if name in row}
            if any(stated.values()):
                rows.append((reader.line_num, Judgement(**stated)))
    except csv.Error as error:
        raise InvalidLedger(f"{where}, line {reader.line_num}: not CSV: {error}") from error
    return rows


def _checked(judgement: Judgement, place: str) -> Judgement:
    """Return the judgement if it can be applied to some graph. Raises InvalidLedger."""
    kind = judgement.judgement
    if not kind:
        return judgement
    if kind not in KINDS:
        raise InvalidLedger(f"{place}: unknown judgement {kind!r}; accepted: {', '.join(KINDS)}")
    for name, is_needed in (("subject", True), ("object", kind in _TWO), ("value", kind in _VALUED)):
        if is_needed and not getattr(judgement, name):
            raise InvalidLedger(f"{place}: {kind} needs {name}, which is empty")
    if kind == "retype":
        checked_type(judgement.value, place)
    if kind == "add_fact":
        if judgement.value not in RELATION_TYPES:
            raise InvalidLedger(f"{place}: unknown relation {judgement.value!r}; accepted: {', '.join(RELATION_TYPES)}")
        if not judgement.why:
            raise InvalidLedger(f"{place}: add_fact needs why: it is the fact's evidence")
        for name, qualifier in QUALIFIERS.items():
            stated = getattr(judgement, name, "")
            if stated and qualifier.values and stated not in qualifier.values:
                raise InvalidLedger(
                    f"{place}: unknown {name} {stated!r}; accepted: {', '.join(qualifier.values)}, or nothing"
                )
    return judgement


def checked_type(text: str, place: str) -> tuple[str, str | None]:
    """Return type and subtype of a text like `ORG/union` or `PERSON`. Raises InvalidLedger if the schema has none such."""
    name, _, subtype = text.partition("/")
    accepted = [
        *ENTITY_TYPES,
        *(f"{kind.name}/{sub.name}" for kind in ENTITY_TYPES.values() for sub in kind.subtypes),
    ]
    if text not in accepted:
        raise InvalidLedger(f"{place}: unknown type {text!r}; accepted: {', '.join(accepted)}")
    return name, subtype or None
