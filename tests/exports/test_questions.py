from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, QuerySolutions, Store

from unionkg.errors import InvalidOption, UnknownQuestion
from unionkg.exports.questions import LANGUAGES, Question, bound, column, examples, parsed, questions, the_question
from unionkg.exports.terms import TERMS
from unionkg.graph.provinces import PROVINCES
from unionkg.graph.schema import ENTITY_TYPES, PREFIXES, QUALIFIERS, RELATION_TYPES

every = pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)

MINE = """\
# zh = "甲"
# en = "A"
# about_zh = "随便什么。"
# about_en = "Whatever."
#
# [parameters.what]
# kind = "text"
# zh = "何"
# en = "what"
# example = "工会"
#
# [parameters.day]
# kind = "day"
# zh = "日"
# en = "the day"
# example = "2024-01-01"
# default = "2025-01-01"

# a comment of the query
SELECT ?x { VALUES ?x { $what } VALUES ?y { $day } }
"""


def found(sparql: str) -> list[str]:
    """The values of a query's first variable."""
    answer = Store().query(sparql, prefixes=PREFIXES)
    assert isinstance(answer, QuerySolutions)
    return [row[0].value for row in answer]


def test_there_are_enough_and_no_two_alike() -> None:
    assert len(questions()) >= 22
    for part in ("name", "zh", "en", "query"):
        assert len({getattr(question, part) for question in questions()}) == len(questions())


@every
def test_a_question_has_titles_in_both_languages_and_says_what_it_answers(question: Question) -> None:
    assert re.search("[一-鿿]", question.zh)
    assert question.en.isascii()
    assert question.about_zh.endswith("。")
    assert question.about_en.endswith(".")
    for parameter in question.parameters.values():
        assert re.search("[一-鿿]", parameter.zh)
        assert parameter.en.isascii()


@every
def test_each_column_has_a_name_in_chinese(question: Question) -> None:
    answer = Store().query(bound(question, examples(question)), prefixes=PREFIXES)
    variables = ["subject", "predicate", "object"]  # of triples
    if isinstance(answer, QuerySolutions):
        variables = [variable.value for variable in answer.variables]
    names = [column(question.name, variable) or "" for variable in variables]
    assert all(re.match("[一-鿿]", name) for name in names), names
    assert len(set(names)) == len(names)
    assert column(question.name, "nothing") is None


@every
def test_each_parameter_is_bound_as_values_and_none_is_undeclared(question: Question) -> None:
    used = re.findall(r"\$(\w+)", question.query)
    assert set(used) == set(question.parameters)
    assert len(re.findall(r"VALUES \?(\w+) \{ \$\1 \}", question.query)) == len(used)


@every
def test_every_label_is_asked_for_by_its_language(question: Question) -> None:
    """A label that is only compared with the parameter has its languages there."""
    where = question.query[question.query.index("WHERE") :]
    labels = set(re.findall(r"skos:prefLabel \?(\w+)", where)) - {"name", "other"}
    for label in labels:
        assert f"LANGMATCHES(LANG(?{label})" in where
    assert "LANG(" not in re.sub(r"LANGMATCHES\(LANG\(|BIND\(LCASE\(LANG\(", "", where)


@every
def test_only_terms_that_there_are_stand_in_a_question(question: Question) -> None:
    """A term that is misspelt finds nothing, without an error."""
    ours = {kind.rdf_class for kind in ENTITY_TYPES.values()}
    ours |= {each.rdf_class for kind in ENTITY_TYPES.values() for each in kind.subtypes}
    ours |= {row.rdf_property for row in RELATION_TYPES.values()}
    ours |= {row.rdf_property for row in QUALIFIERS.values()} | set(TERMS)
    ours |= {"ukg:heldPost"}
    assert set(re.findall(r"ukg:\w+", question.query)) <= ours


@pytest.mark.parametrize("name", ["programmes-by-province", "provinces-without-programme"])
def test_the_provinces_are_all_of_them(name: str) -> None:
    rows = re.findall(r'\("(\d\d)" "(\w+)" "([\w ]+)"\)', the_question(name).query)
    assert rows == [(code, province.zh, province.en) for code, province in PROVINCES.items()]


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip))
def test_a_value_is_never_more_than_a_value(value: str) -> None:
    assert found(bound(parsed("mine", MINE), {"what": value})) == [value.strip()]


@pytest.mark.parametrize("value", ['" } } #', "\\u0022 }", "$day", "?x", "'''", "\n", "\\", "工会\\"])
def test_what_looks_like_sparql_is_text(value: str) -> None:
    if value.strip():
        assert found(bound(parsed("mine", MINE), {"what": value})) == [value]


def test_a_name_is_asked_for_in_every_language_of_names() -> None:
    sparql = bound(the_question("names-of"), {"name": " 甲 "})
    for term in (*(Literal("甲", language=tag) for tag in LANGUAGES), Literal("甲")):
        assert str(term) in sparql


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, r"mine needs the parameter 'what'; accepted: what=工会 \(what\); day=2024-01-01 .*, 2025-01-01\)"),
        ({"what": "a", "who": "b"}, r"no parameter 'who'; accepted: what="),
        ({"what": "a", "day": "2024-13-01"}, r"'2024-13-01', which is no day; accepted: "),
        ({"what": " "}, r"' ', which is no text"),
        ({"what": "\udcff"}, r"which is no text"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused_with_those_that_do(values: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidOption, match=message):
        bound(parsed("mine", MINE), values)


def test_an_unknown_question_is_refused_with_what_is_near_or_all() -> None:
    with pytest.raises(UnknownQuestion, match=r"^no saved question 'official-of'; accepted: officials-of"):
        the_question("official-of")
    with pytest.raises(UnknownQuestion) as caught:
        the_question("?")
    assert all(question.name in str(caught.value) for question in questions())


def test_a_header_that_says_something_else_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        parsed("mine", MINE.replace('kind = "text"', 'kind = "magic"'))
    assert examples(parsed("mine", MINE)) == {"what": "工会", "day": "2024-01-01"}
