from __future__ import annotations

import json

import rdflib

from tests.exports.parsing import rdf, written
from tests.exports.world import CHAIR, HOLDS, UNION, world
from unionkg.exports.iri import BASE, expand
from unionkg.exports.jsonld import context, write_context
from unionkg.exports.terms import TERMS
from unionkg.exports.triples import descriptions


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


def test_every_property_in_the_graph_has_a_place_in_the_table_of_properties() -> None:
    used = {predicate for _, pairs in descriptions(world()) for predicate, _ in pairs}
    ours = {f"<{expand(name)}>" for name, row in TERMS.items() if row.kind == "object"}
    assert used & ours
    assert all(name.removeprefix("ukg:") in context() for name, row in TERMS.items() if row.kind == "object")
