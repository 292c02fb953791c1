"""What a service says of itself: its versions, its spaces of ids, and where each of its parts is asked."""

from __future__ import annotations

from importlib.metadata import version

from unionkg.errors import InvalidOption
from unionkg.graph.schema import ENTITY_TYPES
from unionkg.graph.web_address import web_address
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.reconciliation.extend import CONTENTS, SETTINGS
from unionkg.reconciliation.kinds import SCHEMA_SPACE, brief
from unionkg.reconciliation.preview import HEIGHT, WIDTH
from unionkg.reconciliation.queries import BATCH
from unionkg.reconciliation.request import Json

PREVIEW, PROPOSALS = "/preview", "/properties"
SUGGEST, FLYOUT = "/suggest/", "/flyout/"
SUGGESTED = ("entity", "property", "type")
"""The paths below the address of a service, and what follows on those of suggestions and flyouts."""


def service_manifest(catalogue: Catalogue, address: str, *, name: str = "unionkg", view: str | None = None) -> Json:
    """Return the manifest of a service at a public address, such as `https://unions.example/reconcile`.

    `view` is the template of the address of an entity's page, with `{{id}}` in it; by default that of its preview. Raises
    InvalidOption if the address or the template is none.
    """
    place = (web_address(address) or "").rstrip("/")
    if not place or "?" in place or "#" in place:
        raise InvalidOption(f"the address {address!r} is none of a service; accepted: http or https, without ? and #")
    template = view or f"{place}{PREVIEW}?id={{{{id}}}}"
    if "{{id}}" not in template or web_address(template.replace("{{id}}", "x")) is None:
        raise InvalidOption(f"the view {template!r} is no template; accepted: an address with {{{{id}}}} in it")
    return {
        "versions": ["0.2"],
        "name": name,
        "identifierSpace": catalogue.base,
        "schemaSpace": SCHEMA_SPACE,
        "serviceVersion": version("unionkg"),
        "defaultTypes": [brief(kind, catalogue.language) for kind in _default_kinds()],
        "view": {"url": template},
        "preview": {"url": f"{place}{PREVIEW}?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            one: {
                "service_url": place,
                "service_path": SUGGEST + one,
                "flyout_service_path": f"{FLYOUT}{one}?id=${{id}}",
            }
            for one in SUGGESTED
        },
        "extend": {
            "propose_properties": {"service_url": place, "service_path": PROPOSALS},
            "property_settings": _settings(catalogue),
        },
        "batchSize": BATCH,
    }


def _default_kinds() -> list[tuple[str, str | None]]:
    return [("ORG", "union"), *((name, None) for name in ENTITY_TYPES)]


def _settings(catalogue: Catalogue) -> list[Json]:
    at = 0 if catalogue.language == "zh" else 1
    told = {name: {"name": name, "label": row[at], "help_text": row[at + 2]} for name, row in SETTINGS.items()}
    choices = [{"value": one, "name": one} for one in CONTENTS]
    return [
        {**told["limit"], "type": "number", "default": 0},
        {**told["content"], "type": "select", "default": CONTENTS[0], "choices": choices},
    ]
