"""A build leaves the text of every document as it may be shown, and the graph quotes it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import unionkg
from tests.conftest import ROOT
from tests.unionkg.content import content
from tests.unionkg.hostile import RULES
from unionkg import KG, building, fingerprint
from unionkg.errors import MissingEvidence, NotAKnowledgeGraph
from unionkg.evidence import check_texts
from unionkg.graph.attributes import EvidenceAttributes, edges, nodes, outcomes
from unionkg.graph.build import build_from
from unionkg.graph.records import Records
from unionkg.graph.segments import Edit
from unionkg.graph.spots import short_document
from unionkg.graph.texts import DocumentText, ReadText
from unionkg.nlp.extract import extract_with_edits
from unionkg.nlp.reading import read_documents

TEXTS = {
    "a.txt": "2024年5月6日，湖南省总工会在长沙市召开第七次全体会议。欧阳听泉当选湖南省总工会主席。\n联系电话：13912345678。\n",
    "b.txt": "歐陽聽泉任湖南省總工會主席。湖南省總工會慰問職工3萬人次。\n",
    "c.txt": "湖南省总工会副主席南宫照野到湖南省总工会欧阳听泉劳模工作室慰问职工200人。\n",
    "d.txt": "今天天气很好。\n",
}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with four documents, one of which names nothing."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def example(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> KG:
    """The graph of the example corpus."""
    return unionkg.build([corpus], tmp_path_factory.mktemp("example") / "KG", options=RULES, workers=0)


def build(documents: Path, out: Path, **more: Any) -> KG:
    return unionkg.build([documents], out, options=RULES, workers=0, **more)


def quotes(kg: KG) -> Iterator[EvidenceAttributes]:
    for owner in [*(fact for *_, fact in edges(kg.graph)), *outcomes(kg.graph)]:
        yield from owner["evidence"]


def text_of(kg: KG, name: str) -> DocumentText:
    """The text of the document of this file name."""
    [document] = (paper["id"] for paper in kg.graph.graph["documents"] if paper["name"] == name)
    [told] = kg.texts([document])
    return told


def check_all(kg: KG) -> None:
    """Each document has its text, the quotes stand in it, and it names what the graph says that it names."""
    texts = {told.document: told for told in kg.texts()}
    assert list(texts) == [paper["id"] for paper in kg.graph.graph["documents"]]
    for piece in quotes(kg):
        assert texts[piece["document"]].text[piece["start"] : piece["end"]] == piece["quote"]
    mentioned = Counter(mention.entity for told in texts.values() for mention in told.mentions)
    assert mentioned == Counter({node: entity["mentions"] for node, entity in nodes(kg.graph) if entity["mentions"]})
    for told in texts.values():
        assert list(told.mentions) == sorted(told.mentions)
        for stretches in (told.foreign, told.edits):
            places = [place for stretch in stretches for place in stretch[:2]]
            assert places == sorted(places)


def test_every_quote_of_the_example_corpus_stands_in_its_text(example: KG) -> None:
    check_all(example)
    assert sum(1 for _ in quotes(example)) > 100
    assert example.altered() == {}
    assert "texts.jsonl" in example.manifest.outputs


def test_a_spun_text_is_restored_and_its_mentions_stay_at_their_places(example: KG, corpus: Path) -> None:
    told = text_of(example, "04_gansu_spun.txt")
    assert told.text == (corpus / "04_gansu_spun.txt").read_text("utf-8")
    [document] = read_documents(corpus / "04_gansu_spun.txt")
    extraction, edits = extract_with_edits(document, RULES)
    assert told.edits == edits
    assert told.restored.text != told.text
    assert [(one.start, one.end) for one in told.mentions] == [(one.start, one.end) for one in extraction.mentions]
    respelt = 0
    for mention, said in zip(told.mentions, extraction.mentions, strict=True):
        entity = example.graph.nodes[mention.entity]
        assert told.text[mention.start : mention.end] == said.text
        assert "".join(told.reading(mention.start, mention.end).split()) == "".join(said.norm.split())
        assert said.norm in {entity["name"], *entity["aliases"]}
        respelt += said.text != said.norm
    assert respelt


def test_another_script_is_an_edit(example: KG) -> None:
    told = text_of(example, "02_guizhou_traditional.txt")
    assert "總工會" in told.text
    assert "總工會" not in told.restored.text
    assert "总工会" in told.restored.text


def test_foreign_stretches_are_told(example: KG) -> None:
    kinds = {one.kind for told in example.texts() for one in told.foreign}
    assert {"spam", "navigation"} <= kinds


def test_numbers_are_masked_and_a_text_that_names_nothing_is_there(documents: Path, tmp_path: Path) -> None:
    kg = build(documents, tmp_path / "KG")
    check_all(kg)
    assert text_of(kg, "a.txt").text == TEXTS["a.txt"].replace("13912345678", "139●●●●●●●●")
    assert text_of(kg, "d.txt") == DocumentText(document=text_of(kg, "d.txt").document, text=TEXTS["d.txt"])


def test_a_number_that_an_advert_parts_is_hidden_in_quote_and_text(tmp_path: Path) -> None:
    """As long as the advert stands in it no pattern fits the number, and the quote showed it."""
    text = "湖南省总工会主席欧阳听泉慰问职工200人，电话139澳门新葡京娱乐场1234澳门新葡京娱乐场5678。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    [document] = read_documents(tmp_path / "a.txt")
    extraction, _ = extract_with_edits(document, RULES)
    gaps = [place for place in range(len(text)) if text.startswith("澳门新葡京娱乐场", place)]
    edits = tuple(Edit(gap, gap + 8, "", "spam-brand") for gap in gaps)
    with Records() as records:
        build_from(lambda: [extraction], records, text_of=lambda document: ReadText(text, edits))
        check_texts(records)
        [told] = records.texts()
        assert told.text == text.replace("1234", "●●●●").replace("5678", "●●●●")
        assert all("1234" not in piece["quote"] for piece in records.evidence())
        assert list(records.evidence())


def test_any_characters_of_a_text_survive(tmp_path: Path) -> None:
    """Lone surrogates are U+FFFD from the readers on; line ends of other kinds end no line of the file."""
    said = r"湖南省总工会主席欧阳听泉\ud800\u2028慰问职工\u0085二百\u0001人😀。"
    (tmp_path / "a.jsonl").write_text(f'{{"text": "{said}"}}', "utf-8")
    (tmp_path / "b.html").write_text("<p>湖南省总工会主席欧阳听泉&#xD800;慰问职工200人。</p>", "utf-8")
    kg = build(tmp_path, tmp_path / "KG")
    check_all(kg)
    assert text_of(kg, "a.jsonl").text == "湖南省总工会主席欧阳听泉\ufffd\u2028慰问职工\x85二百\x01人😀。"
    assert "听泉\ufffd慰问" in text_of(kg, "b.html").text


def test_quotes_that_the_text_does_not_show_do_not_pass(documents: Path) -> None:
    [document] = read_documents(documents / "b.txt")
    extraction, _ = extract_with_edits(document, RULES)
    with Records() as records:
        build_from(lambda: [extraction], records)
        records.add_text(DocumentText(document=document.id, text="另一篇文章"))
        with pytest.raises(MissingEvidence, match="was not read at"):
            check_texts(records)


# Ledgers


def states(kg: KG) -> list[str]:
    assert kg.manifest.ledger is not None
    return [verdict.state for verdict in kg.manifest.ledger.judgements]


def judge(path: Path, *judgements: dict[str, str]) -> Path:
    path.write_text("\n".join(json.dumps(one) for one in judgements), "utf-8")
    return path


def test_who_was_taken_down_is_in_no_text(documents: Path, tmp_path: Path) -> None:
    kg = build(documents, tmp_path / "KG")
    [(gone, _)] = kg.entity("欧阳听泉")
    assert any(mention.entity == gone for told in kg.texts() for mention in told.mentions)
    ledger = judge(tmp_path / "ledger.jsonl", {"judgement": "forget", "subject": gone})
    kg = build(documents, tmp_path / "KG", ledger=ledger)
    check_all(kg)
    assert states(kg) == ["applied"]
    data = (kg.folder / "texts.jsonl").read_text("utf-8")
    for name in ("欧阳听泉", "歐陽聽泉", "听泉", "聽泉"):
        assert name not in data
    for told in kg.texts():
        assert "欧阳听泉" not in told.restored.text
    told = text_of(kg, "b.txt")
    assert told.text.startswith("●●●●任湖南省總工會主席。")
    assert told.restored.text.startswith("●●●●任湖南省总工会主席。")
    assert all(mention.entity != gone for told in kg.texts() for mention in told.mentions)


def test_a_forgotten_document_and_a_second_file_of_the_same_bytes_have_no_text(documents: Path, tmp_path: Path) -> None:
    shutil.copy(documents / "b.txt", documents / "z.txt")
    kg = build(documents, tmp_path / "KG")
    assert len(list(kg.texts())) == 4
    gone = text_of(kg, "a.txt").document
    ledger = judge(tmp_path / "ledger.jsonl", {"judgement": "forget", "subject": short_document(gone)})
    kg = build(documents, tmp_path / "KG", ledger=ledger)
    check_all(kg)
    assert len(list(kg.texts())) == 3
    assert list(kg.texts([gone])) == []


def test_a_forgotten_record_has_no_text(tmp_path: Path) -> None:
    rows = [json.dumps({"text": text}) for text in TEXTS.values()]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(rows), "utf-8")
    kg = build(path, tmp_path / "KG")
    check_all(kg)
    first, second, *_ = (told.document for told in kg.texts())
    assert [told.text for told in kg.texts([second])] == [TEXTS["b.txt"].strip()]
    ledger = judge(tmp_path / "ledger.jsonl", {"judgement": "forget", "subject": short_document(first)})
    kg = build(path, tmp_path / "KG", ledger=ledger)
    check_all(kg)
    assert next(kg.texts()).document == second


def test_what_a_ledger_joins_retypes_and_adds_is_named_by_its_node(documents: Path, tmp_path: Path) -> None:
    kg = build(documents, tmp_path / "KG")
    [(one, _)], [(other, _)] = kg.entity("欧阳听泉"), kg.entity("南宫照野")
    added = {
        "judgement": "add_fact",
        "subject": "PERSON:闻人秋水",
        "object": "ORG/union:湖南省总工会",
        "value": "holds_post",
        "role": "主席",
        "why": "见省志，电话：13912345678",
    }
    ledger = judge(tmp_path / "ledger.jsonl", {"judgement": "same", "subject": one, "object": other}, added)
    kg = build(documents, tmp_path / "KG", ledger=ledger)
    check_all(kg)
    assert states(kg) == ["applied", "applied"]
    told = text_of(kg, "c.txt")
    place = told.text.index("南宫照野")
    assert one in {mention.entity for mention in told.mentions if mention.start == place}
    assert text_of(kg, "ledger").text == "见省志，电话：139●●●●●●●●"


# The folder


def test_a_folder_without_texts_is_read_and_the_next_build_makes_them(documents: Path, tmp_path: Path) -> None:
    kg = build(documents, tmp_path / "KG")
    before = content(kg.folder)
    (kg.folder / "texts.jsonl").unlink()
    kg = unionkg.load(kg.folder)
    assert list(kg.texts()) == []
    assert kg.altered() == {"texts.jsonl": "is missing"}
    assert len(kg.graph)
    assert kg.sparql("ASK { ?union a ukg:TradeUnion }")
    assert content(build(documents, tmp_path / "KG").folder) == before


def test_a_text_that_somebody_edits_is_noticed(documents: Path, tmp_path: Path) -> None:
    kg = build(documents, tmp_path / "KG")
    before = content(kg.folder)
    (kg.folder / "texts.jsonl").write_bytes(b"{}\n")
    assert kg.altered() == {"texts.jsonl": "is not what the build wrote"}
    with pytest.raises(NotAKnowledgeGraph, match=r"texts.jsonl, line 1"):
        list(kg.texts())
    assert content(build(documents, tmp_path / "KG").folder) == before


def test_texts_from_the_cache_are_the_same_and_need_no_document(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (build(documents, tmp_path / "KG").folder / "texts.jsonl").read_bytes()
    monkeypatch.setattr(building, "extract_files", lambda *_, **__: pytest.fail("a document was read"))
    kg = build(documents, tmp_path / "KG", base="https://example.org/unions/")
    assert kg.manifest.times.from_cache == 4
    assert (kg.folder / "texts.jsonl").read_bytes() == before


def test_another_way_of_packing_is_another_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint.fingerprint(RULES)
    assert fingerprint.fingerprint(RULES) == before
    monkeypatch.setattr(fingerprint, "PACKED_BY", ("corpus.py", "cache.py"))
    assert fingerprint.fingerprint(RULES) != before


KILLED = """
import os, signal, sys
from unionkg.building import build
from unionkg.graph import texts
from unionkg.nlp.extract import Options

def write_and_die(told, out):
    out.write_text("{", "utf-8")
    os.kill(os.getpid(), signal.SIGKILL)

texts.write_texts = write_and_die
build([sys.argv[1]], sys.argv[2], options=Options(ner="rules"), workers=0)
"""


def test_a_build_that_is_killed_over_the_texts_leaves_none(documents: Path, tmp_path: Path) -> None:
    out = tmp_path / "KG"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(documents), str(out)], cwd=ROOT, env=dict(os.environ), check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert not out.exists()
    assert build(documents, out).manifest.times.from_cache == 4
    assert content(out) == content(build(documents, tmp_path / "afresh").folder)
    assert {path.name for path in tmp_path.iterdir()} == {"documents", "KG", "afresh"}
