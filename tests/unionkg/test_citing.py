"""What an answer rests on, on a small world and by the commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exports.world import NOTICE, REPORT, world
from tests.unionkg.test_cli import run
from unionkg.citing import cited
from unionkg.errors import UnknownDocument, UnknownEntity, UnknownFormatName
from unionkg.exports.files import write_files
from unionkg.exports.iri import BASE, document_name
from unionkg.graph.attributes import JUDGEMENT, KnowledgeGraph, documents
from unionkg.graph.readable import readable
from unionkg.kg import KG
from unionkg.manifest import Manifest, Times, count, read
from unionkg.manifest import write as write_manifest
from unionkg.querying import QueryWorker

BOTH = sorted((REPORT, NOTICE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept(world(), tmp_path_factory.mktemp("kg") / "KG")


def kept(graph: KnowledgeGraph, folder: Path) -> Path:
    """Return the folder, into which the graph is written."""
    write_files(graph, folder)
    times = Times(started="2024-01-01T00:00:00Z", seconds=0, from_cache=0)
    counts = count(readable(graph), ())
    stated = Manifest(base=BASE, options={}, versions={}, counts=counts, sources=(), outputs={}, times=times)
    write_manifest(stated, folder)
    return folder


@pytest.fixture(scope="module")
def kg(folder: Path) -> KG:
    return KG(folder, read(folder))


@pytest.fixture(scope="module")
def worker(folder: Path) -> Iterator[QueryWorker]:
    worker = QueryWorker(folder)
    yield worker
    worker.close()


@pytest.mark.parametrize(
    ("sparql", "expected"),
    [
        ("SELECT ?d { ?d ukg:fileName 'notices.jsonl' }", [NOTICE]),
        ("SELECT ?e { ?e oa:hasSource/ukg:fileName 'notices.jsonl' }", [NOTICE]),
        ("SELECT ?f { ?f rdf:predicate ukg:attends }", [REPORT]),
        (
            "SELECT ?f { ?f rdf:object/skos:prefLabel '江海省总工会代表大会'@zh-hans ; rdf:predicate ukg:organises }",
            BOTH,
        ),
        ("SELECT ?figure { ?figure ukg:value ?value }", [REPORT]),
        ("SELECT ?e { ?e skos:prefLabel '江海省总工会'@zh-hans }", BOTH),
        ("SELECT ?person ?union { ?person ukg:holdsPost ?union }", [REPORT]),
        ("SELECT ?union ?d { ?union a ukg:TradeUnion . ?d ukg:fileName 'notices.jsonl' }", [NOTICE]),
        ("SELECT ?name { ?e skos:prefLabel ?name }", []),
        ("SELECT ?class { ?e a ?class }", []),
        ("ASK { ?e a ukg:TradeUnion }", []),
        ("CONSTRUCT { ?f rdf:subject ?u } { ?f rdf:predicate ukg:governs ; rdf:subject ?u }", [REPORT]),
        ("CONSTRUCT { ?u skos:prefLabel ?n } { ?u skos:prefLabel ?n ; ukg:mentionCount 5 }", BOTH),
    ],
)
def test_an_answer_rests_on_what_is_nearest_in_each_row(
    worker: QueryWorker, folder: Path, sparql: str, expected: list[str]
) -> None:
    found = cited(worker, documents(world()), BASE, worker.answer(sparql))
    assert [document["id"] for document in found] == expected


def test_more_things_than_go_into_one_query_are_cited(
    worker: QueryWorker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unionkg.citing.AT_ONCE", 1)
    answer = worker.answer("SELECT ?f { ?f ukg:evidence ?e }")
    assert [document["id"] for document in cited(worker, documents(world()), BASE, answer)] == BOTH


def test_a_saved_question_is_cited_though_it_answers_with_names(kg: KG) -> None:
    assert [document["id"] for document in kg.cited_for("posts-of", name="林知远")] == [REPORT]
    assert kg.cited_for("serving-group", name="快递员") == []
    with pytest.raises(UnknownEntity):
        kg.cited_for("posts-of", name="无此人")


def test_a_judgement_of_the_ledger_is_not_cited(tmp_path: Path) -> None:
    graph = world()
    for document in graph.graph["documents"]:
        if document["id"] == NOTICE:
            document["name"] = JUDGEMENT
    folder = kept(graph, tmp_path / "KG")
    kg = KG(folder, read(folder))
    assert [document["id"] for document in kg.cited(kg.answer("SELECT ?d { ?d a ukg:Document }"))] == [REPORT]


def test_an_answer_is_cited_from_python(kg: KG) -> None:
    answer = kg.answer("SELECT ?d { ?d ukg:fileName 'notices.jsonl' }")
    assert [document["id"] for document in kg.cited(answer)] == [NOTICE]


def test_one_document_is_cited_by_its_id_in_full_and_in_short(kg: KG) -> None:
    assert kg.citation(NOTICE) == kg.citation(document_name(NOTICE)) == "notices.jsonl[Z]. 2023."
    assert kg.citation(NOTICE, "bibtex").startswith(f"@misc{{{document_name(NOTICE)},")
    with pytest.raises(UnknownDocument, match="'doc-7'"):
        kg.citation("doc-7")
    with pytest.raises(UnknownFormatName):
        kg.citation(NOTICE, "apa")


def test_one_document_is_cited_without_the_whole_graph(folder: Path) -> None:
    fresh = KG(folder, read(folder))
    assert fresh.citation(NOTICE)
    assert "graph" not in vars(fresh)


POSTS = ("--saved", "posts-of", "--param", "name=林知远")


def test_references_follow_a_table(folder: Path) -> None:
    alone, done = run("query", folder, *POSTS), run("query", folder, *POSTS, "--cite", "gbt7714")
    entry = "甲作者, 乙作者. 暖蜂行动走进江海: 江工发〔2023〕8号[A/OL]. 江海工人报, 2023(2023-05-08)."
    assert (done.code, done.said) == (0, [])
    assert done.out.decode() == f"{alone.out.decode()}\n{entry} https://jianghai.example/2023/8.html.\n"


def test_references_go_to_a_file_beside_any_form(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "refs.bib"
    for form in ("csv", "json", "md", "table"):
        alone = run("query", folder, *POSTS, "--format", form)
        done = run("query", folder, *POSTS, "--format", form, "--cite", "bibtex", "--cite-out", out)
        assert (done.code, done.out, done.said) == (0, alone.out, [])
        assert out.read_text("utf-8").startswith(f"@misc{{{document_name(REPORT)},")


def test_an_answer_of_names_has_nothing_to_cite_and_leaves_the_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "refs.ris"
    out.write_text("of yesterday")
    done = run("query", folder, "SELECT ?n { ?e skos:prefLabel ?n }", "--cite", "ris", "--cite-out", out)
    assert done.code == 0
    [said] = done.said
    assert "nothing to cite: the answer names no" in said
    assert f"nothing is written to {out}" in said
    assert out.read_text() == "of yesterday"


def test_of_a_saved_question_that_finds_nothing_no_selecting_is_asked(folder: Path) -> None:
    done = run("query", folder, "--saved", "serving-group", "--param", "name=快递员", "--cite", "ris")
    assert done.code == 0
    assert done.said[-1].endswith("nothing to cite: what the question finds is in no document of the graph")


def test_a_file_that_cannot_be_written_gets_its_line_and_the_answer_is_told(folder: Path, tmp_path: Path) -> None:
    out, alone = tmp_path / "missing" / "refs.ris", run("query", folder, *POSTS)
    done = run("query", folder, *POSTS, "--cite", "ris", "--cite-out", out)
    assert (done.code, done.out, done.said) == (1, alone.out, [f"unionkg: {out}: No such file or directory"])


def test_references_behind_a_table_steer_no_terminal(tmp_path: Path) -> None:
    graph = world()
    for document in graph.graph["documents"]:
        document["title"] = "送清\u202e凉\u2066"
    done = run("query", kept(graph, tmp_path / "KG"), *POSTS, "--cite", "gbt7714")
    entry = done.out.decode().splitlines()[-1]
    assert "送清\ufffd凉\ufffd" in entry


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--cite", "ris", "--format", "csv"), "--cite-out"),
        (("--cite-out", "refs.ris"), "--cite"),
        (("--cite", "ris", "--cite-out", "-"), "standard output"),
        (("--cite", "ris", "--saved", "--show"), "--cite"),
        (("--cite", "apa"), "apa"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(folder: Path, options: tuple[str, ...], reason: str) -> None:
    done = run("query", folder, "types", *options) if "--saved" in options else run("query", folder, "ASK {}", *options)
    assert (done.code, done.out) == (2, b"")
    assert reason in "".join(done.said)
