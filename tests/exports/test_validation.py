from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, SH, SKOS, XSD, Literal, URIRef
from rdflib.term import Node

from tests.exports.parsing import parsed, rdf, ukg, written
from tests.exports.world import CHAIR, HOLDS, PLANNED, PROVINCE, UNION, hostile_world, world
from unionkg.errors import InvalidOption, InvalidRdf
from unionkg.exports.findings import RELATIONS
from unionkg.exports.iri import expand
from unionkg.exports.rules import KINDS, UNSEEN, Kind, Rule, named, range_of
from unionkg.exports.shapes import write_shapes
from unionkg.exports.validation import Validation, validate
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.schema import PREFIXES

EX = rdflib.Namespace("https://example.org/")
Change = Callable[[rdflib.Graph], object]


def doubtful_world() -> KnowledgeGraph:
    """The world with two entities that may be the same, facts in conflict, and codes that divisions bear."""
    graph = world()
    graph.nodes[UNION]["code"], graph.nodes[PROVINCE]["code"] = "330185", "330000"
    graph.graph["possible"] = [{"id": "pos-0000000000000001", "nodes": [UNION, "org-00000000000000a2"], "reason": "名"}]
    graph.graph["conflicts"] = [
        {"id": "cnf-0000000000000001", "kind": "two_holders", "facts": [HOLDS, "fact-0000000000000002"], "reason": "职"}
    ]
    return graph


@pytest.fixture(scope="module")
def whole() -> rdflib.Graph:
    graph = parsed(rdf(doubtful_world()))
    programme = EX["prg-0"]
    traits: list[tuple[URIRef, Node]] = [
        (RDF.type, ukg("Programme")),
        (RDFS.label, Literal("一", lang="zh-Hans")),
        (SKOS.prefLabel, Literal("一", lang="zh-Hans")),
        (ukg("mentionCount"), Literal(1)),
        (ukg("identityRule"), Literal("name")),
        (ukg("identity"), Literal("一")),
        (ukg("editionOf"), programme),
    ]
    for name, value in traits:
        graph.add((programme, name, value))
    for kind in ("Policy", "Concept"):
        for name, value in traits:
            if name != ukg("editionOf"):
                graph.add((EX[kind], name, ukg(kind) if name == RDF.type else value))
    return graph


def checked(graph: rdflib.Graph, folder: Path, form: str = "nt") -> Validation:
    path = folder / f"graph.{form}"
    graph.serialize(path, format=form, encoding="utf-8")
    return validate(path)


def changed(graph: rdflib.Graph, change: Change, folder: Path) -> Validation:
    copy = rdflib.Graph()
    copy += graph
    change(copy)
    return checked(copy, folder)


def broken(validation: Validation) -> set[str]:
    return {finding.rule for finding in validation.findings}


def test_what_is_written_conforms(whole: rdflib.Graph, tmp_path: Path) -> None:
    assert checked(whole, tmp_path).findings == ()
    for form in ("nt", "turtle"):
        path = tmp_path / f"hostile.{'ttl' if form == 'turtle' else form}"
        path.write_bytes(rdf(hostile_world(), form))
        assert validate(path).findings == ()


def test_two_entities_that_are_exact_matches_of_one_thing_are_a_warning_and_conform(
    whole: rdflib.Graph, tmp_path: Path
) -> None:
    def link(graph: rdflib.Graph) -> None:
        for thing in (EX["Policy"], EX["Concept"], next(graph.subjects(RDF.type, ukg("Division")))):
            graph.add((thing, SKOS.exactMatch, EX["outside"]))

    found = changed(whole, link, tmp_path)
    assert (found.conforms, checked(whole, tmp_path).warnings) == (True, ())
    assert [(one.rule, one.node, one.found) for one in found.warnings] == [
        ("exact-match-shared", "Concept", f"has {EX['outside']}, as Policy"),
        ("exact-match-shared", "Policy", f"has {EX['outside']}, as Concept"),
    ]


def test_an_entity_that_is_an_exact_match_of_two_things_of_one_vocabulary_is_a_warning(
    whole: rdflib.Graph, tmp_path: Path
) -> None:
    def link(graph: rdflib.Graph) -> None:
        for iri in ("http://a.example/7", "http://a.example/8", "http://b.example/7"):
            graph.add((EX["Policy"], SKOS.exactMatch, rdflib.URIRef(iri)))

    (only,) = changed(whole, link, tmp_path).warnings
    assert (only.rule, only.node, only.found) == (
        "exact-match-several",
        "Policy",
        "has http://a.example/7, http://a.example/8",
    )


def values_of(kind: Kind, rule: Rule, graph: rdflib.Graph) -> tuple[Node, URIRef]:
    """A thing of the kind, one that has the property if any does, and the property."""
    path = URIRef(expand(rule.path))
    things = sorted(graph.subjects(RDF.type, URIRef(expand(kind.rdf_class))), key=str)
    return next((thing for thing in things if (thing, path, None) in graph), things[0]), path


_BEYOND: dict[URIRef | None, str] = {XSD.date: "2999-01-01", XSD.integer: "9999"}


def faults(rule: Rule) -> dict[str, list[Node]]:
    """What each constraint of a rule does not accept, as the values that a property is given."""
    found: dict[str, list[Node]] = {}
    kind = range_of(rule)
    if rule.least:
        found["too few"] = []
    if rule.most is not None:
        found["too many"] = [EX[str(number)] for number in range(rule.most + 1)]
    if kind:
        found["another kind"] = [Literal("x", lang="en") if kind == "xsd:string" else Literal("x")] * (rule.least or 1)
    if rule.values:
        found["none of the values"] = [Literal("x")]
    for limit, _ in rule.limits:
        datatype = URIRef(expand(kind)) if kind.startswith("xsd:") else None
        value = {
            "sh:equals": EX["another"],
            "sh:languageIn": Literal("x", lang="fr"),
            "sh:pattern": Literal("12"),
            "sh:minLength": Literal(""),
            "sh:minExclusive": Literal("0", datatype=datatype),
            "sh:maxInclusive": Literal("1.5", datatype=datatype),
            "sh:minInclusive": Literal("-1", datatype=datatype),
            "sh:lessThan": Literal("999999999", datatype=datatype),
            "sh:lessThanOrEquals": Literal(_BEYOND.get(datatype, "9e9"), datatype=datatype),
        }[limit]
        found[limit] = [value]
    return found


ALIKE = {"person", "place", "policy", "event", "group", "concept"}  # have the rules of organisations, or some of them
CASES = [
    (kind, rule, fault) for kind in KINDS if kind.name not in ALIKE for rule in kind.rules for fault in faults(rule)
]


@pytest.mark.parametrize(
    ("kind", "rule", "fault"), CASES, ids=lambda each: getattr(each, "path", getattr(each, "name", each))
)
def test_each_constraint_of_each_rule_is_checked(
    kind: Kind, rule: Rule, fault: str, whole: rdflib.Graph, tmp_path: Path
) -> None:
    thing, path = values_of(kind, rule, whole)

    def change(graph: rdflib.Graph) -> None:
        graph.remove((thing, path, None))
        for value in faults(rule)[fault]:
            if fault == "sh:lessThanOrEquals" and path == ukg("value"):
                value = Literal("999999999.5", datatype=XSD.decimal)
            graph.add((thing, path, value))
        for limit, other in rule.limits:
            if limit.startswith("sh:lessThan") and (thing, URIRef(expand(other)), None) not in graph:
                graph.add((thing, URIRef(expand(other)), Literal("2000-01-01", datatype=XSD.date)))

    assert named(kind, rule) in broken(changed(whole, change, tmp_path))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name in ALIKE], ids=lambda kind: kind.name)
def test_entities_of_each_type_have_the_rules_of_entities(kind: Kind, whole: rdflib.Graph, tmp_path: Path) -> None:
    bare = changed(whole, lambda graph: graph.add((EX.bare, RDF.type, URIRef(expand(kind.rdf_class)))), tmp_path)
    assert broken(bare) == {named(kind, rule) for rule in kind.rules if rule.least}


@pytest.mark.parametrize("relation", RELATIONS.values())
@pytest.mark.parametrize("end", ["subject", "object"])
def test_each_end_of_each_relation_is_checked(relation: str, end: str, whole: rdflib.Graph, tmp_path: Path) -> None:
    [name] = [iri for iri, other in RELATIONS.items() if other == relation]
    found = changed(whole, lambda graph: graph.add((EX.stranger, URIRef(str(name)), EX.stranger)), tmp_path)
    assert f"{str(name).partition('#')[2]}-{end}" in broken(found)


def node(name: str) -> URIRef:
    return URIRef(f"https://w3id.org/unionkg/id/{name}")


def evidence_of(graph: rdflib.Graph) -> URIRef:
    [found] = set(graph.subjects(ukg("evidencePart")))
    return URIRef(str(found))


def lengthen(graph: rdflib.Graph) -> None:
    quote = node(f"{str(evidence_of(graph)).rpartition('/')[2]}-quote")
    graph.set((quote, URIRef(expand("oa:exact")), Literal("短")))


def second_quote(graph: rdflib.Graph) -> None:
    place = node(f"{str(evidence_of(graph)).rpartition('/')[2]}-position")
    graph.set((place, RDF.type, URIRef(expand("oa:TextQuoteSelector"))))


def outer_part(graph: rdflib.Graph) -> None:
    part = next(graph.objects(evidence_of(graph), ukg("evidencePart")))
    graph.set((part, URIRef(expand("oa:end")), Literal(999)))


def disorder(graph: rdflib.Graph) -> None:
    graph.set((node(HOLDS), ukg("firstStated"), Literal("2024", datatype=XSD.gYear)))
    graph.set((node(HOLDS), ukg("lastStated"), Literal("2023-05-01", datatype=XSD.date)))


NOT_SEEN: dict[str, Change] = {
    "assertion-without-plain": lambda graph: graph.remove((node(CHAIR), ukg("holdsPost"), None)),
    "plain-without-assertion": lambda graph: graph.add((node(CHAIR), ukg("worksFor"), node(UNION))),
    "evidence-selectors": second_quote,
    "quote-length": lengthen,
    "part-in-evidence": outer_part,
    "stated-in-order": disorder,
}


@pytest.mark.parametrize("rule", UNSEEN)
def test_what_shapes_cannot_see_is_found(rule: str, whole: rdflib.Graph, tmp_path: Path) -> None:
    assert rule in broken(changed(whole, NOT_SEEN[rule], tmp_path))


SPOILT: dict[str, Change] = {
    "no evidence": lambda graph: graph.remove((node(HOLDS), ukg("evidence"), None)),
    "a wrong end": lambda graph: graph.add((node(CHAIR), ukg("holdsPost"), node(PROVINCE))),
    "much": lambda graph: graph.remove((None, ukg("confidence"), None)),
    "a day that is none": lambda graph: graph.set(
        (node(HOLDS), ukg("firstDay"), Literal("2023-02-31", datatype=XSD.date))
    ),
    "a plan of the wrong end": lambda graph: graph.set((node(PLANNED), RDF.object, node(CHAIR))),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_the_results_are_pyshacl_s_own(fault: str, whole: rdflib.Graph, tmp_path: Path) -> None:
    copy = rdflib.Graph()
    copy += whole
    SPOILT[fault](copy)
    _, report, _ = pyshacl.validate(copy, shacl_graph=parsed(written(write_shapes)))
    ours = parsed(written(checked(copy, tmp_path).write_report))

    def told(graph: rdflib.Graph) -> list[list[str]]:
        return sorted(
            sorted(f"{name} {value}" for name, value in graph.predicate_objects(result))
            for result in graph.objects(None, SH.result)
        )

    assert isinstance(report, rdflib.Graph)
    assert told(ours) == told(report) != []


def test_the_words_say_what_is_wrong_and_what_is_accepted(whole: rdflib.Graph, tmp_path: Path) -> None:
    def spoil(graph: rdflib.Graph) -> None:
        graph.remove((node(HOLDS), ukg("evidence"), None))
        graph.set((node(HOLDS), ukg("confidence"), Literal("1.5", datatype=XSD.decimal)))
        graph.set((node(HOLDS), URIRef(expand("org:organization")), node(PROVINCE)))

    said = {each.rule: each for each in changed(whole, spoil, tmp_path).findings}
    bare = said["assertion-ukg-evidence"]
    assert (bare.node, bare.about, bare.found) == (HOLDS, "林知远 holds_post 江海省总工会", "has no evidence")
    assert bare.accepted_en == "assertion, evidence: at least one piece of evidence"
    assert bare.accepted_zh == "断言的证据：至少一个证据"
    assert said["assertion-ukg-confidence"].found == 'is "1.5"^^<xsd:decimal>'
    assert said["membership-org-organization"].found == f"is {PROVINCE} (江海省), place"


def test_the_report_is_the_same_each_time(whole: rdflib.Graph, tmp_path: Path) -> None:
    one, other = (written(changed(whole, SPOILT["much"], tmp_path).write_report) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.nt", b"<http://a> <http://b> .", "line 1, column 23"),
        ("a.ttl", b"@prefix a: <http://a/> .\na:x a:y b:z .", "line 2, column 9: The prefix b: has not been declared"),
        ("a.jsonld", b"{", "line 1"),
        ("a.rdf", b"<rdf:RDF", "tag not closed"),
        (
            "a.ttl",
            b"<http://a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <<( <a:a> <a:b> <a:c> )>> .",
            "RDF 1.2",
        ),
    ],
)
def test_what_is_no_rdf_is_refused_in_one_line(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InvalidRdf, match=message) as caught:
        validate(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(InvalidOption, match=r"accepted: \.nt, \.ttl"):
        validate(tmp_path / "a.txt")


def test_ill_typed_literals_are_told_once_and_not_logged(
    whole: rdflib.Graph, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.ttl").write_text(
        f'<a:b> a <{ukg("Document")}> ; <{ukg("firstDay")}> "soon"^^<{XSD.date}> .', encoding="utf-8"
    )
    assert "document-ukg-firstDay" in broken(validate(tmp_path / "x.ttl"))
    assert capfd.readouterr().err == ""


def test_time_grows_with_the_graph_and_not_faster(tmp_path: Path) -> None:
    """The store that was first written counted its triples each time that rdflib asked whether it was empty."""

    def seconds(size: int) -> float:
        lines = [f'<a:{number}> <{ukg("firstDay")}> "2020-01-01"^^<{XSD.date}> .' for number in range(size)]
        lines += [f"<a:{number}> <{RDF.type}> <{ukg('Document')}> ." for number in range(size // 100)]
        (tmp_path / "a.nt").write_text("\n".join(lines) + "\n", "utf-8")
        started = time.process_time()
        validate(tmp_path / "a.nt")
        return time.process_time() - started

    seconds(100)
    assert seconds(20_000) < 10 * seconds(4_000) + 1


HAND_MADE = {
    "a blank node": ("_:x a ukg:Person .", "person-skos-prefLabel"),
    "a blank node within": ("kg:out-1 ukg:outcomeSubject [ a ukg:Person ] ; a ukg:Outcome .", "outcome-ukg-kind"),
    "a number that is none": ('kg:out-1 a ukg:Outcome ; ukg:value "abc"^^xsd:decimal .', "outcome-ukg-value"),
}


@pytest.mark.parametrize("case", HAND_MADE)
def test_rdf_made_by_hand_is_answered_and_nothing_else_is_said(
    case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    text, rule = HAND_MADE[case]
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    (tmp_path / "mine.ttl").write_text(f"{prefixes}@prefix kg: <https://example.org/> .\n{text}\n")
    assert rule in broken(validate(tmp_path / "mine.ttl"))
    assert (capfd.readouterr().err, [str(each.message) for each in recwarn]) == ("", [])


def test_a_value_that_cannot_be_compared_is_an_error_of_the_file(tmp_path: Path) -> None:
    ends = '<https://w3id.org/unionkg/ontology#confidence> "NaN"^^<http://www.w3.org/2001/XMLSchema#double>'
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/unionkg/ontology#Assertion>"
    (tmp_path / "mine.nt").write_text(f"<https://example.org/a> {ends} .\n<https://example.org/a> {kind} .\n")
    with pytest.raises(InvalidRdf, match=r"mine\.nt: a number cannot be compared"):
        validate(tmp_path / "mine.nt")
