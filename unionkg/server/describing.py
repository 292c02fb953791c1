"""What the graph says of one thing as RDF: the triples of `graph.nt` in which it stands, asked of the store."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby

from unionkg.exports import jsonld, ntriples, turtle
from unionkg.exports.answers import Triples
from unionkg.exports.triples import Description
from unionkg.server.forms import JSON_LD, N_TRIPLES, Form
from unionkg.server.pool import Pool

MOST = 2000  # triples; that of which half the graph speaks would take seconds

_OF = "{{ VALUES ?s {{ <{0}> }} ?s ?p ?o }} UNION {{ <{0}> oa:hasSelector ?s . ?s ?p ?o }}"
_TO = " UNION {{ VALUES ?o {{ <{0}> }} ?s ?p ?o }}"


async def triples_of(pool: Pool, iri: str, *, is_symmetric: bool) -> Triples:
    """Return the triples that tell of a thing; none if the graph does not have it.

    They are what is said of it and, of a sentence, of its selectors; if `is_symmetric` also each triple of which it is the
    object, unless all are more than MOST. Raises what `Pool.answer` raises.
    """
    answer = await _asked(pool, iri, _OF + _TO, MOST) if is_symmetric else None
    if answer is None or answer.is_cut:
        answer = await _asked(pool, iri, _OF)
    return answer


def descriptions(answer: Triples) -> list[Description]:
    """Return the triples as descriptions, in order of subjects."""
    told = sorted((str(one.subject), str(one.predicate), str(one.object)) for one in answer.triples)
    return [
        (subject, [(predicate, value) for _, predicate, value in group])
        for subject, group in groupby(told, lambda one: one[0])
    ]


async def _asked(pool: Pool, iri: str, where: str, max_rows: int | None = None) -> Triples:
    answer = await pool.answer(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where.format(iri)} }}", max_rows=max_rows)
    assert isinstance(answer, Triples)
    return answer


def written(found: list[Description], form: Form, base: str) -> bytes:
    """Return the descriptions in one of the forms of RDF."""
    stream = BytesIO()
    if form is N_TRIPLES:
        stream.writelines(map(ntriples.lines, found))
    elif form is JSON_LD:
        jsonld.write_descriptions(found, stream, base)
    else:
        turtle.write_descriptions(found, stream, base)
    return stream.getvalue()
