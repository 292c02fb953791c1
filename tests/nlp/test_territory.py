"""What a bare level word means in one document."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import places_in
from unionkg.nlp.territory import Territory


def meant(text: str, word: str, openers: tuple[str, ...] = (), title: str = "") -> str | None:
    """Return the name of the place that `word` means at the end of `text`.

    `openers` are the places that open institutions, `title` the title.
    """
    territory = Territory(
        text, places_in(text), {text.index(name) for name in openers}, (0, len(title)) if title else None
    )
    place = territory.meant_by(word, len(text))
    return place.name if place is not None else None


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("山西省太原市杏花岭区的驿站，", "省", "山西省"),
        ("山西省太原市杏花岭区的驿站，", "市", "太原市"),
        ("山西省太原市杏花岭区的驿站，", "区", "杏花岭区"),
        ("山西省太原市杏花岭区的驿站，", "县", None),
        ("广西河池，", "自治区", "广西壮族自治区"),
        ("青海省海西蒙古族藏族自治州，", "州", "海西蒙古族藏族自治州"),
        ("新疆喀什地区，", "地区", "喀什地区"),
        ("内蒙古锡林郭勒盟，", "盟", "锡林郭勒盟"),
        ("昆山市，", "市", "昆山市"),
        ("贺兰县立岗镇，", "镇", "立岗镇"),
        ("职工，", "省", None),
    ],
)
def test_the_only_place_of_a_level_is_meant(text: str, word: str, name: str | None) -> None:
    assert meant(text, word) == name


def test_a_province_that_is_not_named_is_that_of_the_places() -> None:
    assert meant("兰州市和天水市的职工，", "省") == "甘肃省"
    assert meant("太原市和渭南市的职工，", "省") is None


def test_the_place_that_is_named_most_leads() -> None:
    assert meant("山西省、陕西省、山西省、山西省、山西省、陕西省，", "省") == "山西省"


def test_an_institutions_place_and_the_title_weigh_more() -> None:
    assert meant("山西省总工会会同陕西省、陕西省的同行，", "省", openers=("山西省",)) == "山西省"
    assert meant("山西省职工运动会\n来自陕西省、陕西省的选手，", "省", title="山西省职工运动会") == "山西省"


def test_without_a_clear_lead_the_nearest_before_decides() -> None:
    assert meant("山西省的职工与陕西省的职工，", "省") == "陕西省"
    text = "山西省总工会和四川省总工会，以及陕西省的职工，"
    assert meant(text, "省", openers=("山西省", "四川省")) == "四川省"


def test_a_place_that_the_text_leaves_open_has_no_vote() -> None:
    assert meant("朝阳区的职工，", "区") is None
