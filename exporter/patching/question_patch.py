"""One change of a question, written into the text of its source in the first style that reads back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from exporter.model.questions import Question
from exporter.patching.cell_quoting import quote_cells
from exporter.patching.detail_edits import QuestionRegion, iter_detail_edits
from exporter.patching.field_lines import field_lines
from exporter.patching.field_location import FieldLocation, locate_field
from exporter.patching.line_edits import edit_lines
from exporter.patching.question_change import QuestionChange
from exporter.patching.refusal import RefusedError
from exporter.patching.source_bytes import SourceBytes, line_starts
from exporter.patching.text_edits import TextEdit, apply_edits
from exporter.patching.verification import verify
from exporter.patching.write_styles import SourceForm, WriteStyle, write_styles
from exporter.pipeline.loaded_source import LoadedSource

ReadBytes = Callable[[bytes], LoadedSource]
"""A function that reads the bytes of a source as a build would."""


@dataclass(frozen=True, slots=True)
class WritableSource:
    """A source that is patched, and how it is read; `separator` is that of a delimited file's cells."""

    bytes: SourceBytes
    read: ReadBytes
    separator: str = ""
    form: SourceForm = SourceForm.TEXT

    def read_text(self, text: str) -> LoadedSource:
        """Return the source as it would be with a changed text."""
        return self.read(self.bytes.encode(text))


class _LocatedQuestion(NamedTuple):
    """Where a question is in its source: its region, and the places of its words and of its answer's."""

    region: QuestionRegion
    asked: FieldLocation
    answered: FieldLocation


@dataclass(frozen=True, slots=True)
class QuestionPatch:
    """A change of the question with this index (from 0), to be written into a text of its source.

    `before` is what is read from the text. Below the question, the text may have further changes.
    """

    source: WritableSource
    text: str
    before: LoadedSource
    index: int
    change: QuestionChange

    def write(self) -> str:
        """Return the changed text, verified by reading all of it.

        Raise `RefusedError` with the reason of the first style if no style reads back.
        """

        def check(patched: str) -> None:
            verify(self.before, self.source.read_text(patched), {self.index: self.change})

        return self._write_checked(check)

    def write_alone(self) -> str | None:
        """Return the changed text, verified by reading the lines of the question alone.

        A large file need not be read for each style. Return None if these lines alone are not read as the
        question, or no style reads back.
        """
        start, stop = self._find_region()
        alone = self.source.read_text(self.text[start:stop])
        if alone.questions.questions != (self._question,):
            return None

        def check(patched: str) -> None:
            region = patched[start : stop + len(patched) - len(self.text)]
            verify(alone, self.source.read_text(region), {0: self.change})

        try:
            return self._write_checked(check)
        except RefusedError:
            return None

    @property
    def _question(self) -> Question:
        return self.before.questions.questions[self.index]

    def _write_checked(self, check: Callable[[str], None]) -> str:
        """Return the text in the first style that `check` does not refuse."""
        located = self._locate()
        reason: RefusedError | None = None
        tried = set()
        for style in write_styles(self.source.form, self.change.is_words_only):
            try:
                patched = apply_edits(self.text, self._make_edits(located, style))
                if patched in tried:
                    continue
                tried.add(patched)
                check(patched)
            except RefusedError as exc:
                reason = reason or exc
            else:
                return patched
        assert reason is not None
        raise reason

    def _locate(self) -> _LocatedQuestion:
        """Return where the question and its answer are; raise `RefusedError` if they are not there."""
        text, question = self.text, self._question
        start, stop = self._find_region()
        asked = locate_field(field_lines(question.question), text, start, stop)
        try:
            answered = locate_field(field_lines(question.answer), text, asked.end, stop)
        except RefusedError:
            # the answer may be before the question, as in a table's columns
            answered = locate_field(field_lines(question.answer), text, start, stop)
        region = QuestionRegion(text, start, max(asked.end, answered.end), stop)
        return _LocatedQuestion(region, asked, answered)

    def _make_edits(self, located: _LocatedQuestion, style: WriteStyle) -> list[TextEdit]:
        """Return the edits of the question in one style."""
        region, change = located.region, self.change
        edits: list[TextEdit] = []
        if change.question is not None:
            edits += edit_lines(located.asked, field_lines(change.question), style)
        if change.answer is not None:
            edits += edit_lines(located.answered, field_lines(change.answer), style)
        edits += iter_detail_edits(region, self._question, change, style)
        if not (separator := self.source.separator):
            return edits
        return quote_cells(self.text, edits, start=region.start, stop=region.stop, separator=separator)

    def _find_region(self) -> tuple[int, int]:
        """Return the offsets of the first line of the question, and of that of the next one in the file."""
        starts = line_starts(self.text)
        line = _line_of(self._question)
        lines = map(_line_of, self.before.questions.questions)
        following = min((other for other in lines if other > line), default=len(starts) + 1)
        stop = starts[following - 1] if following <= len(starts) else len(self.text)
        return starts[line - 1], stop


def _line_of(question: Question) -> int:
    return question.span.line if question.span else 1
