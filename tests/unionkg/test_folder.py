"""A folder is replaced as a whole or not at all."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from unionkg.errors import BuildInProgress
from unionkg.folder import locked, replacing

KEEP = "cache"


def write(folder: Path, text: str) -> None:
    """Replace the folder's content by one file."""
    with locked(folder), replacing(folder, KEEP) as new:
        (new / "page").write_text(text)


def fail(folder: Path, **files: str) -> None:
    """Write files and fail before the folder's content is replaced."""
    with locked(folder), replacing(folder, KEEP) as new:
        for name, text in files.items():
            (new / name).write_text(text)
        raise ZeroDivisionError


def content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    write(tmp_path / "KG", "old")
    (tmp_path / "KG" / "stray").touch()
    write(tmp_path / "KG", "new")
    assert content(tmp_path / "KG") == {"page": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["KG"]


def test_parents_are_made(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b" / "KG", "new")
    assert content(tmp_path / "a" / "b" / "KG") == {"page": "new"}


def test_an_error_leaves_the_old_content_and_what_is_kept(tmp_path: Path) -> None:
    write(tmp_path / "KG", "old")
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "KG", page="half", cache="found so far")
    assert content(tmp_path / "KG") == {"page": "old"}
    with locked(tmp_path / "KG"), replacing(tmp_path / "KG", KEEP) as new:
        assert content(new) == {KEEP: "found so far"}


def test_an_error_without_anything_kept_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "KG", page="half")
    assert list(tmp_path.iterdir()) == []


def test_a_killed_writer_leaves_the_old_content_and_a_stale_lock(tmp_path: Path) -> None:
    write(tmp_path / "KG", "old")
    script = (
        "import sys, time; from pathlib import Path; from unionkg.folder import locked, replacing\n"
        f"folder = Path({str(tmp_path / 'KG')!r})\n"
        f"with locked(folder), replacing(folder, {KEEP!r}) as new:\n"
        f"    (new / 'page').write_text('half'); (new / {KEEP!r}).write_text('found so far')\n"
        "    print('writing', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        with pytest.raises(BuildInProgress, match=str(writer.pid)):
            write(tmp_path / "KG", "new")
        writer.send_signal(signal.SIGKILL)
    assert content(tmp_path / "KG") == {"page": "old"}
    with locked(tmp_path / "KG"), replacing(tmp_path / "KG", KEEP) as new:
        assert content(new) == {KEEP: "found so far"}
        (new / "page").write_text("new")
    assert content(tmp_path / "KG") == {KEEP: "found so far", "page": "new"}


def test_content_that_stepped_aside_comes_back(tmp_path: Path) -> None:
    write(tmp_path / "KG", "old")
    (tmp_path / "KG").rename(tmp_path / ".KG.previous")  # as a kill between the two renamings leaves it
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "KG")
    assert content(tmp_path / "KG") == {"page": "old"}


def lock(folder: Path, **owner: object) -> None:
    folder.with_name(f".{folder.name}.lock").write_text(json.dumps(owner))


def test_a_number_used_again_by_another_process_does_not_hold_the_lock(tmp_path: Path) -> None:
    lock(tmp_path / "KG", host=socket.gethostname(), pid=os.getpid(), started="0")
    write(tmp_path / "KG", "new")
    assert content(tmp_path / "KG") == {"page": "new"}


def test_a_lock_of_another_machine_is_respected(tmp_path: Path) -> None:
    lock(tmp_path / "KG", host="elsewhere", pid=1, started="0")
    with pytest.raises(BuildInProgress, match="elsewhere"):
        write(tmp_path / "KG", "new")


def test_a_lock_that_names_no_process_is_respected(tmp_path: Path) -> None:
    (tmp_path / ".KG.lock").touch()
    with pytest.raises(BuildInProgress, match="remove it"):
        write(tmp_path / "KG", "new")
