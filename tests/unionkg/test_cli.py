"""Every command does its work, and every mistake gets one line and the right exit code."""

from __future__ import annotations

import csv
import inspect
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from typer.testing import CliRunner

import unionkg
from tests.viz.page_reader import data_block
from unionkg import engines, querying
from unionkg.cli.app import app
from unionkg.cli.build import build_command
from unionkg.cli.console import printable
from unionkg.cli.extract import extract_command
from unionkg.cli.options import EngineName, Ner, Segmenter
from unionkg.cli.query import Form, query, query_command
from unionkg.exports.answers import FORMS
from unionkg.exports.questions import questions
from unionkg.graph import exchange
from unionkg.nlp.extract import Options

REPORT = "2023年3月1日，福建省总工会在福州市召开第十三届委员会第五次全体会议。陈明当选福建省总工会主席。\n"
NAMES = "SELECT ?name WHERE { ?union a ukg:TradeUnion ; skos:prefLabel ?name } ORDER BY ?name"


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, its data, the lines it said."""

    code: int
    out: bytes
    said: list[str]


def run(*arguments: str | Path, input: bytes | None = None) -> Done:
    """Run a command in this process; an error that is not ours is raised."""
    done = CliRunner().invoke(app, list(map(str, arguments)), input=input, prog_name="unionkg")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout_bytes, done.stderr.splitlines())


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one report."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "report.txt").write_text(REPORT, "utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report's knowledge graph."""
    return unionkg.build(
        [documents], tmp_path_factory.mktemp("built") / "KG", options=Options(ner="rules"), workers=0
    ).folder


def test_the_choices_are_those_of_the_pipeline() -> None:
    for name, choice in (("ner", Ner), ("segmenter", Segmenter)):
        assert get_type_hints(Options)[name] == get_args(choice)[0]
    defaults = Options()
    assert (defaults.ner, defaults.segmenter) == ("lac", "rjieba")
    assert get_args(get_args(EngineName)[0]) == engines.NAMES
    for command in (build_command, extract_command):
        assert inspect.signature(command).parameters["time_limit"].default == engines.TIME_LIMIT_S


def test_version() -> None:
    assert run("--version").out.decode() == f"unionkg {unionkg.__version__}\n"


def test_extract_writes_one_json_a_document(documents: Path, tmp_path: Path) -> None:
    done = run("extract", documents, "--out", tmp_path / "out", "--ner", "rules")
    assert (done.code, done.out) == (0, b"")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.json"]
    extraction = exchange.read(tmp_path / "out" / "report.json")
    exchange.check(extraction, REPORT)
    assert "福建省总工会" in {entity.name for entity in extraction.entities}


def test_extract_writes_the_body_that_offsets_refer_to(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<html><body><article><p>{REPORT}</p></article></body></html>", "utf-8")
    done = run("extract", tmp_path / "page.html", "--out", tmp_path / "out", "--ner", "rules")
    assert done.code == 0
    body = (tmp_path / "out" / "page.body.txt").read_bytes().decode()
    exchange.check(exchange.read(tmp_path / "out" / "page.json"), body)


def test_extract_may_write_beside_its_sources(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    assert run("extract", tmp_path / "report.txt", "--out", tmp_path, "--ner", "rules").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "report.txt"]


def test_extract_reports_as_json(documents: Path, tmp_path: Path) -> None:
    done = run("extract", documents, tmp_path / "gone", "--out", tmp_path / "out", "--ner", "rules", "--json")
    assert done.code == 1
    report = {Path(row["path"]).name: row for row in json.loads(done.out)}
    assert report["report.txt"]["files"] == ["report.json"]
    assert "no such file" in report["gone"]["failure"]


def test_build_says_what_was_found_and_where_the_view_is(documents: Path, tmp_path: Path) -> None:
    done = run("build", documents, "--out", tmp_path / "KG", "--ner", "rules", "--base", "https://example.org/")
    assert (done.code, done.out) == (0, b"")
    assert any("1 document, " in line for line in done.said)
    assert done.said[-1] == f"unionkg: view: {tmp_path / 'KG' / 'graph.html'}"
    assert b"<https://example.org/" in (tmp_path / "KG" / "graph.nt").read_bytes()


def test_build_prints_its_manifest(documents: Path, tmp_path: Path) -> None:
    done = run("build", documents, "--out", tmp_path / "KG", "--ner", "rules", "--json")
    assert json.loads(done.out) == json.loads((tmp_path / "KG" / "manifest.json").read_bytes())


SPUN = "清溪市总工会深刻展开“五年夜举动”，加大力度平易近主治理，扶植财产工人步队，休息者餐与加入工会。\n".encode()


def test_restore_marks_what_was_taken_out_and_put_in() -> None:
    done = run("restore", "-", "--diff", input=SPUN)
    assert done.code == 0
    assert "“五[-年夜-]{+大+}[-举动-]{+行动+}”".encode() in done.out


def on_a_terminal(*arguments: str) -> str:
    """Return what a command shows on a terminal."""
    control, terminal = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"}
    with subprocess.Popen(unionkg_command(*arguments), stdout=terminal, env=environment):
        os.close(terminal)
        return seen_on(control)


def seen_on(control: int) -> str:
    """Return what is written to a terminal until its other side is closed, and close this one."""
    seen = b""
    try:
        while piece := os.read(control, 4096):
            seen += piece
    except OSError:  # Linux ends a terminal whose other side is closed with EIO
        pass
    os.close(control)
    return seen.decode()


def test_restore_colours_the_changes_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "spun.txt").write_bytes(SPUN.replace(b"\n", b"\x1b[2J\n"))
    shown = on_a_terminal("restore", str(tmp_path / "spun.txt"), "--diff")
    assert "年夜" in shown
    assert "[-" not in shown
    assert "\x1b[" in shown
    assert "\x1b[2J" not in shown


def test_restore_gives_the_edits_as_json_and_as_a_page() -> None:
    found = json.loads(run("restore", "-", "--json", input=SPUN).out)
    assert (found["is_spun"], found["family"], found["suspect"], found["noise"]) == (True, "b", None, [])
    assert {"start": 12, "end": 14, "original": "年夜", "restored": "大", "op": "replace"}.items() <= next(
        edit for edit in found["edits"] if edit["op"] == "replace" and edit["original"] == "年夜"
    ).items()
    assert "".join(edit["restored"] for edit in found["edits"]).encode() == run("restore", "-", input=SPUN).out
    page = run("restore", "-", "--html", input=SPUN).out.decode()
    assert page.startswith("<!doctype html>")
    assert "年夜 → 大" in page


def test_restore_takes_one_form_only() -> None:
    done = run("restore", "-", "--diff", "--json", input=SPUN)
    assert (done.code, len(done.said)) == (2, 1)


@pytest.mark.parametrize("arguments", [("restore", "report.txt"), ("restore", "-")])
def test_restore_prints_simplified_text(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    original = "福建省總工會召開會議。\n".encode()
    (tmp_path / "report.txt").write_bytes(original)
    assert run(*arguments, input=original).out.decode() == "福建省总工会召开会议。\n"


def test_query_answers(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "names.rq").write_text(NAMES, "utf-8")
    expected = "name\n福建省总工会\n"
    assert run("query", folder, NAMES, "--format", "csv").out.decode().replace("\r\n", "\n") == expected
    assert (
        run("query", folder, "--file", tmp_path / "names.rq", "--format", "csv").out.decode().split()
        == expected.split()
    )
    assert run("query", folder, "-", "--format", "csv", input=NAMES.encode()).out.decode().split() == expected.split()
    assert (
        json.loads(run("query", folder, "ASK { ?union a ukg:TradeUnion }", "--format", "json").out)["boolean"] is True
    )
    construct = "CONSTRUCT { ?union a ukg:TradeUnion } WHERE { ?union a ukg:TradeUnion }"
    assert "a ukg:TradeUnion" in run("query", folder, construct, "--format", "ttl").out.decode()


def test_view_prints_the_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    page = folder.resolve() / "graph.html"
    assert run("view", folder, "--no-open").out.decode() == f"{page}\n"
    assert opened == []
    assert run("view", folder).code == 0
    assert opened == [page.as_uri()]


def test_view_makes_a_page_of_ones_own(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "own.html"
    done = run("view", folder, "--focus", "陈明", "--depth", "2", "--types", "ORG", "--out", page, "--no-open")
    assert (done.code, done.out.decode()) == (0, f"{page}\n")
    network = data_block(page.read_text("utf-8"), "network")
    kg = unionkg.load(folder)
    (chair, _), *_ = kg.entity("陈明")
    assert {node["group"] for node in network["nodes"]} == {"PERSON", "ORG"}
    assert network["start"] == f"focus={chair}&depth=2"
    whole = tmp_path / "whole.html"
    assert run("view", folder, "--max-nodes", "2", "--out", whole, "--no-open").code == 0
    assert len(data_block(whole.read_text("utf-8"), "network")["nodes"]) == len(kg.graph)
    assert data_block(whole.read_text("utf-8"), "knowledge")["first"] == 2
    assert data_block(whole.read_text("utf-8"), "texts")[0]["text"] == REPORT
    assert run("view", folder, "--no-texts", "--out", whole, "--no-open").code == 0
    assert data_block(whole.read_text("utf-8"), "texts") == [None]


def test_view_without_a_file_to_write_takes_a_temporary_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("view", folder, "--types", "PERSON", "--no-open")
    page = Path(done.out.decode().strip())
    try:
        assert page.suffix == ".html"
        assert page.parent != folder
        assert {node["group"] for node in data_block(page.read_text("utf-8"), "network")["nodes"]} == {"PERSON"}
    finally:
        page.unlink()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--focus", "无此人"), "no entity has the id, the name or the alias '无此人'"),
        (("--types", "UNION"), "unknown type 'UNION'; accepted: ORG, PERSON"),
        (("--depth", "2"), "--depth counts from an entity; accepted: with --focus NAME"),
        (("--max-nodes", "0"), "Invalid value for '--max-nodes'"),
    ],
)
def test_view_refuses_what_it_cannot_show(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run("view", folder, *arguments, "--no-open")
    assert done.code == 2
    assert said in " ".join(done.said)


def test_export_writes_what_build_wrote(folder: Path, tmp_path: Path) -> None:
    for name, file in (("nt", "graph.nt"), ("entities", "entities.csv")):
        built = (folder / file).read_bytes()
        assert run("export", folder, "--format", name, "--out", "-").out == built
        assert run("export", folder, "--format", name, "--out", tmp_path / file).code == 0
        assert (tmp_path / file).read_bytes() == built
    assert run("export", folder, "--out", tmp_path / "told.nt").code == 0
    assert (tmp_path / "told.nt").read_bytes() == (folder / "graph.nt").read_bytes()


def test_every_format_goes_to_a_place_and_to_standard_output(folder: Path, tmp_path: Path) -> None:
    from unionkg.exports.formats import FORMATS

    for name, row in FORMATS.items():
        streamed = run("export", folder, "--format", name, "--out", "-")
        done = run("export", folder, "--format", name, "--out", tmp_path / f"{name}{row.suffix}")
        assert (streamed.code, done.code, done.said) == (0, 0, [])
        if not row.files:  # an archive for a pipe has its sizes elsewhere
            assert (tmp_path / f"{name}{row.suffix}").read_bytes() == streamed.out
        else:
            assert run("export", folder, "--format", name, "--out", tmp_path / name).code == 0
            assert [path.name for path in sorted((tmp_path / name).iterdir())] == sorted(row.files)


def test_export_lists_the_formats_without_a_graph() -> None:
    from unionkg.exports.formats import FORMATS

    lines = run("export", "--list").out.decode().splitlines()
    assert [line.split()[0] for line in lines] == list(FORMATS)
    assert lines[0] == "nt          the graph as N-Triples, lines sorted (.nt)"


def test_an_export_that_cannot_be_written_gets_its_line(folder: Path, tmp_path: Path) -> None:
    done = run("export", folder, "--out", tmp_path / "missing" / "x.nt")
    assert (done.code, done.said) == (1, [f"unionkg: {tmp_path / 'missing' / 'x.nt'}: No such file or directory"])


def test_stats_counts(folder: Path) -> None:
    counts = json.loads(run("stats", folder, "--json").out)
    assert counts["sources"] == {"read": 1}
    assert counts["failures"] == {}
    lines = run("stats", folder).out.decode().splitlines()
    assert lines[0].split() == ["sources", "1"]


def test_schema_has_its_forms() -> None:
    from rdflib import Graph

    assert "holds_post" in run("schema").out.decode()
    assert {row["name"] for row in json.loads(run("schema", "--format", "json").out)["entity_types"]} >= {"ORG"}
    for form in ("ontology", "shapes"):
        assert len(Graph().parse(data=run("schema", "--format", form).out, format="turtle")) > 100
    context = json.loads(run("schema", "--format", "context").out)["@context"]
    assert context["holdsPost"] == {"@id": "ukg:holdsPost", "@type": "@id"}
    assert run("schema", "--format", "mermaid").out.startswith(b"flowchart")


BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "no text"),
    "binary.txt": (bytes(range(256)) * 40, "binary.txt"),
    "undecodable.txt": ("工会".encode() + b"\xff\xfe\xfa\xff" * 50, "UTF-8"),
    "picture.jpg": (b"\xff\xd8\xff", "no reader"),
    "huge.txt": (None, "200,000,000 bytes"),
    "pipe.txt": (None, "not a regular file"),
    "missing.txt": (None, "no such file"),
}


@dataclass(frozen=True)
class Ran:
    """What a command that was given all the bad files and a good one left: its result, its output, where the files are."""

    command: str
    done: Done
    out: Path
    bad: Path


@pytest.fixture(scope="module", params=["extract", "build"])
def ran(request: pytest.FixtureRequest, documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    bad, out = tmp_path_factory.mktemp("bad"), tmp_path_factory.mktemp("ran") / "out"
    for name, (content, _) in BAD_FILES.items():
        if content is not None:
            (bad / name).write_bytes(content)
    with (bad / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    os.mkfifo(bad / "pipe.txt")
    done = run(request.param, documents, *(bad / name for name in BAD_FILES), "--out", out, "--ner", "rules")
    return Ran(request.param, done, out, bad)


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gets_its_line(ran: Ran, name: str) -> None:
    path, reason = ran.bad / name, BAD_FILES[name][1]
    (line,) = (line for line in ran.done.said if str(path) in line)
    assert reason in line
    if ran.command == "build":
        (source,) = (source for source in unionkg.load(ran.out).manifest.sources if source.path == path.as_posix())
        assert source.state == "failed"
        assert reason in str(source.reason)


def test_behind_bad_files_the_rest_goes_on(ran: Ran, documents: Path) -> None:
    assert ran.done.code == 1
    assert any(f"{len(BAD_FILES)} of {len(BAD_FILES) + 1} files could not be used" in line for line in ran.done.said)
    if ran.command == "extract":
        assert [path.name for path in ran.out.iterdir()] == ["report.json"]
    else:
        states = {source.path: source.state for source in unionkg.load(ran.out).manifest.sources}
        assert states[(documents / "report.txt").as_posix()] == "read"


@pytest.mark.parametrize("command", ["extract", "build"])
def test_nothing_but_bad_files_is_not_done(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path / "gone", "--out", tmp_path / "out", "--ner", "rules")
    assert done.code == 1
    assert len(done.said) == 2
    assert "none of 1" in done.said[1]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [("query", "ASK {}"), ("view",), ("export", "--format", "nt", "--out", "-"), ("stats",), ("rank",)],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("kind", ["missing", "file", "empty", "foreign"])
def test_what_is_no_knowledge_graph_gets_its_line(arguments: tuple[str, ...], kind: str, tmp_path: Path) -> None:
    place = tmp_path / "KG"
    if kind == "file":
        place.touch()
    elif kind != "missing":
        place.mkdir()
    if kind == "foreign":
        (place / "manifest.json").write_text('{"name": "another program"}')
    done = run(arguments[0], place, *arguments[1:])
    assert (done.code, done.out, len(done.said)) == (1, b"", 1)
    assert str(place) in done.said[0]


@pytest.mark.parametrize("stated", ["{}", '{"format": "unionkg KG 1"}', None])
@pytest.mark.parametrize(
    "arguments",
    [("query", "ASK {}"), ("export", "--format", "nt", "--out", "-"), ("validate",)],
    ids=lambda arguments: arguments[0],
)
def test_a_folder_without_a_manifest_of_this_version_is_refused(
    folder: Path, arguments: tuple[str, ...], stated: str | None, tmp_path: Path
) -> None:
    place = Path(shutil.copytree(folder, tmp_path / "KG"))
    if stated is None:
        (place / "manifest.json").unlink()
    else:
        (place / "manifest.json").write_text(stated)
    done = run(arguments[0], place, *arguments[1:])
    assert (done.code, done.out, len(done.said)) == (1, b"", 1)
    assert (
        "not a knowledge graph" in done.said[0]
        if stated is None
        else "not a manifest of this version's" in done.said[0]
    )


@pytest.mark.parametrize(
    ("sparql", "reason"),
    [
        ("SELECT ?name WHERE {", "line 1"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
    ],
)
def test_a_refused_query_gets_its_line(folder: Path, sparql: str, reason: str) -> None:
    done = run("query", folder, sparql)
    assert (done.code, done.out, len(done.said)) == (1, b"", 1)
    assert reason in done.said[0]


STEERING = r'SELECT ("甲\u009b31m\u202e乙" AS ?x) {}'
STEERING_TRIPLE = r'CONSTRUCT { <http://a.example/s> <http://a.example/p> "甲\u009b31m\u202e乙" } {}'
OF_TRIPLES = ("ttl", "nt", "rdfxml", "jsonld")


@pytest.mark.parametrize("form", [form for form in get_args(Form) if form not in OF_TRIPLES])
def test_text_of_documents_steers_no_terminal(folder: Path, form: str) -> None:
    shown = on_a_terminal("query", str(folder), STEERING, "--format", form)
    assert "甲\ufffd31m\ufffd乙" in shown


@pytest.mark.parametrize("form", OF_TRIPLES)
def test_text_of_triples_steers_no_terminal(folder: Path, form: str) -> None:
    shown = on_a_terminal("query", str(folder), STEERING_TRIPLE, "--format", form)
    assert "甲" in shown
    assert not {"\u009b", "\u202e"} & set(shown)


def test_a_file_keeps_what_would_steer_a_terminal(folder: Path) -> None:
    assert "甲\u009b31m\u202e乙" in run("query", folder, STEERING, "--format", "csv").out.decode()


def test_a_query_that_takes_too_long_ends_with_1(folder: Path) -> None:
    done = run(
        "query",
        folder,
        "SELECT (COUNT(*) AS ?z) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }",
        "--timeout",
        "0.3",
    )
    assert (done.code, done.out) == (1, b"")
    assert done.said == ["unionkg: the query takes longer than the limit of 0.3 s"]


def test_rows_that_are_left_out_are_said(folder: Path) -> None:
    done = run("query", folder, "SELECT ?s { ?s ?p ?o }", "--max-rows", "2", "--format", "csv")
    assert (done.code, len(done.out.splitlines())) == (0, 3)
    assert done.said == ["unionkg: there is more than the 2 rows of --max-rows"]
    assert run("query", folder, NAMES, "--max-rows", "100").said == []


def test_saved_questions_are_listed_in_both_languages(tmp_path: Path) -> None:
    done = run("query", tmp_path, "--saved", "--format", "csv")
    assert b"officials-of,\xe6\x9f\x90" in done.out
    rows = list(csv.DictReader(done.out.decode().splitlines()))
    assert [row["name"] for row in rows] == [question.name for question in questions()]
    assert all(row["zh"] and row["en"].isascii() for row in rows)
    assert {"name= day="} == {row["parameters"] for row in rows if row["name"] == "officials-of"}
    assert b"officials-of" in run("query", tmp_path, "--saved").out


def test_a_saved_question_is_answered(folder: Path) -> None:
    done = run("query", folder, "--saved", "officials-of", "--param", "name=福建省总工会", "--format", "csv")
    assert (done.code, done.said) == (0, [])
    assert done.out.decode().splitlines() == [
        "organisation,person,role,since,last",
        "福建省总工会,陈明,主席,2023-03-01,2023-03-01",
    ]


def test_a_saved_question_is_shown_as_a_query_that_can_be_asked(folder: Path) -> None:
    shown = run("query", folder, "--saved", "officials-of", "--param", "name=福建省总工会", "--show").out
    answer = run("query", folder, "-", input=shown).out
    assert answer == run("query", folder, "--saved", "officials-of", "--param", "name=福建省总工会").out
    for question in questions():
        assert run("query", folder, "-", input=run("query", folder, "--saved", question.name, "--show").out).code == 0


def test_a_shown_question_says_what_it_answers_and_what_is_put_in(folder: Path) -> None:
    shown = run("query", folder, "--saved", "officials-of", "--param", "name=福建省总工会", "--show").out.decode()
    comments = [line for line in shown.splitlines() if line.startswith("#")]
    assert comments[:2] == ["# 某组织在某日的任职者", "# Officials of an organisation on a day"]
    assert any(line.startswith("# Who holds an office there") for line in comments)
    assert comments[-2:] == [
        "# name = 福建省总工会: 组织的名称或别名; the name or an alias of the organisation",
        "# day = 9999-12-31: 日期; the day",
    ]
    hostile = run("query", folder, "--saved", "officials-of", "--param", "name=a\n} DROP ALL #\x1b[31m", "--show")
    assert hostile.code == 0
    assert b"\x1b" not in hostile.out
    assert run("query", folder, "-", input=hostile.out).code == 0


def test_an_unknown_name_is_said_and_the_answer_is_empty(folder: Path) -> None:
    done = run("query", folder, "--saved", "officials-of", "--param", "name=福建总工会", "--format", "csv")
    assert (done.code, done.out.decode().splitlines()) == (0, ["organisation,person,role,since,last"])
    assert [line.partition(";")[0] for line in done.said] == ["unionkg: no entity goes by the name '福建总工会'"]
    assert "福建省总工会" in done.said[0]


def test_the_name_of_a_saved_question_alone_says_how_to_ask_it(folder: Path) -> None:
    done = run("query", folder, "officials-of")
    assert done.code == 2
    assert "ask it with --saved officials-of" in " ".join(done.said)


def test_what_is_wrong_with_a_saved_question_says_what_is_accepted(folder: Path) -> None:
    assert "accepted: officials-of" in run("query", folder, "--saved", "officials").said[0]
    assert "accepted: name=" in run("query", folder, "--saved", "officials-of").said[0]
    assert (
        "which is no day"
        in run("query", folder, "--saved", "officials-of", "--param", "name=x", "--param", "day=2").said[0]
    )


def test_the_limits_are_those_of_the_library() -> None:
    assert inspect.signature(query_command).parameters["timeout"].default == querying.TIMEOUT_S
    assert inspect.signature(query).parameters["timeout_s"].default == querying.TIMEOUT_S
    assert get_args(Form) == tuple(FORMS)


def test_a_query_that_is_no_text_gets_its_line(folder: Path) -> None:
    done = run("query", folder, "-", input=b"\xff\xfe")
    assert (done.code, len(done.said)) == (1, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nothing",),
        ("build",),
        ("extract", "x", "--out", "y", "--ner", "magic"),
        ("extract", "x", "--out", "y", "--workers", "0"),
        ("extract", "x", "--out", "y", "--time-limit", "0"),
        ("extract", "x", "--out", "y", "--engine", "cloud"),
        ("build", "x", "--out", "y", "--scheduler", "tcp://127.0.0.1:8786"),
        ("extract", "x", "--out", "y", "--field", "text"),
        ("build", "x", "--out", "y", "--field", "body=正文"),
        ("restore", "x", "--field", "text="),
        ("query", "KG"),
        ("query", "KG", "ASK {}", "--file", "x"),
        ("query", "KG", "ASK {}", "--format", "xlsx"),
        ("query", "KG", "ASK {}", "--timeout", "0"),
        ("query", "KG", "ASK {}", "--max-rows", "0"),
        ("query", "KG", "ASK {}", "--param", "name=x"),
        ("query", "KG", "ASK {}", "--show"),
        ("query", "KG", "--saved", "--show"),
        ("query", "KG", "--saved", "--file", "x"),
        ("query", "KG", "--saved", "officials"),
        ("query", "KG", "--saved", "officials-of"),
        ("query", "KG", "--saved", "officials-of", "--param", "name"),
        ("query", "KG", "--saved", "officials-of", "--param", "name=x", "--param", "name=y"),
        ("query", "KG", "--saved", "officials-of", "--param", "name=x", "--param", "nam=y"),
        ("query", "KG", "--saved", "officials-of", "--param", "name=x", "--param", "day=today"),
        ("export", "KG", "--format", "magic", "--out", "-"),
        ("export", "KG", "--out", "-"),
        ("schema", "--format", "xml"),
        ("diff", "KG"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


def test_a_bad_base_is_wrong_usage_and_writes_nothing(documents: Path, tmp_path: Path) -> None:
    done = run("build", documents, "--out", tmp_path / "KG", "--ner", "rules", "--base", "no iri")
    assert (done.code, len(done.said)) == (2, 1)
    assert not (tmp_path / "KG").exists()


def test_an_unwritable_place_gets_its_line(documents: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("extract", documents, "--out", tmp_path / "file" / "out", "--ner", "rules")
    assert (done.code, len(done.said)) == (1, 1)
    assert str(tmp_path / "file") in done.said[0]


def test_a_document_that_takes_too_long_is_named_and_the_rest_is_written(documents: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow.txt"
    slow.write_text(f"{REPORT}\n" * 3_000, "utf-8")
    done = run("build", documents, slow, "--out", tmp_path / "KG", "--ner", "rules", "--time-limit", "2")
    assert done.code == 1
    assert f"unionkg: {slow}: it takes longer than the limit of 2 s" in done.said
    states = {source.path: source.state for source in unionkg.load(tmp_path / "KG").manifest.sources}
    assert states == {slow.as_posix(): "failed", (documents / "report.txt").as_posix(): "read"}


def test_names_of_files_do_not_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "\x1b[31mred\n.txt").touch()
    done = run("extract", tmp_path, "--out", tmp_path / "out", "--ner", "rules")
    assert "\\x1b[31mred\\n.txt" in done.said[0]
    assert printable("工会 \x07") == "工会 \\x07"


def unionkg_command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "unionkg", *map(str, arguments)]


def test_a_closed_pipe_ends_quietly(folder: Path) -> None:
    everything = unionkg_command("export", folder, "--format", "shapes", "--out", "-")
    with subprocess.Popen(everything, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


# What a shell starts in the background ignores the interruption, and hands that down.
HEEDING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupting_ends_with_130_and_one_line(workers: str, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for number in range(2000):
        (documents / f"{number}.txt").write_text(f"{REPORT}第{number}号\n" * 50, "utf-8")
    command = unionkg_command("build", documents, "--out", tmp_path / "KG", "--ner", "rules", "--workers", workers)
    with subprocess.Popen(
        [sys.executable, "-c", HEEDING, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    ) as process:
        while not (tmp_path / ".KG.building" / "cache.sqlite").exists():
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "unionkg: interrupted\n")
    assert not (tmp_path / "KG").exists()


def test_a_terminal_sees_a_bar_with_counts(documents: Path, tmp_path: Path) -> None:
    control, terminal = pty.openpty()
    command = unionkg_command("extract", documents, tmp_path / "gone", "--out", tmp_path / "out", "--ner", "rules")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal) as process:
        os.close(terminal)
        seen = seen_on(control)
    assert process.returncode == 1
    assert "2/2" in seen
    assert "there is no such file" in seen
