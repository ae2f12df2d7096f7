"""Work in a second process: its result, its fault, and its death."""

from __future__ import annotations

import os
import signal

import pytest

from exporter import exporting, pipeline
from exporter.beside import beside, possible
from exporter.options import Options
from tests.bench.sources import text_of
from tests.projects import Project

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")


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


def test_many_cards_are_the_same_bytes_in_one_process_and_in_two(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(text_of(exporting.MANY))
    plan = pipeline.plan([project.source], Options(), 1_767_225_600)
    names = ["anki", "pdf"]
    monkeypatch.setattr(exporting, "possible", lambda: False)
    alone = exporting.export(plan.decks, names, Options(), 1_767_225_600)
    began = []
    monkeypatch.setattr(exporting, "possible", lambda: True)
    monkeypatch.setattr(exporting, "beside", lambda work: began.append(work) or beside(work))
    two = exporting.export(plan.decks, names, Options(), 1_767_225_600)
    assert began
    assert {file.name: file.data for file in alone.files} == {file.name: file.data for file in two.files}
    assert isinstance(possible(), bool)
