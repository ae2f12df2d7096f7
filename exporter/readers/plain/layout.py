"""The layout of a plain-text file: where its questions and answers begin."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from exporter.readers.labels.patterns import Marker


class LayoutKind(StrEnum):
    """How a file marks its questions."""

    MARKED = "marked"
    """By words or numbers."""
    LABELLED_ANSWERS = "labelled answers"
    RECORDS = "records"
    PAIRS = "pairs"
    BULLETS = "bullets"
    HANGING = "hanging"
    ASKING = "asking"
    NONE = "none"


@dataclass(slots=True)
class Layout:
    """The markers of questions, the text after the labels of answers, both by line index, and fenced lines.

    A question without an entry in `answers` has no answer label.
    """

    kind: LayoutKind
    markers: dict[int, Marker] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    fenced: Collection[int] = ()
