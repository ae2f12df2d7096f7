"""Questions as CSV: one row a question, plain text where that suffices, else HTML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from exporter.converters.text_blocks import is_plain, text_lines
from exporter.model.html import blocks_html
from exporter.model.question_numbers import number_text
from exporter.model.questions import Block, QuestionSet

HEADER = ("number", "question", "answer", "category", "tags", "cues", "notes", "id", "html")
ONCE = ("title", "deck", "language", "preamble")
"""Columns that hold something in the first row only, and are there only where there is something."""


def convert(questions: QuestionSet) -> str:
    """Return the questions as CSV."""
    preamble = blocks_html(questions.preamble) if questions.preamble else None
    once = {
        name: value
        for name, value in zip(
            ONCE, (questions.title, questions.deck, questions.language, preamble), strict=True
        )
        if value
    }
    rows: list[list[str]] = [[*HEADER, *once]]
    for index, question in enumerate(questions.questions):
        plain = is_plain(question.question) and is_plain(question.answer)
        html = not plain or (index == 0 and preamble is not None)
        tags = ", ".join(question.tags)
        rows.append(
            [
                number_text(question),
                _cell(question.question, html),
                _cell(question.answer, html),
                question.category or "",
                tags + ("," if len(question.tags) == 1 and " " in tags else ""),
                "\n".join(f"- {cue}" for cue in question.cues),
                question.notes or "",
                question.id or "",
                "yes" if html else "no",
                *(once.values() if index == 0 else [""] * len(once)),
            ]
        )
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def _cell(blocks: Iterable[Block], html: bool) -> str:
    return blocks_html(blocks) if html else "\n".join(text_lines(blocks))
