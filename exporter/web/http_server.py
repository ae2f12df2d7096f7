"""Serving over HTTP from this machine: what the watched preview and a share have in common."""

from __future__ import annotations

import io
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, BinaryIO

LOOPBACK = "127.0.0.1"

MAX_CONNECTIONS = 32
"""So many clients are served at once, a thread for each; the next one hears that it is full."""

MAX_REQUEST_S = 30.0
"""How long a client may take to ask, whatever it sends meanwhile; and to take an empty answer."""

MIN_BYTES_PER_S = 32_768
"""A client that takes fewer bytes in a second is closed: 10 MB in five minutes."""

CHUNK_BYTES = 65_536
"""How much of a file is held in memory for each client."""

REFUSAL_TIMEOUT_S = 2.0
"""How long a client that is not served may take to hear so."""

_ALWAYS = {
    "Cache-Control": "no-store",
    "Connection": "close",  # one that waits for its next request would take the room of another
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_FULL = f"{MAX_CONNECTIONS} others are being served. Try again in a minute.\n".encode()
_FULL_REPLY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: %d\r\nRetry-After: 60\r\nConnection: close\r\n\r\n%b" % (len(_FULL), _FULL)
)


class Server(ThreadingHTTPServer):
    """A server for a few clients that does not hold up the end of the program."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[Handler]) -> None:
        """Listen; raises `OSError` where the port is taken."""
        self._lock = threading.Lock()
        self._running: Counter[str] = Counter()
        super().__init__(address, handler)

    @property
    def port(self) -> int:
        """Return the port that it listens on."""
        return int(self.server_address[1])

    def report_full(self) -> None:
        """Learn that a client was refused, as there are too many."""

    @property
    def connections(self) -> int:
        """Return how many clients are being served."""
        return self._running["served"]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a client in a thread of its own, or refuse it."""
        if self._start("served", self.process_request_thread, request, client_address):
            return
        if not self._start("refused", self._refuse, request):
            self.shutdown_request(request)

    def _start(self, kind: str, work: Callable[..., None], *arguments: Any) -> bool:
        """Run something in a thread, unless as many as may be of its kind are running."""

        def run() -> None:
            try:
                work(*arguments)
            finally:
                self._count(kind, -1)

        if not self._count(kind, 1):
            return False
        try:
            threading.Thread(target=run, daemon=True).start()
        except RuntimeError:  # the system gives no more threads
            self._count(kind, -1)
            return False
        return True

    def _count(self, kind: str, change: int) -> bool:
        with self._lock:
            if self._running[kind] + change > MAX_CONNECTIONS:
                return False
            self._running[kind] += change
            return True

    def _refuse(self, request: socket.socket) -> None:
        self.report_full()
        end = time.monotonic() + REFUSAL_TIMEOUT_S
        with suppress(OSError):
            request.settimeout(REFUSAL_TIMEOUT_S)
            request.sendall(_FULL_REPLY)
            request.shutdown(socket.SHUT_WR)
            # a connection that is closed with a request unread is reset, and the answer lost with it
            while time.monotonic() < end and request.recv(CHUNK_BYTES):
                pass
        self.shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away; all else is a fault of ours."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD; everything is answered by `answer`."""

    protocol_version = "HTTP/1.1"
    server_version = "exporter"
    sys_version = ""

    def setup(self) -> None:
        """Read through a stream that knows how long the client may take."""
        super().setup()
        self.allow(MAX_REQUEST_S)
        self.rfile.close()
        self.rfile = io.BufferedReader(_TimedStream(self))

    def handle_one_request(self) -> None:
        """Answer one request, which has its own time."""
        self.allow(MAX_REQUEST_S)
        super().handle_one_request()

    def allow(self, seconds: float) -> None:
        """Give the client so long for all that follows."""
        self._end = time.monotonic() + seconds

    def limit(self) -> None:
        """Let the next read or write take what is left of that time; raises `TimeoutError`."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(left)

    def answer(self) -> None:
        """Answer the request."""
        raise NotImplementedError

    def do_GET(self) -> None:
        """Answer a GET."""
        self.answer()

    def do_HEAD(self) -> None:
        """Answer a HEAD: as a GET, without what it would send."""
        self.answer()

    def reply(
        self,
        body: bytes,
        kind: str,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send a whole answer."""
        self.reply_stream(io.BytesIO(body), len(body), kind, status, headers)

    def reply_stream(
        self,
        body: BinaryIO,
        size: int,
        kind: str,
        status: HTTPStatus = HTTPStatus.OK,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send an answer of `size` bytes, piece by piece.

        Raises `TimeoutError` for a client that is too slow, `ConnectionError` for one that is gone
        and where the body ends too early.
        """
        self.allow(MAX_REQUEST_S + size / MIN_BYTES_PER_S)
        self.limit()
        self.send_response(status)
        sent = {"Content-Type": kind, "Content-Length": str(size), **_ALWAYS, **(headers or {})}
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        left = 0 if self.command == "HEAD" else size
        while left:
            piece = body.read(min(left, CHUNK_BYTES))
            if not piece:
                raise ConnectionAbortedError
            self.limit()
            self.wfile.write(piece)
            left -= len(piece)

    def refuse(self) -> None:
        """Say that there is nothing, in the same words whatever was asked for."""
        self.reply(b"There is nothing here.\n", "text/plain; charset=utf-8", HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what cannot be understood as what is not there."""
        self.close_connection = True
        self.refuse()

    def version_string(self) -> str:
        """Return the server's name without any version."""
        return self.server_version

    def log_message(self, format: str, *arguments: object) -> None:
        """Log nothing; what a person should know is told by the command."""


class _TimedStream(io.RawIOBase):
    """What a client sends, within the time that it has."""

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
    """Serve in a thread for as long as the context lasts."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
