from __future__ import annotations

from collections.abc import Callable

import pyshacl
import pytest
import rdflib
from rdflib import RDF, BNode, Literal
from rdflib.namespace import ORG

from tests.exports.parsing import OA, node, parsed, rdf, ukg, written
from tests.exports.world import CHAIR, DONE, HOLDS, PLANNED, POST, PROVINCE, UNION, hostile_world, world
from unionkg.exports.iri import evidence_name
from unionkg.exports.shapes import write_shapes
from unionkg.graph.schema import RELATION_TYPES

EVIDENCE = node(evidence_name(POST))


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return parsed(written(write_shapes))


@pytest.fixture
def graph() -> rdflib.Graph:
    return parsed(rdf(world()))


def report(graph: rdflib.Graph, shapes: rdflib.Graph) -> tuple[bool, str]:
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    return bool(conforms), str(text)


def test_the_shapes_are_shapes_without_blank_nodes(shapes: rdflib.Graph) -> None:
    assert pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)[0]
    assert not any(isinstance(term, BNode) for triple in shapes for term in triple)


def test_a_graph_as_it_is_written_conforms(shapes: rdflib.Graph) -> None:
    assert report(parsed(rdf(hostile_world())), shapes) == (True, "Validation Report\nConforms: True\n")


def lose(subject: str, name: str) -> Callable[[rdflib.Graph], object]:
    return lambda graph: graph.remove((node(subject), ukg(name), None))


BROKEN: dict[str, Callable[[rdflib.Graph], object]] = {
    "assertion without evidence": lose(HOLDS, "evidence"),
    "figure without evidence": lose("out-0000000000000001", "evidence"),
    "assertion without confidence": lose(HOLDS, "confidence"),
    "confidence above one": lambda graph: graph.set(
        (node(HOLDS), ukg("confidence"), Literal("1.5", datatype=rdflib.XSD.decimal))
    ),
    "evidence without document": lambda graph: graph.remove((EVIDENCE, OA.hasSource, None)),
    "evidence without quote": lambda graph: graph.remove(
        (EVIDENCE, OA.hasSelector, node(f"{evidence_name(POST)}-quote"))
    ),
    "evidence that ends before it starts": lambda graph: graph.set(
        (node(f"{evidence_name(POST)}-position"), OA.end, Literal(0))
    ),
    "membership without organisation": lambda graph: graph.remove((node(HOLDS), ORG.organization, None)),
    "unknown status": lambda graph: graph.set((node(HOLDS), ukg("status"), Literal("acting"))),
    "unknown modality": lambda graph: graph.set((node(PLANNED), ukg("modality"), Literal("dreamt"))),
    "unknown kind of figure": lambda graph: graph.set((node("out-0000000000000001"), ukg("kind"), Literal("guess"))),
    "plain fact from the wrong class": lambda graph: graph.add((node(PROVINCE), ukg("organises"), node(UNION))),
    "plain fact to the wrong class": lambda graph: graph.add((node(CHAIR), ukg("holdsPost"), node(PROVINCE))),
    "planned assertion to the wrong class": lambda graph: graph.set((node(PLANNED), RDF.object, node(CHAIR))),
    "assertion of no relation": lambda graph: graph.set((node(DONE), RDF.predicate, ukg("orbits"))),
    "entity without a name": lambda graph: graph.remove((node(UNION), rdflib.SKOS.prefLabel, None)),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_is_found(fault: str, graph: rdflib.Graph, shapes: rdflib.Graph) -> None:
    BROKEN[fault](graph)
    conforms, text = report(graph, shapes)
    assert not conforms, text


def test_every_relation_has_a_shape_for_each_end(shapes: rdflib.Graph) -> None:
    targets = {*shapes.objects(None, rdflib.SH.targetSubjectsOf), *shapes.objects(None, rdflib.SH.targetObjectsOf)}
    assert targets - {ukg("modality"), OA.hasSelector} == {
        ukg(row.rdf_property.partition(":")[2]) for row in RELATION_TYPES.values()
    } | {ukg("heldPost")}


def test_every_shape_that_can_be_broken_says_what_is_accepted_in_both_languages(shapes: rdflib.Graph) -> None:
    targets = (rdflib.SH.targetClass, rdflib.SH.targetSubjectsOf, rdflib.SH.targetObjectsOf)
    targeted = {shape for target in targets for shape in shapes.subjects(target)}
    rules = {rule for shape in targeted for rule in shapes.objects(shape, rdflib.SH.property)}
    bare = {shape for shape in targeted if (shape, rdflib.SH.property, None) not in shapes}
    for shape in rules | bare:
        messages = shapes.objects(shape, rdflib.SH.message)
        assert sorted(str(each.language) for each in messages if isinstance(each, Literal)) == ["en", "zh-Hans"], shape
