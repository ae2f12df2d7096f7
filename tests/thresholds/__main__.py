"""Double and halve each number of the readers in turn, and list those that no reading notices.

`python -m tests.thresholds exporter/readers/table` looks at one folder or module only; `--marked` also lists
the limits of time and size (`# bound:`) and the numbers that a comment argues for (`# argued:`).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
from types import FrameType

from tests.thresholds import probes
from tests.thresholds.coverage import functions_of, paths_of
from tests.thresholds.fresh_import import change, forget_modules, keep_code, replace_modules
from tests.thresholds.numbers import Number, find_numbers
from tests.thresholds.readings import Expected, iter_readings, read, read_all

ROOMS = ["exporter/readers", "exporter/checks"]
MAX_CHANGE_S = 120
"""A changed number may make a reader loop; then it is noticed."""

Task = tuple[Number, float, list[str]]
"""A number, its new value, and the names of the readings that may notice it."""

_expected: Expected = {}


def main() -> int:
    """Print the report; it is no gate, so the status is always 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.thresholds", description=__doc__)
    parser.add_argument("paths", nargs="*", default=ROOMS, help="modules or folders (all readers and checks)")
    parser.add_argument("--marked", action="store_true", help="also list marked numbers")
    arguments = parser.parse_args()
    numbers = [number for path in paths_of(arguments.paths) for number in find_numbers(path)]
    marked = [number for number in numbers if number.mark]
    numbers = [number for number in numbers if not number.mark]
    noticed = _find_noticed(numbers)
    lines = []
    for index, number in enumerate(numbers):
        missed = [f"{value:g}" for side, value in enumerate(number.changes()) if (index, side) not in noticed]
        if missed:
            values = " or ".join(missed)
            lines.append(f"{number.path}:{number.line}: {number.value:g} may be {values}: {number.name}")
    print(*lines, sep="\n")
    print(f"{len(numbers)} numbers, {len(lines)} not noticed on both sides; {len(marked)} marked.")
    if arguments.marked:
        print(*(f"{number.path}:{number.line}: {number.mark}: {number.name}" for number in marked), sep="\n")
    return 0


def _find_noticed(numbers: list[Number]) -> set[probes.Change]:
    """Return the changes (index of the number, and side) that a reading notices."""
    # third-party packages stay loaded in this process; the package itself is loaded in each child
    for _, reading in iter_readings():
        read(reading)
    forget_modules()
    keep_code()
    context = multiprocessing.get_context("fork")
    with context.Pool(1, maxtasksperchild=1) as pool:
        _expected.update(pool.apply(read_all))
    with context.Pool(1, maxtasksperchild=1) as pool:
        altered = pool.apply(_probe, (numbers,))
    tasks: dict[probes.Change, Task] = {}
    for index, number in enumerate(numbers):
        functions = functions_of(number)
        for side, value in enumerate(number.changes()):
            names = altered.get((index, side), set())
            if not probes.can_be_probed(number):
                names = {
                    name
                    for name, (_, called, _) in _expected.items()
                    if functions is None or functions & called
                }
            ordered = sorted(names, key=lambda name: _expected[name][2])
            if ordered:
                tasks[index, side] = (number, value, ordered)
    with context.Pool(os.cpu_count() or 1, maxtasksperchild=1) as pool:
        results = pool.imap(_is_noticed, tasks.values(), chunksize=1)
        noticed = set()
        for count, (key, is_noticed) in enumerate(zip(tasks, results, strict=True), 1):
            noticed |= {key} if is_noticed else set()
            print(f"\r{count} of {len(tasks)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return noticed


def _probe(numbers: list[Number]) -> dict[probes.Change, set[str]]:
    """Return the names of the readings in which a change alters a comparison."""
    by_path: dict[str, list[tuple[int, Number]]] = {}
    for index, number in enumerate(numbers):
        if probes.can_be_probed(number):
            by_path.setdefault(number.path, []).append((index, number))
    probes.install(numbers)
    replace_modules({path: probes.place(path, indexed) for path, indexed in by_path.items()})
    for name, reading in iter_readings():
        probes.current = name
        if name in _expected:
            text = read(reading)
            assert text == _expected[name][0], f"{name} is read otherwise with probes"
    return probes.noted


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def _is_noticed(task: Task) -> bool:
    """Return whether a reading differs from what is expected; called once in each process."""
    number, value, names = task
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(MAX_CHANGE_S)
    try:
        change(number, value)
        readings = dict(iter_readings())
        return any(read(readings[name]) != _expected[name][0] for name in names)
    except Exception:  # the changed module cannot be imported, or a reader does not end
        return True


if __name__ == "__main__":
    sys.exit(main())
