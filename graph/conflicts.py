"""Facts that cannot all be true, kept side by side and named: two holders of one seat at a time, two values of one figure.

Nothing is decided here. Documents err, and so does reading them; a person looks and judges (`ledger`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

from unionkg.graph.amounts import amount, span_of
from unionkg.graph.attributes import ConflictAttributes, EdgeAttributes, OutcomeAttributes
from unionkg.graph.readable import Readable

SEATS = frozenset(
    {
        *("主席", "党组书记", "书记", "党委书记", "省委书记", "市委书记", "县委书记", "区委书记", "总干事"),
        *("省长", "自治区主席", "市长", "州长", "盟长", "县长", "区长", "旗长", "镇长", "乡长"),
        *("部长", "厅长", "局长", "院长", "检察长", "校长", "董事长", "总经理", "总裁", "厂长", "秘书长"),
    }
)
"""Offices of which a body has one. Source: 中国工会章程, 地方各级人民代表大会和地方各级人民政府组织法, 公司法."""

_A_DAY = len("2024-03-05")
_HELD = frozenset({"current", "elected"})


def conflicts(graph: Readable) -> list[ConflictAttributes]:
    """Return the conflicts of the graph, in order of their ids."""
    found = [*_two_holders(graph), *_two_values(graph)]
    return sorted(found, key=lambda conflict: conflict["id"])


def _two_holders(graph: Readable) -> Iterator[ConflictAttributes]:
    """Yield the seats that several persons hold at one time, as far as documents date it."""
    held: dict[tuple[str, str], dict[str, list[tuple[str, tuple[str, str]]]]] = defaultdict(lambda: defaultdict(list))
    for person, body, key, fact in graph.edges():
        role = fact.get("role")
        is_held = fact["type"] == "holds_post" and fact.get("status") in _HELD
        if role in SEATS and is_held and (span := _span(fact)):
            held[body, role][person].append((key, span))
    found = []
    for (body, role), claims in sorted(held.items()):
        spans = {
            person: (min(low for _, (low, _) in said), max(high for _, (_, high) in said))
            for person, said in claims.items()
        }
        found += [(body, role, group) for group in _overlapping(spans)]
    names = _names(graph, {name for body, _, group in found for name in (body, *group)})
    for body, role, group in found:
        holders = ", ".join(names[person] for person in group)
        facts = [key for person in group for key, _ in held[body, role][person]]
        yield _conflict("two_holders", facts, f"{names[body]}: {role} at one time: {holders}")


def _span(fact: EdgeAttributes) -> tuple[str, str] | None:
    """Return the days, as far as stated, from and until which documents say a post is held; None if they do not tell."""
    stated = [day for day in (fact.get("date"), fact.get("first_stated"), fact.get("last_stated")) if day]
    return (min(stated), max(stated)) if stated else None


def _overlapping(spans: dict[str, tuple[str, str]]) -> Iterator[list[str]]:
    """Yield the groups of persons whose spans overlap by more than one moment, each in order of ids.

    One may follow another on a day; but two of whom all is told on one and the same day are two.
    """
    group: list[str] = []
    since = until = ""
    for person in sorted(spans, key=lambda person: (spans[person], person)):
        low, high = spans[person]
        if group and (low < until or (len(low) == _A_DAY and low == high == since == until)):
            group.append(person)
            until = max(until, high)
        else:
            if len(group) > 1:
                yield sorted(group)
            group, since, until = [person], low, high
    if len(group) > 1:
        yield sorted(group)


def _two_values(graph: Readable) -> Iterator[ConflictAttributes]:
    """Yield the figures of one body, thing, unit and period of which no number can be what all of them say.

    120 is no other value than at least 100 is, nor than about 125.
    """
    common: dict[
        int, tuple[float, float]
    ] = {}  # the numbers that all figures so described leave open; none if it falls
    for figure in graph.outcomes():
        if described := _described(figure):
            low, high = span_of(figure)
            least, greatest = common.get(described, (low, high))
            common[described] = (max(least, low), min(greatest, high))
    differing = {described: (least, greatest) for described, (least, greatest) in common.items() if least > greatest}
    groups: dict[int, list[OutcomeAttributes]] = defaultdict(list)
    for figure in graph.outcomes() if differing else ():
        if (described := _described(figure)) in differing:
            (low, high), (least, greatest) = span_of(figure), differing[described]
            if low > greatest or high < least:
                groups[described].append(figure)
    names = _names(graph, {str(figures[0].get("subject")) for figures in groups.values()})
    for figures in groups.values():
        first = figures[0]
        listed = ", ".join(dict.fromkeys(map(amount, sorted(figures, key=lambda one: (one["value"], one["id"])))))
        said = f"{names[str(first.get('subject'))]}: {first['what']}, {first.get('period')}: {listed} {first['unit']}"
        yield _conflict("two_values", [figure["id"] for figure in figures], said)


def _described(figure: OutcomeAttributes) -> int:
    """Return a digest of all that a figure tells but its value; 0 if it tells too little to be compared."""
    if "subject" not in figure or "period" not in figure or figure["kind"] != "result":
        return 0
    told = (figure["subject"], figure["what"], figure["unit"], figure["period"], figure.get("programme", ""))
    return int.from_bytes(sha256("\x1f".join(told).encode()).digest()[:8])


def _names(graph: Readable, wanted: set[str]) -> dict[str, str]:
    return {node: entity["name"] for node, entity in graph.nodes() if node in wanted} if wanted else {}


def _conflict(kind: str, facts: Iterable[str], reason: str) -> ConflictAttributes:
    listed = sorted(facts)
    digest = sha256("\x1f".join((kind, *listed)).encode()).hexdigest()[:16]
    return {"id": f"dis-{digest}", "kind": kind, "facts": listed, "reason": reason}
