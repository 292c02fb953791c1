"""An archive is read as a folder, and never unpacked to more than it may be."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from unionkg.errors import DocumentError, MissingFile, OversizedFile, UnknownFormat, UnreadableFile
from unionkg.nlp import read_zip
from unionkg.nlp.reading import digest_of, find_sources, read_documents

TEXT = "清溪市总工会昨天慰问环卫工人。"


def packed(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def found_in(path: Path) -> list[str]:
    return [file.relative_to(path).as_posix() for file in find_sources([path]).files]


def refused(path: Path) -> DocumentError:
    found = find_sources([path])
    assert found.files == ()
    [(named, error)] = found.failures
    assert named == path
    return error


def test_members_are_files_of_a_folder(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"b/2.html": f"<p>{TEXT}</p>".encode(), "1.txt": TEXT.encode(), "b/3.xyz": b"x"})
    assert found_in(path) == ["1.txt", "b/2.html", "b/3.xyz"]
    [document] = read_documents(path / "1.txt")
    assert (document.text, document.path, document.format) == (TEXT, f"{path.as_posix()}/1.txt", "txt")
    assert document.id == digest_of(path / "1.txt")
    assert read_documents(path / "b" / "2.html")[0].text == TEXT
    with pytest.raises(UnknownFormat, match=r"a\.zip/b/3\.xyz"):
        read_documents(path / "b" / "3.xyz")
    with pytest.raises(MissingFile, match="no such member"):
        read_documents(path / "4.txt")


def test_archives_are_found_in_folders_and_their_members_by_name(tmp_path: Path) -> None:
    packed(tmp_path / "a.ZIP", {"1.txt": TEXT.encode()})
    assert found_in(tmp_path) == ["a.ZIP/1.txt"]
    assert find_sources([tmp_path / "a.ZIP" / "1.txt"]).files == (tmp_path / "a.ZIP" / "1.txt",)


def test_hidden_members_are_skipped(tmp_path: Path) -> None:
    names = ("1.txt", ".DS_Store", "__MACOSX/._1.txt", "a/.b/2.txt", "~$1.docx")
    assert found_in(packed(tmp_path / "a.zip", dict.fromkeys(names, b"x"))) == ["1.txt"]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_names_without_a_mark_are_decoded(tmp_path: Path, encoding: str) -> None:
    name = "工會通訊/第一期.txt" if encoding == "big5" else "工会通讯/第一期.txt"
    stored = name.encode(encoding)
    placeholder = "x" * len(stored)
    packed(tmp_path / "a.zip", {placeholder: TEXT.encode()})
    data = (tmp_path / "a.zip").read_bytes().replace(placeholder.encode(), stored)
    (tmp_path / "a.zip").write_bytes(data)
    assert found_in(tmp_path / "a.zip") == [name]
    assert read_documents(tmp_path / "a.zip" / name)[0].text == TEXT


def test_names_lead_nowhere_else(tmp_path: Path) -> None:
    names = ("../../1.txt", "/etc/2.txt", "a\\..\\3.txt", "./4.txt")
    path = packed(tmp_path / "a.zip", dict.fromkeys(names, TEXT.encode()))
    assert found_in(path) == ["1.txt", "4.txt", "a/3.txt", "etc/2.txt"]
    assert read_documents(path / "1.txt")[0].text == TEXT


def test_two_members_of_one_name_are_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"1.txt": TEXT.encode(), "./1.txt": b"x"})
    [(named, error)] = find_sources([path]).failures
    assert named == path / "1.txt"
    assert "a second member of this name" in str(error)
    assert read_documents(path / "1.txt")[0].text == TEXT


def test_an_archive_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"1.txt": TEXT.encode()}).read_bytes()
    path = packed(tmp_path / "a.zip", {"inner.zip": inner})
    assert found_in(path) == ["inner.zip"]
    with pytest.raises(UnknownFormat, match="an archive inside an archive is not opened"):
        read_documents(path / "inner.zip")


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"1.txt": bytes(40_000_000), "2.txt": TEXT.encode()})
    with pytest.raises(OversizedFile, match=r"a\.zip/1\.txt: unpacks from [\d,]+ to 40,000,000 bytes"):
        read_documents(path / "1.txt")
    assert read_documents(path / "2.txt")[0].text == TEXT


def test_a_member_is_as_large_as_a_file_may_be(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"1.txt": TEXT.encode() * 100})
    with pytest.raises(OversizedFile, match=r"a\.zip/1\.txt: 4,500 bytes, more than the limit of 1,000"):
        read_documents(path / "1.txt", limit_bytes=1000)


def test_the_members_together_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "a.zip", {f"{number}.txt": bytes(100) for number in range(11)})
    monkeypatch.setattr(read_zip, "TOTAL_LIMIT_BYTES", 1000)
    assert isinstance(error := refused(path), OversizedFile)
    assert str(error) == f"{path.as_posix()}: unpacks to 1,100 bytes, more than the limit of 1,000"


def test_the_number_of_members_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_zip, "MEMBERS_LIMIT", 2)
    assert "3 members" in str(refused(packed(tmp_path / "a.zip", dict.fromkeys("abc", b"x"))))


def test_a_large_list_of_members_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_zip, "DIRECTORY_LIMIT_BYTES", 100_000)
    path = packed(tmp_path / "a.zip", {f"{number}" * 50: b"" for number in range(1000)})
    assert "the list of its members is larger" in str(refused(path))


def test_a_member_that_unpacks_to_more_than_it_claims_is_cut_short(tmp_path: Path) -> None:
    data = bytearray(packed(tmp_path / "a.zip", {"1.txt": bytes(1_000_000)}).read_bytes())
    entry = data.index(b"PK\1\2")
    data[entry + 24 : entry + 28] = struct.pack("<L", 10)
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(UnreadableFile, match="cannot be unpacked"):
        read_documents(tmp_path / "a.zip" / "1.txt")


def test_a_password_is_named(tmp_path: Path) -> None:
    data = bytearray(packed(tmp_path / "a.zip", {"1.txt": TEXT.encode()}).read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(UnreadableFile, match=r"a\.zip/1\.txt: protected by a password"):
        read_documents(tmp_path / "a.zip" / "1.txt")


def test_methods_that_need_much_memory_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"1.txt": TEXT.encode()}, zipfile.ZIP_LZMA)
    with pytest.raises(UnreadableFile, match="packed by method 14; accepted: stored, deflate, bzip2"):
        read_documents(path / "1.txt")


@pytest.mark.parametrize("data", [b"", b"PK\3\4 nothing", b"x" * 1000])
def test_what_is_no_archive_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    assert isinstance(error := refused(tmp_path / "a.zip"), UnreadableFile)
    assert "not an archive that can be opened" in str(error)


def test_an_archive_that_changed_is_opened_anew(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"1.txt": TEXT.encode()})
    assert read_documents(path / "1.txt")[0].text == TEXT
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1.txt", "换了内容的通讯稿。".encode())
    path.write_bytes(file.getvalue())
    assert read_documents(path / "1.txt")[0].text == "换了内容的通讯稿。"
