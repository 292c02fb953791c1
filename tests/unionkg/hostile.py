"""Work whose documents do to their process what they say, in the place of extraction."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from unionkg.extractor import Extractor
from unionkg.graph.model import Document, Extraction, Metadata
from unionkg.graph.segments import Edit
from unionkg.nlp import extract as extract_module
from unionkg.nlp.extract import Options

RULES = Options(ner="rules")


def recurse(depth: int = 0) -> int:
    """Exceed the limit of recursion."""
    return recurse(depth + 1) + 1


def want_memory() -> None:
    """Say that there is no memory left."""
    raise MemoryError


DEEDS: dict[str, Callable[[], object]] = {
    "exits": lambda: os._exit(7),
    "crashes": lambda: ctypes.string_at(0),
    "aborts": os.abort,
    "is killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "leaves": sys.exit,
    "ends dask": lambda: os.kill(os.getppid(), signal.SIGKILL),
    "broods": lambda: re.match("(a+)+$", "a" * 60 + "b"),
    "babbles": lambda: os.write(1, b"not a message"),
    "hangs": lambda: time.sleep(1000),
    "dawdles": lambda: time.sleep(0.5),
    "recurses": recurse,
    "is short of memory": want_memory,
}


def extract_hostile(document: Document, options: Options = RULES) -> tuple[Extraction, tuple[Edit, ...]]:
    """Do what a document says, then extract no more than its text as a title, which needs no models.

    `【DEED once FILE】` is done only while there is no such file.
    """
    what, _, rest = document.text.partition("【")[2].partition("】")[0].partition(" once ")
    if what in DEEDS and not (rest and Path(rest).exists()):
        if rest:
            Path(rest).touch()
        DEEDS[what]()
    return Extraction(doc="", document=document.id, metadata=Metadata(title=document.text)), ()


def children() -> set[int]:
    """The processes that this one has started and that are there, as Linux lists them."""
    return {int(pid) for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()}


@dataclass(frozen=True)
class Hostile(Extractor):
    """Extraction, put out of action in the process that loads it."""

    options: Options = RULES
    keep_bodies: bool = True

    def load(self) -> None:
        """Have documents do what they say."""
        setattr(extract_module, "extract_with_edits", extract_hostile)  # noqa: B010 — type checkers rightly refuse it


@dataclass(frozen=True)
class Unloadable(Hostile):
    """Work that cannot be begun: what is missing is raised, or ends the process."""

    deed: str = ""

    def load(self) -> None:
        """Fail."""
        if self.deed:
            DEEDS[self.deed]()
        raise ModuleNotFoundError("No module named 'model'")


@dataclass(frozen=True)
class Other(Hostile):
    """Work that another version of the program would do: its fingerprint differs in each process."""

    def fingerprint(self) -> str:
        """Return the process's number."""
        return str(os.getpid())
