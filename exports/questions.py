"""The saved questions: SPARQL queries with titles in Chinese and English, in `questions/`, one a file.

A file opens with comment lines that are TOML behind their sign: the titles `zh` and `en`, `about_zh` and `about_en`, and a
table for each parameter; `columns.toml` has the Chinese names of the columns of all answers. The query has `$name` where the
value of a parameter goes, always as `VALUES ?name { $name }`, and is whole when that is put in. What is put in are RDF terms as
Oxigraph writes them, so that no value can be read as anything else. (Its own `substitutions` bind only variables that the
query selects, and not those of subqueries.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Literal as OneOf

import msgspec
from pyoxigraph import Literal, NamedNode

from unionkg.errors import InvalidOption, UnknownQuestion
from unionkg.graph.schema import PREFIXES

LANGUAGES = ("zh-hans", "zh-hant", "zh-latn-pinyin", "en")  # those of names, as Oxigraph spells them

_PLACE = re.compile(r"\$(\w+)", re.ASCII)
_SELECT = re.compile(r"SELECT\b[^{]*\{")

Kind = OneOf["name", "text", "day"]


class Parameter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a question is asked about: what it is, in both languages, and an example that the example corpus answers.

    A `name` is the name or an alias of an entity, in whatever language; a `day` is an ISO date. Without `default` it must be
    given.
    """

    kind: Kind
    zh: str
    en: str
    example: str
    default: str | None = None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A saved question; `query` is its SPARQL text with places for the parameters, `about_zh` and `about_en` say what it answers."""

    name: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    parameters: dict[str, Parameter]
    query: str


@cache
def questions() -> tuple[Question, ...]:
    """Return the saved questions, in order of their names."""
    folder = files("unionkg.exports") / "questions"
    found = [
        parsed(file.name.removesuffix(".rq"), file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".rq")
    ]
    return tuple(sorted(found, key=lambda question: question.name))


def parsed(name: str, text: str) -> Question:
    """Return the question in the text of a file."""
    lines = text.splitlines(keepends=True)
    length = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header = msgspec.toml.decode("".join(line[1:].removeprefix(" ") or "\n" for line in lines[:length]))
    query = "".join(lines[length:]).strip() + "\n"
    return msgspec.convert({"parameters": {}, **header, "name": name, "query": query}, Question)


def the_question(name: str) -> Question:
    """Return the question of that name. Raises UnknownQuestion, which names those near it, or all."""
    named = {question.name: question for question in questions()}
    if name not in named:
        near = get_close_matches(name, named) or list(named)
        raise UnknownQuestion(f"no saved question {name!r}; accepted: {', '.join(near)}")
    return named[name]


def bound(question: Question, values: Mapping[str, str], spelt: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the query with the values, or the defaults, of its parameters.

    `spelt` has how a graph spells the names that are given, if that is otherwise. Raises InvalidOption if one is missing, unknown, or not of its kind.
    """
    accepted = "; ".join(map(_described, question.parameters.items())) or "none"
    for name in values:
        if name not in question.parameters:
            raise InvalidOption(f"{question.name} has no parameter {name!r}; accepted: {accepted}")
    terms = {}
    for name, parameter in question.parameters.items():
        value = values.get(name, parameter.default)
        if value is None:
            raise InvalidOption(f"{question.name} needs the parameter {name!r}; accepted: {accepted}")
        try:
            given = (spelt or {}).get(name, (value,))
            terms[name] = [term for each in given for term in _KINDS[parameter.kind](each)]
        except ValueError as error:
            raise InvalidOption(
                f"parameter {name!r} of {question.name} is {value!r}, which is no {parameter.kind}; accepted: {accepted}"
            ) from error
    return _PLACE.sub(lambda place: " ".join(map(str, terms[place[1]])), question.query)


def pattern(sparql: str) -> str | None:
    """Return the query for all that the pattern of a saved question binds, given as `bound` gives it.

    Its rows are what those of the answer are made of, before they were chosen from, counted and put in order. None for a
    question that is answered with triples.
    """
    opening = _SELECT.match(sparql)
    return None if opening is None else f"SELECT DISTINCT * WHERE {{{sparql[opening.end() : sparql.rindex('}') + 1]}\n"


def column(question: str, variable: str) -> str | None:
    """Return what a column of the answer to a question holds, in Chinese; None for one that no saved question has."""
    names = _columns()
    return names.get(question, {}).get(variable) or names["all"].get(variable)


@cache
def _columns() -> dict[str, dict[str, str]]:
    text = (files("unionkg.exports") / "questions" / "columns.toml").read_bytes()
    return msgspec.toml.decode(text, type=dict[str, dict[str, str]])


def examples(question: Question) -> dict[str, str]:
    """Return the values with which the example corpus answers the question."""
    return {name: parameter.example for name, parameter in question.parameters.items()}


def _described(named: tuple[str, Parameter]) -> str:
    name, parameter = named
    default = "" if parameter.default is None else f"; if not given, {parameter.default}"
    return f"{name}={parameter.example} ({parameter.en}{default})"


def name_terms(value: str) -> tuple[Literal, ...]:
    """Return the name in each language: to look terms up takes no time, to compare texts reads all the names there are."""
    text = _text(value)
    return (*(Literal(value.strip(), language=tag) for tag in LANGUAGES), *text)


def _text(value: str) -> tuple[Literal, ...]:
    if not value.strip():
        raise ValueError("empty")
    value.encode()  # an argument that is no UTF-8 has lone surrogates, which no term can hold
    return (Literal(value.strip()),)


def _day(value: str) -> tuple[Literal, ...]:
    return (Literal(date.fromisoformat(value).isoformat(), datatype=NamedNode(f"{PREFIXES['xsd']}date")),)


_KINDS: dict[Kind, Callable[[str], tuple[Literal, ...]]] = {
    "name": name_terms,
    "text": _text,
    "day": _day,
}
