"""What a command costs: its processor time and its peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from tests.projects import REPOSITORY, Project, Ran

LONGEST = 120


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor, and MiB of memory at the peak."""

    seconds: float
    memory: float


def measured(project: Project, *arguments: str) -> tuple[Ran, Cost]:
    """Run a command as a process, and measure it; one that hangs is killed after two minutes."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            ["timeout", "--signal=KILL", str(LONGEST), sys.executable, "-m", "exporter", *arguments],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        said, told = (file.read().decode("utf-8", "backslashreplace") for file in (output, errors))
    cost = Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
    return Ran(process.returncode, said, told), cost
