"""What a command costs: its processor time and its peak memory."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from tests.projects import REPOSITORY, Project, Ran

LONGEST = 120

TELLS = """
import atexit, sys
place, sys.argv = sys.argv[1], ["exporter", *sys.argv[2:]]
atexit.register(lambda: open(place, "w").write(open("/proc/self/status").read()))
from exporter.cli import main
main()
"""
"""Runs a command and leaves its peak; what the system counts for a process begins with its parent's."""


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor, and MiB of memory at the peak."""

    seconds: float
    memory: float


def measured(project: Project, *arguments: str) -> tuple[Ran, Cost]:
    """Run a command as a process, and measure it; one that hangs is killed after two minutes."""
    temporary = tempfile.TemporaryFile
    with temporary() as output, temporary() as errors, tempfile.NamedTemporaryFile("r") as peak:
        process = subprocess.Popen(
            ["timeout", "--signal=KILL", str(LONGEST), sys.executable, "-c", TELLS, peak.name, *arguments],
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
        found = re.search(r"VmHWM:\s*(\d+) kB", peak.read())
        said, told = (file.read().decode("utf-8", "backslashreplace") for file in (output, errors))
    cost = Cost(usage.ru_utime + usage.ru_stime, int(found[1]) / 1024 if found else math.inf)
    return Ran(process.returncode, said, told), cost
