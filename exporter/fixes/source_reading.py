"""The text of a source with what is read from it, which is all that a fix needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from exporter.patching.source_bytes import LINE_END, line_starts
from exporter.patching.text_edits import TextEdit, apply_edits
from exporter.pipeline.loaded_source import LoadedSource


@dataclass(frozen=True, slots=True)
class SourceReading:
    """The text of a source as it is in the file, and the source that is read from it."""

    text: str
    loaded: LoadedSource

    @property
    def lines(self) -> list[str]:
        """The lines of the text without their line ends, by index from 0."""
        return LINE_END.split(self.text)

    def with_lines(self, new: Mapping[int, str]) -> str:
        """Return the text with other lines, by index from 0; the line ends stay."""
        starts = line_starts(self.text)
        bounds = [*pairwise(starts), (starts[-1], len(self.text))]
        lines = self.lines
        return apply_edits(
            self.text,
            [
                TextEdit(bounds[index][0], bounds[index][0] + len(lines[index]), line)
                for index, line in new.items()
            ],
        )
