"""What a user may mean who has begun to type: entities, properties and types that open so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unionkg.graph.build import pinyin_of
from unionkg.matching.candidate import Query
from unionkg.matching.names import folded
from unionkg.matching.search import candidates
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.reconciliation.kinds import described, kinds, row_of
from unionkg.reconciliation.properties import PROPERTIES, Property
from unionkg.reconciliation.queries import LONGEST
from unionkg.reconciliation.request import Json, whole

PAGE = 10  # suggestions in one answer


def suggest_entities(catalogue: Catalogue, prefix: str = "", cursor: str | int = 0) -> Json:
    """Return the entities that open with a prefix, PAGE of them from number `cursor`, which counts from 0.

    A prefix is one of a name, of another name, of the pinyin or of its initials, or it is an id or IRI. Behind them
    stands what the whole of it may mean as a name (白云区总工会). Raises InvalidRequest if the cursor is no number.
    """
    first = whole(cursor, "cursor", 0)
    text = prefix[:LONGEST]
    node = catalogue.node(text)
    found = [*([node] if node is not None else []), *catalogue.prefixes.starting(text)]
    if len(found) < first + PAGE:
        found += [one.id for one in candidates(catalogue.index, Query(name=text), PAGE)]
    return {
        "result": [
            {**catalogue.thing(one), "description": catalogue.description(one), "notable": catalogue.types(one)}
            for one in list(dict.fromkeys(found))[first : first + PAGE]
        ]
    }


def suggest_properties(catalogue: Catalogue, prefix: str = "", cursor: str | int = 0) -> Json:
    """Return the properties whose id or name in Chinese, English or pinyin opens with a prefix, as `suggest_entities` does.

    Without a prefix all are returned, PAGE at a time.
    """
    found = [told_of(catalogue, row) for row in PROPERTIES.values() if _opens(prefix, (row.id, row.zh, row.en))]
    return _page(found, cursor)


def suggest_types(catalogue: Catalogue, prefix: str = "", cursor: str | int = 0) -> Json:
    """Return the types whose id or name in Chinese, English or pinyin opens with a prefix, as `suggest_properties` does."""
    found = []
    for kind in kinds():
        told, row = described(kind, catalogue.language), row_of(kind)
        if _opens(prefix, (told["id"], row.zh, row.en)):
            found.append(told)
    return _page(found, cursor)


def told_of(catalogue: Catalogue, row: Property) -> Json:
    """Return a property as answers have it: id, name, description."""
    is_chinese = catalogue.language == "zh"
    description = row.definition_zh if is_chinese else row.definition_en
    return {"id": row.id, "name": row.zh if is_chinese else row.en, "description": description}


def _page(found: list[Json], cursor: str | int) -> Json:
    first = whole(cursor, "cursor", 0)
    return {"result": found[first : first + PAGE]}


def _opens(prefix: str, names: Iterable[str]) -> bool:
    wanted = folded(prefix)
    return any(form.startswith(wanted) for name in names for form in _forms(name))


def _forms(name: str) -> Iterator[str]:
    """Yield what a name may be typed as: itself, from any of its words on, in pinyin, by its initials."""
    yield from (folded(name[at:]) for at in range(len(name)) if at == 0 or name[at - 1] == " ")
    syllables = pinyin_of(name).split()
    yield folded("".join(syllables))
    yield folded("".join(syllable[0] for syllable in syllables))
