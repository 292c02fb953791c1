from __future__ import annotations

import errno
import os
import sys
import threading
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

import pytest

from tests.exports.world import world
from unionkg.errors import UnwritableFolder
from unionkg.exports.format import Format, Writer, format_of_files
from unionkg.exports.whole import whole_file, write_whole
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable


def writes(text: str) -> Writer:
    """Return a writer of this text and the base."""

    def write(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
        stream.write(f"{text} {base}".encode())

    return write


def fails(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    stream.write(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


def single(write: Writer) -> Format:
    return Format("text", ".txt", "text", "text/plain", write)


TWO = format_of_files("two", "two files", {"a.txt": writes("a"), "b.txt": writes("b")})
BROKEN = format_of_files("broken", "two files", {"a.txt": writes("a"), "b.txt": fails})


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    for text in ("one", "other"):
        write_whole(world(), single(writes(text)), tmp_path / "x", "urn:x:")
        assert (tmp_path / "x").read_text("utf-8") == f"{text} urn:x:"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_failed_export_leaves_what_was_there(tmp_path: Path) -> None:
    for place, format in (("x", single(fails)), ("x.zip", BROKEN), ("folder", BROKEN)):
        with pytest.raises(OSError, match="No space left") as caught:
            write_whole(world(), format, tmp_path / place)
        assert caught.value.filename == str(tmp_path / place)
        assert list(tmp_path.iterdir()) == []
    (tmp_path / "x").write_text("before")
    with pytest.raises(OSError, match="No space left"):
        write_whole(world(), single(fails), tmp_path / "x")
    assert (tmp_path / "x").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_several_files_make_a_folder_or_an_archive(tmp_path: Path) -> None:
    write_whole(world(), TWO, tmp_path / "folder", "urn:x:")
    assert {path.name: path.read_text() for path in (tmp_path / "folder").iterdir()} == {
        "a.txt": "a urn:x:",
        "b.txt": "b urn:x:",
    }
    write_whole(world(), TWO, tmp_path / "x.zip", "urn:x:")
    with ZipFile(tmp_path / "x.zip") as archive:
        assert archive.namelist() == ["a.txt", "b.txt"]
        assert archive.read("b.txt") == b"b urn:x:"


@pytest.mark.parametrize("there", ["folder", "file", "link"])
def test_what_is_there_is_not_replaced_by_a_folder(there: str, tmp_path: Path) -> None:
    place = tmp_path / "x"
    if there == "folder":
        place.mkdir()
    elif there == "file":
        place.touch()
    else:
        place.symlink_to("nowhere")
    with pytest.raises(UnwritableFolder, match="it is there already; accepted"):
        write_whole(world(), TWO, place)


def test_archives_of_equal_content_are_equal_bytes_and_need_no_seeking(tmp_path: Path) -> None:
    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise OSError(errno.ESPIPE, "Illegal seek")

        def tell(self) -> int:
            raise OSError(errno.ESPIPE, "Illegal seek")

    for name in ("one.zip", "other.zip"):
        write_whole(world(), TWO, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
    pipe = Pipe()
    TWO.write(world(), pipe, "urn:x:")
    with ZipFile(BytesIO(pipe.getvalue())) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_behind_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("file")
    write_whole(world(), single(writes("one")), tmp_path / "link", "urn:x:")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "one urn:x:"


@pytest.mark.skipif(sys.platform == "win32", reason="it has no named pipes in folders")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(world(), single(writes("one")), pipe, "urn:x:")
    reader.join()
    assert read == [b"one urn:x:"]
    assert pipe.is_fifo()


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    for place, format in (("会" * 80 + ".txt", single(writes("one"))), ("会" * 84, TWO)):
        write_whole(world(), format, tmp_path / place)
        assert (tmp_path / place).exists()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "missing" / "x"):
        with pytest.raises(OSError, match="directory") as caught:
            write_whole(world(), single(writes("one")), place)
        assert caught.value.filename == str(place)


def test_an_error_of_another_file_keeps_the_name_of_that(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised, whole_file(tmp_path / "out.csv"):
        (tmp_path / "none.csv").read_bytes()
    assert raised.value.filename == str(tmp_path / "none.csv")
    with pytest.raises(OSError, match="full") as raised_too, whole_file(tmp_path / "out.csv"):
        raise OSError(28, "full")
    assert raised_too.value.filename == str(tmp_path / "out.csv")
    assert not list(tmp_path.iterdir())
