from __future__ import annotations

import csv

from tests.exports.parsing import written
from tests.exports.world import NOTICE, REPORT, UNION, shuffled, world
from unionkg.exports.formats import format_named
from unionkg.exports.iri import BASE, document_name
from unionkg.graph.attributes import KnowledgeGraph

OTHER = "f" * 64


def three_articles() -> KnowledgeGraph:
    """Return the world with its notice as an article of its own, and a third document that names nothing."""
    graph = world()
    for document in graph.graph["documents"]:
        document["cluster"] = document["id"]
    graph.graph["documents"].append({"id": OTHER, "name": "x", "cluster": OTHER, "authors": [], "editors": []})
    return graph


def table(graph: KnowledgeGraph) -> list[list[str]]:
    data = written(lambda stream: format_named("shared").write(graph, stream, BASE))
    return list(csv.reader(data.decode("utf-8-sig").splitlines()))


def test_a_pair_tells_titles_weight_and_what_is_shared() -> None:
    graph = three_articles()
    titles = {document_name(REPORT): "暖蜂行动走进江海", document_name(NOTICE): "notices.jsonl"}
    one, two = sorted(titles)
    assert table(graph) == [
        ["document", "title", "other", "other_title", "shared", "weight", "entities"],
        [one, titles[one], two, titles[two], "1", "0.4055", graph.nodes[UNION]["name"]],  # log(3 / 2)
    ]
    assert table(shuffled(graph, 5)) == table(graph)


def test_the_entities_of_a_pair_are_the_weightiest_five() -> None:
    graph = three_articles()
    for number in range(7):
        graph.add_node(
            f"org-{number:016x}", type="ORG", name=f"分会{number}", pinyin="", documents=[REPORT, NOTICE], mentions=2
        )
    graph.nodes["org-0000000000000000"]["documents"] = [REPORT, NOTICE, OTHER]
    (row,) = table(graph)[1:]
    assert (row[4], row[6]) == ("7", "分会1|分会2|分会3|分会4|分会5")


def test_copies_of_one_article_share_nothing() -> None:
    assert table(world())[1:] == []
