"""The intended change of one question, and whether a question is as it was meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exporter.model.canonical_blocks import canonical_blocks
from exporter.model.questions import Block, Question

Canonicalize = Callable[[tuple[Block, ...]], object]
"""A function to a form in which blocks are compared."""


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """The intended change of a question; a field that is None stays as it is.

    `canonicalize` gives the form in which questions and answers are compared with what was meant. With
    `is_words_only` the formatting of changed lines stays as it is in the source.
    """

    question: tuple[Block, ...] | None = None
    answer: tuple[Block, ...] | None = None
    cues: tuple[str, ...] | None = None
    notes: str | None = None
    tags: tuple[str, ...] | None = None
    canonicalize: Canonicalize = canonical_blocks
    is_words_only: bool = False

    def find_difference(self, old: Question, new: Question) -> str:
        """Return which field of the changed question is not as it was meant; an empty string if none is."""
        blocks = (
            ("question", self.question, old.question, new.question),
            ("answer", self.answer, old.answer, new.answer),
        )
        for name, meant, before, after in blocks:
            if meant is None and after != before:
                return name
            if meant is not None and self.canonicalize(after) != self.canonicalize(meant):
                return name
        values = (
            ("cues", old.cues if self.cues is None else self.cues, new.cues),
            ("notes", old.notes if self.notes is None else self.notes or None, new.notes),
            ("tags", old.tags if self.tags is None else self.tags, new.tags),
            ("number", (old.number, old.label), (new.number, new.label)),
            ("category", old.category, new.category),
            ("id", old.id, new.id),
        )
        return next((name for name, meant, after in values if meant != after), "")
