"""What of a graph most needs a person's look, and the judgements that would settle it.

| kind | asks about |
|---|---|
| `orphaned` | a judgement that the last build could not apply |
| `conflict` | the weakest of facts or figures that cannot all be true (`conflicts`) |
| `merge` | an entity that was joined on little: a person over a chain of bodies, a body under two full names |
| `possible` | two that may be one and were not joined |
| `confidence` | a fact that is not sure: by a rule that errs often, or read from restored sentences alone |

`urgency` lies in (0, 1] and says how much is at stake and how much speaks for an error; it is an order, not a probability.
What a ledger judges already is not asked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from math import log2
from typing import NamedTuple

import msgspec

from unionkg.graph.amounts import amount
from unionkg.graph.attributes import KnowledgeGraph, OutcomeAttributes, conflicts
from unionkg.graph.corrections import document_of
from unionkg.graph.doubtful_joins import Settled, Side, doubtful_merges, doubtful_pairs
from unionkg.graph.ledger import NO_LEDGER, QUALIFYING, Judgement, Ledger, Verdict
from unionkg.graph.links import clearest
from unionkg.graph.readable import Edge
from unionkg.graph.schema import RELATION_TYPES
from unionkg.graph.witness import Quote, Witness

KINDS = ("orphaned", "conflict", "merge", "possible", "confidence")
BELOW = 0.7
"""Facts of less confidence are asked about."""
_SHOWN = 4  # of the facts that a doubtful one is in conflict with
_AGAIN = 0.95  # what each further doubt counts that is much like those before: a list of one kind alone tells less


class Doubt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question, and what to write into a ledger where the answer is `yes`, and where it is `no`.

    `about` are the ids of the entities, facts or figures in question.
    """

    kind: str
    urgency: float
    question: str
    about: tuple[str, ...] = ()
    evidence: tuple[Quote, ...] = ()
    yes: tuple[Judgement, ...] = ()
    no: tuple[Judgement, ...] = ()


class Review(NamedTuple):
    """The most urgent doubts, and how many there are of each kind."""

    doubts: tuple[Doubt, ...]
    counts: dict[str, int]


class _Candidate(NamedTuple):
    """A doubt before it is put; `kin` are those that a reader would find much the same."""

    urgency: float
    kin: str
    about: tuple[str, ...]
    put: Callable[[], Doubt]


def review(
    graph: KnowledgeGraph,
    ledger: Ledger = NO_LEDGER,
    orphans: Iterable[tuple[Verdict, Judgement | None]] = (),
    *,
    kinds: Collection[str] = KINDS,
    below: float = BELOW,
    limit: int | None = None,
) -> Review:
    """Return the doubts, the most urgent first, at most `limit`; of those much alike each further one counts a little less.

    `ledger` is what has been judged, `orphans` are what the build could not apply, and
    the judgements themselves, where they are known.
    """
    made = {document_of(line.judgement) for line in ledger.lines if line.judgement.judgement == "add_fact"}
    desk = _Desk(Witness(graph, made), Settled(ledger), below)
    sources = {
        "orphaned": lambda: _orphaned(orphans),
        "conflict": desk.conflicts,
        "merge": desk.merges,
        "possible": desk.possible,
        "confidence": desk.unsure,
    }
    counts: dict[str, int] = {}
    found: list[tuple[float, _Candidate]] = []
    for kind in (one for one in KINDS if one in kinds):
        met: Counter[str] = Counter()
        candidates = sorted(sources[kind](), key=lambda one: (-one.urgency, one.about))
        counts[kind] = len(candidates)
        for one in candidates:
            found.append((one.urgency * _AGAIN ** met[one.kin], one))
            met[one.kin] += 1
    found.sort(key=lambda pair: -pair[0])
    return Review(tuple(one.put() for _, one in found[:limit]), counts)


def _orphaned(orphans: Iterable[tuple[Verdict, Judgement | None]]) -> Iterator[_Candidate]:
    for verdict, judgement in orphans:
        parts = (judgement.subject, judgement.object, judgement.value) if judgement else ()
        told = " ".join(filter(None, (verdict.judgement, *parts)))
        question = f"Is the judgement of line {verdict.line} still wanted? {told}: {verdict.reason}"
        yield _Candidate(
            1.0, "orphaned", (f"{verdict.line:09}",), partial(Doubt, kind="orphaned", urgency=1.0, question=question)
        )


class _Desk:
    """Puts questions about one graph."""

    def __init__(self, witness: Witness, settled: Settled, below: float) -> None:
        self.witness = witness
        self.settled = settled
        self.below = below

    def conflicts(self) -> Iterator[_Candidate]:
        for conflict in conflicts(self.witness.graph):
            claims = [self.claim(key) for key in conflict["facts"]]
            open_claims = [one for one in claims if "ledger" not in _support(one)["rules"]]
            judged = self.settled.facts.intersection(conflict["facts"]) or (
                conflict["kind"] == "two_holders"
                and any(self.settled.is_confirmed(self.confirmed(one)) for one in open_claims)
            )
            if not open_claims or judged:
                continue
            ranked = _weakest_first(claims)
            weakest = next(one for one in ranked if one in open_claims)
            others = [one for one in ranked if one is not weakest]
            papers = [{piece["document"] for piece in _support(one)["evidence"]} for one in claims]
            in_one = bool(set.intersection(*papers))
            urgency = 0.9 if conflict["kind"] == "two_holders" else 0.45 if in_one else 0.65
            yield _Candidate(
                urgency,
                conflict["kind"],
                tuple(conflict["facts"]),
                partial(self.ask_fact, "conflict", urgency, weakest, others),
            )

    def merges(self) -> Iterator[_Candidate]:
        for urgency, node, one, other, why in doubtful_merges(self.witness, self.settled):
            yield _Candidate(
                urgency,
                self.witness.entity(node)["type"],
                (node,),
                partial(self.ask_pair, "merge", urgency, one, other, why),
            )

    def possible(self) -> Iterator[_Candidate]:
        for urgency, one, other, why in doubtful_pairs(self.witness, self.settled):
            yield _Candidate(
                urgency,
                self.witness.entity(one.node)["type"],
                (one.node, other.node),
                partial(self.ask_pair, "possible", urgency, one, other, why),
            )

    def unsure(self) -> Iterator[_Candidate]:
        for edge in self.witness.edges:
            subject, end, key, fact = edge
            restored = all(piece["restored"] for piece in fact["evidence"])
            is_judged = "ledger" in fact["rules"] or key in self.settled.facts
            if is_judged or not (fact["confidence"] < self.below or restored):
                continue
            if self.settled.added and self.settled.is_confirmed(self.confirmed(edge)):
                continue
            known = sum(len(self.witness.entity(node)["documents"]) for node in (subject, end))
            urgency = 0.6 * (1 - fact["confidence"]) + 0.05 * restored + 0.1 * min(1.0, log2(known) / 8)
            urgency += 0.15 * any(self.witness.entity(node)["type"] == "PERSON" for node in (subject, end))
            yield _Candidate(
                urgency,
                fact["type"],
                (key,),
                partial(self.ask_fact, "confidence", urgency, edge, []),
            )

    def claim(self, key: str) -> Edge | OutcomeAttributes:
        return self.witness.facts.get(key) or self.witness.figures[key]

    def ask_fact(
        self, kind: str, urgency: float, one: Edge | OutcomeAttributes, others: Sequence[Edge | OutcomeAttributes]
    ) -> Doubt:
        """Ask whether a fact is right, beside others that cannot all be right with it."""
        shown = others[:_SHOWN]
        more = f"; and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        against = f" It is also said: {'; '.join(map(self.told, shown))}{more}." if others else ""
        support = _support(one)
        many = f"{support['sources']} source{'' if support['sources'] == 1 else 's'}"
        confirmed = self.confirmed(one)
        return Doubt(
            kind=kind,
            urgency=round(urgency, 4),
            question=f"Is it right? {self.told(one)} ({many}, confidence {support['confidence']:.2f}).{against}",
            about=tuple(map(_key, (one, *others))),
            evidence=tuple(self.witness.said((one, *shown))),
            yes=(confirmed,) if confirmed else (),
            no=(Judgement(judgement="wrong_fact", subject=_key(one)),),
        )

    def told(self, one: Edge | OutcomeAttributes) -> str:
        """Return a fact or figure in words."""
        if not isinstance(one, tuple):
            whose = self.witness.entity(one["subject"])["name"] if "subject" in one else "?"
            return f"{whose}: {one['what']}: {amount(one)} {one['unit']}" + (
                f", {one['period']}" if "period" in one else ""
            )
        subject, end, _, fact = one
        stated = [str(fact.get(name)) for name in QUALIFYING if fact.get(name)]
        names = (self.witness.entity(subject)["name"], self.witness.entity(end)["name"])
        relation = RELATION_TYPES[fact["type"]].en
        return f"{names[0]} – {relation} – {names[1]}" + (f" ({', '.join(stated)})" if stated else "")

    def confirmed(self, one: Edge | OutcomeAttributes) -> Judgement | None:
        """Return the judgement that says a fact once more, None where a ledger cannot say all of it."""
        if not isinstance(one, tuple) or "programme" in one[3]:
            return None
        subject, end, _, fact = one
        pieces = [piece for piece in fact["evidence"] if piece["document"] not in self.witness.made]
        if not pieces:
            return None
        piece = clearest(pieces)
        return Judgement(
            judgement="add_fact",
            subject=self.witness.at(subject, piece["document"]),
            object=self.witness.at(end, piece["document"]),
            value=fact["type"],
            **{name: str(fact.get(name, "")) for name in QUALIFYING},
            why=self.witness.quote(piece).text,
        )

    def ask_pair(self, kind: str, urgency: float, one: Side, other: Side, why: str) -> Doubt:
        """Ask whether two are one, or rightly were joined."""
        names = [self.witness.entity(side.node)["name"] for side in (one, other)]
        pair = {"subject": one.name, "object": other.name}
        return Doubt(
            kind=kind,
            urgency=round(urgency, 4),
            question=f"Are they one? {names[0]} ({one.told}) and {side_name(names, other)} ({other.told}): {why}.",
            about=tuple(dict.fromkeys((one.node, other.node))),
            evidence=(*self.witness.quotes(one.node, one.papers), *self.witness.quotes(other.node, other.papers)),
            yes=(Judgement(judgement="same", **pair),),
            no=(Judgement(judgement="not_same", **pair),),
        )


def side_name(names: Sequence[str], other: Side) -> str:
    """Return the name of the other side: the form that its documents use where it was joined under another."""
    return other.form or names[1]


def _support(one: Edge | OutcomeAttributes) -> OutcomeAttributes:
    return one[3] if isinstance(one, tuple) else one  # type: ignore[return-value]  # both hold what is asked of them


def _key(one: Edge | OutcomeAttributes) -> str:
    return one[2] if isinstance(one, tuple) else one["id"]


def _weakest_first(claims: Sequence[Edge | OutcomeAttributes]) -> list[Edge | OutcomeAttributes]:
    """Return the claims by how many sources speak for the same holder or figure, then by confidence."""
    said: Counter[str] = Counter()
    for one in claims:
        said[_claimant(one)] += _support(one)["sources"]
    return sorted(claims, key=lambda one: (said[_claimant(one)], _support(one)["confidence"], _key(one)))


def _claimant(one: Edge | OutcomeAttributes) -> str:
    """Return who holds the seat, or which figure it is."""
    return one[0] if isinstance(one, tuple) else one["id"]
