"""Reading a page as a browser would: its elements, and its data blocks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class PageReader(HTMLParser):
    elements: list[Element] = field(default_factory=list)
    is_inside: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

        self.is_inside = True

    def handle_endtag(self, tag: str) -> None:
        self.is_inside = False

    def handle_data(self, data: str) -> None:
        if self.is_inside:
            self.elements[-1].text += data


def elements(page: str) -> list[Element]:
    reader = PageReader()
    reader.feed(page)
    return reader.elements


def data_block(page: str, name: str) -> Any:
    """Return the data block of that name as a browser would read it."""
    (block,) = (
        element for element in elements(page) if element.attributes.get("id") == name and element.tag == "script"
    )
    return unpacked(json.loads(block.text))


def unpacked(value: Any) -> Any:
    """Return the value with its tables (`unionkg.viz.packing`) as lists of records."""
    if isinstance(value, list):
        return [unpacked(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"columns", "rows"}:
        rows = [dict(zip(value["columns"], row, strict=False)) for row in value["rows"]]
        return [{name: item for name, item in row.items() if item is not None} for row in rows]
    return {name: unpacked(item) for name, item in value.items()}
