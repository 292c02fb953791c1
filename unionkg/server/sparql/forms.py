"""The forms of answers by their media types, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from starlette.exceptions import HTTPException

from unionkg.exports.answers import Wanted
from unionkg.server.negotiation import chosen

TRUTH: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/sparql-results+xml": "xml",
        "application/json": "json",
        "application/xml": "xml",
        "text/xml": "xml",
    }
)
ROWS: Mapping[str, str] = MappingProxyType({**TRUTH, "text/csv": "csv", "text/tab-separated-values": "tsv"})
TRIPLES: Mapping[str, str] = MappingProxyType(
    {
        "text/turtle": "ttl",
        "application/n-triples": "nt",
        "application/rdf+xml": "rdfxml",
        "application/ld+json": "jsonld",
    }
)


@dataclass(frozen=True, slots=True)
class Forms:
    """The media types that a request prefers for each kind of answer, None for one of which it takes none."""

    rows: str | None
    truth: str | None
    triples: str | None

    @property
    def wanted(self) -> Wanted:
        """The forms that stand for the media types."""
        return Wanted(
            rows=ROWS[self.rows] if self.rows else None,
            truth=TRUTH[self.truth] if self.truth else None,
            triples=TRIPLES[self.triples] if self.triples else None,
        )

    def media_type(self, form: str) -> str:
        """Return the media type of an answer that was written in one of the forms wanted."""
        found = (self.rows or "", ROWS), (self.truth or "", TRUTH), (self.triples or "", TRIPLES)
        return next(media_type for media_type, forms in found if forms.get(media_type) == form)


@lru_cache(256)  # a client sends the same header each time, and to weigh it takes a third of what a request takes
def preferred(accept: str | None, formats: tuple[str, ...] = ()) -> Forms:
    """Return the forms of answers that a request prefers.

    Those that `formats` name are preferred to others that the Accept header takes too: so does a link, whose header a
    browser chooses. Names that there are not are passed over, because clients send those that other servers know, and
    all at once. Raises HTTPException if the request takes no form of any kind.
    """

    def of(offers: Mapping[str, str]) -> str | None:
        named = tuple(media_type for name in formats for media_type, form in offers.items() if form == name)
        return chosen(accept, named) or chosen(accept, tuple(offers))

    found = Forms(of(ROWS), of(TRUTH), of(TRIPLES))
    if found == Forms(None, None, None):
        raise HTTPException(406, f"no such answer is given; accepted: {', '.join((*ROWS, *TRIPLES))}")
    return found
