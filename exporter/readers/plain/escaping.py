"""Escaping: backslashes at the start of a line that would otherwise be markup or a question."""

from __future__ import annotations

import re

from exporter.readers.labels import patterns
from exporter.readers.labels.bullets import BULLET_SIGN, TIGHT_SIGN
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.plain.drawing_detection import may_be_drawn
from exporter.readers.plain.headings import is_capitals_heading, is_ruler, is_underline, match_framed_heading
from exporter.readers.plain.inline_marks import has_inline_marks

_MARKUP_START = re.compile(
    rf"\s*(?:{BULLET_SIGN}\s|{TIGHT_SIGN}|\*{{2,5}}\s|\d{{1,4}}[.)]\s|`{{3}}|~{{3}}|(?:title|deck|language)\s{{0,3}}:)",
    re.IGNORECASE,
)


def is_markup(line: str) -> bool:
    """Return whether a line can be read as a marker, label, heading, ruler, list item or fence."""
    return (
        _MARKUP_START.match(line) is not None
        or patterns.match_marker(line) is not None
        or patterns.match_answer_label(line, letters=False) is not None
        or patterns.match_answer_label(line, letters=True) is not None
        or patterns.METADATA.match(line) is not None
        or is_ruler(line)
        or may_be_drawn(line)
        or has_inline_marks(line)
        or is_underline(line)
        or match_framed_heading(line) is not None
        or (bool(line.strip()) and is_capitals_heading(line))
    )


def escape(line: str, asking: bool = False) -> str:
    """Return the line as it must be written in a plain-text source to be read unchanged.

    If `asking` is true, lines that look like questions are escaped, too, by two backslashes: one before a
    question may well be TeX.
    """
    text = line.lstrip("\\")
    if is_markup(text):
        return "\\" + line
    if (asking or line.startswith("\\\\")) and looks_like_question(text):
        return "\\\\" + line
    return line


def unescape(line: str) -> str:
    """Return the line without the backslashes that escape it."""
    if not line.startswith("\\"):
        return line
    text = line.lstrip("\\")
    if is_markup(text):
        return line[1:]
    return line[2:] if line.startswith("\\\\") and looks_like_question(text) else line


def is_escaped(line: str) -> bool:
    """Return whether backslashes at the start of a line say that it is text, not markup or a question."""
    return line.startswith("\\") and unescape(line) != line
