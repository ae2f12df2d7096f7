"""`python -m tests.fuzz --minutes 10`: fuzz every reader and exporter for a time.

A failure is printed as the smallest source that shows it, to become a test.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from itertools import cycle

from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz import OPTIONS, check_bytes, check_questions, sources
from tests.strategies import question_sets

ROUND = settings(
    max_examples=200,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


def _of(suffix: str) -> Callable[[], None]:
    def check(data: bytes) -> None:
        check_bytes(suffix, data)

    check.__name__ = f"check_{suffix[1:]}"
    return ROUND(given(sources(suffix))(check))


def main() -> int:
    """Fuzz until the time is up; return 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=10, help="how long, by default 10")
    end = time.monotonic() + 60 * parser.parse_args().minutes
    targets = {suffix: _of(suffix) for suffix in OPTIONS}
    targets["questions"] = ROUND(given(question_sets())(check_questions))
    rounds, failed = 0, set()
    for name in cycle(targets):
        if time.monotonic() > end or len(failed) == len(targets):
            break
        if name in failed:
            continue
        try:
            targets[name]()
        except Exception as fault:
            failed.add(name)
            print(f"--- {name}: {type(fault).__name__}: {fault}")
            print("\n".join(getattr(fault, "__notes__", ())), flush=True)
        rounds += 1
    print(f"{rounds} rounds of {ROUND.max_examples}; {len(failed)} of {len(targets)} targets failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
