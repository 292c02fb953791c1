"""The SHACL shapes that every build's graph conforms to, derived from the schema and the table of terms.

All shapes and lists have IRIs under the ontology's; there are no blank nodes. What a relation goes from and to is
checked on the plain triples, and for assertions that have none, the planned ones, on the assertion: pyshacl tries each
alternative of `sh:or` on each node, which for all assertions took ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO, TypeAlias

from unionkg.exports.format import Format
from unionkg.exports.iri import term
from unionkg.exports.literals import string, typed
from unionkg.exports.terms import VARIANTS
from unionkg.exports.turtle import Triple, write_triples
from unionkg.graph.schema import ENTITY_TYPES, OUTCOME_KINDS, QUALIFIERS, RELATION_TYPES

Limit: TypeAlias = tuple[str, str]


def write_shapes(stream: BinaryIO) -> None:
    """Write the shapes as Turtle, in order of their names."""
    write_triples(sorted(set(shapes())), stream)


def shapes() -> Iterator[Triple]:
    """Yield the triples of the shapes, some of them more than once."""
    yield from _entities()
    yield from _documents()
    yield from _evidence()
    yield from _assertions()
    yield from _outcomes()
    yield from _relations()


def _entities() -> Iterator[Triple]:
    for kind in ENTITY_TYPES.values():
        shape = _shape(f"{kind.name.lower()}")
        yield from _targeting(shape, "sh:targetClass", kind.rdf_class)
        yield from _property(shape, "skos:prefLabel", *_once(), ("sh:uniqueLang", _true()))
        yield from _property(shape, "rdfs:label", _count("min", 1))
        yield from _property(shape, "ukg:mentionCount", *_once(), _datatype("integer"))
        yield from _property(shape, "ukg:identity", *_once(), _datatype("string"))


def _documents() -> Iterator[Triple]:
    shape = _shape("document")
    yield from _targeting(shape, "sh:targetClass", "ukg:Document")
    yield from _property(shape, "dcterms:identifier", *_once(), _datatype("string"))
    yield from _property(shape, "ukg:fileName", *_once(), _datatype("string"))
    yield from _property(shape, "dcterms:date", _count("max", 1))
    yield from _property(shape, "ukg:documentNumber", _count("max", 1), _datatype("string"))
    yield from _interval(shape)


def _evidence() -> Iterator[Triple]:
    shape = _shape("evidence")
    yield from _targeting(shape, "sh:targetClass", "ukg:Evidence")
    yield from _property(shape, "oa:hasSource", *_once(), ("sh:class", term("ukg:Document")))
    yield from _property(shape, "oa:hasSelector", _count("min", 2), _count("max", 2))
    yield from _property(shape, "ukg:evidencePart", ("sh:class", term("oa:TextPositionSelector")))
    yield from _property(shape, "ukg:restored", *_once(), _datatype("boolean"))
    position = _shape("position")
    zero = ("sh:minInclusive", typed("0", "integer"))
    yield from _targeting(position, "sh:targetClass", "oa:TextPositionSelector")
    yield from _property(position, "oa:start", *_once(), _datatype("integer"), zero, ("sh:lessThan", term("oa:end")))
    yield from _property(position, "oa:end", *_once(), _datatype("integer"))
    quote = _shape("quote")
    yield from _targeting(quote, "sh:targetClass", "oa:TextQuoteSelector")
    yield from _property(quote, "oa:exact", *_once(), ("sh:minLength", typed("1", "integer")))


def _assertions() -> Iterator[Triple]:
    shape = _shape("assertion")
    yield from _targeting(shape, "sh:targetClass", "ukg:Assertion")
    for end in ("rdf:subject", "rdf:predicate", "rdf:object"):
        yield from _property(shape, end, *_once(), ("sh:nodeKind", term("sh:IRI")))
    yield from _support(shape)
    yield from _interval(shape)
    for qualifier in QUALIFIERS.values():
        yield from _property(shape, qualifier.rdf_property, _count("max", 1))
        if qualifier.values:
            yield from _one_of(shape, qualifier.rdf_property, list(map(string, qualifier.values)))

    membership = _shape("membership")
    yield from _targeting(membership, "sh:targetClass", "org:Membership")
    yield from _property(membership, "org:member", *_once(), ("sh:class", term("ukg:Person")))
    yield from _property(membership, "org:organization", *_once(), ("sh:class", term("ukg:Organisation")))
    yield from _property(membership, "org:role", _count("max", 1), ("sh:class", term("skos:Concept")))


def _outcomes() -> Iterator[Triple]:
    shape = _shape("outcome")
    yield from _targeting(shape, "sh:targetClass", "ukg:Outcome")
    yield from _property(shape, "ukg:kind", *_once())
    yield from _one_of(shape, "ukg:kind", list(map(string, OUTCOME_KINDS)))
    yield from _property(shape, "ukg:value", *_once(), _datatype("decimal"))
    yield from _property(shape, "ukg:valueMax", _count("max", 1), _datatype("decimal"))
    yield from _property(shape, "ukg:unit", *_once(), _datatype("string"))
    yield from _property(shape, "ukg:what", *_once(), _datatype("string"))
    yield from _property(shape, "ukg:outcomeSubject", _count("max", 1), ("sh:nodeKind", term("sh:IRI")))
    yield from _support(shape)
    yield from _interval(shape)


def _relations() -> Iterator[Triple]:
    """Yield, for each property that stands for a relation, what it goes from and to: plainly and in planned assertions."""
    properties = {row.rdf_property: row for row in RELATION_TYPES.values()}
    properties |= {variant.property: RELATION_TYPES[variant.relation] for variant in VARIANTS}
    yield from _one_of(_shape("assertion"), "rdf:predicate", [term(name) for name in properties])
    planned = _shape("planned")
    yield from _targeting(planned, "sh:targetSubjectsOf", QUALIFIERS["modality"].rdf_property)
    yield from _either(planned, "relations", [_shape(f"{_local(name)}-assertion") for name in properties])
    for name, relation in properties.items():
        assertion = _shape(f"{_local(name)}-assertion")
        yield assertion, term("rdf:type"), term("sh:NodeShape")
        yield from _property(assertion, "rdf:predicate", ("sh:hasValue", term(name)))
        for end, target, types in (
            ("rdf:subject", "sh:targetSubjectsOf", relation.domain),
            ("rdf:object", "sh:targetObjectsOf", relation.range),
        ):
            entity = _shape(f"{_local(name)}-{_local(end)}")
            yield from _targeting(entity, target, name)
            yield from _of_classes(entity, [ENTITY_TYPES[kind].rdf_class for kind in types])
            yield from _property(assertion, end, ("sh:node", entity))


def _of_classes(shape: str, classes: Sequence[str]) -> Iterator[Triple]:
    if len(classes) == 1:
        yield shape, term("sh:class"), term(classes[0])
        return
    options = {_shape(f"is-{_local(name)}"): term(name) for name in classes}
    yield from _either(shape, shape[:-1].rpartition("#shape-")[2], list(options))
    for option, name in options.items():
        yield option, term("rdf:type"), term("sh:NodeShape")
        yield option, term("sh:class"), name


def _support(shape: str) -> Iterator[Triple]:
    yield from _property(shape, "ukg:evidence", _count("min", 1), ("sh:class", term("ukg:Evidence")))
    above, most = ("sh:minExclusive", typed("0", "decimal")), ("sh:maxInclusive", typed("1", "decimal"))
    yield from _property(shape, "ukg:confidence", *_once(), _datatype("decimal"), above, most)
    yield from _property(
        shape, "ukg:sources", *_once(), _datatype("integer"), ("sh:minInclusive", typed("1", "integer"))
    )


def _interval(shape: str) -> Iterator[Triple]:
    limits = (_count("max", 1), _datatype("date"))
    yield from _property(shape, "ukg:firstDay", *limits, ("sh:lessThanOrEquals", term("ukg:lastDay")))
    yield from _property(shape, "ukg:lastDay", *limits)


def _targeting(shape: str, target: str, name: str) -> Iterator[Triple]:
    yield shape, term("rdf:type"), term("sh:NodeShape")
    yield shape, term(target), term(name)


def _property(shape: str, path: str, *limits: Limit) -> Iterator[Triple]:
    rule = f"{shape[:-1]}-{path.replace(':', '-')}>"
    yield shape, term("sh:property"), rule
    yield rule, term("rdf:type"), term("sh:PropertyShape")
    yield rule, term("sh:path"), term(path)
    for name, value in limits:
        yield rule, term(name), value


def _one_of(shape: str, path: str, values: Sequence[str]) -> Iterator[Triple]:
    name = f"{_local(path)}-values"
    yield from _property(shape, path, ("sh:in", _cell(name, 1)))
    yield from _list(name, values)


def _either(shape: str, name: str, options: Sequence[str]) -> Iterator[Triple]:
    yield shape, term("sh:or"), _cell(name, 1)
    yield from _list(name, options)


def _list(name: str, items: Sequence[str]) -> Iterator[Triple]:
    """Yield the triples of an RDF list whose cells have IRIs; the first cell is the list."""
    for number, item in enumerate(items, 1):
        yield _cell(name, number), term("rdf:first"), item
        rest = _cell(name, number + 1) if number < len(items) else term("rdf:nil")
        yield _cell(name, number), term("rdf:rest"), rest


def _cell(name: str, number: int) -> str:
    return term(f"ukg:list-{name}-{number}")


def _once() -> tuple[Limit, Limit]:
    return _count("min", 1), _count("max", 1)


def _count(bound: str, number: int) -> Limit:
    return f"sh:{bound}Count", typed(str(number), "integer")


def _datatype(name: str) -> Limit:
    return "sh:datatype", term(f"xsd:{name}")


def _true() -> str:
    return typed("true", "boolean")


def _shape(name: str) -> str:
    return term(f"ukg:shape-{name}")


def _local(prefixed: str) -> str:
    return prefixed.partition(":")[2]


FORMAT = Format(
    "shapes",
    ".ttl",
    "the SHACL shapes that the graph conforms to",
    "text/turtle",
    lambda graph, stream, base: write_shapes(stream),
)
