"""Whether RDF conforms: the SHACL shapes by pyshacl, what shapes cannot see, and what is wrong in plain words.

The shapes are those of this version, whatever lies beside the file: a shape is looser or stricter only by a change of the
program, and a folder whose own `shapes.ttl` was edited cannot pass by that.

pyshacl tries the property shapes of a node shape on one node after another. Here each property shape gets the target of
its node shape instead and is tried on all nodes at once, which gives the same results in a quarter of the time.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from warnings import catch_warnings

from pyoxigraph import RdfFormat, parse
from rdflib import RDF, RDFS, SH, Graph

from unionkg.errors import InvalidOption, InvalidRdf
from unionkg.exports.findings import Finding, findings_of
from unionkg.exports.iri import term
from unionkg.exports.literals import boolean
from unionkg.exports.shapes import write_shapes
from unionkg.exports.triple_index import TripleIndex, loaded, stored
from unionkg.exports.turtle import Triple, write_triples
from unionkg.exports.unseen import doubtful, unseen

SUFFIXES = ("nt", "ttl", "nq", "trig", "rdf", "jsonld")
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
NAMING = (SH.path, SH.targetSubjectsOf, SH.targetObjectsOf, SH.lessThan, SH.lessThanOrEquals)


@dataclass(frozen=True, slots=True)
class Validation:
    """What came of a validation: `findings` in order of rule and node, none if all conforms.

    `triples` counts those that were read, `things` the nodes that shapes were tried on. `results` are the triples of the
    SHACL report, which knows nothing of what shapes cannot see. `warnings` are of what conforms and may be wrong all the
    same, in the order of findings.
    """

    findings: tuple[Finding, ...]
    triples: int
    things: int
    results: tuple[Triple, ...]
    warnings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def write_report(self, stream: BinaryIO) -> None:
        """Write the SHACL validation report as Turtle."""
        write_triples(self.results, stream)


def validate(path: Path) -> Validation:
    """Return what is wrong with the RDF in the file, whose suffix tells its format.

    Raises InvalidOption for another suffix, InvalidRdf if it does not parse.
    """
    import pyshacl

    rules = _shapes()
    with _quiet():
        index = _read(path, rules)
        try:
            conforms, report, text = pyshacl.validate(index.graph(), shacl_graph=rules, inplace=True)
        except ArithmeticError as error:  # a value that cannot be compared with a limit, such as NaN
            raise InvalidRdf(f"{path}: a number cannot be compared: {error!r}; accepted: xsd:decimal") from error
        if not isinstance(report, Graph):
            raise InvalidRdf(f"{path}: it cannot be validated: {' '.join(str(text).split())}")
        found = {*findings_of(report, index), *unseen(index)}
    targets = set(rules.objects(None, SH.targetClass))
    things = {node for each, nodes in index.instances.items() if each in targets for node in nodes}
    results, warnings = tuple(_report(report, bool(conforms))), tuple(sorted(doubtful(index)))
    return Validation(tuple(sorted(found)), index.count, len(things), results, warnings)


@cache
def _shapes() -> Graph:
    """Return the shapes as a graph of rdflib's, each property shape with the targets of its node shape."""
    graph, turtle = Graph(), BytesIO()
    write_shapes(turtle)
    for quad in parse(turtle.getvalue(), RdfFormat.TURTLE):
        graph.add((loaded(quad.subject), loaded(quad.predicate), loaded(quad.object)))
    for target in TARGETS:
        for shape, named in list(graph.subject_objects(target)):
            for rule in graph.objects(shape, SH.property):
                graph.add((rule, target, named))
    for shape in {shape for target in TARGETS for shape in graph.subjects(target, None)}:
        graph.remove((shape, SH.property, None))
    return graph


def _read(path: Path, rules: Graph) -> TripleIndex:
    """Return those triples of the file that a shape looks at."""
    suffix = path.suffix.removeprefix(".").lower()
    if suffix not in SUFFIXES:
        raise InvalidOption(f"{path}: no suffix of RDF; accepted: .{', .'.join(SUFFIXES)}")
    predicates = {str(name) for naming in NAMING for name in rules.objects(None, naming)}
    with path.open("rb") as stream:
        try:
            quads = parse(stream, format=RdfFormat.from_extension(suffix))
            return TripleIndex(quads, {*predicates, str(RDF.type), str(RDFS.subClassOf)})
        except SyntaxError as error:
            place = f", line {error.lineno}, column {error.offset}" if error.lineno else ""
            reason = str(error.msg).partition(": ")[2] if error.lineno else str(error.msg)
            raise InvalidRdf(f"{path}{place}: {' '.join(reason.split())}") from error
        except InvalidRdf as error:
            raise InvalidRdf(f"{path}: {error}") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the garbage collector from walking what stays, and rdflib from telling of literals that are findings."""
    log, was_on = logging.getLogger("rdflib.term"), gc.isenabled()
    level = log.level
    log.setLevel(logging.CRITICAL)
    gc.disable()
    try:
        with catch_warnings(action="ignore"):
            yield
    finally:
        log.setLevel(level)
        if was_on:
            gc.enable()


def _report(report: Graph, conforms: bool) -> Iterator[Triple]:
    """Yield the report's triples in an order, and with names of blank nodes, that follow from what it says."""
    whole = "_:report"
    yield whole, term("rdf:type"), term("sh:ValidationReport")
    yield whole, term("sh:conforms"), boolean(conforms)
    told = sorted(
        sorted((f"<{predicate}>", str(stored(value))) for predicate, value in report.predicate_objects(one))
        for one in report.objects(None, SH.result)
    )
    results = [f"_:result{number}" for number in range(1, len(told) + 1)]
    yield from ((whole, term("sh:result"), result) for result in results)
    for result, pairs in zip(results, told, strict=True):
        yield from ((result, predicate, value) for predicate, value in pairs)
