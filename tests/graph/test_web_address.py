"""What is an address of a page on the web, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.graph.web_address import LONGEST, web_address


@pytest.mark.parametrize(
    "text",
    [
        "http://gonghui.example",
        "https://www.gonghui.example:8443/2024-03/05/content_7.htm?id=1&page=2#top",
        "https://工会.example/新闻/1.html",
        "https://gonghui.example/%E5%B7%A5%E4%BC%9A",
        "HTTPS://GONGHUI.EXAMPLE/",
    ],
)
def test_an_absolute_address_is_taken_as_it_is(text: str) -> None:
    assert web_address(text) == text
    assert web_address(f"  {text}\n") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gonghui.example/news",
        "/news/1.html",
        "//gonghui.example/news",
        "https:///news",
        "https://.../news",
        "https:gonghui.example",
        "javascript:alert(1)",
        "JaVaScRiPt://gonghui.example/%0aalert(1)",
        "data:text/html,<b>1</b>",
        "file:///etc/passwd",
        "ftp://gonghui.example/1",
        "https://somebody:secret@gonghui.example/",
        "https://somebody@gonghui.example/",
        "https://gonghui.example:99999/",
        "https://gonghui.example/a b",
        "https://gonghui.example/a\nb",
        "https://gonghui.example/<script>",
        'https://gonghui.example/"onclick="x',
        "https://gonghui.example/a\\b",
        "https://gonghui.example/100%",
        "https://gonghui.example/\u202egnp.exe",
        "https://gonghui.example/\ud800",
        "https://[::1/",
        "https://gonghui.example/" + "a" * LONGEST,
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert web_address(text) is None


@given(st.text() | st.text().map("https://".__add__))
def test_what_is_taken_stays_so_and_can_be_written_anywhere(text: str) -> None:
    found = web_address(text)
    if found is not None:
        assert web_address(found) == found
        assert found.encode()
        assert not set(found) & set('<>"{}|\\^` \n')
        assert found.lower().startswith(("http://", "https://"))
