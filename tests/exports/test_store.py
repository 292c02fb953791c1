from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from tests.exports.parsing import asked
from tests.exports.parsing import triples as said
from tests.exports.world import CHAIR, OLD_CHAIR, UNION, hostile_world, world
from unionkg.errors import InvalidQuery, NotAKnowledgeGraph
from unionkg.exports.answers import Rows, Triples, Truth
from unionkg.exports.iri import BASE
from unionkg.exports.ntriples import write_ntriples
from unionkg.exports.store import ask, build_store, open_store
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.schema import PREFIXES


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_of(world(), tmp_path_factory.mktemp("kg"))


def store_of(graph: KnowledgeGraph, folder: Path) -> Path:
    """Return the store of the graph, made in the folder."""
    with (folder / "graph.nt").open("wb") as stream:
        write_ntriples(graph, stream)
    build_store(folder / "graph.nt", folder / "store")
    return folder / "store"


def test_the_store_holds_the_graph_and_nothing_of_the_one_before(tmp_path: Path) -> None:
    store_of(hostile_world(), tmp_path)
    store_of(world(), tmp_path)
    answer = asked(tmp_path / "store", "CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(answer, Triples)
    assert len(answer.triples) == len(said(world()))
    assert {str(triple).lower() for triple in answer.triples} == {" ".join(triple).lower() for triple in said(world())}


def test_select_gives_rows_without_declaring_prefixes(store: Path) -> None:
    answer = asked(store, "SELECT ?who ?role { ?post org:member ?who ; ukg:role ?role } ORDER BY ?who")
    assert answer == Rows(
        ("who", "role"),
        ((NamedNode(BASE + CHAIR), Literal("主席")), (NamedNode(BASE + OLD_CHAIR), Literal("主席"))),
    )


def test_a_variable_that_is_not_bound_gives_none(store: Path) -> None:
    assert asked(store, "SELECT ?x { OPTIONAL { ?x ukg:orbits ?y } }") == Rows(("x",), ((None,),))


def test_an_answer_is_cut_at_the_rows_wanted_and_knows_it(store: Path) -> None:
    for sparql in ("SELECT ?s { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        whole = asked(store, sparql)
        assert not isinstance(whole, Truth)
        number = len(whole.rows if isinstance(whole, Rows) else whole.triples)
        for limit, is_cut in ((number - 1, True), (number, False), (number + 1, False)):
            answer = asked(store, sparql, limit)
            assert not isinstance(answer, Truth)
            assert answer.is_cut == is_cut
            assert len(answer.rows if isinstance(answer, Rows) else answer.triples) == min(number, limit)


def test_ask_gives_truth(store: Path) -> None:
    assert asked(store, f"ASK {{ <{BASE}{CHAIR}> ukg:holdsPost <{BASE}{UNION}> }}") == Truth(True)
    assert asked(store, f"ASK {{ <{BASE}{OLD_CHAIR}> ukg:holdsPost <{BASE}{UNION}> }}") == Truth(False)


def test_names_are_found_by_language_whatever_its_case(store: Path) -> None:
    for tag in ("zh-Hans", "zh-hans"):
        sparql = f"SELECT ?x {{ ?x a ukg:TradeUnion ; rdfs:label ?n FILTER(LANGMATCHES(LANG(?n), '{tag}')) }}"
        answer = asked(store, sparql)
        assert isinstance(answer, Rows)
        assert len(answer.rows) == 2


def test_a_prefix_of_the_query_goes_before_ours(store: Path) -> None:
    answer = asked(store, "PREFIX ukg: <https://example.org/> SELECT (ukg:a AS ?x) {}")
    assert answer == Rows(("x",), ((NamedNode("https://example.org/a"),),))


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("", "line 1, column 1: unexpected end of the query"),
        ("nonsense", "line 1, column 1: unexpected 'nonsense'"),
        ("SELECT ?x WHERE { ?x ?y }", "line 1, column 19: unexpected '?x ?y }'"),
        ("SELECT *\nWHERE {\n  ?x ?y 工会 }", 'line 3, column 11: unexpected \'}\', expected "." or ":"'),
        ("SELECT * {\n?x a 'abc }", 'line 2, column 12: unexpected end of the query, expected "\'"'),
        (
            "SELECT * { ?x foo:y ?z }",
            f"line 1, column 20: Prefix not found, before '?z }}'; accepted without declaration: {', '.join(PREFIXES)}",
        ),
        ("SELECT (<https://a.org/f>(1) AS ?x) {}", "the query cannot be evaluated: The custom function "),
    ],
)
def test_a_fault_in_the_query_is_one_line_with_its_place(store: Path, sparql: str, message: str) -> None:
    with pytest.raises(InvalidQuery) as caught:
        asked(store, sparql)
    assert str(caught.value).startswith(message)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("sparql", "word"),
    [
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "INSERT"),
        ("# tidy up\nPREFIX a: <b:c>\n delete where { ?s ?p ?o }", "DELETE"),
        ("LOAD <https://example.org/x.ttl>", "LOAD"),
        ("drop all", "DROP"),
    ],
)
def test_an_update_is_refused_by_name(store: Path, sparql: str, word: str) -> None:
    with pytest.raises(InvalidQuery, match=f"^{word} is refused: .*; accepted: SELECT, ASK, CONSTRUCT, DESCRIBE$"):
        asked(store, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . service silent ?s { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(1<2)SERVICE#>\n<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "SELECT * { FILTER(1<'>')SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } #'\n}",
        "SELECT * { ?s ?p ?o MINUS { { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } } # 'SERVICE'",
    ],
)
def test_a_call_to_another_endpoint_is_refused(store: Path, sparql: str) -> None:
    with pytest.raises(InvalidQuery, match=r"^SERVICE is refused"):
        asked(store, sparql)


@pytest.mark.parametrize(
    "sparql",
    ["SELECT * FROM <https://example.org/g> { ?s ?p ?o }", "ASK from named <https://example.org/g> { GRAPH ?g { } }"],
)
def test_a_graph_of_its_own_is_refused_rather_than_found_empty(store: Path, sparql: str) -> None:
    with pytest.raises(InvalidQuery, match=r"^FROM is refused"):
        asked(store, sparql)


def test_from_as_a_name_or_a_text_is_no_keyword(store: Path) -> None:
    sparql = "PREFIX from: <https://from/> SELECT ?from { BIND('FROM <x>' AS ?from) } # from <x>"
    answer = asked(store, sparql)
    assert isinstance(answer, Rows)
    assert len(answer.rows) == 1
    answer = asked(store, "SELECT (1 AS ?from) (2 AS ?zrom) (3 AS ?FROM) (4 AS ?From) (5 AS ?zzzz) {}")
    assert isinstance(answer, Rows)
    assert [term.value for term in answer.rows[0] if isinstance(term, Literal)] == ["1", "2", "3", "4", "5"]


def test_no_connection_is_made_even_where_the_query_does_not_parse(store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        for sparql in (f"ASK {{ SERVICE <{address}> {{}} }}", f"ASK {{ SERVICE # a\n SILENT # b\n <{address}> {{}} }}"):
            with pytest.raises(InvalidQuery):
                asked(store, sparql)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?s ukg:what 'SERVICE <x>' FILTER(?service = ?Service) } # service",
        "PREFIX service: <https://service/> SELECT * { ?s service:service <https://example.org/SERVICE> }",
        'SELECT * { ?s a """\nSERVICE ?x { }""" }',
        "SELECT * { ?service ukg:nothing ?zervice . BIND(1 AS ?Service) BIND(2 AS ?SERVICE) BIND(3 AS ?zzzzzzz) }",
    ],
)
def test_the_word_may_stand_in_text_names_and_comments(store: Path, sparql: str) -> None:
    answer = asked(store, sparql)
    assert isinstance(answer, Rows)
    assert answer.rows == ()


def test_a_folder_without_a_store_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(NotAKnowledgeGraph, match="store") as caught:
            asked(folder, "ASK {}")
        assert str(folder) in str(caught.value)
        assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("name", ["*.sst", "MANIFEST-*", "CURRENT"])
@pytest.mark.parametrize("deed", ["is cut", "is emptied", "is overwritten", "is gone"])
def test_a_damaged_store_is_one_to_build_again(store: Path, tmp_path: Path, name: str, deed: str) -> None:
    shutil.copytree(store, tmp_path / "store")
    file = max((tmp_path / "store").glob(name), key=lambda path: path.stat().st_size)
    data = file.read_bytes()
    if deed == "is gone":
        file.unlink()
    else:
        file.write_bytes(
            {"is cut": data[: len(data) // 2], "is emptied": b"", "is overwritten": b"x" * len(data)}[deed]
        )
    with pytest.raises(
        NotAKnowledgeGraph, match=r"the SPARQL store cannot be opened: .*; build the graph again"
    ) as caught:
        open_store(tmp_path / "store")
    assert str(tmp_path / "store") in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_block_found_damaged_in_the_midst_of_a_query_is_no_fault_of_the_query(store: Path, tmp_path: Path) -> None:
    whole, told = asked(store, "SELECT * { ?s ?p ?o }"), []
    for number, table in enumerate(sorted(store.glob("*.sst"))):
        copy = Path(shutil.copytree(store, tmp_path / str(number)))
        data = bytearray(table.read_bytes())
        data[20:40] = bytes(byte ^ 0x55 for byte in data[20:40])
        (copy / table.name).write_bytes(data)
        try:
            opened = open_store(copy)
        except NotAKnowledgeGraph:
            continue
        try:
            assert ask(opened, "SELECT * { ?s ?p ?o }") == whole
        except NotAKnowledgeGraph as error:
            told.append(str(error))
    assert told
    for message in told:
        assert message.startswith("the SPARQL store cannot be read: Corruption: ")
        assert message.endswith("; build the graph again with `unionkg build`")
