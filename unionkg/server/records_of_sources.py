"""What the graph was built from and with, as a record."""

from __future__ import annotations

from collections import Counter

from unionkg.server.library import Library
from unionkg.server.paging import page_of
from unionkg.server.records import About, Source
from unionkg.viz.report import folder_of, without

ON_A_PAGE = 100


def about(library: Library, page: int) -> About:
    """Return the origin of the graph, with a page of the files: those that failed first. Raises UnknownPage.

    Paths are told below the folder that all files lie in. Files that are to be forgotten are counted alone.
    """
    manifest = library.kg.manifest
    folder = folder_of([one.path for one in manifest.sources])
    order = ("failed", "read", "duplicate")
    named = [one for one in manifest.sources if one.state in order]
    named.sort(key=lambda one: (order.index(one.state), not (one.broken or one.warnings), one.path))
    shown = page_of(named, page, ON_A_PAGE)
    return About(
        base=manifest.base,
        built=manifest.times.started,
        seal=manifest.seal,
        options=manifest.options,
        versions=manifest.versions,
        states=dict(Counter(one.state for one in manifest.sources)),
        judgements=len(manifest.ledger.judgements) if manifest.ledger else 0,
        sources=[
            Source(
                path=one.path.removeprefix(folder),
                state=one.state,
                said=[
                    without(said.removeprefix(f"{one.path}: "), folder)
                    for said in (*([one.reason] if one.reason else ()), *one.broken, *one.warnings)
                ],
            )
            for one in shown.items
        ],
        sources_total=shown.total,
        page=page,
        pages=shown.pages,
    )
