"""The ontology: every class and property of ours, with labels and definitions in Chinese and English.

It is derived from the schema and from the table of `terms`; no part of it is written by hand. A property that goes
from, or to, one class has it as domain, or range; one with several has them as `schema:domainIncludes` and
`schema:rangeIncludes`, since a union of classes would need a blank node.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import BinaryIO

from unionkg.exports.format import Format
from unionkg.exports.iri import term
from unionkg.exports.literals import chinese, english, string
from unionkg.exports.terms import TERMS, VARIANTS
from unionkg.exports.turtle import Triple, write_triples
from unionkg.graph.schema import ENTITY_TYPES, PREFIXES, QUALIFIERS, RELATION_TYPES

ONTOLOGY = f"<{PREFIXES['ukg'].removesuffix('#')}>"
LICENCE = "<https://www.apache.org/licenses/LICENSE-2.0>"
DESCRIPTION = (
    "文献所述的工会、人物、地点、项目、政策、会议及其关系，每项事实都附有陈述它的句子及其出处。",
    (
        "Trade unions, people, places, programmes, policies and events and how they are linked, as documents state it; each"
        " fact with the sentences that state it and where they stand."
    ),
)


def write_ontology(stream: BinaryIO) -> None:
    """Write the ontology as Turtle, in the order of the schema."""
    write_triples(ontology(), stream)


def ontology() -> Iterator[Triple]:
    """Yield the triples of the ontology."""
    yield ONTOLOGY, term("rdf:type"), term("owl:Ontology")
    yield from _texts(ONTOLOGY, "dcterms:title", "工会知识图谱本体", "Ontology of the trade union knowledge graph")
    yield from _texts(ONTOLOGY, "dcterms:description", *DESCRIPTION)
    yield ONTOLOGY, term("dcterms:creator"), string("The unionkg developers")
    yield ONTOLOGY, term("dcterms:license"), LICENCE
    yield ONTOLOGY, term("owl:versionInfo"), string(version("unionkg"))
    yield ONTOLOGY, term("vann:preferredNamespacePrefix"), string("ukg")
    yield ONTOLOGY, term("vann:preferredNamespaceUri"), string(PREFIXES["ukg"])
    for kind in ENTITY_TYPES.values():
        yield from _class(kind.rdf_class, kind.zh, kind.en, kind.aligned)
        yield from _texts(term(kind.rdf_class), "skos:definition", kind.definition_zh, kind.definition_en)
        for subtype in kind.subtypes:
            yield from _class(subtype.rdf_class, subtype.zh, subtype.en, (kind.rdf_class, *subtype.aligned))
            yield from _texts(term(subtype.rdf_class), "skos:definition", subtype.definition_zh, subtype.definition_en)
    for own in TERMS.values():
        if own.kind == "class":
            yield from _class(own.name, own.zh, own.en, own.aligned)
            yield from _texts(term(own.name), "skos:definition", own.definition_zh, own.definition_en)
    for relation in RELATION_TYPES.values():
        domain, value_range = _classes(relation.domain), _classes(relation.range)
        yield from _property(relation.rdf_property, "object", relation.zh, relation.en, domain, value_range)
        yield from _texts(
            term(relation.rdf_property), "skos:definition", relation.definition_zh, relation.definition_en
        )
        yield from _above(relation.rdf_property, "rdfs:subPropertyOf", relation.aligned)
    for variant in VARIANTS:
        relation = RELATION_TYPES[variant.relation]
        domain, value_range = _classes(relation.domain), _classes(relation.range)
        yield from _property(variant.property, "object", variant.zh, variant.en, domain, value_range)
        yield from _texts(term(variant.property), "skos:definition", variant.definition_zh, variant.definition_en)
        yield term(variant.property), term("rdfs:seeAlso"), term(relation.rdf_property)
    for name, qualifier in QUALIFIERS.items():
        is_object = bool(qualifier.range) and not qualifier.range.startswith("xsd:")
        yield from _property(
            qualifier.rdf_property,
            "object" if is_object else "datatype",
            qualifier.zh,
            qualifier.en,
            ("ukg:Assertion", "ukg:Outcome") if name == "programme" else ("ukg:Assertion",),
            (qualifier.range,) if qualifier.range else (),
        )
        yield from _texts(
            term(qualifier.rdf_property), "skos:definition", qualifier.definition_zh, qualifier.definition_en
        )
    for own in TERMS.values():
        if own.kind != "class":
            yield from _property(own.name, own.kind, own.zh, own.en, own.domain, own.range)
            yield from _texts(term(own.name), "skos:definition", own.definition_zh, own.definition_en)
            yield from _above(own.name, "rdfs:subPropertyOf", own.aligned)


@cache
def labels() -> dict[str, tuple[str, str]]:
    """Return what each class and property of ours is called in Chinese and in English, by its prefixed name."""
    return {
        **{kind.rdf_class: (kind.zh, kind.en) for kind in ENTITY_TYPES.values()},
        **{one.rdf_class: (one.zh, one.en) for kind in ENTITY_TYPES.values() for one in kind.subtypes},
        **{one.rdf_property: (one.zh, one.en) for one in RELATION_TYPES.values()},
        **{one.rdf_property: (one.zh, one.en) for one in QUALIFIERS.values()},
        **{one.property: (one.zh, one.en) for one in VARIANTS},
        **{name: (one.zh, one.en) for name, one in TERMS.items()},
    }


def _classes(types: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(ENTITY_TYPES[name].rdf_class for name in types)


def _class(name: str, zh: str, en: str, above: tuple[str, ...]) -> Iterator[Triple]:
    yield term(name), term("rdf:type"), term("owl:Class")
    yield from _named(name, zh, en)
    yield from _above(name, "rdfs:subClassOf", above)


def _property(
    name: str, kind: str, zh: str, en: str, domain: tuple[str, ...], value_range: tuple[str, ...]
) -> Iterator[Triple]:
    yield term(name), term("rdf:type"), term("owl:ObjectProperty" if kind == "object" else "owl:DatatypeProperty")
    yield from _named(name, zh, en)
    yield from _above(name, "rdfs:domain" if len(domain) == 1 else "schema:domainIncludes", domain)
    yield from _above(name, "rdfs:range" if len(value_range) == 1 else "schema:rangeIncludes", value_range)


def _named(name: str, zh: str, en: str) -> Iterator[Triple]:
    yield from _texts(term(name), "rdfs:label", zh, en)
    yield term(name), term("rdfs:isDefinedBy"), ONTOLOGY


def _above(name: str, link: str, others: tuple[str, ...]) -> Iterator[Triple]:
    return ((term(name), term(link), term(other)) for other in others)


def _texts(subject: str, link: str, zh: str, en: str) -> Iterator[Triple]:
    yield subject, term(link), chinese(zh)
    yield subject, term(link), english(en)


FORMAT = Format(
    "ontology",
    ".ttl",
    "the classes and properties, as Turtle",
    "text/turtle",
    lambda graph, stream, base: write_ontology(stream),
)
