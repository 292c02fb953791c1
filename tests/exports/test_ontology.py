from __future__ import annotations

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, BNode, Literal, URIRef
from rdflib.namespace import SKOS

from tests.exports.parsing import SCHEMA, parsed, rdf, ukg, written
from tests.exports.world import hostile_world
from unionkg.exports.iri import expand
from unionkg.exports.ontology import labels, write_ontology
from unionkg.exports.terms import TERMS, VARIANTS
from unionkg.graph.schema import ENTITY_TYPES, PREFIXES, QUALIFIERS, RELATION_TYPES

KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
HEADER = {
    "dcterms:title": 2,
    "dcterms:description": 2,
    "dcterms:creator": 1,
    "dcterms:license": 1,
    "owl:versionInfo": 1,
    "vann:preferredNamespacePrefix": 1,
    "vann:preferredNamespaceUri": 1,
}
NAMED = [
    *(row.rdf_class for row in ENTITY_TYPES.values()),
    *(row.rdf_property for row in RELATION_TYPES.values()),
    *(row.property for row in VARIANTS),
    *TERMS,
    *(subtype.rdf_class for row in ENTITY_TYPES.values() for subtype in row.subtypes),
    *(row.rdf_property for row in QUALIFIERS.values()),
]


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return parsed(written(write_ontology))


@pytest.mark.parametrize("name", NAMED)
def test_every_term_has_one_kind_and_labels_in_both_languages(ontology: rdflib.Graph, name: str) -> None:
    subject = URIRef(expand(name))
    assert len(set(ontology.objects(subject, RDF.type)) & KINDS) == 1
    told = {label.language: str(label) for label in ontology.objects(subject, RDFS.label) if isinstance(label, Literal)}
    assert (told["zh-Hans"], told["en"]) == labels()[name]
    assert len(list(ontology.objects(subject, RDFS.label))) == len(told) == 2


@pytest.mark.parametrize("name", NAMED)
def test_every_term_is_defined_in_both_languages(ontology: rdflib.Graph, name: str) -> None:
    definitions = list(ontology.objects(URIRef(expand(name)), SKOS.definition))
    assert sorted(str(each.language) for each in definitions if isinstance(each, Literal)) == ["en", "zh-Hans"]


def test_no_term_is_made_twice() -> None:
    assert len(NAMED) == len(set(NAMED))


def test_every_term_of_ours_that_a_graph_uses_is_in_the_ontology(ontology: rdflib.Graph) -> None:
    used = {
        term
        for triple in parsed(rdf(hostile_world()))
        for term in triple
        if isinstance(term, URIRef) and term.startswith(PREFIXES["ukg"])
    }
    assert used <= set(ontology.subjects(RDF.type))


def test_the_header_tells_what_it_is_whose_and_under_which_terms(ontology: rdflib.Graph) -> None:
    [header] = ontology.subjects(RDF.type, OWL.Ontology)
    told = {name: set(map(str, ontology.objects(header, URIRef(expand(name))))) for name in HEADER}
    assert told["vann:preferredNamespaceUri"] == {PREFIXES["ukg"]} == {f"{header}#"}
    assert told["vann:preferredNamespacePrefix"] == {"ukg"}
    assert {name: len(values) for name, values in told.items()} == HEADER


def test_aligned_classes_and_properties_stand_above_ours(ontology: rdflib.Graph) -> None:
    assert set(ontology.objects(ukg("TradeUnion"), RDFS.subClassOf)) == {ukg("Organisation"), SCHEMA.WorkersUnion}
    assert set(ontology.objects(ukg("subordinateTo"), RDFS.subPropertyOf)) == {rdflib.ORG.subOrganizationOf}
    assert list(ontology.objects(ukg("heldPost"), RDFS.subPropertyOf)) == []


def test_one_class_is_a_domain_and_several_are_included(ontology: rdflib.Graph) -> None:
    assert (
        ontology.value(ukg("holdsPost"), RDFS.domain) == ukg("Person") == ontology.value(ukg("heldPost"), RDFS.domain)
    )
    assert ontology.value(ukg("organises"), RDFS.range) is None
    assert set(ontology.objects(ukg("organises"), SCHEMA.rangeIncludes)) == {ukg("Programme"), ukg("Event")}


def test_nothing_in_it_is_blank(ontology: rdflib.Graph) -> None:
    assert not any(isinstance(term, BNode) for triple in ontology for term in triple)
