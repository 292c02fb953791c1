"""What is wrong with parts of a file, and what lies in archives, reaches the manifest, the names and the exit code."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import unionkg
from unionkg.cli.app import app
from unionkg.extracting import extract
from unionkg.graph import exchange
from unionkg.graph.model import Document, Extraction
from unionkg.graph.segments import Edit
from unionkg.nlp import extract as extract_module
from unionkg.nlp.extract import Options
from unionkg.nlp.read_records import chosen_fields

RULES = Options(ner="rules")
TEXT = "2023年3月1日，福建省总工会在福州市召开第十三届委员会第五次全体会议。\n"


def records(path: Path) -> Path:
    lines = [json.dumps({"title": f"第{number}期", "text": TEXT}) for number in range(1, 4)]
    lines[1] = lines[1][:-1]
    path.write_text("\n".join(lines), "utf-8")
    return path


def archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a/1.txt", TEXT)
        file.writestr("b/1.txt", "浙江省总工会举办竞赛。\n")
        file.writestr("c.xyz", "x")
    return path


def test_each_record_has_a_file_and_a_body_by_its_number(tmp_path: Path) -> None:
    [written] = extract([records(tmp_path / "news.jsonl")], tmp_path / "out", options=RULES, workers=0)
    assert written.files == ("news.1.json", "news.3.json")
    [broken] = written.broken
    assert broken.startswith("line 2: not JSON")
    body = (tmp_path / "out" / "news.3.body.txt").read_bytes().decode()
    assert body == f"第3期\n{TEXT}".rstrip()
    exchange.check(exchange.read(tmp_path / "out" / "news.3.json"), body)


def test_broken_records_are_in_the_manifest_also_from_the_cache(tmp_path: Path) -> None:
    path = records(tmp_path / "news.jsonl")
    for from_cache in (0, 1):
        manifest = unionkg.build([path], tmp_path / "KG", options=RULES, workers=0).manifest
        assert manifest.times.from_cache == from_cache
        [source] = manifest.sources
        assert (source.state, len(source.documents)) == ("read", 2)
        assert source.broken[0].startswith("line 2: not JSON")


def test_what_a_fault_of_ours_spoils_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps({"title": f"第{number}期", "text": TEXT}) for number in range(1, 4)), "utf-8")
    right = extract_module.extract_with_edits

    def wrong(document: Document, options: Options) -> tuple[Extraction, tuple[Edit, ...]]:
        if document.text.startswith("第2期"):
            raise IndexError("string index out of range")
        return right(document, options)

    with monkeypatch.context() as patch:
        patch.setattr(extract_module, "extract_with_edits", wrong)
        [source] = unionkg.build([path], tmp_path / "KG", options=RULES, workers=0).manifest.sources
    fault = "record 2: a fault of unionkg, not of the file: IndexError: string index out of range"
    assert (source.state, len(source.documents), source.broken) == ("read", 2, (fault,))
    manifest = unionkg.build([path], tmp_path / "KG", options=RULES, workers=0).manifest
    assert (manifest.times.from_cache, len(manifest.sources[0].documents), manifest.sources[0].broken) == (0, 3, ())


def test_broken_records_are_said_and_are_the_exit_code(tmp_path: Path) -> None:
    path = records(tmp_path / "news.jsonl")
    for command, out in (("extract", "out"), ("build", "KG")):
        done = CliRunner().invoke(app, [command, str(path), "--out", str(tmp_path / out), "--ner", "rules"])
        assert done.exit_code == 1
        assert f"{path}: line 2: not JSON" in done.stderr
        assert "1 records of other files could not be used" in done.stderr


def test_names_of_fields_are_chosen_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f"编号,正文文本,正文\n1,{TEXT.strip()},摘要\n", "utf-8")
    chosen = ["--field", "text=正文文本", "--field", "title=编号"]
    runner = CliRunner()
    for name, arguments, text in (("plain", [], "摘要"), ("chosen", chosen, f"1\n{TEXT.strip()}")):
        out = tmp_path / name
        done = runner.invoke(app, ["extract", str(path), "--out", str(out), "--ner", "rules", *arguments])
        assert done.exit_code == 0
        assert (out / "news.1.body.txt").read_text("utf-8") == text
        assert runner.invoke(app, ["restore", str(path), *arguments]).stdout == f"{text}\n"


def test_what_other_fields_gave_is_not_taken_from_the_cache(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"text": "浙江省总工会举办竞赛。", "c2": TEXT}), "utf-8")
    for chosen, from_cache, found in (([], 0, "浙江"), (["text=c2"], 0, "福建"), (["text=c2"], 1, "福建")):
        options = Options(ner="rules", fields=chosen_fields(chosen))
        kg = unionkg.build([path], tmp_path / "KG", options=options, workers=0)
        assert kg.manifest.times.from_cache == from_cache
        assert kg.manifest.options["fields"] == ", ".join(chosen)
        assert kg.entity(f"{found}省总工会")


def test_members_of_an_archive_are_sources(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.zip")
    (tmp_path / "z.txt").write_text(TEXT, "utf-8")
    manifest = unionkg.build([tmp_path], tmp_path / "KG", options=RULES, workers=0).manifest
    states = {source.path.removeprefix(path.as_posix()): source.state for source in manifest.sources}
    assert states == {
        "/a/1.txt": "read",
        "/b/1.txt": "read",
        "/c.xyz": "failed",
        (tmp_path / "z.txt").as_posix(): "duplicate",
    }
    assert unionkg.build([tmp_path], tmp_path / "KG", options=RULES, workers=0).manifest.times.from_cache == 3


def test_members_of_an_archive_are_named_as_files_of_a_folder(tmp_path: Path) -> None:
    done = extract([archive(tmp_path / "news.zip")], tmp_path / "out", options=RULES, workers=0)
    assert [written.files for written in done] == [("a__1.json",), ("b__1.json",), ()]
    assert "c.xyz: no reader for .xyz" in str(done[2].failure)


def test_a_pattern_does_not_read_what_was_built(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<p>{TEXT}</p>", "utf-8")
    for _ in range(2):
        kg = unionkg.build([tmp_path / "**" / "*.html"], tmp_path / "KG", options=RULES, workers=0)
        assert [Path(source.path).name for source in kg.manifest.sources] == ["page.html"]


def test_a_member_with_a_name_that_no_file_can_have_is_written(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as file:
        file.writestr("长" * 120 + ".txt", TEXT)
    [written] = extract([tmp_path / "news.zip"], tmp_path / "out", options=RULES, workers=0)
    assert written.files[0].startswith("长" * 40 + ".")
    assert (tmp_path / "out" / written.files[0]).is_file()
