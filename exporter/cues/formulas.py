"""Formulas in cues: cues are plain text, in which the formulas of the question are found again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exporter.model.block_queries import iter_formulas
from exporter.model.questions import Line, Math, Question, Text
from exporter.model.text import line_text

_SPACE = re.compile(r"\s")


def cue_lines(cues: Iterable[str], question: Question) -> tuple[Line, ...]:
    """Return cues as lines of spans, in which the formulas of the question are `Math`."""
    formulas: dict[str, Math] = {}
    if any("\\(" in cue or "$$" in cue for cue in cues):
        for formula in iter_formulas(question):
            inline = Math(" ".join(formula.tex.split()))
            for text in (line_text((inline,)), line_text((formula,))):
                formulas[_SPACE.sub(" ", text)] = inline
    if not formulas:
        return tuple((Text(cue),) for cue in cues)
    pattern = re.compile("(" + "|".join(map(re.escape, sorted(formulas, key=len, reverse=True))) + ")")
    return tuple(
        tuple(formulas.get(part) or Text(part) for part in pattern.split(cue) if part) for cue in cues
    )
