"""Bidirectional text: the direction of lines, and the visual order of their parts (UAX #9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from exporter.cards import shaping
from exporter.cards.bidi_brackets import resolve_brackets
from exporter.cards.text_style import is_formula

_RTL_LETTERS = re.compile(f"[{shaping.RTL_RANGES}]")


def has_rtl_letters(text: str) -> bool:
    """Return whether any letter of a text belongs to a right-to-left script."""
    return not text.isascii() and _RTL_LETTERS.search(text) is not None


def is_rtl(text: str) -> bool:
    """Return whether a line as a whole runs from right to left, as its first strong letter does.

    Without the optional libraries every line runs from left to right.
    """
    if not has_rtl_letters(text) or not shaping.is_available():
        return False
    from bidi.algorithm import get_base_level

    return bool(get_base_level(text) == 1)


_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What is in the place of a formula, whose direction is that of the text around it."""


@dataclass(frozen=True, slots=True)
class BidiRun:
    """Part of a line in one style and one direction; `text` is in logical (reading) order."""

    text: str
    style: int
    is_rtl: bool


def reorder(pieces: Sequence[tuple[str, int]], is_base_rtl: bool) -> list[BidiRun]:
    """Return the runs of a line in visual order, from left to right.

    `pieces` are texts with their styles, in logical order; `is_base_rtl` is the direction of the line.
    This is the Unicode bidirectional algorithm (UAX #9); rule L2 is applied to runs, not to characters.
    """
    formulas = {index: piece for index, (piece, style) in enumerate(pieces) if is_formula(style)}
    texts = [_OBJECT if index in formulas else piece for index, (piece, _) in enumerate(pieces)]
    text = "".join(texts)
    # adjacent pieces of one style are one run, but no two formulas are one run
    styles = [
        (style, index if index in formulas else -1)
        for index, (part, (_, style)) in enumerate(zip(texts, pieces, strict=True))
        for _ in part
    ]
    # a line without such letters may be the end of a text from right to left, whose full stop is on the left
    is_mixed = is_base_rtl or has_rtl_letters(text)
    levels = _embedding_levels(text, int(is_base_rtl)) if is_mixed else [0] * len(text)
    runs: list[tuple[int, BidiRun]] = []
    start = 0
    for (level, (style, index)), group in groupby(zip(levels, styles, strict=True)):
        length = sum(1 for _ in group)
        if index in formulas:
            run = BidiRun(formulas[index], style, is_rtl=False)
        else:
            run = BidiRun(text[start : start + length], style, level % 2 == 1)
        runs.append((level, run))
        start += length
    for min_level in range(max(levels, default=0), 0, -1):
        ordered: list[tuple[int, BidiRun]] = []
        for is_reversed, group_runs in groupby(runs, key=lambda run: run[0] >= min_level):
            sequence = list(group_runs)
            ordered += reversed(sequence) if is_reversed else sequence
        runs = ordered
    return [run for _, run in runs]


def _embedding_levels(text: str, base_level: int) -> list[int]:
    """Return the embedding level of each character."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base_level, ("L", "R")[base_level]
    algorithm.get_embedding_levels(text, storage)
    for index, char in enumerate(storage["chars"]):
        char["index"] = index
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    resolve_brackets(storage)
    algorithm.resolve_neutral_types(storage, False)
    try:
        algorithm.resolve_implicit_levels(storage, False)
    except AssertionError:  # a character that is not assigned in python-bidi's version of Unicode
        return [base_level] * len(text)
    levels = [-1] * len(text)
    for char in storage["chars"]:
        levels[char["index"]] = char["level"]
    # python-bidi drops explicit formatting characters; they get the level of what precedes them
    previous = base_level
    for index, level in enumerate(levels):
        previous = levels[index] = previous if level < 0 else level
    return levels
