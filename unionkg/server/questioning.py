"""Saved questions, asked of the graph that is served."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from unionkg.asking import asked
from unionkg.citing import cited
from unionkg.errors import UnknownEntity
from unionkg.exports.answers import Answer
from unionkg.exports.questions import Question, pattern
from unionkg.graph.attributes import DocumentAttributes

if TYPE_CHECKING:
    from unionkg.server.holding import Served


async def query_of(served: Served, question: Question, values: Mapping[str, str]) -> str:
    """Return the query that asks a question with these values.

    Raises UnknownEntity for a name that no entity goes by, InvalidOption, and what `Pool.answer` raises.
    """
    found = await served.pool.with_worker(lambda worker: asked(worker, question, values))
    if found.unknown:
        raise UnknownEntity("; ".join(found.unknown))
    return found.sparql


async def answer_to(
    served: Served, question: Question, values: Mapping[str, str], max_rows: int | None = None
) -> tuple[str, Answer]:
    """Return the query, and its answer, cut behind `max_rows` rows. Raises what `query_of` raises."""
    sparql = await query_of(served, question, values)
    return sparql, await served.pool.answer(sparql, max_rows=max_rows)


async def documents_for(
    served: Served, question: Question, values: Mapping[str, str]
) -> tuple[list[DocumentAttributes], Answer]:
    """Return the documents that the answer rests on, in order of ids, and what binds them. Raises what `query_of` raises."""
    sparql = await query_of(served, question, values)
    answer = await served.pool.answer(pattern(sparql) or sparql)
    library = served.library
    documents = library.source.documents()
    return await served.pool.with_worker(lambda worker: cited(worker, documents, library.base, answer)), answer
