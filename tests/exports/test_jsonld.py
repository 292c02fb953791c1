from __future__ import annotations

import json
from io import BytesIO

import rdflib
from rdflib import OWL, RDF

from tests.exports.parsing import rdf, written
from tests.exports.world import CHAIR, HOLDS, UNION, world
from unionkg.exports.iri import BASE
from unionkg.exports.jsonld import context, write_context, write_jsonld
from unionkg.exports.ontology import write_ontology
from unionkg.graph.schema import PREFIXES


def test_our_terms_go_by_their_bare_names_and_numbers_are_numbers() -> None:
    found = {node["id"]: node for node in json.loads(rdf(world(), "json-ld"))["@graph"]}
    union, post = found[f"kg:{UNION}"], found[f"kg:{HOLDS}"]
    assert union["type"] == ["Organisation", "org:Organization", "TradeUnion", "schema:WorkersUnion"]
    assert union["skos:prefLabel"] == {"zh-Hans": "江海省总工会"}
    assert union["skos:altLabel"]["zh-Hans"] == ["江海总工会", "省总工会"]
    assert (union["mentionCount"], union["divisionCode"]) == (5, "990000")
    assert (post["rdf:subject"], post["confidence"], post["restored"]) == (f"kg:{CHAIR}", "0.9", False)
    assert post["date"] == {"@value": "2023-05", "@type": "xsd:gYearMonth"}


def test_the_context_by_itself_gives_the_same_meaning() -> None:
    whole = json.loads(rdf(world(), "json-ld"))
    own = json.loads(written(write_context))["@context"]
    assert own == context()
    apart = json.dumps({"@context": [own, {"kg": BASE}], "@graph": whole["@graph"]})
    assert set(rdflib.Graph().parse(data=apart, format="json-ld")) == set(
        rdflib.Graph().parse(data=json.dumps(whole), format="json-ld")
    )


def test_an_address_that_would_read_as_another_iri_is_written_whole() -> None:
    graph = world()
    address = "https://example.org///2024/a.html"
    graph.graph["documents"][0]["url"] = address
    stream = BytesIO()
    write_jsonld(graph, stream, "https://example.org/")
    read = rdflib.Graph().parse(data=stream.getvalue(), format="json-ld")
    assert rdflib.URIRef(address) in set(read.objects(None, rdflib.URIRef("https://schema.org/url")))


def test_every_property_that_the_ontology_has_is_known_to_the_context() -> None:
    ontology = rdflib.Graph().parse(data=written(write_ontology), format="turtle")
    things = {str(name) for name in ontology.subjects(RDF.type, OWL.ObjectProperty)}
    assert things
    assert {f"{PREFIXES['ukg']}{key}" for key, entry in context().items() if entry_type(entry) == "@id"} >= things


def entry_type(entry: object) -> object:
    return entry.get("@type") if isinstance(entry, dict) else None
