"""Zip archives with equal bytes for equal content: they know no time, and nothing of the machine that wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that the format can tell

_UNIX, _PLAIN_FILE = 3, 0o100644


def write_archive(members: Iterable[tuple[str, Callable[[BinaryIO], None]]], stream: BinaryIO) -> None:
    """Write an archive of members, each a name and what writes its content, in the order given."""
    with ZipFile(stream, "w") as archive:
        for name, write in members:
            with archive.open(member(name), "w", force_zip64=True) as part:
                write(cast(BinaryIO, part))


def member(name: str) -> ZipInfo:
    """Return what an archive says of a file: its name, and that it is compressed."""
    info = ZipInfo(name, EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = _PLAIN_FILE << 16
    return info
