"""The server as an ASGI application: what is answered at which path."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from unionkg.server.api import routes as api_routes
from unionkg.server.holding import Holding
from unionkg.server.pages.handling import routes as page_routes
from unionkg.server.settings import Settings


def application(settings: Settings) -> Starlette:
    """Return the application. Raises NotAKnowledgeGraph if the folder is none."""
    holding = Holding(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(holding.follow)
            yield
            tasks.cancel_scope.cancel()
        holding.current.pool.close()

    app = Starlette(routes=[Route("/health", health), *api_routes(), *page_routes()], lifespan=lifespan)
    app.state.holding = holding
    return app


async def health(request: Request) -> Response:
    """Answer that the server is there, and which build it serves."""
    kg = request.app.state.holding.current.kg
    return JSONResponse({"status": "ok", "entities": kg.graph.number_of_nodes(), "facts": kg.graph.number_of_edges()})
