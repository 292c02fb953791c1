from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exports.parsing import written
from tests.exports.world import world
from unionkg.errors import InvalidOption, UnknownFormatName, UnusableFormat
from unionkg.exports.files import BUILT
from unionkg.exports.formats import FORMATS, check_place, format_for, format_named, format_names
from unionkg.exports.iri import BASE

STORED = {
    "nt": (".nt", "application/n-triples"),
    "ttl": (".ttl", "text/turtle"),
    "nq": (".nq", "application/n-quads"),
    "trig": (".trig", "application/trig"),
    "jsonld": (".jsonld", "application/ld+json"),
    "rdfxml": (".rdf", "application/rdf+xml"),
    "void": (".ttl", "text/turtle"),
    "context": (".jsonld", "application/ld+json"),
    "ontology": (".ttl", "text/turtle"),
    "shapes": (".ttl", "text/turtle"),
    "entities": (".csv", "text/csv"),
    "relations": (".csv", "text/csv"),
    "outcomes": (".csv", "text/csv"),
    "documents": (".csv", "text/csv"),
    "doubts": (".csv", "text/csv"),
    "csv": (".zip", "application/zip"),
    "xlsx": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "parquet": (".zip", "application/zip"),
    "shared": (".csv", "text/csv"),
    "gbt7714": (".txt", "text/plain"),
    "bibtex": (".bib", "application/x-bibtex"),
    "ris": (".ris", "application/x-research-info-systems"),
    "csl": (".csl.json", "application/vnd.citationstyles.csl+json"),
    "graphml": (".graphml", "application/graphml+xml"),
    "gexf": (".gexf", "application/gexf+xml"),
    "cytoscape": (".cyjs", "application/json"),
    "node-link": (".json", "application/json"),
    "neo4j": (".zip", "application/zip"),
}
TABLES = "entities, relations, outcomes, documents, doubts, shared"
INTO = "with a folder to be made, or a file that ends in .zip"
MODULE = """
from unionkg.exports.format import Format

def write(graph, stream, base):
    stream.write(f"{len(graph)} entities under {base}".encode())

COUNT = Format("count", ".count", "how many there are", "text/plain", write)
"""


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder that Python imports from, and forgets again."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("union_"):
            del sys.modules[name]


def install(folder: Path, package: str, code: str, **formats: str) -> None:
    """Lay down an installed package of one module, and its entry points."""
    module = package.replace("-", "_")
    (folder / f"{module}.py").write_text(code, "utf-8")
    info = folder / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", "utf-8")
    points = "".join(f"{name} = {module}:{value}\n" for name, value in formats.items())
    (info / "entry_points.txt").write_text(f"[unionkg.formats]\n{points}", "utf-8")


def test_the_registry_is_the_stored_list() -> None:
    assert {name: (row.suffix, row.media_type) for name, row in FORMATS.items()} == STORED
    assert all(row.name == name and row.description for name, row in FORMATS.items())
    assert set(BUILT) <= set(FORMATS)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownFormatName) as caught:
        format_named("docx")
    assert str(caught.value) == f"unknown export format 'docx'; accepted: {', '.join(STORED)}"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.nt", "nt"),
        ("a.TTL", "ttl"),
        ("entities.nt", "nt"),
        ("a.b.xlsx", "xlsx"),
        ("a.graphml", "graphml"),
        ("a.gexf", "gexf"),
        ("a.cyjs", "cytoscape"),
        ("a.json", "node-link"),
        ("a.b.json", "node-link"),
        ("a.csl.json", "csl"),
        ("a.CSL.JSON", "csl"),
        ("a.bib", "bibtex"),
        ("a.ris", "ris"),
        ("a.txt", "gbt7714"),
    ],
)
def test_the_suffix_tells_the_format(file: str, name: str) -> None:
    assert format_for(file).name == name


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (
            "a.csv",
            f"several formats have the suffix .csv; accepted: --format with one of {TABLES}, or --format csv {INTO}",
        ),
        ("a.parquet", f"no format has the suffix '.parquet'; accepted: --format parquet {INTO}"),
        ("a.zip", "several formats have the suffix .zip; accepted: --format with one of csv, parquet, neo4j"),
        ("a.docx", "no format has the suffix '.docx'; accepted: --format with nt, ttl, "),
        ("a", "no format has the suffix ''"),
    ],
)
def test_a_suffix_that_tells_no_format_is_refused(file: str, reason: str) -> None:
    with pytest.raises(InvalidOption) as caught:
        format_for(file)
    assert str(caught.value).startswith(f"{file}: {reason}")


@pytest.mark.parametrize(
    ("name", "place"),
    [("csv", "a.csv"), ("parquet", "a.Parquet"), ("csv", "a.xlsx"), ("neo4j", "b/a.txt"), ("parquet", "a.csv")],
)
def test_a_folder_gets_no_name_of_a_file(name: str, place: str) -> None:
    with pytest.raises(
        InvalidOption, match=r"; accepted: a folder to be made, or a file that ends in \.zip$"
    ) as caught:
        check_place(format_named(name), Path(place))
    assert str(caught.value).startswith(f"{place}: {name!r} makes several files, and no .{place.lower()[-3:]}"[:-3])


@pytest.mark.parametrize(
    ("name", "place"), [("csv", "a"), ("csv", "a.zip"), ("csv", "unions.2024"), ("neo4j", "v1.2"), ("ttl", "a.csv")]
)
def test_a_place_that_fits_its_format_is_none_to_refuse(name: str, place: str) -> None:
    check_place(format_named(name), Path(place))


def test_another_package_brings_a_format(other: Path) -> None:
    install(other, "union-count", MODULE, count="COUNT")
    assert format_names() == [*FORMATS, "count"]
    assert format_for("unions.count") is format_named("count")
    data = written(lambda stream: format_named("count").write(world(), stream, BASE))
    assert data.decode() == f"{len(world())} entities under {BASE}"


def test_our_names_cannot_be_taken(other: Path) -> None:
    install(other, "union-count", MODULE, ttl="COUNT")
    assert format_names() == list(FORMATS)
    assert format_named("ttl") is FORMATS["ttl"]


@pytest.mark.parametrize(
    ("code", "value", "reason"),
    [
        ("import no_such_module", "COUNT", "cannot be loaded: ModuleNotFoundError: No module named 'no_such_module'"),
        ("1 / 0", "COUNT", "cannot be loaded: ZeroDivisionError"),
        (MODULE, "NOTHING", "cannot be loaded: AttributeError"),
        (MODULE, "write", "is <function write"),
        (MODULE.replace('"count"', '"sum"'), "COUNT", "is Format(name='sum'"),
    ],
)
def test_a_broken_format_is_named_when_asked_for_and_disturbs_no_other(
    other: Path, code: str, value: str, reason: str
) -> None:
    install(other, "union-broken", code, count=value)
    install(other, "union-total", MODULE.replace('"count"', '"total"'), total="COUNT")
    with pytest.raises(UnusableFormat) as caught:
        format_named("count")
    assert f"the export format 'count' of union-broken (union_broken:{value}) {reason}" in str(caught.value)
    assert format_named("total").suffix == ".count"
    assert format_for("a.count").name == "total"


def test_a_name_that_two_packages_bring_is_refused_with_both(other: Path) -> None:
    install(other, "union-one", MODULE, count="COUNT")
    install(other, "union-two", MODULE, count="COUNT")
    with pytest.raises(UnusableFormat, match=r"'count' of union-one, union-two .* several packages"):
        format_named("count")
