"""The graph that a set of extractions makes."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.graph.world import document_id, extraction, federation, holds, person, union
from unionkg.graph.attributes import KnowledgeGraph, documents, edges, nodes, outcomes
from unionkg.graph.build import build_graph, pinyin_of
from unionkg.graph.duplicates import signature
from unionkg.graph.model import Entity, Extraction, Metadata, Outcome, Relation, Renaming

QINGHAI, GANSU = federation("青海省"), federation("甘肃省")
CHAIR, DEPUTY = person("岑望舒"), person("韦知秋")
WARMTH = Entity(id="W", type="PROGRAMME", subtype="campaign", name="“青暖行动”")
BUILT = Outcome(
    subject=QINGHAI.id,
    value=120,
    unit="个",
    what="建成驿站",
    kind="result",
    programme="W",
    evidence=(0, 1),
    rule="figure",
)
JOINT = Relation(
    type="partners_with", subject=QINGHAI.id, object=GANSU.id, programme="W", evidence=(0, 1), rule="verb.joint"
)

REPORT = extraction(
    "report",
    [CHAIR, QINGHAI, GANSU, WARMTH],
    [holds(CHAIR, QINGHAI), JOINT],
    [BUILT],
    Metadata(title="换届", date="2024-03-05", source="青海工人报", authors=("覃小满",)),
)
NOTICE = extraction("notice", [CHAIR, QINGHAI, DEPUTY], [holds(CHAIR, QINGHAI), holds(DEPUTY, QINGHAI, "副主席")])
LETTER = extraction("letter", [GANSU, QINGHAI, WARMTH], [JOINT], [BUILT])
CORPUS = [REPORT, NOTICE, LETTER]

OLD_NAME = Entity(id="O", type="PROGRAMME", subtype="service", name="“麦秸”课堂", traditional=("「麥秸」課堂",))
NEW_NAME = Entity(id="N", type="PROGRAMME", subtype="service", name="“穗光”课堂", traditional=("「穗光」課堂",))


def printed(told: Extraction, text_of: dict[str, str]) -> Extraction:
    """Return the extraction with these entities printed so."""
    mentions = (msgspec.structs.replace(one, text=text_of.get(one.entity, one.text)) for one in told.mentions)
    return msgspec.structs.replace(told, mentions=tuple(mentions))


def content(graph: KnowledgeGraph) -> object:
    """Return all that a graph holds, with the order in which it gives it."""
    return (
        list(graph.nodes(data=True)),
        list(graph.edges(keys=True, data=True)),
        graph.graph,
    )


def node(graph: KnowledgeGraph, name: str) -> str:
    [found] = [one for one, data in nodes(graph) if data["name"] == name]
    return found


def values(value: object) -> Iterable[object]:
    """Return every value inside a structure of lists and dicts."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from values(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from values(inner)
    else:
        yield value


def test_nodes_edges_documents_and_figures() -> None:
    graph = build_graph(CORPUS)
    assert sorted(data["name"] for _, data in nodes(graph)) == sorted(
        ["岑望舒", "韦知秋", "青海省总工会", "甘肃省总工会", "“青暖行动”"]
    )
    assert sorted(data["type"] for *_, data in edges(graph)) == ["holds_post", "holds_post", "partners_with"]
    assert len(documents(graph)) == 3
    assert len(outcomes(graph)) == 1


def test_a_node_tells_what_names_it_and_where() -> None:
    graph = build_graph([REPORT, extraction("short", [union("青海省总工会", "630000", ("省总工会", "青海工会"))])])
    data = graph.nodes[node(graph, "青海省总工会")]
    assert data == {
        "type": "ORG",
        "subtype": "union",
        "code": "630000",
        "name": "青海省总工会",
        "aliases": ["省总工会", "青海工会"],
        "pinyin": "qing hai sheng zong gong hui",
        "rule": "territory",
        "matched": ["总工会", "630000"],
        "documents": sorted([document_id("report"), document_id("short")]),
        "mentions": 2,
    }


def test_what_is_not_stated_is_absent() -> None:
    graph = build_graph([NOTICE])
    assert set(graph.nodes[node(graph, "韦知秋")]) == {
        *("type", "name", "aliases", "pinyin", "rule", "matched", "documents", "mentions")
    }
    [document] = documents(graph)
    own = document_id("notice")
    assert document == {"id": own, "name": "notice.txt", "cluster": own, "authors": [], "editors": []}


@given(st.permutations(CORPUS))
def test_no_value_is_none_and_all_are_plain(order: list[Extraction]) -> None:
    graph = build_graph(order)
    for value in values([content(graph)]):
        assert isinstance(value, str | int | float | bool)


def test_an_edge_is_an_assertion_with_what_backs_it() -> None:
    graph = build_graph(CORPUS)
    [(start, end, key, data)] = [edge for edge in edges(graph) if edge[3].get("role") == "主席"]
    assert (start, end) == (node(graph, "岑望舒"), node(graph, "青海省总工会"))
    assert key.startswith("fact-")
    assert (data.get("status"), data["sources"], data["rules"]) == ("current", 2, ["post.test"])
    assert [one["quote"] for one in data["evidence"]] == ["岑望舒", "岑望舒"]
    assert "modality" not in data


def test_a_programme_of_a_fact_or_figure_is_a_node() -> None:
    graph = build_graph(CORPUS)
    warmth = node(graph, "“青暖行动”")
    assert [data.get("programme") for *_, data in edges(graph) if data["type"] == "partners_with"] == [warmth]
    [outcome] = outcomes(graph)
    assert (outcome.get("subject"), outcome.get("programme")) == (node(graph, "青海省总工会"), warmth)
    assert outcome["sources"] == 2


def test_evidence_is_sorted_by_document_and_place_without_repeats() -> None:
    said = holds(CHAIR, QINGHAI)
    later = msgspec.structs.replace(REPORT.relations[0], evidence=(4, 10), quote=QINGHAI.name)
    twice = msgspec.structs.replace(REPORT, relations=(later, REPORT.relations[0], REPORT.relations[0]))
    graph = build_graph([NOTICE, twice, extraction("again", [CHAIR, QINGHAI], [said])])
    [evidence] = [data["evidence"] for *_, data in edges(graph) if data.get("role") == "主席"]
    places = [(one["document"], one["start"], one["end"]) for one in evidence]
    assert places == sorted(set(places))
    assert len(places) == 4


def test_keys_tell_facts_apart_by_every_qualifier() -> None:
    posts = [
        holds(CHAIR, QINGHAI, role, status) for role in ("主席", "党组书记") for status in ("current", "former", None)
    ]
    graph = build_graph([extraction("posts", [CHAIR, QINGHAI], posts)])
    keys = [key for _, _, key, _ in edges(graph)]
    assert len(keys) == len(set(keys)) == 6


def test_the_highest_confidence_and_all_rules_are_kept() -> None:
    weak = msgspec.structs.replace(holds(CHAIR, QINGHAI), confidence=0.6, rule="post.b")
    sure = msgspec.structs.replace(holds(CHAIR, QINGHAI), confidence=0.9, rule="post.a")
    graph = build_graph([extraction("a", [CHAIR, QINGHAI], [weak]), extraction("b", [CHAIR, QINGHAI], [sure])])
    [(_, _, _, data)] = edges(graph)
    assert (data["confidence"], data["rules"], data["sources"]) == (0.9, ["post.a", "post.b"], 2)


def test_one_document_under_two_names_counts_once() -> None:
    copy = msgspec.structs.replace(REPORT, doc="a-copy.txt")
    graph = build_graph([REPORT, copy])
    assert [document["name"] for document in documents(graph)] == ["a-copy.txt"]
    assert content(build_graph([copy, REPORT])) == content(graph)
    assert graph.nodes[node(graph, "岑望舒")]["mentions"] == 1
    assert all(data["sources"] == 1 for *_, data in edges(graph))


def test_a_relation_of_a_thing_to_itself_is_left_out() -> None:
    other = msgspec.structs.replace(QINGHAI, id="again")
    loop = Relation(type="partners_with", subject=QINGHAI.id, object="again", evidence=(0, 1))
    assert edges(build_graph([extraction("loop", [QINGHAI, other], [loop])])) == []


def test_what_is_denied_is_no_fact() -> None:
    denied = msgspec.structs.replace(REPORT, relations=(), denied=REPORT.relations)
    assert edges(build_graph([denied])) == []


def test_the_name_is_the_most_frequent_and_of_equals_the_longest() -> None:
    def place(name: str) -> Entity:
        return Entity(id=name, type="PLACE", subtype="prefecture", name=name, code="653100")

    graph = build_graph([extraction("a", [place("喀什")]), extraction("b", [place("喀什地区")])])
    [(_, data)] = nodes(graph)
    assert (data["name"], data["aliases"]) == ("喀什地区", ["喀什"])
    graph = build_graph([extraction(name, [place("喀什" if name < "c" else "喀什地区")]) for name in "abc"])
    assert [data["name"] for _, data in nodes(graph)] == ["喀什"]


def test_no_documents_make_an_empty_graph() -> None:
    graph = build_graph([])
    assert (nodes(graph), edges(graph), documents(graph), outcomes(graph)) == ([], [], [], [])


@given(st.permutations(CORPUS))
def test_the_order_of_the_documents_does_not_matter(order: list[Extraction]) -> None:
    assert content(build_graph(order)) == content(build_graph(CORPUS))


def test_ids_and_keys_stay_when_a_document_is_added() -> None:
    before, after = build_graph([REPORT, LETTER]), build_graph(CORPUS)
    assert set(before.nodes) <= set(after.nodes)
    assert {edge[:3] for edge in edges(before)} <= {edge[:3] for edge in edges(after)}
    assert {one["id"] for one in outcomes(before)} <= {one["id"] for one in outcomes(after)}


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("浙江省总工会", "zhe jiang sheng zong gong hui"),
        ("“暖途行动”", "nuan tu xing dong"),
        ("《工会法（试行）》", "gong hui fa shi xing"),
        ("阿依古丽·买买提", "a yi gu li mai mai ti"),
        ("12351热线", "12351 re xian"),
    ],
)
def test_pinyin_has_syllables_without_tones_and_marks(name: str, pinyin: str) -> None:
    assert pinyin_of(name) == pinyin


def test_copies_of_one_article_are_one_source() -> None:
    article = (
        "青海省总工会换届，岑望舒当选主席，会议听取了过去五年的工作报告，通过了关于经费审查的决议，并向老同志致敬。"
    )
    stated = signature(article * 2 + "会后代表们走访了湖边的牧场和新开的驿站，听牧民讲起冬天的雪。" * 2)
    others = [extraction(name, [CHAIR, QINGHAI], [holds(CHAIR, QINGHAI)]) for name in ("one", "two", "three")]
    copies = [msgspec.structs.replace(one, signature=stated) for one in others[:2]]
    graph = build_graph([*copies, others[2]])
    [fact] = [attributes for *_, attributes in edges(graph)]
    assert len(fact["evidence"]) == 3
    assert fact["sources"] == 2
    first = min(document_id("one"), document_id("two"))
    assert {document["name"]: document["cluster"] for document in documents(graph)} == {
        "one.txt": first,
        "two.txt": first,
        "three.txt": document_id("three"),
    }
    assert build_graph([others[2], *copies[::-1]]).graph == graph.graph


def test_traditional_forms_are_gathered_in_order_and_tell_former_names() -> None:
    """A form stands once however many documents print it, and is a former name where the simplified one is."""
    letter = printed(extraction("letter", [QINGHAI, OLD_NAME]), {"O": "「麥秸」課堂"})
    report = printed(extraction("report", [QINGHAI, OLD_NAME, NEW_NAME]), {"O": "「麥秸」課堂", "N": "「穗光」課堂"})
    report = msgspec.structs.replace(report, renamings=(Renaming(former="O", later="N", evidence=(0, 1)),))
    graph = build_graph([letter, report])
    entity = dict(nodes(graph))[node(graph, NEW_NAME.name)]
    assert entity.get("traditional") == ["「穗光」課堂", "「麥秸」課堂"]
    assert entity.get("former_names") == ["“麦秸”课堂", "「麥秸」課堂"]
    assert entity["aliases"] == ["“麦秸”课堂"]
    assert "traditional" not in dict(nodes(graph))[node(graph, QINGHAI.name)]


def test_a_figure_has_its_bound_and_its_beneficiary_which_make_it_another_figure() -> None:
    couriers = Entity(id="C", type="GROUP", name="快递员")
    stated = [
        BUILT,
        msgspec.structs.replace(BUILT, bound="at_least"),
        msgspec.structs.replace(BUILT, beneficiary="C"),
        msgspec.structs.replace(BUILT, beneficiary="C", bound="at_least"),
    ]
    graph = build_graph([extraction("report", [QINGHAI, WARMTH, couriers], (), stated)])
    found = {(one.get("bound"), one.get("beneficiary")) for one in outcomes(graph)}
    assert found == {(bound, group) for bound in (None, "at_least") for group in (None, node(graph, "快递员"))}


def test_a_document_has_the_address_that_it_gives() -> None:
    stated = extraction("letter", [QINGHAI], metadata=Metadata(url="https://xining.example/7.html"))
    found = {one["name"]: one.get("url") for one in documents(build_graph([stated, NOTICE]))}
    assert found == {"letter.txt": "https://xining.example/7.html", "notice.txt": None}
