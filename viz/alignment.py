"""A page that shows what two studies share, what only one of them has, and where they contradict, with the sentences.

It is made as the page of a difference is: complete without its script, which only searches and filters, with what comes from
documents escaped and isolated in its writing direction, and with a content security policy that allows nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from unionkg.graph.aligned import BY_LABELS, STATE_LABELS, STATES, Alignment, Overlap, Row, State
from unionkg.graph.changes import COLLECTION_LABELS, COLLECTIONS, Item, Sentence
from unionkg.graph.provinces import PROVINCES
from unionkg.graph.schema import ENTITY_TYPES, QUALIFIERS
from unionkg.viz.difference import QUOTES, TYPE_LABELS
from unionkg.viz.template import asset, environment, source_hash, without_surrogates

LIMIT = 200
THINGS = 6
"""Of a row that puts many things together, so many of each study are shown."""
SHORT = 20
"""A list of no more rows is open when the page opens, as are those that want a look."""
STYLES = ("templates/lists.css", "templates/alignment.css")
SCRIPT = "templates/lists.js"

_WANT_A_LOOK: frozenset[State] = frozenset({"contradicting", "possible", "compatible", "copy"})
_PARTS = {"type": "按类型 by type", "province": "按省份 by province", "year": "按年份 by year"}
_COPIES_BY = {
    "text": "同一文章按文字比对 copies of one article are found by their texts",
    "title": "同一文章按标题与日期比对（有一方没有 texts.jsonl） copies of one article are found by title and date, for a "
    "folder has no texts.jsonl",
}
_FIGURE_LABELS = {
    "value": "数值 value",
    "value_max": "上限 upper value",
    "bound": "界限 bound",
    "beneficiary": "对象 beneficiary",
    "period": "时期 period",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of one state in one collection: `rows` are the first of `total`."""

    collection: str
    state: State
    title: str
    is_open: bool
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Sides:
    """How a row is shown: what both have in `common`, the sentences that `both` have, and the things of each with theirs."""

    common: Item | None
    both: list[Sentence]
    kg1: list[tuple[Item, list[Sentence]]]
    kg2: list[tuple[Item, list[Sentence]]]


def alignment_page(names: tuple[str, str], alignment: Alignment, limit: int = LIMIT) -> str:
    """Return the page as HTML text, self-contained; it shows the first `limit` rows of each list.

    `names` are what the studies are called. Where there are more rows, the page says how many. `limit` is not negative.
    """
    style, script = "\n".join(map(asset, STYLES)), asset(SCRIPT)
    counts = alignment.counts()
    page = (
        environment()
        .get_template("alignment.html")
        .render(
            title=f"{names[0]} ⟷ {names[1]}",
            names=names,
            policy=f"default-src 'none'; script-src {source_hash(script)}; style-src {source_hash(style)}; "
            "base-uri 'none'; form-action 'none'",
            style=Markup(style),
            script=Markup(script),
            alignment=alignment,
            copies_by=_COPIES_BY[alignment.copies_by],
            parts=[(label, rows) for part, label in _PARTS.items() if (rows := list(_part(alignment, part)))],
            lists=list(_lists(alignment, limit)),
            collections=[name for name in COLLECTIONS if counts[name]],
            states=[state for state in STATES if any(state in tally for tally in counts.values())],
            collection_labels={name: " ".join(labels) for name, labels in COLLECTION_LABELS.items()},
            state_labels={name: " ".join(labels) for name, labels in STATE_LABELS.items()},
            by_labels={name: " ".join(labels) for name, labels in BY_LABELS.items()},
            type_labels=TYPE_LABELS,
            colours={row.name: row.colour for row in ENTITY_TYPES.values()},
            field_labels={**{row.name: f"{row.zh} {row.en}" for row in QUALIFIERS.values()}, **_FIGURE_LABELS},
            quotes=QUOTES,
            things=THINGS,
            sides_of=_sides,
        )
    )
    return without_surrogates(page)


def _lists(alignment: Alignment, limit: int) -> Iterator[Listed]:
    for state in STATES:
        for collection in COLLECTIONS:
            rows = tuple(row for row in alignment.rows(collection) if row.state == state)
            if rows:
                (zh, en), (state_zh, state_en) = COLLECTION_LABELS[collection], STATE_LABELS[state]
                title = f"{zh}：{state_zh} {en}: {state_en}"
                is_open = state in _WANT_A_LOOK or len(rows) <= SHORT
                yield Listed(collection, state, title, is_open, rows[:limit], len(rows))


def _part(alignment: Alignment, part: str) -> Iterator[tuple[str, Overlap]]:
    """Yield the numbers of one part with their labels; of types and years those that say something."""
    for one in alignment.parts(part):
        zh, en = COLLECTION_LABELS[one.collection]
        if part == "type":
            label = TYPE_LABELS.get(one.key, one.key)
        elif part == "province" and one.key in PROVINCES:
            label = " ".join(PROVINCES[one.key])
        else:
            label = one.key or "–"
        yield f"{zh} {en} · {label}", one


def _sides(row: Row) -> Sides:
    """Return how the row is shown: what has one id in both studies once, and a sentence that both have once."""
    is_one = {item.id for item in row.kg1} == {item.id for item in row.kg2}
    is_alone = not row.kg1 or not row.kg2
    is_quoted_alike = row.state == "same"
    sentences = [{_place(one): one for item in side for one in item.evidence} for side in (row.kg1, row.kg2)]
    both = sentences[0].keys() & sentences[1].keys() if is_quoted_alike else set()
    kg1, kg2 = (
        [(item, [one for one in item.evidence if _place(one) not in both]) for item in side]
        for side in (row.kg1, row.kg2)
    )
    if is_one:
        kg1, kg2 = ([(item, told) for item, told in side if told] for side in (kg1, kg2))
    common = row.lead if is_one or (is_alone and len(row.kg1 or row.kg2) == 1) else None
    return Sides(common, [one for place, one in sentences[0].items() if place in both], kg1, kg2)


def _place(sentence: Sentence) -> tuple[str, int, int, str]:
    return sentence.document.id, sentence.start, sentence.end, sentence.quote
