"""A real Anki on loopback that speaks AnkiConnect: `anki-connect-server` from PyPI.

It needs Python 3.12 or newer, so it is installed in a separate environment.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PACKAGES = ["anki-connect-server==0.5.0", "anki>=26.9", "httpx>=0.28"]
"""httpx is imported by the server, and missing among what it says it needs."""

REPAIRED = """
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki_connect_server.anki_wrapper import AnkiWrapper
from anki_connect_server.cli import main

def import_package(self, path):
    options = ImportAnkiPackageOptions()
    self.col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options))
    return True

AnkiWrapper.import_package = import_package
main(["api"])
"""
"""The server as it is, but for its import: 0.5.0 hands the engine a path where the engine wants a request."""

AS_IT_IS = """
from anki_connect_server.cli import main
main(["api"])
"""


def newer_python() -> str | None:
    """Return a Python of 3.12 or newer that runs, or None."""
    names = ["python3.12", "python3.13", "python3.14"]
    found = [sys.executable, *filter(None, map(shutil.which, names))]
    found += sorted(map(str, Path.home().glob(".pyenv/versions/3.1[2-9]*/bin/python")))
    check = "import sys, venv; sys.exit(sys.version_info < (3, 12))"
    for python in found:
        with suppress(OSError):
            if subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0:
                return python
    return None


def make_environment(folder: Path, python: str) -> str:
    """Install the server with the pip of this environment; return its Python, or raise with pip's output.

    To install a second pip, and to compile what the server never imports, took three quarters of the time.
    """
    own, is_complete = folder / "bin" / "python", folder / "complete"
    if is_complete.exists():
        return str(own)
    if not own.exists():
        subprocess.run([python, "-m", "venv", "--without-pip", str(folder)], check=True, capture_output=True)
    pip = [sys.executable, "-m", "pip", "--python", str(own), "--disable-pip-version-check"]
    command = [*pip, "install", "--quiet", "--no-compile", *PACKAGES]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        raise OSError(done.stderr.strip().splitlines()[-1])
    is_complete.touch()
    return str(own)


@contextmanager
def serving(python: str, folder: Path, repaired: bool = True) -> Iterator[str]:
    """Serve the collection of a folder; yield the address, and close the collection at the end."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    folder.mkdir(exist_ok=True)
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [python, "-c", REPAIRED if repaired else AS_IT_IS],
            cwd=folder,
            env={
                **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
                "ANKICONNECT_COLLECTION_PATH": str(folder / "collection.anki2"),
                "ANKICONNECT_PORT": str(port),
            },
            stdout=log,
            stderr=log,
        )
        try:
            _wait(server, url, folder / "server.log")
            yield url
        finally:
            server.terminate()
            server.wait(20)


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{url}/health", timeout=2):
            return
        time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")
