"""Measurements, each in a process of its own."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from tests.projects import REPOSITORY


@dataclass(frozen=True)
class Figure:
    """Wall time and processor time in seconds, and the greatest memory in MiB."""

    wall: float
    processor: float
    memory: float


def measure(name: str, count: int) -> Figure:
    """Run one measurement of `tests.bench.runs`."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.runs", name, str(count), folder]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return Figure(*map(float, done.stdout.split()[-3:]))


def measure_medians(names: Sequence[str], count: int, rounds: int) -> dict[str, Figure]:
    """Return the medians of each measurement; they take turns, so that all meet the same load."""
    for name in names:
        measure(name, 28)  # compiles what it imports to bytecode, as an installation does
    figures: dict[str, list[Figure]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            figures[name].append(measure(name, count))
    medians = {name: _median(runs) for name, runs in figures.items()}
    for name, median in medians.items():
        print(f"{count:>6} {name}: {median}", flush=True)
    return medians


def _median(runs: Sequence[Figure]) -> Figure:
    return Figure(
        statistics.median(run.wall for run in runs),
        statistics.median(run.processor for run in runs),
        statistics.median(run.memory for run in runs),
    )
