"""The SHACL shapes that every build's graph conforms to, derived from the schema, the table of terms and the rules.

All shapes and lists have IRIs under the ontology's; there are no blank nodes. A shape looks at its focus node's own
triples, and of the values only at their classes. Each has a message in Chinese and English that says what is accepted.

What a relation goes from and to is checked on the plain triples, and for assertions that have none, the planned ones, on
the assertion: pyshacl tries each alternative of `sh:or` on each node, which for all assertions took ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from unionkg.exports.format import Format
from unionkg.exports.iri import term
from unionkg.exports.literals import chinese, english, string, typed
from unionkg.exports.rules import KINDS, MESSAGES, PATHS, RELATIONS, SELECTORS, Kind, Rule, local, named, range_of
from unionkg.exports.turtle import Triple, write_triples
from unionkg.graph.schema import ENTITY_TYPES, QUALIFIERS, RelationType

COUNTED = {"sh:minInclusive", "sh:minLength"}  # limits that are whole numbers whatever the values are


def write_shapes(stream: BinaryIO) -> None:
    """Write the shapes as Turtle, in order of their names."""
    write_triples(sorted(set(shapes())), stream)


def shapes() -> Iterator[Triple]:
    """Yield the triples of the shapes, some of them more than once."""
    for kind in KINDS:
        yield from _targeting(_shape(kind.name), "sh:targetClass", kind.rdf_class)
        for rule in kind.rules:
            yield from _property(kind, rule)
    yield from _selectors()
    yield from _relations()


def _property(kind: Kind, rule: Rule) -> Iterator[Triple]:
    shape = _shape(kind.name)
    own = _shape(named(kind, rule))
    yield shape, term("sh:property"), own
    yield own, term("rdf:type"), term("sh:PropertyShape")
    yield own, term("sh:path"), term(rule.path)
    yield from _message(named(kind, rule))
    if rule.least:
        yield own, term("sh:minCount"), typed(str(rule.least), "integer")
    if rule.most is not None:
        yield own, term("sh:maxCount"), typed(str(rule.most), "integer")
    kind_of_value = range_of(rule)
    if kind_of_value == "sh:IRI":
        yield own, term("sh:nodeKind"), term("sh:IRI")
    elif kind_of_value.startswith(("xsd:", "rdf:")):
        yield own, term("sh:datatype"), term(kind_of_value)
    elif kind_of_value:
        yield own, term("sh:class"), term(kind_of_value)
    if rule.values:
        name = f"{local(rule.path)}-values"
        yield own, term("sh:in"), _cell(name, 1)
        yield from _list(name, [string(value) for value in rule.values])
    for limit, value in rule.limits:
        if limit in PATHS:
            yield own, term(limit), term(value)
        elif limit == "sh:languageIn":
            yield own, term(limit), _cell(f"language-{value}", 1)
            yield from _list(f"language-{value}", [string(value)])
        elif limit == "sh:pattern":
            yield own, term(limit), string(f"^{value}$")
        else:
            datatype = "integer" if limit in COUNTED else kind_of_value.removeprefix("xsd:")
            yield own, term(limit), typed(value, datatype)


def _selectors() -> Iterator[Triple]:
    """Yield the shape of what `oa:hasSelector` leads to: of the two there are, one has a place and one the words."""
    shape, own = _shape("selector"), _shape("selector-rdf-type")
    yield from _targeting(shape, "sh:targetObjectsOf", "oa:hasSelector")
    yield shape, term("sh:property"), own
    yield own, term("rdf:type"), term("sh:PropertyShape")
    yield own, term("sh:path"), term("rdf:type")
    yield own, term("sh:minCount"), typed("1", "integer")
    yield own, term("sh:in"), _cell("selectors", 1)
    yield from _list("selectors", [term(name) for name in SELECTORS])
    yield from _message("selector-rdf-type")


def _relations() -> Iterator[Triple]:
    """Yield, for each property that stands for a relation, what it goes from and to: plainly and in planned assertions."""
    predicate = _shape("assertion-rdf-predicate")
    yield predicate, term("sh:in"), _cell("predicate-values", 1)
    yield from _list("predicate-values", [term(name) for name in RELATIONS])
    planned = _shape("planned")
    yield from _targeting(planned, "sh:targetSubjectsOf", QUALIFIERS["modality"].rdf_property)
    yield from _either(planned, "relations", [_shape(f"{local(name)}-assertion") for name in RELATIONS])
    yield from _message("planned")
    for name, relation in RELATIONS.items():
        yield from _relation(name, relation)


def _relation(name: str, relation: RelationType) -> Iterator[Triple]:
    assertion = _shape(f"{local(name)}-assertion")
    yield assertion, term("rdf:type"), term("sh:NodeShape")
    yield from _on(assertion, "rdf:predicate", "sh:hasValue", term(name))
    for end, target, types in (
        ("rdf:subject", "sh:targetSubjectsOf", relation.domain),
        ("rdf:object", "sh:targetObjectsOf", relation.range),
    ):
        entity = _shape(f"{local(name)}-{local(end)}")
        yield from _targeting(entity, target, name)
        yield from _of_classes(entity, [ENTITY_TYPES[kind].rdf_class for kind in types])
        yield from _message(f"{local(name)}-{local(end)}")
        yield from _on(assertion, end, "sh:node", entity)


def _on(shape: str, path: str, constraint: str, value: str) -> Iterator[Triple]:
    own = f"{shape[:-1]}-{path.replace(':', '-')}>"
    yield shape, term("sh:property"), own
    yield own, term("rdf:type"), term("sh:PropertyShape")
    yield own, term("sh:path"), term(path)
    yield own, term(constraint), value


def _of_classes(shape: str, classes: Sequence[str]) -> Iterator[Triple]:
    if len(classes) == 1:
        yield shape, term("sh:class"), term(classes[0])
        return
    options = {_shape(f"is-{local(name)}"): term(name) for name in classes}
    yield from _either(shape, shape[:-1].rpartition("#shape-")[2], list(options))
    for option, name in options.items():
        yield option, term("rdf:type"), term("sh:NodeShape")
        yield option, term("sh:class"), name


def _targeting(shape: str, target: str, name: str) -> Iterator[Triple]:
    yield shape, term("rdf:type"), term("sh:NodeShape")
    yield shape, term(target), term(name)


def _message(name: str) -> Iterator[Triple]:
    zh, en = MESSAGES[name]
    yield _shape(name), term("sh:message"), chinese(zh)
    yield _shape(name), term("sh:message"), english(en)


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


def _shape(name: str) -> str:
    return term(f"ukg:shape-{name}")


FORMAT = Format(
    "shapes",
    ".ttl",
    "the SHACL shapes that the graph conforms to",
    "text/turtle",
    lambda graph, stream, base: write_shapes(stream),
)
