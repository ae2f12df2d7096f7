"""A build that is killed at any moment leaves complete files, and the next build does the rest."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults import builder
from tests.projects import PIXEL, REPOSITORY, Project

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("EXPORTER_KILLS", "20"))
"""How many builds are killed at random; in the long run hundreds."""

THEN, NOW = 1_767_225_600, 1_767_300_000

TEXT = """Interview questions

Question 1: What is an index?
Answer:
A sorted copy of some columns that leads to the rows.

Question 2: When does it not help?
Answer:
When most rows match anyway.
![A plan](plan.png)
"""


@dataclass
class Edited:
    """A project whose source was edited since its last build, and its files before and after the next."""

    project: Project
    old: dict[str, bytes]
    new: dict[str, bytes]

    def put_back(self) -> None:
        """Restore the project to its state before the build that is killed."""
        shutil.rmtree(self.project.root / "dist")
        for path in (self.project.root / "input").iterdir():
            path.unlink()
        for name, data in self.old.items():
            path = self.project.root / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)

    def check_what_is_left(self) -> str:
        """Check that every file is complete, and return which are new."""
        found = _files(self.project.root)
        whole = {name: data for name, data in found.items() if "/.exporter-" not in name}
        assert set(self.old) <= set(whole) <= set(self.new)
        for name, data in whole.items():
            assert data in (self.old.get(name), self.new[name]), f"{name} is neither old nor new"
        return " ".join(name for name in sorted(whole) if whole[name] != self.old.get(name))

    def list_left(self) -> frozenset[tuple[str, bytes]]:
        """Return all files with their content, without the random part of temporary names."""
        files = _files(self.project.root).items()
        return frozenset((re.sub(r"/\.exporter-.*", "/.exporter-", name), data) for name, data in files)

    def check_next_build(self) -> None:
        """Check that the next build makes all files as expected, and leaves nothing else."""
        process = builder.start(self.project.root, now=NOW)
        process.join(60)
        assert process.exitcode == 0
        assert _files(self.project.root) == self.new


def _files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edited]:
    project = Project.with_seed(tmp_path_factory.mktemp("killed") / "project")
    source = project.source.with_suffix(".md")
    project.source.unlink()
    markdown = TEXT.replace("Question ", "## Question ")
    source.write_text(markdown)
    (source.parent / "plan.png").write_bytes(PIXEL)
    # all files are written in one way: five of them show it
    (project.root / "exporter.toml").write_text('to = ["anki", "pdf", "markdown"]\n')
    project.build(now=THEN)
    built = _files(project.root)
    source.write_text(markdown.replace("most rows", "nearly all rows") + "\n## Question 3: Why?\nBecause.\n")
    old = _files(project.root)
    assert set(old) == set(built)
    project.build(now=NOW)
    new = _files(project.root)
    changed = {name for name in new if new[name] != old.get(name)}
    assert len(changed) == 5, "the lock and all exports but the picture change"
    yield Edited(project, old, new)


def test_killed_at_every_step_of_its_writing(edited: Edited) -> None:
    seen, tried = [], set()
    for step in range(1, 100):
        edited.put_back()
        process = builder.start(edited.project.root, now=NOW, dies_at=step)
        process.join(60)
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        seen.append(edited.check_what_is_left())
        left = edited.list_left()
        if left not in tried:  # the next build cannot tell it from what another step left
            edited.check_next_build()
        tried.add(left)
    assert step > 20, "each of five files has at least four steps"
    assert seen[0] == ""
    assert "input/exporter.lock" in seen, "killed between the lock's and the exports' replacement"
    assert len(set(seen)) == 6, "killed before the first of five files is replaced, and after each"


def test_killed_at_random(edited: Edited) -> None:
    moments = random.Random(8)
    edited.put_back()
    started = time.monotonic()
    builder.start(edited.project.root, now=NOW).join(60)
    lasts = time.monotonic() - started
    killed = 0
    for number in range(KILLS):
        edited.put_back()
        started = time.monotonic()
        process = builder.start(edited.project.root, now=NOW)
        process.join(moments.uniform(0, lasts * 1.1))
        if (
            not process.is_alive()
        ):  # on a busy machine, the first build may have taken much longer than the others
            lasts = min(lasts, time.monotonic() - started)
        process.kill()
        process.join(60)
        killed += process.exitcode == -signal.SIGKILL
        edited.check_what_is_left()
        if number % 4 == 0 or KILLS > 20:
            edited.check_next_build()
    assert killed > KILLS / 4


@pytest.mark.parametrize("part", [0.3, 0.8])
def test_the_command_itself_is_killed(edited: Edited, part: float) -> None:
    command = [sys.executable, "-m", "exporter", "build", "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": str(NOW)}
    edited.put_back()
    started = time.monotonic()
    subprocess.run(command, cwd=edited.project.root, env=environment, check=True)
    lasts = time.monotonic() - started
    edited.put_back()
    with subprocess.Popen(command, cwd=edited.project.root, env=environment) as process:
        try:
            process.wait(lasts * part)
        except subprocess.TimeoutExpired:
            process.kill()
    edited.check_what_is_left()
    edited.check_next_build()
