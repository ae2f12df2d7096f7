"""Collect all lines of a file that look like markers or answer labels of any layout."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from exporter.readers.labels import patterns
from exporter.readers.labels.metadata import NESTED_INDENT, measure_indent
from exporter.readers.plain.number_scoring import Markers


@dataclass(slots=True)
class Candidates:
    """Markers with words, with numbers, and with numbers and a letter; answer labels by words and letters.

    The labels map line indices to the text after them.
    """

    worded: Markers = field(default_factory=list)
    numbered: Markers = field(default_factory=list)
    lettered: Markers = field(default_factory=list)
    word_labels: dict[int, str] = field(default_factory=dict)
    letter_labels: dict[int, str] = field(default_factory=dict)

    def add(self, index: int, line: str) -> None:
        """Add a line if it is a candidate."""
        if marker := patterns.match_marker(line):
            by_number = self.lettered if marker.label else self.numbered
            (self.worded if marker.style[0] == "q" else by_number).append((index, marker))
        elif (text := patterns.match_answer_label(line, letters=False)) is not None:
            self.word_labels[index] = text
        elif (text := patterns.match_answer_label(line, letters=True)) is not None:
            self.letter_labels[index] = text


def collect_candidates(lines: Sequence[str], fenced: Collection[int]) -> Candidates:
    """Return the candidates among the lines that are not fenced."""
    candidates = Candidates()
    for index, line in enumerate(lines):
        if patterns.could_be_marker(line) and index not in fenced:
            candidates.add(index, line)
    return candidates


def select_worded(lines: Sequence[str], markers: Markers) -> Markers:
    """Return the markers of the most common style with words, without those indented deeper.

    A style without a separator (`Question 1 What …`) counts only if there is no other and it occurs twice.
    Styles with a number precede those without.
    """
    by_style: dict[str, Markers] = {}
    for index, marker in markers:
        by_style.setdefault(marker.style, []).append((index, marker))
    usable = {style: group for style, group in by_style.items() if not style.endswith(" ")}
    if not usable:
        usable = {style: group for style, group in by_style.items() if len(group) > 1}
    if not usable:
        return []
    best = max(usable, key=lambda style: ("N" in style and len(usable[style]) > 1, len(usable[style])))
    selected = usable[best]
    indent = min(measure_indent(lines[index]) for index, _ in selected)
    return [
        (index, marker) for index, marker in selected if measure_indent(lines[index]) < indent + NESTED_INDENT
    ]
