"""Questions as CSV: one row a question, plain text where that suffices, else HTML."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from exporter.converters.text_blocks import is_plain, render_lines
from exporter.model.html import HtmlPolicy, render_blocks
from exporter.model.question_numbers import number_text
from exporter.model.questions import Block, QuestionSet

HEADER = ("number", "question", "answer", "category", "tags", "cues", "notes", "id", "html")
FIRST_ROW_COLUMNS = ("title", "deck", "language", "preamble")
"""Columns that hold something in the first row only, and are there only where there is something."""

_CHANGED = re.compile(r"(?<= ) |^ | $|[\t\n\r\f\u00a0]|\\(?=[(\[])|\[(?=\$|latex\])", re.IGNORECASE)
"""What our reader of HTML would change: spaces that it collapses, and delimiters of formulas."""


class _CsvHtml(HtmlPolicy):
    """The policy of a cell: our reader reads every text back as it was."""

    def text(self, text: str) -> str:
        return _CHANGED.sub(lambda match: f"&#{ord(match[0])};", super().text(text))


def convert(questions: QuestionSet) -> str:
    """Return the questions as CSV."""
    preamble = render_blocks(questions.preamble, _CsvHtml()) if questions.preamble else None
    once = {
        name: value
        for name, value in zip(
            FIRST_ROW_COLUMNS, (questions.title, questions.deck, questions.language, preamble), strict=True
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
                _render_cell(question.question, html),
                _render_cell(question.answer, html),
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


def _render_cell(blocks: Iterable[Block], html: bool) -> str:
    return render_blocks(blocks, _CsvHtml()) if html else "\n".join(render_lines(blocks))
