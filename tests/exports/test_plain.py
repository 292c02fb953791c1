"""Answers become values of Python's own."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from unionkg.exports.answers import Rows, Triples, Truth
from unionkg.exports.plain import plain

UNION = NamedNode("https://example.org/union")
NAME = NamedNode("https://example.org/name")


def test_truth_is_truth() -> None:
    assert plain(Truth(True)) is True


def test_rows_have_numbers_texts_and_gaps() -> None:
    row = (UNION, Literal("埭溪镇总工会", language="zh"), Literal(3), Literal(0.5), Literal(True), None)
    names = ("union", "name", "count", "share", "planned", "code")
    assert plain(Rows(names, (row,))) == [
        {
            "union": "https://example.org/union",
            "name": "埭溪镇总工会",
            "count": 3,
            "share": 0.5,
            "planned": True,
            "code": None,
        }
    ]


def test_triples_are_rows() -> None:
    assert plain(Triples((Triple(UNION, NAME, Literal("工会")),))) == [
        {"subject": UNION.value, "predicate": NAME.value, "object": "工会"}
    ]


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        *(("abc", "integer"), ("1.5", "integer"), ("9" * 5000, "integer"), ("", "decimal"), ("half", "double")),
        *(("yes", "boolean"), ("2024-02-30", "date")),
    ],
)
def test_what_is_not_of_its_type_is_its_text(text: str, datatype: str) -> None:
    value = Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}"))
    assert plain(Rows(("x",), ((value,),))) == [{"x": text}]
