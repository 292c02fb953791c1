"""HTTP/1.1 connections that nobody can hold open for nothing.

uvicorn limits how long a connection may be idle between two requests, and how large the head of a request is. This adds
how long a head may take to come, how long and how much of a body is taken in after its answer is out, how long a client may
leave its answer lying, and how many connections there are.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from unionkg.server.guard import HEADERS
from unionkg.server.settings import Settings

_HEADERS = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())


def bounded(settings: Settings) -> type[H11Protocol]:
    """Return the class of such connections."""

    class Bounded(H11Protocol):
        _wait: asyncio.TimerHandle | None = None
        _stall: asyncio.TimerHandle | None = None
        _unasked = 0  # bytes of a body that came after its answer

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            super().connection_made(transport)
            if len(self.connections) > settings.connections:
                self._part("503 Service Unavailable", "There are too many connections.")
            else:
                self._watch()

        def data_received(self, data: bytes) -> None:
            if self._is_waiting() and self.conn.their_state is h11.SEND_BODY:
                self._unasked += len(data)
                if self._unasked > settings.body_bytes:
                    self.transport.abort()
                    return
            super().data_received(data)
            self._watch()

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            for timer in (self._wait, self._stall):
                if timer is not None:
                    timer.cancel()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._stall = self.loop.call_later(settings.stall_timeout_s, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self._stall is not None:
                self._stall.cancel()

        def send_400_response(self, msg: str) -> None:
            if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
                self._part("400 Bad Request", msg)
            else:  # an answer is under way, or out
                self.transport.abort()

        def _is_waiting(self) -> bool:
            """Return whether there is no request that is being answered."""
            return self.cycle is None or self.cycle.response_complete

        def _watch(self) -> None:
            """Give what is waited for its time, which runs on whatever part of it comes."""
            if not self._is_waiting():
                if self._wait is not None:
                    self._wait.cancel()
                self._wait, self._unasked = None, 0
            elif self._wait is None:
                self._wait = self.loop.call_later(settings.head_timeout_s, self._give_up)

        def _give_up(self) -> None:
            if self.conn.our_state is h11.IDLE and self.conn.trailing_data[0]:
                self._part("408 Request Timeout", "The request takes too long to come.")
            else:
                self.transport.close()

        def _part(self, status: str, why: str) -> None:
            """Say why, and close the connection; of a client that does not read it nothing is waited for."""
            head = f"HTTP/1.1 {status}\r\n{_HEADERS}Content-Type: text/plain; charset=utf-8\r\n"
            self.transport.write(f"{head}Content-Length: {len(why) + 1}\r\nConnection: close\r\n\r\n{why}\n".encode())
            self.transport.close()

    return Bounded
