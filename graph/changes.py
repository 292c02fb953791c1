"""The values that tell what is different between two graphs: what `difference.compare` returns and `unionkg diff` prints."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Literal, TypeAlias, get_args

import msgspec

Kind: TypeAlias = Literal["new", "gone", "changed", "merged", "split", "regrouped", "carried", "support"]
Cause: TypeAlias = Literal[
    "document_added", "document_gone", "document_edited", "reread", "relinked", "unread",
    "entity_carried", "entity_changed", "entity_merged", "entity_split", "entity_regrouped",
]  # fmt: skip
Value: TypeAlias = str | int | float | tuple[str, ...] | None
COLLECTIONS = ("documents", "entities", "facts", "figures")
KINDS: tuple[Kind, ...] = get_args(Kind)

COLLECTION_LABELS = {
    "documents": ("文献", "documents"),
    "entities": ("实体", "entities"),
    "facts": ("事实", "facts"),
    "figures": ("数字", "figures"),
}
KIND_LABELS: dict[Kind, tuple[str, str]] = {
    "new": ("新增", "new"),
    "gone": ("消失", "gone"),
    "changed": ("变化", "changed"),
    "merged": ("合并", "merged"),
    "split": ("拆分", "split"),
    "regrouped": ("重组", "regrouped"),
    "carried": ("换标识", "with another id"),
    "support": ("依据不同", "with other support"),
}
CAUSE_LABELS: dict[Cause, tuple[str, str]] = {
    "document_added": ("增加了文献", "document added"),
    "document_gone": ("文献已不在", "document gone"),
    "document_edited": ("文献有改动", "document edited"),
    "reread": ("读法不同", "read differently"),
    "relinked": ("关联不同", "linked differently"),
    "unread": ("文件无法使用", "the file could not be used"),
    "entity_carried": ("实体换了标识", "entity has another id"),
    "entity_changed": ("实体有变化", "entity changed"),
    "entity_merged": ("实体已合并", "entity merged"),
    "entity_split": ("实体已拆分", "entity split"),
    "entity_regrouped": ("实体已重组", "entity regrouped"),
}
"""What collections, kinds and causes are called, in Chinese and in English."""


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What the two graphs were built with differently: an option, a version; None where a graph does not have it."""

    name: str
    old: str | None
    new: str | None


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """The id and the name of a document or entity."""

    id: str
    name: str


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that says a fact; `[start, end)` counts code points of the document's text."""

    document: Named
    start: int
    end: int
    quote: str


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document, entity, fact or figure in one of the graphs. An empty field is absent from the JSON.

    `type` is that of an entity or fact, the kind of a figure, or `document`. `name` is that of a document or entity, and
    what a figure counts. `attributes` are the others that are one value, entities by name. `evidence` holds all
    sentences; where nothing but the support of a thing differs, those that the other graph does not have.
    """

    id: str
    type: str
    name: str = ""
    subject: Named | None = None
    object: Named | None = None
    attributes: dict[str, str | int | float | bool] = {}
    evidence: tuple[Sentence, ...] = ()


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """An attribute that differs. Of lists only what the other has not is given, of evidence how many sentences it is.

    Entities and documents stand here by name.
    """

    name: str
    old: Value
    new: Value


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why something differs, with the documents or entities that make the difference.

    `document_added`, `document_gone` and `document_edited` are those that say or said it. `reread`: documents that did not
    change were read with other settings. `relinked`: nor did the settings, so what changed is how it hangs together
    with other documents. `entity_…`: an end of the fact is an entity with this kind of change. `unread`: the file could
    not be used, `detail` says why.
    """

    cause: Cause
    documents: tuple[Named, ...] = ()
    entities: tuple[Named, ...] = ()
    detail: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One difference.

    `new` and `gone` are in one graph only. `merged` was several things and is one, `split` was one and is several,
    `regrouped` was several and is several others. What is one in both is `changed` if `fields` say anything of itself,
    `support` if they tell only what backs it (documents, sentences, sources, confidence, rules, copies), and `carried` if
    nothing but the id differs.
    """

    kind: Kind
    old: tuple[Item, ...] = ()
    new: tuple[Item, ...] = ()
    fields: tuple[Field, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """How much a graph holds."""

    documents: int
    entities: int
    facts: int
    figures: int


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """All that differs, each collection in order of kind, type, the number of documents (most first), name and id.

    `counts` has how many changes of each kind there are in each collection, without zeros.
    """

    old: Totals
    new: Totals
    settings: tuple[Setting, ...]
    counts: dict[str, dict[str, int]]
    documents: tuple[Change, ...]
    entities: tuple[Change, ...]
    facts: tuple[Change, ...]
    figures: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """True if the graphs hold the same; `settings` may differ."""
        return not any(self.counts.values())

    def changes(self, collection: str) -> tuple[Change, ...]:
        """Return the changes of one of the `COLLECTIONS`."""
        changes: tuple[Change, ...] = getattr(self, collection)
        return changes

    def causes(self) -> list[tuple[Cause, str, dict[str, int]]]:
        """Return how many entities, facts and figures each cause changed, the cause with most of them first.

        A cause comes with the name of the document that it is about, of each if there are several, else with "".
        """
        tallies: dict[tuple[Cause, str], Counter[str]] = defaultdict(Counter)
        for collection in COLLECTIONS[1:]:
            for change in self.changes(collection):
                for reason in change.reasons:
                    for name in {document.name for document in reason.documents} or {""}:
                        tallies[reason.cause, name][collection] += 1
        most_first = sorted(tallies.items(), key=lambda item: (-item[1].total(), item[0]))
        return [
            (cause, name, {collection: tally[collection] for collection in COLLECTIONS if tally[collection]})
            for (cause, name), tally in most_first
        ]
