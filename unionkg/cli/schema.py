"""`unionkg schema`"""

from __future__ import annotations

from io import BytesIO
from typing import Annotated, Literal, TypeAlias

import typer

from unionkg.cli.console import put

Format: TypeAlias = Literal["table", "ontology", "json"]


def schema_command(
    format: Annotated[Format, typer.Option(help="A table to read, the ontology in Turtle, or JSON.")] = "table",
) -> None:
    """Print the types of entities and relations that are looked for.

    \b
    Example:
      unionkg schema --format ontology > ontology.ttl
    """
    put(schema(format))


def schema(format: Format) -> str:
    """Return the schema as lines of text, as an ontology in Turtle, or as JSON."""
    import msgspec

    from unionkg.graph.schema import ENTITY_TYPES, NOISE_KINDS, OUTCOME_KINDS, QUALIFIERS, RELATION_TYPES

    if format == "ontology":
        from unionkg.exports.ontology import write_ontology

        stream = BytesIO()
        write_ontology(stream)
        return stream.getvalue().decode()
    if format == "json":
        whole = {
            "entity_types": list(ENTITY_TYPES.values()),
            "relation_types": list(RELATION_TYPES.values()),
            "qualifiers": list(QUALIFIERS.values()),
            "outcome_kinds": OUTCOME_KINDS,
            "noise_kinds": NOISE_KINDS,
        }
        return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode()
    lines = ["entities"]
    for entity_type in ENTITY_TYPES.values():
        lines.append(f"  {entity_type.name:16} {entity_type.zh}  {entity_type.definition_en}")
        lines += [f"    {subtype.name:14} {subtype.zh}  {subtype.en}" for subtype in entity_type.subtypes]
    lines.append("relations")
    for relation in RELATION_TYPES.values():
        ends = f"{', '.join(relation.domain)} -> {', '.join(relation.range)}"
        lines.append(f"  {relation.name:16} {relation.zh}  {ends}" + "".join(f"  [{q}]" for q in relation.qualifiers))
        lines.append(f"  {'':16} {relation.definition_en}")
    return "\n".join(lines)
