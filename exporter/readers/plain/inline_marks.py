"""Bold text and code within a line of plain text: `**so**` and `` `so` ``, as chats and notes have them."""

from __future__ import annotations

import re

from exporter.model.questions import Code, Line, Span, Strong, Text

MAX_MARKED_CHARS = 300  # unmeasured
"""A longer text between marks is not marked: the marks are text."""

_MARKED = re.compile(
    rf"(?<!`)`(?P<code>[^`\s](?:[^`]{{0,{MAX_MARKED_CHARS}}}[^`\s])?)`(?!`)"
    rf"|(?<![\w*/])\*\*(?=[^\s*/])(?P<strong>[^*]{{1,{MAX_MARKED_CHARS}}})(?<=\S)\*\*(?![\w*/])"
)
"""`2**3**4`, `char **a, **b` and `**/*.js` are not bold; single stars and underscores are left to names."""


def has_inline_marks(line: str) -> bool:
    """Return whether a line has bold text or code."""
    return ("`" in line or "**" in line) and _MARKED.search(line) is not None


def parse_inline(line: str) -> Line:
    """Return the spans of a line."""
    spans: list[Span] = []
    end = 0
    for match in _MARKED.finditer(line):
        if match.start() > end:
            spans.append(Text(line[end : match.start()]))
        if match["code"] is not None:
            spans.append(Code(match["code"]))
        else:
            spans.append(Strong(parse_inline(match["strong"])))
        end = match.end()
    if end < len(line) or not spans:
        spans.append(Text(line[end:]))
    return tuple(spans)
