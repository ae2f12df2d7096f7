"""Commands run within the test's own process, which costs no start of an interpreter."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from exporter.cli import group
from tests.projects import Ran


class CommandLine:
    """The command line in a folder of its own."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(root)
        monkeypatch.setenv("XDG_CACHE_HOME", str(root.parent / f"{root.name}-caches"))

    def write(self, name: str, data: str | bytes) -> Path:
        """Write a file, and return its path."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def run(self, *arguments: str) -> Ran:
        """Run a command, and return its exit status and what it printed."""
        result = CliRunner().invoke(group, arguments, standalone_mode=False)
        if isinstance(result.exception, click.ClickException):
            return Ran(2, result.stdout, result.exception.format_message())
        if result.exception is not None:
            raise result.exception
        return Ran(result.return_value or 0, result.stdout, result.stderr)
