"""Verification: a changed source is read again, and must differ in what was meant and in nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from exporter.patching.question_change import QuestionChange
from exporter.patching.refusal import RefusedError
from exporter.pipeline.loaded_source import LoadedSource


def verify(before: LoadedSource, after: LoadedSource, changes: Mapping[int, QuestionChange]) -> None:
    """Raise `RefusedError` unless only the questions with these indices changed, and as was meant."""
    old, new = before.questions, after.questions
    if len(old.questions) != len(new.questions):
        raise RefusedError(
            f"Written into the file, it would be read as {len(new.questions):,} questions "
            f"instead of {len(old.questions):,}."
        )
    for name in ("title", "preamble", "deck", "language"):
        if getattr(old, name) != getattr(new, name):
            raise RefusedError(f"The {name} of the file would change.")
    for index, (question, changed) in enumerate(zip(old.questions, new.questions, strict=True)):
        change = changes.get(index)
        if change is None:
            if question != changed:
                line = question.span.line if question.span else 0
                raise RefusedError(f"The question in line {line} would change too.")
        elif difference := change.find_difference(question, changed):
            raise RefusedError(f"The {difference} would not be read back as it was meant.")
    verify_diagnostics(before, after)


def verify_diagnostics(before: LoadedSource, after: LoadedSource) -> None:
    """Raise `RefusedError` if a changed source has more diagnostics of a code than before."""
    codes = Counter(item.code for item in after.diagnostics)
    codes.subtract(item.code for item in before.diagnostics)
    if added := sorted(code for code, count in codes.items() if count > 0):
        raise RefusedError(f"The file would get a new diagnostic: {', '.join(added)}.")
