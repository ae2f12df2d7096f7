"""Work done beside other work, in a second process."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TypeVar

Result = TypeVar("Result")


def possible() -> bool:
    """Say whether a second process can take over what is in memory, and has a core of its own."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    return forks and multiprocessing.cpu_count() > 1 and threading.active_count() == 1


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Begin work in a second process, and give a function that waits for its result.

    What the work raises is raised again there. A process that was killed has its work done anew
    in this one.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()

    def wait() -> Result:
        try:
            result, fault = ours.recv()
        except EOFError:
            return work()
        if fault is not None:
            raise fault
        return result  # type: ignore[no-any-return]

    try:
        yield wait
    finally:
        ours.close()
        process.terminate()
        process.join()


def _answer(work: Callable[[], object], connection: Connection) -> None:
    try:
        answer: tuple[object, Exception | None] = work(), None
    except Exception as fault:
        answer = None, fault
    connection.send(answer)
    connection.close()
