"""Code that stands in plain text without a fence, and without being indented as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPENS = re.compile(
    r"(?:(?:async\s+)?def \w+\s*\(.*:|class \w+.*:|for \w.* in .+:|while .+:|(?:el)?if .*[=<>%(.!].*:"
    r"|else\s*:|try\s*:|with .+\(.*:|except.*:|finally\s*:|.*(?:\)|=>|=|\w)\s*\{|.*=\s*[\[(]|.*\w\()"
)
"""A line that opens a block of code, which the lines below it fill."""

_CLOSES = re.compile(r"[\])}].*|(?:el)?if .+:|else\s*:|except.*:|finally\s*:|(?:else|catch|finally)\b.*\{")
"""A line that closes a block, or goes on with the next part of it."""

_STATES = re.compile(
    r"(?:import|from|return|const|let|var|using|#include|package|print|console)\b.*|[\w.\[\]\"']+\s[-+*/|]?=\s\S.*"
    r"|[\w.]+\(.*\);?|.*;"
)
"""A line that states something in code, beside a block."""

_DOES = re.compile(r"(?:pass|break|continue)$|(?:raise|yield|await|assert|del) |[#@\"']|\w+\.\w")

_COMMAND = re.compile(
    r"(?:[$#%>] |>>> |\.\.\. |//|--|/\*|<\w|@\w"
    r"|(?:SELECT|FROM|WHERE|INSERT|UPDATE|DELETE|CREATE|ALTER|JOIN|ORDER|GROUP)\b)"
)
"""How a line of a shell, of SQL or markup begins, and a comment."""

_PROVES = re.compile(r"\w\s?[-+*/|:]?=\s?\S|\w\(.*\)|[{};]\s*$|^(?:\$ |>>> |SELECT\b|<\w+.*>)")
"""What hardly any sentence has."""

_SENTENCE = re.compile(r"[A-Z\"'“].*\s.*\s.*[.?!,]|.*[a-z]\s[a-z]+\s[a-z].*[.?!,]")
_ITEM = re.compile(r"\s*(?:[-*•‣◦·+–]|\d{1,4}[.)])\s")

LEAST_INDENT = 2
"""How far the lines within a block stand in."""


def code_end(lines: Sequence[str], index: int) -> int:
    """Return the line after a block of code that opens at a line, or the line itself where none does."""
    if not _opens(lines, index):
        return index
    end = at = index + 1
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
            continue
        goes_on = _is_indented(line) or _CLOSES.fullmatch(line) or _opens(lines, at)
        if not goes_on and (at > end or not _STATES.fullmatch(line)):
            break
        at += 1
        end = at
    return end


def is_code(lines: Sequence[str]) -> bool:
    """Return whether lines that are indented as a whole are code: each may be, and one proves it."""
    whole = [line for line in lines if line.strip()]
    least = min((_width(line) for line in whole), default=0)
    proven = False
    for at, line in enumerate(whole):
        text = line.strip()
        deeper = _width(line) > least
        filled = at + 1 < len(whole) and _width(whole[at + 1]) > _width(line)
        proven = proven or _PROVES.search(text) is not None or (filled and text.endswith((":", "{")))
        possible = (
            deeper or filled or _STATES.fullmatch(text) or _CLOSES.fullmatch(text) or _COMMAND.match(text)
        )
        if not possible or _SENTENCE.fullmatch(text) or _ITEM.match(line):
            return False
    return proven


def _width(line: str) -> int:
    return len(line) - len(line.lstrip())


def is_statement(line: str) -> bool:
    """Say whether a line right above a block of code belongs to it."""
    return _STATES.fullmatch(line) is not None


def _opens(lines: Sequence[str], index: int) -> bool:
    line = lines[index]
    below = lines[index + 1] if index + 1 < len(lines) else ""
    if not _is_indented(below) or _ITEM.match(below) or len(line) > 200 or not _OPENS.fullmatch(line):
        return False
    within = below.strip()
    # a colon ends many a sentence, too
    return line[-1] != ":" or bool(
        _STATES.fullmatch(within) or _DOES.match(within) or _OPENS.fullmatch(within)
    )


def _is_indented(line: str) -> bool:
    return line.startswith(" " * LEAST_INDENT) and bool(line.strip())
