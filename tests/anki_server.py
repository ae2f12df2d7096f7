"""A real Anki on loopback that speaks AnkiConnect: `anki-connect-server` from PyPI.

It needs Python 3.12 or newer, so it is installed in a separate environment.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
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

STARTER = """
import json, os, signal, sys

import uvicorn
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki_connect_server.anki_wrapper import AnkiWrapper
from anki_connect_server.api import run_server

def import_package(self, path):
    options = ImportAnkiPackageOptions()
    self.col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options))
    return True

signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the servers that end leave no process behind
for line in sys.stdin:
    order = json.loads(line)
    if process := os.fork():
        print(process, flush=True)
        continue
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(order["folder"])
    log = os.open("server.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(order["environment"])
    if order["repaired"]:
        AnkiWrapper.import_package = import_package
    run_server()
    break
"""
"""Forks a server for each line. To import the server takes four times as long as to serve a test.

Where it is repaired, it has its own code but for its import: 0.5.0 hands the engine a path where the engine wants a
request.
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


class Servers:
    """Servers of the interface, forked from one process that has imported it."""

    def __init__(self, python: str) -> None:
        self._starter = subprocess.Popen(
            [python, "-c", STARTER],
            env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, folder: Path, port: int, repaired: bool) -> int:
        """Start a server for the collection of a folder; return the id of its process."""
        environment = {
            "ANKICONNECT_COLLECTION_PATH": str(folder / "collection.anki2"),
            "ANKICONNECT_PORT": str(port),
        }
        order = {"folder": str(folder), "environment": environment, "repaired": repaired}
        assert self._starter.stdin is not None
        assert self._starter.stdout is not None
        self._starter.stdin.write(json.dumps(order) + "\n")
        self._starter.stdin.flush()
        return int(self._starter.stdout.readline())

    def close(self) -> None:
        """End the process that starts servers."""
        self._starter.communicate(timeout=20)


@contextmanager
def serving(servers: Servers, folder: Path, repaired: bool = True) -> Iterator[str]:
    """Serve the collection of a folder; yield the address, and close the collection at the end."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    folder.mkdir(exist_ok=True)
    process = servers.start(folder, port, repaired)
    try:
        _wait(process, url, folder / "server.log")
        yield url
    finally:
        _end(process)


def _wait(process: int, url: str, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and _is_running(process):
        with suppress(OSError), urllib.request.urlopen(f"{url}/health", timeout=2):
            return
        time.sleep(0.05)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")


def _end(process: int) -> None:
    """Let the server close its collection; kill it if that takes longer than 20 s."""
    until = time.monotonic() + 20
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)
    while _is_running(process):
        if time.monotonic() > until:
            os.kill(process, signal.SIGKILL)
            raise AssertionError("The server did not end.")
        time.sleep(0.02)


def _is_running(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False
