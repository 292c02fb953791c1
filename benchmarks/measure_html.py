"""Print how much of an article is read from web pages, and how much else, beside trafilatura alone.

    python -m benchmarks.measure_html [--show TEMPLATE]

The pages are those of `web_pages`. Recall is the share of the articles' characters that are read, in sentences that are
whole; precision the share of what is read that is of the article, its title and labels aside; whole lines are paragraphs and
rows that are a line of their own; labels are the titles, dates and sources that are read. The templates written afterwards
were measured before anything was mended for them; `docs/quality.md` has these figures.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from trafilatura import extract

from benchmarks.web_pages import TEMPLATES, UNSEEN, Page, pages
from unionkg.nlp.read_html import read_html

_SENTENCE = re.compile(r"[^。！？：]+[。！？：]?[”’）]*|[。！？：]")


@dataclass
class Score:
    """Characters of articles that were found, of those there are, and of what is none; lines and labels likewise."""

    found: int = 0
    there: int = 0
    wrong: int = 0
    whole: int = 0
    lines: int = 0
    labels: int = 0
    wanted: int = 0

    def add(self, other: Score) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def __str__(self) -> str:
        precision = self.found / max(self.found + self.wrong, 1)
        return f"{precision:8.1%} {self.found / self.there:8.1%} {self.whole / self.lines:8.1%} {self.labels / self.wanted:8.1%}"


def by_us(data: bytes) -> str:
    return read_html(data, "page.html")[0].text


def by_trafilatura(data: bytes) -> str:
    return extract(data, include_comments=False, include_tables=True) or ""


def by_trafilatura_with_recall(data: bytes) -> str:
    return extract(data, include_comments=False, include_tables=True, favor_recall=True) or ""


READERS: dict[str, Callable[[bytes], str]] = {
    "unionkg": by_us,
    "trafilatura": by_trafilatura,
    "trafilatura, for recall": by_trafilatura_with_recall,
}


def bare(text: str) -> str:
    return re.sub(r"[\s|]+|^- ", "", text)


def score(page: Page, text: str) -> tuple[Score, str]:
    """Return the score of what was read, and the rest of it that is not of the article."""
    rest = bare(text)
    result = Score()
    for line in page.article.lines:
        for piece in line.split("\t") if "\t" in line else _SENTENCE.findall(line):
            sentence = bare(piece)
            result.there += len(sentence)
            if sentence in rest:
                result.found += len(sentence)
                rest = rest.replace(sentence, "\n", 1)
    read = {bare(line) for line in text.split("\n")}
    result.lines = len(page.article.lines)
    result.whole = sum(bare(line) in read for line in page.article.lines)
    labels = (page.article.title, page.article.date, page.article.source)
    result.wanted, result.labels = len(labels), sum(bare(label) in bare(text) for label in labels)
    for one in sorted(map(bare, page.beside), key=len, reverse=True):
        rest = rest.replace(one, "") if one else rest
    result.wrong = len(rest.replace("\n", ""))
    return result, "\n".join(filter(None, rest.split("\n")))


def table(title: str, scores: Iterable[tuple[str, Score]]) -> None:
    print(f"\n{title:35}{'precision':>9} {'recall':>8} {'lines':>8} {'labels':>8}")
    for name, one in scores:
        print(f"{name:35} {one}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how articles are read from web pages.")
    parser.add_argument(
        "--show", choices=[*TEMPLATES, *UNSEEN], help="print what is read wrong from the pages of this template"
    )
    options = parser.parse_args()
    made = list(pages())
    groups = {"templates": TEMPLATES, "templates written afterwards": UNSEEN}
    totals: dict[str, list[tuple[str, Score]]] = {group: [] for group in groups}
    for name, read in READERS.items():
        by_template = {template: Score() for template in (*TEMPLATES, *UNSEEN)}
        start = time.perf_counter()
        texts = [read(page.data) for page in made]
        seconds = time.perf_counter() - start
        for page, text in zip(made, texts, strict=True):
            found, rest = score(page, text)
            by_template[page.template].add(found)
            if options.show == page.template and name == "unionkg":
                read_lines = {bare(line) for line in text.split("\n")}
                missing = "\n".join(line for line in page.article.lines if bare(line) not in read_lines)
                print(f"--- {page.article.title}\n{text}\n    too much:\n{rest}\n    missing:\n{missing}")
        table(f"{name}, {1000 * seconds / len(made):.0f} ms a page", by_template.items())
        for group, templates in groups.items():
            total = Score()
            for template in templates:
                total.add(by_template[template])
            totals[group].append((name, total))
    for group, scores in totals.items():
        table(f"{len(groups[group])} {group}", scores)


if __name__ == "__main__":
    main()
