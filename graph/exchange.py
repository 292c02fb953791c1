"""Extractions as JSON, in the format of the gold annotation, and the check that one keeps the document contract."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import msgspec

from unionkg.errors import InvalidExtraction, MissingEvidence
from unionkg.graph.model import Extraction, Fact
from unionkg.graph.schema import ENTITY_TYPES, NOISE_KINDS, OUTCOME_BOUNDS, OUTCOME_KINDS, QUALIFIERS, RELATION_TYPES
from unionkg.graph.web_address import web_address

_DECODER = msgspec.json.Decoder(Extraction)
_ENCODER = msgspec.json.Encoder()


def to_json(extraction: Extraction) -> bytes:
    """Return the extraction as indented UTF-8 JSON ending in a newline; equal extractions give equal bytes."""
    return msgspec.json.format(_ENCODER.encode(extraction), indent=1) + b"\n"


def from_json(data: bytes, where: str = "<bytes>") -> Extraction:
    """Return the extraction that `data` holds.

    Gold files are accepted too: they have no `document`, `quote`, `rule` or `confidence`. Raises InvalidExtraction with
    the key at fault; `where` names the source in that message. Use `check` for what the JSON alone cannot tell.
    """
    try:
        raw = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        if "document" not in raw:
            raw["document"] = msgspec.Raw(b'""')
        return _DECODER.decode(_ENCODER.encode(raw))
    except msgspec.MsgspecError as error:
        raise InvalidExtraction(f"{where}: not an extraction: {error}") from error


def read(path: Path) -> Extraction:
    """Return the extraction in the file `path`. Raises InvalidExtraction."""
    return from_json(path.read_bytes(), str(path))


def check(extraction: Extraction, text: str | None = None, where: str = "") -> None:
    """Raise InvalidExtraction or MissingEvidence unless the extraction keeps the contract.

    Ids are unique and resolve, types, subtypes, qualifiers and bounds are in the schema, relations keep their domain and
    range, a beneficiary is a group, a traditional form is printed by a mention, and the document's address can be
    followed. With the document's `text`, every mention and every quote must be its slice there, and no two mentions overlap.
    """
    where = where or extraction.doc
    url = extraction.metadata.url
    if url is not None and web_address(url) != url:
        raise InvalidExtraction(f"{where}: url {url!r}: accepted: an absolute http or https address")
    types: dict[str, str] = {}
    for entity in extraction.entities:
        if entity.id in types:
            raise InvalidExtraction(f"{where}: two entities have the id {entity.id!r}")
        kind = ENTITY_TYPES.get(entity.type)
        if kind is None:
            raise InvalidExtraction(_unknown(where, f"entity {entity.id}", "type", entity.type, ENTITY_TYPES))
        subtypes = [subtype.name for subtype in kind.subtypes]
        if entity.subtype is not None and entity.subtype not in subtypes:
            raise InvalidExtraction(_unknown(where, f"entity {entity.id}", "subtype", entity.subtype, subtypes))
        types[entity.id] = entity.type
    for mention in extraction.mentions:
        if mention.entity not in types:
            raise InvalidExtraction(
                f"{where}: the mention {mention.text!r} at {mention.start} is of unknown entity {mention.entity!r}"
            )
        if not 0 <= mention.start < mention.end:
            raise InvalidExtraction(f"{where}: mention {mention.text!r}: {mention.start}:{mention.end} is no interval")
        if text is not None and text[mention.start : mention.end] != mention.text:
            found = text[mention.start : mention.end]
            raise InvalidExtraction(
                f"{where}: mention {mention.text!r} is not at {mention.start}:{mention.end}, where {found!r} stands"
            )
    printed = {(mention.entity, mention.text) for mention in extraction.mentions}
    for entity in extraction.entities:
        for form in entity.traditional:
            if (entity.id, form) not in printed:
                raise InvalidExtraction(f"{where}: entity {entity.id}: no mention prints the traditional form {form!r}")
    ordered = sorted((mention.start, mention.end) for mention in extraction.mentions)
    for (_, end), (start, _) in pairwise(ordered):
        if start < end:
            raise InvalidExtraction(f"{where}: two mentions overlap at {start}")
    for relation in (*extraction.relations, *extraction.denied):
        place = f"relation {relation.type} {relation.subject} -> {relation.object}"
        row = RELATION_TYPES.get(relation.type)
        if row is None:
            raise InvalidExtraction(_unknown(where, place, "type", relation.type, RELATION_TYPES))
        for end_name, accepted in (("subject", row.domain), ("object", row.range)):
            entity_type = types.get(getattr(relation, end_name))
            if entity_type not in accepted:
                raise InvalidExtraction(_unknown(where, place, f"{end_name} of type", str(entity_type), accepted))
        if relation.programme is not None and relation.programme not in types:
            raise InvalidExtraction(f"{where}: {place}: unknown programme {relation.programme!r}")
        for name, qualifier in QUALIFIERS.items():
            value = getattr(relation, name)
            if value is not None and qualifier.values and value not in qualifier.values:
                raise InvalidExtraction(_unknown(where, place, name, value, qualifier.values))
        _check_evidence(relation, text, f"{where}: {place}")
    for outcome in extraction.outcomes:
        place = f"outcome {outcome.value:g}{outcome.unit}"
        for entity_id in (outcome.subject, outcome.programme, outcome.beneficiary):
            if entity_id is not None and entity_id not in types:
                raise InvalidExtraction(f"{where}: {place}: unknown entity {entity_id!r}")
        if outcome.kind not in OUTCOME_KINDS:
            raise InvalidExtraction(_unknown(where, place, "kind", outcome.kind, OUTCOME_KINDS))
        if outcome.bound is not None and outcome.bound not in OUTCOME_BOUNDS:
            raise InvalidExtraction(_unknown(where, place, "bound", outcome.bound, OUTCOME_BOUNDS))
        if outcome.beneficiary is not None and types[outcome.beneficiary] != "GROUP":
            found = types[outcome.beneficiary]
            raise InvalidExtraction(_unknown(where, place, "beneficiary of type", found, ("GROUP",)))
        _check_evidence(outcome, text, f"{where}: {place}")
    for renaming in extraction.renamings:
        place = f"renaming {renaming.former} -> {renaming.later}"
        kinds = [types.get(renaming.former), types.get(renaming.later)]
        if None in kinds or kinds[0] != kinds[1]:
            raise InvalidExtraction(
                f"{where}: {place}: of {kinds[0]} and {kinds[1]}; accepted: two entities of one type"
            )
        _check_evidence(renaming, text, f"{where}: {place}")
    for noise in extraction.noise:
        if noise.kind not in NOISE_KINDS:
            raise InvalidExtraction(_unknown(where, f"noise at {noise.start}", "kind", noise.kind, NOISE_KINDS))


def _check_evidence(fact: Fact, text: str | None, place: str) -> None:
    start, end = fact.evidence
    if not 0 <= start < end:
        raise MissingEvidence(f"{place}: the evidence {start}:{end} is no interval")
    if text is not None and text[start:end] != fact.quote:
        raise MissingEvidence(f"{place}: the quote {fact.quote[:40]!r} is not at {start}:{end}")
    for low, high in fact.evidence_parts:
        if not start <= low < high <= end:
            raise MissingEvidence(f"{place}: the evidence part {low}:{high} lies outside {start}:{end}")


def _unknown(where: str, place: str, field: str, value: str, accepted: Iterable[str]) -> str:
    return f"{where}: {place}: unknown {field} {value!r}; accepted: {', '.join(accepted)}"
