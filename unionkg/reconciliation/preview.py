"""What is shown of an entity, a property or a type in a small frame: HTML without script, in which all text is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from markupsafe import Markup

from unionkg.errors import InvalidRequest
from unionkg.exports.columns import one_line
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.reconciliation.kinds import described, kind_of
from unionkg.reconciliation.properties import PROPERTIES, Thing, Value, property_of
from unionkg.reconciliation.request import Json, shown
from unionkg.reconciliation.suggest import told_of

WIDTH, HEIGHT = 400, 180
"""The size of the frame in pixels."""

_SHOWN = ("alias", "formerName", "post", "parent", "holderPost", "place", "programme", "issuer", "figure")
_LINES = 4
_VALUES = 3
_PAGE = Markup(
    '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<title>{name}</title>\n<style>\n"
    "body {{ margin: 0; padding: 8px; box-sizing: border-box; width: {width}px; height: {height}px; overflow: hidden;"
    " font: 13px/1.45 system-ui, 'Noto Sans CJK SC', sans-serif; }}\n"
    "h1 {{ font-size: 15px; }}\n"
    "h1, p {{ margin: 0; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }}\n"
    "</style>\n</head>\n<body>\n<h1>{name}</h1>\n{lines}\n</body>\n</html>\n"
)
_LINE = Markup("<p>{}</p>")
_FLYOUT = Markup("<p><b>{}</b></p>\n{}")


def preview(catalogue: Catalogue, id: str) -> str:
    """Return the page that previews an entity, made for WIDTH times HEIGHT pixels. Raises UnknownEntity."""
    node = catalogue.known(id)
    return _PAGE.format(
        language=catalogue.language,
        name=one_line(catalogue.entity(node)["name"]),
        lines=_paragraphs(_lines(catalogue, node)),
        width=WIDTH,
        height=HEIGHT,
    )


def flyout_of_entity(catalogue: Catalogue, id: str) -> Json:
    """Return `id` and `html`: what is shown beside a suggested entity. Raises UnknownEntity."""
    node = catalogue.known(id)
    return _flyout(id, catalogue.entity(node)["name"], _lines(catalogue, node))


def flyout_of_property(catalogue: Catalogue, id: str) -> Json:
    """Return `id` and `html`: what is shown beside a suggested property. Raises InvalidRequest if there is no such."""
    row = property_of(id)
    if row is None:
        raise InvalidRequest(f"unknown property {shown(id)}; accepted: {', '.join(PROPERTIES)}")
    told = told_of(catalogue, row)
    return _flyout(id, told["name"], iter([told["description"]]))


def flyout_of_type(catalogue: Catalogue, id: str) -> Json:
    """Return `id` and `html`: what is shown beside a suggested type. Raises InvalidRequest if there is no such."""
    kind = kind_of(id)
    if kind is None:
        raise InvalidRequest(f"unknown type {shown(id)}; accepted: one that is suggested")
    told = described(kind, catalogue.language)
    return _flyout(id, told["name"], iter([told["description"]]))


def _flyout(id: str, name: str, lines: Iterator[str]) -> Json:
    return {"id": id, "html": str(_FLYOUT.format(one_line(name), _paragraphs(lines)))}


def _paragraphs(lines: Iterator[str]) -> Markup:
    return Markup("\n").join(_LINE.format(one_line(line)) for line in lines)


def _lines(catalogue: Catalogue, node: str) -> Iterator[str]:
    """Yield what an entity is, and the first few of its properties that have values."""
    yield catalogue.description(node)
    yield from islice(_told(catalogue, node), _LINES)


def _told(catalogue: Catalogue, node: str) -> Iterator[str]:
    separator, colon = ("、", "：") if catalogue.language == "zh" else (", ", ": ")
    kind = catalogue.index.entries[node].type
    for row in (PROPERTIES[name] for name in _SHOWN):
        values = row.of(catalogue, node) if kind in row.types else []
        if values:
            texts = separator.join(_text(catalogue, value) for value in values[:_VALUES])
            name = row.zh if catalogue.language == "zh" else row.en
            yield f"{name}{colon}{texts}{'…' * (len(values) > _VALUES)}"


def _text(catalogue: Catalogue, value: Value) -> str:
    return str(catalogue.entity(value.id)["name"]) if isinstance(value, Thing) else str(value)
