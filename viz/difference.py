"""A page that shows what is different between two graphs, with the reasons and the sentences that say it.

It is complete without its script, which only searches and filters. What comes from documents is escaped by the template
engine and isolated in its writing direction, and a content security policy allows nothing but the page's own style and
script, by their hashes.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from unionkg.graph.changes import (
    CAUSE_LABELS,
    COLLECTION_LABELS,
    COLLECTIONS,
    KIND_LABELS,
    KINDS,
    Change,
    Difference,
    Kind,
    Sentence,
)
from unionkg.graph.schema import ENTITY_TYPES, OUTCOME_KINDS, QUALIFIERS, RELATION_TYPES
from unionkg.viz.template import asset, environment, source_hash, without_surrogates

LIMIT = 200
QUOTES = 3
NAMES = 5
CAUSES = 20
STYLE = "templates/lists.css"
SCRIPT = "templates/lists.js"

TYPE_LABELS = {
    "document": "文献 document",
    **{name: f"{row.zh} {row.en}" for name, row in ENTITY_TYPES.items()},
    **{name: f"{row.zh} {row.en}" for name, row in RELATION_TYPES.items()},
    **dict(zip(OUTCOME_KINDS, ("目标 target", "成果 result"), strict=True)),
}
"""What types are called on pages of lists."""
_QUIET: frozenset[Kind] = frozenset({"carried", "support"})
"""Kinds of changes that a reader rarely looks for: their lists are closed when the page opens."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The changes of one kind in one collection: `changes` are the first of `total`."""

    kind: Kind
    title: str
    is_open: bool
    changes: tuple[Change, ...]
    total: int


def difference_page(title: str, difference: Difference, limit: int = LIMIT) -> str:
    """Return the page as HTML text, self-contained; it shows the first `limit` changes of each list.

    So a large difference makes no page that hangs; where there are more, the page says how many. `limit` is not
    negative.
    """
    style, script = asset(STYLE), asset(SCRIPT)
    lists = []
    for collection in COLLECTIONS:
        for kind in KINDS:
            changes = tuple(change for change in difference.changes(collection) if change.kind == kind)
            if changes:
                (zh, en), (kind_zh, kind_en) = COLLECTION_LABELS[collection], KIND_LABELS[kind]
                name = f"{zh}{kind_zh} {en} {kind_en}"
                lists.append(Listed(kind, name, kind not in _QUIET, changes[:limit], len(changes)))
    causes = difference.causes()
    page = (
        environment()
        .get_template("difference.html")
        .render(
            title=title,
            policy=f"default-src 'none'; script-src {source_hash(script)}; style-src {source_hash(style)}; "
            "base-uri 'none'; form-action 'none'",
            style=Markup(style),
            script=Markup(script),
            difference=difference,
            lists=lists,
            kinds=[kind for kind in KINDS if any(kind in tally for tally in difference.counts.values())],
            causes=causes[:CAUSES],
            more_causes=max(0, len(causes) - CAUSES),
            collections=COLLECTIONS,
            collection_labels={name: " ".join(labels) for name, labels in COLLECTION_LABELS.items()},
            kind_labels={name: " ".join(labels) for name, labels in KIND_LABELS.items()},
            cause_labels={name: " ".join(labels) for name, labels in CAUSE_LABELS.items()},
            type_labels=TYPE_LABELS,
            colours={row.name: row.colour for row in ENTITY_TYPES.values()},
            field_labels={row.name: f"{row.zh} {row.en}" for row in QUALIFIERS.values()},
            quotes=QUOTES,
            names=NAMES,
            sentences_of=_sentences,
        )
    )
    return without_surrogates(page)


def _sentences(change: Change) -> list[tuple[str, Sentence]]:
    """Return the sentences to show, each with whether it is `gone` or `there`."""
    gone = change.old if change.kind in {"gone", *_QUIET} else ()
    return [
        (mark, sentence)
        for mark, items in (("gone", gone), ("there", change.new))
        for item in items
        for sentence in item.evidence
    ]
