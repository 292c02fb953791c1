"""The shipped example corpus and its gold agree with each other and with the document contract."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from unionkg.graph.exchange import check, read
from unionkg.graph.model import Extraction
from unionkg.nlp.reading import read_documents

EXAMPLES = Path(__file__).parents[2] / "examples"
DOCUMENTS = sorted((EXAMPLES / "corpus").iterdir())
GOLD = sorted((EXAMPLES / "gold").glob("*.json"))
NOISY = ("04_gansu_spun", "05_guangzhou_spam")

every_gold = pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
every_noisy = pytest.mark.parametrize("stem", NOISY)


def text_of(gold: Extraction) -> str:
    """Return the text that the offsets of `gold` count in: the decoded file, or the body beside the gold."""
    document = EXAMPLES / "corpus" / gold.doc
    if document.suffix == ".txt":
        return document.read_bytes().decode(gold.encoding or "utf-8")
    return (EXAMPLES / "gold" / f"{document.stem}.body.txt").read_bytes().decode("utf-8")


def without_noise(gold: Extraction) -> str:
    """Return the text with its noise blanked out, every offset kept: an injected sentence does not end its host."""
    text = text_of(gold)
    for noise in gold.noise:
        text = text[: noise.start] + "_" * (noise.end - noise.start) + text[noise.end :]
    return text


def test_every_document_has_gold_and_every_gold_a_document() -> None:
    assert len(DOCUMENTS) == 10
    assert [document.name for document in DOCUMENTS] == [read(path).doc for path in GOLD]
    assert [document.stem for document in DOCUMENTS] == [path.stem for path in GOLD]


@every_gold
def test_gold_keeps_the_document_contract(path: Path) -> None:
    check(read(path))


@every_gold
def test_every_mention_is_the_slice_at_its_offsets(path: Path) -> None:
    gold = read(path)
    text = text_of(gold)
    assert [text[mention.start : mention.end] for mention in gold.mentions] == [
        mention.text for mention in gold.mentions
    ]


@every_gold
def test_every_entity_is_mentioned_under_its_name_or_an_alias(path: Path) -> None:
    gold = read(path)
    for entity in gold.entities:
        forms = {mention.norm for mention in gold.mentions if mention.entity == entity.id}
        assert forms
        assert forms <= {entity.name, *entity.aliases}


@every_gold
def test_evidence_is_one_sentence_or_line_of_the_text(path: Path) -> None:
    gold = read(path)
    text = without_noise(gold)
    for fact in (*gold.relations, *gold.outcomes):
        start, end = fact.evidence
        quote = text[start:end]
        assert quote == quote.strip()
        assert "\n" not in quote
        assert "。" not in quote[:-2]
        assert end == len(text) or text[end - 1] in "。！？!?”" or text[end] == "\n"


@every_gold
def test_no_mention_lies_in_noise(path: Path) -> None:
    gold = read(path)
    text = text_of(gold)
    for noise in gold.noise:
        assert 0 <= noise.start < noise.end <= len(text)
        assert not [mention for mention in gold.mentions if mention.start < noise.end and noise.start < mention.end]


@pytest.mark.parametrize("stem", ["03_dalian_page", "10_jiangxi_liaoning"])
def test_the_readers_take_out_the_body_that_offsets_count_in(stem: str) -> None:
    gold = read(EXAMPLES / "gold" / f"{stem}.json")
    [document] = read_documents(EXAMPLES / "corpus" / gold.doc)
    assert document.body
    assert document.text == text_of(gold)


def test_the_gb18030_file_is_not_valid_utf8() -> None:
    gold = read(EXAMPLES / "gold" / "09_ningxia_gb18030.json")
    assert gold.encoding == "gb18030"
    with pytest.raises(UnicodeDecodeError):
        (EXAMPLES / "corpus" / gold.doc).read_bytes().decode("utf-8")


@every_noisy
def test_a_noisy_document_has_a_clean_original_that_holds_its_names_in_order(stem: str) -> None:
    original = (EXAMPLES / "restored" / f"{stem}.txt").read_bytes().decode("utf-8")
    gold = read(EXAMPLES / "gold" / f"{stem}.json")
    position = 0
    for mention in gold.mentions:
        position = original.index(mention.norm, position) + len(mention.norm)


@every_noisy
def test_a_clean_original_holds_no_noise(stem: str) -> None:
    original = (EXAMPLES / "restored" / f"{stem}.txt").read_bytes().decode("utf-8")
    gold = read(EXAMPLES / "gold" / f"{stem}.json")
    text = text_of(gold)
    assert gold.noise
    assert not [noise for noise in gold.noise if text[noise.start : noise.end] in original]


def test_every_document_shares_an_actor_or_a_programme_with_another() -> None:
    named = [
        {(e.type, e.name) for e in read(path).entities if e.type in ("ORG", "PERSON", "PROGRAMME")} for path in GOLD
    ]
    documents_of = Counter(key for keys in named for key in keys)
    assert all(any(documents_of[key] > 1 for key in keys) for keys in named)


def test_the_traps_are_set_in_documents_of_different_places() -> None:
    worker_and_official = {gold.doc for gold in map(read, GOLD) for entity in gold.entities if entity.name == "喻青山"}
    assert worker_and_official == {"01_jiangxi_plenary.txt", "04_gansu_spun.txt"}
    district_unions = {
        gold.doc for gold in map(read, GOLD) for entity in gold.entities if entity.name == "白云区总工会"
    }
    assert district_unions == {"02_guizhou_traditional.txt", "05_guangzhou_spam.txt"}
