"""From a folder of messy Chinese web documents to a linked, evidenced knowledge graph of trade unions.

    import unionkg

    kg = unionkg.build(["documents"], out="KG")
    kg = unionkg.load("KG")

The rooms behind this door are `unionkg.graph`, `unionkg.nlp`, `unionkg.exports` and `unionkg.viz`. The names here are
loaded when they are first asked for, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unionkg.building import build
    from unionkg.kg import KG, load

    __version__: str

__all__ = ["KG", "__version__", "build", "load"]


def __getattr__(name: str) -> object:
    if name == "build":
        from unionkg.building import build

        return build
    if name == "KG":
        from unionkg.kg import KG

        return KG
    if name == "load":
        from unionkg.kg import load

        return load
    if name == "__version__":
        from importlib.metadata import version

        return version("unionkg")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
