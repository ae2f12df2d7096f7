"""The layout of a plain-text file: how its questions are marked, and on which lines they begin."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from exporter.readers.labels.patterns import Marker


class Style(StrEnum):
    """How questions are marked. The value is the style's name in `source.questions` and in reports."""

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
    UNDERLINED = "underlined"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of questions in one style: how they are marked, and how many they are.

    `pattern` is the marker as a person would type it, such as `N.` or `===>`. `start` is the line
    (from 0) of the first of them.
    """

    style: Style
    pattern: str
    start: int
    count: int


@dataclass(slots=True)
class Layout:
    """Where questions and answers begin, by line index (from 0).

    `answers` maps the line of an answer's label to the text that follows the label; a question without
    a label has no entry. A file of one habit has one part.
    """

    parts: tuple[Part, ...] = ()
    markers: dict[int, Marker] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    fenced: Collection[int] = ()


def build_layout(
    style: Style, pattern: str, marks: dict[int, Marker], answers: dict[int, str] | None = None
) -> Layout:
    """Return a layout whose questions all have one style."""
    part = Part(style, pattern, min(marks, default=0), len(marks))
    return Layout((part,), marks, answers or {})
