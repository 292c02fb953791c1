"""What is asked first, and of what."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from tests.graph.world import document_id, extraction, federation, holds, person, union
from unionkg.graph.build import build_graph
from unionkg.graph.doubts import Doubt, review
from unionkg.graph.ledger import Judgement, Ledger, Line, Verdict
from unionkg.graph.merges import RULES, merges
from unionkg.graph.model import Entity, Extraction, Metadata, Relation
from unionkg.graph.spots import short_document

QINGHAI, GANSU = federation("青海省"), federation("甘肃省")
XINING, HAIDONG = union("西宁市总工会", "630100"), union("海东市总工会", "630200")
CEN, WEI, NING = person("岑望舒"), person("韦知秋"), person("宁仲平")


def asked(corpus: Sequence[Extraction], kind: str, ledger: Ledger | None = None) -> list[Doubt]:
    return list(review(build_graph(corpus), ledger or Ledger(), kinds=[kind]).doubts)


def at(name: str, document: str) -> str:
    return f"{name}@{short_document(document_id(document))}"


def weak(relation: Relation, confidence: float, *, restored: bool = False) -> Relation:
    return msgspec.structs.replace(relation, confidence=confidence, restored=restored)


CHAIN = [
    extraction("one", [CEN, QINGHAI], [holds(CEN, QINGHAI)]),
    extraction("two", [CEN, QINGHAI, GANSU], [holds(CEN, QINGHAI), holds(CEN, GANSU, "副主席")]),
    extraction("three", [CEN, GANSU], [holds(CEN, GANSU, "副主席")]),
]


class TestMerges:
    def test_a_person_joined_over_a_chain_is_asked_about_with_the_document_that_joins(self) -> None:
        [doubt] = asked(CHAIN, "merge")
        assert "1 document alone names" in doubt.question
        assert "different provinces" in doubt.question
        [same], [other] = doubt.yes, doubt.no
        assert (same.judgement, other.judgement) == ("same", "not_same")
        sides = {same.subject, same.object}
        assert len(sides & {at("岑望舒", name) for name in ("one", "two", "three")}) == 2

    def test_a_person_tied_by_one_body_throughout_is_not(self) -> None:
        assert asked([CHAIN[0], extraction("four", [CEN, QINGHAI], [holds(CEN, QINGHAI)])], "merge") == []

    def test_a_company_known_by_its_name_alone_is_a_weak_tie(self) -> None:
        company = Entity(id="C", type="ORG", subtype="enterprise", name="云溪联运有限公司")
        corpus = [extraction(name, [CEN, company, QINGHAI], [holds(CEN, company)]) for name in ("one", "two")]
        [doubt] = asked(corpus, "merge")
        assert "a name that several bodies may have" in doubt.question

    def test_two_full_names_of_one_thing_are_asked_about_short_forms_are_not(self) -> None:
        for names, count in ((("望江驿站", "临河渡口"), 1), (("望江驿站", "望江站"), 0)):
            places = [Entity(id=name, type="PLACE", name=name, code="653100") for name in names]
            corpus = [extraction(place.name, [place, QINGHAI], [located(place)]) for place in places]
            found = asked(corpus, "merge")
            assert len(found) == count
            assert all(name in doubt.question for doubt in found for name in names)

    def test_what_a_ledger_judges_is_not_asked_again(self) -> None:
        [doubt] = asked(CHAIN, "merge")
        for judgement in (*doubt.yes, *doubt.no):
            assert asked(CHAIN, "merge", Ledger((Line(1, judgement),))) == []
        other = Judgement(judgement="same", subject=at("岑望舒", "one"), object=at("韦知秋", "three"))
        assert asked(CHAIN, "merge", Ledger((Line(1, other),))) == [doubt]


def located(place: Entity) -> Relation:
    return Relation(type="governs", subject=QINGHAI.id, object=place.id, evidence=(0, 1), rule="test")


class TestPossible:
    def test_the_pair_of_which_most_speaks_comes_first(self) -> None:
        corpus = [
            extraction("one", [CEN, XINING, NING], [holds(CEN, XINING)]),
            extraction("two", [CEN, HAIDONG], [holds(CEN, HAIDONG)]),
            extraction("three", [CEN, GANSU], [holds(CEN, GANSU, "秘书长")]),
            extraction("four", [WEI, XINING], [holds(WEI, XINING)]),
            extraction("five", [WEI, GANSU], [holds(WEI, GANSU, "秘书长")]),
        ]
        first, second = asked(corpus, "possible")
        assert {first.yes[0].subject, first.yes[0].object} == {at("岑望舒", "one"), at("岑望舒", "two")}
        assert "one province; both 主席, 3 of that name" in first.question
        assert {second.yes[0].subject, second.yes[0].object} == {at("韦知秋", "four"), at("韦知秋", "five")}

    def test_when_one_pair_is_judged_the_next_of_the_group_is_asked_about(self) -> None:
        corpus = [
            extraction("one", [CEN, XINING], [holds(CEN, XINING)]),
            extraction("two", [CEN, HAIDONG], [holds(CEN, HAIDONG)]),
            extraction("three", [CEN, GANSU], [holds(CEN, GANSU)]),
        ]
        seen = set()
        lines: list[Line] = []
        for number in range(1, 4):
            [doubt] = asked(corpus, "possible", Ledger(tuple(lines)))
            seen.add(doubt.about)
            lines.append(Line(number, doubt.no[0]))
        assert len(seen) == 3
        assert asked(corpus, "possible", Ledger(tuple(lines))) == []


class TestFacts:
    def test_the_least_sure_fact_of_a_person_comes_first_and_sure_ones_are_not_asked(self) -> None:
        facts = [weak(holds(CEN, QINGHAI), 0.6), weak(holds(WEI, QINGHAI, "副主席"), 0.9)]
        restored = weak(holds(NING, QINGHAI, "秘书长"), 0.9, restored=True)
        corpus = [extraction("one", [QINGHAI, CEN, WEI], facts), extraction("two", [QINGHAI, NING], [restored])]
        [first, second] = asked(corpus, "confidence")
        assert "岑望舒" in first.question
        assert "宁仲平" in second.question
        assert first.urgency > second.urgency
        assert first.yes[0] == Judgement(
            judgement="add_fact",
            subject=at("岑望舒", "one"),
            object=at("青海省总工会", "one"),
            value="holds_post",
            role="主席",
            status="current",
            why="青海省总工会",
        )

    def test_the_weaker_holder_of_a_seat_is_asked_about(self) -> None:
        def on(day: str, who: Entity) -> Extraction:
            return extraction(f"{who.name}{day}", [who, QINGHAI], [holds(who, QINGHAI)], metadata=Metadata(date=day))

        [doubt] = asked([on("2024-01-01", CEN), on("2024-03-01", CEN), on("2024-02-01", WEI)], "conflict")
        assert doubt.question.startswith("Is it right? 韦知秋")
        assert "岑望舒" in doubt.question
        assert {quote.date for quote in doubt.evidence} >= {"2024-02-01"}
        assert doubt.no == (Judgement(judgement="wrong_fact", subject=doubt.about[0]),)


def test_orphaned_judgements_come_first_and_are_told() -> None:
    judgement = Judgement(judgement="rename", subject="org-0", value="甲")
    verdict = Verdict(line=7, judgement="rename", state="orphaned", reason="无")
    for known, told in ((judgement, "rename org-0 甲: 无"), (None, "rename: 无")):
        found = review(build_graph(CHAIN), orphans=[(verdict, known)])
        assert found.doubts[0].question == f"Is the judgement of line 7 still wanted? {told}"
        assert found.counts == {"orphaned": 1, "conflict": 0, "merge": 1, "possible": 0, "confidence": 0}


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_a_limit_takes_the_head_and_counts_all(limit: int) -> None:
    corpus = [*CHAIN, extraction("four", [CEN, XINING], [weak(holds(CEN, XINING), 0.5)])]
    everything = review(build_graph(corpus))
    assert len(everything.doubts) == 3
    assert review(build_graph(corpus[::-1]), limit=limit) == (everything.doubts[:limit], everything.counts)


def test_every_rule_of_resolving_is_told() -> None:
    found = merges(build_graph(CHAIN), Ledger())
    assert [(one.name, one.rule, len(one.documents)) for one in found] == [
        ("岑望舒", "post", 3),
        *sorted([("青海省总工会", "territory", 2), ("甘肃省总工会", "territory", 2)], key=lambda one: ids()[one[0]]),
    ]
    assert {one.rule for one in found} <= RULES.keys()


def ids() -> dict[str, str]:
    return {one.name: one.id for one in merges(build_graph(CHAIN), Ledger())}
