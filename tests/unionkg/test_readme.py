"""What the READMEs say of the example corpus is what it gives."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import unionkg
from unionkg.cli.query import query

READMES = ("README.md", "README.zh.md")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown(readme: Path, language: str) -> list[tuple[str, str]]:
    """The blocks in this language, each with the block behind it, which shows the answer."""
    blocks = BLOCK.findall(readme.read_text("utf-8"))
    pairs = zip(blocks, [*blocks[1:], ("", "")], strict=True)
    return [(content, answer) for (kind, content), (_, answer) in pairs if kind == language]


@pytest.fixture(scope="module")
def folder(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The knowledge graph of the example corpus, as `unionkg build` makes it."""
    return unionkg.build([corpus], tmp_path_factory.mktemp("examples") / "KG").folder


@pytest.mark.parametrize("readme", READMES)
def test_the_questions_have_the_answers_shown(root: Path, folder: Path, readme: str) -> None:
    questions = shown(root / readme, "sparql")
    assert len(questions) == 3
    for sparql, answer in questions:
        assert query(folder, sparql, "table").answer.decode() == answer


@pytest.mark.parametrize("readme", READMES)
def test_the_program_prints_what_is_shown(root: Path, tmp_path: Path, readme: str) -> None:
    (program, output), *others = shown(root / readme, "python")
    assert others == []
    (tmp_path / "examples").symlink_to(root / "examples")
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == output


def test_both_readmes_show_the_same(root: Path) -> None:
    def stripped(readme: str) -> list[str]:
        return [re.sub(r"  # .*", "", content) for _, content in BLOCK.findall((root / readme).read_text("utf-8"))]

    assert stripped("README.md") == stripped("README.zh.md")
