"""A server on loopback whose response is given by the test, byte by byte."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Send = Callable[[bytes], None]


class Hostile(socketserver.ThreadingTCPServer):
    """Reads each request, and lets `answer` send any bytes; the requests are kept in `requests`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answer: Callable[[dict[str, Any], Send], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.answer = answer
        self.requests: list[dict[str, Any]] = []
        self.client_left = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class _Request(socketserver.StreamRequestHandler):
    server: Hostile

    def handle(self) -> None:
        length = 0
        self.rfile.readline()
        while (line := self.rfile.readline().strip().lower()) != b"":
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        request = json.loads(self.rfile.read(length))
        self.server.requests.append(request)
        try:
            self.server.answer(request, self.connection.sendall)
            self.connection.shutdown(socket.SHUT_WR)
        except OSError:
            self.server.client_left.set()


@contextmanager
def hostile(answer: Callable[[dict[str, Any], Send], None]) -> Iterator[Hostile]:
    """Serve responses until the end of the context."""
    with Hostile(answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def reply(send: Send, body: bytes, status: str = "200 OK", headers: str = "") -> None:
    """Send a complete response."""
    send(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body)


def reply_json(send: Send, result: object, error: object = None) -> None:
    """Send a response as AnkiConnect does."""
    reply(send, json.dumps({"result": result, "error": error}).encode())
