"""The command line. Nothing heavy is imported before a command needs it, so that `--help` answers at once."""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit: 0 done, 1 done with failures or not done, 2 wrong usage, 130 interrupted."""
    from unionkg.cli.app import app

    app(prog_name="unionkg")
