"""Commands that are run in the process of the test, without starting an interpreter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import Project, Ran


class CommandLine:
    """The command line in a folder."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.monkeypatch = monkeypatch
        monkeypatch.chdir(root)
        monkeypatch.setenv("XDG_CACHE_HOME", str(Project(root).caches))

    def write(self, name: str, data: str | bytes) -> Path:
        """Write a file, and return its path."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace words that are in a file."""
        text = (self.root / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def run(self, *arguments: str, now: int | None = None, answers: str = "") -> Ran:
        """Run a command, and return its exit status and what it printed.

        `now` is the time of the build in seconds since 1970, `answers` is what is typed.
        """
        environment = {"SOURCE_DATE_EPOCH": "" if now is None else str(now)}
        return Project(self.root).run(*arguments, environment=environment, answers=answers)

    def build(self, *arguments: str, now: int | None = None) -> Ran:
        """Build, and check that it succeeded."""
        ran = self.run("build", *arguments, now=now)
        assert ran.status == 0, ran.errors
        return ran
