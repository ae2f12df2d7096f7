"""Misuse of a share: swapped files, slow clients, too many connections, and large files."""

from __future__ import annotations

import http.client
import os
import re
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exporter.model.terminal_text import printable_line
from exporter.web import http_handler
from exporter.web.http_server import MAX_CONNECTIONS, serve_in_thread
from exporter.web.share import Download, ShareServer, list_exports, open_regular_file
from tests.processes import started
from tests.projects import Project

pytestmark = pytest.mark.slow

SECRET = b"not for the network"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "dist"
    place.mkdir()
    (place / "a.apkg").write_bytes(b"PK and more")
    (place / "b.pdf").write_bytes(b"%PDF" + bytes(100_000))
    (tmp_path / "secret.pdf").write_bytes(SECRET)
    return place


@pytest.fixture
def taken() -> list[Download]:
    return []


@pytest.fixture
def share(folder: Path, taken: list[Download]) -> Iterator[ShareServer]:
    server = ShareServer("127.0.0.1", 0, list_exports(folder), taken.append)
    with serve_in_thread(server):
        yield server


def connected(server: ShareServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def ask(server: ShareServer, name: str, method: str = "GET") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(method, f"/{server.secret}/{name}")
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))


SWAPS: dict[str, Callable[[Path], None]] = {
    "a link": lambda path: path.symlink_to(path.parent.parent / "secret.pdf"),
    "a relative link": lambda path: path.symlink_to("../secret.pdf"),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a FIFO": lambda path: os.mkfifo(path),
    "a folder": lambda path: path.mkdir(),
    "a socket": _socket,
    "nothing": lambda path: None,
}


@pytest.mark.parametrize("swap", list(SWAPS.values()), ids=list(SWAPS))
def test_a_file_that_is_swapped_is_not_there(
    share: ShareServer, folder: Path, swap: Callable[[Path], None]
) -> None:
    (folder / "b.pdf").unlink()
    swap(folder / "b.pdf")
    for method in ("GET", "HEAD"):
        assert ask(share, "b.pdf", method)[0] == 404
    assert ask(share, "a.apkg") == (200, b"PK and more")


def test_a_folder_that_is_swapped_for_a_link_is_not_followed(share: ShareServer, folder: Path) -> None:
    folder.rename(folder.parent / "old")
    (folder.parent / "other").mkdir()
    (folder.parent / "other" / "b.pdf").write_bytes(SECRET)
    folder.symlink_to("other")
    assert ask(share, "b.pdf")[0] == 404


def test_a_folder_that_is_created_again_is_shared(share: ShareServer, folder: Path) -> None:
    folder.rename(folder.parent / "old")
    folder.mkdir()
    (folder / "a.apkg").write_bytes(b"PK again")
    (folder / "c.pdf").write_bytes(SECRET)
    assert ask(share, "a.apkg") == (200, b"PK again")
    assert ask(share, "c.pdf")[0] == 404, "only what was listed"


def test_a_folder_that_was_a_link_at_the_start_is_shared(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "linked").symlink_to(folder)
    server = ShareServer("127.0.0.1", 0, list_exports(tmp_path / "linked"), lambda _: None)
    with serve_in_thread(server):
        assert ask(server, "a.apkg") == (200, b"PK and more")


def test_what_was_opened_is_what_was_looked_at(folder: Path) -> None:
    file = open_regular_file(folder / "a.apkg")
    assert file
    (folder / "a.apkg").unlink()
    (folder / "a.apkg").symlink_to("../secret.pdf")
    with file:
        assert file.read() == b"PK and more"


ODD_NAMES = [
    "a b%2f..é.pdf",
    "line\nbreak.md",
    "\x1b[2Jcleared.pdf",
    os.fsdecode(b"\xff\xfe.apkg"),
    '“quoted".html',
    "<b>&amp;.md",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_file_is_served_by_any_name(tmp_path: Path, taken: list[Download], name: str) -> None:
    (tmp_path / name).write_bytes(b"PK")
    files = list_exports(tmp_path)
    server = ShareServer("127.0.0.1", 0, files, taken.append)
    with serve_in_thread(server):
        assert ask(server, server.url_of(name).removeprefix(server.url)) == (200, b"PK")
        page = ask(server, "")[1].decode()
        (address,) = re.findall('href="([^"]+)"', page)
        assert ask(server, address) == (200, b"PK")
    assert [one.name for one in taken] == [name, name]


def test_odd_names_are_safe_for_a_terminal(project: Project) -> None:
    dist = project.root / "dist"
    dist.mkdir()
    for name in ODD_NAMES:
        (dist / name).write_bytes(b"PK")
    with started(project, "share", "--local") as process:
        process.until(f"Sharing {len(ODD_NAMES)} files, read-only:")
        process.until("All files are listed at")
        url = process.until("http://").strip()
        process.until("Press Ctrl-C")
        with urllib.request.urlopen(url) as page:
            addresses = re.findall('href="([^"#]+)"', page.read().decode())
        for address in addresses:
            with urllib.request.urlopen(url + address) as response:
                response.read()
        process.stop()
    names = [printable_line(name).encode("utf-8", "backslashreplace").decode() for name in ODD_NAMES]
    for name in names:
        assert sum(line.startswith(f"  {name} ") for line in process.said) == 1
        assert sum(line.endswith(f" took {name}") for line in process.said) == 1
    assert all(line.isprintable() for line in process.said if "\x1b[38;5;231;48;5;16m" not in line)


def test_a_file_that_gets_shorter_is_not_reported_as_taken(
    share: ShareServer, folder: Path, taken: list[Download]
) -> None:
    with (folder / "b.pdf").open("r+b") as file:
        file.truncate(200_000_000)
        with connected(share) as client:
            client.sendall(f"GET /{share.secret}/b.pdf HTTP/1.1\r\n\r\n".encode())
            client.recv(1000)
            file.truncate(10)
            while client.recv(1 << 20):
                pass
    assert ask(share, "a.apkg")[0] == 200
    deadline = time.monotonic() + 10
    while not taken and time.monotonic() < deadline:
        time.sleep(0.01)  # the server's thread notes it once the answer has gone
    assert [one.name for one in taken] == ["a.apkg"]


def test_who_asks_slowly_is_closed(share: ShareServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time limit is for the whole request, not for each byte."""
    monkeypatch.setattr(http_handler, "MAX_REQUEST_S", 0.5)
    with connected(share) as client:
        client.sendall(b"GET / HTTP/1.1\r\n")
        client.settimeout(0.05)
        for _ in range(400):
            try:
                client.sendall(b"X")
                if not client.recv(100):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        else:
            raise AssertionError("it goes on waiting")


def test_who_takes_slowly_is_closed(
    share: ShareServer, folder: Path, taken: list[Download], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = 200_000_000
    os.truncate(folder / "b.pdf", size)
    monkeypatch.setattr(http_handler, "MAX_REQUEST_S", 0.5)
    monkeypatch.setattr(http_handler, "MIN_BYTES_PER_S", 10 * size)
    with connected(share) as client:
        client.sendall(f"GET /{share.secret}/b.pdf HTTP/1.1\r\n\r\n".encode())
        client.recv(1000)
        for _ in range(400):
            if not share.connections:
                break
            time.sleep(0.05)
        assert not share.connections
        received = 0
        try:
            while piece := client.recv(1 << 20):
                received += len(piece)
        except ConnectionError:
            pass
    assert received < size
    assert not taken


def test_one_too_many_hears_that_it_is_full(
    folder: Path,
) -> None:
    full = threading.Event()
    server = ShareServer("127.0.0.1", 0, list_exports(folder), lambda _: None, full.set)
    with serve_in_thread(server):
        clients = [connected(server) for _ in range(MAX_CONNECTIONS)]
        try:
            for name in ("a.apkg", "b.pdf"):
                status, body = ask(server, name)
                assert (status, body) == (503, b"32 others are being served. Try again in a minute.\n")
            assert full.is_set()
        finally:
            for client in clients:
                client.close()
        for _ in range(400):
            if ask(server, "a.apkg")[0] == 200:
                break
            time.sleep(0.05)
        assert ask(server, "a.apkg") == (200, b"PK and more")


def test_those_who_take_files_are_not_too_many(share: ShareServer) -> None:
    """Each response closes its connection, so that connections do not run out."""
    with connected(share) as client:
        for _ in range(MAX_CONNECTIONS + 1):
            assert ask(share, "a.apkg")[0] == 200
        client.sendall(f"GET /{share.secret}/a.apkg HTTP/1.1\r\n\r\n".encode())
        answer = b""
        while piece := client.recv(1000):
            answer += piece
        assert answer.endswith(b"PK and more")


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


def test_a_large_file_is_sent_in_bounded_memory(project: Project) -> None:
    dist = project.root / "dist"
    dist.mkdir()
    (dist / "deck.apkg").write_bytes(b"PK")
    (dist / "large.pdf").touch()
    os.truncate(dist / "large.pdf", 8 << 30)
    with started(project, "share", "--local", "--out", "dist", before=_limit_memory) as process:
        process.until("Press Ctrl-C to stop earlier.")
        page = next(line.strip() for line in reversed(process.said) if line.strip().startswith("http://"))
        host, _, secret = page.removeprefix("http://").rstrip("/").partition("/")
        connections = [http.client.HTTPConnection(host, timeout=20) for _ in range(8)]
        for connection in connections:
            connection.request("GET", f"/{secret}/large.pdf")
            response = connection.getresponse()
            assert (response.status, response.length) == (200, 8 << 30)
            assert len(response.read(4 << 20)) == 4 << 20
            connection.close()
            response.close()
        last = http.client.HTTPConnection(host, timeout=20)
        last.request("GET", f"/{secret}/deck.apkg")
        assert last.getresponse().read() == b"PK"
        last.close()
