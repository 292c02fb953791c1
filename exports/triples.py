"""The graph as RDF: every subject with its predicates and objects, in the syntax of N-Triples.

A *description* is a subject and its pairs of predicate and object; each subject has one, no pair comes twice in it, and
none has a blank node. Descriptions come in order of their subjects. They are texts and no objects of an RDF library,
because making these takes several times as long as writing the texts.

A fact without modality is there twice: as a plain triple, which is easy to ask, and as an assertion with its
qualifiers and evidence. A planned one is an assertion only, so that nothing planned reads as done. The outside terms to
which the schema aligns ours are written out, because nothing is inferred at the time of a query.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from heapq import merge
from importlib.metadata import version
from itertools import groupby
from typing import TypeAlias, cast

from unionkg.errors import InvalidExtraction
from unionkg.exports.iri import (
    BASE,
    KEPT,
    checked_base,
    division_name,
    document_name,
    evidence_name,
    name_of,
    post_name,
    role_name,
    rule_name,
    term,
)
from unionkg.exports.literals import (
    boolean,
    chinese,
    days,
    decimal,
    english,
    integer,
    pinyin,
    stated,
    string,
    traditional,
    typed,
)
from unionkg.exports.terms import TERMS, property_of
from unionkg.graph.attributes import (
    ConflictAttributes,
    DocumentAttributes,
    EdgeAttributes,
    KnowledgeGraph,
    NodeAttributes,
    OutcomeAttributes,
    PossibleAttributes,
)
from unionkg.graph.divisions import Division, division_of, divisions, wikidata_item
from unionkg.graph.readable import Edge, Readable, readable
from unionkg.graph.schema import ENTITY_TYPES, QUALIFIERS, RELATION_TYPES

Pair: TypeAlias = tuple[str, str]
Description: TypeAlias = tuple[str, list[Pair]]
Owner: TypeAlias = EdgeAttributes | OutcomeAttributes

_SHA256_OF_FILE = re.compile("[0-9a-f]{64}")  # of one of several records the id has its number behind
_ESCAPED = re.compile(r"[\\|]")  # in the parts of an identity, which stand between bars


def descriptions(graph: KnowledgeGraph | Readable, base: str = BASE) -> Iterator[Description]:
    """Yield the descriptions of the graph, entities and all else named under the IRI `base`.

    Raises InvalidOption for a base that cannot be used, InvalidExtraction for a type that the schema does not have.
    """
    say = _Describer(readable(graph), checked_base(base))
    return merge(
        say.documents(whole=True),
        say.entities(whole=True),
        say.facts(whole=True),
        say.figures(whole=True),
        say.evidence(),
        *say.shared(),
    )


def datasets(graph: KnowledgeGraph | Readable, base: str = BASE) -> Iterator[tuple[str | None, Iterator[Description]]]:
    """Yield the same in parts: None with what stands above all documents, then each document with what it says.

    A document says plain facts, where in it assertions and figures have their evidence, and which entities it mentions.
    A fact that several documents say is in the part of each. Raises what `descriptions` raises.
    """
    say = _Describer(readable(graph), checked_base(base))
    yield (
        None,
        merge(
            say.documents(whole=False),
            say.entities(whole=False),
            say.facts(whole=False),
            say.figures(whole=False),
            *say.shared(),
        ),
    )
    said = say.by_document()
    for document in say.source.documents():
        yield say.iri(document_name(document["id"])), say.said_in(document, *said.get(document["id"], ([], [])))


class _Describer:
    """What makes the descriptions of one graph; the order of each method's descriptions is that of their subjects."""

    def __init__(self, source: Readable, base: str) -> None:
        self.source = source
        self.start = f"<{base}"
        self.iri = lru_cache(KEPT)(lambda name: f"<{base}{name}>")
        self.of = lru_cache(KEPT)(lambda identifier: f"<{base}{name_of(identifier)}>")

    def documents(self, *, whole: bool) -> Iterator[Description]:
        for _, records in groupby(self.source.documents(), lambda document: document["id"].partition("#")[0]):
            # of several records in a file 10 comes before 2, and in an IRI, which ends behind it, before 1 too
            yield from sorted(self.document(record, whole=whole) for record in records)

    def document(self, document: DocumentAttributes, *, whole: bool) -> Description:
        pairs = _document(document)
        if document["cluster"] != document["id"]:
            original = self.iri(document_name(document["cluster"]))
            pairs += ((predicate, original) for predicate in _COPY_OF)
        if whole:
            pairs += self.mentions(document)
        return self.iri(document_name(document["id"])), pairs

    def mentions(self, document: DocumentAttributes) -> list[Pair]:
        return [(_MENTIONS, self.of(node)) for node in self.source.named_in(document["id"])]

    def entities(self, *, whole: bool) -> Iterator[Description]:
        wide = {edition["narrow"]: edition["wide"] for edition in self.source.editions()}
        for node, attributes in self.source.nodes():
            pairs = _entity(attributes)
            if lies_in := division_of(attributes):
                pairs.append((_DIVISION, self.iri(division_name(lies_in))))
            if node in wide:
                pairs += ((predicate, self.of(wide[node])) for predicate in _EDITION_OF)
            if whole:
                pairs += self.plain(self.source.edges_from(node))
            yield self.of(node), pairs

    def plain(self, facts: Iterable[Edge]) -> list[Pair]:
        """Return what the subject of these facts is plainly said to do."""
        plain: set[Pair] = set()
        for _, end, key, fact in facts:
            if "modality" in fact:
                continue
            name = _property(key, fact)
            plain.update((each, self.of(end)) for each in _with_aligned(name, fact["type"]))
            if name == _HOLDS_POST and "role" in fact:
                plain.add((_HOLDS, self.iri(post_name(end, fact["role"]))))
        return sorted(plain)

    def facts(self, *, whole: bool) -> Iterator[Description]:
        for subject, end, key, fact in self.source.edges():
            pairs = self.assertion(subject, end, key, fact)
            if whole:
                pairs += self.backing(fact)
            yield self.of(key), pairs

    def figures(self, *, whole: bool) -> Iterator[Description]:
        for figure in self.source.outcomes():
            pairs = self.outcome(figure)
            if whole:
                pairs += self.backing(figure)
            yield self.of(figure["id"]), pairs

    def assertion(self, subject: str, end: str, key: str, fact: EdgeAttributes) -> list[Pair]:
        subject_iri, end_iri = self.of(subject), self.of(end)
        if _is_membership(fact):
            pairs = [*_ASSERTION_AND_MEMBERSHIP, (_MEMBER, subject_iri), (_ORGANISATION, end_iri)]
            if "role" in fact:
                pairs += (_ORG_ROLE, self.iri(role_name(fact["role"]))), (_POST, self.iri(post_name(end, fact["role"])))
        else:
            pairs = [*_ASSERTION]
        pairs += (_SUBJECT, subject_iri), (_PREDICATE, term(_property(key, fact))), (_OBJECT, end_iri)
        for name, predicate in _QUALIFIERS.items():
            value = cast("str | None", fact.get(name))
            if value is None:
                continue
            if name == "programme":
                pairs.append((predicate, self.of(value)))
            elif name == "date":
                pairs.append((predicate, stated(value)))
                pairs += _days(value)
            else:
                pairs.append((predicate, string(value)))
        pairs += self.support(fact)
        return pairs

    def outcome(self, figure: OutcomeAttributes) -> list[Pair]:
        pairs = [*_OUTCOME]
        if figure["kind"] == "result":
            pairs += self.observation(figure)
        for name, predicate in _ENDS_OF_FIGURES.items():
            if name in figure:
                pairs.append((predicate, self.of(cast(str, figure.get(name)))))
        pairs.append((_VALUE, decimal(figure["value"])))
        if "value_max" in figure:
            pairs.append((_VALUE_MAX, decimal(figure["value_max"])))
        if "bound" in figure:
            pairs.append((_BOUND, string(figure["bound"])))
        pairs += (_UNIT, string(figure["unit"])), (_WHAT, string(figure["what"])), (_KIND, string(figure["kind"]))
        if "period" in figure:
            pairs.append((_PERIOD, stated(figure["period"])))
            pairs += _days(figure["period"])
        pairs += self.support(figure)
        return pairs

    def observation(self, figure: OutcomeAttributes) -> list[Pair]:
        """Return what of a result schema.org can say too; a target was not observed."""
        pairs = [*_OBSERVATION, (_UNIT_TEXT, string(figure["unit"]))]
        if "subject" in figure:
            pairs.append((_ABOUT, self.of(figure["subject"])))
        bound, value = figure.get("bound"), decimal(figure["value"])
        if "value_max" in figure:
            pairs += (_MIN_VALUE, value), (_MAX_VALUE, decimal(figure["value_max"]))
        elif bound in _OF_BOUNDS:
            pairs.append((_OF_BOUNDS[bound], value))
        elif bound is None:
            pairs.append((_SCHEMA_VALUE, value))
        return pairs

    def support(self, owner: Owner) -> list[Pair]:
        pairs = [(_CONFIDENCE, decimal(owner["confidence"]))]
        pairs += ((_RULE, string(rule)) for rule in owner["rules"])
        pairs += ((_GENERATED_BY, self.iri(rule_name(rule))) for rule in owner["rules"])
        pairs.append((_SOURCES, integer(owner["sources"])))
        if "first_stated" in owner and "last_stated" in owner:
            pairs += _stated_in(owner["first_stated"], owner["last_stated"])
        pairs.append((_RESTORED, boolean(all(piece["restored"] for piece in owner["evidence"]))))
        return pairs

    def backing(self, owner: Owner, document: str | None = None) -> list[Pair]:
        """Return the sentences that say a fact or figure, and the documents they are from; of one document if given."""
        pieces = [piece for piece in owner["evidence"] if document is None or piece["document"] == document]
        pairs = [(_EVIDENCE, f"{self.start}{evidence_name(piece)}>") for piece in pieces]
        pairs += ((_DERIVED_FROM, self.iri(document_name(piece["document"]))) for piece in pieces)
        return list(dict.fromkeys(pairs))

    def evidence(self) -> Iterator[Description]:
        for document in self.source.documents():
            yield from self.evidence_in(document["id"])

    def evidence_in(self, document: str) -> list[Description]:
        """Return the sentences of a document and their selectors (W3C Web Annotation Data Model, 4.2.4, 4.2.5 and 4.3).

        Alternative selectors must select the same thing, so the parts of a split sentence have a property of their own.
        """
        found: list[Description] = []
        source = (_HAS_SOURCE, self.iri(document_name(document)))
        for piece in self.source.evidence_in(document):
            start = f"{self.start}{evidence_name(piece)}"
            place, quote = f"{start}-position>", f"{start}-quote>"
            pairs = [*_PIECE, source, (_HAS_SELECTOR, place), (_HAS_SELECTOR, quote)]
            selected = [(place, (piece["start"], piece["end"]))]
            for number, (low, high) in enumerate(piece["parts"], 1):
                part = f"{start}-part-{number}>"
                pairs.append((_PART, part))
                selected.append((part, (low, high)))
            pairs.append((_RESTORED, boolean(piece["restored"])))
            found.append((f"{start}>", pairs))
            for selector, (low, high) in selected:
                found.append((selector, [*_POSITION_SELECTOR, (_START, integer(low)), (_END, integer(high))]))
            found.append((quote, [*_QUOTE_SELECTOR, (_EXACT, string(piece["quote"]))]))
        found.sort()
        return found

    def shared(self) -> list[Iterator[Description]]:
        """Return what belongs to no one document and to no one entity, each kind in order."""
        roles: set[str] = set()
        posts: dict[str, tuple[str, str]] = {}
        rules: set[str] = set()
        for _, end, _, fact in self.source.edges():
            rules.update(fact["rules"])
            if _is_membership(fact) and "role" in fact:
                roles.add(fact["role"])
                posts.setdefault(post_name(end, fact["role"]), (end, fact["role"]))
        rules.update(rule for figure in self.source.outcomes() for rule in figure["rules"])
        return [
            (self.role(role) for role in sorted(roles, key=role_name)),
            (self.post(name, *posts[name]) for name in sorted(posts)),
            iter(sorted(map(self.rule, rules))),
            *self.divisions(),
            iter([(self.iri(_SOFTWARE_NAME), _SOFTWARE)]),
            (self.possible(possible) for possible in self.source.possible()),
            (self.conflict(conflict) for conflict in self.source.conflicts()),
        ]

    def role(self, role: str) -> Description:
        label = chinese(role)
        return self.iri(role_name(role)), [*_ROLE, (_LABEL, label), (_PREF_LABEL, label)]

    def post(self, name: str, organisation: str, role: str) -> Description:
        pairs = [*_POST_TYPES, (_LABEL, chinese(role)), (_POST_IN, self.of(organisation))]
        return self.iri(name), [*pairs, (_ORG_ROLE, self.iri(role_name(role)))]

    def divisions(self) -> list[Iterator[Description]]:
        """Return the divisions of the entities, with what these were before and lie in, and the list that has them."""
        meant = {one for _, entity in self.source.nodes() if (one := division_of(entity))}
        found = sorted(map(self.division, divisions().closure(meant)))
        listed = [*_CODE_LIST, *_strings(term("dcterms:source"), divisions().sources)] if found else []
        return [iter(found), iter([(self.iri(_CODE_LIST_NAME), listed)] if listed else [])]

    def division(self, division: Division) -> Description:
        label = chinese(division.name)
        pairs = [*_DIVISION_TYPES, (_LABEL, label), (_PREF_LABEL, label), (_NOTATION, string(division.code))]
        if division.since is not None:
            pairs.append((_VALID_FROM, integer(division.since)))
        if division.last_year is not None:
            pairs.append((_VALID_UNTIL, integer(division.last_year)))
        pairs += ((_BROADER, self.iri(division_name(one))) for one in divisions().above(division)[-1:])
        pairs += ((_REPLACES, self.iri(division_name(one))) for one in divisions().before(division))
        if item := wikidata_item(division):
            pairs.append((_EXACT_MATCH, term(f"wd:{item}")))
        return self.iri(division_name(division)), [*pairs, (_IN_SCHEME, self.iri(_CODE_LIST_NAME))]

    def rule(self, rule: str) -> Description:
        return self.iri(rule_name(rule)), [
            *_ACTIVITY,
            (_LABEL, string(rule)),
            (_ASSOCIATED_WITH, self.iri(_SOFTWARE_NAME)),
        ]

    def possible(self, possible: PossibleAttributes) -> Description:
        pairs = [*_POSSIBLE, *((_CANDIDATE, self.of(node)) for node in possible["nodes"])]
        return self.of(possible["id"]), [*pairs, (_REASON, string(possible["reason"]))]

    def conflict(self, conflict: ConflictAttributes) -> Description:
        pairs = [*_CONFLICT, (_CONFLICT_KIND, string(conflict["kind"]))]
        pairs += ((_CONFLICTING, self.of(fact)) for fact in conflict["facts"])
        return self.of(conflict["id"]), [*pairs, (_REASON, string(conflict["reason"]))]

    def by_document(self) -> dict[str, tuple[list[Edge], list[OutcomeAttributes]]]:
        """Return the facts and the figures that each document says."""
        said: dict[str, tuple[list[Edge], list[OutcomeAttributes]]] = defaultdict(lambda: ([], []))
        for edge in self.source.edges():
            for document in {piece["document"] for piece in edge[3]["evidence"]}:
                said[document][0].append(edge)
        for figure in self.source.outcomes():
            for document in {piece["document"] for piece in figure["evidence"]}:
                said[document][1].append(figure)
        return said

    def said_in(
        self, document: DocumentAttributes, facts: list[Edge], figures: list[OutcomeAttributes]
    ) -> Iterator[Description]:
        identifier = document["id"]
        of_subject: dict[str, list[Edge]] = defaultdict(list)
        for edge in facts:
            of_subject[edge[0]].append(edge)
        plain = ((self.of(subject), self.plain(of_subject[subject])) for subject in sorted(of_subject))
        backed: list[tuple[str, Owner]] = [(key, fact) for _, _, key, fact in facts]
        backed += ((figure["id"], figure) for figure in figures)
        said = [
            (self.iri(document_name(identifier)), self.mentions(document)),
            *plain,
            *((self.of(key), self.backing(owner, identifier)) for key, owner in backed),
            *self.evidence_in(identifier),
        ]
        return iter(sorted(description for description in said if description[1]))


@cache
def _classes(type_name: str, subtype_name: str | None) -> tuple[Pair, ...]:
    """Return the classes of a type and a subtype, ours and those they are aligned to, without repeats."""
    entity_type = ENTITY_TYPES.get(type_name)
    if entity_type is None:
        raise InvalidExtraction(f"unknown entity type {type_name!r}; accepted: {', '.join(ENTITY_TYPES)}")
    subtypes = [subtype for subtype in entity_type.subtypes if subtype.name == subtype_name]
    if subtype_name is not None and not subtypes:
        accepted = ", ".join(subtype.name for subtype in entity_type.subtypes) or "none"
        raise InvalidExtraction(f"unknown subtype {subtype_name!r} of {type_name}; accepted: {accepted}")
    names = [entity_type.rdf_class, *entity_type.aligned]
    for subtype in subtypes:
        names += [subtype.rdf_class, *subtype.aligned]
    return tuple(_types(*names))


def _property(key: str, fact: EdgeAttributes) -> str:
    if fact["type"] not in RELATION_TYPES:
        raise InvalidExtraction(f"{key}: unknown relation type {fact['type']!r}; accepted: {', '.join(RELATION_TYPES)}")
    return property_of(fact["type"], fact)


@cache
def _with_aligned(name: str, relation: str) -> tuple[str, ...]:
    row = RELATION_TYPES[relation]
    return tuple(map(term, (name, *(row.aligned if name == row.rdf_property else ()))))


def _is_membership(fact: Mapping[str, object]) -> bool:
    return fact["type"] == "holds_post" and "modality" not in fact


def _types(*names: str) -> list[Pair]:
    return [(_TYPE, term(name)) for name in dict.fromkeys(names)]


def _strings(predicate: str, values: Iterable[str]) -> list[Pair]:
    return [(predicate, value) for value in dict.fromkeys(map(string, values))]


@lru_cache(KEPT)
def _days(time: str) -> tuple[Pair, ...]:
    interval = days(time)
    if interval is None:
        begun = days(time.removesuffix("/"))  # 2023-01/ goes on
        return ((_FIRST_DAY, typed(begun[0].isoformat(), "date")),) if begun else ()
    return ((_FIRST_DAY, typed(interval[0].isoformat(), "date")), (_LAST_DAY, typed(interval[1].isoformat(), "date")))


@lru_cache(KEPT)
def _stated_in(first: str, last: str) -> tuple[Pair, ...]:
    pairs = [(_FIRST_STATED, stated(first)), (_LAST_STATED, stated(last))]
    begins, ends = days(first), days(last)
    if begins and ends:
        pairs.append((_STATED_FROM, typed(begins[0].isoformat(), "date")))
        pairs.append((_STATED_UNTIL, typed(ends[1].isoformat(), "date")))
    return tuple(pairs)


def _document(document: DocumentAttributes) -> list[Pair]:
    pairs = [*_DOCUMENT, (_LABEL, string(document.get("title", document["name"])))]
    pairs += (_FILE_NAME, string(document["name"])), (_IDENTIFIER, string(document["id"]))
    if _SHA256_OF_FILE.fullmatch(document["id"]):
        pairs.append((_SHA256, string(document["id"])))
    for name, predicates in _METADATA.items():
        if name in document:
            value = string(cast(str, document.get(name)))
            pairs += ((predicate, value) for predicate in predicates)
    if "date" in document:
        pairs += ((predicate, stated(document["date"])) for predicate in _DATES)
        pairs += _days(document["date"])
    authors = document["authors"]
    if "url" in document:
        pairs.append((_URL, f"<{document['url']}>"))
    pairs += _strings(_CREATOR, authors)
    if len(authors) > 1:
        pairs.append((_BYLINE, string("、".join(authors))))
    pairs += _strings(_CONTRIBUTOR, document["editors"])
    pairs += _strings(_CORRESPONDENT, document.get("correspondents", ()))
    return pairs


def _entity(attributes: NodeAttributes) -> list[Pair]:
    pairs = [*_classes(attributes["type"], attributes.get("subtype"))]
    label = chinese(attributes["name"])
    pairs += (_LABEL, label), (_PREF_LABEL, label)
    others = dict.fromkeys(map(chinese, attributes["aliases"]))
    pairs += ((_ALT_LABEL, other) for other in others if other != label)
    pairs += ((_ALT_LABEL, form) for form in dict.fromkeys(map(traditional, attributes.get("traditional", ()))))
    if attributes["pinyin"]:
        pairs.append((_ALT_LABEL, pinyin(attributes["pinyin"])))
    pairs += ((_FORMER_NAME, form) for form in dict.fromkeys(map(chinese, attributes.get("former_names", ()))))
    if "code" in attributes:
        pairs.append((_DIVISION_CODE, string(attributes["code"])))
    pairs += ((_EXACT_MATCH, f"<{iri}>") for iri in attributes.get("exact_matches", ()))
    pairs += ((_CLOSE_MATCH, f"<{iri}>") for iri in attributes.get("close_matches", ()))
    matched = "|".join(_ESCAPED.sub(r"\\\g<0>", part) for part in attributes["matched"])
    pairs += (_IDENTITY_RULE, string(attributes["rule"])), (_IDENTITY, string(matched))
    pairs.append((_MENTION_COUNT, integer(attributes["mentions"])))
    return pairs


_TYPE = term("rdf:type")
_LABEL, _PREF_LABEL, _ALT_LABEL = term("rdfs:label"), term("skos:prefLabel"), term("skos:altLabel")
_FORMER_NAME, _DIVISION_CODE = term("ukg:formerName"), term("ukg:divisionCode")
_EXACT_MATCH, _CLOSE_MATCH = term("skos:exactMatch"), term("skos:closeMatch")
_IDENTITY_RULE, _IDENTITY, _MENTION_COUNT = term("ukg:identityRule"), term("ukg:identity"), term("ukg:mentionCount")
_MENTIONS = term("schema:mentions")
_FILE_NAME, _IDENTIFIER, _SHA256 = term("ukg:fileName"), term("dcterms:identifier"), term("schema:sha256")
_CREATOR, _BYLINE, _CONTRIBUTOR = term("dcterms:creator"), term("ukg:byline"), term("dcterms:contributor")
_CORRESPONDENT, _URL = term("ukg:correspondent"), term("schema:url")
_SUBJECT, _PREDICATE, _OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")
_MEMBER, _ORGANISATION, _ORG_ROLE = term("org:member"), term("org:organization"), term("org:role")
_POST, _POST_IN, _HOLDS = term("ukg:post"), term("org:postIn"), term("org:holds")
_FIRST_DAY, _LAST_DAY = term("ukg:firstDay"), term("ukg:lastDay")
_FIRST_STATED, _LAST_STATED = term("ukg:firstStated"), term("ukg:lastStated")
_STATED_FROM, _STATED_UNTIL = term("ukg:statedFrom"), term("ukg:statedUntil")
_CONFIDENCE, _RULE, _SOURCES = term("ukg:confidence"), term("ukg:rule"), term("ukg:sources")
_GENERATED_BY, _DERIVED_FROM = term("prov:wasGeneratedBy"), term("prov:wasDerivedFrom")
_ASSOCIATED_WITH = term("prov:wasAssociatedWith")
_RESTORED, _EVIDENCE, _PART = term("ukg:restored"), term("ukg:evidence"), term("ukg:evidencePart")
_HAS_SOURCE, _HAS_SELECTOR = term("oa:hasSource"), term("oa:hasSelector")
_START, _END, _EXACT = term("oa:start"), term("oa:end"), term("oa:exact")
_VALUE, _VALUE_MAX = term("ukg:value"), term("ukg:valueMax")
_ABOUT, _SCHEMA_VALUE = term("schema:observationAbout"), term("schema:value")
_MIN_VALUE, _MAX_VALUE = term("schema:minValue"), term("schema:maxValue")
_BOUND, _UNIT, _UNIT_TEXT, _WHAT = term("ukg:bound"), term("ukg:unit"), term("schema:unitText"), term("ukg:what")
_KIND, _PERIOD = term("ukg:kind"), term("ukg:period")
_CANDIDATE, _CONFLICT_KIND, _CONFLICTING = term("ukg:candidate"), term("ukg:conflictKind"), term("ukg:conflicting")
_REASON = term("ukg:reason")

_DIVISION, _NOTATION = term("ukg:division"), term("skos:notation")
_VALID_FROM, _VALID_UNTIL = term("ukg:validFrom"), term("ukg:validUntil")
_BROADER, _EXACT_MATCH, _IN_SCHEME = term("skos:broader"), term("skos:exactMatch"), term("skos:inScheme")
_REPLACES = term("dcterms:replaces")

_EDITION_OF = tuple(map(term, ("ukg:editionOf", *TERMS["ukg:editionOf"].aligned)))
_COPY_OF = tuple(map(term, ("ukg:copyOf", *TERMS["ukg:copyOf"].aligned)))
_HOLDS_POST = RELATION_TYPES["holds_post"].rdf_property
_QUALIFIERS = {name: term(row.rdf_property) for name, row in QUALIFIERS.items()}
_METADATA = {
    "encoding": (term("ukg:encoding"),),
    "title": (term("dcterms:title"), term("schema:headline")),
    "original_title": (term("dcterms:alternative"),),
    "number": (term("ukg:documentNumber"),),
    "source": (term("dcterms:source"),),
}
_DATES = (term("dcterms:date"), term("schema:datePublished"))
_ENDS_OF_FIGURES = {
    "subject": term("ukg:outcomeSubject"),
    "programme": _QUALIFIERS["programme"],
    "beneficiary": term("ukg:beneficiary"),
}
_OF_BOUNDS = {"at_least": _MIN_VALUE, "at_most": _MAX_VALUE}

_DOCUMENT = [*_types("ukg:Document", "schema:Article", "prov:Entity"), (term("schema:inLanguage"), string("zh"))]
_ASSERTION = _types("ukg:Assertion", "rdf:Statement")
_ASSERTION_AND_MEMBERSHIP = _types("ukg:Assertion", "rdf:Statement", "org:Membership")
_OUTCOME, _OBSERVATION = _types("ukg:Outcome"), _types("schema:Observation")
_PIECE = _types("ukg:Evidence", "oa:SpecificResource")
_POSITION_SELECTOR = _types("oa:TextPositionSelector")
_QUOTE_SELECTOR = _types("oa:TextQuoteSelector")
_ROLE = _types("org:Role", "skos:Concept")
_POST_TYPES = _types("org:Post")
_ACTIVITY = _types("prov:Activity")
_POSSIBLE, _CONFLICT = _types("ukg:PossibleMatch"), _types("ukg:Conflict")
_SOFTWARE = [
    *_types("prov:SoftwareAgent"),
    (_LABEL, string("unionkg")),
    (term("schema:softwareVersion"), string(version("unionkg"))),
]
_SOFTWARE_NAME = f"software-{version('unionkg')}"
_DIVISION_TYPES = _types("ukg:Division", *TERMS["ukg:Division"].aligned)
_CODE_LIST_NAME = "divisions"
_CODE_LIST = [
    *_types("skos:ConceptScheme"),
    (_LABEL, chinese("中国行政区划代码，1980年以来")),
    (_LABEL, english("Codes of the administrative divisions of China, since 1980")),
]
