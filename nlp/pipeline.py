"""The spaCy pipeline: a tokenizer and components that anyone can add to a blank Chinese pipeline.

    import spacy
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "unionkg.tokenizer.v1"}}})
    for name in ("unionkg_layout", "unionkg_places", …): nlp.add_pipe(name)

`COMPONENTS` has the names in order. Each component reads what those before it left on the Doc and adds its own:

    doc._.restored     the way from the Doc's text back to the original (set by the tokenizer)
    doc._.words        the segmenter's words with their parts of speech
    doc._.layout       lines, sentences, furniture; doc._.metadata title, date, source, authors, editors
    doc._.places       divisions, regions and sites with their GB/T 2260 codes
    doc._.candidates   spans that may be names; doc._.tagged the tagger's persons
    doc.spans["unionkg"], doc.ents   the mentions, their label the entity type, span._.entity what is named
    doc._.statements   relations; doc._.renamings former names; doc._.figures counted outcomes
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from unionkg.nlp.actions import find_actions
from unionkg.nlp.candidates import select
from unionkg.nlp.clauses import Discourse, read_discourse
from unionkg.nlp.companies import find_bare_companies, find_branded_unions, find_companies, find_units
from unionkg.nlp.contests import find_contests
from unionkg.nlp.events import find_events
from unionkg.nlp.hosts import find_hosts
from unionkg.nlp.lac import tagger
from unionkg.nlp.layout import lay_out
from unionkg.nlp.linking import link
from unionkg.nlp.listed import find_listed
from unionkg.nlp.metadata import find_metadata
from unionkg.nlp.name_clauses import clauses_with_names
from unionkg.nlp.name_relations import relations_of_names
from unionkg.nlp.occasions import find_occasions
from unionkg.nlp.organisations import (
    find_bare_departments,
    find_inner_departments,
    find_institutions,
    find_introduced,
)
from unionkg.nlp.outcomes import find_figures
from unionkg.nlp.persons import find_persons
from unionkg.nlp.places import chains, find_places, place_candidates
from unionkg.nlp.posts import find_posts
from unionkg.nlp.programme_parts import find_parts
from unionkg.nlp.quoted import find_policies, find_quoted
from unionkg.nlp.renamings import find_renamings
from unionkg.nlp.restore import restore
from unionkg.nlp.segmenters import SEGMENTERS
from unionkg.nlp.spam import is_spam_name
from unionkg.nlp.statements import first_said

Segmenter = Literal["rjieba", "jieba"]
Ner = Literal["lac", "rules"]

COMPONENTS = (
    "unionkg_layout",
    "unionkg_places",
    "unionkg_organisations",
    "unionkg_titles",
    "unionkg_tagger",
    "unionkg_persons",
    "unionkg_linker",
    "unionkg_posts",
    "unionkg_relations",
    "unionkg_outcomes",
)

for _name in ("restored", "layout", "metadata", "discourse"):
    Doc.set_extension(_name, default=None, force=True)
for _name in ("words", "places", "tagged", "candidates", "linked", "statements", "renamings", "figures"):
    Doc.set_extension(_name, default=[], force=True)
Span.set_extension("entity", default=None, force=True)


class Tokenizer:
    """Restores a text and cuts it into words; the Doc's text is the working text, `doc._.restored` leads back."""

    def __init__(self, vocab: Vocab, segmenter: Segmenter) -> None:
        self.vocab = vocab
        self.segment = SEGMENTERS[segmenter]

    def __call__(self, text: str) -> Doc:
        restored = restore(text)
        words, tags = self.segment(restored.text)
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words), tags=tags)
        doc._.restored = restored
        return doc

    # A pipeline that is saved keeps the tokenizer's settings in its configuration; there is nothing else to keep.

    def to_bytes(self, **kwargs: object) -> bytes:
        """Return nothing: all settings are in the pipeline's configuration."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> Tokenizer:
        """Return the tokenizer as it is."""
        return self

    def to_disk(self, path: object, **kwargs: object) -> None:
        """Write nothing: all settings are in the pipeline's configuration."""

    def from_disk(self, path: object, **kwargs: object) -> Tokenizer:
        """Return the tokenizer as it is."""
        return self


@registry.tokenizers("unionkg.tokenizer.v1")  # type: ignore[untyped-decorator]  # catalogue has no types
def create_tokenizer(segmenter: Segmenter = "rjieba") -> Callable[[Language], Tokenizer]:
    """Return what makes the tokenizer: `segmenter` is rjieba, or jieba, which it equals and which is slower."""
    return lambda nlp: Tokenizer(nlp.vocab, segmenter)


@Language.component("unionkg_layout")
def layout(doc: Doc) -> Doc:
    """Set lines, sentences, furniture and metadata; `doc.user_data["hints"]` may hold what the file's format says."""
    text = doc._.restored.text if doc._.restored else doc.text  # spaCy would put its words together again
    doc._.layout = lay_out(text)
    doc._.words = _words(doc)
    doc._.metadata = find_metadata(text, doc._.layout, doc.user_data.get("hints", {}))
    return doc


@Language.component("unionkg_places")
def places(doc: Doc) -> Doc:
    """Add places of the gazetteer, resolved by the document's own context."""
    text = doc._.layout.folded
    cuts = frozenset({0, *(end for _, end, _ in doc._.words)})
    doc._.places = find_places(text, cuts)
    doc._.candidates += place_candidates(text, doc._.places)
    return doc


@Language.factory("unionkg_tagger", default_config={"ner": "lac"})
def create_tagger(nlp: Language, name: str, ner: Ner) -> Callable[[Doc], Doc]:
    """Return the component for names of persons at large: `lac`, or `rules` for none.

    It reads only the clauses that may hold a name outside what has been found so far.
    """

    def tag(doc: Doc) -> Doc:
        text = doc._.layout.folded
        found = [(one.start, one.end) for one in doc._.candidates]
        clauses = clauses_with_names(text, doc._.layout.sentences, doc._.words, found)
        for (start, _), words in zip(clauses, tagger().tag([text[a:b] for a, b in clauses]), strict=True):
            doc._.tagged += [(start + low, start + high, label) for low, high, label in words if label == "PER"]
        return doc

    return tag if ner == "lac" else _leave


def _words(doc: Doc) -> list[tuple[int, int, str]]:
    """Return the segmenter's words, each with its part of speech."""
    strings = doc.vocab.strings
    lengths, tags = doc.to_array(["LENGTH", "TAG"]).T.tolist()
    ends = accumulate(lengths)
    return [(end - length, end, strings[tag]) for length, end, tag in zip(lengths, ends, tags, strict=True)]


def _leave(doc: Doc) -> Doc:
    return doc


@Language.component("unionkg_organisations")
def organisations(doc: Doc) -> Doc:
    """Add unions, organs, departments, companies and other bodies by the grammar of their names."""
    text = doc._.layout.folded
    spans = [(place.start, place.end) for place in doc._.places]
    sites = [(one.start, one.end) for one in doc._.candidates if one.rule == "place.site"]
    doc._.candidates += find_institutions(text, [*chains(doc._.places), *sites])
    doc._.candidates += find_companies(text, spans)
    doc._.candidates += find_branded_unions(text, doc._.words)
    doc._.candidates += find_bare_companies(text)
    doc._.candidates += find_inner_departments(text, doc._.candidates)
    doc._.candidates += find_units(text, [one for one in doc._.candidates if one.type == "ORG"])
    doc._.candidates += find_bare_departments(text)
    doc._.candidates += find_introduced(text)
    return doc


@Language.component("unionkg_titles")
def titles(doc: Doc) -> Doc:
    """Add policies, programmes, events, groups and concepts."""
    text = doc._.layout.folded
    spans = [(place.start, place.end) for place in doc._.places]
    institutions = [candidate for candidate in doc._.candidates if candidate.type == "ORG"]
    doc._.candidates += find_policies(text)
    doc._.candidates += find_quoted(text)
    doc._.candidates += find_listed(text)
    doc._.candidates += find_contests(text, {start for start, _ in spans}, {one.end: one.start for one in institutions})
    doc._.candidates += find_events(text, institutions, spans)
    return doc


@Language.component("unionkg_persons")
def persons(doc: Doc) -> Doc:
    """Add persons, by pattern, byline and tagger."""
    doc._.candidates += find_persons(doc._.layout.folded, doc._.tagged, doc._.metadata.names, doc._.words)
    return doc


@Language.component("unionkg_linker")
def linker(doc: Doc) -> Doc:
    """Choose among the candidates, link them within the document, set `doc.spans["unionkg"]` and `doc.ents`."""
    page = doc._.layout
    chosen = select(
        candidate
        for candidate in doc._.candidates
        if not page.is_furniture(candidate.start, candidate.end)
        and not is_spam_name(page.folded[candidate.start : candidate.end])
    )
    linked = link(page.folded, doc._.places, chosen, doc._.metadata.title_span)
    foreign = _foreign_sentences(doc)
    doc._.linked = [one for one in linked if not foreign or not _is_split(doc, one.start, one.end, foreign)]
    _split_tokens(doc, {edge for mention in doc._.linked for edge in (mention.start, mention.end)})
    spans = []
    for mention in doc._.linked:
        span = doc.char_span(mention.start, mention.end, label=mention.entity.type, kb_id=mention.entity.code or "")
        if span is None:  # cannot be: the tokens have just been cut at its edges
            raise AssertionError(f"no tokens for the mention at {mention.start}:{mention.end}")
        span._.entity = mention.entity
        spans.append(span)
    doc.spans["unionkg"] = spans
    doc.set_ents(spans)
    return doc


def _foreign_sentences(doc: Doc) -> list[tuple[int, int]]:
    noise = doc._.restored.noise if doc._.restored else ()
    return [(start, end) for start, end, kind in noise if kind == "foreign_sentence"]


def _is_split(doc: Doc, start: int, end: int, foreign: list[tuple[int, int]]) -> bool:
    """True if a whole injected sentence stood in the middle of a name: it then is not marked (docs/annotation.md)."""
    intervals = doc._.restored.segments.to_original(start, end)
    return any(intervals[0][0] <= low and high <= intervals[-1][1] for low, high in foreign)


def _split_tokens(doc: Doc, edges: set[int]) -> None:
    """Cut the tokens in which a mention begins or ends, so that every mention is a span of whole tokens."""
    starts = list(accumulate(doc.to_array("LENGTH").tolist(), initial=0))[:-1]
    cuts: dict[int, list[int]] = {}
    for edge in sorted(edges):
        number = bisect_right(starts, edge) - 1
        if number >= 0 and starts[number] < edge < starts[number] + len(doc[number]):
            cuts.setdefault(number, []).append(edge - starts[number])
    with doc.retokenize() as retokenizer:
        for number, inner in cuts.items():
            token = doc[number]
            pieces = [token.text[a:b] for a, b in zip([0, *inner], [*inner, len(token)], strict=True)]
            retokenizer.split(
                token, pieces, heads=[(token, 0)] * len(pieces), attrs={"TAG": [token.tag_] * len(pieces)}
            )


def discourse(doc: Doc) -> Discourse:
    """Return the sentences of a linked document with their mentions, read when they are first asked for."""
    read: Discourse | None = doc._.discourse
    if read is None:
        read = doc._.discourse = read_discourse(doc._.layout, doc._.linked, doc._.metadata)
    return read


@Language.component("unionkg_posts")
def posts(doc: Doc) -> Doc:
    """Add who holds which office."""
    doc._.statements += first_said(find_posts(discourse(doc)))
    return doc


@Language.component("unionkg_relations")
def relations(doc: Doc) -> Doc:
    """Add what names and verbs say, and which names took the place of others."""
    read = discourse(doc)
    doc._.statements += first_said(
        [*relations_of_names(read), *find_actions(read), *find_hosts(read), *find_occasions(read), *find_parts(read)]
    )
    doc._.renamings = find_renamings(read)
    return doc


@Language.component("unionkg_outcomes")
def outcomes(doc: Doc) -> Doc:
    """Add the figures."""
    doc._.figures = find_figures(discourse(doc))
    return doc


@cache
def pipeline(ner: Ner = "lac", segmenter: Segmenter = "rjieba") -> Language:
    """Return the process's pipeline with these settings; the first call builds it and loads what it needs."""
    nlp = spacy.blank(
        "zh", config={"nlp": {"tokenizer": {"@tokenizers": "unionkg.tokenizer.v1", "segmenter": segmenter}}}
    )
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"ner": ner} if name == "unionkg_tagger" else {})
    return nlp
