"""What a name says: two names of one thing have equal parts, two things never."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.graph.world import PROVINCES
from unionkg.graph.divisions import divisions
from unionkg.graph.model import NATIONAL
from unionkg.nlp.name_parts import NameParts, lineage, name_parts


def body(name: str, code: str | None = None, subtype: str = "union") -> NameParts:
    return name_parts("ORG", subtype, name, code)


@pytest.mark.parametrize(
    ("one", "other", "code", "subtype"),
    [
        ("青岛市总工会", "山东省青岛市总工会", "370200", "union"),
        ("凉山州总工会", "四川省凉山彝族自治州总工会", "513400", "union"),
        ("内蒙古总工会", "内蒙古自治区总工会", "150000", "union"),
        ("浙江省工会", "浙江省总工会", "330000", "union"),
        ("平江县政府", "湖南省岳阳市平江县人民政府", "430626", "party_state"),
        ("福建省委组织部", "福建省委员会组织部", "350000", "party_state"),
        ("宜昌市人社局", "湖北省宜昌市人力资源和社会保障局", "420500", "party_state"),
        ("宜昌市人社局办公室", "宜昌市人力资源和社会保障局办公室", "420500", "party_state"),
        ("福建省人大常委会", "福建省人民代表大会常务委员会", "350000", "party_state"),
        ("贵州麦秸酒业集团股份有限公司", "贵州省麦秸酒业集团有限公司", "520000", "enterprise"),
    ],
)
def test_names_that_leave_out_or_shorten_what_goes_without_saying_are_equal(
    one: str, other: str, code: str, subtype: str
) -> None:
    assert body(one, code, subtype) == body(other, code, subtype)


def test_the_federations_of_all_provinces_differ() -> None:
    parts = [body(f"{province}总工会", code) for province, code in PROVINCES.items()]
    assert len(list(combinations(parts, 2))) == 465
    assert all(one != other for one, other in combinations(parts, 2))


def test_counties_of_one_name_differ() -> None:
    counties = [one for one in divisions().named("鼓楼区") if one.is_valid()]
    assert len(counties) == 4
    assert len({body("鼓楼区总工会", one.code) for one in counties}) == 4


@pytest.mark.parametrize(
    "others",
    [
        ("福州市总工会", "福州市委", "福州市人民政府", "福州市政协", "福州市总工会组织部", "福州市委组织部"),
        ("福州市总工会", "福州市教育工会", "福州市总工会第十四届委员会", "福州市职工服务中心"),
    ],
)
def test_other_systems_of_one_city_differ(others: tuple[str, ...]) -> None:
    assert len({body(name, "350100") for name in others}) == len(others)


def test_a_county_keeps_its_identity_when_it_becomes_a_district() -> None:
    assert body("达县总工会", "513021") == body("达川区总工会", "511703")
    assert lineage("513021") == lineage("511703")


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("省总工会", "union"),
        ("市委", "party_state"),
        ("白云区总工会", "union"),
        ("集团有限公司", "enterprise"),
        ("本公司", "enterprise"),
        ("人民医院", "other"),
        ("第一实验小学", "other"),
        ("职工服务中心", "other"),
        ("机关工会", "union"),
    ],
)
def test_what_only_its_document_can_tell_is_open(name: str, subtype: str) -> None:
    assert body(name, None, subtype).is_open


@pytest.mark.parametrize("name", ["中华全国总工会", "教育部", "教育部办公厅", "中国海员建设工会", "最高人民法院"])
def test_bodies_of_the_whole_country_are_national(name: str) -> None:
    parts = body(name, None, "party_state")
    assert (parts.territory, parts.is_open) == (NATIONAL, False)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("PROGRAMME", ("“麦秸同行”行动", "麦秸同行行动", "「麦秸同行」行动", "麦秸同行")),
        ("PROGRAMME", ("“麦秸杯”竞赛", "麦秸杯")),
        ("PROGRAMME", ("江西省第二届“麦秸杯”职工技能大赛", "第二届江西省“麦秸杯”职工技能大赛")),
        ("EVENT", ("江西省总工会十五届三次全委会", "江西省总工会第十五届委员会第三次全体(扩大)会议")),
        ("EVENT", ("中国工会十八大", "中国工会第十八次全国代表大会")),
        ("EVENT", ("党的二十大", "中国共产党第二十次全国代表大会")),
        ("EVENT", ("江西省总工会第十五次代表大会", "江西省工会第十五次代表大会")),
        ("POLICY", ("《中华人民共和国工会法》", "《工会法》")),
    ],
)
def test_one_undertaking_is_written_in_many_ways(kind: str, names: tuple[str, ...]) -> None:
    assert len({name_parts(kind, None, name, None) for name in names}) == 1


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("PROGRAMME", ("第一届“麦秸杯”职工技能大赛", "第二届“麦秸杯”职工技能大赛", "“麦秸杯”职工技能大赛")),
        ("PROGRAMME", ("全国职工技能大赛", "江西省职工技能大赛", "赣州市职工技能大赛", "职工技能大赛")),
        ("EVENT", ("江西省总工会十五届三次全委会", "江西省总工会十五届四次全委会", "江西省总工会十四届三次全委会")),
        ("EVENT", ("中国工会十八大", "中国工会十七大", "党的十八大")),
        ("POLICY", ("《江西省工会条例》", "《福建省工会条例》", "《江西省工会工作条例》")),
    ],
)
def test_editions_and_territories_of_undertakings_differ(kind: str, names: tuple[str, ...]) -> None:
    assert len({name_parts(kind, None, name, None) for name in names}) == len(names)


def test_a_number_says_more_than_a_year() -> None:
    assert name_parts("PROGRAMME", None, "2024年江西省第二届“麦秸杯”竞赛", None) == NameParts("麦秸杯", "360000", "2")
    assert name_parts("PROGRAMME", None, "2024年“麦秸杯”竞赛", None).edition == "2024"


def test_the_document_decides_between_counties_of_one_name() -> None:
    title = "《鼓楼区职工疗休养实施细则》"
    assert name_parts("POLICY", None, title, None).is_open
    assert name_parts("POLICY", None, title, None, {"350102"}).territory == "350102"


@pytest.mark.parametrize(
    ("title", "territory"),
    [
        ("《工会法》", NATIONAL),
        ("《女职工劳动保护特别规定》", NATIONAL),
        ("《职工疗休养管理办法》", None),
        ("《江西省女职工劳动保护特别规定》", "360000"),
    ],
)
def test_laws_and_national_rules_belong_to_the_country(title: str, territory: str | None) -> None:
    assert name_parts("POLICY", None, title, None).territory == territory
