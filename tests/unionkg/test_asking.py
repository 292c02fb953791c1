"""A name in a saved question is found as the graph spells it, and one that no entity goes by is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exports.world import CHAIR, world
from unionkg.asking import asked
from unionkg.errors import InvalidOption
from unionkg.exports.files import write_files
from unionkg.exports.plain import plain
from unionkg.exports.questions import bound, the_question
from unionkg.querying import QueryWorker

QUESTION = the_question("names-of")


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryWorker]:
    folder = tmp_path_factory.mktemp("world")
    graph = world()
    graph.nodes[CHAIR]["aliases"] = ["“老林” Lin"]
    write_files(graph, folder)
    worker = QueryWorker(folder)
    yield worker
    worker.close()


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("江海省总工会", "江海省总工会"),
        ("省总工会", "江海省总工会"),
        (" 江海省 总工会", "江海省总工会"),
        ("江海省「总工会」", "江海省总工会"),
        ("江海省總工會", "江海省总工会"),
        ("海州市總工會", "海州市总工会"),
        ("海州市 總工會", "海州市总工会"),
        ("jianghaishengzonggonghui", "江海省总工会"),
        ("Hai Zhou Shi zong gong hui", "海州市总工会"),
        ("老林ｌｉｎ", "林知远"),
    ],
)
def test_a_name_is_found_in_any_width_spacing_quotation_and_script(worker: QueryWorker, name: str, named: str) -> None:
    found = asked(worker, QUESTION, {"name": name})
    answer = plain(worker.answer(found.sparql))
    assert isinstance(answer, list)
    assert ({row["named"] for row in answer}, found.unknown) == ({named}, ())


def test_a_name_that_the_graph_has_is_asked_as_it_is_given(worker: QueryWorker) -> None:
    assert asked(worker, QUESTION, {"name": "省总工会"}).sparql == bound(QUESTION, {"name": "省总工会"})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("海州总工会", "no entity goes by the name '海州总工会'; near names: 海州市总工会"),
        ("海州總", "no entity goes by the name '海州總'; near names: 海州市总工会"),
        ("鹏城", "no entity goes by the name '鹏城'; no name is near it"),
        ("海州", "no entity goes by the name '海州'; near names: 海州市总工会"),
        ("主席", "no entity goes by the name '主席'; no name is near it"),
    ],
)
def test_an_unknown_name_is_said_with_those_near_it(worker: QueryWorker, name: str, said: str) -> None:
    found = asked(worker, QUESTION, {"name": name})
    assert len(found.unknown) == 1
    assert found.unknown[0].startswith(said)
    assert plain(worker.answer(found.sparql)) == []


def test_each_unknown_name_is_said(worker: QueryWorker) -> None:
    found = asked(worker, the_question("documents-saying"), {"name": "甲乙丙", "other": "丁戊己"})
    assert [line.partition(";")[0] for line in found.unknown] == [
        "no entity goes by the name '甲乙丙'",
        "no entity goes by the name '丁戊己'",
    ]


def test_wrong_parameters_are_refused_before_any_name_is_looked_up(worker: QueryWorker) -> None:
    with pytest.raises(InvalidOption, match="needs the parameter 'name'"):
        asked(worker, QUESTION, {})
