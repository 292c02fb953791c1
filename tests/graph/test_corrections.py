"""What each judgement of a ledger does to the graph, and what is told of those that do nothing."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.graph.world import document_id, extraction, federation, holds, person, union
from unionkg.graph.attributes import KnowledgeGraph, edges, is_judgement, nodes, outcomes
from unionkg.graph.build import Built, build_from
from unionkg.graph.duplicates import signature
from unionkg.graph.ledger import Judgement, Ledger, Line, Verdict
from unionkg.graph.masking import MASK
from unionkg.graph.model import Entity, Extraction, Metadata, Outcome, Renaming
from unionkg.graph.records import Records
from unionkg.graph.spots import short_document

QINGHAI, GANSU, HUNAN = (federation(province) for province in ("青海省", "甘肃省", "湖南省"))
CEN, WEI = person("岑望舒"), person("韦知秋")
STUDIO = Entity(id="S", type="ORG", subtype="other", name="岑望舒劳模工作室")
WARMTH = Entity(id="W", type="PROGRAMME", subtype="campaign", name="“青暖行动”")
BUILT = Outcome(
    subject=QINGHAI.id, value=12, unit="个", what="岑望舒建成驿站", kind="result", evidence=(0, 1), rule="figure"
)

REPORT = extraction("report", [CEN, QINGHAI, WEI], [holds(CEN, QINGHAI), holds(WEI, QINGHAI, "副主席")], [BUILT])
NOTICE = extraction("notice", [CEN, QINGHAI], [holds(CEN, QINGHAI)])
LETTER = extraction("letter", [CEN, GANSU], [holds(CEN, GANSU)])
VISIT = extraction("visit", [QINGHAI, CEN, HUNAN], [holds(CEN, HUNAN, "秘书长")])
STUDY = extraction("study", [QINGHAI, STUDIO, WARMTH])
CORPUS = [REPORT, NOTICE, LETTER, VISIT, STUDY]


def at(name: str, document: str) -> str:
    """The name of a thing in the document that is called `document`."""
    return f"{name}@{short_document(document_id(document))}"


def judged(judgement: str, subject: str, object: str = "", value: str = "", **more: str) -> Judgement:
    return Judgement(judgement=judgement, subject=subject, object=object, value=value, **more)


def corrected(corpus: list[Extraction], *judgements: Judgement) -> tuple[KnowledgeGraph, Built]:
    ledger = Ledger(tuple(Line(number, one) for number, one in enumerate(judgements, 1)))
    ordered = sorted(corpus, key=lambda one: one.document)
    with Records() as records:
        built = build_from(lambda: ordered, records, ledger)
        return records.graph(), built


def states(built: Built) -> list[str]:
    return [verdict.state for verdict in built.verdicts]


def content(graph: KnowledgeGraph) -> object:
    return nodes(graph), edges(graph), graph.graph


def named(graph: KnowledgeGraph, name: str) -> list[str]:
    return [node for node, entity in nodes(graph) if name in {entity["name"], *entity["aliases"]}]


def posts(graph: KnowledgeGraph) -> set[tuple[str, str, str]]:
    """The posts as names of holder and body, and role."""
    return {
        (graph.nodes[subject]["name"], graph.nodes[end]["name"], str(fact.get("role")))
        for subject, end, _, fact in edges(graph)
        if fact["type"] == "holds_post"
    }


def documents_of(graph: KnowledgeGraph, name: str) -> list[list[str]]:
    """The names of the documents of each entity of this name."""
    name_of = {document_id(one): one for one in ("report", "notice", "letter", "visit", "study", "minutes")}
    return sorted(
        sorted(name_of.get(str(one), str(one)) for one in graph.nodes[node]["documents"]) for node in named(graph, name)
    )


PLAIN, _ = corrected(CORPUS)


class TestPairs:
    def test_without_a_ledger_the_person_of_three_provinces_is_three(self) -> None:
        assert documents_of(PLAIN, "岑望舒") == [["letter"], ["notice", "report"], ["visit"]]

    @pytest.mark.parametrize("by_id", [False, True])
    def test_same_joins_and_keeps_the_first_id(self, by_id: bool) -> None:
        ids = {
            tuple(documents): node for node in named(PLAIN, "岑望舒") for documents in [PLAIN.nodes[node]["documents"]]
        }
        keep, gone = ids[document_id("letter"),], ids[document_id("visit"),]
        names = (keep, gone) if by_id else (at("岑望舒", "letter"), at("岑望舒", "visit"))
        graph, built = corrected(CORPUS, judged("same", *names))
        assert states(built) == ["applied"]
        assert documents_of(graph, "岑望舒") == [["letter", "visit"], ["notice", "report"]]
        assert keep in graph
        assert gone not in graph
        assert {("岑望舒", "甘肃省总工会", "主席"), ("岑望舒", "湖南省总工会", "秘书长")} <= posts(graph)

    def test_same_joins_chains_whatever_the_order_of_lines(self) -> None:
        chain = [judged("same", at("岑望舒", "report"), at("岑望舒", "letter"))]
        chain.append(judged("same", at("岑望舒", "letter"), at("岑望舒", "visit")))
        graph, _ = corrected(CORPUS, *chain)
        assert documents_of(graph, "岑望舒") == [["letter", "notice", "report", "visit"]]
        assert content(corrected(CORPUS, *chain[::-1])[0]) == content(graph)
        assert graph.graph["possible"] == []
        assert set(named(graph, "岑望舒")) < set(named(PLAIN, "岑望舒"))

    def test_not_same_parts_and_the_object_leaves_with_its_document(self) -> None:
        graph, built = corrected(CORPUS, judged("not_same", at("岑望舒", "report"), at("岑望舒", "notice")))
        assert states(built) == ["applied"]
        assert documents_of(graph, "岑望舒") == [["letter"], ["notice"], ["report"], ["visit"]]
        [stays] = [node for node in named(PLAIN, "岑望舒") if len(PLAIN.nodes[node]["documents"]) == 2]
        assert graph.nodes[stays]["documents"] == [document_id("report")]

    def test_not_same_parts_by_id_and_document_on_either_side(self) -> None:
        [joined] = [node for node in named(PLAIN, "岑望舒") if len(PLAIN.nodes[node]["documents"]) == 2]
        for names in ((joined, at("岑望舒", "notice")), (at("岑望舒", "report"), joined)):
            graph, built = corrected(CORPUS, judged("not_same", *names))
            assert states(built) == ["applied"]
            assert documents_of(graph, "岑望舒") == [["letter"], ["notice"], ["report"], ["visit"]]

    def test_what_is_parted_takes_along_the_copies_of_its_document(self) -> None:
        minutes = extraction("minutes", [CEN, QINGHAI], [holds(CEN, QINGHAI)])
        text = "岑望舒主席到西宁市看望货车司机，" * 20
        copies = [msgspec.structs.replace(one, signature=signature(text)) for one in (NOTICE, minutes)]
        graph, _ = corrected([REPORT, *copies], judged("not_same", at("岑望舒", "report"), at("岑望舒", "notice")))
        assert documents_of(graph, "岑望舒") == [["minutes", "notice"], ["report"]]

    def test_two_that_are_apart_stay_so_when_a_document_would_join_them(self) -> None:
        bridge = extraction("minutes", [CEN, GANSU, HUNAN], [holds(CEN, GANSU), holds(CEN, HUNAN)])
        apart = judged("not_same", at("岑望舒", "letter"), at("岑望舒", "visit"))
        joined, _ = corrected([*CORPUS, bridge])
        assert ["letter", "minutes", "visit"] in documents_of(joined, "岑望舒")
        graph, built = corrected([*CORPUS, bridge], apart)
        assert states(built) == ["applied"]
        assert documents_of(graph, "岑望舒") == [["letter", "minutes"], ["notice", "report"], ["visit"]]

    def test_two_that_are_apart_are_no_longer_listed_as_possible(self) -> None:
        [group] = PLAIN.graph["possible"]
        assert len(group["nodes"]) == 3
        graph, _ = corrected(CORPUS, judged("not_same", at("岑望舒", "letter"), at("岑望舒", "visit")))
        pairs = [one["nodes"] for one in graph.graph["possible"]]
        apart = {node for node in named(graph, "岑望舒") if len(graph.nodes[node]["documents"]) == 1}
        assert len(pairs) == 2
        assert not any(apart <= set(pair) for pair in pairs)

    def test_a_chain_of_same_does_not_join_what_is_judged_to_be_two(self) -> None:
        letter, visit, report = (at("岑望舒", name) for name in ("letter", "visit", "report"))
        graph, built = corrected(
            CORPUS, judged("same", letter, report), judged("same", report, visit), judged("not_same", letter, visit)
        )
        assert states(built) == ["applied", "orphaned", "applied"]
        assert built.verdicts[1].reason == "line 3 says that they are two"
        assert documents_of(graph, "岑望舒") == [["letter", "notice", "report"], ["visit"]]

    @pytest.mark.parametrize("mirrored", [False, True])
    def test_of_two_judgements_on_one_pair_the_later_counts(self, mirrored: bool) -> None:
        names = (at("岑望舒", "letter"), at("岑望舒", "visit"))
        others = names[::-1] if mirrored else names
        graph, built = corrected(CORPUS, judged("same", *names), judged("not_same", *others))
        assert states(built) == ["orphaned", "applied"]
        assert built.verdicts[0].reason == "line 2 judges the same"
        assert content(graph) == content(corrected(CORPUS, judged("not_same", *others))[0])

    def test_one_pair_is_known_by_id_and_by_document(self) -> None:
        [letter] = [
            node for node in named(PLAIN, "岑望舒") if PLAIN.nodes[node]["documents"] == [document_id("letter")]
        ]
        _, built = corrected(
            CORPUS,
            judged("not_same", at("岑望舒", "letter"), at("岑望舒", "visit")),
            judged("same", letter, at("岑望舒", "visit")),
        )
        assert states(built) == ["orphaned", "applied"]

    def test_a_renaming_that_a_document_tells_can_be_refused(self) -> None:
        old = Entity(id="O", type="ORG", subtype="enterprise", name="云溪联运有限公司")
        new = Entity(id="N", type="ORG", subtype="enterprise", name="云溪港航有限公司")
        told = msgspec.structs.replace(
            extraction("minutes", [QINGHAI, old, new]), renamings=(Renaming(former="O", later="N", evidence=(0, 1)),)
        )
        assert named(corrected([told])[0], old.name) == named(corrected([told])[0], new.name)
        graph, built = corrected([told], judged("not_same", at(old.name, "minutes"), at(new.name, "minutes")))
        assert states(built) == ["applied"]
        assert named(graph, old.name) != named(graph, new.name)

    @pytest.mark.parametrize(
        ("one", "other", "told"),
        [
            (at("岑望舒", "report"), at("青海省总工会", "report"), "PERSON and ORG"),
            (at("岑望舒", "report"), at("岑望舒", "report"), "one thing"),
            (at("岑望舒", "study"), at("岑望舒", "report"), "no document of this corpus has"),
            ("per-0000000000000000", at("岑望舒", "report"), "per-0000000000000000"),
            (at("岑望舒", "gone"), at("岑望舒", "report"), "no document of this corpus has"),
            ("PERSON:岑望舒", at("岑望舒", "report"), "may be per-"),
        ],
    )
    def test_a_pair_that_is_none_is_orphaned_with_the_reason(self, one: str, other: str, told: str) -> None:
        for kind in ("same", "not_same"):
            graph, built = corrected(CORPUS, judged(kind, one, other))
            assert states(built) == ["orphaned"]
            assert told in str(built.verdicts[0].reason)
            assert content(graph) == content(PLAIN)

    def test_a_name_that_another_document_gives_to_what_this_one_names_fits_too(self) -> None:
        plains = [
            Entity(id="P", type="PLACE", subtype="prefecture", name=name, code="653100")
            for name in ("喀什地区", "喀什")
        ]
        corpus = [extraction("report", [plains[0]]), extraction("notice", [plains[1]])]
        _, built = corrected(corpus, judged("rename", at("喀什地区", "notice"), value="喀什噶尔"))
        assert states(built) == ["applied"]


class TestFacts:
    def test_a_wrong_fact_goes_and_all_else_stays(self) -> None:
        [key] = [key for *_, key, fact in edges(PLAIN) if fact.get("role") == "秘书长"]
        graph, built = corrected(CORPUS, judged("wrong_fact", key))
        assert states(built) == ["applied"]
        assert posts(graph) == posts(PLAIN) - {("岑望舒", "湖南省总工会", "秘书长")}
        assert nodes(graph) == nodes(PLAIN)

    def test_a_wrong_figure_goes(self) -> None:
        [figure] = outcomes(PLAIN)
        graph, _ = corrected(CORPUS, judged("wrong_fact", figure["id"]))
        assert outcomes(graph) == []

    @pytest.mark.parametrize("kind", ["same", "retype"])
    def test_a_wrong_fact_goes_by_its_id_before_and_after_other_judgements(self, kind: str) -> None:
        other = judged("same", at("岑望舒", "letter"), at("岑望舒", "visit"))
        if kind == "retype":
            other = judged("retype", at("湖南省总工会", "visit"), value="ORG/other")
        changed, _ = corrected(CORPUS, other)
        for graph in (PLAIN, changed):
            [key] = [key for *_, key, fact in edges(graph) if fact.get("role") == "秘书长"]
            found, built = corrected(CORPUS, other, judged("wrong_fact", key))
            assert states(built) == ["applied", "applied"]
            assert all(role != "秘书长" for _, _, role in posts(found))

    def test_a_fact_that_is_not_there_is_orphaned_and_one_judged_twice_counts_once(self) -> None:
        key = edges(PLAIN)[0][2]
        _, built = corrected(CORPUS, *(judged("wrong_fact", name) for name in ("fact-0", key, key)))
        assert [one.reason for one in built.verdicts] == [
            "no fact or figure has the id 'fact-0'",
            "line 3 judges the same",
            None,
        ]

    def test_an_added_fact_has_its_reason_as_evidence(self) -> None:
        line = judged(
            *("add_fact", at("韦知秋", "report"), "PERSON:无"),
            value="holds_post",
            role="主席",
            date="2020",
            why="馆藏档案载明",
            who="甲",
            when="2024-05-06",
        )
        line = msgspec.structs.replace(line, object="ORG/union:云溪县总工会")
        graph, built = corrected(CORPUS, line, msgspec.structs.replace(line, role="委员"))
        assert states(built) == ["applied", "applied"]
        assert {("韦知秋", "云溪县总工会", "主席"), ("韦知秋", "云溪县总工会", "委员")} <= posts(graph)
        [made] = named(graph, "云溪县总工会")
        assert (graph.nodes[made]["subtype"], graph.nodes[made]["rule"]) == ("union", "ledger")
        [fact] = [fact for *_, fact in edges(graph) if fact.get("date") == "2020" and fact.get("role") == "主席"]
        assert (fact["confidence"], fact["rules"], fact.get("last_stated")) == (1.0, ["ledger"], "2024-05-06")
        [piece] = fact["evidence"]
        assert (piece["quote"], piece["start"], piece["end"]) == ("馆藏档案载明", 0, 6)
        [paper] = [one for one in graph.graph["documents"] if one["id"] == piece["document"]]
        assert (is_judgement(paper), paper["authors"]) == (True, ["甲"])
        assert sum(map(is_judgement, graph.graph["documents"])) == 2

    def test_a_fact_that_documents_say_is_confirmed_by_adding_it(self) -> None:
        line = judged(
            "add_fact",
            at("岑望舒", "visit"),
            at("湖南省总工会", "visit"),
            "holds_post",
            role="秘书长",
            why="见任免文件",
        )
        graph, _ = corrected(CORPUS, msgspec.structs.replace(line, status="current"))
        [fact] = [fact for *_, fact in edges(graph) if fact.get("role") == "秘书长"]
        assert fact["rules"] == ["ledger", "post.test"]
        assert len(fact["evidence"]) == 2

    @pytest.mark.parametrize(
        ("subject", "object_", "relation", "told"),
        [
            (at("青海省总工会", "report"), at("甘肃省总工会", "letter"), "holds_post", "holds_post accepts PERSON"),
            (at("青海省总工会", "report"), at("青海省总工会", "notice"), "partners_with", "one thing"),
            ("PERSON:岑望舒", at("青海省总工会", "report"), "holds_post", "may be per-"),
            (at("岑望舒", "gone"), at("青海省总工会", "report"), "holds_post", "no document"),
            (at("韦知秋", "report"), at("青海省总工会", "report"), "holds_post", "taken down"),
        ],
    )
    def test_a_fact_that_cannot_be_is_orphaned(self, subject: str, object_: str, relation: str, told: str) -> None:
        _, built = corrected(
            CORPUS,
            judged("forget", at("韦知秋", "report")),
            judged("add_fact", subject, object_, relation, why="有人这样说"),
        )
        assert states(built) == ["applied", "orphaned"]
        assert told in str(built.verdicts[1].reason)

    def test_a_fact_is_added_to_what_was_retyped_and_joined(self) -> None:
        graph, built = corrected(
            CORPUS,
            judged(
                "add_fact", at("“青暖行动”", "study"), at("青海省总工会", "study"), "subordinate_to", why="章程第二条"
            ),
            judged("retype", at("“青暖行动”", "study"), value="ORG/other"),
        )
        assert states(built) == ["applied", "applied"]
        [(start, _, _, _)] = [edge for edge in edges(graph) if edge[3]["type"] == "subordinate_to"]
        assert (graph.nodes[start]["type"], graph.nodes[start]["subtype"]) == ("ORG", "other")


class TestThings:
    def test_a_renamed_thing_keeps_its_id_and_its_old_name_as_alias(self) -> None:
        [node] = named(PLAIN, "青海省总工会")
        graph, built = corrected(CORPUS, judged("rename", node, value="青海省工会联合会"))
        assert states(built) == ["applied"]
        assert graph.nodes[node]["name"] == "青海省工会联合会"
        assert graph.nodes[node]["pinyin"].startswith("qing hai sheng gong hui")
        assert "青海省总工会" in graph.nodes[node]["aliases"]

    def test_of_two_names_the_later_counts_and_the_new_name_names_the_thing(self) -> None:
        [node] = named(PLAIN, "青海省总工会")
        graph, built = corrected(
            CORPUS,
            judged("rename", node, value="甲"),
            judged("rename", at("青海省总工会", "notice"), value="乙"),
            judged("rename", at("甲", "report"), value="丙"),
        )
        assert states(built) == ["orphaned", "orphaned", "applied"]
        assert graph.nodes[node]["name"] == "丙"

    def test_a_retyped_thing_loses_what_no_longer_fits_and_the_verdict_tells(self) -> None:
        graph, built = corrected(CORPUS, judged("retype", at("青海省总工会", "report"), value="PLACE/site"))
        assert built.verdicts == (
            Verdict(
                line=1,
                judgement="retype",
                state="applied",
                note="4 facts or figures that no longer fit the schema left out",
            ),
        )
        assert {graph.nodes[node]["type"] for node in named(graph, "青海省总工会")} == {"PLACE"}
        assert posts(graph) == {("岑望舒", "甘肃省总工会", "主席"), ("岑望舒", "湖南省总工会", "秘书长")}
        assert outcomes(graph) == []

    def test_a_thing_is_retyped_by_type_and_name(self) -> None:
        graph, built = corrected(CORPUS, judged("retype", "PROGRAMME/campaign:“青暖行动”", value="CONCEPT"))
        assert states(built) == ["applied"]
        assert [graph.nodes[node]["type"] for node in named(graph, "“青暖行动”")] == ["CONCEPT"]
        _, built = corrected(CORPUS, judged("retype", "PROGRAMME/contest:“青暖行动”", value="CONCEPT"))
        assert states(built) == ["orphaned"]

    def test_two_of_one_name_in_one_document_are_told_apart_by_type(self) -> None:
        twin = Entity(id="T", type="EVENT", name="“青暖行动”")
        corpus = [extraction("study", [QINGHAI, WARMTH, twin])]
        _, built = corrected(corpus, judged("rename", at("“青暖行动”", "study"), value="甲"))
        assert "may be evt-" in str(built.verdicts[0].reason)
        graph, built = corrected(corpus, judged("rename", f"EVENT:{at('“青暖行动”', 'study')}", value="甲"))
        assert states(built) == ["applied"]
        assert [graph.nodes[node]["type"] for node in named(graph, "甲")] == ["EVENT"]


class TestLinks:
    OUTSIDE = "https://things.example/entity/Q7"

    def test_a_link_is_on_the_node_by_how_near_it_is(self) -> None:
        [node] = named(PLAIN, "青海省总工会")
        graph, built = corrected(
            CORPUS,
            judged("link", node, self.OUTSIDE, "exact"),
            judged("link", at("青海省总工会", "visit"), "http://authority.example/b", "close"),
            judged("link", node, "http://authority.example/a", "close"),
        )
        assert states(built) == ["applied"] * 3
        assert graph.nodes[node]["exact_matches"] == [self.OUTSIDE]
        assert graph.nodes[node]["close_matches"] == ["http://authority.example/a", "http://authority.example/b"]
        assert "exact_matches" not in PLAIN.nodes[node]

    def test_of_two_on_one_iri_the_later_counts(self) -> None:
        [node] = named(PLAIN, "青海省总工会")
        lines = (judged("link", node, self.OUTSIDE, nearness) for nearness in ("exact", "close"))
        graph, built = corrected(CORPUS, *lines)
        assert states(built) == ["orphaned", "applied"]
        assert "exact_matches" not in graph.nodes[node]
        assert graph.nodes[node]["close_matches"] == [self.OUTSIDE]

    def test_none_takes_back_the_link_before_it(self) -> None:
        [node] = named(PLAIN, "青海省总工会")
        lines = (
            judged("link", at("青海省总工会", "visit"), self.OUTSIDE, "exact"),
            judged("link", node, self.OUTSIDE, "none"),
            judged("link", node, "http://authority.example/b", "none"),
        )
        graph, built = corrected(CORPUS, *lines)
        assert states(built) == ["orphaned", "applied", "applied"]
        assert graph.nodes[node] == PLAIN.nodes[node]

    def test_two_that_are_joined_share_their_links(self) -> None:
        graph, _ = corrected(
            CORPUS,
            judged("same", at("岑望舒", "letter"), at("岑望舒", "visit")),
            judged("link", at("岑望舒", "visit"), self.OUTSIDE, "exact"),
        )
        assert [graph.nodes[one].get("exact_matches") for one in named(graph, "岑望舒")].count([self.OUTSIDE]) == 1

    def test_a_link_of_what_is_not_there_is_orphaned_and_one_that_tells_a_hidden_name_is_left_out(self) -> None:
        [node] = named(PLAIN, "青海省总工会")
        lines = [
            judged("link", "org-0000000000000000", self.OUTSIDE, "exact"),
            judged("link", node, "https://things.example/%E5%B2%91%E6%9C%9B%E8%88%92", "exact"),
            judged("forget", at("岑望舒", "report")),
        ]
        graph, built = corrected(CORPUS, *lines)
        assert states(built) == ["orphaned", "applied", "applied"]
        assert "exact_matches" not in graph.nodes[node]
        again, _ = corrected(CORPUS, *(line.judgement for line in built.ledger.lines))
        assert content(again) == content(graph)


class TestForgetting:
    def test_a_forgotten_person_is_nowhere_and_other_facts_of_the_sentence_stay(self) -> None:
        forgotten = [judged("forget", node, why="岑望舒来信") for node in named(PLAIN, "岑望舒")]
        graph, built = corrected(CORPUS, *forgotten)
        assert states(built) == ["applied"] * 3
        assert posts(graph) == {("韦知秋", "青海省总工会", "副主席")}
        assert "岑望舒" not in text_of(graph)
        assert b"cen" not in msgspec.json.encode([entity["pinyin"] for _, entity in nodes(graph)])
        assert "岑望舒".encode() not in built.ledger.to_bytes()
        [fact] = [fact for *_, fact in edges(graph) if fact["type"] == "holds_post"]
        assert fact["evidence"][0]["quote"] == MASK * 3
        assert outcomes(graph)[0]["what"] == f"{MASK * 3}建成驿站"

    def test_bodies_called_after_the_person_are_masked_in_name_alias_and_reason(self) -> None:
        graph, _ = corrected(CORPUS, judged("forget", at("岑望舒", "report")))
        assert [entity["name"] for _, entity in nodes(graph) if entity["name"].endswith("劳模工作室")] == [
            f"{MASK * 3}劳模工作室"
        ]

    def test_printed_forms_go_too_in_the_document_and_the_full_one_in_all_others(self) -> None:
        report = msgspec.structs.replace(
            REPORT,
            mentions=tuple(
                msgspec.structs.replace(one, text="岑朢舒") if one.entity == CEN.id else one for one in REPORT.mentions
            ),
            relations=tuple(msgspec.structs.replace(one, quote="岑朢舒") for one in REPORT.relations),
        )
        study = msgspec.structs.replace(
            STUDY, metadata=Metadata(title="岑朢舒與岑望舒", authors=("岑望舒",)), doc="岑望舒.txt"
        )
        graph, _ = corrected([report, study], judged("forget", at("岑望舒", "report")))
        assert not {"岑望舒", "岑朢舒"} & {text_of(graph)[at : at + 3] for at in range(len(text_of(graph)))}

    def test_no_traditional_form_tells_the_name_whether_it_was_met_in_that_script_or_not(self) -> None:
        studio = msgspec.structs.replace(STUDIO, traditional=("岑望舒勞模工作室",))
        study = extraction("study", [QINGHAI, studio])
        printed = tuple(
            msgspec.structs.replace(one, text="岑望舒勞模工作室", norm=STUDIO.name) if one.entity == STUDIO.id else one
            for one in study.mentions
        )
        study = msgspec.structs.replace(study, mentions=printed)
        plain, _ = corrected([REPORT, study])
        assert [plain.nodes[node]["traditional"] for node in named(plain, STUDIO.name)] == [["岑望舒勞模工作室"]]
        graph, _ = corrected([REPORT, study], judged("forget", at("岑望舒", "report")))
        assert "勞模" not in text_of(graph)

        chen = person("陈望舒")
        simplified = extraction("report", [chen])
        academy = Entity(id="A", type="ORG", name="陈望舒学院", traditional=("陳望舒學院",))
        minutes = extraction("minutes", [academy])
        mentions = (msgspec.structs.replace(minutes.mentions[0], text="陳望舒學院"),)
        minutes = msgspec.structs.replace(minutes, mentions=mentions)
        graph, _ = corrected([simplified, minutes], judged("forget", at("陈望舒", "report")))
        assert {entity["name"] for _, entity in nodes(graph)} == {f"{MASK * 3}学院"}
        assert "陳望舒" not in text_of(graph)

    def test_a_group_that_is_taken_down_or_is_none_any_more_benefits_from_no_figure(self) -> None:
        couriers = Entity(id="C", type="GROUP", name="快递员")
        given = msgspec.structs.replace(BUILT, what="发放头盔", beneficiary="C")
        report = extraction("report", [QINGHAI, couriers], (), [given])
        assert "beneficiary" in outcomes(corrected([report])[0])[0]
        for judgement in (
            judged("forget", at("快递员", "report")),
            judged("retype", at("快递员", "report"), value="CONCEPT"),
        ):
            graph, _ = corrected([report], judgement)
            [figure] = outcomes(graph)
            assert "beneficiary" not in figure

    def test_an_address_that_tells_the_name_is_left_out(self) -> None:
        def letter(url: str) -> Extraction:
            return extraction("letter", [CEN, GANSU], metadata=Metadata(url=url))

        forgotten = judged("forget", at("岑望舒", "letter"))
        for url in ("https://gonghui.example/岑望舒.html", "https://gonghui.example/%E5%B2%91%E6%9C%9B%E8%88%92"):
            graph, _ = corrected([letter(url)], forgotten)
            assert "url" not in graph.graph["documents"][0]
        graph, _ = corrected([letter("https://gonghui.example/7.html")], forgotten)
        assert graph.graph["documents"][0]["url"] == "https://gonghui.example/7.html"

    def test_a_namesake_who_is_not_forgotten_keeps_the_name(self) -> None:
        graph, _ = corrected(CORPUS, judged("forget", at("岑望舒", "letter")))
        assert documents_of(graph, "岑望舒") == [["notice", "report"], ["visit"]]
        quotes = {piece["quote"] for *_, fact in edges(graph) for piece in fact["evidence"]}
        assert "岑望舒" in quotes

    @pytest.mark.parametrize(
        ("name", "entity"),
        [
            ("黄山", union("黄山市总工会", "341000")),
            ("黄山", Entity(id="P", type="PLACE", subtype="prefecture", name="黄山市", code="341000")),
            ("王芳", person("王芳菲")),
            ("高原", Entity(id="G", type="CONCEPT", name="高原精神")),
        ],
    )
    def test_places_territories_and_longer_names_are_spared(self, name: str, entity: Entity) -> None:
        gone = person(name)
        corpus = [extraction("report", [entity, gone]), extraction("notice", [entity])]
        graph, built = corrected(corpus, judged("forget", at(name, "report")))
        assert states(built) == ["applied"]
        assert {one["name"] for _, one in nodes(graph)} == {entity.name}

    def test_editions_and_possible_matches_do_not_name_what_is_forgotten(self) -> None:
        wide = Entity(id="A", type="PROGRAMME", subtype="campaign", name="全国“青暖行动”")
        corpus = [extraction("report", [wide]), STUDY]
        plain, _ = corrected(corpus)
        assert plain.graph["editions"]
        graph, _ = corrected(corpus, judged("forget", at("“青暖行动”", "study")))
        assert graph.graph["editions"] == []

    def test_a_forgotten_document_says_nothing_any_more_also_as_a_record_of_its_file(self) -> None:
        record = msgspec.structs.replace(LETTER, document=f"{document_id('letter')}#3")
        short = short_document(document_id("letter"))
        for name in (short, document_id("letter"), f"{short}-3", record.document):
            graph, built = corrected([REPORT, record], judged("forget", name))
            assert states(built) == ["applied"]
            assert content(graph) == content(corrected([REPORT])[0])

    def test_what_a_deleted_document_told_is_orphaned(self) -> None:
        _, built = corrected(
            CORPUS,
            judged("forget", short_document(document_id("gone"))),
            judged("forget", at("岑望舒", "gone")),
            judged("retype", at("岑望舒", "gone"), value="CONCEPT"),
        )
        assert states(built) == ["orphaned"] * 3
        assert "岑望舒" not in str(built.verdicts[1].reason)

    def test_the_ledger_that_is_kept_makes_the_same_graph(self) -> None:
        lines = [
            judged("add_fact", at("韦知秋", "report"), at("湖南省总工会", "visit"), "holds_post", why="岑望舒说"),
            judged("not_same", at("岑望舒", "letter"), at("岑望舒", "visit"), why="两个岑望舒"),
            judged("rename", at("岑望舒劳模工作室", "study"), value="岑望舒工匠学院"),
            *(judged("forget", at("岑望舒", document)) for document in ("report", "letter", "visit")),
        ]
        graph, built = corrected(CORPUS, *lines)
        assert states(built) == ["applied"] * 6
        again, twice = corrected(CORPUS, *(line.judgement for line in built.ledger.lines))
        assert content(again) == content(graph)
        assert twice.ledger == built.ledger
        assert "岑望舒" not in text_of(graph) + built.ledger.to_bytes().decode()


def text_of(graph: KnowledgeGraph) -> str:
    return msgspec.json.encode([nodes(graph), edges(graph), graph.graph]).decode()


LINES: list[Judgement] = [
    judged("same", at("岑望舒", "letter"), at("岑望舒", "visit")),
    judged("not_same", at("岑望舒", "letter"), at("岑望舒", "visit")),
    judged("not_same", at("岑望舒", "report"), at("岑望舒", "notice")),
    judged("same", at("岑望舒", "report"), at("岑望舒", "letter")),
    judged("wrong_fact", edges(PLAIN)[0][2]),
    judged("wrong_fact", outcomes(PLAIN)[0]["id"]),
    judged("retype", at("“青暖行动”", "study"), value="EVENT"),
    judged("rename", at("青海省总工会", "study"), value="青海工会"),
    judged("add_fact", "PERSON:宁仲平", at("青海省总工会", "study"), "holds_post", role="主席", why="见年鉴"),
    judged("link", at("青海省总工会", "study"), "https://things.example/entity/Q7", "exact"),
    judged("forget", at("韦知秋", "report")),
    judged("forget", at("岑望舒", "visit")),
    judged("forget", short_document(document_id("study"))),
]


@given(st.lists(st.sampled_from(LINES), max_size=6), st.randoms(use_true_random=False))
def test_any_ledger_makes_one_sound_graph_of_documents_in_any_order(
    lines: list[Judgement], order: random.Random
) -> None:
    shuffled = list(CORPUS)
    order.shuffle(shuffled)
    ledger = Ledger(tuple(Line(number, one) for number, one in enumerate(lines, 1)))
    found: list[Any] = []
    for corpus in (CORPUS, shuffled):
        with Records() as records:
            built = build_from(corpus.copy, records, ledger)
            found.append((content(records.graph()), built.verdicts, built.ledger))
            graph = records.graph()
    assert found[0] == found[1]
    assert [verdict.line for verdict in built.verdicts] == [line.number for line in ledger.lines]
    ends = [end for subject, object_, *_ in edges(graph) for end in (subject, object_)]
    pairs = [node for one in graph.graph["possible"] for node in one["nodes"]]
    editions = [one[end] for one in graph.graph["editions"] for end in ("narrow", "wide")]
    assert all("name" in graph.nodes[node] for node in (*ends, *pairs, *editions))


def test_a_judgement_is_undone_by_removing_it_and_repeated_by_adding_it_again() -> None:
    for line in LINES:
        once, _ = corrected(CORPUS, line)
        assert content(corrected(CORPUS)[0]) == content(PLAIN)
        assert content(corrected(CORPUS, line)[0]) == content(once)
        assert content(once) != content(PLAIN)
