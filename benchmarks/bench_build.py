"""Time and memory of `unionkg.build` on invented corpora: `python -m benchmarks.bench_build [SIZE …]`.

For each size (by default 100 and 1000) a corpus is made in a temporary folder, and built with one worker and with two: first into
nothing, then unchanged, then after every hundredth page was changed and one deleted. Each build is a process of its own.
Prints the seconds on the clock, those that the processors worked for all its processes (which other work on the machine
disturbs less), the most memory that was resident in the building process and in the largest of its workers, the share of
the first build (of processor seconds), and how many times as fast two workers are (on the clock); then what grows with
the pages (processor seconds), and what that says of 100,000. `--workers 2` leaves out the builds with one.
`--profile` prints where the time of an unchanged rebuild goes instead, for the largest size.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import multiprocessing
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

LARGE = 100_000
MB = 1 << 20
_RUN = "--run-one"


@dataclass(frozen=True, slots=True)
class Run:
    """What one build took: seconds on the clock and of all processors, the peak bytes of its process and largest worker."""

    seconds: float
    cpu: float
    own: int
    worker: int

    @property
    def peak(self) -> int:
        """The peak of the process and of its largest worker."""
        return self.own + self.worker


def main() -> None:
    """Read the arguments, and print the table."""
    if sys.argv[1:2] == [_RUN]:
        run_here(*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_build")
    parser.add_argument("sizes", type=int, nargs="*", default=[100, 1000], metavar="SIZE")
    parser.add_argument("--ner", choices=("rules", "lac"), default="rules")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], metavar="N")
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    sizes = sorted(set(given.sizes))
    if given.profile:
        profile(sizes[-1], given.ner, given.seed)
        return
    print(
        f"{'pages':>7} {'workers':>7} {'build':10}{'s':>8}{'cpu s':>8}{'s/1000':>9}{'MB':>7}{'+worker':>8}{'of first':>10}{'speed-up':>10}"
    )
    first: dict[int, list[Run]] = {}
    for size in sizes:
        first[size] = measure(size, given.ner, given.seed, given.workers)
    if len(sizes) > 1:
        foretell(first, sizes[-2], sizes[-1], given.workers[0])


def measure(size: int, ner: str, seed: int, numbers: Sequence[int]) -> list[Run]:
    """Print the builds of one size with these numbers of workers as they are done; return those with the first."""
    alone: list[Run] = []
    for workers in numbers:
        with tempfile.TemporaryDirectory() as made:
            corpus, out = Path(made) / "corpus", Path(made) / "KG"
            make_corpus_apart(size, corpus, seed)
            runs: list[Run] = []
            for name in ("first", "unchanged", "changed"):
                if name == "changed":
                    change(corpus / "docs")
                runs.append(run_apart(corpus / "docs", out, ner, workers))
                last = runs[-1]
                gain = f"{alone[len(runs) - 1].seconds / last.seconds:10.2f}" if alone else ""
                print(
                    f"{size:>7} {workers:>7} {name:10}{last.seconds:>8.2f}{last.cpu:>8.2f}{1000 * last.seconds / size:>9.2f}"
                    f"{last.own / MB:>7.0f}{last.worker / MB:>8.0f}{last.cpu / runs[0].cpu:>10.3f}{gain}",
                    flush=True,
                )
            alone = alone or runs
    return alone


def make_corpus_apart(size: int, corpus: Path, seed: int) -> None:
    """Make the corpus in a process of its own: a process that is started begins with its parent's peak as its own."""
    command = [sys.executable, "-m", "benchmarks.make_corpus", str(size), str(corpus), "--seed", str(seed)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def run_apart(docs: Path, out: Path, ner: str, workers: int) -> Run:
    """Return what a build takes in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.bench_build", _RUN, str(docs), str(out), ner, str(workers)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Run(**json.loads(done.stdout))


def run_here(docs: str, out: str, ner: str, workers: str) -> None:
    """Build in this process and print what it took, from the import of the program on."""
    started = time.perf_counter()
    build_once(Path(docs), Path(out), ner, int(workers))
    seconds = time.perf_counter() - started
    for child in multiprocessing.active_children():
        child.join()  # only those that were waited for are counted
    own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime
    print(json.dumps(asdict(Run(seconds, cpu, own.ru_maxrss * 1024, below.ru_maxrss * 1024))))


def build_once(docs: Path, out: Path, ner: str, workers: int) -> None:
    """Build the pages into the folder."""
    import unionkg
    from unionkg.nlp.extract import Options

    unionkg.build([docs], out, options=Options(ner="lac" if ner == "lac" else "rules"), workers=workers)


def change(docs: Path) -> None:
    """Add a sentence to every hundredth page, and delete the last page."""
    pages = sorted(docs.rglob("*.txt"))
    for page in pages[::100]:
        page.write_text(page.read_text("utf-8") + "本站记者补充报道。\n", encoding="utf-8", newline="\n")
    pages[-1].unlink()


def foretell(first: dict[int, list[Run]], small: int, large: int, workers: int) -> None:
    """Print what a further page costs between two sizes, and what a large corpus would take at that."""
    print(f"\nfrom {small} to {large} pages, workers: {workers}; {LARGE:,} pages if it goes on like that")
    for name, few, many in zip(("first", "unchanged", "changed"), first[small], first[large], strict=True):
        per_page = (many.peak - few.peak) / (large - small)
        seconds = (many.cpu - few.cpu) / (large - small)
        print(
            f"{name:10}{per_page:>10,.0f} bytes and {1000 * seconds:.2f} ms a page:"
            f" {(many.peak + per_page * (LARGE - large)) / MB / 1024:.1f} GB and"
            f" {(many.cpu + seconds * (LARGE - large)) / 60:.1f} minutes"
        )


def profile(size: int, ner: str, seed: int) -> None:
    """Print the functions that an unchanged rebuild spends most time in."""
    with tempfile.TemporaryDirectory() as made:
        corpus, out = Path(made) / "corpus", Path(made) / "KG"
        make_corpus_apart(size, corpus, seed)
        run_apart(corpus / "docs", out, ner, 2)
        profiler = cProfile.Profile()
        profiler.runcall(build_once, corpus / "docs", out, ner, 1)
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(25)


if __name__ == "__main__":
    main()
