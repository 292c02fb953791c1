"""A description of the dataset in VoID (W3C interest group note, 2011): what it is about, and how much there is of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from unionkg.exports.iri import BASE, term
from unionkg.exports.literals import chinese, english, integer, string
from unionkg.exports.ontology import ONTOLOGY
from unionkg.exports.triples import Description, Pair, descriptions
from unionkg.exports.turtle import Turtle, write_descriptions
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable
from unionkg.graph.schema import PREFIXES

DATASET = "dataset"
_TYPE = term("rdf:type")


def write_void(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str = BASE) -> None:
    """Write the description as Turtle. Raises what `descriptions` raises."""
    tally = Tally()
    for each in descriptions(graph, base):
        tally.add(each)
    tally.write(stream, base)


class Tally:
    """How many triples there are, and of which classes and properties."""

    def __init__(self) -> None:
        self.subjects = 0
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()

    def add(self, description: Description) -> None:
        """Count one subject."""
        _, pairs = description
        self.subjects += 1
        self.properties.update(predicate for predicate, _ in pairs)
        self.classes.update(value for predicate, value in pairs if predicate == _TYPE)

    def write(self, stream: BinaryIO, base: str = BASE) -> None:
        """Write the description of the dataset as Turtle."""
        write_descriptions(self._descriptions(base), stream, base)

    def _descriptions(self, base: str) -> Iterator[Description]:
        dataset, prefixed = f"<{base}{DATASET}>", Turtle().short
        partitions: list[Description] = []
        pairs: list[Pair] = [
            (_TYPE, term("void:Dataset")),
            (term("dcterms:title"), chinese("工会知识图谱")),
            (term("dcterms:title"), english("A knowledge graph of trade unions")),
            (
                term("dcterms:description"),
                chinese("从中文网络文献中抽取的工会组织、人物、项目、地点、政策、会议与数据，每项事实均附原文。"),
            ),
            (
                term("dcterms:description"),
                english(
                    "Unions, officials, programmes, places, policies, events and figures, each fact with its sentence."
                ),
            ),
            (term("dcterms:conformsTo"), ONTOLOGY),
            *((term("void:feature"), f"<http://www.w3.org/ns/formats/{name}>") for name in ("N-Triples", "Turtle")),
            (term("void:uriSpace"), string(base)),
            (term("void:triples"), integer(self.properties.total())),
            (term("void:distinctSubjects"), integer(self.subjects)),
            (term("void:classes"), integer(len(self.classes))),
            (term("void:properties"), integer(len(self.properties))),
        ]
        used = (*self.classes, *self.properties)
        pairs += (
            (term("void:vocabulary"), f"<{iri}>")
            for _, iri in sorted(PREFIXES.items())
            if any(name.startswith(f"<{iri}") for name in used)
        )
        for kind, counts, link, about in (
            ("class", self.classes, "void:classPartition", "void:class"),
            ("property", self.properties, "void:propertyPartition", "void:property"),
        ):
            count = term("void:entities" if kind == "class" else "void:triples")
            for name, size in sorted(counts.items()):
                partition = f"<{base}{DATASET}-{kind}-{prefixed(name).replace(':', '-')}>"
                pairs.append((term(link), partition))
                partitions.append((partition, [(term(about), name), (count, integer(size))]))
        yield dataset, pairs
        yield from partitions
