"""A graph on disk reads as the same graph in memory."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from networkx.utils import graphs_equal

from tests.exports.parsing import written
from tests.graph.test_build import CORPUS, content
from tests.graph.test_resolve import corpora
from unionkg.exports.graph_json import write
from unionkg.exports.ntriples import write_ntriples
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.build import build_from, build_graph
from unionkg.graph.model import Extraction
from unionkg.graph.readable import Readable, readable
from unionkg.graph.records import Records


def records_of(documents: list[Extraction], path: Path | None = None) -> Records:
    """Return the records of the documents, in order of their ids."""
    records = Records(path)
    build_from(lambda: sorted(documents, key=lambda document: document.document), records)
    return records


def everything(graph: Readable) -> list[object]:
    """Return all that can be read of a graph."""
    papers = [paper["id"] for paper in graph.documents()]
    nodes = [node for node, _ in graph.nodes()]
    return [
        *(list(part()) for part in (graph.documents, graph.nodes, graph.edges, graph.outcomes, graph.evidence)),
        *(list(part()) for part in (graph.editions, graph.possible, graph.conflicts)),
        *([list(part(paper)) for paper in papers] for part in (graph.named_in, graph.evidence_in)),
        [list(graph.edges_from(node)) for node in nodes],
    ]


def test_records_and_memory_read_alike() -> None:
    with records_of(CORPUS) as records:
        assert everything(records) == everything(readable(build_graph(CORPUS)))
        assert content(records.graph()) == content(build_graph(CORPUS))


@settings(deadline=None, max_examples=30)
@given(corpora())
def test_what_is_written_is_the_same(documents: list[Extraction]) -> None:
    graph = build_graph(documents)
    with records_of(documents) as records:
        for writer in (write, write_ntriples):
            assert written(partial(writer, records)) == written(partial(writer, graph))


def test_a_file_of_records_is_like_a_nameless_one(tmp_path: Path) -> None:
    with records_of(CORPUS, tmp_path / "records.sqlite") as named, records_of(CORPUS) as nameless:
        assert everything(named) == everything(nameless)


@pytest.fixture
def whole() -> KnowledgeGraph:
    return build_graph(CORPUS)


def test_a_small_graph_is_shown_whole(whole: KnowledgeGraph) -> None:
    with records_of(CORPUS) as records:
        assert graphs_equal(records.best_linked(len(whole)), whole)


def test_of_a_large_graph_the_best_linked_are_shown(whole: KnowledgeGraph) -> None:
    with records_of(CORPUS) as records:
        shown = records.best_linked(2)
    degrees = dict(whole.degree())
    assert len(shown) == 2
    assert shown.graph["left_out"] == len(whole) - 2
    assert min(degrees[node] for node in shown) >= max(degrees[node] for node in whole if node not in shown)
    assert all(whole.has_edge(*edge) for edge in shown.edges(keys=True))
    papers = {paper["id"] for paper in shown.graph["documents"]}
    assert {piece["document"] for *_, fact in shown.edges(data=True) for piece in fact["evidence"]} <= papers
    assert all(set(entity["documents"]) <= papers for _, entity in shown.nodes(data=True))
    assert all(figure["subject"] in shown for figure in shown.graph["outcomes"])
