"""Restoring gives the author's text, keeps the way back, and leaves clean text alone."""

import json
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.nlp.restore import author_text, restore
from unionkg.nlp.script import to_simplified

CLEAN = [
    "清溪市总工会召开八届五次全委会议，选举白杨林为主席。\r\n会议要求，各级工会维护职工合法权益。",
    "“我们的驿站热水不断……”快递员小周说，“谢谢工会！”\n\n休息者可在服务站充电，失业人员可登记。",
    "員工與職工代表協商薪水、休息和財產保護，工會主席任務繁重。",
    "The union’s brand is “car”. 1.2亿元 👍 (a)",
    "",
    "\n \u3000\n",
]
SPUN = (
    "開云app下載 清溪市總工會深刻展開“五年夜舉動”，晉陞職工生涯品德，加大力度平易近包養網主治理，扶植財產工人步包養行情隊。\n"
    "……\n新失業形狀休息者“好的。”藍玉華點了點頭。餐與加入工會，感觸感染到暖和。"
)


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_changes_in_nothing_but_script(text: str) -> None:
    restored = restore(text)
    assert restored.text == to_simplified(text)
    assert not restored.is_spun
    assert restored.noise == ()


def test_a_promotion_that_ends_the_text_without_a_mark_is_cut_to_its_end() -> None:
    assert restore("清溪市总工会开会。\n乐鱼体育官网 世界杯积分榜").text == "清溪市总工会开会。\n"


def test_a_noisy_text_is_given_back() -> None:
    restored = restore(SPUN)
    assert restored.text == (
        "清溪市总工会深入开展“五大行动”，提升职工生活品质，加强民主管理，建设产业工人队伍。\n"
        "……\n新就业形态劳动者参加工会，感受到温暖。"
    )
    assert (restored.is_spun, restored.family) == (True, "b")
    assert [(SPUN[start:end], kind) for start, end, kind in restored.noise] == [
        ("開云app下載", "spam"),
        ("包養網", "spam"),
        ("包養行情", "spam"),
        ("……", "ellipsis"),
        ("“好的。”藍玉華點了點頭。", "foreign_sentence"),
    ]


def test_a_restored_word_leads_back_to_what_is_printed() -> None:
    restored = restore(SPUN)
    start = restored.text.index("队伍")
    intervals = restored.segments.to_original(start, start + 2)
    assert SPUN[intervals[0][0] : intervals[-1][1]] == "步包養行情隊"
    start = restored.text.index("大行动")
    [(low, high)] = restored.segments.to_original(start, start + 1)
    assert SPUN[low:high] == "年夜"


def test_cuts_are_told_from_points_of_silence() -> None:
    text = "坚持……略……原则。\n他说……\n会议最后 ……\n"
    assert [text[start:end] for start, end, _ in restore(text).noise] == ["……略……", "……"]
    assert restore(text).text == text


def test_the_authors_text_has_no_navigation() -> None:
    text = "首页 > 新闻 > 正文\n清溪市总工会开会。\n上一篇：没有了\n"
    assert author_text(text).strip() == "清溪市总工会开会。"


@given(st.text("工會包養網年夜平易近步隊餐與加入“好的。”她點頭……\n\r 1a(ā)開云體育", max_size=80))
def test_the_segments_cover_any_text(text: str) -> None:
    restored = restore(text)
    position = 0
    for segment in restored.segments.segments:
        assert segment.start == position
        position = segment.end
        assert segment.rule or text[segment.start : segment.end] == segment.text
    assert position == len(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in restored.noise)


def character_error(text: str, want: str) -> float:
    """Return the edit distance over the length of `want`, white space ignored (bit-parallel, Hyyrö 2003)."""
    text, want = "".join(text.split()), "".join(want.split())
    places: dict[str, int] = {}
    for place, character in enumerate(text):
        places[character] = places.get(character, 0) | 1 << place
    ones = (1 << len(text)) - 1
    plus, minus, distance = ones, 0, len(text)
    for character in want:
        match = places.get(character, 0)
        diagonal = (((match & plus) + plus) ^ plus) | match | minus
        up, down = minus | ~(diagonal | plus) & ones, plus & diagonal
        distance += (up >> len(text) - 1 & 1) - (down >> len(text) - 1 & 1)
        up, down = (up << 1 | 1) & ones, (down << 1) & ones
        plus, minus = (down | ~(diagonal | up)) & ones, up & diagonal
    return distance / len(want)


@pytest.mark.parametrize(
    ("text", "distance"), [("工会", 0), ("工 会", 0), ("工回", 1), ("会", 1), ("职工会", 1), ("会工", 2)]
)
def test_the_character_error_is_the_edit_distance(text: str, distance: int) -> None:
    assert character_error(text, "工会") == distance / 2


def gold_documents(shared: Path) -> list[tuple[Path, Path]]:
    return [
        *((path, shared / "gold" / f"{path.stem}.json") for path in sorted((shared / "seeds").glob("*.txt"))),
        *((path, shared / "dev/gold" / f"{path.stem}.json") for path in sorted((shared / "dev/docs").glob("*.txt"))),
    ]


SPUN_DOCUMENTS = ("000", "004", "a11", "b12")


def test_clean_gold_documents_change_in_nothing_but_script(shared: Path) -> None:
    for path, _ in gold_documents(shared):
        if not path.name.startswith(SPUN_DOCUMENTS):
            text = path.read_bytes().decode()
            restored = restore(text)
            assert restored.text == to_simplified(text), path.name
            assert not restored.is_spun


def test_spun_documents_come_close_to_their_originals(shared: Path) -> None:
    originals = {
        path.name[:3]: path for folder in ("restore", "dev/restored") for path in (shared / folder).glob("*.txt")
    }
    for path, _ in gold_documents(shared):
        if path.name.startswith(SPUN_DOCUMENTS):
            want = originals[path.name[:3]].read_text("utf-8")
            assert character_error(author_text(path.read_bytes().decode()), want) < 0.04, path.name


def test_noise_is_found_and_nothing_else(shared: Path) -> None:
    """A keyword inside a name is left out: the mention holds it."""
    kinds = {"spam", "foreign_sentence", "ellipsis"}
    for path, gold_path in gold_documents(shared):
        gold = json.loads(gold_path.read_text("utf-8"))
        want = {(one["start"], one["end"], one["kind"]) for one in gold["noise"] if one["kind"] in kinds}
        names = [(one["start"], one["end"]) for one in gold["mentions"]]
        found = {
            (start, end, kind)
            for start, end, kind in restore(path.read_bytes().decode()).noise
            if not any(low <= start and end <= high for low, high in names)
        }
        assert found == want, path.name


def test_spun_pages_written_for_unionkg_come_close_to_their_originals() -> None:
    pages = sorted((Path(__file__).parents[2] / "benchmarks" / "spun" / "pages").glob("*.txt"))
    originals = [path.parents[1] / "originals" / path.name for path in pages]
    errors = [
        character_error(author_text(page.read_text("utf-8")), original.read_text("utf-8"))
        for page, original in zip(pages, originals, strict=True)
    ]
    assert len(errors) == 14
    assert mean(errors) < 0.075
