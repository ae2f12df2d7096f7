"""A reader: questions and answers in lines that begin with Q and A."""

from __future__ import annotations

from exporter.plugin import (
    Question,
    QuestionSet,
    ReadResult,
    Settings,
    SourceText,
    declare,
    paragraph,
    warning,
)


@declare(api=1)
def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read lines that begin with “Q ” or “A ”; report the others."""
    questions: list[Question] = []
    problems = []
    for number, line in enumerate(source.lines, 1):
        if line.startswith("Q "):
            questions.append(Question((paragraph(line[2:]),), span=source.span(number)))
        elif line.startswith("A ") and questions:
            last = questions.pop()
            questions.append(Question(last.question, (paragraph(line[2:]),), span=last.span))
        elif line.strip():
            hint = "Begin it with “Q ” or “A ”."
            problems.append(warning("qa-stray", "This line is left out.", source.span(number), hint))
    return ReadResult(QuestionSet(tuple(questions), source=source.path), tuple(problems))
