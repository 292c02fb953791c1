"""Feed broken files to every reader and report what they should not do.

    python -m benchmarks.fuzz_readers [--seconds 60] [--seed 1] [--only .pdf] [--keep FOLDER]

Valid files of every format are mutated: bytes flipped, cut, doubled, moved, replaced by the format's own tokens, two files
spliced; of archives also the members inside. A reader may return documents or raise a DocumentError. Anything else is a
finding: another exception, the end of the process, more than 20 s or 2 GB for a file of some kilobytes, text that is no
Unicode. Findings are printed with the number that makes the file again, and written to FOLDER. The exit code is 1 if there
are any. The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import docx
from opencc import OpenCC

from tests.nlp.packed_zip import packed
from tests.nlp.written_pdf import write_pdf
from unionkg.errors import DocumentError
from unionkg.nlp.reading import find_sources, read_file

SECONDS_A_FILE = 20
BYTES_A_PROCESS = 2_000_000_000
LARGEST = 200_000  # bytes of a mutated file, so that a slow reader is slow for another reason than size

PROSE = (
    "2023年5月6日，清溪市总工会慰问环卫工人，市总工会副主席白杨林送去毛巾和茶叶。\n　　他说：“各级工会要把服务做细。”\n"
)
ROWS = [{"标题": f"第{n}次会议", "正文": PROSE, "date": "2023-05-06", "author": ["白杨林"]} for n in range(5)]


@dataclass(frozen=True)
class Finding:
    """What a reader did that it should not, with the file."""

    suffix: str
    what: str
    data: bytes


def page() -> bytes:
    linked = json.dumps({"@type": "NewsArticle", "headline": "慰问", "author": {"name": "白杨林"}})
    paragraphs = "".join(f"<p>{PROSE}<b>市</b>总工会&amp;&#24037;&ldquo;</p>" for _ in range(6))
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>慰问_清溪网</title><meta name=PubDate content='2023-05-06'>"
        f"<script type='application/ld+json'>{linked}</script></head><body><div><a href=/>首页</a><a href=/n>新闻</a></div>"
        f"<!-- 注 --><h1>慰问</h1><div>{paragraphs}<table><tr><td>街道</td><td>人数</td></tr></table><pre>{PROSE}</pre></div>"
        "<ul><li>甲<li>乙</ul><iframe src=x></iframe></body></html>"
    ).encode()


def word() -> bytes:
    source = docx.Document()
    source.add_paragraph("清溪市").add_run("总工会").bold = True
    table = source.add_table(2, 2)
    table.cell(1, 0).merge(table.cell(1, 1)).text = "（空缺）"
    table.cell(0, 0).add_table(1, 1)
    source.add_paragraph(PROSE, style="List Number")
    file = io.BytesIO()
    source.save(file)
    return file.getvalue()


def table(delimiter: str) -> bytes:
    lines = [delimiter.join(ROWS[0])]
    lines += [delimiter.join(f'"{value}"' for value in row.values()) for row in ROWS]
    return "\r\n".join(lines).encode()


def seeds() -> dict[str, list[bytes]]:
    """Return valid files of each format, by suffix."""
    text = PROSE * 5
    lines = "\n".join(json.dumps(row, ensure_ascii=n % 2 == 0) for n, row in enumerate(ROWS)).encode()
    markdown = f"---\ntitle: 慰问\ndate: 2023-05-06\n---\n# 慰问\n\n**市**总工会[链接](x)\n\n|甲|乙|\n|-|-|\n|一|二|\n\n> {PROSE}\n\n```\n{PROSE}```\n<b>x</b>\n1. 一\n"
    rows = [(90.0, 780.0 - 18 * n, PROSE[:35]) for n in range(20)]
    return {
        ".txt": [
            *(text.encode(encoding) for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16")),
            OpenCC("s2t").convert(text).encode("big5hkscs"),
        ],
        ".html": [page(), page().decode().encode("gb18030")],
        ".md": [markdown.encode()],
        ".jsonl": [lines],
        ".csv": [table(","), table(";")],
        ".tsv": [table("\t")],
        ".pdf": [write_pdf([rows, rows, rows], title="慰问")],
        ".docx": [word()],
        ".zip": [packed({"通讯/1.txt": text.encode(), "2.html": page(), "3.docx": word()})],
    }


TOKENS = {
    ".html": [b"<div>", b"<table>", b"</p>", b"<!--", b"-->", b"<![CDATA[", b"<script>", b"&#x110000;", b"&#xD800;", b"<svg>", b"<a ", b"'"],
    ".md": [b"#", b"*", b"`", b"[", b"](", b"|", b"\n> ", b"\n- ", b"---\n", b"![", b"<", b"\\", b"\n    "],
    ".jsonl": [b"{", b"}", b"[", b'"', b"\\ud800", b"1e999", b"null", b"9" * 5000, b'"text":', b"NaN", b"\n"],
    ".csv": [b'"', b",", b"\r", b"\n", b'""', b"\0"],
    ".tsv": [b'"', b"\t", b"\r", b"\n", b"\0"],
    ".pdf": [b"/Kids", b"/Parent", b"2 0 R", b"5 0 R", b"obj", b"endstream", b"/Filter /FlateDecode", b"-1", b"99999999999", b"Tf", b"Tm", b"<FFFF>"],
    ".docx": [b"<w:p>", b"</w:p>", b"<w:tbl>", b"<w:r>", b"<w:t>", b"&x;", b"]]>", b"<!DOCTYPE a [<!ENTITY x 'y'>]>"],
    ".zip": [b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"\xff\xff\xff\xff", b"../", b"\0\0"],
}  # fmt: skip


def mutate(data: bytes, suffix: str, others: list[bytes], draw: random.Random) -> bytes:
    """Return the file with one to twelve changes."""
    if suffix in {".docx", ".zip"} and draw.random() < 0.7:
        return _mutate_member(data, suffix, draw)
    for _ in range(draw.choice([1, 1, 2, 3, 5, 12])):
        data = _change(data, TOKENS.get(suffix, [b"\0", b"\xff", b"\x81"]), others, draw)[:LARGEST]
    return data


def _mutate_member(data: bytes, suffix: str, draw: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice(sorted(members))
    if draw.random() < 0.1:
        del members[name]
    else:
        members[name] = mutate(members[name], Path(name).suffix if suffix == ".zip" else "", [], draw)
        if suffix == ".docx":
            members[name] = _change(members[name], TOKENS[".docx"], [], draw)
    return packed(members)


def _change(data: bytes, tokens: list[bytes], others: list[bytes], draw: random.Random) -> bytes:
    start = draw.randrange(len(data) + 1)
    end = min(len(data), start + draw.choice([1, 2, 8, 64, 1000]))
    piece = data[start:end]
    match draw.randrange(8):
        case 0:
            return data[:start] + bytes(byte ^ (1 << draw.randrange(8)) for byte in piece[:4]) + data[start + 4 :]
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:start] + piece * draw.choice([2, 3, 50]) + data[end:]
        case 3:
            return data[:start]
        case 4:
            return data[:start] + draw.randbytes(draw.choice([1, 2, 4, 100])) + data[start:]
        case 5:
            other = draw.choice(others) if others else data
            return data[:start] + other[draw.randrange(len(other) + 1) :]
        case 6:
            return data[:start] + draw.choice(tokens) * draw.choice([1, 1, 2, 300, 5000]) + data[start:]
        case _:
            return data[:start] + draw.choice(tokens) + data[end:]


def make(suffix: str, number: int, seed: int, files: dict[str, list[bytes]]) -> bytes:
    """Return the file of this number."""
    draw = random.Random(f"{seed} {suffix} {number}")
    return mutate(draw.choice(files[suffix]), suffix, files[draw.choice(sorted(files))], draw)


def read(path: Path) -> str:
    """Return what came of the file in a word. Anything but a DocumentError is raised."""
    sources = find_sources([path])
    outcome = "refused" if sources.failures else "read"
    for file in sources.files:
        try:
            reading = read_file(file)
        except DocumentError as error:
            str(error).encode("utf-8", "surrogateescape")
            outcome = type(error).__name__
        else:
            for document in reading.documents:
                document.text.encode()
                json.dumps(document.hints, ensure_ascii=False).encode()
            outcome = "read in part" if reading.broken else outcome
    return outcome


def work(pipe: Connection, seed: int, folder: str) -> None:
    """Read the files whose suffix and number come through the pipe; send back what came of each."""
    import logging

    logging.disable()
    resource.setrlimit(resource.RLIMIT_AS, (BYTES_A_PROCESS, BYTES_A_PROCESS))
    files = seeds()
    while True:
        suffix, number = pipe.recv()
        path = Path(folder, f"fuzzed{suffix}")
        path.write_bytes(make(suffix, number, seed, files))
        try:
            pipe.send((True, read(path)))
        except Exception:  # noqa: BLE001  # whatever it is, it is a finding
            pipe.send((False, traceback.format_exc(limit=-6)))


class Worker:
    """A process that reads, replaced when it ends or takes too long."""

    def __init__(self, seed: int, folder: str) -> None:
        self.start: Callable[[], None] = lambda: self._start(seed, folder)
        self.start()

    def _start(self, seed: int, folder: str) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=work, args=(theirs, seed, folder), daemon=True)
        self.process.start()
        theirs.close()

    def read(self, suffix: str, number: int) -> tuple[bool, str]:
        """Return whether the reader behaved, and what it did."""
        self.pipe.send((suffix, number))
        try:
            if self.pipe.poll(SECONDS_A_FILE):
                answer: tuple[bool, str] = self.pipe.recv()
                return answer
            what = f"more than {SECONDS_A_FILE} s"
        except EOFError:
            what = "the process ended"
        self.process.kill()
        self.process.join()
        what += f" (exit code {self.process.exitcode})"
        self.start()
        return False, what


def main() -> int:
    parser = argparse.ArgumentParser(description="Feed broken files to every reader.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one suffix")
    parser.add_argument("--keep", type=Path, help="a folder for the files of findings")
    options = parser.parse_args()
    files = seeds()
    suffixes = [options.only] if options.only else sorted(files)
    tally: dict[str, Counter[str]] = {suffix: Counter() for suffix in suffixes}
    slowest: dict[str, tuple[float, int]] = dict.fromkeys(suffixes, (0.0, 0))
    findings = 0
    deadline = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as folder:
        worker = Worker(options.seed, folder)
        number = 0
        while time.monotonic() < deadline:
            number += 1
            for suffix in suffixes:
                start = time.monotonic()
                is_well, what = worker.read(suffix, number)
                slowest[suffix] = max(slowest[suffix], (time.monotonic() - start, number))
                tally[suffix][what if is_well else "FINDING"] += 1
                if not is_well:
                    findings += 1
                    print(f"--- {suffix} {number}, seed {options.seed}: {what}", flush=True)
                    if options.keep:
                        options.keep.mkdir(parents=True, exist_ok=True)
                        data = make(suffix, number, options.seed, files)
                        (options.keep / f"{options.seed}-{number}{suffix}").write_bytes(data)
    for suffix, counts in tally.items():
        shown = ", ".join(f"{what} {count}" for what, count in counts.most_common())
        seconds, which = slowest[suffix]
        print(f"{suffix:6} {sum(counts.values()):6} files; slowest {seconds:.2f} s (number {which}); {shown}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
