"""The fix of invisible characters: they are deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.fixes.source_reading import SourceReading
from exporter.readers.decoding.text_cleanup import remove_invisible


def delete_invisible(reading: SourceReading, _lines: Sequence[int]) -> Iterator[str]:
    """Yield the text without the invisible characters that no reader takes."""
    visible = ((index, line, remove_invisible(line)) for index, line in enumerate(reading.lines))
    yield reading.with_lines({index: after for index, before, after in visible if after != before})
