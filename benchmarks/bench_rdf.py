"""Time and memory of writing RDF, beside rdflib in the same run, and of loading the store.

    python -m benchmarks.bench_rdf [TRIPLES ...]

The graph is invented: unions, officials, programmes and documents, of about as many triples as asked for (10,000,
100,000 and 1,000,000 unless given). rdflib gets the same triples as texts, makes its terms and its graph of them and writes
it, as one who writes RDF with it must; ours begins with the MultiDiGraph and has to think of the triples first. The
collector is off, which is to rdflib's favour. Times are of the processor; memory is how much the peak of the process grew.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import networkx as nx
import pyoxigraph

from unionkg.exports.jsonld import write_jsonld
from unionkg.exports.ntriples import write_nquads, write_ntriples
from unionkg.exports.rdfxml import write_rdfxml
from unionkg.exports.store import build_store
from unionkg.exports.triples import descriptions
from unionkg.exports.turtle import write_trig, write_turtle
from unionkg.graph.attributes import KnowledgeGraph

SIZES = (10_000, 100_000, 1_000_000)
TRIPLES_A_FACT = 44  # with its share of entities, sentences and documents
RDFLIB = {"nt": "nt", "ttl": "turtle", "jsonld": "json-ld", "rdfxml": "xml", "nq": "nquads", "trig": "trig"}
WRITERS: dict[str, Callable[[KnowledgeGraph, BinaryIO], None]] = {
    "nt": write_ntriples,
    "ttl": write_turtle,
    "jsonld": write_jsonld,
    "rdfxml": write_rdfxml,
    "nq": write_nquads,
    "trig": write_trig,
}
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
_ROLES = ("主席", "副主席", "党组书记", "常务副主席", "女职工委员会主任")


def invented(facts: int) -> KnowledgeGraph:
    """Return a graph of so many facts, three of them in a document, with a figure for every third."""
    graph: KnowledgeGraph = nx.MultiDiGraph()
    papers = [sha256(f"paper {number}".encode()).hexdigest() for number in range(facts // 3 + 1)]
    entities: dict[str, dict[str, Any]] = {}

    def entity(prefix: str, number: int, kind: str, name: str, paper: str, **more: object) -> str:
        node = f"{prefix}-{number:016x}"
        known = entities.setdefault(node, {"type": kind, "name": name, "aliases": [name[-4:]], **more})
        known.setdefault("documents", set()).add(paper)
        return node

    figures = []
    for number in range(facts):
        paper = papers[number // 3]
        union = entity(
            "org", number % (facts // 4 + 1), "ORG", f"第{number % (facts // 4 + 1)}县总工会", paper, subtype="union"
        )
        quote = f"第{number}县总工会昨日在县职工之家召开第{number % 30}届委员会全体会议，{_SURNAMES[number % 20]}某某在会上讲话。"
        piece = {"document": paper, "start": 90 * (number % 3), "end": 90 * (number % 3) + len(quote), "quote": quote}
        support = {
            "confidence": 0.5 + number % 50 / 100,
            "rules": ["post.behind_name"],
            "sources": 1,
            "first_stated": f"20{number % 20 + 10}-05-0{number % 9 + 1}",
            "last_stated": f"20{number % 20 + 10}-05-0{number % 9 + 1}",
            "evidence": [{**piece, "parts": [], "restored": False}],
        }
        if number % 2:
            person = entity("per", number // 3, "PERSON", f"{_SURNAMES[number % 20]}某{number // 3}", paper)
            role = {"role": _ROLES[number % 5], "status": "current"}
            graph.add_edge(person, union, f"fact-{number:016x}", type="holds_post", **role, **support)
        else:
            programme = entity(
                "prg", number // 5, "PROGRAMME", f"第{number // 5}号送温暖行动", paper, subtype="campaign"
            )
            graph.add_edge(union, programme, f"fact-{number:016x}", type="organises", **support)
        if not number % 3:
            figure = {"value": float(number), "unit": "人次", "what": "慰问职工", "kind": "result", "period": "2023"}
            figures.append({"id": f"out-{number:016x}", "subject": union, **figure, **support})
    for node, about in entities.items():
        matched = {"pinyin": "di xian zong gong hui", "rule": "name", "matched": [about["name"]], "mentions": 3}
        graph.add_node(node, **{**about, "documents": sorted(about["documents"])}, **matched)
    graph.graph["documents"] = [
        {
            "id": paper,
            "name": f"{paper[:8]}.txt",
            "cluster": paper,
            "title": "会议",
            "date": "2023-05-06",
            "authors": [],
            "editors": [],
        }
        for paper in sorted(papers)
    ]
    graph.graph.update(outcomes=figures, editions=[], possible=[], conflicts=[])
    return graph


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of the processor and the MB by which the peak of memory grew, of a process for it alone."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_measure, args=(work, sender))
    process.start()
    sender.close()
    try:
        return receiver.recv()  # type: ignore[no-any-return]
    finally:
        process.join()


def _measure(work: Callable[[], object], sender: Any) -> None:
    gc.collect()
    gc.freeze()
    gc.disable()
    before, clock = _resident(), time.process_time()
    work()
    sender.send((time.process_time() - clock, (_peak() - before) / 1e6))


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    return pages * resource.getpagesize()


def _peak() -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def _write(write: Callable[[KnowledgeGraph, BinaryIO], None], graph: KnowledgeGraph, out: Path) -> None:
    with out.open("wb") as stream:
        write(graph, stream)


def by_rdflib(lines: Path, form: str, out: Path) -> Callable[[], object]:
    """Return what builds rdflib's graph of the triples, which it gets parsed, and writes it."""
    import rdflib

    is_quads = form in ("nquads", "trig")
    found = [_texts(quad) for quad in pyoxigraph.parse(lines.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)]

    def work() -> None:
        uri = rdflib.URIRef
        store = rdflib.Dataset() if is_quads else rdflib.Graph()
        for subject, predicate, (value, language, datatype), name in found:
            if datatype == "@id":
                end: Any = uri(value)
            else:
                end = rdflib.Literal(value, lang=language, datatype=datatype and uri(datatype))
            if isinstance(store, rdflib.Dataset):
                store.add((uri(subject), uri(predicate), end, store.graph(uri(name)) if name else store.default_graph))
            else:
                store.add((uri(subject), uri(predicate), end))
        store.serialize(out, form, encoding="utf-8")

    return work


def _texts(quad: pyoxigraph.Quad) -> tuple[str, str, tuple[str, str | None, str | None], str | None]:
    """Return subject, predicate, object with language and datatype, and graph; of an IRI the datatype is `@id`."""
    value, name = quad.object, quad.graph_name
    if isinstance(value, pyoxigraph.Literal):
        described = (value.value, value.language, None if value.language else value.datatype.value)
    else:
        assert isinstance(value, pyoxigraph.NamedNode)
        described = (value.value, None, "@id")
    assert isinstance(quad.subject, pyoxigraph.NamedNode)
    where = name.value if isinstance(name, pyoxigraph.NamedNode) else None
    return quad.subject.value, quad.predicate.value, described, where


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for size in sizes:
            graph = invented(max(size // TRIPLES_A_FACT, 3))
            count = sum(len(pairs) for _, pairs in descriptions(graph))
            print(
                f"{count:,} triples, {graph.number_of_edges():,} facts, {graph.number_of_nodes():,} entities",
                flush=True,
            )
            for name, write in WRITERS.items():
                out = place / f"ours.{name}"

                seconds, grown = measured(partial(_write, write, graph, out))
                source = place / ("ours.nt" if name not in ("nq", "trig") else "ours.nq")
                theirs, swollen = measured(by_rdflib(source, RDFLIB[name], place / "theirs"))
                print(
                    f"  {name:7} {seconds:7.2f} s {grown:7.1f} MB   rdflib {theirs:7.2f} s {swollen:7.0f} MB"
                    f"   {theirs / seconds:5.1f} times its speed",
                    flush=True,
                )
            seconds, grown = measured(partial(build_store, place / "ours.nt", place / f"store-{size}"))
            print(f"  store   {seconds:7.2f} s {grown:7.1f} MB", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
