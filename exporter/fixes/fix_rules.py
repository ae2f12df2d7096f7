"""The table of fixes: which diagnostics have one, and how it is verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from exporter.fixes.code_fences import close_fences
from exporter.fixes.comparison import (
    Comparison,
    compare_all,
    compare_with_questions,
    compare_without_form,
    compare_without_labels,
    compare_without_numbers,
)
from exporter.fixes.invisible_characters import delete_invisible
from exporter.fixes.misspelt_labels import spell_labels
from exporter.fixes.question_marks import mark_questions
from exporter.fixes.question_numbers import renumber
from exporter.fixes.repaired_lines import write_repairs
from exporter.fixes.source_reading import SourceReading

Propose = Callable[[SourceReading, Sequence[int]], Iterator[str]]
"""A function that yields the text of a source with some lines (from 1) corrected, the best way first."""


@dataclass(frozen=True, slots=True)
class FixRule:
    """How a diagnostic is fixed: the fix in words, the texts to try, and what must be equal afterwards.

    With `together` all diagnostics of the codes are fixed at once, else each alone. With `numbers` the
    questions are renumbered in the same step.
    """

    codes: tuple[str, ...]
    summary: str
    propose: Propose
    compare: Comparison
    together: bool = False
    numbers: bool = False


FIX_RULES = (
    FixRule(
        ("encoding-repaired",), "Write the text as it is read", write_repairs, compare_all, together=True
    ),
    FixRule(
        ("control-characters",), "Delete invisible characters", delete_invisible, compare_all, together=True
    ),
    FixRule(("unclosed-fence",), "Close the code fence", close_fences, compare_without_form),
    FixRule(("unknown-label",), "Correct the label", spell_labels, compare_without_labels),
    FixRule(
        ("question-within",),
        "Mark questions like the others",
        mark_questions,
        compare_with_questions,
        numbers=True,
    ),
    FixRule(
        ("number-gap", "number-repeated"),
        "Renumber the questions",
        renumber,
        compare_without_numbers,
        together=True,
    ),
)
"""The fixes in the order in which they are made: the first ones change how the lines below are read."""
