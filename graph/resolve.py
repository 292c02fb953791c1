"""Which entities of different documents are the same thing.

Resolving is a function of the set of extractions, whatever their order. Entities of equal *identity* are one node. An
identity is made of what a name says (territory, edition, stem: see `model.Entity`) and of how far that name reaches,
its rule, never of how alike two names look. What cannot be told apart safely stays apart.

| rule | for | what must be equal |
|---|---|---|
| `code` | places | the GB/T 2260 code of the division or of its successor |
| `national` | bodies, programmes, laws, meetings of the whole country | stem, edition |
| `territory` | bodies, programmes, meetings, documents of one territory | stem, territory, edition |
| `owner` | programmes, meetings, documents of a body without territory | stem, edition, and that body |
| `name` | media, brands, regions, groups, doctrines, events of history | stem |
| `home` | other bodies and places | stem, and the province of the document; of places the territory of the union it is about |
| `post` | persons | name, and an organisation, a medium they write for, or a meeting that elected them, which chains of documents share |
| `document` | all else, such as 省总工会 where no province is named | the document, or a copy of it |

The territory is the one in the name; for programmes, meetings and documents else that of the body that is first said to
run, hold or issue them, else that of the union that the document is about. A meeting without number is another one each year. Persons of one name whom a document keeps apart, or whose posts lie a
lifetime apart, are not joined. What may be the same and was not joined is recorded (`Possible`), and so is which
edition of a programme belongs to which wider one (`Edition`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from unionkg.graph.model import NATIONAL, Entity, Extraction, Relation
from unionkg.graph.schema import ENTITY_TYPES

ONE_OF_A_KIND = frozenset({"毛泽东", "周恩来", "刘少奇", "朱德", "邓小平", "江泽民", "胡锦涛", "习近平"})
"""Persons whom this register names without office and without doubt."""
LIFETIME = 50
"""Years that the posts of one person may lie apart."""
TIES = frozenset({"holds_post", "elected_at"})
"""Relations that tell a person from namesakes, if what is said is no ordinary role in a wide body."""
ORDINARY = frozenset({"代表", "委员", "会员", "党员", "职工", "员工", "工人", "成员", "队员"})
"""Roles that many have in a body of the whole country, among them namesakes."""

_COPY = "copy"
_UNDERTAKINGS = frozenset({"PROGRAMME", "EVENT", "POLICY"})
_OWNS = frozenset({"organises", "issues"})
_EDITION_RULES = frozenset({"national", "territory"})
_GENERIC_TITLE = re.compile(
    r"[一-龥]{0,2}(?:决定|意见|办法|规定|通知|方案|条例|纲要|规划|报告|协议|公约|细则|章程|计划|合同|决议|备忘录|指引)"
)
_COMPANY_FORM = re.compile(r"(?:公司|集团|[厂矿店]|分行|支行|车间|部)$")
_HISTORIC = re.compile(r"(?:运动|事变|惨案|罢工|起义|战争|革命|[亚奥]运会|冬奥会|残奥会|大运会|全运会|世博会)$")


class Identity(NamedTuple):
    """What a node is known by: entities with equal identities are one."""

    type: str
    rule: str
    matched: tuple[str, ...]


class Place(NamedTuple):
    """Where a person is told of: the document's id, and which of its persons of that name it is, "" for the first."""

    document: str
    which: str


class Edition(NamedTuple):
    """A programme that is the edition of a wider one: a province's of the national one, the seventh of a series."""

    narrow: Identity
    wide: Identity


class Possible(NamedTuple):
    """Nodes that may be the same thing and were not joined, in order of identities, and why not."""

    identities: tuple[Identity, ...]
    reason: str


class Renamed(NamedTuple):
    """Two identities that a document says are one thing under its former and its later name."""

    former: Identity
    later: Identity


@dataclass(slots=True)
class Resolution:
    """What resolving found; `of` gives the identities of a document's entities in the order of its extraction."""

    of: dict[str, list[Identity]] = field(default_factory=dict)
    renamed: list[Renamed] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    possible: list[Possible] = field(default_factory=list)


def node_id(identity: Identity) -> str:
    """Return the identifier of the node: the type's prefix and sixteen hexadecimal digits."""
    digest = sha256("\x1f".join((*identity[:2], *identity.matched)).encode()).hexdigest()[:16]
    return f"{ENTITY_TYPES[identity.type].prefix}-{digest}"


def resolve(extractions: Iterable[Extraction], cluster_of: Mapping[str, str] = {}) -> Resolution:
    """Return the identity of every entity; `cluster_of` gives the cluster of copies of a document that has any.

    What stays inside its document is shared by the copies of that document.
    """
    found = Resolution()
    persons: dict[str, list[_Person]] = defaultdict(list)
    known: dict[Identity, Identity] = {}  # equal identities are kept once
    sizes = Counter(cluster_of.values())
    for extraction in extractions:
        document = extraction.document
        cluster = cluster_of.get(document, document)
        identities = list(_Reader(extraction, cluster).identities())
        found.of[document] = [known.setdefault(identity, identity) for identity in identities]
        found.renamed += _renamed(extraction, found.of[document])
        for person in _persons(extraction, found.of[document], cluster if sizes[cluster] > 1 else ""):
            persons[person.name].append(person)
    for name in sorted(persons):
        _join_persons(name, persons[name], found)
    found.renamed = sorted(set(found.renamed))
    found.editions = list(_editions(known))
    found.possible += _siblings(known, found.editions)
    return found


def home_province(extraction: Extraction) -> str:
    """Return the first two digits of the territories that the document's organisations and places carry most.

    Organisations count thrice. Empty where no territory is known; of equals the smaller one.
    """
    entities = {entity.id: entity for entity in extraction.entities}
    votes: Counter[str] = Counter()
    for mention in extraction.mentions:
        entity = entities[mention.entity]
        if entity.territory and entity.territory != NATIONAL and entity.type in {"ORG", "PLACE"}:
            votes[entity.territory[:2]] += 3 if entity.type == "ORG" else 1
    return min(votes, key=lambda code: (-votes[code], code), default="")


def seat(extraction: Extraction) -> str:
    """Return the territory of the union that the document names most, of equals the widest; "" where it names none."""
    unions = {
        entity.id: entity.territory
        for entity in extraction.entities
        if entity.type == "ORG" and entity.subtype == "union" and entity.territory
    }
    votes = Counter(unions[mention.entity] for mention in extraction.mentions if mention.entity in unions)
    return min(votes, key=lambda code: (-votes[code], breadth(code), code), default="")


def breadth(territory: str) -> int:
    """Return how many steps a territory lies below the country: 1 for a province, 4 for a township."""
    return len(wider(territory))


def wider(territory: str) -> tuple[str, ...]:
    """Return the territories above, from near to far.

    >>> wider("350102")
    ('350100', '350000', 'CN')
    """
    if territory == NATIONAL:
        return ()
    steps = (territory[:6], f"{territory[:4]}00", f"{territory[:2]}0000", NATIONAL)
    above = [step for step in dict.fromkeys(steps) if step != territory]
    return tuple(above)


class _Reader:
    """Gives the entities of one document their identities."""

    def __init__(self, extraction: Extraction, cluster: str) -> None:
        self.extraction = extraction
        self.cluster = cluster
        self.home = home_province(extraction)
        self.seat = seat(extraction)
        self.year = (extraction.metadata.date or "")[:4]
        self.bodies = {entity.id: (entity, self.body(entity)) for entity in extraction.entities if entity.type == "ORG"}
        self.owners: dict[str, list[str]] = {}
        first: dict[str, int] = {}
        for relation in sorted(extraction.relations, key=lambda relation: relation.evidence):
            if relation.type in _OWNS and relation.subject in self.bodies:
                start = first.setdefault(relation.object, relation.evidence[0])
                if start == relation.evidence[0]:
                    self.owners.setdefault(relation.object, []).append(relation.subject)

    def identities(self) -> Iterator[Identity]:
        """Yield the identity of each entity, in order; those of persons are filled in when all are known."""
        for entity in self.extraction.entities:
            if entity.type == "ORG":
                yield self.bodies[entity.id][1]
            elif entity.type in _UNDERTAKINGS:
                yield self.undertaking(entity)
            elif entity.type == "PLACE":
                yield self.place(entity)
            elif entity.type == "PERSON" and entity.name not in ONE_OF_A_KIND:
                yield self.local(entity)
            else:
                yield Identity(entity.type, "name", (_stem(entity),))

    def local(self, entity: Entity) -> Identity:
        if entity.type == "PERSON":
            return Identity("PERSON", "document", (entity.name, self.extraction.document, entity.id))
        return Identity(entity.type, "document", (_stem(entity), self.cluster))

    def at_home(self, entity: Entity) -> Identity:
        return Identity(entity.type, "home", (_stem(entity), self.home)) if self.home else self.local(entity)

    def place(self, entity: Entity) -> Identity:
        if entity.territory:
            return Identity("PLACE", "code", (entity.territory,))
        if entity.subtype in {"country", "region"}:
            return Identity("PLACE", "name", (_stem(entity),))
        near = self.seat if self.seat != NATIONAL else ""  # villages and squares of one name are in many counties
        return Identity("PLACE", "home", (_stem(entity), near)) if near else self.at_home(entity)

    def body(self, entity: Entity) -> Identity:
        if entity.territory == NATIONAL:
            return Identity("ORG", "national", (_stem(entity),))
        if entity.territory:
            return Identity("ORG", "territory", (_stem(entity), entity.territory))
        if entity.is_open:
            return self.local(entity)
        if entity.subtype == "media" or _is_brand(entity):
            return Identity("ORG", "name", (_stem(entity),))
        return self.at_home(entity)

    def undertaking(self, entity: Entity) -> Identity:
        stem, edition = _stem(entity), entity.edition or ""
        if entity.type == "EVENT" and not edition and not re.search(r"\d", stem):
            if _HISTORIC.search(stem):
                return Identity("EVENT", "name", (stem,))
            if not self.year:
                return self.local(entity)
            edition = self.year
        if entity.territory == NATIONAL:
            return Identity(entity.type, "national", (stem, edition))
        if entity.territory:
            return Identity(entity.type, "territory", (stem, entity.territory, edition))
        if entity.is_open or (entity.type == "POLICY" and _GENERIC_TITLE.fullmatch(stem)):
            return self.local(entity)
        return self.owned(entity, stem, edition)

    def owned(self, entity: Entity, stem: str, edition: str) -> Identity:
        """Return the identity by who is first said to run it, of several the widest, else by whom the document is about."""
        owners = [self.bodies[owner] for owner in self.owners.get(entity.id, ())]
        territories = [body.territory for body, _ in owners if body.territory]
        if territories:
            territory = min(territories, key=lambda code: (breadth(code), code))
        else:
            named = sorted(identity for _, identity in owners if identity.rule != "document")
            if named:
                return Identity(entity.type, "owner", (stem, *named[0].matched, edition))
            territory = self.seat or (f"{self.home}0000" if self.home else "")
        if not territory:
            return self.local(entity)
        # The same rule as where the name itself carries the territory: 福建省求学圆梦行动 is that of the province's union.
        if territory == NATIONAL:
            return Identity(entity.type, "national", (stem, edition))
        return Identity(entity.type, "territory", (stem, territory, edition))


def _stem(entity: Entity) -> str:
    return entity.stem or entity.name


def _renamed(extraction: Extraction, identities: Sequence[Identity]) -> Iterator[Renamed]:
    """Yield the renamings that the document tells, but those that would join two territories or two levels."""
    order = {entity.id: number for number, entity in enumerate(extraction.entities)}
    for renaming in extraction.renamings:
        former, later = order[renaming.former], order[renaming.later]
        territories = {_territory_of(identities[number]) for number in (former, later)} - {None}
        if identities[former] != identities[later] and len(territories) < 2:
            yield Renamed(identities[former], identities[later])


def _territory_of(identity: Identity) -> str | None:
    if identity.rule == "territory":
        return identity.matched[1]
    return NATIONAL if identity.rule == "national" else None


def _is_brand(entity: Entity) -> bool:
    """True for a company that goes by a name of its own (饿了么): one with its form (新星材料有限公司) may be any town's."""
    return entity.subtype == "enterprise" and not _COMPANY_FORM.search(entity.name)


class _Person(NamedTuple):
    """A person of one document: what ties them to bodies and meetings, and the years of their posts."""

    name: str
    place: Place
    number: int
    ties: frozenset[Identity]
    years: tuple[int, ...]


def _persons(extraction: Extraction, identities: Sequence[Identity], copies: str) -> Iterator[_Person]:
    """Yield the persons of a document; those of copies of one document, whose cluster is `copies`, are tied by it."""
    identity_of = {entity.id: identity for entity, identity in zip(extraction.entities, identities, strict=True)}
    entity_of = {entity.id: entity for entity in extraction.entities}
    ties: dict[str, set[Identity]] = defaultdict(set)
    years: dict[str, set[int]] = defaultdict(set)
    above: dict[str, list[str]] = defaultdict(list)
    for relation in extraction.relations:
        if relation.type == "subordinate_to":
            above[relation.subject].append(relation.object)
    for relation in extraction.relations:
        if _is_tie(relation, entity_of[relation.object]):
            for body in (relation.object, *above[relation.object]):
                ties[relation.subject].add(identity_of[body])
            date = relation.date or (None if relation.status == "former" else extraction.metadata.date)
            if date and date[:4].isdigit():
                years[relation.subject].add(int(date[:4]))
    told = extraction.metadata
    source = None if copies else told.source  # a copy names the medium that took the article over
    writers = {*told.authors, *told.editors}
    namesakes: Counter[str] = Counter()
    for number, entity in enumerate(extraction.entities):
        if entity.type == "PERSON" and entity.name not in ONE_OF_A_KIND:
            if source and entity.name in writers and not ties[entity.id]:
                ties[entity.id].add(Identity("ORG", "name", (source,)))
            if copies:
                ties[entity.id].add(Identity("PERSON", _COPY, (copies,)))
            place = Place(extraction.document, str(namesakes[entity.name] or ""))
            namesakes[entity.name] += 1
            yield _Person(entity.name, place, number, frozenset(ties[entity.id]), tuple(sorted(years[entity.id])))


def _is_tie(relation: Relation, body: Entity) -> bool:
    """Return whether what a sentence says of a person tells them from namesakes."""
    is_wide = body.territory in {None, NATIONAL}
    if relation.type == "works_for":
        return body.subtype == "media" or not is_wide
    return relation.type in TIES and not (is_wide and body.type == "ORG" and relation.role in ORDINARY)


def _join_persons(name: str, people: list[_Person], found: Resolution) -> None:
    """Give those of one name whom chains of ties connect one identity, and record those who may be the same."""
    taken: set[Identity] = set()
    contradicted = False
    for group in sorted(_connected(sorted(people)), key=lambda group: group[0].place):
        parts = [group]
        if len(group) > 1 and (_clash(group) or _apart(group)):
            parts, contradicted = [[person] for person in group], True
        for part in parts:
            identity = Identity("PERSON", *_anchor(name, part))
            if identity in taken:  # two whom one document keeps apart share what they are tied to
                identity = Identity("PERSON", "document", (name, *part[0].place))
            taken.add(identity)
            for person in part:
                found.of[person.place.document][person.number] = identity
    if len(taken) > 1:
        reason = "one name; posts or documents contradict" if contradicted else "one name; no shared body or meeting"
        found.possible.append(Possible(tuple(sorted(taken)), reason))


def _connected(people: list[_Person]) -> list[list[_Person]]:
    """Return the groups of persons that shared ties connect, each in order."""
    group_of: dict[Place, list[_Person]] = {}
    first: dict[Identity, _Person] = {}
    for person in people:
        group = group_of[person.place] = [person]
        for tie in person.ties:
            other = group_of[first.setdefault(tie, person).place]
            if other is not group_of[person.place]:
                group = group_of[person.place]
                small, large = sorted((group, other), key=len)
                large += small
                for moved in small:
                    group_of[moved.place] = large
    return [sorted(group) for group in {id(group): group for group in group_of.values()}.values()]


def _anchor(name: str, group: Sequence[_Person]) -> tuple[str, tuple[str, ...]]:
    """Return what tells a person from others of the name: the tie that most documents give, else the first place."""
    counts = Counter(tie for person in group for tie in person.ties if tie.rule not in {_COPY, "document"})
    if counts:
        tie = min(counts, key=lambda tie: (-counts[tie], tie))
        return "post", (name, *tie.matched)
    return "document", (name, *group[0].place)


def _clash(group: Sequence[_Person]) -> bool:
    """Return whether one document tells two persons of the group apart."""
    return len({person.place.document for person in group}) < len(group)


def _apart(group: Sequence[_Person]) -> bool:
    """Return whether the posts of the group lie further apart than a life is long."""
    years = [year for person in group for year in person.years]
    return bool(years) and max(years) - min(years) > LIFETIME


def _editions(known: Iterable[Identity]) -> Iterator[Edition]:
    """Yield which programme is an edition of which, in order.

    It is one of the same number in the nearest wider territory, else of its own series, else of a wider series.
    """
    places = {_edition_key(one): one for one in known if one.type == "PROGRAMME" and one.rule in _EDITION_RULES}
    for (stem, territory, edition), one in sorted(places.items()):
        above = wider(territory)
        keys = [(stem, each, edition) for each in above]
        if edition:
            keys += [(stem, each, "") for each in (territory, *above)]
        wide = next((places[key] for key in keys if key in places), None)
        if wide is not None:
            yield Edition(one, wide)


def _edition_key(identity: Identity) -> tuple[str, str, str]:
    if identity.rule == "national":
        stem, edition = identity.matched
        return stem, NATIONAL, edition
    stem, territory, edition = identity.matched
    return stem, territory, edition


def _siblings(known: Iterable[Identity], editions: Iterable[Edition]) -> Iterator[Possible]:
    """Yield the programmes of one name in several territories of which no wider one is known."""
    linked = {edition.narrow for edition in editions}
    groups: dict[str, list[Identity]] = defaultdict(list)
    for one in known:
        if one.type == "PROGRAMME" and one.rule == "territory" and one not in linked:
            groups[one.matched[0]].append(one)
    for stem in sorted(groups):
        if len({one.matched[1] for one in groups[stem]}) > 1:
            yield Possible(tuple(sorted(groups[stem])), "one name in several territories")
