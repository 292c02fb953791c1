"""The edit list tells what was done to every character, by which rule and how surely."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.nlp.restoration import RULES, Restoration, restoration
from unionkg.nlp.restore import author_text

SPUN = (
    "開云app下載 清溪市總工會深刻展開“五年夜舉動”，晉陞職工生涯品德，加大力度平易近包養網主治理，扶植財產工人步包養行情隊。\n"
    "首页 > 新闻 > 正文\n……\n新失業形狀休息者“好的。”藍玉華點了點頭。餐與加入工會，感觸感染到暖和。"
)
from unionkg.nlp.spam import CONFIDENCE
from unionkg.nlp.spin import PRIOR, RULE


def test_the_edits_lead_from_the_original_to_the_result() -> None:
    found = restoration(SPUN)
    assert "".join(one.original for one in found.edits) == SPUN
    assert "".join(one.restored for one in found.edits) == author_text(SPUN)
    assert (found.is_spun, found.family, found.suspect) == (True, "b", None)


@pytest.mark.parametrize(
    ("original", "restored", "op", "rule"),
    [
        ("開云app下載 ", "", "delete", "spam-brand"),
        ("清溪市", "清溪市", "keep", ""),
        ("總工會", "总工会", "map", "script"),
        ("年夜", "大", "replace", "spun-r"),
        ("財產", "产业", "replace", "script+spun-r"),
        ("餐與加入", "参加", "replace", "script+spun-u"),
        ("首页 > 新闻 > 正文", "", "delete", "navigation"),
        ("“好的。”藍玉華點了點頭。", "", "delete", "novel-quote"),
    ],
)
def test_each_edit_has_its_kind_and_rule(original: str, restored: str, op: str, rule: str) -> None:
    edits = {(one.original, one.restored, one.op, one.rule) for one in restoration(SPUN).edits}
    assert (original, restored, op, rule) in edits


def test_known_words_are_surer_than_possible_ones() -> None:
    sure = {one.rule: one.confidence for one in restoration(SPUN).edits}
    assert sure[""] == sure["script"] == 1
    assert 1 > sure["script+spun-u"] > sure["spun-r"] > sure["spun-c"] > 0.6


def test_noise_is_in_the_originals_offsets_and_nothing_stands_twice() -> None:
    found = [(SPUN[one.start : one.end], one.kind) for one in restoration(SPUN).noise]
    assert found == [
        ("開云app下載", "spam"),
        ("包養網", "spam"),
        ("包養行情", "spam"),
        ("首页 > 新闻 > 正文", "navigation"),
        ("……", "ellipsis"),
        ("“好的。”藍玉華點了點頭。", "foreign_sentence"),
    ]


@given(st.text("工會包養網年夜平易近步隊餐與加入“好的。”她點頭……\n\r 1a(ā)開云體育首页>", max_size=80))
def test_it_covers_any_text_and_survives_json(text: str) -> None:
    found = restoration(text)
    assert "".join(one.original for one in found.edits) == text
    assert all(0 < one.confidence <= 1 for one in found.edits)
    assert {name for one in found.edits for name in one.rule.split("+") if name} <= RULES.keys()
    assert msgspec.json.decode(msgspec.json.encode(found), type=Restoration) == found


def test_every_rule_of_an_edit_is_explained() -> None:
    assert set(CONFIDENCE) | {RULE.format(kind.lower()) for kind in PRIOR} <= set(RULES)
