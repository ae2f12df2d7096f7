"""The request handler of the HTTP servers: complete responses, with limits for slow clients."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any, BinaryIO

MAX_REQUEST_S = 30.0
"""Maximum time in seconds for a complete request, and for an empty response."""  # unmeasured

MIN_BYTES_PER_S = 32_768
"""Minimum rate of a response in bytes per second (10 MB in 5 minutes)."""  # unmeasured

CHUNK_BYTES = 65_536
"""Size of the part of a file that is in memory for each client, in bytes."""

_FIXED_HEADERS = {
    "Cache-Control": "no-store",
    "Connection": "close",  # an idle keep-alive connection would take the place of another client
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Handler(BaseHTTPRequestHandler):
    """A handler of GET and HEAD requests, which a subclass answers in `answer`."""

    protocol_version = "HTTP/1.1"
    server_version = "exporter"
    sys_version = ""

    def setup(self) -> None:
        """Read requests through a stream with the time limit."""
        super().setup()
        self.allow(MAX_REQUEST_S)
        self.rfile.close()
        self.rfile = io.BufferedReader(_TimedStream(self))

    def handle_one_request(self) -> None:
        """Answer one request, with a new time limit."""
        self.allow(MAX_REQUEST_S)
        super().handle_one_request()

    def allow(self, seconds: float) -> None:
        """Set the time limit for all following reads and writes, in seconds from now."""
        self._end = time.monotonic() + seconds

    def limit(self) -> None:
        """Set the socket timeout to the remaining time; raise `TimeoutError` if there is none."""
        remaining = self._end - time.monotonic()
        if remaining <= 0:
            raise TimeoutError
        self.connection.settimeout(remaining)

    def answer(self) -> None:
        """Answer the request."""
        raise NotImplementedError

    def do_GET(self) -> None:
        """Answer a GET."""
        self.answer()

    def do_HEAD(self) -> None:
        """Answer a HEAD like a GET, without the body."""
        self.answer()

    def reply(
        self,
        body: bytes,
        kind: str,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send a complete response of the media type `kind`."""
        self.reply_stream(io.BytesIO(body), len(body), kind, status, headers)

    def reply_stream(
        self,
        body: BinaryIO,
        size: int,
        kind: str,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send a response of `size` bytes in chunks.

        Raise `TimeoutError` if the client is too slow, and `ConnectionError` if it disconnected or the
        body is shorter than `size`.
        """
        self.allow(MAX_REQUEST_S + size / MIN_BYTES_PER_S)
        self.limit()
        self.send_response(status)
        all_headers = {"Content-Type": kind, "Content-Length": str(size), **_FIXED_HEADERS, **(headers or {})}
        for name, value in all_headers.items():
            self.send_header(name, value)
        self.end_headers()
        remaining = 0 if self.command == "HEAD" else size
        while remaining:
            chunk = body.read(min(remaining, CHUNK_BYTES))
            if not chunk:
                raise ConnectionAbortedError
            self.limit()
            self.wfile.write(chunk)
            remaining -= len(chunk)

    def refuse(self) -> None:
        """Reply 404 with a fixed body, so that responses do not reveal which paths exist."""
        self.reply(b"There is nothing here.\n", "text/plain; charset=utf-8", HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse an invalid request like one for a path that does not exist."""
        self.close_connection = True
        self.refuse()

    def version_string(self) -> str:
        """Return the server's name without a version."""
        return self.server_version

    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing; the command reports what concerns the user."""


class _TimedStream(io.RawIOBase):
    """The data that a client sends, read with the time limit of its handler."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._stream = handler.connection.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        self._handler.limit()
        count: int | None = self._stream.readinto(buffer)
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()
