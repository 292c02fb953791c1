"""The server as an ASGI application: what is answered at which path."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import anyio
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from unionkg.server.api import routes as api_routes
from unionkg.server.guard import guarded
from unionkg.server.holding import Holding
from unionkg.server.pages.handling import routes as page_routes
from unionkg.server.reconcile import reconciliation_routes
from unionkg.server.settings import Settings
from unionkg.server.sparql.routes import sparql_routes


def application(settings: Settings, more: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the application, with `more` routes of the caller's own before ours.

    Raises NotAKnowledgeGraph if the folder is none, or not as the build wrote it. An endpoint finds the build to answer from
    in `request.app.state.holding.current`. What is started with it ends with the application's lifespan; if that never
    runs, `state.holding.close()` ends it.
    """
    holding = Holding(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(holding.follow)
            yield
            tasks.cancel_scope.cancel()
        holding.close()

    app = Starlette(
        routes=[
            *more,
            Route("/health", health),
            *sparql_routes(),
            *reconciliation_routes(settings),
            *api_routes(),
            *page_routes(),
        ],
        middleware=[Middleware(guarded, settings=settings), Middleware(_from_one_build, holding=holding)],
        lifespan=lifespan,
    )
    app.state.holding = holding
    return app


def _from_one_build(app: ASGIApp, holding: Holding) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        with holding.lent():
            await app(scope, receive, send)

    return answer


async def health(request: Request) -> Response:
    """Answer that the server is there, which build it serves, and whether the folder holds another that it cannot serve."""
    holding: Holding = request.app.state.holding
    served, failure = holding.current, holding.failure
    told = {
        "status": "stale" if failure else "ok",
        "build": served.kg.manifest.seal,
        "built": served.kg.manifest.times.started,
        "served_since": served.since,
        "entities": served.kg.graph.number_of_nodes(),
        "facts": served.kg.graph.number_of_edges(),
        # the log says what is wrong, and where: paths are nobody else's business
        "failure": {"at": failure.at, "error": type(failure.error).__name__} if failure else None,
    }
    return JSONResponse(told, headers={"Cache-Control": "no-store"})
