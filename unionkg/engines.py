"""Extraction of many files, always in the order given, on one of the engines; the answers are the same on each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from unionkg.corpus import Answer
from unionkg.errors import InvalidOption
from unionkg.extractor import Task, Work, answer_of

Name = Literal["local", "dask"]
NAMES: tuple[Name, ...] = ("local", "dask")
TIME_LIMIT_S = 120.0
FILES_A_PROCESS = 8  # fewer do not repay the time in which a process loads its model


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the work is done: in processes of this machine, or on a Dask cluster.

    `workers` is the number of processes. None is for one a core, as far as there is work for them, or for all that a
    running cluster has; 0 for this process itself, which a document can then end or hold up. `scheduler` is the
    address of a running cluster; without one a cluster is started here. `time_limit_s` is for one document.

    Raises InvalidOption if these do not go together.
    """

    name: Name = "local"
    workers: int | None = None
    scheduler: str | None = None
    time_limit_s: float = TIME_LIMIT_S

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise InvalidOption(f"no engine {self.name!r}; accepted: {', '.join(NAMES)}")
        if self.workers is not None and self.workers < 0:
            raise InvalidOption(f"{self.workers} workers; accepted: 0 or more")
        if self.workers == 0 and self.name == "dask":
            raise InvalidOption("0 workers, which is for this process itself; a Dask cluster has one or more")
        if not self.time_limit_s > 0:
            raise InvalidOption(f"a time limit of {self.time_limit_s:g} s; accepted: more than 0")
        if self.scheduler is not None and self.name != "dask":
            raise InvalidOption(f"a scheduler at {self.scheduler}, but the engine is {self.name}; it goes with dask")
        if self.scheduler is not None and self.workers is not None:
            raise InvalidOption(f"{self.workers} workers, but the cluster at {self.scheduler} has those it has")


def extract_files(paths: Sequence[Path], work: Work, engine: Engine) -> Iterator[Answer]:
    """Yield the answer for each file, in order.

    A document that cannot be used, that ends its process or takes too long fails alone. Raises WorkerLost if no process
    can be started, MissingExtra if Dask is not installed, UnusableCluster.
    """
    tasks = map(Task, paths)
    workers = workers_for(len(paths)) if engine.workers is None else min(engine.workers, len(paths))
    if engine.name == "dask":
        from unionkg.dask_engine import answers_from_dask

        return answers_from_dask(tasks, work, workers, engine.time_limit_s, engine.scheduler)
    if engine.workers == 0:
        return (answer_of(task.path, list(work(task))) for task in tasks)
    from unionkg.local_engine import answers_from_processes

    return answers_from_processes(tasks, work, workers, engine.time_limit_s)


def workers_for(files: int) -> int:
    """Return how many processes are worth their start for this many files: at least one, at most one a core."""
    return max(1, min(os.cpu_count() or 1, files // FILES_A_PROCESS))
