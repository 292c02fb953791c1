"""Whom a page is made for: in which language, and how its links lead on in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlencode

from markupsafe import Markup

from unionkg.exports.ontology import labels
from unionkg.graph.provinces import PROVINCES
from unionkg.graph.schema import RELATION_TYPES
from unionkg.reconciliation.kinds import row_of
from unionkg.server.language import LANGUAGES, Language
from unionkg.server.pages.template import asset
from unionkg.viz import template as viz
from unionkg.viz.tables import reason_label
from unionkg.viz.words import said


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of one page. `is_chosen` if the address told the language, so that links keep it.

    `path` and `query` are those of the page itself.
    """

    language: Language
    is_chosen: bool
    path: str
    query: tuple[tuple[str, str], ...] = ()

    def say(self, key: str, **values: object) -> Markup:
        """Return words in the reader's language with values put in; texts are escaped."""
        return said(_words()[self.language], key, values)

    def link(self, *path: str, **query: object) -> str:
        """Return an address of this server from the parts of its path; what is None is left out of the query."""
        told = {name: str(value) for name, value in query.items() if value is not None}
        if self.is_chosen:
            told.setdefault("lang", self.language)
        return "/" + "/".join(quote(part, safe="") for part in path) + (f"?{urlencode(told)}" if told else "")

    def again(self, **query: object) -> str:
        """Return the address of this page with other values of parameters; those that are None are left out."""
        told = {**dict(self.query), **{name: str(value) for name, value in query.items() if value is not None}}
        kept = {name: value for name, value in told.items() if query.get(name, "") is not None}
        return quote(self.path, safe="/") + (f"?{urlencode(kept)}" if kept else "")

    @property
    def other(self) -> Language:
        """The other language."""
        return "en" if self.language == "zh" else "zh"

    def kind(self, type: str, subtype: str | None = None) -> str:
        """Return what a type or a subtype is called."""
        row = row_of((type, subtype))
        return row.zh if self.language == "zh" else row.en

    def relation(self, name: str) -> str:
        """Return what a relation is called."""
        row = RELATION_TYPES[name]
        return row.zh if self.language == "zh" else row.en

    def term(self, name: str) -> Markup:
        """Return what a class or a property is called, by its prefixed name; of one that is not ours, the name."""
        if name not in labels():
            return Markup("<bdi>{}</bdi>").format(name)
        return Markup('<span title="{}">{}</span>').format(name, labels()[name][self.language == "en"])

    def reason(self, reason: str) -> Markup:
        """Return why two things were not joined, as the graph has it where there are no words for it."""
        label = reason_label(reason)
        return label.zh if self.language == "zh" else label.en

    def province(self, code: str | None) -> str:
        """Return the name of a province by the first two digits of its code, "" for None."""
        if code is None:
            return ""
        return PROVINCES[code].zh if self.language == "zh" else PROVINCES[code].en


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """Return the words by language: those of the view, and those of the pages, which come before them."""
    own, view = json.loads(asset("words.json")), json.loads(viz.asset(viz.WORDS))
    return {language: view[language] | own[language] for language in LANGUAGES}
