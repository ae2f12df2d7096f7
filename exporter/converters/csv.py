"""Questions as CSV: one row for each question, as plain text or, if it has other markup, as HTML."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from exporter.converters.text_blocks import is_plain, render_lines, render_tags
from exporter.model.html import HtmlPolicy, render_blocks
from exporter.model.question_numbers import number_text
from exporter.model.questions import Block, QuestionSet

HEADER = ("number", "question", "answer", "category", "tags", "cues", "notes", "id", "html")
FIRST_ROW_COLUMNS = ("title", "deck", "language", "preamble")
"""Columns of the question set, filled in the first row; those without any value are omitted."""

_CHANGED = re.compile(r"(?<= ) |^ | $|[\t\n\r\f\u00a0]|\\(?=[(\[])|\[(?=\$|latex\])", re.IGNORECASE)
"""What our reader of HTML would change: spaces that it collapses, and delimiters of formulas."""


class _CsvHtml(HtmlPolicy):
    """The policy of cells, from which our reader reads the same text again."""

    def text(self, text: str) -> str:
        return _CHANGED.sub(lambda match: f"&#{ord(match[0])};", super().text(text))


def convert(questions: QuestionSet, language: str = "") -> str:
    """Return the questions as CSV, whose names are the same in all languages."""
    preamble = render_blocks(questions.preamble, _CsvHtml()) if questions.preamble else None
    first_row = {
        name: value
        for name, value in zip(
            FIRST_ROW_COLUMNS, (questions.title, questions.deck, questions.language, preamble), strict=True
        )
        if value
    }
    rows: list[list[str]] = [[*HEADER, *first_row]]
    for index, question in enumerate(questions.questions):
        is_text = is_plain(question.question) and is_plain(question.answer)
        is_html = not is_text or (index == 0 and preamble is not None)
        rows.append(
            [
                number_text(question),
                _render_cell(question.question, is_html),
                _render_cell(question.answer, is_html),
                question.category or "",
                render_tags(question.tags),
                "\n".join(f"- {cue}" for cue in question.cues),
                question.notes or "",
                question.id or "",
                "yes" if is_html else "no",
                *(first_row.values() if index == 0 else [""] * len(first_row)),
            ]
        )
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _render_cell(blocks: Iterable[Block], is_html: bool) -> str:
    return render_blocks(blocks, _CsvHtml()) if is_html else "\n".join(render_lines(blocks))
