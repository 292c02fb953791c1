"""Write a corpus of invented pages with the truth about who is who: `python -m benchmarks.make_corpus N FOLDER [--seed S]`.

FOLDER/docs/xx/NNNNNN.txt are the pages. FOLDER/truth.jsonl has a line a page, in order: `doc`, its path below docs; `kind` of
article; `home`, the code of the territory it is about (0 for the nation); `date`; `script`; `place`, how much it tells of where it is;
`copy_of`, the page that it repeats, and `edited`; and `names`, what it names: `type`, `name` (the forms printed), `truth` (the
id of the real thing, the same in all documents) and `hint`, false where the page leaves open whose territory it is.
The same number and seed give the same bytes; a larger corpus begins with the smaller one.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.corpus.pages import Page, make_page
from benchmarks.corpus.world import World

FILES_A_FOLDER = 1000


def main() -> None:
    """Read the arguments and write the corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.make_corpus")
    parser.add_argument("number", type=int, metavar="N")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    make_corpus(given.number, given.folder, given.seed)
    print(f"{given.number} pages in {given.folder / 'docs'}, the truth in {given.folder / 'truth.jsonl'}")


def make_corpus(number: int, folder: Path, seed: int = 0) -> None:
    """Write so many pages and their truth into the folder, one after another."""
    world = World(seed)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "truth.jsonl").open("w", encoding="utf-8", newline="\n") as truth:
        for index in range(number):
            page = make_page(world, index)
            path = folder / "docs" / path_of(index)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.text, encoding="utf-8", newline="\n")
            truth.write(json.dumps(_truth(page), ensure_ascii=False) + "\n")


def path_of(index: int) -> str:
    """Return where the page of that index lies below docs.

    >>> path_of(12345)
    '12/012345.txt'
    """
    return f"{index // FILES_A_FOLDER:02d}/{index:06d}.txt"


def _truth(page: Page) -> dict[str, object]:
    article = page.article
    return {
        "doc": path_of(page.number),
        "kind": article.kind,
        "home": article.home,
        "date": article.day.isoformat(),
        "script": page.script,
        "place": article.mode,
        "copy_of": None if page.copy_of is None else path_of(page.copy_of),
        "edited": page.is_edited,
        "names": [
            {"type": one.type, "name": list(one.name), "truth": one.truth, "hint": one.hint} for one in page.names
        ],
    }


if __name__ == "__main__":
    main()
