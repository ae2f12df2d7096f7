"""Cards: what goes onto the front and the back of each, as large as it fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.deck import Note
from exporter.exporters.pdf import fonts as face
from exporter.exporters.pdf.blocks import flow, steps
from exporter.exporters.pdf.fit import ANSWER, CEILING, QUARTER, QUESTION, Column, Setting, continued, fitted
from exporter.exporters.pdf.fonts import Fonts
from exporter.exporters.pdf.ink import GREY, Ink
from exporter.exporters.pdf.measure import Strip
from exporter.model import plain_text

MILLIMETRE = 72 / 25.4
ELLIPSIS = "…"
LONG_TITLE = 40


@dataclass(frozen=True, slots=True)
class Form:
    """The measures of a card's face, in points; text keeps `margin` from every cut."""

    width: float
    height: float
    margin: float
    small: float
    key: float

    @property
    def column(self) -> float:
        """Return the width of the column of text."""
        return self.width - 2 * self.margin

    @property
    def head(self) -> float:
        """Return the height that the small line at the top takes, with the air below it."""
        return self.small * 2.1

    @property
    def foot(self) -> float:
        """Return the height that the key at the bottom takes, with the air above it."""
        return self.key * 1.7

    @property
    def front(self) -> float:
        """Return the height that is left for a question."""
        return self.height - 2 * self.margin - self.head - self.foot

    @property
    def back(self) -> float:
        """Return the height that is left for an answer."""
        return self.height - 2 * self.margin - self.head

    @property
    def longest(self) -> float:
        """Return up to what width a word is never broken, in parts of the type size (14 pt)."""
        return self.column / 14


def form(card: tuple[float, float]) -> Form:
    """Return the measures for a card of so many millimetres: 6 mm of margin, 5.2 on small cards."""
    width, height = (side * MILLIMETRE for side in card)
    small = min(card) < 60
    return Form(width, height, (5.2 if small else 6.0) * MILLIMETRE, 6.5 if small else 7.0, 5.5)


def running_title(title: str) -> str:
    """Return a title short enough for the small line: its last part, without a final parenthesis."""
    if len(title) <= LONG_TITLE:
        return title
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", title)
    return re.split(r"\s+[–—|:-]\s+|:\s+", bare)[-1].strip() or title


@dataclass(frozen=True, slots=True)
class Fitted:
    """A note set on as many cards as it needs; `sizes` are its smallest and largest, in points."""

    note: Note
    fronts: tuple[Column, ...]
    backs: tuple[Column, ...]

    @property
    def cards(self) -> int:
        """Return how many cards the note takes."""
        return max(len(self.fronts), len(self.backs))

    @property
    def sizes(self) -> tuple[float, float]:
        """Return the smallest and the largest size, in points."""
        sizes = [column.size for column in (*self.fronts, *self.backs)]
        return min(sizes), max(sizes)


def fit_note(note: Note, shape: Form, fonts: Fonts) -> Fitted:
    """Return a note's question and answer set as large as they fit, on more cards if they must."""
    question = list(flow(note.question.question, fonts, shape.longest, face.BOLD))
    answer = steps(note.question.answer, fonts, shape.longest)
    return Fitted(
        note,
        _columns(question, shape.column, shape.front, QUESTION),
        _columns(answer, shape.column, shape.back, ANSWER),
    )


def _columns(strips: Sequence[Strip], width: float, height: float, setting: Setting) -> tuple[Column, ...]:
    if not strips:
        return (Column(CEILING / QUARTER, (), 0.0),)
    column = fitted(strips, width, height, setting)
    return (column,) if column else continued(strips, width, height, setting)


def front(fit: Fitted, part: int, shape: Form, fonts: Fonts, title: str) -> str:
    """Return the operators of a front: a small line, the question in the middle, the key below."""
    ink = Ink(fonts)
    column = fit.fronts[min(part, len(fit.fronts) - 1)]
    _head(ink, fit, part, shape, fit.note.question.category or title)
    free = shape.front - column.height
    # the eye's middle is a little above the true one
    top = shape.height - shape.margin - shape.head - max(0.0, free * 0.42)
    ink.column(column, shape.margin, top)
    ink.text(shape.margin, shape.margin + shape.key * 0.3, face.REGULAR, shape.key, fit.note.key, GREY)
    return ink.operators()


def back(fit: Fitted, part: int, shape: Form, fonts: Fonts) -> str:
    """Return the operators of a back: its question small, a hairline, the answer below."""
    ink = Ink(fonts)
    _head(ink, fit, part, shape, " ".join(plain_text(fit.note.question.question).split()))
    ink.rule(shape.margin, shape.height - shape.margin - shape.small * 1.4, shape.column)
    if part < len(fit.backs):
        ink.column(fit.backs[part], shape.margin, shape.height - shape.margin - shape.head)
    return ink.operators()


def _head(ink: Ink, fit: Fitted, part: int, shape: Form, words: str) -> None:
    """Draw the small line at the top: words at the left, the number at the right."""
    number = fit.note.question.number
    place = str(number if number is not None else fit.note.place)
    if fit.cards > 1:
        place = f"{place} · {part + 1} of {fit.cards}"
    y = shape.height - shape.margin - shape.small * 0.8
    room = shape.column - ink.width(face.REGULAR, shape.small, place) - shape.small
    ink.text(shape.margin, y, face.REGULAR, shape.small, _cut(words, ink, shape.small, room), GREY)
    ink.right(shape.width - shape.margin, y, face.REGULAR, shape.small, place, GREY)


def _cut(words: str, ink: Ink, size: float, room: float) -> str:
    """Return as many words as there is room for, with an ellipsis where some had to go."""
    if ink.width(face.REGULAR, size, words) <= room:
        return words
    kept = words[: int(room / size * 4)]
    while kept and ink.width(face.REGULAR, size, kept + ELLIPSIS) > room:
        shorter = kept.rpartition(" ")[0]
        kept = shorter.rstrip(" ,;:.") if shorter else kept[:-1]
    return kept + ELLIPSIS
