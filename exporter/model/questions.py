"""The question model: the values that readers return and exporters take.

All values are frozen and hashable, and their collections are tuples. Positions in the source
(`SourceSpan`) do not take part in equality, so that two files with the same text are equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

MAX_QUESTIONS = 100_000
"""Maximum number of questions of a source; unmeasured."""

EMPTY_BOX, TICKED_BOX = "☐", "☑"
"""The characters, followed by a space, at the start of the items of a task list."""


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """A position in a source file.

    `line` and `column` count from 1, in the file on disk; `text` is the line, for messages. `row` is the
    line (from 1) of the text that was read, if that is not the file as it is; 0 if it is.
    """

    path: str
    line: int
    column: int = 1
    text: str = ""
    row: int = field(default=0, repr=False)

    @property
    def index(self) -> int:
        """The index of the line in the text that was read."""
        return (self.row or self.line) - 1


# ---- spans: parts of a line ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Strongly emphasized spans, shown in bold."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CueStrong(Strong):
    """The words of a cue, shown in bold; exports add it, readers do not."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasized spans, shown in italics."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Code in a line, shown in a monospaced font."""

    text: str


@dataclass(frozen=True, slots=True)
class Superscript:
    """Superscript spans, such as the exponent of 2³¹."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    """Subscript spans, such as the base of log₂ 8."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Strikethrough:
    """Spans that are struck through."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break in a line, for example in a table cell; a paragraph has separate lines instead."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link from spans to `target`, a URL or a path."""

    spans: tuple[Span, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in TeX; `display` puts it on a separate line."""

    tex: str
    display: bool = False


Span = Text | Strong | Emphasis | Superscript | Subscript | Strikethrough | LineBreak | Code | Link | Math
Line = tuple[Span, ...]


# ---- blocks: the parts of questions and answers ------------------------------------------


class Alignment(StrEnum):
    """The alignment of a table column."""

    NONE = "none"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of text; line breaks are kept."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bulleted or numbered list; an item is a tuple of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells are lines of spans; `alignments` has one entry per column."""

    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code with their indentation, without a final line feed."""

    code: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """An image; `target` is as in the source, relative to its folder."""

    target: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks that are quoted or set apart, such as a note."""

    blocks: tuple[Block, ...]


Block = Paragraph | ListBlock | Table | CodeBlock | Image | Quote


# ---- questions ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer; an empty `answer` means that there is none yet.

    `label` is the number as typed if it has a suffix, such as `4b`; `number` is then 4.
    """

    question: tuple[Block, ...]
    answer: tuple[Block, ...] = ()
    number: int | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    notes: str | None = None
    id: str | None = None
    span: SourceSpan | None = field(default=None, compare=False)
    label: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """All questions of a source, in its order; it has their number as its length, and iterates over them.

    `source` is the path as the user gave it. `deck` and `language` are set only if the source
    names them; `preamble` is the content before the first question.
    """

    questions: tuple[Question, ...]
    title: str | None = None
    source: str = field(default="", compare=False)
    deck: str | None = None
    language: str | None = None
    preamble: tuple[Block, ...] = ()

    def __len__(self) -> int:
        """Return the number of questions."""
        return len(self.questions)

    def __iter__(self) -> Iterator[Question]:
        """Iterate over the questions, in the source's order."""
        return iter(self.questions)
