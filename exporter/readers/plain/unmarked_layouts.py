"""Layouts of lines without labels and numbers: pairs, bullets, and lines with indented answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from exporter.readers.labels.bullets import BULLET_SIGN
from exporter.readers.labels.metadata import measure_indent
from exporter.readers.labels.pairs import find_pair, uses_spaces
from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.layout.evidence import count_between
from exporter.readers.layout.layout import Layout, Style, build_layout, build_line_marker
from exporter.readers.layout.tokens import TokenizedText, TokenKind
from exporter.readers.plain.headings import find_heading_ending_at

_BULLET = re.compile(
    rf"(?P<indent>\s{{0,3}})(?:(?:{BULLET_SIGN}|[★→>✓✅❓☐☑])\ufe0f?\s{{1,20}}){{1,2}}"
    r"(?:\[[ xX]\]\s{1,8})?(?P<rest>\S.*)"
)

MAX_TERM_CHARS = 60  # unmeasured
"""Maximum length of a term above another one that has the same meaning."""

MIN_HANGING = 3
"""Minimum number of questions with indented answers. 6 changes one file of the corpus, 1 none."""


def find_pairs(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of lines of the form `question :: answer`."""
    lines, fenced = text.lines, text.fenced
    markers: dict[int, Marker] = {}
    answers: dict[int, str] = {}
    text_lines = [index for index, line in enumerate(lines) if index not in fenced and line.strip()]
    spaced_only = uses_spaces([lines[index] for index in text_lines])
    for index in text_lines:
        line = lines[index]
        pair = find_pair(line, spaced_only=spaced_only)
        # a space only after `::` is not enough in plain text: “Term:: …” may be a heading
        if pair and (line[pair.question_end].isspace() or looks_like_question(line[: pair.question_end])):
            markers[index] = build_line_marker(line[: pair.question_end])
            answers[index] = line[pair.answer_start :].strip()
    if len(markers) < 2:
        return
    yield build_layout(Style.PAIRS, "::", markers, answers)


def find_bullets(text: TokenizedText) -> Iterator[Layout]:
    """Yield layouts of bullets; what is indented below a bullet is its answer.

    A second reading leaves out lists directly below a line at the margin, which are part of an answer.
    """
    lines, fenced = text.lines, text.fenced
    bullets = {
        index: match
        for index, line in enumerate(lines)
        if index not in fenced and line and (match := _BULLET.fullmatch(line))
    }
    if not bullets:
        return
    indent = min(measure_indent(match["indent"] + "-") for match in bullets.values())
    markers = {
        index: Marker(None, match["rest"].strip(), match.start("rest") + 1, "bullet")
        for index, match in bullets.items()
        if measure_indent(match["indent"] + "-") <= indent + 1
    }
    apart: dict[int, Marker] = {}
    for index, marker in markers.items():
        above = lines[index - 1] if index else ""
        if not above.strip() or above[0].isspace() or index - 1 in apart:
            apart[index] = marker
    for selected in (markers, apart):
        if len(selected) > 1 and any(looks_like_question(marker.rest) for marker in selected.values()):
            yield build_layout(Style.BULLETS, "-", selected)


def find_hanging(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of lines at the margin with indented answers below, without blank lines between."""
    lines, fenced = text.lines, text.fenced
    markers: dict[int, Marker] = {}
    at_margin = 0
    for index, line in enumerate(lines):
        if line[:1].strip() and index not in fenced and find_heading_ending_at(lines, index, 0) is None:
            at_margin += 1
            if index + 1 < len(lines) and lines[index + 1][:1] in (" ", "\t") and lines[index + 1].strip():
                markers[index] = build_line_marker(line)
    if len(markers) < MIN_HANGING:
        return
    markers.update(_find_further_terms(text, markers))
    yield build_layout(Style.HANGING, "", markers)


def _find_further_terms(text: TokenizedText, markers: Mapping[int, Marker]) -> dict[int, Marker]:
    """Return the lines directly above terms that share their meaning: they are terms, too.

    The first line of a paragraph with several terms is their title.
    """
    terms: dict[int, Marker] = {}
    starts = sorted(markers)
    for start in starts:
        above = start - 1
        while above >= 0 and above not in markers and _may_be_term(text, above):
            above -= 1
        first = above + 1
        if first < start:
            is_title = text.is_separator(above) and _has_several(text, starts, start)
            terms.update(
                (index, build_line_marker(text.lines[index])) for index in range(first + is_title, start)
            )
    return terms


def _has_several(text: TokenizedText, starts: Sequence[int], start: int) -> bool:
    """Return whether the paragraph of a term has another one below."""
    end = next(
        (index for index in range(start, len(text.lines)) if text.is_separator(index)), len(text.lines)
    )
    return count_between(starts, start, end) > 1


def _may_be_term(text: TokenizedText, index: int) -> bool:
    line = text.lines[index]
    return (
        text.find_kind(index) is TokenKind.TEXT
        and not line[0].isspace()
        and len(line) <= MAX_TERM_CHARS
        and line.rstrip()[-1] not in ".:!?;,"
        and find_heading_ending_at(text.lines, index, 0) is None
    )
