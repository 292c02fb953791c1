"""What a graph must be like: for each kind of thing, how many values a property has and what they are.

One table for the SHACL shapes and for the words, in Chinese and English, that say what is accepted. What a property of
ours leads to comes from the tables of the schema and of `terms`.
"""

from __future__ import annotations

from dataclasses import dataclass

from unionkg.exports.terms import TERMS, VARIANTS
from unionkg.graph.schema import (
    CONFLICT_KINDS,
    ENTITY_TYPES,
    OUTCOME_BOUNDS,
    OUTCOME_KINDS,
    QUALIFIERS,
    RELATION_TYPES,
    RelationType,
)

CODE = "[0-9]{6}([0-9]{3})?([0-9]{3})?"  # GB/T 2260; a township's has three digits more, a village's three again
DIGEST = "[0-9a-f]{64}"


@dataclass(frozen=True, slots=True)
class Rule:
    """The values of one property: at least `least` and at most `most` of them, None for any number.

    `range` is a datatype, a class, or `sh:IRI` for any thing; empty for any value. `values` lists all that are accepted;
    `limits` are parameters of SHACL with their values, such as `("sh:minExclusive", "0")`.
    """

    path: str
    least: int = 0
    most: int | None = 1
    range: str = ""
    values: tuple[str, ...] = ()
    limits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: the end of its shape's name, its class, what it is called, and the rules for its properties."""

    name: str
    rdf_class: str
    zh: str
    en: str
    rules: tuple[Rule, ...]


WORDS: dict[str, tuple[str, str]] = {  # what terms that the tables do not have are called here
    "dcterms:alternative": ("原标题", "original title"),
    "dcterms:contributor": ("编辑", "editor"),
    "dcterms:creator": ("作者", "author"),
    "dcterms:date": ("日期", "date"),
    "dcterms:identifier": ("标识符", "identifier"),
    "dcterms:replaces": ("前身", "division before it"),
    "dcterms:source": ("来源", "source"),
    "dcterms:title": ("标题", "title"),
    "oa:TextPositionSelector": ("文本位置", "position in a text"),
    "oa:TextQuoteSelector": ("引文", "quote"),
    "oa:end": ("终点", "end"),
    "oa:exact": ("引文", "quoted text"),
    "oa:hasSelector": ("选择符", "selector"),
    "oa:hasSource": ("出处文献", "source document"),
    "oa:start": ("起点", "start"),
    "org:Membership": ("任职", "holding of a post"),
    "org:Post": ("职位", "post"),
    "org:Role": ("职务", "role"),
    "org:member": ("任职者", "holder"),
    "org:organization": ("任职组织", "organisation"),
    "org:postIn": ("所属组织", "organisation"),
    "org:role": ("职务", "role"),
    "prov:Activity": ("规则运行", "doing of a rule"),
    "prov:SoftwareAgent": ("软件", "software"),
    "prov:wasAssociatedWith": ("执行者", "software"),
    "prov:wasDerivedFrom": ("出处文献", "source document"),
    "prov:wasGeneratedBy": ("得出方式", "doing of a rule"),
    "rdf:langString": ("带语言标记的文本", "text with a language tag"),
    "rdf:object": ("宾语", "object"),
    "rdf:predicate": ("谓语", "predicate"),
    "rdf:subject": ("主语", "subject"),
    "rdf:type": ("类", "class"),
    "rdfs:label": ("标签", "label"),
    "schema:mentions": ("提及", "mentioned entity"),
    "schema:url": ("网址", "address"),
    "schema:sha256": ("摘要", "digest"),
    "skos:ConceptScheme": ("代码表", "list of codes"),
    "skos:altLabel": ("别名", "other name"),
    "skos:broader": ("上级区划", "division above"),
    "skos:closeMatch": ("近似匹配", "close match"),
    "skos:exactMatch": ("精确匹配", "exact match"),
    "skos:inScheme": ("代码表", "list of codes"),
    "skos:notation": ("代码", "code"),
    "skos:prefLabel": ("名称", "name"),
    "sh:IRI": ("资源（IRI）", "thing with an IRI"),
    "xsd:boolean": ("真假值", "true or false"),
    "xsd:date": ("日期（年-月-日）", "day (year-month-day)"),
    "xsd:decimal": ("十进制数", "decimal number"),
    "xsd:integer": ("整数", "whole number"),
    "xsd:string": ("无语言标记的文本", "text without a language tag"),
    "ukg:Evidence": ("证据", "piece of evidence"),
}
LIMITS: dict[str, tuple[str, str]] = {
    "sh:equals": ("与{}相同", "the same as the {}"),
    "sh:languageIn": ("语言标记为{}", "tagged {}"),
    "sh:lessThan": ("小于{}", "less than the {}"),
    "sh:lessThanOrEquals": ("不大于{}", "not beyond the {}"),
    "sh:maxInclusive": ("至多为{}", "at most {}"),
    "sh:minExclusive": ("大于{}", "above {}"),
    "sh:minInclusive": ("至少为{}", "at least {}"),
    "sh:minLength": ("至少{}个字符", "at least {} character"),
    "sh:pattern": ("符合{}", "of the form {}"),
}
PATHS = {"sh:equals", "sh:lessThan", "sh:lessThanOrEquals"}  # limits that name another property

CHINESE = ("sh:languageIn", "zh")
SUPPORT = (
    Rule("ukg:evidence", 1, None),
    Rule("ukg:confidence", 1, limits=(("sh:minExclusive", "0"), ("sh:maxInclusive", "1"))),
    Rule("ukg:sources", 1, limits=(("sh:minInclusive", "1"),)),
    Rule("ukg:rule", 0, None),
    Rule("prov:wasDerivedFrom", 1, None, range="ukg:Document"),
    Rule("prov:wasGeneratedBy", 0, None, range="prov:Activity"),
    Rule("ukg:restored"),
    Rule("ukg:firstStated"),
    Rule("ukg:lastStated"),
    Rule("ukg:statedFrom", limits=(("sh:lessThanOrEquals", "ukg:statedUntil"),)),
    Rule("ukg:statedUntil"),
)
INTERVAL = (
    Rule("ukg:firstDay", limits=(("sh:lessThanOrEquals", "ukg:lastDay"),)),
    Rule("ukg:lastDay"),
)
ENTITY = (
    Rule("skos:prefLabel", 1, range="rdf:langString", limits=(CHINESE,)),
    Rule("rdfs:label", 1, None),
    Rule("skos:altLabel", 0, None, range="rdf:langString", limits=(CHINESE,)),
    Rule("ukg:mentionCount", 1, limits=(("sh:minInclusive", "0"),)),
    Rule("ukg:formerName", 0, None, limits=(CHINESE,)),
    Rule("skos:exactMatch", 0, None, range="sh:IRI"),
    Rule("skos:closeMatch", 0, None, range="sh:IRI"),
    Rule("ukg:identityRule", 1),
    Rule("ukg:identity", 1),
)
FURTHER: dict[str, tuple[Rule, ...]] = {  # what entities of one type have besides
    "ORG": (Rule("ukg:divisionCode", limits=(("sh:pattern", CODE),)), Rule("ukg:division")),
    "PLACE": (Rule("ukg:divisionCode", limits=(("sh:pattern", CODE),)), Rule("ukg:division")),
    "PROGRAMME": (Rule("ukg:editionOf"),),
}


def _kind(name: str, rdf_class: str, *rules: Rule) -> Kind:
    return Kind(name, rdf_class, *called(rdf_class), rules)


def called(prefixed: str) -> tuple[str, str]:
    """Return what a class, a property or a datatype is called, in Chinese and English.

    >>> called("ukg:confidence"), called("xsd:integer")
    (('置信度', 'confidence'), ('整数', 'whole number'))
    """
    if prefixed in WORDS:
        return WORDS[prefixed]
    kinds = {row.rdf_class: row for row in ENTITY_TYPES.values()}
    fields = {row.rdf_property: row for row in QUALIFIERS.values()}
    row = kinds.get(prefixed) or fields.get(prefixed) or TERMS[prefixed]
    return row.zh, row.en


KINDS: tuple[Kind, ...] = (
    *(
        _kind(kind.name.lower(), kind.rdf_class, *ENTITY, *FURTHER.get(kind.name, ()))
        for kind in ENTITY_TYPES.values()
    ),
    _kind(
        "division", "ukg:Division",
        Rule("skos:notation", 1, range="xsd:string", limits=(("sh:pattern", CODE),)),
        Rule("skos:prefLabel", 1, range="rdf:langString", limits=(CHINESE,)),
        Rule("rdfs:label", 1, None),
        Rule("ukg:validFrom", limits=(("sh:lessThanOrEquals", "ukg:validUntil"),)),
        Rule("ukg:validUntil"),
        Rule("skos:broader", range="ukg:Division"),
        Rule("dcterms:replaces", 0, None, range="ukg:Division"),
        Rule("skos:exactMatch", 0, None, range="sh:IRI"),
        Rule("skos:inScheme", 1, range="skos:ConceptScheme"),
    ),
    _kind("code-list", "skos:ConceptScheme", Rule("rdfs:label", 1, None), Rule("dcterms:source", 1, None, range="xsd:string")),
    _kind(
        "document", "ukg:Document",
        Rule("rdfs:label", 1, None),
        Rule("dcterms:identifier", 1, range="xsd:string"),
        Rule("ukg:fileName", 1),
        Rule("schema:sha256", range="xsd:string", limits=(("sh:pattern", DIGEST),)),
        Rule("ukg:encoding"),
        Rule("dcterms:title", range="xsd:string"),
        Rule("dcterms:alternative", range="xsd:string"),
        Rule("dcterms:date"),
        Rule("dcterms:source", range="xsd:string"),
        Rule("ukg:documentNumber"),
        Rule("dcterms:creator", 0, None, range="xsd:string"),
        Rule("dcterms:contributor", 0, None, range="xsd:string"),
        Rule("ukg:correspondent", 0, None),
        Rule("ukg:byline"),
        Rule("ukg:copyOf"),
        Rule("schema:url", range="sh:IRI"),
        Rule("schema:mentions", 0, None, range="sh:IRI"),
        *INTERVAL,
    ),
    _kind(
        "evidence", "ukg:Evidence",
        Rule("oa:hasSource", 1, range="ukg:Document"),
        Rule("oa:hasSelector", 2, 2, range="sh:IRI"),
        Rule("ukg:evidencePart", 0, None),
        Rule("ukg:restored", 1),
    ),
    _kind(
        "position", "oa:TextPositionSelector",
        Rule("oa:start", 1, range="xsd:integer", limits=(("sh:minInclusive", "0"), ("sh:lessThan", "oa:end"))),
        Rule("oa:end", 1, range="xsd:integer"),
    ),
    _kind("quote", "oa:TextQuoteSelector", Rule("oa:exact", 1, range="xsd:string", limits=(("sh:minLength", "1"),))),
    _kind(
        "assertion", "ukg:Assertion",
        *(Rule(end, 1, range="sh:IRI") for end in ("rdf:subject", "rdf:predicate", "rdf:object")),
        *SUPPORT,
        *INTERVAL,
        *(Rule(qualifier.rdf_property, values=qualifier.values) for qualifier in QUALIFIERS.values()),
    ),
    _kind(
        "membership", "org:Membership",
        Rule("org:member", 1, range="ukg:Person", limits=(("sh:equals", "rdf:subject"),)),
        Rule("org:organization", 1, range="ukg:Organisation", limits=(("sh:equals", "rdf:object"),)),
        Rule("org:role", range="org:Role"),
        Rule("ukg:post"),
    ),
    _kind(
        "post", "org:Post",
        Rule("org:postIn", 1, range="ukg:Organisation"),
        Rule("org:role", 1, range="org:Role"),
        Rule("rdfs:label", 1, None),
    ),
    _kind(
        "activity", "prov:Activity",
        Rule("rdfs:label", 1, None),
        Rule("prov:wasAssociatedWith", 1, range="prov:SoftwareAgent"),
    ),
    _kind(
        "role", "org:Role",
        Rule("skos:prefLabel", 1, range="rdf:langString", limits=(CHINESE,)),
        Rule("rdfs:label", 1, None),
    ),
    _kind(
        "outcome", "ukg:Outcome",
        Rule("ukg:kind", 1, values=OUTCOME_KINDS),
        Rule("ukg:value", 1, limits=(("sh:lessThanOrEquals", "ukg:valueMax"),)),
        Rule("ukg:valueMax"),
        Rule("ukg:bound", values=OUTCOME_BOUNDS),
        Rule("ukg:unit", 1),
        Rule("ukg:what", 1),
        Rule("ukg:period"),
        Rule("ukg:outcomeSubject", range="sh:IRI"),
        Rule("ukg:beneficiary"),
        Rule("ukg:concernsProgramme"),
        *SUPPORT,
        *INTERVAL,
    ),
    _kind(
        "possible-match", "ukg:PossibleMatch",
        Rule("ukg:candidate", 2, None, range="sh:IRI"),
        Rule("ukg:reason", 1),
    ),
    _kind(
        "conflict", "ukg:Conflict",
        Rule("ukg:conflicting", 2, None, range="sh:IRI"),
        Rule("ukg:conflictKind", 1, values=CONFLICT_KINDS),
        Rule("ukg:reason", 1),
    ),
)  # fmt: skip


SELECTORS = ("oa:TextPositionSelector", "oa:TextQuoteSelector")
CLASSES = tuple(kind.rdf_class for kind in KINDS)
RELATIONS: dict[str, RelationType] = {  # what stands for a relation, by property
    **{row.rdf_property: row for row in RELATION_TYPES.values()},
    **{variant.property: RELATION_TYPES[variant.relation] for variant in VARIANTS},
}
UNSEEN: dict[str, tuple[str, str]] = {  # what shapes cannot see, or not cheaply
    "assertion-without-plain": (
        "非计划的断言：另有同样主谓宾的普通三元组",
        "assertion of what is not planned: also a plain triple of the same subject, predicate and object",
    ),
    "evidence-selectors": (
        "证据的选择符：一个文本位置，一个引文",
        "evidence, selectors: one position in a text and one quote",
    ),
    "part-in-evidence": ("证据片段：在其证据的起止之内", "part of the evidence: within the place of the evidence"),
    "plain-without-assertion": (
        "普通三元组的事实：有同样主谓宾的断言，证据附于其上",
        "plain fact: also an assertion of the same subject, predicate and object, which has the evidence",
    ),
    "quote-length": ("证据的引文：与其位置等长", "evidence, quoted text: as many characters as its place has"),
    "stated-in-order": ("最早陈述：不晚于最晚陈述", "first stated: not after last stated"),
}

DOUBTFUL: dict[str, tuple[str, str]] = {  # what need not be wrong
    "exact-match-shared": (
        "精确匹配：通常每一外部事物只对应一个实体",
        "exact match: as a rule one entity for each thing outside",
    ),
    "exact-match-several": (
        "精确匹配：一个实体通常只对应同一词表中的一个事物",
        "exact match: as a rule one thing of a vocabulary for each entity",
    ),
}


def named(kind: Kind, rule: Rule) -> str:
    """Return the name of the rule for a kind of thing, which ends the IRI of its shape."""
    return f"{kind.name}-{rule.path.replace(':', '-')}"


def local(prefixed: str) -> str:
    """Return a prefixed name without its prefix."""
    return prefixed.partition(":")[2]


def range_of(rule: Rule) -> str:
    """Return the datatype or class of the values, empty if any are accepted."""
    if rule.range or rule.values:
        return rule.range
    for qualifier in QUALIFIERS.values():
        if rule.path == qualifier.rdf_property:
            return qualifier.range
    own = TERMS.get(rule.path)
    return own.range[0] if own and len(own.range) == 1 else ""


def accepted(rule: Rule) -> tuple[str, str]:
    """Return what the rule accepts, in Chinese and English.

    >>> accepted(Rule("ukg:confidence", 1, limits=(("sh:minExclusive", "0"),)))
    ('恰好一个十进制数，大于0', 'exactly one decimal number, above 0')
    """
    kind = range_of(rule)
    what = called(kind) if kind else ("值", "value")
    if rule.values:
        what = "值，为以下之一：" + "、".join(rule.values), "of " + ", ".join(rule.values)
    words = [f"{counted}{name}" for counted, name in zip(_counted(rule), what, strict=True)]
    for limit, value in rule.limits:
        named = called(value) if limit in PATHS else (value, value)
        words = [
            f"{before}{comma}{more.format(name)}"
            for before, comma, more, name in zip(words, ("，", ", "), LIMITS[limit], named, strict=True)
        ]
    return words[0], words[1]


def _counted(rule: Rule) -> tuple[str, str]:
    if rule.least == rule.most == 1:
        return "恰好一个", "exactly one "
    if rule.least == rule.most:
        return f"恰好{rule.least}个，均为", f"exactly {rule.least}, each a "
    if rule.least > 1:
        return f"至少{rule.least}个，均为", f"at least {rule.least}, each a "
    if rule.least:
        return "至少一个", "at least one "
    if rule.most is None:
        return "均为", "each a "
    return "至多一个", "at most one "


def _messages() -> dict[str, tuple[str, str]]:
    zh, en = zip(*map(called, SELECTORS), strict=True)
    messages = {
        "selector-rdf-type": (f"选择符的类：{'或'.join(zh)}", f"selector, class: {' or '.join(en)}"),
        "planned": (
            "计划的断言：主语与宾语的类合于其关系",
            "planned assertion: a subject and an object of the classes that its relation goes from and to",
        ),
        **UNSEEN,
        **DOUBTFUL,
    }
    for kind in KINDS:
        for rule in kind.rules:
            (zh_path, en_path), (zh_words, en_words) = called(rule.path), accepted(rule)
            messages[named(kind, rule)] = f"{kind.zh}的{zh_path}：{zh_words}", f"{kind.en}, {en_path}: {en_words}"
    for name, relation in RELATIONS.items():
        for end, types, words in (
            ("subject", relation.domain, ("“{}”的主语", "what {} goes from")),
            ("object", relation.range, ("“{}”的宾语", "what {} leads to")),
        ):
            ends = (
                "或".join(ENTITY_TYPES[type].zh for type in types),
                " or ".join(ENTITY_TYPES[type].en for type in types),
            )
            messages[f"{local(name)}-{end}"] = (
                f"{words[0].format(relation.zh)}：{ends[0]}",
                f"{words[1].format(relation.name)}: {ends[1]}",
            )
    return messages


MESSAGES = _messages()  # by the name of the rule, in Chinese and English: what it is about and what is accepted
