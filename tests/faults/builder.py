"""Builds that can be killed: many a second, each a process of its own that begins with all loaded."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.projects import Project, Ran

LOADED = (
    *("filelock", "ftfy", "genanki", "jinja2", "rapidfuzz"),
    *("exporter.cli.build", "exporter.sheets.markdown.sheet", "exporter.cards.pdf"),
    *("exporter.readers.markdown", "exporter.readers.plain.reader", __name__),
)

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(list(LOADED))


def start(root: Path, *arguments: str, now: int, dies_at: int = 0) -> BaseProcess:
    """Start a build in a project; with `dies_at` it kills itself at that step of its writing."""
    process = _context.Process(target=_build, args=(str(root), arguments, now, dies_at), daemon=True)
    process.start()
    return process


def run(project: Project, *arguments: str) -> Ran:
    """Run a command in a process that begins with all loaded, and return what it left."""
    with tempfile.TemporaryDirectory() as folder:
        process = _context.Process(target=_run, args=(str(project.root), arguments, folder), daemon=True)
        process.start()
        process.join(60)
        assert process.exitcode is not None, "the command hangs"
        output, errors = (
            (Path(folder) / name).read_text("utf-8", "backslashreplace") for name in ("output", "errors")
        )
    return Ran(process.exitcode, output, errors)


def _run(root: str, arguments: tuple[str, ...], folder: str) -> None:
    os.chdir(root)
    for handle, name in ((1, "output"), (2, "errors")):
        os.dup2(os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT), handle)
    sys.argv = ["exporter", *arguments]
    from exporter.cli import main

    main()


def _build(root: str, arguments: tuple[str, ...], now: int, dies_at: int) -> None:
    os.chdir(root)
    os.environ["SOURCE_DATE_EPOCH"] = str(now)
    said = os.open(os.devnull, os.O_WRONLY)
    os.dup2(said, 1)
    os.dup2(said, 2)
    sys.argv = ["exporter", "build", *arguments]
    if dies_at:
        _die_at(dies_at)
    from exporter.cli import main

    main()


def _die_at(step: int) -> None:
    """Let the process kill itself at a step: as a file is made, half-written, whole, or in its place."""
    taken = 0

    def passing() -> bool:
        nonlocal taken
        taken += 1
        return taken == step

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def before(real: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*arguments: Any, **named: Any) -> Any:
            if passing():
                die()
            return real(*arguments, **named)

        return stepping

    real_fdopen = os.fdopen

    def fdopen(handle: int, mode: str = "r", *rest: Any, **named: Any) -> Any:
        file = real_fdopen(handle, mode, *rest, **named)
        if "w" in mode and passing():
            file.write = lambda data: (os.write(handle, data[: len(data) // 2]), die())  # type: ignore[method-assign]
        return file

    os.fdopen = fdopen  # type: ignore[assignment]
    os.fsync = before(os.fsync)
    os.link = before(os.link)
    os.replace = before(os.replace)
    os.chmod = before(os.chmod)
