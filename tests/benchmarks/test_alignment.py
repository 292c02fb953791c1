"""What `measure_alignment` counts, on two studies of a page or two."""

from __future__ import annotations

from pathlib import Path

import unionkg
from benchmarks.measure_alignment import judged, read_truth, things_of
from tests.unionkg.test_diff import build

REPORT = "海南省总工会主席桑晓岚到海口市调研。\n"


def test_pairs_are_judged_by_what_their_pages_truly_name(tmp_path: Path) -> None:
    studies = [unionkg.load(build(tmp_path / name, {f"{name}.txt": REPORT + name})) for name in ("one", "two")]
    chair = [("documents/one.txt", "PERSON", "桑晓岚"), ("documents/two.txt", "PERSON", "桑晓岚")]
    mine, yours = studies
    alignment = mine.align(yours)
    for truth, verdict in (
        ({chair[0]: {"P/1"}, chair[1]: {"P/1"}}, "right"),
        ({chair[0]: {"P/1"}, chair[1]: {"P/2"}}, "wrong"),
        ({chair[0]: {"P/1", "P/2"}, chair[1]: {"P/1"}}, "unknown"),
    ):
        counts = judged(alignment, (mine, yours), truth)
        assert counts["same", "id", "PERSON", verdict] == 1
    assert list(things_of(mine, {chair[0]: {"P/1"}}).values()) == ["P/1"]


def test_the_truth_is_read_by_page_type_and_form(tmp_path: Path) -> None:
    line = '{"doc": "00/000000.txt", "names": [{"type": "ORG", "name": ["海南省总工会", "省总"], "truth": "ORG/1"}]}\n'
    (tmp_path / "truth.jsonl").write_text(line, "utf-8")
    assert read_truth(tmp_path) == {
        ("00/000000.txt", "ORG", "海南省总工会"): {"ORG/1"},
        ("00/000000.txt", "ORG", "省总"): {"ORG/1"},
    }
