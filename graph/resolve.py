"""Which entities of different documents are the same thing.

Resolving is a function of the set of extractions, whatever their order. It joins on what a name carries (territory,
system, level), never on how alike two names look. What cannot be told apart safely stays apart:

- places join by GB/T 2260 code, without one by name and home province;
- unions and party or state bodies join by full name and territory code; one whose territory is unknown
  (`省总工会` in a text that names no province) stays inside its document;
- programmes, policies, events and bodies without territory join by name within one home province, by name alone where
  the name is national or a brand; where the home is unknown they stay inside their document;
- persons join only if they share a name and an organisation at which they hold a post or work, or a meeting that elected
  them; an honour that both received ties nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from unionkg.graph.model import Entity, Extraction
from unionkg.graph.schema import ENTITY_TYPES

Key = tuple[str, ...]
Place = tuple[str, str]
"""An entity's place: the id of its document and its own id there."""

NATIONAL_PREFIXES = ("中华", "中国", "全国", "国家", "国务院", "党中央", "中央", "党的", "最高人民")
BARE_LEVELS = (
    "省", "市", "州", "盟", "地区", "县", "区", "旗", "自治", "镇", "乡", "街道", "村", "公司", "集团", "本", "该",
)  # fmt: skip
ONE_OF_A_KIND = frozenset({"毛泽东", "周恩来", "刘少奇", "朱德", "邓小平", "江泽民", "胡锦涛", "习近平"})
"""Persons whom this register names without office and without doubt."""

_TIES = frozenset({"holds_post", "works_for", "elected_at"})
_LOCAL = "in"
"""Stands in the key of what stays inside its document, before the document's id."""
_LEAST_BRAND = 4
_LEAST_TITLE = 6


def home_province(extraction: Extraction) -> str:
    """Return the first two digits of the GB/T 2260 codes that the document's organisations and places carry most.

    Organisations count thrice. Empty where no code is known; of equals the smaller one.
    """
    entities = {entity.id: entity for entity in extraction.entities}
    votes: Counter[str] = Counter()
    for mention in extraction.mentions:
        entity = entities[mention.entity]
        if entity.code:
            votes[entity.code[:2]] += 3 if entity.type == "ORG" else 1
    return min(votes, key=lambda code: (-votes[code], code), default="")


def entity_key(entity: Entity, document: str, home: str) -> Key:
    """Return the key under which an entity that is no person joins others; `home` is its document's province."""
    name = entity.name
    local = (entity.type, name, _LOCAL, document)
    at_home = (entity.type, name, home) if home else local
    if entity.type == "PLACE":
        return ("PLACE", entity.code) if entity.code else at_home
    if entity.type == "ORG":
        if entity.code:
            return ("ORG", name, entity.code)
        if name.startswith(NATIONAL_PREFIXES):
            return ("ORG", name)
        if entity.subtype in {"union", "party_state"} or name.startswith(BARE_LEVELS):
            return local
        return ("ORG", name) if entity.subtype == "media" or _is_brand(entity) else at_home
    if entity.type == "POLICY":
        title = name.strip("《》")
        if title.startswith(NATIONAL_PREFIXES) or _is_law(title):
            return ("POLICY", name)
        return at_home if len(title) > _LEAST_TITLE else local
    if entity.type in {"PROGRAMME", "EVENT"}:
        return (entity.type, name) if name.startswith(NATIONAL_PREFIXES) else at_home
    return (entity.type, name)


def _is_brand(entity: Entity) -> bool:
    """True for a company whose name holds more than its form (公司 alone, 供电公司 and the like are in every town)."""
    core = entity.name.removesuffix("有限公司").removesuffix("公司").removesuffix("股份").removesuffix("集团")
    return entity.subtype == "enterprise" and (len(core) >= _LEAST_BRAND or not entity.name.endswith("公司"))


def _is_law(title: str) -> bool:
    """True for a national law, whose name ends on 法 and not on 办法 (measures)."""
    return title.endswith("法") and not title.endswith(("办法", "工作法", "操作法", "方法", "做法"))


def resolve(extractions: Iterable[Extraction]) -> dict[Place, str]:
    """Return the node id of every entity of every document."""
    documents = sorted(extractions, key=lambda extraction: extraction.document)
    keys: dict[Place, Key] = {}
    persons: dict[str, list[Place]] = defaultdict(list)
    for extraction in documents:
        home = home_province(extraction)
        for entity in extraction.entities:
            place = (extraction.document, entity.id)
            if entity.type == "PERSON" and entity.name not in ONE_OF_A_KIND:
                persons[entity.name].append(place)
            else:
                keys[place] = entity_key(entity, extraction.document, home)
    ties = _ties(documents, keys)
    for name, places in persons.items():
        taken: set[Key] = set()
        for group in sorted(_groups(places, ties)):
            key = ("PERSON", name, *_anchor(group, ties))
            if key in taken:  # two whom one document keeps apart share what they are tied to
                key = (*key, *group[0])
            taken.add(key)
            keys.update(dict.fromkeys(group, key))
    return {place: node_id(key) for place, key in keys.items()}


def node_id(key: Key) -> str:
    """Return the identifier of the node with this key: the type's prefix and sixteen hexadecimal digits."""
    digest = sha256("\x1f".join(key).encode()).hexdigest()[:16]
    return f"{ENTITY_TYPES[key[0]].prefix}-{digest}"


def _ties(documents: Sequence[Extraction], keys: dict[Place, Key]) -> dict[Place, set[Key]]:
    """Return the organisations and meetings that each person is tied to by a fact, without those of one document."""
    ties: dict[Place, set[Key]] = defaultdict(set)
    for extraction in documents:
        for relation in extraction.relations:
            if relation.type not in _TIES:
                continue
            for one, other in ((relation.subject, relation.object), (relation.object, relation.subject)):
                key = keys.get((extraction.document, other))
                if key and _LOCAL not in key:
                    ties[extraction.document, one].add(key)
    return ties


def _anchor(group: list[Place], ties: dict[Place, set[Key]]) -> Key:
    """Return what tells a person from others of the name: the tie that most documents give, else the first place."""
    counts = Counter(tie for place in group for tie in ties[place])
    return min(counts, key=lambda tie: (-counts[tie], tie)) if counts else group[0]


def _groups(places: list[Place], ties: dict[Place, set[Key]]) -> list[list[Place]]:
    """Split the places of one name into persons: those that shared ties connect are one.

    Where that would make one of two whom a document keeps apart, all that it connects stay apart.
    """
    groups: list[list[Place]] = []
    for place in places:
        fitting = [group for group in groups if any(ties[place] & ties[other] for other in group)]
        groups = [group for group in groups if group not in fitting]
        groups.append(sorted([place, *(other for group in fitting for other in group)]))
    return [part for group in groups for part in ([[place] for place in group] if _clash(group) else [group])]


def _clash(group: list[Place]) -> bool:
    documents = [document for document, _ in group]
    return len(documents) != len(set(documents))
