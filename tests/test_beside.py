"""Work in a second process: its result, its fault, and its death."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.pipeline import export_runner, planner
from exporter.pipeline.beside import MOST, beside, divided, possible
from tests.bench.sources import text_of
from tests.projects import REPOSITORY, Project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork"),
]


def test_the_result_comes_back_from_another_process() -> None:
    with beside(os.getpid) as result:
        assert result() != os.getpid()


def test_what_the_work_raises_is_raised_here() -> None:
    def work() -> None:
        raise ValueError("so it goes")

    with beside(work) as result, pytest.raises(ValueError, match="so it goes"):
        result()


def test_the_work_of_a_killed_process_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    with beside(work) as result:
        assert result() == here


def test_divided_works_come_back_in_their_order_each_done_once(tmp_path: Path) -> None:
    def work(at: int) -> int:
        with (tmp_path / "done").open("a") as file:
            file.write(f"{at}\n")
        return at

    works = [partial(work, at) for at in range(MOST)]
    assert divided(works) == list(range(MOST))
    assert sorted(map(int, (tmp_path / "done").read_text().split())) == list(range(MOST))


def test_divided_works_are_done_in_both_processes() -> None:
    taking, giving = os.pipe()

    def wait() -> int:
        """Wait for the other work, which this process can then not have begun."""
        os.read(taking, 1)
        return os.getpid()

    def send() -> int:
        os.write(giving, b"+")
        return os.getpid()

    assert len(set(divided([wait, send]))) == 2


def test_what_a_killed_process_had_taken_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.001)
        return os.getpid()

    assert divided([work] * 40) == [here] * 40


def test_what_a_divided_work_raises_is_raised_here() -> None:
    def work() -> None:
        raise ValueError("so it goes")

    with pytest.raises(ValueError, match="so it goes"):
        divided([work, work])


KILLED = """
import os, signal, sys
from exporter.beside import beside

def work():
    print("at work", flush=True)
    return bytes(10_000_000)

with beside(work):
    sys.stdin.read(1)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_second_process_ends_when_the_first_was_killed() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout and process.stdout.readline() == b"at work\n"
    # Its output ends only when the second process, which has it too, is gone.
    assert process.communicate(b"x", timeout=30)[0] == b""
    assert process.returncode == -signal.SIGKILL


def test_many_cards_are_the_same_bytes_in_one_process_and_in_two(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(text_of(export_runner.MANY))
    plan = planner.plan([project.source], Settings(), 1_767_225_600)
    names = ["markdown", "pdf", "anki"]
    monkeypatch.setattr(export_runner, "possible", lambda: False)
    alone = export_runner.export(plan.decks, names, Settings(), 1_767_225_600)
    began = []
    monkeypatch.setattr(export_runner, "possible", lambda: True)
    monkeypatch.setattr(export_runner, "divided", lambda works: began.append(works) or divided(works))
    two = export_runner.export(plan.decks, names, Settings(), 1_767_225_600)
    assert began
    assert alone == two
    assert [file.name for file in alone.files] == [file.name for file in two.files]
    assert isinstance(possible(), bool)


def test_cues_that_are_still_to_be_made_are_made_in_one_process(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(text_of(export_runner.MANY))
    decks = planner.plan([project.source], Settings(), 1_767_225_600).decks
    works: list[int] = []

    def counted(some: Sequence[Callable[[], object]]) -> list[object]:
        works.append(len(some))
        return [work() for work in some]

    monkeypatch.setattr(export_runner, "possible", lambda: True)
    monkeypatch.setattr(export_runner, "divided", counted)
    names = ["anki", "pdf", "markdown"]
    first = export_runner.export(decks, names, Settings(), 1_767_225_600)
    assert works == [2], "the deck and the sheets are not done together"
    assert export_runner.export(decks, names, Settings(), 1_767_225_600) == first
    assert works == [2, 3]
