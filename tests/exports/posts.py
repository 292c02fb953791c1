"""Graphs of posts that documents of given days tell, and what a saved question answers on a graph, by two engines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

import networkx as nx
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from rdflib import Graph

from tests.exports.world import evidence
from unionkg.exports.answers import Rows, Triples
from unionkg.exports.ntriples import write_ntriples
from unionkg.exports.questions import bound, the_question
from unionkg.exports.store import ask
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.schema import PREFIXES

BODY, PERSON = "江海省总工会", "林知远"


@dataclass(frozen=True)
class Told:
    """A document, of a day or none, that tells a post with the date that it states."""

    status: str
    date: str | None = None
    written: str | None = None
    role: str = "主席"
    person: str = PERSON
    body: str = BODY
    rule: str = "post.before_name"


def posts(*told: Told) -> KnowledgeGraph:
    """Return the graph of these posts, each told by a document of its own."""
    graph: KnowledgeGraph = nx.MultiDiGraph()
    graph.graph.update(documents=[], editions=[], possible=[], conflicts=[], outcomes=[])
    for number, post in enumerate(told):
        document = sha256(b"%d" % number).hexdigest()
        add_document(graph, document, f"{number}.txt", post.written)
        person, body = (add_entity(graph, *each, document) for each in (("PERSON", post.person), ("ORG", post.body)))
        stated = {} if post.date is None else {"date": post.date}
        dates = {} if post.written is None else {"first_stated": post.written, "last_stated": post.written}
        graph.add_edge(
            person,
            body,
            key=f"fact-{number:016x}",
            type="holds_post",
            role=post.role,
            status=post.status,
            confidence=0.9,
            rules=[post.rule],
            sources=1,
            evidence=[evidence(document, 10, f"{post.body}{post.role}{post.person}。")],
            **stated,
            **dates,
        )
    return graph


def add_document(graph: KnowledgeGraph, identifier: str, name: str, day: str | None, **more: object) -> None:
    """Add a document, keeping them in order."""
    dated = {} if day is None else {"date": day}
    document = {"id": identifier, "name": name, "cluster": identifier, "authors": [], "editors": [], **dated, **more}
    graph.graph["documents"] = sorted([*graph.graph["documents"], document], key=lambda each: str(each["id"]))


def add_entity(graph: KnowledgeGraph, kind: str, name: str, document: str, **more: object) -> str:
    """Add an entity that a document names, if it is not there yet, and return its id, which follows from its name."""
    prefix = {"PERSON": "per", "ORG": "org", "PROGRAMME": "prg", "EVENT": "evt", "GROUP": "grp"}[kind]
    node = f"{prefix}-{sha256(name.encode()).hexdigest()[:16]}"
    if node not in graph:
        known = {"aliases": [], "documents": [document], "mentions": 1, "pinyin": "", "rule": "name", "matched": [name]}
        graph.add_node(node, type=kind, name=name, **{**known, **more})
    return node


def triples(graph: KnowledgeGraph) -> bytes:
    """Return the graph as N-Triples."""
    stream = BytesIO()
    write_ntriples(graph, stream)
    return stream.getvalue()


def rows(graph: KnowledgeGraph, question: str, /, *columns: str, **values: str) -> list[tuple[str, ...]]:
    """Return the columns of an answer, in its order, empty where not bound; rdflib has to find the same rows."""
    sparql, data = bound(the_question(question), values), triples(graph)
    store = Store()
    store.bulk_load(data, format=RdfFormat.N_TRIPLES)
    answer = ask(store, sparql)
    assert isinstance(answer, Rows)
    found = [
        {
            name: term.value
            for name, term in zip(answer.variables, row, strict=True)
            if isinstance(term, NamedNode | Literal)
        }
        for row in answer.rows
    ]
    theirs = Graph().parse(data=data, format="nt").query(sparql, initNs=PREFIXES)
    # of no groups at all rdflib makes one, with nothing in it
    others = [
        {str(name): str(term) for name, term in row.items() if term is not None} for row in theirs.bindings if row
    ]
    assert in_order(found) == in_order(others)
    return [tuple(row.get(column, "") for column in columns) for row in found]


def in_order(found: Iterable[dict[str, str]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(row.items()) for row in found)


def turtle(graph: KnowledgeGraph, question: str, **values: str) -> Triples:
    """Return the triples that a question constructs."""
    store = Store()
    store.bulk_load(triples(graph), format=RdfFormat.N_TRIPLES)
    answer = ask(store, bound(the_question(question), values))
    assert isinstance(answer, Triples)
    return answer
