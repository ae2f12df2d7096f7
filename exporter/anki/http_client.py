"""One HTTP request to an untrusted server: limited in size and time, without redirects and proxies."""

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
"""The longest response, headers included. That of 100 notes of a common deck has less than 1 MiB."""

_CHUNK_BYTES = 1 << 16

_SAFE_URL_CHARS = "%/:=&?~#+!$,;'@()*[]"


class ResponseTooLargeError(Exception):
    """A response is longer than `MAX_RESPONSE_BYTES`."""


class RedirectError(Exception):
    """The server replied with a redirect."""


class NotLoopbackError(Exception):
    """A request with `loopback_only` would go to another computer."""


def post(
    url: str, body: bytes, *, headers: Mapping[str, str], timeout_s: float, loopback_only: bool = False
) -> bytes:
    """Send a POST request and return the body of the response, whatever its status.

    `timeout_s` is for the whole exchange, name resolution included. With `loopback_only` the request is
    sent only over a connection to this computer. Raises `TimeoutError`, `OSError`, `HTTPException`, and the
    errors of this module.
    """
    exchange = _Exchange(url, body, headers, timeout_s, loopback_only)
    # In a thread: the timeouts of `socket` and `ssl` are for a single read, and name resolution has
    # none. The wait of this thread has one, and Ctrl-C interrupts it at once.
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
        """Stop reading a response that is no longer awaited."""
        self.is_cancelled = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    def _exchange(self) -> bytes:
        parts = urlsplit(self.url)
        path = quote(parts.path or "/", safe=_SAFE_URL_CHARS) + (
            f"?{quote(parts.query, safe=_SAFE_URL_CHARS)}" if parts.query else ""
        )
        connection_class = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        with closing(
            connection_class(parts.hostname or "", parts.port, timeout=self.timeout_s)
        ) as connection:
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
    chunks = []
    while chunk := response.read(_CHUNK_BYTES):
        chunks.append(chunk)
    return b"".join(chunks)


def is_loopback(url: str) -> bool:
    """Return whether the host of a URL is this computer, by its name or address."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_loopback_peer(sock: socket.socket) -> bool:
    address = ip_address(str(sock.getpeername()[0]).partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


class _LimitedResponse(HTTPResponse):
    """A response that reads at most `MAX_RESPONSE_BYTES`, whatever length it declares."""

    def __init__(self, sock: socket.socket, *args: object, **kwargs: object) -> None:
        super().__init__(sock, *args, **kwargs)  # type: ignore[arg-type]  # as `HTTPConnection` passes them
        self.fp.close()
        self.fp = io.BufferedReader(_LimitedStream(sock.makefile("rb", buffering=0)))


class _LimitedStream(io.RawIOBase):
    """A raw stream that raises `ResponseTooLargeError` after `MAX_RESPONSE_BYTES`."""

    def __init__(self, stream: io.RawIOBase | socket.SocketIO) -> None:
        self._stream = stream
        self._bytes_left = MAX_RESPONSE_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # typeshed has a wider buffer type
        count = self._stream.readinto(buffer) or 0
        self._bytes_left -= count
        if self._bytes_left < 0:
            raise ResponseTooLargeError
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()
