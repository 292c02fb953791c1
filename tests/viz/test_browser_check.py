"""Checking what the page says: panels, evidence, citations, and documents with all that is named in them."""

from __future__ import annotations

import json

import pytest

from tests.viz.driving import NARROW, Opener, click_node, heading
from tests.viz.test_browser_find import provincial_world
from tests.viz.world import (
    CHAIR,
    CITY,
    CONTEST,
    FEDERATION,
    LONER,
    NOTICE,
    REPORT,
    STATION,
    small_texts,
    small_world,
)
from unionkg.graph.citations import bibtex, csl, gbt7714, ris
from unionkg.viz.page import render

pytestmark = pytest.mark.browser


def test_a_click_on_a_node_opens_its_posts_and_their_sentences(opened: Opener) -> None:
    page = opened(small_world())
    click_node(page, CHAIR)
    assert heading(page) == "林若溪"
    dated, current = page.locator("#panel .posts tbody tr:not(.under)").all()
    assert dated.locator("time").inner_text() == "2021"  # the latest first, those without a date last
    assert "曾任" in dated.inner_text()
    assert "主席" in current.inner_text()
    assert "经还原" in current.inner_text()
    under = page.locator("#panel .posts tr.under").nth(1)
    under.locator("summary").first.click()
    under.locator("blockquote").first.wait_for()
    assert under.locator("blockquote").all_inner_texts() == ["林若溪当选云海省总工会主席。"] * 2
    assert under.locator("blockquote").first.locator("mark").all_inner_texts() == ["林若溪", "云海省总工会"]
    citations = " ".join(under.locator("figcaption").all_inner_texts())
    assert "年度工作报告" in citations
    assert "2022-01-05" in citations
    assert "第 12–26 字" in citations
    assert "可信度 0.9 · 规则 verb" in under.inner_text()


def test_the_restored_reading_stands_beside_the_original(opened: Opener) -> None:
    page = opened(render(small_world(), texts=small_texts()), hash=f"#node={CHAIR}")
    page.locator("#panel .posts tr.under").nth(1).locator("summary").first.click()
    reading = page.locator("#panel .reading")
    assert reading.count() == 1
    assert reading.locator("blockquote").inner_text() == "林若溪被选为云海省总工会主席。"
    assert reading.locator("mark").all_inner_texts() == ["林若溪", "云海省总工会"]


def test_figures_stand_in_a_table(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#node={FEDERATION}")
    figure = page.locator("#panel .outcomes tbody tr").first
    assert figure.locator("td").first.inner_text() == "120个"
    assert "建成的驿站" in figure.inner_text()
    assert "2020 至 2021" in figure.inner_text()
    assert "暖心驿站" in figure.inner_text()
    assert "120个" in opened(small_world(), hash=f"#node={STATION}").locator("#panel .outcomes").inner_text()


def test_a_fact_without_a_date_says_when_it_was_stated(opened: Opener) -> None:
    page = opened(provincial_world(), hash=f"#node={CHAIR}")
    assert "见于 2019-05-01" in page.locator("#panel .posts").inner_text()


def test_names_codes_and_province_are_told(opened: Opener) -> None:
    graph = provincial_world()
    graph.nodes[FEDERATION].update(
        aliases=["省总", "云海工联"], former_names=["云海工联"], traditional=["雲海省總工會"]
    )
    facets = opened(graph, hash=f"#node={FEDERATION}").locator("#panel .facets")
    assert facets.inner_text().split() == [
        *("又称", "省总"),
        *("曾用名", "云海工联"),
        *("繁体", "雲海省總工會"),
        *("区划代码", "330000"),
        *("省份", "浙江省"),
    ]


def test_doubts_are_told(opened: Opener) -> None:
    graph = small_world()
    keys = [f"fact-{number:016x}" for number in (1, 2)]
    graph.graph["conflicts"] = [{"id": "c", "kind": "two_holders", "facts": keys, "reason": "一职两人"}]
    graph.graph["possible"] = [{"id": "p", "nodes": [FEDERATION, CITY], "reason": "同名"}]
    page = opened(graph, hash=f"#node={CHAIR}")
    assert page.locator("#panel .posts .badge.doubt").count() == 2
    page.locator("#panel .posts summary").first.click()
    assert "一职两人" in page.locator("#panel .posts").inner_text()
    page.evaluate(f"goTo('{CITY}')")
    assert page.locator("#panel .doubt").inner_text() == "可能与之相同： 云海省总工会 青湾市总工会 同名"


def test_planned_facts_are_marked(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#node={CONTEST}")
    assert page.locator("#panel .badge.planned").inner_text() == "计划中"


def test_a_click_on_a_line_opens_all_its_facts(opened: Opener) -> None:
    page = opened(small_world())
    middle = """([one, other]) => {
        const [a, b] = [one, other].map((id) => picture.canvasToDOM(picture.getPosition(id)));
        return {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2};
    }"""
    page.locator("#canvas").click(position=page.evaluate(middle, [CHAIR, FEDERATION]))
    assert page.locator("#panel .kind").inner_text() == "2 条事实"
    assert page.locator("#panel .facts > li").count() == 2
    assert page.locator("#panel blockquote").first.inner_text() == "林若溪当选云海省总工会主席。"


def test_sources_are_links_only_if_they_are_web_addresses(opened: Opener) -> None:
    page = opened(small_world())
    link = page.locator("#panel .papers a")
    assert link.get_attribute("href") == "https://example.org/notice"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_offsets_count_code_points_when_foreign_text_is_struck_out(opened: Opener) -> None:
    graph = small_world()
    for _, _, edge in graph.edges(data=True):
        edge["evidence"] = [
            edge["evidence"][0] | {"quote": "𠮷林若溪广告当选", "start": 5, "end": 13, "parts": [[5, 9], [11, 13]]}
        ]
    page = opened(graph, hash=f"#node={CHAIR}")
    page.locator("#panel summary").first.click()
    quote = page.locator("#panel blockquote").first
    quote.wait_for()
    assert quote.locator("s").all_inner_texts() == ["广告"]
    assert quote.locator("mark").all_inner_texts() == ["林若溪"]


def test_a_node_without_facts_says_so(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#node={LONER}")
    assert "没有以此为主语或宾语的事实" in page.locator("#panel").inner_text()


def test_a_document_is_cited_as_the_standards_say_and_the_citation_is_copied(opened: Opener) -> None:
    graph = small_world()
    page = opened(graph, hash=f"#document={REPORT}")
    page.locator("#reader .citing summary").click()
    (paper,) = (paper for paper in graph.graph["documents"] if paper["id"] == REPORT)
    *written, item = page.locator("#reader pre").all_inner_texts()
    assert written == [gbt7714(paper), bibtex(paper), ris(paper)]
    assert json.loads(item) == [csl(paper)]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator('#reader [data-form="BibTeX"]').click()
    page.locator('#reader [data-form="BibTeX"]', has_text="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == bibtex(paper)


def test_a_document_opens_at_the_sentence_with_all_that_is_named_in_it(opened: Opener) -> None:
    page = opened(render(small_world(), texts=small_texts()), hash=f"#node={STATION}")
    page.locator("#panel summary").first.click()
    page.locator("#panel figcaption .title").first.click()
    reader = page.locator("#reader")
    assert reader.locator("h2").inner_text() == "年度工作报告"
    assert "".join(reader.locator(".said").all_inner_texts()) == "云海省总工会建成暖心驿站。"
    assert reader.locator("button.mention").all_inner_texts() == ["林若溪", "云海省总工会", "云海省总工会"]
    assert reader.locator(".two").count() == 0
    assert reader.locator(".line").first.inner_text() == "年度工作报告"
    reader.locator("button.mention").first.click()
    assert heading(page) == "林若溪"
    assert reader.is_hidden()


def test_a_restored_document_is_shown_as_printed_and_as_restored(opened: Opener) -> None:
    page = opened(render(small_world(), texts=small_texts()), hash=f"#document={NOTICE}")
    original, restored = page.locator("#reader .line:not(.head)").first.locator("p").all()
    assert original.inner_text().startswith("。。。林若溪当选云海省总工会主席。。乱入广告")
    assert original.locator("s").all_inner_texts() == ["乱入广告"]
    assert original.locator("s").first.get_attribute("title") == "垃圾信息"
    assert original.locator("u").all_inner_texts() == ["当选"]
    assert restored.inner_text().startswith("。。。林若溪被选为云海省总工会主席。。。")
    assert "乱入广告" not in restored.inner_text()
    assert restored.locator("ins").all_inner_texts() == ["被选为"]
    assert restored.locator("ins").get_attribute("title") == "当选 · spin"
    assert "雲" in restored.inner_text()  # a change of script alone is not marked
    assert restored.locator(".mention").all_inner_texts() == ["林若溪", "云海省总工会"]


def test_the_way_back_from_a_document(opened: Opener) -> None:
    page = opened(render(small_world(), texts=small_texts()), hash=f"#focus={CHAIR}")
    page.evaluate("openReader(0)")
    assert page.locator("#main").evaluate("(element) => element.inert")
    page.keyboard.press("Escape")
    assert page.locator("#reader").is_hidden()
    assert page.evaluate("state.focus.node") == CHAIR
    page.go_back()
    page.locator("#reader h2").wait_for()
    page.locator("#leave").click()
    assert page.locator("#reader").is_hidden()


def test_only_what_a_document_says_can_be_shown(opened: Opener) -> None:
    page = opened(render(small_world(), texts=small_texts()), hash=f"#document={NOTICE}")
    page.locator("#reader .actions button").click()
    assert page.locator("#reader").is_hidden()
    assert page.evaluate("filtered().facts.length") == 0  # no entity of this world says that it is named there
    assert page.locator(".chip").count() == 1


def test_a_document_without_its_text_shows_its_sentences(opened: Opener) -> None:
    page = opened(small_world(), hash=f"#document={REPORT}")
    assert "此页未带全文" in page.locator("#reader").inner_text()
    assert page.locator("#reader blockquote").all_inner_texts() == [
        "林若溪当选云海省总工会主席。",
        "云海省总工会建成暖心驿站。",
        "云海省总工会将举办匠心杯。",
    ]


def test_a_document_is_readable_in_a_narrow_window(opened: Opener) -> None:
    page = opened(render(small_world(), texts=small_texts()), hash=f"#document={NOTICE}", size=NARROW)
    assert page.evaluate("document.querySelector('#reader').scrollWidth") <= NARROW[0]
