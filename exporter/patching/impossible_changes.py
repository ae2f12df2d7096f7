"""Changes that cannot be written in any style: into some formats, too large, or without a cell in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exporter.checks.limits import MAX_QUESTION_CHARS
from exporter.model.text import plain_text
from exporter.patching.question_change import QuestionChange
from exporter.patching.refusal import RefusedError
from exporter.pipeline.loaded_source import LoadedSource

TABLE_READER = "delimited"
"""The reader of delimited files."""

_UNPATCHED_READERS = {"json": "a JSON file", "html": "a web page", "docx": "a Word document"}
"""The readers of files that are never written, with what the files are."""


def check_reader(reader: str) -> None:
    """Raise `RefusedError` if nothing is written into the files of a reader."""
    if kind := _UNPATCHED_READERS.get(reader):
        raise RefusedError(f"Nothing is written into {kind}; make the change by hand.")


def iter_impossible(
    before: LoadedSource, changes: Mapping[int, QuestionChange], reader: str
) -> Iterator[tuple[int, str]]:
    """Yield the indices of changes that cannot be written, with the reason."""
    for index, change in changes.items():
        if (
            sum(len(plain_text(blocks)) for blocks in (change.question, change.answer) if blocks)
            > MAX_QUESTION_CHARS
        ):
            yield index, f"The question would have more than {MAX_QUESTION_CHARS:,} characters."
        elif reader == TABLE_READER and (name := _find_missing_column(before, index, change)):
            yield index, f"The row has no {name} yet; write them into the table."


def _find_missing_column(before: LoadedSource, index: int, change: QuestionChange) -> str:
    """Return the name of a detail that a row has no cell for yet, or an empty string."""
    question = before.questions.questions[index]
    details = (
        ("cues", change.cues, question.cues),
        ("notes", change.notes, question.notes),
        ("tags", change.tags, question.tags),
    )
    return next((name for name, meant, present in details if meant and not present), "")
