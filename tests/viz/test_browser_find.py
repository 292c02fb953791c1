"""Finding things on the page: search, filters, focus, paths, and the address that keeps it all."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from playwright.sync_api import Page

from tests.viz.driving import NARROW, Opener, click_node, heading, search, shown, until
from tests.viz.world import (
    CHAIR,
    CITY,
    CONTEST,
    DRIVERS,
    FEDERATION,
    NOTICE,
    PROVINCE,
    REPORT,
    STATION,
    evidence,
    large_world,
    small_texts,
    small_world,
)
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.paths import paths
from unionkg.viz.network import network
from unionkg.viz.page import render

pytestmark = pytest.mark.browser


def provincial_world() -> KnowledgeGraph:
    """Return the small world in two provinces of China, with dates, and a post that two documents give to two."""
    graph = small_world()
    graph.nodes[FEDERATION]["code"] = graph.nodes[PROVINCE]["code"] = "330000"
    graph.nodes[CITY]["code"] = "360100"
    for start, end, key, year in ((CHAIR, FEDERATION, 1, "2019"), (FEDERATION, STATION, 5, "2021")):
        fact = graph.edges[start, end, f"fact-{key:016x}"]
        fact["first_stated"] = fact["last_stated"] = f"{year}-05-01"
    graph.edges[FEDERATION, STATION, f"fact-{5:016x}"]["confidence"] = 0.6
    return graph


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("海省总", "云海省总工会"),
        ("省总", "云海省总工会"),
        ("雲海省總工會", "云海省总工会"),
        ("“云海省”总 工会", "云海省总工会"),
        ("yhszgh", "云海省总工会"),
        ("yun hai sheng", "云海省总工会"),
        ("nuanxin", "暖心驿站"),
        ("LRX", "林若溪"),
        ("ＬＲＸ", "林若溪"),
    ],
)
def test_search_finds_by_part_alias_script_pinyin_and_initials(opened: Opener, typed: str, found: str) -> None:
    assert search(opened(small_world()), typed)[0].startswith(found)


def test_search_says_when_there_is_nothing(opened: Opener) -> None:
    page = opened(small_world())
    assert search(page, "xyzzy") == []
    assert page.locator("#further").inner_text() == "没有找到"


def test_search_is_driven_from_the_keyboard(opened: Opener) -> None:
    page = opened(small_world())
    names = search(page, "总工会")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert heading(page) == names[1] == "青湾市总工会"
    search(page, "总工会")
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == ""
    assert page.locator("#results").is_hidden()


def test_the_legend_hides_and_shows_a_type(opened: Opener) -> None:
    page = opened(small_world())
    programmes = page.locator('#legend [data-type="PROGRAMME"]')
    programmes.click()
    assert not {STATION, CONTEST} & shown(page)
    assert programmes.get_attribute("aria-pressed") == "false"
    assert page.locator("#legend :focus").count() == 1
    programmes.click()
    assert {STATION, CONTEST} <= shown(page)


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [
        ("subtype", "ORG/union", {FEDERATION, CITY, CHAIR, PROVINCE, STATION, CONTEST}),
        ("relation", "holds_post", {FEDERATION, CHAIR}),
        ("province", "36", {CITY}),
        ("document", "example.org", {FEDERATION, CITY, CHAIR, STATION}),
        ("from", "2020", {FEDERATION, CHAIR, STATION}),
        ("to", "2020", {FEDERATION, CHAIR, STATION}),  # the station has a figure of these years
        ("sources", "2", {FEDERATION, CHAIR}),
        ("modality", "planned", {FEDERATION, CONTEST}),
        ("restored", "with", {FEDERATION, CHAIR}),
    ],
)
def test_a_filter_leaves_what_passes_it(opened: Opener, field: str, value: str, left: set[str]) -> None:
    graph = provincial_world()
    for node in (FEDERATION, CITY, CHAIR, STATION):
        graph.nodes[node]["documents"] = sorted((REPORT, NOTICE))
    page = opened(graph)
    page.locator("#to-filters").click()
    control = page.locator(f'#filters [name="{field}"]')
    if control.evaluate("(element) => element.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)
    assert shown(page) == left
    assert page.locator(".chip").count() == 1
    page.locator(".chip").click()
    assert len(shown(page)) == 8
    assert control.input_value() in ("", "1")


def test_the_confidence_filter_takes_facts_away_and_says_how_many_are_left(opened: Opener) -> None:
    page = opened(provincial_world())
    page.locator("#to-filters").click()
    page.locator('#filters [name="confidence"]').fill("0.85")
    assert STATION in shown(page)  # which a better fact links with those it serves
    assert page.evaluate(f"neighboursOf('{STATION}')") == [DRIVERS]
    assert page.locator("#passing").inner_text() == "7 个实体 · 7 条事实 · 0 个数字"
    page.locator("#clear").click()
    assert page.locator("#passing").inner_text() == "8 个实体 · 8 条事实 · 1 个数字"
    assert page.locator("#clear").is_disabled()


def test_lines_show_just_the_facts_that_pass(opened: Opener) -> None:
    page = opened(provincial_world(), hash="#filter-sources=2")
    assert page.evaluate("[...drawnLines.values()].map((line) => [line.facts, line.arrows])") == [[1, "to"]]


def test_the_panel_tells_what_the_filter_hides(opened: Opener) -> None:
    page = opened(provincial_world(), hash=f"#filter-sources=2&node={CHAIR}")
    assert page.locator("#panel .posts tbody tr:not(.under)").count() == 1
    assert "另有 1 条不合筛选条件" in page.locator("#panel").inner_text()


def test_a_found_entity_that_a_filter_hides_clears_the_filter(opened: Opener) -> None:
    page = opened(provincial_world(), hash="#filter-relation=holds_post")
    search(page, "匠心杯")
    page.keyboard.press("Enter")
    assert heading(page) == "匠心杯"
    assert page.locator(".chip").count() == 0


def test_focus_shows_one_or_two_steps_and_the_way_back(opened: Opener) -> None:
    page = opened(small_world())
    click_node(page, CHAIR)
    page.locator('#panel [data-depth="1"]').click()
    assert shown(page) == {CHAIR, FEDERATION}
    assert page.url.endswith(f"#focus={CHAIR}")
    page.locator('#panel [data-depth="2"]').click()
    assert shown(page) == {CHAIR, FEDERATION, CITY, PROVINCE, STATION, CONTEST}
    assert page.url.endswith(f"#focus={CHAIR}&depth=2")
    page.locator("#back").click()
    page.wait_for_url(f"**#focus={CHAIR}")
    assert shown(page) == {CHAIR, FEDERATION}
    page.locator("#forward").click()
    page.wait_for_url("**depth=2")
    assert len(shown(page)) == 6
    assert page.locator("#forward").is_disabled()
    page.locator("#crumbs button", has_text="概览").click()
    until(page, "shownNodes.length === 8")
    assert page.locator("#back").is_disabled()


def test_the_browsers_own_back_button_goes_back(opened: Opener) -> None:
    page = opened(small_world())
    page.evaluate(f"focusOn('{STATION}')")
    page.evaluate("turnView('table')")
    page.go_back()
    until(page, "state.view === 'graph'")
    assert page.evaluate("state.focus.node") == STATION


def test_typing_into_a_filter_is_one_step_back(opened: Opener) -> None:
    page = opened(small_world())
    page.locator("#to-filters").click()
    page.locator('#filters [name="document"]').press_sequentially("报告甲乙")
    page.locator('#filters [name="relation"]').select_option("targets")
    assert page.evaluate("visits.length") == 3
    page.locator("#back").click()
    until(page, "state.filter.relation === ''")
    assert page.evaluate("state.filter.document") == "报告甲乙"
    page.locator("#back").click()
    until(page, "state.filter.document === ''")


def test_a_path_is_found_shown_and_told(opened: Opener) -> None:
    page = opened(small_world())
    click_node(page, CHAIR)
    page.locator("#path-from").click()
    assert "林若溪" in page.locator("#chips .linking").inner_text()
    page.keyboard.type("货车")
    page.keyboard.press("Enter")
    assert page.evaluate("[...visible()]") == [CHAIR, FEDERATION, STATION, DRIVERS]
    steps = page.locator("#panel section")
    assert steps.count() == 3
    assert "开展" in steps.nth(1).inner_text()
    steps.nth(1).locator("summary").first.click()
    steps.nth(1).locator("blockquote").wait_for()
    assert "云海省总工会建成暖心驿站。" in steps.nth(1).inner_text()
    assert page.url.endswith(f"#path={CHAIR}*{DRIVERS}")


def test_a_path_takes_no_planned_fact_and_says_when_there_is_none(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#path={CHAIR}*{CONTEST}")
    assert "没有不超过六步的联系；计划中的事实不算" in page.locator("#panel").inner_text()
    assert shown(page) == {CHAIR, CONTEST}


def test_a_path_goes_round_what_everything_is_linked_with(opened: Opener) -> None:
    graph = large_world(120)
    ids = sorted(graph)
    one, hub, other, left, right = (f"grp-{number:016x}" for number in range(5))
    for node in (one, hub, other, left, right):
        graph.add_node(
            node,
            type="GROUP",
            name=node,
            aliases=[],
            pinyin="",
            documents=[REPORT],
            rule="name",
            matched=[],
            mentions=1,
        )
    pairs = [(one, hub), (hub, other), (one, left), (left, right), (right, other), *((hub, node) for node in ids[:90])]
    for number, (start, end) in enumerate(pairs):
        graph.add_edge(
            start, end, f"fact-f{number:015x}", type="targets", confidence=0.9, rules=["verb"], sources=1,
            evidence=[evidence(REPORT, number, "甲面向乙。")],
        )  # fmt: skip
    page = opened(render(graph, max_nodes=500))
    assert page.evaluate(f"findPath({{from: '{one}', to: '{other}'}}).nodes") == [one, left, right, other]


def test_paths_are_those_of_the_command(opened: Opener) -> None:
    graph = large_world(300)
    for number, (*_, fact) in enumerate(sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2])):
        fact["confidence"] = 0.5 + (number * 7 % 10) / 20
        if number % 11 == 0:
            fact["modality"] = "planned"
    page = opened(graph)
    ids = sorted(graph)
    pairs = [(ids[number], ids[(number * 37 + 11) % 300]) for number in range(0, 300, 9)]
    for start, end in pairs:
        found = page.evaluate(f"findPath({{from: '{start}', to: '{end}'}})?.nodes ?? null")
        best = paths(graph, start, end)
        assert found == (list(best[0].nodes) if best else None)


def test_escape_ends_the_search_for_a_path(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#node={CHAIR}")
    page.locator("#path-from").click()
    page.keyboard.press("Escape")
    assert page.evaluate("linking") is None
    assert page.locator("#chips .linking").count() == 0


def test_an_address_opens_what_it_names(opened: Opener) -> None:
    assert heading(opened(small_world(), hash=f"#focus={STATION}")) == "暖心驿站"
    assert heading(opened(small_world(), hash="#focus=<img>&view=nonsense&most=-4&document=x&path=a*b")) == "概览"


@pytest.mark.parametrize(
    "action",
    [
        f"select({{node: '{STATION}'}})",
        f"focusOn('{STATION}', 2)",
        "turnView('tree')",
        "turnView('provinces')",
        "turnView('communities')",
        "turnView('table')",
        "select({line: lineOfPair.get(pairKey(facts[0].subject.id, facts[0].object.id)).id})",
        "setFilter({relation: 'holds_post', confidence: '0.5', hidden: 'PLACE,GROUP', document: '报告 &%#'})",
        "openReader(0, facts[0].evidence[0])",
        f"change({{path: {{from: '{CHAIR}', to: '{DRIVERS}'}}}})",
        "turnView('provinces'); select({group: groups()[0].id})",
    ],
)
def test_the_address_brings_back_the_state(opened: Opener, action: str) -> None:
    html = render(provincial_world(), texts=small_texts())
    page = opened(html)
    page.evaluate(action)
    asked = "JSON.stringify([state.view, state.selected, state.focus, state.path, state.reader, state.filter, state.opened])"
    again = opened(html, hash="#" + page.url.partition("#")[2])
    assert again.evaluate(asked) == page.evaluate(asked)
    assert shown(again) == shown(page)


def test_an_address_written_by_hand_is_followed(opened: Opener) -> None:
    page = opened(small_world())
    page.evaluate(f"location.hash = 'focus={CHAIR}'")
    until(page, "state.focus !== null")
    assert shown(page) == {CHAIR, FEDERATION}


def test_large_graphs_open_reduced_and_expand(opened: Opener) -> None:
    page = opened(render(large_world(600), max_nodes=40))
    assert len(shown(page)) == 40
    assert "600 个实体中联系最多的 40 个" in page.locator("#notice").inner_text()
    hidden = page.evaluate("entities.find((entity) => !visible().has(entity.id)).name")
    search(page, hidden)
    page.keyboard.press("Enter")
    assert heading(page) == hidden
    assert len(shown(page)) > 40
    page.locator("#show-all").click()
    assert len(shown(page)) == 600
    assert page.locator("#show-all").count() == 0
    page.locator("#restart").click()
    assert len(shown(page)) == 40


def test_groups_stand_for_what_they_hold_and_open(opened: Opener) -> None:
    page = opened(provincial_world())
    page.locator("#to-provinces").click()
    names = page.evaluate("[...cast.values()].map((group) => group.label)")
    assert {name for name in names if " " in name} == {"浙江省 6", "江西省 1", "不属一省或不详 1"}
    assert len(names) == 35  # also those that are missing
    click_node(page, "group-33")
    assert heading(page) == "浙江省"
    page.locator("#open-group").click()
    assert shown(page) == {FEDERATION, PROVINCE, CHAIR, STATION, CONTEST, DRIVERS}
    assert page.locator(".chip").inner_text().startswith("浙江省")
    assert page.locator("#to-graph").get_attribute("aria-pressed") == "true"


def test_communities_are_groups_named_after_their_best_linked(opened: Opener) -> None:
    page = opened(large_world(400))
    page.locator("#to-communities").click()
    groups = page.evaluate("groups().map((group) => [group.name, group.members[0].name, group.members.length])")
    assert len(groups) > 2
    assert all(name.startswith(best) for name, best, _ in groups)
    page.evaluate("openGroup(groups()[0])")
    assert len(shown(page)) == min(300, groups[0][2])


def test_the_tree_shows_who_is_under_whom(opened: Opener) -> None:
    page = opened(small_world())
    page.locator("#to-tree").click()
    assert shown(page) == {FEDERATION, CITY}
    places = page.evaluate("picture.getPositions()")
    assert places[FEDERATION]["x"] < places[CITY]["x"]
    assert page.evaluate("drawnLines.size") == 1


def test_bodies_under_one_another_in_a_circle_do_not_hang_the_tree(opened: Opener) -> None:
    graph = small_world()
    graph.add_edge(
        FEDERATION, CITY, "fact-ffffffffffffffff", type="subordinate_to", confidence=0.5, rules=["verb"], sources=1,
        evidence=[evidence(REPORT, 12, "甲隶属于乙。")],
    )  # fmt: skip
    page = opened(graph, hash="#view=tree")
    assert page.evaluate("tree().size") in (0, 2)


def test_narrow_windows_find_too(opened: Opener) -> None:
    page = opened(small_world(), size=NARROW)
    page.locator("#to-filters").click()
    page.locator('#filters [name="relation"]').select_option("targets")
    page.locator("#filters .shut").click()
    assert shown(page) == {STATION, DRIVERS}
    assert page.locator("#to-filters").evaluate("(element) => element === document.activeElement")


def keyed(page: Page, *keys: str) -> tuple[dict[str, float], float]:
    page.locator("#canvas").focus()
    for key in keys:
        page.keyboard.press(key)
    at, scale = page.evaluate("[picture.getViewPosition(), picture.getScale()]")
    return at, scale


def test_the_picture_is_moved_from_the_keyboard(opened: Opener) -> None:
    page = opened(small_world())
    at, scale = keyed(page)
    moved, _ = keyed(page, "ArrowRight", "ArrowDown")
    assert moved["x"] > at["x"]
    assert moved["y"] > at["y"]
    assert keyed(page, "+")[1] > scale
    back, whole = keyed(page, "0")
    assert back == pytest.approx(at, abs=15)
    assert whole == pytest.approx(scale, rel=0.1)  # the trail has come, and takes a row


def test_the_address_is_readable(opened: Opener) -> None:
    page = opened(small_world())
    page.evaluate("setFilter({document: '年度工作报告'})")
    assert unquote(page.url).endswith("#filter-document=年度工作报告")


def test_a_chosen_group_does_not_outlive_its_view(opened: Opener) -> None:
    page = opened(provincial_world(), hash="#view=provinces&group=group-33")
    assert heading(page) == "浙江省"
    page.locator("#to-table").click()
    assert heading(page) == "概览"
    assert page.url.endswith("#view=table")


def test_what_was_chosen_and_is_filtered_away_is_chosen_no_more(opened: Opener) -> None:
    page = opened(provincial_world())
    page.evaluate(f"select({{line: lineOfPair.get(pairKey('{STATION}', '{DRIVERS}')).id}})")
    page.evaluate("setFilter({relation: 'holds_post'})")
    assert page.evaluate("state.selected") is None
    assert page.evaluate("shownLines.get().every((line) => line.color.opacity === 1)")


def test_a_page_loaded_anew_goes_back_to_what_the_address_says(opened: Opener) -> None:
    page = opened(small_world())
    url = page.url
    page.locator("#to-tree").click()
    page.locator("#to-table").click()
    page.reload()  # now the page knows nothing of its visits, and the browser does
    page.go_back()
    until(page, "state.view === 'tree'")
    page.go_back()
    until(page, "state.view === 'graph'")
    assert page.url == url


def test_a_subtype_is_one_condition_among_others(opened: Opener) -> None:
    page = opened(provincial_world(), hash="#filter-subtype=ORG/union&filter-province=36")
    assert shown(page) == {CITY}


def test_numbers_beside_a_filter_are_those_that_pass_it(opened: Opener) -> None:
    page = opened(provincial_world(), hash="#filter-relation=holds_post")
    assert page.locator("#panel .bars").first.inner_text().split() == ["云海省总工会", "2", "林若溪", "2"]
    page.locator("#to-table").click()
    assert page.locator("#table tbody tr").first.locator("td").nth(4).inner_text() == "2"


def test_nothing_found_is_said(opened: Opener) -> None:
    page = opened(provincial_world(), hash="#filter-from=2050")
    assert "没有符合条件的实体" in page.locator("#notice").inner_text()
    assert page.locator("#panel .papers li").count() == 0
    page.locator("#notice button").click()
    assert len(shown(page)) == 8


def test_a_wrong_filter_in_the_address_is_left_out(opened: Opener) -> None:
    wrong = "filter-confidence=abc&filter-sources=x&filter-community=foo&filter-restored=foo&filter-relation=toString"
    page = opened(small_world(), hash=f"#{wrong}&filter-from=x&filter-subtype=ORG/nothing&filter-province=99")
    assert page.locator(".chip").count() == 0
    assert len(shown(page)) == 8


def test_the_map_keeps_its_places_while_the_panel_takes_room(opened: Opener) -> None:
    page = opened(small_world(), size=NARROW)
    before = page.evaluate("picture.getPositions()")
    page.evaluate(f"goTo('{CHAIR}')")
    page.evaluate(f"goTo('{FEDERATION}')")
    assert page.evaluate("picture.getPositions()") == before


def test_large_labels_are_there_after_the_table(opened: Opener) -> None:
    page = opened(large_world(200))
    before = page.evaluate("majors.size")
    page.locator("#to-table").click()
    page.locator("#to-graph").click()
    assert page.evaluate("majors.size") > 0.8 * before > 1


def test_graph_and_table_show_the_same_thing(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#focus={CHAIR}")
    page.locator("#to-table").click()
    assert page.locator("#table tbody tr").count() == 2
    page.locator("#to-graph").click()
    assert shown(page) == {CHAIR, FEDERATION}


def test_a_double_click_focuses_also_where_the_first_click_opens_something(opened: Opener) -> None:
    page = opened(render(large_world(600), max_nodes=40))
    node = page.evaluate("ranked.find((entity) => visible().has(entity.id)).id")
    at = page.evaluate("(id) => picture.canvasToDOM(picture.getPosition(id))", node)
    page.locator("#canvas").dblclick(position=at)
    until(page, "state.focus !== null")
    assert page.evaluate("state.focus.node") == node


def test_the_reader_leaves_the_panel_as_it_was(opened: Opener) -> None:
    page = opened(render(small_world(), texts=small_texts()), hash=f"#node={FEDERATION}")
    page.locator("#panel .proof summary").first.click()
    page.locator("#panel figcaption .title").first.click()
    page.keyboard.press("Escape")
    assert page.locator("#panel .proof[open]").count() == 1


def test_zooming_has_its_limits_and_the_browsers_keys_are_its_own(opened: Opener) -> None:
    page = opened(small_world())
    whole = page.evaluate("wholeScale")
    for _ in range(30):
        page.locator("#farther").click()
    assert page.evaluate("picture.getScale()") == pytest.approx(whole / 4)
    at = page.evaluate("picture.getViewPosition()")
    keyed(page, "Alt+ArrowUp", "Control+0")
    assert page.evaluate("picture.getViewPosition()") == at


def test_a_hub_says_when_not_all_its_neighbours_are_shown(opened: Opener) -> None:
    graph = large_world(300)
    hub, *others = sorted(graph)
    for number, other in enumerate(others[:250]):
        graph.add_edge(
            hub, other, f"fact-e{number:015x}", type="organises", confidence=0.9, rules=["verb"], sources=1,
            evidence=[evidence(REPORT, number, "甲办乙。")],
        )  # fmt: skip
    page = opened(graph, hash=f"#focus={hub}")
    assert len(shown(page)) == 201
    assert "联系最多的 201 个" in page.locator("#notice").inner_text()


def test_a_page_made_around_an_entity_can_be_left_and_addressed(opened: Opener) -> None:
    html = network(small_world(), start=f"focus={CHAIR}").generate_html()
    page = opened(html)
    assert shown(page) == {CHAIR, FEDERATION}
    page.keyboard.press("Escape")
    assert len(shown(page)) == 8
    again = opened(html, hash="#" + page.url.partition("#")[2])
    assert len(shown(again)) == 8
