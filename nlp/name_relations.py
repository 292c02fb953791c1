"""What names alone say: whom a body governs, what it is part of, which place lies in which, whom a programme is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from unionkg.nlp.clauses import Clause, Discourse
from unionkg.nlp.companies import is_brand_of
from unionkg.nlp.linking import Key, Linked, Named
from unionkg.nlp.statements import Statement

_TOWN_OF = re.compile(r"(?P<town>[一-龥]{2,4}(?:镇|乡|街道))(?:总工会|工会|党委|党工委|政府|人民政府|办事处)$")
_OF_ZONE = re.compile(r"(?:开发区|高新区|园区|保税区|示范区|度假区|自贸区|街道|社区)(?:总工会|工会)")


def relations_of_names(discourse: Discourse) -> list[Statement]:
    """Return governs, subordinate_to, located_in and targets where a name carries them.

    Nothing is said of a territory, a parent or a group that is no entity of the document itself.
    """
    entities = {entity.key: entity for entity in reversed(discourse.entities)}
    territories = {
        entity.code: entity for entity in reversed(entities.values()) if entity.type == "PLACE" and entity.code
    }
    groups = [entity for entity in entities.values() if entity.type == "GROUP"]
    statements: list[Statement] = []
    seen: set[Key] = set()
    for clause in discourse.clauses:
        for mention in clause.mentions:
            if mention.entity.key in seen:
                continue
            seen.add(mention.entity.key)
            if mention.entity.type == "ORG":
                statements += _of_institution(clause, mention, territories, entities)
            elif mention.entity.type == "PROGRAMME":
                statements += [
                    Statement("targets", mention.entity, group, clause.start, clause.end, "name.group", 0.55)
                    for group in groups
                    if group.name in mention.entity.name
                ]
        statements += _place_chains(discourse.text, clause)
    return statements


def _of_institution(
    clause: Clause, mention: Linked, territories: dict[str, Named], entities: dict[Key, Named]
) -> Iterator[Statement]:
    entity = mention.entity
    is_of_company = mention.rule == "org.company_union"
    is_of_zone = _OF_ZONE.search(entity.name) is not None
    if (
        entity.subtype in {"union", "party_state"}
        and not is_of_company
        and not is_of_zone
        and entity.code in territories
    ):
        yield Statement("governs", entity, territories[entity.code], clause.start, clause.end, "name.territory", 0.95)
    elif (
        entity.subtype in {"union", "party_state"}
        and not is_of_company
        and (town := _TOWN_OF.match(entity.name))
        and (place := entities.get(("PLACE", town["town"]))) is not None
    ):
        yield Statement("governs", entity, place, clause.start, clause.end, "name.town", 0.9)
    openings = [
        one for one in entities.values() if one.type == "ORG" and one is not entity and entity.name.startswith(one.name)
    ]
    parent = max(openings, key=lambda one: len(one.name), default=None)
    if parent is None and is_of_company:
        brand = entity.name.removesuffix("工会")
        companies = [other for other in entities.values() if other.subtype == "enterprise"]
        parent = next(
            (other for other in companies if other.name.startswith(brand) or is_brand_of(brand, other.name)), None
        )
    if parent is not None and parent.key != entity.key:
        yield Statement("subordinate_to", entity, parent, clause.start, clause.end, "name.parent", 0.9)


def _place_chains(text: str, clause: Clause) -> Iterator[Statement]:
    """Yield an inner place in the outer one that is written directly before it; two letters (川渝) are neighbours."""
    places = clause.of_type("PLACE")
    for outer, inner in pairwise(places):
        if (
            not text[outer.end : inner.start].strip()
            and "\n" not in text[outer.end : inner.start]
            and outer.entity.key != inner.entity.key
            and inner.end - inner.start > 1
        ):
            yield Statement("located_in", inner.entity, outer.entity, clause.start, clause.end, "place.chain", 0.9)
