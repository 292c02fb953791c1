"""Which mentions of one document name the same thing, and what that thing is called in full.

A bare level (省总工会, 市委) takes the territory that the document itself gives (`territory`). Names of places become
the full official ones; names of institutions keep the form that the document writes, completed. Short titles, contests
without their ordinal, programmes with and without their head are one entity with the full form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from unionkg.nlp.candidates import Candidate
from unionkg.nlp.companies import is_brand_of
from unionkg.nlp.lexicon import Forms
from unionkg.nlp.persons import has_surname
from unionkg.nlp.places import Place
from unionkg.nlp.short_forms import ShortForm, short_forms
from unionkg.nlp.territory import Territory

QUOTES = str.maketrans("", "", "“”‘’\"' \u3000")
_LEVEL_WORD = re.compile(r"自治区|师市|自治州|自治县|地区|街道|新区|[省市州盟县区旗镇乡村]")
_SHORT_UNION = re.compile(r"总(?!工会|会)")
_PARTY_PREFIX = re.compile(r"^(?:中国共产党|中共)(?=[一-龥]{2})")
_ORDINAL = re.compile(r"^(?:首届|第[一二三四五六七八九十\d]+届|\d{4}年(?:度)?)")
_LEGAL_FORM = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|总公司|公司)$")
_COMPANY_FORM = re.compile(rf"(?:集团)?{_LEGAL_FORM.pattern}|集团$")
_BARE_SESSION = re.compile(r"^第?[一二三四五六七八九十百\d]+[届次]")
_SESSION_NUMBERS = re.compile(r"第?[一二三四五六七八九十百\d]+届(?:委员会)?第?[一二三四五六七八九十百\d]+次")
_COMPANY_KINDS = {
    **{
        kind: re.compile(kind)
        for kind in ("集团公司", "集团", "总公司", "公司", "学校", "学院", "医院", "厂", "矿", "分行", "支行")
    },
    "校": re.compile(r"大学|学院|学校|中学|小学"),
    **{kind: re.compile("分行") for kind in ("省分行", "市分行")},
    "院": re.compile(r"[附二三四五六七八九十]院|医院|学院|研究院|设计院"),
    "段": re.compile(r"(?:机务|供电|车务|工务|电务|客运|房建|车辆|动车|通信|工电)段"),
}
"""The words by which a text calls its company, school or hospital, and how the name in full goes."""
_CORPS = "新疆生产建设兵团"
_DIVISION = re.compile(r"第[一二三四五六七八九十]+师[一-龥]{2,4}市")
_TOWN_LEVELS = frozenset({"镇", "乡", "街道"})
_LEAST_SHARED = 6
"""Characters of the shortest name without a place that is taken for the end of another."""
_DEPARTMENT_FORMS = {"经审会": "经费审查委员会", "经审委": "经费审查委员会", "女职委": "女职工委员会"}
_UNION_COMMITTEES = frozenset(_DEPARTMENT_FORMS.values())
_SHORTEST_BODY = 2

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of one document before it has an id.

    `key` tells it from the others. `code` is the GB/T 2260 code of a place or of the territory that an institution's
    name carries; `parent` the key of the body that a department belongs to.
    """

    key: Key
    type: str
    subtype: str | None
    name: str
    code: str | None = None
    parent: Key | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention `[start, end)` of the working text and what it names."""

    start: int
    end: int
    entity: Named
    rule: str
    confidence: float


def link(
    text: str, places: Sequence[Place], chosen: Sequence[Candidate], title: tuple[int, int] | None
) -> list[Linked]:
    """Return the chosen candidates of a folded text with what each names, in order."""
    return _short_forms_joined(text, _Linker(text, places, chosen, title).link())


class _Linker:
    def __init__(
        self, text: str, places: Sequence[Place], chosen: Sequence[Candidate], title: tuple[int, int] | None
    ) -> None:
        self.text = text
        self.chosen = chosen
        self.place_at = {place.start: place for place in places}
        openers = {candidate.start for candidate in chosen if candidate.type == "ORG"}
        self.territory = Territory(text, places, openers, title)
        self.institutions: dict[str, Named] = {}
        self.sessions = [text[one.start : one.end] for one in chosen if one.type == "EVENT"]
        self.last_body: Named | None = None

    def link(self) -> list[Linked]:
        linked: list[Linked] = []
        position = 0
        for candidate in self.chosen:
            if re.search(r"[。\n]", self.text[position : candidate.start]):
                self.last_body = None
            position = candidate.end
            entity = self.entity(candidate)
            if entity is not None:
                linked.append(Linked(candidate.start, candidate.end, entity, candidate.rule, candidate.confidence))
        return linked

    def entity(self, candidate: Candidate) -> Named | None:
        """Return what a candidate names; None for a department whose body the sentence does not give."""
        surface = self.text[candidate.start : candidate.end]
        if candidate.type == "PLACE":
            return self.place(candidate, surface)
        if candidate.type == "ORG":
            return self.institution(candidate, surface)
        if candidate.type == "EVENT":
            return _plain("EVENT", None, self.event_name(candidate, surface).translate(QUOTES))
        name = "".join(surface.split()) if candidate.type == "PERSON" else candidate.name or surface
        return _plain(candidate.type, candidate.subtype, name)

    def place(self, candidate: Candidate, surface: str) -> Named:
        place = self.place_at.get(candidate.start)
        if place is None or candidate.rule == "place.site":
            return _plain("PLACE", candidate.subtype or "site", surface)
        return Named(("PLACE", place.code or place.name), "PLACE", place.subtype, place.name, place.code or None)

    def institution(self, candidate: Candidate, surface: str) -> Named | None:
        if candidate.rule == "org.bare_department":
            full = _DEPARTMENT_FORMS.get(surface, surface)
            if self.last_body is None or full != surface:
                named_before = [one for name, one in self.institutions.items() if name.endswith(full)]
                if len(named_before) == 1:
                    return named_before[0]
                if self.last_body is None:
                    return self._of_last_union(full) if full in _UNION_COMMITTEES else None
            body = self.last_body
            return self.known(body.name + surface, body.subtype, body.code or "")
        if candidate.rule == "org.bare_company":
            return self.of_company(candidate, surface)
        if candidate.name and candidate.rule == "org.level":
            surface = candidate.name
        elif candidate.name:
            named = self.known(candidate.name, candidate.subtype, "")
            return self._as_last_body(named)
        name, code = self.completed(candidate, _PARTY_PREFIX.sub("", surface))
        return self._as_last_body(self.known(name, candidate.subtype, code))

    def _of_last_union(self, department: str) -> Named | None:
        """Return the committee of the union named last, where a sentence names the committee alone."""
        unions = [one for one in self.institutions.values() if one.subtype == "union" and one.name.endswith("工会")]
        return self.known(unions[-1].name + department, "union", unions[-1].code or "") if unions else None

    def _as_last_body(self, named: Named) -> Named:
        """Return the institution; the departments that follow in the sentence are its own, or its body's."""
        if named.subtype in {"union", "party_state"}:
            opening = _body_of(named.name)
            self.last_body = self.known(opening, named.subtype, named.code or "") if opening else named
        return named

    def of_company(self, candidate: Candidate, surface: str) -> Named | None:
        """Return the union or committee of the company named last whose kind (集团, 公司, 厂) the bare word gives."""
        kind = next(kind for kind in _COMPANY_KINDS if surface.startswith(kind))
        for name in reversed(self.institutions):
            full = _COMPANY_KINDS[kind].search(name)
            if full and full.start() > 0 and self.institutions[name].subtype in {"enterprise", "union", "other"}:
                return self.known(name[: full.end()] + surface[len(kind) :], candidate.subtype, "")
        return None

    def completed(self, candidate: Candidate, surface: str) -> tuple[str, str]:
        """Return the full name of an institution and the code of its territory, "" where that is unknown."""
        start = candidate.end - len(surface)
        if candidate.subtype == "union":
            surface = _SHORT_UNION.sub("总工会", surface)
        place = self.opening_place(start, candidate.end)
        if place is not None:
            if candidate.subtype == "union" and self.text[place.end : candidate.end] in {"工会", "总工会", "总"}:
                form = self.text[place.start : place.end]
                name = form if form.endswith("新区") else place.name
                return f"{self.text[start : place.start]}{name}总工会", place.code
            return surface, place.code
        if candidate.rule == "org.youth":
            home = self.territory.meant_by(surface[1], candidate.start)
            short, full = (f"共青团{home.name}{end}" for end in ("委", "委员会")) if home else (surface, surface)
            return full if full in self.institutions else short, home.code if home else ""
        if candidate.rule == "org.level" and (corps := self._of_corps(surface)):
            return corps, ""
        if candidate.rule == "org.level" and (level := _LEVEL_WORD.match(surface)):
            home = self.territory.meant_by(level.group(), candidate.start)
            if home is not None:
                return home.name + surface[level.end() :], home.code
            if level.group() in _TOWN_LEVELS:
                ends = (surface, surface.removesuffix("工会") + "总工会")
                named = [name for name in self.institutions if name.endswith(ends) and len(name) > len(surface)]
                return (named[-1] if named else surface), ""
        return surface, ""

    def _of_corps(self, surface: str) -> str:
        """Return the full name of a body of the Corps or of its division in hand, "" for any other."""
        if surface.startswith("兵团"):
            return _CORPS + surface.removeprefix("兵团")
        division = _DIVISION.search(self.text) if surface.startswith("师市") else None
        return division.group() + surface.removeprefix("师市") if division else ""

    def known(self, name: str, subtype: str | None, code: str) -> Named:
        """Return the institution of that name, the same one each time; its parent is the longest other that opens it."""
        if name not in self.institutions:
            name = self._with_body_in_full(name)
        if name not in self.institutions:
            openings = [other for other in self.institutions if name.startswith(other)]
            parent = ("ORG", max(openings, key=len)) if openings else None
            self.institutions[name] = Named(("ORG", name), "ORG", subtype, name, code or None, parent)
        return self.institutions[name]

    def _with_body_in_full(self, name: str) -> str:
        """Return a department's name with its body as the text has named it in full (县法院立案庭)."""
        for body in sorted(self.institutions, key=len, reverse=True):
            if name.startswith(body) and (full := expanded(body)) in self.institutions:
                return full + name[len(body) :]
        return name

    def opening_place(self, start: int, end: int) -> Place | None:
        """Return the last place of the chain that opens `[start, end)`."""
        position = start + 3 if self.text.startswith("共青团", start) else start
        found = None
        while (place := self.place_at.get(position)) is not None and place.end < end:
            found, position = place, place.end
        return found

    def event_name(self, candidate: Candidate, surface: str) -> str:
        """Return the name of an event with its institution completed, or with the one another mention gives it."""
        if _BARE_SESSION.match(surface):
            return next((full for full in self.sessions if _is_session_of(surface, full)), surface)
        if candidate.rule == "event.session" and (level := _LEVEL_WORD.match(surface)):
            home = self.territory.meant_by(level.group(), candidate.start)
            if home is not None:
                return home.name + surface[level.end() :]
        return surface


def _is_session_of(short: str, full: str) -> bool:
    """True if `full` is a meeting with its body named that `short` calls by its numbers alone (八届五次全委会)."""
    numbers = _SESSION_NUMBERS.match(short)
    return len(full) > len(short) and (full.endswith(short) or (numbers is not None and numbers.group() in full))


@cache
def _departments() -> Forms:
    return Forms.read("departments.tsv")


def _body_of(name: str) -> str:
    """Return the name of the body that a department's name opens with, "" if it is no department's."""
    start = _departments().longest_ending_at_each(name).get(len(name), 0)
    return name[:start] if start > _SHORTEST_BODY else ""


def _plain(kind: str, subtype: str | None, name: str) -> Named:
    return Named((kind, name.translate(QUOTES)), kind, subtype, name)


def _short_forms_joined(text: str, linked: list[Linked]) -> list[Linked]:
    """Give every mention of a short form the entity that the document names in full."""
    introduced = {one.name.translate(QUOTES).strip("《》"): one for one in short_forms(text)}
    entities = {mention.entity.key: mention.entity for mention in linked}
    alike: defaultdict[str, list[Named]] = defaultdict(list)
    for entity in entities.values():
        alike[entity.type].append(entity)
    full: dict[Key, Named] = {}
    for key, entity in entities.items():
        target = _introduced_form(entity, linked, introduced) or _fuller_form(entity, alike[entity.type])
        if target is not None and full.get(target.key, target).key != key:
            full[key] = full.get(target.key, target)
    return [replace(mention, entity=_fullest(mention.entity, full)) for mention in linked]


def _fullest(entity: Named, full: dict[Key, Named]) -> Named:
    """Return the end of the chain of fuller forms: 县政府 is 涉县人民政府, which is 邯郸市涉县人民政府."""
    seen: set[Key] = set()
    while entity.key in full and entity.key not in seen:
        seen.add(entity.key)
        entity = full[entity.key]
    return entity


def _introduced_form(entity: Named, linked: list[Linked], introduced: dict[str, ShortForm]) -> Named | None:
    """Return the entity behind which 以下简称 introduces this name."""
    form = introduced.get(entity.name.translate(QUOTES).strip("《》"))
    if form is None:
        return None
    before = [one.entity for one in linked if one.end <= form.bracket and one.entity.type == entity.type]
    return before[-form.back] if len(before) >= form.back and before[-form.back].key != entity.key else None


def _fuller_form(entity: Named, alike: Iterable[Named]) -> Named | None:
    """Return the one entity, of those of its type, that `entity` is a short form of; None for none or several."""
    is_fuller = _FULLER.get(entity.type)
    if is_fuller is None:
        return None
    found = [other for other in alike if other.key != entity.key and is_fuller(entity, other)]
    return found[0] if len(found) == 1 else None


def _is_fuller_policy(short: Named, long: Named) -> bool:
    title, other = short.name.strip("《》"), long.name.strip("《》")
    if other == "中华人民共和国" + title:
        return True
    is_law = title.endswith("法") and not title.endswith("办法")
    return len(title) <= 6 < len(other) and not is_law and other.endswith(title)


def _is_fuller_programme(short: Named, long: Named) -> bool:
    name, other = short.name.translate(QUOTES), long.name.translate(QUOTES)
    return long.name.startswith(f"“{name}”") or (_ORDINAL.sub("", other) == name != other)


def _is_fuller_person(short: Named, long: Named) -> bool:
    is_familiar = len(short.name) == 2 and short.name[0] in "老小" and has_surname(short.name[1])
    surname = short.name[1] if is_familiar else short.name
    return long.name.startswith(short.name + "·") or (
        len(surname) == 1 < len(long.name) and long.name.startswith(surname)
    )


def _is_fuller_company(short: Named, long: Named) -> bool:
    if not short.subtype == long.subtype == "enterprise":
        return False
    core, whole = _LEGAL_FORM.sub("", short.name), _COMPANY_FORM.sub("", long.name)
    return len(_COMPANY_FORM.sub("", short.name)) < len(whole) < len(long.name) and is_brand_of(core, long.name)


def _is_fuller_institution(short: Named, long: Named) -> bool:
    """True for a company or an organ in full, and for a body whose name carries the chain of places that the other leaves out."""
    if expanded(short.name) == long.name:
        return True
    is_end = len(long.name) > len(short.name) and long.name.endswith(short.name)
    chained = is_end and short.code is not None and short.code == long.code
    placeless = is_end and short.code is None and len(short.name) >= _LEAST_SHARED and short.subtype == "union"
    return chained or placeless or _names_its_place(short, long) or _is_fuller_company(short, long)


def _names_its_place(short: Named, long: Named) -> bool:
    """True for 安康工会 beside 安康市总工会, where the short name of the place is also a word and was not read as a place."""
    place = short.name.removesuffix("工会")
    return short.code is None and re.fullmatch(rf"{re.escape(place)}[省市州县区旗盟]总工会", long.name) is not None


@lru_cache(maxsize=4096)
def expanded(name: str) -> str:
    """Return the name of an organ with its short form written out (县人社局), other names as they are."""
    start = _organ_short_forms().longest_ending_at_each(name).get(len(name), 0)
    if start == 0:
        return name
    full = _organ_short_forms().meanings[name[start:]][0]
    return name if name.endswith(full) else name[:start] + full


@cache
def _organ_short_forms() -> Forms:
    return Forms.read("organ_short_forms.tsv")


def _is_fuller_concept(short: Named, long: Named) -> bool:
    return long.name == "习近平" + short.name


_FULLER: dict[str, Callable[[Named, Named], bool]] = {
    "POLICY": _is_fuller_policy,
    "PROGRAMME": _is_fuller_programme,
    "PERSON": _is_fuller_person,
    "ORG": _is_fuller_institution,
    "CONCEPT": _is_fuller_concept,
}
