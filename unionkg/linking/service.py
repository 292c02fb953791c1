"""A reconciliation service on the web, asked for names in batches.

"Reconciliation Service API", W3C Entity Reconciliation Community Group, final report of version 0.2. What a service says
is checked before it is used, kept in a file so that nothing is asked twice, and its own matches are matches only where the names agree.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import msgspec

from unionkg.errors import InvalidOption, UnusableService
from unionkg.graph.web_address import web_address
from unionkg.linking.link import Found
from unionkg.matching.agreement import agree
from unionkg.matching.candidate import Candidate, Query, Reason

BATCH = 10  # queries in one request
ATTEMPTS = 4
FIRST_PAUSE_S = 1.0  # before the second attempt; it doubles with each
LONGEST_PAUSE_S = 60.0
TIMEOUT_S = 30.0
LARGEST = 16 << 20  # bytes of an answer
LIMIT = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_SHOWN = 80


class _View(msgspec.Struct):
    url: str


class _Manifest(msgspec.Struct, rename="camel"):
    name: str
    identifier_space: str
    schema_space: str
    versions: list[str] | None = None
    view: _View | None = None


class _Type(msgspec.Struct):
    id: str
    name: str = ""


class Answer(msgspec.Struct):
    """A candidate of the service: its id there, its name, a score on the service's own scale, and whether it is sure."""

    id: str
    name: str
    score: float
    match: bool = False
    type: list[_Type | str] = []


class _Result(msgspec.Struct):
    result: list[Answer]


class Service:
    """A service at a URL, and the file in which its answers are kept."""

    def __init__(
        self,
        url: str,
        cache: Path | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        kind: str = "",
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """`kind` is the service's own id for the type of what is asked for; without `cache` nothing is kept.

        Raises InvalidOption if the URL is none.
        """
        if web_address(url) is None:
            raise InvalidOption(f"--service {url!r} is no address; accepted: one that opens with http or https")
        self.url = url
        self.kind = kind
        self.requests = 0
        self.from_cache = 0
        self._timeout_s = timeout_s
        self._pause = pause
        self._cache = cache
        self._known = dict(_kept(cache)) if cache is not None and cache.is_file() else {}
        self._manifest: _Manifest | None = None

    @property
    def manifest(self) -> _Manifest:
        """What the service says of itself. Raises UnusableService."""
        if self._manifest is None:
            self._manifest = self._read_manifest()
        return self._manifest

    def search(self, queries: Sequence[Query]) -> list[list[Found]]:
        """Return what the service has for each query, with our own judgement of it. Raises UnusableService."""
        asked = {self._key(query): self._asked(query) for query in queries if query.name}
        missing = [key for key in asked if key not in self._known]
        self.from_cache += len(asked) - len(missing)
        for start in range(0, len(missing), BATCH):
            keys = missing[start : start + BATCH]
            self._keep(keys, self._answers([asked[key] for key in keys]))
        return [self._judged(query, self._known[self._key(query)] if query.name else []) for query in queries]

    def _judged(self, query: Query, answers: Sequence[Answer]) -> list[Found]:
        sure = [one for one in answers if one.match]
        agreeing = {one.id for one in answers if agree(query, one.name)}
        found = []
        for one in answers:
            told = one.id in agreeing
            reasons = [
                Reason(True, "名称一致", "the names agree")
                if told
                else Reason(None, "名称须核对", "the names may differ"),
                Reason(None, f"服务评分{one.score:g}", f"the service's score is {one.score:g}"),
            ]
            if one.match:
                reasons.append(Reason(None, "服务认定相符", "the service calls it a match"))
            if told and len(agreeing) > 1:
                several = f"the names of {len(agreeing)} agree"
                reasons.append(Reason(None, f"名称一致的有{len(agreeing)}个", several))
            is_match = agreeing == {one.id} and sure == [one]
            score = 95.0 if is_match else max(50.0, min(one.score, 90.0))
            iri = self._iri(one.id)
            kind = next((each if isinstance(each, str) else each.id for each in one.type), "")
            found.append(Found(Candidate(one.id, one.name, kind, None, score, is_match, tuple(reasons)), iri))
        return sorted(found, key=lambda one: (not one.candidate.match, -one.candidate.score, one.iri))

    def _iri(self, name: str) -> str:
        """Return the IRI of a thing of the service."""
        if web_address(name):
            return name
        space = self.manifest.identifier_space
        iri = space + quote(name, safe="")
        if web_address(iri) is None:
            raise UnusableService(
                f"{self.url}: the service's identifierSpace {space!r} makes no IRI of the id {name!r}"
            )
        return iri

    def _asked(self, query: Query) -> dict[str, Any]:
        return {"query": query.name, "limit": LIMIT, **({"type": self.kind} if self.kind else {})}

    def _key(self, query: Query) -> str:
        told = json.dumps([self.url, self._asked(query)], ensure_ascii=False, sort_keys=True)
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    def _read_manifest(self) -> _Manifest:
        data = self._request(None)
        try:
            found = msgspec.json.decode(data, type=_Manifest)
        except msgspec.MsgspecError as error:
            raise UnusableService(
                f"{self.url}: no manifest of a reconciliation service: {error}; {_opening(data)}"
            ) from error
        if found.versions is not None and not {"0.1", "0.2"} & set(found.versions):
            told = ", ".join(found.versions) or "none"
            raise UnusableService(f"{self.url}: the service speaks the versions {told}; accepted: 0.2")
        if web_address(found.identifier_space) is None:
            raise UnusableService(f"{self.url}: the service's identifierSpace {found.identifier_space!r} is no IRI")
        return found

    def _answers(self, queries: list[dict[str, Any]]) -> list[list[Answer]]:
        names = [f"q{number}" for number in range(len(queries))]
        body = urlencode(
            {"queries": json.dumps(dict(zip(names, queries, strict=True)), ensure_ascii=False)}, errors="replace"
        )
        data = self._request(body.encode())
        try:
            found = msgspec.json.decode(data, type=dict[str, _Result])
        except msgspec.MsgspecError as error:
            raise UnusableService(
                f"{self.url}: no answer of a reconciliation service: {error}; {_opening(data)}"
            ) from error
        missing = [name for name in names if name not in found]
        if missing:
            raise UnusableService(f"{self.url}: the answer leaves out {len(missing)} of {len(names)} queries")
        return [found[name].result for name in names]

    def _request(self, body: bytes | None) -> bytes:
        """Return what the service answers, asking again after a pause where that may help. Raises UnusableService."""
        request = Request(self.url, data=body, headers={"Accept": "application/json", "User-Agent": "unionkg"})
        pause, reason = FIRST_PAUSE_S, ""
        for attempt in range(1, ATTEMPTS + 1):
            self.requests += 1
            wait = pause
            try:
                return self._once(request)
            except HTTPError as error:
                with error:
                    reason = f"status {error.code} {error.reason}"
                    wait = _retry_after(error.headers.get("Retry-After"), pause)
                    if error.code not in _PASSING:
                        raise UnusableService(f"{self.url}: the service answers {reason}") from error
            except TimeoutError:
                reason = f"no answer within {self._timeout_s:g} s"
            except (URLError, HTTPException, ConnectionError) as error:
                reason = str(getattr(error, "reason", error)) or type(error).__name__
            if attempt < ATTEMPTS:
                self._pause(min(wait, LONGEST_PAUSE_S))
                pause *= 2
        raise UnusableService(f"{self.url}: the service cannot be used, asked {ATTEMPTS} times: {reason}")

    def _once(self, request: Request) -> bytes:
        """Return the answer, read within the time limit as a whole, however slowly it drips."""
        deadline = time.monotonic() + self._timeout_s
        with urlopen(request, timeout=self._timeout_s) as response:
            data = bytearray()
            while piece := response.read1(1 << 16):
                data += piece
                if len(data) > LARGEST:
                    raise UnusableService(f"{self.url}: the answer is larger than {LARGEST:,} bytes")
                if time.monotonic() > deadline:
                    raise TimeoutError
            return bytes(data)

    def _keep(self, keys: Sequence[str], answers: Sequence[list[Answer]]) -> None:
        new = dict(zip(keys, answers, strict=True))
        self._known |= new
        if self._cache is not None:
            with self._cache.open("ab") as stream:
                stream.writelines(msgspec.json.encode([key, answer]) + b"\n" for key, answer in new.items())


def _kept(cache: Path) -> Iterator[tuple[str, list[Answer]]]:
    """Yield the answers that a file keeps; a last line that a killed run left behind does not count."""
    for line in cache.read_bytes().splitlines():
        try:
            yield msgspec.json.decode(line, type=tuple[str, list[Answer]])
        except msgspec.MsgspecError:
            continue


def _retry_after(told: str | None, pause: float) -> float:
    return max(pause, float(told)) if told and told.isascii() and told.isdigit() else pause


def _opening(data: bytes) -> str:
    text = " ".join(data[:_SHOWN].decode("utf-8", "replace").split())
    return f"the answer opens with {text!r}" if text else "the answer is empty"
