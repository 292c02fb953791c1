"""Which mentions of one document name the same thing, and what that thing is called in full.

A bare level (省总工会, 市委) takes the territory that the document itself gives: the place that opens the names of other
institutions of that level, the title, or the place most often named. Nothing is filled in that the document does not
hold. Names of places become the full official ones; names of institutions keep the form the document writes, completed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from unionkg.nlp.candidates import Candidate
from unionkg.nlp.places import Place

QUOTES = str.maketrans("", "", "“”‘’\"' \u3000")
_LEVEL_WORD = re.compile(r"自治区|自治州|自治县|地区|街道|新区|开发区|[省市州盟县区旗镇乡村]")
_SHORT_UNION = re.compile(r"工会$")
_PARTY_PREFIX = re.compile(r"^(?:中国共产党|中共)(?=[一-龥]{2})")
_ORDINAL = re.compile(r"^(?:首届|第[一二三四五六七八九十\d]+届|\d{4}年(?:度)?)")
_COMPANY_FORM = re.compile(r"(?:集团)?(?:有限责任公司|股份有限公司|有限公司|总公司|公司)$")
_SESSION = re.compile(r"^第?[一二三四五六七八九十百\d]+[届次]")
_INTRODUCED = re.compile(r"\((?:以下|下文)?(?:统一)?简称:?(?:为)?([“《][^”》]{1,20}[”》])\)")
LEVELS = {
    "province": ("省", "自治区"),
    "prefecture": ("市", "州", "自治州", "地区", "盟"),
    "county": ("县", "区", "旗", "自治县", "市", "新区"),
    "township": ("镇", "乡", "街道"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of one document before it has an id: `key` tells it from the others."""

    key: tuple[str, str]
    type: str
    subtype: str | None
    name: str
    code: str | None = None
    parent: tuple[str, str] | None = None
    """The key of the body that a department belongs to."""
    territory: str | None = None
    """The code of the place that the name carries, also of a department's body."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention `[start, end)` of the working text and what it names."""

    start: int
    end: int
    entity: Named
    rule: str
    confidence: float


class Linker:
    """Links the chosen candidates of one document."""

    def __init__(self, text: str, places: Sequence[Place], chosen: Sequence[Candidate], title: tuple[int, int] | None) -> None:
        self.text = text
        self.chosen = list(chosen)
        self.place_at = {place.start: place for place in places}
        self.title = title or (0, 0)
        self.introduced = _introduced(text)
        self._homes = self._count_homes()
        self._institutions: dict[str, Named] = {}

    # ---- territory -------------------------------------------------------------------------------------------------

    def _count_homes(self) -> dict[str, Counter[Place]]:
        """Count, for each level word, the places that could be meant by it: those that open institutions count most."""
        homes: dict[str, Counter[Place]] = {word: Counter() for words in LEVELS.values() for word in words}
        openers = {candidate.start for candidate in self.chosen if candidate.type == "ORG"}
        codes = {}
        for place in self.place_at.values():
            if place.division is None:
                continue
            key = codes.setdefault(place.division.code, place)
            weight = 1.0
            if place.start in openers:
                weight += 3
            if self.title[0] <= place.start < self.title[1]:
                weight += 4
            for word in LEVELS.get(place.subtype, ()):
                if place.division.name.endswith(word):
                    homes[word][key] += weight  # type: ignore[assignment]  # weights are whole numbers
        return homes

    def home(self, level: str, position: int) -> Place | None:
        """Return the place that a bare level word at `position` means, None where the document does not tell."""
        counts = self._homes.get(level)
        if not counts:
            return self._home_above(level)
        best = max(counts.values())
        leaders = [place for place, count in counts.items() if count == best]
        if len(leaders) > 1 or (len(counts) > 1 and best < 2 * sorted(counts.values())[-2]):
            nearest = self._nearest(level, position)
            if nearest is not None:
                return nearest
        return min(leaders, key=lambda place: place.start)

    def _home_above(self, level: str) -> Place | None:
        """Return the province of the places named, where all lie in one and the level is a province's."""
        from unionkg.nlp.places import province_of

        if level not in LEVELS["province"]:
            return None
        provinces: Counter[str] = Counter()
        for place in self.place_at.values():
            if place.division is not None:
                provinces[place.division.code[:2]] += 1
        if not provinces:
            return None
        (code, count), *others = provinces.most_common()
        if others and others[0][1] * 2 > count:
            return None
        place = province_of(code)
        return place if place is not None and place.division is not None and place.division.name.endswith(level) else None

    def _nearest(self, level: str, position: int) -> Place | None:
        """Return the last place of that level before `position` which opens an institution, else the last at all."""
        before = [
            place
            for start, place in sorted(self.place_at.items())
            if start < position and place.division is not None and place in self._homes[level] or start < position and any(
                place.division is not None and other.division is not None and place.division.code == other.division.code for other in self._homes[level]
            )
        ]
        openers = {candidate.start for candidate in self.chosen if candidate.type == "ORG"}
        opening = [place for place in before if place.start in openers]
        chosen = opening or before
        return chosen[-1] if chosen else None

    # ---- linking ---------------------------------------------------------------------------------------------------

    def link(self) -> list[Linked]:
        """Return the mentions with their entities, in order."""
        linked: list[Linked] = []
        for candidate in self.chosen:
            entity = self._entity(candidate)
            if entity is not None:
                linked.append(Linked(candidate.start, candidate.end, entity, candidate.rule, candidate.confidence))
        return _merge_variants(linked, self.introduced)

    def _entity(self, candidate: Candidate) -> Named | None:
        surface = self.text[candidate.start : candidate.end]
        if candidate.type == "PLACE":
            return self._place(candidate)
        if candidate.type == "ORG":
            return self._institution(candidate, surface)
        name = candidate.name or surface.strip()
        if candidate.type == "PERSON":
            name = name.replace(" ", "")
        if candidate.type == "EVENT":
            return self._event(candidate, surface)
        return Named((candidate.type, name.translate(QUOTES)), candidate.type, candidate.subtype, name)

    def _place(self, candidate: Candidate) -> Named:
        if candidate.rule == "place.site":
            name = self.text[candidate.start : candidate.end]
            return Named(("PLACE", name), "PLACE", "site", name)
        place = self.place_at[candidate.start]
        code = place.division.code if place.division is not None else None
        return Named(("PLACE", code or place.name), "PLACE", place.subtype, place.name, code, territory=code)

    def _institution(self, candidate: Candidate, surface: str) -> Named | None:
        if candidate.rule == "org.bare_department":
            parent = self._body_before(candidate.start)
            if parent is None:
                return None
            name = parent.name + surface
            return self._known(Named(("ORG", name), "ORG", parent.subtype, name, parent.code, parent.key, parent.territory))
        if candidate.name:
            return self._known(Named(("ORG", candidate.name), "ORG", candidate.subtype, candidate.name))
        surface = _PARTY_PREFIX.sub("", surface)
        offset = candidate.end - len(surface)
        place = self._opening_place(offset, candidate.end)
        if place is not None:
            chain_end = place.end
            rest = self.text[chain_end : candidate.end]
            name = surface
            if rest == "工会" and candidate.subtype == "union":
                name = self.text[offset : place.start] + place.name + "总工会"
            code = place.division.code if place.division is not None else None
            return self._known(Named(("ORG", name), "ORG", candidate.subtype, name, code, self._parent_key(name), code))
        if candidate.rule in {"org.level", "org.department"} and (level := _LEVEL_WORD.match(surface)):
            home = self.home(level.group(), candidate.start)
            if home is None:
                return self._known(Named(("ORG", surface), "ORG", candidate.subtype, surface, None, self._parent_key(surface)))
            name = home.name + surface[level.end() :]
            code = home.division.code if home.division is not None else None
            return self._known(Named(("ORG", name), "ORG", candidate.subtype, name, code, self._parent_key(name), code))
        return self._known(Named(("ORG", surface), "ORG", candidate.subtype, surface, None, self._parent_key(surface)))

    def _known(self, named: Named) -> Named:
        return self._institutions.setdefault(named.name, named)

    def _parent_key(self, name: str) -> tuple[str, str] | None:
        """Return the key of the longest institution of the document whose name opens this one."""
        best = ""
        for other in self._institutions:
            if len(best) < len(other) < len(name) and name.startswith(other):
                best = other
        return ("ORG", best) if best else None

    def _opening_place(self, start: int, end: int) -> Place | None:
        """Return the last place of the chain that opens `[start, end)`."""
        found: Place | None = None
        position = start
        if self.text.startswith("共青团", position):
            position += 3
        while (place := self.place_at.get(position)) is not None and place.end < end:
            found, position = place, place.end
        return found

    def _body_before(self, position: int) -> Named | None:
        """Return the last body before `position` in the sentence that has departments."""
        for candidate in reversed([c for c in self.chosen if c.end <= position]):
            if candidate.type != "ORG" or candidate.rule == "org.bare_department":
                continue
            if "。" in self.text[candidate.end : position] or "\n" in self.text[candidate.end : position]:
                return None
            entity = self._entity(candidate)
            if entity is not None and entity.subtype in {"party_state", "union"}:
                parent = self._institutions.get(entity.parent[1]) if entity.parent else None
                return parent or entity
        return None

    def _event(self, candidate: Candidate, surface: str) -> Named:
        name = surface
        for other in self.chosen:  # the institution that opens the name, completed as elsewhere
            if other.type == "EVENT" and other is not candidate and _SESSION.match(surface):
                full = self.text[other.start : other.end]
                if full.endswith(surface) and len(full) > len(surface):
                    return self._event(other, full)
        if candidate.rule == "event.session" and (level := _LEVEL_WORD.match(surface)):
            home = self.home(level.group(), candidate.start)
            if home is not None:
                name = home.name + surface[level.end() :]
        return Named(("EVENT", name.translate(QUOTES)), "EVENT", None, name)


def _introduced(text: str) -> dict[str, int]:
    """Return the short forms that 以下简称 introduces, and where."""
    return {match.group(1).translate(QUOTES).strip("《》"): match.start() for match in _INTRODUCED.finditer(text)}


def _merge_variants(linked: list[Linked], introduced: dict[str, int]) -> list[Linked]:
    """Give mentions of one thing one entity: short titles, contests without their ordinal, programmes with and without head."""
    replaced: dict[tuple[str, str], Named] = {}
    entities = {mention.entity.key: mention.entity for mention in linked}
    for key, entity in entities.items():
        full = _fuller(entity, entities.values(), linked, introduced)
        if full is not None and full.key != key:
            replaced[key] = full
    for key, target in list(replaced.items()):
        while target.key in replaced and replaced[target.key].key != key:
            target = replaced[target.key]
        replaced[key] = target
    return [replace(mention, entity=replaced.get(mention.entity.key, mention.entity)) for mention in linked]


def _fuller(entity: Named, entities: Iterable[Named], linked: list[Linked], introduced: dict[str, int]) -> Named | None:
    """Return the one entity of the document that `entity` is a short form of, None where there is none or several."""
    name = entity.name.translate(QUOTES)
    same_type = [other for other in entities if other.type == entity.type and other.key != entity.key]
    found: list[Named] = []
    if entity.type == "POLICY":
        title = name.strip("《》")
        if title in introduced:
            place = introduced[title]
            before = [mention.entity for mention in linked if mention.end <= place + 1 and mention.entity.type == "POLICY" and mention.entity.key != entity.key]
            return before[-1] if before else None
        if len(title) <= 6 and not title.endswith("法"):
            found = [other for other in same_type if other.name.strip("《》").endswith(title) and len(other.name) > len(entity.name)]
        return found[0] if len(found) == 1 else None
    if entity.type == "PROGRAMME":
        if name in introduced:
            before = [mention.entity for mention in linked if mention.end <= introduced[name] and mention.entity.type == "PROGRAMME"]
            if before and before[-1].key != entity.key:
                return before[-1]
        for other in same_type:
            full = other.name.translate(QUOTES)
            if other.name.startswith("“") and other.name[1:].startswith(name + "”") or _ORDINAL.sub("", full) == name != full:
                found.append(other)
    if entity.type == "PERSON":
        found = [other for other in same_type if other.name.startswith(name + "·")]
    if entity.type == "ORG" and entity.subtype == "enterprise":
        core = _COMPANY_FORM.sub("", name)
        for other in same_type:
            full = _COMPANY_FORM.sub("", other.name)
            if other.subtype == "enterprise" and len(core) < len(full) and len(core) >= 3 and core[:2] in full and _is_subsequence(core, other.name):
                found.append(other)
    if entity.type == "CONCEPT" and name == "新时代中国特色社会主义思想":
        found = [other for other in same_type if other.name == "习近平" + name]
    return found[0] if len(found) == 1 else None


def _is_subsequence(short: str, long: str) -> bool:
    characters = iter(long)
    return all(character in characters for character in short)
