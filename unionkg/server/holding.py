"""The graph that is being served, and the next one when a new build has taken its folder's place.

A build is served from links to its own files (`unionkg.server.kept`), so that nothing of it changes while requests are
answered from it: not the store when a query's process is started anew, nor what is read of the folder later.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import anyio
from anyio.to_thread import run_sync

from unionkg import manifest
from unionkg.errors import NotAKnowledgeGraph, UnionkgError
from unionkg.exports.files import BUILT, GRAPH_FILE
from unionkg.exports.store import STORE_FOLDER
from unionkg.graph.texts import NAME as TEXTS
from unionkg.kg import KG, load
from unionkg.querying import QueryWorker, state_of
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.server.kept import Kept, remove_abandoned
from unionkg.server.library import Library
from unionkg.server.pool import Pool
from unionkg.server.settings import Settings

SERVED = (manifest.NAME, GRAPH_FILE, BUILT["nt"], TEXTS, STORE_FOLDER)
"""The files that must be as the build wrote them; of these the texts may be missing."""

_LONGEST_PAUSE_S = 60.0
_TRIES = 5  # to find the folder the same before its files are linked and after

_LOG = logging.getLogger("unionkg.server")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Served:
    """One build, all of it: a request is answered from one of these alone.

    `state` is what `state_of` says of its folder, `since` when it was taken up (ISO 8601, UTC).
    """

    kg: KG
    catalogues: dict[str, Catalogue]
    library: Library
    pool: Pool
    state: tuple[int, ...]
    since: str
    kept: Kept

    def close(self) -> None:
        """End its processes and remove its links."""
        self.pool.close()
        self.kept.close()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the newest build is not the one that is served, and when that was last seen (ISO 8601, UTC)."""

    at: str
    error: Exception


class Holding:
    """Holds the build that is served now, and those that are still being answered from."""

    def __init__(self, settings: Settings) -> None:
        """Raises NotAKnowledgeGraph if the folder is none, or is not as its build wrote it."""
        self.settings = settings
        self.failure: Failure | None = None
        remove_abandoned(settings.folder)
        self._newest = _read(settings)
        self._state = self._newest.state
        self._old: list[Served] = []
        self._users: Counter[Served] = Counter()
        self._lent: ContextVar[Served] = ContextVar("lent")

    @property
    def current(self) -> Served:
        """The build that is served: within `lent` always the same one."""
        return self._lent.get(self._newest)

    @contextmanager
    def lent(self) -> Iterator[Served]:
        """Lend the newest build, which stays whole until the block ends; within it, it is the current one."""
        served = self._newest
        self._users[served] += 1
        token = self._lent.set(served)
        try:
            yield served
        finally:
            self._lent.reset(token)
            self._users[served] -= 1

    async def follow(self) -> None:
        """Take up each new build of the folder, until cancelled. What is being answered from an old one goes on."""
        pause_s = self.settings.look_s
        while True:
            await anyio.sleep(pause_s)
            await run_sync(self._close_unused)
            if await run_sync(self._is_served):
                self.failure, pause_s = None, self.settings.look_s
                continue
            try:
                new = await run_sync(_read, self.settings)
            except Exception as error:  # noqa: BLE001 — whatever is wrong with it, the build before is served on
                self._tell(error)
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
                continue
            self._old.append(self._newest)
            self._newest, self._state, self.failure, pause_s = new, new.state, None, self.settings.look_s
            _LOG.info("a new build is served, made at %s", new.kg.manifest.times.started)

    def close(self) -> None:
        """End all processes and remove all links."""
        for served in (*self._old, self._newest):
            served.close()
        self._old.clear()

    def _is_served(self) -> bool:
        """Return whether the folder holds the newest build; one that made the same again has only told another time."""
        state = state_of(self.settings.folder)
        if state != self._state:
            try:
                seal = manifest.read(self.settings.folder).seal
            except (UnionkgError, OSError):
                return False
            if seal != self._newest.kg.manifest.seal:
                return False
            self._state = state
        return True

    def _close_unused(self) -> None:
        for served in [one for one in self._old if not self._users[one]]:
            self._old.remove(served)
            del self._users[served]
            served.close()

    def _tell(self, error: Exception) -> None:
        if self.failure is None or str(self.failure.error) != str(error):
            is_ours = isinstance(error, (UnionkgError, OSError))
            _LOG.warning(
                "the build in the folder is not served, but the one before: %s",
                error,
                exc_info=None if is_ours else error,
            )
        self.failure = Failure(_now(), error)


def _read(settings: Settings) -> Served:
    """Read the build that is in the folder. Raises NotAKnowledgeGraph."""
    kept, state = _kept(settings.folder)
    try:
        kg = load(kept.folder)
        _check(kg, settings)
        catalogues = {"zh": kg.catalogue("zh"), "en": kg.catalogue("en")}
        for catalogue in catalogues.values():  # what is made when it is first asked for would let a request wait
            _ = catalogue.prefixes, catalogue.documents, catalogue.figures
        library = Library(kg, catalogues["zh"])
        pool = Pool(kept.folder, settings)
        pool.start()
        return Served(kg=kg, catalogues=catalogues, library=library, pool=pool, state=state, since=_now(), kept=kept)
    except BaseException:
        kept.close()
        raise


def _kept(folder: Path) -> tuple[Kept, tuple[int, ...]]:
    """Return links to the files of one build, and the state of the folder that had them."""
    for _ in range(_TRIES):
        state = state_of(folder)
        manifest.read(folder)  # it tells by the folder's own name what is wrong with it
        with suppress(FileNotFoundError):
            kept = Kept(folder)
            if state_of(folder) == state:
                return kept, state
            kept.close()
    raise NotAKnowledgeGraph(f"{folder}: it is changed all the time; wait until all of the folder is there")


def _check(kg: KG, settings: Settings) -> None:
    """Raise NotAKnowledgeGraph if a file is not as the build wrote it, as in a folder that is just being copied."""
    altered = kg.altered()
    if not (kg.folder / TEXTS).exists():
        altered.pop(TEXTS, None)
    found = [name for name in SERVED if name in altered]
    if found:
        raise NotAKnowledgeGraph(
            f"{settings.folder / found[0]}: {altered[found[0]]}; build again, or wait until all of the folder is there"
        )
    with closing(QueryWorker(kg.folder, memory_mb=settings.memory_mb)) as worker:
        worker.answer("ASK {}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
