"""The canonical question model: what every reader produces and every exporter consumes.

All values are frozen and hashable, and hold tuples only. Where a thing stands in its file
(`SourceSpan`) takes no part in equality, so that two files with the same words are equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest

MOST_QUESTIONS = 100_000
"""No source has more questions than this."""

MOST_NUMBER = 999_999
"""No question has a higher number: what has more digits is a year with a month, or a telephone's."""

NUMBER_SUFFIX = r"(?:[a-hA-H]|\([a-h]\)|[.-](?-i:[a-h])|\s?(?:bis|ter))(?!\w)"
"""What people type behind the number of a question that they insert, as a regular expression."""

_NUMBER = re.compile(rf"(?P<digits>\d+)(?P<suffix>{NUMBER_SUFFIX})?")
EMPTY_BOX, TICKED_BOX = "☐", "☑"
"""The signs that begin an item of a task list, with a space after them."""

_NO_TEXT = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """A place in a source file, as it is on disk.

    `line` and `column` count from 1; `text` is the line itself, for showing it to a person.
    """

    path: str
    line: int
    column: int = 1
    text: str = ""


# ---- spans: the pieces of a line -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Strongly emphasised spans, set in bold."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CueStrong(Strong):
    """The words of a cue, set in bold by an export; no source has it."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised spans, set in italics."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Code within a line, set in a monospaced face."""

    text: str


@dataclass(frozen=True, slots=True)
class Superscript:
    """Raised spans, as the exponent of 2³¹."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    """Lowered spans, as the base of log₂ 8."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Strikethrough:
    """Struck-out spans: words that no longer hold."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break in a line, as in a table's cell; the lines of a paragraph need none."""


@dataclass(frozen=True, slots=True)
class Link:
    """Spans that lead to `target`, a URL or a path."""

    spans: tuple[Span, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Math:
    """TeX mathematics that the source marked as such; `display` sets it on a line of its own."""

    tex: str
    display: bool = False


Span = Text | Strong | Emphasis | Superscript | Subscript | Strikethrough | LineBreak | Code | Link | Math
Line = tuple[Span, ...]


# ---- blocks: what questions and answers are made of --------------------------------------


class Alignment(StrEnum):
    """How a table's column is aligned."""

    NONE = "none"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; each line stays a line of its own."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bulleted or numbered list; an item is a tuple of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of cells, each a line of spans; `alignments` has one entry a column."""

    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Code on lines of its own, indentation kept, without a final line break."""

    code: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; `target` is as the source has it, relative to the source's folder."""

    target: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks that quote somebody, or stand apart from the rest as a note does."""

    blocks: tuple[Block, ...]


Block = Paragraph | ListBlock | Table | CodeBlock | Image | Quote


# ---- questions ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer; an empty `answer` means that it is still to do.

    `label` is the number as it is typed where it has a letter, as `4b`; `number` is then 4.
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
    """All questions of one source file, in its order.

    `source` is the path as the user gave it. `deck` and `language` are set only where the
    source itself names them; `preamble` is what stands before the first question.
    """

    questions: tuple[Question, ...]
    title: str | None = None
    source: str = field(default="", compare=False)
    deck: str | None = None
    language: str | None = None
    preamble: tuple[Block, ...] = ()


# ---- plain text --------------------------------------------------------------------------


def paragraph(*lines: str) -> Paragraph:
    """Return a paragraph of plain text, one line for each string."""
    return Paragraph(tuple((Text(line),) if line else () for line in lines))


def line_text(line: Iterable[Span]) -> str:
    """Return the words of a line as a person reads them; a `LineBreak` is a line break."""
    return "".join(_span_text(span) for span in line)


def merge_texts(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans with texts that touch made one, and none empty."""
    text = ""
    for span in spans:
        if isinstance(span, Text):
            text += span.text
            continue
        if text:
            yield Text(text)
            text = ""
        yield span
    if text:
        yield Text(text)


def _span_text(span: Span) -> str:
    match span:
        case Text(text) | Code(text):
            return text
        case Math(tex, display):
            return f"$${tex}$$" if display else f"\\({tex}\\)"
        case Strong(spans) | Emphasis(spans) | Link(spans, _):
            return line_text(spans)
        case Superscript(spans):
            return shifted_text(line_text(spans), "^")
        case Subscript(spans):
            return shifted_text(line_text(spans), "_")
        case Strikethrough(spans):
            return f"~~{text}~~" if (text := line_text(spans)).strip() else text
        case LineBreak():
            return "\n"


_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def shifted_text(text: str, mark: str) -> str:
    """Return raised text (`mark` is “^”) or lowered text (“_”) so that it cannot be read as level text.

    Characters that Unicode has raised or lowered are written so where all are: 2³¹. Else the mark goes
    before a single character, or before brackets around several: x^(a+b).
    """
    if not text.strip():
        return text
    table = _RAISED if mark == "^" else _LOWERED
    if all(ord(char) in table for char in text):
        return text.translate(table)
    return mark + text if len(text) == 1 else f"{mark}({text})"


def is_text(text: str) -> bool:
    """Say whether text can be written: what stands for bytes that are not UTF-8 cannot."""
    return text.isascii() or _NO_TEXT.search(text) is None


def plain_text(blocks: Iterable[Block]) -> str:
    """Return blocks as plain text: lines joined by a line break, blocks by a blank line."""
    return "\n\n".join(["\n".join(block_lines(block)) for block in blocks])


def plain_lines(lines: tuple[Line, ...]) -> list[str]:
    """Return the words of lines that are one text each, as most are; nothing where any is not."""
    try:
        texts = [span.text for (span,) in lines if type(span) is Text]
    except ValueError:
        return []
    return texts if len(texts) == len(lines) else []


def block_lines(block: Block) -> Iterable[str]:
    """Return the lines of a block as a person reads them."""
    if isinstance(block, Paragraph):
        return plain_lines(block.lines) or map(line_text, block.lines)
    return _structured_lines(block)


def _structured_lines(block: ListBlock | Table | CodeBlock | Image | Quote) -> Iterator[str]:
    match block:
        case ListBlock(items, ordered, start):
            for number, item in enumerate(items, start):
                marker = f"{number}. " if ordered else "- "
                first, *others = plain_text(item).split("\n")
                yield marker + first
                yield from (" " * len(marker) + other if other else "" for other in others)
        case Table(header, rows, _):
            for row in (header, *rows):
                yield from _row_lines(row)
        case CodeBlock(code, _):
            yield from code.split("\n")
        case Image(target, alt):
            yield alt or target
        case Quote(blocks):
            yield from (f"> {line}".rstrip() for line in plain_text(blocks).split("\n"))


def _row_lines(row: tuple[Line, ...]) -> Iterator[str]:
    """Return a row of a table as lines: as many as its cell of most lines has."""
    cells = [line_text(cell).split("\n") for cell in row]
    for texts in zip_longest(*cells, fillvalue="") if cells else [()]:
        yield " | ".join(texts)


def steps(answer: tuple[Block, ...]) -> tuple[Line, ...]:
    """Return the lines of an answer that is made as numbered steps, or nothing.

    An answer is a row of steps when it holds paragraphs only, and more than one line with words.
    """
    lines: list[Line] = []
    for block in answer:
        if not isinstance(block, Paragraph):
            return ()
        lines.extend(filter(None, block.lines))
    return tuple(lines) if len(lines) > 1 else ()


def images(question: Question) -> Iterator[Image]:
    """Yield the images of a question and its answer, those in lists included."""
    yield from _images((*question.question, *question.answer))


def _images(blocks: Iterable[Block]) -> Iterator[Image]:
    for block in blocks:
        if isinstance(block, Image):
            yield block
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _images(item)
        elif isinstance(block, Quote):
            yield from _images(block.blocks)


def number_from(text: str) -> int | None:
    """Return the number of a question, of `4` and `4b` alike; nothing where it is none, or too large."""
    found = _NUMBER.fullmatch(text)
    return int(found["digits"]) if found and len(found["digits"]) <= len(str(MOST_NUMBER)) else None


def label_from(text: str) -> str | None:
    """Return the number of a question as it is typed if it has a letter, as `4b`; else nothing."""
    found = _NUMBER.fullmatch(text)
    return text if found and found["suffix"] and number_from(text) is not None else None


def number_text(question: Question) -> str:
    """Return the number of a question as it is typed, “3” or “4b”; empty where it has none."""
    return question.label or ("" if question.number is None else str(question.number))


def number_prefix(number: int | str | None) -> str:
    """Return the number of a question as it stands before its words: “3. ”, or nothing."""
    return "" if number is None or number == "" else f"{number}. "
