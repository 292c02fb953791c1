"""How a difference between two graphs reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unionkg.graph.changes import (
    CAUSE_LABELS,
    COLLECTIONS,
    KIND_LABELS,
    KINDS,
    Change,
    Difference,
    Field,
    Item,
    Kind,
    Reason,
    Totals,
    Value,
)
from unionkg.graph.schema import OUTCOME_KINDS, RELATION_TYPES

LIMIT = 20
QUOTE_LENGTH = 80
NAMES = 3
DOCUMENT_ID_LENGTH = 12


def difference_text(difference: Difference, limit: int) -> Iterator[str]:
    """Yield the lines: how much there is of what and why, then each list with its first `limit` changes.

    Names and quotes stand in them as they are; what steers a terminal is the caller's to remove.
    """
    settings = [f"{one.name} {told_value(one.old)} -> {told_value(one.new)}" for one in difference.settings]
    if difference.is_empty:
        built = f"; built with another {', '.join(settings)}" if settings else ""
        yield f"no difference: {totals_line(difference.old)}{built}"
        return
    yield f"old: {totals_line(difference.old)}"
    yield f"new: {totals_line(difference.new)}"
    yield from (f"built with another {setting}" for setting in settings)
    yield ""
    yield from _table(difference)
    causes = difference.causes()
    if causes:
        yield ""
        yield "reasons"
    for cause, name, tally in causes[:LIMIT]:
        counted = ", ".join(_count(number, collection) for collection, number in tally.items())
        yield f"  {CAUSE_LABELS[cause][1]}{' ' if name else ''}{name}: {counted}"
    if len(causes) > LIMIT:
        yield f"  ... {len(causes) - LIMIT} more"
    for collection in COLLECTIONS:
        for kind in KINDS:
            changes = [change for change in difference.changes(collection) if change.kind == kind]
            if changes and limit:
                label = KIND_LABELS[kind][1]
                title = f"{collection} {label}" if label.startswith("with ") else f"{label} {collection}"
                yield ""
                yield f"{title} ({len(changes)})"
                for change in changes[:limit]:
                    yield from _told(change)
                if len(changes) > limit:
                    yield f"  ... {len(changes) - limit} more: --limit {len(changes)} shows them, --json has all"


def totals_line(totals: Totals) -> str:
    """Return how much a graph holds."""
    return ", ".join(_count(getattr(totals, collection), collection) for collection in COLLECTIONS)


def _count(number: int, collection: str) -> str:
    one = "entity" if collection == "entities" else collection.removesuffix("s")
    return f"{number} {one if number == 1 else collection}"


def _table(difference: Difference) -> Iterator[str]:
    kinds: list[Kind] = [kind for kind in KINDS if any(kind in tally for tally in difference.counts.values())]
    labels = [KIND_LABELS[kind][1].removeprefix("with ").rjust(7) for kind in kinds]
    yield "  ".join((" " * 9, *labels))
    for collection in COLLECTIONS:
        tally = difference.counts[collection]
        numbers = (str(tally.get(kind, "-")).rjust(len(label)) for kind, label in zip(kinds, labels, strict=True))
        yield "  ".join((collection.ljust(9), *numbers))


def _told(change: Change) -> Iterator[str]:
    """Yield what the change is of, what differs and why, and for a fact or figure the first sentence that says it."""
    lead = (change.new or change.old)[0]
    if len(change.old) > 1 or len(change.new) > 1:
        line = " -> ".join(
            " + ".join(f"{what(item)} [{short_id(item)}]" for item in side) for side in (change.old, change.new)
        )
    else:
        ids = dict.fromkeys(short_id(item) for item in (*change.old, *change.new))
        line = f"{what(lead)} [{' -> '.join(ids)}]"
    told = [field for one in change.fields if (field := _field(one))] + [_reason(one) for one in change.reasons]
    yield f"  {line}" + (f": {'; '.join(told)}" if told else "")
    if change.kind in {"new", "gone", "changed"} and lead.evidence:
        sentence, *others = lead.evidence
        quote = " ".join(sentence.quote.split())
        more = f" and {len(others)} more" if others else ""
        yield f"    {cut(quote, QUOTE_LENGTH)} ({sentence.document.name}:{sentence.start}{more})"


def what(item: Item) -> str:
    """Return a document, entity, fact or figure in words."""
    if item.type == "document":
        return " ".join([item.name, *(str(item.attributes[name]) for name in ("title",) if name in item.attributes)])
    if item.type in OUTCOME_KINDS:
        amount = "-".join(
            told_value(item.attributes[name]) for name in ("value", "value_max") if name in item.attributes
        )
        of = f"{item.subject.name}: " if item.subject else ""
        more = _listed(item, ("bound", "period", "programme", "beneficiary"))
        return f"{item.type} {of}{item.name} {amount}{item.attributes['unit']}{more}"
    if item.subject and item.object:
        relation = RELATION_TYPES[item.type].en if item.type in RELATION_TYPES else item.type
        more = _listed(item, ("role", "title", "status", "date", "programme", "modality"))
        return f"{item.subject.name} {relation} {item.object.name}{more}"
    return f"{item.type} {item.name}"


def _listed(item: Item, names: Iterable[str]) -> str:
    values = [str(item.attributes[name]) for name in names if name in item.attributes]
    return f" ({', '.join(values)})" if values else ""


def short_id(item: Item) -> str:
    """Return the id of the thing, that of a document without the end of its digest."""
    if item.type != "document":
        return item.id
    digest, mark, record = item.id.partition("#")
    return f"{digest[:DOCUMENT_ID_LENGTH]}{mark}{record}"


def _field(field: Field) -> str:
    """Return how the field differs; of lists what was added and removed; empty for ids, which stand in front."""
    if field.name in {"id", "pinyin"}:
        return ""
    if field.name == "evidence":
        return "other sentences" if field.old == field.new else f"sentences {field.old} -> {field.new}"
    if isinstance(field.old, tuple) or isinstance(field.new, tuple):
        then, now = field.old or (), field.new or ()
        assert isinstance(then, tuple)
        assert isinstance(now, tuple)
        removed, added = ([one for one in these if one not in those] for these, those in ((then, now), (now, then)))
        marked = [*(f"-{one}" for one in _few(removed)), *(f"+{one}" for one in _few(added))]
        return f"{field.name} {' '.join(marked) or 'in another order'}"
    return f"{field.name} {told_value(field.old)} -> {told_value(field.new)}"


def _reason(reason: Reason) -> str:
    named = _few([one.name for one in (*reason.documents, *reason.entities)])
    return " ".join(
        [
            CAUSE_LABELS[reason.cause][1],
            *([", ".join(named)] if named else []),
            *([reason.detail] if reason.detail else []),
        ]
    )


def _few(names: list[str]) -> list[str]:
    return names if len(names) <= NAMES else [*names[:NAMES], f"{len(names) - NAMES} more"]


def told_value(value: Value) -> str:
    """Return the value of an attribute, `(none)` for none."""
    if value is None:
        return "(none)"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def cut(text: str, length: int) -> str:
    """Return the text, one that is too long with a sign that it is cut."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
