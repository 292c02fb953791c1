"""Replies that several addresses give: why there is no answer, and what may be asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from unionkg.errors import (
    InvalidQuery,
    NotAKnowledgeGraph,
    QueryCrash,
    QueryLost,
    QueryTimeout,
    QueryTooLarge,
    TooManyQueries,
    UnionkgError,
    UnknownFormatName,
)

RETRY_S = 2
_STATUS: dict[type[UnionkgError], int] = {
    InvalidQuery: 400,
    UnknownFormatName: 406,
    QueryCrash: 400,
    QueryTooLarge: 413,
    NotAKnowledgeGraph: 503,
    QueryLost: 503,
    TooManyQueries: 503,
    QueryTimeout: 504,
}

Handler = Callable[[Request], Awaitable[Response]]


def told(handler: Handler) -> Handler:
    """Return a handler whose errors are replies of one line; and what it replies depends on the Accept header."""

    @wraps(handler)
    async def telling(request: Request) -> Response:
        try:
            response = await handler(request)
        except HTTPException as error:
            response = PlainTextResponse(f"{error.detail}\n", error.status_code, headers=error.headers)
        except tuple(_STATUS) as error:
            response = PlainTextResponse(f"{error}\n", _STATUS[type(error)])
        if response.status_code == 503:
            response.headers["Retry-After"] = str(RETRY_S)
        response.headers["Vary"] = "Accept, Accept-Language"
        return response

    return telling


def only_reads(*methods: str) -> Response:
    """Return the reply to OPTIONS."""
    return Response(status_code=204, headers={"Allow": ", ".join(("GET", "HEAD", "OPTIONS", *methods))})
