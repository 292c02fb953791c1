from __future__ import annotations

from importlib.metadata import version

import pytest
import rdflib
from rdflib import RDF, RDFS, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, SKOS

from tests.exports.parsing import OA, SCHEMA, node, parsed, rdf, triples, ukg
from tests.exports.world import (
    CHAIR,
    CITY_UNION,
    CONGRESS,
    CONGRESS_HELD,
    COURIERS,
    DONE,
    HELD,
    HOLDS,
    NOTICE,
    OLD_CHAIR,
    PARTNERS,
    PLANNED,
    POST,
    PROGRAMME,
    PROVINCE,
    REPORT,
    UNION,
    evidence,
    hostile_world,
    world,
)
from unionkg.errors import InvalidExtraction, InvalidOption
from unionkg.exports.iri import BASE, document_name, evidence_name
from unionkg.exports.triples import descriptions
from unionkg.graph.schema import ENTITY_TYPES, RELATION_TYPES


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return parsed(rdf(world()))


def test_no_triple_comes_twice_and_no_node_is_blank() -> None:
    found = triples(hostile_world())
    assert len(found) == len(set(found))
    assert {each[0] for triple in found for each in triple} == {"<", '"'}
    assert all(each.isascii() for triple in found for each in triple if each.startswith("<"))


def test_each_subject_has_one_description_in_order() -> None:
    subjects = [subject for subject, _ in descriptions(hostile_world())]
    assert subjects == sorted(set(subjects))


def test_records_of_one_file_and_rules_that_begin_alike_stand_in_order() -> None:
    graph = world()
    records = [f"{NOTICE.removesuffix('2')}{number}" for number in range(1, 13)]
    graph.graph["documents"] = [
        {"id": name, "name": "notices.jsonl", "cluster": name, "authors": [], "editors": []} for name in sorted(records)
    ]
    graph.edges[CHAIR, UNION, HOLDS]["evidence"] = [evidence(name, 0, "句子。") for name in sorted(records)]
    graph.edges[CHAIR, UNION, HOLDS]["rules"] = ["verb", "verb.attends", "verb.a"]
    lines = rdf(graph, "nt").splitlines()
    assert lines == sorted(lines)
    assert sum(b"#Document>" in line for line in lines) == 12


def test_an_entity_has_the_classes_of_type_and_subtype_with_those_they_are_aligned_to(graph: rdflib.Graph) -> None:
    assert set(graph.objects(node(UNION), RDF.type)) == {
        ukg("Organisation"),
        ORG.Organization,
        ukg("TradeUnion"),
        SCHEMA.WorkersUnion,
    }
    assert set(graph.objects(node(COURIERS), RDF.type)) == {ukg("Group"), SKOS.Concept}


def test_names_are_in_simplified_script_and_pinyin(graph: rdflib.Graph) -> None:
    labels = {
        (str(label), label.language)
        for label in graph.objects(node(UNION), SKOS.altLabel)
        if isinstance(label, Literal)
    }
    assert labels == {
        ("江海总工会", "zh-Hans"),
        ("省总工会", "zh-Hans"),
        ("江海省總工會", "zh-Hant"),
        ("jiang hai sheng zong gong hui", "zh-Latn-pinyin"),
    }
    for name in (SKOS.prefLabel, RDFS.label):
        assert list(graph.objects(node(UNION), name)) == [Literal("江海省总工会", lang="zh-Hans")]


def test_a_name_can_be_asked_for_by_its_language(graph: rdflib.Graph) -> None:
    asked = "SELECT ?x { ?x skos:prefLabel ?name FILTER(LANGMATCHES(LANG(?name), 'zh-Hans')) }"
    assert len(graph.query(asked)) == len(world().nodes) + 1  # and one role


def test_a_division_code_stays_text(graph: rdflib.Graph) -> None:
    assert graph.value(node(PROVINCE), ukg("divisionCode")) == Literal("990000")


def test_a_plain_fact_stands_in_our_terms_and_the_aligned_ones(graph: rdflib.Graph) -> None:
    assert (node(CHAIR), ukg("holdsPost"), node(UNION)) in graph
    assert (node(CHAIR), ORG.memberOf, node(UNION)) in graph
    assert (node(CITY_UNION), ORG.subOrganizationOf, node(UNION)) in graph
    assert (node(UNION), ukg("organises"), node(CONGRESS)) in graph


def test_a_planned_fact_is_an_assertion_only(graph: rdflib.Graph) -> None:
    assert list(graph.predicates(node(UNION), node(PROGRAMME))) == []
    planned = node(PLANNED)
    assert graph.value(planned, RDF.subject) == node(UNION)
    assert graph.value(planned, RDF.predicate) == ukg("organises")
    assert graph.value(planned, RDF.object) == node(PROGRAMME)
    assert graph.value(planned, ukg("modality")) == Literal("planned")


def test_a_former_post_is_held_no_more(graph: rdflib.Graph) -> None:
    assert list(graph.predicates(node(OLD_CHAIR), node(UNION))) == [ukg("heldPost")]
    assert graph.value(node(HELD), RDF.predicate) == ukg("heldPost")
    assert graph.value(node(HELD), ukg("status")) == Literal("former")


def test_a_plain_fact_is_exactly_what_an_assertion_without_modality_says(graph: rdflib.Graph) -> None:
    said = {
        (graph.value(each, RDF.subject), graph.value(each, RDF.predicate), graph.value(each, RDF.object))
        for each in graph.subjects(RDF.type, ukg("Assertion"))
        if (each, ukg("modality"), None) not in graph
    }
    ours = {ukg(row.rdf_property.partition(":")[2]) for row in RELATION_TYPES.values()} | {ukg("heldPost")}
    assert said == {triple for triple in graph if triple[1] in ours}


def test_a_post_is_a_membership_with_a_role(graph: rdflib.Graph) -> None:
    post = node(HOLDS)
    assert ORG.Membership in set(graph.objects(post, RDF.type))
    assert graph.value(post, ORG.member) == node(CHAIR)
    assert graph.value(post, ORG.organization) == node(UNION)
    role = graph.value(post, ORG.role)
    assert graph.value(role, SKOS.prefLabel) == Literal("主席", lang="zh-Hans")
    assert role == graph.value(node(HELD), ORG.role)
    assert set(graph.subjects(RDF.type, ORG.Membership)) == {post, node(HELD)}


def test_a_post_is_one_of_an_organisation_and_its_holder_holds_it(graph: rdflib.Graph) -> None:
    place = graph.value(node(HOLDS), ukg("post"))
    assert place == graph.value(node(HELD), ukg("post"))
    assert (place, RDF.type, ORG.Post) in graph
    assert graph.value(place, ORG.postIn) == node(UNION)
    assert graph.value(place, ORG.role) == graph.value(node(HOLDS), ORG.role)
    assert set(graph.subjects(ORG.holds, place)) == {node(CHAIR)}


def test_a_fact_is_derived_from_its_documents_by_its_rules(graph: rdflib.Graph) -> None:
    documents = {node(document_name(REPORT)), node(document_name(NOTICE))}
    assert set(graph.objects(node(DONE), PROV.wasDerivedFrom)) == documents
    rules = set(graph.objects(node(PLANNED), PROV.wasGeneratedBy))
    assert {graph.value(rule, RDFS.label) for rule in rules} == {Literal("plan"), Literal("verb")}
    software = {graph.value(rule, PROV.wasAssociatedWith) for rule in rules}
    assert [graph.value(each, SCHEMA.softwareVersion) for each in software] == [Literal(version("unionkg"))]


def test_a_fact_tells_when_it_was_stated_by_days(graph: rdflib.Graph) -> None:
    made = world()
    made.edges[CHAIR, UNION, HOLDS].update(first_stated="2021", last_stated="2023-05")
    stated = parsed(rdf(made))
    days = [stated.value(node(HOLDS), ukg(name)) for name in ("statedFrom", "statedUntil")]
    assert days == [Literal("2021-01-01", datatype=rdflib.XSD.date), Literal("2023-05-31", datatype=rdflib.XSD.date)]
    assert graph.value(node(HOLDS), ukg("statedFrom")) is None


def test_qualifiers_stand_on_the_assertion(graph: rdflib.Graph) -> None:
    assert graph.value(node(PARTNERS), ukg("concernsProgramme")) == node(PROGRAMME)
    assert graph.value(node(HOLDS), ukg("date")) == Literal("2023-05", datatype=rdflib.XSD.gYearMonth)
    assert graph.value(node(HOLDS), ukg("confidence")) == Literal("0.9", datatype=rdflib.XSD.decimal)
    assert set(graph.objects(node(PLANNED), ukg("rule"))) == {Literal("plan"), Literal("verb")}


def test_evidence_is_its_quote_at_its_place_in_its_document(graph: rdflib.Graph) -> None:
    piece = graph.value(node(HOLDS), ukg("evidence"))
    assert piece == node(evidence_name(POST))
    assert graph.value(piece, OA.hasSource) == node(document_name(REPORT))
    place, quote = sorted(graph.objects(piece, OA.hasSelector), key=str)
    assert graph.value(place, RDF.type) == OA.TextPositionSelector
    assert (graph.value(place, OA.start), graph.value(place, OA.end)) == (Literal(POST["start"]), Literal(POST["end"]))
    assert graph.value(quote, RDF.type) == OA.TextQuoteSelector
    assert graph.value(quote, OA.exact) == Literal(POST["quote"])


def test_a_split_sentence_has_its_parts(graph: rdflib.Graph) -> None:
    piece = node(evidence_name(CONGRESS_HELD))
    parts = {
        (int(str(graph.value(part, OA.start))), int(str(graph.value(part, OA.end))))
        for part in graph.objects(piece, ukg("evidencePart"))
    }
    assert parts == {(0, 9), (13, 19)}
    assert graph.value(piece, ukg("restored")) == Literal(True)


def test_a_figure_has_its_range_kind_and_period(graph: rdflib.Graph) -> None:
    figure = node("out-0000000000000001")
    expected: dict[URIRef, Literal | URIRef] = {
        ukg("value"): Literal("120000", datatype=rdflib.XSD.decimal),
        ukg("valueMax"): Literal("150000", datatype=rdflib.XSD.decimal),
        ukg("unit"): Literal("人"),
        ukg("kind"): Literal("target"),
        ukg("period"): Literal("2021/2023"),
        ukg("outcomeSubject"): node(UNION),
        ukg("concernsProgramme"): node(PROGRAMME),
        ukg("beneficiary"): node(COURIERS),
        ukg("bound"): Literal("about"),
    }
    assert {name: graph.value(figure, name) for name in expected} == expected
    assert (node("out-0000000000000002"), ukg("outcomeSubject"), None) not in graph


def test_only_a_result_is_an_observation_of_schema_org(graph: rdflib.Graph) -> None:
    target, result = node("out-0000000000000001"), node("out-0000000000000002")
    assert set(graph.subjects(RDF.type, SCHEMA.Observation)) == {result}
    assert graph.value(result, SCHEMA.value) == Literal("0.35", datatype=rdflib.XSD.decimal)
    assert not any(str(name).startswith(str(SCHEMA)) for name in graph.predicates(target))


@pytest.mark.parametrize(
    ("traits", "said"),
    [
        ({}, {"value": "100"}),
        ({"value_max": 120.0}, {"minValue": "100", "maxValue": "120"}),
        ({"bound": "at_least"}, {"minValue": "100"}),
        ({"bound": "at_most"}, {"maxValue": "100"}),
        ({"bound": "about"}, {}),
    ],
)
def test_a_bounded_figure_is_no_plain_value(traits: dict[str, object], said: dict[str, str]) -> None:
    made = world()
    made.graph["outcomes"][1].update(value=100.0, subject=UNION, **traits)
    found = parsed(rdf(made))
    values = {
        name: found.value(node("out-0000000000000002"), SCHEMA[name]) for name in ("value", "minValue", "maxValue")
    }
    assert {name: str(value) for name, value in values.items() if value is not None} == said
    assert found.value(node("out-0000000000000002"), SCHEMA.observationAbout) == node(UNION)


def test_a_document_has_its_metadata_and_what_it_mentions(graph: rdflib.Graph) -> None:
    report = node(document_name(REPORT))
    assert PROV.Entity in set(graph.objects(report, RDF.type))
    assert graph.value(report, DCTERMS.title) == Literal("暖蜂行动走进江海")
    assert graph.value(report, DCTERMS.date) == Literal("2023-05-08", datatype=rdflib.XSD.date)
    assert set(graph.objects(report, DCTERMS.creator)) == {Literal("甲作者"), Literal("乙作者")}
    assert graph.value(report, SCHEMA.url) == URIRef("https://jianghai.example/2023/8.html")
    assert graph.value(report, ukg("byline")) == Literal("甲作者、乙作者")
    assert set(graph.objects(report, ukg("correspondent"))) == {Literal("乙作者")}
    assert graph.value(node(document_name(NOTICE)), ukg("copyOf")) == report
    assert graph.value(node(document_name(NOTICE)), PROV.alternateOf) == report
    assert graph.value(report, SCHEMA.sha256) == Literal(REPORT)
    assert graph.value(node(document_name(NOTICE)), SCHEMA.sha256) is None  # the digest is that of all records
    assert set(graph.objects(node(document_name(NOTICE)), SCHEMA.mentions)) == {node(UNION)}


def test_a_year_can_be_compared_by_its_days(graph: rdflib.Graph) -> None:
    asked = "SELECT ?post { ?post ukg:status ?status ; ukg:lastDay ?day FILTER(?day < '2022-01-01'^^xsd:date) }"
    assert [row[0] for row in graph.query(asked)] == [node(HELD)]  # type: ignore[index]  # rdflib: rows of SELECT


def test_a_period_that_goes_on_has_a_first_day_alone() -> None:
    made = world()
    made.edges[CHAIR, UNION, HOLDS]["date"] = "2023-01/"
    found = parsed(rdf(made))
    assert found.value(node(HOLDS), ukg("date")) == Literal("2023-01/")
    assert str(found.value(node(HOLDS), ukg("firstDay"))) == "2023-01-01"
    assert found.value(node(HOLDS), ukg("lastDay")) is None


def test_the_base_opens_every_iri_but_those_of_terms() -> None:
    found = triples(world(), "urn:x:")
    assert not any(BASE in each for triple in found for each in triple)
    assert all(subject.startswith("<urn:x:") for subject, _, _ in found)


def test_a_bad_base_is_refused() -> None:
    with pytest.raises(InvalidOption, match="kg"):
        triples(world(), "kg")


def test_a_type_that_the_schema_does_not_have_is_refused() -> None:
    graph = world()
    graph.nodes[UNION]["type"] = "GALAXY"
    with pytest.raises(InvalidExtraction, match=f"'GALAXY'; accepted: {', '.join(ENTITY_TYPES)}"):
        triples(graph)
    graph = world()
    graph.edges[CHAIR, UNION, HOLDS]["type"] = "orbits"
    with pytest.raises(InvalidExtraction, match=f"{HOLDS}: unknown relation type 'orbits'"):
        triples(graph)
