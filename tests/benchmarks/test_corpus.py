"""The invented corpus: what its truth says is what its pages print."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.corpus.articles import stories
from benchmarks.corpus.pages import Page, make_page
from benchmarks.corpus.world import World, body, territories
from benchmarks.make_corpus import make_corpus

NUMBER = 220


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    world = World(5)
    return [make_page(world, number) for number in range(NUMBER)]


def test_every_name_is_printed_on_its_page(pages: list[Page]) -> None:
    assert all(form in page.text for page in pages for named in page.names for form in named.name)


def test_no_form_names_two_things_of_a_page(pages: list[Page]) -> None:
    for page in pages:
        things: dict[tuple[str, str], set[str]] = defaultdict(set)
        for named in page.names:
            for form in named.name:
                things[named.type, form].add(named.truth)
        assert all(len(found) == 1 for found in things.values())


def test_an_id_says_the_type_and_is_of_one_thing(pages: list[Page]) -> None:
    assert all(named.truth.split("/")[0] == named.type for page in pages for named in page.names)


def test_no_slot_is_left_in_a_page(pages: list[Page]) -> None:
    assert not [page.text for page in pages if any(mark in page.text for mark in "{}[]|@#")]


def test_a_page_does_not_depend_on_those_before_it(pages: list[Page]) -> None:
    world = World(5)
    assert [make_page(world, number) for number in (219, 57, 103)] == [pages[number] for number in (219, 57, 103)]


def test_another_seed_gives_another_page(pages: list[Page]) -> None:
    assert make_page(World(6), 0).text != pages[0].text


def test_a_copy_names_no_more_than_its_source_but_outlets(pages: list[Page]) -> None:
    copies = [page for page in pages if page.copy_of is not None]
    assert any(page.is_edited for page in copies)
    assert not all(page.is_edited for page in copies)
    for page in copies:
        assert page.copy_of is not None
        known = {named.truth for named in pages[page.copy_of].names}
        more = {named.truth for named in page.names} - known
        assert all(truth.startswith(("ORG/", "PERSON/reporter/")) and truth.count("/") >= 2 for truth in more)
        assert len(more) <= 2


def test_a_page_that_leaves_its_place_open_prints_no_territory_above(pages: list[Page]) -> None:
    open_pages = [page for page in pages if page.article.mode == "none" and page.script == "hans"]
    assert any(not named.hint for page in open_pages for named in page.names)
    for page in open_pages:
        above = {one.code: one for level in ("province", "prefecture") for one in territories(level)}
        chain = [code for code in (page.article.home[:2] + "0000", page.article.home[:4] + "00") if code in above]
        assert not [code for code in chain if code != page.article.home and above[code].short in page.text]


def test_a_county_with_its_city_is_always_told_with_it(pages: list[Page]) -> None:
    cities = {one.code: one.short for one in territories("prefecture")}
    told = [page for page in pages if page.article.mode == "city" and page.article.home[:4] + "00" in cities]
    assert len(told) > 10
    texts = [page.text for page in told if page.script == "hans"]
    shorts = [cities[page.article.home[:4] + "00"] for page in told if page.script == "hans"]
    assert all(short in text for short, text in zip(shorts, texts, strict=True))


def test_bodies_of_autonomous_places_have_the_names_that_are_in_use() -> None:
    by_name = {one.name: one for level in ("province", "prefecture", "county") for one in territories(level)}
    assert body(by_name["内蒙古自治区"], "organisation").full[0] == "内蒙古自治区党委组织部"
    assert body(by_name["昌吉回族自治州"], "party").full == ("昌吉州委", "中共昌吉州委")
    assert body(by_name["昌吉回族自治州"], "union").bare == ("州总工会", "州总")
    assert body(by_name["阿克苏地区"], "party").bare == ("地委",)
    assert body(by_name["福建省"], "labour").full[0] == "福建省人力资源和社会保障厅"
    assert body(by_name["北京市"], "labour").full[0] == "北京市人力资源和社会保障局"


def test_persons_who_move_are_one_person_at_both_bodies() -> None:
    world = World(5)
    staff = world.staff("350000")
    moves = [move for moves in staff.moves.values() for move in moves]
    assert len(moves) > 20
    assert all(move.before.person == move.after.person for move in moves)
    assert all(move.before.body.id != move.after.body.id and move.before.until == move.after.since for move in moves)


def test_every_sentence_of_the_stories_can_be_told(pages: list[Page]) -> None:
    """A slot that no thing answers to raises KeyError; the kinds of articles all occur in the pages."""
    assert {page.article.kind for page in pages} == {story.kind for story in stories()[0]}


def test_the_files_and_their_truth_agree(tmp_path: Path) -> None:
    make_corpus(30, tmp_path, seed=5)
    make_corpus(12, tmp_path / "small", seed=5)
    lines = (tmp_path / "truth.jsonl").read_text("utf-8").splitlines()
    assert (tmp_path / "small" / "truth.jsonl").read_text("utf-8").splitlines() == lines[:12]
    for line in lines:
        told = json.loads(line)
        text = (tmp_path / "docs" / told["doc"]).read_text("utf-8")
        assert all(form in text for named in told["names"] for form in named["name"])
