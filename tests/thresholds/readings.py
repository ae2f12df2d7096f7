"""The readings that must notice a changed number: the corpus, pairs of cases, and files of two styles."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from itertools import permutations
from types import FrameType
from typing import Any

from tests.projects import REPOSITORY

Reading = Callable[[], str]
Functions = frozenset[tuple[str, int]]
"""Files and first lines of functions."""

Expected = dict[str, tuple[str, Functions, float]]
"""What each reading gives, which functions of the package it calls, and its CPU time in seconds."""


def iter_readings() -> Iterator[tuple[str, Reading]]:
    """Yield the name of each reading, and a function that reads; the package is imported only here."""
    from tests.reading_pairs import CASES as PAIR_CASES
    from tests.reading_pairs import outcome
    from tests.reading_styles import STYLES, join
    from tests.test_mixed_styles import is_whole
    from tests.test_readers_corpus import CASES, show

    for case in PAIR_CASES:
        yield f"pair {case.title}", lambda case=case: outcome(case)  # type: ignore[misc]
    for path in CASES:
        yield f"corpus {path.name}", lambda path=path: show(path)  # type: ignore[misc]
    for upper, lower in permutations(STYLES, 2):
        mixed = join(upper, lower, (4, 4))
        yield f"mixed {upper} {lower}", lambda mixed=mixed: str(is_whole(mixed))  # type: ignore[misc]


def read(reading: Reading) -> str:
    """Return what is read; an exception is a reading, too."""
    try:
        return reading()
    except Exception as exc:
        return repr(exc)


def read_all() -> Expected:
    """Read all, with and without a profiler."""
    results = {}
    for name, reading in iter_readings():
        called: set[tuple[str, int]] = set()
        sys.setprofile(_collector(called))
        text = read(reading)
        sys.setprofile(None)
        start = time.process_time()
        read(reading)
        seconds = time.process_time() - start
        # a file of two styles that is not read whole has no right reading to compare with
        if not (name.startswith("mixed ") and text != "True"):
            results[name] = (text, frozenset(called), seconds)
    return results


def _collector(called: set[tuple[str, int]]) -> Callable[[FrameType, str, Any], None]:
    root = f"{REPOSITORY}/"

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(root):
            called.add((frame.f_code.co_filename[len(root) :], frame.f_code.co_firstlineno))

    return note
