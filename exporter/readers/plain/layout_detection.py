"""Detect the layout of a plain-text file: the candidate that reads the whole text best."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from exporter.readers.labels import patterns
from exporter.readers.labels.patterns import Marker
from exporter.readers.layout.description import describe_layout
from exporter.readers.layout.detection import find_layout
from exporter.readers.layout.evidence import EvidenceCollector, has_label
from exporter.readers.layout.layout import Layout, Style
from exporter.readers.layout.tokens import TokenizedText, TokenKind
from exporter.readers.plain.candidates import add_answers, find_candidates, find_labelled
from exporter.readers.plain.headings import HeadingKind, find_heading_ending_at, is_ruler
from exporter.readers.plain.tokenizer import tokenize

_EMPHASIZED = re.compile(r"(?P<sign>\*\*|__|\*|_)(?P<text>[^\s*_](?:[^*_]*[^\s*_])?)(?P=sign)")


def detect_layout(lines: Sequence[str], forced: Sequence[str] = ()) -> Layout:
    """Return the layout of a text, or that which the values `forced` of `source.questions` ask for."""
    text = tokenize(lines)
    layout = find_layout(text, PLAIN_TEXT, forced)
    if layout is None:
        return Layout(fenced=text.fenced)
    layout.markers = {index: _strip_marker_text(marker) for index, marker in layout.markers.items()}
    layout.fenced = text.fenced
    layout.framed = _is_framed(text, layout)
    if not forced:
        _take_numbers(text, layout)
        _drop_doubtful_markers(lines, layout)
        layout.read_as = describe_layout(text, layout)
    return layout


_SECTION_KINDS = (HeadingKind.FRAMED, HeadingKind.UNDERLINED, HeadingKind.CAPITALS)


class _PlainText:
    has_many_sections = False

    def find_candidates(self, text: TokenizedText) -> list[Layout]:
        return find_candidates(text)

    def find_fully_labelled(self, collector: EvidenceCollector) -> Layout | None:
        """Return the reading by labels if every question has an answer label and a blank line above."""
        text = collector.text
        for layout in find_labelled(text):
            starts, answers = sorted(layout.markers), sorted(layout.answers)
            if all(map(text.is_separator, (start - 1 for start in starts))) and all(
                has_label(answers, start, end) for start, end in pairwise([*starts, len(text.lines)])
            ):
                return layout
        return None

    def build_layout(
        self, text: TokenizedText, style: Style, pattern: str, markers: list[tuple[int, Marker]]
    ) -> Layout:
        return add_answers(text, style, pattern, markers)

    def find_section(
        self, text: TokenizedText, marker: Marker | None, start: int, end: int, is_labelled: bool
    ) -> int | None:
        """Return the line of the first marked heading below a labelled answer, such as `== SQL ==`."""
        for index in range(start, end) if is_labelled else ():
            if text.tokens[index].kind is TokenKind.TEXT and text.is_separator(index - 1):
                for last in (index, min(index + 1, end - 1)):
                    heading = find_heading_ending_at(text.lines, last, start)
                    if heading is not None and heading.style.kind in _SECTION_KINDS:
                        return index
        return None

    def is_consistent(self, text: TokenizedText, layout: Layout) -> bool:
        return True


PLAIN_TEXT = _PlainText()


def _drop_doubtful_markers(lines: Sequence[str], layout: Layout) -> None:
    """Remove markers that are out of order, have no answer label and are directly below other text.

    This needs a file in which nearly all questions have answer labels.
    """
    if len(layout.answers) * 10 < len(layout.markers) * 8:  # eight in ten; unmeasured
        return
    labels = sorted(layout.answers)
    expected = 0
    starts = sorted(layout.markers)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        marker = layout.markers[start]
        if marker.number is None:
            continue
        is_expected = marker.number == expected or (
            marker.label is not None and marker.number == expected - 1
        )
        is_below_text = start > 0 and lines[start - 1].strip() and not is_ruler(lines[start - 1])
        if expected and not is_expected and is_below_text and not has_label(labels, start, end):
            del layout.markers[start]
        else:
            expected = marker.number + 1


def _is_framed(text: TokenizedText, layout: Layout) -> bool:
    """Return whether most questions have a ruler directly above, and one between them and their answer."""
    framed = 0
    for start, end in pairwise([*sorted(layout.markers), len(text.lines)]):
        if start and text.tokens[start - 1].kind is TokenKind.RULER:
            below = next((index for index in range(start, end) if text.is_separator(index)), None)
            has_ruler = below is not None and text.tokens[below].kind is TokenKind.RULER
            if has_ruler and not all(map(text.is_separator, range(below or start, end))):
                framed += 1
    return 2 * framed > len(layout.markers)


def _take_numbers(text: TokenizedText, layout: Layout) -> None:
    """Give questions that are whole lines the markers of their lines, if several have markers of one form.

    A number before or after theirs, on a line with a blank line above, is a question, too.
    """
    taken: dict[str, dict[int, Marker]] = {}
    for index, marker in layout.markers.items():
        own = text.tokens[index].marker
        if marker.style in ("line", "label") and own and own.rest:
            taken.setdefault(own.style, {})[index] = own
    for style, markers in taken.items():
        numbers = [marker.number or 0 for _, marker in sorted(markers.items())]
        # without a delimiter it may be a word of the question, as in “2 sum”
        in_sequence = style != "N" or any(low + 1 == high for low, high in pairwise(numbers))
        if len(markers) > 1 and in_sequence:
            layout.markers.update(markers)
            layout.markers.update(_find_neighbours(text, style, markers))


def _find_neighbours(text: TokenizedText, style: str, markers: Mapping[int, Marker]) -> dict[int, Marker]:
    """Return the numbered lines directly before or after some in the sequence of their numbers."""
    starts = sorted(markers)
    found: dict[int, Marker] = {}
    for index, marker in text.find_markers(TokenKind.NUMBER):
        if marker.style != style or index in markers or not text.is_separator(index - 1):
            continue
        place = bisect_left(starts, index)
        above = markers[starts[place - 1]].number if place else None
        below = markers[starts[place]].number if place < len(starts) else None
        if marker.number is not None and (above == marker.number - 1 or below == marker.number + 1):
            found[index] = marker
    return found


def _strip_marker_text(marker: Marker) -> Marker:
    """Return a marker without a `Q:` after the number, and without emphasis around all of its text."""
    text = marker.rest
    if marker.style[0] != "q" and text:
        word = patterns.UNNUMBERED_WORD.fullmatch(text)
        text = word["rest"].strip() if word and word["rest"] else text
    if emphasis := _EMPHASIZED.fullmatch(text):
        text = emphasis["text"]
    return marker if text == marker.rest else replace(marker, rest=text)
