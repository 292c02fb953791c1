"""The Reconciliation Service API 0.2 over HTTP: requests become calls of `unionkg.reconciliation`'s functions.

At `/reconcile` names of types and properties are in the language of the request (`unionkg.server.language`);
`/zh/reconcile` and `/en/reconcile` always have one. JSONP, which 0.2 leaves to the service, is not offered: with it a service
runs code in its client's page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qs, urlsplit

import anyio
import msgspec
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from unionkg.errors import InvalidRequest, RequestTooLarge, UnknownEntity
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.reconciliation.extend import extend, propose_properties
from unionkg.reconciliation.preview import flyout_of_entity, flyout_of_property, flyout_of_type, preview
from unionkg.reconciliation.queries import answer_queries
from unionkg.reconciliation.request import Json
from unionkg.reconciliation.service_manifest import FLYOUT, PREVIEW, PROPOSALS, SUGGEST, service_manifest
from unionkg.reconciliation.suggest import suggest_entities, suggest_properties, suggest_types
from unionkg.server.language import Language, language_of
from unionkg.server.settings import Settings

PATH = "/reconcile"
PATHS: dict[str, Language | None] = {PATH: None, f"/zh{PATH}": "zh", f"/en{PATH}": "en"}
"""The paths of the service, with the language of each; None leaves it to the client."""

Parameters = dict[str, str]
Answering = Callable[[Catalogue, Parameters], Response]
"""Answers from a catalogue and the parameters of a request, in a thread."""

_FORM = "application/x-www-form-urlencoded"
_FIELDS = 20
_SUGGESTIONS = {"entity": suggest_entities, "property": suggest_properties, "type": suggest_types}
_FLYOUTS = {"entity": flyout_of_entity, "property": flyout_of_property, "type": flyout_of_type}
_FRAMED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"  # on pages of clients


def reconciliation_routes(settings: Settings) -> list[BaseRoute]:
    """Return the routes of the service in each of its languages. They share as many threads as there are workers."""
    threads = CapacityLimiter(settings.workers)

    def route(path: str, language: Language | None, answering: Answering, *methods: str) -> BaseRoute:
        return Route(path, partial(_answer, settings, threads, language, answering), methods=methods or ("GET",))

    return [
        one
        for path, language in PATHS.items()
        for one in (
            route(path, language, partial(_service, settings, path), "GET", "POST"),
            route(path + PROPOSALS, language, _proposals),
            route(path + PREVIEW, language, _preview),
            *(route(f"{path}{SUGGEST}{what}", language, partial(_suggest, what)) for what in _SUGGESTIONS),
            *(route(f"{path}{FLYOUT}{what}", language, partial(_flyout, what)) for what in _FLYOUTS),
        )
    ]


async def _answer(
    settings: Settings, threads: CapacityLimiter, language: Language | None, answering: Answering, request: Request
) -> Response:
    """Return the answer that a thread makes; an error is told as JSON, with `status`, as clients have come to know it."""
    catalogue: Catalogue = request.app.state.holding.current.catalogues[language or language_of(request)]
    try:
        parameters = await _parameters(request)
        with anyio.fail_after(settings.timeout_s):  # for a thread to be free; each work has its own limits
            response = await run_sync(answering, catalogue, parameters, limiter=threads)
    except TimeoutError:
        response = _error(503, "all threads are busy; ask again later")
        response.headers["Retry-After"] = "1"
    except RequestTooLarge as error:
        response = _error(413, str(error))
    except InvalidRequest as error:
        response = _error(400, str(error))
    except UnknownEntity as error:
        response = _error(404, str(error))
    if language is None:
        response.headers["Vary"] = "Accept-Language"
    return response


async def _parameters(request: Request) -> Parameters:
    """Return the parameters in the form that was posted, else in the query. Raises InvalidRequest."""
    data = request.scope["query_string"]
    if request.method == "POST":
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
            raise HTTPException(415, f"The body is of another type; accepted: {_FORM}.")
        data = await request.body()
    try:
        found = parse_qs(data.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError as error:
        raise InvalidRequest(f"these are no parameters as forms send them: {error}") from error
    return {name: values[0] for name, values in found.items()}


def _service(settings: Settings, path: str, catalogue: Catalogue, parameters: Parameters) -> Response:
    """Answer queries, or a question for columns; without either, say what the service is."""
    if "queries" in parameters:
        return _json(answer_queries(catalogue, parameters["queries"], limit_s=settings.timeout_s))
    if "extend" in parameters:
        return _json(extend(catalogue, parameters["extend"]))
    view = _view(catalogue.base, settings.address)
    return _json(service_manifest(catalogue, settings.address + path, view=view))


def _view(base: str, address: str) -> str | None:
    """Return the address of an entity's page, where the path of its IRI is the path of its page."""
    parts = urlsplit(base)
    is_address = parts.scheme in {"http", "https"} and parts.path.endswith("/") and not parts.query
    return f"{address}{parts.path}{{{{id}}}}" if is_address else None


def _proposals(catalogue: Catalogue, parameters: Parameters) -> Response:
    return _json(propose_properties(catalogue, parameters.get("type", ""), parameters.get("limit", 0)))


def _preview(catalogue: Catalogue, parameters: Parameters) -> Response:
    return HTMLResponse(preview(catalogue, parameters.get("id", "")), headers={"Content-Security-Policy": _FRAMED})


def _suggest(what: str, catalogue: Catalogue, parameters: Parameters) -> Response:
    return _json(_SUGGESTIONS[what](catalogue, parameters.get("prefix", ""), parameters.get("cursor", 0)))


def _flyout(what: str, catalogue: Catalogue, parameters: Parameters) -> Response:
    return _json(_FLYOUTS[what](catalogue, parameters.get("id", "")))


def _json(told: Json, status: int = 200) -> Response:
    return Response(msgspec.json.encode(told), status, media_type="application/json")


def _error(status: int, message: str) -> Response:
    return _json({"status": "error", "message": message}, status)
