"""The measure of review agrees with a truth of two pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import unionkg
from benchmarks.measure_review import main
from unionkg.nlp.extract import Options

PAGES = {"a.txt": "甘肃省总工会主席桑晓岚到兰州市调研。\n", "b.txt": "海南省总工会主席桑晓岚到海口市调研。\n"}


@pytest.mark.parametrize(("other", "told"), [("P/1", "1 one, 0 two"), ("P/2", "0 one, 1 two"), (None, "1 unknown")])
def test_pairs_are_one_two_or_unknown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], other: str | None, told: str
) -> None:
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, "utf-8")
    unionkg.build([tmp_path / name for name in PAGES], tmp_path / "KG", options=Options(ner="rules"), workers=0)
    people = {"a.txt": "P/1", "b.txt": other}
    lines = [
        {"doc": f"00/{page}", "names": [{"name": ["桑晓岚"], "truth": truth}] if truth else []}
        for page, truth in people.items()
    ]
    (tmp_path / "truth.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    main([str(tmp_path / "KG"), str(tmp_path / "truth.jsonl")])
    merge, possible = capsys.readouterr().out.splitlines()
    assert merge.endswith("all 0: 0 one, 0 two, 0 unknown")
    assert told in possible
