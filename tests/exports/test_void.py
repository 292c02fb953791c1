from __future__ import annotations

from rdflib import RDF, VOID, Literal, URIRef

from tests.exports.parsing import node, parsed, triples, ukg, written
from tests.exports.world import world
from unionkg.exports.void import write_void

DATASET = node("dataset")


def test_the_description_counts_what_the_graph_holds() -> None:
    found = parsed(written(lambda stream: write_void(world(), stream)))
    said = triples(world())
    assert found.value(DATASET, VOID.triples) == Literal(len(said))
    assert found.value(DATASET, VOID.distinctSubjects) == Literal(len({subject for subject, _, _ in said}))
    people = found.value(predicate=VOID["class"], object=ukg("Person"))
    assert found.value(people, VOID.entities) == Literal(2)
    holding = found.value(predicate=VOID.property, object=ukg("holdsPost"))
    assert found.value(holding, VOID.triples) == Literal(1)
    assert (DATASET, VOID.classPartition, people) in found
    counts = [int(str(found.value(each, VOID.triples))) for each in found.objects(DATASET, VOID.propertyPartition)]
    assert sum(counts) == len(said)


def test_only_vocabularies_that_are_used_are_named() -> None:
    found = parsed(written(lambda stream: write_void(world(), stream)))
    named = set(found.objects(DATASET, VOID.vocabulary))
    assert URIRef("http://www.w3.org/ns/org#") in named
    assert URIRef("http://www.w3.org/ns/shacl#") not in named
    assert (DATASET, RDF.type, VOID.Dataset) in found
