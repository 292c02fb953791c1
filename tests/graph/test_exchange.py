"""Extractions as JSON, and the check of the document contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.graph.world import extraction, federation, holds, person, text_of
from unionkg.errors import InvalidExtraction, MissingEvidence
from unionkg.graph.exchange import check, from_json, read, to_json
from unionkg.graph.model import Entity, Extraction, Mention, Metadata, Noise, Outcome, Relation
from unionkg.graph.schema import ENTITY_TYPES, NOISE_KINDS, OUTCOME_BOUNDS, OUTCOME_KINDS, RELATION_TYPES

HUBEI, CHAIR = federation("湖北省"), person("岑望舒")
GUIDES = Entity(id="P", type="PROGRAMME", subtype="campaign", name="“楚暖行动”")
BUILT = Outcome(subject=HUBEI.id, value=20, unit="个", what="建成驿站", kind="result", evidence=(0, 1))
ENTITIES = (HUBEI, CHAIR, GUIDES)
TEXT = text_of(ENTITIES)
VALID = extraction("report", ENTITIES, [holds(CHAIR, HUBEI)], [BUILT])

WORDS = st.text(max_size=8)
OPTIONAL = st.none() | WORDS
INTERVALS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "evidence": INTERVALS,
    "quote": WORDS,
    "evidence_parts": st.lists(INTERVALS, max_size=3).map(tuple),
    "rule": WORDS,
    "confidence": NUMBERS,
    "restored": st.booleans(),
}
RELATIONS = st.builds(
    Relation,
    type=st.sampled_from(sorted(RELATION_TYPES)),
    subject=WORDS,
    object=WORDS,
    role=OPTIONAL,
    status=OPTIONAL,
    date=OPTIONAL,
    title=OPTIONAL,
    programme=OPTIONAL,
    modality=OPTIONAL,
    **FACTS,
)
EXTRACTIONS = st.builds(
    Extraction,
    doc=WORDS,
    document=WORDS,
    metadata=st.builds(Metadata, title=OPTIONAL, date=OPTIONAL, authors=st.lists(WORDS, max_size=2).map(tuple)),
    encoding=OPTIONAL,
    entities=st.lists(
        st.builds(
            Entity,
            id=WORDS,
            type=st.sampled_from(sorted(ENTITY_TYPES)),
            name=WORDS,
            subtype=OPTIONAL,
            aliases=st.lists(WORDS, max_size=2).map(tuple),
            traditional=st.lists(WORDS, max_size=2).map(tuple),
            code=OPTIONAL,
        ),
        max_size=3,
    ).map(tuple),
    mentions=st.lists(
        st.builds(
            Mention,
            start=st.integers(0, 10**6),
            end=st.integers(0, 10**6),
            text=WORDS,
            norm=WORDS,
            entity=WORDS,
            rule=WORDS,
            confidence=NUMBERS,
        ),
        max_size=3,
    ).map(tuple),
    relations=st.lists(RELATIONS, max_size=2).map(tuple),
    denied=st.lists(RELATIONS, max_size=1).map(tuple),
    outcomes=st.lists(
        st.builds(
            Outcome,
            subject=OPTIONAL,
            value=NUMBERS,
            value_max=st.none() | NUMBERS,
            bound=st.none() | st.sampled_from(OUTCOME_BOUNDS),
            beneficiary=OPTIONAL,
            unit=WORDS,
            what=WORDS,
            kind=st.sampled_from(OUTCOME_KINDS),
            period=OPTIONAL,
            programme=OPTIONAL,
            **FACTS,
        ),
        max_size=2,
    ).map(tuple),
    noise=st.lists(
        st.builds(Noise, start=st.integers(0), end=st.integers(0), kind=st.sampled_from(NOISE_KINDS)), max_size=2
    ).map(tuple),
    version=WORDS,
)


def changed(value: Extraction, **fields: object) -> Extraction:
    return msgspec.structs.replace(value, **fields)


def relation(**fields: object) -> Extraction:
    """Return the valid extraction with one field of its relation changed."""
    return changed(VALID, relations=(msgspec.structs.replace(VALID.relations[0], **fields),))


def outcome(**fields: object) -> Extraction:
    return changed(VALID, outcomes=(msgspec.structs.replace(VALID.outcomes[0], **fields),))


def entity(**fields: object) -> Extraction:
    return changed(VALID, entities=(msgspec.structs.replace(VALID.entities[0], **fields), *VALID.entities[1:]))


def mention(**fields: object) -> Extraction:
    return changed(VALID, mentions=(msgspec.structs.replace(VALID.mentions[0], **fields), *VALID.mentions[1:]))


@given(EXTRACTIONS)
def test_an_extraction_survives_json(value: Extraction) -> None:
    assert from_json(to_json(value)) == value
    assert to_json(from_json(to_json(value))) == to_json(value)


def test_json_is_indented_readable_utf8_with_a_last_newline() -> None:
    data = to_json(VALID)
    assert data.endswith(b"}\n")
    assert data.count(b"\n") > 20
    assert "湖北省总工会".encode() in data
    assert json.loads(data)["relations"][0]["evidence"] == [0, 6]


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_bytes(to_json(VALID))
    assert read(tmp_path / "report.json") == VALID


def test_gold_without_fields_of_ours_is_read() -> None:
    gold = from_json(
        b'{"doc": "a.txt", "metadata": {"title": null, "authors": []},'
        b' "entities": [{"id": "E1", "type": "PERSON", "name": "x", "aliases": []}],'
        b' "mentions": [{"start": 0, "end": 1, "text": "x", "norm": "x", "entity": "E1"}]}'
    )
    assert gold.document == ""
    assert gold.mentions[0].confidence == 1.0
    check(gold, "x")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not an extraction"),
        (b"[]", "object"),
        (b"{}", "doc"),
        (b'{"doc": "a.txt"}', "metadata"),
        (b'{"doc": 7, "metadata": {}}', r"\$\.doc"),
        (b'{"doc": "a", "metadata": {}, "mentions": [{"start": "0"}]}', r"\$\.mentions\[0\]\.start"),
        (b'{"doc": "a", "metadata": {}, "entities": [{"id": "E1", "type": "ORG"}]}', r"\$\.entities\[0\]"),
        (b'{"doc": "a", "metadata": {}, "relations": [{"evidence": [1]}]}', r"\$\.relations\[0\]\.evidence"),
        (b"\xff\xfe", "not an extraction"),
    ],
)
def test_json_that_is_no_extraction_is_refused_with_file_and_key(data: bytes, said: str) -> None:
    with pytest.raises(InvalidExtraction, match=rf"^out/bad\.json: .*{said}"):
        from_json(data, "out/bad.json")


def test_a_valid_extraction_passes_with_its_text_and_without() -> None:
    check(VALID, TEXT)
    check(VALID)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (entity(type="COMPANY"), "entity 湖北省总工会: unknown type 'COMPANY'; accepted: ORG"),
        (entity(subtype="club"), "entity 湖北省总工会: unknown subtype 'club'; accepted: union"),
        (entity(id="岑望舒"), "two entities have the id '岑望舒'"),
        (mention(entity="E9"), "mention '湖北省总工会' at 0 is of unknown entity 'E9'"),
        (mention(start=1, end=7), "is not at 1:7, where '北省总工会\\\\n' stands"),
        (mention(text="湖南省总工会"), "'湖南省总工会' is not at 0:6, where '湖北省总工会' stands"),
        (changed(VALID, mentions=(*VALID.mentions, VALID.mentions[1])), "two mentions overlap at 7"),
        (relation(type="likes"), "relation likes 岑望舒 -> 湖北省总工会: unknown type 'likes'; accepted: holds_post"),
        (relation(subject="E9"), "unknown subject of type 'None'; accepted: PERSON"),
        (relation(object="E9"), "unknown object of type 'None'; accepted: ORG"),
        (relation(type="governs"), "unknown subject of type 'PERSON'; accepted: ORG"),
        (relation(status="retired"), "unknown status 'retired'; accepted: current, elected, former"),
        (relation(modality="maybe"), "unknown modality 'maybe'; accepted: planned"),
        (relation(programme="E9"), "unknown programme 'E9'"),
        (outcome(subject="E9"), "outcome 20个: unknown entity 'E9'"),
        (outcome(programme="E9"), "outcome 20个: unknown entity 'E9'"),
        (outcome(beneficiary="E9"), "outcome 20个: unknown entity 'E9'"),
        (outcome(beneficiary="岑望舒"), "outcome 20个: unknown beneficiary of type 'PERSON'; accepted: GROUP"),
        (outcome(bound="almost"), "outcome 20个: unknown bound 'almost'; accepted: at_least, at_most, about"),
        (entity(traditional=("湖北省總工會",)), "entity 湖北省总工会: no mention prints the traditional form"),
        (changed(VALID, metadata=Metadata(url="javascript:alert")), "url 'javascript:alert': accepted: an absolute"),
        (outcome(kind="hope"), "outcome 20个: unknown kind 'hope'; accepted: target, result"),
        (
            changed(VALID, noise=(Noise(start=3, end=4, kind="dust"),)),
            "noise at 3: unknown kind 'dust'; accepted: spam",
        ),
        (changed(VALID, denied=(msgspec.structs.replace(VALID.relations[0], type="likes"),)), "unknown type 'likes'"),
    ],
)  # fmt: skip
def test_what_breaks_the_contract_is_refused_with_its_place(broken: Extraction, said: str) -> None:
    with pytest.raises(InvalidExtraction, match=rf"^report\.txt: .*{said}"):
        check(broken, TEXT)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (relation(evidence=(5, 5)), "evidence 5:5 is no interval"),
        (relation(evidence=(-3, 2)), "evidence -3:2 is no interval"),
        (relation(evidence=(0, 5)), "quote '湖北省总工会' is not at 0:5"),
        (relation(evidence=(1000, 1006)), "quote '湖北省总工会' is not at 1000:1006"),
        (relation(quote=""), "quote '' is not at 0:6"),
        (relation(evidence_parts=((0, 9),)), "evidence part 0:9 lies outside 0:6"),
        (relation(evidence_parts=((2, 2),)), "evidence part 2:2 lies outside 0:6"),
    ],
)
def test_a_fact_without_its_quote_in_place_is_refused(broken: Extraction, said: str) -> None:
    with pytest.raises(MissingEvidence, match=rf"^report\.txt: relation holds_post 岑望舒 -> 湖北省总工会: .*{said}"):
        check(broken, TEXT)


def test_a_figure_without_its_quote_in_place_is_refused() -> None:
    with pytest.raises(MissingEvidence, match=r"^report\.txt: outcome 20个: the quote"):
        check(outcome(quote="建成驿站20个。"), TEXT)


def test_the_place_can_be_named_by_the_caller() -> None:
    with pytest.raises(InvalidExtraction, match=r"^news/a\.json: two entities"):
        check(entity(id="岑望舒"), where="news/a.json")


def test_mentions_may_stand_in_any_order() -> None:
    check(changed(VALID, mentions=VALID.mentions[::-1]), TEXT)


@pytest.mark.parametrize(
    "broken",
    [mention(start=-len(TEXT), end=6 - len(TEXT)), mention(start=3, end=3, text=""), mention(start=4, end=2, text="")],
)
def test_a_mention_outside_the_text_or_without_width_is_refused(broken: Extraction) -> None:
    with pytest.raises(InvalidExtraction):
        check(broken, TEXT)


@pytest.mark.parametrize("folder", ["gold", "dev/gold"])
def test_gold_files_are_read_and_keep_the_contract(shared: Path, folder: str) -> None:
    files = sorted((shared / folder).glob("*.json"))
    assert files
    for path in files:
        gold = read(path)
        check(gold, where=path.name)
        assert from_json(to_json(gold)) == gold
        assert gold.entities
        assert gold.mentions


def test_mentions_of_reference_gold_are_slices_of_their_documents(shared: Path) -> None:
    for path in sorted((shared / "dev" / "gold").glob("*.json")):
        gold = read(path)
        text = (shared / "dev" / "docs" / gold.doc).read_bytes().decode(gold.encoding or "utf-8-sig")
        assert [text[one.start : one.end] for one in gold.mentions] == [one.text for one in gold.mentions]
