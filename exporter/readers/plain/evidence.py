"""Evidence for and against a reading of a whole text."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.plain.layout import Layout
from exporter.readers.plain.tokens import TokenizedText, TokenKind


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reading makes of a text; shares are from 0 to 1.

    - `asks`: questions that ask.
    - `labelled`: questions with an answer's label.
    - `explained`: answers' labels that are part of a question.
    - `sequence`: numbers that follow the one before by 1, or begin again at 1.
    - `rising`: numbers that follow by 1 to 3.
    - `free`: questions with a blank line or ruler above.
    - `coverage`: lines that end in a question mark and are the start of a question.
    - `sounding`: the same for lines below a blank line that only begin like a question.
    - `marked`: the same for lines with a marker that end in a question mark.
    - `before`: text before the first question.
    - `largest`: the largest body's share of all text in bodies.
    - `filled`: questions with text below.
    - `even`: the larger of `filled` and its complement.
    - `signs`: questions whose text begins with a sign or number, as if a marker were left on it.
    - `count`: natural logarithm of the number of questions.
    """

    asks: float
    labelled: float
    explained: float
    sequence: float
    rising: float
    free: float
    coverage: float
    sounding: float
    marked: float
    before: float
    largest: float
    filled: float
    even: float
    signs: float
    count: float


class Measure:
    """Measures readings of one text; what they share is collected once."""

    def __init__(self, text: TokenizedText) -> None:
        """Collect the lines with text, those that ask, and the answers' labels."""
        self.text = text
        self.content = text.content()
        self.asking = text.asking()
        self.sounding = text.sounding()
        self.marked = [index for index in self.asking if text.is_marked(index)]
        letters = text.labels(TokenKind.ANSWER_LETTER)
        words = text.labels(TokenKind.ANSWER_WORD)
        self.labels = sorted({**words, **(letters if len(letters) > 1 else {})})

    def sizes(self, starts: Sequence[int]) -> list[int]:
        """Return the number of lines with text below each of some sorted lines, up to the next one."""
        ends = [*starts[1:], len(self.text.lines)]
        return [count_between(self.content, start + 1, end) for start, end in zip(starts, ends, strict=True)]

    def wrapped(self, index: int) -> range:
        """Return the lines on which a question that ends on a line may begin: that line, and some above."""
        first = index
        while first > index - WRAPPED_LINES + 1 and not self.text.is_separator(first - 1):
            first -= 1
        return range(first, index + 1)

    def evidence(self, layout: Layout) -> Evidence:
        """Return the evidence for a reading with at least one question."""
        starts = sorted(layout.markers)
        count = len(starts)
        marks = [layout.markers[index] for index in starts]
        ends = [*starts[1:], len(self.text.lines)]
        sizes = self.sizes(starts)
        answers = sorted(layout.answers)
        filled = sum(size > 0 for size in sizes) / count
        numbers = [mark.number for mark in marks]
        steps = list(pairwise([0, *numbers]))
        begun = layout.markers.keys()
        covered = sum(not begun.isdisjoint(self.wrapped(index)) for index in self.asking)
        return Evidence(
            asks=sum(_asks(self.text.lines, index, mark) for index, mark in zip(starts, marks, strict=True))
            / count,
            labelled=_share_holding(starts, ends, answers),
            explained=_explained(starts, ends, self.labels),
            sequence=sum(
                after is not None and (after == 1 or _rises(before, after, 1)) for before, after in steps
            )
            / count,
            rising=sum(_rises(before, after, 3) for before, after in steps) / count,
            free=sum(self.text.is_separator(index - 1) for index in starts) / count,
            coverage=covered / len(self.asking) if self.asking else 0.5,
            sounding=_share(self.sounding, begun),
            marked=_share(self.marked, begun),
            before=bisect_left(self.content, starts[0]) / max(1, len(self.content)),
            largest=max(sizes) / max(1, sum(sizes)) * (1 if count > 3 else 0.5),
            filled=filled,
            even=max(filled, 1 - filled),
            signs=sum(_BEGINS_WITH_SIGN(mark.rest) is not None for mark in marks) / count,
            count=math.log(count),
        )


_BEGINS_WITH_SIGN = re.compile(r"[^\w\s\"'“‘«¿(<`$.\[{@/]|\d{1,4}[.)\]:-]\s").match

WRAPPED_LINES = 3
"""A line that asks belongs to the question that begins on it or on one of the two lines above it."""


def count_between(lines: Sequence[int], start: int, end: int) -> int:
    """Return how many of some sorted lines are from `start` up to, but not including, `end`."""
    return max(0, bisect_left(lines, end) - bisect_left(lines, start))


def _share(lines: Sequence[int], begun: Collection[int]) -> float:
    """Return the share of some lines that begin a question, moved towards 0.5 where there are few lines."""
    return (sum(index in begun for index in lines) + 1) / (len(lines) + 2)


def _asks(lines: Sequence[str], index: int, mark: Marker) -> float:
    text = mark.rest or next((line for line in lines[index + 1 : index + 4] if line.strip()), "")
    if ends_with_question_mark(text):
        return 1.0
    return 0.8 if looks_like_question(text) else 0.0


def _rises(before: int | None, after: int | None, limit: int) -> bool:
    return before is not None and after is not None and 1 <= after - before <= limit


def _share_holding(starts: Sequence[int], ends: Sequence[int], lines: Sequence[int]) -> float:
    """Return the share of bodies that hold one of some sorted lines."""
    held = sum(
        bisect_left(lines, start) < bisect_left(lines, end) for start, end in zip(starts, ends, strict=True)
    )
    return held / len(starts)


def _explained(starts: Sequence[int], ends: Sequence[int], labels: Sequence[int]) -> float:
    return _share_holding(starts, ends, labels) * len(starts) / len(labels) if labels else 0.5
