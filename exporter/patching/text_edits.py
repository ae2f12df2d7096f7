"""Edits of a text: ranges that are replaced."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from exporter.patching.refusal import RefusedError


class TextEdit(NamedTuple):
    """The replacement of `text[start:stop]`; offsets in characters, from 0."""

    start: int
    stop: int
    text: str


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """Return a text with its edits, those at one offset in order; raise `RefusedError` if two overlap."""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.stop))
    for edit, following in pairwise(ordered):
        if following.start < edit.stop:
            raise RefusedError("Two of the changes concern the same words.")
    parts, position = [], 0
    for edit in ordered:
        parts += [text[position : edit.start], edit.text]
        position = edit.stop
    return "".join([*parts, text[position:]])
