"""A finished knowledge graph: the folder that `build` left, opened to look, ask and trace."""

from __future__ import annotations

import pathlib
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, cast

from unionkg import manifest
from unionkg.checksums import agree
from unionkg.errors import InvalidOption, UnknownDocument, UnknownEntity
from unionkg.graph.attributes import (
    DocumentAttributes,
    EvidenceAttributes,
    KnowledgeGraph,
    NodeAttributes,
)
from unionkg.graph.doubts import BELOW, KINDS, Review, review
from unionkg.graph.ledger import NAME, NO_LEDGER, Ledger, read_ledger
from unionkg.graph.lookup import named, the_one
from unionkg.graph.neighbours import Group, neighbours
from unionkg.graph.paths import MAX_LENGTH, Path, paths
from unionkg.graph.texts import NAME as TEXTS
from unionkg.graph.texts import DocumentText, read_texts
from unionkg.manifest import Manifest
from unionkg.querying import TIMEOUT_S, QueryWorker

if TYPE_CHECKING:
    from rdflib import Graph

    from unionkg.exports.answers import Answer
    from unionkg.exports.plain import Plain
    from unionkg.exports.validation import Validation
    from unionkg.graph.aligned import Alignment
    from unionkg.graph.changes import Difference
    from unionkg.linking.link import Summary
    from unionkg.matching.candidate import Candidate
    from unionkg.matching.index import Index
    from unionkg.reconciliation.catalogue import Catalogue
    from unionkg.reconciliation.kinds import Language
    from unionkg.viz.network import View

PAGE, REPORT = "graph.html", "report.html"


class KG:
    """A knowledge graph in its folder: use `load` or `build` to get one.

    `manifest` tells what it was built from: sources with their states, options, versions, counts. The rest is read when
    it is first asked for.
    """

    def __init__(self, folder: pathlib.Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest

    def __repr__(self) -> str:
        return f"KG({str(self.folder)!r})"

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The NetworkX MultiDiGraph; `unionkg.graph.attributes` says what its nodes and edges hold."""
        from unionkg.exports.files import GRAPH_FILE
        from unionkg.exports.graph_json import read

        return read(self.folder / GRAPH_FILE)

    @property
    def page(self) -> pathlib.Path:
        """The view's HTML page."""
        return self.folder / PAGE

    @cached_property
    def _queries(self) -> QueryWorker:
        return QueryWorker(self.folder)

    def answer(self, sparql: str, *, timeout_s: float = TIMEOUT_S, max_rows: int | None = None) -> Answer:
        """Return the store's answer as RDF terms; the prefixes of the schema need no declaration.

        `max_rows` is the most rows or triples of it; the answer's `is_cut` says whether there are more. Raises InvalidQuery
        if the query does not parse, changes data, or calls another endpoint; QueryTimeout if it takes longer than
        `timeout_s` seconds, QueryTooLarge if it takes more than 2 GB of memory. `unionkg.querying` says how it is ended.
        """
        return self._queries.answer(sparql, timeout_s=timeout_s, max_rows=max_rows)

    def sparql(
        self, sparql: str, *, timeout_s: float = TIMEOUT_S, max_rows: int | None = None
    ) -> list[dict[str, Plain]] | bool:
        """Return the answer in plain values: rows by variable for SELECT, true or false for ASK.

        CONSTRUCT and DESCRIBE give rows of subject, predicate and object. IRIs are texts, numbers and truth values are
        Python's, other literals their text, None is not bound. Takes and raises what `answer` does.
        """
        from unionkg.exports.plain import plain

        return plain(self.answer(sparql, timeout_s=timeout_s, max_rows=max_rows))

    def question(
        self, question: str, /, *, timeout_s: float = TIMEOUT_S, max_rows: int | None = None, **parameters: str
    ) -> list[dict[str, Plain]] | bool:
        """Return the answer to a saved question in plain values, as `sparql` does.

        `unionkg.exports.questions.questions` lists them with their parameters. Raises UnknownQuestion, InvalidOption for a
        parameter that is missing, unknown or not of its kind, UnknownEntity, which suggests near names, for a name that no
        entity goes by, and what `answer` raises. A name is compared as in `entity`, and in simplified script too; it may
        be in pinyin, and is no id.
        """
        return self.sparql(self._asked(question, parameters, timeout_s), timeout_s=timeout_s, max_rows=max_rows)

    def _asked(self, question: str, parameters: Mapping[str, str], timeout_s: float) -> str:
        from unionkg.asking import asked
        from unionkg.exports.questions import the_question

        found = asked(self._queries, the_question(question), parameters, timeout_s=timeout_s)
        if found.unknown:
            raise UnknownEntity("; ".join(found.unknown))
        return found.sparql

    def cited(self, answer: Answer, *, timeout_s: float = TIMEOUT_S) -> list[DocumentAttributes]:
        """Return the documents that an answer of `answer` rests on, in order of ids; `unionkg.citing` says which these are.

        None if the answer has texts and numbers alone: select the entity, fact or document as well as its name. `timeout_s`
        is for each of the queries that find them. `unionkg.exports.references` writes lists of them.
        """
        from unionkg.citing import cited
        from unionkg.exports.files import GRAPH_FILE
        from unionkg.exports.graph_json import read_documents

        documents = read_documents(self.folder / GRAPH_FILE)
        return cited(self._queries, documents, self.manifest.base, answer, timeout_s=timeout_s)

    def cited_for(
        self, question: str, /, *, timeout_s: float = TIMEOUT_S, **parameters: str
    ) -> list[DocumentAttributes]:
        """Return the documents that the whole answer to a saved question rests on, in order of ids.

        They are those of all that the question's pattern binds, so names in the answer do no harm. Raises what `question`
        raises.
        """
        from unionkg.exports.questions import pattern

        sparql = self._asked(question, parameters, timeout_s)
        return self.cited(self.answer(pattern(sparql) or sparql, timeout_s=timeout_s), timeout_s=timeout_s)

    def citation(self, document: str, style: str = "gbt7714") -> str:
        """Return a document as an entry of a list of references: in `gbt7714`, `bibtex`, `ris` or `csl` (JSON).

        `document` is its id, or the short form of it in tables and IRIs. Raises UnknownDocument and UnknownFormatName.
        """
        from unionkg.exports.files import GRAPH_FILE
        from unionkg.exports.graph_json import read_documents
        from unionkg.exports.iri import document_name
        from unionkg.exports.references import citation

        for each in read_documents(self.folder / GRAPH_FILE):
            if document in {each["id"], document_name(each["id"])}:
                return citation(each, style)
        raise UnknownDocument(f"no document has the id {document!r}; accepted: an id of documents.csv, or its sha256")

    def rdf(self) -> Graph:
        """Return the graph as an rdflib Graph, read from `graph.nt`: for small graphs and for rdflib's own tools.

        `sparql` and `answer` ask the store, which is far quicker and holds the same.
        """
        from unionkg.exports.files import BUILT
        from unionkg.exports.ntriples import read_graph

        return read_graph(self.folder / BUILT["nt"])

    def export(self, out: str | PathLike[str], format: str | None = None) -> None:
        """Write the graph to the file `out` in a format, by default the one that its suffix tells.

        `unionkg.exports.formats` has the formats; one of several files makes a folder, or an archive if `out` ends in
        `.zip`. Nothing is left of a failed export. Raises UnknownFormatName, UnusableFormat, InvalidOption if the suffix
        tells no format or a folder would have that of a file, MissingExtra, UnwritableFolder if the folder is there, and OSError.
        """
        from unionkg.exports.formats import check_place, format_for, format_named
        from unionkg.exports.whole import write_whole

        place = pathlib.Path(out)
        writer = format_for(place.name) if format is None else format_named(format)
        check_place(writer, place)
        write_whole(self.graph, writer, place, self.manifest.base)

    def entity(self, name: str) -> list[tuple[str, NodeAttributes]]:
        """Return the entities that go by `name`, each with its id, in order of ids.

        `name` is an id, or a name or alias; width, spaces and quotation marks make no difference.
        """
        return [(node, cast("NodeAttributes", self.graph.nodes[node])) for node in named(self.graph, name)]

    def node(self, name: str) -> str:
        """Return the id of the one entity that goes by `name`, as in `entity`.

        Raises UnknownEntity, which suggests near names, or AmbiguousEntity, which lists the entities in its notes.
        """
        return the_one(self.graph, name)

    def evidence(self, edge: tuple[str, str, str]) -> list[EvidenceAttributes]:
        """Return the sentences that say the fact `edge`, in order of document and place.

        `edge` is (subject, object, key), as `kg.graph.edges(keys=True)` gives it. Raises KeyError if it is no edge.
        """
        subject, object_, key = edge
        evidence: list[EvidenceAttributes] = self.graph.edges[subject, object_, key]["evidence"]
        return evidence

    def texts(self, documents: Collection[str] | None = None) -> Iterator[DocumentText]:
        """Yield the texts of the documents as they may be shown, or of those with these ids, in order of ids.

        One is in memory at a time. Nothing is yielded where the folder has no `texts.jsonl`: it may be passed on without.
        Raises NotAKnowledgeGraph if the file is damaged.
        """
        own = self.folder / TEXTS
        return read_texts(own, documents) if own.is_file() else iter(())

    def paths(
        self,
        start: str,
        end: str,
        *,
        count: int = 1,
        max_length: int = MAX_LENGTH,
        planned: bool = False,
        shortest: bool = False,
    ) -> list[Path]:
        """Return the best paths between two entities, named as for `node`; `unionkg.graph.paths` says which are best."""
        ends = self.node(start), self.node(end)
        return paths(self.graph, *ends, count=count, max_length=max_length, planned=planned, shortest=shortest)

    def neighbours(
        self, name: str, *, relation: str | None = None, depth: int = 1, limit: int | None = None
    ) -> list[Group]:
        """Return the facts around an entity, named as for `node`, as `unionkg.graph.neighbours` groups them."""
        return neighbours(self.graph, self.node(name), relation=relation, depth=depth, limit=limit)

    def rank(
        self, by: str = "pagerank", *, type: str | None = None, subtype: str | None = None, planned: bool = False
    ) -> list[tuple[str, float]]:
        """Return the ids of the entities with their scores, highest first: by `pagerank`, `degree` or `documents`."""
        from unionkg.graph.ranking import rank

        return rank(self.graph, by, type=type, subtype=subtype, planned=planned)

    def communities(self, *, seed: int = 0, resolution: float = 1.0, planned: bool = False) -> list[list[str]]:
        """Return the ids of entities that belong together, largest community first, best-linked members first."""
        from unionkg.graph.communities import communities

        return communities(self.graph, seed=seed, resolution=resolution, planned=planned)

    @property
    def ledger(self) -> Ledger:
        """The judgements in the folder: those that the graph was built with, and then those added since."""
        own = self.folder / NAME
        return read_ledger(own) if own.is_file() else NO_LEDGER

    def review(
        self,
        *,
        kinds: Collection[str] = KINDS,
        below: float = BELOW,
        limit: int | None = None,
        ledger: Ledger = NO_LEDGER,
    ) -> Review:
        """Return what most needs a look, the most urgent first, as `unionkg.graph.doubts` ranks it.

        What the ledger of the folder or the one given judges is not asked again.
        """
        own, applied = self.ledger, self.manifest.ledger
        verdicts = applied.judgements if applied else ()
        built = Ledger(own.lines[: len(verdicts)])
        is_known = applied is not None and built.sha256 == applied.sha256
        told = [line.judgement for line in built.lines] if is_known else [None] * len(verdicts)
        orphans = [
            (verdict, judgement)
            for verdict, judgement in zip(verdicts, told, strict=True)
            if verdict.state == "orphaned"
        ]
        judged = Ledger((*own.lines, *ledger.lines))
        return review(self.graph, judged, orphans, kinds=kinds, below=below, limit=limit)

    def difference(self, new: KG) -> Difference:
        """Return what is different in `new`, with reasons: documents, entities, facts and figures.

        `unionkg.graph.changes` says what it holds. Nothing is written.
        """
        from unionkg.graph.difference import compare

        sources = (*self.manifest.sources, *new.manifest.sources)
        return compare(
            self.graph,
            new.graph,
            settings=manifest.settings(self.manifest, new.manifest),
            paths={document: source.path for source in sources for document in source.documents},
            failures={source.path: source.reason or "" for source in sources if source.state == "failed"},
        )

    def align(self, other: KG) -> Alignment:
        """Return what two studies share, what only one of them has, and where they contradict; this one is KG1.

        `unionkg.graph.aligned` says what it holds. Copies of one article are found by their texts, or by title and date where
        one of the folders was passed on without `texts.jsonl`. Nothing is written.
        """
        from unionkg.graph.aligned import Unlike
        from unionkg.graph.alignment import align
        from unionkg.graph.counterparts import signatures

        return align(
            self.graph,
            other.graph,
            settings=[
                Unlike(name=one.name, kg1=one.old, kg2=one.new)
                for one in manifest.settings(self.manifest, other.manifest)
            ],
            signatures=[signatures(kg.graph, kg.texts()) for kg in (self, other)],
        )

    def validate(self) -> Validation:
        """Return whether `graph.nt` conforms to the shapes of this version, and what is wrong with it in plain words."""
        from unionkg.exports.files import BUILT
        from unionkg.exports.validation import validate

        return validate(self.folder / BUILT["nt"])

    def altered(self) -> dict[str, str]:
        """Return what of the folder is not as the build wrote it: by file, in order of names, what is the matter.

        Files that no build writes do not count, nor does the ledger, to which judgements are added.
        """
        from unionkg.exports.store import STORE_FOLDER

        found = manifest.outputs_of(self.folder)
        told = {
            name: "is not what the build wrote" if name in found else "is missing"
            for name, output in self.manifest.outputs.items()
            if found.get(name) != output and name != NAME
        }
        if not agree(self.folder / STORE_FOLDER):
            told[STORE_FOLDER] = "is not what the build wrote"
        if self.manifest.seal != manifest.seal_of(self.manifest):
            told[manifest.NAME] = "is not what the build wrote"
        return dict(sorted(told.items()))

    @cached_property
    def index(self) -> Index:
        """The entities by what they are called, as `unionkg.matching.search.candidates` looks them up."""
        from unionkg.matching.index import Index

        return Index(self.graph)

    def match(self, name: str, *, limit: int = 5, **known: str) -> list[Candidate]:
        """Return what a name may mean, the best first, each with a score, reasons, and whether it is a match.

        `known` is what else is known of it: the fields of `unionkg.matching.candidate.Query`, such as `type="工会"` and
        `province="贵州省"`. Raises InvalidOption for a type that there is not, or another field.
        """
        from unionkg.linking.columns import COLUMNS
        from unionkg.linking.link import known_type
        from unionkg.matching.candidate import Query
        from unionkg.matching.search import candidates

        if unknown := known.keys() - set(COLUMNS):
            raise InvalidOption(f"nothing is known by {', '.join(sorted(unknown))}; accepted: {', '.join(COLUMNS[1:])}")
        known_type(known.get("type", ""))
        return candidates(self.index, Query(name=name, **known), limit)

    def catalogue(self, language: Language = "en") -> Catalogue:
        """Return the graph as the functions of `unionkg.reconciliation` take it, to answer reconciliation requests from."""
        from unionkg.reconciliation.catalogue import Catalogue

        return Catalogue(self.graph, self.manifest.base, language=language, index=self.index)

    def link(
        self,
        table: str | PathLike[str],
        out: str | PathLike[str],
        *,
        columns: Mapping[str, str] = {},
        type: str = "",
        language: str = "en",
        sssom: str | PathLike[str] | None = None,
    ) -> Summary:
        """Write the table with what each row means to the file `out`, and return how many rows were matched.

        `columns` gives the headings of what linking cannot tell by itself, such as `{"name": "收信单位"}`, its keys being the
        fields of `unionkg.matching.candidate.Query`; `type` is what all rows are of that do not say. Reasons are in `language`, `en` or `zh`. `sssom` is a file for the matches as SSSOM.
        Raises UnusableTable, InvalidOption, and OSError; neither file is then written.
        """
        from unionkg.linking.link import in_graph
        from unionkg.linking.run import Output, link_table

        asked = Output(
            pathlib.Path(out), language, None if sssom is None else pathlib.Path(sssom), base=self.manifest.base
        )
        return link_table(pathlib.Path(table), in_graph(self.index, self.manifest.base), asked, columns, type)

    def report(self, title: str = "") -> str:
        """Return the report on the graph as HTML text: what was read, what was found, and how sure it is.

        Without a title it is what the build wrote into the folder.
        """
        from unionkg.graph.readable import readable
        from unionkg.viz.report import report_page

        return report_page(title, readable(self.graph), self.manifest.sources, self.texts())

    def view(
        self,
        *,
        focus: str | None = None,
        depth: int = 1,
        types: Collection[str] = (),
        max_nodes: int | None = None,
        title: str = "",
        texts: bool = True,
    ) -> View:
        """Return the graph as a pyvis network, to change, to show in a notebook, and to write to a page of one's own.

        With `focus`, an entity's id or name as for `node`, it holds what is at most `depth` facts from this entity, and
        opens with it in the middle. With `types` it holds the entities of these alone. Above `max_nodes`, by default
        `unionkg.viz.network.MAX_NODES`, it opens with the best-linked nodes. Without `texts` it carries the sentences that say
        something, and not the documents' whole texts. Raises what `node` raises, and InvalidOption
        if a number is below 1 or a type unknown.
        """
        from unionkg.graph.subset import around, of_types, subset
        from unionkg.viz.network import MAX_NODES, network

        if depth < 1:
            raise InvalidOption(f"depth is {depth}; accepted are whole numbers from 1")
        graph, start = self.graph, ""
        kept = of_types(graph, types) if types else set(graph)
        if focus is not None:
            centre = self.node(focus)
            kept = (kept & around(graph, centre, depth)) | {centre}
            start = f"focus={centre}&depth={depth}" if depth <= 2 else f"node={centre}"
        if len(kept) < len(graph):
            graph = subset(graph, kept)
        return network(
            graph,
            title=title,
            max_nodes=MAX_NODES if max_nodes is None else max_nodes,
            texts=self.texts() if texts else (),
            base=self.manifest.base,
            start=start,
        )


def load(folder: str | PathLike[str]) -> KG:
    """Return the knowledge graph in `folder`. Raises NotAKnowledgeGraph if `unionkg build` did not leave it."""
    place = pathlib.Path(folder)
    return KG(place, manifest.read(place))
