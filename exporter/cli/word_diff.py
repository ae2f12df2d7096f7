"""What changed within a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import click

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")

MIN_RATIO = 0.5
"""How much two lines must have in common (0 to 1) for their words to be compared."""


def word_diff(old: str, new: str, coloured: bool) -> Iterator[str]:
    """Yield the lines that changed, with what went and what came marked within them.

    In colour on a terminal; else as `[-went-]` and `{+came+}`. Unchanged lines are left out.
    """
    before, after = old.split("\n"), new.split("\n")
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        paired = min(i2 - i1, j2 - j1)
        for number in range(paired):
            yield _line(before[i1 + number], after[j1 + number], coloured)
        yield from (_went(line, coloured) for line in before[i1 + paired : i2])
        yield from (_came(line, coloured) for line in after[j1 + paired : j2])


def _line(old: str, new: str, coloured: bool) -> str:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < MIN_RATIO:
        return f"{_went(old, coloured)} {_came(new, coloured)}"
    parts = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            parts.append("".join(before[i1:i2]))
            continue
        if i2 > i1:
            parts.append(_went("".join(before[i1:i2]), coloured))
        if j2 > j1:
            parts.append(_came("".join(after[j1:j2]), coloured))
    return "".join(parts)


def _went(text: str, coloured: bool) -> str:
    return click.style(text, fg="red", strikethrough=True) if coloured else f"[-{text}-]"


def _came(text: str, coloured: bool) -> str:
    return click.style(text, fg="green", bold=True) if coloured else f"{{+{text}+}}"
