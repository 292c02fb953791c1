"""The ledger: people's judgements on what the program found, a plain file that is applied at every build.

One judgement a line, as CSV with a heading or as JSON Lines, with the fields of `Judgement`. An empty judgement is not
applied: a sheet that `unionkg review` wrote may be filled in bit by bit.

| judgement | says |
|---|---|
| `same` | `subject` and `object` are one thing, which keeps the subject's id |
| `not_same` | they are two: two that were joined are parted, the `object` leaving with its document; two that are apart stay so |
| `wrong_fact` | the fact or figure `subject` is not true, or not said |
| `retype` | the type of `subject` is `value`, such as `ORG/union` or `PERSON` |
| `rename` | `subject` is called `value` |
| `add_fact` | `subject` has the relation `value` to `object`; role, status, date, title and modality as in any fact |
| `link` | outside the graph `subject` goes by the IRI `object`, `value` being `exact` or `close`, or `none` if it does not |
| `forget` | the person or document `subject` is taken down |

A thing is named by its id (`org-3f2a91c0d4e5f601`); by its name in a document (`岑望舒@doc-0123456789abcdef`), which holds
even if ids change, with its type in front (`PERSON:岑望舒@doc-0123456789abcdef`) where the document has several things of
that name; or by type and name (`ORG/union:云溪县总工会`), which in `add_fact` makes it if it is not there. A document is
named by its id, short (`doc-0123456789abcdef`) or long.

The copy of a ledger in a KG folder holds no name that was taken down: a digest stands for it (`sealed`).
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Literal, NamedTuple, get_args
from urllib.parse import unquote

import msgspec

from unionkg.errors import InvalidLedger
from unionkg.graph.schema import ENTITY_TYPES, QUALIFIERS, RELATION_TYPES
from unionkg.graph.web_address import web_address

Kind = Literal["same", "not_same", "wrong_fact", "retype", "rename", "add_fact", "link", "forget"]
KINDS: tuple[str, ...] = get_args(Kind)
NAME = "ledger.jsonl"
NEARNESS = ("exact", "close")
"""How near a thing outside may be that a `link` names: the same, or near enough to be taken for it now and then."""
NO_LINK = "none"
"""What a `link` says instead that takes back an earlier one."""

_ENCODINGS = ("utf-8-sig", "gb18030")  # a spreadsheet program set to Chinese saves CSV in the latter
_DELIMITERS = ",;\t"
# Tables that we write have an apostrophe before what a spreadsheet would run as a formula (`exports.cells`).
_GUARDED = re.compile(r"'(?=[=+\-@＝＋－＠])")
_DAY = re.compile(r"(\d{4})(?:[-/](\d\d?)(?:[-/](\d\d?))?)?")
_TWO = frozenset({"same", "not_same", "add_fact", "link"})
_VALUED = frozenset({"retype", "rename", "add_fact", "link"})


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

    @property
    def things(self) -> tuple[str, ...]:
        """The names of the things that it judges."""
        named = (self.subject,) if self.judgement == "link" else (self.subject, self.object)
        return tuple(filter(None, named))

    def without(self, hide: Callable[[str], str]) -> Judgement:
        """Return the judgement without what `hide` takes out of texts, names of things sealed where it does."""
        told = {name: getattr(self, name) for name in FIELDS}
        shown = {name: hide(text) for name, text in told.items()}
        if self.judgement == "link" and hide(plain := unquote(self.object)) != plain:
            shown["object"] = hide(plain)
        return Judgement(**shown | {name: _sealed_thing(told[name], shown[name]) for name in ("subject", "object")})


FIELDS = Judgement.__struct_fields__
QUALIFYING = tuple(name for name in QUALIFIERS if name in FIELDS)


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


NO_LEDGER = Ledger()


class Verdict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of a judgement: `applied`, or `orphaned` for the `reason` given; `line` is its line in the ledger.

    `note` says what else followed from one that was applied.
    """

    line: int
    judgement: str
    state: str
    reason: str | None = None
    note: str | None = None


def verdict(line: Line, reason: str | None = None) -> Verdict:
    """Return that the judgement was applied, or for what reason it was not."""
    state = "applied" if reason is None else "orphaned"
    return Verdict(line=line.number, judgement=line.judgement.judgement, state=state, reason=reason)


class Thing(NamedTuple):
    """What the name of a thing says: an id alone, or a name with a type, a document, or both."""

    id: str = ""
    name: str = ""
    type: str = ""
    subtype: str = ""
    document: str = ""


_THING = re.compile(
    r"(?:(?P<type>[A-Z]+)(?:/(?P<subtype>[a-z_]+))?:)?(?P<name>.+?)(?:@(?P<document>doc-[0-9a-f]{16}(?:-\d+)?))?",
    re.DOTALL,
)


def thing(text: str) -> Thing:
    """Return what the name of a thing in a ledger says.

    >>> thing("PERSON:岑望舒@doc-0123456789abcdef")
    Thing(id='', name='岑望舒', type='PERSON', subtype='', document='doc-0123456789abcdef')
    """
    match = _THING.fullmatch(text)
    if match is None or not (match["type"] or match["document"]):
        return Thing(id=text)
    return Thing("", match["name"], match["type"] or "", match["subtype"] or "", match["document"] or "")


def sealed(name: str) -> str:
    """Return what stands for a name that must not be read any more.

    >>> sealed("岑望舒")
    '#fa5f6648e7d62e6c'
    """
    return f"#{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _sealed_thing(text: str, shown: str) -> str:
    name = thing(text).name
    return text.replace(name, sealed(name)) if name and text != shown else shown


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
    text = _decoded(data, where)
    if not text.strip():
        return Ledger()
    rows = _json_lines(text, where) if text.lstrip().startswith("{") else _csv_rows(text, where)
    lines = [Line(number, _checked(judgement, f"{where}, line {number}")) for number, judgement in rows]
    return Ledger(tuple(line for line in lines if line.judgement.judgement))


def _decoded(data: bytes, where: str) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidLedger(f"{where}: not text; accepted: UTF-8 or GB18030")


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
    delimiter = max(_DELIMITERS, key=text.splitlines()[0].count)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, restkey="", strict=True)
    rows = []
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        unknown = [name for name in names if name and name not in FIELDS and not name.startswith("_")]
        if unknown or not {"judgement", "subject"} <= set(names):
            raise InvalidLedger(
                f"{where}, line 1: the heading {', '.join(names)!r} is not that of a ledger; accepted: "
                f"judgement, subject and any of {', '.join(FIELDS[2:])}, and columns that open with _, which are not read"
            )
        for row in reader:
            if any(row.get("") or ()):
                raise InvalidLedger(f"{where}, line {reader.line_num}: a cell that no name in the heading stands above")
            stated = {name: _GUARDED.sub("", (row[name] or "").strip(), count=1) for name in FIELDS if name in row}
            if any(stated.values()):
                rows.append((reader.line_num, Judgement(**stated)))
    except csv.Error as error:
        raise InvalidLedger(f"{where}, line {reader.line_num}: not CSV: {error}") from error
    return rows


def _checked(judgement: Judgement, place: str) -> Judgement:
    """Return the judgement, with its days in ISO form, if it can be applied to some graph. Raises InvalidLedger."""
    kind = judgement.judgement
    if not kind:
        return judgement
    if kind not in KINDS:
        raise InvalidLedger(f"{place}: unknown judgement {kind!r}; accepted: {', '.join(KINDS)}")
    for name, is_needed in (("subject", True), ("object", kind in _TWO), ("value", kind in _VALUED)):
        if is_needed and not getattr(judgement, name):
            raise InvalidLedger(f"{place}: {kind} needs {name}, which is empty")
    days = {name: _day(getattr(judgement, name), f"{place}: {name}") for name in ("date", "when")}
    if kind == "retype":
        checked_type(judgement.value, place)
    if kind == "add_fact":
        _check_fact(judgement, place)
    if kind == "link":
        _check_link(judgement, place)
    return msgspec.structs.replace(judgement, **days)


def _check_link(judgement: Judgement, place: str) -> None:
    if judgement.value not in (accepted := (*NEARNESS, NO_LINK)):
        raise InvalidLedger(f"{place}: unknown value {judgement.value!r}; accepted: {', '.join(accepted)}")
    if web_address(judgement.object) != judgement.object:
        raise InvalidLedger(
            f"{place}: object {judgement.object!r} is no IRI; accepted: one that opens with http or https"
        )


def _check_fact(judgement: Judgement, place: str) -> None:
    if judgement.value not in RELATION_TYPES:
        raise InvalidLedger(f"{place}: unknown relation {judgement.value!r}; accepted: {', '.join(RELATION_TYPES)}")
    if not judgement.why:
        raise InvalidLedger(f"{place}: add_fact needs why, which is empty: it is the fact's evidence")
    for name in QUALIFYING:
        stated, accepted = getattr(judgement, name), QUALIFIERS[name].values
        if stated and accepted and stated not in accepted:
            raise InvalidLedger(f"{place}: unknown {name} {stated!r}; accepted: {', '.join(accepted)}, or nothing")
    for name in (judgement.subject, judgement.object):
        if kind := thing(name).type:
            checked_type("/".join(filter(None, (kind, thing(name).subtype))), place)


def _day(text: str, place: str) -> str:
    """Return a day, month or year in ISO form: spreadsheets write 2024/3/5 for 2024-03-05. Raises InvalidLedger."""
    match = _DAY.fullmatch(text)
    try:
        year, month, day = (int(group or 1) for group in match.groups()) if match else (0, 0, 0)
        date(year, month, day)
    except ValueError:
        if text:
            raise InvalidLedger(f"{place} {text!r} is no date; accepted: 2024-03-05, 2024-03, 2024") from None
    return "-".join(group.zfill(2) for group in match.groups() if group) if match else ""


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
