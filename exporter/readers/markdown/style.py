"""The value that describes one way in which a Markdown file marks its questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class StyleName(StrEnum):
    """The ways in which Markdown files mark questions."""

    LABELS = "labels"
    SUMMARIES = "summaries"
    HEADINGS = "headings"
    BOLD = "bold"
    NUMBERS = "numbers"
    PAIRS = "pairs"
    LISTS = "lists"
    TABLES = "tables"


@dataclass(slots=True)
class QuestionStyle:
    """The elements that are questions in one style, with the score of the style.

    - `marks` has the number of each question, if it has one, by the index of its element.
    - `score` is the number of marks that read as questions, weighted by how sure the style is.
    - `precision` is the share of the marks that read as questions, from 0 to 1.
    - `level` is that of headings, and `is_numbered` is set where the headings have numbers.
    - `skipped_lines` are the lines (from 0) of list items that are part of an answer.
    - `has_bold_leads` is set where list items ask in bold, `first_line_only` where the first line of an
      item is the question.
    - `other_styles` has the styles of elements in sections without a mark of this style.
    """

    name: StyleName
    score: float = 0.0
    marks: dict[int, int | None] = field(default_factory=dict)
    level: int = 0
    precision: float = 1.0
    is_numbered: bool = False
    skipped_lines: set[int] = field(default_factory=set)
    has_bold_leads: bool = False
    first_line_only: bool = False
    other_styles: dict[int, QuestionStyle] = field(default_factory=dict)

    def find_style(self, index: int) -> QuestionStyle | None:
        """Return the style in which the element at an index is a question, or nothing."""
        return self if index in self.marks else self.other_styles.get(index)
