"""The example corpus in other programs: what they read is what the graph holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import openpyxl
import pyarrow.parquet
import pytest

import unionkg
from tests.unionkg.hostile import RULES


@pytest.fixture(scope="module")
def kg(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> unionkg.KG:
    return unionkg.build([corpus], tmp_path_factory.mktemp("examples") / "KG", options=RULES, workers=0)


def read(kg: unionkg.KG, place: Path) -> Any:
    """Return the graph as NetworkX reads it from this file, after it was exported there."""
    kg.export(place)
    match place.suffix:
        case ".graphml":
            return nx.read_graphml(place, force_multigraph=True)
        case ".gexf":
            return nx.read_gexf(place)
        case ".cyjs":
            return nx.cytoscape_graph(json.loads(place.read_text("utf-8")))
        case _:
            return nx.node_link_graph(json.loads(place.read_text("utf-8")), edges="edges")


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".cyjs", ".json"])
def test_networkx_has_the_same_entities_and_facts(kg: unionkg.KG, tmp_path: Path, suffix: str) -> None:
    found = read(kg, tmp_path / f"unions{suffix}")
    names = {node: entity["name"] for node, entity in kg.graph.nodes(data=True)}
    assert {node: told["label"] for node, told in found.nodes(data=True)} == names
    quotes = {
        (*edge, fact["type"], fact["evidence"][0]["quote"]) for *edge, fact in kg.graph.edges(keys=True, data=True)
    }
    assert {(*edge, told["type"], told["quote"]) for *edge, told in found.edges(keys=True, data=True)} == quotes
    assert len(quotes) > 50


def test_igraph_has_the_same_entities_and_facts(kg: unionkg.KG, tmp_path: Path) -> None:
    kg.export(tmp_path / "unions.graphml")
    found: Any = igraph.Graph.Read_GraphML(str(tmp_path / "unions.graphml"))
    assert set(found.vs["id"]) == set(kg.graph)
    assert sorted(found.es["type"]) == sorted(fact["type"] for *_, fact in kg.graph.edges(data=True))
    assert found.is_directed()


def test_tables_have_a_row_each(kg: unionkg.KG, tmp_path: Path) -> None:
    about = kg.graph.graph
    rows = {"entities": len(kg.graph), "relations": kg.graph.number_of_edges(), "outcomes": len(about["outcomes"])}
    rows |= {"documents": len(about["documents"])}
    kg.export(tmp_path / "tables", "parquet")
    kg.export(tmp_path / "unions.xlsx")
    book = openpyxl.load_workbook(tmp_path / "unions.xlsx")
    for name, count in rows.items():
        assert pyarrow.parquet.read_table(tmp_path / "tables" / f"{name}.parquet").num_rows == count
        assert book[name].max_row == count + 1
