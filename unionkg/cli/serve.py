"""`unionkg serve`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from unionkg.cli.console import say
from unionkg.cli.options import Folder


def serve_command(
    folder: Folder,
    host: Annotated[str, typer.Option(help="The address of this machine to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen at.")] = 8000,
) -> None:
    """Serve a knowledge graph over HTTP: pages to browse, SPARQL, reconciliation. It only reads.

    \b
    Example:
      unionkg serve KG
      unionkg serve KG --port 8080
    """
    serve(folder, host=host, port=port)


def serve(folder: Path, *, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the graph until the process is told to end. Raises NotAKnowledgeGraph and MissingExtra."""
    from unionkg.errors import MissingExtra

    try:
        import uvicorn

        from unionkg.server.application import application
    except ModuleNotFoundError as error:
        raise MissingExtra(f'the server needs starlette and uvicorn ({error}); pip install "unionkg[serve]"') from error
    from unionkg.server.settings import Settings

    settings = Settings(folder=folder, address=f"http://{host}:{port}")
    say(f"serving {folder} at {settings.address}")
    uvicorn.run(application(settings), host=host, port=port, log_level="warning")
