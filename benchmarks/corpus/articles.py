"""Articles: what `stories.txt` tells, with the things of a world in it.

An article is about one territory (`home`) and names it, its bodies and its people in the forms that the press uses. Some
articles about a county leave out its city, or its city and its province; some name no territory at all (`mode`). Whose
territory then cannot be told is in `open`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.corpus import world as w
from benchmarks.corpus.world import NATION, Tenure, Thing, World
from unionkg.graph.divisions import Division

Piece = tuple[str, Thing | None]
"""A run of text, and what it names if it is a name."""

LEVELS = {"nation": 0.05, "province": 0.27, "prefecture": 0.38, "county": 0.3}
SHORTEST, LONGEST = 700, 1500
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]*)\}")
_BODIES = frozenset(kind for kind, *_ in w.rows("bodies.tsv")) - {"congress"}
_OFFICES = frozenset(slot for slot, *_ in w.rows("offices.tsv")) - {"-"}
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Story:
    """A kind of article with its sentences by part."""

    kind: str
    weight: float
    levels: tuple[str, ...]
    parts: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Article:
    """An article before it stands on a page; of its paragraphs those up to `needed` say what the others rely on."""

    kind: str
    home: str
    day: date
    mode: str
    title: tuple[Piece, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    needed: int
    outlet: Thing
    editor: Thing
    open: frozenset[str]


@cache
def stories() -> tuple[tuple[Story, ...], tuple[str, ...]]:
    """Return the kinds of articles, and the sentences that fit into any."""
    sections: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "stories.txt").read_text("utf-8").splitlines():
        if re.match(r"\[\w+\](?: \d|$)", line):
            sections[line] = section = []
        elif line and not line.startswith("#"):
            section.append(line)
    found = []
    for head, lines in sections.items():
        name, *rest = head.split()
        if rest:
            parts: dict[str, list[str]] = {}
            for line in lines:
                part, _, sentence = line.partition(": ")
                parts.setdefault(part, []).append(sentence)
            frozen = {part: tuple(sentences) for part, sentences in parts.items()}
            found.append(Story(name[1:-1], float(rest[0]), tuple(rest[1:]), frozen))
    return tuple(found), tuple(sections["[filler]"])


def write_article(world: World, number: int) -> Article:
    """Return the article of that number."""
    rng = world.random("article", number)
    level = rng.choices(list(LEVELS), list(LEVELS.values()))[0]
    ranked, weights = world.shares["province" if level == "nation" else level]
    home = rng.choices(ranked, cum_weights=weights)[0]
    day = date(w.LAST_YEAR, 6, 30) - timedelta(days=int(2370 * rng.random() ** 1.6))
    fitting = [story for story in stories()[0] if level in story.levels]
    story = rng.choices(fitting, [story.weight for story in fitting])[0]
    return Writer(world, rng, home, day, level).write(story)


class Writer:
    """Writes one article: keeps what was named, and in which form."""

    def __init__(self, world: World, rng: Random, home: Division, day: date, level: str) -> None:
        self.world, self.rng, self.home, self.day, self.level = world, rng, home, day, level
        self.chain = w.chain(home)
        self.own = {one.code for one in self.chain} if level != "nation" else set[str]()
        self.mode, self.hidden = self._mode()
        self.owes_place = level == "county" and self.mode in {"city", "province"}
        self.said: dict[str, list[str]] = {}
        self.taken: dict[tuple[str, str], str] = {}
        self.introduced: set[str] = set()
        self.things: dict[str, Thing | None] = {}
        self.scopes = self._scopes()
        moves = [] if level == "nation" else world.moved(home, day)
        self.move = rng.choice(moves) if moves else None

    def _mode(self) -> tuple[str, tuple[str, ...]]:
        """Return how much is told of where it is, and the names of territories that must not occur."""
        if self.level == "nation":
            return "nation", ()
        above = [one.short for one in self.chain[:-1]]
        if self.level == "county" and not any(short in self.home.name for short in above):
            mode = self.rng.choices(("city", "province", "none"), (0.62, 0.2, 0.18))[0]
            return mode, {"city": (), "province": tuple(above[1:]), "none": tuple(above)}[mode]
        if self.level != "county" and self.rng.random() < 0.04:
            return "none", tuple(one.short for one in self.chain)
        return "city" if self.level == "county" else "named", ()

    @property
    def open(self) -> frozenset[str]:
        """The territories that a reader cannot tell."""
        if self.mode == "none" and (self.level != "county" or w.namesakes(self.home.name) > 1):
            return frozenset(self.own)
        if self.mode == "province" and w.namesakes(self.home.name, self.home.code[:2]) > 1:
            return frozenset(one.code for one in self.chain[1:])
        return frozenset()

    def _scopes(self) -> dict[str, Division]:
        provinces = self.rng.sample([one for one in w.territories("province") if one != self.chain[0]], 3)
        found = {f"p{number}": one for number, one in enumerate(provinces, 1)} if self.level == "nation" else {}
        if self.level != "nation":
            found[""] = self.home
        if self.mode == "none" or self.level == "nation":
            return found | ({"up": self.chain[-2]} if len(self.chain) > 1 else {})
        far = [one for one in self._likely(self.home.level) if one.code[:2] != self.home.code[:2]]
        found["far"] = far[0] if far else provinces[0]
        if len(self.chain) > 1:
            found["up"] = self.chain[-2]
        below = w.children(self.home)
        for number, one in enumerate(self.rng.sample(below, min(3, len(below))), 1):
            found[f"down{number}"] = one
        return found

    def _likely(self, level: str) -> list[Division]:
        ranked, weights = self.world.shares[level]
        return self.rng.choices(ranked, cum_weights=weights, k=_TRIES)

    def write(self, story: Story) -> Article:
        """Return the article that tells the story."""
        outlet = self._outlet()
        titles = self._sentence(self._shuffled(story.parts["title"]), is_title=True)
        lead = self._sentence(self._shuffled(story.parts["lead"])) or self._sentence(("{day}，有关会议召开。",))
        assert lead is not None
        paragraphs = [lead]
        needed = 0
        goal = self.rng.randint(SHORTEST, LONGEST)
        for sentence in story.parts["body"]:
            if self.rng.random() < 0.85 and (told := self._sentence((sentence,))):
                if self.rng.random() < 0.25 and len(paragraphs) > 1:
                    paragraphs[-1] += told
                else:
                    paragraphs.append(told)
                needed = needed if not self.owes_place else len(paragraphs)
        paragraphs += self._fillers(goal - sum(len(text) for paragraph in paragraphs for text, _ in paragraph))
        if closing := self._sentence(self._shuffled(story.parts["close"])):
            paragraphs.append(closing)
        if self.owes_place or self.rng.random() < 0.45:
            paragraphs[0] = (*self._dateline(outlet), *paragraphs[0])
            needed = 0 if self.owes_place else needed
        editor = self._reporter(outlet)
        where = NATION if self.level == "nation" else self.home.code
        title = titles or paragraphs[-1]
        return Article(
            story.kind, where, self.day, self.mode, title, tuple(paragraphs), needed, outlet, editor, self.open
        )

    def _outlet(self) -> Thing:
        """Return the outlet that publishes the article first."""
        own = [paper for one in self.chain for paper in self.world.media(one)] if self.own else []
        if self.mode == "province":
            return self.rng.choice(self.world.media(self.chain[0]))
        near = [paper for paper in own if self._is_allowed(paper.full[0])]
        return self.rng.choice(near) if near and self.rng.random() < 0.7 else self.rng.choice(w.national_papers())

    def _dateline(self, outlet: Thing) -> Iterator[Piece]:
        reporter, other = (self._reporter(outlet) for _ in range(2))
        seat = self._seat()
        yield self._say(outlet, outlet.full[0])
        if seat and (self.owes_place or self.rng.random() < 0.6):
            yield self._say(seat, seat.short[0])
            yield f"{self.day.month}月{self.day.day}日电", None
        else:
            yield "讯", None
        yield "（记者 ", None
        yield self._say(reporter, reporter.full[0])
        if other != reporter:
            yield " 通讯员 ", None
            yield self._say(other, other.full[0])
        yield "）", None

    def _reporter(self, outlet: Thing) -> Thing:
        staff = w.REPORTERS * (10 if outlet.at == NATION else 1)
        return self.world.reporter(outlet, self.rng.randrange(staff))

    def _seat(self) -> Thing | None:
        """Return the prefecture or municipality where it happens, None where that must not be told."""
        if self.level == "nation":
            return w.place(w.territories("province")[0])
        seat = self.chain[-2] if self.level == "county" else self.home
        if self.level == "province":  # the capital; in a municipality it is the whole
            seat = next((one for one in w.children(self.home) if one.code[2:] == "0100"), self.home)
        return w.place(seat) if self._is_allowed(seat.short) else None

    def _fillers(self, missing: int) -> Iterator[tuple[Piece, ...]]:
        """Yield paragraphs of sentences that fit anywhere until so many characters are written."""
        sentences = iter(self._shuffled(stories()[1]) if self.level != "nation" else ())
        while missing > 0:
            paragraph: tuple[Piece, ...] = ()
            for _ in range(self.rng.randint(1, 3)):
                paragraph += self._sentence(sentences, tries=3) or ()
            if not paragraph:
                return
            missing -= sum(len(text) for text, _ in paragraph)
            yield paragraph

    def _shuffled(self, sentences: tuple[str, ...]) -> list[str]:
        return self.rng.sample(sentences, len(sentences))

    def _sentence(self, patterns: Iterable[str], is_title: bool = False, tries: int = 99) -> tuple[Piece, ...] | None:
        """Return the first of the sentences whose things all can be named, None if there is none."""
        for _, pattern in zip(range(tries), patterns, strict=False):
            while found := _CHOICE.search(pattern):
                pattern = pattern[: found.start()] + self.rng.choice(found[1].split("|")) + pattern[found.end() :]
            said = {key: list(forms) for key, forms in self.said.items()}
            before = said, dict(self.taken), set(self.introduced), self.owes_place
            pieces: list[Piece] = []
            for index, part in enumerate(_SLOT.split(pattern)):
                told = self._told(part, is_title) if index % 2 else [(part, None)]
                if told is None:
                    self.said, self.taken, self.introduced, self.owes_place = before
                    break
                pieces += told
            else:
                return tuple(pieces)
        return None

    def _told(self, slot: str, is_title: bool) -> list[Piece] | None:
        """Return what stands for a slot, None if it cannot be told."""
        if slot.startswith("#"):
            low, high = map(int, slot[1:].split("-"))
            return [(str(self.rng.randint(low, high)), None)]
        if slot in (times := self._times()):
            return [(times[slot], None)]
        if slot.startswith("mover."):
            return self._of_move(slot.removeprefix("mover."))
        name, _, wanted = slot.partition("!")
        thing = self._thing(name.removesuffix("@"))
        form = self._form(thing, wanted, is_title) if thing else None
        if thing is None or form is None:
            return None
        is_introduced = thing.id in self.introduced and self.rng.random() < 0.8
        posts = self._posts(name.removesuffix("@"), thing) if name.endswith("@") and not is_introduced else []
        return [*posts, self._say(thing, form)]

    def _times(self) -> dict[str, str]:
        day, later = self.day, self.day + timedelta(days=1)
        return {
            "day": f"{day.month}月{day.day}日",
            "day2": f"{later.day}日" if later.month == day.month else f"{later.month}月{later.day}日",
            "year": str(day.year),
            "lastyear": str(day.year - 1),
            "month": str(self.rng.randint(1, 12)),
        }

    def _of_move(self, part: str) -> list[Piece] | None:
        if self.move is None:
            return None
        which, what = (self.move.before, part[3:]) if part.startswith("old") else (self.move.after, part[3:])
        if what:
            return [(which.role if what == "role" else str(which.since // 12), None)]
        form = self._form(which.body, "", False)
        return [self._say(which.body, form)] if form else None

    def _posts(self, slot: str, person: Thing) -> list[Piece]:
        """Return the posts of a person, as they stand before the name, without those whose body cannot be named."""
        kind, _, scope = slot.partition(".")
        held: list[Tenure]
        if kind.startswith("worker"):
            held = [self._worker(kind, scope)]
        else:
            held = self.world.tenures_of(person, self.scopes[scope], self.day)
            held = sorted(held, key=lambda one: one.slot == kind)[-self.rng.randint(1, 2) :]
        pieces: list[Piece] = []
        self.introduced.add(person.id)
        for tenure in held:
            if form := self._form(tenure.body, "", False):
                pieces += [("、", None)] * bool(pieces) + [self._say(tenure.body, form), (tenure.role, None)]
        return pieces

    def _thing(self, slot: str) -> Thing | None:
        """Return what a slot names in this article, the same whenever it is asked."""
        if slot not in self.things:
            self.things[slot] = self._find(slot)
        return self.things[slot]

    def _find(self, slot: str) -> Thing | None:
        kind, _, scope = slot.partition(".")
        if scope == "nation":
            if kind == "everywhere":
                return self.rng.choice(self.world.everywhere(None))
            return w.national_union() if kind == "union" else w.national_congress(self.day)
        if kind == "law":
            return self.rng.choice(w.laws())
        home = self.scopes.get(scope)
        if home is None:
            if scope == "up" and kind == "union" and self.level == "province":
                return w.national_union()
            return None
        if kind in _BODIES or kind == "congressbody":
            return w.body(home, kind.removesuffix("body"))
        if kind in _OFFICES:
            return held.person if (held := self.world.official(home, kind, self.day)) else None
        return self._find_here(kind, scope, home)

    def _find_here(self, kind: str, scope: str, home: Division) -> Thing | None:
        world, choice = self.world, self.rng.choice
        if kind.startswith("company"):
            companies = world.companies(home)
            return companies[(int(kind[7:] or 1) + self._turn) % len(companies)]
        if kind == "firmunion1":
            company = self._thing("company1")
            return company and Thing(f"ORG/union of company/{company.id[12:]}", company.at, (f"{company.full[0]}工会",))
        if kind.startswith("worker"):
            return self._worker(kind, scope).person
        if kind in {"brand", "oldbrand"}:
            brands = world.brands(home, self.day)
            now, before = brands[self._turn % len(brands)]
            return now if kind == "brand" else before
        match kind:
            case "exvice":
                return held.person if (held := world.predecessor(home, "vice", self.day)) else None
            case "mover":
                return self.move.after.person if self.move else None
            case "everywhere":
                return choice(world.everywhere(home))
            case "contest":
                return choice(world.contests(home, self.day))
            case "policy":
                return choice(world.policies(home))
            case "session":
                return world.session(home, self.day)
            case "congress":
                return world.congress(home, self.day)
            case "labourday":
                return world.labour_day(home, self.day)
            case "place":
                return w.place(home)
            case "seat":
                return self._seat()
        raise KeyError(kind)

    @property
    def _turn(self) -> int:
        """Which of the companies and brands of a territory the article takes first."""
        return self.day.toordinal()

    def _worker(self, kind: str, scope: str) -> Tenure:
        companies = self.world.companies(self.scopes[scope])
        number = int(kind[6:])
        return self.world.worker(companies[(number + self._turn) % len(companies)], self.day.toordinal() % 4)

    def _is_allowed(self, form: str) -> bool:
        return not any(short in form for short in self.hidden)

    def _form(self, thing: Thing, wanted: str, is_title: bool) -> str | None:
        """Return the form that a thing is named in here, None if none is allowed or all belong to others."""
        own, national = thing.at in self.own, thing.at == NATION
        said = self.said.get(thing.id, [])
        is_defined = thing.type == "POLICY" or thing.id.startswith("ORG/company")
        short = thing.short if (own or national or thing.type == "PROGRAMME") and not is_defined else ()
        bare = thing.bare if own or national else ()
        if wanted:
            kinds = [(thing.short, 1.0)]
        elif thing.at == self.home.code and self.owes_place and thing.long and not is_title:
            kinds = [(thing.long, 1.0)]
        elif not said:
            is_foreign = not own and not national and w.namesakes(w.name_of(thing.at)) > 1
            kinds = [(thing.full, 0.7), (thing.long, 8 if is_foreign else 0.1), (bare, 0.12), (short, 0.08)]
        else:
            kinds = [(thing.full, 0.35), (tuple(said), 0.2), (bare, 0.45), (short, 0.1)]
        while any(forms for forms, _ in kinds):
            forms = self.rng.choices([forms for forms, _ in kinds], [bool(forms) * share for forms, share in kinds])[0]
            form = forms[int(len(forms) * self.rng.random() ** 2.5)]
            if self._is_allowed(form) and self.taken.get((thing.type, _inner(form)), thing.id) == thing.id:
                return form
            kinds = [(tuple(one for one in some if one != form), share) for some, share in kinds]
        return None

    def _say(self, thing: Thing, form: str) -> Piece:
        """Note that a thing is named, and return the piece."""
        self.said.setdefault(thing.id, []).append(form)
        self.taken[thing.type, _inner(form)] = thing.id
        above = self.chain[-2].short if len(self.chain) > 1 and self.mode == "city" else self.chain[0].short
        if self.owes_place and above in form:
            self.owes_place = False
        return form, thing


def _inner(form: str) -> str:
    """Return a form without what stands behind and around a quoted name, so that “送温暖” is no other's “送温暖”活动."""
    found = re.match("“(.+?)”", form)
    return found[1] if found else form
