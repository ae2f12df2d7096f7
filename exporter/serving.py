"""Serving over HTTP from this machine: what the watched preview and a share have in common."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOPBACK = "127.0.0.1"

_ALWAYS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Server(ThreadingHTTPServer):
    """A server that does not hold up the end of the program."""

    daemon_threads = True

    @property
    def port(self) -> int:
        """Return the port that it listens on."""
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away; all else is a fault of ours."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD; everything is answered by `answer`."""

    protocol_version = "HTTP/1.1"
    server_version = "exporter"
    sys_version = ""
    timeout = 30

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
        self.send_response(status)
        sent = {"Content-Type": kind, "Content-Length": str(len(body)), **_ALWAYS, **(headers or {})}
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

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


@contextmanager
def running(server: Server) -> Iterator[None]:
    """Serve in a thread for as long as the context lasts."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
