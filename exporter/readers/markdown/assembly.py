"""Events to questions: sections become categories, labels become tags, cues, notes and ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from exporter.diagnostics import Diagnostic, warning
from exporter.model import Block, CodeBlock, ListBlock, Paragraph, Question, Strong, plain_text
from exporter.readers import SourceText, labels
from exporter.readers.markdown.blocks import paragraphs
from exporter.readers.markdown.event import Event
from exporter.readers.markdown.inline import Segment
from exporter.readers.plain_questions import meta_label, split_cues, split_tags
from exporter.readers.spans import without_prefix

SHOWS_CODE = re.compile(
    r"\b(?:output|outputs|following|below|snippet|print|prints|printed|logged|log|logs|this code|code do"
    r"|result|wrong with|evaluate|value|this do|does this|these lines)\b",
    re.IGNORECASE,
)
"""A question with one of these words is about the code right below it."""


@dataclass(slots=True)
class _Open:
    """A question that is being read."""

    event: Event
    category: str | None
    before: list[Event] = field(default_factory=list)
    after: list[Event] = field(default_factory=list)
    answered: bool = False


@dataclass(slots=True)
class _Section:
    """A section that is open, and its heading's place; `idle` says that it has had no question yet."""

    level: int
    text: str
    place: tuple[int, int]
    idle: bool = True


@dataclass(slots=True)
class Assembly:
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
    current: _Open | None = None
    started: bool = False
    astray: bool = False

    def take(self, events: Iterable[Event]) -> None:
        """Put a file's events together."""
        for event in events:
            if event.kind in ("question", "section", "title", "cloze"):
                self.astray = False
            match event.kind:
                case "question":
                    self._finish()
                    self._start()
                    if event.level:
                        self._close_sections(event.level)
                    category = " / ".join(section.text for section in self.sections) or None
                    self.current = _Open(event, category)
                    for section in self.sections:
                        section.idle = False
                case "title":
                    self.sections.clear()
                case "answer":
                    if self.current:
                        self.current.answered = True
                case "asked" if self.current:
                    self.current.event.blocks += event.blocks
                case "section":
                    self._section(event)
                case "end":
                    if self.current and self.current.answered:
                        self._finish()
                case "cloze":
                    self._finish()
                    hint = "Write it as a question with “Q:” and “A:” if it is to become a card."
                    message = "This is a cloze card, which has no question; it is left out."
                    self._report(warning("cloze-skipped", message, self.source.span(event.line + 1), hint))
                case "navigation":
                    self.navigation.append((event.line, max(event.end, event.line + 1)))
                case _:
                    self._content(event)
        self._finish()
        self._close_sections(0)

    def _start(self) -> None:
        """Take the headings that are the first question's category out of the preamble."""
        if not self.started:
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
        self._finish()
        self._close_sections(event.level)
        place = event.line, max(event.end, event.line + 1)
        if event.text:
            # Before the first question a heading is kept in the preamble.
            self.sections.append(_Section(event.level, event.text, place, idle=self.started))
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
            if len(event.parts) == 1 and labels.ends_asking(event.parts[0].text):
                self.early.append((event.line, event.line + 1))
        elif event.blocks:
            if not self.astray:
                message = (
                    "This text, and what follows up to the next heading or question, belongs to no question."
                )
                hint = "Move it into an answer, or above the first question."
                self._report(warning("stray-text", message, self.source.span(event.line + 1), hint))
            self.astray = True

    def _finish(self) -> None:
        if self.current is None:
            return
        opened, self.current = self.current, None
        asked, answer = list(opened.event.blocks), opened.after
        if opened.answered:
            asked += _blocks(opened.before)
        else:
            label = _label(opened.before)
            if label is None:
                answer = opened.before
                if answer and _shows_code(opened.event, answer):
                    asked += answer[0].blocks
                    answer = answer[1:]
            else:
                asked += _blocks(opened.before[:label])
                answer = opened.before[label:]
                above, answer[0] = _at_label(answer[0])
                asked += above
        said = _Said()
        said.take(answer)
        self.questions.append(
            Question(
                tuple(asked),
                tuple(said.blocks),
                opened.event.number,
                said.category or opened.category,
                tuple(dict.fromkeys((*self.tags, *said.tags))),
                tuple(said.cues),
                "\n".join(said.notes).strip() or None,
                said.id,
                self.source.span(opened.event.line + 1),
            )
        )


def _blocks(events: Sequence[Event]) -> list[Block]:
    return [block for event in events for block in event.blocks]


def _shows_code(event: Event, answer: Sequence[Event]) -> bool:
    """Say whether the code that follows a question belongs to it."""
    first = answer[0].blocks
    return (
        len(first) == 1
        and isinstance(first[0], CodeBlock)
        and SHOWS_CODE.search(plain_text(event.blocks)[:500]) is not None
    )


def _label(events: Sequence[Event]) -> int | None:
    """Return which of the paragraphs begins with an answer's label."""
    for index, event in enumerate(events):
        if any(labels.answer_label(part.text, letters=False) is not None for part in event.parts):
            return index
        if event.parts and index == 0 and labels.answer_label(event.parts[0].text, letters=True) is not None:
            return index
    return None


def _at_label(event: Event) -> tuple[tuple[Block, ...], Event]:
    """Return what stands above the answer's label in a paragraph, and the rest of it without the label."""
    at = next(
        (
            at
            for at, part in enumerate(event.parts)
            if labels.answer_label(part.text, letters=False) is not None
        ),
        0,
    )
    first, *rest = event.parts[at:]
    text = labels.answer_label(first.text, letters=False)
    text = labels.answer_label(first.text, letters=True) if text is None else text
    line = without_prefix(first.line, len(first.text) - len(text or ""))
    parts = [Segment(line, first.hard, first.image), *rest] if line or first.image else rest
    return paragraphs(event.parts[:at]), Event("content", event.line + at, paragraphs(parts), parts=parts)


@dataclass(slots=True)
class _Said:
    """An answer's blocks, and what labels among them say about the question."""

    blocks: list[Block] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    cues: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    id: str | None = None
    category: str | None = None

    def take(self, events: Sequence[Event]) -> None:
        cues = False
        for event in events:
            if cues and len(event.blocks) == 1 and isinstance(listed := event.blocks[0], ListBlock):
                self.cues.extend(plain_text(item).replace("\n", " ") for item in listed.items)
                cues = False
                continue
            cues = False
            if not event.parts or meta_label(event.parts[0].text) is None:
                self.blocks.extend(event.blocks)
                continue
            kind = self._labelled(event.parts)
            cues = kind == "cues" and not self.cues

    def _labelled(self, parts: Sequence[Segment]) -> str:
        """Take a paragraph that begins with a label; return its last label. Only notes have further lines."""
        kind = ""
        own: list[Segment] = []
        for part in parts:
            found = meta_label(part.text)
            if found and getattr(self, found[0]) and found[0] in ("id", "category"):
                found = None  # there is one already
            if found is None and kind != "notes":
                own.append(part)
                continue
            kind, rest = found or (kind, part.text)
            self._put(kind, rest)
        self.blocks.extend(paragraphs(own))
        return kind

    def _put(self, kind: str, rest: str) -> None:
        match kind:
            case "tags":
                self.tags.extend(split_tags(rest))
            case "cues":
                self.cues.extend(split_cues(rest))
            case "notes":
                self.notes.append(rest)
            case "id":
                self.id = rest
            case _:
                self.category = rest


def strong_words(block: Block) -> str | None:
    """Return the words of a paragraph that is one line in bold."""
    if isinstance(block, Paragraph) and len(block.lines) == 1 and len(block.lines[0]) == 1:
        span = block.lines[0][0]
        return plain_text([block]) if isinstance(span, Strong) else None
    return None
