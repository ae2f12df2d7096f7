"""What a command costs: its peak memory, and whether it ends at all."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
import tempfile

from tests.projects import REPOSITORY, Project, Ran

LONGEST = 60
"""Seconds; a guard against what never ends, no claim of speed."""

TELLS = """
import atexit, sys
place, sys.argv = sys.argv[1], ["exporter", *sys.argv[2:]]
atexit.register(lambda: open(place, "w").write(open("/proc/self/status").read()))
from exporter.cli import main
main()
"""
"""Runs a command and leaves its peak; what the system counts for a process begins with its parent's."""


def measured(project: Project, *arguments: str) -> tuple[Ran, float]:
    """Run a command as a process, and return its peak in MiB too; one that does not end is killed."""
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
        process.wait()
        output.seek(0)
        errors.seek(0)
        found = re.search(r"VmHWM:\s*(\d+) kB", peak.read())
        said, told = (file.read().decode("utf-8", "backslashreplace") for file in (output, errors))
    return Ran(process.returncode, said, told), int(found[1]) / 1024 if found else math.inf
