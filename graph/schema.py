"""The schema: every entity type, subtype, relation type and qualifier, in one typed table.

The ontology, the shapes, the JSON-LD context, the viewer's legend and the check of extracted facts are derived from
it. Adding a relation type is adding a row here and an extractor in `nlp`.

Classes and properties are named as prefixed names; `PREFIXES` has the namespaces. `ukg:` is our own, used only where
none of W3C ORG, schema.org, SKOS, PROV-O, Web Annotation and DCTERMS fits.
"""

from __future__ import annotations

from dataclasses import dataclass

PREFIXES: dict[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "ukg": "https://w3id.org/unionkg/ontology#",
    "void": "http://rdfs.org/ns/void#",
    "vann": "http://purl.org/vocab/vann/",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

BASE = "https://w3id.org/unionkg/id/"
"""What the IRIs of entities, facts and documents begin with, unless a build is told otherwise."""


@dataclass(frozen=True, slots=True)
class Subtype:
    """A narrower kind of one entity type. `rdf_class` is our class; `aligned` the outside classes it falls under."""

    name: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    rdf_class: str
    aligned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type of entity: its labels, the colour of its nodes (light background), its class and its subtypes.

    `prefix` opens the identifiers of its nodes.
    """

    name: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    prefix: str
    colour: str
    rdf_class: str
    aligned: tuple[str, ...]
    subtypes: tuple[Subtype, ...] = ()


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A field of a relation. `values` lists what it may hold; empty means any; None stands for not stated.

    `range` is the datatype or the class of its values in RDF; empty for a time, which is a day, a month or a year.
    """

    name: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    rdf_property: str
    values: tuple[str, ...] = ()
    range: str = "xsd:string"


@dataclass(frozen=True, slots=True)
class RelationType:
    """A type of relation: which entity types it goes from (`domain`) and to (`range`), and its own qualifiers."""

    name: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    rdf_property: str
    aligned: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()


ENTITY_TYPES: dict[str, EntityType] = {
    row.name: row
    for row in (
        EntityType(
            "ORG", "组织", "organisation",
            "有名称的机构，包括工会、党政机关、企业、媒体及其部门。",
            "A named body: trade unions, party and state bodies, enterprises, media, and their departments.",
            "org", "#c8442e", "ukg:Organisation", ("org:Organization",),
            (
                Subtype(
                    "union", "工会", "trade union",
                    "工会及其联合会，从全国总工会到企业工会。",
                    "A trade union or a federation of unions, from the national federation to the union of an enterprise.",
                    "ukg:TradeUnion", ("schema:WorkersUnion",),
                ),
                Subtype(
                    "party_state", "党政机关", "party or state body",
                    "中国共产党的组织、国家机关及其部门。", "A body of the Communist Party or of the state, or a department of one.",
                    "ukg:PartyStateBody", ("schema:GovernmentOrganization",),
                ),
                Subtype(
                    "enterprise", "企业", "enterprise",
                    "公司、工厂及其他经营单位。", "A company, a factory or another business.",
                    "ukg:Enterprise", ("schema:Corporation",),
                ),
                Subtype(
                    "media", "媒体", "media outlet",
                    "报刊、电台、电视台、网站等。", "A newspaper, a broadcaster, a web site or the like.",
                    "ukg:MediaOutlet", ("schema:NewsMediaOrganization",),
                ),
                Subtype(
                    "other", "其他组织", "other organisation",
                    "不属上述各类的组织，如学校、医院、社会团体。",
                    "An organisation of none of the other kinds, such as a school, a hospital or an association.",
                    "ukg:OtherOrganisation",
                ),
            ),
        ),
        EntityType(
            "PERSON", "人物", "person",
            "文中具名的个人。", "An individual named in the text.",
            "per", "#2f6fb0", "ukg:Person", ("schema:Person",),
        ),
        EntityType(
            "PLACE", "地点", "place",
            "行政区划、区域或场所。", "An administrative division, a region or a site.",
            "plc", "#3a8a4d", "ukg:Place", ("schema:Place",),
            (
                Subtype(
                    "country", "国家", "country",
                    "主权国家。", "A sovereign state.",
                    "ukg:Country", ("schema:Country",),
                ),
                Subtype(
                    "province", "省级行政区", "province-level division",
                    "省、自治区、直辖市或特别行政区。",
                    "A province, an autonomous region, a municipality under the central government or a special administrative region.",
                    "ukg:Province", ("schema:AdministrativeArea",),
                ),
                Subtype(
                    "prefecture", "地级行政区", "prefecture-level division",
                    "地级市、地区、自治州或盟。", "A prefecture-level city, a prefecture, an autonomous prefecture or a league.",
                    "ukg:Prefecture", ("schema:AdministrativeArea",),
                ),
                Subtype(
                    "county", "县级行政区", "county-level division",
                    "县、县级市、市辖区、旗等。", "A county, a county-level city, a district of a city, a banner or the like.",
                    "ukg:County", ("schema:AdministrativeArea",),
                ),
                Subtype(
                    "township", "乡级行政区", "township-level division",
                    "乡、镇、街道等。", "A township, a town, a subdistrict or the like.",
                    "ukg:Township", ("schema:AdministrativeArea",),
                ),
                Subtype(
                    "site", "场所", "site",
                    "建筑、园区、车站、景区等具体场所。", "A building, a park, a station or another spot with a name.",
                    "ukg:Site",
                ),
                Subtype(
                    "region", "区域", "region",
                    "不与行政区划重合的地区，如长三角。", "An area that is no administrative division, such as the Yangtze delta.",
                    "ukg:Region",
                ),
            ),
        ),
        EntityType(
            "PROGRAMME", "项目", "programme",
            "有专名的行动、竞赛、改革、服务、平台或机制。",
            "A named campaign, competition, reform, service, platform or mechanism.",
            "prg", "#d98a1f", "ukg:Programme", (),
            (
                Subtype(
                    "campaign", "活动", "campaign",
                    "有专名的行动或系列活动。", "A named drive or series of activities.",
                    "ukg:Campaign",
                ),
                Subtype(
                    "competition", "竞赛", "competition",
                    "劳动竞赛、技能大赛等。", "A labour or skills competition or another contest.",
                    "ukg:Competition",
                ),
                Subtype(
                    "reform", "改革", "reform",
                    "有专名的改革或试点。", "A named reform or pilot.",
                    "ukg:Reform",
                ),
                Subtype(
                    "service", "服务", "service",
                    "面向职工的有名称的服务、课程或保障。", "A named service, course or benefit for workers.",
                    "ukg:Service",
                ),
                Subtype(
                    "platform", "平台", "platform",
                    "有名称的网上平台、阵地或站点网络。", "A named online platform, facility or network of stations.",
                    "ukg:Platform",
                ),
                Subtype(
                    "mechanism", "机制", "mechanism",
                    "有名称的制度安排，如联席会议、协商机制。",
                    "A named standing arrangement, such as a joint conference or a bargaining procedure.",
                    "ukg:Mechanism",
                ),
            ),
        ),
        EntityType(
            "POLICY", "政策文件", "policy",
            "法律、法规、规划、意见、协议等有名称的文件。", "A named law, regulation, plan, opinion or agreement.",
            "pol", "#7a55a8", "ukg:Policy", ("schema:CreativeWork",),
        ),
        EntityType(
            "EVENT", "会议与事件", "event",
            "有名称的会议、仪式或盛会。", "A named meeting, ceremony or occasion.",
            "evt", "#178f8f", "ukg:Event", ("schema:Event",),
        ),
        EntityType(
            "GROUP", "群体", "group",
            "工会服务或组织的劳动者群体。", "A group of workers that unions organise or serve.",
            "grp", "#8a6d3b", "ukg:Group", ("skos:Concept",),
        ),
        EntityType(
            "CONCEPT", "理念", "concept",
            "有固定名称的思想、精神或目标。", "A named doctrine, spirit or goal.",
            "con", "#7d8590", "ukg:Concept", ("skos:Concept",),
        ),
    )
}  # fmt: skip

QUALIFIERS: dict[str, Qualifier] = {
    row.name: row
    for row in (
        Qualifier(
            "role", "职务或角色", "role",
            "某人的职务，用原文；或其在会议上的角色：speech、chair、attend。",
            "The office that a person has, as printed; or the part in an event: `speech`, `chair` or `attend`.",
            "ukg:role",
        ),
        Qualifier(
            "status", "任职状态", "status of the post",
            "current 为在任，elected 为新当选，former 为已离任。",
            "`current` for in office, `elected` for just elected or appointed, `former` for no longer in office.",
            "ukg:status", ("current", "elected", "former"),
        ),
        Qualifier(
            "date", "日期", "date",
            "所述事实的年、月、日或起止。", "The year, month or day of the fact, or two of them joined by a slash.",
            "ukg:date", range="",
        ),
        Qualifier(
            "title", "称号", "title of the honour",
            "所授予的称号，用原文。", "The title that is conferred, as printed.",
            "ukg:honourTitle",
        ),
        Qualifier(
            "programme", "所涉项目", "programme concerned",
            "合作或数字所涉的项目。", "The programme that a partnership or a figure is about.",
            "ukg:concernsProgramme", range="ukg:Programme",
        ),
        Qualifier(
            "modality", "情态", "modality",
            "planned 为计划之事，尚未发生。", "`planned` for what is planned and has not happened yet.",
            "ukg:modality", ("planned",),
        ),
    )
}  # fmt: skip

RELATION_TYPES: dict[str, RelationType] = {
    row.name: row
    for row in (
        RelationType(
            "holds_post", "任职", "holds post",
            "某人在某组织担任职务。", "A person holds, was elected to or held an office at an organisation.",
            ("PERSON",), ("ORG",), "ukg:holdsPost", ("org:memberOf",), ("role", "status", "date"),
        ),
        RelationType(
            "located_in", "位于", "located in",
            "组织、会议、地点或项目位于某地。", "An organisation, event, place or programme is in a place.",
            ("ORG", "EVENT", "PLACE", "PROGRAMME"), ("PLACE",), "ukg:locatedIn",
        ),
        RelationType(
            "governs", "管辖", "governs",
            "组织名称所含的辖区。", "An organisation whose name carries its territory.",
            ("ORG",), ("PLACE",), "ukg:governs", ("schema:areaServed",),
        ),
        RelationType(
            "subordinate_to", "隶属", "subordinate to",
            "组织隶属于另一组织。", "An organisation is part of, or under, another.",
            ("ORG",), ("ORG",), "ukg:subordinateTo", ("org:subOrganizationOf",),
        ),
        RelationType(
            "organises", "开展", "organises",
            "组织开展、举办、实施某项目或会议。", "An organisation carries out a programme or holds an event.",
            ("ORG",), ("PROGRAMME", "EVENT"), "ukg:organises", (), ("modality",),
        ),
        RelationType(
            "issues", "出台", "issues",
            "组织或会议出台、印发、通过某文件。", "An organisation or meeting issues or passes a policy.",
            ("ORG", "EVENT"), ("POLICY",), "ukg:issues", (), ("modality",),
        ),
        RelationType(
            "partners_with", "合作", "partners with",
            "两个组织共同做某事。", "Two organisations do something together.",
            ("ORG",), ("ORG",), "ukg:partnersWith", ("org:linkedTo",), ("programme",),
        ),
        RelationType(
            "attends", "出席", "attends",
            "某人出席、主持会议或在会上讲话。", "A person takes part in, chairs or speaks at an event.",
            ("PERSON",), ("EVENT",), "ukg:attends", (), ("role",),
        ),
        RelationType(
            "elected_at", "当选于", "elected at",
            "某人在会议上当选。", "A person is elected at a meeting.",
            ("PERSON",), ("EVENT",), "ukg:electedAt",
        ),
        RelationType(
            "part_of", "属于", "part of",
            "项目或会议是另一个的组成部分。", "A programme or event is part of another.",
            ("PROGRAMME", "EVENT"), ("PROGRAMME", "EVENT"), "ukg:partOf", ("dcterms:isPartOf",),
        ),
        RelationType(
            "targets", "面向", "targets",
            "项目或组织服务的群体。", "A programme or organisation serves a group.",
            ("PROGRAMME", "ORG"), ("GROUP",), "ukg:targets",
        ),
        RelationType(
            "promotes", "弘扬", "promotes",
            "组织、政策或项目弘扬、推动的理念。", "An organisation, policy or programme promotes a concept.",
            ("ORG", "POLICY", "PROGRAMME"), ("CONCEPT",), "ukg:promotes",
        ),
        RelationType(
            "honours", "表彰", "honours",
            "组织或项目授予某人称号。", "An organisation or programme honours a person.",
            ("ORG", "PROGRAMME"), ("PERSON",), "ukg:honours", (), ("title",),
        ),
        RelationType(
            "works_for", "供职", "works for",
            "某人供职于某组织，不任职务。", "A person works for an organisation without an office.",
            ("PERSON",), ("ORG",), "ukg:worksFor", ("schema:worksFor",),
        ),
    )
}  # fmt: skip

OUTCOME_KINDS = ("target", "result")
OUTCOME_BOUNDS = ("at_least", "at_most", "about")
CONFLICT_KINDS = ("two_holders", "two_values")
NOISE_KINDS = ("spam", "foreign_sentence", "navigation", "advert", "duplicate", "ellipsis")
