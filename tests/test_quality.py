"""The quality of extraction on annotated documents does not fall below what was reached."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from unionkg.extracting import extract

FLOORS: dict[str, dict[str, float]] = {
    "dev": {
        "mention.core": 0.982,
        "mention.all": 0.978,
        "entity": 0.969,
        "coref": 0.986,
        "norm": 0.987,
        "relation.all": 0.896,
        "relation.holds_post": 0.93,
        "outcome": 0.934,
        "noise": 0.99,
        "post.status": 0.99,
        "modality": 0.976,
        "evidence": 0.979,
        "outcome.kind": 0.981,
    },
    "seeds": {
        "mention.core": 0.854,
        "mention.all": 0.874,
        "entity": 0.826,
        "coref": 0.988,
        "norm": 0.981,
        "relation.all": 0.652,
        "relation.holds_post": 0.99,
        "outcome": 0.724,
        "noise": 0.985,
        "post.status": 0.99,
        "modality": 0.91,
        "evidence": 0.91,
        "outcome.kind": 0.887,
    },
    "examples": {
        "mention.core": 0.976,
        "mention.all": 0.973,
        "entity": 0.969,
        "coref": 0.989,
        "norm": 0.99,
        "relation.all": 0.884,
        "relation.holds_post": 0.99,
        "outcome": 0.918,
        "noise": 0.99,
        "post.status": 0.99,
        "modality": 0.986,
        "evidence": 0.99,
        "outcome.kind": 0.964,
    },
    "annotated": {
        "mention.core": 0.947,
        "mention.all": 0.946,
        "entity": 0.934,
        "coref": 0.981,
        "norm": 0.986,
        "relation.all": 0.804,
        "relation.holds_post": 0.89,
        "outcome": 0.828,
        "noise": 0.861,
        "post.status": 0.978,
        "modality": 0.972,
        "evidence": 0.974,
        "outcome.kind": 0.924,
    },
}
"""The least F1, or accuracy, of each figure of the score on each collection."""

Report = dict[str, dict[str, float]]
Score = Callable[..., tuple[Report, dict[str, Any]]]


@pytest.fixture(scope="module")
def score(shared: Path) -> Score:
    """The scorer, which stands outside the project."""
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Score = module.score
    return found


@pytest.fixture(scope="module")
def reports(score: Score, shared: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """The figures of each collection."""
    found = {}
    for name, documents, gold in (
        ("dev", shared / "dev" / "docs", shared / "dev" / "gold"),
        ("seeds", shared / "seeds", shared / "gold"),
        ("examples", root / "examples" / "corpus", root / "examples" / "gold"),
        ("annotated", root / "benchmarks" / "annotated" / "docs", root / "benchmarks" / "annotated" / "gold"),
    ):
        out = tmp_path_factory.mktemp(name)
        extract([documents], out)
        found[name], _ = score(gold, out, [], documents if name != "examples" else None)
    return found


@pytest.mark.parametrize(("collection", "figure"), [(name, figure) for name in FLOORS for figure in FLOORS[name]])
def test_a_figure_does_not_fall(reports: dict[str, Report], collection: str, figure: str) -> None:
    row = reports[collection][figure]
    reached = row["f1"] if "f1" in row else row["accuracy"]
    assert reached >= FLOORS[collection][figure]
