"""The names of the columns of a table whose rows are questions, for tables that do not name them."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.table.header_names import find_question_and_answer


def names_questions(texts: Sequence[str]) -> bool:
    """Return whether the cells of a row are names of columns: of questions, of answers."""
    return find_question_and_answer(texts) is not None


def name_columns(texts: Sequence[Sequence[str]]) -> list[str] | None:
    """Return a header for the rows of a table without one, or nothing if no column asks.

    The first column that asks has the questions; the one after it the answers.
    """
    rows = [row for row in texts if sum(map(bool, row)) > 1]  # the others are titles
    for column in range(len(texts[0]) - 1 if rows else 0):
        asking = sum(looks_like_question(row[column]) for row in rows)
        # most cells ask, the first row too: it is none of names; unmeasured
        if asking * 2 > len(rows) and looks_like_question(rows[0][column]):
            header = [""] * len(texts[0])
            header[column : column + 2] = ["Question", "Answer"]
            if column and all(row[0].strip(" .)").isdigit() for row in rows if row[0]):
                header[0] = "No"
            return header
    return None
