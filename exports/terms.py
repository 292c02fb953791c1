"""The terms of our own that the schema does not have: assertions, evidence, figures, documents, and past posts.

One table for the ontology, the shapes and the triples. Everything else comes from `unionkg.graph.schema` or from the
vocabularies that it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from unionkg.graph.schema import RELATION_TYPES

Kind: TypeAlias = Literal["class", "object", "datatype"]


@dataclass(frozen=True, slots=True)
class Term:
    """A class, or a property with what it goes from and to; all names prefixed. `aligned` are the broader terms."""

    name: str
    kind: Kind
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    aligned: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """The property that stands for a relation where one of its qualifiers has a certain value."""

    relation: str
    qualifier: str
    value: str
    property: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str


TERMS: dict[str, Term] = {
    row.name: row
    for row in (
        Term(
            "ukg:Assertion", "class", "断言", "assertion",
            "文献所述的一项事实：主语、谓语、宾语、限定、置信度与证据。",
            "A fact that documents state: its subject, predicate and object, its qualifiers, how sure it is, and its evidence.",
            ("rdf:Statement",),
        ),
        Term(
            "ukg:Evidence", "class", "证据", "evidence",
            "陈述某事实的句子及其在文献中的位置。", "A sentence that states a fact, and where it stands in its document.",
            ("oa:SpecificResource",),
        ),
        Term(
            "ukg:Outcome", "class", "成果数据", "outcome",
            "说明某组织已做或将做之事的数字。", "A figure that says what a body did or means to do.",
            (),
        ),
        Term(
            "ukg:Document", "class", "文献", "document",
            "图谱所依据的原始文献。", "A source document that the graph rests on.",
            ("schema:Article", "prov:Entity"),
        ),
        Term(
            "ukg:PossibleMatch", "class", "可能相同", "possible match",
            "可能是同一事物、但未合并的几个实体。", "Entities that may be the same thing and were not joined.",
        ),
        Term(
            "ukg:Conflict", "class", "冲突", "conflict",
            "不能同时为真的几项事实或数字，并列保留。", "Facts or figures that cannot all be true, kept side by side.",
        ),
        Term(
            "ukg:candidate", "object", "候选", "candidate",
            "可能相同的实体之一。", "One of the entities that may be the same.",
            (), ("ukg:PossibleMatch",),
        ),
        Term(
            "ukg:conflicting", "object", "相冲突者", "conflicting",
            "相冲突的事实或数字之一。", "One of the facts or figures in conflict.",
            (), ("ukg:Conflict",), ("ukg:Assertion", "ukg:Outcome"),
        ),
        Term(
            "ukg:conflictKind", "datatype", "冲突类型", "kind of conflict",
            "two_holders 为一职同时有两人，two_values 为一数有两值。",
            "`two_holders` for two persons in one seat at a time, `two_values` for two values of one figure.",
            (), ("ukg:Conflict",), ("xsd:string",),
        ),
        Term(
            "ukg:reason", "datatype", "理由", "reason",
            "未合并的原因，或冲突所在。", "Why entities were not joined, or what is in conflict.",
            (), ("ukg:PossibleMatch", "ukg:Conflict"), ("xsd:string",),
        ),
        Term(
            "ukg:editionOf", "object", "版本属于", "edition of",
            "项目是另一更广项目的地方版或某一届。", "A programme is the local, or the numbered, edition of a wider one.",
            ("dcterms:isVersionOf",), ("ukg:Programme",), ("ukg:Programme",),
        ),
        Term(
            "ukg:identityRule", "datatype", "识别规则", "rule of identity",
            "识别实体所依据的规则。", "The rule by which the entity is known.",
            (), (), ("xsd:string",),
        ),
        Term(
            "ukg:identity", "datatype", "识别依据", "identity",
            "识别实体所依据的内容，各项以竖线分隔：各文献中与之相符者合而为一。",
            "What the entity is known by, between bars: what agrees with it in any document is joined to it.",
            (), (), ("xsd:string",),
        ),
        Term(
            "ukg:formerName", "datatype", "曾用名", "former name",
            "文献称已被现名取代的名称。", "A name that documents say the present one has taken the place of.",
            ("skos:altLabel",), (), ("rdf:langString",),
        ),
        Term(
            "ukg:post", "object", "职位", "post",
            "某人在任职中所占的职位。", "The post that a person fills by a membership.",
            (), ("org:Membership",), ("org:Post",),
        ),
        Term(
            "ukg:firstStated", "datatype", "最早陈述", "first stated",
            "陈述此事实的文献中最早的日期。", "The earliest date of the documents that state the fact.",
            (), ("ukg:Assertion", "ukg:Outcome"),
        ),
        Term(
            "ukg:lastStated", "datatype", "最晚陈述", "last stated",
            "陈述此事实的文献中最晚的日期。", "The latest date of the documents that state the fact.",
            (), ("ukg:Assertion", "ukg:Outcome"),
        ),
        Term(
            "ukg:statedFrom", "datatype", "陈述始于", "stated from",
            "陈述此事实的文献中最早日期的首日：当时已如此，何时开始则未必可知。",
            "The first day of the earliest date of the documents that state the fact: it held then, whenever it began.",
            (), ("ukg:Assertion", "ukg:Outcome"), ("xsd:date",),
        ),
        Term(
            "ukg:statedUntil", "datatype", "陈述至", "stated until",
            "陈述此事实的文献中最晚日期的末日：当时仍如此，何时结束则未必可知。",
            "The last day of the latest date of the documents that state the fact: it held then, whenever it ends.",
            (), ("ukg:Assertion", "ukg:Outcome"), ("xsd:date",),
        ),
        Term(
            "ukg:evidence", "object", "证据", "evidence",
            "陈述此事实的句子。", "A sentence that states the fact.",
            (), ("ukg:Assertion", "ukg:Outcome"), ("ukg:Evidence",),
        ),
        Term(
            "ukg:evidencePart", "object", "证据片段", "part of the evidence",
            "句子被无关文字隔断时，属于句子本身的一段。", "A stretch that is the sentence itself, where foreign text splits it.",
            (), ("ukg:Evidence",), ("oa:TextPositionSelector",),
        ),
        Term(
            "ukg:restored", "datatype", "经还原", "restored",
            "句子须先还原被改写的字词才能读懂；就事实而言，其全部证据皆如此。",
            "True if the sentence had to be restored before it could be read; of a fact, if that is so for all its evidence.",
            (), ("ukg:Evidence", "ukg:Assertion", "ukg:Outcome"), ("xsd:boolean",),
        ),
        Term(
            "ukg:confidence", "datatype", "置信度", "confidence",
            "程序对所得结果的把握，大于0，至多为1。", "How sure the program is of what it found, above 0 and at most 1.",
            (), ("ukg:Assertion", "ukg:Outcome"), ("xsd:decimal",),
        ),
        Term(
            "ukg:rule", "datatype", "规则", "rule",
            "得出此事实的规则或模型。", "The rule or model that found the fact.",
            (), ("ukg:Assertion", "ukg:Outcome"), ("xsd:string",),
        ),
        Term(
            "ukg:sources", "datatype", "来源数", "number of sources",
            "陈述此事实的独立来源的数目：同一篇文章的转载、改写副本算作一个来源。",
            "How many independent sources state the fact: reposts and spun copies of one article count as one.",
            (), ("ukg:Assertion", "ukg:Outcome"), ("xsd:integer",),
        ),
        Term(
            "ukg:firstDay", "datatype", "首日", "first day",
            "所述日期或时段的第一天。", "The first day of the date or period that is stated.",
            (), ("ukg:Assertion", "ukg:Outcome", "ukg:Document"), ("xsd:date",),
        ),
        Term(
            "ukg:lastDay", "datatype", "末日", "last day",
            "所述日期或时段的最后一天。", "The last day of the date or period that is stated.",
            (), ("ukg:Assertion", "ukg:Outcome", "ukg:Document"), ("xsd:date",),
        ),
        Term(
            "ukg:outcomeSubject", "object", "主体", "subject of the figure",
            "数字所说之事的主体。", "The body whose doing the figure counts.",
            (), ("ukg:Outcome",),
        ),
        Term(
            "ukg:value", "datatype", "数值", "value",
            "数值；如为区间，则为下限；金额以元计。", "The number, of a range the lower end; money in yuan.",
            (), ("ukg:Outcome",), ("xsd:decimal",),
        ),
        Term(
            "ukg:valueMax", "datatype", "上限", "upper end",
            "区间的上限。", "The upper end of a range.",
            (), ("ukg:Outcome",), ("xsd:decimal",),
        ),
        Term(
            "ukg:bound", "datatype", "界限", "bound",
            "at_least 为至少，at_most 为至多，about 为约数；未注明者为所述之数。",
            "`at_least`, `at_most` or `about`, where the text says 超, 不足, 约 and the like.",
            (), ("ukg:Outcome",), ("xsd:string",),
        ),
        Term(
            "ukg:beneficiary", "object", "受益群体", "beneficiary",
            "数字所说之事惠及的群体。", "The group that what the figure counts was done for.",
            (), ("ukg:Outcome",), ("ukg:Group",),
        ),
        Term(
            "ukg:unit", "datatype", "单位", "unit",
            "原文所用的量词或货币。", "The classifier or currency as printed.",
            (), ("ukg:Outcome",), ("xsd:string",),
        ),
        Term(
            "ukg:what", "datatype", "所计事物", "what is counted",
            "数字所计的事物。", "What the figure counts.",
            (), ("ukg:Outcome",), ("xsd:string",),
        ),
        Term(
            "ukg:kind", "datatype", "性质", "kind",
            "result 为已有结果，target 为预定目标。", "`result` for what was done, `target` for what is meant to be done.",
            (), ("ukg:Outcome",), ("xsd:string",),
        ),
        Term(
            "ukg:period", "datatype", "时段", "period",
            "所述的年、月、日或起止。", "The year, month or day that is stated, or two of them joined by a slash.",
            (), ("ukg:Outcome",),
        ),
        Term(
            "ukg:divisionCode", "datatype", "行政区划代码", "division code",
            "GB/T 2260代码：地点自身的，或组织名称所含辖区的。",
            "A GB/T 2260 code: of the place itself, or of the territory that an organisation's name carries.",
            (), ("ukg:Place", "ukg:Organisation"), ("xsd:string",),
        ),
        Term(
            "ukg:Division", "class", "行政区划", "administrative division",
            "中国的一个行政区划，自其启用至停用同一代码与同一名称；改名或改码后另为一个。",
            "An administrative division of China under one code and one name, for as long as it bore both.",
            ("skos:Concept", "schema:AdministrativeArea"),
        ),
        Term(
            "ukg:division", "object", "所指区划", "division",
            "地点所是、或组织名称所含辖区所是的行政区划，依其代码。",
            "The division, by the code, that a place is, or that is the territory which an organisation's name carries.",
            (), ("ukg:Place", "ukg:Organisation"), ("ukg:Division",),
        ),
        Term(
            "ukg:validFrom", "datatype", "始见年份", "valid from",
            "名录中始有此代码与名称的年份；最早的名录已有者，始于何年未知，无此项。",
            "The first year in which the code and the name are listed; not there if the oldest list has them.",
            (), ("ukg:Division",), ("xsd:integer",),
        ),
        Term(
            "ukg:validUntil", "datatype", "末见年份", "valid until",
            "名录中最后有此代码与名称的年份；最新的名录仍有者，无此项。",
            "The last year in which the code and the name are listed; not there if the newest list has them.",
            (), ("ukg:Division",), ("xsd:integer",),
        ),
        Term(
            "ukg:mentionCount", "datatype", "提及次数", "number of mentions",
            "全部文献中提及此实体的次数。", "How often the documents mention the entity.",
            (), (), ("xsd:integer",),
        ),
        Term(
            "ukg:fileName", "datatype", "文件名", "file name",
            "文献的文件名。", "The name of the document's file.",
            (), ("ukg:Document",), ("xsd:string",),
        ),
        Term(
            "ukg:documentNumber", "datatype", "文号", "document number",
            "公文的发文字号。", "The number that an official document bears.",
            (), ("ukg:Document",), ("xsd:string",),
        ),
        Term(
            "ukg:copyOf", "object", "同文", "copy of",
            "与此文献为同一文章之转载或改写者，取各副本中标识最前的一份。",
            "The document of the same article, reposted or spun, that stands for all its copies: the first by id.",
            ("prov:alternateOf",), ("ukg:Document",), ("ukg:Document",),
        ),
        Term(
            "ukg:byline", "datatype", "署名", "byline",
            "多位作者，按文献中的先后顺序。", "Several authors, in the order in which the document has them.",
            (), ("ukg:Document",), ("xsd:string",),
        ),
        Term(
            "ukg:correspondent", "datatype", "通讯员", "correspondent",
            "作者中署为通讯员者。", "One of the authors whom the document calls a correspondent (通讯员).",
            ("dcterms:creator",), ("ukg:Document",), ("xsd:string",),
        ),
        Term(
            "ukg:encoding", "datatype", "编码", "encoding",
            "文献文件的字符编码。", "The character encoding of the document's file.",
            (), ("ukg:Document",), ("xsd:string",),
        ),
    )
}  # fmt: skip

OUTSIDE: dict[str, str] = {
    **dict.fromkeys(("rdfs:label", "dcterms:identifier", "dcterms:title", "dcterms:alternative", "dcterms:source"), ""),
    **dict.fromkeys(("dcterms:creator", "dcterms:contributor", "dcterms:date", "schema:datePublished"), ""),
    **dict.fromkeys(
        (
            "schema:headline",
            "schema:sha256",
            "schema:softwareVersion",
            "schema:unitText",
            "schema:inLanguage",
            "oa:exact",
        ),
        "",
    ),
    **dict.fromkeys(
        ("rdf:subject", "rdf:predicate", "rdf:object", "schema:mentions", "schema:observationAbout"), "@id"
    ),
    **dict.fromkeys(("org:member", "org:organization", "org:role", "org:postIn", "org:holds"), "@id"),
    **dict.fromkeys(("prov:wasGeneratedBy", "prov:wasDerivedFrom", "prov:wasAssociatedWith"), "@id"),
    **dict.fromkeys(("prov:alternateOf", "dcterms:isVersionOf", "oa:hasSource", "oa:hasSelector", "schema:url"), "@id"),
    **dict.fromkeys(("skos:exactMatch", "skos:closeMatch"), "@id"),
    **dict.fromkeys(("skos:prefLabel", "skos:altLabel"), "@language"),
    **dict.fromkeys(("skos:broader", "skos:exactMatch", "skos:inScheme", "dcterms:replaces"), "@id"),
    "skos:notation": "",
    **dict.fromkeys(("oa:start", "oa:end"), "xsd:integer"),
    **dict.fromkeys(("schema:value", "schema:minValue", "schema:maxValue"), "xsd:decimal"),
}
"""Properties of other vocabularies in the graph beside those that relations are aligned to, and what their values are:
`@id` for things, `@language` for names in a language, a datatype, or "" for text and for what differs.
"""

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "holds_post", "status", "former", "ukg:heldPost", "曾任职", "held post",
        "某人曾在某组织担任职务，今已离任。", "A person held an office at an organisation and no longer does.",
    ),
)  # fmt: skip


def property_of(relation: str, qualifiers: Mapping[str, object]) -> str:
    """Return the property that stands for a relation with these qualifiers.

    >>> property_of("holds_post", {"status": "former"}), property_of("holds_post", {"status": "elected"})
    ('ukg:heldPost', 'ukg:holdsPost')
    """
    for variant in VARIANTS:
        if variant.relation == relation and qualifiers.get(variant.qualifier) == variant.value:
            return variant.property
    return RELATION_TYPES[relation].rdf_property
