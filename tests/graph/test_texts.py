"""Texts come back from their file as they were, one at a time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unionkg.errors import NotAKnowledgeGraph
from unionkg.graph.segments import SCRIPT, Edit
from unionkg.graph.texts import DocumentText, Foreign, Named, TextFile, read_texts, write_texts

PLAIN = DocumentText(document="ab#1", text="青海省总工会")
WHOLE = DocumentText(
    document="ab#2",
    text="總工會開雲",
    mentions=(Named(0, 3, "org-1"),),
    foreign=(Foreign(3, 5, "spam"),),
    edits=(Edit(0, 3, "总工会", SCRIPT), Edit(3, 5, "", "spam-brand", 0.9)),
)


def written(path: Path, *texts: DocumentText) -> Path:
    write_texts(texts, path)
    return path


@given(st.lists(st.text() | st.text('\u2028\u2029\x85\r\n\0\ufffd"\\')))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_line_and_comes_back(tmp_path: Path, texts: list[str]) -> None:
    told = [DocumentText(document=str(number), text=text) for number, text in enumerate(texts)]
    path = written(tmp_path / "texts.jsonl", *told)
    assert path.read_bytes().count(b"\n") == len(told)
    assert list(read_texts(path)) == told


def test_a_text_reads_as_its_author_wrote_it(tmp_path: Path) -> None:
    [told] = read_texts(written(tmp_path / "texts.jsonl", WHOLE))
    assert told == WHOLE
    assert told.restored.text == "总工会"
    assert told.reading(1, 5) == "工会"


def test_a_file_and_a_stream_hold_the_same(tmp_path: Path) -> None:
    stream = BytesIO()
    write_texts([PLAIN, WHOLE], stream)
    assert written(tmp_path / "texts.jsonl", PLAIN, WHOLE).read_bytes() == stream.getvalue()
    assert stream.getvalue().splitlines()[0] == '{"document":"ab#1","text":"青海省总工会"}'.encode()


def test_some_documents_are_found_among_others(tmp_path: Path) -> None:
    path = written(tmp_path / "texts.jsonl", PLAIN, WHOLE)
    assert list(read_texts(path, ["ab#2", "gone"])) == [WHOLE]
    assert list(read_texts(path, ())) == []


def test_the_others_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_bytes(b'{"document":"ab#1","text":7}\n{"document":"ab#2","text":"\xe5\xb7\xa5"}\n')
    assert [told.text for told in read_texts(path, ["ab#2"])] == ["工"]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b'{"document":"ab","text":7}',
        b'{"text":"x"}',
        b'"x"',
        b"\xff",
        b'{"document":"ab","text":"unions","edits":[[5,3,"x","r",1.0]]}',
        b'{"document":"ab","text":"unions","edits":[[0,3,"x","r",1.0],[2,4,"y","r",1.0]]}',
        b'{"document":"ab","text":"unions","edits":[[2,4,"x","r",1.0],[0,1,"y","r",1.0]]}',
        b'{"document":"ab","text":"unions","edits":[[5,7,"x","r",1.0]]}',
        b'{"document":"ab","text":"unions","mentions":[[0,7,"org-1"]]}',
        b'{"document":"ab","text":"unions","mentions":[[-2,2,"org-1"]]}',
        b'{"document":"ab","text":"unions","foreign":[[3,2,"spam"]]}',
    ],
)
def test_a_damaged_line_is_said_when_it_is_come_to(tmp_path: Path, line: bytes) -> None:
    path = written(tmp_path / "texts.jsonl", PLAIN)
    path.write_bytes(path.read_bytes() + line + b"\n")
    texts = read_texts(path)
    assert next(texts) == PLAIN
    with pytest.raises(NotAKnowledgeGraph, match=r"texts.jsonl, line 2: no text as"):
        next(texts)


def test_edits_and_mentions_may_reach_to_the_ends_and_touch(tmp_path: Path) -> None:
    edits = (
        Edit(0, 0, "甲", "r"),
        Edit(0, 3, "乙", "r"),
        Edit(3, 3, "丙", "r"),
        Edit(3, 5, "", "r"),
        Edit(5, 5, "丁", "r"),
    )
    told = msgspec.structs.replace(WHOLE, edits=edits, mentions=(Named(0, 5, "org-1"), Named(0, 5, "org-2")))
    assert list(read_texts(written(tmp_path / "texts.jsonl", told))) == [told]


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotAKnowledgeGraph, match="cannot be read: No such file"):
        next(read_texts(tmp_path / "texts.jsonl"))


@given(st.lists(st.text(), min_size=1, max_size=9), st.randoms())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_of_a_file_is_had_at_once_in_any_order(tmp_path: Path, texts: list[str], order: Random) -> None:
    told = [DocumentText(document=str(number), text=text) for number, text in enumerate(texts)]
    file = TextFile(written(tmp_path / "texts.jsonl", *told))
    order.shuffle(told)
    assert [file[one.document] for one in told] == told
    assert "none" not in file
    with pytest.raises(KeyError):
        file["none"]


def test_texts_stay_those_of_the_file_that_was_opened(tmp_path: Path) -> None:
    path = written(tmp_path / "texts.jsonl", PLAIN, WHOLE)
    file = TextFile(path)
    written(tmp_path / "new.jsonl", DocumentText(document="ab#2", text="新")).replace(path)
    assert file["ab#2"] == WHOLE


def test_a_damaged_file_of_texts_is_said_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path / "texts.jsonl", PLAIN)
    with path.open("ab") as stream:
        stream.write(b'{"document": 1}\n')
    with pytest.raises(NotAKnowledgeGraph, match="line 2"):
        TextFile(path)
    path.write_bytes(b'{"document":"a","text":"b","mentions":[[0,9,"org-1"]]}\n')
    with pytest.raises(NotAKnowledgeGraph, match="leaves the text"):
        TextFile(path)["a"]
    with pytest.raises(NotAKnowledgeGraph, match="cannot be read"):
        TextFile(tmp_path / "none.jsonl")
