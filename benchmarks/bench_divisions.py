"""Measure the divisions: loading them, finding places and choosing among those that share a name.

Run from the checkout: `python -m benchmarks.bench_divisions [CHARACTERS …]`. The rival is jieba.posseg, whose words
tagged `ns` are the nearest thing to a place that the segmenter alone gives; it neither knows codes nor tells 鼓楼区 in
Nanjing from 鼓楼区 in Fuzhou.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

from jieba import posseg  # type: ignore[import-untyped]  # jieba carries no types

from unionkg.graph.divisions import divisions
from unionkg.nlp import divisions as matching
from unionkg.nlp.divisions import find, resolve

SIZES = (400, 4_000, 40_000)
RUNS = 10
PARAGRAPH = (
    "本报湖州讯 近日，浙江省湖州市吴兴区埭溪镇总工会举办职工技能竞赛，来自织里镇、八里店镇和余杭、临平的两百多名职工参加。"
    "江苏省南京市鼓楼区、福建省福州市鼓楼区的工会干部也到场观摩，和当地职工谈朝阳产业，谈和平发展，谈怎样把服务送到车间。"
    "活动从上午九点开始，一直持续到傍晚，选手们在焊接、钳工、缝纫三个项目上比试手艺，评委逐一讲评，观众不时鼓掌。\n"
)


def milliseconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the shortest of several runs."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return 1_000 * min(times)


def load() -> None:
    """Load the data afresh and build what finding needs."""
    for made in (divisions, matching._places, matching._place_automaton, matching._township_automaton):
        made.cache_clear()
    find("湖州市埭溪镇", cuts=())


def main(sizes: list[int]) -> None:
    """Print one line for loading and one for each length of text."""
    print(f"load, with both automata: {milliseconds(load, 3):.0f} ms")
    posseg.lcut(PARAGRAPH)
    for size in sizes:
        text = (PARAGRAPH * (size // len(PARAGRAPH) + 1))[:size]
        matches = find(text)
        finding = milliseconds(partial(find, text))
        choosing = milliseconds(partial(resolve, matches, text))
        rival = milliseconds(partial(posseg.lcut, text), 1)
        print(
            f"{size:>7,} characters, {len(matches):>5} places: find {finding:.2f} ms, resolve {choosing:.2f} ms, "
            f"jieba.posseg {rival:.0f} ms"
        )


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or list(SIZES))
