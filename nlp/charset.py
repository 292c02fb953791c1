"""The text behind the bytes of a file, in the encodings that Chinese documents come in.

A byte order mark decides. Without one, text that is valid UTF-8 is UTF-8. What remains is GB18030 or Big5: each is
decoded strictly, and the decoding whose Han characters are the more common ones wins, since the wrong one gives rare
characters even where it gives any (measured: right on every 300-character file tried, where general detectors are not).
Where no decoding fits, a few broken bytes are forgiven: files that were cut inside a character, or patched together.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from importlib.resources import files

from unionkg.errors import UndecodableFile
from unionkg.nlp.script import to_simplified

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("gb18030", "big5", "cp950", "big5hkscs")
ACCEPTED = "UTF-8, UTF-16 or UTF-32 with byte order mark, GB18030, Big5"

SAMPLE = 20_000  # characters that are enough to judge a decoding by
BROKEN_SHARE = 0.01  # of the characters that may be broken, each then U+FFFD
BROKEN_FEW = 2  # that may be broken however short the text is
SHORTEST_BROKEN = 20  # characters of a text that may have any broken
COMMON_SHARE = 0.5  # of the characters beyond ASCII; Chinese prose has .95 and more, a wrong decoding .3 and less
CONTROL_SHARE = 0.005  # a stray control character survives in old web text, a binary file is full of them

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def decode(data: bytes, name: str, *, forgive: bool = True) -> tuple[str, str]:
    """Return the text of `data` without byte order mark, newlines untouched, and the name of its encoding.

    Bytes that do not fit are U+FFFD if they are few, and none are forgiven if `forgive` is false. `name` says in error
    messages whose bytes they are. Raises UndecodableFile.
    """
    try:
        text, encoding = _decode(data, name)
    except UndecodableFile:
        patched = _patched(data) if forgive else None
        if patched is None:
            raise
        text, encoding = patched
    sample = text[:SAMPLE]
    if len(_CONTROL.findall(sample)) > CONTROL_SHARE * len(sample):
        raise UndecodableFile(f"{name}: the bytes are no text, control characters abound; accepted: {ACCEPTED}")
    return text, encoding


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise UndecodableFile(f"{name}: begins with the mark of {encoding} but {_reason(error)}") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        failure = error
    best = (COMMON_SHARE, "", "")
    for encoding in CANDIDATES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        best = max(best, (common_share(text), text, encoding), key=lambda candidate: candidate[0])
    _, text, encoding = best
    if not encoding:
        raise UndecodableFile(f"{name}: not UTF-8 ({_reason(failure)}) nor any other of: {ACCEPTED}")
    return text, encoding


def _patched(data: bytes) -> tuple[str, str] | None:
    """Return the text with U+FFFD for the bytes that do not fit, None if they are too many in every encoding."""
    marked = [(mark, encoding) for mark, encoding in MARKS if data.startswith(mark)][:1]
    for mark, encoding in marked or [(b"", "utf-8"), *((b"", encoding) for encoding in CANDIDATES)]:
        text = data[len(mark) :].decode(encoding, "replace")
        broken = text.count("\ufffd")
        few = broken <= BROKEN_SHARE * len(text) or (broken <= BROKEN_FEW and len(text) >= SHORTEST_BROKEN)
        if few and common_share(text) >= COMMON_SHARE:
            return text, encoding
    return None


def _reason(error: UnicodeDecodeError) -> str:
    return f"byte {error.start} does not fit: {error.reason}"


def common_share(text: str) -> float:
    """Return how many of the characters beyond ASCII are common in Chinese text, 0 to 1, judged by the beginning."""
    characters = _BEYOND_ASCII.findall(to_simplified(text[:SAMPLE]))
    common = _common_characters()
    return sum(character in common for character in characters) / len(characters) if characters else 0.0


@cache
def _common_characters() -> frozenset[str]:
    lines = (files("unionkg.nlp") / "data" / "frequent_han.txt").read_text("utf-8").splitlines()
    han = "".join(line for line in lines if not line.startswith("#"))
    return frozenset(han + "，。、；：？！“”‘’（）《》【】—…·　「」『』〈〉０１２３４５６７８９％")
