"""What is one in two studies is found beyond its id, and what may be one is only listed."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.world import document_id, extraction, federation, holds, person, text_of, union
from unionkg.graph.build import build_graph
from unionkg.graph.counterparts import Counterparts, Known, articles, counterparts, may_be_same, signatures
from unionkg.graph.duplicates import signature
from unionkg.graph.model import Entity, Extraction, Metadata
from unionkg.graph.texts import DocumentText, Named

HUNAN, HUBEI = federation("湖南省"), federation("湖北省")
CONGRESS = union("湖南省人民代表大会常务委员会", "430000")
MU = person("穆青禾")


def programme(name: str) -> Entity:
    return Entity(id=name, type="PROGRAMME", name=name)


def found(kg1: list[Extraction], kg2: list[Extraction]) -> Counterparts:
    left, right = build_graph(kg1), build_graph(kg2)
    return counterparts(left, right, articles(left, right))


def grounds(kg1: list[Extraction], kg2: list[Extraction], name: str) -> set[tuple[str, bool]]:
    """Return the grounds of the pairs of this name, each with whether it is certain."""
    left = build_graph(kg1)
    both = found(kg1, kg2)
    return {
        (pair.by, pair in both.same)
        for pair in (*both.same, *both.possible)
        if name in (left.nodes[pair.kg1]["name"], *left.nodes[pair.kg1]["aliases"])
    }


def test_one_id_is_one_entity() -> None:
    assert grounds([extraction("a", [HUNAN])], [extraction("b", [HUNAN])], "湖南省总工会") == {("id", True)}


def test_a_union_of_another_territory_is_another() -> None:
    both = found([extraction("a", [HUNAN])], [extraction("b", [HUBEI])])
    assert both == Counterparts([], [])


def test_a_person_of_a_common_document_is_one_whatever_else_the_studies_know() -> None:
    shared = extraction("shared", [MU, HUNAN, CONGRESS], [holds(MU, HUNAN), holds(MU, CONGRESS, "副主任")])
    more = [extraction(f"more{number}", [MU, CONGRESS], [holds(MU, CONGRESS, "副主任")]) for number in range(2)]
    other = [extraction(f"other{number}", [MU, HUNAN], [holds(MU, HUNAN)]) for number in range(2)]
    assert grounds([shared, *more], [shared, *other], "穆青禾") == {("document", True)}


def test_persons_of_one_name_with_a_common_post_are_one() -> None:
    one = extraction("one", [MU, HUNAN, CONGRESS], [holds(MU, HUNAN), holds(MU, CONGRESS, "副主任")])
    more = [extraction(f"more{number}", [MU, CONGRESS], [holds(MU, CONGRESS, "副主任")]) for number in range(2)]
    other = extraction("other", [MU, HUNAN], [holds(MU, HUNAN)])
    assert grounds([one, *more], [other], "穆青禾") == {("post", True)}


def test_persons_of_one_name_alone_are_not_even_listed() -> None:
    changsha, wuhan = union("长沙市总工会", "430100"), union("武汉市总工会", "420100")
    both = found(
        [extraction("a", [MU, changsha], [holds(MU, changsha)])], [extraction("b", [MU, wuhan], [holds(MU, wuhan)])]
    )
    assert both == Counterparts([], [])


def test_persons_of_one_name_in_one_province_are_listed() -> None:
    changsha, zhuzhou = union("长沙市总工会", "430100"), union("株洲市总工会", "430200")
    kg1 = [extraction("a", [MU, changsha], [holds(MU, changsha)])]
    kg2 = [extraction("b", [MU, zhuzhou], [holds(MU, zhuzhou)])]
    assert grounds(kg1, kg2, "穆青禾") == {("place", False)}


def test_an_ordinary_role_in_a_wide_body_ties_nobody() -> None:
    wide = union("中国红帆职工协会")
    kg1, kg2 = (
        [extraction(name, [MU, wide, home], [holds(MU, wide, "会员"), holds(MU, home)])]
        for name, home in (("a", union("长沙市总工会", "430100")), ("b", union("武汉市总工会", "420100")))
    )
    assert grounds(kg1, kg2, "穆青禾") == set()


@pytest.mark.parametrize(("day", "grounds_found"), [("2018", {("post", True)}), ("1931", {("place", False)})])
def test_posts_a_lifetime_apart_are_those_of_two(day: str, grounds_found: set[tuple[str, bool]]) -> None:
    then, now = (msgspec.structs.replace(holds(MU, HUNAN), date=date) for date in (day, "2019"))
    one = extraction("one", [MU, HUNAN, CONGRESS], [then, holds(MU, CONGRESS, "副主任", None)])
    more = [extraction(f"more{n}", [MU, CONGRESS], [holds(MU, CONGRESS, "副主任", None)]) for n in range(2)]
    assert grounds([one, *more], [extraction("other", [MU, HUNAN], [now])], "穆青禾") == grounds_found


def test_what_one_study_joins_and_the_other_keeps_apart_is_listed() -> None:
    """In KG2 a document tells that the holders of both posts are one, which KG1 cannot know."""
    first = extraction("first", [MU, HUNAN], [holds(MU, HUNAN)])
    second = extraction("second", [MU, CONGRESS], [holds(MU, CONGRESS, "副主任")])
    third = extraction("third", [MU, HUNAN, CONGRESS], [holds(MU, HUNAN), holds(MU, CONGRESS, "副主任")])
    assert ("apart", False) in grounds([first, second], [first, second, third], "穆青禾")


def test_a_name_in_one_province_is_listed_and_in_another_not() -> None:
    works, group = union("红砖机械厂工会"), union("红砖机械厂集团工会", aliases=("红砖机械厂工会",))
    kg1 = [extraction("a", [works, HUNAN])]
    assert grounds(kg1, [extraction("b", [group, HUNAN])], works.name) == {("place", False)}
    assert grounds(kg1, [extraction("c", [group, HUBEI])], works.name) == set()


def known(name: str, territory: str, *, kind: str = "PROGRAMME", is_exact: bool = False, edition: str = "") -> Known:
    forms = frozenset({name})
    return Known(name, kind, name, forms, territory, is_exact, edition, (kind, "territory", name), frozenset())


@pytest.mark.parametrize(
    ("one", "other", "is_listed"),
    [
        (known("暖山驿站", "43"), known("暖山驿站", "4301"), True),
        (known("暖山驿站", "43", is_exact=True), known("暖山驿站", "4301"), True),
        (known("暖山驿站", "43", is_exact=True), known("暖山驿站", "4301", is_exact=True), False),
        (known("暖山驿站", "CN"), known("暖山驿站", "CN"), True),
        (known("暖山驿站", "43"), known("暖山驿站", "42"), False),
        (known("暖山驿站", "43"), known("暖山驿站", ""), False),
        (known("暖山驿站", ""), known("暖山驿站", ""), False),
        (known("暖山驿站", "43"), known("暖水驿站", "43"), False),
        (known("暖山驿站", "43"), known("暖山驿站", "43", kind="ORG"), False),
        (known("匠石杯", "43", edition="6"), known("匠石杯", "43", edition="7"), False),
        (known("匠石杯", "43", edition="6"), known("匠石杯", "43"), True),
    ],
)
def test_a_name_and_a_territory_must_agree(one: Known, other: Known, is_listed: bool) -> None:
    assert (may_be_same(one, other) is not None) == is_listed
    assert may_be_same(one, other) == may_be_same(other, one)


TITLED = Metadata(title="湖南省工会驿站建设现场会召开", date="2024-05-06")


def test_documents_of_one_title_and_day_are_one_article_where_there_are_no_texts() -> None:
    one, other = (build_graph([extraction(name, [HUNAN], metadata=TITLED)]) for name in ("a", "b"))
    assert len(set(articles(one, other).values())) == 1


@pytest.mark.parametrize(
    "metadata",
    [
        msgspec.structs.replace(TITLED, date="2024-05-07"),
        msgspec.structs.replace(TITLED, date=None),
        msgspec.structs.replace(TITLED, title="工作简讯"),
    ],
)
def test_another_day_or_a_common_title_makes_no_copy(metadata: Metadata) -> None:
    one, other = (
        build_graph([extraction(name, [HUNAN], metadata=told)])
        for name, told in (("a", msgspec.structs.replace(TITLED, title=metadata.title)), ("b", metadata))
    )
    assert len(set(articles(one, other).values())) == 2


STORY = "".join(chr(0x4E00 + number * 7 % 5000) for number in range(600))


def test_copies_are_found_by_their_texts() -> None:
    one, other = (build_graph([extraction(name, [HUNAN])]) for name in ("a", "b"))
    signed = [
        signatures(graph, [DocumentText(document=document_id(name), text=text)])
        for graph, name, text in ((one, "a", STORY), (other, "b", f"转载：{STORY}"))
    ]
    assert len(set(articles(one, other, signed).values())) == 1
    signed[1] = signatures(other, [DocumentText(document=document_id("b"), text=STORY[::-1])])
    assert len(set(articles(one, other, signed).values())) == 2


def test_a_signature_has_the_places_that_the_text_names() -> None:
    place = Entity(id="P", type="PLACE", name="长沙市", code="430100")
    graph = build_graph([extraction("a", [place])])
    [node] = graph
    text = DocumentText(document=document_id("a"), text=text_of([place]), mentions=(Named(0, 3, node),))
    assert signatures(graph, [text]) == {document_id("a"): signature("长沙市", ["430100"])}


NAMES = ("穆青禾", "宁小川")
BODIES = (HUNAN, CONGRESS, union("长沙市总工会", "430100"), union("武汉市总工会", "420100"))
corpora = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(NAMES), st.sampled_from(BODIES)),
    max_size=5,
    unique_by=lambda one: one[0],
)


def said(told: list[tuple[int, str, Entity]]) -> list[Extraction]:
    return [
        extraction(f"{number}{name}", [person(name), body], [holds(person(name), body)]) for number, name, body in told
    ]


@settings(deadline=None, max_examples=60)
@given(corpora, corpora)
def test_counterparts_are_symmetric_and_each_is_the_same_as_one_at_most(
    kg1: list[tuple[int, str, Entity]], kg2: list[tuple[int, str, Entity]]
) -> None:
    here, there = found(said(kg1), said(kg2)), found(said(kg2), said(kg1))
    for pairs, swapped in zip(here, there, strict=True):
        assert {(pair.kg1, pair.kg2, pair.by) for pair in pairs} == {(pair.kg2, pair.kg1, pair.by) for pair in swapped}
    for at in (0, 1):
        ids = [pair[at] for pair in here.same]
        assert len(ids) == len(set(ids))
