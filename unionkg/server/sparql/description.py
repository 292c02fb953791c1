"""What the service at `/sparql` can do, and what it is asked of, in the vocabulary of SPARQL 1.1 Service Description."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from unionkg.exports.files import BUILT
from unionkg.exports.iri import expand
from unionkg.exports.ontology import ONTOLOGY, ontology

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)
_TYPE = NamedNode(expand("rdf:type"))


def description(endpoint: str, folder: Path) -> tuple[Triple, ...]:
    """Return the description of the service at an address that is asked about the graph in a folder.

    The graph is described as its build has described it, in VoID. There is no blank node.
    """
    service, dataset, part = NamedNode(endpoint), NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#ontology")
    terms, name = NamedNode(f"{endpoint}#ontology-graph"), NamedNode(ONTOLOGY[1:-1])
    counted = tuple(
        Triple(each.subject, each.predicate, each.object)
        for each in parse((folder / BUILT["void"]).read_bytes(), format=RdfFormat.TURTLE)
    )
    graph = next(each.subject for each in counted if _is_dataset(each))
    number = Literal(str(len(set(ontology()))), datatype=NamedNode(expand("xsd:integer")))
    return (
        Triple(service, _TYPE, _sd("Service")),
        Triple(service, _sd("endpoint"), service),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        *(Triple(service, _sd("resultFormat"), NamedNode(f"{_FORMATS}{form}")) for form in RESULTS),
        Triple(service, _sd("defaultEntailmentRegime"), NamedNode("http://www.w3.org/ns/entailment/Simple")),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, _TYPE, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), graph),
        Triple(dataset, _sd("namedGraph"), part),
        Triple(part, _TYPE, _sd("NamedGraph")),
        Triple(part, _sd("name"), name),
        Triple(part, _sd("graph"), terms),
        Triple(terms, _TYPE, _sd("Graph")),
        Triple(terms, NamedNode(expand("void:triples")), number),
        Triple(graph, _TYPE, _sd("Graph")),
        *counted,
    )


def _sd(name: str) -> NamedNode:
    return NamedNode(f"{SD}{name}")


def _is_dataset(triple: Triple) -> bool:
    return triple.predicate == _TYPE and triple.object == NamedNode(expand("void:Dataset"))
