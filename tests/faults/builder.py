"""Commands in forked processes that can be killed: they start in milliseconds, with all modules loaded."""

from __future__ import annotations

import math
import multiprocessing
import os
import re
import signal
import sys
import tempfile
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.projects import Project, Ran

MAX_RUN_S = 60
"""A guard against endless work, not a claim of speed."""

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.faults.warm", __name__])


def start(root: Path, *arguments: str, now: int, dies_at: int = 0, command: str = "build") -> BaseProcess:
    """Start a command in a project; with `dies_at` it kills itself at that step of writing, counted from 1."""
    process = _context.Process(
        target=_start, args=(str(root), (command, *arguments), now, dies_at), daemon=True
    )
    process.start()
    return process


def run(project: Project, *arguments: str) -> Ran:
    """Run a command in a forked process, and return its status and output."""
    return measure(project, *arguments)[0]


def measure(project: Project, *arguments: str) -> tuple[Ran, float]:
    """Run a command as `run`, and also return its peak memory in MiB; kill it after `MAX_RUN_S`."""
    with tempfile.TemporaryDirectory() as folder:
        process = _context.Process(target=_run, args=(project, arguments, folder), daemon=True)
        process.start()
        process.join(MAX_RUN_S)
        is_late = process.exitcode is None
        process.kill()
        process.join()
        assert not is_late, f"the command did not end in {MAX_RUN_S} s"
        output, errors, status = (
            (Path(folder) / name).read_text("utf-8", "backslashreplace")
            for name in ("output", "errors", "status")
        )
    peak = re.search(r"VmHWM:\s*(\d+) kB", status)
    assert process.exitcode is not None
    return Ran(process.exitcode, output, errors), int(peak[1]) / 1024 if peak else math.inf


def _run(project: Project, arguments: tuple[str, ...], folder: str) -> None:
    os.chdir(project.root)
    os.environ["XDG_CACHE_HOME"] = str(project.caches)
    for handle, name in ((1, "output"), (2, "errors")):
        os.dup2(os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT), handle)
    sys.argv = ["exporter", *arguments]
    from exporter.cli import main

    try:
        main()
    finally:
        # of this process alone; what resource.getrusage counts begins with the parent's
        status = Path("/proc/self/status")
        Path(folder, "status").write_text(status.read_text() if status.exists() else "")


def _start(root: str, arguments: tuple[str, ...], now: int, dies_at: int) -> None:
    os.chdir(root)
    os.environ["SOURCE_DATE_EPOCH"] = str(now)
    said = os.open(os.devnull, os.O_WRONLY)
    os.dup2(said, 1)
    os.dup2(said, 2)
    sys.argv = ["exporter", *arguments]
    if dies_at:
        _die_at(dies_at)
    from exporter.cli import main

    main()


def _die_at(step: int) -> None:
    """Let the process kill itself at a step: when a file is created, half-written, complete or renamed."""
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
