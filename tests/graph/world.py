"""Small extractions, written in the tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec

from unionkg.graph.model import Entity, Extraction, Mention, Metadata, Outcome, Relation
from unionkg.nlp.name_parts import name_parts

PROVINCES = {
    "北京市": "110000",
    "天津市": "120000",
    "河北省": "130000",
    "山西省": "140000",
    "内蒙古自治区": "150000",
    "辽宁省": "210000",
    "吉林省": "220000",
    "黑龙江省": "230000",
    "上海市": "310000",
    "江苏省": "320000",
    "浙江省": "330000",
    "安徽省": "340000",
    "福建省": "350000",
    "江西省": "360000",
    "山东省": "370000",
    "河南省": "410000",
    "湖北省": "420000",
    "湖南省": "430000",
    "广东省": "440000",
    "广西壮族自治区": "450000",
    "海南省": "460000",
    "重庆市": "500000",
    "四川省": "510000",
    "贵州省": "520000",
    "云南省": "530000",
    "西藏自治区": "540000",
    "陕西省": "610000",
    "甘肃省": "620000",
    "青海省": "630000",
    "宁夏回族自治区": "640000",
    "新疆维吾尔自治区": "650000",
}


def union(name: str, code: str | None = None, aliases: tuple[str, ...] = ()) -> Entity:
    """Return a trade union; the id is set by `extraction`."""
    return Entity(id=name, type="ORG", subtype="union", name=name, code=code, aliases=aliases)


def federation(province: str) -> Entity:
    """Return the federation of a province."""
    return union(f"{province}总工会", PROVINCES[province])


def person(name: str) -> Entity:
    """Return a person."""
    return Entity(id=name, type="PERSON", name=name)


def holds(holder: Entity, body: Entity, role: str = "主席", status: str | None = "current") -> Relation:
    """Return a post; its evidence is set by `extraction`."""
    return Relation(
        type="holds_post",
        subject=holder.id,
        object=body.id,
        role=role,
        status=status,
        evidence=(0, 1),
        rule="post.test",
    )


def document_id(name: str) -> str:
    """Return the id of the document that is called `name`."""
    return sha256(name.encode()).hexdigest()


def extraction(
    name: str,
    entities: Sequence[Entity],
    relations: Iterable[Relation] = (),
    outcomes: Iterable[Outcome] = (),
    metadata: Metadata | None = None,
) -> Extraction:
    """Return what a document says that names each entity once, one a line.

    Its first line says every fact but relations that have other evidence, which does not begin with the text.
    """
    text = text_of(entities)
    mentions = []
    position = 0
    for entity in entities:
        end = position + len(entity.name)
        mentions.append(Mention(start=position, end=end, text=entity.name, norm=entity.name, entity=entity.id))
        position = end + 1
    first = text.splitlines()[0]
    evidence: dict[str, object] = {"evidence": (0, len(first)), "quote": first}
    return Extraction(
        doc=f"{name}.txt",
        document=document_id(name),
        metadata=metadata or Metadata(),
        entities=tuple(map(with_parts, entities)),
        mentions=tuple(mentions),
        relations=tuple(
            relation if relation.evidence[0] else msgspec.structs.replace(relation, **evidence)
            for relation in relations
        ),
        outcomes=tuple(msgspec.structs.replace(outcome, **evidence) for outcome in outcomes),
    )


def with_parts(entity: Entity) -> Entity:
    """Return the entity with the parts of its name, as extraction gives them."""
    parts = name_parts(entity.type, entity.subtype, entity.name, entity.code)
    return msgspec.structs.replace(
        entity, territory=parts.territory, edition=parts.edition, stem=parts.stem, is_open=parts.is_open
    )


def text_of(entities: Sequence[Entity]) -> str:
    """Return the text of the document that `extraction` makes."""
    return "\n".join(entity.name for entity in entities)
