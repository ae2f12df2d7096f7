"""The fix of misspelt labels, such as `Anwser:`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.fixes.source_reading import SourceReading
from exporter.readers.labels import patterns
from exporter.readers.plain.label_typos import find_nearest_label


def spell_labels(reading: SourceReading, lines: Sequence[int]) -> Iterator[str]:
    """Yield the text with the labels that begin `lines` (from 1) as they are spelt, in their case."""
    new: dict[int, str] = {}
    for number in lines:
        line = reading.lines[number - 1]
        match = patterns.LABEL_LIKE.match(line[:200])
        if match and (label := find_nearest_label(match["label"].lower())):
            label = label.upper() if match["label"].isupper() else label
            label = label.lower() if match["label"].islower() else label
            new[number - 1] = line[: match.start("label")] + label + line[match.end("label") :]
    yield reading.with_lines(new)
