"""The wheel, made by way of the sdist, works in an environment without anything else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.test_packaging import folders

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a command prints, in an environment that knows nothing of this one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist, which is built from the checkout."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, root, cwd=out)
    (found,) = out.glob("*.whl")
    return found


def test_the_wheel_holds_every_module(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.endswith(".py")}
    here = {
        f"{name.replace('.', '/')}/{path.name}" for name, folder in folders().items() for path in folder.glob("*.py")
    }
    assert packed == here


def test_the_wheel_builds_the_example_corpus_on_its_own(root: Path, wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python, command = tmp_path / "env" / "bin" / "python", tmp_path / "env" / "bin" / "unionkg"
    run(python, "-m", "pip", "install", "--quiet", "-c", root / "requirements.lock", wheel, cwd=tmp_path)
    installed = {row["name"] for row in json.loads(run(python, "-m", "pip", "list", "--format", "json", cwd=tmp_path))}
    assert installed.isdisjoint({"hypothesis", "mypy", "pyright", "pytest", "ruff", "setuptools-scm"})
    assert run(command, "--version", cwd=tmp_path).startswith("unionkg ")
    run(command, "build", root / "examples" / "corpus", "--out", tmp_path / "KG", cwd=tmp_path)
    counts = json.loads(run(command, "stats", "--json", tmp_path / "KG", cwd=tmp_path))
    assert counts["sources"] == {"read": 10}
    answer = run(command, "query", tmp_path / "KG", "ASK { ?union a ukg:TradeUnion }", "--format", "csv", cwd=tmp_path)
    assert answer.split() == ["answer", "true"]
    assert (tmp_path / "KG" / "graph.html").stat().st_size > 100_000
