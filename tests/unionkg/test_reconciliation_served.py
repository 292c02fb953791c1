"""`unionkg link --service` is a client of the service: what it decides is what linking with the graph decides."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.unionkg.matching_world import graph
from tests.unionkg.test_service import serving
from unionkg.exports.iri import BASE
from unionkg.linking.link import in_graph
from unionkg.linking.run import Output, link_table
from unionkg.linking.service import Service
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.reconciliation.queries import answer_queries
from unionkg.reconciliation.service_manifest import service_manifest

# Of these the name says by itself what is meant, or the graph alone cannot tell either.
TOLD = [
    "浙江省总工会",
    "浙江总工会",
    "浙江省总",
    "浙江省總工會",
    "浙江省总工会（本级）",
    "浙江省总工会委员会",
    "全总",
    "浙江省杭州市总工会",
    "余杭市总工会",
    "白云区总工会",
    "贵阳市白云区总工会",
    "省总工会",
    "总工会",
    "工会",
    "江苏省总工会",
    "仓前街道总工会",
    "浙江省教育工会",
    "中华全国总工会",
    "组织部",
    "浙江省总工会组织部",
    "浙江省暖汤行动",
    "第四届浙江省职工烹饪大赛",
    "马望川",
    "浙江省",
    "余杭区",
    "白云区",
    "杭洲市总工会",
    "杭州市总商会",
    "hzszgh",
    "无",
]
# Of these the graph knows more than the names say: an old name, one company of the name, one contest.
KNOWN = ["浙江省交通工会", "禾岚纺织集团工会", "工人晨报", "第3届浙江省职工烹饪大赛", "外卖配送员"]


def linked(path: Path, names: list[str], search: Any) -> list[tuple[str, str, str]]:
    """The names with decision and IRI, once a table of them is linked."""
    table, out = path / "table.csv", path / "linked.csv"
    table.write_text("\n".join(["名称", *names]) + "\n", "utf-8")
    link_table(table, search, Output(out))
    with out.open(encoding="utf-8-sig", newline="") as stream:
        return [(row["名称"], row["decision"], row["iri"]) for row in csv.DictReader(stream)]


def respond(queries: dict[str, Any] | None, number: int) -> tuple[int, bytes, dict[str, str]]:
    """What a server answers that calls our functions."""
    catalogue = Catalogue(graph())
    if queries is None:
        answer = service_manifest(catalogue, "http://127.0.0.1/reconcile")
    else:
        answer = answer_queries(catalogue, json.dumps(queries))
    return 200, json.dumps(answer).encode(), {}


@pytest.fixture(scope="module")
def direct() -> Any:
    return in_graph(Catalogue(graph()).index, BASE)


def test_a_table_is_linked_through_the_service_as_it_is_directly(tmp_path: Path, direct: Any) -> None:
    with serving(respond) as asked:
        through = linked(tmp_path, TOLD, Service(asked.url).search)
    assert through == linked(tmp_path, TOLD, direct)
    assert {decision for _, decision, _ in through} == {"match", "review", "none"}


def test_what_only_the_graph_knows_is_looked_at_first(tmp_path: Path, direct: Any) -> None:
    with serving(respond) as asked:
        through = linked(tmp_path, KNOWN, Service(asked.url).search)
    matched = linked(tmp_path, KNOWN, direct)
    assert {decision for _, decision, _ in matched} == {"match"}
    assert through == [(name, "review", iri) for name, _, iri in matched]
