"""What a request of the SPARQL 1.1 Protocol asks: one query, perhaps of other graphs. Updates are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from unionkg.exports.store import Graphs

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MOST_PARAMETERS = 1000

_OF_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
_OF_QUERIES = ("query", "default-graph-uri", "named-graph-uri")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the graphs that it is asked of if the request names any, and the formats that it names."""

    query: str
    graphs: Graphs | None
    formats: tuple[str, ...]


async def asked(request: Request) -> Asked | None:
    """Return what the request asks; None if it is no operation, but asks for the service itself.

    The parameters may stand in the address and, of a form, in the body. Raises HTTPException, its detail one line: 400 for
    a request that is malformed or has not one query, 403 for an update, 415 for a body of another type.
    """
    parameters = _parameters(request.url.query, "the address")
    if request.method == "POST":
        media_type, charset = _content_type(request.headers.get("content-type", ""))
        if media_type not in (FORM, QUERY, UPDATE):
            raise HTTPException(415, f"the body is {media_type or 'of no type'}; accepted: {FORM}, {QUERY}")
        if charset not in ("utf-8", "utf8"):
            raise HTTPException(415, f"the body is in {charset}; accepted: UTF-8")
        body = _decoded(await request.body(), "the body")
        if media_type == FORM:
            parameters += _parameters(body, "the body")
        else:
            parameters.append(("query" if media_type == QUERY else "update", body))
    return _read(parameters, is_post=request.method == "POST")


def _read(parameters: Sequence[tuple[str, str]], *, is_post: bool) -> Asked | None:
    def values(name: str) -> list[str]:
        return [value for key, value in parameters if key == name]

    if any(key in _OF_UPDATES for key, _ in parameters):
        raise HTTPException(403, "updates are refused: this server only reads")
    queries = values("query")
    if not is_post and not any(key in _OF_QUERIES for key, _ in parameters):
        return None
    if len(queries) != 1:
        raise HTTPException(400, f"the request has {len(queries)} queries; accepted: 1, as the parameter `query`")
    default, named = values("default-graph-uri"), values("named-graph-uri")
    graphs = Graphs(tuple(default), tuple(named)) if default or named else None
    return Asked(queries[0], graphs, tuple(values("format")))


def _parameters(text: str, place: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise HTTPException(400, f"a parameter in {place} is not UTF-8") from None
    except ValueError:
        raise HTTPException(400, f"there are too many parameters in {place}; accepted: {MOST_PARAMETERS:,}") from None


def _decoded(data: bytes, place: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"{place} is not UTF-8, at byte {error.start + 1}") from None


def _content_type(header: str) -> tuple[str, str]:
    """Return the media type, empty if there is none, and the charset."""
    if not header:
        return "", "utf-8"
    message = Message()
    message["content-type"] = header.replace("\n", " ").replace("\r", " ")
    return message.get_content_type(), (message.get_content_charset() or "utf-8").lower()
