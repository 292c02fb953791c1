"""The numbers that a word processor makes are before the paragraphs, as it prints them."""

from __future__ import annotations

import pytest
from docx.oxml.parser import parse_xml
from lxml.etree import _Element as Element

from unionkg.nlp.numbering import LONGEST_PATTERN, Numbering, as_number

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def part(tag: str, xml: str) -> Element:
    return parse_xml(f'<w:{tag} xmlns:w="{W}">{xml}</w:{tag}>')


def level(place: int, format: str, pattern: str, more: str = "", start: int | None = 1) -> str:
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return f'<w:lvl w:ilvl="{place}">{begin}<w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def listed(key: int, base: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{base}"/>{overrides}</w:num>'


def restarted(place: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(key: str, properties: str = "", based_on: str = "", more: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}"{more}>{base}<w:pPr>{properties}</w:pPr></w:style>'


def in_list(key: int | None = None, place: int | None = None) -> str:
    inside = "" if place is None else f'<w:ilvl w:val="{place}"/>'
    inside += "" if key is None else f'<w:numId w:val="{key}"/>'
    return f"<w:numPr>{inside}</w:numPr>"


def styled(key: str, more: str = "") -> str:
    return f'<w:pStyle w:val="{key}"/>{more}'


def numbers(numbering: str, paragraphs: list[str], styles: str = "") -> list[str]:
    """The numbers before paragraphs of these properties."""
    counting = Numbering(part("numbering", numbering), part("styles", styles))
    return [counting.number(part("p", f"<w:pPr>{properties}</w:pPr>")) for properties in paragraphs]


PROGRAMME = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
) + listed(1, 0)


def test_the_headings_of_a_programme_are_numbered_level_by_level() -> None:
    places = [0, 1, 1, 2, 3, 3, 2, 1, 2, 0, 1]
    assert numbers(PROGRAMME, [in_list(1, place) for place in places]) == [
        *("一、", "（一）", "（二）", "1. ", "① ", "② ", "2. ", "（三）", "1. ", "二、", "（一）"),
    ]


def test_text_between_does_not_count_and_two_lists_of_one_kind_are_one() -> None:
    paragraphs = [in_list(1), "", in_list(2), in_list(0), in_list(9), in_list(1)]
    assert numbers(PROGRAMME + listed(2, 0), paragraphs) == ["一、", "", "二、", "", "", "三、"]


def test_a_list_that_starts_anew_does_so_once() -> None:
    numbering = PROGRAMME + listed(2, 0, restarted(0, 1) + restarted(1, 5))
    paragraphs = [in_list(1), in_list(1), in_list(2), in_list(2, 1), in_list(2), in_list(2, 1), in_list(1)]
    assert numbers(numbering, paragraphs) == ["一、", "二、", "一、", "（五）", "二、", "（五）", "三、"]


def test_a_list_may_have_levels_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "第%1编")}</w:lvlOverride>'
    assert numbers(PROGRAMME + listed(2, 0, own), [in_list(1), in_list(2), in_list(2, 1)]) == [
        "一、",
        "第II编 ",
        "（一）",
    ]


def test_numbers_of_several_levels_are_put_together() -> None:
    levels = (
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "%1.%2.%3)", '<w:suff w:val="nothing"/>', 3),
    )
    found = numbers(abstract(0, *levels) + listed(1, 0), [in_list(1, place) for place in (2, 0, 1, 2, 2)])
    assert found == ["一.1.c)", "第一章 ", "1.1 ", "一.1.c)", "一.1.d)"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("", ["1", "1", "1"]), ('<w:lvlRestart w:val="0"/>', ["1", "2", "3"]), ('<w:lvlRestart w:val="1"/>', list("121"))],
)
def test_a_level_starts_again_below_the_levels_it_says(restart: str, expected: list[str]) -> None:
    levels = (level(0, "decimal", "%1"), level(1, "decimal", "%2"), level(2, "decimal", "%3", restart))
    places = [0, 1, 2, 1, 2, 0, 2]
    found = numbers(abstract(0, *levels) + listed(1, 0), [in_list(1, place) for place in places])
    assert [number.strip() for number, place in zip(found, places, strict=True) if place == 2] == expected


def test_bullets_and_empty_patterns_are_no_numbers() -> None:
    levels = (
        level(0, "bullet", "\uf0b7"),
        level(1, "decimal", ""),
        level(2, "none", "附件"),
        level(3, "decimal", "%1"),
    )
    assert numbers(abstract(0, *levels) + listed(1, 0), [in_list(1, place) for place in range(4)]) == [
        *("", "", "附件 ", "")
    ]


def test_styles_number_their_paragraphs() -> None:
    styles = (
        style("a", "", more=' w:default="1"')
        + style("1", in_list(1))
        + style("2", in_list(1, 1), "1")
        + style("3", "", "2")
        + style("4", in_list(0), "1")
    )
    paragraphs = [styled("1"), styled("2"), "", styled("3"), styled("4"), styled("2", in_list(0)), styled("1")]
    assert numbers(PROGRAMME, paragraphs, styles) == ["一、", "（一）", "", "（二）", "", "", "二、"]
    assert numbers(PROGRAMME, [styled("1", in_list(None, 1)), styled("2", in_list(1))], styles) == ["（一）", "（二）"]


def test_a_level_may_name_its_style() -> None:
    levels = (level(0, "decimal", "%1"), level(1, "chineseCounting", "%2、", '<w:pStyle w:val="2"/>'))
    assert numbers(abstract(0, *levels) + listed(1, 0), [styled("2")], style("2", in_list(1))) == ["一、"]


def test_the_default_style_numbers_paragraphs_without_style() -> None:
    assert numbers(PROGRAMME, ["", in_list(0)], style("a", in_list(1), more=' w:default="1"')) == ["一、", ""]


def test_a_list_may_be_defined_by_a_style_of_lists() -> None:
    numbering = (
        abstract(0, '<w:styleLink w:val="S"/>', level(0, "ideographTraditional", "%1、"))
        + abstract(1, '<w:numStyleLink w:val="S"/>')
        + listed(1, 0)
        + listed(2, 1)
    )
    assert numbers(numbering, [in_list(2), in_list(2)]) == ["甲、", "乙、"]


def test_the_format_that_every_program_knows_is_taken() -> None:
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>'
    )
    own = f'<w:lvl w:ilvl="0"><w:start w:val="7"/>{choice}<w:lvlText w:val="%1"/></w:lvl>'
    assert numbers(abstract(0, own) + listed(1, 0), [in_list(1)]) == ["07 "]


@pytest.mark.parametrize(
    "numbering",
    [
        "",
        listed(1, 7),
        abstract(0) + listed(1, 0),
        abstract(0, level(12, "decimal", "%1")) + listed(1, 0, restarted(99, 1)),
        abstract(0, '<w:numStyleLink w:val="S"/>', '<w:styleLink w:val="S"/>') + listed(1, 0),
        abstract(0, level(0, "decimal", "9" * (LONGEST_PATTERN + 1))) + listed(1, 0),
        '<w:num w:numId="1"/><w:abstractNum/>',
    ],
)
def test_what_is_not_defined_is_not_numbered(numbering: str) -> None:
    cycle = style("a", "", "b") + style("b", "", "a")
    assert numbers(numbering, [in_list(1), in_list(1, 99), styled("a"), styled("nowhere")], cycle) == [""] * 4


def test_numbers_beyond_all_lists_are_digits() -> None:
    numbering = abstract(0, level(0, "upperRoman", "%1.", start=999_999_999)) + listed(1, 0)
    assert numbers(numbering, [in_list(1)]) == ["999999999. "]
    huge = abstract(0, '<w:lvl w:ilvl="0"><w:start w:val="' + "9" * 5000 + '"/><w:lvlText w:val="%1"/></w:lvl>')
    assert numbers(huge + listed(1, 0), [in_list(1)]) == ["0 "]


@pytest.mark.parametrize(
    ("format", "written"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一〇一"}),
        ("chineseCountingThousand", {10: "十", 15: "十五", 100: "一百", 101: "一百零一", 110: "一百一十", 2005: "二千零五"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹"}),
        ("ideographDigital", {1: "一", 10: "一〇", 12: "一二", 0: "0"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 101: "百一", 1000: "千", 3100: "三千百"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA"}),
        ("lowerLetter", {2: "b", 28: "bb"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX"}),
        ("lowerRoman", {9: "ix"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("numberInDash", {3: "- 3 -"}),
        ("decimal", {12: "12", -1: "-1"}),
        ("thaiCounting", {12: "12"}),
    ],
)  # fmt: skip
def test_formats_of_numbers(format: str, written: dict[int, str]) -> None:
    assert {number: as_number(number, format) for number in written} == written
