"""Plain text with every habit there is: its own convention first, then question by question."""

from __future__ import annotations

from exporter.diagnostics import Diagnostic, warning
from exporter.model import Question, QuestionSet, SourceSpan
from exporter.options import Options
from exporter.readers import Reading, SourceText
from exporter.readers.conventions import Convention, find_convention
from exporter.readers.heads import read_head
from exporter.readers.left_out import left_out
from exporter.readers.misspelt import misspelt_labels
from exporter.readers.plain_questions import read_question
from exporter.readers.sections import Heading, heading_ending_at, is_ruler, trailing_headings


def read(source: SourceText, options: Options) -> Reading:
    """Read the questions of a plain-text source.

    Reports `heading-skipped`, `stray-text` and `unknown-label`.
    """
    lines = source.lines
    convention = find_convention(lines)
    places = sorted(convention.marks)
    if not places:
        head = read_head(lines, [], ())
        return Reading(QuestionSet((), head.title, source.path, head.deck, head.language, head.preamble))
    underlined = not _ruled(source, places)
    head_end, headings = trailing_headings(lines, 0, places[0], 0, underlined)
    bodies = _bodies(source, convention, places, underlined)
    kinds = {heading.kind for _, found in bodies for heading in found}
    proven = kinds | {heading.kind for heading in headings} | {"framed="}
    head = read_head(lines[:head_end], headings, kinds)
    category = head.category
    questions: list[Question] = []
    diagnostics: list[Diagnostic] = []
    for place, (end, found) in zip(places, bodies, strict=True):
        end, cut, stray = _cut_at_heading(source, convention, place, end, proven)
        question = read_question(lines, convention, place, end)
        questions.append(_placed(question, source.span(place + 1), category))
        for index in stray:
            message = "This text stands between a heading and the next question, and belongs to neither."
            hint = "Move it into an answer, or above the first question."
            diagnostics.append(warning("stray-text", message, source.span(index + 1), hint))
        if names := [heading.text for heading in (*cut, *found)]:
            category = " / ".join(names)
        if place == places[-1]:
            idle = [(heading.start, heading.start + 1) for heading in (*cut, *found)]
            diagnostics += left_out(source, "heading-skipped", idle)
    diagnostics += misspelt_labels(source, convention)
    diagnostics.sort(key=lambda each: each.span.line if each.span else 0)
    read_set = QuestionSet(tuple(questions), head.title, source.path, head.deck, head.language, head.preamble)
    return Reading(read_set, tuple(diagnostics))


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
    )


def _ruled(source: SourceText, places: list[int]) -> bool:
    """Say whether rulers stand between the questions, so that they do not underline what is above them."""
    count = 0
    for place in places[1:]:
        index = place - 1
        while index > 0 and not source.lines[index].strip():
            index -= 1
        count += is_ruler(source.lines[index])
    return count >= 2 and count * 2 >= len(places) - 1


def _bodies(
    source: SourceText, convention: Convention, places: list[int], underlined: bool
) -> list[tuple[int, list[Heading]]]:
    """Return, for each question, where it ends, and the headings between it and the next one."""
    bodies: list[tuple[int, list[Heading]]] = []
    answers = iter(sorted(convention.answers))
    answer = next(answers, None)
    for place, end in zip(places, [*places[1:], len(source.lines)], strict=True):
        first = place + 1
        while answer is not None and answer < end:
            first = max(first, answer + 1)
            answer = next(answers, None)
        if end == len(source.lines):
            first = end  # a heading with nothing below it is an answer's last line
        found = trailing_headings(source.lines, place, end, first, underlined)
        if convention.answers and not "".join(source.lines[first : found[0]]).strip():
            capitals = [heading for heading in found[1] if heading.kind == "capitals"]
            if capitals and not convention.answers.get(first - 1):
                # An answer that is one word in capitals is not a heading.
                found = (capitals[0].start + 1, [each for each in found[1] if each.start > capitals[0].start])
        bodies.append(found)
    return bodies


def _cut_at_heading(
    source: SourceText, convention: Convention, place: int, end: int, kinds: set[str]
) -> tuple[int, list[Heading], list[int]]:
    """Return where the question ends before a heading of the file's own kind that has text below it.

    The text below belongs to no question.
    """
    firsts = tuple(kind[6] for kind in kinds if kind.startswith("framed") and kind[6] in "=*")
    if firsts:
        for index in range(place + 1, end):
            line = source.lines[index]
            if (
                line.startswith(firsts)
                and not source.lines[index - 1].strip()
                and index not in convention.fenced
            ):
                heading = heading_ending_at(source.lines, index, place + 1)
                if heading and heading.kind in kinds:
                    stray = [at for at in range(index + 1, end) if source.lines[at].strip()]
                    return heading.start, [heading], stray
    return end, [], []
