"""Word-by-word differences between two texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import click

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")

MIN_RATIO = 0.5
"""Minimum similarity ratio (0 to 1) of two lines for comparing their words."""  # unmeasured


def diff_words(old: str, new: str, coloured: bool) -> Iterator[str]:
    """Yield the changed lines, with the deleted and inserted words marked.

    They are marked by colours if `coloured`, or else as `[-deleted-]` and `{+inserted+}`. Unchanged
    lines are omitted.
    """
    before, after = old.split("\n"), new.split("\n")
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        paired = min(i2 - i1, j2 - j1)
        for offset in range(paired):
            yield _diff_line(before[i1 + offset], after[j1 + offset], coloured)
        yield from (_mark_deleted(line, coloured) for line in before[i1 + paired : i2])
        yield from (_mark_inserted(line, coloured) for line in after[j1 + paired : j2])


def _diff_line(old: str, new: str, coloured: bool) -> str:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < MIN_RATIO:
        return f"{_mark_deleted(old, coloured)} {_mark_inserted(new, coloured)}"
    parts = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            parts.append("".join(before[i1:i2]))
            continue
        if i2 > i1:
            parts.append(_mark_deleted("".join(before[i1:i2]), coloured))
        if j2 > j1:
            parts.append(_mark_inserted("".join(after[j1:j2]), coloured))
    return "".join(parts)


def _mark_deleted(text: str, coloured: bool) -> str:
    return click.style(text, fg="red", strikethrough=True) if coloured else f"[-{text}-]"


def _mark_inserted(text: str, coloured: bool) -> str:
    return click.style(text, fg="green", bold=True) if coloured else f"{{+{text}+}}"
