"""Each saved question has its answer on the example corpus: `answers/NAME.csv`, or `.ttl` for triples.

After a change that is meant, `python -m tests.unionkg.test_saved_questions` writes them anew; read the difference.
"""

from __future__ import annotations

import sys
from contextlib import closing
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pyoxigraph import Triple
from rdflib import Dataset, Graph, URIRef

import unionkg
from tests.exports.world import DONE, HOLDS, world
from unionkg.errors import InvalidOption, UnknownEntity, UnknownQuestion
from unionkg.exports.answers import Rows, Triples, write_answer
from unionkg.exports.files import write_files
from unionkg.exports.questions import Question, bound, examples, pattern, questions, the_question
from unionkg.graph.schema import PREFIXES
from unionkg.kg import KG
from unionkg.querying import QueryWorker

ANSWERS = Path(__file__).parent / "answers"
CORPUS = Path(__file__).parents[2] / "examples" / "corpus"
WITHOUT_EXAMPLE = "conflicts"  # the example corpus has none; its test has a world of its own

every = pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)


@pytest.fixture(scope="module")
def kg(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> KG:
    return unionkg.build([corpus], tmp_path_factory.mktemp("examples") / "KG")


@pytest.fixture(scope="module")
def by_rdflib(kg: KG) -> Dataset:
    dataset = Dataset()
    dataset.parse(kg.folder / "graph.nt", format="nt")
    dataset.graph(URIRef("https://w3id.org/unionkg/ontology")).parse(kg.folder / "ontology.ttl", format="turtle")
    return dataset


def answered(kg: KG, question: Question) -> tuple[str, bytes]:
    """The name of the file with a question's answer, and what should stand in it."""
    answer = kg.answer(bound(question, examples(question)))
    form = "csv" if isinstance(answer, Rows) else "ttl"
    stream = BytesIO()
    write_answer(answer, form, stream)
    return f"{question.name}.{form}", stream.getvalue().replace(b"\r\n", b"\n")


def texts(answer: Rows) -> list[tuple[str, ...]]:
    """The rows as texts, empty for what is not bound."""
    return [tuple("" if isinstance(term, Triple | None) else term.value for term in row) for row in answer.rows]


@every
def test_the_answer_is_the_one_written_out(kg: KG, question: Question) -> None:
    name, answer = answered(kg, question)
    assert answer.decode() == (ANSWERS / name).read_text("utf-8")
    assert (answer.count(b"\n") > 1) != (question.name == WITHOUT_EXAMPLE)


WITHOUT_DOCUMENT = {WITHOUT_EXAMPLE, "provinces-without-programme"}  # which tells of what no document says


@every
def test_the_pattern_binds_what_the_answer_is_made_of(kg: KG, question: Question) -> None:
    sparql = bound(question, examples(question))
    grounds = pattern(sparql)
    if grounds is None:
        assert sparql.startswith("CONSTRUCT")
        return
    answer, made_of = kg.answer(sparql), kg.answer(grounds)
    assert isinstance(answer, Rows)
    assert isinstance(made_of, Rows)
    names = [name for name in answer.variables if name in made_of.variables]
    kept = [
        Rows(tuple(names), tuple(tuple(row[each.variables.index(name)] for name in names) for row in each.rows))
        for each in (answer, made_of)
    ]
    assert set(texts(kept[0])) == set(texts(kept[1]))


@every
def test_every_answer_that_documents_give_can_be_cited(kg: KG, question: Question) -> None:
    sparql = bound(question, examples(question))
    cited = kg.cited(kg.answer(pattern(sparql) or sparql))
    assert bool(cited) == (question.name not in WITHOUT_DOCUMENT)


@pytest.mark.parametrize(
    "question", [one for one in questions() if pattern(one.query)], ids=lambda question: question.name
)
def test_rdflib_finds_as_much(kg: KG, by_rdflib: Dataset, question: Question) -> None:
    sparql = bound(question, examples(question))
    found = by_rdflib.query(sparql, initNs=PREFIXES)
    answer = kg.answer(sparql)
    assert isinstance(answer, Rows)
    bound_in = [[row.get(name) for name in found.vars or ()] for row in found.bindings]
    theirs = [tuple("" if term is None else str(term) for term in row) for row in bound_in]
    assert sorted(texts(answer)) == sorted(theirs)


def test_rdflib_finds_as_many_triples(tmp_path: Path) -> None:
    """Of a small graph: rdflib takes half a minute to follow the paths of this query through the example's."""
    write_files(world(), tmp_path)
    sparql = bound(the_question("graph-around"), {"name": "江海省总工会"})
    found = Graph().parse(tmp_path / "graph.nt", format="nt").query(sparql, initNs=PREFIXES).graph
    with closing(QueryWorker(tmp_path)) as worker:
        answer = worker.answer(sparql)
    assert isinstance(answer, Triples)
    assert found is not None
    assert len(found) == len(answer.triples) > 100


def test_no_answer_is_left_over() -> None:
    assert {path.stem for path in ANSWERS.iterdir()} == {question.name for question in questions()}


def test_conflicts_are_listed_with_all_that_they_rest_on(tmp_path: Path) -> None:
    graph = world()
    graph.graph["conflicts"] = [{"id": "con-0000000000000001", "kind": "date", "facts": [HOLDS, DONE], "reason": "two"}]
    write_files(graph, tmp_path)
    worker = QueryWorker(tmp_path)
    answer = worker.answer(bound(the_question("conflicts"), {}))
    worker.close()
    assert isinstance(answer, Rows)
    assert [row[1:] for row in texts(answer)] == [
        ("date", "two", "江海省總工會代表大會【廣告】在海州召開。", "notices.jsonl"),
        *[("date", "two", "江海省总工会主席林知远出席会议。", "report.txt")] * 2,
    ]


def test_officials_are_those_of_the_day(kg: KG) -> None:
    early = kg.question("officials-of", name="江西省总工会", day="2024-03-13")
    assert isinstance(early, list)
    assert [row["person"] for row in early] == ["宁仲斐", "戈兰汀", "晏如海"]
    assert kg.question("officials-of", name="江西省总工会", day="2023-01-01") == []


def test_a_name_is_found_by_alias_and_pinyin(kg: KG) -> None:
    by_name = kg.question("names-of", name="江西省总工会")
    assert by_name
    assert kg.question("names-of", name="jiang xi sheng zong gong hui") == by_name


def test_a_question_takes_the_limits_of_a_query(kg: KG) -> None:
    rows = kg.question("provinces-without-programme", max_rows=3)
    assert isinstance(rows, list)
    assert len(rows) == 3


def test_an_unknown_name_is_refused_with_near_ones(kg: KG) -> None:
    with pytest.raises(UnknownEntity, match=r"no entity goes by the name '江西省总工会会'; near names: .*江西省总工会"):
        kg.question("officials-of", name="江西省总工会会")


def test_wrong_questions_are_refused(kg: KG) -> None:
    with pytest.raises(UnknownQuestion):
        kg.question("officials")
    with pytest.raises(InvalidOption, match="needs the parameter 'name'"):
        kg.question("officials-of")
    with pytest.raises(InvalidOption, match="no parameter 'nam'"):
        kg.question("officials-of", nam="江西省总工会")


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        built = unionkg.build([CORPUS], Path(made) / "KG")
        for each in questions():
            file, content = answered(built, each)
            (ANSWERS / file).write_bytes(content)
    sys.exit()
