"""The SPARQL store: an Oxigraph database on disk that `build` writes once and every query opens read-only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from typing import Any, TypeVar

from pyoxigraph import NamedNode, QueryBoolean, QueryTriples, RdfFormat, Store, Triple

from unionkg.errors import InvalidQuery, NotAKnowledgeGraph
from unionkg.exports.answers import Answer, Rows, Triples, Truth
from unionkg.graph.schema import PREFIXES

Item = TypeVar("Item")

STORE_FOLDER = "store"
BUILD_AGAIN = "build the graph again with `unionkg build`"
BATCH_LINES = 100_000  # all at once Oxigraph takes 1.5 GB for three million triples, in batches 0.2 GB and no more time

_SERVICE = re.compile(r"service(?:\s+silent\b)?", re.IGNORECASE)
_FROM = re.compile(r"from", re.IGNORECASE)
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_DAMAGED = "Corruption: "  # so RocksDB begins to tell of it
_QUERIES = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_FIRST_WORD = re.compile(
    r"(?:\s|#[^\n\r]*|PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>)*([A-Za-z]+)", re.ASCII | re.IGNORECASE
)
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_EXPECTED = re.compile(r""""(?:\\.|[^"\\])*"|\[(?:'(?:\\.|[^'\\])*'|[^\]'])*\]|[^,\[]+""")


def build_store(triples: Path, folder: Path) -> None:
    """Make `folder` a store of the triples in an N-Triples file. What the store held before is dropped.

    A graph named like the ontology holds it, so that answers can tell what classes and properties are called.
    """
    from unionkg.exports.ontology import ONTOLOGY, write_ontology

    ontology = BytesIO()
    write_ontology(ontology)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store(folder)
    store.clear()
    with triples.open("rb") as lines:
        while batch := b"".join(islice(lines, BATCH_LINES)):
            store.bulk_load(batch, format=RdfFormat.N_TRIPLES)
    store.load(ontology.getvalue(), format=RdfFormat.TURTLE, to_graph=NamedNode(ONTOLOGY[1:-1]))
    store.optimize()
    store.flush()
    del store
    (folder / "LOG").unlink(missing_ok=True)  # it names the place where the store was made, which is nobody's business


def open_store(folder: Path) -> Store:
    """Return the store in `folder`, to be read. Raises NotAKnowledgeGraph if there is none, or if it is damaged."""
    if not folder.is_dir():
        raise NotAKnowledgeGraph(f"{folder}: there is no SPARQL store; accepted: a folder that `unionkg build` left")
    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        reason = _one_line(str(error)).rstrip(".")
        raise NotAKnowledgeGraph(f"{folder}: the SPARQL store cannot be opened: {reason}; {BUILD_AGAIN}") from error


@dataclass(frozen=True, slots=True)
class Graphs:
    """The graphs that a query is asked of, by their IRIs: the default ones as one, and the named ones. Unknown ones are empty."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def ask(
    store: Store, sparql: str, max_rows: int | None = None, *, base: str | None = None, graphs: Graphs | None = None
) -> Answer:
    """Return the store's answer, cut behind `max_rows` rows or triples; the prefixes of the schema need no declaration.

    IRIs without a scheme are resolved against `base`, if there is one. Given `graphs`, these are asked, whatever the query
    names, and else the whole store.

    Raises InvalidQuery if the text does not parse, changes data, calls another endpoint (SERVICE) or, itself, other graphs
    (FROM), or cannot be evaluated, and NotAKnowledgeGraph if the store is found to be damaged. The message is one line; places count lines and characters from 1. For how long it takes there
    is no limit: `unionkg.querying` has one.
    """
    _refuse_service(sparql, base)
    if graphs is None:
        _refuse_from(sparql, base)
    try:
        found = store.query(
            sparql,
            prefixes=PREFIXES,
            base_iri=base,
            default_graph=None if graphs is None else _named(graphs.default),
            named_graphs=None if graphs is None else _named(graphs.named),
        )
        if isinstance(found, QueryBoolean):
            return Truth(bool(found))
        if isinstance(found, QueryTriples):
            triples, is_cut = _cut(_distinct(found), max_rows)
            return Triples(tuple(sorted(triples, key=str)), is_cut)
        variables = tuple(variable.value for variable in found.variables)
        rows, is_cut = _cut(map(tuple, found), max_rows)
        return Rows(variables, rows, is_cut)
    except SyntaxError as error:
        raise InvalidQuery(_explained(sparql, str(error))) from error
    except (OSError, RuntimeError) as error:
        reason = _one_line(str(error)).rstrip(".")
        if isinstance(error, OSError) or reason.startswith(_DAMAGED):
            raise NotAKnowledgeGraph(f"the SPARQL store cannot be read: {reason}; {BUILD_AGAIN}") from error
        raise InvalidQuery(f"the query cannot be evaluated: {reason}") from error


def _named(iris: Iterable[str]) -> list[Any]:  # of nodes, for which pyoxigraph's two parameters have two types
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise InvalidQuery(
            f"the name of a graph is no IRI: {_one_line(str(error))}; accepted: absolute ones"
        ) from error


def _cut(found: Iterable[Item], limit: int | None) -> tuple[tuple[Item, ...], bool]:
    """Return the first of them, and whether there are more."""
    rest = iter(found)
    first = tuple(islice(rest, limit))
    return first, limit is not None and next(rest, None) is not None


def _distinct(found: Iterable[Triple]) -> Iterator[Triple]:
    seen: set[Triple] = set()
    for triple in found:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _refuse_service(sparql: str, base: str | None) -> None:
    """Raise InvalidQuery if the query calls another endpoint.

    The parser itself tells keyword from text. If the query still parses with "service" respelt throughout, the word only
    stood in strings, names or comments. If it parses with GRAPH instead, whose grammar is the same, it was the keyword.
    Only queries without the word are run, on an empty store, so that nothing here can reach a network.
    """
    if not _SERVICE.search(sparql):
        return
    error = _parse_error(_respelt(sparql, "service"), base)
    if error is None:
        return
    if _parse_error(_SERVICE.sub("GRAPH", sparql), base) is None:
        raise InvalidQuery("SERVICE is refused: a query is answered offline, from this graph alone")
    raise InvalidQuery(_explained(sparql, error))


def _refuse_from(sparql: str, base: str | None) -> None:
    """Raise InvalidQuery if the query names the graphs it asks: the knowledge graph has no name, so it would not be asked."""
    if not _FROM.search(sparql) or _parse_error(sparql, base) is not None:
        return
    if _parse_error(_respelt(sparql, "from"), base) is not None:
        raise InvalidQuery(
            "FROM is refused: the knowledge graph has no name, and every query asks it; accepted: no FROM, or GRAPH for the"
            " ontology"
        )


def _respelt(sparql: str, word: str) -> str:
    """Return the query with another word of the same length in the place of `word`, in its case, which stands nowhere in it.

    So different names stay different, and places stay where they are.
    """
    lower = sparql.lower()
    other = next(
        each for each in map("".join, product(reversed(ascii_lowercase), repeat=len(word))) if each not in lower
    )

    def in_case(match: re.Match[str]) -> str:
        return "".join(new.upper() if old.isupper() else new for old, new in zip(match[0], other, strict=True))

    return re.sub(word, in_case, sparql, flags=re.IGNORECASE)


def _parse_error(sparql: str, base: str | None) -> str | None:
    try:
        Store().query(sparql, prefixes=PREFIXES, base_iri=base)
    except SyntaxError as error:
        return str(error)
    except RuntimeError:  # it parses, and has nothing to be evaluated on
        return None
    return None


def _explained(sparql: str, message: str) -> str:
    """Return the parser's message in one line: the place, what stands there, and the signs that could.

    Where it expected nothing but keywords, the parser tells the place behind as many characters as the longest has;
    the keywords themselves are a chance selection and are left out, as are its classes of characters.
    """
    update = _FIRST_WORD.match(sparql)
    if update is not None and update[1].upper() in _UPDATES:
        return f"{update[1].upper()} is refused: a query cannot change the graph; accepted: {', '.join(_QUERIES)}"
    place = _PLACE.fullmatch(message)
    if place is None:
        return _one_line(message)
    line, column = int(place[1]), int(place[2])
    expected = [item for item in map(str.strip, _EXPECTED.findall(place[3])) if item not in ("", "[_]")]
    faults = [item for item in expected if " " in item and item[0] not in '"[']
    signs = [item for item in expected if item.startswith('"') and not item.startswith('"\\\\')]
    if expected and all(map(str.isalpha, expected)):
        column -= max(map(len, expected))
    text = "\n".join(sparql.split("\n")[line - 1 :])
    if faults:
        what = f"{', '.join(faults)}, before {_start(text[column - 1 :])}"
        if "Prefix not found" in faults:
            what += f"; accepted without declaration: {', '.join(PREFIXES)}"
    else:
        what = f"unexpected {_start(text[column - 1 :])}" + (f", expected {' or '.join(signs)}" if signs else "")
    return f"line {line}, column {column}: {what}"


def _start(text: str) -> str:
    return repr(_one_line(text)[:30]) if text.strip() else "end of the query"


def _one_line(text: str) -> str:
    return " ".join(text.split())
