"""Two studies are put side by side: each thing in its state, neither study the later one."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.world import document_id, extraction, federation, holds, person, union
from unionkg.graph.aligned import SHARED, STATES, Alignment, Contrast, Overlap, Row
from unionkg.graph.alignment import align
from unionkg.graph.build import build_graph
from unionkg.graph.changes import COLLECTIONS
from unionkg.graph.model import Entity, Extraction, Metadata, Outcome, Relation

QINGHAI, GANSU = federation("青海省"), federation("甘肃省")
AN, BO, CE = person("安如松"), person("柏听雨"), person("岑远舟")
DRIVERS = Entity(id="G", type="GROUP", name="货车司机")


def said(name: str, *facts: Relation, day: str | None = None, figures: tuple[Outcome, ...] = ()) -> Extraction:
    """Return a document of a day that says these facts and figures."""
    metadata = Metadata(date=day)
    return extraction(name, [AN, BO, CE, QINGHAI, GANSU, DRIVERS], facts, figures, metadata)


def post(
    holder: Entity, status: str | None = "current", date: str | None = None, role: str | None = "主席"
) -> Relation:
    return msgspec.structs.replace(holds(holder, QINGHAI, status=status), date=date, role=role)


def figure(
    value: float, period: str | None = "2023", *, bound: str | None = None, beneficiary: str | None = None
) -> Outcome:
    return Outcome(
        subject=QINGHAI.id,
        value=value,
        bound=bound,
        unit="人",
        what="培训职工",
        kind="result",
        period=period,
        beneficiary=beneficiary,
        evidence=(0, 1),
    )


def of(kg1: list[Extraction], kg2: list[Extraction]) -> Alignment:
    return align(build_graph(kg1), build_graph(kg2))


def states(rows: tuple[Row, ...]) -> list[tuple[str, str]]:
    return [(row.state, row.by) for row in rows]


def test_documents_are_the_same_copies_or_in_one_study_only() -> None:
    title = Metadata(title="青海省工会驿站建设现场会召开", date="2024-05-06")
    both, mine = extraction("both", [QINGHAI]), extraction("mine", [GANSU])
    first, second = (extraction(name, [QINGHAI], metadata=title) for name in ("first", "second"))
    found = of([both, mine, first], [both, second])
    assert found.copies_by == "title"
    assert [
        (row.state, row.by, [one.name for one in row.kg1], [one.name for one in row.kg2]) for row in found.documents
    ] == [
        ("same", "", ["both.txt"], ["both.txt"]),
        ("copy", "title", ["first.txt"], ["second.txt"]),
        ("only_kg1", "", ["mine.txt"], []),
    ]
    assert found.documents[1].kg1[0].attributes["reference"] == "青海省工会驿站建设现场会召开[Z]. (2024-05-06)."


def test_a_copy_of_a_document_that_both_have_stands_beside_it() -> None:
    title = Metadata(title="青海省工会驿站建设现场会召开", date="2024-05-06")
    both, more = (extraction(name, [QINGHAI], metadata=title) for name in ("both", "more"))
    rows = of([both], [both, more]).documents
    assert [(row.state, [one.name for one in row.kg1], [one.name for one in row.kg2]) for row in rows] == [
        ("same", ["both.txt"], ["both.txt"]),
        ("copy", ["both.txt"], ["more.txt"]),
    ]


def test_entities_tell_how_many_documents_name_them() -> None:
    [same, only] = of(
        [extraction("a", [QINGHAI]), extraction("b", [QINGHAI, GANSU])], [extraction("c", [QINGHAI])]
    ).entities
    assert (same.state, same.by, only.state) == ("same", "id", "only_kg1")
    assert [item.attributes["documents"] for item in (*same.kg1, *same.kg2)] == [2, 1]
    assert same.kg2[0].attributes["named_in"] == "c.txt"
    assert (same.province, only.province) == ("63", "62")


def test_a_fact_that_both_state_is_the_same_with_the_sentences_of_each() -> None:
    [row] = of([said("a", post(AN))], [said("b", post(AN))]).facts
    assert (row.state, row.fields) == ("same", ())
    assert [item.evidence[0].document.name for item in (*row.kg1, *row.kg2)] == ["a.txt", "b.txt"]


def test_facts_of_persons_who_are_one_under_two_ids_are_the_same() -> None:
    """Each study knows the person by another body, as more of its documents name that one."""
    congress = union("青海省人民代表大会常务委员会", "630000")
    one = extraction("one", [AN, QINGHAI, congress], [post(AN), holds(AN, congress, "副主任")])
    more = [extraction(f"more{number}", [AN, congress], [holds(AN, congress, "副主任")]) for number in range(2)]
    found = of([one, *more], [extraction("two", [AN, QINGHAI], [post(AN)])])
    [same] = [row for row in found.facts if row.state == "same"]
    assert same.kg1[0].subject != same.kg2[0].subject
    assert not found.has_contradictions


@pytest.mark.parametrize(
    ("one", "other", "fields"),
    [
        (post(AN), post(AN, date="2023-05"), [Contrast(name="date", kg1=None, kg2="2023-05")]),
        (post(AN, date="2023"), post(AN, date="2023-05"), [Contrast(name="date", kg1="2023", kg2="2023-05")]),
        (post(AN, role=None), post(AN), [Contrast(name="role", kg1=None, kg2="主席")]),
        (post(AN), post(AN, "elected"), [Contrast(name="status", kg1="current", kg2="elected")]),
    ],
)
def test_a_fact_that_one_tells_more_precisely_is_compatible(
    one: Relation, other: Relation, fields: list[Contrast]
) -> None:
    [row] = of([said("a", one)], [said("b", other)]).facts
    assert (row.state, list(row.fields)) == ("compatible", fields)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (post(AN), post(AN, role="副主席")),
        (post(AN, date="2023"), post(AN, date="2024")),
        (post(AN, "former"), post(AN)),
        (post(AN), msgspec.structs.replace(post(AN), modality="planned")),
        (post(AN), post(BO)),
    ],
)
def test_what_differs_in_what_it_says_is_in_one_study_only(one: Relation, other: Relation) -> None:
    assert states(of([said("a", one)], [said("b", other)]).facts) == [("only_kg1", ""), ("only_kg2", "")]


def test_a_plain_fact_is_compatible_with_each_that_tells_more() -> None:
    found = of([said("a", post(AN))], [said("b", post(AN, date="2021")), said("c", post(AN, date="2024"))])
    [row] = found.facts
    assert (row.state, len(row.kg1), len(row.kg2)) == ("compatible", 1, 2)
    assert row.fields == (Contrast(name="date", kg1=None, kg2=("2021", "2024")),)


def test_partners_are_the_same_either_way_round() -> None:
    there, back = (
        Relation(type="partners_with", subject=one.id, object=other.id, evidence=(0, 1), rule="test")
        for one, other in ((QINGHAI, GANSU), (GANSU, QINGHAI))
    )
    assert states(of([said("a", there)], [said("b", back)]).facts) == [("same", "")]


def test_partners_that_both_studies_tell_either_way_round_are_one_row() -> None:
    there, back = (
        Relation(type="partners_with", subject=one.id, object=other.id, evidence=(0, 1), rule="test")
        for one, other in ((QINGHAI, GANSU), (GANSU, QINGHAI))
    )
    found = of([said("a", there, back)], [said("b", there), said("c", back)])
    [row] = found.facts
    assert (row.state, len(row.kg1), len(row.kg2)) == ("same", 2, 2)
    [total] = [one for one in found.parts("all") if one.collection == "facts"]
    assert (total.kg1_shared, total.kg2_shared, total.jaccard) == (2, 2, 1)


def test_two_holders_of_one_seat_contradict() -> None:
    found = of([said("a", post(AN), day="2024-03-01")], [said("b", post(BO), day="2024-03-01")])
    assert states(found.facts) == [("contradicting", "two_holders"), ("only_kg1", ""), ("only_kg2", "")]
    row = found.facts[0]
    assert [item.subject.name for item in (*row.kg1, *row.kg2) if item.subject] == ["安如松", "柏听雨"]
    assert "主席" in row.detail
    assert found.has_contradictions


def test_what_contradicts_within_one_study_is_no_contradiction_between_them() -> None:
    an, bo = said("a", post(AN), day="2024-03-01"), said("b", post(BO), day="2024-03-01")
    assert not of([an], [an, bo]).has_contradictions
    assert not of([an, bo], [an, bo]).has_contradictions
    assert of([an, said("c", post(CE), day="2024-03-01")], [bo]).has_contradictions


def test_two_values_of_one_figure_contradict() -> None:
    found = of([said("a", figures=(figure(120),))], [said("b", figures=(figure(150),))])
    assert states(found.figures) == [("contradicting", "two_values"), ("only_kg1", ""), ("only_kg2", "")]
    assert "120, 150" in found.figures[0].detail


@pytest.mark.parametrize(
    ("left", "there", "contradicts"),
    [
        ("2022-06-01", "2024-03-01", True),
        ("2024-03-01", "2022-06-01", False),
        ("2024-03-01", "2024-03-01", False),
        ("2024", "2024-03-01", False),
        (None, "2024-03-01", False),
    ],
)
def test_who_has_left_and_is_there_later_contradicts(left: str | None, there: str, contradicts: bool) -> None:
    found = of([said("a", post(AN, "former"), day=left)], [said("b", post(AN), day=there)])
    assert (("contradicting", "left_office") in states(found.facts)) == contradicts


def test_who_was_elected_again_may_be_there() -> None:
    kg2 = [said("b", post(AN), day="2024-03-01"), said("c", post(AN, "elected", "2023-01-05"), day="2023-01-06")]
    found = of([said("a", post(AN, "former"), day="2022-06-01")], kg2)
    assert not found.has_contradictions


def test_the_end_of_a_term_tells_when_it_was_over() -> None:
    kg1 = [said("a", post(AN, "former", "2015/2020"), day="2024-05-01")]
    assert of(kg1, [said("b", post(AN), day="2022-03-01")]).facts[0].by == "left_office"


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        (figure(120), figure(120), "same"),
        (figure(120), figure(120, None), "compatible"),
        (figure(120), figure(120, beneficiary=DRIVERS.id), "compatible"),
        (figure(120), figure(100, bound="at_least"), "compatible"),
        (figure(120), figure(100, None, bound="at_least"), "only_kg1"),
        (figure(120, "2022"), figure(120, "2023"), "only_kg1"),
        (figure(120, None), figure(150, None), "only_kg1"),
    ],
)
def test_figures_are_the_same_compatible_or_of_one_study(one: Outcome, other: Outcome, state: str) -> None:
    assert of([said("a", figures=(one,))], [said("b", figures=(other,))]).figures[0].state == state


def test_a_figure_of_nobody_is_the_same_in_one_document_alone() -> None:
    nobody = msgspec.structs.replace(figure(35), subject=None)
    here, there = said("a", figures=(nobody,)), said("b", figures=(nobody,))
    assert states(of([here], [here]).figures) == [("same", "")]
    assert states(of([here], [there]).figures) == [("only_kg1", ""), ("only_kg2", "")]


def test_overlaps_tell_shares_each_way_and_by_part() -> None:
    both = said("both", post(AN), day="2023-02-01")
    found = of([both, said("mine", post(BO, "elected", "2024-01-01"), day="2024-02-01")], [both])
    by_part = {(one.collection, one.part, one.key): one for one in found.overlaps}
    assert by_part["facts", "all", ""] == Overlap(
        collection="facts",
        part="all",
        key="",
        kg1=2,
        kg2=1,
        kg1_shared=1,
        kg2_shared=1,
        jaccard=0.5,
        kg1_share=0.5,
        kg2_share=1.0,
    )
    assert by_part["facts", "year", "2024"].kg1_share == 0
    assert by_part["facts", "province", "63"].kg1 == 2
    assert by_part["documents", "year", "2023"].jaccard == 1
    assert by_part["entities", "type", "PERSON"].kg1_shared == 3


def test_every_number_of_an_overlap_is_of_things_where_two_of_one_study_are_one_of_the_other() -> None:
    mine = [said("a", post(AN)), said("c", post(BO))]
    [row, alone] = (found := of(mine, [said("b", post(AN, date="2021"), post(AN, date="2024"))])).facts
    assert [(one.state, len(one.kg1), len(one.kg2)) for one in (row, alone)] == [
        ("compatible", 1, 2),
        ("only_kg1", 1, 0),
    ]
    [facts] = [one for one in found.parts("all") if one.collection == "facts"]
    assert (facts.kg1, facts.kg1_shared, facts.kg1_share) == (2, 1, 0.5)
    assert (facts.kg2, facts.kg2_shared, facts.kg2_share) == (2, 2, 1.0)
    assert facts.jaccard == 0.6  # (1 + 2) / 2 of the things of either: 4 without these 1.5


def test_a_graph_shares_all_with_itself() -> None:
    corpus = [said("a", post(AN), post(BO, "former"), figures=(figure(120), figure(150)), day="2024-03-01")]
    found = of(corpus, corpus)
    assert {row.state for name in COLLECTIONS for row in found.rows(name)} == {"same"}
    assert {(one.jaccard, one.kg1_share, one.kg2_share) for one in found.overlaps} == {(1, 1, 1)}


posts = st.builds(
    post,
    st.sampled_from([AN, BO, CE]),
    st.sampled_from(["current", "elected", "former", None]),
    st.sampled_from([None, "2021", "2022", "2022-03"]),
    st.sampled_from([None, "主席", "副主席"]),
)
figures = st.builds(figure, st.sampled_from([100, 120]), st.sampled_from([None, "2023"]))
together = st.builds(
    lambda ends: Relation(type="partners_with", subject=ends[0], object=ends[1], evidence=(0, 1), rule="test"),
    st.permutations([QINGHAI.id, GANSU.id]),
)
documents = st.builds(
    lambda name, day, facts, counted: said(name, *facts, day=day, figures=tuple(counted)),
    st.sampled_from("abcdef"),
    st.sampled_from([None, "2021-05-01", "2022-05-01"]),
    st.lists(posts | together, max_size=3),
    st.lists(figures, max_size=2),
)
corpora = st.lists(documents, max_size=3, unique_by=lambda one: one.document)

SWAPPED = {"only_kg1": "only_kg2", "only_kg2": "only_kg1"}


def swapped(row: Row) -> Row:
    fields = tuple(Contrast(name=one.name, kg1=one.kg2, kg2=one.kg1) for one in row.fields)
    state = SWAPPED.get(row.state, row.state)
    return msgspec.structs.replace(row, state=state, kg1=row.kg2, kg2=row.kg1, fields=fields)


@settings(deadline=None, max_examples=80)
@given(corpora, corpora)
def test_exchanged_studies_give_the_same_exchanged(kg1: list[Extraction], kg2: list[Extraction]) -> None:
    one, other = build_graph(kg1), build_graph(kg2)
    here, there = align(one, other), align(other, one)
    for name in COLLECTIONS:
        for state in STATES:
            rows = [row for row in here.rows(name) if row.state == state]
            assert [row for row in map(swapped, there.rows(name)) if row.state == state] == rows
    assert align(one, other) == here


@settings(deadline=None, max_examples=80)
@given(corpora, corpora)
def test_each_thing_stands_in_one_state_and_the_numbers_add_up(kg1: list[Extraction], kg2: list[Extraction]) -> None:
    found = of(kg1, kg2)
    for name in COLLECTIONS:
        rows = [row for row in found.rows(name) if row.state != "contradicting"]
        total = next((one for one in found.overlaps if (one.collection, one.part) == (name, "all")), None)
        for side in ("kg1", "kg2"):
            shared = {item.id for row in rows if row.state in SHARED for item in getattr(row, side)}
            alone = {item.id for row in rows if row.state == f"only_{side}" for item in getattr(row, side)}
            assert shared.isdisjoint(alone)
            if total is not None:
                assert getattr(total, f"{side}_shared") == len(shared)
                assert getattr(total, side) == getattr(getattr(found, side), name)
        parts = [one for one in found.overlaps if one.collection == name and one.part == "province"]
        assert sum(one.kg1_shared for one in parts) == (total.kg1_shared if total else 0)
        assert sum(one.kg2_shared for one in parts) == (total.kg2_shared if total else 0)


def test_documents_are_told_by_their_ids() -> None:
    [row] = of([extraction("a", [QINGHAI])], [extraction("a", [QINGHAI])]).documents
    assert (row.lead.id, row.lead.type) == (document_id("a"), "document")
