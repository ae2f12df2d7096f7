"""The location of a field in its source: its lines with the places of their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.patching.field_lines import FieldLine
from exporter.patching.refusal import RefusedError
from exporter.patching.source_bytes import LINE_END
from exporter.patching.word_location import WordLocation, locate_words

MAX_SHOWN_CHARS = 40
"""Maximum number of characters of a line that a refusal quotes."""

_ITEM_MARK = re.compile(r"[ \t]*(?:>[ \t]*)*(?:[-*+•‣◦·–][ \t]+|\d{1,4}[.)][ \t]+)?(?:\[[ xX]\][ \t]+)?")
"""The beginning of a line: its indentation, marks of quotation, its bullet or number, and its check box."""


@dataclass(frozen=True, slots=True)
class FieldLocation:
    """The lines of a field with the places of their words in `source`; `start` is where the search began."""

    source: str
    lines: tuple[FieldLine, ...]
    words: tuple[list[WordLocation], ...]
    start: int

    @property
    def end(self) -> int:
        """The offset after the last word of the field; the start of the search if it has none."""
        return self.words[-1][-1].source_stop if self.words else self.start

    def lead(self, index: int) -> str:
        """Return what is before the words of a line on its first line of the source."""
        first = self.words[index][0].source_start
        return self.source[start_of_line(self.source, first) : first]


def locate_field(lines: Sequence[FieldLine], source: str, start: int, stop: int) -> FieldLocation:
    """Return where lines are in `source[start:stop]`; raise `RefusedError` if one is not there."""
    words = []
    position = start
    for line in lines:
        locations = locate_words(line.text, source, position, stop)
        if locations is None:
            text = line.text[:MAX_SHOWN_CHARS]
            raise RefusedError(f"“{text}” is not in the lines of the question as it is shown.")
        words.append(locations)
        position = locations[-1].source_stop
    return FieldLocation(source, tuple(lines), tuple(words), start)


def match_item_mark(lead: str) -> str | None:
    """Return the indentation and the bullet or number before a text; None if other words are before it."""
    match = _ITEM_MARK.match(lead)
    mark = match[0] if match else ""
    return None if re.search(r"[\w#]", lead[len(mark) :].replace("_", "")) else mark


def start_of_line(text: str, position: int) -> int:
    """Return the offset at which the line of a position begins."""
    return max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1


def end_of_line(text: str, position: int) -> int:
    """Return the offset at which the line of a position ends, before its line end."""
    match = LINE_END.search(text, position)
    return match.start() if match else len(text)
