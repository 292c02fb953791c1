"""What is written for other programs comes back through their own readers as it stands in the graph."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO, StringIO
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import igraph
import networkx as nx
import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.conftest import ROOT
from tests.exports.parsing import written
from tests.exports.world import (
    CHAIR,
    COURIERS,
    HOLDS,
    HOSTILE_NAMES,
    NOTICE,
    PROGRAMME,
    REPORT,
    UNION,
    evidence,
    hostile_world,
    shuffled,
    world,
)
from tests.graph.test_build import CORPUS
from tests.graph.test_records import records_of
from unionkg.errors import MissingExtra
from unionkg.exports.files import BUILT
from unionkg.exports.formats import FORMATS
from unionkg.exports.gexf import NAMESPACE, VIZ
from unionkg.exports.iri import BASE, document_name
from unionkg.exports.literals import plain
from unionkg.exports.rows import DOCUMENTS, ENTITIES, OUTCOMES, RELATIONS, TABLES, Table
from unionkg.exports.whole import write_whole
from unionkg.exports.xlsx import CUT, MOST_UNITS, write_xlsx
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.build import build_graph
from unionkg.graph.schema import ENTITY_TYPES, RELATION_TYPES

EXCHANGE = [name for name in FORMATS if name not in BUILT and name != "context"]  # which holds nothing of a graph
HOSTILE = (
    *HOSTILE_NAMES,
    "空\x00字",
    "孤\ud83d",
    "非\uffff字\ufdd0",
    "\x0b\x1b[31m",
    "_x0041_",
    "#N/A",
    "&amp;&#10;]]>",
    "一;二；三",
    "\u0085\u2028\u2029",
    " ",
    "'",
    "TRUE",
    "1e5",
)
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.text(st.characters(), min_size=1, max_size=12))
Attributes = dict[str, Any]
OUTCOME_VALUE = list(OUTCOMES.columns).index("value")


class Read(NamedTuple):
    """A graph as another program reads it: nodes by id, edges by id with both ends."""

    nodes: dict[str, Attributes]
    edges: dict[str, tuple[str, str, Attributes]]


def small_world(texts: list[str]) -> KnowledgeGraph:
    """Return a world in which these texts stand wherever documents put theirs."""
    graph = world()
    for number, text in enumerate(texts):
        node = f"org-{number:016x}"
        told: Attributes = {"aliases": [text, f"{text}甲"], "former_names": [text], "pinyin": text, "matched": [text]}
        graph.add_node(node, type="ORG", name=text, documents=[REPORT], rule="name", mentions=number, **told)
        said: Attributes = {"role": text, "date": text, "confidence": 0.5, "rules": ["verb"], "sources": 2}
        quote = evidence(REPORT, 100 * number, text)
        graph.add_edge(CHAIR, node, key=f"fact-{0xF000 + number:016x}", type="holds_post", evidence=[quote], **said)
        paper = sha256(text.encode(errors="surrogatepass")).hexdigest()
        told = {"id": paper, "name": text, "cluster": paper, "title": text, "authors": [text], "editors": []}
        graph.graph["documents"].append(told)
        figure = {"id": f"out-{0xF000 + number:016x}", "subject": node, "value": 1.5, "unit": text, "what": text}
        figure |= {"kind": "result", "confidence": 0.5, "rules": ["figure"], "sources": 1, "evidence": [quote]}
        graph.graph["outcomes"].append(figure)
    return graph


def expected(graph: KnowledgeGraph) -> Read:
    """Return what the graph holds, as files for graph programs should tell it: lists as lists."""

    def fit(value: Any) -> Any:
        if isinstance(value, str):
            return plain(value)
        return list(map(plain, value)) if isinstance(value, list) else value

    def stated(attributes: Attributes) -> Attributes:
        return {name: fit(value) for name, value in attributes.items() if value is not None}

    nodes = {
        node: stated(
            {
                "label": told["name"],
                **{name: told.get(name) for name in ("type", "subtype", "name", "aliases", "pinyin", "code")},
                **{
                    name: told.get(name, [])
                    for name in (
                        "former_names",
                        "traditional",
                        "other_codes",
                        "parents",
                        "exact_matches",
                        "close_matches",
                    )
                },
                **{name: told[name] for name in ("mentions", "rule", "matched")},
                "documents": len(told["documents"]),
                "colour": ENTITY_TYPES[told["type"]].colour,
                "iri": BASE + node,
            }
        )
        for node, told in graph.nodes(data=True)
    }
    edges = {}
    for subject, end, key, fact in graph.edges(keys=True, data=True):
        first = fact["evidence"][0]
        programme = fact.get("programme")
        told = {
            "label": RELATION_TYPES[fact["type"]].zh,
            "label_en": RELATION_TYPES[fact["type"]].en,
            **{name: fact.get(name) for name in ("type", "role", "status", "date", "title", "modality")},
            **{name: fact.get(name) for name in ("confidence", "sources", "first_stated", "last_stated", "rules")},
            "programme": programme,
            "programme_name": graph.nodes[programme]["name"] if programme else None,
            "evidence": len(fact["evidence"]),
            "document": document_name(first["document"]),
            **{name: first[name] for name in ("start", "end", "quote")},
            "iri": BASE + key,
        }
        edges[key] = (subject, end, stated(told))
    return Read(nodes, edges)


def flat(read: Read) -> Read:
    """Return the same with lists as text."""

    def one(attributes: Attributes) -> Attributes:
        return {
            name: "|".join(item.replace("|", "｜") for item in value) if isinstance(value, list) else value
            for name, value in attributes.items()
        }

    return Read(
        {node: one(told) for node, told in read.nodes.items()},
        {key: (subject, end, one(told)) for key, (subject, end, told) in read.edges.items()},
    )


def full(read: Read) -> Read:
    """Return the same without what is empty."""

    def one(attributes: Attributes) -> Attributes:
        return {name: value for name, value in attributes.items() if value not in ("", [])}

    return Read(
        {node: one(told) for node, told in read.nodes.items()},
        {key: (subject, end, one(told)) for key, (subject, end, told) in read.edges.items()},
    )


def bytes_of(name: str, graph: KnowledgeGraph) -> bytes:
    return written(lambda stream: FORMATS[name].write(graph, stream, BASE))


def members(name: str, graph: KnowledgeGraph) -> dict[str, bytes]:
    """Return the files of a format of several files."""
    with ZipFile(BytesIO(bytes_of(name, graph))) as archive:
        return {file: archive.read(file) for file in archive.namelist()}


def from_networkx(graph: Any, *extra: str) -> Read:
    """Return what NetworkX has read, without the attributes that only its reader adds."""
    assert graph.is_directed()
    edges = {}
    found: Any = nx.MultiDiGraph(graph)
    for subject, end, key, told in found.edges(keys=True, data=True):
        edges[told.get("id", key)] = (subject, end, {name: told[name] for name in told if name not in extra})
    return Read(
        {node: {name: told[name] for name in told if name not in extra} for node, told in graph.nodes(data=True)}, edges
    )


def read_graphml(graph: KnowledgeGraph) -> Read:
    return from_networkx(nx.read_graphml(BytesIO(bytes_of("graphml", graph)), force_multigraph=True))


def read_gexf(graph: KnowledgeGraph) -> Read:
    return from_networkx(nx.read_gexf(BytesIO(bytes_of("gexf", graph))), "id", "viz")


def read_cytoscape(graph: KnowledgeGraph) -> Read:
    data = json.loads(bytes_of("cytoscape", graph))
    return from_networkx(nx.cytoscape_graph(data), "id", "value", "key", "source", "target", "interaction")


def read_node_link(graph: KnowledgeGraph) -> Read:
    return from_networkx(nx.node_link_graph(json.loads(bytes_of("node-link", graph)), edges="edges"))


# What each reader should give; files for desktop Cytoscape leave empty lists out.
NETWORKX: dict[str, tuple[Callable[[KnowledgeGraph], Read], Callable[[Read], Read]]] = {
    "graphml": (read_graphml, flat),
    "gexf": (read_gexf, flat),
    "cytoscape": (read_cytoscape, lambda read: full(read)),
    "node-link": (read_node_link, lambda read: read),
}

examples = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("name", NETWORKX)
@examples
@example(list(HOSTILE))
@given(st.lists(TEXT, max_size=3))
def test_networkx_reads_all_there_is(name: str, texts: list[str]) -> None:
    graph = small_world(texts)
    read, as_told = NETWORKX[name]
    found, wanted = read(graph), as_told(expected(graph))
    if name == "cytoscape":
        found = full(found)
    assert found == wanted


@examples
@example(list(HOSTILE))
@given(st.lists(TEXT, max_size=3))
def test_igraph_reads_all_there_is(tmp_path: Path, texts: list[str]) -> None:
    graph = small_world(texts)
    (tmp_path / "x.graphml").write_bytes(bytes_of("graphml", graph))
    found: Any = igraph.Graph.Read_GraphML(str(tmp_path / "x.graphml"))

    def told(attributes: Attributes) -> Attributes:
        kept = {name: value for name, value in attributes.items() if name != "id"}  # of an edge it gives a node's
        return {name: value for name, value in kept.items() if not (isinstance(value, float) and isnan(value))}

    ids = found.vs["id"]
    nodes = {one["id"]: told(one.attributes()) for one in found.vs}
    edges = {
        one["iri"].removeprefix(BASE): (ids[one.source], ids[one.target], told(one.attributes())) for one in found.es
    }
    assert full(Read(nodes, edges)) == full(flat(expected(graph)))


def test_a_type_has_its_colour_and_its_kind_in_gexf() -> None:
    tree = etree.fromstring(bytes_of("gexf", world()))
    (node,) = tree.findall(f".//{{{NAMESPACE}}}node[@id='{UNION}']")
    channels = node.find(f"{{{VIZ}}}color")
    assert channels is not None
    assert ENTITY_TYPES["ORG"].colour == "#" + "".join(f"{int(channels.get(name, '')):02x}" for name in "rgb")
    (edge,) = tree.findall(f".//{{{NAMESPACE}}}edge[@id='{HOLDS}']")
    assert (edge.get("kind"), edge.get("label")) == ("holds_post", "任职")


def test_every_attribute_is_declared_once_with_one_type() -> None:
    tree = etree.fromstring(bytes_of("graphml", hostile_world()))
    keys = [
        (key.get("for"), key.get("attr.name"), key.get("attr.type"))
        for key in tree.iter("{http://graphml.graphdrawing.org/xmlns}key")
    ]
    assert len({key[:2] for key in keys}) == len(keys)
    assert ("edge", "confidence", "double") in keys
    assert ("node", "mentions", "long") in keys


def test_node_link_json_has_the_other_tables_too() -> None:
    graph = hostile_world()
    graph.graph["possible"] = [{"id": "may-1", "nodes": [CHAIR, UNION], "reason": "=one"}]
    about = nx.node_link_graph(json.loads(bytes_of("node-link", graph)), edges="edges").graph
    assert about["base"] == BASE
    assert about["doubts"] == [{"id": "may-1", "kind": "possible", "about": [CHAIR, UNION], "reason": "=one"}]
    assert [row["id"] for row in about["outcomes"]] == ["out-0000000000000001", "out-0000000000000002"]
    assert (about["outcomes"][0]["value"], about["outcomes"][0]["programme"]) == (120000, PROGRAMME)
    assert {row["sha256"] for row in about["documents"]} == {REPORT, NOTICE}


def rows_of(table: Table, graph: KnowledgeGraph) -> list[tuple[Any, ...]]:
    """Return the rows of a table, lists as tuples."""
    return [tuple(tuple(value) if isinstance(value, list) else value for value in row) for row in table.rows(graph)]


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """Return the rows of each sheet, and check that no cell is a formula."""
    book = openpyxl.load_workbook(BytesIO(data))
    for sheet in book:
        assert all(cell.data_type in ("s", "n", "inlineStr") for row in sheet.iter_rows() for cell in row)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def in_excel(value: Any) -> Any:
    """Return a value as its cell should hold it; a text that is empty is no cell."""
    if isinstance(value, tuple):
        value = "|".join(item.replace("|", "｜") for item in value)
    if isinstance(value, str):
        value = re.sub(r"_(?=x[0-9a-fA-F]{4}_)", "_x005F_", value)
    return None if value == "" else value


@settings(examples, max_examples=15)
@example(list(HOSTILE))
@given(st.lists(TEXT, max_size=2))
def test_excel_sheets_hold_the_tables_and_no_formula(texts: list[str]) -> None:
    graph = small_world(texts)
    found = sheets(bytes_of("xlsx", graph))
    assert list(found) == ["about", *(table.name for table in TABLES)]
    assert found["about"][-len(TABLES) :] == [[t.name, len(rows_of(t, graph)), t.description] for t in TABLES]
    for table in TABLES:
        header, *rows = found[table.name]
        assert header == list(table.columns)
        assert [tuple(row) for row in rows] == [tuple(map(in_excel, row)) for row in rows_of(table, graph)]


def test_a_table_that_is_too_long_for_a_sheet_goes_on_in_the_next() -> None:
    graph = hostile_world()
    found = sheets(written(lambda stream: write_xlsx(graph, stream, BASE, most_rows=11)))
    parts = [name for name in found if name.startswith("entities")]
    assert parts == ["entities", "entities 2", "entities 3"]
    ids = [row[0] for name in parts for row in found[name][1:]]
    assert ids == sorted(graph)
    assert all(len(found[name]) <= 11 and found[name][0] == list(ENTITIES.columns) for name in parts)
    exact = sheets(written(lambda stream: write_xlsx(graph, stream, BASE, most_rows=len(graph) + 1)))
    assert [name for name in exact if name.startswith("entities")] == ["entities"]


def test_a_workbook_tells_no_time_and_no_machine() -> None:
    with ZipFile(BytesIO(bytes_of("xlsx", world()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = archive.read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}[^<]+)<", about) == ["1980-01-01T00:00:00Z"] * 2


LARGE = [name for name in EXCHANGE if name != "shared"]  # which links documents, of which this world has one
FULL_DISK = """
import resource, sys
from hashlib import sha256
from pathlib import Path
from tests.exports.test_exchange import LARGE, small_world
from unionkg.exports.formats import FORMATS
from unionkg.exports.whole import write_whole
texts = ["".join(sha256(f"{one} {number}".encode()).hexdigest() for number in range(150)) for one in range(9)]
graph = small_world(texts)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
for name in LARGE:
    try:
        write_whole(graph, FORMATS[name], Path(sys.argv[1]) / name)
    except OSError as error:
        print(name, error.filename, error.strerror)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it sets no limit to the size of files")
def test_no_room_is_one_error_that_names_the_file(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    said = [line.partition(", in the folder for temporary files")[0] for line in done.stdout.splitlines()]
    assert said == [f"{name} {tmp_path / name} File too large" for name in LARGE]
    assert list(tmp_path.iterdir()) == []


@examples
@example(list(HOSTILE))
@given(st.lists(TEXT, max_size=3))
def test_parquet_holds_the_tables_with_types_and_lists(texts: list[str]) -> None:
    graph = small_world(texts)
    files = members("parquet", graph)
    assert list(files) == [f"{table.name}.parquet" for table in TABLES]
    for table in TABLES:
        found = pyarrow.parquet.read_table(BytesIO(files[f"{table.name}.parquet"]))
        assert found.column_names == list(table.columns)
        rows = [
            tuple(tuple(value) if isinstance(value, list) else value for value in row.values())
            for row in found.to_pylist()
        ]
        assert rows == rows_of(table, graph)
    schema = pyarrow.parquet.read_schema(BytesIO(files["relations.parquet"]))
    types = {name: str(schema.field(name).type) for name in ("quote", "rules", "sources", "confidence")}
    assert types["rules"].startswith("list<")
    assert (types["quote"], types["sources"], types["confidence"]) == ("string", "int64", "double")


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r'pip install "unionkg\[parquet\]"'):
        write_whole(world(), FORMATS["parquet"], tmp_path / "tables")
    assert list(tmp_path.iterdir()) == []


def csv_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode(), newline="")))


@examples
@example(list(HOSTILE))
@given(st.lists(TEXT, max_size=3))
def test_neo4j_files_hold_the_graph_under_typed_headers(texts: list[str]) -> None:
    graph = small_world(texts)
    files = members("neo4j", graph)
    wanted = expected(graph)

    def told(header: list[str], row: list[str]) -> Iterator[tuple[str, Any]]:
        for column, cell in zip(header, row, strict=True):
            name, _, kind = column.partition(":")
            if kind == "string[]":
                yield name, cell.split(";") if cell else []
            elif cell and name:
                yield name, {"long": int, "double": float}.get(kind, str)(cell)

    def array(value: Any) -> Any:
        return [item.replace(";", "；") for item in value] if isinstance(value, list) else value

    def stated(attributes: Attributes) -> Attributes:
        return {name: array(value) for name, value in attributes.items() if value not in ([], [""])}

    header, *rows = csv_of(files["entities.csv"])
    assert header[:3] == ["id:ID", ":LABEL", "type:string"]
    nodes = {row[0]: dict(told(header, row)) for row in rows}
    for node, entity in full(wanted).nodes.items():
        wanted_here = {name: entity[name] for name in entity if name not in ("label", "colour")}
        assert stated(nodes[node]) == stated(wanted_here | {"id": node})
    assert rows[[row[0] for row in rows].index(UNION)][1] == "Entity;Organisation;TradeUnion"
    header, *rows = csv_of(files["facts.csv"])
    assert header[:4] == [":START_ID", ":END_ID", ":TYPE", "id:string"]
    for row in rows:
        fact = dict(told(header, row))
        subject, end, attributes = full(wanted).edges[fact.pop("id")]
        assert (row[0], row[1], row[2]) == (subject, end, attributes.pop("type").upper())
        assert stated(fact) == stated(attributes)
    assert len(rows) == len(wanted.edges)
    known = {row[0] for name in ("entities", "documents", "outcomes") for row in csv_of(files[f"{name}.csv"])[1:]}
    links = csv_of(files["links.csv"])[1:]
    assert {end for row in links for end in row[:2]} <= known
    assert [UNION, "out-0000000000000001", "HAS_OUTCOME"] in links
    assert ["out-0000000000000001", PROGRAMME, "OF_PROGRAMME"] in links
    assert [UNION, document_name(NOTICE), "MENTIONED_IN"] in links


def test_neo4j_links_a_figure_to_the_group_that_it_is_for() -> None:
    links = csv_of(members("neo4j", world())["links.csv"])
    assert [row for row in links if row[2] == "FOR_GROUP"] == [["out-0000000000000001", COURIERS, "FOR_GROUP"]]


def test_the_neo4j_readme_names_every_relationship() -> None:
    files = members("neo4j", world())
    kinds = {row[2] for row in csv_of(files["links.csv"])[1:]}
    assert kinds < set(re.findall(r"\[:(\w+)", files["README.txt"].decode()))


def test_the_neo4j_readme_names_every_file() -> None:
    files = members("neo4j", world())
    readme = files.pop("README.txt").decode()
    assert set(re.findall(r"--(?:nodes|relationships)=(\S+)", readme)) == set(files)


@pytest.mark.parametrize("name", EXCHANGE)
def test_the_order_of_building_leaves_no_trace(name: str) -> None:
    assert bytes_of(name, hostile_world()) == bytes_of(name, shuffled(hostile_world(), 11))


@pytest.mark.parametrize("name", FORMATS)
def test_a_graph_on_disk_is_written_like_one_in_memory(name: str) -> None:
    with records_of(CORPUS) as records:
        assert written(lambda stream: FORMATS[name].write(records, stream, BASE)) == bytes_of(name, build_graph(CORPUS))


DIGESTS = """
import sys
from hashlib import sha256
from io import BytesIO
from tests.exports.world import hostile_world
from unionkg.exports.formats import FORMATS
for name, row in FORMATS.items():
    stream = BytesIO()
    row.write(hostile_world(), stream, "https://example.org/")
    print(name, sha256(stream.getvalue()).hexdigest())
"""


def test_any_process_writes_the_same_bytes() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", DIGESTS],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == len(FORMATS)


def huge_world() -> tuple[KnowledgeGraph, str]:
    """Return a world with a sentence of more than a million characters, which is returned too, and large numbers."""
    quote = "工会🔧" * 350_000
    graph = small_world([quote])
    graph.nodes[UNION]["mentions"] = 2**40
    graph.graph["outcomes"][0]["value"] = 1e300
    return graph, quote


@pytest.mark.parametrize("name", NETWORKX)
def test_networkx_reads_huge_values(name: str) -> None:
    graph, _ = huge_world()
    read, as_told = NETWORKX[name]
    found = read(graph)
    assert (full(found) if name == "cytoscape" else found) == as_told(expected(graph))


def test_igraph_reads_huge_values(tmp_path: Path) -> None:
    graph, quote = huge_world()
    (tmp_path / "x.graphml").write_bytes(bytes_of("graphml", graph))
    found: Any = igraph.Graph.Read_GraphML(str(tmp_path / "x.graphml"))
    assert quote in found.es["quote"]
    assert 2**40 in found.vs["mentions"]


def test_a_text_that_no_cell_of_excel_holds_is_cut_with_a_mark() -> None:
    graph, quote = huge_world()
    found = sheets(bytes_of("xlsx", graph))
    (cell,) = (row[-1] for row in found["relations"] if len(row[-1]) > 999)
    assert cell == quote[: len(cell) - len(CUT)] + CUT
    assert MOST_UNITS - 1 <= len(cell.encode("utf-16-le")) // 2 <= MOST_UNITS
    assert found["outcomes"][1][OUTCOME_VALUE] == 1e300


def test_tables_hold_huge_values() -> None:
    graph, quote = huge_world()
    files = members("parquet", graph)
    assert quote in pyarrow.parquet.read_table(BytesIO(files["relations.parquet"]))["quote"].to_pylist()
    assert 1e300 in pyarrow.parquet.read_table(BytesIO(files["outcomes.parquet"]))["value"].to_pylist()
    before = csv.field_size_limit(2**24)
    try:
        assert quote in {row[-2] for row in csv_of(members("neo4j", graph)["facts.csv"])}
        assert float(csv_of(members("neo4j", graph)["outcomes.csv"])[1][OUTCOME_VALUE + 1]) == 1e300
    finally:
        csv.field_size_limit(before)


def test_the_tables_hold_what_the_graph_holds() -> None:
    graph = world()
    outcomes = {row[0]: dict(zip(OUTCOMES.columns, row, strict=True)) for row in OUTCOMES.rows(graph)}
    assert outcomes["out-0000000000000001"]["value_max"] == 150000
    relations = {row[0]: dict(zip(RELATIONS.columns, row, strict=True)) for row in RELATIONS.rows(graph)}
    assert relations[HOLDS]["rules"] == ["verb"]
    assert [row[-1] for row in DOCUMENTS.rows(graph)] == sorted((REPORT, NOTICE))


def test_csv_files_together_are_those_of_the_folder() -> None:
    files = members("csv", hostile_world())
    assert list(files) == [BUILT[table.name] for table in TABLES]
    assert all(files[BUILT[table.name]] == bytes_of(table.name, hostile_world()) for table in TABLES)
