"""Importing the package and asking for help load nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"jieba", "lxml", "msgspec", "networkx", "numpy", "onnxruntime", "opencc", "pandas", "pyoxigraph", "pyvis"}
HEAVY |= {"dask", "distributed", "docx", "rdflib", "rich", "rjieba", "spacy", "sqlite3", "trafilatura"}


@pytest.mark.parametrize("statement", ["import unionkg", "from unionkg.cli.app import app"])
def test_heavy_libraries_are_not_loaded(statement: str) -> None:
    script = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(done.stdout.split())


def test_the_front_door_gives_its_names() -> None:
    import unionkg

    assert unionkg.__all__ == sorted(unionkg.__all__)
    for name in unionkg.__all__:
        assert getattr(unionkg, name) is not None
        assert name in dir(unionkg)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(unionkg, "nothing")  # noqa: B009 — an attribute that type checkers would refuse
