"""What shapes cannot see, or not cheaply: facts in both their forms, dates in order, quotes as long as their place.

Besides what is wrong there is what need not be: links that people judged, which are told and left to them.

A fact that is not planned stands as a plain triple and as an assertion, which has the evidence; a plain triple without
one is a fact that nothing backs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rdflib import RDF
from rdflib.term import Node

from unionkg.exports.findings import RELATIONS, SHOWN, Finding, finding, kinds, name, uri
from unionkg.exports.iri import expand, vocabulary
from unionkg.exports.literals import days
from unionkg.exports.rules import SELECTORS
from unionkg.exports.triple_index import TripleIndex
from unionkg.graph.schema import ENTITY_TYPES

SELECTED = sorted(map(expand, SELECTORS))


def unseen(index: TripleIndex) -> Iterator[Finding]:
    """Yield what is wrong, in no order."""
    yield from _facts(index)
    yield from _dates(index)
    yield from _quotes(index)


def doubtful(index: TripleIndex) -> Iterator[Finding]:
    """Yield what need not be wrong, in no order: entities that are exact matches of one thing outside, or one of several."""
    entities = {node for kind in ENTITY_TYPES.values() for node in index.instances.get(uri(kind.rdf_class), ())}
    bearers: dict[Node, list[Node]] = defaultdict(list)
    for node, values in index.columns.get(uri("skos:exactMatch"), {}).items():
        of_vocabulary: dict[str, list[Node]] = defaultdict(list)
        for value in values if node in entities else ():
            bearers[value].append(node)
            of_vocabulary[vocabulary(str(value))].append(value)
        for several in of_vocabulary.values():
            if len(several) > 1:
                yield finding("exact-match-several", node, f"has {_listed(sorted(map(str, several)))}", index)
    for value, nodes in bearers.items():
        for node in nodes if len(nodes) > 1 else ():
            told = _listed(sorted(name(one) for one in nodes if one != node))
            yield finding("exact-match-shared", node, f"has {value}, as {told}", index)


def _listed(texts: list[str]) -> str:
    return ", ".join(texts[:SHOWN]) + (", …" if len(texts) > SHOWN else "")


def _facts(index: TripleIndex) -> Iterator[Finding]:
    backed: set[tuple[Node, Node, Node]] = set()
    for assertion in index.instances.get(uri("ukg:Assertion"), ()):
        ends = [index.values(assertion, end) for end in (RDF.subject, RDF.predicate, RDF.object)]
        if all(len(end) == 1 for end in ends) and not index.values(assertion, uri("ukg:modality")):
            subject, predicate, value = (end[0] for end in ends)
            backed.add((subject, predicate, value))
            if predicate in RELATIONS and value not in index.values(subject, predicate):
                yield finding("assertion-without-plain", assertion, "has no such triple", index)
    for predicate, relation in RELATIONS.items():
        for subject, values in index.columns.get(predicate, {}).items():
            for value in values:
                if (subject, predicate, value) not in backed:
                    yield finding("plain-without-assertion", subject, f"{relation} {name(value)} has none", index)


def _dates(index: TripleIndex) -> Iterator[Finding]:
    last = index.columns.get(uri("ukg:lastStated"), {})
    for owner, values in index.columns.get(uri("ukg:firstStated"), {}).items():
        begin, end = (days(str(each[0])) if each else None for each in (values, last.get(owner, ())))
        if begin and end and begin[0] > end[1]:
            yield finding("stated-in-order", owner, f"are {values[0]} and {last[owner][0]}", index)


def _quotes(index: TripleIndex) -> Iterator[Finding]:
    start, end, exact = (uri(f"oa:{each}") for each in ("start", "end", "exact"))
    for evidence, selectors in index.columns.get(uri("oa:hasSelector"), {}).items():
        classes = sorted(str(each) for selector in selectors for each in index.values(selector, RDF.type))
        if len(selectors) == 2 and classes != SELECTED:
            yield finding(
                "evidence-selectors", evidence, f"has {' and '.join(kinds(each, index) for each in selectors)}", index
            )
        values = [[value for each in selectors for value in index.values(each, one)] for one in (start, end, exact)]
        if any(len(each) != 1 for each in values):
            continue
        first, behind, quote = (str(each[0]) for each in values)
        if not (first.isdecimal() and behind.isdecimal()):
            continue
        if int(behind) - int(first) != len(quote):
            found = f"has {len(quote)} characters, its place {int(behind) - int(first)}"
            yield finding("quote-length", evidence, found, index)
        for part in index.values(evidence, uri("ukg:evidencePart")):
            edges = [str(value) for one in (start, end) for value in index.values(part, one)]
            if len(edges) == 2 and all(map(str.isdecimal, edges)) and not _lies(edges, first, behind):
                yield finding("part-in-evidence", part, f"goes from {edges[0]} to {edges[1]}", index)


def _lies(edges: list[str], first: str, behind: str) -> bool:
    return int(first) <= int(edges[0]) and int(edges[1]) <= int(behind)
