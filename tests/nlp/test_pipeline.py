"""A plain spaCy program with our factories finds what `extract` finds."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config_from_str, load_model_from_config

from tests.nlp.extracted import document
from unionkg.graph.model import Document
from unionkg.nlp.extract import Options, extract, extraction_of
from unionkg.nlp.pipeline import COMPONENTS, pipeline

CLEAN = """甘肃省总工会部署“暖途行动”
2024-03-05 10:00 来源：甘肃工人报 作者：岑望舒
3月4日，甘肃省总工会十四届三次全委会在兰州召开。甘肃省总工会主席韦知秋主持会议。
会议印发《职工疗休养管理办法》。甘肃省总工会联合省人社厅开展“暖途行动”活动，建成“暖途驿站”120个，投入350万元。
会议选举覃小满为甘肃省总工会副主席。兰州市总工会将关爱货车司机。
省总工会弘扬劳模精神，推迟举办“陇原行动”活动。
（责任编辑：欧阳青禾）
"""
TRADITIONAL = """貴州省總工會召開會議
貴州省總工會主席岑望舒出席「黔工行動」啟動儀式。貴州省總工會聯合省司法廳印發《職工法律援助辦法》，幫助農民工1,200人次。
著名勞模韋知秋沿著烏江走訪，貴陽市總工會組織部部長覃小滿陪同。
"""
INJECTED = """青海省总工会慰问一线职工
青海省总工会主席岑望舒走访西宁市困难职工。包养网青海省总工会开展“青暖行动”包养活动，慰问户外劳动者3200人次。
西宁市总工会甜心花园建成驿站20个。
"""
TEXTS = {"clean": CLEAN, "traditional": TRADITIONAL, "injected": INJECTED}
OUR_TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": "unionkg.tokenizer.v1"}}}

every_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


@pytest.fixture(scope="module")
def program() -> Language:
    """What a reader of spaCy's documentation would write."""
    nlp = spacy.blank("zh", config=OUR_TOKENIZER)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def found_by(nlp: Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)  # spans live as long as their Doc
    return [(span.text, span.label_) for span in doc.spans["unionkg"]]


@every_text
def test_it_finds_the_very_extraction(program: Language, text: str) -> None:
    assert extraction_of(program(text), document(text)) == extract(document(text))


@every_text
def test_spans_entities_statements_and_figures_are_those_of_the_extraction(program: Language, text: str) -> None:
    doc, extraction = program(text), extract(document(text))
    entities = {entity.id: entity for entity in extraction.entities}
    assert [(span.text, span.label_, span._.entity.name) for span in doc.spans["unionkg"]] == [
        (
            doc._.restored.text[slice(*doc._.restored.segments.to_working(one.start, one.end))],
            entities[one.entity].type,
            entities[one.entity].name,
        )
        for one in extraction.mentions
    ]
    assert sorted((one.type, one.subject.name, one.object.name, one.role or "") for one in doc._.statements) == sorted(
        (one.type, entities[one.subject].name, entities[one.object].name, one.role or "")
        for one in (*extraction.relations, *extraction.denied)
    )
    assert [(one.value, one.unit, one.kind) for one in doc._.figures] == [
        (one.value, one.unit, one.kind) for one in extraction.outcomes
    ]


@every_text
def test_entities_of_the_doc_are_its_spans(program: Language, text: str) -> None:
    doc = program(text)
    assert list(doc.ents) == list(doc.spans["unionkg"])
    for span in doc.spans["unionkg"]:
        assert span.label_ == span._.entity.type
        assert span.kb_id_ == (span._.entity.code or "")
        assert doc.text[span.start_char : span.end_char] == span.text


@every_text
def test_the_tokens_joined_are_the_working_text(program: Language, text: str) -> None:
    doc = program(text)
    assert "".join(token.text for token in doc) == doc.text == doc._.restored.text
    assert len(doc._.layout.folded) == len(doc.text)


def test_what_is_expected_is_found(program: Language) -> None:
    assert ("岑望舒", "PERSON") in found_by(program, TRADITIONAL)
    assert ("贵阳市总工会组织部", "ORG") in found_by(program, TRADITIONAL)
    assert ("著名", "PERSON") not in found_by(program, TRADITIONAL)
    assert not [span for span, _ in found_by(program, INJECTED) if "包养" in span or "甜心" in span]
    doc = program(CLEAN)
    assert {one.type for one in doc._.statements} >= {"holds_post", "organises", "issues", "partners_with", "attends"}
    assert [one for one in doc._.statements if one.denied]
    assert (doc._.metadata.date, doc._.metadata.source) == ("2024-03-05", "甘肃工人报")


@every_text
def test_a_pipeline_made_from_the_saved_configuration_finds_the_same(program: Language, text: str) -> None:
    config = load_config_from_str(program.config.to_str())
    again = load_model_from_config(config)
    assert again.pipe_names == list(COMPONENTS)
    assert extraction_of(again(text), document(text)) == extract(document(text))


def test_a_saved_pipeline_loads_and_finds_the_same(program: Language, tmp_path: Path) -> None:
    program.to_disk(tmp_path / "pipeline")
    assert found_by(spacy.load(tmp_path / "pipeline"), CLEAN) == found_by(program, CLEAN)


def test_a_batch_gives_what_single_texts_give(program: Language) -> None:
    assert [[(span.text, span.label_) for span in doc.ents] for doc in program.pipe([*TEXTS.values(), ""])] == [
        *(found_by(program, text) for text in TEXTS.values()),
        [],
    ]


def test_on_simplified_text_spacys_own_tokenizer_serves_as_well() -> None:
    nlp = spacy.blank("zh")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    text = "甘肃省总工会主席韦知秋主持会议。甘肃省总工会开展“暖途行动”活动，建成驿站120个。\n"
    doc = nlp(text)
    assert [(span.text, span.label_) for span in doc.ents] == [
        ("甘肃省总工会", "ORG"),
        ("韦知秋", "PERSON"),
        ("甘肃省总工会", "ORG"),
        ("“暖途行动”活动", "PROGRAMME"),
    ]
    assert {one.type for one in doc._.statements} == {"holds_post", "organises"}
    assert [one.value for one in doc._.figures] == [120]


def test_part_of_the_pipeline_can_be_used_alone() -> None:
    nlp = spacy.blank("zh", config=OUR_TOKENIZER)
    for name in ("unionkg_layout", "unionkg_places"):
        nlp.add_pipe(name)
    assert [place.name for place in nlp("會議在烏魯木齊召開。")._.places] == ["乌鲁木齐市"]


def test_the_hints_of_a_format_reach_the_metadata(program: Language) -> None:
    doc = program.make_doc("一句话新闻，没有题目。")
    doc.user_data["hints"] = {"title": "网页标题"}
    assert program(doc)._.metadata.title == "网页标题"


def test_a_mention_inside_a_word_splits_the_token(program: Language) -> None:
    doc = program("青海省总工会来信。")
    [span] = doc.spans["unionkg"]
    assert span.text == "青海省总工会"
    assert "".join(token.text for token in span) == span.text


def test_two_pipelines_with_different_settings_do_not_disturb_each_other() -> None:
    text = "那天上午，司马青云走进了车间。"
    lac, rules = pipeline("lac"), pipeline("rules")
    assert lac is not rules
    before = found_by(lac, text), found_by(rules, text)
    assert before == ([("司马青云", "PERSON")], [])
    assert (found_by(lac, text), found_by(rules, text)) == before
    assert [extract(document(text), Options(ner="rules")).mentions, found_by(lac, text)] == [(), before[0]]


def test_a_process_has_one_pipeline_for_each_setting() -> None:
    assert pipeline("lac", "rjieba") is pipeline("lac", "rjieba")
    assert pipeline("lac", "jieba") is not pipeline("lac", "rjieba")


def test_docs_do_not_share_what_was_found(program: Language) -> None:
    first: Doc = program("甘肃省总工会来信。\n")
    second: Doc = program("青海省总工会来信。\n")
    assert [one.entity.name for one in first._.linked] == ["甘肃省总工会"]
    assert [one.entity.name for one in second._.linked] == ["青海省总工会"]
    assert program.make_doc("甘肃省总工会来信。")._.candidates == []


def test_both_segmenters_lead_to_the_same_mentions() -> None:
    for text in TEXTS.values():
        by_rjieba = extract(document(text))
        by_jieba = extract(document(text), Options(segmenter="jieba"))
        assert by_jieba.mentions == by_rjieba.mentions


def test_a_document_read_twice_through_one_program_gives_the_same(program: Language) -> None:
    one = Document(id="a" * 64, path="a.txt", format="text", text=CLEAN)
    assert extraction_of(program(CLEAN), one) == extraction_of(program(CLEAN), one)
