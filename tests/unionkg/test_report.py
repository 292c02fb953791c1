"""The report that a build leaves, and the one of a KG that is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest

import unionkg
from unionkg.graph.ledger import Judgement, to_lines
from unionkg.kg import KG
from unionkg.nlp.extract import Options

TEXTS = {
    "海南.txt": "2024年5月6日，海南省总工会召开全体会议。桑晓岚当选海南省总工会主席，联系电话13812345678。\n",
    "甘肃.txt": "甘肃省总工会与海南省总工会签订合作协议，惠及职工1200人。\n",
    "空.txt": "",
}


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def built(documents: Path, ledger: Path | None = None) -> KG:
    out = documents.parent / "KG"
    return unionkg.build([documents], out, options=Options(ner="rules"), workers=0, ledger=ledger)


def parsed(page: str) -> Any:
    return lxml.html.fromstring(page)


def test_a_build_leaves_the_report_that_the_loaded_graph_gives(documents: Path) -> None:
    kg = built(documents)
    page = (kg.folder / "report.html").read_text("utf-8")
    assert page == unionkg.load(kg.folder).report()
    assert kg.manifest.outputs["report.html"].size == len(page.encode())
    counts = kg.manifest.counts
    total = parsed(page).xpath("//table[contains(caption, 'Entities by type')]/tfoot//td")[0]
    assert total.text_content() == f"{sum(counts.entities.values())}"
    assert "空.txt" in page
    assert "13812345678" not in page


def test_a_title_of_ones_own_heads_the_report(documents: Path) -> None:
    page = parsed(built(documents).report("海南的工会 & co"))
    assert page.findtext(".//title") == page.xpath("string(//h1)") == "海南的工会 & co"


def test_a_name_that_was_taken_down_is_not_in_the_report(documents: Path) -> None:
    kg = built(documents)
    assert "桑晓岚" in kg.report()
    (documents / "桑晓岚.txt").write_text("", "utf-8")
    ledger = documents.parent / "ledger.jsonl"
    ledger.write_bytes(to_lines([Judgement(judgement="forget", subject=kg.node("桑晓岚"), who="桑晓岚", why="来信")]))
    again = built(documents, ledger=ledger)
    assert "桑晓岚" not in (again.folder / "report.html").read_text("utf-8")
    assert "桑晓岚" not in again.report()
