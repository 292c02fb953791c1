"""The page to ask from: YASGUI with the saved questions as its tabs. It asks this server and no other."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse

from unionkg.exports.questions import Question, bound, questions
from unionkg.graph.schema import PREFIXES
from unionkg.server.language import Language
from unionkg.server.pages.rendering import reader_of
from unionkg.server.replies import CUT
from unionkg.server.sparql.assets import address
from unionkg.viz.template import json_block

EMPTY = "SELECT ?union ?name WHERE {\n  ?union a ukg:TradeUnion ; skos:prefLabel ?name .\n}\nLIMIT 10\n"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The editor measures and places itself with style attributes, hence 'unsafe-inline' for these."""

WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "title": "SPARQL 查询",
        "about": "对本知识图谱提问。图谱的前缀不必声明；每个标签页是一个预设问题，可以改了再问。",
        "empty": "空白",
        "cut": "答案不全：只给出前 {rows} 行。请用 LIMIT 与 OFFSET 分次取，或把问题问得更窄。",
        "script": "这一页要用 JavaScript；程序可按 SPARQL 1.1 协议直接访问本地址。",
    },
    "en": {
        "title": "SPARQL queries",
        "about": (
            "Ask this knowledge graph. Its prefixes need no declaration; each tab is a saved question, to be changed and"
            " asked."
        ),
        "empty": "Empty",
        "cut": (
            "The answer is not whole: these are its first {rows} rows. Take it in parts with LIMIT and OFFSET, or ask for"
            " less."
        ),
        "script": "This page needs JavaScript; programs can ask at this address by the SPARQL 1.1 Protocol.",
    },
}


def page(request: Request, path: str) -> HTMLResponse:
    """Return the page in the language that is asked for with `lang`, or preferred by the browser."""
    reader = reader_of(request)
    language = reader.language
    html = _template().render(
        reader=reader,
        words=WORDS[language],
        address=address,
        data=json_block(
            {"endpoint": path, "tabs": tabs(language), "prefixes": PREFIXES, "cut": CUT, "words": WORDS[language]}
        ),
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "Content-Language": language})


@cache
def tabs(language: Language) -> list[dict[str, str]]:
    """Return the tabs: the empty one, then the saved questions with values for their parameters."""
    saved = [
        {"id": each.name, "name": each.zh if language == "zh" else each.en, "query": _query(each)}
        for each in questions()
    ]
    return [{"id": "empty", "name": WORDS[language]["empty"], "query": _declared(EMPTY)}, *saved]


def _query(question: Question) -> str:
    parameters = question.parameters.items()
    values = {name: each.example if each.default is None else each.default for name, each in parameters}
    return f"# {question.zh}\n# {question.en}\n{_declared(bound(question, values))}"


def _declared(query: str) -> str:
    """Return the query with the prefixes declared that it uses: the server needs none of that, but the editor does."""
    used = [name for name in PREFIXES if re.search(rf"\b{name}:", query)]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + query


@cache
def _template() -> Template:
    source = files("unionkg.server.sparql").joinpath("page.html").read_text("utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
