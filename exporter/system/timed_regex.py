"""Match a user's regular expression with the lines of a text, in a time that is limited.

Python's `re` may need exponential time and cannot be interrupted, so that the matching runs in a process of
its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

MAX_SECONDS = 5.0
"""Time after which the matching is stopped; a simple expression needs 0.3 s for 100,000 lines."""

_PROGRAM = """
import json, re, sys, warnings
warnings.simplefilter("ignore")
pattern, lines = json.load(sys.stdin)
expression = re.compile(pattern)
found = []
for index, line in enumerate(lines):
    match = expression.match(line)
    if match is None:
        continue
    if expression.groups and match[1] is not None:
        start, end = match.span(1)
    else:
        start, end = match.end(), len(line)
        if not line[start:].strip():
            start, end = match.span()
    found.append((index, start, end))
json.dump(found, sys.stdout)
"""


class RegexTimeoutError(Exception):
    """The matching was stopped, or could not be run."""


def match_lines(pattern: str, lines: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the lines at whose start a pattern matches; raise `RegexTimeoutError`.

    A result is the index of a line and the range of its text: the first group of the pattern, else what
    follows the match, else the match.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _PROGRAM],
            input=json.dumps([pattern, list(lines)]).encode(),
            capture_output=True,
            timeout=MAX_SECONDS,
            check=True,
        )
        return [(index, start, end) for index, start, end in json.loads(done.stdout)]
    except (OSError, subprocess.SubprocessError, ValueError) as exc:
        raise RegexTimeoutError from exc
