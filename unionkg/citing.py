"""What the answer to a query rests on: the documents to cite for it.

A row of an answer rests on the documents that it has, and on those of its sentences, facts, figures and conflicts. Only
a row that has none of these rests on the documents that name all its entities. Texts and numbers do not tell where they
are from. Saved questions answer with names, for the eye; so their documents are those of all that their pattern binds
(`unionkg.exports.questions.pattern`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import filterfalse

from pyoxigraph import NamedNode

from unionkg.exports.answers import Answer, Rows, Triples, Value
from unionkg.exports.iri import document_name
from unionkg.graph.attributes import DocumentAttributes, is_judgement
from unionkg.querying import TIMEOUT_S, QueryWorker

AT_ONCE = 1000  # things in one query

# The things stand in each part, for Oxigraph joins what stands outside of a UNION only behind it.
_GROUNDS = """
SELECT DISTINCT ?thing ?document {{
  {{ VALUES ?thing {{ {0} }} ?thing a ukg:Document BIND(?thing AS ?document) }}
  UNION {{ VALUES ?thing {{ {0} }} ?thing oa:hasSource ?document }}
  UNION {{ VALUES ?thing {{ {0} }} ?thing ukg:evidence/oa:hasSource ?document }}
  UNION {{ VALUES ?thing {{ {0} }} ?thing ukg:conflicting/ukg:evidence/oa:hasSource ?document }}
}}
"""
_NAMING = "SELECT ?thing ?document {{ VALUES ?thing {{ {0} }} ?document schema:mentions ?thing }}"


def cited(
    worker: QueryWorker,
    documents: Iterable[DocumentAttributes],
    base: str,
    answer: Answer,
    *,
    timeout_s: float = TIMEOUT_S,
) -> list[DocumentAttributes]:
    """Return those of the documents of a graph that an answer of it rests on, in their order.

    They are none if the answer has no IRI under the base that has a document; a judgement of the ledger is no document to
    cite. Raises what `QueryWorker.answer` raises.
    """
    rows = _things(answer, base)
    grounds = _documents(worker, _GROUNDS, rows, timeout_s)
    if isinstance(answer, Triples) and grounds:
        rows = []  # the triples are one whole, in which names are told of what facts are about
    bare = [row for row in rows if not any(thing in grounds for thing in row)]
    naming = _documents(worker, _NAMING, bare, timeout_s)
    found: set[str] = set().union(*grounds.values())
    for row in bare:
        named = [naming[thing] for thing in row if thing in naming]
        found |= set.intersection(*named) if named else set()
    return [each for each in filterfalse(is_judgement, documents) if base + document_name(each["id"]) in found]


def _things(answer: Answer, base: str) -> list[frozenset[str]]:
    """Return the IRIs under the base in each row, or triple, of the answer that has any; each set of them once."""
    values: Iterable[Sequence[Value | None]]
    if isinstance(answer, Rows):
        values = answer.rows
    elif isinstance(answer, Triples):
        values = ((each.subject, each.object) for each in answer.triples)
    else:
        return []
    rows = (
        frozenset(value.value for value in row if isinstance(value, NamedNode) and value.value.startswith(base))
        for row in values
    )
    return list(dict.fromkeys(filter(None, rows)))


def _documents(
    worker: QueryWorker, query: str, rows: Iterable[Collection[str]], timeout_s: float
) -> Mapping[str, set[str]]:
    """Return what the query finds for the things in the rows: the IRIs of documents by thing."""
    things = sorted({thing for row in rows for thing in row})
    found: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(things), AT_ONCE):
        listed = " ".join(f"<{thing}>" for thing in things[start : start + AT_ONCE])
        answer = worker.answer(query.format(listed), timeout_s=timeout_s)
        for thing, document in answer.rows if isinstance(answer, Rows) else ():
            if isinstance(thing, NamedNode) and isinstance(document, NamedNode):
                found[thing.value].add(document.value)
    return found
