"""What is wrong with a graph, in plain words: from the results of a SHACL report, each with what is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from unionkg.exports.iri import expand
from unionkg.exports.rules import CLASSES, KINDS, MESSAGES, Rule, called, named
from unionkg.exports.terms import VARIANTS
from unionkg.exports.triple_index import TripleIndex
from unionkg.graph.schema import PREFIXES, RELATION_TYPES

SHAPE = PREFIXES["ukg"] + "shape-"
SHOWN = 3  # values
QUOTED = 40  # characters of a sentence or another long text


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong: which `rule` is broken, `node` by its name and `iri`, and what was `found`.

    `about` is what the node is called or says, empty if nothing tells. `accepted_zh` and `accepted_en` are of the rule.
    """

    rule: str
    node: str
    about: str
    found: str
    iri: str
    accepted_zh: str
    accepted_en: str


def uri(prefixed: str) -> URIRef:
    """Return rdflib's node of a prefixed name of the schema."""
    return URIRef(expand(prefixed))


RULES: dict[str, Rule] = {named(kind, rule): rule for kind in KINDS for rule in kind.rules}
RELATIONS: dict[Node, str] = {
    **{uri(row.rdf_property): row.name for row in RELATION_TYPES.values()},
    **{uri(row.property): row.en.replace(" ", "_") for row in VARIANTS},
}
CALLED: dict[Node, str] = {uri(name): called(name)[1] for name in CLASSES}


def findings_of(report: Graph, index: TripleIndex) -> Iterator[Finding]:
    """Yield what each result of the report says, in no order."""
    for result in report.objects(None, SH.result):
        shape = str(report.value(result, SH.sourceShape)).removeprefix(SHAPE)
        component = report.value(result, SH.sourceConstraintComponent)
        focus, value = next(report.objects(result, SH.focusNode)), report.value(result, SH.value)
        yield finding(shape, focus, _found(RULES.get(shape), component, focus, value, index), index)


def finding(rule: str, node: Node, found: str, index: TripleIndex) -> Finding:
    """Return the finding that the node breaks the rule, which is the end of a shape's name or one of `unseen`."""
    return Finding(rule, name(node), about(node, index), found, str(node), *MESSAGES[rule])


def name(node: Node) -> str:
    """Return the last part of an IRI, which is the id of whatever we named; other nodes as Turtle writes them."""
    if not isinstance(node, URIRef):
        return node.n3()
    return max(node.rpartition("/")[2], node.rpartition("#")[2], key=lambda part: (bool(part), -len(part))) or str(node)


def about(node: Node, index: TripleIndex) -> str:
    """Return what a node is called; of an assertion what it says, of a figure what it counts, of evidence the quote."""
    if label := _text(index.values(node, RDFS.label)):
        return label
    ends = [index.values(node, end) for end in (RDF.subject, RDF.predicate, RDF.object)]
    if any(ends):
        words = [(RELATIONS.get(value[0]) or _call(value[0], index)) if value else "?" for value in ends]
        return " ".join(words)
    if what := _text(index.values(node, uri("ukg:what"))):
        owner = [_call(body, index) for body in index.values(node, uri("ukg:outcomeSubject"))[:1]]
        figure = [_text(index.values(node, uri(f"ukg:{each}"))) for each in ("value", "unit")]
        return " ".join((*owner, what, "".join(figure)))
    quotes = [_text(index.values(each, uri("oa:exact"))) for each in (node, *index.values(node, uri("oa:hasSelector")))]
    return "".join(quotes)


def kinds(node: Node, index: TripleIndex) -> str:
    """Return what the graph says that a node is."""
    classes = [CALLED[each] for each in index.values(node, RDF.type) if each in CALLED]
    return " and ".join(sorted(classes)) or "of no class that is known here"


def _call(node: Node, index: TripleIndex) -> str:
    return _text(index.values(node, RDFS.label)) or name(node)


def _text(values: tuple[Node, ...]) -> str:
    text = min((str(value) for value in values if isinstance(value, Literal)), default="")
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def _found(rule: Rule | None, component: Node | None, focus: Node, value: Node | None, index: TripleIndex) -> str:
    """Return what is there in the place of what is accepted."""
    if component == SH.MinCountConstraintComponent or component == SH.MaxCountConstraintComponent:
        values = index.values(focus, uri(rule.path)) if rule else ()
        what = called(rule.path)[1] if rule else "class"
        if not values:
            return f"has no {what}"
        shown = ", ".join(sorted(map(_written, values))[:SHOWN])
        return f"has {len(values)} values for {what}: {shown}" + (", …" if len(values) > SHOWN else "")
    if component == SH.OrConstraintComponent and index.values(focus, RDF.predicate):
        ends = (kinds(end, index) for where in (RDF.subject, RDF.object) for end in index.values(focus, where)[:1])
        return f"goes {' to '.join(f'from {end}' if not number else end for number, end in enumerate(ends))}"
    if value is None:
        return "is none"
    if value == focus:
        return f"is {kinds(focus, index)}"
    if component == SH.ClassConstraintComponent:
        told = _call(value, index)
        return f"is {name(value)}" + (f" ({told})" if told != name(value) else "") + f", {kinds(value, index)}"
    if rule and component in (SH.LessThanConstraintComponent, SH.LessThanOrEqualsConstraintComponent):
        other = next(path for limit, path in rule.limits if limit.startswith("sh:lessThan"))
        bounds = ", ".join(map(_written, index.values(focus, uri(other))))
        return f"is {_written(value)}, the {called(other)[1]} {bounds}"
    return f"is {_written(value)}"


def _written(node: Node) -> str:
    """Return a value as Turtle writes it, IRIs by their names, long texts shortened."""
    if not isinstance(node, Literal):
        return name(node)
    if len(node) > QUOTED:
        node = Literal(f"{node[: QUOTED - 1]}…", node.language, node.datatype, normalize=False)
    return node.n3().replace(PREFIXES["xsd"], "xsd:")
