"""Saved questions asked of one graph: a name as people write it becomes the name as the graph has it.

A name that the graph spells as it is given is looked up as a term, which takes no time. Only else are all names of the store
read and compared, as `unionkg.graph.lookup` compares them, and in simplified script too; the graph itself is not loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from unionkg.exports.plain import plain
from unionkg.exports.questions import Question, bound, name_terms
from unionkg.graph.lookup import compared, nearest
from unionkg.querying import TIMEOUT_S, QueryWorker

# roles have names too, but no mentions
_IS_KNOWN = "ASK {{ VALUES ?name {{ {} }} ?entity skos:prefLabel|skos:altLabel ?name ; ukg:mentionCount ?mentions }}"
_ALL = """
SELECT ?form ?mentions ?name {
  ?entity ukg:mentionCount ?mentions ; skos:prefLabel ?name ; skos:prefLabel|skos:altLabel ?form .
} ORDER BY ?entity ?form
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """The query that asks a saved question, and what is wrong with names in it that no entity goes by, a line each."""

    sparql: str
    unknown: tuple[str, ...]


def asked(worker: QueryWorker, question: Question, values: Mapping[str, str], *, timeout_s: float = TIMEOUT_S) -> Asked:
    """Return the query with the values of the parameters, its names as the graph has them.

    Raises InvalidOption for a parameter that is missing, unknown or not of its kind, and what `QueryWorker.answer` raises.
    """
    bound(question, values)
    spelt: dict[str, list[str]] = {}
    unknown = []
    for name, parameter in question.parameters.items():
        if parameter.kind != "name" or _is_known(worker, values[name], timeout_s):
            continue
        forms, near = _forms(worker, values[name], timeout_s)
        if forms:
            spelt[name] = forms
        else:
            hint = f"near names: {', '.join(near)}" if near else "no name is near it"
            unknown.append(f"no entity goes by the name {values[name]!r}; {hint}")
    return Asked(bound(question, values, spelt), tuple(unknown))


def _is_known(worker: QueryWorker, name: str, timeout_s: float) -> bool:
    query = _IS_KNOWN.format(" ".join(map(str, name_terms(name))))
    return plain(worker.answer(query, timeout_s=timeout_s)) is True


def _forms(worker: QueryWorker, name: str, timeout_s: float) -> tuple[list[str], list[str]]:
    """Return the names of the graph that differ from `name` in nothing that counts; if there are none, near ones."""
    from unionkg.nlp.script import to_simplified

    rows = plain(worker.answer(_ALL, timeout_s=timeout_s))
    listed = rows if isinstance(rows, list) else ()
    known = [(str(row["form"]), int(row["mentions"] or 0), str(row["name"])) for row in listed]
    simplified = to_simplified(name)
    for wanted in dict.fromkeys(map(compared, (name, simplified))):
        forms = [form for form, _, _ in known if compared(form) == wanted]
        if forms:
            return list(dict.fromkeys(forms)), []
    return [], nearest(simplified, known)
