"""What pages show and the JSON API answers: plain data, from which both are made.

What is not stated is absent. Ids are those of the graph: an IRI is its base and the id. Types, relations and kinds go by
their names in `unionkg schema`. Offsets count code points, intervals are half open.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Plain data that does not change."""


class Thing(Record, frozen=True, kw_only=True):
    """An entity in short. `province` is the first two digits of its code; `documents` counts those that name it."""

    id: str
    name: str
    type: str
    subtype: str | None = None
    pinyin: str = ""
    province: str | None = None
    documents: int


class Paper(Record, frozen=True, kw_only=True):
    """A document in short; without a title the name of its file stands for it."""

    id: str
    title: str
    date: str | None = None
    source: str | None = None


class Mark(Record, frozen=True, kw_only=True):
    """A place `[start, end)` of a text that names an entity."""

    start: int
    end: int
    entity: str


class Evidence(Record, frozen=True, kw_only=True):
    """A sentence that says something: the slice `[start, end)` of the document's text.

    `parts` are the intervals of the sentence itself where foreign text splits it, `marks` the places of the quote that name
    entities. A sentence that was `restored` before it could be read has the restored text as its `reading`.
    """

    id: str
    document: Paper
    start: int
    end: int
    quote: str
    marks: list[Mark] = []
    parts: list[tuple[int, int]] = []
    restored: bool = False
    reading: str | None = None


class Fact(Record, frozen=True, kw_only=True):
    """A fact. `sources` counts the independent documents that say it, `first_stated` and `last_stated` are their dates.

    `evidence` may be the first pieces of `evidence_count`. `conflicts` are the kinds of conflict that it is in.
    """

    id: str
    type: str
    subject: Thing
    object: Thing
    role: str | None = None
    status: str | None = None
    date: str | None = None
    title: str | None = None
    programme: Thing | None = None
    modality: str | None = None
    confidence: float
    sources: int
    rules: list[str]
    first_stated: str | None = None
    last_stated: str | None = None
    conflicts: list[str] = []
    evidence: list[Evidence]
    evidence_count: int


class Figure(Record, frozen=True, kw_only=True):
    """A figure: `amount` is its value in a line, with the sign of its bound and commas between thousands. For the rest see `Fact`."""

    id: str
    subject: Thing | None = None
    programme: Thing | None = None
    beneficiary: Thing | None = None
    amount: str
    value: float
    value_max: float | None = None
    bound: str | None = None
    unit: str
    what: str
    kind: str
    period: str | None = None
    confidence: float
    sources: int
    rules: list[str]
    first_stated: str | None = None
    last_stated: str | None = None
    conflicts: list[str] = []
    evidence: list[Evidence]
    evidence_count: int


class Group(Record, frozen=True, kw_only=True):
    """Facts of one relation around an entity, the strongest first: those of which it is the subject if `is_outward`.

    `facts` are the first of `total`.
    """

    relation: str
    is_outward: bool
    total: int
    facts: list[Fact]


class Division(Record, frozen=True, kw_only=True):
    """An administrative division under one code and name, with the years in which it bore both, as far as they are known."""

    code: str
    name: str
    since: int | None = None
    until: int | None = None


class Code(Record, frozen=True, kw_only=True):
    """The division code of an entity: what bears it, what that lies in, from the province down, and its other codes."""

    code: str
    division: Division | None = None
    above: list[Division] = []
    others: list[Division] = []
    wikidata: str | None = None


class Possible(Record, frozen=True, kw_only=True):
    """Entities that may be the same as this one and were not joined, and why not."""

    id: str
    reason: str
    entities: list[Thing]


class Entity(Record, frozen=True, kw_only=True):
    """What is known of an entity.

    `rule` and `matched` say what it is known by. `posts` are held by it or at it, the latest first, `groups` all other facts of
    which it is an end, `within` those that carry it as their programme; these, the `figures`, the `editions` and the `papers` that name it are the first ones of their total numbers.
    """

    id: str
    iri: str
    name: str
    type: str
    subtype: str | None = None
    pinyin: str = ""
    province: str | None = None
    where: str = ""
    documents: int
    mentions: int
    aliases: list[str] = []
    former_names: list[str] = []
    traditional: list[str] = []
    code: Code | None = None
    exact_matches: list[str] = []
    close_matches: list[str] = []
    rule: str
    matched: list[str]
    posts: list[Fact] = []
    posts_total: int = 0
    groups: list[Group] = []
    within: list[Fact] = []
    within_total: int = 0
    figures: list[Figure] = []
    figures_total: int = 0
    edition_of: Thing | None = None
    editions: list[Thing] = []
    editions_total: int = 0
    possible: list[Possible] = []
    papers: list[Paper] = []


class FactList(Record, frozen=True, kw_only=True):
    """Facts of one relation around an entity, all their evidence told; `page` counts from 1."""

    entity: Thing
    relation: str
    is_outward: bool
    total: int
    page: int
    pages: int
    facts: list[Fact]


class WithinList(Record, frozen=True, kw_only=True):
    """The facts that carry an entity as their programme, all their evidence told; `page` counts from 1."""

    entity: Thing
    total: int
    page: int
    pages: int
    facts: list[Fact]


class FigureList(Record, frozen=True, kw_only=True):
    """The figures of an entity, all their evidence told; `page` counts from 1."""

    entity: Thing
    total: int
    page: int
    pages: int
    figures: list[Figure]


class DocumentList(Record, frozen=True, kw_only=True):
    """The documents that name an entity, the latest first; `page` counts from 1."""

    entity: Thing
    total: int
    page: int
    pages: int
    documents: list[Paper]


class Stretch(Record, frozen=True, kw_only=True):
    """A stretch `[start, end)` of the text that is not the author's."""

    start: int
    end: int
    kind: str


class Change(Record, frozen=True, kw_only=True):
    """What restoring puts in the place of a stretch `[start, end)`, by which rule and how surely."""

    start: int
    end: int
    text: str
    rule: str
    confidence: float


class Saying(Record, frozen=True, kw_only=True):
    """A sentence `[start, end)` of the text that says something, with the id of the evidence."""

    id: str
    start: int
    end: int


class Text(Record, frozen=True, kw_only=True):
    """A text as it may be shown; `restored` is the text that its `changes` make of it, absent where there are none."""

    original: str
    restored: str | None = None
    marks: list[Mark] = []
    restored_marks: list[Mark] = []
    sayings: list[Saying] = []
    restored_sayings: list[Saying] = []
    foreign: list[Stretch] = []
    changes: list[Change] = []


class Document(Record, frozen=True, kw_only=True):
    """What is known of a document. `identifier` is its id in full, `file` the name of its file.

    `citations` has it as an entry of a list of references, by style. Of copies of one article `copy_of` is the one that
    stands for all. `text` is absent where the texts were not passed on; `entities`, `facts` and `figures` are what it says, the
    latter in order of their places.
    """

    id: str
    iri: str
    identifier: str
    title: str
    original_title: str | None = None
    date: str | None = None
    source: str | None = None
    number: str | None = None
    url: str | None = None
    authors: list[str] = []
    correspondents: list[str] = []
    editors: list[str] = []
    file: str
    encoding: str | None = None
    citations: dict[str, str]
    copy_of: Paper | None = None
    copies: list[Paper] = []
    text: Text | None = None
    entities: list[Thing] = []
    facts: list[Fact] = []
    figures: list[Figure] = []


class Found(Record, frozen=True, kw_only=True):
    """What a search finds: a page of the entities, the best first, and the first documents with the text in their title."""

    query: str
    total: int
    page: int
    pages: int
    entities: list[Thing]
    documents: list[Paper] = []


class Count(Record, frozen=True, kw_only=True):
    """How many entities, and for a province how many facts, belong to a type, a subtype, or a province by its two digits."""

    name: str
    entities: int
    facts: int | None = None
    of: str | None = None


class Listing(Record, frozen=True, kw_only=True):
    """A page of the entities of a type and of a province, those that more documents name first.

    `types`, `subtypes` and `provinces` count what there is if one of these is chosen beside what is chosen of the others.
    """

    type: str | None = None
    subtype: str | None = None
    province: str | None = None
    total: int
    page: int
    pages: int
    entities: list[Thing]
    types: list[Count] = []
    subtypes: list[Count] = []
    provinces: list[Count] = []


class PaperList(Record, frozen=True, kw_only=True):
    """A page of the documents, the latest first."""

    total: int
    page: int
    pages: int
    documents: list[Paper]


class Summary(Record, frozen=True, kw_only=True):
    """How much there is."""

    base: str
    built: str
    documents: int
    entities: int
    facts: int
    figures: int
    types: list[Count]
    provinces: list[Count]


class Asking(Record, frozen=True, kw_only=True):
    """A parameter of a saved question: `kind` is name, text or day; without a `default` it must be given."""

    name: str
    kind: Literal["name", "text", "day"]
    zh: str
    en: str
    example: str
    default: str | None = None


class Question(Record, frozen=True, kw_only=True):
    """A saved question; `about_zh` and `about_en` say what it answers."""

    name: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    parameters: list[Asking] = []


class Questions(Record, frozen=True, kw_only=True):
    """The saved questions, in order of their names."""

    questions: list[Question]


class Answered(Record, frozen=True, kw_only=True):
    """The answer to a saved question: a row has a value or null for each variable, IRIs are texts.

    `is_cut` if there are more rows than are told. `query` is the SPARQL that was asked.
    """

    question: str
    parameters: dict[str, str]
    query: str
    variables: list[str]
    rows: list[list[str | int | float | bool | None]]
    is_cut: bool = False


class Source(Record, frozen=True, kw_only=True):
    """A file, below the folder that all lie in, and what came of it; `said` is the reason or the warnings."""

    path: str
    state: str
    said: list[str] = []


class About(Record, frozen=True, kw_only=True):
    """What the graph was built from and with; of the `sources` there are `sources_total`, counted by state in `states`."""

    base: str
    built: str
    seal: str
    options: dict[str, str]
    versions: dict[str, str]
    states: dict[str, int]
    judgements: int = 0
    sources: list[Source]
    sources_total: int
    page: int
    pages: int


class YearTally(Record, frozen=True, kw_only=True):
    """What has a year, which is absent for what has none.

    `facts` counts by the year of the fact itself, `facts_stated` those without one by that of the earliest document that
    says them, `figures` by the first year of their period.
    """

    year: int | None = None
    documents: int = 0
    facts: int = 0
    facts_stated: int = 0
    figures: int = 0


class RegionTally(Record, frozen=True, kw_only=True):
    """How much belongs to a province, by the first two digits of its code; without one, to none."""

    province: str | None = None
    documents: int
    entities: int
    facts: int


class RelationTally(Record, frozen=True, kw_only=True):
    """The facts of a relation: `planned` ones apart, and in each band of confidence (see `Report`)."""

    relation: str
    stated: int
    planned: int
    bands: list[int]


class UnitTally(Record, frozen=True, kw_only=True):
    """How many figures of a kind are counted in a unit."""

    kind: str
    unit: str
    figures: int


class NoiseTally(Record, frozen=True, kw_only=True):
    """What is not the authors': in how many documents, how many stretches and how many characters of one kind."""

    kind: str
    documents: int
    stretches: int
    characters: int


class TextTally(Record, frozen=True, kw_only=True):
    """What the texts are like.

    Each of the `documents` is one of `reworded` (words of it were replaced or put in), `cut` (it has text that is not its
    author's), `rescripted` (it was read in another script) and `untouched`. `characters`, `replaced` and `converted` count
    those of the texts as printed.
    """

    documents: int
    characters: int
    noisy: int
    noise: list[NoiseTally]
    reworded: int
    cut: int
    rescripted: int
    untouched: int
    replaced: int
    converted: int


class Standing(Record, frozen=True, kw_only=True):
    """An entity that stands out: its facts, the independent documents that name it, and of a person the post at `body`."""

    entity: Thing
    facts: int
    documents: int
    role: str | None = None
    body: Thing | None = None


class Report(Record, frozen=True, kw_only=True):
    """What the report tells, counted.

    `copies` are the sizes of the groups of documents that say the same, the largest first. A band of confidence goes from
    one of `bands` to the next, the last one to 1. `support` counts the facts by their numbers of independent sources,
    `restored` those that rest on restored sentences alone. `foremost` has the entities with the most facts, by type. `texts`
    is absent where the folder was passed on without them.
    """

    documents: int
    sources: dict[str, int]
    unsourced: int
    copies: list[int]
    mentions: int
    types: list[Count]
    facts: int
    relations: list[RelationTally]
    bands: list[float]
    support: dict[str, int]
    restored: int
    figures: int
    units: list[UnitTally]
    years: list[YearTally]
    provinces: list[RegionTally]
    foremost: dict[str, list[Standing]]
    conflicts: dict[str, int]
    possible: dict[str, int]
    texts: TextTally | None = None


class Problem(Record, frozen=True, kw_only=True):
    """Why a request has no answer (RFC 9457, Problem Details for HTTP APIs)."""

    title: str
    status: int
    detail: str
