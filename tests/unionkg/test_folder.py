"""A folder is replaced as a whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from unionkg import folder as folder_module
from unionkg.errors import BuildInProgress, UnwritableFolder
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


def test_a_lock_file_that_nobody_holds_keeps_nobody_away(tmp_path: Path) -> None:
    (tmp_path / ".KG.lock").write_text("process 1 on another machine")
    write(tmp_path / "KG", "new")
    assert content(tmp_path / "KG") == {"page": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["KG"]


def test_a_lock_file_that_is_removed_while_it_is_waited_for_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = folder_module.lock_now
    tries: list[int] = []

    def slow(descriptor: int) -> bool:
        tries.append(descriptor)
        if len(tries) == 1:  # as one does that ends between our opening and our locking
            (tmp_path / ".KG.lock").unlink()
        return right(descriptor)

    monkeypatch.setattr(folder_module, "lock_now", slow)
    with locked(tmp_path / "KG"):
        assert len(tries) == 2
        assert (tmp_path / ".KG.lock").read_text().startswith(f"process {os.getpid()} on ")
        with pytest.raises(BuildInProgress), locked(tmp_path / "KG"):
            pass


def test_a_lock_is_enough_for_who_writes_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "KG", "old")
    with locked(tmp_path / "KG"):
        (tmp_path / "KG" / "ledger").write_text("new")
    assert content(tmp_path / "KG") == {"ledger": "new", "page": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["KG"]


def test_a_process_that_the_holder_starts_does_not_hold_the_lock(tmp_path: Path) -> None:
    with locked(tmp_path / "KG"):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], close_fds=False)
    with child:
        write(tmp_path / "KG", "new")
        child.kill()


@pytest.mark.parametrize("has_exchange", [True, False])
def test_folders_change_places_with_and_without_an_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_exchange: bool
) -> None:
    if not has_exchange:
        monkeypatch.setattr(folder_module, "_exchange", lambda one, other: False)
    write(tmp_path / "KG", "old")
    write(tmp_path / "KG", "new")
    assert content(tmp_path / "KG") == {"page": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["KG"]


def test_an_error_that_is_none_of_the_disk_is_itself(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), locked(tmp_path / "KG"):
        raise BrokenPipeError(32, "Broken pipe")
    said = "it cannot be written, and is left as it was: No space left on device"
    with pytest.raises(UnwritableFolder, match=said), locked(tmp_path / "KG"):
        raise OSError(28, "No space left on device")
