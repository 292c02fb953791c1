"""The tables of the report, and the charts that say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from markupsafe import Markup

from unionkg.graph.schema import CONFLICT_KINDS, ENTITY_TYPES, NOISE_KINDS, OUTCOME_KINDS, RELATION_TYPES
from unionkg.graph.survey import BANDS, Facts, Figures, Foremost, Papers
from unionkg.graph.text_survey import TextSurvey
from unionkg.graph.web_address import web_address
from unionkg.viz.charts import SERIES, bar, columns_chart, time_line
from unionkg.viz.named import named
from unionkg.viz.words import Phrase, phrase, say, words

SHOWN = 12  # sources, and units
MOST_SOURCES = 10

Label: TypeAlias = Phrase | Markup | str


class Row(NamedTuple):
    """A row of a table; `level` is 1 for one that is part of the row above it, `colour` that of its dot."""

    name: Label
    cells: tuple[int | str, ...]
    bar: Markup = Markup("")
    level: int = 0
    colour: str = ""


class Table(NamedTuple):
    """A table with the heads of its columns, and a last row that adds up the others where it is given."""

    caption: Phrase
    head: tuple[Label, ...]
    rows: list[Row]
    total: Row | None = None


class Chart(NamedTuple):
    """A picture with the table that says the same; `legend` names its series."""

    id: str
    caption: Phrase
    picture: Markup
    table: Table
    legend: tuple[tuple[str, Phrase], ...] = ()


def sources_table(sources: Counter[str | None], total: int) -> Table:
    """Return the documents by source: the sources with most, the others summed up, and those that name none."""
    given = ranked({name: number for name, number in sources.items() if name is not None})
    rows: list[tuple[Label, int]] = [(_source(name), number) for name, number in given[:SHOWN]]
    if rest := given[SHOWN:]:
        rows.append((say("otherSources", n=len(rest)), sum(number for _, number in rest)))
    if sources[None]:
        rows.append((say("noSource"), sources[None]))
    highest = max((number for _, number in rows), default=1)
    return Table(
        say("bySource"),
        (say("source"), say("documentsHead")),
        [Row(name, (number,), bar((number,), highest)) for name, number in rows],
        Row(say("total"), (total,)),
    )


def _source(name: str) -> Markup:
    address = web_address(name)
    if address:
        return Markup('<a href="{}" rel="noreferrer"><bdi>{}</bdi></a>').format(address, name)
    return Markup('<bdi lang="zh">{}</bdi>').format(name)


def paper_years(papers: Papers) -> Chart:
    """Return the documents by year."""
    table = _year_table(say("byYear"), (say("documentsHead"),), [papers.years])
    picture = columns_chart(time_line([papers.years], say("undated")), "paper-years")
    return Chart("paper-years", say("byYear"), picture, table)


def fact_years(facts: Facts) -> Chart:
    """Return the facts by year: by their own date, and by that of the documents for those that have none."""
    series, names = [facts.dated, facts.stated], (say("ownDate"), say("statedDate"))
    table = _year_table(say("factYears"), names, series)
    picture = columns_chart(time_line(series, say("undated")), "fact-years")
    return Chart("fact-years", say("factYears"), picture, table, tuple(zip(SERIES, names, strict=False)))


def figure_years(figures: Figures) -> Chart:
    """Return the figures by the first year of their period."""
    table = _year_table(say("figureYears"), (say("figuresHead"),), [figures.years])
    picture = columns_chart(time_line([figures.years], say("undated")), "figure-years")
    return Chart("figure-years", say("figureYears"), picture, table)


def _year_table(caption: Phrase, names: tuple[Phrase, ...], series: Sequence[Counter[int | None]]) -> Table:
    years = sorted({year for counts in series for year in counts if year is not None})
    rows = [Row(str(year), tuple(counts[year] for counts in series)) for year in years]
    if any(counts[None] for counts in series):
        rows.append(Row(say("undated"), tuple(counts[None] for counts in series)))
    total = Row(say("total"), tuple(sum(counts.values()) for counts in series))
    return Table(caption, (say("year"), *names), rows, total)


def noise_table(read: TextSurvey) -> Table:
    """Return the foreign text by kind."""
    kinds = [(kind, read.noise[kind]) for kind in NOISE_KINDS if kind in read.noise]
    highest = max((noise.characters for _, noise in kinds), default=1) or 1
    return Table(
        say("foreign"),
        (say("kind"), say("documentsHead"), say("stretches"), say("characters")),
        [
            Row(
                say(kind),
                (noise.documents, noise.stretches, noise.characters),
                bar((noise.characters,), highest),
            )
            for kind, noise in kinds
        ],
    )


def restoring_table(read: TextSurvey) -> Table:
    """Return the documents by what had to be done to read them."""
    ways = ("reworded", "cut", "rescripted", "untouched")
    highest = max(getattr(read, way) for way in ways) or 1
    return Table(
        say("restoring"),
        (say("kind"), say("documentsHead")),
        [Row(say(way), (getattr(read, way),), bar((getattr(read, way),), highest)) for way in ways],
        Row(say("total"), (read.documents,)),
    )


def states_table(states: Counter[str]) -> Table:
    """Return the files by what came of them."""
    return Table(
        say("state"),
        (say("kind"), say("filesHead")),
        [
            Row(say(f"state{state.title()}"), (states[state],))
            for state in ("read", "failed", "duplicate", "forgotten")
            if states[state]
        ],
        Row(say("total"), (states.total(),)),
    )


def types_table(entities: Counter[tuple[str, str | None]]) -> Table:
    """Return the entities by type and, below it, subtype."""
    totals: Counter[str] = Counter()
    for (name, _), number in entities.items():
        totals[name] += number
    highest = max(totals.values(), default=1)
    rows = []
    for name, total in ranked(totals):
        kind = ENTITY_TYPES[name]
        rows.append(Row(phrase(kind.zh, kind.en), (total,), bar((total,), highest, kind.colour), 0, kind.colour))
        labels = {sub.name: phrase(sub.zh, sub.en) for sub in kind.subtypes}
        parts = ranked({sub: number for (of, sub), number in entities.items() if of == name and sub is not None})
        if kind.subtypes and entities[name, None]:
            parts.append(("", entities[name, None]))
        rows += [
            Row(
                labels.get(sub, say("noSubtype")),
                (number,),
                bar((number,), highest, kind.colour),
                1,
            )
            for sub, number in parts
        ]
    return Table(
        say("byType"),
        (say("type"), say("entitiesHead")),
        rows,
        Row(say("total"), (totals.total(),)),
    )


def relations_table(facts: Facts) -> Table:
    """Return the facts by relation, planned ones apart."""
    totals = facts.done + facts.planned
    highest = max(totals.values(), default=1)
    return Table(
        say("byRelation"),
        (say("relation"), say("done"), say("planned")),
        [
            Row(
                _relation(kind),
                (facts.done[kind], facts.planned[kind]),
                bar((facts.done[kind], facts.planned[kind]), highest),
            )
            for kind, _ in ranked(totals)
        ],
        Row(say("total"), (facts.done.total(), facts.planned.total())),
    )


def _relation(kind: str) -> Phrase:
    return phrase(RELATION_TYPES[kind].zh, RELATION_TYPES[kind].en)


def units_table(figures: Figures) -> Table:
    """Return the figures by unit, results and targets apart."""
    totals: Counter[str] = Counter()
    for (_, unit), number in figures.units.items():
        totals[unit] += number
    units = [unit for unit, _ in ranked(totals)]
    rest = units[SHOWN:]
    rows: list[tuple[Label, tuple[int, ...]]] = [
        (
            Markup('<bdi lang="zh">{}</bdi>').format(unit) if unit else "–",
            tuple(figures.units[kind, unit] for kind in _KINDS),
        )
        for unit in units[:SHOWN]
    ]
    if rest:
        others = tuple(sum(figures.units[kind, unit] for unit in rest) for kind in _KINDS)
        rows.append((say("otherUnits", n=len(rest)), others))
    highest = max((sum(numbers) for _, numbers in rows), default=1)
    return Table(
        say("byUnit"),
        (say("unit"), *map(say, _KINDS)),
        [Row(name, numbers, bar(numbers, highest)) for name, numbers in rows],
        Row(say("total"), tuple(figures.kinds[kind] for kind in _KINDS)),
    )


_KINDS = tuple(reversed(OUTCOME_KINDS))  # results, then targets


def foremost_tables(foremost: Mapping[str, Sequence[Foremost]]) -> list[Table]:
    """Return the entities that stand out, a table a kind."""
    return [
        Table(
            say(kind),
            ("", say("factsHead"), say("documentsHead")),
            [
                Row(
                    named(one.entity)
                    if one.body is None
                    else Markup('{} <span class="post"><bdi lang="zh">{}</bdi> {}</span>').format(
                        named(one.entity), one.role, named(one.body, is_spelled=False)
                    ),
                    (one.facts, one.documents),
                )
                for one in foremost[kind]
            ],
        )
        for kind in ("ORG", "PROGRAMME", "PERSON", "GROUP")
    ]


def band_labels() -> list[str]:
    """Return what the bands of confidence are called, the lowest first."""
    between = (f"{low:.1f}–{high:.1f}" for low, high in pairwise(BANDS[1:]))
    return [f"< {BANDS[1]:.1f}", *between, f"≥ {BANDS[-1]:.1f}"]


def confidence_table(facts: Facts) -> Table:
    """Return the facts by relation and band of confidence, the surest first in each bar."""

    def row(name: Label, numbers: Sequence[int]) -> Row:
        sure_first = tuple(reversed(numbers))
        return Row(name, tuple(numbers), bar(sure_first, sum(numbers)))

    totals = {kind: sum(numbers) for kind, numbers in facts.bands.items()}
    whole = [sum(numbers[band] for numbers in facts.bands.values()) for band in range(len(BANDS))]
    return Table(
        say("byConfidence"),
        (say("relation"), *band_labels()),
        [row(_relation(kind), facts.bands[kind]) for kind, _ in ranked(totals)],
        row(say("total"), whole) if facts.total else None,
    )


def supports_table(facts: Facts) -> Table:
    """Return the facts by number of independent sources."""
    few = [(str(number), facts.sources[number]) for number in sorted(facts.sources) if number < MOST_SOURCES]
    many = sum(found for number, found in facts.sources.items() if number >= MOST_SOURCES)
    rows: list[tuple[Label, int]] = [*few]
    if many:
        rows.append((say("orMore", n=MOST_SOURCES), many))
    highest = max((number for _, number in rows), default=1)
    return Table(
        say("bySources"),
        (say("sourcesHead"), say("factsHead")),
        [Row(name, (number,), bar((number,), highest)) for name, number in rows],
        Row(say("total"), (facts.total,)),
    )


def conflicts_table(kinds: Counter[str]) -> Table:
    """Return the conflicts by kind."""
    return Table(
        say("conflicts"),
        (say("kind"), say("count")),
        [Row(say(kind), (kinds[kind],)) for kind in CONFLICT_KINDS if kinds[kind]],
    )


def reasons_table(reasons: Counter[str]) -> Table:
    """Return the groups that may be one by the reason why they were not joined."""
    return Table(
        say("possible"),
        (say("kind"), say("count")),
        [Row(reason_label(reason), (number,)) for reason, number in ranked(reasons)],
    )


def reason_label(reason: str) -> Phrase:
    """Return the reason in both languages, as the graph has it where there are no words for it."""
    if reason in words()["en"]:
        return say(reason)
    isolated = Markup("<bdi>{}</bdi>").format(reason)
    return Phrase(isolated, isolated)


def ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what was counted with its numbers, the highest first, of equals in alphabetical order."""
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))
