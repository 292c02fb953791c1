"""Each document is answered, or fails alone and says why, whatever it does to the process that reads it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unionkg.hostile import RULES, Hostile, Unloadable, children
from unionkg import answerer
from unionkg.corpus import Answer
from unionkg.engines import Engine, extract_files, workers_for
from unionkg.errors import InvalidOption, WorkerLost
from unionkg.extractor import Extractor, Task
from unionkg.local_engine import AHEAD
from unionkg.nlp import extract as extract_module
from unionkg.nlp.extract import Options

WORK = Hostile()
SENTENCE = "2023年3月{day}日，福建省总工会在福州市召开第{day}次全体会议。陈明当选福建省总工会主席。"
ENDINGS = {
    "exits": "its process ended with exit code 7",
    "crashes": "its process ended by SIGSEGV",
    "aborts": "its process ended by SIGABRT",
    "is killed": "its process ended by SIGKILL, most often for want of memory",
    "leaves": "its process ended",
    "broods": "it takes longer than the limit of 1 s",
    "hangs": "it takes longer than the limit of 1 s",
    "recurses": "a fault of unionkg, not of the file: RecursionError: maximum recursion depth exceeded",
    "is short of memory": "a fault of unionkg, not of the file: MemoryError",
}


def answers(paths: list[Path], workers: int = 2, work: Hostile = WORK) -> list[Answer]:
    return list(extract_files(paths, work, Engine(workers=workers, time_limit_s=1)))


def written(folder: Path, *deeds: str) -> list[Path]:
    """A file for each deed, which its text names; an empty one is harmless."""
    paths = [folder / f"{number}.txt" for number in range(len(deeds))]
    for number, (path, deed) in enumerate(zip(paths, deeds, strict=True), 1):
        path.write_text(SENTENCE.format(day=number) + f"【{deed}】\n" * bool(deed), "utf-8")
    return paths


def test_every_deed_fails_alone_and_the_others_are_answered_in_order(tmp_path: Path) -> None:
    paths = written(tmp_path, *(each for deed in ENDINGS for each in (deed, "")))
    found = answers(paths)
    assert [answer.path for answer in found] == paths
    for harmed, ending in zip(found[::2], ENDINGS.values(), strict=True):
        assert str(harmed.failure).startswith(f"{harmed.path.as_posix()}: {ending}")
        assert (harmed.sha256, harmed.extractions) == (None, ())
    for answer in found[1::2]:
        [extraction] = answer.extractions
        assert extraction.metadata.title == answer.path.read_text("utf-8")


def test_a_process_gives_the_bytes_that_this_one_gives(tmp_path: Path) -> None:
    paths = written(tmp_path, "", "", "recurses")
    work = Extractor(RULES, keep_bodies=True)
    assert list(extract_files(paths, work, Engine(workers=2))) == list(extract_files(paths, work, Engine(workers=0)))


def test_what_was_killed_from_outside_is_done_again(tmp_path: Path) -> None:
    paths = written(tmp_path, "", f"is killed once {tmp_path / 'done'}", "")
    found = answers(paths, workers=1)
    assert (tmp_path / "done").exists()
    assert found == answers(paths, workers=1)
    assert [answer.failure for answer in found] == [None] * 3


def test_what_a_library_prints_is_no_answer(tmp_path: Path) -> None:
    [answer] = answers(written(tmp_path, "babbles"))
    assert len(answer.extractions) == 1


def records(path: Path, *deeds: str) -> Path:
    lines = [
        json.dumps({"text": SENTENCE.format(day=number) + (f"【{deed}】" if deed else "")})
        for number, deed in enumerate(deeds, 1)
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_record_fails_alone(tmp_path: Path) -> None:
    deeds = ("", "exits", "", "recurses", "hangs", "")
    [answer] = answers([records(tmp_path / "news.jsonl", *deeds)])
    assert [broken.partition(": ")[0] for broken in answer.broken] == ["record 2", "record 4", "record 5"]
    assert [ENDINGS[deed] in broken for deed, broken in zip(("exits", "recurses", "hangs"), answer.broken, strict=True)]
    assert [extraction.document.partition("#")[2] for extraction in answer.extractions] == ["1", "3", "6"]
    assert len(answer.bodies) == 3
    assert not answer.is_lasting
    [whole] = answers([records(tmp_path / "good.jsonl", *[""] * 6)])
    assert whole.is_lasting


def test_a_file_that_loses_process_after_process_is_given_up(tmp_path: Path) -> None:
    [answer] = answers([records(tmp_path / "news.jsonl", "", *["hangs"] * answerer.MOST_LOST, "", "")])
    assert [extraction.document.partition("#")[2] for extraction in answer.extractions] == ["1"]
    assert answer.broken[-1] == "record 6: left out, because 3 before it took too long or ended the process"
    [answer] = answers([records(tmp_path / "worse.jsonl", "exits", "exits")])
    assert str(answer.failure).endswith("none of 2 records can be used, the first: record 1: " + ENDINGS["exits"])


def test_the_limit_is_for_each_document_not_for_the_file(tmp_path: Path) -> None:
    [answer] = answers([records(tmp_path / "news.jsonl", *["dawdles"] * 3)])
    assert (answer.failure, answer.broken, len(answer.extractions)) == (None, (), 3)


@pytest.mark.parametrize("deed", ["", "exits"])
def test_work_that_cannot_be_begun_ends_all(deed: str, tmp_path: Path) -> None:
    reason = "ended with exit code 7" if deed else "ModuleNotFoundError: No module named 'model'"
    with pytest.raises(WorkerLost, match=reason):
        answers(written(tmp_path, "", ""), work=Unloadable(deed=deed))


def test_a_process_without_work_ends_and_is_replaced(tmp_path: Path) -> None:
    [path] = written(tmp_path, "")
    one = answerer.Answerer(WORK, 60)
    first = one.answer(Task(path))
    worker = one._worker
    assert worker is not None
    worker._process._tasks.close()  # as it does itself when its time is up
    worker._process._process.wait()
    assert one.answer(Task(path)) == first
    assert one._worker is not worker
    one.close()
    with pytest.raises(WorkerLost):
        one.answer(Task(path))


def test_bytes_give_the_answer_of_the_file(tmp_path: Path) -> None:
    for path in [*written(tmp_path, ""), records(tmp_path / "news.jsonl", "", "")]:
        task, extractor = Task(path), Extractor(RULES, keep_bodies=True)
        gone = Task(path, path.read_bytes())
        whole = list(extractor(task))
        path.unlink()
        assert list(extractor(gone)) == whole
        assert list(extractor(replace(gone, known=1))) == whole[1:]


def test_only_so_many_answers_wait(tmp_path: Path) -> None:
    begun: list[int] = []

    def ask(task: Task) -> Callable[[], Answer]:
        begun.append(len(begun))
        return lambda: Answer(task.path, None)

    tasks: Iterator[Task] = (Task(Path(str(number))) for number in range(1000))
    for number, answer in enumerate(answerer.in_order(tasks, ask, AHEAD)):
        assert answer.path == Path(str(number))
        assert len(begun) <= number + AHEAD


def test_a_fault_of_the_program_is_said_in_one_process_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(document: object, options: Options) -> None:
        raise KeyError("江西\ud800" * 1000)

    paths = written(tmp_path, "")
    monkeypatch.setattr(extract_module, "extract_with_edits", wrong)
    [answer] = extract_files(paths, Extractor(RULES), Engine(workers=0))
    assert str(answer.failure).startswith(f"{paths[0].as_posix()}: a fault of unionkg, not of the file: KeyError: ")
    assert len(str(answer.failure)) < 600


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"name": "cloud"}, "accepted: local, dask"),
        ({"workers": -1}, "accepted: 0 or more"),
        ({"workers": 0, "name": "dask"}, "one or more"),
        ({"time_limit_s": 0}, "more than 0"),
        ({"time_limit_s": float("nan")}, "more than 0"),
        ({"scheduler": "tcp://x:1"}, "goes with dask"),
        ({"scheduler": "tcp://x:1", "name": "dask", "workers": 2}, "has those it has"),
    ],
)
def test_choices_that_do_not_go_together_are_refused(options: dict[str, object], reason: str) -> None:
    with pytest.raises(InvalidOption, match=reason):
        Engine(**options)  # type: ignore[arg-type]  # on purpose


def test_few_files_get_few_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert [workers_for(files) for files in (0, 1, 15, 16, 31, 32, 1000)] == [1, 1, 1, 2, 3, 4, 4]


def test_who_takes_no_more_answers_leaves_no_process(tmp_path: Path) -> None:
    before = children()
    found = extract_files(written(tmp_path, *[""] * 9, "hangs"), WORK, Engine(workers=2))
    next(found)
    assert len(children() - before) == 2
    found.close()  # type: ignore[attr-defined]  # it is a generator
    deadline = time.monotonic() + 10  # one that is just starting is ended when it has
    while children() - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children() <= before
