"""The templates of the pages, and their style sheet under an address that changes with it.

What comes from documents or requests is escaped by the template engine. No page has a script or a style of its own.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from unionkg.graph.schema import ENTITY_TYPES
from unionkg.viz import template as viz
from unionkg.viz.report import STYLE

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@cache
def asset(name: str) -> str:
    """Return the text of a file of the templates."""
    return files("unionkg.server.pages").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def style() -> str:
    """Return the style sheet: that of the report, what the pages have beside it, and the colours of the schema."""
    colours = "".join(
        f".{one.name} {{ --colour: {one.colour}; }}\n"
        for one in sorted(ENTITY_TYPES.values(), key=lambda one: one.name)
    )
    return "\n".join((viz.asset(STYLE), asset("pages.css"), colours))


@cache
def style_name() -> str:
    """Return the name of the style sheet, which has a digest of it."""
    return f"pages-{hashlib.sha256(style().encode()).hexdigest()[:12]}.css"


@cache
def environment() -> Environment:
    """Return the template engine: it escapes what it is given, and refuses a name it does not know."""
    loader = FunctionLoader(asset)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def edition() -> str:
    """Return a digest of all that the pages are made of beside the graph."""
    names = sorted(one.name for one in files("unionkg.server.pages").joinpath("templates").iterdir() if one.is_file())
    parts = (version("unionkg"), style(), *map(asset, names))
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:12]
