"""The page of a restored document shows both sides, asks for nothing, and lets nothing of the document run."""

import base64
import hashlib

from hypothesis import given
from hypothesis import strategies as st

from tests.viz.page_reader import elements
from unionkg.graph.segments import Edit, SegmentMap
from unionkg.viz.restoration import restoration_page

TEXT = "清溪市總工會包養網年夜会\n第二行<script>alert(1)</script>"
WAY = SegmentMap.from_edits(
    TEXT, [Edit(3, 4, "总", "script"), Edit(6, 9, "", "spam", 0.99), Edit(9, 11, "大", "spun-r", 0.98)]
)
RULES = {"script": "traditional script", "spun-r": "spun word"}


def page(text: str = TEXT, way: SegmentMap = WAY, title: str = "清溪.txt") -> str:
    return restoration_page(title, [(text, way)], RULES)


def changed(tag: str) -> list[tuple[str, str, str]]:
    return [(one.text, one.attributes["class"], one.attributes["title"]) for one in elements(page()) if one.tag == tag]


def test_every_change_has_its_rule_in_the_tooltip() -> None:
    assert changed("del") == [
        ("總", "map", "總 → 总\nscript (traditional script)\nconfidence 1.00"),
        ("包養網", "delete", "包養網 → ∅\nspam\nconfidence 0.99"),
        ("年夜", "replace", "年夜 → 大\nspun-r (spun word)\nconfidence 0.98"),
    ]
    assert [(text, kind) for text, kind, _ in changed("ins")] == [("总", "map"), ("大", "replace")]


def test_lines_stand_side_by_side() -> None:
    rows = [one for one in elements(page()) if one.attributes.get("class") == "row"]
    assert len(rows) == 2


def test_no_script_and_no_address_is_in_the_page_and_its_style_is_the_one_allowed() -> None:
    found = elements(page(title="<img src=x>"))
    assert not any(one.tag in {"script", "img", "link", "iframe", "a"} for one in found)
    assert "http" not in page().replace("http-equiv", "")
    (style,) = (one.text for one in found if one.tag == "style")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = (one.attributes["content"] for one in found if "http-equiv" in one.attributes)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@given(st.text("<>&\"'`{}%年夜\n\r\x00\ud800/-!", max_size=40))
def test_no_text_breaks_out_of_the_page(text: str) -> None:
    way = SegmentMap.from_edits(text, [Edit(0, len(text) // 2, text[::-1], text)] if len(text) > 1 else [])
    found = page(text, way, text)
    assert {one.tag for one in elements(found)} <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "table", "thead", "tbody", "tr", "th", "td"),
        *("code", "section", "div", "p", "del", "ins"),
    }
    assert all(set(one.attributes) <= {"class", "title"} for one in elements(found) if one.tag in {"del", "ins"})
    found.encode()
