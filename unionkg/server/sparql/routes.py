"""Which address is answered by what."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from unionkg.server.sparql import assets, endpoint, graph_store


def sparql_routes() -> list[BaseRoute]:
    """Return the routes of SPARQL, of the Graph Store, and of what their page is made of."""
    return [
        Route(endpoint.PATH, endpoint.sparql, methods=["GET", "OPTIONS", "POST"]),
        Route(graph_store.PATH, graph_store.graph, methods=["GET", "OPTIONS"]),
        *(Route(path, assets.asset) for path in assets.content()),
    ]
