"""Work done beside other work, in a second process."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

MOST = 256
"""How many works can be divided."""

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
    process = context.Process(target=_answer, args=(work, theirs, ours), daemon=True)
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


def divided(works: Sequence[Callable[[], Result]]) -> list[Result]:
    """Do several works in two processes, each taking the next that is not begun; the dearest come first.

    The first of all is done in this one.
    """
    taking, offering = os.pipe()
    with os.fdopen(taking, "rb", buffering=0) as offers:
        with os.fdopen(offering, "wb", buffering=0) as offered:
            # a pipe holds far more than there are works, and gives each of them out once
            offered.write(bytes(range(1, len(works))))

        def taken() -> dict[int, Result]:
            return {at: works[at]() for at in map(ord, iter(lambda: offers.read(1), b""))}

        with beside(taken) as result:
            done = {0: works[0](), **taken(), **result()}
    # what a process that was killed had taken is still to be done
    return [done[at] if at in done else work() for at, work in enumerate(works)]


def _answer(work: Callable[[], object], connection: Connection, other: Connection) -> None:
    """Do the work, and send what it gives; where nobody is left to hear of it, end quietly."""
    other.close()  # or this process would itself be who is left
    gc.disable()  # the process is gone before rubbish takes much room
    try:
        answer: tuple[object, Exception | None] = work(), None
    except Exception as fault:
        answer = None, fault
    with suppress(BrokenPipeError):
        connection.send(answer)
    connection.close()
