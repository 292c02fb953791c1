"""Batches of reconciliation queries, answered by the matching core.

A query that is not as the specification has it gets no candidates and an `error`; the others of its batch are answered.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, product
from typing import Literal

import msgspec

from unionkg.errors import InvalidRequest, RequestTooLarge
from unionkg.matching.candidate import REVIEW, Candidate, Query, Reason, settled
from unionkg.matching.names import folded
from unionkg.matching.search import candidates
from unionkg.reconciliation.catalogue import Catalogue, where
from unionkg.reconciliation.kinds import Kind, id_of, kind_of, kinds
from unionkg.reconciliation.properties import property_of
from unionkg.reconciliation.request import Json, read, shown, whole

BATCH = 50  # queries in one request
LIMIT = 5
MOST = 50  # candidates of one query, however many are asked for
LONGEST = 200  # characters of a name
LONGEST_VALUE = 60  # characters of a value of a property; a longer one says nothing that could be matched
_COMBINED = 4  # ways to take one value of each property, where a client gives several
_OTHER_TYPE = Reason(False, "类型不符", "the type does not agree")


class _Thing(msgspec.Struct):
    id: str
    name: str = ""


_Value = str | int | float | bool | _Thing


class _Condition(msgspec.Struct):
    pid: str
    v: _Value | list[_Value]


class _Asked(msgspec.Struct, forbid_unknown_fields=True):
    query: str | msgspec.UnsetType = msgspec.UNSET
    type: str | list[str] = []
    limit: float = LIMIT
    properties: list[_Condition] = []
    type_strict: Literal["any", "should", "all"] = "any"


def answer_queries(catalogue: Catalogue, text: str | bytes, *, limit_s: float = math.inf) -> Json:
    """Return what each query of a batch, given as JSON, may mean: by the key of the query a `result`, the best first.

    A candidate has `id`, `name`, `description` with the reasons, `type`, `score` from 0 to 100, `match`, and `features`.
    Queries whose turn comes more than `limit_s` seconds after the first have no candidates, and an `error`. Raises
    InvalidRequest for what is no batch, RequestTooLarge for one of more than BATCH queries.
    """
    batch = read(text, dict[str, msgspec.Raw], "batch of reconciliation queries")
    if len(batch) > BATCH:
        raise RequestTooLarge(f"the batch has {len(batch)} queries; accepted: at most {BATCH}")
    end, late = time.monotonic() + limit_s, f"the batch takes longer than {limit_s:g} s; ask for fewer at a time"
    return {
        key: _answer(catalogue, query) if time.monotonic() < end else {"result": [], "error": late}
        for key, query in batch.items()
    }


def _answer(catalogue: Catalogue, query: msgspec.Raw) -> Json:
    try:
        asked = read(query, _Asked, "reconciliation query")
        name = "" if asked.query is msgspec.UNSET else asked.query
        if asked.query is msgspec.UNSET and not asked.properties:
            raise InvalidRequest("the query has no name and no properties; accepted: one of them, or both")
        if len(name) > LONGEST:
            raise InvalidRequest(f"the name has {len(name):,} characters; accepted: at most {LONGEST}")
        limit = min(whole(asked.limit, "limit", 1), MOST)
        wanted = _kinds(asked)
    except InvalidRequest as error:
        return {"result": [], "error": str(error)}
    found = _found(catalogue, name, asked, wanted)[:limit]
    return {"result": [_told(catalogue, one, name, wanted) for one in found]}


def _kinds(asked: _Asked) -> list[Kind]:
    """Return the types that are asked for. One that there is not counts for nothing if others will do as well."""
    told = [asked.type] if isinstance(asked.type, str) else asked.type
    meant = {text: kind_of(text) for text in told if text.strip()}
    found = [kind for kind in meant.values() if kind is not None]
    unknown = [text for text, kind in meant.items() if kind is None]
    if unknown and (asked.type_strict == "all" or (asked.type_strict == "any" and not found)):
        raise InvalidRequest(f"unknown type {shown(unknown[0])}; accepted: {', '.join(map(id_of, kinds()))}")
    return list(dict.fromkeys(found))


def _found(catalogue: Catalogue, name: str, asked: _Asked, wanted: list[Kind]) -> list[Candidate]:
    ways = list(_ways(catalogue, asked))
    node = catalogue.node(name)
    if node is not None:
        ways = [{"id": node}]
    found = _searched(catalogue, name, ways, ["/".join(filter(None, kind)) for kind in wanted] or [""])
    if wanted and asked.type_strict != "should":
        enough = all if asked.type_strict == "all" else any
        found = [one for one in found if enough(_is_of(one, kind) for kind in wanted)]
    elif wanted and not any(one.score >= REVIEW for one in found):
        found = [one.doubted(REVIEW, _OTHER_TYPE) for one in _searched(catalogue, name, ways, [""])]
    very = "" if asked.properties else folded(name)  # the specification expects whatever has the very name
    return [one for one in found if one.score >= REVIEW or folded(one.name) == very]


def _searched(catalogue: Catalogue, name: str, ways: list[dict[str, str]], types: list[str]) -> list[Candidate]:
    found = [
        one
        for known in ways
        for type in types
        for one in candidates(catalogue.index, Query(name=name, type=type, **known), MOST)
    ]
    return settled(found, MOST)


def _ways(catalogue: Catalogue, asked: _Asked) -> Iterator[dict[str, str]]:
    """Yield what the properties say, as fields of a query; where one has several values, a way for each."""
    told: dict[str, list[str]] = defaultdict(list)
    for condition in asked.properties:
        row = property_of(condition.pid)
        if row is not None and row.field:
            values = condition.v if isinstance(condition.v, list) else [condition.v]
            texts = (_text(catalogue, row.field, value) for value in values)
            told[row.field] += [text for text in texts if text and len(text) <= LONGEST_VALUE]
    known = {field: list(dict.fromkeys(texts)) for field, texts in told.items() if texts}
    yield from (dict(zip(known, one, strict=True)) for one in islice(product(*known.values()), _COMBINED))


def _text(catalogue: Catalogue, field: str, value: _Value) -> str:
    """Return what a value says in a field of a query; an entity of the graph says its name, or where it is."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return f"{value:.15g}"
    told, name = (value.id, value.name) if isinstance(value, _Thing) else (value, value)
    node = catalogue.node(told)
    if node is None:
        return name or told
    entry = catalogue.index.entries[node]
    match field:
        case "id":
            return node
        case "code":
            return catalogue.entity(node).get("code", "")
        case "province" | "place":
            return where(entry.territory) or entry.name
    return entry.name


def _is_of(one: Candidate, kind: Kind) -> bool:
    """Return whether a candidate is of a type; it may be of any subtype that the graph does not tell."""
    return one.type == kind[0] and (kind[1] is None or one.subtype in {None, kind[1]})


def _told(catalogue: Catalogue, one: Candidate, name: str, wanted: list[Kind]) -> Json:
    features: Json = {
        "name_equal": folded(one.name) == folded(name),
        "agreeing": sum(reason.agrees is True for reason in one.reasons),
        "disagreeing": sum(reason.agrees is False for reason in one.reasons),
        "documents": len(catalogue.entity(one.id)["documents"]),
    }
    if wanted:
        features["type_match"] = any(_is_of(one, kind) for kind in wanted)
    return {
        "id": one.id,
        "name": one.name,
        "description": f"{catalogue.description(one.id)} · {one.told(catalogue.language)}",
        "type": catalogue.types(one.id),
        "score": round(one.score, 1),
        "match": one.match,
        "features": [{"id": feature, "value": value} for feature, value in features.items()],
    }
