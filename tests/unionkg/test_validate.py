"""`unionkg validate`: every build's graph conforms, and a folder that was changed is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import unionkg
from tests.exports.parsing import parsed, written
from tests.unionkg.hostile import RULES
from unionkg.cli.app import app
from unionkg.exports.ontology import write_ontology
from unionkg.graph.schema import PREFIXES


@pytest.fixture(scope="module")
def example(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> unionkg.KG:
    return unionkg.build([corpus], tmp_path_factory.mktemp("example") / "KG", options=RULES, workers=0)


@pytest.fixture
def folder(example: unionkg.KG, tmp_path: Path) -> Path:
    return Path(shutil.copytree(example.folder, tmp_path / "KG"))


def run(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["validate", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def without_evidence(folder: Path) -> None:
    path = folder / "graph.nt"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not ("/fact-" in line and "#evidence>" in line)), "utf-8")


def test_the_graph_of_the_example_conforms(example: unionkg.KG) -> None:
    validation = example.validate()
    assert (validation.findings, example.altered()) == ((), {})
    assert validation.things > 500
    assert run(example.folder) == (
        0,
        f"{example.folder} conforms: {validation.triples} triples, {validation.things} things\n",
        "",
    )


def test_the_graph_of_the_reference_documents_conforms(shared: Path, tmp_path: Path) -> None:
    kg = unionkg.build([shared / "dev" / "docs"], tmp_path / "KG", options=RULES, workers=0)
    assert (kg.validate().findings, kg.altered()) == ((), {})


def test_every_term_of_ours_that_a_build_writes_is_in_the_ontology(example: unionkg.KG) -> None:
    ontology = parsed(written(write_ontology))
    used = {str(term) for triple in example.rdf() for term in triple if str(term).startswith(PREFIXES["ukg"])}
    assert len(used) > 40
    assert used <= set(map(str, ontology.subjects()))


def test_what_is_wrong_is_said_in_groups_with_a_limit(folder: Path) -> None:
    without_evidence(folder)
    code, out, _ = run(folder, "--limit", "1")
    facts = sum(unionkg.load(folder).manifest.counts.relations.values())
    assert code == 1
    lines = out.splitlines()
    assert lines[:2] == [
        "graph.nt is not what the build wrote",
        f"{folder} does not conform: {facts} findings of 1 kinds",
    ]
    assert lines[3] == f"{facts} × assertion, evidence: at least one piece of evidence"
    assert lines[4].endswith("): has no evidence")
    assert lines[5:] == [f"  and {facts - 1} more"]


def test_json_has_all_of_it(folder: Path) -> None:
    without_evidence(folder)
    code, out, _ = run(folder, "--json", "--limit", "1")
    told = json.loads(out)
    assert (code, told["conforms"], list(told["altered"])) == (1, False, ["graph.nt"])
    assert len(told["findings"]) > 100
    assert told["findings"][0]["rule"] == "assertion-ukg-evidence"


def test_what_may_be_wrong_is_told_and_is_no_fault(folder: Path, tmp_path: Path) -> None:
    lines = (folder / "graph.nt").read_text("utf-8").splitlines()
    people = sorted({line.split()[0] for line in lines if line.endswith("/ontology#Person> .")})[:2]
    exact = "<http://www.w3.org/2004/02/skos/core#exactMatch> <https://things.example/7> ."
    (tmp_path / "g.nt").write_text("\n".join([*lines, *(f"{one} {exact}" for one in people), ""]), "utf-8")
    code, out, _ = run(tmp_path / "g.nt")
    first, _, *told = out.splitlines()
    assert (code, len(people)) == (0, 2)
    assert " conforms: " in first
    assert told[0] == "2 to be looked at, which are no faults by themselves"
    assert told[2] == "2 × exact match: as a rule one entity for each thing outside"
    assert "has https://things.example/7, as per-" in told[3]
    found = json.loads(run(tmp_path / "g.nt", "--json")[1])
    assert (found["conforms"], found["findings"], len(found["warnings"])) == (True, [], 2)


def test_no_report_takes_the_place_of_what_is_validated(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "g.nt").write_bytes(before := (folder / "graph.nt").read_bytes())
    assert run(tmp_path / "g.nt", "--report", tmp_path / "g.nt")[0] == 2
    assert run(folder, "--report", folder / "graph.nt")[0] == 2
    assert (tmp_path / "g.nt").read_bytes() == (folder / "graph.nt").read_bytes() == before


def test_the_report_is_written_as_turtle(folder: Path, tmp_path: Path) -> None:
    without_evidence(folder)
    assert run(folder, "--report", tmp_path / "report.ttl")[0] == 1
    assert "a sh:ValidationReport" in (tmp_path / "report.ttl").read_text("utf-8")


def test_files_that_are_not_the_build_s_are_told(folder: Path) -> None:
    (folder / "report.txt").write_text("my own", "utf-8")
    (folder / "ledger.jsonl").write_text("", "utf-8")
    assert run(folder)[0] == 0
    (folder / "entities.csv").unlink()
    (folder / "shapes.ttl").write_text("", "utf-8")
    (folder / "store" / "CURRENT").write_text("", "utf-8")
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"documents": 10', '"documents": 11'), "utf-8")
    assert unionkg.load(folder).altered() == {
        "entities.csv": "is missing",
        "manifest.json": "is not what the build wrote",
        "shapes.ttl": "is not what the build wrote",
        "store": "is not what the build wrote",
    }
    validation = unionkg.load(folder).validate()
    code, out, _ = run(folder)
    read = f"{validation.triples} triples, {validation.things} things"
    assert (code, out.splitlines()) == (
        1,
        [
            f"{folder}: its RDF conforms ({read}), but the folder is not as it was built:",
            "entities.csv is missing",
            "manifest.json is not what the build wrote",
            "shapes.ttl is not what the build wrote",
            "store is not what the build wrote",
        ],
    )
    told = json.loads(run(folder, "--json")[1])
    assert (told["conforms"], told["rdf_conforms"], len(told["altered"])) == (False, True, 4)


@pytest.mark.parametrize(("content", "reason"), [(None, "No such file"), ("a b c .", "line 1, column 1")])
def test_files_that_are_not_the_build_s_are_told_even_if_the_rdf_cannot_be_read(
    folder: Path, content: str | None, reason: str
) -> None:
    (folder / "entities.csv").unlink()
    if content is None:
        (folder / "graph.nt").unlink()
    else:
        (folder / "graph.nt").write_text(content)
    code, out, err = run(folder)
    assert (code, out) == (1, "")
    first, *others = err.splitlines()
    assert f"{folder / 'graph.nt'}" in first
    assert reason in first
    what = "is missing" if content is None else "is not what the build wrote"
    assert others == ["unionkg: entities.csv is missing", f"unionkg: graph.nt {what}"]


def test_a_file_of_rdf_is_checked_too(folder: Path) -> None:
    assert run(folder / "graph.ttl")[0] == 0
    code, out, err = run(folder / "ontology.ttl")
    assert (code, "0 things" in out, "nothing in it is of a class" in err) == (0, True, True)


def test_what_cannot_be_checked_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("a b c", "utf-8")
    (tmp_path / "a.txt").touch()
    for name, code in (("a.ttl", 1), ("a.txt", 2), ("none", 1)):
        done, out, err = run(tmp_path / name)
        assert (done, out, err.count("\n")) == (code, "", 1), err


def test_text_of_documents_cannot_steer_the_terminal(tmp_path: Path) -> None:
    data = '<a:1> a ukg:Person ; rdfs:label "\\u001B[31m\\n甲" .'
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    (tmp_path / "a.ttl").write_text(prefixes + data, "utf-8")
    code, out, _ = run(tmp_path / "a.ttl")
    assert code == 1
    assert "(\\x1b[31m\\n甲): has no name" in out
