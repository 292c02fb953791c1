"""Answers become values of Python's own."""

from __future__ import annotations

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
