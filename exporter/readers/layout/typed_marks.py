"""The marks before questions as a person types them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exporter.readers.layout.layout import Layout, Part, Style

_DIGITS = re.compile(r"\d+")
_RUN = re.compile(r"([^\w\s#])\1+")
_TYPED = (Style.LABELLED, Style.NUMBERED, Style.PREFIX, Style.HEADINGS)
"""The styles whose questions begin with characters that a person can type."""


def find_typed_mark(lines: Sequence[str], layout: Layout, part: Part) -> str:
    """Return the text before the first question of a part, with `N` in the place of a number.

    Empty for a style whose questions begin with nothing that can be typed.
    """
    marker = layout.markers.get(part.start)
    if part.style not in _TYPED or marker is None:
        return ""
    typed = lines[part.start][: marker.column - 1].strip()
    if part.style in (Style.PREFIX, Style.HEADINGS):
        return typed
    return _DIGITS.sub("N", typed.strip("*_ ") or typed, count=1)


def fold_runs(mark: str) -> str:
    """Return a mark as it is compared: runs of a sign are equal at any length, but those of `#`."""
    return _RUN.sub(r"\1", mark)


def normalize_mark(mark: str) -> str:
    """Return a mark without regard to case, spaces and the length of runs."""
    return fold_runs("".join(mark.split())).casefold()
