"""A Dask cluster gives the answers that this machine's processes give, also if workers are lost on the way."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import distributed
import pytest

import unionkg
from tests.unionkg.hostile import RULES, Hostile, Other, Unloadable
from tests.unionkg.test_building import files
from tests.unionkg.test_engines import written
from unionkg.corpus import Answer, Step
from unionkg.engines import Engine, extract_files
from unionkg.errors import InvalidOption, MissingExtra, UnusableCluster, WorkerLost

WORK = Hostile()


@dataclass(frozen=True)
class Cluster:
    """A cluster of two processes: its address, and a client of its own."""

    address: str
    client: Any

    def kill_a_worker(self) -> None:
        """Kill a worker, as the system does that has no memory left."""
        os.kill(min(self.client.run(os.getpid).values()), signal.SIGKILL)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A real cluster on this machine, whose lost workers are replaced."""
    start: Any = distributed.LocalCluster
    connect: Any = distributed.Client
    with (
        start(n_workers=2, threads_per_worker=1, memory_limit=0, dashboard_address="127.0.0.1:0") as local,
        connect(local, set_as_default=False) as client,
    ):
        yield Cluster(local.scheduler_address, client)


def on(cluster: Cluster, paths: list[Path], work: Hostile = WORK) -> Iterator[Answer]:
    return extract_files(paths, work, Engine("dask", scheduler=cluster.address, time_limit_s=1))


def test_documents_fail_alone_as_they_do_here(cluster: Cluster, tmp_path: Path) -> None:
    paths = [*written(tmp_path, "", "crashes", "", "hangs", "recurses", "exits", ""), tmp_path / "gone.txt"]
    workers = cluster.client.run(os.getpid)
    assert list(on(cluster, paths)) == list(extract_files(paths, WORK, Engine(workers=1, time_limit_s=1)))
    assert cluster.client.run(os.getpid) == workers


def test_a_lost_worker_makes_no_difference_to_the_graph(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    paths = written(tmp_path / "documents", *[""] * 40)
    seen: list[str | None] = []

    def kill(step: Step) -> None:
        if step.stage == "extract":
            seen.append(step.path)
            if step.done == 3:
                cluster.kill_a_worker()

    here = unionkg.build(paths, tmp_path / "here", options=RULES, workers=1)
    there = unionkg.build(
        paths, tmp_path / "there", options=RULES, engine="dask", scheduler=cluster.address, progress=kill
    )
    assert files(there.folder) == files(here.folder)
    assert seen == [path.as_posix() for path in sorted(paths)]


def test_a_document_whose_workers_are_all_lost_fails_and_the_run_goes_on(cluster: Cluster, tmp_path: Path) -> None:
    paths = written(tmp_path, "", "ends dask", "")
    found = list(on(cluster, paths))
    # Dask blames all that a lost worker had, so another document may fail with it, for the same reason.
    reasons = [answer.failure for answer in found]
    assert "Dask workers ended while they had it" in str(reasons[1])
    assert all(reason is None or "Dask workers ended while they had it" in reason for reason in reasons)


def test_workers_of_another_version_are_refused(cluster: Cluster, tmp_path: Path) -> None:
    with pytest.raises(UnusableCluster, match=r"the Dask worker at tcp://.* has another state of unionkg"):
        list(on(cluster, written(tmp_path, ""), Other()))


def test_workers_that_cannot_begin_end_all(cluster: Cluster, tmp_path: Path) -> None:
    with pytest.raises(WorkerLost, match="No module named 'model'"):
        list(on(cluster, written(tmp_path, ""), Unloadable()))


def test_a_cluster_is_started_where_none_is_named(tmp_path: Path) -> None:
    paths = written(tmp_path, "", "exits", "")
    found = list(extract_files(paths, WORK, Engine("dask", workers=2)))
    assert found == list(extract_files(paths, WORK, Engine(workers=1)))


@pytest.mark.parametrize("address", ["x", "tcp://x", "pigeon://x:1", "tcp://a:b:c"])
def test_what_is_no_address_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidOption, match="accepted: such as tcp"):
        list(extract_files(written(tmp_path, ""), WORK, Engine("dask", scheduler=address)))


def test_without_dask_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r'pip install "unionkg\[dask\]"'):
        list(extract_files(written(tmp_path, ""), WORK, Engine("dask")))
