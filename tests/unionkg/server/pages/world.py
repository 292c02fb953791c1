"""A small world in a KG folder, with the texts of its documents, and a client of a server of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from lxml.html import HtmlElement, document_fromstring
from starlette.testclient import TestClient

from tests.exports.world import CHAIR, CONGRESS, CONGRESS_HELD, COURIERS, NOTICE, POST, REPORT, UNION
from unionkg.checksums import write_checksums
from unionkg.exports.files import write_files
from unionkg.exports.store import STORE_FOLDER
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import readable
from unionkg.graph.segments import Edit
from unionkg.graph.texts import NAME, DocumentText, Foreign, Named, write_texts
from unionkg.kg import KG, PAGE
from unionkg.kg import REPORT as REPORT_PAGE
from unionkg.manifest import Manifest, SourceEntry, Times, count, outputs_of, write
from unionkg.server.application import application
from unionkg.server.settings import Settings

ADDRESS = "http://127.0.0.1:8000"
BASE = f"{ADDRESS}/things/"
"""What the IRIs of the world begin with: they lead to the server that the tests ask."""

REPORT_TEXT = f"暖蜂行动走进江海。\n{POST['quote']}\n一份<b>通知</b>。\n今后三年将慰问约12万至15万名快递员。"
NOTICE_TEXT = f"{CONGRESS_HELD['quote']}会后快递员参观。"
TEXTS = (
    DocumentText(
        document=REPORT,
        text=REPORT_TEXT,
        mentions=(Named(10, 16, UNION), Named(18, 21, CHAIR), Named(56, 59, COURIERS)),
    ),
    DocumentText(
        document=NOTICE,
        text=NOTICE_TEXT,
        mentions=(Named(0, 6, UNION), Named(0, 10, CONGRESS)),
        foreign=(Foreign(10, 14, "advert"),),
        edits=(Edit(3, 4, "总", "script"), Edit(9, 10, "会", "script"), Edit(10, 14, "", "foreign")),
    ),
)


def put(graph: KnowledgeGraph, folder: Path, texts: tuple[DocumentText, ...] = TEXTS, base: str = BASE) -> Path:
    """Return the folder, into which the graph, its pages and its texts are written."""
    write_files(graph, folder, base)
    write_checksums(folder / STORE_FOLDER)
    if texts:
        write_texts(sorted(texts, key=lambda one: one.document), folder / NAME)
    sources = (
        SourceEntry(path="/home/somebody/docs/a.txt", sha256=REPORT, state="read", documents=(REPORT,)),
        SourceEntry(
            path="/home/somebody/docs/b.pdf", state="failed", reason="/home/somebody/docs/b.pdf: no <b>PDF</b>"
        ),
    )
    stated = Manifest(
        base=base,
        options={"ner": "rules"},
        versions={"unionkg": "1"},
        counts=count(readable(graph), sources),
        sources=sources,
        outputs={},
        times=Times(started="2024-01-01T00:00:00+00:00", seconds=0, from_cache=0),
    )
    kg = KG(folder, stated)
    (folder / REPORT_PAGE).write_text(kg.report(), "utf-8", newline="\n")
    (folder / PAGE).write_text(kg.view().generate_html(), "utf-8", newline="\n")
    write(msgspec.structs.replace(stated, outputs=outputs_of(folder)), folder)
    return folder


@contextmanager
def asking(folder: Path, max_rows: int = 100_000) -> Iterator[TestClient]:
    """Yield a client of a server of the folder, whose answers have at most so many rows."""
    settings = Settings(folder=folder, address=ADDRESS, workers=1, max_rows=max_rows)
    with TestClient(application(settings), base_url=ADDRESS, headers={"Accept-Language": "zh"}) as client:
        yield client


def tree(text: str) -> HtmlElement:
    """Return the elements of a page."""
    return document_fromstring(text)


def words(element: HtmlElement) -> str:
    """Return the text of an element, its white space made single."""
    return " ".join(element.text_content().split())
