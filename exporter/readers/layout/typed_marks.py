"""The marks before questions as a person types them."""

from __future__ import annotations

import re

from exporter.readers.layout.layout import Layout, Part, Style
from exporter.readers.layout.tokens import TokenizedText

MAX_MARK_CHARS = 24  # unmeasured
"""Maximum length of a mark; a longer text before a question is a part of it, such as a link."""

_DIGITS = re.compile(r"\d+")
_FIRST_WORD = re.compile(r"\w+")
_RUN = re.compile(r"([^\w\s#])\1+")
_TYPED = (Style.LABELLED, Style.NUMBERED, Style.PREFIX, Style.HEADINGS, Style.BULLETS)
"""The styles whose questions begin with characters that a person can type."""


def find_typed_mark(text: TokenizedText, layout: Layout, part: Part) -> str:
    """Return the text before the first question of a part, with `N` in the place of a number.

    Empty for a style whose questions begin with nothing that can be typed.
    """
    marker = layout.markers.get(part.start)
    if part.style not in _TYPED or marker is None:
        return ""
    line = text.get_typed_line(part.start)
    word = _FIRST_WORD.search(marker.rest)
    end = marker.column - 1 if marker.column > 1 or not word else line.find(word[0])
    typed = line[: max(0, end)].strip().rstrip("*_\"'“‘(¿ ")
    if part.style is Style.PREFIX:
        return typed or line[: max(0, end)].strip()
    typed = _DIGITS.sub("N", typed.lstrip("*_ ") or typed, count=1)
    return typed if len(typed) <= MAX_MARK_CHARS else ""


def fold_runs(mark: str) -> str:
    """Return a mark as it is compared: runs of a sign are equal at any length, but those of `#`."""
    return _RUN.sub(r"\1", mark)


def normalize_mark(mark: str) -> str:
    """Return a mark without regard to case, spaces and the length of runs."""
    return fold_runs("".join(mark.split())).casefold()
