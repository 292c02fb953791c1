"""Title, date, source, authors and editors of a page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.nlp.layout import lay_out
from unionkg.nlp.metadata import Found, find_metadata


def read(text: str, **hints: str) -> Found:
    return find_metadata(text, lay_out(text), hints)


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in read(text).names]


REPORT = """贵州省总工会召开十四届三次全委会
2024-05-06 10:30 来源：贵州工人报 作者：岑望舒
5月5日，会议在贵阳召开。
（责任编辑：韦知秋）"""


def test_a_report_with_all_labels() -> None:
    found = read(REPORT)
    assert found.title == "贵州省总工会召开十四届三次全委会"
    assert found.title_span == (0, len(found.title))
    assert found.date == "2024-05-06"
    assert found.source == "贵州工人报"
    assert found.authors == ("岑望舒",)
    assert found.editors == ("韦知秋",)
    assert names(REPORT) == ["岑望舒", "韦知秋"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("发布时间：2023年12月1日", "2023-12-01"),
        ("时间:2023/12/1", "2023-12-01"),
        ("日期：2023.12.01", "2023-12-01"),
        ("2023-12-01 08:15:30", "2023-12-01"),
        ("2023年12月1日", "2023-12-01"),
        ("来源：云南工会网 2023年12月1日", "2023-12-01"),
        ("发布时间：2023年13月1日", None),
        ("会议于12月1日召开", None),
    ],
)
def test_the_date_of_a_head_line(line: str, date: str | None) -> None:
    assert read(f"云南省总工会部署劳动竞赛\n{line}\n会议在昆明召开。").date == date


def test_a_notice_is_dated_by_its_last_line() -> None:
    text = "四川省总工会关于开展劳动竞赛的通知\n各市（州）总工会：\n请认真组织。\n四川省总工会\n2022年3月4日"
    assert read(text).date == "2022-03-04"


def test_a_day_inside_the_text_is_not_its_date() -> None:
    assert read("青海省总工会走访职工\n2021年7月1日，工作组来到海西州。\n职工很高兴。").date is None


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：福建省总工会", "福建省总工会"),
        ("文章来源: 海峡工运", "海峡工运"),
        ("稿源：福建工会网　2024-01-02", "福建工会网"),
        ("2024-01-02 09:00 福建工会网", "福建工会网"),
        ("新的就业来源很多", None),
    ],
)
def test_the_source_of_a_head_line(line: str, source: str | None) -> None:
    assert read(f"福建省总工会慰问一线职工\n{line}\n工作组来到泉州。").source == source


@pytest.mark.parametrize(
    ("line", "authors", "editors"),
    [
        ("作者：岑望舒", ("岑望舒",), ()),
        ("（作者：岑望舒 韦知秋）", ("岑望舒", "韦知秋"), ()),
        ("本报讯（记者 司马青云 通讯员 岑望舒、韦知秋）", ("司马青云", "岑望舒", "韦知秋"), ()),
        ("记者：岑 望", ("岑望",), ()),
        ("通讯员 卓玛·央金", ("卓玛·央金",), ()),
        ("责任编辑：覃小满", (), ("覃小满",)),
        ("（责编：覃小满、欧阳青禾）", (), ("覃小满", "欧阳青禾")),
        ("编辑：覃小满 校对：韦知秋", (), ("覃小满",)),
        ("记者来到工地现场采访。", (), ()),
    ],
)
def test_writers_and_editors(line: str, authors: tuple[str, ...], editors: tuple[str, ...]) -> None:
    found = read(f"西藏自治区总工会送清凉到工地\n会议在拉萨召开。\n{line}")
    assert (found.authors, found.editors) == (authors, editors)


def test_a_name_alone_under_the_title_is_the_author() -> None:
    text = "工会工作要用心用情\n\n岑 望\n\n一线职工有什么期盼，工会就做什么。"
    assert read(text).authors == ("岑望",)
    assert names(text) == ["岑 望"]


@pytest.mark.parametrize("word", ["导读", "摘 要", "正文", "要闻"])
def test_a_word_alone_under_the_title_is_no_author(word: str) -> None:
    assert read(f"工会工作要用心用情\n{word}\n一线职工有什么期盼，工会就做什么。").authors == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("海南省总工会换届\n会议在海口召开。", "海南省总工会换届"),
        ("\n\n\u3000\u3000海南省总工会换届\u3000\n会议在海口召开。", "海南省总工会换届"),
        ("来源：海南工会网\n海南省总工会换届\n会议在海口召开。", "海南省总工会换届"),
        ("琼工发〔2024〕3号\n关于开展劳动竞赛的通知\n各市县总工会：", "关于开展劳动竞赛的通知"),
        ("原标题：海南省总工会换届\n会议在海口召开。", "海南省总工会换届"),
        ("海口速递\n原标题：海南省总工会换届\n会议在海口召开。", "海南省总工会换届"),
        ("正文从一句话开始，没有题目。\n第二句。", None),
        ("各市县总工会：\n请认真组织。", None),
        ("工作" * 40 + "\n第二句。", None),
        ("", None),
    ],
)
def test_the_title(text: str, title: str | None) -> None:
    assert read(text).title == title


def test_a_title_in_two_lines_with_half_width_marks_is_joined() -> None:
    text = "原标题：湖北省总工会部署冬送温暖(主题)\n让关怀到一线(副题)\n工作组来到襄阳。"
    assert read(text).title == "湖北省总工会部署冬送温暖让关怀到一线"


def test_a_title_in_two_lines_with_full_width_marks_is_joined() -> None:
    text = "原标题：湖北省总工会部署冬送温暖（主题）\n让关怀到一线（副题）\n工作组来到襄阳。"
    assert read(text).title == "湖北省总工会部署冬送温暖让关怀到一线"


def test_what_the_text_says_goes_before_what_the_format_says() -> None:
    found = read(REPORT, title="网页标题", date="2020/1/2", source="某网站")
    assert (found.title, found.date, found.source) == ("贵州省总工会召开十四届三次全委会", "2024-05-06", "贵州工人报")


def test_what_only_the_format_says_is_taken() -> None:
    found = read("一句话新闻，没有题目。", title="网页标题", date="2020/1/2 08:00", source="某网站")
    assert (found.title, found.date, found.source, found.title_span) == ("网页标题", "2020-01-02", "某网站", None)


@pytest.mark.parametrize(
    ("field", "authors"),
    [
        ("岑望舒", ("岑望舒",)),
        ("岑望舒、韦知秋", ("岑望舒", "韦知秋")),
        ("本报记者 岑望舒 通讯员：季 榕", ("岑望舒", "季榕")),
        ("买买提·艾力", ("买买提·艾力",)),
        ("清溪日报", ()),
        ("本报编辑部", ()),
        ("admin", ()),
    ],
)
def test_the_people_of_an_author_field_are_the_authors_of_a_text_that_names_none(
    field: str, authors: tuple[str, ...]
) -> None:
    assert read("一句话新闻，没有题目。", author=field).authors == authors
    assert read("一句话新闻，没有题目。\n（记者 谢清扬）", author=field).authors == ("谢清扬",)


def test_a_date_of_digits_alone_is_read() -> None:
    assert read("一句话新闻，没有题目。", date="20200102").date == "2020-01-02"
    assert read("一句话新闻，没有题目。", date="2020010211").date is None


def test_the_address_is_that_of_the_format_if_it_can_be_followed() -> None:
    text = "换届大会召开\n大会在西宁召开，详见 https://xining.example/9.html 。\n"
    assert read(text).url is None
    assert read(text, url="https://xining.example/7.html").url == "https://xining.example/7.html"
    assert read(text, url="/7.html").url is None


def test_a_hint_that_is_no_date_gives_none() -> None:
    assert read("一句话新闻，没有题目。", date="昨天").date is None


def test_navigation_is_no_title() -> None:
    assert read("当前位置：首页 > 要闻 > 正文\n辽宁省总工会换届\n会议在沈阳召开。").title == "辽宁省总工会换届"


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 31), st.sampled_from("-/."), st.booleans())
def test_a_date_reads_alike_in_every_notation(year: int, month: int, day: int, mark: str, padded: bool) -> None:
    numbers = (f"{month:02d}", f"{day:02d}") if padded else (str(month), str(day))
    for written in (mark.join((str(year), *numbers)), f"{year}年{numbers[0]}月{numbers[1]}日"):
        assert read(f"陕西省总工会换届\n发布时间：{written}\n会议在西安召开。").date == f"{year}-{month:02d}-{day:02d}"


@given(st.text("岑望舒记者作编辑：: \n()（）、/2024-年月日.·来源题目", max_size=40))
def test_names_lie_in_the_text_and_hold_no_label(text: str) -> None:
    found = read(text)
    assert all(0 <= start < end <= len(text) for start, end in found.names)
    for name in (*found.authors, *found.editors):
        assert not any(word in name for word in ("记者", "编辑", "来源"))


@pytest.mark.parametrize(
    ("head", "date", "source", "authors"),
    [
        ("银川晚报　2024年3月5日　岑望舒", "2024-03-05", "银川晚报", ("岑望舒",)),
        ("银川晚报　2024年3月5日　见习记者 岑望舒　通讯员 韦知秋", "2024-03-05", "银川晚报", ("岑望舒", "韦知秋")),
        ("2024/03/05 16:02　来源:银川晚报　记者 岑望舒　点击:1024", "2024-03-05", "银川晚报", ("岑望舒",)),
        ("来源:银川晚报　2024-03-05　文/图:岑望舒 韦知秋", "2024-03-05", "银川晚报", ("岑望舒", "韦知秋")),
        ("来源：银川晚报  作者：岑望舒 韦知秋  时间：2024-03-05 09:38", "2024-03-05", "银川晚报", ("岑望舒", "韦知秋")),
        ("2024-03-05　稿源:银川晚报\n□ 岑望舒", "2024-03-05", "银川晚报", ("岑望舒",)),
        ("2024-03-05\n银川晚报讯(全媒体记者岑望舒 通讯员韦知秋)工会开会。", "2024-03-05", None, ("岑望舒", "韦知秋")),
    ],
)
def test_heads_of_papers(head: str, date: str, source: str | None, authors: tuple[str, ...]) -> None:
    found = read(f"银川市总工会送清凉到工地\n{head}\n工作组来到兴庆区。")
    assert (found.date, found.source, found.authors) == (date, source, authors)


@pytest.mark.parametrize(
    ("foot", "editors"),
    [
        ("(岑望舒 编辑)", ("岑望舒",)),
        ("责任编辑:岑望舒　[我要纠错]", ("岑望舒",)),
        ("编辑:岑望舒　阅读 3012　点赞 56", ("岑望舒",)),
        ("责编:木合塔尔·艾山\n【返回列表】　上一篇　下一篇", ("木合塔尔·艾山",)),
    ],
)
def test_feet_of_pages(foot: str, editors: tuple[str, ...]) -> None:
    assert read(f"银川市总工会送清凉到工地\n工作组来到兴庆区。\n{foot}").editors == editors


def test_a_title_is_taken_with_the_line_behind_its_dash() -> None:
    text = "一把焊枪闯天下\n——记银川市劳动模范岑望舒\n工作组来到兴庆区。"
    assert read(text).title == "一把焊枪闯天下——记银川市劳动模范岑望舒"


def test_languages_and_knobs_above_the_title_are_passed_over() -> None:
    assert read("简体 | 繁体 | 无障碍浏览\n银川市总工会送清凉\n工作组来到兴庆区。").title == "银川市总工会送清凉"


def test_correspondents_the_original_title_and_the_number_of_a_document() -> None:
    found = read("通知转发\n原标题：关于开展劳动竞赛的通知\n银工发〔2024〕3号\n(记者 岑望舒 通讯员 韦知秋)各县总工会：")
    assert found.original_title == "关于开展劳动竞赛的通知"
    assert found.number == "银工发〔2024〕3号"
    assert (found.authors, found.correspondents) == (("岑望舒", "韦知秋"), ("韦知秋",))


def test_a_number_in_running_text_is_not_the_document_s() -> None:
    assert read("银川市总工会开会\n会议学习了银工发〔2024〕3号文件。").number is None


def test_a_long_list_of_names_costs_no_more_than_its_length() -> None:
    names = " ".join(["王明", "李华"] * 200)
    start = time.process_time()
    read(f"海南省总工会换届\n作者 {names} 等人。\n责任编辑 {names}，2024")
    assert time.process_time() - start < 5  # it takes 0.01 s; it took years
