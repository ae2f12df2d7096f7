"""A command that runs until it is stopped, and its output meanwhile."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from tests.projects import REPOSITORY, Project

PATIENCE = 30.0


class Started:
    """A process of `exporter`; its output, errors included, is read line by line."""

    def __init__(self, project: Project, *arguments: str, before: Callable[[], object] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "exporter", *arguments],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            preexec_fn=before,
        )
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self._thread.start()

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self._lines.put(line.rstrip("\n"))

    def until(self, words: str) -> str:
        """Wait for a line that contains these words, and return it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                line = self._lines.get(timeout=0.2)
            except queue.Empty:
                assert self.process.poll() is None or not self._lines.empty(), self.said
                continue
            self.said.append(line)
            if words in line:
                return line
        raise AssertionError(f"No line with “{words}” came; there were {self.said}")

    def stop(self) -> int:
        """Press Ctrl-C, and return the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        status = self.process.wait(PATIENCE)
        self._thread.join(PATIENCE)
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return status


@contextmanager
def started(
    project: Project, *arguments: str, before: Callable[[], object] | None = None
) -> Iterator[Started]:
    """Start a command; `before` is called in its process first."""
    process = Started(project, *arguments, before=before)
    try:
        yield process
    finally:
        process.process.kill()
        process.process.wait(PATIENCE)
        process._thread.join(PATIENCE)
