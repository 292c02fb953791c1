"""The properties of the service, in one table: what each is called, whose it is, its values, and what it says of a thing that is sought.

A value is a text, a number, a day, or an entity of the graph, told by its id in a `Thing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeAlias

from unionkg.graph.amounts import amount
from unionkg.graph.attributes import DocumentAttributes, EdgeAttributes
from unionkg.graph.divisions import Division, divisions
from unionkg.graph.schema import ENTITY_TYPES
from unionkg.matching.index import UNDERTAKINGS
from unionkg.matching.names import folded
from unionkg.matching.territories import NATION
from unionkg.reconciliation.catalogue import Catalogue, kinds_of
from unionkg.reconciliation.kinds import Kind, row_of


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of the graph as a value."""

    id: str


Value: TypeAlias = str | int | float | date | Thing
Values: TypeAlias = Callable[[Catalogue, str], Iterator[Value]]
"""Gives the values of a property for the entity of this id, the best backed first; some may come twice."""

_ALL = tuple(ENTITY_TYPES)
_MADE = tuple(sorted(UNDERTAKINGS))
_HELD = ("PROGRAMME", "EVENT")


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its id, its names, a definition in both languages, and the types of entities that have it.

    `field` is the field of a query (`unionkg.matching.candidate.Query`) that a value of it fills, "" if matching takes no
    notice of it. `range` is the type of its values if these are entities. `is_parallel` is true if equal values all count, so
    that those of two properties stand side by side.
    """

    id: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    types: tuple[str, ...]
    values: Values
    field: str = ""
    range: Kind | None = None
    is_parallel: bool = False

    def of(self, catalogue: Catalogue, node: str) -> list[Value]:
        """Return the values for the entity of this id, the best backed first."""
        found = self.values(catalogue, node)
        return list(found if self.is_parallel else dict.fromkeys(found))


def _iri(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield catalogue.iri(node)


def _id(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield node


def _type(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield _called(catalogue, (catalogue.index.entries[node].type, None))


def _subtype(catalogue: Catalogue, node: str) -> Iterator[Value]:
    kind = kinds_of(catalogue.index.entries[node])[0]
    if kind[1] is not None:
        yield _called(catalogue, kind)


def _called(catalogue: Catalogue, kind: Kind) -> str:
    row = row_of(kind)
    return row.zh if catalogue.language == "zh" else row.en


def _aliases(catalogue: Catalogue, node: str) -> Iterator[Value]:
    entity = catalogue.entity(node)
    former = entity.get("former_names", ())
    yield from (alias for alias in entity["aliases"] if alias not in former)


def _former_names(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield from catalogue.entity(node).get("former_names", ())


def _traditional(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield from catalogue.entity(node).get("traditional", ())


def _pinyin(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield catalogue.entity(node)["pinyin"]


def _code(catalogue: Catalogue, node: str) -> Iterator[Value]:
    entity = catalogue.entity(node)
    if "code" in entity:
        yield entity["code"]


def _exact_matches(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield from catalogue.entity(node).get("exact_matches", ())


def _close_matches(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield from catalogue.entity(node).get("close_matches", ())


def _province(catalogue: Catalogue, node: str) -> Iterator[Value]:
    """Yield the provinces in which an entity lies, of a person those of the bodies of the posts."""
    entries = catalogue.index.entries
    bodies = [entries[post.body] for post in catalogue.index.posts.get(node, ())]
    for one in (entries[node], *bodies):
        if one.territory is not None and one.territory is not NATION:
            province = divisions().province_of(one.territory.code)
            if province is not None:
                yield _division(catalogue, province)


def _division(catalogue: Catalogue, one: Division) -> Value:
    """Return a division as the entity that it is in the graph, else by its name."""
    return next((Thing(entry.id) for entry in catalogue.index.by_place.get(one.lineage, ())), one.name)


def _place(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield from _ends("governs", True, catalogue, node)
    yield from _ends("located_in", True, catalogue, node)


def _parent(catalogue: Catalogue, node: str) -> Iterator[Value]:
    if catalogue.index.entries[node].type in _HELD:
        yield from _ends("organises", False, catalogue, node)
    else:
        yield from _ends("subordinate_to", True, catalogue, node)


def _employer(catalogue: Catalogue, node: str) -> Iterator[Value]:
    for relation in ("holds_post", "works_for"):
        yield from _ends(relation, True, catalogue, node)


def _ends(relation: str, outward: bool, catalogue: Catalogue, node: str) -> Iterator[Value]:
    """Yield the entities at the other end of facts; posts that are over are left out."""
    for other, fact in catalogue.facts(node, relation, outward=outward):
        if fact.get("status") != "former":
            yield Thing(other)


def _of_type(kind: str, relation: str, outward: bool, catalogue: Catalogue, node: str) -> Iterator[Value]:
    for other, _ in catalogue.facts(node, relation, outward=outward):
        if catalogue.index.entries[other].type == kind:
            yield Thing(other)


def _partners(catalogue: Catalogue, node: str) -> Iterator[Value]:
    for outward in (True, False):
        yield from _ends("partners_with", outward, catalogue, node)


def _roles(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield from (fact["role"] for _, fact in catalogue.facts(node, "holds_post", outward=True) if "role" in fact)


def _posts(catalogue: Catalogue, node: str) -> Iterator[Value]:
    for body, fact in catalogue.facts(node, "holds_post", outward=True):
        yield catalogue.entity(body)["name"] + _post(fact)


def _holders(catalogue: Catalogue, node: str) -> Iterator[Value]:
    for person, fact in catalogue.facts(node, "holds_post", outward=False):
        yield catalogue.entity(person)["name"] + _post(fact)


def _post(fact: EdgeAttributes) -> str:
    """Return a post behind the name of its body or holder: role, then status and date in brackets."""
    more = [told for told in (fact.get("status"), fact.get("date")) if told]
    return fact.get("role", "") + (f" ({', '.join(more)})" if more else "")


def _titles(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield from (fact["title"] for _, fact in catalogue.facts(node, "honours", outward=False) if "title" in fact)


def _edition(catalogue: Catalogue, node: str) -> Iterator[Value]:
    if edition := catalogue.index.entries[node].edition:
        yield edition


def _figures(catalogue: Catalogue, node: str) -> Iterator[Value]:
    for figure in catalogue.figures.get(node, ()):
        period = f" ({figure['period']})" if "period" in figure else ""
        yield f"{figure['what']} {amount(figure)}{figure['unit']}{period}"


def _figure_values(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield from (figure["value"] for figure in catalogue.figures.get(node, ()))


def _documents(catalogue: Catalogue, node: str) -> Iterator[DocumentAttributes]:
    yield from (catalogue.documents[one] for one in catalogue.entity(node)["documents"] if one in catalogue.documents)


def _titled(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield from (document.get("title") or document["name"] for document in _documents(catalogue, node))


def _addresses(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield from (document["url"] for document in _documents(catalogue, node) if "url" in document)


def _counted(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield len(catalogue.entity(node)["documents"])


def _mentions(catalogue: Catalogue, node: str) -> Iterator[Value]:
    yield catalogue.entity(node)["mentions"]


def _day(which: Callable[[list[date]], date], catalogue: Catalogue, node: str) -> Iterator[Value]:
    """Yield the first or last day of the documents that name an entity, of those that are dated to the day."""
    days = [day for document in _documents(catalogue, node) if (day := _date_of(document)) is not None]
    if days:
        yield which(days)


def _date_of(document: DocumentAttributes) -> date | None:
    told = document.get("date", "")
    try:
        return date.fromisoformat(told) if len(told) == len("2024-01-31") else None
    except ValueError:
        return None


PROPERTIES: dict[str, Property] = {
    row.id: row
    for row in (
        Property(
            "province", "省份", "province",
            "所属的省级行政区；人物取其任职单位所在省。", "The province that it belongs to; of a person that of the bodies of the posts.",
            _ALL, _province, "province", ("PLACE", "province"),
        ),
        Property(
            "place", "地点", "place",
            "管辖或所在的地方。", "The place that it governs or lies in.",
            ("ORG", "PLACE", "PROGRAMME", "EVENT"), _place, "place", ("PLACE", None),
        ),
        Property(
            "parent", "上级单位", "parent",
            "所隶属的组织；项目和会议为举办单位。", "The organisation above; of a programme or an event who organises it.",
            ("ORG", *_HELD), _parent, "parent", ("ORG", None),
        ),
        Property(
            "employer", "工作单位", "employer",
            "任职或供职的组织，不含已离任的。", "The organisation at which a person is at work; posts that are over are left out.",
            ("PERSON",), _employer, "parent", ("ORG", None),
        ),
        Property(
            "role", "职务", "role",
            "所任的职务，用原文。", "The posts of a person, as printed.",
            ("PERSON",), _roles, "role",
        ),
        Property(
            "code", "行政区划代码", "code",
            "GB/T 2260 代码。", "The GB/T 2260 code.",
            _ALL, _code, "code",
        ),
        Property(
            "year", "年份或届次", "year",
            "名称中的年份或届次；作条件时只看年份。", "The year or the number of an edition; only a year counts in a query.",
            _MADE, _edition, "year",
        ),
        Property(
            "id", "标识", "id",
            "图谱中的标识。", "The id in the graph.",
            _ALL, _id, "id",
        ),
        Property(
            "iri", "网址标识", "IRI",
            "图谱中的 IRI。", "The IRI in the graph.",
            _ALL, _iri, "id",
        ),
        Property(
            "type", "类型", "type",
            "实体类型。", "The type.",
            _ALL, _type,
        ),
        Property(
            "subtype", "子类型", "subtype",
            "更细的类型。", "The narrower type.",
            ("ORG", "PLACE", "PROGRAMME"), _subtype,
        ),
        Property(
            "alias", "别名", "other name",
            "别名和简称。", "Other names and short forms.",
            _ALL, _aliases,
        ),
        Property(
            "formerName", "曾用名", "former name",
            "文献所述的曾用名。", "Former names, as documents tell them.",
            _ALL, _former_names,
        ),
        Property(
            "traditional", "繁体写法", "traditional form",
            "文献中的繁体写法。", "The forms in traditional script that documents print.",
            _ALL, _traditional,
        ),
        Property(
            "pinyin", "拼音", "pinyin",
            "名称的拼音，不带声调。", "The name in pinyin, without tones.",
            _ALL, _pinyin,
        ),
        Property(
            "post", "任职", "post",
            "组织与职务，括号内为状态和日期。", "Body and post, with status and date in brackets.",
            ("PERSON",), _posts,
        ),
        Property(
            "holder", "任职者", "holder",
            "在此任职的人，不含已离任的。", "The persons who have a post there; those who left it are left out.",
            ("ORG",), partial(_ends, "holds_post", False), range=("PERSON", None),
        ),
        Property(
            "holderPost", "任职者与职务", "holder and post",
            "任职者与职务，括号内为状态和日期。", "Persons with their posts, status and date in brackets.",
            ("ORG",), _holders,
        ),
        Property(
            "below", "下属组织", "body below",
            "隶属于它的组织。", "The organisations that are subordinate to it.",
            ("ORG",), partial(_ends, "subordinate_to", False), range=("ORG", None),
        ),
        Property(
            "programme", "开展的项目", "programme",
            "所开展的项目，不含仅为计划的。", "The programmes that it carries out; what is only planned is left out.",
            ("ORG",), partial(_of_type, "PROGRAMME", "organises", True), range=("PROGRAMME", None),
        ),
        Property(
            "event", "举办的会议", "event",
            "所举办的会议。", "The events that it holds.",
            ("ORG",), partial(_of_type, "EVENT", "organises", True), range=("EVENT", None),
        ),
        Property(
            "attended", "出席的会议", "event attended",
            "所出席的会议。", "The events that a person attends.",
            ("PERSON",), partial(_ends, "attends", True), range=("EVENT", None),
        ),
        Property(
            "policy", "出台的文件", "policy",
            "所出台的文件。", "The documents that it issues.",
            ("ORG", "EVENT"), partial(_ends, "issues", True), range=("POLICY", None),
        ),
        Property(
            "issuer", "出台者", "issuer",
            "出台此文件的组织或会议。", "Who issues it.",
            ("POLICY",), partial(_ends, "issues", False),
        ),
        Property(
            "partner", "合作方", "partner",
            "与之合作的组织。", "The organisations with which it works together.",
            ("ORG",), _partners, range=("ORG", None),
        ),
        Property(
            "group", "面向群体", "group",
            "所面向的群体。", "The groups of workers that it serves.",
            ("ORG", "PROGRAMME"), partial(_ends, "targets", True), range=("GROUP", None),
        ),
        Property(
            "concept", "弘扬的理念", "concept",
            "所弘扬的理念。", "The concepts that it promotes.",
            ("ORG", "POLICY", "PROGRAMME"), partial(_ends, "promotes", True), range=("CONCEPT", None),
        ),
        Property(
            "partOf", "属于", "part of",
            "所属的项目或会议。", "The programme or event that it is part of.",
            _HELD, partial(_ends, "part_of", True),
        ),
        Property(
            "part", "组成部分", "part",
            "其组成部分。", "The programmes or events that are parts of it.",
            _HELD, partial(_ends, "part_of", False),
        ),
        Property(
            "honour", "所获称号", "honour",
            "所获的称号，用原文。", "The titles conferred on a person, as printed.",
            ("PERSON",), _titles,
        ),
        Property(
            "figure", "数字", "figure",
            "关于它的数字：所数之物、数值、单位和时间。", "The figures about it: what is counted, value, unit and time.",
            _ALL, _figures, is_parallel=True,
        ),
        Property(
            "figureValue", "数值", "value of figure",
            "数字的值，次序与“数字”相同。", "The values of the figures, in the same order.",
            _ALL, _figure_values, is_parallel=True,
        ),
        Property(
            "document", "文献", "document",
            "提到它的文献的标题，没有标题的用文件名。", "The titles of the documents that name it, or else their file names.",
            _ALL, _titled,
        ),
        Property(
            "url", "文献网址", "address of document",
            "这些文献的网址。", "The web addresses of these documents.",
            _ALL, _addresses,
        ),
        Property(
            "documents", "文献数", "number of documents",
            "提到它的文献数。", "How many documents name it.",
            _ALL, _counted,
        ),
        Property(
            "mentions", "提及次数", "mentions",
            "被提到的次数。", "How many times it is mentioned.",
            _ALL, _mentions,
        ),
        Property(
            "firstDocument", "最早文献日期", "first document",
            "提到它的最早文献的日期。", "The day of the first document that names it.",
            _ALL, partial(_day, min),
        ),
        Property(
            "lastDocument", "最晚文献日期", "last document",
            "提到它的最晚文献的日期。", "The day of the last document that names it.",
            _ALL, partial(_day, max),
        ),
        Property(
            "exactMatch", "等同", "exact match",
            "人工认定的图谱外同一实体的 IRI。", "IRIs outside the graph that somebody judged to mean the same.",
            _ALL, _exact_matches,
        ),
        Property(
            "closeMatch", "近似", "close match",
            "人工认定的图谱外近似实体的 IRI。", "IRIs outside the graph that somebody judged to be near enough.",
            _ALL, _close_matches,
        ),
    )
}  # fmt: skip


def property_of(text: str) -> Property | None:
    """Return the property that an id means, or a name of one in Chinese or English; None if there is none."""
    word = folded(text)
    return PROPERTIES.get(text) or next(
        (row for row in PROPERTIES.values() if word in {folded(one) for one in (row.id, row.zh, row.en)}), None
    )
