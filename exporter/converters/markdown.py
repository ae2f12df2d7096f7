"""Questions as Markdown, in the form of our sheets of answers; front matter holds deck and language."""

from __future__ import annotations

import json

from exporter.exporters.markdown.blocks import blocks_text, paragraph_lines
from exporter.exporters.markdown.escape import escape
from exporter.exporters.markdown.inline import SEPARATOR, inline
from exporter.model import Block, Paragraph, Question, QuestionSet
from exporter.readers.markdown.own import DETAILS, MARKER, NO_CATEGORY


def convert(questions: QuestionSet) -> str:
    """Return the questions as Markdown."""
    parts: list[str] = []
    values = {"deck": questions.deck, "language": questions.language}
    if any(values.values()):
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value]
        parts.append("\n".join(["---", *lines, "---"]))
    parts.append(MARKER)
    if questions.title is not None:
        parts.append(f"# {escape(questions.title)}")
    parts.append(blocks_text(questions.preamble))
    current: str | None = None
    for index, question in enumerate(questions.questions, 1):
        if question.category != current:
            current = question.category
            parts.append(
                f"## {escape(current)}" if current is not None else f"## Other questions {NO_CATEGORY}"
            )
        parts.append(_question(question, index))
    return "\n\n".join(part for part in parts if part) + "\n"


def _question(question: Question, index: int) -> str:
    line, rest = _heading(question.question)
    number = f"{question.number}. " if question.number is not None else ""
    parts = [f'### {number}{line} <a id="q-{index}"></a>']
    if rest:
        parts += [rest, "---"]
    parts.append(blocks_text(question.answer))
    details = _details(question)
    if details:
        parts += [DETAILS, "\n".join(details)]
    return "\n\n".join(part for part in parts if part)


def _heading(blocks: tuple[Block, ...]) -> tuple[str, str]:
    """Return what stands in a question's heading, and what stands below it."""
    if not blocks or not isinstance(blocks[0], Paragraph) or not blocks[0].lines:
        return "", blocks_text(blocks)
    line, *more = blocks[0].lines
    parts = ["\n".join(paragraph_lines(tuple(more), start=2)), blocks_text(blocks[1:])]
    if more and len(blocks) > 1 and isinstance(blocks[1], Paragraph):
        parts.insert(1, SEPARATOR)  # else the lines of both would be one list
    return inline(line).replace("\n", " "), "\n\n".join(part for part in parts if part)


def _details(question: Question) -> list[str]:
    lines: list[str] = []
    if question.tags:
        lines.append("- Tags: " + ", ".join(escape(tag, extra=",") for tag in question.tags))
    if question.cues:
        lines += ["- Cues:", *(f"  - {escape(cue)}" for cue in question.cues)]
    if question.notes is not None:
        lines.append("- Notes: " + "\\\n  ".join(map(escape, question.notes.split("\n"))))
    if question.id is not None:
        lines.append(f"- Id: {escape(question.id)}")
    return lines
