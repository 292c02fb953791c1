"""The documentation knows every command and option, and the code every one that is documented."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from tests.conftest import ROOT
from unionkg.cli.app import app
from unionkg.exports.questions import questions

COMMANDS: dict[str, Any] = dict(vars(typer.main.get_command(app))["commands"])
HELP = {"-h", "--help"}


def options(command: Any) -> set[str]:
    """The long names of a command's options."""
    found = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    return {name for name in found if name.startswith("--")} - HELP


def sections(root: Path) -> dict[str, str]:
    """The sections on commands in the documentation, by command."""
    text = (root / "docs" / "command-line.md").read_text("utf-8")
    parts = re.split(r"^## unionkg (\w+)", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_every_command_has_its_section_and_no_other_does(root: Path) -> None:
    assert list(sections(root)) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented(root: Path, name: str) -> None:
    section = sections(root)[name]
    shared = sections(root)["extract"] if "The options are those of `extract`" in section else ""
    for option in options(COMMANDS[name]):
        assert re.search(rf"`{option}[ `]", section + shared), f"{name} {option} is not in docs/command-line.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_documented_that_there_is_not(root: Path, name: str) -> None:
    assert set(re.findall(r"`(--[a-z-]+)", sections(root)[name])) <= options(COMMANDS[name])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_text_has_an_example(name: str) -> None:
    assert re.search(rf"Example:\n\s+unionkg {name}\b", COMMANDS[name].help)


def test_every_format_is_documented(root: Path) -> None:
    from unionkg.exports.formats import FORMATS

    for name in FORMATS:
        assert f"`{name}`" in sections(root)["export"]


def test_every_saved_question_is_documented(root: Path) -> None:
    text = (root / "docs" / "queries.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \| (.*) \| (.*) \|$", text, flags=re.MULTILINE)
    assert rows == [
        (question.name, question.zh, question.en, ", ".join(f"`{name}`" for name in question.parameters))
        for question in questions()
    ]
    for readme in ("README.md", "README.zh.md"):
        assert (
            f" {len(questions())} "
            in re.findall(r"^\| `unionkg query.*", (root / readme).read_text("utf-8"), re.MULTILINE)[0]
        )


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readmes_list_every_command(root: Path, readme: str) -> None:
    listed = re.findall(r"^\| `unionkg (\w+)", (root / readme).read_text("utf-8"), flags=re.MULTILINE)
    assert listed == list(COMMANDS)


def pages() -> list[Path]:
    return [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target
