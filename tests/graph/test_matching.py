"""Which documents of two graphs are the same."""

from __future__ import annotations

from unionkg.graph.attributes import DocumentAttributes
from unionkg.graph.matching import pair_documents


def document(id: str, name: str, title: str = "") -> DocumentAttributes:
    made: DocumentAttributes = {"id": id, "name": name, "cluster": id, "authors": [], "editors": []}
    if title:
        made["title"] = title
    return made


def test_the_same_bytes_are_the_same_document_under_any_name() -> None:
    assert pair_documents([document("1", "a.txt")], [document("1", "b.txt")], {}) == {"1": "1"}


def test_the_same_name_with_other_bytes_is_an_edited_document() -> None:
    old = [document("1", "a.txt"), document("2", "gone.txt")]
    assert pair_documents(old, [document("3", "a.txt"), document("4", "new.txt")], {}) == {"1": "3"}


def test_a_name_that_several_have_pairs_by_path_else_by_title_else_not_at_all() -> None:
    old = [document("1", "index.html", "全会"), document("2", "index.html", "评选")]
    new = [document("3", "index.html", "评选"), document("4", "index.html", "大赛")]
    assert pair_documents(old, new, {}) == {"2": "3", "1": "4"}
    assert pair_documents(old, new, {"1": "a/index.html", "3": "a/index.html"}) == {"1": "3", "2": "4"}
    plain = [document("5", "index.html"), document("6", "index.html")]
    assert pair_documents(plain, [document("7", "index.html"), document("8", "index.html")], {}) == {}


def test_records_of_a_file_pair_by_title_else_by_number() -> None:
    old = [document("1#1", "news.csv", "全会"), document("1#2", "news.csv", "评选"), document("1#3", "news.csv")]
    new = [document("2#2", "news.csv", "全会"), document("2#1", "news.csv", "大赛"), document("2#3", "news.csv")]
    assert pair_documents(old, new, {}) == {"1#1": "2#2", "1#3": "2#3"}
