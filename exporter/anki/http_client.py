"""One HTTP request to a server that may be anybody: within limits of size and time, without redirects."""

from __future__ import annotations

import io
import queue
import socket
import threading
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from ipaddress import IPv6Address, ip_address
from urllib.parse import quote, urlsplit

MAX_RESPONSE_BYTES = 16 << 20
"""No longer answer is read, its headers included: 100 notes of a common deck have less than 1 MiB."""

_CHUNK_BYTES = 1 << 16
_SAFE_URL_CHARS = "%/:=&?~#+!$,;'@()*[]"


class ResponseTooLargeError(Exception):
    """An answer is longer than `MAX_RESPONSE_BYTES`."""


class RedirectError(Exception):
    """A server answers that the request should go elsewhere."""


class NotLoopbackError(Exception):
    """A request that is for this computer alone would go to another."""


def post(
    url: str, body: bytes, headers: Mapping[str, str], timeout_s: float, loopback_only: bool = False
) -> bytes:
    """Send a request, and return the body of the answer, whatever its status.

    `timeout_s` is for all of it, the search for the server's address included. No proxy is used.
    With `loopback_only` nothing is sent unless the connection leads to this computer. Raises
    `TimeoutError`, `OSError`, `HTTPException`, and the errors of this module.
    """
    exchange = _Exchange(url, body, headers, timeout_s, loopback_only)
    # A thread of its own: no read of `socket` or `ssl` has a limit over several reads, and the
    # search for an address has none at all. Here Ctrl-C ends the wait at once.
    threading.Thread(target=exchange.run, daemon=True).start()
    try:
        outcome = exchange.outcome.get(timeout=timeout_s)
    except queue.Empty:
        raise TimeoutError from None
    finally:
        exchange.cancel()
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


@dataclass
class _Exchange:
    url: str
    body: bytes
    headers: Mapping[str, str]
    timeout_s: float
    loopback_only: bool
    outcome: queue.SimpleQueue[bytes | BaseException] = field(default_factory=queue.SimpleQueue)
    sock: socket.socket | None = None
    is_cancelled: bool = False

    def run(self) -> None:
        try:
            self.outcome.put(self._exchange())
        except Exception as exc:
            self.outcome.put(exc)

    def cancel(self) -> None:
        """End the reading of an answer that nobody waits for."""
        self.is_cancelled = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    def _exchange(self) -> bytes:
        parts = urlsplit(self.url)
        path = quote(parts.path or "/", safe=_SAFE_URL_CHARS) + (
            f"?{quote(parts.query, safe=_SAFE_URL_CHARS)}" if parts.query else ""
        )
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        with closing(kind(parts.hostname or "", parts.port, timeout=self.timeout_s)) as connection:
            connection.response_class = _LimitedResponse
            connection.connect()
            self.sock = connection.sock
            if self.loopback_only and not _is_loopback_peer(self.sock):
                raise NotLoopbackError
            if self.is_cancelled:
                raise TimeoutError
            connection.request("POST", path, self.body, {"Connection": "close", **self.headers})
            with closing(connection.getresponse()) as response:
                if 300 <= response.status < 400:
                    raise RedirectError
                return _read_body(response)


def _read_body(response: HTTPResponse) -> bytes:
    pieces = []
    while piece := response.read(_CHUNK_BYTES):
        pieces.append(piece)
    return b"".join(pieces)


def _is_loopback_peer(sock: socket.socket) -> bool:
    address = ip_address(str(sock.getpeername()[0]).partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


class _LimitedResponse(HTTPResponse):
    """An answer of which no more is received than may be, whatever lengths it claims."""

    def __init__(self, sock: socket.socket, *arguments: object, **named: object) -> None:
        super().__init__(sock, *arguments, **named)  # type: ignore[arg-type]
        self.fp.close()
        self.fp = io.BufferedReader(_LimitedStream(sock.makefile("rb", buffering=0)))


class _LimitedStream(io.RawIOBase):
    def __init__(self, stream: io.RawIOBase | socket.SocketIO) -> None:
        self._stream = stream
        self._left = MAX_RESPONSE_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        count = self._stream.readinto(buffer) or 0
        self._left -= count
        if self._left < 0:
            raise ResponseTooLargeError
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()
