"""The graph as a pyvis network.

The nodes and lines are filled in directly: pyvis' `from_nx` writes into the graph it is given and loses parallel edges,
and its `add_node` looks through all earlier nodes. What comes out is a `pyvis.network.Network` like any other, whose
options, nodes and edges may be changed before it is written; only its page is ours.
"""

from __future__ import annotations

import json
import math
import webbrowser
from collections.abc import Iterable
from html import escape
from pathlib import Path

from pyvis.network import Network  # type: ignore[import-untyped]  # pyvis carries no types

from unionkg.errors import InvalidOption
from unionkg.graph.attributes import EdgeAttributes, KnowledgeGraph, edges, nodes
from unionkg.graph.schema import BASE
from unionkg.graph.texts import DocumentText
from unionkg.viz.knowledge import Knowledge, knowledge
from unionkg.viz.layout import layout
from unionkg.viz.packing import Record, packed
from unionkg.viz.template import page

MAX_NODES = 300
SMALLEST, LARGEST = 7, 34


class View(Network):  # type: ignore[misc]  # so its Network is Any to a type checker
    """A pyvis network that is written as the offline page of this project.

    `set_options`, `toggle_physics` and the other pyvis options work and come before the page's own; `knowledge` is what
    the panels show. `start` is the state that the page opens in, as its address would have it behind the `#`.
    """

    def __init__(self, title: str, knowledge: Knowledge, start: str = "") -> None:
        super().__init__(height="100%", width="100%", directed=True, heading=title, cdn_resources="in_line")
        self.knowledge = knowledge
        self.start = start
        self.toggle_physics(False)
        self.options.edges.smooth.enabled = False
        self.options.edges.color.inherit = False

    def generate_html(self, name: str = "graph.html", local: bool = True, notebook: bool = False) -> str:
        """Return the page. The parameters are pyvis' and change nothing: the page is always whole and offline."""
        dots, lines, heading, _, _, options = self.get_network_data()
        numbers = {dot["id"]: number for number, dot in enumerate(dots)}
        network = {
            "nodes": packed(dots),
            "edges": packed(line | {"from": numbers[line["from"]], "to": numbers[line["to"]]} for line in lines),
            "options": json.loads(options),
            "start": self.start,
        }
        self.html = page(heading, {"network": network, **self.knowledge._asdict()})
        return self.html

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page to the file `name`, as UTF-8 whatever the system's encoding; no folder is put beside it."""
        Path(name).write_text(self.generate_html(), encoding="utf-8", newline="\n")
        if open_browser:
            webbrowser.open(Path(name).resolve().as_uri())

    def _repr_html_(self) -> str:
        """Return the page in a frame, for notebooks."""
        source = escape(self.generate_html(), quote=True)
        return f'<iframe srcdoc="{source}" width="100%" height="640" style="border:0"></iframe>'


def network(
    graph: KnowledgeGraph,
    *,
    title: str = "",
    max_nodes: int = MAX_NODES,
    texts: Iterable[DocumentText] = (),
    base: str = BASE,
    start: str = "",
) -> View:
    """Return the graph as a pyvis network, with its places computed and its evidence aboard.

    All nodes are in it. Above `max_nodes` the page opens with the best-linked ones and shows the rest on demand. With the
    `texts` of its documents they can be read in the page; `base` opens the IRIs in files that it gives away.
    `graph` is left as it is. Raises InvalidOption if `max_nodes` is below 1.
    """
    if max_nodes < 1:
        raise InvalidOption(f"max_nodes is {max_nodes}; accepted are whole numbers from 1.")
    rows = nodes(graph)
    # A fact of a node with itself is one fact of it, and counts twice in its degree.
    facts = {node: int(graph.degree(node)) - graph.number_of_edges(node, node) for node, _ in rows}
    places, communities = layout(graph)
    view = View(title, knowledge(graph, min(max_nodes, len(rows)), communities, texts, base), start)
    for node, attributes in rows:
        x, y = places[node]
        record: Record = {
            "id": node,
            "label": attributes["name"],
            "group": attributes["type"],
            "shape": "dot",
            "size": node_size(facts[node]),
            "x": x,
            "y": y,
        }
        view.nodes.append(record)
        view.node_ids.append(node)
        view.node_map[node] = record
    view.edges.extend(_lines(graph))
    return view


def node_size(facts: int) -> int:
    """Return the radius of a node with so many facts, in canvas units: its area grows with them."""
    return min(LARGEST, round(SMALLEST + 3.2 * math.sqrt(facts)))


def _lines(graph: KnowledgeGraph) -> list[Record]:
    """Return one line for each two nodes that facts link, in order of ids, whichever way the facts run."""
    pairs: dict[tuple[str, str], list[tuple[str, EdgeAttributes]]] = {}
    for start, end, _, attributes in edges(graph):
        pairs.setdefault((min(start, end), max(start, end)), []).append((start, attributes))
    lines: list[Record] = []
    for number, (pair, facts) in enumerate(sorted(pairs.items())):
        starts = {start for start, _ in facts}
        start = pair[0] if pair[0] in starts else pair[1]
        sources = max(attributes["sources"] for _, attributes in facts)
        lines.append(
            {
                "id": f"line-{number}",
                "from": start,
                "to": pair[1] if start == pair[0] else pair[0],
                "arrows": "to" if len(starts) == 1 else "to, from",
                "facts": len(facts),
                "dashes": all(attributes.get("modality") == "planned" for _, attributes in facts),
                "width": round(1 + 0.8 * math.log2(sources), 2),
            }
        )
    return lines
