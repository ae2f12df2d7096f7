"""Formulas in cues: cues are plain text, in which the formulas of the question are found again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exporter.model.questions import (
    Block,
    Line,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Quote,
    Span,
    Table,
    Text,
)
from exporter.model.text import line_text

_SPACE = re.compile(r"\s")


def cue_lines(cues: Iterable[str], question: Question) -> tuple[Line, ...]:
    """Return cues as lines of spans, in which the formulas of the question are `Math`."""
    formulas: dict[str, Math] = {}
    if any("\\(" in cue or "$$" in cue for cue in cues):
        for formula in _iter_formulas((*question.question, *question.answer)):
            inline = Math(" ".join(formula.tex.split()))
            for text in (line_text((inline,)), line_text((formula,))):
                formulas[_SPACE.sub(" ", text)] = inline
    if not formulas:
        return tuple((Text(cue),) for cue in cues)
    pattern = re.compile("(" + "|".join(map(re.escape, sorted(formulas, key=len, reverse=True))) + ")")
    return tuple(
        tuple(formulas.get(part) or Text(part) for part in pattern.split(cue) if part) for cue in cues
    )


def _iter_formulas(blocks: Iterable[Block]) -> Iterator[Math]:
    for block in blocks:
        match block:
            case Paragraph(lines):
                yield from _in_lines(lines)
            case Table(header, rows, _):
                yield from _in_lines([*header, *(cell for row in rows for cell in row)])
            case ListBlock(items):
                for item in items:
                    yield from _iter_formulas(item)
            case Quote(quoted):
                yield from _iter_formulas(quoted)


def _in_lines(lines: Iterable[Line]) -> Iterator[Math]:
    stack: list[Span] = [span for line in lines for span in line]
    while stack:
        span = stack.pop()
        if isinstance(span, Math):
            yield span
        else:
            stack.extend(getattr(span, "spans", ()))
