"""`unionkg schema`"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Annotated, BinaryIO, Literal, TypeAlias

import typer

from unionkg.cli.console import put

Format: TypeAlias = Literal["table", "ontology", "shapes", "context", "mermaid", "json"]


def schema_command(
    format: Annotated[
        Format,
        typer.Option(
            help="A table to read, ontology or shapes in Turtle, a context for JSON-LD, a Mermaid drawing, or JSON."
        ),
    ] = "table",
) -> None:
    """Print the types of entities and relations that are looked for.

    \b
    Example:
      unionkg schema --format ontology > ontology.ttl
    """
    put(schema(format))


def schema(format: Format) -> str:
    """Return the schema in one of the formats."""
    return FORMS[format]()


def _ontology() -> str:
    from unionkg.exports.ontology import write_ontology

    return _written(write_ontology)


def _shapes() -> str:
    from unionkg.exports.shapes import write_shapes

    return _written(write_shapes)


def _context() -> str:
    from unionkg.exports.jsonld import write_context

    return _written(write_context)


def _written(write: Callable[[BinaryIO], None]) -> str:
    stream = BytesIO()
    write(stream)
    return stream.getvalue().decode()


def _mermaid() -> str:
    from unionkg.exports.drawing import mermaid

    return mermaid()


def _json() -> str:
    import msgspec

    from unionkg.graph.schema import ENTITY_TYPES, NOISE_KINDS, OUTCOME_KINDS, QUALIFIERS, RELATION_TYPES

    whole = {
        "entity_types": list(ENTITY_TYPES.values()),
        "relation_types": list(RELATION_TYPES.values()),
        "qualifiers": list(QUALIFIERS.values()),
        "outcome_kinds": OUTCOME_KINDS,
        "noise_kinds": NOISE_KINDS,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode()


def _table() -> str:
    from unionkg.graph.schema import ENTITY_TYPES, RELATION_TYPES

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


FORMS: dict[Format, Callable[[], str]] = {
    "table": _table,
    "ontology": _ontology,
    "shapes": _shapes,
    "context": _context,
    "mermaid": _mermaid,
    "json": _json,
}
