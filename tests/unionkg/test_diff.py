"""`unionkg diff` compares two folders and only reads them."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

import unionkg
from unionkg.cli.app import app
from unionkg.cli.difference_text import difference_text
from unionkg.graph.changes import Difference
from unionkg.manifest import settings
from unionkg.nlp.extract import Options

REPORT = "2024年4月9日，海南省总工会在海口市召开全委会议。桑晓岚当选海南省总工会主席。\n"
LETTER = "甘肃省总工会主席费玉堂到兰州市调研，今年以来全省新建职工驿站45个。\n"
HOSTILE = "a\u202e\x1b[31m.txt"


def build(folder: Path, texts: dict[str, str], base: str | None = None) -> Path:
    """Build the graph of these texts, by file name, and return its folder."""
    source = folder / "documents"
    source.mkdir(parents=True)
    for name, text in texts.items():
        (source / name).write_text(text, "utf-8")
    return unionkg.build([source], folder / "KG", options=Options(ner="rules"), base=base).folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two graphs: in the second a report is edited, and a document with a hostile name is new."""
    old = build(tmp_path_factory.mktemp("old"), {"report.txt": REPORT})
    edited = REPORT.replace("主席", "副主席")
    return old, build(tmp_path_factory.mktemp("new"), {"report.txt": edited, HOSTILE: LETTER})


def run(*arguments: str | Path) -> tuple[int, str, list[str]]:
    """Return the exit code, the data and the lines that were said."""
    done = CliRunner().invoke(app, ["diff", *map(str, arguments)], prog_name="unionkg")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr.splitlines()


def test_text_tells_counts_reasons_and_lists(folders: tuple[Path, Path]) -> None:
    code, out, said = run(*folders)
    lines = out.splitlines()
    assert (code, said) == (0, [])
    assert lines[0].startswith("old: 1 document, ")
    assert "reasons" in lines
    assert any(one.startswith("  document edited report.txt: ") for one in lines)
    [changed] = [one for one in lines if "role 主席 -> 副主席" in one]
    assert changed.startswith("  桑晓岚 holds post 海南省总工会 (副主席")
    assert any("费玉堂 holds post 甘肃省总工会 (主席, current) [fact-" in one for one in lines)
    assert "new facts (" in out


def test_what_documents_hold_does_not_steer_the_terminal(folders: tuple[Path, Path]) -> None:
    _, out, _ = run(*folders)
    assert "a\\u202e\\x1b[31m.txt" in out
    assert all(one.isprintable() or one == "\n" for one in out)


def test_limit_shortens_the_lists_and_zero_leaves_them_out(folders: tuple[Path, Path]) -> None:
    _, whole, _ = run(*folders, "--limit", "1000")
    _, one, _ = run(*folders, "--limit", "1")
    _, none, _ = run(*folders, "--limit", "0")
    assert "more: --limit" in one
    assert "more: --limit" not in whole
    assert len(whole) > len(one) > len(none)
    assert "new facts (" not in none


def test_json_is_the_whole_difference(folders: tuple[Path, Path]) -> None:
    code, out, _ = run(*folders, "--json")
    assert code == 0
    found = unionkg.load(folders[0]).difference(unionkg.load(folders[1]))
    assert msgspec.json.decode(out, type=Difference) == found
    assert json.loads(out)["counts"]["documents"] == {"new": 1, "changed": 1}


def test_the_page_is_written_to_a_file_or_to_standard_output(folders: tuple[Path, Path], tmp_path: Path) -> None:
    code, out, said = run(*folders, "--html", tmp_path / "page.html")
    assert (code, out, said) == (0, "", [])
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "<!doctype html>" in page
    assert run(*folders, "--html", "-")[1] == page
    assert len(run(*folders, "--html", "-", "--limit", "1")[1]) < len(page)


def test_equal_graphs_take_one_line(folders: tuple[Path, Path]) -> None:
    code, out, _ = run(folders[0], folders[0], "--exit-code")
    assert code == 0
    assert out.startswith("no difference: 1 document, ")
    assert len(out.splitlines()) == 1


def test_the_exit_code_tells_of_differences_on_request(folders: tuple[Path, Path]) -> None:
    assert [run(*folders, "--exit-code", *more)[0] for more in ((), ("--json",), ("--html", "-"))] == [1, 1, 1]


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
    arguments[at] = tmp_path / "missing"
    code, out, said = run(*arguments)
    assert (code, out, len(said)) == (1, "", 1)
    assert str(tmp_path / "missing") in said[0]


@pytest.mark.parametrize("more", [("--limit", "-1"), ("--json", "--limit", "3"), ("--json", "--html", "-")])
def test_wrong_usage_ends_with_2(folders: tuple[Path, Path], more: tuple[str, ...]) -> None:
    assert run(*folders, *more)[0] == 2


def test_other_settings_of_equal_graphs_are_said_in_the_same_line(tmp_path: Path) -> None:
    one = build(tmp_path / "one", {"report.txt": REPORT})
    other = build(tmp_path / "other", {"report.txt": REPORT}, base="https://example.org/")
    manifests = [unionkg.load(folder).manifest for folder in (one, other)]
    [setting] = settings(*manifests)
    assert (setting.name, setting.new) == ("base", "https://example.org/")
    [line] = difference_text(unionkg.load(one).difference(unionkg.load(other)), 20)
    assert line.endswith(f"; built with another base {setting.old} -> https://example.org/")


def test_settings_name_options_and_versions_that_one_build_lacks(folders: tuple[Path, Path]) -> None:
    manifest = unionkg.load(folders[0]).manifest
    other = msgspec.structs.replace(manifest, options={**manifest.options, "ner": "lac"}, versions={"unionkg": "0.0.1"})
    found = {one.name: (one.old, one.new) for one in settings(manifest, other)}
    assert found["option ner"] == ("rules", "lac")
    assert found["version unionkg"] == (unionkg.__version__, "0.0.1")
    assert found["version spacy"] == (manifest.versions["spacy"], None)
