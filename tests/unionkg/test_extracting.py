"""Each extraction has a name of its own."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from unionkg.extracting import output_names

PARTS = st.sampled_from(["a", "b", "a__b", "c.1", "c"])
FILES = st.builds(
    lambda folders, stem, suffix: Path(*folders, stem + suffix),
    st.lists(PARTS, max_size=3),
    PARTS,
    st.sampled_from([".txt", ".html", ""]),
)


def names(*paths: str) -> list[str]:
    return list(output_names([Path(path) for path in paths]).values())


def test_a_lone_stem_is_the_name() -> None:
    assert names("a/news.txt", "b/law.html") == ["news", "law"]


def test_files_of_one_stem_keep_their_folders_in_front() -> None:
    assert names("a/news.txt", "b/news.html", "b/law.txt") == ["a__news", "b__news", "law"]


def test_as_many_folders_as_it_takes() -> None:
    assert names("x/a/news.txt", "y/a/news.txt") == ["x__a__news", "y__a__news"]


def test_files_that_differ_in_their_suffix_keep_it() -> None:
    assert names("a/news.txt", "a/news.html") == ["news.txt", "news.html"]


@given(st.lists(FILES, unique=True, max_size=8))
def test_no_two_names_are_equal_and_order_does_not_matter(paths: list[Path]) -> None:
    found = output_names(paths)
    assert len(set(found.values())) == len(paths)
    assert found == output_names(paths[::-1])
