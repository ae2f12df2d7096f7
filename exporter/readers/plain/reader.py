"""Plain text with every habit there is: its own convention first, then question by question."""

from __future__ import annotations

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import Question, QuestionSet, SourceSpan
from exporter.readers import ReadResult, SourceText
from exporter.readers.plain.label_typos import find_label_typos
from exporter.readers.plain.layout_detection import detect_layout
from exporter.readers.plain.preamble import parse_header
from exporter.readers.plain.question_parser import read_question
from exporter.readers.plain.segmenter import (
    bodies_of,
    cut_at_heading,
    framed_lines,
    headings_above,
    is_ruled,
    short_titles,
)
from exporter.readers.skipped_content import report_skipped


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a plain-text source.

    Reports `heading-skipped`, `stray-text` and `unknown-label`.
    """
    lines = source.lines
    convention = detect_layout(lines)
    places = sorted(convention.marks)
    if not places:
        head = parse_header(lines, [], ())
        return ReadResult(QuestionSet((), head.title, source.path, head.deck, head.language, head.preamble))
    underlined = not is_ruled(source, places)
    titles = short_titles(source, convention, places)
    head_end, headings = headings_above(source, 0, places[0], 0, underlined, titles)
    bodies = bodies_of(source, convention, places, underlined, titles)
    kinds = {heading.kind for _, found in bodies for heading in found}
    proven = kinds | {heading.kind for heading in headings} | {"framed="}
    head = parse_header(lines[:head_end], headings, kinds)
    category = head.category
    questions: list[Question] = []
    diagnostics: list[Diagnostic] = []
    framed = framed_lines(source, convention, proven)
    for place, (end, found) in zip(places, bodies, strict=True):
        end, cut, stray = cut_at_heading(source, framed, place, end, proven)
        question = read_question(lines, convention, place, end)
        questions.append(_placed(question, source.span(place + 1), category))
        for index in stray:
            message = "This text is between a heading and the next question, and belongs to neither."
            hint = "Move it into an answer, or above the first question."
            diagnostics.append(warning("stray-text", message, source.span(index + 1), hint))
        if names := [heading.text for heading in (*cut, *found)]:
            category = " / ".join(names)
        if place == places[-1]:
            idle = [(heading.start, heading.start + 1) for heading in (*cut, *found)]
            diagnostics += report_skipped(source, "heading-skipped", idle)
    diagnostics += find_label_typos(source, convention)
    diagnostics.sort(key=lambda each: each.span.line if each.span else 0)
    read_set = QuestionSet(tuple(questions), head.title, source.path, head.deck, head.language, head.preamble)
    return ReadResult(read_set, tuple(diagnostics))


def _placed(question: Question, span: SourceSpan, category: str | None) -> Question:
    return Question(
        question.question,
        question.answer,
        question.number,
        question.category or category,
        question.tags,
        question.cues,
        question.notes,
        question.id,
        span,
        question.label,
    )
