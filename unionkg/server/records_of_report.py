"""What the report tells of the graph, as a record."""

from __future__ import annotations

from unionkg.graph.survey import BANDS, Foremost, Survey
from unionkg.graph.text_survey import TextSurvey
from unionkg.server.library import Library
from unionkg.server.records import (
    Count,
    NoiseTally,
    RegionTally,
    RelationTally,
    Report,
    Standing,
    TextTally,
    UnitTally,
    YearTally,
)
from unionkg.server.records_of_facts import thing


def report(library: Library) -> Report:
    """Return what the report tells. The first call for a build goes through all of it."""
    found, read = library.survey, library.text_survey
    sources = {name: number for name, number in found.papers.sources.most_common() if name is not None}
    return Report(
        documents=found.papers.total,
        sources=sources,
        unsourced=found.papers.sources[None],
        copies=found.papers.copies,
        mentions=found.mentions,
        types=[
            Count(name=subtype or type, of=type if subtype else None, entities=number)
            for (type, subtype), number in found.entities.most_common()
        ],
        facts=found.facts.total,
        relations=[
            RelationTally(
                relation=relation, stated=found.facts.done[relation], planned=found.facts.planned[relation], bands=bands
            )
            for relation, bands in sorted(found.facts.bands.items(), key=lambda row: (-sum(row[1]), row[0]))
        ],
        bands=list(BANDS),
        support={str(sources): number for sources, number in sorted(found.facts.sources.items())},
        restored=found.facts.restored,
        figures=found.figures.total,
        units=[
            UnitTally(kind=kind, unit=unit, figures=number)
            for (kind, unit), number in found.figures.units.most_common()
        ],
        years=_years(found),
        provinces=[
            RegionTally(province=code, documents=one.documents, entities=one.entities, facts=one.facts)
            for code, one in found.regions.items()
        ],
        foremost={type: [_standing(library, one) for one in league] for type, league in found.foremost.items()},
        conflicts=dict(found.conflict_kinds),
        possible=dict(found.reasons),
        texts=_texts(read) if read.documents else None,
    )


def _years(found: Survey) -> list[YearTally]:
    """Return the years in order, behind them what has none."""
    papers, facts, figures = found.papers, found.facts, found.figures
    years = {*papers.years, *facts.dated, *facts.stated, *figures.years}
    return [
        YearTally(
            year=year,
            documents=papers.years[year],
            facts=facts.dated[year],
            facts_stated=facts.stated[year],
            figures=figures.years[year],
        )
        for year in sorted(years, key=lambda year: (year is None, year))
    ]


def _standing(library: Library, one: Foremost) -> Standing:
    return Standing(
        entity=thing(library, one.entity.node),
        facts=one.facts,
        documents=one.documents,
        role=one.role or None,
        body=thing(library, one.body.node) if one.body else None,
    )


def _texts(read: TextSurvey) -> TextTally:
    return TextTally(
        documents=read.documents,
        characters=read.characters,
        noisy=read.noisy,
        noise=[
            NoiseTally(kind=kind, documents=one.documents, stretches=one.stretches, characters=one.characters)
            for kind, one in sorted(read.noise.items())
        ],
        reworded=read.reworded,
        cut=read.cut,
        rescripted=read.rescripted,
        untouched=read.untouched,
        replaced=read.replaced,
        converted=read.converted,
    )
