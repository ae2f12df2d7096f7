"""The value that describes one way in which a Markdown file marks its questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.readers.labels.patterns import Marker
from exporter.readers.layout.layout import Layout, Part, Style


@dataclass(slots=True)
class QuestionStyle:
    """The elements that are questions in one style.

    - `pattern` is the marker as a person would type it.
    - `marks` has the number of each question, if it has one, by the index of its element.
    - `level` is that of headings, and `is_numbered` is set where the headings have numbers.
    - `unused` is the number of elements that have the form of a question in the style and are none.
    - `skipped_lines` are the lines (from 0) of list items that are part of an answer.
    - `bold_items` are the lines of the list items that ask in bold; `has_bold_leads` is set if most do.
    - `first_line_only` is set where the first line of a list item is the question.
    """

    name: Style
    pattern: str = ""
    marks: dict[int, int | None] = field(default_factory=dict)
    level: int = 0
    is_numbered: bool = False
    unused: int = 0
    skipped_lines: set[int] = field(default_factory=set)
    bold_items: set[int] = field(default_factory=set)
    has_bold_leads: bool = False
    first_line_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleMarker(Marker):
    """The marker of a question in a style; `answer` is that on the line of the question.

    `depth` is how many `details` are around it.
    """

    question_style: QuestionStyle
    answer: str = ""
    depth: int = 0


@dataclass(slots=True)
class ElementStyles:
    """The styles in which the elements of a file are questions, and the parts of the file in each style.

    `styles`, `numbers` and `marks` (what is before the text in the line of the file) are by the index of an
    element; the lines of `parts` are those of the file. `doubtful` are the lines (from 0) in answers that
    look like questions in another style.
    """

    styles: dict[int, QuestionStyle] = field(default_factory=dict)
    numbers: dict[int, int | None] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    layout: Layout = field(default_factory=Layout)
    doubtful: Sequence[int] = ()

    def find_style(self, index: int) -> QuestionStyle | None:
        """Return the style in which the element at an index is a question, or nothing."""
        return self.styles.get(index)

    @property
    def first(self) -> QuestionStyle | None:
        """The style of the first question."""
        return self.styles[min(self.styles)] if self.styles else None
