"""The graph as RDF triples: documents, entities, roles, assertions, figures, evidence and doubts, in this order.

The stream is a function of the graph's content alone, whatever the order in which it was put together; it repeats no
triple, has no blank node, and gives all triples of one subject together.

A fact without modality is there twice: as a plain triple, which is easy to ask, and as an assertion with its
qualifiers and evidence. A planned one is an assertion only, so that nothing planned reads as done. The outside terms to
which the schema aligns ours are written out, because nothing is inferred at the time of a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import TypeAlias, cast

from pyoxigraph import Literal, NamedNode, Triple

from unionkg.errors import InvalidExtraction
from unionkg.exports.iri import (
    BASE,
    checked_base,
    document_name,
    evidence_name,
    expand,
    name_of,
    role_name,
)
from unionkg.exports.literals import chinese, days, decimal, pinyin, stated, string, typed
from unionkg.exports.terms import property_of
from unionkg.graph.attributes import (
    ConflictAttributes,
    DocumentAttributes,
    EdgeAttributes,
    EvidenceAttributes,
    KnowledgeGraph,
    NodeAttributes,
    OutcomeAttributes,
    PossibleAttributes,
)
from unionkg.graph.readable import Readable, readable
from unionkg.graph.schema import ENTITY_TYPES, QUALIFIERS, RELATION_TYPES

Mint: TypeAlias = Callable[[str], NamedNode]
Pairs: TypeAlias = Iterator[tuple[NamedNode, NamedNode | Literal]]

EDITION = "ukg:editionOf"
MINTED = 65536  # nodes that are kept for the next triple


@cache
def term(prefixed: str) -> NamedNode:
    """Return the node of a prefixed name."""
    return NamedNode(expand(prefixed))


def triples(graph: KnowledgeGraph | Readable, base: str = BASE) -> Iterator[Triple]:
    """Yield the triples of the graph, entities and all else named under the IRI `base`.

    Raises InvalidOption for a base that cannot be used, InvalidExtraction for a type that the schema does not have.
    """
    base = checked_base(base)
    mint = lru_cache(MINTED)(lambda name: NamedNode(base + name))
    entity = lru_cache(MINTED)(lambda identifier: NamedNode(base + name_of(identifier)))
    source = readable(graph)
    for document in source.documents():
        mentioned = [entity(node) for node in source.named_in(document["id"])]
        yield from _about(mint(document_name(document["id"])), _document(document, mentioned))

    wide = {edition["narrow"]: edition["wide"] for edition in source.editions()}
    for node, attributes in source.nodes():
        plain = _plain_facts(source.edges_from(node))
        if node in wide:
            plain.add((EDITION, wide[node]))
        links = ((term(name), entity(end)) for name, end in sorted(plain))
        yield from _about(entity(node), _entity(attributes, links))

    roles = {fact["role"] for _, _, _, fact in source.edges() if _is_membership(fact) and "role" in fact}
    for name, role in sorted((role_name(role), role) for role in roles):
        yield from _about(mint(name), _role(role))

    for subject, end, key, fact in source.edges():
        yield from _about(entity(key), _assertion(fact, entity(subject), entity(end), mint, entity))
    for figure in source.outcomes():
        yield from _about(entity(figure["id"]), _outcome(figure, mint, entity))

    for piece in source.evidence():
        yield from _evidence(evidence_name(piece), piece, mint)

    for possible in source.possible():
        yield from _about(entity(possible["id"]), _possible(possible, entity))
    for conflict in source.conflicts():
        yield from _about(entity(conflict["id"]), _conflict(conflict, entity))


@cache
def _classes(type_name: str, subtype_name: str | None) -> tuple[NamedNode, ...]:
    """Return the classes of a type and a subtype, ours and those they are aligned to, without repeats."""
    entity_type = ENTITY_TYPES.get(type_name)
    if entity_type is None:
        raise InvalidExtraction(f"unknown entity type {type_name!r}; accepted: {', '.join(ENTITY_TYPES)}")
    subtypes = [subtype for subtype in entity_type.subtypes if subtype.name == subtype_name]
    if subtype_name is not None and not subtypes:
        accepted = ", ".join(subtype.name for subtype in entity_type.subtypes) or "none"
        raise InvalidExtraction(f"unknown subtype {subtype_name!r} of {type_name}; accepted: {accepted}")
    names = [entity_type.rdf_class, *entity_type.aligned]
    for subtype in subtypes:
        names += [subtype.rdf_class, *subtype.aligned]
    return tuple(dict.fromkeys(map(term, names)))


def _plain_facts(facts: Iterable[tuple[str, str, str, EdgeAttributes]]) -> set[tuple[str, str]]:
    """Return what an entity is plainly said to do: prefixed property and object's id."""
    plain: set[tuple[str, str]] = set()
    for _, end, key, fact in facts:
        relation = RELATION_TYPES.get(fact["type"])
        if relation is None:
            raise InvalidExtraction(
                f"{key}: unknown relation type {fact['type']!r}; accepted: {', '.join(RELATION_TYPES)}"
            )
        if "modality" not in fact:
            name = property_of(fact["type"], fact)
            aligned = relation.aligned if name == relation.rdf_property else ()
            plain.update((name, end) for name in (name, *aligned))
    return plain


def _is_membership(fact: EdgeAttributes) -> bool:
    return fact["type"] == "holds_post" and "modality" not in fact


def _about(subject: NamedNode, pairs: Pairs) -> Iterator[Triple]:
    return (Triple(subject, predicate, value) for predicate, value in pairs)


def _types(*names: str) -> Pairs:
    return ((term("rdf:type"), term(name)) for name in names)


def _strings(name: str, values: Iterable[str]) -> Pairs:
    return ((term(name), value) for value in dict.fromkeys(map(string, values)))


def _days(time: str) -> Pairs:
    interval = days(time)
    if interval is not None:
        yield term("ukg:firstDay"), typed(interval[0].isoformat(), "date")
        yield term("ukg:lastDay"), typed(interval[1].isoformat(), "date")


def _document(document: DocumentAttributes, mentioned: list[NamedNode]) -> Pairs:
    yield from _types("ukg:Document", "schema:Article", "prov:Entity")
    yield term("rdfs:label"), string(document.get("title", document["name"]))
    yield term("ukg:fileName"), string(document["name"])
    yield term("dcterms:identifier"), string(document["id"])
    yield term("schema:sha256"), string(document["id"].partition("#")[0])
    if "encoding" in document:
        yield term("ukg:encoding"), string(document["encoding"])
    if "title" in document:
        yield term("dcterms:title"), string(document["title"])
    if "date" in document:
        yield term("dcterms:date"), stated(document["date"])
        yield from _days(document["date"])
    if "original_title" in document:
        yield term("dcterms:alternative"), string(document["original_title"])
    if "number" in document:
        yield term("ukg:documentNumber"), string(document["number"])
    if "source" in document:
        yield term("dcterms:source"), string(document["source"])
    yield from _strings("dcterms:creator", document["authors"])
    yield from _strings("dcterms:contributor", document["editors"])
    for entity in mentioned:
        yield term("schema:mentions"), entity


def _entity(attributes: NodeAttributes, links: Pairs) -> Pairs:
    for name in _classes(attributes["type"], attributes.get("subtype")):
        yield term("rdf:type"), name
    label = chinese(attributes["name"])
    yield term("rdfs:label"), label
    yield term("skos:prefLabel"), label
    for alias in dict.fromkeys(chinese(alias) for alias in attributes["aliases"]):
        if alias != label:
            yield term("skos:altLabel"), alias
    if attributes["pinyin"]:
        yield term("skos:altLabel"), pinyin(attributes["pinyin"])
    if "code" in attributes:
        yield term("ukg:divisionCode"), string(attributes["code"])
    yield term("ukg:identity"), string(f"{attributes['rule']}: {', '.join(filter(None, attributes['matched']))}")
    yield term("ukg:mentionCount"), typed(str(attributes["mentions"]), "integer")
    yield from links


def _role(role: str) -> Pairs:
    yield from _types("org:Role", "skos:Concept")
    yield term("rdfs:label"), chinese(role)
    yield term("skos:prefLabel"), chinese(role)


def _assertion(fact: EdgeAttributes, subject: NamedNode, end: NamedNode, mint: Mint, entity: Mint) -> Pairs:
    yield from _types("ukg:Assertion", "rdf:Statement")
    if _is_membership(fact):
        yield from _types("org:Membership")
        yield term("org:member"), subject
        yield term("org:organization"), end
        if "role" in fact:
            yield term("org:role"), mint(role_name(fact["role"]))
    yield term("rdf:subject"), subject
    yield term("rdf:predicate"), term(property_of(fact["type"], fact))
    yield term("rdf:object"), end
    for name, qualifier in QUALIFIERS.items():
        value = cast("str | None", fact.get(name))
        if value is None:
            continue
        if name == "programme":
            yield term(qualifier.rdf_property), entity(value)
        elif name == "date":
            yield term(qualifier.rdf_property), stated(value)
            yield from _days(value)
        else:
            yield term(qualifier.rdf_property), string(value)
    yield from _support(fact, mint)


def _outcome(figure: OutcomeAttributes, mint: Mint, entity: Mint) -> Pairs:
    yield from _types("ukg:Outcome", "schema:Observation")
    if "subject" in figure:
        yield term("ukg:outcomeSubject"), entity(figure["subject"])
    if "programme" in figure:
        yield term(QUALIFIERS["programme"].rdf_property), entity(figure["programme"])
    yield term("ukg:value"), decimal(figure["value"])
    if "value_max" in figure:
        yield term("ukg:valueMax"), decimal(figure["value_max"])
    yield term("ukg:unit"), string(figure["unit"])
    yield term("ukg:what"), string(figure["what"])
    yield term("ukg:kind"), string(figure["kind"])
    if "period" in figure:
        yield term("ukg:period"), stated(figure["period"])
        yield from _days(figure["period"])
    yield from _support(figure, mint)


def _possible(possible: PossibleAttributes, entity: Mint) -> Pairs:
    yield from _types("ukg:PossibleMatch")
    for node in possible["nodes"]:
        yield term("ukg:candidate"), entity(node)
    yield term("ukg:reason"), string(possible["reason"])


def _conflict(conflict: ConflictAttributes, entity: Mint) -> Pairs:
    yield from _types("ukg:Conflict")
    yield term("ukg:conflictKind"), string(conflict["kind"])
    for fact in conflict["facts"]:
        yield term("ukg:conflicting"), entity(fact)
    yield term("ukg:reason"), string(conflict["reason"])


def _support(owner: EdgeAttributes | OutcomeAttributes, mint: Mint) -> Pairs:
    yield term("ukg:confidence"), decimal(owner["confidence"])
    yield from _strings("ukg:rule", owner["rules"])
    yield term("ukg:sources"), typed(str(owner["sources"]), "integer")
    if "first_stated" in owner and "last_stated" in owner:
        yield term("ukg:firstStated"), stated(owner["first_stated"])
        yield term("ukg:lastStated"), stated(owner["last_stated"])
    yield term("ukg:restored"), _boolean(all(piece["restored"] for piece in owner["evidence"]))
    for name in dict.fromkeys(evidence_name(piece) for piece in owner["evidence"]):
        yield term("ukg:evidence"), mint(name)


def _evidence(name: str, piece: EvidenceAttributes, mint: Mint) -> Iterator[Triple]:
    """Yield a piece of evidence and its selectors (W3C Web Annotation Data Model, sections 4.2.4, 4.2.5 and 4.3).

    Alternative selectors must select the same thing, so the parts of a split sentence have a property of their own.
    """
    place, quote = mint(f"{name}-position"), mint(f"{name}-quote")
    parts = [(mint(f"{name}-part-{number}"), part) for number, part in enumerate(piece["parts"], 1)]

    def itself() -> Pairs:
        yield from _types("ukg:Evidence", "oa:SpecificResource")
        yield term("oa:hasSource"), mint(document_name(piece["document"]))
        yield term("oa:hasSelector"), place
        yield term("oa:hasSelector"), quote
        for part, _ in parts:
            yield term("ukg:evidencePart"), part
        yield term("ukg:restored"), _boolean(piece["restored"])

    yield from _about(mint(name), itself())
    for selector, (start, end) in ((place, (piece["start"], piece["end"])), *parts):
        yield Triple(selector, term("rdf:type"), term("oa:TextPositionSelector"))
        yield Triple(selector, term("oa:start"), typed(str(start), "integer"))
        yield Triple(selector, term("oa:end"), typed(str(end), "integer"))
    yield Triple(quote, term("rdf:type"), term("oa:TextQuoteSelector"))
    yield Triple(quote, term("oa:exact"), string(piece["quote"]))


@cache
def _boolean(value: bool) -> Literal:
    return typed("true" if value else "false", "boolean")
