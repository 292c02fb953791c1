"""`unionkg align` puts two folders side by side and only reads them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

import unionkg
from tests.unionkg.test_diff import build
from unionkg.cli.alignment_text import HEADER
from unionkg.cli.app import app
from unionkg.graph.aligned import Alignment
from unionkg.graph.changes import COLLECTIONS

SHARED = "2024年4月9日，海南省总工会在海口市召开全委会议。桑晓岚当选海南省总工会主席。\n"
MINE = "2024年3月1日\n甘肃省总工会主席费玉堂到兰州市调研。\n2023年，甘肃省总工会新建职工驿站45个。\n"
YOURS = (
    "2024年3月1日\n为了解企业用工，甘肃省总工会主席祁连峰走进酒泉市。\n据介绍，2023年，甘肃省总工会新建职工驿站60个。\n"
)
HOSTILE = "a\u202e\x1b[31m=1.txt"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two studies: one document is in both, and of Gansu's union they say what cannot both be true."""
    mine = build(tmp_path_factory.mktemp("mine"), {"shared.txt": SHARED, "mine.txt": MINE})
    return mine, build(tmp_path_factory.mktemp("yours"), {"shared.txt": SHARED, HOSTILE: YOURS}, "https://example.org/")


def run(*arguments: str | Path) -> tuple[int, str, list[str]]:
    """Return the exit code, the data and the lines that were said."""
    done = CliRunner().invoke(app, ["align", *map(str, arguments)], prog_name="unionkg")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr.splitlines()


def test_text_tells_numbers_lists_and_parts(folders: tuple[Path, Path]) -> None:
    code, out, said = run(*folders)
    lines = out.splitlines()
    assert (code, said) == (0, [])
    assert lines[0].startswith("KG1: 2 documents, ")
    assert "copies of one article: by their texts" in lines
    assert any(line.startswith("built with another base ") for line in lines)
    [documents] = [line for line in lines if line.startswith("documents  ")]
    assert documents.split() == ["documents", "2", "1", "50%", "2", "1", "50%", "0.33"]
    at = lines.index("figures: contradicting (1)")
    assert lines[at + 1].startswith("  two values of one figure: 甘肃省总工会: ")
    assert "45个" in lines[at + 2]
    assert "60个" in lines[at + 3]
    assert lines[at + 2].startswith("    KG1: ")
    for part in ("entities by type", "by province", "by year"):
        assert part in lines
    assert any(line.split()[:1] == ["Gansu"] for line in lines)


def test_two_holders_of_one_seat_are_told(folders: tuple[Path, Path]) -> None:
    _, out, _ = run(*folders)
    assert "facts: contradicting (1)" in out
    assert "two holders of one seat at one time: 甘肃省总工会: 主席" in out


def test_what_documents_hold_does_not_steer_the_terminal(folders: tuple[Path, Path]) -> None:
    _, out, _ = run(*folders)
    assert "a\\u202e\\x1b[31m=1.txt" in out
    assert all(one.isprintable() or one == "\n" for one in out)


def test_limit_shortens_the_lists_and_zero_leaves_them_out(folders: tuple[Path, Path]) -> None:
    _, whole, _ = run(*folders, "--limit", "1000")
    _, one, _ = run(*folders, "--limit", "1")
    _, none, _ = run(*folders, "--limit", "0")
    assert "more: --limit" in one
    assert "more: --limit" not in whole
    told = [sum(line[:2] == "  " != line[2:4] for line in out.splitlines()) for out in (whole, one, none)]
    assert told == sorted(told, reverse=True)
    assert told[-1] == 0


def test_json_is_the_whole_alignment(folders: tuple[Path, Path]) -> None:
    code, out, _ = run(*folders, "--json")
    assert code == 0
    found = unionkg.load(folders[0]).align(unionkg.load(folders[1]))
    assert msgspec.json.decode(out, type=Alignment) == found
    assert json.loads(out)["settings"][0]["name"] == "base"


def test_csv_has_a_row_for_each_row_and_nothing_that_runs(folders: tuple[Path, Path]) -> None:
    code, out, _ = run(*folders, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    found = unionkg.load(folders[0]).align(unionkg.load(folders[1]))
    assert code == 0
    assert tuple(rows[0]) == HEADER
    assert [(row["kind"], row["state"]) for row in rows] == [
        (name, row.state) for name in COLLECTIONS for row in found.rows(name)
    ]
    [against] = [row for row in rows if (row["kind"], row["state"]) == ("figures", "contradicting")]
    assert "45" in against["kg1_names"]
    assert "60" in against["kg2_names"]
    assert against["kg1_evidence"].startswith("2023年")
    assert against["kg1_evidence"].endswith("(mine.txt:29)")
    assert against["ground"] == "two_values"
    [shared] = [row for row in rows if (row["kind"], row["state"]) == ("documents", "same")]
    assert shared["kg1_ids"] == shared["kg2_ids"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]


def test_the_page_is_written_to_a_file_or_to_standard_output(folders: tuple[Path, Path], tmp_path: Path) -> None:
    code, out, said = run(*folders, "--html", tmp_path / "page.html")
    assert (code, out, said) == (0, "", [])
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "<!doctype html>" in page
    assert run(*folders, "--html", "-")[1] == page
    assert len(run(*folders, "--html", "-", "--limit", "1")[1]) < len(page)


def test_one_folder_twice_is_said_and_shares_all(folders: tuple[Path, Path]) -> None:
    code, out, said = run(folders[0], folders[0] / ".." / folders[0].name, "--exit-code")
    assert code == 0
    assert [line.endswith("both studies are this folder") for line in said] == [True]
    assert "only in" not in out
    assert "100%" in out


def test_without_texts_copies_are_found_by_title(folders: tuple[Path, Path], tmp_path: Path) -> None:
    bare = tmp_path / "KG"
    shutil.copytree(folders[0], bare)
    (bare / "texts.jsonl").unlink()
    assert "copies of one article: by title and date, for a folder has no texts.jsonl" in run(bare, folders[1])[1]


def test_the_exit_code_tells_of_contradictions_on_request(folders: tuple[Path, Path]) -> None:
    forms: tuple[tuple[str, ...], ...] = ((), ("--json",), ("--csv",), ("--html", "-"))
    assert [run(*folders, "--exit-code", *more)[0] for more in forms] == [1, 1, 1, 1]
    assert run(folders[0], folders[0], "--exit-code")[0] == 0


def test_the_folders_are_only_read(folders: tuple[Path, Path]) -> None:
    def content() -> list[tuple[Path, int, int]]:
        found = sorted(one for folder in folders for one in folder.parent.rglob("*"))
        return [(one, one.stat().st_mtime_ns, one.stat().st_size) for one in found]

    before = content()
    run(*folders)
    assert content() == before


@pytest.mark.parametrize("at", [0, 1])
def test_what_is_no_knowledge_graph_gets_its_line(folders: tuple[Path, Path], at: int, tmp_path: Path) -> None:
    arguments = list(folders)
    arguments[at] = tmp_path
    code, out, said = run(*arguments)
    assert (code, out, len(said)) == (1, "", 1)
    assert str(tmp_path) in said[0]


@pytest.mark.parametrize(
    "more", [("--limit", "-1"), ("--json", "--limit", "3"), ("--csv", "--html", "-"), ("--json", "--csv")]
)
def test_wrong_usage_ends_with_2(folders: tuple[Path, Path], more: tuple[str, ...]) -> None:
    assert run(*folders, *more)[0] == 2
