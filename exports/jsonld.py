"""JSON-LD with a context derived from the schema: our terms by their bare names, others with their prefix.

It keeps to what JSON-LD 1.0 has, so that old tools read it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, BinaryIO, TypeAlias

import msgspec

from unionkg.exports.iri import BASE, KEPT, expand
from unionkg.exports.literals import parts
from unionkg.exports.terms import OUTSIDE, TERMS, VARIANTS
from unionkg.exports.triples import Description, descriptions
from unionkg.exports.turtle import BASE_PREFIX
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable
from unionkg.graph.schema import PREFIXES, QUALIFIERS, RELATION_TYPES

Value: TypeAlias = str | int | bool | dict[str, str]

LANGUAGE = "@language"
_KIND_OF_RANGE = {(): "", ("xsd:string",): "", ("rdf:langString",): LANGUAGE}
_ENCODER = msgspec.json.Encoder()


def context(base: str | None = None) -> dict[str, Any]:
    """Return the context: prefixes, and for each property what its values are, unless they are plain texts."""
    prefixes = PREFIXES | ({BASE_PREFIX: base} if base and _can_be_prefix(base) else {})
    typed: dict[str, Any] = {"id": "@id", "type": "@type", "@vocab": PREFIXES["ukg"]}
    for name, kind in _kinds().items():
        entry = {"@id": name}
        if kind:
            entry["@container" if kind == LANGUAGE else "@type"] = kind
            typed[_key(name)] = entry
    return dict(sorted(prefixes.items())) | dict(sorted(typed.items()))


def write_context(stream: BinaryIO) -> None:
    """Write the context as a document of its own, to be referred to."""
    stream.write(msgspec.json.format(_ENCODER.encode({"@context": context()}), indent=1) + b"\n")


def write_jsonld(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str = BASE) -> None:
    """Write the graph, an object a line, in order of subjects. Raises what `descriptions` raises."""
    write_descriptions(descriptions(graph, base), stream, base)


def write_descriptions(found: Iterable[Description], stream: BinaryIO, base: str) -> None:
    """Write the descriptions in the order given, an object a line."""
    say = _Speller(base)
    stream.write(b'{"@context":' + _ENCODER.encode(context(base)) + b',\n"@graph":[')
    stream.writelines(
        (b",\n" if number else b"\n") + _ENCODER.encode(say.node(each)) for number, each in enumerate(found)
    )
    stream.write(b"\n]}\n")


@cache
def _kinds() -> Mapping[str, str]:
    """Return what the values of each property are: `@id`, `@language`, a datatype by its prefixed name, or "" for text."""
    kinds = dict(OUTSIDE)
    for row in RELATION_TYPES.values():
        kinds[row.rdf_property] = "@id"
        kinds |= dict.fromkeys(row.aligned, "@id")
    kinds |= {variant.property: "@id" for variant in VARIANTS}
    kinds |= {row.rdf_property: "@id" if name == "programme" else "" for name, row in QUALIFIERS.items()}
    for own in TERMS.values():
        if own.kind == "object":
            kinds[own.name] = "@id"
        elif own.kind == "datatype":
            kinds[own.name] = _KIND_OF_RANGE[own.range] if own.range in _KIND_OF_RANGE else own.range[0]
    return kinds


def _key(name: str) -> str:
    return name.removeprefix("ukg:")


def _can_be_prefix(base: str) -> bool:
    return base[-1] in "/#:"  # JSON-LD 1.1 takes for a prefix what ends in a general delimiter of RFC 3986


class _Speller:
    """What makes JSON objects of descriptions."""

    def __init__(self, base: str) -> None:
        namespaces = dict(PREFIXES) | ({BASE_PREFIX: base} if _can_be_prefix(base) else {})
        self._namespaces = [(f"<{iri}", f"{name}:") for name, iri in namespaces.items()]
        self._property = {f"<{expand(name)}>": (_key(name), kind) for name, kind in _kinds().items()}
        self.short = lru_cache(KEPT)(self._shortened)

    def node(self, description: Description) -> dict[str, Any]:
        """Return the object for one subject."""
        subject, pairs = description
        node: dict[str, Any] = {"id": self.short(subject)}
        for predicate, value in pairs:
            if predicate == _TYPE:
                node.setdefault("type", []).append(self.short(value).removeprefix("ukg:"))
                continue
            key, kind = self._property[predicate]
            if kind == LANGUAGE:
                text, language, _ = parts(value)
                assert language is not None
                _add(node.setdefault(key, {}), language, text)
            else:
                _add(node, key, self._value(value, kind))
        return node

    def _value(self, value: str, kind: str) -> Value:
        if value[0] == "<":
            short = self.short(value)
            return short if kind == "@id" else {"@id": short}
        text, language, datatype = parts(value)
        if language:
            return {"@value": text, "@language": language}
        if datatype is None:
            return text if not kind else {"@value": text}
        if f"<{datatype}>" != self._datatype(kind):
            return {"@value": text, "@type": self.short(f"<{datatype}>")}
        if kind == "xsd:integer":
            return int(text)
        return text == "true" if kind == "xsd:boolean" else text  # a decimal too: JSON's numbers are floating point

    @staticmethod
    @cache
    def _datatype(kind: str) -> str | None:
        return f"<{expand(kind)}>" if ":" in kind else None

    def _shortened(self, iri: str) -> str:
        for start, prefix in self._namespaces:
            if iri.startswith(start) and not iri.startswith("//", len(start)):  # kg://a would be an IRI of its own
                return prefix + iri[len(start) : -1]
        return iri[1:-1]


def _add(node: dict[str, Any], key: str, value: Value) -> None:
    """Put a value under a key; several become a list."""
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


_TYPE = f"<{expand('rdf:type')}>"
