from __future__ import annotations

import csv
import json
from io import StringIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)
from rdflib.compare import isomorphic
from rdflib.query import Result

from tests.exports.parsing import parsed, ukg, written
from unionkg.errors import UnknownFormatName
from unionkg.exports.answers import FORMS, Answer, Rows, Triples, Truth, write_answer
from unionkg.exports.columns import one_line
from unionkg.exports.literals import plain

XSD = "http://www.w3.org/2001/XMLSchema#"
NODE = NamedNode("https://w3id.org/unionkg/id/org-1")
LINK = NamedNode("https://w3id.org/unionkg/ontology#governs")
ROWS = Rows(
    ("name", "n"),
    (
        (Literal("江海省总工会", language="zh-hans"), Literal("-5", datatype=NamedNode(f"{XSD}integer"))),
        (Literal("=cmd()\n第二行\x1b[31m"), None),
        (LINK, BlankNode("b")),
    ),
)
RDF = {"ttl": "turtle", "nt": "nt", "rdfxml": "xml", "jsonld": "json-ld"}  # by rdflib's names
FACTS = Triples((Triple(NODE, LINK, NODE), Triple(NODE, LINK, Literal("工会"))))


def text(answer: Answer, form: str) -> str:
    return written(lambda stream: write_answer(answer, form, stream)).decode()


def test_a_table_is_aligned_for_wide_characters_and_obeys_no_control() -> None:
    assert text(ROWS, "table").split("\n") == [
        "name                n",
        "------------------  ---",
        "江海省总工会        -5",
        "=cmd() 第二行\ufffd[31m",
        "ukg:governs         _:b",
        "",
    ]


def test_truth_and_triples_are_tables_too() -> None:
    assert text(Truth(True), "table") == "answer\n------\ntrue\n"
    assert text(FACTS, "table").splitlines()[2].split() == [NODE.value, "ukg:governs", NODE.value]


def test_csv_is_guarded_and_keeps_numbers() -> None:
    rows = list(csv.reader(StringIO(text(ROWS, "csv"), newline="")))
    assert rows == [["name", "n"], ["江海省总工会", "-5"], ["'=cmd()\n第二行\ufffd[31m", ""], [LINK.value, "_:b"]]


def test_json_is_read_by_rdflib_as_sparql_results() -> None:
    read = Result.parse(StringIO(text(ROWS, "json")), format="json")
    assert [str(name) for name in read.vars or ()] == ["name", "n"]
    rows = [{str(name): value for name, value in row.items()} for row in read.bindings]
    assert [str(row["name"]) for row in rows] == ["江海省总工会", "=cmd()\n第二行\x1b[31m", LINK.value]
    assert [type(row["n"]).__name__ for row in rows if "n" in row] == ["Literal", "BNode"]
    assert json.loads(text(Truth(False), "json")) == {"head": {}, "boolean": False}


def test_tsv_has_exact_terms_and_one_line_a_row() -> None:
    assert text(ROWS, "tsv").splitlines() == [
        "?name\t?n",
        '"江海省总工会"@zh-hans\t-5',
        '"=cmd()\\n第二行\ufffd[31m"\t',
        f"<{LINK.value}>\t_:b",
    ]
    assert text(Truth(True), "tsv") == "?answer\ntrue\n"
    assert text(FACTS, "tsv").splitlines()[2] == f'<{NODE.value}>\t<{LINK.value}>\t"工会"'


HOSTILE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(HOSTILE)
def test_whatever_text_comes_back_from_tsv_and_xml(said: str) -> None:
    row = Rows(("a", "b"), ((Literal(said), Literal(said, language="zh-hans")),))
    for form, reader in (("tsv", QueryResultsFormat.TSV), ("xml", QueryResultsFormat.XML)):
        read = parse_query_results(text(row, form).encode(), format=reader)
        assert isinstance(read, QuerySolutions)
        assert [each.value for each in next(read)] == [plain(said), plain(said)]
    [*_, element] = ElementTree.fromstring(text(row, "xml")).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert (element.text or "") == plain(said)


def test_truth_is_xml() -> None:
    [value] = ElementTree.fromstring(text(Truth(False), "xml")).iter("{http://www.w3.org/2005/sparql-results#}boolean")
    assert value.text == "false"


@given(HOSTILE)
def test_whatever_text_is_one_cell_of_markdown_and_no_markup(said: str) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(
        text(Rows(("a", "b"), ((Literal(said), Literal("x")),)), "md")
    )
    [row] = ElementTree.fromstring(f"<div>{html}</div>").iter("tbody")
    [cells] = row
    assert [len(cell) for cell in cells] == [0, 0]
    assert (cells[0].text or "").split() == one_line(said).split()


def test_a_quoted_triple_has_its_form_in_json() -> None:
    quoted = json.loads(text(Rows(("t",), ((Triple(NODE, LINK, NODE),),)), "json"))["results"]["bindings"][0]["t"]
    assert (quoted["type"], quoted["value"]["predicate"]) == ("triple", {"type": "uri", "value": LINK.value})


NESTED = Triple(NODE, LINK, Triple(NODE, LINK, Literal("工会")))
DIRECTED = Literal("نقابة", language="ar", direction=BaseDirection.RTL)


@pytest.mark.parametrize("form", RDF)
@pytest.mark.parametrize("triple", [NESTED, Triple(NODE, LINK, DIRECTED)])
def test_what_rdf_1_1_does_not_have_is_refused_as_rdf(triple: Triple, form: str) -> None:
    with pytest.raises(
        UnknownFormatName, match=rf"RDF 1\.2 and cannot be written as '{form}'.*; accepted: table, csv, tsv, md$"
    ):
        text(Triples((triple,)), form)


def test_what_rdf_1_1_does_not_have_is_in_tables_and_results() -> None:
    written = f'<<( <{NODE.value}> <{LINK.value}> "工会" )>>'
    for form in ("csv", "tsv"):
        assert text(Triples((NESTED,)), form).splitlines()[1].replace('""', '"').rstrip('"').endswith(written)
    assert written in text(Triples((NESTED,)), "table")
    [binding] = json.loads(text(Rows(("t",), ((DIRECTED,),)), "json"))["results"]["bindings"]
    assert binding["t"] == {"type": "literal", "value": DIRECTED.value, "xml:lang": "ar", "its:dir": "rtl"}
    assert '"@ar--rtl' in text(Rows(("t",), ((DIRECTED,),)), "tsv")
    assert 'its:dir="rtl"' in text(Rows(("t",), ((DIRECTED,),)), "xml")


def test_triples_are_turtle() -> None:
    read = parsed(text(FACTS, "ttl").encode())
    assert len(read) == 2
    assert set(read.predicates()) == {ukg("governs")}


@pytest.mark.parametrize("form", RDF)
@given(HOSTILE)
def test_triples_are_the_same_in_every_form_of_rdf(form: str, said: str) -> None:
    odd = NamedNode("https://a.example/工会/条目")
    answer = Triples((*FACTS.triples, Triple(BlankNode("b"), odd, Literal(plain(said)))))
    read = parsed(text(answer, form).encode(), RDF[form])
    expected = parsed("".join(f"{each} .\n" for each in answer.triples).encode(), "nt")
    assert isomorphic(read, expected)


def test_rdfxml_has_no_control_and_no_property_without_a_name() -> None:
    written = text(Triples((Triple(NODE, LINK, Literal("甲\x01乙\x1b")),)), "rdfxml")
    assert "甲\ufffd乙\ufffd" in written
    with pytest.raises(UnknownFormatName, match=r"does not end in a name.*'rdfxml'; accepted: .*, ttl, nt, jsonld$"):
        text(Triples((Triple(NODE, NamedNode("https://a.example/%20"), NODE),)), "rdfxml")
    assert "&lt;oxprefix: " in text(Triples((Triple(NODE, LINK, Literal("<oxprefix: ")),)), "rdfxml")


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        (ROWS, "nt"),
        (Truth(True), "rdfxml"),
        (ROWS, "jsonld"),
        (ROWS, "ttl"),
        (Truth(True), "ttl"),
        (FACTS, "json"),
        (FACTS, "xml"),
        (ROWS, "xlsx"),
    ],
)
def test_a_form_that_cannot_hold_the_answer_is_refused_with_those_that_can(answer: Answer, form: str) -> None:
    with pytest.raises(UnknownFormatName, match=f"'{form}'.*; accepted: table, csv"):
        text(answer, form)


def test_the_forms_are_these() -> None:
    assert list(FORMS) == ["table", "csv", "tsv", "json", "xml", "md", "ttl", "nt", "rdfxml", "jsonld"]
