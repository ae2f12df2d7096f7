"""Unified diffs of sources, for people to read; in a terminal the changed words are marked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import click

from exporter.cli.word_diff import MIN_RATIO
from exporter.model.terminal_text import printable
from exporter.patching.source_patch import SourcePatch

CONTEXT_LINES = 2

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


def unified_diff(patch: SourcePatch) -> list[str]:
    """Return a unified diff, line by line, without line ends; `patch_file` has the one for `git apply`."""
    name = patch.change.path.as_posix().lstrip("/")
    before, after = (_drop_last(lines) for lines in (patch.lines_before, patch.lines_after))
    return list(difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", n=CONTEXT_LINES, lineterm=""))


def _drop_last(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without the empty one after the last line end."""
    return lines[:-1] if lines and not lines[-1] else lines


def mark_words(diff: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a unified diff with colours, the changed words of a changed line in bold."""
    index = 0
    while index < len(diff):
        removed = _take(diff, index, "-") if not diff[index].startswith("---") else []
        added = _take(diff, index + len(removed), "+") if not diff[index].startswith("+++") else []
        if not removed and not added:
            yield printable(diff[index])
            index += 1
            continue
        pairs = list(zip_longest(removed, added))
        for sign, colour, side in (("-", "red", 0), ("+", "green", 1)):
            for old, new in pairs:
                line = (old, new)[side]
                if line is not None:
                    yield click.style(sign, fg=colour) + _mark_line(line, (new, old)[side], colour)
        index += len(removed) + len(added)


def _take(diff: Sequence[str], start: int, sign: str) -> list[str]:
    """Return the lines with a sign from an index on, without it."""
    lines: list[str] = []
    while start + len(lines) < len(diff) and diff[start + len(lines)].startswith(sign):
        lines.append(printable(diff[start + len(lines)][1:]))
    return lines


def _mark_line(line: str, other: str | None, colour: str) -> str:
    """Return a line in a colour; its words that the other line does not have are bold."""
    words, others = _WORD.findall(line), _WORD.findall(other or "")
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    if matcher.ratio() < MIN_RATIO:
        return click.style(line, fg=colour)
    return "".join(
        click.style("".join(words[start:stop]), fg=colour, bold=tag != "equal", underline=tag != "equal")
        for tag, start, stop, _, _ in matcher.get_opcodes()
        if start < stop
    )
