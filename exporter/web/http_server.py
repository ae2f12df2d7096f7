"""The base of the HTTP servers of the preview and of sharing, with limits for slow and many clients."""

from __future__ import annotations

import io
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum, auto
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, BinaryIO

LOOPBACK = "127.0.0.1"

MAX_CONNECTIONS = 32
"""Maximum number of clients served at the same time, one per thread; others get status 503."""  # unmeasured

MAX_REQUEST_S = 30.0
"""Maximum time in seconds for a complete request, and for an empty response."""  # unmeasured

MIN_BYTES_PER_S = 32_768
"""Minimum rate of a response in bytes per second (10 MB in 5 minutes)."""  # unmeasured

CHUNK_BYTES = 65_536
"""Size of the part of a file that is in memory for each client, in bytes."""

REFUSAL_TIMEOUT_S = 2.0
"""Maximum time in seconds to send status 503 to a client."""  # unmeasured

_FIXED_HEADERS = {
    "Cache-Control": "no-store",
    "Connection": "close",  # an idle keep-alive connection would take the place of another client
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_FULL = f"{MAX_CONNECTIONS} others are being served. Try again in a minute.\n".encode()
_FULL_REPLY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: %d\r\nRetry-After: 60\r\nConnection: close\r\n\r\n%b" % (len(_FULL), _FULL)
)


class _Task(Enum):
    """The tasks of the server's threads, which are counted separately."""

    SERVE = auto()
    REFUSE = auto()


class Server(ThreadingHTTPServer):
    """A server for a few clients, whose threads do not delay the exit of the program."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[Handler]) -> None:
        """Listen on `address`; raise `OSError` if the port is in use."""
        self._lock = threading.Lock()
        self._task_counts: Counter[_Task] = Counter()
        super().__init__(address, handler)

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        return int(self.server_address[1])

    def report_full(self) -> None:
        """Handle that a client was refused because there are too many; does nothing here."""

    @property
    def connections(self) -> int:
        """The number of clients being served."""
        return self._task_counts[_Task.SERVE]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a client in a thread, or refuse it."""
        if self._start(_Task.SERVE, self.process_request_thread, request, client_address):
            return
        if not self._start(_Task.REFUSE, self._refuse, request):
            self.shutdown_request(request)

    def _start(self, task: _Task, function: Callable[..., None], *arguments: Any) -> bool:
        """Call a function in a thread, unless the maximum number of threads of the task is running."""

        def run() -> None:
            try:
                function(*arguments)
            finally:
                self._count(task, -1)

        if not self._count(task, 1):
            return False
        try:
            threading.Thread(target=run, daemon=True).start()
        except RuntimeError:  # the system has no more threads
            self._count(task, -1)
            return False
        return True

    def _count(self, task: _Task, change: int) -> bool:
        """Change the number of threads of a task; return False, without a change, at the maximum."""
        with self._lock:
            if self._task_counts[task] + change > MAX_CONNECTIONS:
                return False
            self._task_counts[task] += change
            return True

    def _refuse(self, request: socket.socket) -> None:
        self.report_full()
        end = time.monotonic() + REFUSAL_TIMEOUT_S
        with suppress(OSError):
            request.settimeout(REFUSAL_TIMEOUT_S)
            request.sendall(_FULL_REPLY)
            request.shutdown(socket.SHUT_WR)
            # closing with an unread request resets the connection, and the response would be lost
            while time.monotonic() < end and request.recv(CHUNK_BYTES):
                pass
        self.shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore that a client disconnected; print other exceptions, which are internal errors."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


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


@contextmanager
def serve_in_thread(server: Server) -> Iterator[None]:
    """Serve in a thread until the context ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
