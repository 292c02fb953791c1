"""The self-contained page: our own template, filled in.

What comes from documents enters the page in two ways only: the title, escaped by the template engine, and the data
blocks, which are JSON in which no character can end a script element. The page's own script puts data in as text. A
content security policy allows the scripts written here, by their hashes, and no request of any kind.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

VIS_NETWORK = "vendor/vis-network-9.1.13/vis-network.min.js"
WORDS = "templates/words.json"
SCRIPTS = (
    *("model.js", "search.js", "filter.js", "places.js", "paths.js", "labels.js", "canvas.js"),
    *("evidence.js", "panel.js", "reader.js", "table.js", "address.js", "drawing.js", "take.js", "view.js"),
)


def page(title: str, data: dict[str, object]) -> str:
    """Return the page as HTML text; `data` is readable to its script by name."""
    # Without its last line, which would have a debugger look for a source map beside the page.
    library = asset(VIS_NETWORK).partition("//# sourceMappingURL=")[0]
    scripts = [library, "\n".join(['"use strict";', *(asset(f"templates/{name}") for name in SCRIPTS)])]
    return (
        environment()
        .get_template("view.html")
        .render(
            title=without_surrogates(title),
            policy=content_security_policy(scripts),
            style=Markup(asset("templates/view.css")),
            scripts=[Markup(script) for script in scripts],
            data={name: json_block(value) for name, value in (data | {"words": json.loads(asset(WORDS))}).items()},
        )
    )


def json_block(value: object) -> Markup:
    """Return compact JSON that may stand inside a script element.

    `<`, `>` and `&` are escaped, so that neither `</script>` nor `<!--` can occur, and U+2028 and U+2029, which older
    script engines take for line ends. Lone surrogates, which UTF-8 cannot hold, become U+FFFD.

    >>> print(json_block({"name": "</script>"}))
    {"name":"\\u003c/script\\u003e"}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = without_surrogates(text)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def content_security_policy(scripts: list[str]) -> str:
    """Return the policy under which just `scripts` run, and nothing is ever fetched.

    Inline styles are allowed: vis-network puts its own style sheet into the page, and without images, fonts or
    connections from elsewhere a style can carry nothing out.
    """
    hashes = " ".join(map(source_hash, scripts))
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def source_hash(text: str) -> str:
    """Return how a content security policy names the script or the style that it allows."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def without_surrogates(text: str) -> str:
    """Return the text with U+FFFD for lone surrogates, which UTF-8 cannot hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def asset(name: str) -> str:
    """Return the text of a file of this room, by its path in it."""
    return files("unionkg.viz").joinpath(name).read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    """Return the template engine: it escapes what it is given, and refuses a name it does not know."""
    loader = FunctionLoader(lambda name: asset(f"templates/{name}"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
