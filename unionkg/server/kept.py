"""The files of one build, kept as they are while it is served, whatever takes their folder's place.

They are hard links, which cost no room, in a hidden folder beside (`.KG.served-…`); where there can be none, they are copies in
the system's folder for temporary files. A lock of the system's on a file in it, which ends with its holder, says that it is in use:
what a killed server left is removed by the next.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from glob import escape
from pathlib import Path

from unionkg import manifest
from unionkg.folder import lock_now

_LOCK = ".lock"
_OWN = getattr(os, "O_NOFOLLOW", 0)  # everybody may put links into a folder for temporary files


class Kept:
    """The files of a folder, of which `folder` has all but the cache; until it is closed."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError if a file goes away meanwhile, or there is no room for copies."""
        source = folder.resolve()
        prefix = f".{source.name}.served-"
        try:
            place = tempfile.mkdtemp(prefix=prefix, dir=source.parent)
        except OSError:
            place = tempfile.mkdtemp(prefix=prefix)
        self.folder = Path(place)
        self._lock: int | None = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        lock_now(self._lock)
        try:
            _link(source, self.folder)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Remove the files. Those that are open can be read on."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        shutil.rmtree(self.folder, ignore_errors=True)


def remove_abandoned(folder: Path) -> None:
    """Remove what killed servers left of this folder."""
    source = folder.resolve()
    for place in (source.parent, Path(tempfile.gettempdir())):
        for found in place.glob(f".{escape(source.name)}.served-*/{_LOCK}"):
            with suppress(OSError):
                lock = os.open(found, os.O_RDWR | _OWN)
                is_free = lock_now(lock)
                os.close(lock)
                if is_free:
                    shutil.rmtree(found.parent, ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    for path in source.iterdir():
        new = target / path.name
        if path.is_dir() and not path.is_symlink():
            new.mkdir()
            _link(path, new)
        elif not path.name.startswith((manifest.CACHE, ".")):
            try:
                os.link(path.resolve(), new)
            except FileNotFoundError:
                raise
            except OSError:  # another file system, another owner, or none that has links
                shutil.copyfile(path, new)
