"""Events to questions: sections become categories, and what belongs to no question is told."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import Block, Paragraph, Question, Quote, Strong
from exporter.model.text import plain_text
from exporter.readers import SourceText
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.markdown.event import Event, EventKind
from exporter.readers.markdown.note_app_marks import Marks
from exporter.readers.markdown.question_builder import OpenQuestion

MIN_QUOTED_ANSWERS = 2
"""A single answer that is a quotation quotes somebody; several, if most are, are how a file marks answers."""


@dataclass(slots=True)
class _Section:
    """A section that is open, and its heading's place; `idle` says that it has had no question yet."""

    level: int
    text: str
    place: tuple[int, int]
    idle: bool = True
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class QuestionAssembler:
    """What has been put together from the events of a file.

    `navigation`, `idle` and `early` are the places of what only leads around the file, of headings
    without questions, and of lines in the preamble that ask.
    """

    source: SourceText
    title: str | None = None
    has_title: bool = False
    tags: tuple[str, ...] = ()
    questions: list[Question] = field(default_factory=list)
    preamble: list[Block] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=list)
    navigation: list[tuple[int, int]] = field(default_factory=list)
    idle: list[tuple[int, int]] = field(default_factory=list)
    early: list[tuple[int, int]] = field(default_factory=list)
    current: OpenQuestion | None = None
    started: bool = False
    astray: bool = False
    marks: Marks = field(default_factory=Marks)

    def take(self, events: Iterable[Event]) -> None:
        """Put a file's events together."""
        for event in events:
            if event.kind in (EventKind.QUESTION, EventKind.SECTION, EventKind.TITLE, EventKind.CLOZE):
                self.astray = False
            match event.kind:
                case EventKind.QUESTION:
                    self._finish(event.line)
                    if event.level:
                        self._close_sections(event.level)
                    self._start(event.line)
                    category = " / ".join(section.text for section in self.sections) or None
                    self.current = OpenQuestion(event, category)
                    for section in self.sections:
                        self.current.said.tags.update(dict.fromkeys(section.tags))
                    for section in self.sections:
                        section.idle = False
                case EventKind.TITLE:
                    self.sections.clear()
                case EventKind.ANSWER:
                    if self.current:
                        self.current.answered = True
                case EventKind.METADATA if self.current:
                    self.current.said.add(event.role, event.text)
                case EventKind.QUESTION_PART if self.current:
                    self.current.event.blocks += event.blocks
                case EventKind.SECTION:
                    self._section(event)
                case EventKind.DETAILS_END:
                    if self.current and self.current.answered:
                        self._finish()
                case EventKind.CLOZE:
                    self._finish()
                    hint = "Write it as a question with “Q:” and “A:” if it is to become a card."
                    message = "This is a cloze card, which has no question; it is left out."
                    self._report(warning("cloze-skipped", message, self.source.span(event.line + 1), hint))
                case EventKind.NAVIGATION:
                    self.navigation.append((event.line, max(event.end, event.line + 1)))
                case _:
                    self._content(event)
        self._finish()
        self.questions = without_quotation_marks(self.questions)
        self._close_sections(0)

    def _start(self, line: int) -> None:
        """Take the headings that are the first question's category out of the preamble.

        Tags before the first question, at `line`, are those of the whole file.
        """
        if not self.started:
            self.tags = (*self.tags, *self.marks.tags_between(0, line))
            current = [section.text for section in self.sections]
            self.preamble = [block for block in self.preamble if strong_words(block) not in current]
        self.started = True

    def _report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)

    def _section(self, event: Event) -> None:
        if not self.started and not self.has_title and self.title is None and event.level == 1:
            self.title = event.text
            self.sections.clear()
            return
        self._finish(event.line)
        self._close_sections(event.level)
        place = event.line, max(event.end, event.line + 1)
        if event.text:
            # Before the first question a heading is kept in the preamble.
            tags = self.marks.tags_between(*place)
            self.sections.append(_Section(event.level, event.text, place, idle=self.started, tags=tags))
        elif event.blocks:
            self.navigation.append(place)
        if not self.started and event.text:
            self.preamble.extend(event.blocks)

    def _close_sections(self, level: int) -> None:
        while self.sections and self.sections[-1].level >= level:
            section = self.sections.pop()
            if section.idle:
                self.idle.append(section.place)

    def _content(self, event: Event) -> None:
        if self.current is not None:
            (self.current.after if self.current.answered else self.current.before).append(event)
        elif not self.started:
            self.preamble.extend(event.blocks)
            if len(event.parts) == 1 and ends_with_question_mark(event.parts[0].text):
                self.early.append((event.line, event.line + 1))
        elif event.blocks:
            if not self.astray:
                message = (
                    "This text, and what follows up to the next heading or question, belongs to no question."
                )
                hint = "Move it into an answer, or above the first question."
                self._report(warning("stray-text", message, self.source.span(event.line + 1), hint))
            self.astray = True

    def _finish(self, line: int = sys.maxsize) -> None:
        """End the question; what begins at `line` is no part of it."""
        if self.current is not None:
            tags = self.marks.tags_between(self.current.event.line, line)
            self.current.said.tags.update(dict.fromkeys(tags))
            span = self.source.span(self.current.event.line + 1)
            self.questions.append(self.current.closed(self.tags, span))
            self.current = None


def without_quotation_marks(questions: Sequence[Question]) -> list[Question]:
    """Return questions without the quotation around a whole answer, where that only marks answers.

    It does where most of the answers, and at least two, are one quotation each.
    """
    quoted = [len(each.answer) == 1 and isinstance(each.answer[0], Quote) for each in questions]
    answered = sum(bool(each.answer) for each in questions)
    if sum(quoted) < MIN_QUOTED_ANSWERS or sum(quoted) * 2 <= answered:
        return list(questions)
    return [
        replace(each, answer=first.blocks)
        if each.answer and isinstance(first := each.answer[0], Quote) and marks
        else each
        for each, marks in zip(questions, quoted, strict=True)
    ]


def strong_words(block: Block) -> str | None:
    """Return the words of a paragraph that is one line in bold."""
    if isinstance(block, Paragraph) and len(block.lines) == 1 and len(block.lines[0]) == 1:
        span = block.lines[0][0]
        return plain_text([block]) if isinstance(span, Strong) else None
    return None
