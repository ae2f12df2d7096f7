"""The base of the HTTP servers of the preview and of sharing, which limits the number of clients."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from http.server import ThreadingHTTPServer
from typing import Any

from exporter.web.http_handler import CHUNK_BYTES, Handler

LOOPBACK = "127.0.0.1"

MAX_CONNECTIONS = 32
"""Maximum number of clients served at the same time, one per thread; others get status 503."""  # unmeasured

REFUSAL_TIMEOUT_S = 2.0
"""Maximum time in seconds to send status 503 to a client."""  # unmeasured

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
