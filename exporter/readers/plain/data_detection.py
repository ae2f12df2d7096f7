"""Detect data whose structure is its indentation: YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LINE = re.compile(
    r"(?P<indent>\s*(?P<dashes>(?:-\s+){0,3}))(?P<quote>[\"']?)(?P<key>[\w$./{}<-][\w$./{}<>-]{0,60})(?P=quote):"
    r"(?P<value>\s+\S.*)?\s*"
)
"""A key with or without a value, as it is or in a list."""

_SCALAR = re.compile(r"\s*(?:-\s.*|-|#.*|---|\.\.\.|[\w\"'].*[\"'|>,\]}])")
_PROSE = re.compile(r"(?:\S+\s+){4,}\S*[.?!]")
"""A value that is a sentence."""

MAX_SAMPLE_LINES = 60
"""Number of lines that are searched for a key within a key. The limit keeps the search linear."""


def is_data_line(line: str) -> re.Match[str] | None:
    """Return a match for a key and a value, which may be above nested keys."""
    match = _LINE.fullmatch(line)
    return match if match and (match["key"][0].islower() or match["dashes"]) and match["value"] else None


def is_data(lines: Sequence[str]) -> bool:
    """Return whether lines are YAML: all are keys or items, and keys are nested in a key or an item.

    Notes have items with a colon, too: but their keys begin with a capital letter, and are not nested twice.
    """
    nested: list[tuple[int, bool]] = []
    is_proven = False
    is_literal_below = -1
    for line in lines[:MAX_SAMPLE_LINES]:
        indent = len(line) - len(line.lstrip())
        if is_literal_below >= 0 and indent > is_literal_below:
            continue
        is_literal_below = -1
        match = _LINE.fullmatch(line)
        if match is None:
            if not _SCALAR.fullmatch(line):
                return False
            continue
        value = (match["value"] or "").strip()
        if _PROSE.fullmatch(value):
            return False
        if value[:1] in ("|", ">") and len(value) <= 2:
            is_literal_below = indent
        column = len(match["indent"])
        while nested and nested[-1][0] > column:
            nested.pop()
        is_sibling = bool(nested) and nested[-1][0] == column
        # a key below another one of the same item, or two levels below the first key
        in_item = is_sibling and nested[-1][1] and not match["dashes"]
        depth = len(nested) - is_sibling
        lower = match["key"][0].islower()
        is_proven = is_proven or (lower and (in_item or (depth > 0 and not match["dashes"]))) or depth > 1
        if is_sibling:
            nested.pop()
        nested.append((column, bool(match["dashes"]) or in_item))
    return is_proven
