"""Detect code in plain text that is neither fenced nor indented as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BLOCK_OPENING = re.compile(
    r"(?:(?:async\s+)?def \w+\s*\(.*:|class \w+.*:|for \w.* in .+:|while .+:|(?:el)?if .*[=<>%(.!].*:"
    r"|else\s*:|try\s*:|with .+\(.*:|except.*:|finally\s*:|.*(?:\)|=>|=|\w)\s*\{|.*=\s*[\[(]|.*\w\()"
)
"""A line that opens a block of code, which continues on the lines below."""

_BLOCK_CLOSING = re.compile(
    r"[\])}].*|(?:el)?if .+:|else\s*:|except.*:|finally\s*:|(?:else|catch|finally)\b.*\{"
)
"""A line that closes a block, or begins its next part."""

_STATEMENT = re.compile(
    r"(?:import|from|return|const|let|var|using|#include|package|print|console)\b.*|[\w.\[\]\"']+\s[-+*/|]?=\s\S.*"
    r"|[\w.]+\(.*\);?|.*;"
)
"""A statement of code outside a block."""

_KEYWORD_STATEMENT = re.compile(r"(?:pass|break|continue)$|(?:raise|yield|await|assert|del) |[#@\"']|\w+\.\w")

_COMMAND = re.compile(
    r"(?:[$#%>] |>>> |\.\.\. |//|--|/\*|<\w|@\w"
    r"|(?:SELECT|FROM|WHERE|INSERT|UPDATE|DELETE|CREATE|ALTER|JOIN|ORDER|GROUP)\b)"
)
"""The start of a line of shell, SQL or markup, or of a comment."""

_CODE_EVIDENCE = re.compile(r"\w\s?[-+*/|:]?=\s?\S|\w\(.*\)|[{};]\s*$|^(?:\$ |>>> |SELECT\b|<\w+.*>)")
"""Characters that sentences hardly ever have."""

_SENTENCE = re.compile(r"[A-Z\"'“].*\s.*\s.*[.?!,]|.*[a-z]\s[a-z]+\s[a-z].*[.?!,]")
_ITEM = re.compile(r"\s*(?:[-*•‣◦·+–]|\d{1,4}[.)])\s")

MIN_INDENT = 2
"""Minimum indentation of the lines in a block. 4 changes one file of the corpus."""

MAX_OPENING_CHARS = 200  # unmeasured
"""A longer line does not open a block of code."""


def find_code_end(lines: Sequence[str], index: int) -> int:
    """Return the index after a block of code that opens at `index`, or `index` if none does."""
    if not _opens_block(lines, index):
        return index
    end = next_index = index + 1
    while next_index < len(lines):
        line = lines[next_index]
        if not line.strip():
            next_index += 1
            continue
        continues = _is_indented(line) or _BLOCK_CLOSING.fullmatch(line) or _opens_block(lines, next_index)
        if not continues and (next_index > end or not _STATEMENT.fullmatch(line)):
            break
        next_index += 1
        end = next_index
    return end


def is_code(lines: Sequence[str]) -> bool:
    """Return whether lines that are indented as a whole are code: each can be, and one certainly is."""
    filled_lines = [line for line in lines if line.strip()]
    base_indent = min((_indent_width(line) for line in filled_lines), default=0)
    is_proven = False
    for index, line in enumerate(filled_lines):
        text = line.strip()
        is_deeper = _indent_width(line) > base_indent
        has_body = index + 1 < len(filled_lines) and _indent_width(filled_lines[index + 1]) > _indent_width(
            line
        )
        is_proven = (
            is_proven or _CODE_EVIDENCE.search(text) is not None or (has_body and text.endswith((":", "{")))
        )
        is_possible = (
            is_deeper
            or has_body
            or _STATEMENT.fullmatch(text)
            or _BLOCK_CLOSING.fullmatch(text)
            or _COMMAND.match(text)
        )
        if not is_possible or _SENTENCE.fullmatch(text) or _ITEM.match(line):
            return False
    return is_proven


def _indent_width(line: str) -> int:
    return len(line) - len(line.lstrip())


def is_statement(line: str) -> bool:
    """Return whether a line directly above a block of code is part of it."""
    return _STATEMENT.fullmatch(line) is not None


def _opens_block(lines: Sequence[str], index: int) -> bool:
    line = lines[index]
    below = lines[index + 1] if index + 1 < len(lines) else ""
    if (
        not _is_indented(below)
        or _ITEM.match(below)
        or len(line) > MAX_OPENING_CHARS
        or not _BLOCK_OPENING.fullmatch(line)
    ):
        return False
    body = below.strip()
    # sentences end in a colon, too
    return line[-1] != ":" or bool(
        _STATEMENT.fullmatch(body) or _KEYWORD_STATEMENT.match(body) or _BLOCK_OPENING.fullmatch(body)
    )


def _is_indented(line: str) -> bool:
    return line.startswith(" " * MIN_INDENT) and bool(line.strip())
