"""The entities of a graph by what they are called, and where each belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from unionkg.graph.attributes import KnowledgeGraph, NodeAttributes
from unionkg.graph.divisions import Division
from unionkg.graph.model import NATIONAL
from unionkg.graph.readable import Readable, readable
from unionkg.matching.misprints import Misprints
from unionkg.matching.names import folded, readings, spelt_out
from unionkg.matching.territories import chains, division_by_lineage
from unionkg.nlp.name_parts import name_parts

UNDERTAKINGS = frozenset({"PROGRAMME", "EVENT", "POLICY"})
_TIES = frozenset({"holds_post", "works_for"})
_UNDER = frozenset({"subordinate_to"})  # the subject is below
_OVER = frozenset({"governs", "organises", "issues"})  # the subject is above
_ROLES_OF_MANY = frozenset({"代表", "委员", "会员", "党员", "职工", "员工", "工人", "成员", "队员"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity as it is looked for.

    `territory` is the division that it belongs to by its identity, of a body without one in its name the province
    (`is_home`); None where the graph does not tell. `stem` and `edition` are parts of its identity.
    """

    id: str
    type: str
    subtype: str | None
    name: str
    rule: str
    stem: str
    territory: Division | None
    is_home: bool
    edition: str


class Named(NamedTuple):
    """An entity, and how it comes by the name under which it is found: it is its `name`, an `alias` or a `former` one."""

    entry: Entry
    how: str


class Post(NamedTuple):
    """Where a person is at work: the body's id, and the role, empty if none is told."""

    body: str
    role: str


class Index:
    """The entities of one graph, looked up by id, by name, by the parts of a name, and by pinyin."""

    def __init__(self, graph: KnowledgeGraph | Readable) -> None:
        """Go once through the entities of the graph and once through its facts."""
        self.entries: dict[str, Entry] = {}
        self.by_name: dict[str, list[Named]] = defaultdict(list)
        self.by_key: dict[tuple[str, str], list[Named]] = defaultdict(list)
        self.by_territory: dict[str, list[Entry]] = defaultdict(list)
        self.by_stem: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self.by_place: dict[str, list[Entry]] = defaultdict(list)
        self.by_pinyin: dict[str, list[Entry]] = defaultdict(list)
        self.by_initials: dict[str, list[Entry]] = defaultdict(list)
        self.posts: dict[str, list[Post]] = defaultdict(list)
        self.staff: dict[str, dict[str, Entry]] = defaultdict(dict)
        self.above: dict[str, set[str]] = defaultdict(set)
        self.misprints = Misprints()
        source = readable(graph)
        for node, attributes in source.nodes():
            self._add(node, attributes)
        for subject, end, _, fact in source.edges():
            is_tie = fact["type"] in _TIES and fact.get("role") not in _ROLES_OF_MANY
            if is_tie and subject in self.entries and end in self.entries:
                self.posts[subject].append(Post(end, fact.get("role", "")))
                self.staff[end][subject] = self.entries[subject]
            elif fact["type"] in _UNDER:
                self.above[subject].add(end)
            elif fact["type"] in _OVER:
                self.above[end].add(subject)

    def __len__(self) -> int:
        return len(self.entries)

    def _add(self, node: str, attributes: NodeAttributes) -> None:
        entry = self.entries[node] = _entry(node, attributes)
        names = dict(_names(attributes))
        for name, how in names.items():
            self.by_name[name].append(Named(entry, how))
        if entry.type == "ORG" and entry.rule != "document":
            if entry.territory is not None and not entry.is_home:
                self.by_territory[entry.territory.lineage].append(entry)
            for key, how in _keys(entry, names):
                self.by_key[key].append(Named(entry, how))
        elif entry.type in UNDERTAKINGS:
            self.by_stem[entry.type, folded(entry.stem)].append(entry)
        elif entry.type == "PLACE" and entry.territory is not None and entry.rule == "code":
            self.by_place[entry.territory.lineage].append(entry)
        syllables = attributes["pinyin"].split()
        self.by_pinyin["".join(syllables)].append(entry)
        self.by_initials["".join(syllable[0] for syllable in syllables)].append(entry)
        if entry.type != "PERSON":
            for name in names:
                self.misprints.add(name)


def _entry(node: str, attributes: NodeAttributes) -> Entry:
    rule, matched, kind = attributes["rule"], attributes["matched"], attributes["type"]
    lineage = edition = ""
    is_home = rule == "home" and kind == "ORG"
    if rule == "national":
        lineage, edition = NATIONAL, matched[-1] if len(matched) > 1 else ""
    elif rule == "territory":
        lineage, edition = matched[1], matched[2] if len(matched) > 2 else ""
    elif rule == "code":
        lineage = matched[0]
    elif is_home:
        lineage = f"{matched[-1]}0000"
    elif "code" in attributes:
        lineage = attributes["code"]
    stem = matched[0]
    if rule == "ledger":  # what people judged has no identity of its own; its name says what it can
        parts = name_parts(kind, attributes.get("subtype"), attributes["name"], attributes.get("code"))
        stem, edition, lineage = parts.stem, parts.edition or "", parts.territory or lineage
    territory = division_by_lineage(lineage) if lineage else None
    if kind in UNDERTAKINGS and territory is None:
        stem, territory = _short_territory(kind, stem)
    shared = (stem if kind != "ORG" else spelt_out(folded(stem)), territory, is_home, edition)
    return Entry(node, kind, attributes.get("subtype"), attributes["name"], rule, *shared)


def _short_territory(kind: str, stem: str) -> tuple[str, Division | None]:
    """Return what follows the short name of a territory that a stem opens with (广西职工技能大赛), and that, if it is but one."""
    for chain in chains(stem):
        if chain.end < len(stem) - 2 and len(chain.meant) == 1:
            return name_parts(kind, None, stem[chain.end :], None).stem, chain.meant[0]
    return stem, None


def _names(attributes: NodeAttributes) -> Iterator[tuple[str, str]]:
    """Yield the folded names with how the entity comes by each; of equal ones the last counts."""
    former = set(attributes.get("former_names", ()))
    for alias in (*attributes["aliases"], *attributes.get("traditional", ())):
        yield folded(alias), "former" if alias in former else "alias"
    yield folded(attributes["name"]), "name"


def _keys(entry: Entry, names: dict[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the stems of a body's names, each with the lineage of the territory, "" for that of a name without one."""
    lineage = entry.territory.lineage if entry.territory is not None and not entry.is_home else ""
    found = {(entry.stem, lineage): "name"}
    for name, how in names.items():
        for reading in readings(name):
            if reading.level is not None:
                continue
            if not reading.territories:
                found.setdefault((reading.stem, ""), how)
                found.setdefault((reading.stem, lineage), how)
            elif lineage and any(one.lineage == lineage for one in reading.territories):
                found.setdefault((reading.stem, lineage), how)
                break
    yield from found.items()
