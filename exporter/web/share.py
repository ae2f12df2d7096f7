"""The server of a share: the exports of a folder, behind a path that cannot be guessed."""

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

from exporter.web.http_handler import Handler
from exporter.web.http_server import Server

MIME_TYPES: dict[str, str] = {
    ".apkg": "application/octet-stream",
    ".pdf": "application/pdf",
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
"""The media types of the shared files by suffix; other files are not shared."""

ATTACHMENTS = (".apkg",)
"""The suffixes of files that a browser should download, so that an app can open them."""

ANY_BYTES = "surrogateescape"
"""The error handler for file names that are not text, which keeps their bytes in addresses."""

REHEARSE = "#rehearse"
"""The fragment of an address that opens the rehearsal of a page."""

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
    """A downloaded file, and the address of the client."""

    name: str
    address: str


def list_exports(folder: Path) -> dict[str, Path]:
    """Return the exports of a folder by their names: regular files of a shared type."""
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
    """Open a file for reading; return None unless it is a regular file.

    Neither the file nor its folder may be a symbolic link, and opening a FIFO does not block. The
    type is checked after opening, so that the path cannot be exchanged in between.
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
    """Return the address of this computer on its network, or None if it is not on a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # connecting a datagram socket sends nothing, it only selects the local address
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith(("127.", "0.")) else address


class ShareServer(Server):
    """A server of some files, which are read for each request, and of pages in memory.

    `on_download` is called for each file that was sent completely, and `on_full` when a client is
    refused for the first time because there are too many.
    """

    def __init__(
        self,
        address: str,
        port: int,
        files: Mapping[str, Path],
        on_download: Callable[[Download], None],
        on_full: Callable[[], None] = lambda: None,
        pages: Mapping[str, bytes] | None = None,
    ) -> None:
        """Listen only on this address; raise `OSError` if the port is in use.

        `pages` are HTML pages with a rehearsal, by name; each replaces a file with its name.
        """
        super().__init__((address, port), _ShareHandler)
        self.address = address
        # the folder is resolved now, so that it cannot be replaced by a link later
        self.files = {name: Path(os.path.realpath(path.parent)) / path.name for name, path in files.items()}
        self.pages = dict(pages or {})
        self.on_download = on_download
        self._on_full = on_full
        self._was_full = False
        self.secret = secrets.token_urlsafe(16)

    @property
    def url(self) -> str:
        """The address of the page with all links."""
        return f"http://{self.address}:{self.port}/{self.secret}/"

    def report_full(self) -> None:
        """Report the first time that a client is refused."""
        if not self._was_full:
            self._was_full = True
            self._on_full()

    def url_of(self, name: str) -> str:
        """Return the address of a file."""
        return self.url + quote(name, errors=ANY_BYTES)

    def rehearsal_url_of(self, name: str) -> str:
        """Return the address of the rehearsal of a page."""
        return self.url_of(name) + REHEARSE


class _ShareHandler(Handler):
    server: ShareServer

    def answer(self) -> None:
        _, secret, name = [*self.path.split("/", 2), "", ""][:3]
        is_valid = secrets.compare_digest(secret.encode(), self.server.secret.encode())
        if not is_valid or self.path == f"/{secret}":
            self.refuse()
        elif not name:
            self.reply(self._render_index(), MIME_TYPES[".html"])
        else:
            self._send_file(unquote(name, errors=ANY_BYTES))

    def _render_index(self) -> bytes:
        links = [
            (quote(name, errors=ANY_BYTES) + REHEARSE, "Rehearse in this browser")
            for name in self.server.pages
        ]
        links += [(quote(name, errors=ANY_BYTES), name) for name in self.server.files]
        items = "".join(f'<li><a href="{target}">{escape(words)}</a></li>' for target, words in links)
        return _PAGE.format(items=items).encode(errors="replace")

    def _send_file(self, name: str) -> None:
        # the name is looked up and never joined to a folder, so only listed files can be requested
        if name in self.server.pages:
            self.reply(self.server.pages[name], MIME_TYPES[".html"])
            self._report_download(name)
            return
        path = self.server.files.get(name)
        file = open_regular_file(path) if path else None
        if file is None or path is None:
            self.refuse()
            return
        disposition = "attachment" if path.suffix in ATTACHMENTS else "inline"
        ascii_name = re.sub(r'[^ -~]|["\\]', "_", name)
        encoded_name = quote(name, safe="", errors=ANY_BYTES)
        disposition += f"; filename=\"{ascii_name}\"; filename*=UTF-8''{encoded_name}"  # RFC 6266
        with file:
            size = os.fstat(file.fileno()).st_size
            self.reply_stream(
                file, size, MIME_TYPES[path.suffix], headers={"Content-Disposition": disposition}
            )
        self._report_download(name)

    def _report_download(self, name: str) -> None:
        if self.command == "GET":
            self.server.on_download(Download(name, str(self.client_address[0])))
