"""The lines of the questions in their source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import Question, QuestionSet
from exporter.model.source_lines import number_ranges


class QuestionLines:
    """The lines from each question to the next one."""

    def __init__(self, questions: QuestionSet, lines: Sequence[str]) -> None:
        """Take the questions and the `lines` of their source."""
        self._questions = questions.questions
        self._lines = lines

    def cover(self, diagnostic: Diagnostic, *questions: Question) -> Diagnostic:
        """Return a diagnostic about all lines of questions; the blank ones below them are not counted."""
        starts = [question.span.index for question in questions if question.span]
        ranges = [(start, self._find_end(start)) for start in starts if start < len(self._lines)]
        return replace(diagnostic, ranges=number_ranges(self._lines, ranges))

    def cover_gap(self, diagnostic: Diagnostic, before: Question, after: Question) -> Diagnostic:
        """Return a diagnostic about the lines from a question to the first line of a later one."""
        if before.span is None or after.span is None or after.span.index >= len(self._lines):
            return diagnostic
        return replace(
            diagnostic, ranges=number_ranges(self._lines, [(before.span.index, after.span.index + 1)])
        )

    @cached_property
    def _starts(self) -> list[int]:
        """The first lines of all questions, in order; most sources have nothing to report."""
        return sorted({question.span.index for question in self._questions if question.span})

    def _find_end(self, start: int) -> int:
        following = bisect_right(self._starts, start)
        end = self._starts[following] if following < len(self._starts) else len(self._lines)
        while end > start + 1 and not self._lines[end - 1].strip():
            end -= 1
        return end
