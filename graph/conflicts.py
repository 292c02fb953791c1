"""Facts that cannot all be true, kept side by side and named: two holders of one seat at a time, two values of one figure.

Nothing is decided here. Documents err, and so does reading them; a person looks and judges (`ledger`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

from unionkg.graph.attributes import ConflictAttributes, EdgeAttributes, KnowledgeGraph, edges, nodes, outcomes

SEATS = frozenset(
    {
        *("主席", "党组书记", "书记", "党委书记", "省委书记", "市委书记", "县委书记", "区委书记", "总干事"),
        *("省长", "自治区主席", "市长", "州长", "盟长", "县长", "区长", "旗长", "镇长", "乡长"),
        *("部长", "厅长", "局长", "院长", "检察长", "校长", "董事长", "总经理", "总裁", "厂长", "秘书长"),
    }
)
"""Offices of which a body has one. Source: 中国工会章程, 地方各级人民代表大会和地方各级人民政府组织法, 公司法."""

_HELD = frozenset({"current", "elected"})


def conflicts(graph: KnowledgeGraph) -> list[ConflictAttributes]:
    """Return the conflicts of the graph, in order of their ids."""
    found = [*_two_holders(graph), *_two_values(graph)]
    return sorted(found, key=lambda conflict: conflict["id"])


def _two_holders(graph: KnowledgeGraph) -> Iterator[ConflictAttributes]:
    """Yield the seats that several persons hold at one time, as far as documents date it."""
    held: dict[tuple[str, str], list[tuple[str, str, EdgeAttributes]]] = defaultdict(list)
    for person, body, key, fact in edges(graph):
        if fact["type"] == "holds_post" and fact.get("status") in _HELD and fact.get("role") in SEATS:
            held[body, fact["role"]].append((person, key, fact))
    names = {node: attributes["name"] for node, attributes in nodes(graph)} if held else {}
    for (body, role), claims in sorted(held.items()):
        spans: dict[str, tuple[str, str]] = {}
        keys: dict[str, list[str]] = defaultdict(list)
        for person, key, fact in claims:
            if (span := _span(fact)) is not None:
                low, high = spans.get(person, span)
                spans[person] = min(low, span[0]), max(high, span[1])
                keys[person].append(key)
        for group in _overlapping(spans):
            holders = ", ".join(names[person] for person in group)
            facts = sorted(key for person in group for key in keys[person])
            yield _conflict("two_holders", facts, f"{names[body]}: {role} at one time: {holders}")


def _span(fact: EdgeAttributes) -> tuple[str, str] | None:
    """Return the days, as far as stated, from and until which documents say a post is held; None if they do not tell."""
    stated = [day for day in (fact.get("date"), fact.get("first_stated"), fact.get("last_stated")) if day]
    return (min(stated), max(stated)) if stated else None


def _overlapping(spans: dict[str, tuple[str, str]]) -> Iterator[list[str]]:
    """Yield the groups of persons whose spans overlap by more than one moment, each in order of ids."""
    group: list[str] = []
    until = ""
    for person in sorted(spans, key=lambda person: (spans[person], person)):
        low, high = spans[person]
        if group and low < until:
            group.append(person)
            until = max(until, high)
        else:
            if len(group) > 1:
                yield sorted(group)
            group, until = [person], high
    if len(group) > 1:
        yield sorted(group)


def _two_values(graph: KnowledgeGraph) -> Iterator[ConflictAttributes]:
    """Yield the figures of one body, thing, unit and period that differ."""
    groups: dict[tuple[str, ...], list[tuple[str, float, float | None]]] = defaultdict(list)
    for figure in outcomes(graph):
        if "subject" in figure and "period" in figure and figure["kind"] == "result":
            described = (
                figure["subject"],
                figure["what"],
                figure["unit"],
                figure["period"],
                figure.get("programme", ""),
            )
            groups[described].append((figure["id"], figure["value"], figure.get("value_max")))
    for (subject, what, unit, period, _), figures in sorted(groups.items()):
        if len({(value, top) for _, value, top in figures}) > 1:
            values = ", ".join(f"{value:g}" for value in sorted({value for _, value, _ in figures}))
            name = graph.nodes[subject]["name"]
            yield _conflict("two_values", [key for key, *_ in figures], f"{name}: {what}, {period}: {values} {unit}")


def _conflict(kind: str, facts: Iterable[str], reason: str) -> ConflictAttributes:
    listed = sorted(facts)
    digest = sha256("\x1f".join((kind, *listed)).encode()).hexdigest()[:16]
    return {"id": f"dis-{digest}", "kind": kind, "facts": listed, "reason": reason}
