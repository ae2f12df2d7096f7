"""Sharing: the exports of a folder served behind a path that nobody can guess."""

from __future__ import annotations

import os
import re
import secrets
import socket
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote

from exporter.web.http_server import Handler, Server

MIME_TYPES: dict[str, str] = {
    ".apkg": "application/octet-stream",
    ".pdf": "application/pdf",
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
"""What is shared, by the end of its name, and the type it is sent as."""

ATTACHMENTS = (".apkg",)
"""What a phone should hand to an app, not show itself."""

ANY_BYTES = "surrogateescape"
"""Names of files are any bytes; those that are not text are addressed as they are."""

REHEARSE = "#rehearse"
"""What the address of a page ends with that opens its rehearsal."""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Exports</title>
<style>body {{ font: 18px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 36rem; padding: 0 1rem; }}
h1 {{ font-size: 1.25rem; }} ul {{ list-style: none; padding: 0; }}
a {{ display: block; padding: 0.75rem 0; overflow-wrap: anywhere; }}</style></head>
<body><main><h1>Exports</h1><ul>{items}</ul></main></body></html>
"""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was fetched, and by which address."""

    name: str
    address: str


def list_exports(folder: Path) -> dict[str, Path]:
    """Return the exports of a folder by their names: plain files of a kind that is known."""
    if not folder.is_dir():
        return {}
    return {
        path.name: path
        for path in sorted(folder.iterdir())
        if path.suffix in MIME_TYPES
        and not path.name.startswith(".")
        and path.is_file()
        and not path.is_symlink()
    }


def open_regular_file(path: Path) -> BinaryIO | None:
    """Open a file for reading; return nothing if there is none, or anything but an ordinary file.

    Neither its name nor that of its folder may be a link; a FIFO is not waited for. What is returned
    is what was looked at, whatever is at its path by then.
    """
    common = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    as_file = common | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    try:
        if os.open in os.supports_dir_fd:
            folder = os.open(path.parent, common | os.O_DIRECTORY)
            try:
                descriptor = os.open(path.name, as_file, dir_fd=folder)
            finally:
                os.close(folder)
        else:
            descriptor = os.open(path, as_file)
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    return None


def find_local_address() -> str | None:
    """Return this machine's address on its network, or nothing where it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket sends nothing: it only asks which address would be used.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith(("127.", "0.")) else address


class ShareServer(Server):
    """Serves some files, read anew each time, pages from memory, and nothing else.

    `on_download` is called for each file that was sent whole, `full` when a client is refused first.
    """

    def __init__(
        self,
        address: str,
        port: int,
        files: Mapping[str, Path],
        on_download: Callable[[Download], None],
        full: Callable[[], None] = lambda: None,
        pages: Mapping[str, bytes] | None = None,
    ) -> None:
        """Listen on this address alone; raises `OSError` where the port is on_download.

        `pages` are HTML with a rehearsal, by name; each is served in place of a file of its name.
        """
        super().__init__((address, port), _Share)
        self.address = address
        # The folder as it is now: one that becomes a link later is not followed.
        self.files = {name: Path(os.path.realpath(path.parent)) / path.name for name, path in files.items()}
        self.pages = dict(pages or {})
        self.on_download = on_download
        self._full = full
        self._was_full = False
        self.secret = secrets.token_urlsafe(16)

    @property
    def url(self) -> str:
        """Return where the page with all links is."""
        return f"http://{self.address}:{self.port}/{self.secret}/"

    def report_full(self) -> None:
        """Report the first time that a client is refused."""
        if not self._was_full:
            self._was_full = True
            self._full()

    def url_of(self, name: str) -> str:
        """Return where a file is."""
        return self.url + quote(name, errors=ANY_BYTES)

    def rehearsal_url_of(self, name: str) -> str:
        """Return where the rehearsal of a page opens."""
        return self.url_of(name) + REHEARSE


class _Share(Handler):
    server: ShareServer

    def answer(self) -> None:
        _, secret, name = [*self.path.split("/", 2), "", ""][:3]
        known = secrets.compare_digest(secret.encode(), self.server.secret.encode())
        if not known or self.path == f"/{secret}":
            self.refuse()
        elif not name:
            self.reply(self._page(), MIME_TYPES[".html"])
        else:
            self._file(unquote(name, errors=ANY_BYTES))

    def _page(self) -> bytes:
        links = [
            (quote(name, errors=ANY_BYTES) + REHEARSE, "Rehearse in this browser")
            for name in self.server.pages
        ]
        links += [(quote(name, errors=ANY_BYTES), name) for name in self.server.files]
        items = "".join(f'<li><a href="{target}">{escape(words)}</a></li>' for target, words in links)
        return _PAGE.format(items=items).encode(errors="replace")

    def _file(self, name: str) -> None:
        # The name is looked up, never joined to a folder: nothing but what is listed can be had.
        if name in self.server.pages:
            self.reply(self.server.pages[name], MIME_TYPES[".html"])
            self._log(name)
            return
        path = self.server.files.get(name)
        file = open_regular_file(path) if path else None
        if file is None or path is None:
            self.refuse()
            return
        way = "attachment" if path.suffix in ATTACHMENTS else "inline"
        plain = re.sub(r'[^ -~]|["\\]', "_", name)
        held = f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors=ANY_BYTES)}"
        with file:
            size = os.fstat(file.fileno()).st_size
            self.reply_stream(file, size, MIME_TYPES[path.suffix], headers={"Content-Disposition": held})
        self._log(name)

    def _log(self, name: str) -> None:
        if self.command == "GET":
            self.server.on_download(Download(name, str(self.client_address[0])))
