"""The commands under one roof, and what becomes of their errors."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, ParamSpec

import typer

from unionkg.cli.align import align_command
from unionkg.cli.build import build_command
from unionkg.cli.communities import communities_command
from unionkg.cli.console import say
from unionkg.cli.diff import diff_command
from unionkg.cli.export import export_command
from unionkg.cli.extract import extract_command
from unionkg.cli.link import link_command
from unionkg.cli.merges import merges_command
from unionkg.cli.neighbours import neighbours_command
from unionkg.cli.path import path_command
from unionkg.cli.query import query_command
from unionkg.cli.rank import rank_command
from unionkg.cli.restore import restore_command
from unionkg.cli.review import review_command
from unionkg.cli.schema import schema_command
from unionkg.cli.serve import serve_command
from unionkg.cli.stats import stats_command
from unionkg.cli.validate import validate_command
from unionkg.cli.view import view_command
from unionkg.errors import (
    AmbiguousEntity,
    InvalidOption,
    UnionkgError,
    UnknownEntity,
    UnknownFormatName,
    UnknownQuestion,
)

Parameters = ParamSpec("Parameters")


def guarded(command: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """Return the command with our errors as lines on stderr and an exit code: what a user can mend needs no traceback.

    A closed pipe is left to typer, which ends quietly.
    """

    @wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (InvalidOption, UnknownFormatName, UnknownQuestion, UnknownEntity, AmbiguousEntity) as error:
            _say(str(error), error)
            raise typer.Exit(2) from error
        except UnionkgError as error:
            _say(str(error), error)
            raise typer.Exit(1) from error
        except KeyboardInterrupt:
            say("interrupted")
            raise typer.Exit(130) from None
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            _say(f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error), error)
            raise typer.Exit(1) from error

    return run


def _say(line: str, error: Exception) -> None:
    """Say the line, and then what else the error notes, a line each."""
    for each in (line, *getattr(error, "__notes__", ())):
        say(each)


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract")(guarded(extract_command))
app.command("build")(guarded(build_command))
app.command("restore")(guarded(restore_command))
app.command("query")(guarded(query_command))
app.command("view")(guarded(view_command))
app.command("serve")(guarded(serve_command))
app.command("export")(guarded(export_command))
app.command("stats")(guarded(stats_command))
app.command("path")(guarded(path_command))
app.command("neighbours")(guarded(neighbours_command))
app.command("rank")(guarded(rank_command))
app.command("communities")(guarded(communities_command))
app.command("diff")(guarded(diff_command))
app.command("align")(guarded(align_command))
app.command("review")(guarded(review_command))
app.command("merges")(guarded(merges_command))
app.command("link")(guarded(link_command))
app.command("validate")(guarded(validate_command))
app.command("schema")(guarded(schema_command))


def _print_version(wanted: bool) -> None:
    if wanted:
        from unionkg import __version__

        typer.echo(f"unionkg {__version__}")
        raise typer.Exit


@app.callback()
def unionkg(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """From a folder of messy Chinese web documents to a knowledge graph of trade unions.

    Each fact keeps the sentence that says it. Everything works offline.

    \b
    Example:
      unionkg build documents --out KG
      unionkg view KG
    """
