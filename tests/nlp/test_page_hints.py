"""What a page's tags say of it counts as far as the page shows it."""

from __future__ import annotations

import time

import pytest
from lxml.html import HTMLParser, document_fromstring

from unionkg.nlp.page_hints import hints_of

TITLE = "市总工会慰问环卫工人"


def hints(head: str, *lines: str) -> dict[str, str]:
    page = document_fromstring(f"<html><head>{head}</head></html>".encode(), parser=HTMLParser(encoding="utf-8"))
    return hints_of(page, lines)


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        f"{TITLE}_工会要闻_清溪市总工会",
        f"清溪市总工会--{TITLE}",
        f"清溪市总工会 工会动态 {TITLE}",
        f"工会动态 - {TITLE} | 清溪市总工会",
    ],
)
def test_a_title_is_the_part_that_is_a_line_of_the_page(title: str) -> None:
    assert hints(f"<title>{title}</title>", "清溪市总工会网站", TITLE, "正文") == {"title": TITLE}


def test_a_title_with_a_dash_of_its_own_stays_whole() -> None:
    title = "凝心聚力 砥砺前行——清溪市总工会工作综述"
    assert hints(f"<title>{title}_清溪网</title>", "凝心聚力 砥砺前行", title) == {"title": title}


def test_a_title_within_a_line_loses_only_what_is_behind_it() -> None:
    assert hints(f"<title>{TITLE}_清溪网</title>", f"[要闻]{TITLE}", "清溪网欢迎您") == {"title": TITLE}
    assert hints(f"<title>清溪市总工会_{TITLE}在即</title>", "版权属清溪市总工会所有") == {"title": "清溪市总工会"}


def test_many_titles_with_many_dashes_take_no_time() -> None:
    start = time.monotonic()
    hints("<title>" + "工-会" * 100 + "</title>" + "<h1>工-会-工-会-工-会-工-会-工-会</h1>" * 20_000, "工会")
    assert time.monotonic() - start < 5  # it takes 0.2 s
