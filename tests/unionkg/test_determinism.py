"""The same documents give the same files, whatever the circumstances and the way that led to them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import unionkg
from tests.conftest import ROOT
from tests.unionkg.content import content
from tests.unionkg.hostile import RULES

SENTENCES = (
    "2024年5月6日，山西省总工会在太原市召开第九次全体会议。祁闻笛当选山西省总工会主席。\n",
    "祁闻笛任山西省总工会主席。山西省总工会與陝西省總工會簽訂合作協議。\n",
    "陕西省总工会举办“秦岭工匠”技能竞赛，参加职工3万人。\n",
    "陕西省总工会副主席阮听涛出席“秦岭工匠”技能竞赛。\n",
    "河南省总工会印发《关于推进产业工人队伍建设的意见》，慰问职工2万人次。\n",
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine documents: pages, records, one twice under two names, one broken, one empty."""
    folder = tmp_path_factory.mktemp("corpus") / "docs"
    (folder / "unter").mkdir(parents=True)
    for number, text in enumerate(SENTENCES):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    (folder / "unter" / "twin.txt").write_text(SENTENCES[0], "utf-8")
    (folder / "unter" / "page.html").write_text(f"<h1>消息</h1><p>{SENTENCES[1]}</p>", "utf-8")
    rows = [json.dumps({"text": SENTENCES[2]}), "{", json.dumps({"text": SENTENCES[0] + SENTENCES[4]})]
    (folder / "news.jsonl").write_text("\n".join(rows), "utf-8")
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture(scope="module")
def plain(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a build from nothing in this process makes of it, told by its path from the folder above."""
    return built(corpus, tmp_path_factory.mktemp("plain") / "KG", {})


def built(corpus: Path, out: Path, environment: dict[str, str], *options: str) -> dict[str, Any]:
    """What the command makes of the corpus in a process of its own, with these variables."""
    command = [sys.executable, "-m", "unionkg", "build", corpus.name, "--out", str(out), "--ner", "rules", *options]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        command,
        cwd=corpus.parent,
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr.decode()  # one document is empty, and one record broken
    return content(out)


def test_the_corpus_has_all_that_the_tests_are_about(plain: dict[str, Any]) -> None:
    assert plain["manifest.json"]["counts"]["sources"] == {"duplicate": 1, "failed": 1, "read": 7}
    assert plain["manifest.json"]["counts"]["relations"]["holds_post"] >= 2
    ontology = [line for line in plain["store"] if line.endswith(b"<https://w3id.org/unionkg/ontology> .")]
    assert ontology
    assert len(plain["store"]) - len(ontology) == len(plain["graph.nt"].splitlines())
    assert len(plain["cache.sqlite"]) == 7
    assert len(plain["texts.jsonl"].splitlines()) == 8
    assert b'"script"' in plain["texts.jsonl"]


@pytest.mark.parametrize(
    "circumstances",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "4242", "LANG": "tr_TR.UTF-8", "LC_ALL": "C"},
        {"TMPDIR": "/nowhere", "HOME": "/nowhere", "PYTHONUTF8": "0", "COLUMNS": "20"},
    ],
)
def test_process_and_environment_make_no_difference(
    corpus: Path, plain: dict[str, Any], tmp_path: Path, circumstances: dict[str, str]
) -> None:
    assert built(corpus, tmp_path / "图谱 2", circumstances, "--workers", "2") == plain


def test_dask_makes_no_difference(corpus: Path, plain: dict[str, Any], tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    assert built(corpus, tmp_path / "KG", {}, "--engine", "dask", "--workers", "2") == plain


def test_the_clock_makes_no_difference(
    corpus: Path, plain: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = time.time
    monkeypatch.setattr(time, "time", lambda: right() + 40 * 365 * 86400)
    monkeypatch.setattr(time, "monotonic", lambda: right() / 7)
    monkeypatch.chdir(corpus.parent)
    for path in corpus.rglob("*.*"):
        os.utime(path, (0, 0))
    unionkg.build([corpus.name], tmp_path / "KG", options=RULES, workers=0)
    assert content(tmp_path / "KG") == plain


def without_paths(found: dict[str, Any]) -> dict[str, Any]:
    """All but what the manifest says of where the documents lay, and what follows from it."""
    stated = {name: value for name, value in found["manifest.json"].items() if name not in ("inputs", "seal")}
    sources = [
        {name: value for name, value in source.items() if name not in ("path", "reason")}
        for source in stated["sources"]
    ]
    return {**found, "manifest.json": {**stated, "sources": sources}}


def test_where_the_documents_lie_is_said_by_the_manifest_alone(
    corpus: Path, plain: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(corpus, tmp_path / "elsewhere" / "docs")
    unionkg.build([tmp_path / "elsewhere" / "docs"], tmp_path / "KG", options=RULES, workers=0)
    moved = content(tmp_path / "KG")
    assert moved != plain
    assert without_paths(moved) == without_paths(plain)
    monkeypatch.chdir(tmp_path / "elsewhere")
    unionkg.build(["docs"], tmp_path / "KG", options=RULES, workers=0)
    assert content(tmp_path / "KG") == plain


def test_the_order_of_the_paths_makes_no_difference(
    corpus: Path, plain: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus.parent)
    paths = sorted(path.relative_to(corpus.parent) for path in corpus.rglob("*.*"))
    for number, order in enumerate((paths, paths[::-1], [*paths[4:], *paths, Path("docs")])):
        unionkg.build(order, tmp_path / str(number), options=RULES, workers=0)
        assert content(tmp_path / str(number)) == plain


Deed = Callable[[Path, int], None]


def add(folder: Path, which: int) -> None:
    (folder / f"new{which}.txt").write_text(SENTENCES[which % len(SENTENCES)] * 2, "utf-8")


def edit(folder: Path, which: int) -> None:
    path = sorted(folder.rglob("*.*"))[which]
    path.write_bytes(path.read_bytes() + "\n吕梁市总工会慰问职工50人。\n".encode())


def delete(folder: Path, which: int) -> None:
    sorted(folder.rglob("*.*"))[which].unlink()


def rename(folder: Path, which: int) -> None:
    path = sorted(folder.rglob("*.*"))[which]
    path.rename(path.with_name(f"z{path.name}"))


def double(folder: Path, which: int) -> None:
    path = sorted(folder.rglob("*.*"))[which]
    shutil.copy(path, folder / f"copy{which}{path.suffix}")


@given(st.lists(st.tuples(st.sampled_from([add, edit, delete, rename, double]), st.integers(0, 4)), max_size=4))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_build_upon_others_is_the_one_from_nothing(
    corpus: Path, plain: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deeds: list[tuple[Deed, int]]
) -> None:
    for old in tmp_path.iterdir():
        shutil.rmtree(old)
    shutil.copytree(corpus, tmp_path / "docs")
    monkeypatch.chdir(tmp_path)
    unionkg.build(["docs"], "KG", options=RULES, workers=0)
    for deed, which in deeds:
        deed(tmp_path / "docs", which)
        unionkg.build(["docs"], "KG", options=RULES, workers=0)
    unionkg.build(["docs"], "afresh", options=RULES, workers=0)
    assert content(tmp_path / "KG") == content(tmp_path / "afresh")


def test_the_facts_of_a_deleted_document_go(tmp_path: Path) -> None:
    for name, text in zip("ab", SENTENCES[2:4], strict=True):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    unionkg.build([tmp_path], tmp_path / "KG", options=RULES, workers=0)
    assert "阮听涛" in (tmp_path / "KG" / "graph.ttl").read_text("utf-8")
    (tmp_path / "b.txt").unlink()
    unionkg.build([tmp_path], tmp_path / "KG", options=RULES, workers=0)
    for path in (tmp_path / "KG").rglob("*"):
        assert path.is_dir() or "阮听涛".encode() not in path.read_bytes(), path
