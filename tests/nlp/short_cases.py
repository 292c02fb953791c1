"""Files of short cases of one phenomenon each, and what fails of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from tests.nlp.extracted import extracted
from unionkg.graph.model import Extraction

Expected = TypeVar("Expected")


@dataclass(frozen=True, slots=True)
class Case(Generic[Expected]):
    """A text of one phenomenon and what is expected of it."""

    phenomenon: str
    text: str
    expected: tuple[Expected, ...]


class CaseFile(Generic[Expected]):
    """The cases of `cases/<name>`, a phenomenon, a text and its expectations a line, and what fails of them."""

    def __init__(
        self,
        name: str,
        separator: str,
        read: Callable[[str], Expected],
        holds: Callable[[Expected, str, Extraction], bool],
        explained: Callable[[Iterable[Expected], Extraction], str],
    ) -> None:
        """`read` reads one expectation as written, `holds` tells whether a text's extraction meets it, `explained` says
        which were missed and what was found.
        """
        lines = Path(__file__).with_name("cases").joinpath(name).read_text("utf-8").splitlines()
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        self.cases = tuple(
            Case(phenomenon, text.replace("\\n", "\n"), tuple(map(read, wanted.split(separator))))
            for phenomenon, text, wanted in rows
        )
        self._holds = holds
        self._explained = explained
        self._failing: dict[str, list[str]] = {}

    def of(self, phenomenon: str) -> list[Case[Expected]]:
        """Return the cases of a phenomenon."""
        return [case for case in self.cases if case.phenomenon == phenomenon]

    def failures(self, phenomenon: str) -> list[str]:
        """Return a line for each failing case of a phenomenon."""
        if phenomenon not in self._failing:
            self._failing[phenomenon] = [line for case in self.of(phenomenon) if (line := self._failure(case))]
        return self._failing[phenomenon]

    def _failure(self, case: Case[Expected]) -> str:
        found = extracted(case.text)
        missed = [one for one in case.expected if not self._holds(one, case.text, found)]
        return f"{case.phenomenon}\t{case.text!r}\t{self._explained(missed, found)}" if missed else ""
