"""The fix of a code fence that is never closed: it is closed where the code ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exporter.fixes.source_reading import SourceReading
from exporter.patching.source_bytes import find_line_end, line_starts
from exporter.patching.text_edits import TextEdit, apply_edits
from exporter.readers.plain.code_detection import is_prose

_FENCE = re.compile(
    r"(?P<lead>[ \t]*(?:>[ \t]*)*(?:(?:[-*+•]|\d{1,4}[.)])[ \t]+)*)"
    r"(?:(?P<fence>`{3,}|~{3,})|#\+(?P<begin>begin)_(?P<name>\w+))",
    re.IGNORECASE,
)


def close_fences(reading: SourceReading, lines: Sequence[int]) -> Iterator[str]:
    """Yield the text with the fences in `lines` (from 1) closed above a sentence or the next question.

    Markdown is read as if they were closed above the next question, which is tried first there.
    """
    ends = [_end_above_prose, _end_above_question]
    for find_end in reversed(ends) if reading.loaded.reader == "markdown" else ends:
        starts = [*line_starts(reading.text), len(reading.text)]
        line_end = find_line_end(reading.text)
        edits = []
        for line in lines:
            opening = _FENCE.match(reading.lines[line - 1])
            if opening is None:
                continue
            at = starts[find_end(reading, line)]
            closing = _close(opening)
            is_cut = at == len(reading.text) and not reading.text.endswith(("\n", "\r"))
            edits.append(TextEdit(at, at, line_end + closing if is_cut else closing + line_end))
        yield apply_edits(reading.text, edits)


def _close(opening: re.Match[str]) -> str:
    """Return the closing line of a fence, indented like it."""
    lead = re.sub(r"[^ \t>]", " ", opening["lead"])
    if opening["fence"]:
        return lead + opening["fence"]
    end = "END" if opening["begin"].isupper() else "end"
    return f"{lead}#+{end}_{opening['name']}"


def _end_above_prose(reading: SourceReading, line: int) -> int:
    """Return the index of the line after the code: above the first sentence below the fence."""
    end = _end_above_question(reading, line)
    lines = reading.lines
    prose = next(
        (index for index in range(line, end) if lines[index].strip() and is_prose(lines[index])), end
    )
    return _without_blanks(lines, line, prose)


def _end_above_question(reading: SourceReading, line: int) -> int:
    """Return the index of the line after the code: above the next question, fence or heading."""
    lines = reading.lines
    starts = {question.span.line - 1 for question in reading.loaded.questions.questions if question.span}
    end = next(
        (index for index in range(line, len(lines)) if index in starts or _FENCE.match(lines[index])),
        len(lines),
    )
    return _without_blanks(lines, line, end)


def _without_blanks(lines: Sequence[str], start: int, end: int) -> int:
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end
