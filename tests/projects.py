"""A user's project in a folder: a source, a configuration, and the commands that are run."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

from exporter.cli.json_document import is_json_requested

REPOSITORY = Path(__file__).resolve().parent.parent
SEED = REPOSITORY / "input" / "interview-questions.txt"

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
"""A PNG image of one pixel."""


@dataclass(frozen=True)
class Ran:
    """The result of a command: its exit status and what it printed."""

    status: int
    output: str
    errors: str


def _validated(arguments: Sequence[str], ran: Ran) -> Ran:
    """Return the result of a command; what is printed with `--format json` is validated by its schema."""
    if is_json_requested(arguments) and not {"--help", "--schema"} & {*arguments}:
        from tests.json_schemas import validate_output

        validate_output(arguments, ran.output)
    return ran


@dataclass(frozen=True)
class Project:
    """A folder with `input/` in it; commands run there in this process."""

    root: Path

    @classmethod
    def with_seed(cls, root: Path) -> Project:
        (root / "input").mkdir(parents=True)
        shutil.copyfile(SEED, root / "input" / SEED.name)
        return cls(root)

    @property
    def source(self) -> Path:
        return self.root / "input" / SEED.name

    @property
    def lock(self) -> Path:
        return self.root / "input" / "exporter.lock"

    @property
    def package(self) -> Path:
        return self.root / "dist" / "interview-questions.apkg"

    def write(self, text: str) -> None:
        self.source.write_text(text, encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        """Replace words of the source."""
        text = self.source.read_text("utf-8")
        assert old in text
        self.write(text.replace(old, new))

    def run(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        answers: str = "",
        charset: str = "utf-8",
    ) -> Ran:
        """Run a command in this process, without starting an interpreter.

        `answers` is typed on standard input; `charset` is the encoding of the standard streams before the
        command sets its own. What is printed with `--format json` is validated by its schema.
        """
        from exporter.cli import group
        from exporter.cli.errors import run

        environment = {**self._environment(), **(environment or {})}
        with (
            contextlib.chdir(self.root),
            mock.patch("sys.argv", ["exporter", *arguments]),
            CliRunner(charset=charset).isolation(answers, environment) as (output, errors, _),
        ):
            status = run(group)
            sys.stdout.flush()
            sys.stderr.flush()
        ran = Ran(
            status, *(stream.getvalue().decode("utf-8", "backslashreplace") for stream in (output, errors))
        )
        return _validated(arguments, ran)

    def run_process(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        answers: str = "",
        before: Callable[[], object] | None = None,
    ) -> Ran:
        """Run a command in a new process; `before` is called in the process first.

        Such a process compiles nothing: with a limit of file sizes it would leave half a module behind,
        which fails to import in every later process.
        """
        compiling = {} if before is None else {"PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "exporter", *arguments],
            cwd=self.root,
            env={**os.environ, **compiling, **self._environment(), **(environment or {})},
            input=answers,
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=120,
            check=False,
            preexec_fn=before,
        )
        return _validated(arguments, Ran(done.returncode, done.stdout, done.stderr))

    @property
    def caches(self) -> Path:
        return self.root.parent / f"{self.root.name}-caches"

    def _environment(self) -> dict[str, str]:
        return {"PYTHONPATH": str(REPOSITORY), "XDG_CACHE_HOME": str(self.caches), "LC_ALL": "C.UTF-8"}

    def build(self, *arguments: str, now: int | None = None) -> Ran:
        """Build, and check that it succeeded; `now` is the time of the build in seconds since 1970."""
        environment = {} if now is None else {"SOURCE_DATE_EPOCH": str(now)}
        ran = self.run("build", *arguments, environment=environment)
        assert ran.status == 0, ran.errors
        return ran

    def exports(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted((self.root / "dist").iterdir())}
