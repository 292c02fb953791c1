"""The word lists, their patterns, and finding their forms in a text."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.nlp.lexicon import Forms, expand, pattern, rows

LISTS = sorted(path.name for path in files("unionkg.nlp").joinpath("data").iterdir() if path.name.endswith(".tsv"))
PATTERN_LISTS = (
    "concepts.tsv",
    "departments.tsv",
    "groups.tsv",
    "organs.tsv",
    "programmes.tsv",
    "roles.tsv",
    "union_heads.tsv",
    "union_sectors.tsv",
)
LETTERS = st.text("甲乙丙丁", min_size=1, max_size=4)
TEXTS = st.text("甲乙丙丁戊", max_size=30)


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("", [""]),
        ("工会", ["工会"]),
        ("(副)?主席", ["副主席", "主席"]),
        ("副?主席", ["副主席", "主席"]),
        ("第(一|二)届", ["第一届", "第二届"]),
        ("(常务|第一)?(副)?书记", ["常务副书记", "常务书记", "第一副书记", "第一书记", "副书记", "书记"]),
        ("(组织(建设)?|宣传)部", ["组织建设部", "组织部", "宣传部"]),
        ("(甲|甲)乙", ["甲乙"]),
    ],
)
def test_a_pattern_stands_for_its_forms(written: str, forms: list[str]) -> None:
    assert expand(written) == forms


@pytest.mark.parametrize("broken", ["(副主席", "甲(乙|丙", "((甲)乙"])
def test_an_unclosed_bracket_is_named_in_the_error(broken: str) -> None:
    with pytest.raises(ValueError, match="unclosed bracket"):
        expand(broken)


@st.composite
def patterns(draw: st.DrawFn) -> str:
    """A pattern of literals, alternatives and optional parts, up to two brackets deep."""
    parts = st.recursive(
        LETTERS,
        lambda inner: st.builds(
            lambda options, optional: "(" + "|".join(options) + ")" + "?" * optional,
            st.lists(inner, min_size=1, max_size=3),
            st.booleans(),
        ),
        max_leaves=5,
    )
    return "".join(draw(st.lists(parts, min_size=1, max_size=3)))


@given(patterns())
def test_every_form_matches_the_pattern_read_as_a_regular_expression(written: str) -> None:
    forms = expand(written)
    assert len(forms) == len(set(forms))
    assert all(re.fullmatch(written, form) for form in forms)


@given(patterns(), TEXTS)
def test_whatever_matches_the_regular_expression_is_a_form(written: str, text: str) -> None:
    assert (re.fullmatch(written, text) is not None) == (text in expand(written))


def test_rows_leave_the_header_out_and_split_at_tabs() -> None:
    units = rows("units.tsv")
    assert ("万元", "元", "10000") in units
    assert all(len(row) == 3 for row in units)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_one_number_of_columns_or_optional_last_ones(name: str) -> None:
    assert rows(name)
    assert all(row[0].strip() == row[0] != "" for row in rows(name))


@pytest.mark.parametrize("name", PATTERN_LISTS)
def test_every_pattern_of_a_list_expands_to_forms(name: str) -> None:
    for written, *_ in rows(name):
        assert any(expand(written))


def test_the_longest_form_wins_at_each_position() -> None:
    forms = Forms({"工会": (), "总工会": (), "总工会委员会": (), "委员会": ()})
    assert forms.longest_at_each("市总工会委员会") == {1: 7, 2: 4, 4: 7}
    assert forms.longest_ending_at_each("市总工会委员会") == {4: 1, 7: 1}
    assert forms.find("市总工会委员会，工会") == [(1, 7), (8, 10)]


def test_a_read_list_knows_what_each_form_stands_for() -> None:
    bodies = Forms.read("national_bodies.tsv")
    assert bodies.meanings["全总"] == ("union", "中华全国总工会")
    roles = Forms.read("roles.tsv")
    assert roles.meanings["常务副主任"] == ("office",)
    assert "" not in roles.meanings


@given(st.lists(LETTERS, min_size=1, max_size=6, unique=True), TEXTS)
def test_forms_found_are_forms_in_order_without_overlap(known: list[str], text: str) -> None:
    forms = Forms(dict.fromkeys(known, ()))
    position = 0
    for start, end in forms.find(text):
        assert start >= position
        assert text[start:end] in known
        position = end


@given(st.lists(LETTERS, min_size=1, max_size=6, unique=True), TEXTS)
def test_the_longest_at_each_position_is_what_a_scan_finds(known: list[str], text: str) -> None:
    scan = {
        start: max(start + len(form) for form in known if text.startswith(form, start))
        for start in range(len(text))
        if any(text.startswith(form, start) for form in known)
    }
    assert Forms(dict.fromkeys(known, ())).longest_at_each(text) == scan


@given(st.lists(LETTERS, min_size=1, max_size=6, unique=True), TEXTS)
def test_a_joined_pattern_matches_the_longest_form(known: list[str], text: str) -> None:
    match = re.match(pattern(known), text)
    opening = [form for form in known if text.startswith(form)]
    assert (match.group() if match else None) == max(opening, key=len, default=None)
