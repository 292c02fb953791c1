"""Who and what there is in the corpus: territories, bodies, officials, companies, programmes, policies and meetings.

All of it follows from the seed. The territories are those of today (`unionkg.nlp.divisions`), the rest is invented. Each thing
has an id, the same in all documents that name it: type, kind, the code of its territory (0 for the nation), and what tells
it from others of the kind there, joined by slashes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from random import Random

from unionkg.graph.divisions import Division, divisions

NATION = "0"
REPORTERS = 6
"""So many write for a local outlet and edit it, ten times as many for one of the whole country."""
FIRST_YEAR, LAST_YEAR = 2019, 2025
"""Documents are of these years."""

_NUMERALS = "零一二三四五六七八九"
_TAIWAN_HONGKONG_MACAO = frozenset({"71", "81", "82"})


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that has one identity in all documents, with the forms it is printed in.

    `at` is the code of its territory. `full` names it by itself, the usual form first; `long` has the territories above in
    front; `short` and `bare` (省总工会) need a text that has said which is meant.
    """

    id: str
    at: str
    full: tuple[str, ...]
    long: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """The type of entity."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Tenure:
    """A post that a person held; months are counted from year 0, `until` is the first month without it."""

    person: Thing
    body: Thing
    role: str
    slot: str
    since: int
    until: int

    def holds(self, day: date) -> bool:
        """True if the person holds the post on that day."""
        return self.since <= _month(day) < self.until


@dataclass(frozen=True, slots=True)
class Move:
    """What a person was before, and what the person is now."""

    before: Tenure
    after: Tenure


@dataclass
class Staff:
    """The tenures of a province's bodies, by territory, and the moves into posts there."""

    tenures: dict[str, list[Tenure]] = field(default_factory=lambda: defaultdict(list))
    moves: dict[str, list[Move]] = field(default_factory=lambda: defaultdict(list))


class World:
    """The world of one seed. Everything is made when it is asked for first, and is the same whatever the order."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._staff: dict[str, Staff] = {}

    @cached_property
    def shares(self) -> dict[str, tuple[list[Division], list[float]]]:
        """For each level its territories and their summed weights: few have many documents, many have few.

        Counties that share their name with others are told of six times as often as they would be.
        """
        rng = self.random("shares")
        found = {}
        for level, fall in (("province", 0.5), ("prefecture", 0.7), ("county", 0.8)):
            ranked = rng.sample(territories(level), len(territories(level)))
            weights = ((6 if namesakes(one.name) > 1 else 1) / rank**fall for rank, one in enumerate(ranked, 1))
            found[level] = (ranked, list(accumulate(weights)))
        return found

    def random(self, *path: object) -> Random:
        """Return the source of chance for what the path names."""
        return Random("/".join(map(str, (self.seed, *path))))

    def person(self, rng: Random, identity: str, at: str) -> Thing:
        """Return a person with an invented name; namesakes come by chance."""
        name = _ranked(rng, "surname", 0.8)
        name += (
            _ranked(rng, "single", 0.8)
            if rng.random() < 0.18
            else _ranked(rng, "first", 0.7) + _ranked(rng, "last", 0.7)
        )
        return Thing(f"PERSON/{identity}", at, (name,))

    def staff(self, code: str) -> Staff:
        """Return the staff of the province in which the territory lies."""
        province = code[:2]
        if province not in self._staff:
            self._staff[province] = self._make_staff(province)
        return self._staff[province]

    def _make_staff(self, province: str) -> Staff:
        staff, rng = Staff(), self.random("staff", province)
        everywhere = [one for one in _all_territories() if one.code.startswith(province)]
        number = 0
        for home in everywhere:
            for slot, kind, role in rows("offices.tsv"):
                if slot == "-":
                    continue
                change = rng.choice((0, 0, 2020, 2021, 2022, 2023, 2024)) * 12
                change += rng.randrange(12) if change else 0
                for since, until in ((0, change), (change, 9999 * 12)) if change else ((0, 9999 * 12),):
                    number += 1
                    person = self.person(rng, f"{slot}/{home.code}/{number}", home.code)
                    tenure = Tenure(person, body(home, kind), _role(role, home), slot, since, until)
                    staff.tenures[home.code].append(tenure)
                    if since and rng.random() < 0.35:
                        origin = home if rng.random() < 0.4 else rng.choice(everywhere)
                        _, old_kind, old_role = rng.choice([row for row in rows("offices.tsv") if row[0] == "-"])
                        old = body(origin, old_kind)
                        if old.id != tenure.body.id:
                            before = Tenure(
                                person, old, _role(old_role, origin), "-", since - rng.randint(20, 70), since
                            )
                            staff.tenures[origin.code].append(before)
                            staff.moves[home.code].append(Move(before, tenure))
        return staff

    def official(self, home: Division, slot: str, day: date) -> Tenure | None:
        """Return who holds an office on that day."""
        return next(
            (one for one in self.staff(home.code).tenures[home.code] if one.slot == slot and one.holds(day)), None
        )

    def predecessor(self, home: Division, slot: str, day: date) -> Tenure | None:
        """Return who held an office until a change before that day."""
        held = self.staff(home.code).tenures[home.code]
        return next((one for one in held if one.slot == slot and one.until <= _month(day)), None)

    def tenures_of(self, person: Thing, home: Division, day: date) -> list[Tenure]:
        """Return the posts that a person holds in a territory on that day."""
        return [one for one in self.staff(home.code).tenures[home.code] if one.person == person and one.holds(day)]

    def moved(self, home: Division, day: date) -> list[Move]:
        """Return the moves of the thirty months before that day."""
        now = _month(day)
        return [one for one in self.staff(home.code).moves[home.code] if now - 30 < one.after.since <= now]

    def companies(self, home: Division) -> tuple[Thing, ...]:
        """Return six companies of the territory; half of them do not name it, so that others may have their name."""
        rng, found = self.random("companies", home.code), []
        seat = parent(home) or home if home.level == "county" and home.name.endswith("区") else home
        for number in range(6):
            if number == 5:
                name = short = rng.choice(words("public"))
                name, short = seat.short + name, seat.short + short.removesuffix("有限公司").removesuffix("集团")
            else:
                short = rng.choice(words("brand")) + rng.choice(words("sector"))
                name = rng.choice((seat.short, "")) + short + rng.choice(words("form"))
            found.append(Thing(f"ORG/company/{home.code}/{number}", home.code, (name,), short=(short,)))
        return tuple(found)

    def worker(self, company: Thing, number: int) -> Tenure:
        """Return one of four workers of a company with a trade."""
        rng = self.random("worker", company.id, number)
        who = self.person(rng, f"worker/{company.at}/{company.id.rpartition('/')[2]}.{number}", company.at)
        return Tenure(who, company, rng.choice(words("trade")), "worker", 0, 9999 * 12)

    def media(self, home: Division) -> tuple[Thing, ...]:
        """Return the newspapers of a province or prefecture, or the media centre of a county."""
        if home.level == "county":
            name = f"{home.name}融媒体中心"
            return (Thing(f"ORG/centre of media/{home.code}", home.code, (name,)),)
        rng = self.random("media", home.code)
        kept = words("paper")[: 1 + rng.randrange(len(words("paper")))]
        return tuple(Thing(f"ORG/{paper}/{home.code}", home.code, (home.short + paper,)) for paper in kept)

    def reporter(self, outlet: Thing, number: int) -> Thing:
        """Return one of the reporters and editors of an outlet."""
        rng = self.random("reporter", outlet.id, number)
        return self.person(rng, f"reporter/{outlet.at}/{outlet.full[0]}.{number}", outlet.at)

    def everywhere(self, home: Division | None) -> tuple[Thing, ...]:
        """Return the editions that a territory, or the nation, has of programmes that are held everywhere."""
        at = home.code if home else NATION
        found = [
            Thing(f"PROGRAMME/{name}/{at}", at, (f"“{name}”{head}",), short=(f"“{name}”",))
            for kind, name, head in rows("programmes.tsv")
            if kind == "everywhere"
        ]
        return tuple(self.random("everywhere", at).sample(found, 5 if home else len(found)))

    def brands(self, home: Division, day: date) -> tuple[tuple[Thing, Thing | None], ...]:
        """Return three programmes of the territory alone, each under its name of that day and under its former one."""
        rng, found = self.random("brands", home.code), []
        for number in range(3):
            name, head = rng.choice(words("before")) + rng.choice(words("after")), rng.choice(("", "", "", "品牌"))
            now = Thing(f"PROGRAMME/brand/{home.code}/{number}", home.code, (f"“{name}”{head}",), short=(f"“{name}”",))
            _, old, old_head = rng.choice([row for row in rows("programmes.tsv") if row[0] == "old"])
            change = rng.choice((0, 0, 0, 2021, 2022, 2023))
            if change:
                before = replace(now, full=(f"“{old}”{old_head}",), short=(f"“{old}”",))
                found.append((now, before) if day.year >= change else (before, None))
            else:
                found.append((now, None))
        return tuple(found)

    def contests(self, home: Division, day: date) -> tuple[Thing, ...]:
        """Return the two contests of the territory in their year."""
        rng = self.random("contests", home.code)
        found = []
        for _, name, _ in rng.sample([row for row in rows("programmes.tsv") if row[0] == "contest"], 2):
            ordinal = f"第{chinese(day.year - rng.randint(2003, 2017))}届"
            full = (f"{ordinal}{home.name}{name}", f"{home.name}{ordinal}{name}")
            identity = f"PROGRAMME/{name}/{home.code}/{ordinal}"
            found.append(Thing(identity, home.code, full, bare=(f"全{level_word(home)[-1]}{ordinal}{name}",)))
        return tuple(found)

    def policies(self, home: Division) -> tuple[Thing, ...]:
        """Return the policies of the territory: some name it, most have titles that others have as well."""
        rng, found = self.random("policies", home.code), []
        for kind, count in (("named", 2), ("local", 3)):
            for _, title, short in rng.sample([row for row in rows("policies.tsv") if row[0] == kind], count):
                if kind == "named" and home.level == "county":
                    continue
                printed = f"《{title.replace('{P}', home.name)}》"
                identity = f"POLICY/{title.replace('{P}', '')}/{home.code}"
                found.append(Thing(identity, home.code, (printed,), short=(f"《{short}》",)))
        return tuple(found)

    def term(self, home: Division, day: date) -> tuple[int, int, int]:
        """Return the number of the union's term, the half-years since its congress, and the year of that."""
        rng = self.random("term", home.code)
        number, start = rng.randint(7, 16), rng.randint(2013, 2018)
        while start + 5 <= day.year:
            number, start = number + 1, start + 5
        return number, 2 * (day.year - start) + (day.month > 6), start

    def session(self, home: Division, day: date) -> Thing:
        """Return the session that the union's committee holds in that half-year."""
        number, half, _ = self.term(home, day)
        term, nth = chinese(number), chinese(half + 1)
        (union, level), identity = (f"{home.name}总工会", f"{level_word(home)}总工会"), f"{number}.{half + 1}"
        wide = "（扩大）" if self.random("wide", home.code, identity).random() < 0.4 else ""
        tails = (f"{term}届{nth}次全委{wide}会议", f"第{term}届委员会第{nth}次全体{wide}会议")
        full, bare = (tuple(who + tail for tail in tails) for who in (union, level))
        return Thing(f"EVENT/session/{home.code}/{identity}", home.code, full, bare=bare)

    def congress(self, home: Division, day: date) -> Thing:
        """Return the congress that opened the union's present term."""
        number, _, _ = self.term(home, day)
        tail = f"工会第{chinese(number)}次代表大会"
        identity = f"EVENT/congress/{home.code}/{number}"
        return Thing(identity, home.code, (home.name + tail,), bare=(level_word(home) + tail,))

    def labour_day(self, home: Division, day: date) -> Thing:
        """Return the celebration of that year, whose name does not always tell the year."""
        tail = "庆祝“五一”国际劳动节暨表彰大会"
        full = (home.name + tail, f"{day.year}年{home.name}{tail}")
        identity = f"EVENT/labour day/{home.code}/{day.year}"
        return Thing(identity, home.code, full, bare=(f"全{level_word(home)[-1]}{tail}",))


def national_union() -> Thing:
    """Return the national federation."""
    return Thing(f"ORG/union/{NATION}", NATION, ("中华全国总工会", "全国总工会"), short=("全国总工会",), bare=("全总",))


def national_congress(day: date) -> Thing:
    """Return the latest congress of the Chinese trade unions."""
    number = 18 if (day.year, day.month) >= (2023, 11) else 17
    full = (f"中国工会第{chinese(number)}次全国代表大会", f"中国工会{chinese(number)}大")
    return Thing(f"EVENT/congress/{NATION}/{number}", NATION, full)


@cache
def laws() -> tuple[Thing, ...]:
    """Return the national policies."""
    found = []
    for kind, title, short in rows("policies.tsv"):
        if kind == "national":
            full = (f"《{title}》", f"《{short}》") if short else (f"《{title}》",)
            found.append(Thing(f"POLICY/{title}/{NATION}", NATION, full))
    return tuple(found)


@cache
def national_papers() -> tuple[Thing, ...]:
    """Return the outlets of the whole country."""
    return tuple(Thing(f"ORG/{name}/{NATION}", NATION, (name,)) for name in words("national_paper"))


@cache
def body(home: Division, kind: str) -> Thing:
    """Return a body of the territory: its union, party committee, government, or one of their parts."""
    for name, full, short, bare in rows("bodies.tsv"):
        if name == kind:
            above = [one.name for one in chain(home)[:-1]]
            fronts = [above[1], above[0] + above[1], above[0]] if len(above) > 1 else above
            long = tuple(_fill(form, home, front) for front in fronts for form in full.split("|"))
            abridged = tuple(_fill(form, home) for form in short.split("|") if form and home.level != "county")
            forms = tuple(_fill(form, home) for form in full.split("|"))
            bares = tuple(_fill(form, home) for form in bare.split("|"))
            return Thing(f"ORG/{kind}/{home.code}", home.code, tuple(dict.fromkeys(forms)), long, abridged, bares)
    raise KeyError(kind)


@cache
def place(home: Division) -> Thing:
    """Return the territory itself."""
    short = (home.short,) if home.level != "county" else ()
    return Thing(f"PLACE/{home.level}/{home.code}", home.code, (home.name,), short=short)


def chain(home: Division) -> tuple[Division, ...]:
    """Return the territory behind those above it."""
    return divisions().chain(home.code)


def name_of(code: str) -> str:
    """Return the name of the territory with this code."""
    return found.name if (found := divisions().by_code(code)) else ""


def parent(home: Division) -> Division | None:
    """Return the territory above, None above provinces."""
    return divisions().by_code(home.parent) if home.parent else None


def children(home: Division) -> list[Division]:
    """Return the territories right below that have a union of their own."""
    return [one for one in divisions().children(home.code) if one.level in {"prefecture", "county"}]


@cache
def territories(level: str) -> tuple[Division, ...]:
    """Return today's territories of a level, in order of code."""
    return tuple(one for one in _all_territories() if one.level == level)


def namesakes(name: str, province: str = "") -> int:
    """Return how many counties have the name, in all or in the province with these first digits."""
    return _counties(province)[name]


@cache
def _counties(province: str) -> Counter[str]:
    return Counter(one.name for one in territories("county") if one.code.startswith(province))


@cache
def _all_territories() -> tuple[Division, ...]:
    provinces = [one for number in range(10, 83) if (one := divisions().by_code(f"{number}0000")) and one.is_valid()]
    return tuple(_below(one for one in provinces if one.code[:2] not in _TAIWAN_HONGKONG_MACAO))


def _below(some: Iterator[Division] | Sequence[Division]) -> Iterator[Division]:
    for one in some:
        yield one
        yield from _below(children(one))


def level_word(home: Division) -> str:
    """Return what a territory is called among its own: 省, 自治区, 市, 州, 盟, 地区, 县, 区, 旗.

    >>> level_word(divisions().named("昌吉回族自治州")[0])
    '州'
    """
    if home.level == "province" and home.name.endswith("自治区"):
        return "自治区"
    return "地区" if home.name.endswith("地区") else home.name[-1]


def chinese(number: int) -> str:
    """Return a number below 100 in Chinese numerals.

    >>> chinese(7), chinese(10), chinese(23)
    ('七', '十', '二十三')
    """
    tens, ones = divmod(number, 10)
    return (
        (_NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + (_NUMERALS[ones] if ones or not tens else "")
    )


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a data file of this folder, without its header, padded to the columns of the longest."""
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    split = [line.split("\t") for line in lines if line and not line.startswith("#")]
    width = max(map(len, split))
    return tuple((*row, *[""] * (width - len(row))) for row in split)


@cache
def words(kind: str) -> tuple[str, ...]:
    """Return the words of a kind."""
    return next(tuple(listed.split()) for name, listed in rows("words.tsv") if name == kind)


def _ranked(rng: Random, kind: str, fall: float) -> str:
    return rng.choices(words(kind), cum_weights=_ranks(len(words(kind)), fall))[0]


@cache
def _ranks(count: int, fall: float) -> tuple[float, ...]:
    return tuple(accumulate(1 / rank**fall for rank in range(1, count + 1)))


def _fill(form: str, home: Division, front: str = "") -> str:
    """Return a form of a body with the names of its territory, the territories of `front` before it."""
    level = level_word(home)
    middle = home.short + level if re.search("自治[州县旗]$", home.name) else home.name
    bare, named = f"{level}委", f"{middle}委"
    if level == "自治区":
        bare, named = f"{level}党委", f"{home.name}党委"
    elif level == "地区":
        bare, named = "地委", f"{home.short}地委"
    office = "厅" if home.level == "province" and not home.name.endswith("市") else "局"
    names = {"P": front + home.name, "M": front + middle, "S": home.short, "L": level, "W": front + named, "w": bare}
    return re.sub(r"\{(\w)\}", lambda found: {**names, "B": office}[found[1]], form)


def _role(role: str, home: Division) -> str:
    """Return the role with the head of this territory's government and the kind of its offices."""
    level = level_word(home)
    head = {"自治区": "主席", "地区": "专员"}.get(level, f"{level}长")
    office = "厅" if home.level == "province" and not home.name.endswith("市") else "局"
    return role.replace("{H}", head).replace("{B}", office)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
