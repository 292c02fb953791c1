"""A page that shows a document's original and its restored text side by side, every change with its rule.

There is no script in it: the rule stands in the tooltip. What comes from the document is escaped by the template
engine, and a content security policy allows nothing but the page's own style, by its hash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from unionkg.graph.segments import Segment, SegmentMap
from unionkg.viz.template import asset, environment, source_hash, without_surrogates

STYLE = "templates/restoration.css"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one side's text; `hint` says by which rule it was changed, empty where it was not."""

    text: str
    op: str
    hint: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the original and what it became."""

    original: list[Piece] = field(default_factory=list)
    restored: list[Piece] = field(default_factory=list)


def restoration_page(title: str, texts: Sequence[tuple[str, SegmentMap]], rules: Mapping[str, str]) -> str:
    """Return the page as HTML text, self-contained; one part for each original with its way to the restored text.

    `rules` says what each rule of an edit means; one that it does not know stands alone.
    """
    style = asset(STYLE)
    counts = Counter(
        name for _, segments in texts for one in segments.segments for name in one.rule.split("+") if one.rule
    )
    page = (
        environment()
        .get_template("restoration.html")
        .render(
            title=title,
            policy=f"default-src 'none'; style-src {source_hash(style)}; base-uri 'none'; form-action 'none'",
            style=Markup(style),
            counts=[(name, rules.get(name, ""), counts[name]) for name in sorted(counts)],
            parts=[list(_rows(text, segments, rules)) for text, segments in texts],
        )
    )
    return without_surrogates(page)


def _rows(text: str, segments: SegmentMap, rules: Mapping[str, str]) -> Iterator[Row]:
    """Yield the lines in order; a line ends where one is kept, so that both sides break at the same place."""
    row = Row()
    for one in segments.segments:
        original, hint = text[one.start : one.end], _hint(one, text, rules)
        if one.op != "keep":
            _add(row.original, original, one.op, hint)
            _add(row.restored, one.text, one.op, hint)
            continue
        for number, line in enumerate(original.split("\n")):
            if number:
                yield row
                row = Row()
            _add(row.original, line, "keep", "")
            _add(row.restored, line, "keep", "")
    yield row


def _add(pieces: list[Piece], text: str, op: str, hint: str) -> None:
    if text:
        pieces.append(Piece(text, op, hint))


def _hint(one: Segment, text: str, rules: Mapping[str, str]) -> str:
    if not one.rule:
        return ""
    meanings = "; ".join(f"{name} ({rules[name]})" if name in rules else name for name in one.rule.split("+"))
    return f"{text[one.start : one.end]} → {one.text or '∅'}\n{meanings}\nconfidence {one.confidence:.2f}"
