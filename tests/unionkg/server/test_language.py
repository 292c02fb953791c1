"""The language of an answer is chosen by one rule, at whatever address."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from unionkg.server.language import Language


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", None, "zh"),
        ("", "", "zh"),
        ("", "de", "zh"),
        ("", "*", "zh"),
        ("", "fr, en;q=0.3, zh;q=0.9", "zh"),
        ("", "zh;q=0.3, fr, en-GB;q=0.9", "en"),
        ("", "de, en;q=0.1", "en"),
        ("", "en, zh-Hant-TW", "zh"),
        ("", "en;q=9;;, zh;q=0.1", "zh"),
        ("", "en;q=0, *;q=0.5", "zh"),
        ("?lang=en", "zh", "en"),
        ("?lang=zh", "en", "zh"),
        ("?lang=fr", "en", "en"),
    ],
)
def test_the_language_is_that_of_the_address_else_the_preferred_one_else_chinese(
    client: TestClient, query: str, header: str | None, language: Language
) -> None:
    headers = {"Accept": "text/html"} | ({} if header is None else {"Accept-Language": header})
    for path in ("/", "/questions", "/sparql"):
        answer = client.get(f"{path}{query}", headers=headers)
        assert answer.headers["content-language"] == language, path
        assert re.search(f'<html lang="{language}[-"]', answer.text), path
    names = {"zh": "工会", "en": "trade union"}
    assert client.get(f"/reconcile{query}", headers=headers).json()["defaultTypes"][0]["name"] == names[language]
