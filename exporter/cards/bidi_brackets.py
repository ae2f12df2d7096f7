"""Brackets in bidirectional text: a pair of brackets has one direction (UAX #9, rule N0)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
"""The directions that the classes of characters count as, after the rules for weak classes."""
MAX_OPEN_BRACKETS = 63
"""Number of brackets open at once from which on no more pairs are searched (UAX #9, BD16)."""


def resolve_brackets(storage: Any) -> None:
    """Give both brackets of each pair the direction of what is in them, or of what is before them.

    `storage` is that of python-bidi after its weak classes are resolved: python-bidi itself has no rule
    N0, by which `f(5)` in Hebrew keeps its second bracket.
    """
    for run in storage["runs"]:
        chars = storage["chars"][run["start"] : run["start"] + run["length"]]
        for start, stop in sorted(_iter_pairs(chars)):
            direction = _find_direction(chars, start, stop, run["sor"])
            if direction:
                chars[start]["type"] = chars[stop]["type"] = direction


def _find_direction(chars: Sequence[Any], start: int, stop: int, before: str) -> str:
    """Return the direction of a pair of brackets; empty if nothing in them has one."""
    embedding = "LR"[chars[start]["level"] % 2]
    inside = {_STRONG[char["type"]] for char in chars[start + 1 : stop] if char["type"] in _STRONG}
    if not inside or embedding in inside:
        return embedding if inside else ""
    opposite = "RL"[chars[start]["level"] % 2]
    context = next(
        (_STRONG[char["type"]] for char in reversed(chars[:start]) if char["type"] in _STRONG), before
    )
    return opposite if context == opposite else embedding


def _iter_pairs(chars: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Yield the positions of the brackets of each pair, whose characters mirror each other (BD16)."""
    from bidi.mirror import MIRRORED

    stack: list[tuple[str, int]] = []
    for index, char in enumerate(chars):
        if char["type"] != "ON" or char["ch"] not in MIRRORED:
            continue
        match unicodedata.category(char["ch"]):
            case "Ps":
                if len(stack) == MAX_OPEN_BRACKETS:
                    return
                stack.append((MIRRORED[char["ch"]], index))
            case "Pe":
                for depth in range(len(stack) - 1, -1, -1):
                    if stack[depth][0] == char["ch"]:
                        yield stack[depth][1], index
                        del stack[depth:]
                        break
