"""IRIs: the one way in which they are minted and written.

An IRI of the graph is a base and a name. The base is configurable; names are ASCII, depend on nothing but what they
name, and serve as ids in the tables too. Every node of our RDF has an IRI: there are no blank nodes.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import sha256
from urllib.parse import quote

from pyoxigraph import NamedNode

from unionkg.errors import InvalidOption
from unionkg.graph.attributes import EvidenceAttributes
from unionkg.graph.divisions import Division
from unionkg.graph.schema import BASE, PREFIXES
from unionkg.graph.spots import short_document

__all__ = [
    "BASE",
    "KEPT",
    "checked_base",
    "division_name",
    "document_name",
    "evidence_name",
    "expand",
    "name_of",
    "post_name",
    "role_name",
    "rule_name",
    "term",
    "vocabulary",
]

KEPT = 65536  # names and terms that are kept for the next triple: the same ones come time and again

_BASE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\U0010ffff]*[/#:=]")  # RFC 3987, ASCII only
_SPLIT = re.compile(r"(?<=[/#=])[^/#=]*$")
_SHA256 = re.compile(r"[0-9a-f]{64}(?:#[0-9]+)?")


def checked_base(base: str) -> str:
    """Return `base` if names can be appended to it. Raises InvalidOption."""
    if not _BASE.fullmatch(base) or not _is_iri(f"{base}x"):
        raise InvalidOption(
            f"the base IRI {base!r} cannot be used; accepted: an absolute IRI in ASCII that ends in one of / # : ="
        )
    return base


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def expand(prefixed: str) -> str:
    """Return the IRI of a prefixed name of the schema.

    >>> expand("ukg:holdsPost")
    'https://w3id.org/unionkg/ontology#holdsPost'
    """
    prefix, _, name = prefixed.partition(":")
    return PREFIXES[prefix] + name


@cache
def term(prefixed: str) -> str:
    """Return the IRI of a prefixed name of the schema in the brackets that N-Triples and Turtle put around it.

    >>> term("rdf:type")
    '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    return f"<{expand(prefixed)}>"


def vocabulary(iri: str) -> str:
    """Return what an IRI has before its last part.

    >>> vocabulary("http://www.wikidata.org/entity/Q42")
    'http://www.wikidata.org/entity/'
    """
    return _SPLIT.sub("", iri)


def name_of(identifier: str) -> str:
    """Return the name of an entity, an assertion or an outcome: its id, percent-encoded where it is not safe.

    >>> name_of("org-3f2a91c0d4e5f601"), name_of("a b")
    ('org-3f2a91c0d4e5f601', 'a%20b')
    """
    is_safe = (
        identifier.isascii() and identifier.replace("-", "").isalnum()
    )  # nearly all are, and quoting takes its time
    return identifier if is_safe else quote(identifier, safe="")


@lru_cache(KEPT)
def document_name(identifier: str) -> str:
    """Return the name of a document: 16 digits of its sha256 and, for one of several records, the record's number.

    An id that is no sha256 is kept whole.

    >>> document_name("0123456789abcdef" * 4 + "#2")
    'doc-0123456789abcdef-2'
    """
    return short_document(identifier) if _SHA256.fullmatch(identifier) else "doc-" + name_of(identifier)


def evidence_name(evidence: EvidenceAttributes) -> str:
    """Return the name of a piece of evidence: facts that rest on the same sentence share it.

    It tells the document and the interval. Pieces that differ in their parts, or in whether they were restored, differ
    in a digest at the end.
    """
    place = f"{document_name(evidence['document'])}-{evidence['start']}-{evidence['end']}".replace("doc-", "ev-", 1)
    if not evidence["parts"] and not evidence["restored"]:
        return place
    traits = f"{evidence['parts']} {evidence['restored']}"
    return f"{place}-{_digest(traits)[:8]}"


@lru_cache(KEPT)
def role_name(role: str) -> str:
    """Return the name of the concept for a role: the same text always gives the same one.

    >>> role_name("主席") == role_name("主席")
    True
    """
    return f"role-{_digest(role)}"


@lru_cache(KEPT)
def post_name(organisation: str, role: str) -> str:
    """Return the name of the post that this role is at an organisation, given by its id."""
    return f"post-{_digest(f'{organisation} {role}')}"


def division_name(division: Division) -> str:
    """Return the name of a division: its code and the year in which it is first listed under its name.

    The year is there because codes were given anew, and names of things never change: 130123 was 栾城县, then 正定县.
    """
    return f"div-{division.code}-{division.first_year}"


@lru_cache(KEPT)
def rule_name(rule: str) -> str:
    """Return the name of what a rule or model does.

    >>> rule_name("figure")
    'rule-figure'
    """
    return f"rule-{name_of(rule)}"


def _digest(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
