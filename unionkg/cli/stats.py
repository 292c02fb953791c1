"""`unionkg stats`"""

from __future__ import annotations

from pathlib import Path

from unionkg.cli.console import printable, put
from unionkg.cli.options import Folder, Json


def stats_command(folder: Folder, as_json: Json = False) -> None:
    """Print how much a knowledge graph holds, by type, and which sources could not be used.

    \b
    Example:
      unionkg stats KG
    """
    put(stats(folder, as_json))


def stats(folder: Path, as_json: bool) -> str:
    """Return the figures as lines of text, or as JSON."""
    import msgspec

    from unionkg.kg import load

    manifest = load(folder).manifest
    failures = {source.path: source.reason for source in manifest.sources if source.state == "failed"}
    counts = msgspec.to_builtins(manifest.counts)
    if as_json:
        return msgspec.json.format(msgspec.json.encode({**counts, "failures": failures}), indent=1).decode()
    lines: list[str] = []
    for what, figure in counts.items():
        by_kind = figure if isinstance(figure, dict) else {}
        lines.append(f"{what:24} {sum(by_kind.values()) if isinstance(figure, dict) else figure:>8}")
        lines += [f"  {kind:22} {number:>8}" for kind, number in by_kind.items()]
    lines += [f"failed: {printable(str(reason))}" for reason in failures.values()]
    return "\n".join(lines)
