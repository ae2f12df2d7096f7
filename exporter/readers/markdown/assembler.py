"""The events of a file to questions: sections become categories, and skipped content is recorded."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from exporter.model.questions import Block, Paragraph, Question, Quote, Strong
from exporter.model.text import plain_text
from exporter.readers import SourceText
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.markdown.event import Event, EventKind
from exporter.readers.markdown.note_app_marks import Marks
from exporter.readers.markdown.question_builder import OpenQuestion

MIN_QUOTED_ANSWERS = 2
"""A single answer that is a quotation may quote somebody; several mark answers, if most are (unmeasured)."""


@dataclass(slots=True)
class _Section:
    """A section that is open; `lines` are those of its heading, `unused` is set until it has a question."""

    level: int
    text: str
    lines: tuple[int, int]
    unused: bool = True
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class QuestionAssembler:
    """Builds the questions of a file from its events.

    `navigation`, `unused_headings`, `early_questions`, `stray_text` and `clozes` are the lines (from 0, the
    end excluded) of navigation, of headings without questions, of lines in the preamble with a question mark,
    of text that belongs to no question, and of cloze cards with what is below them.
    """

    source: SourceText
    title: str | None = None
    has_title: bool = False
    tags: tuple[str, ...] = ()
    marks: Marks = field(default_factory=Marks)
    questions: list[Question] = field(default_factory=list)
    preamble: list[Block] = field(default_factory=list)
    navigation: list[tuple[int, int]] = field(default_factory=list)
    unused_headings: list[tuple[int, int]] = field(default_factory=list)
    early_questions: list[tuple[int, int]] = field(default_factory=list)
    stray_text: list[tuple[int, int]] = field(default_factory=list)
    clozes: list[tuple[int, int]] = field(default_factory=list)
    _sections: list[_Section] = field(default_factory=list)
    _current: OpenQuestion | None = None
    _started: bool = False
    _skipped: tuple[list[tuple[int, int]], int] | None = None
    """What the lines from one on, up to the next heading or question, are: `stray_text` or `clozes`."""

    def add_events(self, events: Iterable[Event]) -> None:
        """Add all events of the file."""
        for event in events:
            self._add_event(event)
        self._end_skipped(len(self.source.lines))
        self._finish()
        self.questions = unwrap_quoted_answers(self.questions)
        self._close_sections(0)

    def _add_event(self, event: Event) -> None:
        if event.kind in (EventKind.QUESTION, EventKind.SECTION, EventKind.TITLE, EventKind.CLOZE):
            self._end_skipped(event.line)
        match event.kind:
            case EventKind.QUESTION:
                self._begin_question(event)
            case EventKind.TITLE:
                self._sections.clear()
            case EventKind.ANSWER:
                if self._current:
                    self._current.answered = True
            case EventKind.METADATA if self._current:
                self._current.metadata.add(event.role, event.text)
            case EventKind.QUESTION_PART if self._current:
                self._current.event.blocks += event.blocks
            case EventKind.SECTION:
                self._begin_section(event)
            case EventKind.DETAILS_END:
                if self._current and self._current.answered:
                    self._finish()
            case EventKind.CLOZE:
                self._finish()
                self._skipped = self.clozes, event.line
            case EventKind.NAVIGATION:
                self.navigation.append((event.line, max(event.end, event.line + 1)))
            case _:
                self._add_content(event)

    def _begin_question(self, event: Event) -> None:
        self._finish(event.line)
        if event.level:
            self._close_sections(event.level)
        if not self._started:
            # tags before the first question are those of the file, and the headings above it are its
            # category and not part of the preamble
            self.tags = (*self.tags, *self.marks.take_tags(0, event.line))
            titles = [section.text for section in self._sections]
            self.preamble = [block for block in self.preamble if find_bold_line(block) not in titles]
            for section in self._sections:
                section.unused = True
        self._started = True
        category = " / ".join(section.text for section in self._sections) or None
        self._current = OpenQuestion(event, category)
        for section in self._sections:
            self._current.metadata.tags.update(dict.fromkeys(section.tags))

    def _begin_section(self, event: Event) -> None:
        if not self._started and not self.has_title and self.title is None and event.level == 1:
            self.title = event.text
            self._sections.clear()
            return
        self._finish(event.line)
        self._close_sections(event.level)
        lines = event.line, max(event.end, event.line + 1)
        if event.text:
            # a heading before the first question is in the preamble, and so not unused
            tags = self.marks.take_tags(*lines)
            self._sections.append(_Section(event.level, event.text, lines, self._started, tags))
        elif event.blocks:
            self.navigation.append(lines)
        if not self._started and event.text:
            self.preamble.extend(event.blocks)

    def _close_sections(self, level: int) -> None:
        while self._sections and self._sections[-1].level >= level:
            section = self._sections.pop()
            if section.unused:
                self.unused_headings.append(section.lines)

    def _add_content(self, event: Event) -> None:
        if self._current is not None:
            (self._current.after if self._current.answered else self._current.before).append(event)
        elif not self._started:
            self.preamble.extend(event.blocks)
            if len(event.parts) == 1 and ends_with_question_mark(event.parts[0].text):
                self.early_questions.append((event.line, event.line + 1))
        elif event.blocks and self._skipped is None:
            self._skipped = self.stray_text, event.line

    def _finish(self, line: int = sys.maxsize) -> None:
        """Close the question before `line`."""
        if self._current is not None:
            tags = self.marks.take_tags(self._current.event.line, line)
            self._current.metadata.tags.update(dict.fromkeys(tags))
            span = self.source.span(self._current.event.line + 1)
            question = self._current.close(self.tags, span)
            self.questions.append(question)
            for section in self._sections:
                # the question may have its own category
                section.unused &= section.text not in (question.category or "")
            self._current = None

    def _end_skipped(self, line: int) -> None:
        """End the text before `line` that belongs to no question."""
        if self._skipped is None:
            return
        ranges, start = self._skipped
        while line > start + 1 and not self.source.lines[line - 1].strip():
            line -= 1
        ranges.append((start, line))
        self._skipped = None


def unwrap_quoted_answers(questions: Sequence[Question]) -> list[Question]:
    """Return questions without the quotation around each answer, if the file marks answers so.

    It does if most answers, and at least `MIN_QUOTED_ANSWERS`, are one quotation each.
    """
    is_quoted = [
        len(question.answer) == 1 and isinstance(question.answer[0], Quote) for question in questions
    ]
    answered = sum(bool(question.answer) for question in questions)
    # most of the answers; unmeasured
    if sum(is_quoted) < MIN_QUOTED_ANSWERS or sum(is_quoted) * 2 <= answered:
        return list(questions)
    return [
        replace(question, answer=first.blocks)
        if quoted and isinstance(first := question.answer[0], Quote)
        else question
        for question, quoted in zip(questions, is_quoted, strict=True)
    ]


def find_bold_line(block: Block) -> str | None:
    """Return the words of a paragraph that is one line in bold, or nothing for other blocks."""
    if isinstance(block, Paragraph) and len(block.lines) == 1 and len(block.lines[0]) == 1:
        span = block.lines[0][0]
        return plain_text([block]) if isinstance(span, Strong) else None
    return None
