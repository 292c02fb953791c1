"""Replies that a client may keep for as long as the build is served, and what is told where there is no answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from unionkg import errors
from unionkg.errors import UnionkgError
from unionkg.exports.answers import Answer, Triples, Truth
from unionkg.manifest import Manifest
from unionkg.server.pages.template import edition
from unionkg.server.records import Problem

VARY = "Accept, Accept-Language"

CUT = "Unionkg-Cut-Rows"
"""The header of an answer that has more rows or triples than were sent, or than what was sent rests on, with the number of these."""

_STATUSES: tuple[tuple[type[UnionkgError], int], ...] = (
    (errors.UnknownEntity, 404),
    (errors.UnknownDocument, 404),
    (errors.UnknownQuestion, 404),
    (errors.UnknownPage, 404),
    (errors.InvalidOption, 400),
    (errors.UnknownFormatName, 400),
)
_TITLES = {400: "Bad Request", 404: "Not Found", 406: "Not Acceptable", 503: "Service Unavailable"}


def cut(answer: Answer) -> dict[str, str]:
    """Return the header that says that an answer is cut; none if it is whole."""
    if isinstance(answer, Truth) or not answer.is_cut:
        return {}
    return {CUT: str(len(answer.triples if isinstance(answer, Triples) else answer.rows))}


def problem(error: UnionkgError) -> Problem:
    """Return what an error means for the one who asked; a fault that is not theirs is 503."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 503)
    return no_answer(status, str(error))


def no_answer(status: int, detail: str) -> Problem:
    """Return why there is no answer."""
    return Problem(title=_TITLES[status], status=status, detail=detail)


def reply(
    request: Request, manifest: Manifest, content: str | bytes, media_type: str, headers: Mapping[str, str] = {}
) -> Response:
    """Return a reply with what lets a client ask whether it still holds; empty, with 304, if it has this one already."""
    language = headers.get("Content-Language", "")
    tag = f'"{_build(manifest.seal, manifest.times.started)}-{_digest(f"{media_type} {language}")[:8]}"'
    told = {
        "ETag": tag,
        "Last-Modified": format_datetime(datetime.fromisoformat(manifest.times.started), usegmt=True),
        "Cache-Control": "no-cache",
        "Vary": VARY,
        **headers,
    }
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=told)
    return Response(content, media_type=media_type, headers=told)


@cache
def _build(seal: str, started: str) -> str:
    return _digest(f"{seal} {started} {edition()}")[:16]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
