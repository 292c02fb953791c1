"""The report on a knowledge graph: one page that says what was read, what was found, and how sure it is.

Every number on it is counted when the page is made. Each label is there in Chinese and in English; the page's script shows
the language of the reader, and without it both are seen. What comes from documents is escaped by the template engine and
isolated in its writing direction, and a content security policy allows nothing but the page's own style and script, by
their hashes.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from markupsafe import Markup

from unionkg.graph.provinces import PROVINCES
from unionkg.graph.readable import Readable
from unionkg.graph.survey import Papers, Survey, survey
from unionkg.graph.text_survey import TextSurvey, text_survey
from unionkg.graph.texts import DocumentText
from unionkg.viz import tables
from unionkg.viz.charts import SERIES
from unionkg.viz.named import claim_line, group_line, named
from unionkg.viz.tables import Chart, Row, Table
from unionkg.viz.template import asset, environment, source_hash, without_surrogates
from unionkg.viz.tile_map import steps, tile_map, tiles
from unionkg.viz.words import Phrase, joined, listed, phrase, say, words

STYLE, SCRIPT = "templates/report.css", "templates/report.js"
LISTED = 300  # files of one kind
UTF8 = frozenset({"utf-8", "utf-8-sig", "ascii"})


class Source(Protocol):
    """A file and what came of it, as a manifest has it."""

    @property
    def path(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def broken(self) -> Sequence[str]: ...
    @property
    def warnings(self) -> Sequence[str]: ...


class Listing(NamedTuple):
    """Files of one kind: paths with what is said of each, the first of `total`."""

    title: Phrase
    items: list[tuple[str, str]]
    total: int


def report_page(title: str, graph: Readable, sources: Sequence[Source], texts: Iterable[DocumentText]) -> str:
    """Return the page as HTML text, self-contained; the same graph, sources and texts give the same text.

    Without a title the page calls itself a trade union knowledge graph. `sources` are the files that were found; `texts`
    those of the documents, in any order: where there are none, the page says that nothing can be said of noise.
    """
    style, script = asset(STYLE), asset(SCRIPT)
    found, read = survey(graph), text_survey(texts)
    page = (
        environment()
        .get_template("report.html")
        .render(
            title=title or " ".join(known["untitled"] for known in words().values()),
            heading=title or say("untitled"),
            policy=f"default-src 'none'; script-src {source_hash(script)}; style-src {source_hash(style)}; "
            "base-uri 'none'; form-action 'none'",
            style=Markup(style),
            script=Markup(script),
            say=say,
            series=SERIES,
            lead=_lead(found, read, sources),
            read=_what_was_read(found.papers, read, sources),
            types=tables.types_table(found.entities),
            relations=tables.relations_table(found.facts),
            units=tables.units_table(found.figures),
            map=_map(found),
            when=[tables.fact_years(found.facts), tables.figure_years(found.figures)],
            foremost=tables.foremost_tables(found.foremost),
            confidence=tables.confidence_table(found.facts),
            bands=tables.band_labels(),
            supports=tables.supports_table(found.facts),
            restored=found.facts.restored,
            conflict_kinds=tables.conflicts_table(found.conflict_kinds),
            conflicts=[
                (named(one.about) if one.about else "?", one.what, list(map(claim_line, one.claims)))
                for one in found.conflicts
            ],
            reasons=tables.reasons_table(found.reasons),
            possible=[
                (group_line(one.entities), one.total - len(one.entities), tables.reason_label(one.reason))
                for one in found.possible
            ],
            rest=_rest(),
        )
    )
    return without_surrogates(page)


def _lead(found: Survey, read: TextSurvey, sources: Sequence[Source]) -> Phrase:
    """Return the essentials in words."""
    papers, facts = found.papers, found.facts
    sourced = sum(source is not None for source in papers.sources)
    planned = facts.planned.total()
    sentences = [
        say(
            "made",
            documents=say("documents", n=papers.total),
            sources=say("fromSources", n=sourced) if sourced else say("nothing"),
        ),
        _dated(papers),
        say(
            "names",
            mentions=say("mentions", n=found.mentions),
            entities=say("entities", n=sum(found.entities.values())),
            facts=say("facts", n=facts.total),
            planned=say("ofThemPlanned", n=planned) if planned else say("nothing"),
            figures=say("figures", n=found.figures.total),
        ),
        say("supported", n=facts.supported),
    ]
    if read.documents:
        noisy, reworded = (say("documents", n=number) for number in (read.noisy, read.reworded))
        sentences.append(say("noise", noisy=noisy, reworded=reworded))
    else:
        sentences.append(say("noTexts"))
    if failed := sum(source.state == "failed" for source in sources):
        sentences.append(say("unusable", files=say("files", n=failed)))
    return joined(sentences)


def _dated(papers: Papers) -> Phrase:
    """Return the sentence on when the documents are from."""
    years = sorted(year for year in papers.years if year is not None)
    if not years:
        return say("noneDated")
    first, last = str(years[0]), str(years[-1])
    told = say("oneYear", first=first) if first == last else say("years", first=first, last=last)
    undated = papers.years[None]
    return say("someDated", years=told, n=undated) if undated else say("allDated", years=told)


def _what_was_read(papers: Papers, read: TextSurvey, sources: Sequence[Source]) -> dict[str, object]:
    copies = papers.copies
    extra = sum(copies) - len(copies)
    encodings = [
        say("encoding", name=Markup("<bdi>{}</bdi>").format(name), n=number)
        for name, number in tables.ranked(papers.encodings)
        if name.lower().replace("_", "-") not in UTF8
    ]
    notes = [
        say(
            "copies",
            n=extra,
            documents=say("documents", n=extra),
            clusters=say("clusters", n=len(copies)),
            independent=len(papers.clusters),
        )
        if extra
        else say("noCopies")
    ]
    if encodings:
        notes.append(say("encodings", list=listed(encodings)))
    return {
        "sources": tables.sources_table(papers.sources, papers.total),
        "years": tables.paper_years(papers),
        "notes": notes,
        "texts": read.documents,
        "is_partial": 0 < read.documents < papers.total,
        "noise": tables.noise_table(read),
        "restoring": tables.restoring_table(read),
        "shares": say(
            "shares",
            characters=read.characters,
            **{name: _share(getattr(read, name), read.characters) for name in ("replaced", "foreign", "converted")},
        ),
        "states": tables.states_table(Counter(source.state for source in sources)),
        "listings": [listing for listing in _listings(sources) if listing.total],
    }


def _listings(sources: Sequence[Source]) -> Iterator[Listing]:
    folder = folder_of([source.path for source in sources])

    def listing(title: Phrase, told: list[tuple[str, str]]) -> Listing:
        items = [
            (path.removeprefix(folder), without(said.removeprefix(f"{path}: "), folder)) for path, said in told[:LISTED]
        ]
        return Listing(title, items, len(told))

    for state in ("failed", "duplicate"):  # a file that is to be forgotten is counted and not named
        told = [(one.path, one.reason or "") for one in sources if one.state == state]
        yield listing(say(f"state{state.title()}"), told)
    yield listing(say("broken"), [(one.path, piece) for one in sources for piece in one.broken])
    yield listing(say("warnings"), [(one.path, piece) for one in sources for piece in one.warnings])


def folder_of(paths: Sequence[str]) -> str:
    """Return the folder that all files lie in, with its slash; empty if there is none.

    A page that is sent about has no business with where on a machine the documents lay.
    """
    try:
        common = posixpath.commonpath([posixpath.dirname(path) for path in paths])
    except ValueError:  # no path at all, or some from the root and some not
        return ""
    return posixpath.join(common, "") if common else ""


def without(said: str, folder: str) -> str:
    return said.replace(folder, "") if len(folder) > 1 else said


def _map(found: Survey) -> dict[str, object]:
    regions = {code: region for code, region in found.regions.items() if code is not None}
    numbers = {code: (region.facts, region.entities) for code, region in regions.items()}
    missing = [tile for tile in tiles() if not any(numbers.get(tile.code, ()))]
    counts = [facts for facts, _ in numbers.values()]
    bounds = steps(counts)
    ends = [*(bound - 1 for bound in bounds[1:]), max(counts, default=0)][: len(bounds)]
    nowhere = found.regions.get(None)
    rows = [
        Row(
            phrase(PROVINCES[tile.code].zh, PROVINCES[tile.code].en),
            tuple(regions[tile.code]) if tile.code in regions else (0, 0, 0),
        )
        for tile in tiles()
    ]
    heads = (say("region"), say("documentsHead"), say("entitiesHead"), say("factsHead"))
    return {
        "chart": Chart("map-title", say("mapTitle"), tile_map(numbers, "map-title"), Table(say("where"), heads, rows)),
        "steps": [
            (f"shade{number}", str(low) if low == high else say("stepRange", low=low, high=high))
            for number, (low, high) in enumerate(zip(bounds, ends, strict=True), 1)
            if high >= low
        ],
        "missing": say(
            "missing", list=listed([phrase(PROVINCES[tile.code].zh, PROVINCES[tile.code].en) for tile in missing])
        )
        if missing
        else say("noneMissing"),
        "rule": say(
            "regionRule",
            **{name: say(name, n=getattr(nowhere, name, 0)) for name in ("entities", "facts", "documents")},
        ),
    }


def _rest() -> Phrase:
    link = Phrase(*(Markup('<a href="graph.html">{}</a>').format(name) for name in say("view")))
    return say("rest", view=link)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "0%"
