"""Archives as folders: their members' names and bytes. Nothing is ever unpacked to the disk.

A member's path is the archive's with the member's name behind it. Names are bare of what could lead elsewhere (`..`, a
leading slash), and those that are not marked as UTF-8 are decoded as Chinese archivers write them.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from unionkg.errors import DocumentError, MissingFile, OversizedFile, UndecodableFile, UnreadableFile
from unionkg.nlp.charset import decode

SUFFIX = ".zip"

TOTAL_LIMIT_BYTES = 2_000_000_000  # of what the members of one archive claim to unpack to
RATIO_LIMIT = 200  # text packs to a tenth, tables of numbers to a fiftieth; a bomb to a thousandth
RATIO_FREE_BYTES = 1_000_000  # what a small member unpacks to does no harm
MEMBERS_LIMIT = 200_000
DIRECTORY_LIMIT_BYTES = 50_000_000  # the list of members is read at once; an entry takes some 100 bytes, 500 in memory
BLOCK_BYTES = 1_000_000

METHODS = {zipfile.ZIP_STORED: "stored", zipfile.ZIP_DEFLATED: "deflate", zipfile.ZIP_BZIP2: "bzip2"}
"""How members may be packed; others may ask for gigabytes of memory to unpack a few bytes."""

UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What the standard library raises on an archive that is broken or protected."""

_IS_UTF8 = 0x800  # the flag of a name that is UTF-8, APPNOTE.TXT 4.4.4
_IS_ENCRYPTED = 0x1


class _Frugal(io.FileIO):
    """A file that refuses to be read in pieces as large as a forged directory asks for."""

    def read(self, size: int | None = -1) -> bytes:
        left = os.fstat(self.fileno()).st_size - self.tell()
        if (left if size is None or size < 0 else min(size, left)) > DIRECTORY_LIMIT_BYTES:
            raise OversizedFile(f"the list of its members is larger than the limit of {DIRECTORY_LIMIT_BYTES:,} bytes")
        return super().read(size)


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive: its members by their clean names, and the names of those that another one hides."""

    file: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    hidden: tuple[str, ...]


def open_archive(path: Path) -> Archive:
    """Return the archive at `path`. The last few are kept open, as their members are read one by one.

    Raises UnreadableFile, OversizedFile.
    """
    try:
        status = path.stat()
        return _open(path, status.st_mtime_ns, status.st_size)
    except DocumentError as error:
        raise type(error)(f"{path.as_posix()}: {error}") from error
    except UNSOUND as error:
        raise UnreadableFile(f"{path.as_posix()}: not an archive that can be opened: {error}") from error


@lru_cache(maxsize=4)
def _open(path: Path, changed: int, size: int) -> Archive:
    file = zipfile.ZipFile(_Frugal(path))
    infos = [info for info in file.infolist() if not info.is_dir()]
    if len(infos) > MEMBERS_LIMIT:
        raise OversizedFile(f"{len(infos):,} members, more than the limit of {MEMBERS_LIMIT:,}")
    check_size(infos, TOTAL_LIMIT_BYTES)
    members: dict[str, zipfile.ZipInfo] = {}
    hidden: list[str] = []
    for info in infos:
        name = _clean(_name(info))
        if not name or name.startswith("__MACOSX/") or any(part.startswith((".", "~$")) for part in name.split("/")):
            continue
        if members.setdefault(name, info) is not info:
            hidden.append(name)
    return Archive(file, members, tuple(hidden))


def check_size(infos: list[zipfile.ZipInfo], limit_bytes: int) -> None:
    """Raise OversizedFile if the members claim to unpack to more; they are never unpacked to more than they claim."""
    size = sum(info.file_size for info in infos)
    if size > limit_bytes:
        raise OversizedFile(f"unpacks to {size:,} bytes, more than the limit of {limit_bytes:,}")


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _IS_UTF8:
        return info.filename
    data = info.orig_filename.encode("cp437")  # the standard library's reading of a name without the flag
    try:
        return decode(data.partition(b"\0")[0], info.filename)[0]
    except UndecodableFile:
        return info.filename


def _clean(name: str) -> str:
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."})


def find_archive(path: Path) -> tuple[Path, str] | None:
    """Return the archive that `path` leads into and the member's name, None if it leads into none."""
    for parent in path.parents:
        if parent.suffix.lower() == SUFFIX and parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return None


def read_member(path: Path, member: str, limit_bytes: int) -> bytes:
    """Return the bytes of a member of the archive at `path`.

    Raises MissingFile, UnreadableFile, OversizedFile.
    """
    archive = open_archive(path)
    name = f"{path.as_posix()}/{member}"
    info = archive.members.get(member)
    if info is None:
        raise MissingFile(f"{name}: there is no such member in the archive")
    if info.flag_bits & _IS_ENCRYPTED:
        raise UnreadableFile(f"{name}: protected by a password")
    if info.compress_type not in METHODS:
        raise UnreadableFile(f"{name}: packed by method {info.compress_type}; accepted: {', '.join(METHODS.values())}")
    if info.file_size > limit_bytes:
        raise OversizedFile(f"{name}: {info.file_size:,} bytes, more than the limit of {limit_bytes:,}")
    if info.file_size > max(RATIO_LIMIT * info.compress_size, RATIO_FREE_BYTES):
        raise OversizedFile(
            f"{name}: unpacks from {info.compress_size:,} to {info.file_size:,} bytes, more than {RATIO_LIMIT} times"
        )
    try:
        with archive.file.open(info) as file:
            return b"".join(iter(lambda: file.read(BLOCK_BYTES), b""))
    except UNSOUND as error:
        raise UnreadableFile(f"{name}: cannot be unpacked: {error or type(error).__name__}") from error
