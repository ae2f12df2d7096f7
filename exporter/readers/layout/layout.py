"""The layout of a plain-text file: how its questions are marked, and on which lines they begin."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from exporter.readers.labels.patterns import Marker
from exporter.readers.read_as import ReadAs

SIGNED_LINE = "signed line"
"""The style of the marker of a question that is a whole line, but for a sign before it."""


class Style(StrEnum):
    """How questions are marked."""

    LABELLED = "labels"
    NUMBERED = "numbers"
    ABOVE_ANSWERS = "answer-labels"
    RECORDS = "records"
    PAIRS = "pairs"
    BULLETS = "bullets"
    HANGING = "hanging"
    ASKING = "asking"
    PREFIX = "prefix"
    GAPS = "gaps"
    LINES = "lines"
    EACH_LINE = "each-line"
    UNDERLINED = "underlined"
    HEADINGS = "headings"
    BOLD = "bold"
    EXPRESSION = "expression"
    ITALICS = "italics"
    SUMMARIES = "summaries"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of questions in one style.

    `pattern` is the marker as a person would type it, such as `N.` or `===>`, `start` the line (from 0) of
    the first question, `count` the number of questions.
    """

    style: Style
    pattern: str
    start: int
    count: int


@dataclass(slots=True)
class Layout:
    """Where questions and answers begin, by line index (from 0).

    `answers` maps the line of an answer label to the text after the label; a question without a label has no
    entry. A file in one style has one part. `fenced` are the lines of fenced code, `titles` are
    lines that are titles of the questions below and not of others, `unused` is
    the number of lines that have the form of a question and are not questions. `rivals` are the readings
    of the whole text with which this one was compared, the best first. `unmatched` are the values of
    `source.questions` that nothing in the text fits, each with the reason, as a clause. `score` is set for
    the readings that were compared, and `read_as` for the one that was chosen. `doubtful` are the lines in
    answers, in order, that look like questions in another style.
    """

    parts: tuple[Part, ...] = ()
    markers: dict[int, Marker] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    fenced: Collection[int] = ()
    titles: frozenset[int] = frozenset()
    unused: int = 0
    rivals: tuple[Layout, ...] = ()
    unmatched: dict[str, str] = field(default_factory=dict)
    score: float = -math.inf
    framed: bool = False
    doubtful: Sequence[int] = ()
    read_as: ReadAs = field(default_factory=lambda: ReadAs(()))


def build_layout(
    style: Style, pattern: str, markers: dict[int, Marker], answers: dict[int, str] | None = None
) -> Layout:
    """Return a layout whose questions all have one style."""
    part = Part(style, pattern, min(markers, default=0), len(markers))
    return Layout((part,), markers, answers or {})


def build_line_marker(line: str) -> Marker:
    """Return the marker of a question that is a whole line, without label or number."""
    return Marker(None, line.strip(), len(line) - len(line.lstrip()) + 1, "line")
