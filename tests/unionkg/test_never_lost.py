"""What was built is never lost: not to a kill, a second build, a full disk, or a damaged or edited file."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

import unionkg
from tests.conftest import ROOT
from tests.unionkg.content import content
from tests.unionkg.hostile import RULES
from unionkg import building, engines, manifest, sources
from unionkg.corpus import Answer, Step
from unionkg.errors import BuildInProgress, NoDocuments, NotAKnowledgeGraph, UnwritableFolder
from unionkg.exports import files as files_module
from unionkg.extractor import Extractor
from unionkg.folder import locked
from unionkg.graph import texts
from unionkg.graph.records import Records
from unionkg.nlp.extract import Options

TEXTS = {
    "广西.txt": "2024年5月6日，广西壮族自治区总工会在南宁市召开第八次全体会议。韦云帆当选广西壮族自治区总工会主席。\n",
    "海南.txt": "海南省总工会举办“椰风杯”竞赛，参加职工8万人。\n",
    "西藏.txt": "西藏自治区总工会慰问职工3万人次。\n",
}
IS_ROOT = sys.platform == "linux" and os.geteuid() == 0
SEED = 3


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with three documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def build(documents: Path, out: Path, **more: Any) -> unionkg.KG:
    return unionkg.build([documents], out, options=RULES, workers=0, **more)


def command(documents: Path, out: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Build with the command, in a process of its own."""
    arguments = ("build", str(documents), "--out", str(out), "--ner", "rules", "--workers", "1")
    return subprocess.run(
        [sys.executable, "-m", "unionkg", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, **more
    )


def change(documents: Path) -> None:
    (documents / "海南.txt").write_text("海南省总工会举办“椰风杯”竞赛，参加职工9万人。\n", "utf-8")


def into_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def beside(out: Path) -> set[str]:
    return {path.name for path in out.parent.iterdir()} - {"documents"}


# Kills


def test_kills_at_random_moments_lose_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kill_builds", "10", "--seed", str(SEED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"10 kills, seed {SEED}\n")
    assert sum(int(line.split()[0]) for line in done.stdout.splitlines()[1:]) == 10


BETWEEN = """
import os, signal, sys
from unionkg import folder
from unionkg.building import build
from unionkg.nlp.extract import Options

folder._exchange = lambda one, other: False

def kill(event, arguments):
    if event == "os.rename" and os.path.basename(arguments[0]) == ".KG.building":
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(kill)
build([sys.argv[1]], sys.argv[2], options=Options(ner="rules"), workers=0)
"""


@pytest.mark.parametrize("is_next_good", [True, False])
def test_a_kill_between_the_two_renamings_is_put_right(documents: Path, tmp_path: Path, is_next_good: bool) -> None:
    before = content(build(documents, tmp_path / "KG").folder)
    change(documents)
    done = subprocess.run([sys.executable, "-c", BETWEEN, str(documents), str(tmp_path / "KG")], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert beside(tmp_path / "KG") == {".KG.building", ".KG.lock", ".KG.previous"}
    assert content(tmp_path / ".KG.previous") == before
    if is_next_good:
        assert build(documents, tmp_path / "KG").manifest.times.from_cache == 3
        assert content(tmp_path / "KG") == content(build(documents, tmp_path / "afresh").folder)
        assert beside(tmp_path / "KG") == {"KG", "afresh"}
    else:
        with pytest.raises(NoDocuments):
            build(tmp_path / "nowhere", tmp_path / "KG")
        assert content(tmp_path / "KG") == before


def test_what_a_kill_left_goes_also_if_nothing_has_changed(documents: Path, tmp_path: Path) -> None:
    build(documents, tmp_path / "KG")
    shutil.copytree(tmp_path / "KG", tmp_path / ".KG.building")  # as a kill behind the exchange leaves it
    build(documents, tmp_path / "KG")
    assert beside(tmp_path / "KG") == {"KG"}


# Two at once


HOLDING = """
import sys, time
from pathlib import Path
from unionkg.folder import locked

with locked(Path(sys.argv[1])):
    print("locked", flush=True)
    time.sleep(60)
"""


@contextmanager
def held(out: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock, until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(out)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as one:
        try:
            assert one.stdout is not None
            assert one.stdout.readline() == "locked\n"
            yield one
        finally:
            one.kill()


def test_a_second_build_says_so_and_ends(documents: Path, tmp_path: Path) -> None:
    before = content(build(documents, tmp_path / "KG").folder)
    change(documents)
    with held(tmp_path / "KG") as first:
        (tmp_path / ".KG.building").mkdir()
        (tmp_path / ".KG.building" / "graph.nt").touch()
        done = command(documents, tmp_path / "KG")
        assert (tmp_path / ".KG.building" / "graph.nt").exists()
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert f"process {first.pid} on " in line
    assert "is writing it; wait for it" in line
    assert content(tmp_path / "KG") == before
    assert build(documents, tmp_path / "KG").manifest.times.from_cache == 2


def test_a_thread_of_the_same_process_is_kept_away_too(documents: Path, tmp_path: Path) -> None:
    with locked(tmp_path / "KG"), pytest.raises(BuildInProgress, match=str(os.getpid())):
        build(documents, tmp_path / "KG")
    assert beside(tmp_path / "KG") == set()


# Full disks


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, with 12 MB."""
    if not IS_ROOT:
        pytest.skip("needs root, to mount a file system that is small enough to be filled")
    place = tmp_path / "room"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"needs to mount a file system: {done.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def fill(place: Path) -> None:
    """Leave no room in the file system."""
    with (place / "filler").open("wb", buffering=0) as stream:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while True:
                    stream.write(bytes(size))
            except OSError:
                continue


def before(owner: Any, name: str, deed: Callable[[], object], patch: pytest.MonkeyPatch) -> None:
    """Have a function do something first."""
    right = getattr(owner, name)

    def wrapped(*given: Any, **named: Any) -> Any:
        deed()
        return right(*given, **named)

    patch.setattr(owner, name, wrapped)


MOMENTS: dict[str, tuple[Any, str]] = {
    "before anything is there": (building, "Cache"),
    "while the cache is filled": (Extractor, "_extract"),
    "while records are put down": (Records, "say"),
    "while records are made": (Records, "gather"),
    "while files are written": (files_module, "write"),
    "while texts are written": (texts, "write_texts"),
    "while the store is made": (files_module, "build_store"),
    "behind the manifest": (manifest, "seal_of"),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_full_disk_is_said_and_harms_nothing(
    documents: Path, room: Path, monkeypatch: pytest.MonkeyPatch, moment: str, is_first: bool
) -> None:
    out = room / "KG"
    old = None
    if not is_first:
        old = content(build(documents, out).folder)
        change(documents)
    with monkeypatch.context() as patch:
        before(*MOMENTS[moment], lambda: fill(room), patch)
        with pytest.raises(UnwritableFolder, match=r"KG: it cannot be written, and is left as it was: .*(space|full)"):
            build(documents, out)
    assert beside(out) <= {".KG.building", "KG", "filler"}
    assert (content(out) if out.exists() else None) == old
    (room / "filler").unlink()
    build(documents, out)
    assert content(out) == content(build(documents, documents.parent / "afresh").folder)
    assert beside(out) == {"KG"}


def test_what_was_read_before_the_disk_was_full_is_not_read_again(
    documents: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        before(files_module, "write", lambda: fill(room), patch)
        with pytest.raises(UnwritableFolder):
            build(documents, room / "KG")
    (room / "filler").unlink()
    assert build(documents, room / "KG").manifest.times.from_cache == 3


def test_the_command_says_in_one_line_that_the_disk_is_full(documents: Path, room: Path) -> None:
    fill(room)
    done = command(documents, room / "KG")
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(f"unionkg: {room / 'KG'}: it cannot be written")


@pytest.mark.parametrize("most_bytes", [2_000, 60_000, 130_000, 400_000])
def test_a_limit_of_file_sizes_is_said_and_harms_nothing(documents: Path, tmp_path: Path, most_bytes: int) -> None:
    old = content(build(documents, tmp_path / "KG").folder)
    change(documents)
    done = command(
        documents,
        tmp_path / "KG",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY)),
    )
    assert done.returncode == 1, done.stderr
    [line] = done.stderr.splitlines()
    assert line.startswith(f"unionkg: {tmp_path / 'KG'}: it cannot be written, and is left as it was: ")
    assert content(tmp_path / "KG") == old
    build(documents, tmp_path / "KG")
    assert content(tmp_path / "KG") == content(build(documents, tmp_path / "afresh").folder)


def test_nothing_is_sorted_elsewhere_than_beside_the_graph(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    right = Records.__init__

    def traced(self: Records, path: Path | None = None) -> None:
        right(self, path)
        self._database.set_trace_callback(asked.add)

    monkeypatch.setattr(Records, "__init__", traced)
    build(documents, tmp_path / "KG")
    planned = [statement for statement in asked if statement.lstrip().startswith(("SELECT", "INSERT"))]
    assert len(planned) > 10
    with Records() as records:
        for statement in planned:
            steps = records._database.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            assert not any("TEMP B-TREE" in step[3] for step in steps) or "LIMIT" in statement, statement


# Places that cannot be written


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Let nothing be written into a folder, by root neither."""
    if not IS_ROOT:
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    done = subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"needs to mount a folder, since root may write everywhere: {done.stderr.decode().strip()}")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_place_that_cannot_be_written_is_said(documents: Path, tmp_path: Path, is_first: bool) -> None:
    place = tmp_path / "archive"
    place.mkdir()
    if not is_first:
        build(documents, place / "KG")
    with unwritable(place):
        done = command(documents, place / "KG")
        if not is_first:
            assert len(unionkg.load(place / "KG").graph) > 0
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(f"unionkg: {place / 'KG'}: it cannot be written: {place / '.KG.lock'}: ")
    assert beside(place / "KG") == (set() if is_first else {"KG"})


def test_a_folder_that_may_not_be_made_is_said(documents: Path, tmp_path: Path) -> None:
    with pytest.raises(UnwritableFolder, match=r"广西\.txt/KG: it cannot be written: .*广西\.txt: "):
        build(documents, documents / "广西.txt" / "KG")
    with pytest.raises(UnwritableFolder, match="File name too long"):
        build(documents, tmp_path / ("长" * 84))


def test_the_root_of_a_file_system_is_refused_at_once(documents: Path, room: Path) -> None:
    for place in (room, Path("/")):
        with pytest.raises(UnwritableFolder, match="name a folder below it"):
            build(documents, place)


def test_links_are_followed(documents: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("far/KG")
    for _ in range(2):  # first it leads nowhere, then to a graph
        change(documents)
        build(documents, tmp_path / "link", base=None)
        assert (tmp_path / "link").is_symlink()
        assert beside(tmp_path / "far" / "KG") == {"KG"}
        (documents / "new.txt").write_text(TEXTS["西藏.txt"] * 2, "utf-8")
    assert unionkg.load(tmp_path / "link").manifest.counts.documents == 4
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(NotAKnowledgeGraph, match="leads back to itself"):
        build(documents, tmp_path / "loop")


# Damaged caches


def entries(path: Path, change_of: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(change_of, values)
        database.commit()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: os.truncate(path, path.stat().st_size // 2),
    "no database": lambda path: path.write_bytes(b"no database"),
    "a folder": lambda path: into_folder(path),
    "gone": lambda path: path.unlink(),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "without its table": lambda path: entries(path, "DROP TABLE extraction"),
    "of another shape": lambda path: entries(path, "ALTER TABLE extraction RENAME COLUMN packed TO bytes"),
    "entries that are no messages": lambda path: entries(path, "UPDATE extraction SET packed = ?", b"\xc1"),
    "entries that are no bytes": lambda path: entries(path, "UPDATE extraction SET packed = 1000000000"),
    "entries cut short": lambda path: entries(path, "UPDATE extraction SET packed = substr(packed, 1, 100)"),
    "entries of other documents": lambda path: entries(
        path, "UPDATE extraction SET (digest, packed) = (SELECT digest, packed FROM extraction ORDER BY key LIMIT 1)"
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("place", ["KG", ".KG.building"])
def test_a_damaged_cache_costs_no_more_than_reading_again(
    documents: Path, tmp_path: Path, damage: str, place: str
) -> None:
    build(documents, tmp_path / "KG")
    change(documents)
    right = content(build(documents, tmp_path / "afresh").folder)
    if place == ".KG.building":
        (tmp_path / place).mkdir()
        (tmp_path / "KG" / "cache.sqlite").rename(tmp_path / place / "cache.sqlite")
    DAMAGES[damage](tmp_path / place / "cache.sqlite")
    kg = build(documents, tmp_path / "KG")
    assert content(tmp_path / "KG") == right
    assert kg.manifest.times.from_cache <= 1


def test_a_cache_that_another_process_has_locked_is_read_all_the_same(documents: Path, tmp_path: Path) -> None:
    build(documents, tmp_path / "KG")
    change(documents)
    with closing(sqlite3.connect(tmp_path / "KG" / "cache.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert build(documents, tmp_path / "KG").manifest.times.from_cache == 2


# When nothing has changed


def is_rebuilt(documents: Path, out: Path, **more: Any) -> bool:
    """Build, and tell whether the graph was made anew."""
    steps: list[Step] = []
    build(documents, out, progress=steps.append, **more)
    return any(step.stage == "graph" for step in steps)


def edit_manifest(out: Path) -> None:
    stated = msgspec.json.decode((out / "manifest.json").read_bytes())
    stated["counts"]["documents"] += 1
    (out / "manifest.json").write_bytes(msgspec.json.encode(stated))


def flip(path: Path) -> None:
    """Change one bit in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def largest(folder: Path) -> Path:
    return max(folder.iterdir(), key=lambda path: path.stat().st_size)


EDITS: dict[str, Callable[[Path], object]] = {
    "a file edited": lambda out: flip(out / "entities.csv"),
    "a file removed": lambda out: (out / "graph.html").unlink(),
    "a file added": lambda out: (out / "notes.txt").write_text("mine"),
    "the store damaged": lambda out: flip(largest(out / "store")),
    "a file of the store removed": lambda out: (out / "store" / "CURRENT").unlink(),
    "the store removed": lambda out: shutil.rmtree(out / "store"),
    "the manifest edited": edit_manifest,
    "the manifest of another version": lambda out: (out / "manifest.json").write_text('{"format": "unionkg KG 1"}'),
}


@pytest.mark.parametrize("deed", EDITS)
def test_what_somebody_changed_in_the_folder_is_put_right(documents: Path, tmp_path: Path, deed: str) -> None:
    out = tmp_path / "KG"
    build(documents, out)
    right = content(out)
    assert not is_rebuilt(documents, out)
    EDITS[deed](out)
    assert is_rebuilt(documents, out)
    assert content(out) == right
    assert not is_rebuilt(documents, out)


def test_asking_and_looking_changes_nothing(documents: Path, tmp_path: Path) -> None:
    kg = build(documents, tmp_path / "KG")
    assert kg.sparql("ASK { ?union a ukg:TradeUnion }")
    assert len(kg.graph) > 0
    assert not is_rebuilt(documents, tmp_path / "KG")


CHANGES: dict[str, tuple[bool, Callable[[Path], object]]] = {
    "nothing": (False, lambda documents: None),
    "touched": (False, lambda documents: os.utime(documents / "海南.txt", (0, 0))),
    "edited": (True, change),
    "renamed": (True, lambda documents: (documents / "海南.txt").rename(documents / "琼.txt")),
    "duplicated": (True, lambda documents: shutil.copy(documents / "海南.txt", documents / "琼.txt")),
    "deleted": (True, lambda documents: (documents / "海南.txt").unlink()),
    "no longer readable": (
        True,
        lambda documents: into_folder(documents / "海南.txt"),
    ),
    "readable now": (True, lambda documents: (documents / "琼.txt").write_text(TEXTS["西藏.txt"] * 2, "utf-8")),
}


@pytest.mark.parametrize("deed", CHANGES)
def test_a_build_is_left_as_it_is_only_if_no_document_has_changed(documents: Path, tmp_path: Path, deed: str) -> None:
    given = [*(documents / name for name in TEXTS), documents / "琼.txt"]  # the last is not there
    unionkg.build(given, tmp_path / "KG", options=RULES, workers=0)
    is_changed, do = CHANGES[deed]
    do(documents)
    steps: list[Step] = []
    unionkg.build(given, tmp_path / "KG", options=RULES, workers=0, progress=steps.append)
    assert any(step.stage == "graph" for step in steps) == is_changed
    unionkg.build(given, tmp_path / "afresh", options=RULES, workers=0)
    assert content(tmp_path / "KG") == content(tmp_path / "afresh")


def test_other_options_another_base_and_another_ledger_are_changes(documents: Path, tmp_path: Path) -> None:
    out = tmp_path / "KG"
    build(documents, out)
    assert is_rebuilt(documents, out, base="https://example.org/unions/")
    assert not is_rebuilt(documents, out, base="https://example.org/unions/")
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("judgement,subject,value\nrename,ORG/union:海南省总工会,琼工会\n", "utf-8")
    assert is_rebuilt(documents, out, ledger=ledger)
    assert not is_rebuilt(documents, out, ledger=ledger)
    unionkg.build([documents], out, options=Options(ner="rules", segmenter="jieba"), workers=0)
    assert is_rebuilt(documents, out)


Answers = Callable[..., Iterator[Answer]]


def answering(change_of: Callable[[Answer], Answer]) -> Answers:
    """The engine, with one document's answer changed."""
    right = engines.extract_files

    def wrong(paths: list[Path], *given: Any, **named: Any) -> Iterator[Answer]:
        for answer in right(paths, *given, **named):
            yield change_of(answer) if answer.path.name == "海南.txt" else answer

    return wrong


def test_a_document_that_was_lost_is_tried_again(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = answering(lambda answer: Answer(answer.path, None, failure="it takes too long", is_lasting=False))
    with monkeypatch.context() as patch:
        patch.setattr(building, "extract_files", lost)
        assert build(documents, tmp_path / "KG").manifest.counts.sources == {"failed": 1, "read": 2}
    assert build(documents, tmp_path / "KG").manifest.counts.sources == {"read": 3}
    assert not is_rebuilt(documents, tmp_path / "KG")


def test_a_file_that_failed_when_it_was_opened_is_tried_again(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Path.open

    def fail(path: Path, *given: Any, **named: Any) -> Any:
        if path.name == "海南.txt":
            raise OSError(5, "Input/output error")
        return right(path, *given, **named)

    with monkeypatch.context() as patch:
        before(sources, "gather", lambda: patch.setattr(Path, "open", fail), patch)
        patch.setattr(building, "gather", sources.gather)
        assert build(documents, tmp_path / "KG").manifest.counts.sources == {"failed": 1, "read": 2}
    assert build(documents, tmp_path / "KG").manifest.counts.sources == {"read": 3}


def test_a_file_that_is_changed_meanwhile_does_not_speak_for_its_twin(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(documents / "海南.txt", documents / "琼.txt")
    with monkeypatch.context() as patch:
        before(building, "gather", lambda: change(documents), patch)
        kg = build(documents, tmp_path / "KG")
    assert kg.manifest.counts.sources == {"read": 4}
    assert {figure["value"] for figure in kg.graph.graph["outcomes"]} >= {80000.0, 90000.0}
    (documents / "海南.txt").write_text(TEXTS["海南.txt"], "utf-8")  # as it was when its digest was taken
    assert is_rebuilt(documents, tmp_path / "KG")
    assert content(tmp_path / "KG") == content(build(documents, tmp_path / "afresh").folder)
