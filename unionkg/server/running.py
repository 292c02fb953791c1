"""A server in this process, from its socket to its end."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress

import uvicorn
from starlette.applications import Starlette

from unionkg.errors import UnusableAddress
from unionkg.server.connections import bounded
from unionkg.server.settings import Settings

LAST_WORDS_S = 5  # for what is being answered when the server is told to end
_HEAD_BYTES = 128 << 10  # above the limits of the guard, which tells which of them is passed


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address of this machine; port 0 finds a free one. Raises UnusableAddress."""
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(place, family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        why = (getattr(error, "strerror", None) or str(error)).partition(" (")[0]
        raise UnusableAddress(f"cannot listen at {host}, port {port}: {why}; name another host or port") from error


def server_of(app: Starlette, settings: Settings) -> uvicorn.Server:
    """Return the server of an application, with the limits of the settings."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=bounded(settings),
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            h11_max_incomplete_event_size=_HEAD_BYTES,
            timeout_graceful_shutdown=LAST_WORDS_S,
        )
    )


def run(app: Starlette, settings: Settings, place: socket.socket) -> None:
    """Serve at the socket until the process is told to end, by Ctrl-C or SIGTERM; then end what was started, and return."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):  # which uvicorn raises again when it has ended
            server_of(app, settings).run(sockets=[place])
    finally:
        app.state.holding.close()
        signal.signal(signal.SIGTERM, before)
