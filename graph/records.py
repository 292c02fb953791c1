"""The graph on disk: sorted records in a database, so that a graph of any size is made and written in little memory.

The records are those of `attributes`. Filling it goes in two steps: what each document says is put down as it comes
(`tell`, `say`), then `gather` hands it out again by entity and by fact, to be made into one record each.

All that is asked for in an order lies in a table or index of this order, so that SQLite sorts nothing: it would do so in
the system's folder for temporary files, which may be small, and not in that of the database.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heappush, heappushpop
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Self, cast

import msgspec
import networkx as nx

from unionkg.graph.attributes import (
    ConflictAttributes,
    DocumentAttributes,
    EditionAttributes,
    EvidenceAttributes,
    KnowledgeGraph,
    NodeAttributes,
    OutcomeAttributes,
    PossibleAttributes,
)
from unionkg.graph.readable import Edge
from unionkg.graph.subset import beside
from unionkg.graph.texts import DocumentText

FACT, FIGURE = 0, 1
SHOWN_FIGURES, SHOWN_SENTENCES = 10, 3  # of an entity, and of a fact, where a graph is not shown whole

_TABLES = """
CREATE TABLE document (id TEXT PRIMARY KEY, record BLOB) WITHOUT ROWID;
CREATE TABLE node (id TEXT PRIMARY KEY, record BLOB) WITHOUT ROWID;
CREATE TABLE edge (key TEXT PRIMARY KEY, subject TEXT, object TEXT, record BLOB) WITHOUT ROWID;
CREATE TABLE outcome (id TEXT PRIMARY KEY, record BLOB) WITHOUT ROWID;
CREATE TABLE named (document TEXT, node TEXT, PRIMARY KEY (document, node)) WITHOUT ROWID;
CREATE TABLE evidence (number INTEGER PRIMARY KEY, document TEXT, start INTEGER, finish INTEGER, record BLOB);
CREATE TABLE text (document TEXT PRIMARY KEY, record BLOB);
CREATE TABLE told (
    node TEXT, document TEXT, number INTEGER, record BLOB, PRIMARY KEY (node, document, number)
) WITHOUT ROWID;
CREATE TABLE said (
    kind INTEGER, key TEXT, document TEXT, start INTEGER, finish INTEGER, evidence INTEGER, number INTEGER,
    rule TEXT, confidence REAL, described BLOB,
    PRIMARY KEY (kind, key, document, start, finish, evidence, number)
) WITHOUT ROWID;
CREATE INDEX edge_from ON edge (subject, key);
CREATE INDEX edge_to ON edge (object);
CREATE INDEX said_in ON evidence (document, start, finish);
"""
_SAY = """
INSERT INTO said SELECT ?, ?, document, start, finish, number, ?, ?, ?, ? FROM evidence WHERE number = ?
"""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode
_decode_text = msgspec.msgpack.Decoder(DocumentText).decode


class Said(NamedTuple):
    """One sentence that says a fact or figure: how it describes it, by what rule, how surely, and the sentence."""

    described: dict[str, Any]
    rule: str
    confidence: float
    evidence: EvidenceAttributes


class Records:
    """A graph in the database `path`, which must not exist, or in a nameless one that goes when it is closed."""

    def __init__(self, path: Path | None = None) -> None:
        self._database = sqlite3.connect("" if path is None else path, isolation_level=None)
        # Nothing here has to survive: what a killed build leaves of it is thrown away.
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")
        self._numbers = count()  # of what is put down
        self.lists: dict[str, list[dict[str, Any]]] = {"editions": [], "possible": [], "conflicts": []}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add_document(self, record: Mapping[str, object]) -> None:
        """Add a document."""
        self._database.execute("INSERT INTO document VALUES (?, ?)", (record["id"], _encode(record)))

    def add_text(self, text: DocumentText) -> None:
        """Add the text of a document, as it may be shown."""
        self._database.execute("INSERT INTO text VALUES (?, ?)", (text.document, _encode(text)))

    def add_evidence(self, record: EvidenceAttributes) -> int:
        """Add a sentence and return its number."""
        place = (record["document"], record["start"], record["end"])
        cursor = self._database.execute("INSERT INTO evidence VALUES (NULL, ?, ?, ?, ?)", (*place, _encode(record)))
        return cast(int, cursor.lastrowid)

    def tell(self, rows: Iterable[tuple[str, str, object]]) -> None:
        """Put down what documents say of entities: rows of node, document and anything to be handed out again."""
        for node, document, what in rows:
            row = (node, document, next(self._numbers), _encode(what))
            self._database.execute("INSERT INTO told VALUES (?, ?, ?, ?)", row)
            self._database.execute("INSERT OR IGNORE INTO named VALUES (?, ?)", (document, node))

    def say(self, rows: Iterable[tuple[int, str, int, str, float, Mapping[str, object]]]) -> None:
        """Put down what sentences say: rows of FACT or FIGURE, key, number of the sentence, rule, confidence, description."""
        self._database.executemany(
            _SAY,
            (
                (kind, key, next(self._numbers), rule, confidence, _encode(described), sentence)
                for kind, key, sentence, rule, confidence, described in rows
            ),
        )

    def gather(
        self,
        node: Callable[[str, list[tuple[str, Any]]], Mapping[str, object]],
        fact: Callable[[list[Said]], dict[str, Any]],
    ) -> None:
        """Make the records: `node` of what documents tell of one, `fact` of all that say one; both get it in order."""
        rows = self._database.execute("SELECT node, document, record FROM told ORDER BY node, document, number")
        for name, told in groupby(rows, itemgetter(0)):
            about = [(document, _decode(record)) for _, document, record in told]
            self._database.execute("INSERT INTO node VALUES (?, ?)", (name, _encode(node(name, about))))
        self._database.execute("DROP TABLE told")
        rows = self._database.execute(
            "SELECT kind, key, described, rule, confidence, record FROM said"
            " CROSS JOIN evidence ON evidence.number = said.evidence ORDER BY kind, key, said.document, said.start,"
            " said.finish, said.evidence, said.number"
        )
        for (kind, key), same in groupby(rows, itemgetter(0, 1)):
            record = fact([Said(_decode(row[2]), row[3], row[4], _decode(row[5])) for row in same])
            if kind == FACT:
                ends = record.pop("subject"), record.pop("object")
                self._database.execute("INSERT INTO edge VALUES (?, ?, ?, ?)", (key, *ends, _encode(record)))
            else:
                self._database.execute("INSERT INTO outcome VALUES (?, ?)", (key, _encode({"id": key, **record})))
        self._database.execute("DROP TABLE said")

    def documents(self) -> Iterator[DocumentAttributes]:
        """Yield the documents, in order of their ids."""
        return self._records("SELECT record FROM document ORDER BY id")

    def texts(self) -> Iterator[DocumentText]:
        """Yield the texts of the documents, in order of their ids."""
        rows = self._database.execute("SELECT record FROM text ORDER BY document")
        return (_decode_text(record) for (record,) in rows)

    def nodes(self) -> Iterator[tuple[str, NodeAttributes]]:
        """Yield the entities, in order of their ids."""
        for name, record in self._database.execute("SELECT id, record FROM node ORDER BY id"):
            yield name, _decode(record)

    def edges(self) -> Iterator[Edge]:
        """Yield the assertions, in order of their keys."""
        return map(_edge, self._database.execute("SELECT subject, object, key, record FROM edge ORDER BY key"))

    def outcomes(self) -> Iterator[OutcomeAttributes]:
        """Yield the figures, in order of their ids."""
        return self._records("SELECT record FROM outcome ORDER BY id")

    def editions(self) -> Sequence[EditionAttributes]:
        """Return which programme is an edition of which, in order of ids."""
        return cast(list[EditionAttributes], self.lists["editions"])

    def possible(self) -> Sequence[PossibleAttributes]:
        """Return the groups of nodes that may be the same thing, in order of ids."""
        return cast(list[PossibleAttributes], self.lists["possible"])

    def conflicts(self) -> Sequence[ConflictAttributes]:
        """Return the conflicts between facts, in order of ids."""
        return cast(list[ConflictAttributes], self.lists["conflicts"])

    def named_in(self, document: str) -> list[str]:
        """Return the ids of the entities that a document mentions, in order."""
        rows = self._database.execute("SELECT node FROM named WHERE document = ? ORDER BY node", (document,))
        return [node for (node,) in rows]

    def edges_from(self, node: str) -> list[Edge]:
        """Return the assertions whose subject is this entity, in order of their keys."""
        question = "SELECT subject, object, key, record FROM edge WHERE subject = ? ORDER BY key"
        return list(map(_edge, self._database.execute(question, (node,))))

    def evidence(self) -> Iterator[EvidenceAttributes]:
        """Yield every sentence that says something, once, in order of documents and places."""
        return self._records("SELECT record FROM evidence ORDER BY document, start, finish, number")

    def evidence_in(self, document: str) -> list[EvidenceAttributes]:
        """Return the sentences of one document that say something, each once, in order of places."""
        question = "SELECT record FROM evidence WHERE document = ? ORDER BY start, finish, number"
        return [_decode(record) for (record,) in self._database.execute(question, (document,))]

    def graph(self) -> KnowledgeGraph:
        """Return the graph in memory."""
        graph = self._graph(None, self.outcomes())
        graph.graph.update(self.lists)
        return graph

    def best_linked(self, limit: int) -> KnowledgeGraph:
        """Return the graph in memory, of a larger one the entities with the most facts, and what is said of these alone.

        Of equals those with the first ids are taken; of each the foremost figures, of each fact its first sentences.
        `graph.graph["left_out"]` counts the entities that are not in it.
        """
        (total,) = self._database.execute("SELECT count(*) FROM node").fetchone()
        if total <= limit:
            return self.graph()
        rows = self._database.execute(
            "SELECT id FROM node ORDER BY (SELECT count(*) FROM edge WHERE subject = id)"
            " + (SELECT count(*) FROM edge WHERE object = id) DESC, id LIMIT ?",
            (limit,),
        )
        kept = frozenset(node for (node,) in rows)
        graph = self._graph(kept, self._foremost(kept))
        for *_, fact in graph.edges(data=True):
            fact["evidence"] = fact["evidence"][:SHOWN_SENTENCES]
        owners = [fact for *_, fact in graph.edges(data=True)] + graph.graph["outcomes"]
        papers = {piece["document"] for owner in owners for piece in owner["evidence"]}
        graph.graph["documents"] = [paper for paper in graph.graph["documents"] if paper["id"] in papers]
        for _, entity in graph.nodes(data=True):
            entity["documents"] = [paper for paper in entity["documents"] if paper in papers]
        graph.graph.update(beside(graph, self.editions(), self.possible(), self.conflicts()), left_out=total - limit)
        return graph

    def _foremost(self, kept: frozenset[str]) -> Iterable[OutcomeAttributes]:
        """Return the figures of these entities, of each the ones with the most sources and the latest, in order of ids."""
        found: dict[str, list[tuple[int, str, str, OutcomeAttributes]]] = defaultdict(list)
        for figure in self.outcomes():
            subject = figure.get("subject")
            ends = {subject, figure.get("programme", subject), figure.get("beneficiary", subject)}
            if subject is not None and ends <= kept:
                entry = (figure["sources"], figure.get("last_stated", ""), figure["id"], figure)
                foremost = found[subject]
                if len(foremost) < SHOWN_FIGURES:
                    heappush(foremost, entry)
                else:
                    heappushpop(foremost, entry)
        listed = (entry[3] for foremost in found.values() for entry in foremost)
        return sorted(listed, key=itemgetter("id"))

    def _graph(self, kept: frozenset[str] | None, figures: Iterable[OutcomeAttributes]) -> KnowledgeGraph:
        graph: KnowledgeGraph = nx.MultiDiGraph()
        for name, entity in self.nodes():
            if kept is None or name in kept:
                graph.add_node(name, **entity)
        for subject, end, key, fact in self.edges():
            if kept is None or {subject, end, fact.get("programme", end)} <= kept:
                graph.add_edge(subject, end, key, **fact)
        graph.graph["outcomes"] = list(figures)
        graph.graph["documents"] = list(self.documents())
        return graph

    def _records(self, question: str) -> Iterator[Any]:
        return (_decode(record) for (record,) in self._database.execute(question))


def _edge(row: tuple[str, str, str, bytes]) -> Edge:
    subject, end, key, record = row
    return subject, end, key, _decode(record)
