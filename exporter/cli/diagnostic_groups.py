"""Groups of diagnostics that say the same of several lines, so that they are printed once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from exporter.model.diagnostics import Diagnostic, pluralize
from exporter.model.source_lines import format_range

MIN_GROUP = 3
"""Minimum number of equal diagnostics that are printed as one."""

MAX_LISTED_RANGES = 30
"""Maximum number of line ranges that are listed; further ones are counted."""

_VARIABLE = re.compile(r"\d[\d,.]*[a-z]?\b|“[^”]*”")
"""Numbers and quotations, in which equal messages may differ."""


def group_equal(diagnostics: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """Return diagnostics with those of one file that say the same in one group, in the order of the first.

    Fewer than `MIN_GROUP` stay by themselves.
    """
    groups: dict[object, list[Diagnostic]] = {}
    order: dict[int, int] = {}
    for index, diagnostic in enumerate(diagnostics):
        order[id(diagnostic)] = index
        path = diagnostic.span.path if diagnostic.span else None
        message = _VARIABLE.sub("", diagnostic.message)
        key = (diagnostic.severity, diagnostic.code, message, path) if path else index
        groups.setdefault(key, []).append(diagnostic)
    result: list[list[Diagnostic]] = []
    for group in groups.values():
        result += [group] if len(group) >= MIN_GROUP else [[diagnostic] for diagnostic in group]
    return sorted(result, key=lambda group: order[id(group[0])])


def format_others(group: Sequence[Diagnostic]) -> str:
    """Return the line that says where the rest of a group is: “the same in 3 more lines: 5, 7 to 8”."""
    numbers = sorted({diagnostic.span.line for diagnostic in group[1:] if diagnostic.span})
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    listed = ", ".join(format_range(first, last) for first, last in islice(ranges, MAX_LISTED_RANGES))
    more = f" and {len(ranges) - MAX_LISTED_RANGES} more places" if len(ranges) > MAX_LISTED_RANGES else ""
    return f"       = the same in {pluralize(len(group) - 1, 'more line')}: {listed}{more}"
