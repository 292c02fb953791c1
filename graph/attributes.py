"""What the knowledge graph holds: the attribute names of its nodes, edges, documents and figures.

The graph is a `networkx.MultiDiGraph`. Its nodes are entities, its edges assertions, each under a key of its own; the
documents, the figures (outcomes), and what is known about nodes beside facts stand in `graph.graph`: the lists
`documents`, `outcomes`, `editions`, `possible` and `conflicts`, each in order of ids. All values are plain: str, int, float, bool, lists and dicts of these. A field that is not stated
is absent, never None. Ids are ASCII letters, digits and hyphens, and depend on nothing but what they name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypeAlias, TypedDict, cast

if TYPE_CHECKING:  # a query, which names parts of the graph, needs no network
    import networkx as nx

KnowledgeGraph: TypeAlias = "nx.MultiDiGraph[str]"

JUDGEMENT = "ledger"
"""The name of a document that stands for a judgement which adds a fact; no file that is read has a name without suffix."""


class EvidenceAttributes(TypedDict):
    """A sentence that says a fact: `quote` is the slice `[start, end)` of the document's text.

    `parts` lists the intervals of the sentence itself where foreign text splits it, else it is empty. `restored` is
    true if the sentence had to be restored before it could be read.
    """

    document: str
    start: int
    end: int
    quote: str
    parts: list[list[int]]
    restored: bool


class NodeAttributes(TypedDict):
    """An entity. `documents` lists the ids of those that mention it, in order; `mentions` counts the places.

    `former_names` are those of the `aliases` and of the `traditional` forms that documents say the name has taken the
    place of. `traditional` lists the forms that documents print in traditional script, as printed, in order. `pinyin` is the name in toneless syllables
    separated by spaces. `code` is a GB/T 2260 code. `exact_matches` and `close_matches` are IRIs that somebody judged it to
    go by outside the graph, in order. `rule` and `matched` say what the entity is known by: entities of
    documents that agree in them are this one (`resolve` has the rules).
    """

    type: str
    subtype: NotRequired[str]
    name: str
    aliases: list[str]
    former_names: NotRequired[list[str]]
    traditional: NotRequired[list[str]]
    pinyin: str
    code: NotRequired[str]
    exact_matches: NotRequired[list[str]]
    close_matches: NotRequired[list[str]]
    rule: str
    matched: list[str]
    documents: list[str]
    mentions: int


class EdgeAttributes(TypedDict):
    """An assertion. `evidence` is in order of document and start and never empty; `confidence` is the highest of them.

    `rules` are the extractors that found it. `programme` is a node's id. `sources` counts the clusters of documents that
    say it: reposts and spun copies of one article are one source. `first_stated` and `last_stated` are the earliest and
    the latest date of these documents, absent where none is dated.
    """

    type: str
    role: NotRequired[str]
    status: NotRequired[str]
    date: NotRequired[str]
    title: NotRequired[str]
    programme: NotRequired[str]
    modality: NotRequired[str]
    confidence: float
    rules: list[str]
    sources: int
    first_stated: NotRequired[str]
    last_stated: NotRequired[str]
    evidence: list[EvidenceAttributes]


class OutcomeAttributes(TypedDict):
    """A figure. `subject`, `programme` and `beneficiary` are nodes' ids; `bound` and `period` are as in `model.Outcome`,
    `sources` as in an assertion.
    """

    id: str
    subject: NotRequired[str]
    programme: NotRequired[str]
    beneficiary: NotRequired[str]
    value: float
    value_max: NotRequired[float]
    bound: NotRequired[str]
    unit: str
    what: str
    kind: str
    period: NotRequired[str]
    confidence: float
    rules: list[str]
    sources: int
    first_stated: NotRequired[str]
    last_stated: NotRequired[str]
    evidence: list[EvidenceAttributes]


class DocumentAttributes(TypedDict):
    """A source document. `id` is the sha256 of its bytes (see `model.Document`), `name` its file name.

    `number` is the 文号 of an official document; `correspondents` are those of the `authors` who are called so. `url` is
    the http or https address that the document gives as its own.
    `cluster` is the id of the first document, in order of ids, among the copies of the same article; a document without
    copies has its own id there.
    """

    id: str
    name: str
    cluster: str
    encoding: NotRequired[str]
    title: NotRequired[str]
    date: NotRequired[str]
    source: NotRequired[str]
    original_title: NotRequired[str]
    number: NotRequired[str]
    url: NotRequired[str]
    authors: list[str]
    editors: list[str]
    correspondents: NotRequired[list[str]]


class EditionAttributes(TypedDict):
    """A programme, the node `narrow`, that is the edition of a `wide` one: of a province, of a year, the seventh."""

    id: str
    narrow: str
    wide: str


class PossibleAttributes(TypedDict):
    """Nodes that may be the same thing, in order of ids, and why they were not joined."""

    id: str
    nodes: list[str]
    reason: str


class ConflictAttributes(TypedDict):
    """Facts or figures, by their keys in order, that cannot all be true; `kind` is two_holders or two_values."""

    id: str
    kind: str
    facts: list[str]
    reason: str


def is_judgement(document: DocumentAttributes) -> bool:
    """Return whether the document is no file that was read, but a judgement of the ledger that adds a fact."""
    return document["name"] == JUDGEMENT


def nodes(graph: KnowledgeGraph) -> list[tuple[str, NodeAttributes]]:
    """Return the entities, in order of their ids."""
    return [(node, cast(NodeAttributes, graph.nodes[node])) for node in sorted(graph.nodes)]


def edges(graph: KnowledgeGraph) -> list[tuple[str, str, str, EdgeAttributes]]:
    """Return the assertions as (subject, object, key, attributes), in order of their keys."""
    found = [
        (start, end, key, cast(EdgeAttributes, data)) for start, end, key, data in graph.edges(keys=True, data=True)
    ]
    return sorted(found, key=lambda edge: edge[2])


def documents(graph: KnowledgeGraph) -> list[DocumentAttributes]:
    """Return the documents, in order of their ids."""
    return cast(list[DocumentAttributes], graph.graph["documents"])


def outcomes(graph: KnowledgeGraph) -> list[OutcomeAttributes]:
    """Return the figures, in order of their ids."""
    return cast(list[OutcomeAttributes], graph.graph["outcomes"])


def editions(graph: KnowledgeGraph) -> list[EditionAttributes]:
    """Return which programme is an edition of which, in order of ids."""
    return cast(list[EditionAttributes], graph.graph["editions"])


def possible(graph: KnowledgeGraph) -> list[PossibleAttributes]:
    """Return the groups of nodes that may be the same thing, in order of ids."""
    return cast(list[PossibleAttributes], graph.graph["possible"])


def conflicts(graph: KnowledgeGraph) -> list[ConflictAttributes]:
    """Return the conflicts between facts, in order of ids."""
    return cast(list[ConflictAttributes], graph.graph["conflicts"])
