"""One build is served at a time, whole; a new one is taken up while requests go on."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.graph.world import extraction, union
from tests.unionkg.server.conftest import Live, Serve
from tests.unionkg.server.worlds import build
from unionkg.errors import NotAKnowledgeGraph
from unionkg.exports.plain import plain
from unionkg.folder import locked, replacing
from unionkg.graph.attributes import nodes
from unionkg.graph.build import build_graph
from unionkg.querying import state_of
from unionkg.server import holding as holding_module
from unionkg.server.holding import Holding
from unionkg.server.kept import Kept, remove_abandoned
from unionkg.server.settings import Settings

NAMES = ["浙江省总工会", "江西省总工会", "辽宁省总工会", "甘肃省总工会"]
QUERY = "SELECT ?name { ?union ukg:mentionCount ?n ; skos:prefLabel ?name }"
SLACK_S = 30.0  # for a machine with much else to do


def put(folder: Path, name: str) -> None:
    """Put a graph of one union in the folder's place, as a build does."""
    code = {"浙": "330000", "江": "360000", "辽": "210000", "甘": "620000"}[name[0]]
    with locked(folder), replacing(folder, "cache") as new:
        build(new, build_graph([extraction(name, [union(name, code)])]), text=name)


def processes(live: Live) -> set[int]:
    """The numbers of the processes that answer the queries of the build that is served."""
    workers = live.app.state.holding.current.pool._workers
    return {worker._process.pid for worker in workers if worker._process is not None}


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SLACK_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


async def told(request: Request) -> Response:
    """Answer with what is told of the union by everything that is read of a build, at two moments."""
    holding: Holding = request.app.state.holding
    first = holding.current
    (name,) = [attributes["name"] for _, attributes in nodes(first.kg.graph)]
    answer: Any = plain(await first.pool.answer(QUERY))
    second = holding.current
    return JSONResponse(
        [
            name,
            answer[0]["name"],
            *(text.text for text in second.kg.texts()),
            *(attributes["name"] for _, attributes in nodes(second.kg.graph)),
            next(iter(second.catalogues["zh"].index.entries.values())).name,
        ]
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    put(tmp_path / "KG", NAMES[0])
    return tmp_path / "KG"


@pytest.fixture
def following(place: Path, serve: Serve) -> Iterator[Live]:
    """A server of the folder that looks often."""
    with serve([Route("/told", told)], folder=place, look_s=0.05) as live:
        yield live


def name_served(live: Live) -> str:
    found: list[str] = httpx.get(f"{live.address}/told", timeout=SLACK_S).raise_for_status().json()
    assert len(found) == 5
    assert len(set(found)) == 1, found
    return found[0]


def health(live: Live) -> Any:
    return httpx.get(f"{live.address}/health").raise_for_status().json()


def test_new_builds_are_taken_up_under_a_stream_of_requests(following: Live, place: Path) -> None:
    seen: list[str] = []
    faults: list[BaseException] = []
    is_over = threading.Event()

    def ask() -> None:
        with httpx.Client(timeout=SLACK_S) as client:
            while not is_over.is_set():
                try:
                    found = client.get(f"{following.address}/told").raise_for_status().json()
                    assert len(set(found)) == 1, found
                    assert len(found) == 5, found
                    seen.append(found[0])
                except BaseException as error:  # noqa: BLE001 — it is told to the test
                    faults.append(error)
                    return

    first, old = processes(following), weakref.ref(following.app.state.holding.current.kg)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for name in NAMES[1:]:
            put(place, name)
            until(lambda name=name: bool(faults) or seen[-1:] == [name])  # type: ignore[misc]
            put(place, NAMES[0])
            put(place, name)  # twice quickly
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    assert not faults
    assert set(seen) >= set(NAMES)
    until(lambda: not any(map(is_there, first)))
    until(lambda: gc.collect() >= 0 and old() is None)
    until(lambda: sum(path.name.startswith(".KG.served-") for path in place.parent.iterdir()) == 1)


def test_a_link_that_is_changed_leads_to_the_new_build(tmp_path: Path, serve: Serve) -> None:
    link = tmp_path / "KG"
    for name, folder in zip(NAMES, ("first", "second"), strict=False):
        put(tmp_path / folder, name)
    link.symlink_to("first")
    with serve([Route("/told", told)], folder=link, look_s=0.05) as live:
        assert name_served(live) == NAMES[0]
        (tmp_path / "new").symlink_to("second")
        (tmp_path / "new").replace(link)
        until(lambda: name_served(live) == NAMES[1])


def test_the_old_build_answers_until_the_new_one_can(
    following: Live, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, is_free = holding_module._read, threading.Event()

    def slow(settings: Settings) -> Any:
        assert is_free.wait(SLACK_S)
        return right(settings)

    monkeypatch.setattr(holding_module, "_read", slow)
    put(place, NAMES[1])
    for pid in processes(following):  # also by a process that is started when its folder is gone
        os.kill(pid, 9)
    (worker, *_) = following.app.state.holding.current.pool._workers
    until(lambda: not worker._process.is_alive())
    assert name_served(following) == NAMES[0]
    is_free.set()
    until(lambda: name_served(following) == NAMES[1])


def test_a_folder_that_is_away_for_a_moment_is_no_new_build(following: Live, place: Path) -> None:
    place.rename(place.with_name("away"))
    until(lambda: health(following)["status"] == "stale")
    assert name_served(following) == NAMES[0]
    place.with_name("away").rename(place)
    until(lambda: health(following)["status"] == "ok")
    assert name_served(following) == NAMES[0]


def test_a_build_that_makes_the_same_again_is_not_read_again(following: Live, place: Path) -> None:
    served = following.app.state.holding.current
    put(place, NAMES[0])
    until(lambda: following.app.state.holding._state == state_of(place))
    assert following.app.state.holding.current is served
    assert name_served(following) == NAMES[0]
    put(place, NAMES[1])
    until(lambda: name_served(following) == NAMES[1])


@pytest.mark.parametrize("file", ["manifest.json", "graph.json", "store/CURRENT"])
def test_a_broken_build_stays_unserved_and_is_told_once(
    following: Live, place: Path, caplog: pytest.LogCaptureFixture, file: str
) -> None:
    before = health(following)
    assert (before["status"], before["failure"]) == ("ok", None)
    with caplog.at_level(logging.WARNING, "unionkg.server"), locked(place):
        with replacing(place, "cache") as new:
            build(new, build_graph([extraction("broken", [union(NAMES[1], "360000")])]), text=NAMES[1])
            (new / file).write_bytes((new / file).read_bytes()[:-9])
        until(lambda: health(following)["status"] == "stale")
        time.sleep(0.5)
    now = health(following)
    assert now["build"] == before["build"]
    assert now["failure"]["error"] == "NotAKnowledgeGraph"
    assert str(place) not in str(now)
    assert len([record for record in caplog.records if "not served" in record.getMessage()]) == 1
    assert name_served(following) == NAMES[0]
    put(place, NAMES[2])
    until(lambda: name_served(following) == NAMES[2])
    assert health(following)["failure"] is None
    assert health(following)["build"] != before["build"]


def test_a_folder_without_texts_is_served(place: Path) -> None:
    (place / "texts.jsonl").unlink()
    holding = Holding(Settings(folder=place, workers=1))
    try:
        assert list(holding.current.kg.texts()) == []
    finally:
        holding.close()


@pytest.mark.parametrize("file", ["graph.json", "texts.jsonl", "store/CURRENT"])
def test_a_folder_that_is_not_as_it_was_built_is_not_served(place: Path, file: str) -> None:
    with (place / file).open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(NotAKnowledgeGraph, match="is not what the build wrote") as caught:
        Holding(Settings(folder=place, workers=1))
    assert str(place / Path(file).parts[0]) in str(caught.value)
    assert [path.name for path in place.parent.iterdir()] == ["KG"]


def test_a_build_that_is_lent_outlives_the_next(place: Path) -> None:
    import anyio

    holding = Holding(Settings(folder=place, workers=1, look_s=0.01))

    async def run() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(holding.follow)
            with holding.lent() as lent:
                put(place, NAMES[1])
                with anyio.fail_after(SLACK_S):
                    while holding._newest is lent:
                        await anyio.sleep(0.01)
                await anyio.sleep(0.1)
                assert holding.current is lent
                assert [text.text for text in lent.kg.texts()] == [NAMES[0]]
                assert plain(await lent.pool.answer(QUERY)) == [{"name": NAMES[0]}]
            assert holding.current is not lent
            with anyio.fail_after(SLACK_S):
                while lent.kept.folder.exists():
                    await anyio.sleep(0.01)
            tasks.cancel_scope.cancel()

    try:
        anyio.run(run)
    finally:
        holding.close()


def test_kept_files_are_links_that_stay(place: Path) -> None:
    kept = Kept(place)
    assert (kept.folder / "graph.json").samefile(place / "graph.json")
    shutil.rmtree(place)
    assert (kept.folder / "graph.json").stat().st_size > 0
    kept.close()
    assert not kept.folder.exists()


def test_where_there_can_be_no_links_files_are_copied(
    place: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    monkeypatch.setattr(os, "link", refuse)
    place.parent.chmod(0o500)
    kept = Kept(place)
    try:
        assert os.geteuid() == 0 or kept.folder.parent == elsewhere
        assert (kept.folder / "graph.json").read_bytes() == (place / "graph.json").read_bytes()
        assert not (kept.folder / "graph.json").samefile(place / "graph.json")
        assert (kept.folder / "store" / "CURRENT").is_file()
    finally:
        kept.close()
        place.parent.chmod(0o700)


def test_the_cache_with_its_unmasked_texts_is_not_kept(place: Path) -> None:
    (place / "cache.sqlite").write_bytes(b"x")
    kept = Kept(place)
    assert not (kept.folder / "cache.sqlite").exists()
    kept.close()


def test_what_a_killed_server_left_is_removed_and_what_is_in_use_is_not(place: Path) -> None:
    kept, left = Kept(place), place.with_name(".KG.served-left")
    shutil.copytree(kept.folder, left)
    remove_abandoned(place)
    assert kept.folder.exists()
    assert not left.exists()
    kept.close()


def test_a_folder_that_changes_while_it_is_linked_is_linked_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = iter(NAMES[1:3])

    def disturbed(folder: Path) -> Kept:
        kept = Kept(folder)
        for name in names:
            put(place, name)
            break
        return kept

    monkeypatch.setattr(holding_module, "Kept", disturbed)
    holding = Holding(Settings(folder=place, workers=1))
    try:
        assert [text.text for text in holding.current.kg.texts()] == [NAMES[2]]
    finally:
        holding.close()
    assert [path.name for path in place.parent.iterdir()] == ["KG"]
