"""Real file systems that are small or read-only, where mounting is permitted."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """Mount a file system in memory on a folder; skip the test where that is not permitted."""
    place.mkdir(exist_ok=True)
    try:
        mount("-t", "tmpfs", "-o", ",".join(("mode=755", *options)), "tmpfs", str(place))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only the administrator may mount, and not in every container")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)
