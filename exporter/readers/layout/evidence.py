"""The evidence for and against a reading of a whole text."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.layout import SIGNED_LINE, Layout
from exporter.readers.layout.tokens import TokenizedText, TokenKind


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of a reading, which `scoring` weights; shares are from 0 to 1.

    - `asks`: questions that end in a question mark (1) or begin like a question (0.8).
    - `labelled`: questions with an answer label.
    - `explained`: answer labels that are part of a question.
    - `sequence`: numbers that are one higher than the previous, or restart at 1.
    - `rising`: numbers that are one to three higher than the previous.
    - `listed`: numbers of lists in answers: they restart at 1, and few ask or have a blank line above.
    - `free`: questions with a blank line or ruler above.
    - `coverage`: lines ending in a question mark on which a question begins, or up to two lines below one.
    - `gaps`: gaps of two or more blank lines below which a question begins.
    - `sounding`: lines after a separator that only begin like a question, and on which a question begins.
    - `marked`: lines with a marker that end in a question mark, and on which a question begins.
    - `before`: lines of text before the first question.
    - `stray`: lines of text between the heading of a section and its first question.
    - `largest`: lines of the largest body, of all lines in bodies, or of the questions if these are more.
    - `filled`: questions with text below.
    - `even`: the larger of `filled` and its complement; for each kind of marker by itself where headings are
      marked.
    - `returns`: runs of questions with a kind of marker that an earlier run has, and no heading above.
    - `scattered`: questions in short runs of another kind than those above, and no heading above.
    - `leading`: the number of single questions above one with another kind of marker, and nothing between.
    - `used`: lines with the form of a question that are questions.
    - `signs`: questions whose text begins with a sign or number, as if a marker were left in it.
    - `count`: the natural logarithm of the number of questions.
    """

    asks: float
    labelled: float
    explained: float
    sequence: float
    rising: float
    listed: float
    free: float
    coverage: float
    gaps: float
    sounding: float
    marked: float
    before: float
    stray: float
    largest: float
    filled: float
    even: float
    leading: float
    returns: float
    scattered: float
    used: float
    signs: float
    count: float


class EvidenceCollector:
    """Collects the evidence for readings of one text; what they share is found once."""

    def __init__(self, text: TokenizedText) -> None:
        """Find the answer labels of a text."""
        self.text = text
        letters = text.find_labels(TokenKind.ANSWER_LETTER)
        words = text.find_labels(TokenKind.ANSWER_WORD)
        self.labels = sorted({**words, **(letters if len(letters) > 1 else {})})

    def count_body_lines(self, starts: Sequence[int]) -> list[int]:
        """Return the number of lines with text below each of some sorted lines, up to the next one."""
        ends = [*starts[1:], len(self.text.lines)]
        content = self.text.content
        sizes = [count_between(content, start + 1, end) for start, end in zip(starts, ends, strict=True)]
        for i, below in enumerate(starts[1:]):
            if sizes[i] and self._is_title(content[bisect_left(content, below) - 1]):
                sizes[i] -= 1
        return sizes

    def _is_title(self, index: int) -> bool:
        """Return whether a line above a question is short and ends in a colon, as a title of what follows."""
        line = self.text.lines[index].strip()
        return line.endswith((":", "：")) and len(line) <= MAX_TITLE_CHARS

    def find_wrapped(self, index: int) -> range:
        """Return the lines on which a question that ends at `index` may begin: it, and some above."""
        first = index
        while first > index - MAX_WRAPPED_LINES + 1 and not self.text.is_separator(first - 1):
            first -= 1
        return range(first, index + 1)

    def collect(self, layout: Layout) -> Evidence:
        """Return the evidence for a reading with at least one question."""
        starts = sorted(layout.markers)
        count = len(starts)
        markers = [layout.markers[index] for index in starts]
        styles = [marker.style for marker in markers]
        ends = [*starts[1:], len(self.text.lines)]
        sizes = self.count_body_lines(starts)
        if layout.answers:
            sizes = [
                size + bool(layout.answers.get(start)) for size, start in zip(sizes, starts, strict=True)
            ]
        answers = sorted(layout.answers)
        filled = sum(size > 0 for size in sizes) / count
        numbers = [marker.number for marker in markers]
        steps = list(pairwise([0, *numbers]))
        free = [self.text.is_separator(index - 1) for index in starts]
        ratings = [
            _rate_asking(self.text.lines, index, marker)
            for index, marker in zip(starts, markers, strict=True)
        ]
        begun_lines = layout.markers.keys()
        covered = sum(not begun_lines.isdisjoint(self.find_wrapped(index)) for index in self.text.asking)
        returns, scattered = self._count_scattered(starts, styles)
        return Evidence(
            asks=sum(ratings) / count,
            labelled=_share_with_line(starts, ends, answers),
            explained=_label_share(starts, ends, self.labels),
            sequence=sum(
                after is not None and (after == 1 or _is_rising(before, after, 1)) for before, after in steps
            )
            / count,
            rising=sum(_is_rising(before, after, 3) for before, after in steps) / count,
            listed=self._count_listed(starts, styles, numbers, ratings, free) / count,
            free=sum(free) / count,
            coverage=covered / len(self.text.asking) if self.text.asking else 0.5,
            gaps=_smoothed_share(self.text.below_gaps, begun_lines),
            sounding=_smoothed_share(self.text.prompts, begun_lines),
            marked=_smoothed_share(self.text.marked, begun_lines),
            before=bisect_left(self.text.content, starts[0]) / max(1, len(self.text.content)),
            stray=self.text.count_stray(layout.markers, starts) / max(1, len(self.text.content)),
            largest=max(sizes) / max(count, sum(sizes)) * (1 if count > 3 else 0.5),
            filled=filled,
            even=_measure_evenness([""] * count if self.text.sections is None else styles, sizes),
            leading=0 if self.text.sections is None else _count_leading(styles, sizes),
            returns=returns / count,
            scattered=scattered / count,
            used=count / (count + layout.unused),
            signs=sum(map(_rate_sign, markers)) / count,
            count=math.log(count),
        )

    def _count_listed(
        self,
        starts: Sequence[int],
        styles: Sequence[str],
        numbers: Sequence[int | None],
        ratings: Sequence[float],
        free: Sequence[bool],
    ) -> int:
        """Return how many numbered questions are lists in answers.

        Such a list begins with 1 below text that is not its title; fewer than half of it ask, and fewer than
        half are `free`, below questions of which nearly all are.
        """
        restarts = [index for index, number in enumerate(numbers) if index and number == 1]
        total = free_above = 0
        for first, end in pairwise([0, *restarts, len(numbers)]):
            free_count = sum(free[first:end])
            is_list = free_above > MIN_FREE_SHARE * first > 0 and 2 * free_count < end - first
            is_declared = styles[first].startswith("q") or self._is_below_title(starts[first])
            if is_list and not is_declared and 2 * sum(ratings[first:end]) < end - first:
                total += end - first
            free_above += free_count
        return total

    def _is_below_title(self, index: int) -> bool:
        """Return whether a line is directly below a short paragraph of one line without a final sign."""
        above = self.text.lines[index - 1].strip() if index else ""
        return above[-1:].isalnum() and len(above) <= MAX_TITLE_CHARS and self.text.is_separator(index - 2)

    def _count_scattered(self, starts: Sequence[int], styles: Sequence[str]) -> tuple[int, int]:
        """Return how many runs return to an earlier kind of marker, and how many questions are in short runs.

        A run is questions with one kind of marker; only those with no heading above them are counted, and
        none where headings are not marked.
        """
        sections = self.text.sections
        if sections is None:
            return 0, 0
        earlier: set[str] = set()
        returns = scattered = 0
        first = 0
        for _, group in groupby(styles):
            style, *others = group
            length = 1 + len(others)
            if first and not count_between(sections, starts[first - 1] + 1, starts[first]):
                returns += style in earlier
                scattered += length if length <= MAX_SHORT_RUN else 0
            earlier.add(style)
            first += length
        return returns, scattered


MAX_SHORT_RUN = 3
"""Maximum number of questions in one style that may be a list in an answer."""

_match_sign = re.compile(r"[^\w\s\"'“‘«¿(<`$.\[{@/]|\d{1,4}(?:[.)\]:-]\s|\s+[A-Z])").match

DROPPED_SIGN_SHARE = 0.6
"""What a sign counts that was taken from a line, compared with one that is left in the question.

Other lines may have the same sign, which only a reading by signs considers.
"""

MAX_TITLE_CHARS = 60  # unmeasured
"""A longer line is not a title of the questions below it."""

LOOKS_LIKE_QUESTION_SHARE = 0.8  # unmeasured
"""What a line that only begins like a question counts, compared with one that ends in a question mark."""

MIN_FREE_SHARE = 0.8
"""Minimum share of numbered questions below a blank line, for a list below them with none to be text.

Measured: 1.0 above a list of 13 in the last answer of a public file of 85 questions.
"""

MAX_WRAPPED_LINES = 3
"""Maximum number of lines of a question up to the line that ends in a question mark.

1 changes three files of the corpus, 6 none.
"""


def median_low(values: Sequence[int]) -> int:
    """Return the lower median of some numbers, as `statistics` does, which loads fractions and decimals."""
    return sorted(values)[(len(values) - 1) // 2]


def count_between(lines: Sequence[int], start: int, end: int) -> int:
    """Return the number of sorted line indices in `range(start, end)`."""
    return max(0, bisect_left(lines, end) - bisect_left(lines, start))


def has_label(labels: Sequence[int], start: int, end: int) -> bool:
    """Return whether one of the sorted line indices is in `range(start, end)`."""
    return bisect_left(labels, start) < bisect_left(labels, end)


def _smoothed_share(lines: Sequence[int], begun: Collection[int]) -> float:
    """Return the share of lines that begin a question, with add-one smoothing for small numbers."""
    return (sum(index in begun for index in lines) + 1) / (len(lines) + 2)


def _measure_evenness(styles: Sequence[str], sizes: Sequence[int]) -> float:
    """Return the share of questions that have text below like most with their kind of marker, or none."""
    counts: Counter[tuple[str, bool]] = Counter(
        (style, size > 0) for style, size in zip(styles, sizes, strict=True)
    )
    return sum(max(counts[style, True], counts[style, False]) for style in set(styles)) / len(styles)


def _count_leading(styles: Sequence[str], sizes: Sequence[int]) -> int:
    """Return how many questions without text below differ in their marker from both neighbours."""
    around = zip(["", *styles], styles, styles[1:], sizes, strict=False)
    return sum(not size and before != style != after for before, style, after, size in around)


def _rate_asking(lines: Sequence[str], index: int, marker: Marker) -> float:
    text = marker.rest or next((line for line in lines[index + 1 : index + 4] if line.strip()), "")
    if ends_with_question_mark(text):
        return 1.0
    return LOOKS_LIKE_QUESTION_SHARE if looks_like_question(text) else 0.0


def _rate_sign(marker: Marker) -> float:
    if marker.style == SIGNED_LINE:
        return DROPPED_SIGN_SHARE
    # after a number, a sign without a space is a part of the words, as in `==` or `.class`
    match = _match_sign(marker.rest)
    if match is None:
        return 0.0
    return float(marker.number is None or marker.rest[match.end() : match.end() + 1].isspace())


def _is_rising(before: int | None, after: int | None, limit: int) -> bool:
    return before is not None and after is not None and 1 <= after - before <= limit


def _share_with_line(starts: Sequence[int], ends: Sequence[int], lines: Sequence[int]) -> float:
    """Return the share of bodies that contain one of some sorted lines."""
    return sum(has_label(lines, start, end) for start, end in zip(starts, ends, strict=True)) / len(starts)


def _label_share(starts: Sequence[int], ends: Sequence[int], labels: Sequence[int]) -> float:
    return _share_with_line(starts, ends, labels) * len(starts) / len(labels) if labels else 0.5
