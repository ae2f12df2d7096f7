"""The fix of text that was encoded twice: the file gets the lines as they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.fixes.source_reading import SourceReading
from exporter.readers.decoding.mojibake import find_repairs


def write_repairs(reading: SourceReading, _lines: Sequence[int]) -> Iterator[str]:
    """Yield the text with the repaired lines that are read."""
    yield reading.with_lines(find_repairs(reading.lines))
