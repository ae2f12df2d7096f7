"""Collects lines of Markdown, each with the line of the file from which it was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from exporter.model.source_lines import SourceLines


@dataclass(slots=True)
class MarkdownLines:
    """The lines written so far, and the prefixes of the lists and quotations that are open.

    `_markers` are the prefixes of the next line only, by the index of the prefix that they replace.
    """

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    _prefixes: list[str] = field(default_factory=list)
    _markers: dict[int, str] = field(default_factory=dict)
    _needs_blank: bool = False

    def add(self, text: str, number: int) -> None:
        """Add a line; `number` is its line in the file."""
        if self._needs_blank:
            self._needs_blank = False
            if not self._markers and self.lines:
                self._append("".join(self._prefixes).rstrip(), number)
        prefix = "".join(self._markers.get(index, part) for index, part in enumerate(self._prefixes))
        self._markers.clear()
        self._append((prefix + text) if text else prefix.rstrip(), number)

    def end_block(self) -> None:
        """Let a blank line be before the next block."""
        self._needs_blank = True

    def continue_block(self) -> None:
        """Let no blank line be before the next line."""
        self._needs_blank = False

    @contextmanager
    def indented(self, marker: str, prefix: str) -> Iterator[None]:
        """Write a list item or quotation: its first line begins with `marker`, the others with `prefix`."""
        self._begin_item(marker)
        self._prefixes.append(prefix)
        try:
            yield
        finally:
            self._prefixes.pop()
            self._markers.pop(len(self._prefixes), None)

    def _begin_item(self, marker: str) -> None:
        if self._needs_blank and not self._markers and self.lines:
            self._append("".join(self._prefixes).rstrip(), self.numbers[-1])
        self._needs_blank = False
        self._markers[len(self._prefixes)] = marker

    def _append(self, line: str, number: int) -> None:
        self.lines.append(line)
        self.numbers.append(number)

    def finish(self) -> SourceLines:
        """Return all lines."""
        return SourceLines(self.lines, self.numbers)
