"""Lines that would be read as something else: a backslash before them keeps them what they are."""

from __future__ import annotations

import re

from exporter.readers.labels import patterns
from exporter.readers.plain.headings import framed_heading, in_capitals, is_ruler, is_underline

_SPECIAL_START = re.compile(
    r"\s*(?:[-*•‣◦·+–]\s|\d{1,4}[.)]\s|`{3}|~{3}|(?:title|deck|language)\s{0,3}:)", re.IGNORECASE
)


def is_special(line: str) -> bool:
    """Say whether a line could be read as a marker, label, heading, ruler, list item or fence."""
    return (
        _SPECIAL_START.match(line) is not None
        or patterns.match_marker(line) is not None
        or patterns.match_answer_label(line, letters=False) is not None
        or patterns.match_answer_label(line, letters=True) is not None
        or patterns.METADATA.match(line) is not None
        or is_ruler(line)
        or is_underline(line)
        or framed_heading(line) is not None
        or (bool(line.strip()) and in_capitals(line))
    )


def escape(line: str) -> str:
    """Return the line as it must stand in a plain-text source to be read as it is."""
    return "\\" + line if is_special(line.lstrip("\\")) else line


def unescape(line: str) -> str:
    """Return the line without the backslash that kept it what it is."""
    return line[1:] if line.startswith("\\") and is_special(line.lstrip("\\")) else line
