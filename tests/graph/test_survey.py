"""What a report says of a graph agrees with the tables of `stats`, in memory as on disk."""

from __future__ import annotations

from functools import partial

import msgspec

from tests.graph.world import PROVINCES, extraction, federation, holds, person
from unionkg.graph.build import build_from, build_graph
from unionkg.graph.model import Extraction, Metadata, Outcome, Relation
from unionkg.graph.readable import readable
from unionkg.graph.records import Records
from unionkg.graph.survey import Survey, survey, year_of
from unionkg.graph.tallies import by_province, by_type, by_year

NAMES = ["桑晓岚", "费玉堂", "晏如海", "戈兰汀"]


def corpus() -> list[Extraction]:
    """Documents of several provinces, some dated, with posts, a figure told twice and a person in two places."""
    found = []
    for number, province in enumerate(sorted(PROVINCES)[:12]):
        body, chair = federation(province), person(NAMES[number % 4])
        post = msgspec.structs.replace(holds(chair, body), date="2021" if number % 3 == 0 else None)
        unnamed = Relation(type="works_for", subject=chair.id, object=body.id, evidence=(0, 1), confidence=0.7)
        figure = Outcome(
            subject=body.id, value=number, unit="人", what="会员", kind="result", evidence=(0, 1), period="2023"
        )
        metadata = Metadata(
            date=f"{2020 + number % 4}-03-01" if number % 5 else None, source=("甲报", None)[number % 2]
        )
        found.append(extraction(f"p{number}", [body, chair], [post, unnamed], [figure], metadata))
    two = federation("湖南省")
    values = [
        Outcome(subject=two.id, value=value, unit="人", what="培训", kind="result", evidence=(0, 1), period="2022")
        for value in (3, 4)
    ]
    found += [extraction(f"v{number}", [two], [], [value]) for number, value in enumerate(values)]
    found.append(
        extraction(
            "seat",
            [two, person("甲某"), person("乙某")],
            [holds(person(name), two) for name in ("甲某", "乙某")],
            metadata=Metadata(date="2024-05-01"),
        )
    )
    return found


def surveyed() -> Survey:
    return survey(readable(build_graph(corpus())))


def test_the_survey_agrees_with_the_tables_of_stats() -> None:
    graph, found = build_graph(corpus()), surveyed()
    assert {(row.type, row.subtype): row.entities for row in by_type(graph)} == found.entities
    assert sum(row.mentions for row in by_type(graph)) == found.mentions
    assert {row.province: (row.documents, row.facts) for row in by_province(graph)} == {
        code: (region.documents, region.facts)
        for code, region in found.regions.items()
        if region.documents or region.facts
    }
    years = found.facts.dated + found.facts.stated
    assert {row.year: (row.documents, row.facts) for row in by_year(graph)} == {
        year and str(year): (found.papers.years[year], years[year]) for year in found.papers.years | years
    }


def test_a_graph_on_disk_is_surveyed_as_one_in_memory() -> None:
    extractions = corpus()
    with Records() as records:
        build_from(partial(iter, extractions), records)
        assert survey(records) == surveyed()


def test_claims_of_a_conflict_have_their_names_and_values() -> None:
    conflicts = {one.kind: one for one in surveyed().conflicts}
    seat, figure = conflicts["two_holders"], conflicts["two_values"]
    assert seat.about is not None
    assert (seat.about.name, seat.what) == ("湖南省总工会", "主席")
    assert {claim.holder.name for claim in seat.claims if claim.holder} == {"甲某", "乙某"}
    assert {claim.figure["value"] for claim in figure.claims if claim.figure} == {3.0, 4.0}
    assert surveyed().conflict_kinds == {"two_holders": 1, "two_values": 1}


def test_persons_of_one_name_are_told_apart_by_what_they_are_known_by() -> None:
    groups = {group.entities[0].name: group for group in surveyed().possible}
    assert set(groups) == set(NAMES)
    for group in groups.values():
        assert group.total == len({entity.known for entity in group.entities}) == 3


def test_a_text_that_is_no_date_has_no_year() -> None:
    assert [year_of(text) for text in ("", "<img", "202", "２０２４-01", "1999-12-31")] == [
        None,
        None,
        None,
        None,
        1999,
    ]
