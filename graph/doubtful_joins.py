"""Entities that were joined on little, and pairs that were not joined with much that speaks for it, each with a measure.

The measures are an order made by hand: what would tell a reader that two are one, or that they are not. `benchmarks.measure_review`
tries them on invented corpora whose truth is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from unionkg.graph.attributes import NodeAttributes, nodes, possible
from unionkg.graph.ledger import QUALIFYING, Judgement, Ledger
from unionkg.graph.spots import short_document
from unionkg.graph.witness import Witness

COMPARED = 12
"""Namesakes of whom every pair is weighed; of more, neighbours in order of ids are."""
_FULL = 4  # characters: shorter forms are short forms
_MARKS = str.maketrans("", "", "“”‘’《》〈〉()（）·")


class Side(NamedTuple):
    """One of two that may be one: its node and documents, what a ledger calls it, what is told of it.

    `form` is the name that its documents use, where the node has another one.
    """

    node: str
    papers: frozenset[str]
    name: str
    told: str
    form: str = ""


class Settled:
    """What a ledger has judged already, whether the graph was built with it or not."""

    def __init__(self, ledger: Ledger) -> None:
        judgements = [line.judgement for line in ledger.lines]
        self.facts = frozenset(one.subject for one in judgements if one.judgement == "wrong_fact")
        self.added = frozenset(_said(one) for one in judgements if one.judgement == "add_fact")
        self.pairs: dict[str, set[str]] = defaultdict(set)
        for one in judgements:
            if one.judgement in {"same", "not_same"}:
                self.pairs[one.subject].add(one.object)
                self.pairs[one.object].add(one.subject)

    def is_confirmed(self, judgement: Judgement | None) -> bool:
        """Return whether the fact that a judgement would add was added."""
        return judgement is not None and _said(judgement) in self.added

    def is_pair(self, witness: Witness, one: Side, other: Side) -> bool:
        """Return whether the two were judged, by any of their names in any of their documents, or by their ids."""
        if not self.pairs:
            return False
        others = _names(witness, other)
        return any(not others.isdisjoint(self.pairs[name]) for name in _names(witness, one) if name in self.pairs)


def doubtful_merges(witness: Witness, settled: Settled) -> Iterator[tuple[float, str, Side, Side, str]]:
    """Yield the entities that were joined on little: urgency, id, two sides that may not be one, and why."""
    for node, entity in nodes(witness.graph):
        if entity["rule"] != "ledger" and len(witness.sources(entity["documents"])) > 1:
            found = _person(witness, node, entity) if entity["type"] == "PERSON" else _two_names(witness, node, entity)
            if found is not None:
                urgency, one, other, why = found
                if not settled.is_pair(witness, one, other):
                    yield urgency, node, one, other, why


def _person(witness: Witness, node: str, entity: NodeAttributes) -> tuple[float, Side, Side, str] | None:
    """Return the documents of a person that the body named most does not tie, apart from those that it ties."""
    clusters = {witness.cluster(paper) for paper in entity["documents"] if paper not in witness.made}
    ties = witness.ties(node)
    if not ties:
        return None
    anchor = min(ties, key=lambda end: (-len(ties[end]), end))
    covered, rest = clusters & ties[anchor], clusters - ties[anchor]
    if not covered:
        return None
    body = witness.entity(anchor)["name"]
    if not rest:
        is_weak = (
            witness.entity(anchor)["rule"] in {"home", "name"} and witness.entity(anchor).get("subtype") != "media"
        )
        if not is_weak or len(clusters) < 2:
            return None
        first, *others = sorted(clusters)
        why = f"joined by {body}, a name that several bodies may have"
        return 0.4, _side(witness, node, {first}), _side(witness, node, set(others)), why
    links = [end for end in sorted(ties) if end != anchor and ties[end] & rest]
    bridges = {cluster for end in links for cluster in ties[end] & covered}
    names = ", ".join(witness.entity(end)["name"] for end in links)
    if not links:
        urgency, why = 0.25, f"joined by {body}, which the latter name without a fact that ties the person to it"
    elif bridges:
        many = f"{len(bridges)} document{'' if len(bridges) == 1 else 's'}"
        urgency, why = (
            (0.7 if len(bridges) == 1 else 0.55),
            f"{many} alone name{'s' * (len(bridges) == 1)} {body} with {names}",
        )
    else:
        urgency, why = 0.75, f"no document names {body} with {names}"
    codes = {witness.entity(end).get("code", "")[:2] for end in links} - {""}
    home = witness.entity(anchor).get("code", "")[:2]
    if codes and home and home not in codes:
        urgency += 0.15
        why += "; the bodies are of different provinces"
    sides = _side(witness, node, covered), _side(witness, node, rest)
    if witness.offices(node, sides[0].papers) & witness.offices(node, sides[1].papers):
        urgency -= 0.3  # one office in one body
    return urgency, *sides, why


def _two_names(witness: Witness, node: str, entity: NodeAttributes) -> tuple[float, Side, Side, str] | None:
    """Return the documents that call an entity by its name apart from those that give it another full one."""
    unlike = [one for one in entity["aliases"] if len(one) >= _FULL and not _is_alike(one, entity["name"])]
    if not unlike:
        return None
    called: dict[str, set[str]] = defaultdict(set)
    for edge in witness.about.get(node, ()):
        for piece in edge[3]["evidence"]:
            for form in (entity["name"], *unlike):
                if form in piece["quote"]:
                    called[form].add(piece["document"])
    own = called[entity["name"]]
    for alias in unlike:
        if own and (others := called[alias] - own):
            why = f"joined by {entity['rule']}: {', '.join(filter(None, entity['matched']))}"
            urgency = 0.6 if entity["rule"] in {"home", "name"} else 0.3
            other = _side(witness, node, others, alias)
            return urgency, _side(witness, node, own), other._replace(form=alias), why
    return None


def _is_alike(one: str, other: str) -> bool:
    """Return whether one name is the other with something left out, or in another order.

    >>> _is_alike("赣总工会", "江西省总工会"), _is_alike("市总", "赣州市总工会")
    (False, True)
    """
    short, long = sorted((one.translate(_MARKS), other.translate(_MARKS)), key=len)
    rest = iter(long)
    return sorted(short) == sorted(long) or all(char in rest for char in short)


def doubtful_pairs(witness: Witness, settled: Settled) -> Iterator[tuple[float, Side, Side, str]]:
    """Yield of each group that may be one the pair of which most speaks for it: urgency, the two, and what speaks."""
    for group in possible(witness.graph):
        members = [node for node in group["nodes"] if witness.sources(witness.entity(node)["documents"])]
        pairs = combinations(members, 2) if len(members) <= COMPARED else pairwise(members)
        sides = {
            node: _side(witness, node, {witness.cluster(one) for one in witness.entity(node)["documents"]})
            for node in members
        }
        weighed = sorted((-_likeness(witness, *pair)[0], pair) for pair in pairs)
        for weight, pair in weighed:
            one, other = (sides[node] for node in pair)
            if not settled.is_pair(witness, one, other):
                told = "; ".join(_likeness(witness, *pair)[1]) or group["reason"]
                many = f", {len(members)} of that name" if len(members) > 2 else ""
                yield -weight * (2 / len(members)) ** 0.5, one, other, told + many
                break


def _likeness(witness: Witness, one: str, other: str) -> tuple[float, list[str]]:
    """Return how much speaks for it that two of one name are one, and what."""
    if witness.entity(one)["type"] != "PERSON":
        codes = [_territory(witness.entity(node)) for node in (one, other)]
        is_within = codes[0][:2] == codes[1][:2]
        return (0.3, ["one province"]) if is_within else (0.15, [])
    weight, told = 0.3, []
    provinces = witness.provinces(one), witness.provinces(other)
    if provinces[0] & provinces[1]:
        weight += 0.2
        told.append("one province")
    elif all(provinces):
        weight -= 0.15
    bodies = set(witness.ties(one)), set(witness.ties(other))
    if any(witness.graph.has_edge(a, b) or witness.graph.has_edge(b, a) for a in bodies[0] for b in bodies[1]):
        weight += 0.15
        told.append("their bodies are linked")
    held = [{role for role, _ in witness.offices(node)} for node in (one, other)]
    if roles := sorted(held[0] & held[1]):
        weight += 0.1
        told.append(f"both {'、'.join(roles)}")
    if company := _company(witness, one) & _company(witness, other) - {one, other}:
        weight += 0.15
        told.append(f"both named beside {'、'.join(sorted(witness.entity(node)['name'] for node in company)[:3])}")
    if not all(bodies):
        weight += 0.05
        told.append("of one no body is told")
    return weight, told


def _company(witness: Witness, person: str) -> set[str]:
    papers = witness.entity(person)["documents"]
    return set().union(*(witness.people.get(paper, set()) for paper in papers))


def _territory(entity: NodeAttributes) -> str:
    return entity["matched"][1] if entity["rule"] == "territory" else ""


def _side(witness: Witness, node: str, clusters: Collection[str], form: str = "") -> Side:
    """Return the side that these documents and their copies tell of."""
    papers = [paper for paper in witness.entity(node)["documents"] if paper not in witness.made]
    told = frozenset(paper for paper in papers if witness.cluster(paper) in clusters or paper in clusters)
    first = min(told)
    name = f"{form}@{short_document(first)}" if form else witness.at(node, first)
    return Side(node, told, name, _told(witness, node, told))


def _told(witness: Witness, node: str, papers: Collection[str]) -> str:
    """Return in short what these documents say of an entity: posts and bodies, else the title of the first."""
    stated: list[str] = []
    for subject, end, _, fact in witness.about.get(node, ()):
        if subject == node and any(piece["document"] in papers for piece in fact["evidence"]):
            told = witness.entity(end)["name"] + (fact.get("role", "") if fact["type"] == "holds_post" else "")
            if told not in stated and (fact["type"] == "holds_post" or len(stated) < 2):
                stated.append(told)
    entity = witness.entity(node)
    if not stated and entity["type"] != "PERSON":
        stated = [f"{rule}: {', '.join(filter(None, entity['matched']))}" for rule in (entity["rule"],)]
    paper = witness.papers[min(papers)]
    return "、".join(stated[:3]) or f"in “{paper.get('title', paper['name'])}”"


def _names(witness: Witness, side: Side) -> set[str]:
    """Return all names by which a ledger may mean one side."""
    entity = witness.entity(side.node)
    forms = (entity["name"], *entity["aliases"])
    shorts = map(short_document, side.papers)
    return {side.node, side.name} | {f"{form}@{short}" for short in shorts for form in forms}


def _said(judgement: Judgement) -> tuple[str, ...]:
    return tuple(getattr(judgement, name) for name in ("subject", "object", "value", *QUALIFYING))
