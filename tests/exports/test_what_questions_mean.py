"""What saved questions answer on small worlds whose answers follow from what is told in them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from tests.exports.posts import BODY, PERSON, Told, add_document, add_entity, posts, rows, turtle
from tests.exports.world import CHAIR, CITY_UNION, COURIERS, REPORT, UNION, evidence, world
from unionkg.exports.answers import write_answer
from unionkg.exports.validation import validate
from unionkg.graph.attributes import KnowledgeGraph

TENURE = Told("former", "2019-11/2021-08")
REMOVAL = Told("former", "2021-08-15", "2021-08-16", rule="post.removed")
FORMER_2018_ELECTED_2022 = (Told("former", None, "2018-05-04"), Told("elected", None, "2022-03-02"))
CURRENT_2018_OVER_2021 = (Told("current", None, "2018-05-04"), Told("former", "2020-01/2021-08"))
CURRENT_2018_REMOVED_2021 = (Told("current", None, "2018-05-04"), Told("former", "2021-08", rule="post.removed"))
BEGAN_2012 = (Told("current", None, "2015-06-01"), Told("former", "2012", "2020-02-03", rule="post.curriculum"))


@pytest.mark.parametrize(
    ("told", "day", "since", "last"),
    [
        ((TENURE,), "2020-06-01", "2019-11-01", "2021-08-31"),
        ((TENURE,), "2021-08-31", "2019-11-01", "2021-08-31"),
        (FORMER_2018_ELECTED_2022, "2024-01-01", "2022-03-02", "2022-03-02"),
        (CURRENT_2018_OVER_2021, "2019-01-01", "2018-05-04", "2018-05-04"),
        (CURRENT_2018_OVER_2021, "2020-06-01", "2018-05-04", "2021-08-31"),
        (CURRENT_2018_REMOVED_2021, "2021-08-30", "2018-05-04", "2018-05-04"),
        (BEGAN_2012, "2018-01-01", "2015-06-01", "2015-06-01"),
        ((Told("current", "2023-01/", None),), "2024-01-01", "2023-01-01", "2023-01-01"),
        ((Told("current"),), "2024-01-01", "", ""),
        ((Told("former", None, "2022-03-02"), Told("elected", "2022-03-02")), "2024-01-01", "2022-03-02", "2022-03-02"),
        (
            (Told("current", None, "2018"), Told("former", None, "2019", "副主席")),
            "2024-01-01",
            "2018-01-01",
            "2018-01-01",
        ),
    ],
)
def test_an_official_holds_the_post_on_the_day(told: tuple[Told, ...], day: str, since: str, last: str) -> None:
    found = rows(posts(*told), "officials-of", "organisation", "person", "role", "since", "last", name=BODY, day=day)
    assert found == [(BODY, PERSON, "主席", since, last)]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ((TENURE,), "2019-10-31"),
        ((TENURE,), "2021-09-01"),
        ((TENURE,), "9999-12-31"),
        ((REMOVAL,), "2021-08-01"),
        ((REMOVAL,), "2021-08-15"),
        (FORMER_2018_ELECTED_2022, "2020-01-01"),
        (CURRENT_2018_OVER_2021, "2024-01-01"),
        (CURRENT_2018_REMOVED_2021, "2024-01-01"),
        (BEGAN_2012, "2024-01-01"),
        ((Told("current", None, "2021-08-15"), REMOVAL), "2024-01-01"),
        ((Told("current"), REMOVAL), "2024-01-01"),
        ((Told("current", None, "2024-05-06"),), "2024-01-01"),
    ],
)
def test_who_held_it_before_or_later_is_no_official_of_the_day(told: tuple[Told, ...], day: str) -> None:
    assert rows(posts(*told), "officials-of", "person", name=BODY, day=day) == []


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        (TENURE, "2019-11-01", "2021-08-31"),
        (REMOVAL, "", "2021-08-15"),
        (Told("former", "2012", "2020-02-03", rule="post.curriculum"), "2012-01-01", ""),
        (Told("former", None, "2020-02-03"), "", ""),
    ],
)
def test_a_former_post_has_the_days_that_are_stated(told: Told, first: str, last: str) -> None:
    assert rows(posts(told), "former-officials", "person", "first", "last", "by", name=BODY) == [
        (PERSON, first, last, told.written or "")
    ]


def test_elections_and_appointments_are_told_apart_and_nothing_else_is_there() -> None:
    graph = posts(
        Told("elected", "2022-03-02"),
        Told("current", "2023-04-05", role="副主席", rule="post.appointed"),
        Told("current", "2023-04-05", role="秘书长"),
    )
    assert rows(graph, "elections", "role", "how", "date") == [
        ("主席", "elected", "2022-03-02"),
        ("副主席", "appointed", "2023-04-05"),
    ]


def test_a_timeline_tells_each_post_for_itself() -> None:
    graph = posts(
        Told("former", "2019-11/2021-08", role="副主席"),
        Told("elected", "2022-03-02", "2022-03-03"),
        Told("current", "2023-01/", role="党组书记"),
        Told("current", None, "2022-03-04"),
        Told("current", role="秘书长"),
    )
    assert rows(graph, "timeline", "day", "last", "role", "status", name=BODY) == [
        ("2019-11-01", "2021-08-31", "副主席", "former"),
        ("2022-03-02", "2022-03-02", "主席", "elected"),
        ("2022-03-04", "", "主席", "current"),
        ("2023-01-01", "", "党组书记", "current"),
    ]


def at(body: str, status: str, date: str | None = None, written: str | None = None, rule: str = "verb") -> Told:
    return Told(status, date, written, body=body, rule=rule)


CITY = "海州市总工会"


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (at(BODY, "former", "2016-03/2019-11"), at(CITY, "former", "2018-01/2021-08"), "true"),
        (at(BODY, "former", "2016-03/2019-11"), at(CITY, "former", "2016-03/2019-11"), "true"),
        (at(BODY, "former", "2016-03/2019-11"), at(CITY, "former", "2019-11/2021-08"), "false"),
        (at(BODY, "former", "2019-11/2021-08"), at(CITY, "former", "2016-03/2019-11"), "false"),
        (at(BODY, "former", "2016-03/2019-11"), at(CITY, "elected", "2023-01-12"), "false"),
        (at(BODY, "former", "2021-08-15", rule="post.removed"), at(CITY, "elected", "2021-08-15"), "false"),
        (at(BODY, "former", "2016-03/2019-11"), at(CITY, "current", None, "2018-05-06"), "true"),
        (at(BODY, "current", None, "2024-05-06"), at(CITY, "current", None, "2024-05-06"), "true"),
        (at(BODY, "current", "2022-01-01", "2024-05-06"), at(CITY, "current", None, "2023-07-08"), "true"),
        # when the other began is not stated
        (at(BODY, "former", "2016-03/2019-11"), at(CITY, "current", None, "2024-05-06"), ""),
        (at(BODY, "current", None, "2020-05-06"), at(CITY, "current", None, "2024-05-06"), ""),
        (at(BODY, "former", "2012", rule="post.curriculum"), at(CITY, "current", "2017"), ""),
        (at(BODY, "former"), at(CITY, "current"), ""),
    ],
)
def test_two_posts_were_held_together_as_far_as_dates_tell(one: Told, other: Told, together: str) -> None:
    graph = posts(one, other)
    assert rows(graph, "two-posts", "person", "together") == [(PERSON, together)]


def test_figures_say_whether_they_are_bounds_and_ranges() -> None:
    graph = world()
    first, _ = graph.graph["outcomes"]
    graph.graph["outcomes"] = [first, {**first, "id": "out-0000000000000003", "kind": "result", "bound": "at_least"}]
    aimed, done = ("about", "120000", "150000"), ("at_least", "120000", "150000")
    columns = ("bound", "value", "most")
    assert rows(graph, "organisation-figures", *columns, name="江海省总工会") == [done, aimed]
    assert rows(graph, "programme-figures", *columns, name="暖蜂行动") == [done, aimed]
    assert rows(graph, "largest-figures", *columns, unit="人") == [done]
    both = [f"{kind}{part}" for kind in ("target", "result") for part in ("_bound", "", "_most")]
    assert rows(graph, "targets-and-results", *both) == [(*aimed, *done)]


UNION_NAME = {"name": "江海省总工会"}
SAY_SO = {  # by a column
    "attendance": {"name": "江海省总工会代表大会"},
    "documents-saying": {**UNION_NAME, "other": "海州市总工会"},
    "facts-of-document": {"file": "report.txt"},
    "honours": {},
    "one-source": {},
    "partners-across-provinces": {},
    "programmes-of": UNION_NAME,
    "restored-only": {},
    "signed-with": {},
}
LEAVE_OUT = {
    "bodies-under": UNION_NAME,
    "elections": {},
    "former-officials": UNION_NAME,
    "officials-of": UNION_NAME,
    "posts-of": {"name": "林知远"},
    "serving-group": {"name": "快递员"},
    "timeline": UNION_NAME,
    "two-posts": {},
}


def all_of(modality: dict[str, str]) -> KnowledgeGraph:
    """The world with all its facts, and more, planned or done, in one sentence."""
    graph = world()
    quote = evidence(REPORT, 10, "江海省总工会与海州市总工会签署协议。", restored=True)
    graph.nodes[CITY_UNION]["code"] = "980100"
    graph.add_edge(UNION, CHAIR, key="fact-00000000000000a1", type="honours")
    graph.add_edge(UNION, COURIERS, key="fact-00000000000000a2", type="targets")
    graph.add_edge(CHAIR, CITY_UNION, key="fact-00000000000000a3", type="holds_post", role="主席", status="elected")
    for _, _, fact in graph.edges(data=True):
        fact.pop("modality", None)
        fact.update(evidence=[quote], confidence=0.5, sources=1, rules=["verb"], **modality)
    return graph


@pytest.mark.parametrize("name", SAY_SO)
def test_what_is_planned_is_told_as_such(name: str) -> None:
    assert set(rows(all_of({"modality": "planned"}), name, "planned", **SAY_SO[name])) == {("true",)}
    assert set(rows(all_of({}), name, "planned", **SAY_SO[name])) == {("false",)}


@pytest.mark.parametrize("name", LEAVE_OUT)
def test_what_is_planned_is_left_out(name: str) -> None:
    assert rows(all_of({"modality": "planned"}), name, **LEAVE_OUT[name]) == []
    assert rows(all_of({}), name, **LEAVE_OUT[name]) != []


def test_the_graph_around_an_entity_conforms_and_tells_plans_from_deeds(tmp_path: Path) -> None:
    answer = turtle(world(), "graph-around", name="江海省总工会")
    with (tmp_path / "around.ttl").open("wb") as stream:
        write_answer(answer, "ttl", stream)
    validation = validate(tmp_path / "around.ttl")
    assert (validation.conforms, validation.findings) == (True, ())
    told = {tuple(term.value.rpartition("#")[2] for term in (one.predicate, one.object)) for one in answer.triples}  # type: ignore[union-attr]
    assert {("modality", "planned"), ("status", "former"), ("date", "2021"), ("role", "主席")} <= told
    plain = [one for one in answer.triples if one.predicate.value.endswith("#organises")]
    assert [one.object.value.rpartition("/")[2][:3] for one in plain] == ["evt"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("quote", "is_signing"),
    [
        ("江海省总工会与海州市总工会签署《匠才共育协议》。", True),
        ("江海省總工會與海州市總工會簽署合作備忘錄。", True),
        ("双方就框架协议举行签约仪式。", True),
        ("两家签下三年合约。", True),
        ("两家签订《产业链集体合同》。", True),
        ("两家签下合同。", True),
        ("两家签订劳动合同示范文本。", False),
        ("江海省总工会会同海州市总工会签订集体合同39份。", False),
        ("江海省总工会会同海州市总工会签到入场。", False),
        ("两家联合举办签名活动。", False),
        ("两家签了字。此前的协议已到期。", False),
    ],
)
def test_only_a_sentence_that_speaks_of_an_agreement_is_a_signing(quote: str, is_signing: bool) -> None:
    graph = world()
    for start, end in ((CITY_UNION, UNION), (UNION, CITY_UNION)):
        for key in list(graph[start].get(end, ())):
            if graph.edges[start, end, key]["type"] == "partners_with":
                graph.edges[start, end, key]["evidence"] = [evidence(REPORT, 10, quote)]
    assert len(rows(graph, "signed-with", "organisation")) == is_signing


def test_a_partnership_told_in_both_directions_is_one() -> None:
    graph = world()
    quote = evidence(REPORT, 10, "江海省总工会与海州市总工会签署协议。")
    [fact] = [fact for _, _, fact in graph.edges(data=True) if fact["type"] == "partners_with"]
    fact["evidence"] = [quote]
    graph.add_edge(UNION, CITY_UNION, key="fact-00000000000000aa", **fact)
    assert rows(graph, "signed-with", "organisation", "partner") == [("江海省总工会", "海州市总工会")]


def test_records_of_one_file_are_told_apart_and_found_by_id() -> None:
    graph = posts(Told("current"), Told("current", role="秘书长"))
    ids = []
    for number, document in enumerate(graph.graph["documents"]):
        document.update(name="records.jsonl", title=f"第{2 - number}篇")
        ids.append(document["id"])
    found = rows(graph, "facts-of-document", "title", "id", file="records.jsonl")
    assert found == [("第1篇", ids[1]), ("第2篇", ids[0])]
    assert rows(graph, "facts-of-document", "id", file=ids[0]) == [(ids[0],)]


def test_each_row_says_which_of_the_entities_of_one_name_it_is_about() -> None:
    graph = posts(Told("current", "2022"), Told("current", "2022", body=CITY))
    for node, attributes in graph.nodes(data=True):
        if node.startswith("org"):
            attributes["aliases"] = ["总工会"]
    expected = {(BODY,), (CITY,)}
    assert set(rows(graph, "officials-of", "organisation", name="总工会")) == expected
    assert set(rows(graph, "documents-naming", "named", name="总工会")) == expected
    assert set(rows(graph, "timeline", "named", name="总工会")) == expected
    assert set(rows(graph, "names-of", "named", name="总工会")) == expected


def test_a_province_whose_programmes_are_only_planned_has_none_carried_out() -> None:
    graph = planned_in("360000", "modality")
    assert ("36",) in rows(graph, "provinces-without-programme", "code")
    graph = planned_in("360000")
    assert ("36",) not in rows(graph, "provinces-without-programme", "code")


def planned_in(code: str, *planned: str) -> KnowledgeGraph:
    """A union of the territory with the code, and its programme."""
    graph = posts()
    document = sha256(b"a").hexdigest()
    add_document(graph, document, "a.txt", None)
    body = add_entity(graph, "ORG", "云麓省总工会", document, code=code)
    done = add_entity(graph, "PROGRAMME", "晨光课堂", document)
    support = {
        "confidence": 0.9,
        "rules": ["verb"],
        "sources": 1,
        "evidence": [evidence(document, 1, "开展晨光课堂。")],
    }
    graph.add_edge(
        body, done, key="fact-0000000000000001", type="organises", **support, **dict.fromkeys(planned, "planned")
    )
    return graph
