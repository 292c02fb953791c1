"""The commands and methods that analyse a built graph, on a small world in a folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import unionkg
from tests.exports.world import (
    CHAIR,
    CITY_UNION,
    CONGRESS,
    COURIERS,
    HOLDS,
    NOTICE,
    OLD_CHAIR,
    PROGRAMME,
    REPORT,
    UNION,
    world,
)
from tests.unionkg.test_cli import run
from unionkg import manifest
from unionkg.errors import AmbiguousEntity, UnknownEntity
from unionkg.exports.files import write_files
from unionkg.exports.iri import BASE
from unionkg.graph.attributes import documents
from unionkg.graph.readable import readable
from unionkg.manifest import Manifest, SourceEntry, Times


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world's knowledge graph; the city's union has an alias of the province's, and a fact a hostile role."""
    graph = world()
    for document in documents(graph):
        document["cluster"] = REPORT
    graph.nodes[CITY_UNION]["aliases"] = ["省总工会"]
    graph.edges[OLD_CHAIR, UNION, "fact-0000000000000002"]["role"] = "\x1b[31m主席"
    folder = tmp_path_factory.mktemp("analysed") / "KG"
    write_files(graph, folder)
    sources = (SourceEntry(path="gone.txt", state="failed", reason="gone.txt: there is no such file"),)
    manifest.write(
        Manifest(
            base=BASE,
            options={},
            versions={},
            counts=manifest.count(readable(graph), sources),
            sources=sources,
            outputs={},
            times=Times(started="2026-01-01T00:00:00Z", seconds=1.0, from_cache=0),
        ),
        folder,
    )
    return folder


def data(*arguments: str | Path) -> Any:
    """Return what a command prints as JSON."""
    done = run(*arguments, "--json")
    assert done.code == 0
    return json.loads(done.out)


def rows(*arguments: str | Path) -> list[dict[str, str]]:
    """Return what a command prints as CSV."""
    return list(csv.DictReader(run(*arguments, "--csv").out.decode().splitlines()))


def test_a_path_is_told_with_its_sentences(folder: Path) -> None:
    done = run("path", folder, "林知远", "海州市总工会")
    assert done.code == 0
    assert done.out.decode().splitlines() == [
        "林知远 - 江海省总工会 - 海州市总工会",
        " 1. 林知远 -- holds_post (主席, current, 2023-05) -> 江海省总工会",
        "      江海省总工会主席林知远出席会议。 [暖蜂行动走进江海, 2023-05-08]",
        "      1 source, confidence 0.90",
        " 2. 江海省总工会 <- subordinate_to -- 海州市总工会",
        "      江海省总工会主席林知远出席会议。 [暖蜂行动走进江海, 2023-05-08]",
        "      1 source, confidence 1.00",
        "    江海省总工会 <- partners_with (暖蜂行动) -- 海州市总工会",
    ]


def test_paths_as_json_hold_every_fact_with_all_its_evidence(folder: Path) -> None:
    found = data("path", folder, CHAIR, "海州市总工会", "--paths", "2")
    assert found["from"] == {"id": CHAIR, "name": "林知远", "type": "PERSON"}
    assert [path["length"] for path in found["paths"]] == [2, 3]
    (fact,) = found["paths"][0]["steps"][0]
    assert (fact["id"], fact["object"]["id"], fact["role"]) == (HOLDS, UNION, "主席")
    assert fact["evidence"][0]["document"] == REPORT
    assert fact["evidence"][0]["title"] == "暖蜂行动走进江海"
    (opened,) = found["paths"][1]["steps"][1]
    assert {one["document"] for one in opened["evidence"]} == {REPORT, NOTICE}


def test_without_a_path_the_exit_code_is_1(folder: Path) -> None:
    done = run("path", folder, "林知远", "暖蜂行动", "--max-length", "3")
    assert (done.code, done.out.decode()) == (1, "no path of at most 3 steps between 林知远 and 暖蜂行动\n")
    assert json.loads(run("path", folder, "林知远", "快递员", "--json").out)["paths"] == []
    assert run("path", folder, "林知远", "暖蜂行动", "--planned").code == 0


@pytest.mark.parametrize("arguments", [("path", "林知远"), ("neighbours",)])
def test_a_name_must_fit_one_entity(arguments: tuple[str, ...], folder: Path) -> None:
    command, *others = arguments
    ambiguous = run(command, folder, *others, "省总工会")
    assert (ambiguous.code, ambiguous.out, len(ambiguous.said)) == (2, b"", 3)
    assert ambiguous.said[1].startswith(f"unionkg: {UNION}  江海省总工会 (ORG union, 2 documents")
    unknown = run(command, folder, *others, "海州总会")
    assert (unknown.code, unknown.out, len(unknown.said)) == (2, b"", 1)
    assert "near names: 海州市总工会" in unknown.said[0]


def test_neighbours_are_told_by_relation_and_direction(folder: Path) -> None:
    done = run("neighbours", folder, UNION, "--relation", "holds_post")
    lines = done.out.decode().splitlines()
    assert lines[0] == f"江海省总工会 (ORG union, 2 documents) {UNION}"
    assert lines[1] == "also: 江海总工会、省总工会"
    assert lines[3:] == [
        "江海省总工会 <- holds_post 任职 --",
        "  林知远 (主席, current, 2023-05); 1 source, confidence 0.90",
        "      江海省总工会主席林知远出席会议。 [暖蜂行动走进江海, 2023-05-08]",
        "  苏未央 (\ufffd[31m主席, former, 2021); 1 source, confidence 0.90",
    ]
    assert "no facts" in run("neighbours", folder, "快递员").out.decode()
    assert "and 1 more" in run("neighbours", folder, UNION, "--limit", "1").out.decode()


def test_neighbours_are_data_too(folder: Path) -> None:
    found = data("neighbours", folder, CHAIR, "--depth", "2")
    assert found["entity"]["id"] == CHAIR
    assert {group["distance"] for group in found["groups"]} == {1, 2}
    facts = [fact["id"] for group in found["groups"] for fact in group["facts"]]
    table = rows("neighbours", folder, CHAIR, "--depth", "2")
    assert [row["id"] for row in table] == facts
    assert len(facts) == world().number_of_edges()
    assert {row["programme_name"] for row in table if row["type"] == "partners_with"} == {"暖蜂行动"}


def test_ranks_line_up_and_are_data_too(folder: Path) -> None:
    lines = run("rank", folder, "--by", "degree", "--limit", "2").out.decode().splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["1", "5", "江海省总工会", "ORG", "union", "2", UNION],
        ["2", "2", "江海省总工会代表大会", "EVENT", "1", CONGRESS],
    ]
    assert [row["id"] for row in data("rank", folder, "--type", "ORG")] == [UNION, CITY_UNION]
    table = rows("rank", folder)
    assert len(table) == world().number_of_nodes()
    assert sum(float(row["score"]) for row in table) == pytest.approx(1.0)
    by_documents = rows("rank", folder, "--by", "documents")
    assert (by_documents[0]["score"], by_documents[0]["documents"]) == ("1", "2")


def test_communities_line_up_and_are_data_too(folder: Path) -> None:
    lines = run("communities", folder).out.decode().splitlines()
    found = data("communities", folder)
    assert f"{len(found)} communities; 2 entities without a link are in none" in lines[-1]
    assert found[0]["size"] == len(found[0]["members"]) == sum(found[0]["types"].values())
    table = rows("communities", folder, "--planned")
    assert {row["id"] for row in table} == set(world()) - {COURIERS}
    assert data("communities", folder, "--limit", "1", "--seed", "0", "--resolution", "1") == found[:1]


def test_stats_have_tables_and_keep_their_counts(folder: Path) -> None:
    whole = data("stats", folder)
    assert list(whole) == [
        *("sources", "documents", "mentions", "entities", "relations", "outcomes", "failures"),
        *("by_type", "by_province", "by_year"),
    ]
    assert whole["failures"] == {"gone.txt": "gone.txt: there is no such file"}
    unions = {"type": "ORG", "subtype": "union", "zh": "工会", "en": "trade union", "entities": 2, "mentions": 6}
    assert unions in whole["by_type"]
    assert {row["type"]: 0 for row in whole["by_type"]} == dict.fromkeys(whole["entities"], 0)
    for table in ("type", "province", "year"):
        assert data("stats", folder, "--by", table) == {f"by_{table}": whole[f"by_{table}"]}
    assert sum(row["facts"] for row in whole["by_year"]) == sum(whole["relations"].values())
    text = run("stats", folder).out.decode()
    assert text.splitlines()[-1] == "failed: gone.txt: there is no such file"
    assert "year  documents  facts\n----  ---------  -----\n2021          0      1\n" in text


@pytest.mark.parametrize("command", ["rank", "communities"])
def test_json_and_csv_exclude_one_another(command: str, folder: Path) -> None:
    done = run(command, folder, "--json", "--csv")
    assert (done.code, len(done.said)) == (2, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("path", "林知远", "林知远"),
        ("neighbours", "林知远", "--relation", "loves"),
        ("rank", "--type", "guild"),
        ("rank", "--by", "fame"),
        ("communities", "--resolution", "0"),
        ("stats", "--by", "colour"),
    ],
    ids=" ".join,
)
def test_wrong_values_end_with_2(arguments: tuple[str, ...], folder: Path) -> None:
    done = run(arguments[0], folder, *arguments[1:])
    assert (done.code, done.out) == (2, b"")


def test_from_python_entities_are_named_as_people_do(folder: Path) -> None:
    kg = unionkg.load(folder)
    assert kg.node("林知远") == CHAIR
    assert [node for node, _ in kg.entity("省总工会")] == [UNION, CITY_UNION]
    with pytest.raises(AmbiguousEntity):
        kg.node("省总工会")
    with pytest.raises(UnknownEntity):
        kg.neighbours("无此人")
    (path,) = kg.paths("林知远", "海州市总工会")
    assert path.nodes == (CHAIR, UNION, CITY_UNION)
    assert kg.evidence(path.steps[0][0])[0]["quote"] == "江海省总工会主席林知远出席会议。"
    assert kg.rank("degree")[0] == (UNION, 5)
    assert [group.relation for group in kg.neighbours("林知远")] == ["holds_post", "attends"]
    assert PROGRAMME not in {node for community in kg.communities() for node in community}
