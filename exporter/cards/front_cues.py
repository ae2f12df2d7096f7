"""The cues on a front: in few lines, one after the other, as a help to remember."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from exporter.cards.card_figures import CUES_LEADING, CUES_PT
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.column import Column, LineSpacing, SetLine, break_line
from exporter.cards.column_context import ColumnContext
from exporter.cards.measured_line import Word
from exporter.cards.text_style import ASCENT, DESCENT, REGULAR
from exporter.model.deck import Note
from exporter.model.questions import Line, Span, Strong, Text

ELLIPSIS = "…"
SEPARATOR = " · "
_SPACING = LineSpacing(CUES_LEADING, 0.0, 0.0, 0.0)


class FrontCues(NamedTuple):
    """The cues of a front; `is_cut` if an ellipsis is to be drawn after the last line."""

    column: Column
    is_cut: bool


def set_front_cues(
    note: Note, metrics: CardMetrics, context: ColumnContext, label: str = ""
) -> FrontCues | None:
    """Return a note's cues in as many lines as fit a front, or None if it has none.

    `label` is a word before them, which may be empty.
    """
    if not metrics.cue_lines or not note.cue_lines:
        return None
    width = metrics.cues_width / CUES_PT
    context = replace(context.for_one_line(), max_word_width=width)
    measured = context.measure_line(_join(note.cue_lines, label))
    stops = break_line(measured, width, _SPACING, is_greedy=True)
    is_cut = len(stops) > metrics.cue_lines
    stops = stops[: metrics.cue_lines]
    lines: list[SetLine] = []
    first = 0
    for index, stop in enumerate(stops):
        lines.append(SetLine(measured, first, stop, (ASCENT + index * CUES_LEADING) * CUES_PT))
        first = stop
    if is_cut:
        lines[-1] = _shorten(lines[-1], width - context.fonts.measure(REGULAR, ELLIPSIS))
    height = (ASCENT + DESCENT + (len(lines) - 1) * CUES_LEADING) * CUES_PT
    return FrontCues(Column(CUES_PT, tuple(lines), height), is_cut)


def _join(cues: tuple[Line, ...], label: str) -> Line:
    spans: list[Span] = [Strong((Text(label),)), Text("  ")] if label else []
    for index, cue in enumerate(cues):
        spans += [Text(SEPARATOR), *cue] if index else cue
    return tuple(spans)


def _shorten(line: SetLine, width: float) -> SetLine:
    """Return a line without the words at its end that leave no room for an ellipsis, but for one."""
    measured, stop = line.measured, line.stop
    start = measured.starts[line.first] + measured.trailing_space
    while stop > line.first + 1 and (
        measured.ends[stop - 1] - start > width or _text_of(measured.words[stop - 1]) == SEPARATOR.strip()
    ):
        stop -= 1
    return line._replace(stop=stop)


def _text_of(word: Word) -> str:
    return word if isinstance(word, str) else "".join(text for text, _ in word)
