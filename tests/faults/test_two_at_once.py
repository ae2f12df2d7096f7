"""Two builds at once in one project: one waits for the other, and the results are never mixed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from exporter.system.build_lock import BuildLockedError, build_lock
from tests.faults import builder
from tests.projects import REPOSITORY, Project

pytestmark = pytest.mark.slow

HOLDS = """
import sys
from pathlib import Path
from exporter.system.build_lock import build_lock
with build_lock([Path(sys.argv[1])]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the lock of a folder, as a build does."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", HOLDS, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        if process.poll() is None:
            process.kill()


def test_a_build_waits_for_the_other(built: Project) -> None:
    exports = built.exports()
    built.package.unlink()
    with held(built.root / "dist") as other:
        waiting = builder.start(built.root, now=1_767_225_600)
        waiting.join(1.5)
        assert waiting.is_alive()
        assert not built.package.exists()
        assert other.stdin
        other.stdin.close()
        waiting.join(60)
    assert waiting.exitcode == 0
    assert built.exports() == exports


def test_who_does_not_wait_learns_who_builds(built: Project) -> None:
    with (
        held(built.root / "dist"),
        pytest.raises(BuildLockedError, match=r"Another build is working in .*dist\. Wait"),
        build_lock([built.root / "input", built.root / "dist"], timeout_s=0.1),
    ):
        pass


def test_a_killed_build_blocks_nobody(built: Project) -> None:
    with held(built.root / "dist") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        with build_lock([built.root / "dist"], timeout_s=0.1):
            pass


def test_a_link_to_the_folder_is_the_folder(built: Project, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(built.root / "dist")
    with (
        held(built.root / "dist"),
        pytest.raises(BuildLockedError),
        build_lock([tmp_path / "link"], timeout_s=0.1),
    ):
        pass


def test_ten_at_once_give_what_one_gives(built: Project) -> None:
    built.write(built.source.read_text("utf-8").replace("tight deadline", "close deadline"))
    now = 1_767_300_000
    processes = [builder.start(built.root, now=now) for _ in range(10)]
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0] * 10
    exports, lock = built.exports(), built.lock.read_bytes()
    assert len(exports) == 6
    built.build("--locked", now=now)
    assert (built.exports(), built.lock.read_bytes()) == (exports, lock)


def test_two_with_other_sources_keep_what_both_added(built: Project) -> None:
    names = [f"more{number}.txt" for number in range(4)]
    for number, name in enumerate(names):
        text = f"Title\n\nQuestion 1: What is {name}?\nAnswer:\nThe source number {number}.\n"
        (built.root / "input" / name).write_text(text)
    processes = [builder.start(built.root, f"input/{name}", now=1_767_300_000) for name in names]
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0] * 4
    lock = built.lock.read_text("utf-8")
    assert all(f'"source": "{name}"' in lock for name in (*names, built.source.name))
    assert len(built.exports()) == 6 * 5
