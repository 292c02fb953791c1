"""The schema as a drawing: a flow chart of Mermaid's, which code hosts show, derived from the table."""

from __future__ import annotations

from collections import defaultdict

from unionkg.graph.schema import ENTITY_TYPES, RELATION_TYPES


def mermaid() -> str:
    """Return a box for each entity type, in its colour, and an arrow for all relations from one type to another."""
    lines = ["flowchart LR"]
    for kind in ENTITY_TYPES.values():
        lines.append(f'  {kind.name}["{kind.zh}<br/>{kind.en}"]')
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for relation in RELATION_TYPES.values():
        for start in relation.domain:
            for end in relation.range:
                between[start, end].append(f"{relation.zh} {relation.name}")
    for (start, end), names in between.items():
        lines.append(f'  {start} -->|"{"<br/>".join(names)}"| {end}')
    lines += [f"  style {kind.name} fill:{kind.colour},color:#fff" for kind in ENTITY_TYPES.values()]
    return "\n".join(lines) + "\n"
