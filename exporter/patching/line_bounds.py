"""The bounds of a line of HTML in its source, with the tags of its formatting."""

from __future__ import annotations

import re

from exporter.patching.field_location import FieldLocation, start_of_line
from exporter.patching.word_edits import find_bounds

_INLINE = r"(?:a|b|code|del|em|font|i|ins|mark|s|span|strike|strong|sub|sup|u)"
_OPENING_TAG = re.compile(rf"<{_INLINE}(?:\s[^<>]*)?>\Z", re.IGNORECASE)
_CLOSING_TAG = re.compile(rf"</{_INLINE}\s*>", re.IGNORECASE)


def find_html_bounds(field: FieldLocation, index: int) -> tuple[int, int]:
    """Return where a line begins and ends in the source, with the tags of its formatting."""
    start, stop = find_bounds(field.lines[index].text, field.words[index], field.source)
    while opening := _OPENING_TAG.search(field.source, start_of_line(field.source, start), start):
        start = opening.start()
    while closing := _CLOSING_TAG.match(field.source, stop):
        stop = closing.end()
    return start, stop
