from __future__ import annotations

from pathlib import Path

from tests.exports.parsing import asked
from tests.exports.world import CHAIR, hostile_world, shuffled, world
from unionkg.exports.answers import Truth
from unionkg.exports.files import write_files
from unionkg.exports.graph_json import read

FILES = [
    "documents.csv",
    "doubts.csv",
    "entities.csv",
    "graph.json",
    "graph.nt",
    "graph.ttl",
    "ontology.ttl",
    "outcomes.csv",
    "relations.csv",
    "shapes.ttl",
    "store",
    "void.ttl",
]


def test_a_build_leaves_these_files(tmp_path: Path) -> None:
    write_files(world(), tmp_path / "KG", "https://example.org/kg/")
    assert sorted(path.name for path in (tmp_path / "KG").iterdir()) == FILES
    assert asked(tmp_path / "KG" / "store", f"ASK {{ <https://example.org/kg/{CHAIR}> a ukg:Person }}") == Truth(True)
    assert set(read(tmp_path / "KG" / "graph.json")) == set(world())


def test_equal_graphs_leave_equal_files_in_any_folder(tmp_path: Path) -> None:
    write_files(hostile_world(), tmp_path / "one")
    write_files(world(), tmp_path / "two")
    write_files(shuffled(hostile_world(), 3), tmp_path / "two")
    for name in set(FILES) - {"store"}:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
