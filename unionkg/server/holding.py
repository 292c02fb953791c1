"""The graph that is being served, and the next one when a new build has taken its folder's place."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import anyio
from anyio.to_thread import run_sync

from unionkg.errors import UnionkgError
from unionkg.kg import KG, load
from unionkg.querying import state_of
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.server.library import Library
from unionkg.server.pool import Pool
from unionkg.server.settings import Settings

_LOG = logging.getLogger("unionkg.server")


@dataclass(frozen=True, slots=True)
class Served:
    """One state of the folder, all of it from one build: a request asks for it once, and is answered from it alone."""

    kg: KG
    catalogues: dict[str, Catalogue]
    library: Library
    pool: Pool
    state: tuple[int, ...]


class Holding:
    """Holds the state of the folder that is served now."""

    def __init__(self, settings: Settings) -> None:
        """Raises NotAKnowledgeGraph if the folder is none."""
        self.settings = settings
        self.current = _served(settings)

    async def follow(self) -> None:
        """Take up each new build of the folder, until cancelled. What is being answered from the old one goes on."""
        async with anyio.create_task_group() as old_ones:
            while True:
                await anyio.sleep(self.settings.look_s)
                if state_of(self.settings.folder) in {self.current.state, ()}:
                    continue
                try:
                    new = await run_sync(_served, self.settings)
                except (UnionkgError, OSError) as error:
                    _LOG.warning("the new build is not taken up: %s", error)
                    continue
                old, self.current = self.current, new
                _LOG.info("a new build is served: %s", new.kg.manifest.times.started)
                old_ones.start_soon(self._retire, old)

    async def _retire(self, old: Served) -> None:
        await anyio.sleep(2 * self.settings.timeout_s)
        old.pool.close()


def _served(settings: Settings) -> Served:
    """Read the folder. A build that takes its place meanwhile leaves a state that is not the folder's, and is seen next."""
    state = state_of(settings.folder)
    kg = load(settings.folder)
    catalogues = {"zh": kg.catalogue("zh"), "en": kg.catalogue("en")}
    library = Library(kg, catalogues["zh"])
    pool = Pool(settings.folder, settings)
    pool.start()
    return Served(kg, catalogues, library, pool, state)
