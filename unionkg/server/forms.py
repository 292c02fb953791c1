"""The forms in which a thing of the graph is told, and which of them a request wants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from starlette.requests import Request

from unionkg.server.negotiation import chosen


class Form(NamedTuple):
    """A form: the suffix that asks for it in an address, its media type, and its name for people."""

    suffix: str
    media_type: str
    name: str


HTML = Form("html", "text/html", "HTML")
TURTLE = Form("ttl", "text/turtle", "Turtle")
JSON_LD = Form("jsonld", "application/ld+json", "JSON-LD")
N_TRIPLES = Form("nt", "application/n-triples", "N-Triples")
JSON = Form("json", "application/json", "JSON")
RDF = (TURTLE, JSON_LD, N_TRIPLES)

_BY_SUFFIX = {form.suffix: form for form in (*RDF, JSON)}


def parted(name: str) -> tuple[str, Form | None]:
    """Return a name without the suffix of a form, and the form; None if it has none.

    >>> parted("org-1.ttl")[1].name, parted("rule-verb.issues")
    ('Turtle', ('rule-verb.issues', None))
    """
    stem, _, suffix = name.rpartition(".")
    return (stem, _BY_SUFFIX[suffix]) if stem and suffix in _BY_SUFFIX else (name, None)


def wanted(request: Request, offers: Sequence[Form]) -> Form | None:
    """Return the form that the Accept header of a request prefers, None if it takes none of them."""
    found = chosen(request.headers.get("accept"), [form.media_type for form in offers])
    return next((form for form in offers if form.media_type == found), None)
