"""What a name means is told by its parts: territory, level and system must agree, and likeness is never enough."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unionkg.matching_world import graph, node
from unionkg.graph.divisions import divisions
from unionkg.matching.agreement import agree
from unionkg.matching.candidate import REVIEW, Candidate, Query, Reason, decision, settled
from unionkg.matching.index import Index
from unionkg.matching.misprints import edits
from unionkg.matching.names import folded, readings, spellings
from unionkg.matching.search import candidates
from unionkg.matching.territories import bearers, division_of, lies_in, places


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(graph())


def decided(index: Index, name: str = "", **known: str) -> tuple[str, list[str]]:
    found = candidates(index, Query(name=name, **known))
    return decision(found), [one.id for one in found]


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("浙江省总工会", {}, "浙江省总工会"),
        ("浙江总工会", {}, "浙江省总工会"),
        ("浙江省总", {}, "浙江省总工会"),
        ("浙江省總工會", {}, "浙江省总工会"),
        ("“浙江省 总工会”", {}, "浙江省总工会"),
        ("浙江省总工会（本级）", {}, "浙江省总工会"),
        ("浙江省总工会委员会", {}, "浙江省总工会"),
        ("全总", {}, "中华全国总工会"),
        ("全国总工会", {"province": "北京市"}, "中华全国总工会"),
        ("浙江省杭州市总工会", {}, "杭州市总工会"),
        ("浙江省杭州市余杭区总工会", {}, "余杭区总工会"),
        ("余杭市总工会", {}, "余杭区总工会"),
        ("仓前街道总工会", {"place": "杭州市余杭区"}, "余杭区仓前街道总工会"),
        ("浙江省交通工会", {}, "浙江省海员建设工会"),
        ("白云区总工会", {"province": "贵州省"}, "贵阳市白云区总工会"),
        ("白云区总", {"place": "广州"}, "广州市白云区总工会"),
        ("白云区总工会", {"parent": "贵阳市总工会"}, "贵阳市白云区总工会"),
        ("白云区总工会", {"code": "440111"}, "广州市白云区总工会"),
        ("省总工会", {"province": "浙江"}, "浙江省总工会"),
        ("总工会", {"place": "杭州市"}, "杭州市总工会"),
        ("市总", {"place": "浙江省杭州市"}, "杭州市总工会"),
        ("组织部", {"parent": "浙江省总工会"}, "浙江省总工会组织部"),
        ("禾岚纺织集团工会", {"province": "浙江"}, "禾岚纺织集团有限公司工会"),
        ("工会", {"parent": "禾岚纺织集团有限公司", "province": "浙江省"}, "禾岚纺织集团有限公司工会"),
        ("工人晨报", {}, "工人晨报"),
        ("hang zhou shi zong gong hui", {"province": "浙江省"}, "杭州市总工会"),
        ("第3届浙江省职工烹饪大赛", {}, "第三届浙江省职工烹饪大赛"),
        ("第三届职工烹饪大赛", {"province": "浙江"}, "第三届浙江省职工烹饪大赛"),
        ("全国职工烹饪大赛（第三届）", {}, "第三届全国职工烹饪大赛"),
        ("浙江暖汤行动", {}, "浙江省“暖汤”行动"),
        ("暖汤行动", {"parent": "浙江省总工会"}, "浙江省“暖汤”行动"),
        ("外卖配送员", {}, "外卖配送员"),
        ("余杭区", {"type": "地点"}, "余杭区"),
        ("白云区", {"type": "地点", "province": "广东"}, "广州市白云区"),
        ("白云区", {"type": "地点", "code": "520113"}, "贵阳市白云区"),
        ("马望川", {"parent": "杭州市总"}, "马望川@杭州市总工会"),
        ("馬望川", {"role": "贵阳市白云区总工会副主席"}, "马望川@贵阳市白云区总工会"),
        ("马望川", {"parent": "白云区总工会", "province": "贵州省"}, "马望川@贵阳市白云区总工会"),
        ("马望川", {"parent": "杭州市总工会", "role": "杭州市总工会党组书记、副主席"}, "马望川@杭州市总工会"),
        ("经费审查委员会", {"parent": "贵阳市白云区总工会"}, "贵阳市白云区总工会经费审查委员会"),
        ("区总工会", {"province": "广西"}, "广西壮族自治区总工会"),
        ("自治区总工会", {"place": "南宁市"}, "广西壮族自治区总工会"),
        ("广西自治区总工会", {}, "广西壮族自治区总工会"),
        ("市总工会", {"place": "杭州市", "parent": "浙江省总工会"}, "杭州市总工会"),
        ("中共广州市委", {}, "广州市委"),
        ("中国共产党广州市委员会", {}, "广州市委"),
        ("马望川", {"role": "浙江省人大常委会委员、杭州市总工会主席"}, "马望川@杭州市总工会"),
        ("马望川（男）", {"parent": "杭州市总工会"}, "马望川@杭州市总工会"),
        ("马望川同志", {"parent": "杭州市总工会"}, "马望川@杭州市总工会"),
        ("", {"code": "330110"}, "余杭区"),
    ],
)
def test_a_match_is_what_the_name_and_the_columns_tell(
    index: Index, name: str, known: dict[str, str], meant: str
) -> None:
    told, found = decided(index, name, **known)
    assert (told, found[0]) == ("match", node(meant))


@pytest.mark.parametrize(
    ("name", "known", "among"),
    [
        ("白云区总工会", {}, ["贵阳市白云区总工会", "广州市白云区总工会"]),
        ("杭州市总工会", {"province": "江苏省"}, ["杭州市总工会"]),
        ("白云区总工会", {"code": "520113", "type": "企业"}, ["贵阳市白云区总工会"]),
        ("浙江省总工会（筹备组）", {}, ["浙江省总工会"]),
        ("浙江省总工全", {}, ["浙江省总工会"]),
        ("杭洲市总工会", {}, ["杭州市总工会"]),
        ("教育工会", {"place": "浙江省"}, ["浙江省教育工会"]),
        ("zjsjygh", {}, ["浙江省教育工会"]),
        ("hangzhou shi zonggonghui", {}, ["杭州市总工会"]),
        ("禾岚纺织集团有限公司工会", {"province": "山东省"}, ["禾岚纺织集团有限公司工会"]),
        ("第三届职工烹饪大赛", {}, ["第三届浙江省职工烹饪大赛", "第三届全国职工烹饪大赛"]),
        ("浙江省职工烹饪大赛", {}, ["第三届浙江省职工烹饪大赛"]),
        ("马望川", {}, ["马望川@杭州市总工会", "马望川@贵阳市白云区总工会"]),
        ("马望川", {"province": "浙江省"}, ["马望川@杭州市总工会"]),
        ("马望川", {"parent": "白云区总工会"}, ["马望川@贵阳市白云区总工会"]),
        ("冯望川", {"type": "人物", "parent": "杭州市总工会"}, ["马望川@杭州市总工会"]),
        ("白云区", {"type": "地点"}, ["贵阳市白云区", "广州市白云区"]),
        ("经费审查委员会", {"parent": "贵阳市白云区教育局"}, ["贵阳市白云区总工会经费审查委员会"]),
        ("经费审查委员会", {"place": "贵阳市白云区"}, ["贵阳市白云区总工会经费审查委员会"]),
        ("总工会", {"parent": "杭州市第一医院"}, ["杭州市总工会"]),
        ("市总工会", {"parent": "杭州市第一医院"}, ["杭州市总工会"]),
        ("区总工会", {"province": "广西", "place": "南宁市"}, ["广西壮族自治区总工会"]),
        ("省总工会", {"code": "330000", "province": "青海省"}, ["浙江省总工会"]),
        ("浙江省总工会", {"code": "330000", "province": "青海省"}, ["浙江省总工会"]),
        ("暖汤行动", {"parent": "浙江省教育厅"}, ["浙江省“暖汤”行动"]),
        ("马望川", {"role": "杭州市总工会疗养院院长"}, ["马望川@杭州市总工会"]),
        ("马望川", {"parent": "杭州市总工会", "role": "浙江省总工会主席"}, ["马望川@杭州市总工会"]),
        ("两浙", {}, ["浙江省"]),
        ("第三届浙江省职工烹饪大赛", {"province": "江苏省"}, ["第三届浙江省职工烹饪大赛"]),
        ("第三届浙江省职工烹饪大赛", {"parent": "江苏省总工会"}, ["第三届浙江省职工烹饪大赛"]),
        ("第三届浙江省职工烹饪大赛", {"code": "320000"}, ["第三届浙江省职工烹饪大赛"]),
        ("市总工会", {"place": "杭州市", "parent": "杭州市第一医院"}, ["杭州市总工会"]),
        ("中华全国总工会", {"parent": "深圳市总工会"}, ["中华全国总工会"]),
        ("马望川", {"parent": "杭州市总工会", "role": "工商银行行长"}, ["马望川@杭州市总工会"]),
        ("马望川", {"parent": "杭州市总工会", "role": "会员"}, ["马望川@杭州市总工会"]),
        ("马望川", {"parent": "岚山银行", "role": "杭州市总工会主席"}, ["马望川@杭州市总工会"]),
        ("马望川", {"parent": "杭州市总工会", "province": "江苏省"}, ["马望川@杭州市总工会"]),
        ("马望川", {"parent": "杭州市总工会", "code": "320100"}, ["马望川@杭州市总工会"]),
        ("组织部", {"place": "浙江省"}, ["浙江省总工会组织部"]),
        ("广州市委员会", {}, ["广州市委"]),
    ],
)
def test_what_is_open_is_to_be_looked_at(index: Index, name: str, known: dict[str, str], among: list[str]) -> None:
    told, found = decided(index, name, **known)
    assert told == "review"
    assert {node(one) for one in among} <= set(found[:3])


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("总工会", {}),
        ("省总工会", {}),
        ("市总工会", {"province": "浙江省"}),
        ("县总工会", {"place": "杭州市"}),
        ("工会", {"place": "杭州市"}),
        ("宁波市总工会", {}),
        ("杭州市总商会", {}),
        ("杭州市教育工会", {}),
        ("余杭区总工会组织部", {}),
        ("第四届江苏省职工烹饪大赛", {}),
        ("骆一川", {"type": "人物", "parent": "杭州市总工会"}),
        ("无", {}),
        ("暖汤行动", {"province": "江苏省"}),
        ("工人", {}),
        ("区总工会", {"place": "南宁市"}),
        ("——", {}),
        ("", {}),
    ],
)
def test_what_is_not_there_and_what_says_nothing_means_nothing(index: Index, name: str, known: dict[str, str]) -> None:
    assert decided(index, name, **known)[0] == "none"


@pytest.mark.parametrize("form", ["{}", "https://w3id.org/unionkg/id/{}", "kg:{}"])
def test_an_id_is_a_match_whatever_the_name_is(index: Index, form: str) -> None:
    wanted = node("杭州市总工会")
    assert decided(index, "别的", id=form.format(wanted)) == ("match", [wanted])


def test_a_code_alone_means_a_place_and_with_a_name_a_body(index: Index) -> None:
    assert decided(index, "", type="PLACE", id="330110") == ("match", [node("余杭区")])
    assert decided(index, "总工会", code="330110000000") == ("match", [node("余杭区总工会")])


def test_a_type_that_does_not_agree_keeps_a_thing_out(index: Index) -> None:
    assert decided(index, "余杭区总工会", type="人物") == ("none", [])
    assert decided(index, "余杭区总工会", type="一个没有的类型")[0] == "match"


def test_two_things_of_one_name_and_place_are_no_match(index: Index) -> None:
    twice = graph().copy()
    twice.add_node("org-ffffffffffffffff", **graph().nodes[node("杭州市总工会")])
    assert decided(Index(twice), "杭州市总工会")[0] == "review"


def test_what_somebody_judged_apart_is_found_by_its_name() -> None:
    changed = graph().copy()
    changed.nodes[node("杭州市总工会")].update(rule="ledger", matched=["总工会", "330100", "a" * 64, "3"])
    assert decided(Index(changed), "浙江省杭州市总工会") == ("match", [node("杭州市总工会")])


def test_reasons_say_in_both_languages_what_agrees_and_what_does_not(index: Index) -> None:
    (sure,) = candidates(index, Query(name="白云区总工会", province="贵州省"), limit=1)
    assert sure.told("zh") == "名称相同；省份“贵州省”相符"
    assert sure.told("en") == "the name is the same; the province 贵州省 agrees"
    (renamed,) = candidates(index, Query(name="余杭市总工会"), limit=1)
    assert renamed.told("zh") == "名称相同；辖区相同：余杭市（今余杭区）"
    (elsewhere,) = candidates(index, Query(name="杭州市总工会", province="江苏省"))
    assert elsewhere.told("en").startswith("the place does not agree with the other columns: 江苏省")
    assert elsewhere.told("zh").startswith("所在与其他列不符")


def test_of_several_that_fit_none_is_a_match() -> None:
    pair = [Candidate(name, "甲", "ORG", None, 100, True, ()) for name in ("b", "a")]
    found = settled(pair, 5)
    assert [(one.id, one.match) for one in found] == [("a", False), ("b", False)]
    assert decision(found) == "review"
    assert settled([pair[0], pair[0].doubted(60, Reason(None, "疑", "doubt"))], 5) == [pair[0]]


SHARED_NAMES = sorted(
    {
        one.name
        for province in divisions().children("")
        for near in divisions().children(province.code)
        for one in (near, *divisions().children(near.code))
        if one.level == "county" and len({each.lineage for each in divisions().named(one.name, 2024)}) > 1
    }
)


@pytest.mark.parametrize("name", SHARED_NAMES)
def test_a_county_of_a_name_that_several_have_is_never_matched_without_its_place(index: Index, name: str) -> None:
    assert len(bearers(name)) > 1
    assert decided(index, f"{name}总工会")[0] != "match"
    assert decided(index, name, type="PLACE")[0] != "match"


WORDS = st.sampled_from(
    ["浙江省", "杭州市", "白云区", "总工会", "教育", "工会", "省", "市", "第三届", "马望川", "（", "）", "a", " "]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(WORDS, max_size=5).map("".join) | st.text(max_size=12),
    st.text(max_size=4) | st.sampled_from(["贵州省", "浙江", "杭州市", "ORG", "人物", "330100"]),
    st.sampled_from(["province", "place", "parent", "type", "role", "year", "code", "id"]),
)
def test_any_query_has_an_answer_with_one_match_at_most(name: str, told: str, field: str) -> None:
    index = Index(graph()) if not _INDEX else _INDEX[0]
    _INDEX[:] = [index]
    found = candidates(index, Query(**{"name": name, field: told}))
    assert found == candidates(index, Query(**{"name": name, field: told}))
    assert sum(one.match for one in found) <= 1
    assert all(0 <= one.score <= 100 and one.reasons for one in found)
    assert [one.id for one in found] == list(dict.fromkeys(one.id for one in found))
    assert all(one.score >= REVIEW for one in found if one.match)


_INDEX: list[Index] = []


class TestNames:
    @settings(deadline=None)
    @given(st.text(max_size=20))
    def test_folding_twice_is_folding_once(self, text: str) -> None:
        assert folded(folded(text)) == folded(text)

    @pytest.mark.parametrize(
        ("name", "stem", "codes", "level"),
        [
            ("浙江省杭州市总工会", "总工会", ["330100"], None),
            ("青岛市南区总工会", "总工会", ["370202"], None),
            ("海南州总工会", "总工会", ["632500"], None),
            ("广西区总工会", "总工会", ["450000"], None),
            ("全总", "中华全国总工会", ["CN"], None),
            ("省总权益保障部", "总工会权益保障部", [], "省"),
            ("第一中学工会", "第一中学工会", [], ""),
            ("岚山重工股份有限公司工会委员会", "岚山重工工会", [], None),
        ],
    )
    def test_a_name_is_read_as_territory_level_and_stem(
        self, name: str, stem: str, codes: list[str], level: str | None
    ) -> None:
        found = [one for one in readings(folded(name)) if [each.code for each in one.territories] == codes]
        assert (found[0].stem, found[0].level) == (stem, level)

    def test_a_remark_in_brackets_is_put_in_and_left_out(self) -> None:
        assert [one.text for one in spellings("中国海员（建设）工会")][1:] == ["中国海员建设工会", "中国海员工会"]
        assert [one.is_cut for one in spellings("杭州市总工会（筹）")] == [False, False, True]

    @pytest.mark.parametrize(
        ("query", "name", "is_one"),
        [
            (Query(name="杭州市总"), "浙江省杭州市总工会", True),
            (Query(name="白云区总工会"), "白云区总工会", False),
            (Query(name="白云区总工会", province="贵州省"), "贵阳市白云区总工会", True),
            (Query(name="白云区总工会", province="贵州省"), "广州市白云区总工会", False),
            (Query(name="杭州市总工会"), "杭州市教育工会", False),
            (Query(name="马望川", type="人物"), "马望川", False),
            (Query(name="省总工会"), "省总工会", False),
            (Query(name="禾岚纺织集团工会", type="工会"), "禾岚纺织集团有限公司工会", True),
            (Query(name="禾岚纺织集团工会", type="工会", province="江苏省"), "禾岚纺织集团有限公司工会", False),
            (Query(name="禾岚纺织集团工会", type="工会", code="330100"), "禾岚纺织集团有限公司工会", False),
            (Query(name="女职工委员会", type="工会"), "女职工委员会", False),
            (Query(name="职工对外交流中心", type="组织"), "职工对外交流中心", False),
            (Query(name="柳荫路街道总工会", type="工会"), "柳荫路街道总工会", False),
            (Query(name="浙江省总工会", type="工会", parent="江苏省总工会"), "浙江省总工会", False),
            (Query(name="南山总工会", type="工会"), "南山总工会", False),
            (Query(name="秋收助学行动", type="项目"), "秋收助学行动", False),
            (Query(name="秋收助学行动", type="项目", province="浙江省"), "秋收助学行动", False),
            (Query(name="浙江省“暖汤”行动", type="项目"), "浙江省暖汤行动", True),
            (Query(name="浙江省“暖汤”行动", type="项目", province="江苏省"), "浙江省暖汤行动", False),
            (Query(name="第3届浙江省职工烹饪大赛", type="赛事"), "浙江省第三届职工烹饪大赛", True),
            (Query(name="第3届浙江省职工烹饪大赛", type="赛事"), "第四届浙江省职工烹饪大赛", False),
            (Query(name="工会法", type="政策"), "中华人民共和国工会法", True),
            (Query(name="浙江省总工会全委会议", type="会议"), "浙江省总工会全委会议", False),
            (Query(name="浙江省总工会十五届三次全委会议", type="会议"), "浙江省总工会第十五届三次全委会", True),
            (Query(name="柳荫路街道", type="地点"), "柳荫路街道", False),
            (Query(name="广州市白云区", type="地点"), "广东省广州市白云区", True),
            (Query(name="广州市白云区", type="地点", province="贵州省"), "广州市白云区", False),
            (Query(name="外卖配送员", type="群体"), "外卖配送员", True),
            (Query(name="江河工人晨报", type="媒体", province="湖北省"), "江河工人晨报", True),
        ],
    )
    def test_two_names_agree_by_their_parts(self, query: Query, name: str, is_one: bool) -> None:
        assert agree(query, name) is is_one


class TestTerritories:
    def test_a_short_name_is_a_province_before_it_is_a_county_and_full_names_come_first(self) -> None:
        assert [one.code for one in bearers("河南")] == ["410000"]
        assert {one.code for one in bearers("吉林")} == {"220000", "220200"}
        assert bearers("新市") == ()
        assert [one.lineage for one in bearers("达县")] == ["511703"]

    def test_the_year_decides_between_what_had_a_name_one_after_the_other(self) -> None:
        assert {one.lineage for one in bearers("思茅市", 1998)} == {"530802"}
        assert {one.lineage for one in bearers("思茅市", 2005)} == {"530800"}

    @pytest.mark.parametrize(
        ("code", "name"),
        [("330110", "余杭区"), ("330110000000", "余杭区"), ("330110012", "仓前街道"), ("330110012000", "仓前街道")],
    )
    def test_a_code_may_have_its_zeros(self, code: str, name: str) -> None:
        found = division_of(code)
        assert found is not None
        assert found.name == name

    @pytest.mark.parametrize("code", ["", "12", "999999", "33011000x", "３３０１１０", "330110012345"])
    def test_what_is_no_code_is_none(self, code: str) -> None:
        assert division_of(code) is None

    def test_a_district_lies_where_it_lay_under_its_old_name(self) -> None:
        (hangzhou,), (old,) = places("杭州市"), bearers("萧山市")
        assert lies_in(old, hangzhou)
        assert not lies_in(hangzhou, old)


@settings(deadline=None)
@given(st.text("甲乙丙", max_size=6), st.text("甲乙丙", max_size=6))
def test_edits_are_as_many_one_way_as_the_other(one: str, other: str) -> None:
    assert edits(one, other, 9) == edits(other, one, 9)
    assert (edits(one, other, 9) == 0) == (one == other)
    assert min(edits(one, other, 9), 3) == edits(one, other, 2)
