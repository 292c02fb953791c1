"""Kill builds at random moments, and see that nothing is lost: `python -m benchmarks.kill_builds N [--seed S]`.

A small corpus is built, changed and built again and again, and these builds are killed with SIGKILL: half after a random
time, half before a random one of the steps in which a build opens, makes, renames or removes a file, from a random stage of
it, so that the short moments have their share. Every fourth is a first build, every fourth has no renameat2(2), and every eighth reads its documents
in processes of their own. After each kill the folder must be whole, old or new (a first build may have left none; without
renameat2(2) it may stand aside for a moment), and no process may be left. The next build must succeed, take from the cache what
the killed one had read, leave nothing beside the folder, and give the bytes of builds that were not interrupted.

Prints the seed, and how many kills came while what was being done. Ends at the first loss, with what was lost. For Linux.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from pathlib import Path

import msgspec

from unionkg import cache, folder
from unionkg.building import build
from unionkg.checksums import agree
from unionkg.corpus import Step
from unionkg.extractor import Extractor
from unionkg.kg import load
from unionkg.manifest import outputs_of, seal_of
from unionkg.nlp.extract import Options

RULES = Options(ner="rules")
PLACES = ("云南", "贵州", "四川", "湖南", "江西", "安徽", "甘肃", "青海")
TEXT = "2024年{month}月3日，{place}省总工会举办第{month}届“金梭杯”技能竞赛，参加职工{month}万人。卜海澜当选{place}省总工会主席。\n"
EVENTS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "sqlite3.connect", "ctypes.dlsym"}
LAZY = ("unionkg.exports.files", "unionkg.exports.plain", "unionkg.graph.build", "unionkg.viz.page", "pypinyin")
NAMES = {
    "": "beginning",
    "extract": "reading documents",
    "graph": "making the graph",
    "write": "writing files",
    "written": "replacing the folder",
    "ended": "",
}
GONE_S = 10.0  # in which the processes of a killed build must end

_fork = multiprocessing.get_context("fork")  # each build has a process that need not import anything first


class Loss(Exception):
    """Something that must never happen has happened."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one build is killed: so many seconds after it has first said something, or before the step of this number."""

    seconds: float | None
    event: int | None
    is_first: bool = False
    workers: int = 0
    has_exchange: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """Where builds are killed, and what uninterrupted ones make of the two editions of the corpus."""

    place: Path
    right: list[dict[str, bytes]]

    @property
    def docs(self) -> Path:
        """The corpus."""
        return self.place / "docs"

    @property
    def out(self) -> Path:
        """The folder that is built."""
        return self.place / "out" / "KG"


def main() -> None:
    """Read the arguments, kill the builds and print what they were at."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill_builds")
    parser.add_argument("kills", type=int, nargs="?", default=150, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    print(f"{given.kills} kills, seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory() as made:
        moments = kill_builds(Path(made), given.kills, given.seed)
    for moment, number in moments.most_common():
        print(f"{number:5}  {moment}")


def kill_builds(place: Path, kills: int, seed: int) -> Counter[str]:
    """Kill so many builds; return how many came while what was being done. Raises Loss."""
    chance = random.Random(seed)
    for name in LAZY:  # so that the steps of a build are its own, not those of imports
        import_module(name)
    Extractor(RULES).load()
    whole, world = rehearsed(place)
    moments: Counter[str] = Counter()
    for number in count():
        workers = 2 * (number % 8 == 1)
        seconds, stages = whole[workers]
        by_time = chance.random() < 0.5
        plan = Plan(
            seconds=chance.uniform(0, seconds) if by_time else None,
            event=None if by_time else chance.choice(chance.choice(stages)),
            is_first=number % 4 == 2,
            workers=workers,
            has_exchange=number % 4 != 3,
        )
        try:
            moment = kill(world, plan, number % 2)
        except Loss as loss:
            raise Loss(f"build {number}, {plan}: {loss}") from loss
        if moment:  # else it had ended before its time
            moments[moment] += 1
        if moments.total() == kills:
            break
    return moments


def rehearsed(place: Path) -> tuple[dict[int, tuple[float, list[list[int]]]], World]:
    """Build both editions; return how long a build with so many workers takes and the steps of its stages, and the world."""
    world = World(place, [])
    for edition in (0, 1):
        write_corpus(world.docs, edition)
        finish(world, 0)
        world.right.append(content(world.out))
        shutil.rmtree(world.out)
    finish(world, 0)
    whole: dict[int, tuple[float, list[list[int]]]] = {}
    for edition, workers in enumerate((0, 2)):
        write_corpus(world.docs, edition)
        started = time.monotonic()
        steps = finish(world, workers)
        stages: dict[str, list[int]] = {}
        events = [index for index, step in enumerate(steps) if step == "event"]
        for number, index in enumerate(events):
            stages.setdefault(doing(steps[:index]), []).append(number)
        whole[workers] = time.monotonic() - started, list(stages.values())
        check(world.out, [world.right[edition]])
    return whole, world


def write_corpus(docs: Path, edition: int) -> None:
    """Write edition 0 or 1 of the corpus; they differ in one document, and each has one that the other has not."""
    docs.mkdir(parents=True, exist_ok=True)
    for old in docs.iterdir():
        old.unlink()
    for month, place in enumerate(PLACES, 1):
        if place != PLACES[-edition]:
            text = TEXT.format(month=month, place=place) + "竞赛历时两天。\n" * (edition and month == 3)
            (docs / f"{place}.txt").write_text(text, "utf-8")


def kill(world: World, plan: Plan, edition: int) -> str:
    """Kill a build of this edition upon one of the other, see what it left, and return what it was doing, "" if it had ended."""
    if plan.is_first:
        shutil.rmtree(world.out.parent)
    write_corpus(world.docs, edition)
    steps = interrupted(world, plan)
    left = {path.name for path in world.out.parent.iterdir()} if world.out.parent.exists() else set()
    if not world.out.exists():
        if ".KG.previous" in left and not plan.has_exchange:
            check(world.out.with_name(".KG.previous"), [world.right[1 - edition]])
        elif not plan.is_first:
            raise Loss(f"the old graph is gone; there are {sorted(left)}")
    else:
        check(world.out, [world.right[edition]] if plan.is_first else world.right)
    read = sum(step == "extract" for step in steps)
    finish(world, 0, least_known=read)
    check(world.out, [world.right[edition]])
    if extra := {path.name for path in world.out.parent.iterdir()} - {"KG"}:
        raise Loss(f"left beside the folder: {sorted(extra)}")
    return doing(steps)


def doing(steps: list[str]) -> str:
    """Return what a build was at that has said so much, "" if nothing more."""
    return NAMES[next((step for step in reversed(steps) if step != "event"), "")]


def interrupted(world: World, plan: Plan) -> list[str]:
    """Return what a build said until it was killed, or until its end if that came first."""
    reader, writer = os.pipe()
    child = start(lambda: say_steps(world, writer, plan))
    os.close(writer)
    with os.fdopen(reader) as stream:  # ends when the last process of the build has closed it
        said = stream.readline()
        if plan.seconds is not None:
            child.join(plan.seconds)
            child.kill()
        steps = [*said.split(), *stream.read().split()]
    child.join()
    deadline = time.monotonic() + GONE_S
    while left := session_of(child.pid or 0):
        if time.monotonic() > deadline:
            raise Loss(f"processes {left} live on")
        time.sleep(0.02)
    if child.exitcode not in (0, -signal.SIGKILL):
        raise Loss(f"a build ended with exit code {child.exitcode}")
    return steps


def finish(world: World, workers: int, least_known: int = 0) -> list[str]:
    """Build to the end and return what was said. Raises Loss if that fails, or if fewer files were known from before."""
    plan = Plan(None, None, workers=workers)
    steps = interrupted(world, plan)
    times = load(world.out).manifest.times
    if times.from_cache < least_known:
        raise Loss(f"of {least_known} documents that were read only {times.from_cache} are known")
    return steps


def start(work: Callable[[], object]) -> multiprocessing.process.BaseProcess:
    """Do the work in a process and a session of its own."""

    def run() -> None:
        os.setsid()
        work()

    process = _fork.Process(target=run)
    process.start()
    return process


def say_steps(world: World, writer: int, plan: Plan) -> None:
    """Build, and write to the pipe what is done: steps of the build, and `event` for each file that is dealt with."""
    cache.COMMIT_S = 0
    if not plan.has_exchange:
        folder._exchange = lambda one, other: False
    events = 0

    def say(word: str) -> None:
        os.write(writer, f"{word}\n".encode())

    def on_event(name: str, _: object) -> None:
        nonlocal events
        if name in EVENTS:
            if events == plan.event:
                os.kill(os.getpid(), signal.SIGKILL)
            events += 1
            if plan.event is None and plan.seconds is None:
                say("event")

    def on_step(step: Step) -> None:
        say("written" if step == Step("write", 1, 1) else step.stage)

    sys.addaudithook(on_event)
    build([world.docs], world.out, options=RULES, workers=plan.workers, progress=on_step)
    say("ended")


def check(out: Path, accepted: list[dict[str, bytes]]) -> None:
    """Raise Loss unless the folder is a whole graph, with one of these contents."""
    if content(out) not in accepted:
        raise Loss(f"{out.name} holds something else than an uninterrupted build makes")
    looked = start(lambda: sys.exit(not is_whole(out)))
    looked.join()
    if looked.exitcode:
        raise Loss(f"{out.name} is not whole")


def is_whole(out: Path) -> bool:
    """Return whether manifest, files, graph and store agree."""
    kg = load(out)
    stated = kg.manifest
    is_asked = kg.sparql("SELECT (COUNT(?union) AS ?n) WHERE { ?union a ukg:TradeUnion }") == [
        {"n": sum(kind.get("subtype") == "union" for _, kind in kg.graph.nodes(data=True))}
    ]
    return is_asked and stated.seal == seal_of(stated) and stated.outputs == outputs_of(out) and agree(out / "store")


def content(out: Path) -> dict[str, bytes]:
    """Return the bytes of all files that are the same in every build of a corpus, the manifest without its times."""
    found = {
        path.name: path.read_bytes()
        for path in out.iterdir()
        if path.is_file() and path.name not in (cache.NAME, "manifest.json")
    }
    stated = msgspec.json.decode((out / "manifest.json").read_bytes())
    del stated["times"]
    return {**found, "manifest.json": msgspec.json.encode(stated)}


def session_of(leader: int) -> list[int]:
    """Return the living processes of a session, as Linux lists them."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = file.read_text().rpartition(")")[2].split()[:4]
        except OSError:  # it has just ended
            continue
        if int(session) == leader and state != "Z":
            found.append(int(file.parent.name))
    return found


if __name__ == "__main__":
    main()
