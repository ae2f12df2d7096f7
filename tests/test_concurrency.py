"""Threads and processes: each call of the Python interface has its own values, and the same bytes."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

import exporter
from tests.projects import Project

pytestmark = pytest.mark.slow

SOURCES = [
    {f"deck-{number}.md": f"# What is `{number}`?\n\nThe number **{number}**, $x^{number}$, ✓.\n"}
    for number in range(6)
]
render = partial(exporter.render, now=1_800_000_000)


def _bytes(made: Sequence[exporter.Rendering]) -> list[tuple[bytes, dict[str, bytes]]]:
    return [(one.lock, {file.name: file.data for file in one.files}) for one in made]


@pytest.fixture(scope="module")
def expected() -> list[tuple[bytes, dict[str, bytes]]]:
    return _bytes(list(map(render, SOURCES)))


def test_threads_make_the_same_bytes(expected: list[tuple[bytes, dict[str, bytes]]]) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert _bytes(list(pool.map(render, SOURCES))) == expected


def test_asyncio_makes_the_same_bytes(expected: list[tuple[bytes, dict[str, bytes]]]) -> None:
    async def render_all() -> list[exporter.Rendering]:
        return await asyncio.gather(*(asyncio.to_thread(render, source) for source in SOURCES))

    # in a thread of its own: the driver of the browser tests leaves a loop running in this one
    with ThreadPoolExecutor(1) as pool:
        assert _bytes(pool.submit(lambda: asyncio.run(render_all())).result()) == expected


def test_processes_make_the_same_bytes(expected: list[tuple[bytes, dict[str, bytes]]]) -> None:
    # a new interpreter, as on macOS and Windows, gets the sources and returns the values by pickling
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert _bytes(list(pool.map(render, SOURCES))) == expected
        failing = pool.submit(render, {"a.txt": "nothing here\n"})
        with pytest.raises(exporter.ExporterError, match="No question was found") as raised:
            failing.result()
    assert [one.code for one in raised.value.diagnostics] == ["no-questions"]


def test_builds_of_one_folder_in_threads_wait_for_each_other(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a lost lock is rebuilt from packages in the working folder's `dist`
    monkeypatch.chdir(project.root)
    other = Path(project.source.parent, "other.txt")
    other.write_text("1. What is a heap?\nA tree in an array.\n", encoding="utf-8")
    out = project.root / "dist"
    with ThreadPoolExecutor(4) as pool:
        paths = [project.source, other] * 2
        built = list(pool.map(lambda path: exporter.build(path, to="markdown", out=out), paths))
    assert sorted(len(one.changes) for one in built) == [0, 0, 1, 28]
    assert len(exporter.plan([project.source, other], out=out).questions) == 29
    assert exporter.plan([project.source, other], out=out).changes == ()
