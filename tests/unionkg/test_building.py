"""A build is the same whatever its circumstances, and replaces what was there only by something whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import unionkg
from tests.conftest import ROOT
from tests.nlp.test_unknown_spinner import HONEST, strange
from unionkg.corpus import Step
from unionkg.engines import Engine, extract_files
from unionkg.errors import MissingEvidence, NoDocuments, NotAKnowledgeGraph
from unionkg.evidence import check_evidence
from unionkg.extracting import extract
from unionkg.extractor import Extractor
from unionkg.graph.build import build_graph
from unionkg.graph.model import Document, Extraction
from unionkg.graph.segments import Edit
from unionkg.nlp import extract as extract_module
from unionkg.nlp.extract import Options

RULES = Options(ner="rules")
TEXTS = {
    "福建.txt": "2023年3月1日，福建省总工会在福州市召开第十三届委员会第五次全体会议。陈明当选福建省总工会主席。\n",
    "浙江.txt": "浙江省总工会举办“安康杯”竞赛，参加职工12万人。\n",
    "湖北.txt": "湖北省總工會印發《關於加強職工維權工作的意見》。\n",
}
MADE_BY_CLOCK = {"cache.sqlite", "manifest.json"}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with three documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """All that must not differ between two builds, the manifest's times left out."""
    found = {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name not in MADE_BY_CLOCK
    }
    manifest = json.loads((folder / "manifest.json").read_bytes())
    del manifest["times"]
    return {**found, "manifest.json": json.dumps(manifest).encode()}


def test_a_build_finds_what_is_said(documents: Path, tmp_path: Path) -> None:
    kg = unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
    names = {attributes["name"] for _, attributes in kg.graph.nodes(data=True)}
    assert {"福建省总工会", "浙江省总工会", "湖北省总工会"} <= names
    assert kg.manifest.counts.documents == 3
    assert [source.state for source in kg.manifest.sources] == ["read"] * 3


def test_order_workers_and_folder_make_no_difference(documents: Path, tmp_path: Path) -> None:
    paths = sorted(documents.iterdir())
    unionkg.build(paths, tmp_path / "KG", options=RULES, workers=0)
    unionkg.build(paths[::-1], tmp_path / "elsewhere" / "another", options=RULES, workers=2)
    assert files(tmp_path / "KG") == files(tmp_path / "elsewhere" / "another")


def test_a_rebuild_is_answered_from_the_cache_and_is_the_same(documents: Path, tmp_path: Path) -> None:
    first = unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
    before = files(first.folder)
    (documents / "浙江.txt").rename(documents / "江南.txt")
    second = unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
    assert (first.manifest.times.from_cache, second.manifest.times.from_cache) == (0, 3)
    assert "江南.txt" in {document["name"] for document in second.graph.graph["documents"]}
    (documents / "江南.txt").rename(documents / "浙江.txt")
    assert files(unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0).folder) == before


def test_other_options_are_not_answered_from_the_cache(documents: Path, tmp_path: Path) -> None:
    unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
    again = unionkg.build([documents], tmp_path / "KG", options=Options(ner="rules", segmenter="jieba"), workers=0)
    assert again.manifest.times.from_cache == 0


def test_the_corpus_is_replaced(documents: Path, tmp_path: Path) -> None:
    unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
    kg = unionkg.build([documents / "浙江.txt"], tmp_path / "KG", options=RULES, workers=0)
    assert [document["name"] for document in kg.graph.graph["documents"]] == ["浙江.txt"]


def test_equal_files_count_once_and_are_named(documents: Path, tmp_path: Path) -> None:
    (documents / "a.txt").write_bytes((documents / "浙江.txt").read_bytes())
    kg = unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
    states = {Path(source.path).name: (source.state, source.reason) for source in kg.manifest.sources}
    assert states["a.txt"] == ("read", None)
    assert states["浙江.txt"] == ("duplicate", f"the same bytes as {(documents / 'a.txt').as_posix()}")
    assert kg.manifest.counts.sources == {"duplicate": 1, "read": 3}
    assert kg.manifest.counts.documents == 3


def test_a_file_of_no_use_does_not_hide_its_equal(documents: Path, tmp_path: Path) -> None:
    text = (documents / "浙江.txt").read_bytes()
    for name in ("a", "b.docx"):
        (documents / name).write_bytes(text)
    for name in ("empty1.txt", "empty2.txt"):
        (documents / name).touch()
    kg = unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
    entries = {Path(source.path).name: source for source in kg.manifest.sources}
    assert entries["浙江.txt"].state == "read"
    for name in ("a", "b.docx", "empty1.txt", "empty2.txt"):
        assert entries[name].state == "failed"
        assert name in str(entries[name].reason)


def test_a_name_that_is_no_utf8_is_spelt_out(documents: Path, tmp_path: Path) -> None:
    name = os.fsdecode("工会".encode("gb18030") + b".txt")
    (documents / "浙江.txt").rename(documents / name)
    kg = unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
    spelt = r"\xb9\xa4\xbb\xe1.txt"
    assert spelt in {Path(source.path).name for source in kg.manifest.sources}
    assert spelt in {document["name"] for document in kg.graph.graph["documents"]}
    assert [written.files for written in extract([documents / name], tmp_path / "out", options=RULES, workers=0)] == [
        (spelt.replace(".txt", ".json"),)
    ]


def test_a_folder_inside_the_corpus_is_not_read_itself(documents: Path) -> None:
    first = unionkg.build([documents], documents / "KG", options=RULES, workers=0)
    before = files(first.folder)
    assert files(unionkg.build([documents], documents / "KG", options=RULES, workers=0).folder) == before


def test_steps_count_every_source(documents: Path, tmp_path: Path) -> None:
    (documents / "leer.txt").touch()
    steps: list[Step] = []
    unionkg.build([documents, "nowhere"], tmp_path / "KG", options=RULES, workers=0, progress=steps.append)
    read = [step for step in steps if step.stage == "extract"]
    assert [(step.done, step.total) for step in read] == [(number, 5) for number in range(1, 6)]
    failures = {step.path: step.failure for step in read if step.failure is not None}
    assert failures.keys() == {"nowhere", (documents / "leer.txt").as_posix()}


def test_nothing_to_read_leaves_the_old_graph(documents: Path, tmp_path: Path) -> None:
    before = files(unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0).folder)
    with pytest.raises(NoDocuments, match="none of 1 files"):
        unionkg.build(["nowhere"], tmp_path / "KG", options=RULES, workers=0)
    assert files(tmp_path / "KG") == before


def test_a_folder_that_no_build_left_is_not_replaced(documents: Path, tmp_path: Path) -> None:
    with pytest.raises(NotAKnowledgeGraph):
        unionkg.build([documents], documents, options=RULES, workers=0)
    assert sorted(path.name for path in documents.iterdir()) == sorted(TEXTS)
    with pytest.raises(NotAKnowledgeGraph, match="a file"):
        unionkg.build([documents], documents / "浙江.txt", options=RULES, workers=0)


Change = Callable[[Extraction], Extraction]


def spoil_quotes(extraction: Extraction) -> Extraction:
    """Move every evidence by one character."""
    moved = [
        msgspec.structs.replace(relation, evidence=(relation.evidence[0] + 1, relation.evidence[1] + 1))
        for relation in extraction.relations
    ]
    return msgspec.structs.replace(extraction, relations=tuple(moved))


def spoil_entities(extraction: Extraction) -> Extraction:
    """Take away what the mentions and relations refer to."""
    return msgspec.structs.replace(extraction, entities=())


@pytest.mark.parametrize(("spoil", "error"), [(spoil_quotes, "MissingEvidence"), (spoil_entities, "InvalidExtraction")])
def test_what_breaks_the_contract_does_not_pass(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Change, error: str
) -> None:
    right = extract_module.extract_with_edits

    def wrong(document: Document, options: Options) -> tuple[Extraction, tuple[Edit, ...]]:
        found, edits = right(document, options)
        return spoil(found) if document.path.endswith("福建.txt") else found, edits

    monkeypatch.setattr(extract_module, "extract_with_edits", wrong)
    for _ in range(2):
        kg = unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
        entries = {Path(source.path).name: source for source in kg.manifest.sources}
        assert [entries[name].state for name in TEXTS] == ["failed", "read", "read"]
        assert f"福建.txt: a fault of unionkg, not of the file: {error}: " in str(entries["福建.txt"].reason)


def extraction_of(documents: Path) -> Extraction:
    answer = next(extract_files([documents / "福建.txt"], Extractor(RULES), Engine(workers=0)))
    return answer.extractions[0]


def first_edge(graph: Any) -> Any:
    return next(iter(graph.edges(data=True)))[2]


def test_facts_without_evidence_do_not_pass(documents: Path) -> None:
    extraction = extraction_of(documents)
    graph = build_graph([extraction])
    check_evidence(graph, [extraction])
    first_edge(graph)["evidence"] = []
    with pytest.raises(MissingEvidence, match="no sentence says it"):
        check_evidence(graph, [extraction])


def test_quotes_that_nobody_read_do_not_pass(documents: Path) -> None:
    extraction = extraction_of(documents)
    graph = build_graph([extraction])
    first_edge(graph)["evidence"][0]["quote"] = "从未说过的话"
    with pytest.raises(MissingEvidence, match="从未说过的话"):
        check_evidence(graph, [extraction])


KILLED = """
import os, signal, sys
from pathlib import Path
from unionkg import cache
from unionkg.building import build
from unionkg.nlp.extract import Options

cache.COMMIT_S = 0

def kill(step):
    if step.done == 2:
        os.kill(os.getpid(), signal.SIGKILL)

build([sys.argv[1]], sys.argv[2], options=Options(ner="rules"), workers=0, progress=kill)
"""


def test_a_killed_build_leaves_the_old_graph_and_the_next_goes_on(documents: Path, tmp_path: Path) -> None:
    before = files(unionkg.build([documents / "浙江.txt"], tmp_path / "KG", options=RULES, workers=0).folder)
    done = subprocess.run([sys.executable, "-c", KILLED, str(documents), str(tmp_path / "KG")], check=False)
    assert done.returncode == -signal.SIGKILL
    assert files(tmp_path / "KG") == before
    kg = unionkg.build([documents], tmp_path / "KG", options=RULES, workers=0)
    assert kg.manifest.times.from_cache == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["KG", "documents"]


ORPHANS = """
import os, signal, sys
from pathlib import Path
from tests.unionkg.hostile import Hostile, children
from unionkg.engines import Engine, extract_files

answers = extract_files(sorted(Path(sys.argv[1]).iterdir()), Hostile(), Engine(workers=2))
next(answers)
print(*children(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_workers_end_with_their_parent_whatever_they_are_at(documents: Path) -> None:
    (documents / "湖北.txt").write_text("【hangs】", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ORPHANS, str(documents)], stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False
    )
    children = [int(pid) for pid in done.stdout.split()]
    assert done.returncode == -signal.SIGKILL
    assert len(children) == 2
    deadline = time.monotonic() + 10
    while any(map(is_running, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, children))


def test_the_manifest_names_what_may_be_spun(tmp_path: Path) -> None:
    (tmp_path / "strange.txt").write_text(strange(HONEST), "utf-8")
    (tmp_path / "honest.txt").write_text(HONEST, "utf-8")
    kg = unionkg.build([tmp_path], tmp_path / "KG", options=Options(ner="rules"), workers=0)
    warnings = {Path(source.path).name: len(source.warnings) for source in kg.manifest.sources}
    assert warnings == {"honest.txt": 0, "strange.txt": 1}
