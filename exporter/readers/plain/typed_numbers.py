"""Find lines that begin with a number that is missing between numbered questions, whatever follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from exporter.readers.labels.patterns import Marker
from exporter.readers.plain.number_scoring import Markers

MAX_MISSING = 30
"""Maximum number of missing numbers that are looked for; unmeasured."""

_TYPED = re.compile(
    r"(?P<lead>[\s*_#(]{0,8})(?P<number>\d{1,6})(?P<mark>[.)\]:/–—-]{0,2})(?P<space>\s*)(?P<rest>\S.*)"
)


def fill_typed_numbers(lines: Sequence[str], markers: Markers) -> Markers:
    """Return numbered lines of one style with those that begin with the numbers missing between them.

    The lines have the margin and the mark of the one above the gap; gaps at the start and the end are filled,
    too. Without a mark, such a line begins a paragraph.
    """
    first = markers[0]
    filled = _find_missing(lines, range(first[0]), first, range(1, first[1].number or 1))
    for above, (below, following) in pairwise(markers):
        filled.append(above)
        missing = range((above[1].number or 0) + 1, following.number or 0)
        filled += _find_missing(lines, range(above[0] + 1, below), above, missing)
    index, last = markers[-1]
    after = (last.number or 0) + 1
    filled.append((index, last))
    return filled + _find_missing(lines, range(index + 1, len(lines)), (index, last), range(after, after + 1))


def _find_missing(lines: Sequence[str], indices: range, model: tuple[int, Marker], missing: range) -> Markers:
    """Return the lines that begin with each of the missing numbers in turn, or nothing.

    They are items of a list below the number before the first of them.
    """
    form = _TYPED.match(lines[model[0]])
    if form is None or not 0 < len(missing) <= MAX_MISSING:
        return []
    markers: Markers = []
    for index in indices:
        match = _TYPED.match(lines[index])
        if match is None or match.group("lead", "mark") != form.group("lead", "mark"):
            continue
        number = int(match["number"])
        if number == missing.start - 1:
            return []
        begins = match["mark"] or (match["space"] and (index == 0 or not lines[index - 1].strip()))
        if number == missing.start + len(markers) and begins:
            marker = replace(model[1], number=number, rest=match["rest"], column=match.start("rest") + 1)
            markers.append((index, marker))
            if len(markers) == len(missing):
                return markers
    return []
