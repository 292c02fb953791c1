"""Where each node stands, computed when the page is built, so that the browser has nothing left to simulate.

A force layout of a whole union graph is a hairball: a few bodies are linked to nearly everything. So the graph is first
cut into communities (Louvain: Blondel et al., "Fast unfolding of communities in large networks", J. Stat. Mech. 2008,
doi:10.1088/1742-5468/2008/10/P10008), each is laid out by itself by forces (Fruchterman and Reingold, "Graph drawing by
force-directed placement", 1991, doi:10.1002/spe.4380211102), and the discs that hold them are packed, linked ones close
together. Ours starts from a sunflower with the best-linked node in the middle instead of random places, and ends by
pushing apart what overlaps. Small separate components and lone nodes follow in rows beneath.

The same graph gives the same places in any process: nodes are numbered in order of their ids before anything else, as
sets of strings come in another order in each run of Python.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from unionkg.graph.attributes import KnowledgeGraph

Points = NDArray[np.float64]

SPACING = 85.0  # between neighbours in a community, in canvas units: a dot and some of its label
WIDENING = 1.25  # screens and labels are wider than high
GAP = 45.0  # between two communities
FORCE_LIMIT = 400  # nodes a force layout is computed for; its cost is quadratic
PACKED_LIMIT = 150  # communities that are packed by their links; further ones follow in rows
SMALLEST_COMMUNITY = 4
ROUNDS = 120
GRAVITY = (
    1.2  # towards a community's middle; nodes that repel by 1/d then fill a disc of radius SPACING * sqrt(n / GRAVITY)
)
GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))


class Layout(NamedTuple):
    """The place of each node in canvas units, x to the right and y down, around the origin; and the communities.

    These are the largest first; nodes without links, and those of the smallest components, are in none.
    """

    places: dict[str, tuple[int, int]]
    communities: list[list[str]]


def layout(graph: KnowledgeGraph) -> Layout:
    """Return where the nodes stand."""
    names = sorted(graph)
    numbers = {name: number for number, name in enumerate(names)}
    simple: nx.Graph[int] = nx.Graph()
    simple.add_nodes_from(range(len(names)))
    for start, end in sorted((numbers[start], numbers[end]) for start, end in graph.edges()):
        if start != end:
            simple.add_edge(start, end, weight=1.0 + simple.get_edge_data(start, end, {"weight": 0.0})["weight"])
    places, groups = _place(simple)
    return Layout(
        {name: (round(x), round(y)) for name, (x, y) in zip(names, places.tolist(), strict=True)},
        [[names[number] for number in group] for group in groups],
    )


def _place(simple: nx.Graph[int]) -> tuple[Points, list[list[int]]]:
    components = sorted((sorted(part) for part in nx.connected_components(simple)), key=lambda part: (-len(part), part))
    linked = [node for part in components if len(part) >= SMALLEST_COMMUNITY for node in part]
    groups = _communities(simple.subgraph(sorted(linked)))
    packed, rest = groups[:PACKED_LIMIT], groups[PACKED_LIMIT:]
    rest += [part for part in components if len(part) < SMALLEST_COMMUNITY]
    shapes = {id(group): _arrange(simple, group) for group in packed + rest}
    radii = {key: float(np.hypot(*shape.T).max()) + SPACING / 2 for key, shape in shapes.items()}

    places = np.zeros((simple.number_of_nodes(), 2))
    centres = _pack([radii[id(group)] for group in packed], _links(simple, packed))
    for group, centre in zip(packed, centres, strict=True):
        places[group] = shapes[id(group)] + centre
    if packed:
        sizes = np.array([radii[id(group)] for group in packed])
        left, right = float((centres[:, 0] - sizes).min()), float((centres[:, 0] + sizes).max())
        bottom = float((centres[:, 1] + sizes).max())
    else:
        side = math.sqrt(sum((2 * radii[id(group)]) ** 2 for group in rest)) * WIDENING
        left, right, bottom = -side / 2, side / 2, 0.0
    for group, centre in zip(rest, _rows([radii[id(group)] for group in rest], left, right, bottom + GAP), strict=True):
        places[group] = shapes[id(group)] + centre
    places[:, 0] *= WIDENING
    return _centred(places), groups


def _communities(simple: nx.Graph[int]) -> list[list[int]]:
    """Return the communities, largest first; those too large for a force layout are cut again where they can be."""
    if not simple.number_of_nodes():
        return []
    found: list[list[int]] = []
    for community in nx.community.louvain_communities(simple, weight="weight", seed=0):
        group = sorted(community)
        parts = [group]
        if FORCE_LIMIT < len(group) < simple.number_of_nodes():
            parts = _communities(simple.subgraph(group))
        found += parts
    return sorted(found, key=lambda group: (-len(group), group))


def _sunflower(count: int) -> Points:
    """Return places in the order of a sunflower's seeds, from the middle outwards, `SPACING` apart."""
    order = np.arange(count)
    radius = SPACING * 0.62 * np.sqrt(order)
    angle = GOLDEN_ANGLE * order
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def _arrange(simple: nx.Graph[int], group: Sequence[int]) -> Points:
    """Return the places of a community's nodes around its middle, in the order of `group`."""
    inside = simple.subgraph(group)
    order = sorted(range(len(group)), key=lambda place: (-inside.degree(group[place]), group[place]))
    places = np.zeros((len(group), 2))
    places[order] = _sunflower(len(group))
    if 2 < len(group) <= FORCE_LIMIT:
        places = _force(places, nx.to_numpy_array(inside, nodelist=list(group), weight="weight"))
    return _centred(places)


def _centred(places: Points) -> Points:
    if not len(places):
        return places
    middle: Points = (places.min(axis=0) + places.max(axis=0)) / 2
    return places - middle


def _force(places: Points, weights: Points) -> Points:
    """Return the places after forces have moved them: all push each other away, linked ones pull together."""
    # A node with many links pulls on none of them as hard: its neighbours get room around it.
    degree = np.maximum(1.0, (weights > 0).sum(axis=1))
    pull = np.log1p(weights) / np.sqrt(np.minimum.outer(degree, degree))
    spread = np.sqrt(np.outer(degree**0.25, degree**0.25))
    for turn in range(ROUNDS):
        squares = _squared_distances(places)
        force = SPACING**2 * spread / squares - pull * np.sqrt(squares) / SPACING
        np.fill_diagonal(force, 0.0)
        step = places * force.sum(axis=1)[:, None] - force @ places - GRAVITY * places
        length = np.maximum(np.hypot(*step.T), 1e-9)[:, None]
        heat = SPACING * 1.2 * (1.0 - turn / ROUNDS) ** 2 + 0.5
        # Rounded, so that two processors that differ in the last bit do not drift apart over the rounds.
        places = np.round(places + step / length * np.minimum(length, heat), 4)
    return _spread_out(places, 0.62 * SPACING * np.sqrt(spread))


def _spread_out(places: Points, least: Points) -> Points:
    """Return the places with every two nodes at least about `least` apart."""
    for _ in range(40):
        distance = np.sqrt(_squared_distances(places))
        lack = np.maximum(0.0, least - distance)
        np.fill_diagonal(lack, 0.0)
        if lack.max() < 1.0:
            break
        push = lack / distance
        places = np.round(places + 0.4 * (places * push.sum(axis=1)[:, None] - push @ places), 4)
    return places


def _squared_distances(places: Points) -> Points:
    """Return the squares of the distances between all places, none below 1."""
    x, y = places.T
    squares: Points = np.subtract.outer(x, x) ** 2 + np.subtract.outer(y, y) ** 2
    return np.maximum(squares, 1.0)


def _links(simple: nx.Graph[int], groups: Sequence[Sequence[int]]) -> Points:
    """Return how many relations run between each two groups."""
    owner = {node: number for number, group in enumerate(groups) for node in group}
    links = np.zeros((len(groups), len(groups)))
    for start, end, data in simple.edges(data=True):
        if start in owner and end in owner:
            links[owner[start], owner[end]] += data["weight"]
            links[owner[end], owner[start]] += data["weight"]
    return links


def _pack(radii: Sequence[float], links: Points) -> Points:
    """Return the centres of discs that do not overlap, each close to those it is linked to and to the middle.

    Greedy, in the order given: each disc tries the places at which it touches one that already lies.
    """
    centres = np.zeros((len(radii), 2))
    angles = np.linspace(0.0, 2 * math.pi, 36, endpoint=False)
    around = np.column_stack((np.cos(angles), np.sin(angles)))
    sizes = np.array(radii)
    for number in range(1, len(radii)):
        lying, reach = centres[:number], sizes[:number] + sizes[number] + GAP
        tries = (lying[:, None, :] + around[None, :, :] * reach[:, None, None]).reshape(-1, 2)
        distance = np.sqrt(((tries[:, None, :] - lying[None, :, :]) ** 2).sum(axis=2))
        free = (distance >= reach[None, :] - 1e-6).all(axis=1)
        weight = links[number, :number]
        pull = distance @ weight / max(1.0, float(weight.sum()))
        # Rounded, so that two processors that differ in the last bit still choose the same place.
        cost = np.round(pull + np.hypot(tries[:, 0] / WIDENING, tries[:, 1]), 6)
        centres[number] = tries[np.argmin(np.where(free, cost, np.inf))]
    return centres


def _rows(radii: Iterable[float], left: float, right: float, top: float) -> list[tuple[float, float]]:
    """Return the centres of discs set in rows, left to right, from `top` downwards."""
    centres: list[tuple[float, float]] = []
    x, y, height = left, top, 0.0
    for radius in radii:
        if x > left and x + 2 * radius > right:
            x, y, height = left, y + height, 0.0
        centres.append((x + radius, y + radius))
        x, height = x + 2 * radius, max(height, 2 * radius)
    return centres
