"""Former names that a document tells."""

from __future__ import annotations

import pytest

from unionkg.graph.model import Document, Extraction
from unionkg.nlp.extract import Options, extract


def read(text: str) -> Extraction:
    return extract(Document(id="0" * 64, path="a.txt", format="txt", text=text), Options(ner="rules"))


def renamings(text: str) -> list[tuple[str, str]]:
    """Return the former and the later name of each renaming."""
    found = read(text)
    names = {entity.id: entity.name for entity in found.entities}
    return [(names[one.former], names[one.later]) for one in found.renamings]


@pytest.mark.parametrize(
    ("text", "former", "later"),
    [
        ("“麦秸同行”行动更名为“穗光同行”行动。", "“麦秸同行”行动", "“穗光同行”行动"),
        (
            "浙江省总工会服务中心，前身是浙江省总工会帮扶中心，设在杭州市。",
            "浙江省总工会帮扶中心",
            "浙江省总工会服务中心",
        ),
        ("“穗光同行”行动（原名“麦秸同行”行动）已有三年。", "“麦秸同行”行动", "“穗光同行”行动"),
    ],
)
def test_a_renaming_is_read_whichever_name_comes_first(text: str, former: str, later: str) -> None:
    assert renamings(text) == [(former, later)]


@pytest.mark.parametrize(
    "text",
    [
        "浙江省总工会拟将“麦秸同行”行动更名为“穗光同行”行动。",
        "“麦秸同行”行动并未更名为“穗光同行”行动。",
        "“麦秸同行”行动和“穗光同行”行动同时启动。",
        "浙江省总工会主席陈明更名为陈亮。",
    ],
)
def test_what_is_planned_denied_or_not_of_one_kind_is_none(text: str) -> None:
    assert renamings(text) == []


def test_the_sentence_stands_in_the_original() -> None:
    text = "浙江省總工會公布了名單。「麥秸同行」行動更名為「穗光同行」行動。"
    [one] = read(text).renamings
    assert text[slice(*one.evidence)] == one.quote == "「麥秸同行」行動更名為「穗光同行」行動。"
