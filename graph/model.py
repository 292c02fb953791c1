"""The values that travel: what one document says, as `unionkg extract` writes it.

An `Extraction` is a pure function of one document's bytes, the options and the program's version. Offsets count code
points of the document's text without byte order mark, newlines untranslated; intervals are half open. All values are
frozen; a change is a new value (`msgspec.structs.replace`).
"""

from __future__ import annotations

import msgspec

from unionkg.graph.segments import Interval

NATIONAL = "CN"
"""The territory of what belongs to the whole country."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A source as read: its identity, how it was decoded, and the text that every offset refers to.

    `id` is the sha256 of the bytes, for one of several records in a file followed by `#` and the record's number.
    `path` is as the user gave it, with forward slashes, and is data: nothing is computed from it. `body` is true where
    `text` is what a reader took out of a richer format, false where it is the file's own text. `hints` are metadata
    that the format itself carries (a page's meta tags, a word processor's title); the text may know better. `warnings` say
    what could not be read as it should.
    """

    id: str
    path: str
    format: str
    text: str
    encoding: str | None = None
    body: bool = False
    hints: dict[str, str] = {}
    warnings: tuple[str, ...] = ()


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a document says of itself. `date` is an ISO day, month or year; None where the text does not pin it down.

    `correspondents` are those of the `authors` who are called so; `number` is the 文号 of an official document. `url` is
    the absolute http or https address that the document gives as its own.
    """

    title: str | None = None
    date: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    original_title: str | None = None
    number: str | None = None
    url: str | None = None


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a document speaks of. `name` is the fullest form the document gives or resolves, restored, simplified.

    `aliases` are the other restored forms in the text, in order of appearance, `traditional` those that it prints in
    traditional script, as printed. `code` is the GB/T 2260 code of a place, or of the territory that an organisation's
    name carries.

    The other fields are the parts of the name by which entities of different documents are compared: `territory` is the
    code that a division and all its predecessors share, `NATIONAL` for the whole country, None where the name carries
    none; `edition` the number or year of a contest or a meeting; `stem` the rest in one spelling, empty for the name
    itself. `is_open` is true where the name leaves to its document which territory or body it means (省总工会), and the
    document does not tell.
    """

    id: str
    type: str
    name: str
    subtype: str | None = None
    aliases: tuple[str, ...] = ()
    traditional: tuple[str, ...] = ()
    code: str | None = None
    territory: str | None = None
    edition: str | None = None
    stem: str = ""
    is_open: bool = False


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One place where an entity is named. `text` is the original's slice, `norm` the same restored and simplified."""

    start: int
    end: int
    text: str
    norm: str
    entity: str
    rule: str = ""
    confidence: float = 1.0


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The sentence that says a fact: the original's slice, and where it stands.

    `parts` lists the intervals of the sentence itself where foreign text splits it; empty where it is one piece.
    """

    document: str
    start: int
    end: int
    quote: str
    parts: tuple[Interval, ...] = ()


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """What relations and outcomes share: the interval of the sentence that says them, the rule, and how sure it is.

    `quote` is the document's slice at `evidence`; `evidence_parts` as in `Evidence.parts`. `confidence` lies in
    (0, 1]. `restored` is true if any character of the sentence had to be restored before it could be read.
    """

    evidence: Interval
    quote: str = ""
    evidence_parts: tuple[Interval, ...] = ()
    rule: str = ""
    confidence: float = 1.0
    restored: bool = False

    def evidence_in(self, document: str) -> Evidence:
        """Return the evidence as a value that stands alone."""
        start, end = self.evidence
        return Evidence(document=document, start=start, end=end, quote=self.quote, parts=self.evidence_parts)


class Relation(Fact, frozen=True, kw_only=True):
    """A typed statement between two entities of the document; `schema.RELATION_TYPES` has the types and qualifiers."""

    type: str
    subject: str
    object: str
    role: str | None = None
    status: str | None = None
    date: str | None = None
    title: str | None = None
    programme: str | None = None
    modality: str | None = None


class Outcome(Fact, frozen=True, kw_only=True):
    """A figure that says what a body did (`result`) or means to do (`target`).

    `value_max` is the upper end of a range. `bound` says how the value bounds the truth (`schema.OUTCOME_BOUNDS`), None
    where it is the value itself. `unit` is the classifier or currency as written, amounts in 元. `beneficiary` is the
    group that is served or counted. `period` is an ISO year, month or day, or two of them joined by a slash.
    """

    subject: str | None
    value: float
    unit: str
    what: str
    kind: str
    value_max: float | None = None
    bound: str | None = None
    beneficiary: str | None = None
    period: str | None = None
    programme: str | None = None


class Renaming(Fact, frozen=True, kw_only=True):
    """A sentence that says that what is now called `later` was called `former`; both are entities of one type."""

    former: str
    later: str


class Noise(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the document that is not its own text; `schema.NOISE_KINDS` has the kinds."""

    start: int
    end: int
    kind: str


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the document that says again what its line `[of_start, of_end)` says: a caption, a lead."""

    start: int
    end: int
    of_start: int
    of_end: int


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """All that one document says.

    `doc` is the source's file name, `document` its id. `denied` holds negated or cancelled statements, apart from the
    facts. `repeats` are marked and not left out: what they say is said at both places. `signature` is what copies of
    the document are known by (`duplicates`). `warnings` say what could not be
    read as it should, and why the whole may not be as its author wrote it. `version`
    is the program's.
    """

    doc: str
    document: str
    metadata: Metadata
    encoding: str | None = None
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    noise: tuple[Noise, ...] = ()
    denied: tuple[Relation, ...] = ()
    renamings: tuple[Renaming, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    signature: str = ""
    warnings: tuple[str, ...] = ()
    version: str = ""
