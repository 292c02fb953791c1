"""Print the speed of restoring, stage by stage, in million characters a second beside OpenCC alone.

    python -m benchmarks.bench_restore [FOLDER]      the .txt files in FOLDER too, by default none

The text is built from the shipped sentences of the register: as they are, in traditional script, and spun by our own
lexicons. Each figure is the best of five runs over about 300,000 characters (spun: 30,000).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import opencc

from unionkg.nlp.restore import restore
from unionkg.nlp.script import to_simplified
from unionkg.nlp.spam import find_injections
from unionkg.nlp.spin import lexicon, spinner

CHARACTERS = 300_000
RUNS = 5


def register() -> str:
    """Return the sentences of the register over and over, in a new order each time."""
    lines = (files("unionkg.nlp") / "data" / "union_register.txt").read_text("utf-8").splitlines()
    sentences = [line for line in lines if not line.startswith("#")]
    draw = random.Random(1)
    text: list[str] = []
    while sum(map(len, text)) < CHARACTERS:
        text += draw.sample(sentences, len(sentences))
    return "\n".join(text)[:CHARACTERS]


def spun(text: str, family: str) -> str:
    """Return `text` with every word replaced for which the lexicon has a spun form."""
    table = {pair.original: spun for spun, pairs in lexicon(family).pairs.items() for pair in pairs if pair.kind != "D"}
    out: list[str] = []
    place = 0
    while place < len(text):
        size = next((size for size in range(6, 0, -1) if text[place : place + size] in table), 1)
        word = text[place : place + size]
        out.append(table.get(word, word))
        place += size
    return "".join(out)


def speed(work: Callable[[str], object], text: str) -> float:
    """Return million characters a second, the best of some runs."""
    work(text[:1000])
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work(text)
        times.append(time.perf_counter() - start)
    return len(text) / min(times) / 1e6


def main() -> None:
    clean = register()
    texts = {
        "clean": clean,
        "traditional": opencc.OpenCC("s2t").convert(clean),
        "spun a": spun(clean[:30_000], "a"),
        "spun b": spun(clean[:30_000], "b"),
    }
    if len(sys.argv) > 1:
        texts["folder"] = "\n".join(path.read_bytes().decode() for path in sorted(Path(sys.argv[1]).glob("*.txt")))
    converter = opencc.OpenCC("t2s")
    stages: dict[str, Callable[[str], object]] = {
        "opencc": converter.convert,
        "script": to_simplified,
        "injections": find_injections,
        "spinner": spinner,
        "restore": restore,
    }
    print(f"{'M characters/s':14}", *(f"{name:>11}" for name in stages))
    for name, text in texts.items():
        print(f"{name:14}", *(f"{speed(work, text):11.2f}" for work in stages.values()))


if __name__ == "__main__":
    main()
