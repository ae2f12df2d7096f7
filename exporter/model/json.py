"""The question model as JSON, as `show --format json` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from exporter.model.diagnostics import Diagnostic, as_json
from exporter.model.questions import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Question,
    QuestionSet,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from exporter.model.text import plain_text

SCHEMA_VERSION = 1

SET_KEYS = frozenset("schema title source deck language preamble questions diagnostics".split())
"""The keys of the object that all questions are written in."""

QUESTION_KEYS = frozenset(
    "key id number label question question_blocks answer blocks cues category tags notes line".split()
)
"""The keys of the object of a question."""


def to_json(
    questions: QuestionSet, diagnostics: Iterable[Diagnostic] = (), keys: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """Return questions as a JSON object; `keys` maps the index of a question to its key."""
    return {
        "schema": SCHEMA_VERSION,
        "title": questions.title,
        "source": questions.source,
        "deck": questions.deck,
        "language": questions.language,
        "preamble": [_block(block) for block in questions.preamble],
        "questions": [
            _question(question, (keys or {}).get(index)) for index, question in enumerate(questions.questions)
        ],
        "diagnostics": [as_json(diagnostic) for diagnostic in diagnostics],
    }


def _question(question: Question, key: str | None) -> dict[str, Any]:
    return {
        "key": key,
        "id": question.id,
        "number": question.number,
        **({"label": question.label} if question.label else {}),
        "question": plain_text(question.question),
        "question_blocks": [_block(block) for block in question.question],
        "answer": plain_text(question.answer),
        "blocks": [_block(block) for block in question.answer],
        "cues": list(question.cues),
        "category": question.category,
        "tags": list(question.tags),
        "notes": question.notes,
        "line": question.span.line if question.span else None,
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(lines):
            return {"type": "paragraph", "lines": [_line(line) for line in lines]}
        case ListBlock(items, ordered, start):
            parts = [[_block(part) for part in item] for item in items]
            return {"type": "list", "ordered": ordered, "start": start, "items": parts}
        case Table(header, rows, alignments):
            return {
                "type": "table",
                "header": [_line(cell) for cell in header],
                "rows": [[_line(cell) for cell in row] for row in rows],
                "alignments": [str(alignment) for alignment in alignments],
            }
        case CodeBlock(code, language):
            return {"type": "code", "language": language, "code": code}
        case Image(target, alt):
            return {"type": "image", "target": target, "alt": alt}
        case Quote(blocks):
            return {"type": "quote", "blocks": [_block(part) for part in blocks]}


def _line(line: Line) -> list[dict[str, Any]]:
    return [_span(span) for span in line]


def _span(span: Span) -> dict[str, Any]:
    match span:
        case Text(text):
            return {"type": "text", "text": text}
        case Code(text):
            return {"type": "code", "text": text}
        case Strong(spans):
            return {"type": "strong", "spans": _line(spans)}
        case Emphasis(spans):
            return {"type": "emphasis", "spans": _line(spans)}
        case Superscript(spans):
            return {"type": "superscript", "spans": _line(spans)}
        case Subscript(spans):
            return {"type": "subscript", "spans": _line(spans)}
        case Strikethrough(spans):
            return {"type": "strikethrough", "spans": _line(spans)}
        case LineBreak():
            return {"type": "break"}
        case Link(spans, target):
            return {"type": "link", "target": target, "spans": _line(spans)}
        case Math(tex, display):
            return {"type": "math", "tex": tex, "display": display}
