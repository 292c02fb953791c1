"""Which entities of different documents are the same thing."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.graph.world import PROVINCES, document_id, extraction, federation, holds, person, union
from unionkg.graph.model import Entity, Extraction, Metadata, Relation, Renaming
from unionkg.graph.resolve import Identity, home_province, node_id, resolve

QINGHAI, HUNAN, GANSU = (federation(province) for province in ("青海省", "湖南省", "甘肃省"))
OFFICIAL = person("岑望舒")


def resolved(documents: list[Extraction]) -> dict[tuple[str, str], str]:
    """Return the node of every entity, by the ids of document and entity."""
    found = resolve(documents)
    return {
        (document.document, entity.id): node_id(identity)
        for document in documents
        for entity, identity in zip(document.entities, found.of[document.document], strict=True)
    }


def nodes_of(documents: list[Extraction], name: str) -> list[str]:
    """Return the node of every entity of that name, in order of the documents given."""
    node_of = resolved(documents)
    return [node_of[one.document, entity.id] for one in documents for entity in one.entities if entity.name == name]


def programme(name: str) -> Entity:
    return Entity(id=name, type="PROGRAMME", name=name)


def runs(body: Entity, thing: Entity, start: int = 0) -> Relation:
    """Return that a body runs a programme, said from `start` on."""
    return Relation(type="organises", subject=body.id, object=thing.id, evidence=(start, start + 1), rule="verb.test")


def one_entity(number: int, entity: Entity, *others: Entity) -> Extraction:
    return extraction(f"doc{number}", [entity, *others])


class TestOrganisations:
    def test_the_federations_of_all_provinces_are_as_many_nodes(self) -> None:
        documents = [one_entity(number, federation(province)) for number, province in enumerate(PROVINCES)]
        assert len(documents) == 31
        assert len(set(resolved(documents).values())) == 31

    def test_no_two_federations_are_merged_in_one_document_or_two(self) -> None:
        for first, second in combinations(map(federation, PROVINCES), 2):
            apart = resolved([one_entity(1, first), one_entity(2, second)])
            together = resolved([extraction("both", [first, second])])
            assert len(set(apart.values())) == len(set(together.values())) == 2
            assert set(apart.values()) == set(together.values())

    def test_a_district_name_of_four_cities_is_four_unions(self) -> None:
        codes = ("320106", "320302", "350102", "410204")
        documents = [one_entity(n, union("鼓楼区总工会", code)) for n, code in enumerate(codes * 2)]
        nodes = nodes_of(documents, "鼓楼区总工会")
        assert len(set(nodes)) == 4
        assert nodes[:4] == nodes[4:]

    def test_a_union_without_territory_stays_in_its_document(self) -> None:
        nodes = nodes_of([one_entity(1, union("省总工会")), one_entity(2, union("省总工会"))], "省总工会")
        assert len(set(nodes)) == 2

    def test_a_union_without_territory_joins_none_with_one(self) -> None:
        documents = [one_entity(1, union("白云区总工会")), one_entity(2, union("白云区总工会", "440111"))]
        assert len(set(nodes_of(documents, "白云区总工会"))) == 2

    @pytest.mark.parametrize("name", ["中华全国总工会", "中国能源化学地质工会"])
    def test_a_national_union_is_one(self, name: str) -> None:
        assert len(set(nodes_of([one_entity(1, union(name)), one_entity(2, union(name))], name))) == 1

    @pytest.mark.parametrize(
        ("name", "at_home", "elsewhere"),
        [("湘江新材料集团有限公司", 1, 2), ("麦秸出行", 1, 1), ("集团有限公司", 2, 2), ("本公司", 2, 2)],
    )
    def test_companies_join_in_their_province_brands_everywhere_and_bare_kinds_nowhere(
        self, name: str, at_home: int, elsewhere: int
    ) -> None:
        company = Entity(id=name, type="ORG", subtype="enterprise", name=name)
        for other, count in ((HUNAN, at_home), (GANSU, elsewhere)):
            documents = [one_entity(1, company, HUNAN), one_entity(2, company, other)]
            assert len(set(nodes_of(documents, name))) == count

    def test_a_body_and_its_department_stay_apart(self) -> None:
        parts = [QINGHAI, union("青海省总工会权益保障部", "630000"), union("青海省总工会第十四届委员会", "630000")]
        assert len(set(resolved([extraction("one", parts)]).values())) == 3


class TestPlacesAndNamedThings:
    def test_places_join_by_code_whatever_they_are_called(self) -> None:
        def place(name: str) -> Entity:
            return Entity(id=name, type="PLACE", subtype="prefecture", name=name, code="653100")

        documents = [one_entity(1, place("喀什地区")), one_entity(2, place("喀什"))]
        assert len(set(resolved(documents).values())) == 1

    def test_places_without_code_join_by_name_and_home_province(self) -> None:
        park = Entity(id="P", type="PLACE", subtype="site", name="物流园区")
        documents = [one_entity(1, park, HUNAN), one_entity(2, park, GANSU), one_entity(3, park, HUNAN)]
        first, second, third = nodes_of(documents, "物流园区")
        assert first == third != second

    def test_villages_of_one_name_in_two_counties_are_two_and_a_region_is_one(self) -> None:
        counties = [union("平江县总工会", "430626"), union("湘阴县总工会", "430624")]
        for subtype, name, count in (("site", "三河村", 2), ("region", "长江经济带", 1)):
            place = Entity(id="P", type="PLACE", subtype=subtype, name=name)
            documents = [one_entity(number, place, county) for number, county in enumerate(counties)]
            assert len(set(nodes_of(documents, name))) == count

    @pytest.mark.parametrize(
        ("kind", "name", "nodes"),
        [
            ("PROGRAMME", "“暖冬行动”", 2),
            ("PROGRAMME", "全国职工职业技能大赛", 1),
            ("EVENT", "劳模座谈会", 2),
            ("EVENT", "中国工会十八大", 1),
            ("POLICY", "《职工疗休养管理规定》", 2),
            ("POLICY", "《意见》", 2),
            ("POLICY", "《中华人民共和国工会法》", 1),
            ("POLICY", "《劳动合同法》", 1),
            ("GROUP", "货车司机", 1),
            ("CONCEPT", "劳模精神", 1),
        ],
    )
    def test_in_two_provinces_only_what_is_national_joins(self, kind: str, name: str, nodes: int) -> None:
        thing = Entity(id="T", type=kind, name=name)
        documents = [one_entity(1, thing, HUNAN), one_entity(2, thing, GANSU)]
        assert len(set(nodes_of(documents, name))) == nodes

    @pytest.mark.parametrize(
        ("kind", "name", "nodes"),
        [("PROGRAMME", "“暖冬行动”", 1), ("POLICY", "《职工疗休养管理规定》", 1), ("POLICY", "《意见》", 2)],
    )
    def test_in_one_province_a_full_name_joins(self, kind: str, name: str, nodes: int) -> None:
        thing = Entity(id="T", type=kind, name=name)
        documents = [one_entity(1, thing, HUNAN), one_entity(2, thing, HUNAN)]
        assert len(set(nodes_of(documents, name))) == nodes

    @pytest.mark.parametrize("name", ["《职工疗休养管理办法》", "《办法》"])
    def test_the_measures_of_two_provinces_are_no_law(self, name: str) -> None:
        measures = Entity(id="T", type="POLICY", name=name)
        documents = [one_entity(1, measures, HUNAN), one_entity(2, measures, GANSU)]
        assert len(set(nodes_of(documents, name))) == 2

    def test_things_of_different_types_never_join(self) -> None:
        same = [Entity(id=kind, type=kind, name="暖冬行动") for kind in ("PROGRAMME", "EVENT", "CONCEPT", "GROUP")]
        assert len(set(resolved([extraction("one", same)]).values())) == 4


class TestHomeProvince:
    def test_organisations_count_more_than_places(self) -> None:
        xining = Entity(id="X", type="PLACE", subtype="prefecture", name="西宁市", code="630100")
        haidong = Entity(id="H", type="PLACE", subtype="prefecture", name="海东市", code="630200")
        assert home_province(extraction("one", [xining, haidong, HUNAN])) == "43"

    def test_without_codes_there_is_none(self) -> None:
        assert home_province(extraction("one", [OFFICIAL])) == ""

    def test_of_equals_the_smaller_code_is_taken(self) -> None:
        assert home_province(extraction("one", [GANSU, HUNAN])) == "43"


class TestPersons:
    def test_two_persons_of_one_name_in_two_provinces_stay_apart(self) -> None:
        documents = [
            extraction("one", [OFFICIAL, QINGHAI], [holds(OFFICIAL, QINGHAI)]),
            extraction("two", [OFFICIAL, HUNAN], [holds(OFFICIAL, HUNAN)]),
        ]
        assert len(set(nodes_of(documents, "岑望舒"))) == 2

    def test_a_shared_post_makes_them_one(self) -> None:
        documents = [
            extraction("one", [OFFICIAL, QINGHAI], [holds(OFFICIAL, QINGHAI)]),
            extraction("two", [OFFICIAL, QINGHAI], [holds(OFFICIAL, QINGHAI, "党组书记")]),
        ]
        assert len(set(nodes_of(documents, "岑望舒"))) == 1

    def test_who_writes_for_one_medium_is_one(self) -> None:
        metadata = Metadata(source="湘江工人报", authors=("岑望舒",))
        documents = [extraction(name, [OFFICIAL], metadata=metadata) for name in ("one", "two")]
        assert len(set(nodes_of(documents, "岑望舒"))) == 1
        other = extraction("three", [OFFICIAL], metadata=Metadata(source="湘江工人报", authors=("韦知秋",)))
        assert len(set(nodes_of([*documents, other], "岑望舒"))) == 2

    def test_posts_a_lifetime_apart_are_of_two_persons(self) -> None:
        def document(year: int) -> Extraction:
            post = replace(holds(OFFICIAL, QINGHAI), date=str(year))
            return extraction(f"doc{year}", [OFFICIAL, QINGHAI], [post])

        assert len(set(nodes_of([document(1951), document(1990)], "岑望舒"))) == 1
        found = resolve([document(1951), document(2024)])
        [possible] = found.possible
        assert len(possible.identities) == 2
        assert "contradict" in possible.reason

    def test_persons_of_one_name_may_be_one(self) -> None:
        documents = [
            extraction("one", [OFFICIAL, QINGHAI], [holds(OFFICIAL, QINGHAI)]),
            extraction("two", [OFFICIAL, HUNAN], [holds(OFFICIAL, HUNAN)]),
        ]
        [possible] = resolve(documents).possible
        assert {node_id(identity) for identity in possible.identities} == set(nodes_of(documents, "岑望舒"))

    def test_an_ordinary_role_in_a_national_body_ties_nobody(self) -> None:
        congress = Entity(id="C", type="ORG", subtype="party_state", name="全国人民代表大会")
        for role, count in (("代表", 2), ("秘书长", 1)):
            post = [holds(OFFICIAL, congress, role)]
            documents = [extraction(name, [OFFICIAL, congress], post) for name in ("one", "two")]
            assert len(set(nodes_of(documents, "岑望舒"))) == count

    def test_a_name_alone_makes_them_not_one(self) -> None:
        documents = [
            extraction("one", [OFFICIAL, QINGHAI], [holds(OFFICIAL, QINGHAI)]),
            extraction("two", [OFFICIAL, QINGHAI]),
            extraction("three", [OFFICIAL]),
        ]
        assert len(set(nodes_of(documents, "岑望舒"))) == 3

    def test_another_name_at_the_same_body_is_another_person(self) -> None:
        other = person("韦知秋")
        documents = [
            extraction("one", [OFFICIAL, QINGHAI], [holds(OFFICIAL, QINGHAI)]),
            extraction("two", [other, QINGHAI], [holds(other, QINGHAI)]),
        ]
        assert len(set(resolved(documents).values())) == 3

    def test_a_body_that_stays_in_its_document_ties_nobody(self) -> None:
        bare = union("省总工会")
        documents = [extraction(name, [OFFICIAL, bare], [holds(OFFICIAL, bare)]) for name in ("one", "two")]
        assert len(set(nodes_of(documents, "岑望舒"))) == 2

    def test_a_chain_of_shared_posts_makes_one_person_in_any_order(self) -> None:
        documents = [
            extraction("one", [OFFICIAL, QINGHAI], [holds(OFFICIAL, QINGHAI)]),
            extraction("two", [OFFICIAL, GANSU], [holds(OFFICIAL, GANSU)]),
            extraction("both", [OFFICIAL, QINGHAI, GANSU], [holds(OFFICIAL, QINGHAI), holds(OFFICIAL, GANSU)]),
        ]
        found = {tuple(sorted(resolved(list(order)).items())) for order in permutations(documents)}
        assert len(found) == 1
        assert len(set(nodes_of(documents, "岑望舒"))) == 1

    def test_who_is_named_without_office_and_doubt_is_one(self) -> None:
        leader = person("毛泽东")
        assert len(set(nodes_of([one_entity(1, leader), one_entity(2, leader)], "毛泽东"))) == 1

    def test_two_persons_that_one_document_keeps_apart_stay_apart(self) -> None:
        first, second = (Entity(id=number, type="PERSON", name="岑望舒") for number in ("E1", "E2"))
        document = extraction("one", [first, second, QINGHAI], [holds(first, QINGHAI), holds(second, QINGHAI, "干事")])
        assert len(set(nodes_of([document], "岑望舒"))) == 2

    def test_what_would_join_two_persons_of_one_document_stays_apart(self) -> None:
        first, second = (Entity(id=number, type="PERSON", name="岑望舒") for number in ("E1", "E2"))
        documents = [
            extraction("one", [first, second, QINGHAI, GANSU], [holds(first, QINGHAI), holds(second, GANSU)]),
            extraction("two", [OFFICIAL, QINGHAI, GANSU], [holds(OFFICIAL, QINGHAI), holds(OFFICIAL, GANSU)]),
        ]
        assert len(set(nodes_of(documents, "岑望舒"))) == 3


class TestUndertakings:
    def test_the_country_a_province_and_a_city_have_an_edition_each(self) -> None:
        found = resolve(
            [
                one_entity(1, programme("全国“麦秸杯”职工技能大赛")),
                one_entity(2, programme("湖南省“麦秸杯”职工技能大赛")),
                one_entity(3, programme("长沙市“麦秸杯”职工技能大赛")),
                one_entity(4, programme("长沙市第二届“麦秸杯”职工技能大赛")),
            ]
        )
        names = {edition.narrow.matched: edition.wide.matched for edition in found.editions}
        stem = "麦秸杯职工技能大赛"
        assert names == {
            (stem, "430000", ""): (stem, ""),
            (stem, "430100", ""): (stem, "430000", ""),
            (stem, "430100", "2"): (stem, "430100", ""),
        }

    def test_editions_of_one_number_go_together(self) -> None:
        found = resolve(
            [
                one_entity(1, programme("湖南省第二届“麦秸杯”竞赛"), programme("湖南省“麦秸杯”竞赛")),
                one_entity(2, programme("长沙市第二届“麦秸杯”竞赛"), programme("长沙市“麦秸杯”竞赛")),
            ]
        )
        [second] = [one for one in found.editions if one.narrow.matched == ("麦秸杯", "430100", "2")]
        assert second.wide.matched == ("麦秸杯", "430000", "2")

    def test_who_is_first_said_to_run_it_owns_it(self) -> None:
        course = programme("“麦秸”课堂")
        run = [runs(union("长沙市总工会", "430100"), course), runs(HUNAN, course, start=1)]
        documents = [
            extraction("one", [course, union("长沙市总工会", "430100"), HUNAN], run),
            extraction("two", [course, HUNAN], [runs(HUNAN, course)]),
            extraction("three", [course, union("长沙市总工会", "430100")], run[:1]),
        ]
        first, second, third = nodes_of(documents, "“麦秸”课堂")
        assert first == third != second

    def test_programmes_of_one_name_in_two_cities_may_be_one(self) -> None:
        course = programme("“麦秸”课堂")
        cities = [union("长沙市总工会", "430100"), union("株洲市总工会", "430200")]
        found = resolve([extraction(city.name, [course, city], [runs(city, course)]) for city in cities])
        [possible] = found.possible
        assert [identity.matched[1] for identity in possible.identities] == ["430100", "430200"]
        assert possible.reason == "one name in several territories"

    def test_a_meeting_without_number_is_another_one_each_year(self) -> None:
        meeting = Entity(id="M", type="EVENT", name="庆祝五一国际劳动节大会")
        documents = [
            extraction(f"doc{number}", [meeting, HUNAN], metadata=Metadata(date=date))
            for number, date in enumerate(("2023-04-30", "2024-04-30", "2024-05-02", None, None))
        ]
        first, second, third, *undated = nodes_of(documents, meeting.name)
        assert first != second == third
        assert len({second, *undated}) == 3

    def test_a_numbered_meeting_is_one_whatever_the_date(self) -> None:
        meeting = Entity(id="M", type="EVENT", name="湖南省总工会十六届三次全委会")
        other = Entity(id="M", type="EVENT", name="湖南省总工会第十六届委员会第三次全体会议")
        documents = [
            extraction("one", [meeting], metadata=Metadata(date="2023-12-30")),
            extraction("two", [other], metadata=Metadata(date="2024-01-02")),
        ]
        assert len(set(resolved(documents).values())) == 1

    def test_former_and_later_name_are_told_where_they_can_be_one(self) -> None:
        old, new = programme("“麦秸”课堂"), programme("“穗光”课堂")
        away = programme("甘肃省“麦秸”课堂")
        renamed = Renaming(former="“麦秸”课堂", later="“穗光”课堂", evidence=(0, 1))
        document = replace(extraction("one", [old, new, HUNAN]), renamings=(renamed,))
        [told] = resolve([document]).renamed
        assert (told.former.matched[0], told.later.matched[0]) == ("麦秸课堂", "穗光课堂")
        abroad = replace(renamed, former=away.id)
        assert resolve([replace(extraction("two", [away, new, HUNAN]), renamings=(abroad,))]).renamed == []


class TestCopies:
    def test_what_stays_in_its_document_is_shared_by_copies(self) -> None:
        documents = [one_entity(number, union("省总工会"), OFFICIAL) for number in (1, 2, 3)]
        ids = [document.document for document in documents]
        found = resolve(documents, {ids[0]: ids[0], ids[1]: ids[0], ids[2]: ids[2]})
        first, second, third = (found.of[one] for one in ids)
        assert first == second
        assert not set(first) & set(third)


class TestIds:
    def test_an_id_is_a_prefix_and_sixteen_digits(self) -> None:
        prefix, digits = node_id(Identity("PERSON", "post", ("岑望舒", "总工会", "630000"))).split("-")
        assert (prefix, len(digits)) == ("per", 16)

    def test_the_parts_of_a_key_do_not_run_together(self) -> None:
        assert node_id(Identity("ORG", "name", ("甲", "乙"))) != node_id(Identity("ORG", "name", ("甲乙",)))

    def test_ids_stay_when_a_document_is_added(self) -> None:
        first = extraction("one", [OFFICIAL, QINGHAI], [holds(OFFICIAL, QINGHAI)])
        second = extraction("two", [person("韦知秋"), GANSU, QINGHAI])
        assert resolved([first]).items() <= resolved([first, second]).items()

    def test_the_id_of_a_person_stays_when_a_document_adds_an_office(self) -> None:
        national = union("中华全国总工会")
        first = extraction("one", [OFFICIAL, QINGHAI], [holds(OFFICIAL, QINGHAI)])
        second = extraction("two", [OFFICIAL, QINGHAI, national], [holds(OFFICIAL, QINGHAI), holds(OFFICIAL, national)])
        assert resolved([first]).items() <= resolved([first, second]).items()


BODIES = [QINGHAI, HUNAN, GANSU, union("鼓楼区总工会", "320106"), union("鼓楼区总工会", "350102"), union("市总工会")]


@st.composite
def corpora(draw: st.DrawFn) -> list[Extraction]:
    """Some documents in which two names hold posts at some of a few bodies."""
    documents = []
    for number in range(draw(st.integers(1, 5))):
        bodies = {body.name: body for body in draw(st.lists(st.sampled_from(BODIES), min_size=1, max_size=3))}
        persons = [person(name) for name in draw(st.sets(st.sampled_from(["岑望舒", "韦知秋"])))]
        posts = [holds(one, body) for one in persons for body in bodies.values() if draw(st.booleans())]
        documents.append(extraction(f"doc{number}", [*bodies.values(), *persons], posts))
    return documents


@given(corpora().flatmap(lambda documents: st.tuples(st.just(documents), st.permutations(documents))))
def test_the_order_of_the_documents_does_not_matter(case: tuple[list[Extraction], list[Extraction]]) -> None:
    documents, shuffled = case
    assert resolved(documents) == resolved(shuffled)


@given(corpora())
def test_every_entity_has_a_node_of_its_type(documents: list[Extraction]) -> None:
    node_of = resolved(documents)
    assert len(node_of) == sum(len(document.entities) for document in documents)
    for document in documents:
        for entity in document.entities:
            prefix = {"ORG": "org-", "PERSON": "per-"}[entity.type]
            assert node_of[document.document, entity.id].startswith(prefix)


@given(corpora())
def test_no_node_joins_two_names_or_two_codes(documents: list[Extraction]) -> None:
    node_of = resolved(documents)
    entities = {(one.document, entity.id): entity for one in documents for entity in one.entities}
    for place, node in node_of.items():
        for other, its_node in node_of.items():
            if node == its_node:
                assert (entities[place].name, entities[place].code) == (entities[other].name, entities[other].code)


def test_documents_are_told_apart_by_their_ids() -> None:
    assert document_id("one") != document_id("two")
