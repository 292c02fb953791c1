"""Files become documents, or a reason why not."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from unionkg.errors import (
    DocumentError,
    EmptyFile,
    MissingFile,
    OversizedFile,
    UndecodableFile,
    UnknownFormat,
    UnreadableFile,
)
from unionkg.nlp.reading import LIMIT_BYTES, digest_of, find_sources, pattern_root, read_documents, read_file


def write(folder: Path, name: str, data: bytes = b"x") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def found_below(folder: Path, *paths: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_sources(paths or [folder]).files]


def test_folders_are_expanded_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/.git/x.txt", "a.txt", ".hidden", "b/1.xyz", "b/~$1.docx"):
        write(tmp_path, name)
    found = find_sources([tmp_path, tmp_path / "a.txt", tmp_path / "none.txt"])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["a.txt", "b/1.xyz", "b/2.txt"]
    [(path, error)] = found.failures
    assert path == tmp_path / "none.txt"
    assert isinstance(error, MissingFile)


def test_the_order_of_the_paths_does_not_matter(tmp_path: Path) -> None:
    first, second = write(tmp_path, "1.txt"), write(tmp_path, "2.txt")
    assert find_sources([second, first]) == find_sources([first, second])


def test_a_pattern_is_matched_at_all_levels_without_hidden_files(tmp_path: Path) -> None:
    for name in ("a.html", "b/c/d.html", "b/c/d.txt", "b/.c/e.html", "b/.f.html"):
        write(tmp_path, name)
    assert found_below(tmp_path, tmp_path / "**" / "*.html") == ["a.html", "b/c/d.html"]
    assert found_below(tmp_path, tmp_path / "b*") == ["b/c/d.html", "b/c/d.txt"]
    assert found_below(tmp_path, tmp_path / "[ab].html") == ["a.html"]


def test_a_pattern_that_matches_nothing_is_named(tmp_path: Path) -> None:
    [(path, error)] = find_sources([tmp_path / "*.html"]).failures
    assert path == tmp_path / "*.html"
    assert "no file or folder matches" in str(error)


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    write(tmp_path, "通知[1].txt")
    write(tmp_path, "通知1.txt")
    assert found_below(tmp_path, tmp_path / "通知[1].txt") == ["通知[1].txt"]


def test_the_root_of_a_pattern_is_the_folder_of_all_its_matches(tmp_path: Path) -> None:
    assert pattern_root(tmp_path / "*" / "b" / "*.txt") == tmp_path
    assert pattern_root(tmp_path) == tmp_path


def test_a_text_keeps_its_newlines_and_its_identity(tmp_path: Path) -> None:
    data = "\ufeff清溪市总工会\r\n开会\n".encode()
    [document] = read_documents(write(tmp_path, "a.TXT", data))
    assert document.text == "清溪市总工会\r\n开会\n"
    assert document.id == hashlib.sha256(data).hexdigest() == digest_of(tmp_path / "a.TXT")
    assert (document.encoding, document.format, document.body) == ("utf-8", "txt", False)
    assert document.path == (tmp_path / "a.TXT").as_posix()


def test_a_text_that_was_cut_inside_a_character_is_read(tmp_path: Path) -> None:
    data = ("清溪市总工会昨日开会，讨论职工服务工作。" * 3).encode()[:-1]
    [document] = read_documents(write(tmp_path, "a.txt", data))
    assert document.text.endswith("讨论职工服务工作\ufffd")
    assert document.body  # the text is not quite the file's, so it is written beside the extraction


def test_records_keep_their_number_when_others_are_broken(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"第{number}次会议召开。"}) for number in range(1, 1001)]
    lines[4] = lines[4][:-1]
    data = "\n".join(lines).encode()
    reading = read_file(write(tmp_path, "a.jsonl", data))
    digest = hashlib.sha256(data).hexdigest()
    assert len(reading.documents) == 999
    assert [document.id for document in reading.documents[3:5]] == [f"{digest}#4", f"{digest}#6"]
    [broken] = reading.broken
    assert str(broken).startswith("line 5: not JSON: ")


def test_a_file_with_no_record_that_can_be_used_says_why(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile, match=r"a\.jsonl: none of 2 records can be used, the first: line 1: no text"):
        read_file(write(tmp_path, "a.jsonl", b'{"a": 1}\n{"b": 2}\n'))


@pytest.mark.parametrize(
    ("name", "data", "error", "message"),
    [
        ("a.txt", b"", EmptyFile, "0 bytes"),
        ("a.txt", b" \r\n\t", EmptyFile, "no text"),
        ("a.txt", b"GIF89a" + bytes(64), UndecodableFile, "control characters"),
        ("a.docx", b"PK\3\4 broken", UnreadableFile, "not a DOCX"),
        ("a.xyz", b"x", UnknownFormat, r"\.xyz.*\.docx, .*\.txt"),
        ("noname", b"x", UnknownFormat, "without suffix"),
        ("a.txt", b"x" * 101, OversizedFile, "101 bytes, more than the limit of 100"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, name: str, data: bytes, error: type[DocumentError], message: str
) -> None:
    with pytest.raises(error, match=message) as raised:
        read_documents(write(tmp_path, name, data), limit_bytes=100)
    assert name in str(raised.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        read_documents(tmp_path / "none.txt")
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read_documents(tmp_path)
    assert digest_of(tmp_path / "none.txt") is None


def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert digest_of(tmp_path / "a.txt") is None
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read_documents(tmp_path / "a.txt")


def test_a_page_of_300_megabytes_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.html").open("wb") as file:
        file.truncate(300_000_000)  # sparse: it takes no room on the disk
    with pytest.raises(OversizedFile, match=f"300,000,000 bytes, more than the limit of {LIMIT_BYTES:,}"):
        read_documents(tmp_path / "a.html")
