"""The documents of a graph as lists of references, read back by others."""

from __future__ import annotations

import json

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from tests.exports.parsing import written
from tests.exports.world import NOTICE, REPORT, shuffled, world
from unionkg.errors import UnknownFormatName
from unionkg.exports.formats import format_named
from unionkg.exports.iri import BASE, document_name
from unionkg.exports.references import STYLES, citation, write_references
from unionkg.graph.attributes import JUDGEMENT, documents

KEYS = sorted(map(document_name, (REPORT, NOTICE)))
GRAPH = world()


def exported(style: str) -> str:
    return written(lambda stream: format_named(style).write(GRAPH, stream, BASE)).decode()


def test_gbt_7714_has_a_line_for_each_document() -> None:
    lines = {
        document_name(
            REPORT
        ): "甲作者, 乙作者. 暖蜂行动走进江海: 江工发〔2023〕8号[A/OL]. 江海工人报, 2023(2023-05-08)."
        " https://jianghai.example/2023/8.html.\n",
        document_name(NOTICE): "notices.jsonl[Z]. 2023.\n",
    }
    assert exported("gbt7714") == "".join(lines[key] for key in KEYS)


def test_every_list_has_the_documents_in_order_of_ids() -> None:
    assert [entry.key for entry in parse_string(exported("bibtex")).entries] == KEYS
    assert [record["id"] for record in rispy.loads(exported("ris"))] == KEYS
    assert [item["id"] for item in json.loads(exported("csl"))] == KEYS


@pytest.mark.parametrize("style", STYLES)
def test_a_judgement_of_the_ledger_is_no_work(style: str) -> None:
    graph = world()
    judgement = {"id": "f" * 64, "name": JUDGEMENT, "cluster": "f" * 64, "authors": ["罗"], "editors": []}
    graph.graph["documents"].append(judgement)
    assert written(lambda stream: format_named(style).write(graph, stream, BASE)).decode() == exported(style)


@pytest.mark.parametrize("style", STYLES)
def test_equal_graphs_give_equal_lists(style: str) -> None:
    again = written(lambda stream: format_named(style).write(shuffled(GRAPH, 3), stream, BASE))
    assert again.decode() == exported(style)


def test_the_citation_of_one_document_has_no_line_end_behind_it() -> None:
    notice = next(each for each in documents(GRAPH) if each["id"] == NOTICE)
    assert citation(notice) == "notices.jsonl[Z]. 2023."
    assert citation(notice, "bibtex").endswith("\n}")
    assert citation(notice, "ris").endswith("\r\nER  - ")
    assert json.loads(citation(notice, "csl"))["title"] == "notices.jsonl"


def test_an_empty_list_is_one_of_its_format() -> None:
    assert written(lambda stream: write_references([], "csl", stream)) == b"[]\n"
    assert written(lambda stream: write_references([], "ris", stream)) == b""


def test_an_unknown_style_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownFormatName) as caught:
        citation(documents(GRAPH)[0], "apa")
    assert str(caught.value) == "unknown style 'apa' of citations; accepted: gbt7714, bibtex, ris, csl"
