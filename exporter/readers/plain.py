"""Plain text: `Question N:` and `Answer:`, each line of an answer a line of its own."""

from __future__ import annotations

import re

from exporter.diagnostics import Diagnostic
from exporter.model import Block, Question, QuestionSet, paragraph
from exporter.options import Options
from exporter.readers import Reading, SourceText

_QUESTION = re.compile(r"\s*Question\s+(\d{1,9})\s*[:.)]\s*(.*)", re.IGNORECASE)
_ANSWER = re.compile(r"\s*Answer\s*:\s*(.*)", re.IGNORECASE)


def read(source: SourceText, options: Options) -> Reading:
    """Read the questions of a plain-text source."""
    diagnostics: list[Diagnostic] = []
    head: list[str] = []
    questions: list[Question] = []
    asked: list[str] = []
    answered: list[str] = []
    number, place, part = 0, 0, head

    def finish() -> None:
        if place:
            questions.append(
                Question(_paragraphs(asked), _paragraphs(answered), number, span=source.span(place))
            )

    for at, line in enumerate(source.lines, 1):
        if marker := _QUESTION.fullmatch(line):
            finish()
            number, place = int(marker[1]), at
            asked, answered = [marker[2]], []
            part = asked
        elif place and (label := _ANSWER.fullmatch(line)):
            part = answered
            part.append(label[1])
        else:
            part.append(line)
    finish()
    title = next((line.strip() for line in head if line.strip()), None)
    preamble = _paragraphs(head[head.index(title) + 1 :] if title in head else [])
    return Reading(QuestionSet(tuple(questions), title, source.path, preamble=preamble), tuple(diagnostics))


def _paragraphs(lines: list[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    run: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            run.append(line.strip())
        elif run:
            blocks.append(paragraph(*run))
            run = []
    return tuple(blocks)
