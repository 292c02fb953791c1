"""`/graph`: whole graphs, as the SPARQL 1.1 Graph Store HTTP Protocol has it, to be read only.

The knowledge graph itself is sent from the files that its build has left, which takes no memory.
"""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from unionkg.exports.answers import Wanted
from unionkg.exports.files import BUILT
from unionkg.exports.store import Graphs
from unionkg.server.holding import Holding, Served
from unionkg.server.negotiation import chosen
from unionkg.server.sparql.endpoint import gone
from unionkg.server.sparql.forms import TRIPLES
from unionkg.server.sparql.replies import only_reads, told

PATH = "/graph"
ALL = "CONSTRUCT WHERE { ?subject ?predicate ?object }"
ANY = "ASK { ?subject ?predicate ?object }"


@told
async def graph(request: Request) -> Response:
    """Send the graph that is named with `graph`, or the knowledge graph for `default`."""
    if request.method == "OPTIONS":
        return only_reads()
    holding: Holding = request.app.state.holding
    served, name = holding.current, _name(request)
    media_type = chosen(request.headers.get("accept"), tuple(TRIPLES))
    if media_type is None:
        raise HTTPException(406, f"a graph is not given so; accepted: {', '.join(TRIPLES)}")
    form = TRIPLES[media_type]
    if name is None and form in BUILT:
        return FileResponse(served.kg.folder / BUILT[form], media_type=media_type)
    graphs = None if name is None else Graphs((name,))
    if not await _is_there(served, graphs):
        raise HTTPException(
            404, f"there is no graph {name!r}; accepted: `default`, or the name of a graph that has triples"
        )
    answer = await served.pool.written(ALL, Wanted(triples=form), graphs=graphs, gone=lambda: gone(request))
    if answer.is_cut:
        raise HTTPException(413, f"the graph is too large to be given as {media_type}; accepted: {', '.join(_FILES)}")
    return Response(answer.data, media_type=media_type)


def _name(request: Request) -> str | None:
    """Return the name of the graph that is asked for; None for the default one."""
    try:
        parameters = parse_qsl(request.url.query, keep_blank_values=True, errors="strict", max_num_fields=10)
    except ValueError:
        raise HTTPException(400, "the address is not UTF-8, or has too many parameters") from None
    if parameters == [("default", "")]:
        return None
    if [key for key, _ in parameters] == ["graph"]:
        return parameters[0][1]
    raise HTTPException(400, "the address must name one graph; accepted: `?default` or `?graph=IRI`")


async def _is_there(served: Served, graphs: Graphs | None) -> bool:
    if graphs is None:
        return True
    answer = await served.pool.written(ANY, Wanted(truth="json"), graphs=graphs)
    return json.loads(answer.data)["boolean"] is True


_FILES = tuple(media_type for media_type, form in TRIPLES.items() if form in BUILT)
