"""One process and two, side by side: `python -m benchmarks.bench_workers [FOLDER [COPIES]]`.

The documents of FOLDER (the example corpus) are copied under other names, a line added, so that no two are equal. Prints
seconds for one process and for two, in turn, with the start of the processes and from the first answer on, and the ratio
of the medians; and what the same work takes in one process while a second does the same work beside it, which is what the
machine itself has to give. Only on an idle machine with two cores do these figures mean anything: the load is printed. CPU
seconds, of all processes and of this one alone, mean something on any.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from unionkg.engines import Engine, extract_files
from unionkg.extractor import Extractor
from unionkg.nlp.extract import Options
from unionkg.nlp.reading import find_sources

ROUNDS = 3
COPIES = 100
EXAMPLES = Path(__file__).parent.parent / "examples" / "corpus"


def main() -> None:
    """Run the rounds and print the medians."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    copies = int(sys.argv[2]) if len(sys.argv) > 2 else COPIES
    with TemporaryDirectory() as place:
        paths = _copies(folder, Path(place), copies)
        if len(sys.argv) > 3:  # the one beside, see `_beside`
            _seconds(paths, 1)
            return
        seconds: dict[str, list[Times]] = {"one": [], "two": [], "one beside one": []}
        print(f"{len(paths)} documents, load {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores")
        for _ in range(ROUNDS):
            seconds["one"].append(_seconds(paths, 1))
            seconds["two"].append(_seconds(paths, 2))
            seconds["one beside one"].append(_beside(folder, paths, copies))
            print("  ".join(f"{name} {times[-1].whole:.1f} s" for name, times in seconds.items()), flush=True)
        print(f"load {os.getloadavg()[0]:.2f}")
    for what in ("whole", "from_first", "cpu", "cpu_here"):
        one, two, beside = (median(getattr(times, what) for times in each) for each in seconds.values())
        print(
            f"{what:10}  one {one:6.2f} s  two {two:6.2f} s  ratio {one / two:.2f}  the machine {2 * one / beside:.2f}"
        )


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from the start, and from the first answer; CPU seconds of all processes, and of this one alone."""

    whole: float
    from_first: float
    cpu: float
    cpu_here: float


def _copies(folder: Path, place: Path, copies: int) -> list[Path]:
    sources = [file for file in find_sources([folder]).files if file.suffix == ".txt"]
    paths = []
    for number in range(copies):
        for source in sources:
            path = place / f"{number:04}_{source.name}"
            path.write_bytes(source.read_bytes() + f"\n{number}\n".encode())
            paths.append(path)
    return paths


def _seconds(paths: list[Path], workers: int) -> Times:
    """Return how long extraction takes."""
    start, here, others = time.perf_counter(), _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)
    answers = extract_files(paths, Extractor(Options()), Engine(workers=workers))
    next(answers)
    first = time.perf_counter()
    for _ in answers:
        pass
    end = time.perf_counter()
    here, others = _cpu(resource.RUSAGE_SELF) - here, _cpu(resource.RUSAGE_CHILDREN) - others
    return Times(end - start, end - first, here + others, here)


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _beside(folder: Path, paths: list[Path], copies: int) -> Times:
    """Return the seconds of one process while another program does the same work."""
    command = [sys.executable, "-m", "benchmarks.bench_workers", str(folder), str(copies), "beside"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL):
        return _seconds(paths, 1)


if __name__ == "__main__":
    main()
