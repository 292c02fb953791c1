"""What is different between the graphs of two corpora, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.world import document_id, extraction, federation, holds, person, union
from unionkg.graph.attributes import KnowledgeGraph, documents, edges, nodes, outcomes
from unionkg.graph.build import build_graph
from unionkg.graph.changes import COLLECTIONS, Change, Difference, Setting
from unionkg.graph.difference import compare
from unionkg.graph.duplicates import signature
from unionkg.graph.model import Entity, Extraction, Metadata, Outcome, Relation

JILIN, GANSU, HAINAN = federation("吉林省"), federation("甘肃省"), federation("海南省")
CHAIR, DEPUTY = person("桑晓岚"), person("费玉堂")
LAC = Setting(name="option ner", old="rules", new="lac")
STATIONS = Outcome(subject=JILIN.id, value=45, unit="个", what="建成驿站", kind="result", evidence=(0, 1))

REPORT = extraction("report", [CHAIR, JILIN], [holds(CHAIR, JILIN)], [STATIONS])
NOTICE = extraction("notice", [DEPUTY, JILIN], [holds(DEPUTY, JILIN, "副主席")])


def difference(old: Iterable[Extraction], new: Iterable[Extraction], otherwise: Iterable[Setting] = ()) -> Difference:
    return compare(build_graph(old), build_graph(new), settings=otherwise)


def edited(one: Extraction, **changes: object) -> Extraction:
    """Return what the document of the same name says after an edit."""
    return msgspec.structs.replace(one, document=document_id(f"{one.document} edited"), **changes)


def told(changes: Iterable[Change]) -> list[tuple[str, list[str], list[str]]]:
    """Return the kinds, with the names of what was and of what is."""

    def names(change: Change, side: str) -> list[str]:
        items = getattr(change, side)
        return [one.name or f"{one.subject.name} {one.attributes.get('role', '')}" for one in items]

    return [(change.kind, names(change, "old"), names(change, "new")) for change in changes]


def causes(change: Change) -> list[tuple[str, list[str]]]:
    return [(one.cause, [named.name for named in (*one.documents, *one.entities)]) for one in change.reasons]


def fields(change: Change) -> list[tuple[str, object, object]]:
    return [(one.name, one.old, one.new) for one in change.fields]


def test_the_same_documents_make_no_difference() -> None:
    found = difference([REPORT, NOTICE], [NOTICE, REPORT], [LAC])
    assert found.is_empty
    assert found.settings == (LAC,)
    assert [found.changes(collection) for collection in COLLECTIONS] == [(), (), (), ()]


def test_what_an_added_document_says_is_new_because_of_it() -> None:
    found = difference([REPORT], [REPORT, NOTICE])
    assert told(found.documents) == [("new", [], ["notice.txt"])]
    assert told(found.entities) == [
        ("new", [], ["费玉堂"]),
        ("support", ["吉林省总工会"], ["吉林省总工会"]),
    ]
    assert told(found.facts) == [("new", [], ["费玉堂 副主席"])]
    [fact] = found.facts
    assert causes(fact) == [("document_added", ["notice.txt"])]
    assert [sentence.quote for sentence in fact.new[0].evidence] == ["费玉堂"]
    assert fields(found.entities[1]) == [("documents", (), ("notice.txt",)), ("mentions", 1, 2)]
    assert causes(found.entities[1]) == [("document_added", ["notice.txt"])]
    assert (found.old.facts, found.new.facts) == (1, 2)
    assert found.counts["entities"] == {"new": 1, "support": 1}


def test_what_a_removed_document_said_is_gone_because_of_it() -> None:
    found = difference([REPORT, NOTICE], [NOTICE])
    assert told(found.facts) == [("gone", ["桑晓岚 主席"], [])]
    assert told(found.figures) == [("gone", ["建成驿站"], [])]
    for change in (*found.facts, *found.figures):
        assert causes(change) == [("document_gone", ["report.txt"])]


def test_a_file_that_could_not_be_read_says_why_its_document_is_gone() -> None:
    found = compare(
        build_graph([REPORT, NOTICE]),
        build_graph([NOTICE]),
        paths={document_id("report"): "docs/report.txt", document_id("notice"): "docs/notice.txt"},
        failures={"docs/report.txt": "docs/report.txt: permission denied"},
    )
    [document] = found.documents
    assert [(one.cause, one.detail) for one in document.reasons] == [("unread", "docs/report.txt: permission denied")]


def test_an_edit_that_changes_nothing_that_is_read_is_a_change_of_the_document_alone() -> None:
    later = msgspec.structs.replace(REPORT.relations[0], evidence=(40, 43))
    found = difference([REPORT], [edited(REPORT, relations=(later,))])
    assert told(found.documents) == [("changed", ["report.txt"], ["report.txt"])]
    assert causes(found.documents[0]) == [("document_edited", [])]
    assert (found.entities, found.facts, found.figures) == ((), (), ())


def test_a_role_that_an_edited_document_gives_otherwise_is_changed() -> None:
    now = msgspec.structs.replace(REPORT.relations[0], role="党组书记", quote="桑晓岚任书记")
    found = difference([REPORT], [edited(REPORT, relations=(now,))])
    [fact] = found.facts
    assert fact.kind == "changed"
    assert fields(fact) == [("role", "主席", "党组书记"), ("evidence", 1, 1)]
    assert causes(fact) == [("document_edited", ["report.txt"])]
    assert [sentence.quote for sentence in (*fact.old[0].evidence, *fact.new[0].evidence)] == ["桑晓岚", "桑晓岚任书记"]


def test_a_figure_that_an_edited_document_gives_otherwise_is_changed() -> None:
    now = msgspec.structs.replace(REPORT.outcomes[0], value=54, quote="建成54个", evidence=(1, 6))
    found = difference([REPORT], [edited(REPORT, outcomes=(now,))])
    [figure] = found.figures
    assert fields(figure) == [("value", 45.0, 54.0), ("evidence", 1, 1)]


def test_a_bound_and_a_beneficiary_read_differently_are_a_change_of_the_figure() -> None:
    couriers = Entity(id="C", type="GROUP", name="快递员")
    before = extraction("report", [JILIN, couriers], (), [STATIONS])
    after = extraction(
        "report", [JILIN, couriers], (), [msgspec.structs.replace(STATIONS, bound="at_least", beneficiary="C")]
    )
    [change] = difference([before], [after], [LAC]).figures
    assert change.kind == "changed"
    assert fields(change) == [("beneficiary", None, "快递员"), ("bound", None, "at_least")]
    assert change.new[0].attributes["beneficiary"] == "快递员"


@pytest.mark.parametrize(
    ("name", "value"), [("role", "副主席"), ("status", "former"), ("date", "2024-05"), ("modality", "planned")]
)
def test_a_qualifier_read_differently_is_changed_and_names_the_settings(name: str, value: str) -> None:
    now = msgspec.structs.replace(REPORT.relations[0], **{name: value})
    found = difference([REPORT], [msgspec.structs.replace(REPORT, relations=(now,))], [LAC])
    [fact] = found.facts
    assert (fact.kind, [field.name for field in fact.fields]) == ("changed", [name])
    assert causes(fact) == [("reread", [])]


def test_another_sentence_of_an_unchanged_document_is_another_fact() -> None:
    now = msgspec.structs.replace(REPORT.relations[0], role="副主席", evidence=(4, 10), quote=JILIN.name)
    found = difference([REPORT], [msgspec.structs.replace(REPORT, relations=(now,))])
    assert told(found.facts) == [("new", [], ["桑晓岚 副主席"]), ("gone", ["桑晓岚 主席"], [])]


def test_of_several_roles_in_one_sentence_only_the_one_that_differs_is_changed() -> None:
    def roles(*names: str) -> list[Extraction]:
        return [extraction("report", [CHAIR, JILIN], [holds(CHAIR, JILIN, name) for name in names])]

    assert told(difference(roles("主席", "党组书记"), roles("主席", "党组成员")).facts) == [
        ("changed", ["桑晓岚 党组书记"], ["桑晓岚 党组成员"])
    ]
    assert told(difference(roles("主席"), roles("主席", "党组书记")).facts) == [("new", [], ["桑晓岚 党组书记"])]


def test_confidence_and_sources_are_support_and_compare_exactly() -> None:
    surer = msgspec.structs.replace(REPORT.relations[0], confidence=0.5)
    barely = msgspec.structs.replace(surer, confidence=0.5 + 2**-53)
    [fact] = difference(
        [msgspec.structs.replace(REPORT, relations=(surer,))], [msgspec.structs.replace(REPORT, relations=(barely,))]
    ).facts
    assert (fact.kind, fields(fact), causes(fact)) == (
        "support",
        [("confidence", 0.5, 0.5 + 2**-53)],
        [("relinked", [])],
    )
    again = msgspec.structs.replace(REPORT, doc="again.txt", document=document_id("again"))
    [fact] = difference([REPORT], [REPORT, again]).facts
    assert (fact.kind, fields(fact)) == ("support", [("evidence", 1, 2), ("sources", 1, 2)])
    assert causes(fact) == [("document_added", ["again.txt"])]
    assert fact.old[0].evidence == ()
    assert [sentence.document.name for sentence in fact.new[0].evidence] == ["again.txt"]


IN_JILIN = extraction("jilin", [CHAIR, JILIN], [holds(CHAIR, JILIN)])
IN_GANSU = extraction("gansu", [CHAIR, GANSU], [holds(CHAIR, GANSU)])
IN_BOTH = extraction("both", [CHAIR, JILIN, GANSU], [holds(CHAIR, JILIN), holds(CHAIR, GANSU)])


def test_a_person_whom_another_office_anchors_is_the_same_with_the_same_facts() -> None:
    adviser = extraction("gansu", [CHAIR, GANSU, JILIN], [holds(CHAIR, GANSU), holds(CHAIR, JILIN, "顾问")])
    found = difference([IN_GANSU, REPORT], [adviser, REPORT], [LAC])
    [merged] = [change for change in found.entities if change.old[0].type == "PERSON"]
    assert merged.kind == "merged"
    found = difference([IN_GANSU], [adviser], [LAC])
    assert told(found.entities) == [
        ("new", [], ["吉林省总工会"]),
        ("carried", ["桑晓岚"], ["桑晓岚"]),
    ]
    assert told(found.facts) == [("new", [], ["桑晓岚 顾问"]), ("carried", ["桑晓岚 主席"], ["桑晓岚 主席"])]
    assert causes(found.facts[1]) == [("entity_carried", ["桑晓岚"])]
    assert found.entities[1].old[0].id != found.entities[1].new[0].id
    assert found.facts[1].old[0].id != found.facts[1].new[0].id


def test_two_persons_whom_an_added_document_ties_are_merged_and_the_other_way_split() -> None:
    apart, together = [IN_JILIN, IN_GANSU], [IN_JILIN, IN_GANSU, IN_BOTH]
    [merged] = [change for change in difference(apart, together).entities if change.kind not in {"support", "new"}]
    assert told([merged]) == [("merged", ["桑晓岚", "桑晓岚"], ["桑晓岚"])]
    assert causes(merged) == [("document_added", ["both.txt"])]
    found = difference(together, apart)
    [split] = [change for change in found.entities if change.kind not in {"support", "gone"}]
    assert told([split]) == [("split", ["桑晓岚"], ["桑晓岚", "桑晓岚"])]
    assert {kind for kind, _, _ in told(found.facts)} == {"support", "carried"}


def test_a_fact_of_two_bodies_that_became_one_is_one() -> None:
    local, known = union("省总工会"), union("吉林省总工会", "220000", ("省总工会",))
    apart = extraction("report", [CHAIR, JILIN, local], [holds(CHAIR, JILIN), holds(CHAIR, local)])
    together = extraction("report", [CHAIR, known], [holds(CHAIR, known)])
    [fact] = difference([apart], [together], [LAC]).facts
    assert told([fact]) == [("merged", ["桑晓岚 主席"] * 2, ["桑晓岚 主席"])]
    assert causes(fact) == [("entity_merged", ["吉林省总工会"])]
    [fact] = difference([together], [apart], [LAC]).facts
    assert told([fact]) == [("split", ["桑晓岚 主席"], ["桑晓岚 主席"] * 2)]


def test_a_fact_between_two_that_became_one_is_gone_because_they_did() -> None:
    local = union("省总工会")
    joint = Relation(type="partners_with", subject=JILIN.id, object=local.id, evidence=(0, 1))
    apart = extraction("joint", [JILIN, local], [joint])
    known = union("吉林省总工会", "220000", ("省总工会",))
    found = difference([apart], [extraction("joint", [known])], [LAC])
    assert told(found.entities) == [("merged", ["吉林省总工会", "省总工会"], ["吉林省总工会"])]
    [fact] = found.facts
    assert fact.kind == "gone"
    assert causes(fact) == [("entity_merged", ["吉林省总工会"])]


def test_an_entity_whose_name_code_or_type_is_read_differently_is_the_same() -> None:
    def reading(entity: Entity) -> Extraction:
        return extraction("report", [CHAIR, entity], [holds(CHAIR, entity)])

    long = union("吉林省总工会机关", None, ("吉林省总工会",))
    [change] = [
        one for one in difference([reading(JILIN)], [reading(long)], [LAC]).entities if one.old[0].type == "ORG"
    ]
    assert change.kind == "changed"
    assert ("name", "吉林省总工会", "吉林省总工会机关") in fields(change)
    assert causes(change) == [("reread", [])]
    place, programme = (Entity(id="W", type=kind, name="暖心驿站") for kind in ("PLACE", "PROGRAMME"))
    [change] = difference([extraction("a", [JILIN, place])], [extraction("a", [JILIN, programme])]).entities
    assert fields(change) == [("type", "PLACE", "PROGRAMME")]
    assert causes(change) == [("relinked", [])]


def test_names_alone_make_no_two_entities_the_same() -> None:
    elsewhere = difference([extraction("a", [CHAIR])], [extraction("b", [CHAIR])])
    assert sorted(kind for kind, _, _ in told(elsewhere.entities)) == ["gone", "new"]
    [beside] = [
        change
        for change in difference(
            [extraction("a", [union("省总工会"), JILIN])], [extraction("a", [union("省工会"), JILIN])], [LAC]
        ).entities
        if change.kind == "gone"
    ]
    assert causes(beside) == [("reread", ["a.txt"])]


def test_copies_that_join_an_article_are_support_of_the_document() -> None:
    stated = signature("吉林省总工会在长春召开全委会议，选举桑晓岚为主席，会议还审议了经费报告并表彰了先进集体。" * 4)
    one, other = (msgspec.structs.replace(extraction(name, [JILIN]), signature=stated) for name in ("one", "other"))
    found = difference([one], [one, other])
    assert told(found.documents) == [("new", [], ["other.txt"]), ("support", ["one.txt"], ["one.txt"])]
    assert fields(found.documents[1]) == [("copies", (), ("other.txt",))]
    assert causes(found.documents[1]) == [("relinked", [])]


def test_what_a_document_says_of_itself_can_be_read_differently() -> None:
    titled = msgspec.structs.replace(REPORT, metadata=Metadata(title="换届", authors=("贺兰",)))
    renamed = msgspec.structs.replace(REPORT, doc="copy.txt")
    [document] = difference([REPORT], [titled], [LAC]).documents
    assert (document.kind, fields(document)) == ("changed", [("authors", (), ("贺兰",)), ("title", None, "换届")])
    assert causes(document) == [("reread", [])]
    [document] = difference([REPORT], [renamed], [LAC]).documents
    assert (fields(document), causes(document)) == ([("name", "report.txt", "copy.txt")], [])


def test_the_order_is_that_of_kinds_types_documents_and_names() -> None:
    many = [extraction(name, [HAINAN]) for name in "ab"]
    found = difference([], [*many, extraction("c", [GANSU, JILIN, DEPUTY, CHAIR])])
    names = [change.new[0].name for change in found.entities]
    assert names == ["海南省总工会", "吉林省总工会", "甘肃省总工会", "桑晓岚", "费玉堂"]


def test_causes_are_counted_with_the_largest_first() -> None:
    found = difference([REPORT], [REPORT, NOTICE, extraction("tail", [HAINAN])])
    assert found.causes() == [
        ("document_added", "notice.txt", {"entities": 2, "facts": 1}),
        ("document_added", "tail.txt", {"entities": 1}),
    ]


PEOPLE = [CHAIR, DEPUTY, Entity(id="namesake", type="PERSON", name=CHAIR.name)]
BODIES = [JILIN, GANSU, union("省总工会"), union("吉林省总工会", "220000", ("省总工会",))]


@st.composite
def corpora(draw: st.DrawFn) -> list[Extraction]:
    """A few documents that name a few people and bodies, in one of two states each."""
    found = []
    for name in draw(st.sets(st.sampled_from("abcd"), max_size=4)):
        body = draw(st.sampled_from(BODIES))
        bodies = {one.id: one for one in (body, draw(st.sampled_from(BODIES)))}
        people = draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique_by=lambda one: one.id))
        roles = st.sampled_from(["主席", "副主席"])
        posts = [
            holds(one, draw(st.sampled_from(list(bodies.values()))), draw(roles))
            for one in people
            if draw(st.booleans())
        ]
        figures = [
            msgspec.structs.replace(STATIONS, subject=body.id, value=value)
            for value in draw(st.sets(st.sampled_from([1, 2]), max_size=2))
        ]
        one = extraction(name, [*people, *bodies.values()], posts, figures)
        found.append(edited(one) if draw(st.booleans()) else one)
    return found


@settings(deadline=None)  # the first graph loads the pinyin
@given(corpora())
def test_a_graph_does_not_differ_from_itself(corpus: list[Extraction]) -> None:
    assert difference(corpus, corpus[::-1]).is_empty


MIRRORED = {"new": "gone", "gone": "new", "merged": "split", "split": "merged"}
MIRRORED_CAUSES = {
    "document_added": "document_gone",
    "document_gone": "document_added",
    "entity_merged": "entity_split",
    "entity_split": "entity_merged",
}


def shapes(changes: Iterable[Change], is_mirrored: bool) -> Counter[object]:
    """Return what the changes say; mirrored as if the graphs were exchanged."""

    def shape(change: Change) -> object:
        sides = [tuple(sorted(one.id for one in side)) for side in (change.old, change.new)]
        rows = [(one.name, one.old, one.new) for one in change.fields]
        reasons = {one.cause for one in change.reasons}
        if not is_mirrored:
            return change.kind, *sides, frozenset(rows), frozenset(reasons)
        return (
            MIRRORED.get(change.kind, change.kind),
            *sides[::-1],
            frozenset((name, now, then) for name, then, now in rows),
            frozenset(MIRRORED_CAUSES.get(cause, cause) for cause in reasons),
        )

    return Counter(map(shape, changes))


@settings(deadline=None)  # the first graph loads the pinyin
@given(corpora(), corpora())
def test_exchanged_graphs_differ_in_mirrored_ways(old: list[Extraction], new: list[Extraction]) -> None:
    there, back = difference(old, new), difference(new, old)
    for collection in COLLECTIONS:
        assert shapes(there.changes(collection), False) == shapes(back.changes(collection), True)


def contents(graph: KnowledgeGraph) -> dict[str, dict[str, object]]:
    """Return everything of a graph by id, without what an edited document moves: its id."""
    name_of = {document["id"]: document["name"] for document in documents(graph)}

    def plain(row: object) -> object:
        assert isinstance(row, dict)
        row = {name: value for name, value in row.items() if name != "cluster"}
        if "documents" in row:
            row["documents"] = sorted(name_of[one] for one in row["documents"])
        if "evidence" in row:
            row["evidence"] = sorted((name_of[one["document"]], one["quote"]) for one in row["evidence"])
        return row

    return {
        "documents": {one["id"]: plain(one) for one in documents(graph)},
        "entities": {one: plain(row) for one, row in nodes(graph)},
        "facts": {key: plain(row) for _, _, key, row in edges(graph)},
        "figures": {one["id"]: plain(one) for one in outcomes(graph)},
    }


@settings(deadline=None)  # the first graph loads the pinyin
@given(corpora(), corpora())
def test_every_difference_is_told_once(old: list[Extraction], new: list[Extraction]) -> None:
    before, after = build_graph(old), build_graph(new)
    found = compare(before, after)
    for collection in COLLECTIONS:
        changes = found.changes(collection)
        then, now = contents(before)[collection], contents(after)[collection]
        for rows, side in ((then, "old"), (now, "new")):
            told_ids = [item.id for change in changes for item in getattr(change, side)]
            assert len(told_ids) == len(set(told_ids))
            for one in told_ids:
                rows.pop(one)
        assert then == now
