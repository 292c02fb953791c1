"""The files that the page to ask from is made of, at addresses that change with what is in them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

PREFIX = "/assets"
YASGUI = "yasgui-4.2.28"
FOR_EVER = "public, max-age=31536000, immutable"

_TYPES = {".css": "text/css", ".js": "text/javascript"}
_OURS = ("sparql.css", "sparql.js")
_VENDORED = tuple(f"vendor/{YASGUI}/{name}" for name in ("yasgui.min.css", "yasgui.min.js"))


async def asset(request: Request) -> Response:
    """Send one of the files, to be kept for ever."""
    path = request.url.path
    return Response(content()[path], media_type=_TYPES[path[path.rindex(".") :]], headers={"Cache-Control": FOR_EVER})


def address(name: str) -> str:
    """Return the address of the file of that name."""
    return next(path for path in content() if path.endswith(f"/{name}"))


@cache
def content() -> dict[str, bytes]:
    """Return the files by their addresses: the vendored ones in a folder with their version, ours in one with a checksum."""
    found = {}
    for name in (*_OURS, *_VENDORED):
        room = files("unionkg.server.sparql") if name in _OURS else files("unionkg.server")
        data = room.joinpath(name).read_bytes()
        folder = f"sparql-{sha256(data).hexdigest()[:12]}" if name in _OURS else YASGUI
        found[f"{PREFIX}/{folder}/{name.rpartition('/')[2]}"] = data
    return found
