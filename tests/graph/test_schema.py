"""The schema table is whole and agrees with itself."""

from __future__ import annotations

import re

import pytest

from unionkg.graph.schema import (
    ENTITY_TYPES,
    NOISE_KINDS,
    OUTCOME_KINDS,
    PREFIXES,
    QUALIFIERS,
    RELATION_TYPES,
    EntityType,
    RelationType,
    Subtype,
)

ENTITIES = tuple(ENTITY_TYPES.values())
RELATIONS = tuple(RELATION_TYPES.values())
CLASSES: list[EntityType | Subtype] = [*ENTITIES, *(subtype for kind in ENTITIES for subtype in kind.subtypes)]


def terms() -> list[str]:
    """Return every class and property that the table names."""
    found = [row.rdf_class for row in CLASSES]
    found += [relation.rdf_property for relation in RELATIONS]
    found += [qualifier.rdf_property for qualifier in QUALIFIERS.values()]
    found += [term for row in CLASSES for term in row.aligned]
    return found + [term for relation in RELATIONS for term in relation.aligned]


def test_the_types_are_those_of_the_annotation() -> None:
    assert set(ENTITY_TYPES) == {"ORG", "PERSON", "PLACE", "PROGRAMME", "POLICY", "EVENT", "GROUP", "CONCEPT"}
    assert set(RELATION_TYPES) == {
        "attends",
        "elected_at",
        "governs",
        "holds_post",
        "honours",
        "issues",
        "located_in",
        "organises",
        "part_of",
        "partners_with",
        "promotes",
        "subordinate_to",
        "targets",
        "works_for",
    }
    assert set(OUTCOME_KINDS) == {"target", "result"}
    assert {"spam", "foreign_sentence", "navigation", "advert", "duplicate", "ellipsis"} == set(NOISE_KINDS)


def test_rows_stand_under_their_own_names() -> None:
    for table in (ENTITY_TYPES, RELATION_TYPES, QUALIFIERS):
        assert all(name == row.name for name, row in table.items())


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda row: row.name)
def test_domain_range_and_qualifiers_are_in_the_table(relation: RelationType) -> None:
    assert relation.domain
    assert relation.range
    assert {*relation.domain, *relation.range} <= set(ENTITY_TYPES)
    assert set(relation.qualifiers) <= set(QUALIFIERS)


def test_every_term_has_a_known_prefix() -> None:
    for term in terms():
        prefix, _, local = term.partition(":")
        assert prefix in PREFIXES
        assert re.fullmatch(r"[A-Za-z]\w*", local)


def test_own_terms_are_named_once() -> None:
    own = [term for term in terms() if term.startswith("ukg:")]
    assert len(own) == len(set(own))


def test_prefixes_of_nodes_and_colours_tell_the_types_apart() -> None:
    assert len({row.prefix for row in ENTITIES}) == len({row.colour for row in ENTITIES}) == len(ENTITIES)
    assert all(re.fullmatch("[a-z]{3}", row.prefix) for row in ENTITIES)
    assert all(re.fullmatch("#[0-9a-f]{6}", row.colour) for row in ENTITIES)


def test_everything_has_a_label_in_both_languages() -> None:
    labels = [(row.zh, row.en) for row in CLASSES]
    labels += [(relation.zh, relation.en) for relation in RELATIONS]
    labels += [(qualifier.zh, qualifier.en) for qualifier in QUALIFIERS.values()]
    assert all(re.search("[一-龥]", zh) and en.isascii() and en.strip() for zh, en in labels)
    definitions = [(row.definition_zh, row.definition_en) for row in ENTITIES]
    definitions += [(row.definition_zh, row.definition_en) for row in RELATIONS]
    assert all(zh.endswith("。") and en.endswith(".") for zh, en in definitions)
